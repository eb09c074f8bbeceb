/* SPDX-License-Identifier: MIT */
/* ISO 8601 and strftime: moments to text, and ISO text to moments. */
#include "py/mod_datetime.h"

#include "py/modules.h"

void put_date(Buf *out, const Moment *m)
{
    buf_printf(out, "%04d-%02d-%02d", m->year, m->month, m->day);
}

bool put_time(Vm *vm, Buf *out, const Moment *m, Str spec)
{
    if (str_is(spec, "auto"))
        spec = m->micro ? STR("microseconds") : STR("seconds");
    if (str_is(spec, "hours"))
        buf_printf(out, "%02d", m->hour);
    else if (str_is(spec, "minutes"))
        buf_printf(out, "%02d:%02d", m->hour, m->minute);
    else if (str_is(spec, "seconds"))
        buf_printf(out, "%02d:%02d:%02d", m->hour, m->minute, m->second);
    else if (str_is(spec, "milliseconds"))
        buf_printf(out, "%02d:%02d:%02d.%03d", m->hour, m->minute, m->second, m->micro / 1000);
    else if (str_is(spec, "microseconds"))
        buf_printf(out, "%02d:%02d:%02d.%06d", m->hour, m->minute, m->second, m->micro);
    else
        return vm_raise(vm, "ValueError", "Unknown timespec value");
    return true;
}

void put_offset(Buf *out, int64_t micros, const char *separator)
{
    buf_putc(out, micros < 0 ? '-' : '+');
    int64_t left = micros < 0 ? -micros : micros;
    int64_t seconds = left / MICROS_PER_SECOND;
    buf_printf(out, "%02d%s%02d", (int)(seconds / 3600), separator, (int)(seconds / 60 % 60));
    if (seconds % 60 != 0 || left % MICROS_PER_SECOND != 0)
        buf_printf(out, "%s%02d", separator, (int)(seconds % 60));
    if (left % MICROS_PER_SECOND != 0)
        buf_printf(out, ".%06d", (int)(left % MICROS_PER_SECOND));
}

/* ---- reading ISO ---- */

/* Exactly `count` digits at *at. */
static bool take_digits(Str text, size_t *at, size_t count, int32_t *value)
{
    if (*at + count > text.len)
        return false;
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        char c = text.ptr[*at + i];
        if (!char_is_digit(c))
            return false;
        *value = *value * 10 + (c - '0');
    }
    *at += count;
    return true;
}

static bool take_char(Str text, size_t *at, char c)
{
    if (*at >= text.len || text.ptr[*at] != c)
        return false;
    (*at)++;
    return true;
}

static bool parse_iso_week_date(Str text, size_t at, Moment *m)
{
    bool dashed = take_char(text, &at, '-');
    int32_t week, weekday = 1;
    int64_t ordinal;
    if (!take_char(text, &at, 'W') || !take_digits(text, &at, 2, &week))
        return false;
    if (at < text.len) {
        if (dashed && !take_char(text, &at, '-'))
            return false;
        if (!take_digits(text, &at, 1, &weekday) || at != text.len)
            return false;
    }
    if (!iso_week_start(m->year, week, weekday, &ordinal))
        return false;
    civil_from_days(ordinal, &m->year, &m->month, &m->day);
    return true;
}

bool parse_iso_date(Str text, Moment *m)
{
    size_t at = 0;
    if (!take_digits(text, &at, 4, &m->year))
        return false;
    if (str_find_char(text, 'W', 0) >= 0)
        return parse_iso_week_date(text, at, m);
    bool dashed = take_char(text, &at, '-');
    if (!take_digits(text, &at, 2, &m->month))
        return false;
    if (dashed && !take_char(text, &at, '-'))
        return false;
    return take_digits(text, &at, 2, &m->day) && at == text.len;
}

/* Digits of a fraction, cut to six. */
static bool take_fraction(Str text, size_t *at, int32_t *micro)
{
    if (*at >= text.len || !char_is_digit(text.ptr[*at]))
        return false;
    int32_t scale = 100000;
    *micro = 0;
    for (; *at < text.len && char_is_digit(text.ptr[*at]); (*at)++, scale /= 10)
        *micro += (text.ptr[*at] - '0') * scale;
    return true;
}

