/* SPDX-License-Identifier: MIT */
/* datetime.time. */
#include "py/mod_datetime.h"

#include "py/modules.h"

static const Moment *time_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &time_class);
}

static bool not_implemented(Call *call)
{
    return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
}

static bool time_new(Vm *vm, Call *call)
{
    ARGS(call, cls, hour, minute, second, microsecond, tzinfo, fold);
    int64_t h, m, s, micro, f;
    if (!to_int(vm, hour, &h) || !to_int(vm, minute, &m) || !to_int(vm, second, &s) ||
        !to_int(vm, microsecond, &micro) || !to_int(vm, fold, &f) ||
        !time_check(vm, h, m, s, micro, f) || !zone_check(vm, tzinfo))
        return false;
    Moment moment = { .hour = (int32_t)h,
                      .minute = (int32_t)m,
                      .second = (int32_t)s,
                      .micro = (int32_t)micro,
                      .fold = (int32_t)f,
                      .zone = tzinfo };
    return give(call, moment_make(vm, class_ptr(cls), &time_class, &moment));
}

/* The zone is asked with None: a time alone has no date. */
static bool time_offset(Vm *vm, const Moment *m, bool *known, int64_t *micros)
{
    return moment_offset(vm, VALUE_NONE, m, known, micros);
}

static bool time_order(Vm *vm, Call *call, bool equality, bool *known, int *order)
{
    const Moment *a = time_of(vm, call), *b = payload_of(vm, call->args[1], &time_class);
    int64_t a_offset, b_offset;
    bool a_known, b_known;
    *known = b != NULL;
    if (!b)
        return true;
    if (!time_offset(vm, a, &a_known, &a_offset) || !time_offset(vm, b, &b_known, &b_offset))
        return false;
    *order = 1;
    if (a_known != b_known)
        return equality ||
               vm_raise(vm, "TypeError", "can't compare offset-naive and offset-aware times");
    Wide left = moment_micros(a) - a_offset, right = moment_micros(b) - b_offset;
    *order = left < right ? -1 : left > right;
    return true;
}

#define TIME_COMPARE(name, test, equality)                                          \
    static bool name(Vm *vm, Call *call)                                                \
    {                                                                                   \
        bool known;                                                                     \
        int order = 0;                                                                  \
        if (!time_order(vm, call, equality, &known, &order))                            \
            return false;                                                               \
        return known ? give(call, value_bool(order test 0)) : not_implemented(call); \
    }
TIME_COMPARE(time_eq, ==, true)
TIME_COMPARE(time_lt, <, false)
TIME_COMPARE(time_le, <=, false)
TIME_COMPARE(time_gt, >, false)
TIME_COMPARE(time_ge, >=, false)

static bool time_hash(Vm *vm, Call *call)
{
    const Moment *m = time_of(vm, call);
    bool known;
    int64_t offset;
    if (!time_offset(vm, m, &known, &offset))
        return false;
    return give(call, value_int((int64_t)(moment_micros(m) - offset)));
}

static bool time_get_hour(Vm *vm, Call *call)
{
    return give(call, value_int(time_of(vm, call)->hour));
}

static bool time_get_minute(Vm *vm, Call *call)
{
    return give(call, value_int(time_of(vm, call)->minute));
}

static bool time_get_second(Vm *vm, Call *call)
{
    return give(call, value_int(time_of(vm, call)->second));
}

static bool time_get_micro(Vm *vm, Call *call)
{
    return give(call, value_int(time_of(vm, call)->micro));
}

static bool time_get_fold(Vm *vm, Call *call)
{
    return give(call, value_int(time_of(vm, call)->fold));
}

static bool time_get_zone(Vm *vm, Call *call)
{
    return give(call, time_of(vm, call)->zone);
}

