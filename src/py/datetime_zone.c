/* SPDX-License-Identifier: MIT */
/* datetime.tzinfo and datetime.timezone, and what a moment asks its zone. */
#include "py/mod_datetime.h"

#include "py/modules.h"

bool zone_check(Vm *vm, Value zone)
{
    if (value_is_none(zone))
        return true;
    bool is;
    if (!vm_isinstance(vm, zone, value_object(vm_class(vm, &tzinfo_class)), &is))
        return false;
    if (!is)
        return vm_raise(vm, "TypeError",
                        "tzinfo argument must be None or of a tzinfo subclass, not type '%s'",
                        type_name(vm, zone));
    return true;
}

/* What a zone's utcoffset() or dst() gave: None or a timedelta of less than a day. */
static bool offset_read(Vm *vm, Value given, const char *method, bool *known, int64_t *micros)
{
    *known = false;
    if (value_is_none(given))
        return true;
    const Delta *delta = payload_of(vm, given, &timedelta_class);
    if (!delta)
        return vm_raise(vm, "TypeError", "tzinfo.%s() must return None or a timedelta, not '%s'",
                        method, type_name(vm, given));
    Wide offset = delta_micros(delta);
    if (offset <= -MICROS_PER_DAY || offset >= MICROS_PER_DAY)
        return vm_raise(vm, "ValueError",
                        "offset must be a timedelta strictly between -timedelta(hours=24) and "
                        "timedelta(hours=24)");
    *known = true;
    *micros = (int64_t)offset;
    return true;
}

bool moment_offset(Vm *vm, Value self, const Moment *m, bool *known, int64_t *micros)
{
    *known = false;
    *micros = 0;
    if (value_is_none(m->zone) || !value_given(m->zone))
        return true;
    const Zone *zone = payload_of(vm, m->zone, &timezone_class);
    if (zone) {
        *known = true;
        *micros = zone->offset;
        return true;
    }
    Value given;
    return vm_call_method(vm, m->zone, "utcoffset", &self, 1, &given) &&
           offset_read(vm, given, "utcoffset", known, micros);
}

static Value zone_name(Vm *vm, const Zone *zone)
{
    if (is_str(zone->name))
        return zone->name;
    if (zone->offset == 0)
        return make_strz(vm, "UTC");
    Buf out = { 0 };
    buf_puts(&out, "UTC");
    put_offset(&out, zone->offset, ":");
    Value text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return text;
}

bool moment_zone_name(Vm *vm, Value self, const Moment *m, Value *name)
{
    *name = VALUE_NONE;
    if (value_is_none(m->zone) || !value_given(m->zone))
        return true;
    const Zone *zone = payload_of(vm, m->zone, &timezone_class);
    if (zone) {
        *name = zone_name(vm, zone);
        return true;
    }
    if (!vm_call_method(vm, m->zone, "tzname", &self, 1, name))
        return false;
    if (!value_is_none(*name) && !is_str(*name))
        return vm_raise(vm, "TypeError", "tzinfo.tzname() must return None or a string, not '%s'",
                        type_name(vm, *name));
    return true;
}

bool zone_utc(Vm *vm, Value *utc)
{
    return import_attr(vm, "datetime", "UTC", utc);
}

/* ---- tzinfo ---- */

static bool tzinfo_abstract(Vm *vm, Call *call)
{
    const char *signature = call->row->signature;
    return vm_raise(vm, "NotImplementedError", "a tzinfo subclass must implement %.*s()",
                    (int)strcspn(signature, "("), signature);
}

static bool delta_or_raise(Vm *vm, Value zone, const char *method, Value dt, int64_t *micros)
{
    Value given;
    bool known;
    if (!vm_call_method(vm, zone, method, &dt, 1, &given) ||
        !offset_read(vm, given, method, &known, micros))
        return false;
    if (!known)
        return vm_raise(vm, "ValueError",
                        strcmp(method, "utcoffset") == 0
                            ? "fromutc: non-None utcoffset() result required"
                            : "fromutc: non-None dst() result required");
    return true;
}

static bool shifted(Vm *vm, Value dt, int64_t micros, Value *result)
{
    Value delta = delta_make(vm, micros);
    return value_binary(vm, "+", dt, delta, result);
}

