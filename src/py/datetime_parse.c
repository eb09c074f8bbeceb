/* SPDX-License-Identifier: MIT */
/*
 * datetime.strptime. A directive may match in several lengths; the first way in which the whole
 * format matches a prefix of the text is taken, as Python's regular expression finds it.
 */
#include "py/mod_datetime.h"

#include "py/modules.h"

typedef struct Parse {
    Vm *vm;
    Str text;
    Moment moment;
    int hour12;                  /* -1: not given */
    int pm;                      /* -1: not given */
    int year_day, weekday, week; /* -1: not given; weekday: Monday is 0 */
    int iso_year, iso_week;      /* -1: not given */
    bool week_from_monday, has_year, has_offset;
    int64_t offset;
    size_t end; /* where the match ended */
} Parse;

static bool match(Parse *p, Str format, size_t at);

/* Up to `most` digits of a number in [low, high]; the longest that lets the rest match. */
static bool match_number(Parse *p, Str rest, size_t at, size_t most, int low, int high,
                         int32_t *value)
{
    size_t count = 0;
    while (count < most && at + count < p->text.len && char_is_digit(p->text.ptr[at + count]))
        count++;
    for (; count > 0; count--) {
        int32_t number = 0;
        for (size_t i = 0; i < count; i++)
            number = number * 10 + (p->text.ptr[at + i] - '0');
        if (number < low || number > high)
            continue;
        *value = number;
        if (match(p, rest, at + count))
            return true;
    }
    return false;
}

static bool match_name(Parse *p, Str rest, size_t at, const char *const *names, int first,
                       int count, bool short_names, int32_t *value)
{
    for (int i = first; i < count; i++) {
        Str name = str_slice(str_from(names[i]), 0, short_names ? 3 : 20);
        if (str_eq_nocase(str_slice(p->text, at, at + name.len), name)) {
            *value = i;
            if (match(p, rest, at + name.len))
                return true;
        }
    }
    return false;
}

static bool match_fraction(Parse *p, Str rest, size_t at)
{
    size_t count = 0;
    while (count < 6 && at + count < p->text.len && char_is_digit(p->text.ptr[at + count]))
        count++;
    for (; count > 0; count--) {
        int32_t micro = 0;
        for (size_t i = 0; i < 6; i++)
            micro = micro * 10 + (i < count ? p->text.ptr[at + i] - '0' : 0);
        p->moment.micro = micro;
        if (match(p, rest, at + count))
            return true;
    }
    return false;
}

static bool two_digits(Str text, size_t at, int *value)
{
    if (at + 2 > text.len || !char_is_digit(text.ptr[at]) || !char_is_digit(text.ptr[at + 1]))
        return false;
    *value = (text.ptr[at] - '0') * 10 + text.ptr[at + 1] - '0';
    return true;
}

/* +HHMM, +HH:MM, each with optional seconds and fraction; Z. */
static bool match_offset(Parse *p, Str rest, size_t at)
{
    p->has_offset = true;
    p->offset = 0;
    if (at < p->text.len && p->text.ptr[at] == 'Z')
        return match(p, rest, at + 1);
    int hours, minutes, seconds = 0;
    size_t i = at + 1;
    if (at >= p->text.len || (p->text.ptr[at] != '+' && p->text.ptr[at] != '-') ||
        !two_digits(p->text, i, &hours))
        return false;
    i += 2;
    bool colon = i < p->text.len && p->text.ptr[i] == ':';
    i += colon;
    if (!two_digits(p->text, i, &minutes) || minutes > 59)
        return false;
    i += 2;
    size_t skip = i < p->text.len && p->text.ptr[i] == ':';
    int sign = p->text.ptr[at] == '-' ? -1 : 1;
    int64_t total = hours * 3600 + minutes * 60;
    if (two_digits(p->text, i + skip, &seconds) && seconds <= 59 && (skip == 1) == colon) {
        p->offset = (total + seconds) * MICROS_PER_SECOND * sign;
        if (match(p, rest, i + skip + 2))
            return true;
    }
    p->offset = total * MICROS_PER_SECOND * sign;
    return match(p, rest, i);
}

static bool match_zone_name(Parse *p, Str rest, size_t at)
{
    static const char *const names[] = { "UTC", "GMT" };
    for (size_t i = 0; i < 2; i++) {
        Str name = str_slice(p->text, at, at + 3);
        if (str_eq_nocase(name, str_from(names[i]))) {
            if (match(p, rest, at + 3))
                return true;
        }
    }
    return false;
}

