/* SPDX-License-Identifier: MIT */
/* The module datetime, and moments as neutral values. */
#include "py/mod_datetime.h"

#include "py/modules.h"
#include "py/obj_class.h"
#include "py/obj_str.h"

/* ---- neutral values ---- */

bool moment_to_datum(Vm *vm, Arena *arena, Value v, Datum *datum, bool *known)
{
    const Delta *delta = payload_of(vm, v, &timedelta_class);
    *known = true;
    if (delta) {
        *datum = (Datum){ .kind = DATUM_INTERVAL, .integer = (int64_t)delta_micros(delta) };
        return true;
    }
    bool is_datetime = is_instance(vm, v, &datetime_class),
         is_time = is_instance(vm, v, &time_class);
    const Moment *m = payload_of(vm, v, is_time ? &time_class : &date_class);
    *known = m != NULL;
    if (!m)
        return true;
    Buf out = buf_in(arena);
    datum->kind = is_datetime ? DATUM_DATETIME : is_time ? DATUM_TIME : DATUM_DATE;
    if (!is_time)
        put_date(&out, m);
    if (is_datetime)
        buf_putc(&out, ' ');
    if (is_datetime || is_time) {
        bool aware;
        int64_t offset;
        if (!put_time(vm, &out, m, STR("auto")) ||
            !moment_offset(vm, is_time ? VALUE_NONE : v, m, &aware, &offset))
            return false;
        if (aware)
            put_offset(&out, offset, ":");
    }
    datum->text = buf_str(&out);
    return true;
}

bool moment_from_datum(Vm *vm, const Datum *datum, Value *v)
{
    Moment m = { .zone = VALUE_NONE };
    if (datum->kind == DATUM_INTERVAL) {
        *v = delta_make(vm, datum->integer);
        return true;
    }
    const NativeClass *native = datum->kind == DATUM_DATE   ? &date_class
                                : datum->kind == DATUM_TIME ? &time_class
                                                            : &datetime_class;
    Str text = datum->text, date = str_slice(text, 0, 10);
    bool ok = datum->kind == DATUM_TIME || parse_iso_date(date, &m);
    if (ok && datum->kind == DATUM_TIME)
        ok = parse_iso_time(vm, text, &m);
    if (ok && datum->kind == DATUM_DATETIME && text.len > 11)
        ok = parse_iso_time(vm, str_from_offset(text, 11), &m);
    if (!ok)
        return vm_raise(vm, "ValueError", "Invalid isoformat string: '%.*s'", STR_ARG(text));
    if ((m.year && !date_check(vm, m.year, m.month, m.day)) ||
        !time_check(vm, m.hour, m.minute, m.second, m.micro, 0))
        return false;
    *v = moment_make(vm, vm_class(vm, native), native, &m);
    return true;
}

/* ---- the module ---- */

static bool set_member(Vm *vm, const NativeClass *native, const char *name, Value v)
{
    class_set(vm, vm_class(vm, native), str_intern(vm, str_from(name)), v);
    return true;
}

static Value moment_value(Vm *vm, const NativeClass *native, Moment m)
{
    m.zone = VALUE_NONE;
    return moment_make(vm, vm_class(vm, native), native, &m);
}

static bool set_limits(Vm *vm)
{
    Moment low = { .year = 1, .month = 1, .day = 1 };
    Moment high = { .year = 9999, .month = 12, .day = 31 };
    Moment late = { .year = 9999,
                    .month = 12,
                    .day = 31,
                    .hour = 23,
                    .minute = 59,
                    .second = 59,
                    .micro = 999999 };
    Moment clock = { .hour = 23, .minute = 59, .second = 59, .micro = 999999 };
    Wide day = (Wide)SECONDS_PER_DAY * MICROS_PER_SECOND;
    return set_member(vm, &date_class, "min", moment_value(vm, &date_class, low)) &&
           set_member(vm, &date_class, "max", moment_value(vm, &date_class, high)) &&
           set_member(vm, &date_class, "resolution", delta_make(vm, day)) &&
           set_member(vm, &datetime_class, "min", moment_value(vm, &datetime_class, low)) &&
           set_member(vm, &datetime_class, "max", moment_value(vm, &datetime_class, late)) &&
           set_member(vm, &datetime_class, "resolution", delta_make(vm, 1)) &&
           set_member(vm, &time_class, "min", moment_value(vm, &time_class, (Moment){ 0 })) &&
           set_member(vm, &time_class, "max", moment_value(vm, &time_class, clock)) &&
           set_member(vm, &time_class, "resolution", delta_make(vm, 1)) &&
           set_member(vm, &timedelta_class, "min", delta_make(vm, -999999999 * day)) &&
           set_member(vm, &timedelta_class, "max", delta_make(vm, 1000000000 * day - 1)) &&
           set_member(vm, &timedelta_class, "resolution", delta_make(vm, 1));
}

static Value zone_value(Vm *vm, int64_t offset)
{
    Value made = vm_new_native(vm, vm_class(vm, &timezone_class), &timezone_class);
    *(Zone *)payload_of(vm, made, &timezone_class) = (Zone){ .offset = offset, .name = VALUE_NONE };
    return made;
}

static bool datetime_init(Vm *vm, Value module)
{
    static const NativeClass *const classes[] = {
        &date_class, &datetime_class, &time_class, &timedelta_class, &tzinfo_class, &timezone_class,
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!module_set_class(vm, module, classes[i]))
            return false;
    }
    const int64_t limit = (int64_t)(24 * 60 - 1) * 60 * MICROS_PER_SECOND;
    Value utc = zone_value(vm, 0);
    return module_set(vm, module, "UTC", utc) && set_member(vm, &timezone_class, "utc", utc) &&
           set_member(vm, &timezone_class, "min", zone_value(vm, -limit)) &&
           set_member(vm, &timezone_class, "max", zone_value(vm, limit)) &&
           module_set(vm, module, "MINYEAR", value_int(YEAR_MIN)) &&
           module_set(vm, module, "MAXYEAR", value_int(YEAR_MAX)) && set_limits(vm);
}

const NativeModule datetime_module = {
    .name = "datetime",
    .init = datetime_init,
};
