/* SPDX-License-Identifier: MIT */
/* datetime.datetime. */
#include "py/mod_datetime.h"

#include <math.h>
#include <time.h>

#include "py/modules.h"

static const Moment *moment_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &datetime_class);
}

static bool not_implemented(Call *call)
{
    return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
}

static Wide epoch_micros(void)
{
    Moment epoch = { .year = 1970, .month = 1, .day = 1 };
    return moment_micros(&epoch);
}

/* ---- making ---- */

/* cls(year, ..., tzinfo, fold=fold): a script's subclass has its say. */
static bool make_through(Vm *vm, Value cls, const Moment *m, Value *result)
{
    if (class_ptr(cls) == vm_class(vm, &datetime_class)) {
        *result = moment_make(vm, class_ptr(cls), &datetime_class, m);
        return true;
    }
    const Value parts[] = { value_int(m->year),   value_int(m->month),
                            value_int(m->day),    value_int(m->hour),
                            value_int(m->minute), value_int(m->second),
                            value_int(m->micro),  m->zone };
    Value keywords = VALUE_UNSET;
    if (m->fold) {
        keywords = make_dict(vm);
        dict_set_str(vm, keywords, STR("fold"), value_int(1));
    }
    vm_push(vm, keywords);
    bool ok = vm_call_kw(vm, cls, parts, 8, keywords, result);
    vm_pop(vm, 1);
    return ok;
}

static bool give_through(Vm *vm, Call *call, Value cls, const Moment *m)
{
    Value result;
    return make_through(vm, cls, m, &result) && give(call, result);
}

static bool datetime_new(Vm *vm, Call *call)
{
    int64_t n[8];
    for (size_t i = 0; i < 8; i++) {
        Value v = call->args[i < 7 ? i + 1 : 9];
        if (!to_int(vm, v, &n[i]))
            return false;
    }
    Value zone = call->args[8];
    if (!date_check(vm, n[0], n[1], n[2]) || !time_check(vm, n[3], n[4], n[5], n[6], n[7]) ||
        !zone_check(vm, zone))
        return false;
    Moment m = { .year = (int32_t)n[0],
                 .month = (int32_t)n[1],
                 .day = (int32_t)n[2],
                 .hour = (int32_t)n[3],
                 .minute = (int32_t)n[4],
                 .second = (int32_t)n[5],
                 .micro = (int32_t)n[6],
                 .fold = (int32_t)n[7],
                 .zone = zone };
    return give(call, moment_make(vm, class_ptr(call->args[0]), &datetime_class, &m));
}

static bool local_fields(Vm *vm, int64_t seconds, Moment *m)
{
    struct tm tm;
    time_t when = (time_t)seconds;
    if (!localtime_r(&when, &tm) || tm.tm_year + 1900 < YEAR_MIN || tm.tm_year + 1900 > YEAR_MAX)
        return vm_raise(vm, "ValueError", "year is out of range");
    *m = (Moment){ .year = tm.tm_year + 1900,
                   .month = tm.tm_mon + 1,
                   .day = tm.tm_mday,
                   .hour = tm.tm_hour,
                   .minute = tm.tm_min,
                   .second = tm.tm_sec > 59 ? 59 : tm.tm_sec,
                   .zone = VALUE_NONE };
    /* The second of two equal local times. */
    time_t before = when - 86400;
    struct tm earlier;
    localtime_r(&before, &earlier);
    if (earlier.tm_gmtoff > tm.tm_gmtoff) {
        struct tm same;
        time_t twin = when - (earlier.tm_gmtoff - tm.tm_gmtoff);
        localtime_r(&twin, &same);
        m->fold =
            same.tm_hour == tm.tm_hour && same.tm_min == tm.tm_min && same.tm_mday == tm.tm_mday;
    }
    return true;
}

