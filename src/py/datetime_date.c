/* SPDX-License-Identifier: MIT */
/* datetime.date, and what date and datetime have in common. */
#include "py/mod_datetime.h"

#include <math.h>
#include <time.h>

#include "py/modules.h"

Value moment_make(Vm *vm, Class *cls, const NativeClass *native, const Moment *moment)
{
    Value made = vm_new_native(vm, cls, native);
    *(Moment *)payload_of(vm, made, native) = *moment;
    return made;
}

static const Moment *date_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &date_class);
}

static bool not_implemented(Call *call)
{
    return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
}

static bool give_date(Vm *vm, Call *call, Class *cls, const Moment *m)
{
    Moment date = { .year = m->year, .month = m->month, .day = m->day, .zone = VALUE_NONE };
    return give(call, moment_make(vm, cls, &date_class, &date));
}

static bool date_new(Vm *vm, Call *call)
{
    ARGS(call, cls, year, month, day);
    int64_t y, m, d;
    if (!to_int(vm, year, &y) || !to_int(vm, month, &m) || !to_int(vm, day, &d) ||
        !date_check(vm, y, m, d))
        return false;
    Moment date = { .year = (int32_t)y, .month = (int32_t)m, .day = (int32_t)d };
    return give_date(vm, call, class_ptr(cls), &date);
}

/* cls(year, month, day), so that a script's subclass has its say. */
static bool date_of_ordinal(Vm *vm, Call *call, Value cls, int64_t ordinal)
{
    Moment m = { 0 };
    if (ordinal < 1)
        return vm_raise(vm, "ValueError", "ordinal must be >= 1");
    if (ordinal > days_from_civil(YEAR_MAX, 12, 31))
        return vm_raise(vm, "ValueError", "year is out of range");
    civil_from_days(ordinal, &m.year, &m.month, &m.day);
    if (class_ptr(cls) == vm_class(vm, &date_class))
        return give_date(vm, call, class_ptr(cls), &m);
    const Value parts[] = { value_int(m.year), value_int(m.month), value_int(m.day) };
    Value result;
    return vm_call(vm, cls, parts, 3, &result) && give(call, result);
}

