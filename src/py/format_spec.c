/* SPDX-License-Identifier: MIT */
#include "py/format_spec.h"

#include <limits.h>
#include <math.h>

#include "py/real.h"

/* ---- parsing ---- */

static bool is_align(uint32_t c)
{
    return c == '<' || c == '>' || c == '=' || c == '^';
}

static char peek(Str text, size_t at)
{
    return at < text.len ? text.ptr[at] : '\0';
}

static bool take(Str text, size_t *at, char c)
{
    if (peek(text, *at) != c || *at >= text.len)
        return false;
    (*at)++;
    return true;
}

/* *number is -1 when no digit stands there. */
static bool take_number(Str text, size_t *at, int64_t *number, Buf *problem)
{
    *number = -1;
    for (; char_is_digit(peek(text, *at)); (*at)++) {
        int digit = text.ptr[*at] - '0';
        *number = *number < 0 ? 0 : *number;
        if (*number > (INT64_MAX - digit) / 10) {
            buf_puts(problem, "Too many decimal digits in format string");
            return false;
        }
        *number = *number * 10 + digit;
    }
    return true;
}

static void take_align(Str text, size_t *at, FormatSpec *spec, bool *fill_given)
{
    size_t after = 0;
    uint32_t first = text.len ? utf8_next(text, &after) : 0;
    if (after < text.len && is_align((unsigned char)text.ptr[after])) {
        spec->fill = first;
        *fill_given = true;
        spec->align = text.ptr[after];
        *at = after + 1;
    } else if (is_align(first)) {
        spec->align = (char)first;
        *at = 1;
    }
}

static bool take_grouping(Str text, size_t *at, FormatSpec *spec, Buf *problem)
{
    if (take(text, at, ','))
        spec->grouping = ',';
    if (peek(text, *at) == '_') {
        if (spec->grouping) {
            buf_puts(problem, "Cannot specify both ',' and '_'.");
            return false;
        }
        spec->grouping = '_';
        (*at)++;
    }
    if (spec->grouping == '_' && peek(text, *at) == ',') {
        buf_puts(problem, "Cannot specify both ',' and '_'.");
        return false;
    }
    return true;
}

static void put_code(Buf *problem, uint32_t type)
{
    if (type > 32 && type < 128)
        buf_printf(problem, "'%c'", (char)type);
    else
        buf_printf(problem, "'\\x%x'", (unsigned)type);
}

static bool check_grouping(const FormatSpec *spec, Buf *problem)
{
    if (!spec->grouping)
        return true;
    switch (spec->type) {
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'G':
    case '%':
    case 'F':
    case '\0':
        return true;
    case 'b':
    case 'o':
    case 'x':
    case 'X':
        if (spec->grouping == '_')
            return true;
        break;
    default:
        break;
    }
    buf_printf(problem, "Cannot specify '%c' with ", spec->grouping);
    put_code(problem, spec->type);
    buf_putc(problem, '.');
    return false;
}

static bool take_precision(Str text, size_t *at, FormatSpec *spec, Buf *problem)
{
    if (!take(text, at, '.'))
        return true;
    if (!take_number(text, at, &spec->precision, problem))
        return false;
    if (spec->precision < 0) {
        buf_puts(problem, "Format specifier missing precision");
        return false;
    }
    return true;
}

static bool take_type(Str text, size_t at, const char *type, FormatSpec *spec, Buf *problem)
{
    if (at == text.len)
        return true;
    size_t end = at;
    uint32_t code = utf8_next(text, &end);
    if (end == text.len) {
        spec->type = code;
        return true;
    }
    buf_puts(problem, "Invalid format specifier '");
    buf_put(problem, text);
    buf_printf(problem, "' for object of type '%s'", type);
    return false;
}

static void take_flags(Str text, size_t *at, FormatSpec *spec)
{
    char c = peek(text, *at);
    if (c == '+' || c == '-' || c == ' ') {
        spec->sign = c;
        (*at)++;
    }
    spec->no_negative_zero = take(text, at, 'z');
    spec->alternate = take(text, at, '#');
}