static bool match_am_pm(Parse *p, Str rest, size_t at)
{
    Str word = str_slice(p->text, at, at + 2);
    bool am = str_eq_nocase(word, STR("am")), pm = str_eq_nocase(word, STR("pm"));
    p->pm = pm;
    return (am || pm) && match(p, rest, at + 2);
}

static bool match_day(Parse *p, Str rest, size_t at)
{
    if (match_number(p, rest, at, 2, 1, 31, &p->moment.day))
        return true;
    /* " 5" */
    return at < p->text.len && p->text.ptr[at] == ' ' &&
           match_number(p, rest, at + 1, 1, 1, 9, &p->moment.day);
}

static bool match_year(Parse *p, Str rest, size_t at, size_t digits)
{
    size_t i = 0;
    while (i < digits && at + i < p->text.len && char_is_digit(p->text.ptr[at + i]))
        i++;
    if (i < digits)
        return false;
    int32_t year;
    p->has_year = true;
    if (digits == 4)
        return match_number(p, rest, at, 4, 0, 9999, &p->moment.year);
    int value;
    if (!two_digits(p->text, at, &value))
        return false;
    year = value + (value <= 68 ? 2000 : 1900);
    p->moment.year = year;
    return match(p, rest, at + 2);
}

static bool match_weekday_number(Parse *p, Str rest, size_t at, bool iso)
{
    int32_t number;
    if (at >= p->text.len || !char_is_digit(p->text.ptr[at]))
        return false;
    number = p->text.ptr[at] - '0';
    if (number < (iso ? 1 : 0) || number > (iso ? 7 : 6))
        return false;
    p->weekday = iso || number > 0 ? number - 1 : 6;
    return match(p, rest, at + 1);
}

static bool match_composed(Parse *p, const char *parts, Str rest, size_t at)
{
    Buf joined = { 0 };
    buf_puts(&joined, parts);
    buf_put(&joined, rest);
    bool ok = match(p, buf_str(&joined), at);
    buf_free(&joined);
    return ok;
}

static bool match_week(Parse *p, Str rest, size_t at, bool from_monday)
{
    p->week_from_monday = from_monday;
    return match_number(p, rest, at, 2, 0, 53, &p->week);
}

static bool match_directive(Parse *p, char directive, Str rest, size_t at)
{
    switch (directive) {
    case 'Y':
        return match_year(p, rest, at, 4);
    case 'y':
        return match_year(p, rest, at, 2);
    case 'm':
        return match_number(p, rest, at, 2, 1, 12, &p->moment.month);
    case 'd':
        return match_day(p, rest, at);
    case 'H':
        p->hour12 = -1;
        return match_number(p, rest, at, 2, 0, 23, &p->moment.hour);
    case 'I':
        return match_number(p, rest, at, 2, 1, 12, &p->hour12);
    case 'M':
        return match_number(p, rest, at, 2, 0, 59, &p->moment.minute);
    case 'S':
        return match_number(p, rest, at, 2, 0, 61, &p->moment.second);
    case 'j':
        return match_number(p, rest, at, 3, 1, 366, &p->year_day);
    case 'U':
    case 'W':
        return match_week(p, rest, at, directive == 'W');
    case 'V':
        return match_number(p, rest, at, 2, 1, 53, &p->iso_week);
    case 'G':
        return match_number(p, rest, at, 4, 1000, 9999, &p->iso_year);
    case 'w':
        return match_weekday_number(p, rest, at, false);
    case 'u':
        return match_weekday_number(p, rest, at, true);
    case 'a':
        return match_name(p, rest, at, weekday_names, 0, 7, true, &p->weekday);
    case 'A':
        return match_name(p, rest, at, weekday_names, 0, 7, false, &p->weekday);
    case 'b':
        return match_name(p, rest, at, month_names, 1, 13, true, &p->moment.month);
    case 'B':
        return match_name(p, rest, at, month_names, 1, 13, false, &p->moment.month);
    case 'f':
        return match_fraction(p, rest, at);
    case 'p':
        return match_am_pm(p, rest, at);
    case 'z':
        return match_offset(p, rest, at);
    case 'Z':
        return match_zone_name(p, rest, at);
    case '%':
        return at < p->text.len && p->text.ptr[at] == '%' && match(p, rest, at + 1);
    default: {
        const char *parts = directive == 'c'   ? "%a %b %d %H:%M:%S %Y"
                            : directive == 'x' ? "%m/%d/%y"
                            : directive == 'X' ? "%H:%M:%S"
                                               : NULL;
        return parts && match_composed(p, parts, rest, at);
    }
    }
}