/* HH[:MM[:SS]] or HHMMSS, each with an optional fraction behind it; all of `text`. */
static bool parse_clock(Str text, int32_t *hour, int32_t *minute, int32_t *second, int32_t *micro)
{
    int32_t *const parts[] = { hour, minute, second };
    bool colons = text.len > 2 && text.ptr[2] == ':';
    size_t at = 0;
    *minute = *second = *micro = 0;
    for (size_t i = 0; i < 3; i++) {
        if (i > 0 && colons && !take_char(text, &at, ':'))
            return false;
        if (!take_digits(text, &at, 2, parts[i]))
            return false;
        if (at == text.len)
            return true;
        if (take_char(text, &at, '.') || take_char(text, &at, ','))
            return take_fraction(text, &at, micro) && at == text.len;
    }
    return false;
}

static bool parse_iso_offset(Vm *vm, Str text, Value *zone)
{
    if (str_is(text, "Z"))
        return zone_utc(vm, zone);
    int32_t hour, minute, second, micro;
    if (!parse_clock(str_from_offset(text, 1), &hour, &minute, &second, &micro))
        return false;
    int64_t seconds = hour * 3600 + minute * 60 + second;
    int64_t offset = seconds * MICROS_PER_SECOND + micro;
    if (text.ptr[0] == '-')
        offset = -offset;
    if (offset == 0)
        return zone_utc(vm, zone);
    if (offset <= -MICROS_PER_DAY || offset >= MICROS_PER_DAY)
        return false;
    *zone = vm_new_native(vm, vm_class(vm, &timezone_class), &timezone_class);
    *(Zone *)payload_of(vm, *zone, &timezone_class) =
        (Zone){ .offset = offset, .name = VALUE_NONE };
    return true;
}

bool parse_iso_time(Vm *vm, Str text, Moment *m)
{
    size_t end = 0;
    while (end < text.len && !strchr("+-Z", text.ptr[end]))
        end++;
    m->zone = VALUE_NONE;
    if (end < text.len && !parse_iso_offset(vm, str_from_offset(text, end), &m->zone))
        return false;
    return parse_clock(str_slice(text, 0, end), &m->hour, &m->minute, &m->second, &m->micro);
}

/* ---- strftime ---- */

static int day_of_year(const Moment *m)
{
    return (int)(days_from_civil(m->year, m->month, m->day) - days_from_civil(m->year, 1, 1)) + 1;
}

/* %U and %W: full weeks since the first Sunday or Monday. */
static int week_number(const Moment *m, bool from_monday)
{
    int weekday = weekday_of(m->year, m->month, m->day);
    if (!from_monday)
        weekday = (weekday + 1) % 7;
    return (day_of_year(m) + 6 - weekday) / 7;
}

static bool put_zone_offset(Vm *vm, Value self, const Moment *m, const char *separator, Buf *out)
{
    bool known;
    int64_t micros;
    if (!moment_offset(vm, self, m, &known, &micros))
        return false;
    if (known)
        put_offset(out, micros, separator);
    return true;
}

static bool put_zone_name(Vm *vm, Value self, const Moment *m, Buf *out)
{
    Value name;
    Str text = STR("");
    if (!moment_zone_name(vm, self, m, &name) || (is_str(name) && !to_str(vm, name, &text)))
        return false;
    buf_put(out, text);
    return true;
}

static bool put_word(const Moment *m, char directive, Buf *out)
{
    int weekday = weekday_of(m->year, m->month, m->day);
    switch (directive) {
    case 'a':
        buf_printf(out, "%.3s", weekday_names[weekday]);
        return true;
    case 'A':
        buf_puts(out, weekday_names[weekday]);
        return true;
    case 'b':
    case 'h':
        buf_printf(out, "%.3s", month_names[m->month]);
        return true;
    case 'B':
        buf_puts(out, month_names[m->month]);
        return true;
    case 'p':
        buf_puts(out, m->hour < 12 ? "AM" : "PM");
        return true;
    case 'n':
    case 't':
    case '%':
        buf_putc(out, directive == 'n' ? '\n' : directive == 't' ? '\t' : '%');
        return true;
    default:
        return false;
    }
}