bool format_spec_parse(Str text, char default_align, const char *type, FormatSpec *spec,
                       Buf *problem)
{
    *spec = (FormatSpec){ .fill = ' ', .width = -1, .precision = -1 };
    bool fill_given = false;
    size_t at = 0;
    take_align(text, &at, spec, &fill_given);
    take_flags(text, &at, spec);
    if (!fill_given && take(text, &at, '0')) {
        spec->fill = '0';
        if (!spec->align && default_align == '>')
            spec->align = '=';
    }
    if (!spec->align)
        spec->align = default_align;
    if (!take_number(text, &at, &spec->width, problem) ||
        !take_grouping(text, &at, spec, problem) || !take_precision(text, &at, spec, problem) ||
        !take_type(text, at, type, spec, problem))
        return false;
    if (spec->grouping && !spec->type && default_align == '<') {
        buf_printf(problem, "Cannot specify '%c' with 's'.", spec->grouping);
        return false;
    }
    return check_grouping(spec, problem);
}

/* ---- writing ---- */

static void put_fill(Buf *out, const FormatSpec *spec, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        buf_put_code_point(out, spec->fill);
}

/* How much padding goes left of a text of `count` code points; the rest goes right. */
static int64_t padding_left(const FormatSpec *spec, int64_t count, int64_t *right)
{
    int64_t total = spec->width > count ? spec->width - count : 0;
    int64_t left = spec->align == '>' || spec->align == '=' ? total : 0;
    if (spec->align == '^')
        left = total / 2;
    *right = total - left;
    return left;
}

bool format_unknown_type(const FormatSpec *spec, const char *type, Buf *problem)
{
    buf_puts(problem, "Unknown format code ");
    put_code(problem, spec->type);
    buf_printf(problem, " for object of type '%s'", type);
    return false;
}

static bool refuse(Buf *problem, const char *text)
{
    buf_puts(problem, text);
    return false;
}

static Str first_code_points(Str text, int64_t most)
{
    size_t at = 0;
    while (most-- > 0 && at < text.len)
        utf8_next(text, &at);
    return str_slice(text, 0, at);
}

bool format_put_text(Buf *out, const FormatSpec *spec, Str text, Buf *problem)
{
    if (spec->sign == ' ')
        return refuse(problem, "Space not allowed in string format specifier");
    if (spec->sign)
        return refuse(problem, "Sign not allowed in string format specifier");
    if (spec->no_negative_zero)
        return refuse(problem, "Negative zero coercion (z) not allowed in string format specifier");
    if (spec->alternate)
        return refuse(problem, "Alternate form (#) not allowed in string format specifier");
    if (spec->align == '=')
        return refuse(problem, "'=' alignment not allowed in string format specifier");
    if (spec->precision >= 0)
        text = first_code_points(text, spec->precision);
    int64_t right, left = padding_left(spec, (int64_t)utf8_count(text), &right);
    put_fill(out, spec, left);
    buf_put(out, text);
    put_fill(out, spec, right);
    return true;
}

/* The whole part in groups, with zeros before it until it is `least` characters long. */
static void put_grouped(Buf *out, Str digits, char separator, size_t group, int64_t least)
{
    Buf reversed = { 0 };
    size_t count = 0;
    for (size_t i = digits.len; i > 0 || (int64_t)reversed.len < least; count++) {
        if (separator && count && count % group == 0) {
            buf_putc(&reversed, separator);
            if (i == 0 && (int64_t)reversed.len >= least) {
                buf_putc(&reversed, '0');
                break;
            }
        }
        buf_putc(&reversed, i > 0 ? digits.ptr[i - 1] : '0');
        i -= i > 0;
    }
    for (size_t i = reversed.len; i > 0; i--)
        buf_putc(out, reversed.ptr[i - 1]);
    buf_free(&reversed);
}

static size_t group_size(const FormatSpec *spec)
{
    return spec->type == 'b' || spec->type == 'o' || spec->type == 'x' || spec->type == 'X' ? 4 : 3;
}

void format_put_pieces(Buf *out, const FormatSpec *spec, bool negative, Str prefix, Str whole,
                       Str rest)
{
    Buf body = { 0 };
    char sign = negative ? '-' : spec->sign == '+' || spec->sign == ' ' ? spec->sign : '\0';
    int64_t fixed = (sign != '\0') + (int64_t)prefix.len + (int64_t)rest.len;
    int64_t least = spec->fill == '0' && spec->align == '=' ? spec->width - fixed : 0;
    if (whole.len)
        put_grouped(&body, whole, spec->grouping, group_size(spec), least);
    int64_t right, left = padding_left(spec, fixed + (int64_t)body.len, &right);
    if (spec->align != '=')
        put_fill(out, spec, left);
    if (sign)
        buf_putc(out, sign);
    buf_put(out, prefix);
    if (spec->align == '=')
        put_fill(out, spec, left);
    buf_put(out, buf_str(&body));
    buf_put(out, rest);
    put_fill(out, spec, right);
    buf_free(&body);
}