static bool tzinfo_fromutc(Vm *vm, Call *call)
{
    ARGS(call, self, dt);
    const Moment *m = payload_of(vm, dt, &datetime_class);
    if (!m)
        return vm_raise(vm, "TypeError", "fromutc: argument must be a datetime");
    if (!value_same(m->zone, self))
        return vm_raise(vm, "ValueError", "fromutc: dt.tzinfo is not self");
    int64_t offset, dst, again;
    Value result;
    if (!delta_or_raise(vm, self, "utcoffset", dt, &offset) ||
        !delta_or_raise(vm, self, "dst", dt, &dst) || !shifted(vm, dt, offset - dst, &result))
        return false;
    vm_push(vm, result);
    bool ok = delta_or_raise(vm, self, "dst", result, &again) &&
              (again == 0 || shifted(vm, result, again, &result));
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static const NativeRow tzinfo_methods[] = {
    { "utcoffset(self, dt, /)", tzinfo_abstract, NULL },
    { "tzname(self, dt, /)", tzinfo_abstract, NULL },
    { "dst(self, dt, /)", tzinfo_abstract, NULL },
    { "fromutc(self, dt, /)", tzinfo_fromutc, NULL },
};
const NativeClass tzinfo_class = {
    .name = "tzinfo",
    .module = "datetime",
    .methods = tzinfo_methods,
    .method_count = sizeof tzinfo_methods / sizeof *tzinfo_methods,
    .doc = "Abstract base class for time zone info objects.",
};

/* ---- timezone ---- */

static bool timezone_new(Vm *vm, Call *call)
{
    ARGS(call, cls, offset, name);
    const Delta *delta = payload_of(vm, offset, &timedelta_class);
    if (!delta)
        return vm_raise(vm, "TypeError", "timezone() argument 1 must be datetime.timedelta, not %s",
                        type_name(vm, offset));
    if (value_given(name) && !is_str(name))
        return vm_raise(vm, "TypeError", "timezone() argument 2 must be str, not %s",
                        type_name(vm, name));
    Wide micros = delta_micros(delta);
    if (micros <= -MICROS_PER_DAY || micros >= MICROS_PER_DAY) {
        Value text;
        Str str;
        if (!vm_repr(vm, offset, &text) || !to_str(vm, text, &str))
            return false;
        return vm_raise(vm, "ValueError",
                        "offset must be a timedelta strictly between -timedelta(hours=24) and "
                        "timedelta(hours=24), not %.*s.",
                        STR_ARG(str));
    }
    if (micros == 0 && !value_given(name)) {
        Value utc;
        return zone_utc(vm, &utc) && give(call, utc);
    }
    Value made = vm_new_native(vm, class_ptr(cls), &timezone_class);
    *(Zone *)payload_of(vm, made, &timezone_class) =
        (Zone){ .offset = (int64_t)micros, .name = value_given(name) ? name : VALUE_NONE };
    return give(call, made);
}

static const Zone *zone_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &timezone_class);
}

static bool timezone_utcoffset(Vm *vm, Call *call)
{
    return give(call, delta_make(vm, zone_of(vm, call)->offset));
}

static bool timezone_tzname(Vm *vm, Call *call)
{
    return give(call, zone_name(vm, zone_of(vm, call)));
}

static bool timezone_dst(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, VALUE_NONE);
}

static bool timezone_fromutc(Vm *vm, Call *call)
{
    ARGS(call, self, dt);
    const Moment *m = payload_of(vm, dt, &datetime_class);
    if (!m)
        return vm_raise(vm, "TypeError", "fromutc: argument must be a datetime instance, not %s",
                        type_name(vm, dt));
    if (!value_same(m->zone, self))
        return vm_raise(vm, "ValueError", "fromutc: dt.tzinfo is not self");
    Value result;
    return shifted(vm, dt, zone_of(vm, call)->offset, &result) && give(call, result);
}

static bool timezone_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Zone *a = payload_of(vm, self, &timezone_class);
    const Zone *b = payload_of(vm, other, &timezone_class);
    if (!b)
        return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
    return give(call, value_bool(a->offset == b->offset));
}

static bool timezone_hash(Vm *vm, Call *call)
{
    return give(call, value_int(zone_of(vm, call)->offset ^ 0x5bd1e995));
}

static bool timezone_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Zone *zone = zone_of(vm, call);
    Value utc, delta, name;
    Str offset_text, name_text = STR("");
    if (!zone_utc(vm, &utc))
        return false;
    if (value_same(self, utc))
        return give(call, make_strz(vm, "datetime.timezone.utc"));
    if (!vm_repr(vm, delta_make(vm, zone->offset), &delta) || !to_str(vm, delta, &offset_text))
        return false;
    vm_push(vm, delta);
    bool ok =
        !is_str(zone->name) || (vm_repr(vm, zone->name, &name) && to_str(vm, name, &name_text));
    vm_pop(vm, 1);
    return ok && give(call, make_strf(vm, "datetime.timezone(%.*s%s%.*s)", STR_ARG(offset_text),
                                      name_text.len ? ", " : "", STR_ARG(name_text)));
}

static void zone_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((Zone *)payload)->name);
}

static const NativeRow timezone_methods[] = {
    { "__new__(cls, offset, name=...)", timezone_new, NULL },
    { "utcoffset(self, dt, /)", timezone_utcoffset, NULL },
    { "tzname(self, dt, /)", timezone_tzname, NULL },
    { "dst(self, dt, /)", timezone_dst, NULL },
    { "fromutc(self, dt, /)", timezone_fromutc, NULL },
    { "__eq__(self, other, /)", timezone_eq, NULL },
    { "__hash__(self, /)", timezone_hash, NULL },
    { "__str__(self, /)", timezone_tzname, NULL },
    { "__repr__(self, /)", timezone_repr, NULL },
};
/* The str() has no dt: the row's function looks at self alone. */
const NativeClass timezone_class = {
    .name = "timezone",
    .module = "datetime",
    .base = &tzinfo_class,
    .size = sizeof(Zone),
    .methods = timezone_methods,
    .method_count = sizeof timezone_methods / sizeof *timezone_methods,
    .mark = zone_mark,
    .doc = "Fixed offset from UTC.",
};