typedef struct NumberRow {
    char directive;
    int width; /* negative: padded with spaces */
    int value;
} NumberRow;

static bool put_number(const Moment *m, char directive, Buf *out)
{
    int weekday = weekday_of(m->year, m->month, m->day), hour = m->hour % 12 ? m->hour % 12 : 12;
    int year, week, iso_day;
    iso_week(m, &year, &week, &iso_day);
    const NumberRow rows[] = {
        { 'C', 2, m->year / 100 },
        { 'd', 2, m->day },
        { 'e', -2, m->day },
        { 'f', 6, m->micro },
        { 'G', 1, year },
        { 'g', 2, year % 100 },
        { 'H', 2, m->hour },
        { 'I', 2, hour },
        { 'j', 3, day_of_year(m) },
        { 'k', -2, m->hour },
        { 'l', -2, hour },
        { 'm', 2, m->month },
        { 'M', 2, m->minute },
        { 'S', 2, m->second },
        { 'u', 1, weekday + 1 },
        { 'U', 2, week_number(m, false) },
        { 'V', 2, week },
        { 'w', 1, (weekday + 1) % 7 },
        { 'W', 2, week_number(m, true) },
        { 'y', 2, m->year % 100 },
        { 'Y', 1, m->year },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].directive != directive)
            continue;
        if (rows[i].width < 0)
            buf_printf(out, "%*d", -rows[i].width, rows[i].value);
        else
            buf_printf(out, "%0*d", rows[i].width, rows[i].value);
        return true;
    }
    return false;
}

static void put_named(const Moment *m, char directive, Buf *out)
{
    if (!put_word(m, directive, out) && !put_number(m, directive, out))
        buf_printf(out, "%%%c", directive);
}

/* Directives that stand for several others, in the C locale. */
static const char *composed(char directive)
{
    switch (directive) {
    case 'c':
        return "%a %b %e %H:%M:%S %Y";
    case 'D':
    case 'x':
        return "%m/%d/%y";
    case 'F':
        return "%Y-%m-%d";
    case 'r':
        return "%I:%M:%S %p";
    case 'R':
        return "%H:%M";
    case 'T':
    case 'X':
        return "%H:%M:%S";
    default:
        return NULL;
    }
}

/* %s: seconds since the epoch, of the local fields. */
static void put_epoch(const Moment *m, Buf *out)
{
    Moment epoch = { .year = 1970, .month = 1, .day = 1 };
    Wide seconds = (moment_micros(m) - moment_micros(&epoch)) / MICROS_PER_SECOND;
    buf_printf(out, "%lld", (long long)seconds);
}

/* %-d: the same without leading zeros or spaces (glibc). */
static void put_unpadded(const Moment *m, char directive, Buf *out)
{
    Buf text = { 0 };
    put_named(m, directive, &text);
    Str bare = buf_str(&text);
    while (bare.len > 1 && (bare.ptr[0] == '0' || bare.ptr[0] == ' '))
        bare = str_from_offset(bare, 1);
    buf_put(out, bare);
    buf_free(&text);
}

static bool put_format(Vm *vm, Value self, const Moment *m, Str format, Buf *out)
{
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] != '%' || i + 1 == format.len) {
            buf_putc(out, format.ptr[i]);
            continue;
        }
        char directive = format.ptr[++i];
        const char *parts = composed(directive);
        bool ok = true;
        if (parts)
            ok = put_format(vm, self, m, str_from(parts), out);
        else if (directive == 'z')
            ok = put_zone_offset(vm, self, m, "", out);
        else if (directive == 'Z')
            ok = put_zone_name(vm, self, m, out);
        else if (directive == 's')
            put_epoch(m, out);
        else if (directive == '-' && i + 1 < format.len)
            put_unpadded(m, format.ptr[++i], out);
        else
            put_named(m, directive, out);
        if (!ok)
            return false;
    }
    return true;
}

bool moment_strftime(Vm *vm, Value self, const Moment *m, Str format, Value *text)
{
    Moment dated = *m;
    if (dated.year == 0) {
        dated.year = 1900;
        dated.month = dated.day = 1;
    }
    Buf out = { 0 };
    bool ok = put_format(vm, self, &dated, format, &out);
    if (ok)
        *text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}