static bool check_int(const FormatSpec *spec, Buf *problem)
{
    if (spec->precision >= 0)
        return refuse(problem, "Precision not allowed in integer format specifier");
    if (spec->no_negative_zero)
        return refuse(problem,
                      "Negative zero coercion (z) not allowed in integer format specifier");
    return true;
}

bool format_put_int(Buf *out, const FormatSpec *spec, bool negative, Str digits, Buf *problem)
{
    if (!check_int(spec, problem))
        return false;
    Str prefix = STR("");
    if (spec->alternate && spec->type == 'b')
        prefix = STR("0b");
    else if (spec->alternate && spec->type == 'o')
        prefix = STR("0o");
    else if (spec->alternate && spec->type == 'x')
        prefix = STR("0x");
    else if (spec->alternate && spec->type == 'X')
        prefix = STR("0X");
    if (spec->type != 'X') {
        format_put_pieces(out, spec, negative, prefix, digits, STR(""));
        return true;
    }
    Buf upper = { 0 };
    for (size_t i = 0; i < digits.len; i++)
        buf_putc(&upper, char_upper(digits.ptr[i]));
    format_put_pieces(out, spec, negative, prefix, buf_str(&upper), STR(""));
    buf_free(&upper);
    return true;
}

bool format_put_char(Buf *out, const FormatSpec *spec, uint32_t code_point, Buf *problem)
{
    if (!check_int(spec, problem))
        return false;
    if (spec->sign)
        return refuse(problem, "Sign not allowed with integer format specifier 'c'");
    if (spec->alternate)
        return refuse(problem, "Alternate form (#) not allowed with integer format specifier 'c'");
    int64_t right, left = padding_left(spec, 1, &right);
    put_fill(out, spec, left);
    buf_put_code_point(out, code_point);
    put_fill(out, spec, right);
    return true;
}

bool format_type_is_real(uint32_t type)
{
    return type != 0 && type < 128 && strchr("eEfFgG%", (int)type);
}

/* What the rounded text is when all its digits are zeros. */
static bool text_is_zero(Str text)
{
    for (size_t i = 0; i < text.len && char_lower(text.ptr[i]) != 'e'; i++)
        if (text.ptr[i] > '0' && text.ptr[i] <= '9')
            return false;
    return true;
}

static void put_real_text(Buf *text, const FormatSpec *spec, double d)
{
    RealFlags flags = spec->alternate ? REAL_ALTERNATE : REAL_PLAIN;
    int precision = (int)spec->precision;
    char kind = (char)spec->type;
    if (kind == '\0') {
        kind = precision < 0 ? 'r' : 'g';
        flags |= REAL_DOT_ZERO;
    }
    if (kind == 'n')
        kind = 'g';
    real_put_as(text, d, kind == '%' ? 'f' : kind, precision < 0 ? 6 : precision, flags);
    if (kind == '%')
        buf_putc(text, '%');
}

bool format_put_real(Buf *out, const FormatSpec *spec, double d, Buf *problem)
{
    if (spec->type && spec->type != 'n' && !format_type_is_real(spec->type))
        return format_unknown_type(spec, "float", problem);
    if (spec->precision > INT_MAX - 10)
        return refuse(problem, "precision too big");
    Buf text = { 0 };
    put_real_text(&text, spec, spec->type == '%' ? d * 100 : d);
    Str whole = buf_str(&text);
    bool negative = whole.ptr[0] == '-';
    whole = str_from_offset(whole, negative);
    if (spec->no_negative_zero && isfinite(d) && text_is_zero(whole))
        negative = false;
    size_t digits = 0;
    while (digits < whole.len && char_is_digit(whole.ptr[digits]))
        digits++;
    Str rest = str_from_offset(whole, digits);
    format_put_pieces(out, spec, negative, STR(""), str_slice(whole, 0, digits), rest);
    buf_free(&text);
    return true;
}