/* White space in the format stands for any amount of it, at least one. */
static bool match_space(Parse *p, Str format, size_t at)
{
    size_t skip = 0, count = 0;
    while (skip < format.len && char_is_space(format.ptr[skip]))
        skip++;
    while (at + count < p->text.len && char_is_space(p->text.ptr[at + count]))
        count++;
    for (; count > 0; count--) {
        if (match(p, str_from_offset(format, skip), at + count))
            return true;
    }
    return false;
}

static bool match(Parse *p, Str format, size_t at)
{
    if (format.len == 0) {
        p->end = at;
        return true;
    }
    if (format.ptr[0] == '%' && format.len > 1)
        return match_directive(p, format.ptr[1], str_from_offset(format, 2), at);
    if (char_is_space(format.ptr[0]))
        return match_space(p, format, at);
    return at < p->text.len && char_lower(p->text.ptr[at]) == char_lower(format.ptr[0]) &&
           match(p, str_from_offset(format, 1), at + 1);
}

static bool format_check(Vm *vm, Str format)
{
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] != '%')
            continue;
        if (++i == format.len)
            return vm_raise(vm, "ValueError", "stray %% in format '%.*s'", STR_ARG(format));
        if (!strchr("YymdHIMSjUWVGwuaAbBfpzZcxX%", format.ptr[i]))
            return vm_raise(vm, "ValueError", "'%c' is a bad directive in format '%.*s'",
                            format.ptr[i], STR_ARG(format));
    }
    return true;
}

/* The date from a week and a weekday, or from the day of the year. */
static bool complete_date(Parse *p)
{
    Moment *m = &p->moment;
    int64_t ordinal = 0;
    if (p->iso_year > 0 && p->iso_week > 0 && p->weekday >= 0) {
        if (!iso_week_start(p->iso_year, p->iso_week, p->weekday + 1, &ordinal))
            return vm_raise(p->vm, "ValueError", "Invalid week: %d", p->iso_week);
    } else if (p->year_day > 0) {
        ordinal = days_from_civil(m->year, 1, 1) + p->year_day - 1;
    } else if (p->week >= 0 && p->weekday >= 0 && p->has_year) {
        int64_t first = days_from_civil(m->year, 1, 1);
        int shift = p->week_from_monday ? 0 : 1;
        int first_weekday = (int)((first + 6 + shift) % 7), weekday = (p->weekday + shift) % 7;
        int64_t week_zero = (7 - first_weekday) % 7;
        ordinal = first + (p->week == 0 ? weekday - first_weekday
                                        : week_zero + 7 * (p->week - 1) + weekday);
    }
    if (ordinal > 0)
        civil_from_days(ordinal, &m->year, &m->month, &m->day);
    return true;
}

static bool complete(Parse *p)
{
    Vm *vm = p->vm;
    Moment *m = &p->moment;
    if (p->hour12 >= 0)
        m->hour = p->hour12 % 12 + (p->pm == 1 ? 12 : 0);
    if (!complete_date(p))
        return false;
    if (p->has_offset) {
        Value delta = delta_make(vm, p->offset), zone_class;
        if (!import_attr(vm, "datetime", "timezone", &zone_class) ||
            !vm_call(vm, zone_class, &delta, 1, &m->zone))
            return false;
    }
    return true;
}

bool moment_strptime(Vm *vm, Str text, Str format, Moment *m)
{
    Parse p = { .vm = vm,
                .text = text,
                .hour12 = -1,
                .pm = -1,
                .year_day = -1,
                .weekday = -1,
                .week = -1,
                .iso_year = -1,
                .iso_week = -1 };
    p.moment = (Moment){ .year = 1900, .month = 1, .day = 1, .zone = VALUE_NONE };
    if (!format_check(vm, format))
        return false;
    if (!match(&p, format, 0)) {
        Value a, b;
        Str shown, shown_format;
        if (!vm_repr(vm, make_str(vm, text), &a) || !to_str(vm, a, &shown) ||
            !vm_repr(vm, make_str(vm, format), &b) || !to_str(vm, b, &shown_format))
            return false;
        return vm_raise(vm, "ValueError", "time data %.*s does not match format %.*s",
                        STR_ARG(shown), STR_ARG(shown_format));
    }
    if (p.end != text.len)
        return vm_raise(vm, "ValueError", "unconverted data remains: %.*s",
                        STR_ARG(str_from_offset(text, p.end)));
    if (!complete(&p))
        return false;
    *m = p.moment;
    return date_check(vm, m->year, m->month, m->day) &&
           time_check(vm, m->hour, m->minute, m->second, m->micro, 0);
}