/* The moment `micros` after the epoch, in UTC (zone None) or as `zone` sees it. */
static bool from_epoch(Vm *vm, Call *call, Value cls, Wide micros, Value zone, bool utc)
{
    Moment m = { .zone = VALUE_NONE };
    if (value_is_none(zone) && !utc) {
        Wide seconds = micros / MICROS_PER_SECOND, rest = micros % MICROS_PER_SECOND;
        if (rest < 0) {
            rest += MICROS_PER_SECOND;
            seconds--;
        }
        if (!local_fields(vm, (int64_t)seconds, &m))
            return false;
        m.micro = (int32_t)rest;
        return give_through(vm, call, cls, &m);
    }
    if (!moment_from_micros(epoch_micros() + micros, &m))
        return vm_raise(vm, "ValueError", "year is out of range");
    m.zone = zone;
    if (value_is_none(zone))
        return give_through(vm, call, cls, &m);
    Value as_utc, result;
    if (!make_through(vm, cls, &m, &as_utc))
        return false;
    vm_push(vm, as_utc);
    bool ok = vm_call_method(vm, zone, "fromutc", &as_utc, 1, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static Wide now_micros(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (Wide)now.tv_sec * MICROS_PER_SECOND + now.tv_nsec / 1000;
}

static bool datetime_now(Vm *vm, Call *call)
{
    ARGS(call, cls, tz);
    return zone_check(vm, tz) && from_epoch(vm, call, cls, now_micros(), tz, false);
}

static bool datetime_utcnow(Vm *vm, Call *call)
{
    ARGS(call, cls);
    return from_epoch(vm, call, cls, now_micros(), VALUE_NONE, true);
}

static bool datetime_today(Vm *vm, Call *call)
{
    ARGS(call, cls);
    return from_epoch(vm, call, cls, now_micros(), VALUE_NONE, false);
}

/* Seconds as microseconds, halves to even. */
static bool timestamp_micros(Vm *vm, Value timestamp, Wide *micros)
{
    double seconds;
    if (!to_float(vm, timestamp, &seconds))
        return false;
    if (isnan(seconds))
        return vm_raise(vm, "ValueError", "Invalid value NaN (not a number)");
    if (fabs(seconds) > 1e15)
        return vm_raise(vm, "OverflowError", "timestamp out of range for platform time_t");
    double whole, fraction = modf(seconds, &whole);
    *micros = (Wide)(int64_t)whole * MICROS_PER_SECOND + (int64_t)rint(fraction * 1e6);
    return true;
}

static bool datetime_fromtimestamp(Vm *vm, Call *call)
{
    ARGS(call, cls, timestamp, tz);
    Wide micros;
    return zone_check(vm, tz) && timestamp_micros(vm, timestamp, &micros) &&
           from_epoch(vm, call, cls, micros, tz, false);
}

static bool datetime_utcfromtimestamp(Vm *vm, Call *call)
{
    ARGS(call, cls, timestamp);
    Wide micros;
    return timestamp_micros(vm, timestamp, &micros) &&
           from_epoch(vm, call, cls, micros, VALUE_NONE, true);
}

static bool datetime_combine(Vm *vm, Call *call)
{
    ARGS(call, cls, date, time, tzinfo);
    const Moment *day = payload_of(vm, date, &date_class),
                 *clock = payload_of(vm, time, &time_class);
    if (!day)
        return vm_raise(vm, "TypeError", "combine() argument 1 must be datetime.date, not %s",
                        type_name(vm, date));
    if (!clock)
        return vm_raise(vm, "TypeError", "combine() argument 2 must be datetime.time, not %s",
                        type_name(vm, time));
    if (value_given(tzinfo) && !zone_check(vm, tzinfo))
        return false;
    Moment m = *clock;
    m.year = day->year;
    m.month = day->month;
    m.day = day->day;
    if (value_given(tzinfo))
        m.zone = tzinfo;
    return give_through(vm, call, cls, &m);
}

/* Where the date ends: YYYY-MM-DD, YYYYMMDD or a week date, told from what follows. */
static size_t iso_date_length(Str text)
{
    size_t dashes = text.len > 4 && text.ptr[4] == '-';
    bool week = text.len > 4 + dashes && text.ptr[4 + dashes] == 'W';
    if (!week)
        return dashes ? 10 : 8;
    size_t end = 7 + dashes;
    /* YYYY-Www-HH: what follows is the hour, unless the weekday stands alone. */
    if (dashes && text.len > end + 2 && char_is_digit(text.ptr[end + 2]))
        return end;
    if (dashes)
        return text.len > end && text.ptr[end] == '-' ? end + 2 : end;
    size_t digits = end;
    while (digits < text.len && char_is_digit(text.ptr[digits]))
        digits++;
    return (digits - end) % 2 ? end + 1 : end;
}

static bool parse_iso(Vm *vm, Str text, Moment *m)
{
    size_t end = iso_date_length(text);
    if (text.len < 7 || !parse_iso_date(str_slice(text, 0, end), m))
        return false;
    m->zone = VALUE_NONE;
    if (text.len <= end)
        return true;
    size_t after = end;
    utf8_next(text, &after);
    return parse_iso_time(vm, str_from_offset(text, after), m);
}

static bool datetime_fromisoformat(Vm *vm, Call *call)
{
    ARGS(call, cls, date_string);
    if (!is_str(date_string))
        return vm_raise(vm, "TypeError", "fromisoformat: argument must be str");
    Str text;
    Moment m = { .zone = VALUE_NONE };
    if (!to_str(vm, date_string, &text))
        return false;
    if (!parse_iso(vm, text, &m)) {
        Value shown;
        Str str;
        return vm_repr(vm, date_string, &shown) && to_str(vm, shown, &str) &&
               vm_raise(vm, "ValueError", "Invalid isoformat string: %.*s", STR_ARG(str));
    }
    return date_check(vm, m.year, m.month, m.day) &&
           time_check(vm, m.hour, m.minute, m.second, m.micro, 0) &&
           give_through(vm, call, cls, &m);
}

static bool datetime_strptime(Vm *vm, Call *call)
{
    ARGS(call, cls, date_string, format);
    Str text, spec;
    Moment m;
    return to_str(vm, date_string, &text) && to_str(vm, format, &spec) &&
           moment_strptime(vm, text, spec, &m) && give_through(vm, call, cls, &m);
}

static bool datetime_replace(Vm *vm, Call *call)
{
    static const struct {
        size_t offset;
    } members[] = {
        { offsetof(Moment, year) },  { offsetof(Moment, month) },  { offsetof(Moment, day) },
        { offsetof(Moment, hour) },  { offsetof(Moment, minute) }, { offsetof(Moment, second) },
        { offsetof(Moment, micro) },
    };
    Moment m = *moment_of(vm, call);
    Value zone = call->args[8], fold = call->args[9];
    int64_t n[8] = { 0 };
    for (size_t i = 0; i < 7; i++) {
        int32_t *member = (int32_t *)((char *)&m + members[i].offset);
        n[i] = *member;
        if (value_given(call->args[i + 1]) && !to_int(vm, call->args[i + 1], &n[i]))
            return false;
    }
    n[7] = m.fold;
    if (value_given(fold) && !to_int(vm, fold, &n[7]))
        return false;
    if (!date_check(vm, n[0], n[1], n[2]) || !time_check(vm, n[3], n[4], n[5], n[6], n[7]) ||
        (value_given(zone) && !zone_check(vm, zone)))
        return false;
    for (size_t i = 0; i < 7; i++)
        *(int32_t *)((char *)&m + members[i].offset) = (int32_t)n[i];
    m.fold = (int32_t)n[7];
    if (value_given(zone))
        m.zone = zone;
    return give_through(vm, call, value_object(value_class(vm, call->args[0])), &m);
}

/* ---- arithmetic and order ---- */

static bool datetime_shifted(Vm *vm, Call *call, int sign)
{
    ARGS(call, self, other);
    const Delta *delta = payload_of(vm, other, &timedelta_class);
    if (!delta)
        return not_implemented(call);
    const Moment *from = payload_of(vm, self, &datetime_class);
    Moment m = { .zone = from->zone };
    if (!moment_from_micros(moment_micros(from) + sign * delta_micros(delta), &m))
        return vm_raise(vm, "OverflowError", "date value out of range");
    return give_through(vm, call, value_object(value_class(vm, self)), &m);
}

static bool datetime_add(Vm *vm, Call *call)
{
    return datetime_shifted(vm, call, 1);
}

/* The offsets of both; equal zones count as no offset, as in Python. */
static bool both_offsets(Vm *vm, Call *call, const Moment *a, const Moment *b, bool known[2],
                         int64_t offset[2])
{
    known[0] = known[1] = false;
    offset[0] = offset[1] = 0;
    if (value_same(a->zone, b->zone))
        return true;
    return moment_offset(vm, call->args[0], a, &known[0], &offset[0]) &&
           moment_offset(vm, call->args[1], b, &known[1], &offset[1]);
}

static bool datetime_sub(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Moment *a = payload_of(vm, self, &datetime_class);
    const Moment *b = payload_of(vm, other, &datetime_class);
    if (!b)
        return datetime_shifted(vm, call, -1);
    bool known[2];
    int64_t offset[2];
    if (!both_offsets(vm, call, a, b, known, offset))
        return false;
    if (known[0] != known[1])
        return vm_raise(vm, "TypeError", "can't subtract offset-naive and offset-aware datetimes");
    return give(call,
                delta_make(vm, moment_micros(a) - offset[0] - (moment_micros(b) - offset[1])));
}

static bool datetime_order(Vm *vm, Call *call, bool equality, bool *known_type, int *order)
{
    const Moment *a = moment_of(vm, call), *b = payload_of(vm, call->args[1], &datetime_class);
    *known_type = b != NULL;
    if (!b) {
        if (equality || !is_instance(vm, call->args[1], &date_class))
            return true;
        return vm_raise(vm, "TypeError", "can't compare datetime.datetime to datetime.date");
    }
    bool known[2];
    int64_t offset[2];
    if (!both_offsets(vm, call, a, b, known, offset))
        return false;
    *order = 1;
    if (known[0] != known[1])
        return equality ||
               vm_raise(vm, "TypeError", "can't compare offset-naive and offset-aware datetimes");
    Wide left = moment_micros(a) - offset[0], right = moment_micros(b) - offset[1];
    *order = left < right ? -1 : left > right;
    return true;
}

static bool datetime_eq(Vm *vm, Call *call)
{
    bool known;
    int order = 1;
    if (!datetime_order(vm, call, true, &known, &order))
        return false;
    if (!known)
        return is_instance(vm, call->args[1], &date_class) ? give(call, value_bool(false))
                                                           : not_implemented(call);
    return give(call, value_bool(order == 0));
}

#define DATETIME_COMPARE(name, test)                                                \
    static bool name(Vm *vm, Call *call)                                                \
    {                                                                                   \
        bool known;                                                                     \
        int order = 0;                                                                  \
        if (!datetime_order(vm, call, false, &known, &order))                           \
            return false;                                                               \
        return known ? give(call, value_bool(order test 0)) : not_implemented(call); \
    }
DATETIME_COMPARE(datetime_lt, <)
DATETIME_COMPARE(datetime_le, <=)
DATETIME_COMPARE(datetime_gt, >)
DATETIME_COMPARE(datetime_ge, >=)

static bool datetime_hash(Vm *vm, Call *call)
{
    const Moment *m = moment_of(vm, call);
    bool known;
    int64_t offset;
    if (!moment_offset(vm, call->args[0], m, &known, &offset))
        return false;
    return give(call, value_int((int64_t)((moment_micros(m) - offset) % 2305843009213693951)));
}

/* ---- parts ---- */

static bool datetime_get_hour(Vm *vm, Call *call)
{
    return give(call, value_int(moment_of(vm, call)->hour));
}

static bool datetime_get_minute(Vm *vm, Call *call)
{
    return give(call, value_int(moment_of(vm, call)->minute));
}

static bool datetime_get_second(Vm *vm, Call *call)
{
    return give(call, value_int(moment_of(vm, call)->second));
}

static bool datetime_get_micro(Vm *vm, Call *call)
{
    return give(call, value_int(moment_of(vm, call)->micro));
}

static bool datetime_get_fold(Vm *vm, Call *call)
{
    return give(call, value_int(moment_of(vm, call)->fold));
}

static bool datetime_get_zone(Vm *vm, Call *call)
{
    return give(call, moment_of(vm, call)->zone);
}

static bool datetime_date(Vm *vm, Call *call)
{
    Moment m = *moment_of(vm, call);
    Moment date = { .year = m.year, .month = m.month, .day = m.day, .zone = VALUE_NONE };
    return give(call, moment_make(vm, vm_class(vm, &date_class), &date_class, &date));
}

static bool give_time(Vm *vm, Call *call, Value zone)
{
    Moment m = *moment_of(vm, call);
    m.year = m.month = m.day = 0;
    m.zone = zone;
    return give(call, moment_make(vm, vm_class(vm, &time_class), &time_class, &m));
}

static bool datetime_time(Vm *vm, Call *call)
{
    return give_time(vm, call, VALUE_NONE);
}

static bool datetime_timetz(Vm *vm, Call *call)
{
    return give_time(vm, call, moment_of(vm, call)->zone);
}

/* ---- zones ---- */

static bool datetime_utcoffset(Vm *vm, Call *call)
{
    bool known;
    int64_t offset;
    return moment_offset(vm, call->args[0], moment_of(vm, call), &known, &offset) &&
           give(call, known ? delta_make(vm, offset) : VALUE_NONE);
}

static bool datetime_tzname(Vm *vm, Call *call)
{
    Value name;
    return moment_zone_name(vm, call->args[0], moment_of(vm, call), &name) && give(call, name);
}

static bool datetime_dst(Vm *vm, Call *call)
{
    const Moment *m = moment_of(vm, call);
    Value result = VALUE_NONE;
    if (!value_is_none(m->zone) && !vm_call_method(vm, m->zone, "dst", call->args, 1, &result))
        return false;
    return give(call, result);
}

/* What the system's zone says of naive local fields. */
static int64_t local_epoch_seconds(const Moment *m, long *offset)
{
    struct tm tm = { .tm_year = m->year - 1900,
                     .tm_mon = m->month - 1,
                     .tm_mday = m->day,
                     .tm_hour = m->hour,
                     .tm_min = m->minute,
                     .tm_sec = m->second,
                     .tm_isdst = -1 };
    time_t when = mktime(&tm);
    if (m->fold == 0 && tm.tm_isdst == 0) {
        struct tm again = { .tm_year = m->year - 1900,
                            .tm_mon = m->month - 1,
                            .tm_mday = m->day,
                            .tm_hour = m->hour,
                            .tm_min = m->minute,
                            .tm_sec = m->second,
                            .tm_isdst = 1 };
        time_t earlier = mktime(&again);
        if (again.tm_isdst == 1 && again.tm_hour == m->hour && earlier < when) {
            when = earlier;
            tm = again;
        }
    }
    *offset = tm.tm_gmtoff;
    return when;
}

static bool datetime_timestamp(Vm *vm, Call *call)
{
    const Moment *m = moment_of(vm, call);
    bool known;
    int64_t offset;
    if (!moment_offset(vm, call->args[0], m, &known, &offset))
        return false;
    long local;
    if (!known) {
        double whole = (double)local_epoch_seconds(m, &local);
        return give(call, value_float(whole + m->micro / 1e6));
    }
    Wide micros = moment_micros(m) - offset - epoch_micros();
    return give(call, value_float((double)((long double)micros / MICROS_PER_SECOND)));
}

static bool system_zone(Vm *vm, int64_t seconds, Value *zone)
{
    struct tm tm;
    time_t when = (time_t)seconds;
    localtime_r(&when, &tm);
    *zone = vm_new_native(vm, vm_class(vm, &timezone_class), &timezone_class);
    *(Zone *)payload_of(vm, *zone, &timezone_class) =
        (Zone){ .offset = (int64_t)tm.tm_gmtoff * MICROS_PER_SECOND,
                .name = make_strz(vm, tm.tm_zone ? tm.tm_zone : "") };
    return true;
}

static bool datetime_astimezone(Vm *vm, Call *call)
{
    ARGS(call, self, tz);
    const Moment *m = moment_of(vm, call);
    bool known;
    int64_t offset;
    if (!zone_check(vm, tz) || !moment_offset(vm, self, m, &known, &offset))
        return false;
    if (!value_is_none(tz) && value_same(tz, m->zone))
        return give(call, self);
    long local;
    if (!known) {
        int64_t seconds = local_epoch_seconds(m, &local);
        Wide naive = moment_micros(m) - epoch_micros() - m->micro;
        offset = (int64_t)(naive - (Wide)seconds * MICROS_PER_SECOND);
    }
    Wide micros = moment_micros(m) - offset - epoch_micros();
    Value zone = tz;
    Wide seconds = micros / MICROS_PER_SECOND - (micros % MICROS_PER_SECOND < 0);
    if (value_is_none(zone) && !system_zone(vm, (int64_t)seconds, &zone))
        return false;
    vm_push(vm, zone);
    bool ok = from_epoch(vm, call, value_object(value_class(vm, self)), micros, zone, true);
    vm_pop(vm, 1);
    return ok;
}

static bool datetime_utctimetuple(Vm *vm, Call *call)
{
    Value maker;
    return import_attr(vm, "_datetime", "utctimetuple", &maker) &&
           vm_call(vm, maker, call->args, 1, &call->result);
}

/* ---- text ---- */

static bool put_moment(Vm *vm, Value self, const Moment *m, Str separator, Str spec, Buf *out)
{
    bool known;
    int64_t offset;
    put_date(out, m);
    buf_put(out, separator);
    if (!put_time(vm, out, m, spec) || !moment_offset(vm, self, m, &known, &offset))
        return false;
    if (known)
        put_offset(out, offset, ":");
    return true;
}

static bool give_text(Vm *vm, Call *call, Str separator, Str spec)
{
    Buf out = { 0 };
    bool ok = put_moment(vm, call->args[0], moment_of(vm, call), separator, spec, &out);
    Value text = ok ? make_str(vm, buf_str(&out)) : VALUE_NONE;
    buf_free(&out);
    return ok && give(call, text);
}

static bool datetime_isoformat(Vm *vm, Call *call)
{
    ARGS(call, self, sep, timespec);
    (void)self;
    Str separator, spec;
    return to_str(vm, sep, &separator) && to_str(vm, timespec, &spec) &&
           give_text(vm, call, separator, spec);
}

static bool datetime_str(Vm *vm, Call *call)
{
    return give_text(vm, call, STR(" "), STR("auto"));
}

static bool datetime_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Moment *m = moment_of(vm, call);
    Buf out = { 0 };
    buf_printf(&out, "%s(%d, %d, %d, %d, %d", type_name(vm, self), m->year, m->month, m->day,
               m->hour, m->minute);
    if (m->second || m->micro)
        buf_printf(&out, ", %d", m->second);
    if (m->micro)
        buf_printf(&out, ", %d", m->micro);
    buf_puts(&out, m->fold ? ", fold=1" : "");
    Value zone, result;
    Str text;
    bool ok = true;
    if (!value_is_none(m->zone)) {
        ok = vm_repr(vm, m->zone, &zone) && to_str(vm, zone, &text);
        if (ok)
            buf_printf(&out, ", tzinfo=%.*s", STR_ARG(text));
    }
    buf_putc(&out, ')');
    result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok && give(call, result);
}

static bool datetime_reduce(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Moment *m = moment_of(vm, call);
    const Value parts[] = { value_int(m->year),   value_int(m->month),
                            value_int(m->day),    value_int(m->hour),
                            value_int(m->minute), value_int(m->second),
                            value_int(m->micro),  m->zone };
    const Value pair[] = { value_object(value_class(vm, self)), make_tuple(vm, parts, 8) };
    return give(call, make_tuple(vm, pair, 2));
}

static const NativeRow datetime_methods[] = {
    { "__new__(cls, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, "
      "fold=0)",
      datetime_new, NULL },
    { "__add__(self, other, /)", datetime_add, NULL },
    { "__radd__(self, other, /)", datetime_add, NULL },
    { "__sub__(self, other, /)", datetime_sub, NULL },
    { "__hash__(self, /)", datetime_hash, NULL },
    { "__eq__(self, other, /)", datetime_eq, NULL },
    { "__lt__(self, other, /)", datetime_lt, NULL },
    { "__le__(self, other, /)", datetime_le, NULL },
    { "__gt__(self, other, /)", datetime_gt, NULL },
    { "__ge__(self, other, /)", datetime_ge, NULL },
    { "__str__(self, /)", datetime_str, NULL },
    { "__repr__(self, /)", datetime_repr, NULL },
    { "__reduce__(self, /)", datetime_reduce, NULL },
    { "replace(self, year=..., month=..., day=..., hour=..., minute=..., second=..., "
      "microsecond=..., tzinfo=..., *, fold=...)",
      datetime_replace, NULL },
    { "date(self, /)", datetime_date, NULL },
    { "time(self, /)", datetime_time, NULL },
    { "timetz(self, /)", datetime_timetz, NULL },
    { "utctimetuple(self, /)", datetime_utctimetuple, NULL },
    { "utcoffset(self, /)", datetime_utcoffset, NULL },
    { "tzname(self, /)", datetime_tzname, NULL },
    { "dst(self, /)", datetime_dst, NULL },
    { "timestamp(self, /)", datetime_timestamp, NULL },
    { "astimezone(self, tz=None)", datetime_astimezone, NULL },
    { "isoformat(self, sep='T', timespec='auto')", datetime_isoformat, NULL },
};
static const NativeRow datetime_getters[] = {
    { "hour(self)", datetime_get_hour, NULL },
    { "minute(self)", datetime_get_minute, NULL },
    { "second(self)", datetime_get_second, NULL },
    { "microsecond(self)", datetime_get_micro, NULL },
    { "fold(self)", datetime_get_fold, NULL },
    { "tzinfo(self)", datetime_get_zone, NULL },
};
static const NativeRow datetime_statics[] = {
    { "now(cls, tz=None)", datetime_now, NULL },
    { "utcnow(cls)", datetime_utcnow, NULL },
    { "today(cls)", datetime_today, NULL },
    { "fromtimestamp(cls, timestamp, tz=None)", datetime_fromtimestamp, NULL },
    { "utcfromtimestamp(cls, timestamp, /)", datetime_utcfromtimestamp, NULL },
    { "combine(cls, date, time, tzinfo=...)", datetime_combine, NULL },
    { "fromisoformat(cls, date_string, /)", datetime_fromisoformat, NULL },
    { "strptime(cls, date_string, format, /)", datetime_strptime, NULL },
};

static void moment_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((Moment *)payload)->zone);
}

const NativeClass datetime_class = {
    .name = "datetime",
    .module = "datetime",
    .base = &date_class,
    .size = sizeof(Moment),
    .methods = datetime_methods,
    .method_count = sizeof datetime_methods / sizeof *datetime_methods,
    .getters = datetime_getters,
    .getter_count = sizeof datetime_getters / sizeof *datetime_getters,
    .statics = datetime_statics,
    .static_count = sizeof datetime_statics / sizeof *datetime_statics,
    .mark = moment_mark,
    .doc = "A day with a time of day.",
};