static bool time_replace(Vm *vm, Call *call)
{
    ARGS(call, self, hour, minute, second, microsecond, tzinfo, fold);
    const Moment *m = payload_of(vm, self, &time_class);
    const Value parts[] = {
        value_given(hour) ? hour : value_int(m->hour),
        value_given(minute) ? minute : value_int(m->minute),
        value_given(second) ? second : value_int(m->second),
        value_given(microsecond) ? microsecond : value_int(m->micro),
        value_given(tzinfo) ? tzinfo : m->zone,
    };
    Value keywords = make_dict(vm), result;
    dict_set_str(vm, keywords, STR("fold"), value_given(fold) ? fold : value_int(m->fold));
    vm_push(vm, keywords);
    bool ok = vm_call_kw(vm, value_object(value_class(vm, self)), parts, 5, keywords, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool time_text(Vm *vm, const Moment *m, Str spec, Value *text)
{
    Buf out = { 0 };
    bool known;
    int64_t offset;
    bool ok = put_time(vm, &out, m, spec) && time_offset(vm, m, &known, &offset);
    if (ok && known)
        put_offset(&out, offset, ":");
    if (ok)
        *text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

static bool time_isoformat(Vm *vm, Call *call)
{
    ARGS(call, self, timespec);
    Str spec;
    Value text;
    return to_str(vm, timespec, &spec) &&
           time_text(vm, payload_of(vm, self, &time_class), spec, &text) && give(call, text);
}

static bool time_str(Vm *vm, Call *call)
{
    Value text;
    return time_text(vm, time_of(vm, call), STR("auto"), &text) && give(call, text);
}

static bool time_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Moment *m = time_of(vm, call);
    Buf out = { 0 };
    buf_printf(&out, "%s(%d, %d", type_name(vm, self), m->hour, m->minute);
    if (m->second || m->micro)
        buf_printf(&out, ", %d", m->second);
    if (m->micro)
        buf_printf(&out, ", %d", m->micro);
    Value zone;
    Str text;
    bool ok = true;
    if (!value_is_none(m->zone)) {
        ok = vm_repr(vm, m->zone, &zone) && to_str(vm, zone, &text);
        if (ok)
            buf_printf(&out, ", tzinfo=%.*s", STR_ARG(text));
    }
    buf_puts(&out, m->fold ? ", fold=1)" : ")");
    Value result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok && give(call, result);
}

static bool time_strftime(Vm *vm, Call *call)
{
    ARGS(call, self, format);
    Str spec;
    Value text;
    return to_str(vm, format, &spec) &&
           moment_strftime(vm, VALUE_NONE, payload_of(vm, self, &time_class), spec, &text) &&
           give(call, text);
}

static bool time_format(Vm *vm, Call *call)
{
    ARGS(call, self, format);
    (void)self;
    Str spec;
    if (!to_str(vm, format, &spec))
        return false;
    return spec.len > 0 ? time_strftime(vm, call) : time_str(vm, call);
}

static bool time_fromisoformat(Vm *vm, Call *call)
{
    ARGS(call, cls, time_string);
    if (!is_str(time_string))
        return vm_raise(vm, "TypeError", "fromisoformat: argument must be str");
    Str text;
    Moment m = { 0 };
    if (!to_str(vm, time_string, &text))
        return false;
    Str bare = str_starts(text, STR("T")) ? str_from_offset(text, 1) : text;
    if (!parse_iso_time(vm, bare, &m)) {
        Value shown;
        Str str;
        return vm_repr(vm, time_string, &shown) && to_str(vm, shown, &str) &&
               vm_raise(vm, "ValueError", "Invalid isoformat string: %.*s", STR_ARG(str));
    }
    return time_check(vm, m.hour, m.minute, m.second, m.micro, 0) &&
           give(call, moment_make(vm, class_ptr(cls), &time_class, &m));
}

static bool time_utcoffset(Vm *vm, Call *call)
{
    bool known;
    int64_t offset;
    return time_offset(vm, time_of(vm, call), &known, &offset) &&
           give(call, known ? delta_make(vm, offset) : VALUE_NONE);
}

static bool time_tzname(Vm *vm, Call *call)
{
    Value name;
    return moment_zone_name(vm, VALUE_NONE, time_of(vm, call), &name) && give(call, name);
}

static bool time_dst(Vm *vm, Call *call)
{
    const Moment *m = time_of(vm, call);
    const Value none = VALUE_NONE;
    Value result = VALUE_NONE;
    if (!value_is_none(m->zone) && !vm_call_method(vm, m->zone, "dst", &none, 1, &result))
        return false;
    return give(call, result);
}

static bool time_reduce(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Moment *m = time_of(vm, call);
    const Value parts[] = { value_int(m->hour), value_int(m->minute), value_int(m->second),
                            value_int(m->micro), m->zone };
    const Value pair[] = { value_object(value_class(vm, self)), make_tuple(vm, parts, 5) };
    return give(call, make_tuple(vm, pair, 2));
}

static const NativeRow time_methods[] = {
    { "__new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)", time_new,
      NULL },
    { "__hash__(self, /)", time_hash, NULL },
    { "__eq__(self, other, /)", time_eq, NULL },
    { "__lt__(self, other, /)", time_lt, NULL },
    { "__le__(self, other, /)", time_le, NULL },
    { "__gt__(self, other, /)", time_gt, NULL },
    { "__ge__(self, other, /)", time_ge, NULL },
    { "__str__(self, /)", time_str, NULL },
    { "__repr__(self, /)", time_repr, NULL },
    { "__format__(self, format, /)", time_format, NULL },
    { "__reduce__(self, /)", time_reduce, NULL },
    { "replace(self, hour=..., minute=..., second=..., microsecond=..., tzinfo=..., *, fold=...)",
      time_replace, NULL },
    { "isoformat(self, timespec='auto')", time_isoformat, NULL },
    { "strftime(self, format)", time_strftime, NULL },
    { "utcoffset(self, /)", time_utcoffset, NULL },
    { "tzname(self, /)", time_tzname, NULL },
    { "dst(self, /)", time_dst, NULL },
};
static const NativeRow time_getters[] = {
    { "hour(self)", time_get_hour, NULL },     { "minute(self)", time_get_minute, NULL },
    { "second(self)", time_get_second, NULL }, { "microsecond(self)", time_get_micro, NULL },
    { "fold(self)", time_get_fold, NULL },     { "tzinfo(self)", time_get_zone, NULL },
};
static const NativeRow time_statics[] = {
    { "fromisoformat(cls, time_string, /)", time_fromisoformat, NULL },
};

static void moment_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((Moment *)payload)->zone);
}

const NativeClass time_class = {
    .name = "time",
    .module = "datetime",
    .size = sizeof(Moment),
    .methods = time_methods,
    .method_count = sizeof time_methods / sizeof *time_methods,
    .getters = time_getters,
    .getter_count = sizeof time_getters / sizeof *time_getters,
    .statics = time_statics,
    .static_count = sizeof time_statics / sizeof *time_statics,
    .mark = moment_mark,
    .doc = "A time of day.",
};