static bool date_today(Vm *vm, Call *call)
{
    ARGS(call, cls);
    time_t now = time(NULL);
    struct tm tm;
    localtime_r(&now, &tm);
    return date_of_ordinal(vm, call, cls,
                           days_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
}

static bool date_fromtimestamp(Vm *vm, Call *call)
{
    ARGS(call, cls, timestamp);
    double seconds;
    struct tm tm;
    if (!to_float(vm, timestamp, &seconds))
        return false;
    if (!(fabs(seconds) < 3e11))
        return vm_raise(vm, "OverflowError", "timestamp out of range for platform time_t");
    time_t whole = (time_t)floor(seconds);
    localtime_r(&whole, &tm);
    if (tm.tm_year + 1900 < YEAR_MIN || tm.tm_year + 1900 > YEAR_MAX)
        return vm_raise(vm, "ValueError", "year %d is out of range", tm.tm_year + 1900);
    return date_of_ordinal(vm, call, cls,
                           days_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
}

static bool date_fromordinal(Vm *vm, Call *call)
{
    ARGS(call, cls, ordinal);
    int64_t number;
    return to_int(vm, ordinal, &number) && date_of_ordinal(vm, call, cls, number);
}

static bool date_fromisocalendar(Vm *vm, Call *call)
{
    ARGS(call, cls, year, week, day);
    int64_t y, w, d, ordinal;
    if (!to_int(vm, year, &y) || !to_int(vm, week, &w) || !to_int(vm, day, &d))
        return false;
    if (y < YEAR_MIN || y > YEAR_MAX)
        return vm_raise(vm, "ValueError", "Year is out of range: %lld", (long long)y);
    if (d < 1 || d > 7)
        return vm_raise(vm, "ValueError", "Invalid day: %lld (range is [1, 7])", (long long)d);
    if (w < 1 || w > 53 || !iso_week_start((int)y, (int)w, (int)d, &ordinal))
        return vm_raise(vm, "ValueError", "Invalid week: %lld", (long long)w);
    return date_of_ordinal(vm, call, cls, ordinal);
}

static bool date_fromisoformat(Vm *vm, Call *call)
{
    ARGS(call, cls, date_string);
    if (!is_str(date_string))
        return vm_raise(vm, "TypeError", "fromisoformat: argument must be str");
    Str text;
    Moment m = { 0 };
    if (!to_str(vm, date_string, &text))
        return false;
    if (!parse_iso_date(text, &m)) {
        Value shown;
        Str str;
        return vm_repr(vm, date_string, &shown) && to_str(vm, shown, &str) &&
               vm_raise(vm, "ValueError", "Invalid isoformat string: %.*s", STR_ARG(str));
    }
    return date_check(vm, m.year, m.month, m.day) &&
           date_of_ordinal(vm, call, cls, days_from_civil(m.year, m.month, m.day));
}

/* ---- arithmetic and order ---- */

static bool date_shifted(Vm *vm, Call *call, int sign)
{
    ARGS(call, self, other);
    const Moment *m = payload_of(vm, self, &date_class);
    const Delta *delta = payload_of(vm, other, &timedelta_class);
    if (!delta)
        return not_implemented(call);
    int64_t days = days_from_civil(m->year, m->month, m->day);
    int64_t ordinal = days + (int64_t)sign * delta->days;
    if (ordinal < 1 || ordinal > days_from_civil(YEAR_MAX, 12, 31))
        return vm_raise(vm, "OverflowError", "date value out of range");
    return date_of_ordinal(vm, call, value_object(value_class(vm, self)), ordinal);
}

static bool date_add(Vm *vm, Call *call)
{
    return date_shifted(vm, call, 1);
}

static bool date_sub(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Moment *a = payload_of(vm, self, &date_class), *b = payload_of(vm, other, &date_class);
    if (!b || is_instance(vm, other, &datetime_class))
        return b ? not_implemented(call) : date_shifted(vm, call, -1);
    Wide days =
        days_from_civil(a->year, a->month, a->day) - days_from_civil(b->year, b->month, b->day);
    return give(call, delta_make(vm, days * MICROS_PER_DAY));
}

static int date_order(Vm *vm, Call *call, bool *known)
{
    const Moment *a = date_of(vm, call), *b = payload_of(vm, call->args[1], &date_class);
    *known = b && !is_instance(vm, call->args[1], &datetime_class);
    if (!*known)
        return 0;
    int64_t left = days_from_civil(a->year, a->month, a->day);
    int64_t right = days_from_civil(b->year, b->month, b->day);
    return left < right ? -1 : left > right;
}

#define DATE_COMPARE(name, test)                                                    \
    static bool name(Vm *vm, Call *call)                                                \
    {                                                                                   \
        bool known;                                                                     \
        int order = date_order(vm, call, &known);                                       \
        return known ? give(call, value_bool(order test 0)) : not_implemented(call); \
    }
DATE_COMPARE(date_eq, ==)
DATE_COMPARE(date_lt, <)
DATE_COMPARE(date_le, <=)
DATE_COMPARE(date_gt, >)
DATE_COMPARE(date_ge, >=)

static bool date_hash(Vm *vm, Call *call)
{
    const Moment *m = date_of(vm, call);
    return give(call, value_int(days_from_civil(m->year, m->month, m->day) * 1000003));
}

/* ---- parts ---- */

static bool date_get_year(Vm *vm, Call *call)
{
    return give(call, value_int(date_of(vm, call)->year));
}

static bool date_get_month(Vm *vm, Call *call)
{
    return give(call, value_int(date_of(vm, call)->month));
}

static bool date_get_day(Vm *vm, Call *call)
{
    return give(call, value_int(date_of(vm, call)->day));
}

static bool date_toordinal(Vm *vm, Call *call)
{
    const Moment *m = date_of(vm, call);
    return give(call, value_int(days_from_civil(m->year, m->month, m->day)));
}

static bool date_weekday(Vm *vm, Call *call)
{
    const Moment *m = date_of(vm, call);
    return give(call, value_int(weekday_of(m->year, m->month, m->day)));
}

static bool date_isoweekday(Vm *vm, Call *call)
{
    const Moment *m = date_of(vm, call);
    return give(call, value_int(weekday_of(m->year, m->month, m->day) + 1));
}

static bool date_isocalendar(Vm *vm, Call *call)
{
    int year, week, weekday;
    iso_week(date_of(vm, call), &year, &week, &weekday);
    const Value parts[] = { value_int(year), value_int(week), value_int(weekday) };
    Value maker, result;
    return import_attr(vm, "_datetime", "IsoCalendarDate", &maker) &&
           vm_call(vm, maker, parts, 3, &result) && give(call, result);
}

static bool date_replace(Vm *vm, Call *call)
{
    ARGS(call, self, year, month, day);
    const Moment *m = payload_of(vm, self, &date_class);
    const Value parts[] = {
        value_given(year) ? year : value_int(m->year),
        value_given(month) ? month : value_int(m->month),
        value_given(day) ? day : value_int(m->day),
    };
    Value result;
    return vm_call(vm, value_object(value_class(vm, self)), parts, 3, &result) &&
           give(call, result);
}

static bool date_timetuple(Vm *vm, Call *call)
{
    return import_attr(vm, "_datetime", "timetuple", &call->result) &&
           vm_call(vm, call->result, call->args, 1, &call->result);
}

/* ---- text ---- */

static bool date_isoformat(Vm *vm, Call *call)
{
    Buf out = { 0 };
    put_date(&out, date_of(vm, call));
    Value text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return give(call, text);
}

static bool date_str(Vm *vm, Call *call)
{
    Value result;
    return vm_call_method(vm, call->args[0], "isoformat", NULL, 0, &result) && give(call, result);
}

static bool date_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Moment *m = date_of(vm, call);
    return give(call,
                make_strf(vm, "%s(%d, %d, %d)", type_name(vm, self), m->year, m->month, m->day));
}

static bool date_ctime(Vm *vm, Call *call)
{
    Value text;
    return moment_strftime(vm, call->args[0], date_of(vm, call), STR("%a %b %e %H:%M:%S %Y"),
                           &text) &&
           give(call, text);
}

static bool date_strftime(Vm *vm, Call *call)
{
    ARGS(call, self, format);
    Str spec;
    Value text;
    return to_str(vm, format, &spec) &&
           moment_strftime(vm, self, payload_of(vm, self, &date_class), spec, &text) &&
           give(call, text);
}

static bool date_format(Vm *vm, Call *call)
{
    ARGS(call, self, format);
    Str spec;
    if (!to_str(vm, format, &spec))
        return false;
    if (spec.len > 0)
        return date_strftime(vm, call);
    Value text;
    return vm_str(vm, self, &text) && give(call, text);
}

static bool date_reduce(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Moment *m = date_of(vm, call);
    const Value parts[] = { value_int(m->year), value_int(m->month), value_int(m->day) };
    const Value pair[] = { value_object(value_class(vm, self)), make_tuple(vm, parts, 3) };
    return give(call, make_tuple(vm, pair, 2));
}

static const NativeRow date_methods[] = {
    { "__new__(cls, year, month, day)", date_new, NULL },
    { "__add__(self, other, /)", date_add, NULL },
    { "__radd__(self, other, /)", date_add, NULL },
    { "__sub__(self, other, /)", date_sub, NULL },
    { "__hash__(self, /)", date_hash, NULL },
    { "__eq__(self, other, /)", date_eq, NULL },
    { "__lt__(self, other, /)", date_lt, NULL },
    { "__le__(self, other, /)", date_le, NULL },
    { "__gt__(self, other, /)", date_gt, NULL },
    { "__ge__(self, other, /)", date_ge, NULL },
    { "__str__(self, /)", date_str, NULL },
    { "__repr__(self, /)", date_repr, NULL },
    { "__format__(self, format, /)", date_format, NULL },
    { "__reduce__(self, /)", date_reduce, NULL },
    { "toordinal(self, /)", date_toordinal, NULL },
    { "weekday(self, /)", date_weekday, NULL },
    { "isoweekday(self, /)", date_isoweekday, NULL },
    { "isocalendar(self, /)", date_isocalendar, NULL },
    { "replace(self, year=..., month=..., day=...)", date_replace, NULL },
    { "timetuple(self, /)", date_timetuple, NULL },
    { "isoformat(self, /)", date_isoformat, NULL },
    { "ctime(self, /)", date_ctime, NULL },
    { "strftime(self, format)", date_strftime, NULL },
};
static const NativeRow date_getters[] = {
    { "year(self)", date_get_year, NULL },
    { "month(self)", date_get_month, NULL },
    { "day(self)", date_get_day, NULL },
};
static const NativeRow date_statics[] = {
    { "today(cls)", date_today, NULL },
    { "fromtimestamp(cls, timestamp, /)", date_fromtimestamp, NULL },
    { "fromordinal(cls, ordinal, /)", date_fromordinal, NULL },
    { "fromisocalendar(cls, year, week, day)", date_fromisocalendar, NULL },
    { "fromisoformat(cls, date_string, /)", date_fromisoformat, NULL },
};

static void moment_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((Moment *)payload)->zone);
}

const NativeClass date_class = {
    .name = "date",
    .module = "datetime",
    .size = sizeof(Moment),
    .methods = date_methods,
    .method_count = sizeof date_methods / sizeof *date_methods,
    .getters = date_getters,
    .getter_count = sizeof date_getters / sizeof *date_getters,
    .statics = date_statics,
    .static_count = sizeof date_statics / sizeof *date_statics,
    .mark = moment_mark,
    .doc = "A day of the Gregorian calendar.",
};
