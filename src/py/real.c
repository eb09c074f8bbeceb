/* SPDX-License-Identifier: MIT */
#include "py/real.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The decimal digits of a finite number and where the point stands: 0.DIGITS * 10**point. */
typedef struct Digits {
    Buf text;
    int point;
} Digits;

static void digits_strip_zeros(Digits *digits)
{
    Buf *text = &digits->text;
    while (text->len && text->ptr[text->len - 1] == '0')
        buf_truncate(text, text->len - 1);
}

/* What snprintf gives holds the locale's point somewhere; only its digits count. */
static void digits_of_exponential(Digits *digits, double d, int count)
{
    Buf raw = { 0 };
    buf_printf(&raw, "%.*e", count - 1, d);
    Str text = buf_str(&raw);
    ptrdiff_t e = str_find_char(text, 'e', 0);
    buf_clear(&digits->text);
    for (ptrdiff_t i = 0; i < e; i++)
        if (char_is_digit(text.ptr[i]))
            buf_putc(&digits->text, text.ptr[i]);
    digits->point = atoi(text.ptr + e + 1) + 1;
    buf_free(&raw);
}

static void digits_of_fixed(Digits *digits, double d, int precision)
{
    Buf raw = { 0 };
    buf_printf(&raw, "%.*f", precision, d);
    Str text = buf_str(&raw);
    size_t seen = 0, zeros = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_digit(text.ptr[i]))
            continue;
        seen++;
        if (text.ptr[i] != '0' || digits->text.len)
            buf_putc(&digits->text, text.ptr[i]);
        else
            zeros++;
    }
    digits->point = (int)(seen - zeros) - precision;
    buf_free(&raw);
}

double real_from_digits(const char *digits, size_t count, int64_t exponent)
{
    Buf text = { 0 };
    if (exponent > 1000000)
        exponent = 1000000;
    if (exponent < -1000000)
        exponent = -1000000;
    buf_putc(&text, '0');
    buf_put(&text, (Str){ digits, count });
    buf_printf(&text, "e%lld", (long long)exponent - (long long)count);
    double d = strtod(text.ptr, NULL);
    buf_free(&text);
    return d;
}

static bool digits_give(const Digits *digits, double d)
{
    return real_from_digits(digits->text.ptr, digits->text.len, digits->point) == d;
}

/*
 * Above a power of two the doubles lie twice as far apart as below it: the decimal next above may
 * read back as `d` although the nearest one, below, does not.
 */
static bool next_digits_give(Digits *digits, double d)
{
    int exponent;
    char *last = digits->text.ptr + digits->text.len - 1;
    if (frexp(d, &exponent) != 0.5 || *last == '9')
        return false;
    ++*last;
    return digits_give(digits, d);
}

/* 15 digits always survive the way to a normal number and back, 17 always suffice. */
static void digits_of_shortest(Digits *digits, double d)
{
    for (int count = d < DBL_MIN ? 1 : 15; count <= 17; count++) {
        digits_of_exponential(digits, d, count);
        if (count == 17 || digits_give(digits, d) || next_digits_give(digits, d))
            break;
    }
}

static void digits_of(Digits *digits, double d, char kind, int precision)
{
    if (d == 0) {
        buf_puts(&digits->text, kind == 'f' ? "" : "0");
        digits->point = kind == 'f' ? -precision : 1;
        return;
    }
    if (kind == 'r')
        digits_of_shortest(digits, d);
    else if (kind == 'f')
        digits_of_fixed(digits, d, precision);
    else
        digits_of_exponential(digits, d, kind == 'e' ? precision + 1 : precision);
    if (kind != 'e')
        digits_strip_zeros(digits);
}

/* Writes the digits [from, to) of an unbounded row of zeros in which `digits` stand at 0. */
static void put_digits(Buf *out, Str digits, int from, int to)
{
    for (int i = from; i < to; i++)
        buf_putc(out, i >= 0 && (size_t)i < digits.len ? digits.ptr[i] : '0');
}

static void put_finite(Buf *out, double d, char kind, int precision, RealFlags flags)
{
    Digits digits = { 0 };
    if (kind == 'g' && precision == 0)
        precision = 1;
    digits_of(&digits, d, kind, precision);
    int point = digits.point, end = (int)digits.text.len;
    bool exponent = kind == 'e';
    if (kind == 'r')
        exponent = point <= -4 || point > 16;
    if (kind == 'g')
        exponent = point <= -4 || point > precision - (flags & REAL_DOT_ZERO ? 1 : 0);
    if (kind == 'g' && flags & REAL_ALTERNATE)
        end = precision;
    if (kind == 'f')
        end = point + precision;
    if (kind == 'e')
        end = precision + 1;
    int shown = exponent ? 1 : point;
    if (end <= shown)
        end = !exponent && flags & REAL_DOT_ZERO ? shown + 1 : shown;
    if (shown <= 0)
        put_digits(out, buf_str(&digits.text), shown - 1, shown);
    put_digits(out, buf_str(&digits.text), 0, shown);
    if (end > shown || flags & REAL_ALTERNATE) {
        buf_putc(out, '.');
        put_digits(out, buf_str(&digits.text), shown, end);
    }
    if (exponent)
        buf_printf(out, "e%+.2d", point - 1);
    buf_free(&digits.text);
}

void real_put_as(Buf *out, double d, char kind, int precision, RealFlags flags)
{
    bool upper = kind >= 'A' && kind <= 'Z';
    size_t start = out->len;
    if (signbit(d) && !isnan(d))
        buf_putc(out, '-');
    if (isnan(d))
        buf_puts(out, "nan");
    else if (isinf(d))
        buf_puts(out, "inf");
    else
        put_finite(out, fabs(d), char_lower(kind), precision, flags);
    for (size_t i = start; upper && i < out->len; i++)
        out->ptr[i] = char_upper(out->ptr[i]);
}

void real_put(Buf *out, double d)
{
    real_put_as(out, d, 'r', 0, REAL_DOT_ZERO);
}

/* ---- reading ---- */

static bool parse_word(Str text, double *d)
{
    if (str_eq_nocase(text, STR("nan")))
        *d = NAN;
    else if (str_eq_nocase(text, STR("inf")) || str_eq_nocase(text, STR("infinity")))
        *d = INFINITY;
    else
        return false;
    return true;
}

/* Takes digits, with single underscores between them, into `into`. False on a stray underscore. */
static bool take_digits(Str text, size_t *at, Buf *into, size_t *count)
{
    size_t start = into->len;
    while (*at < text.len && (char_is_digit(text.ptr[*at]) || text.ptr[*at] == '_')) {
        char c = text.ptr[(*at)++];
        if (c != '_')
            buf_putc(into, c);
        else if (into->len == start || text.ptr[*at - 2] == '_' || *at == text.len ||
                 !char_is_digit(text.ptr[*at]))
            return false;
    }
    *count = into->len - start;
    return true;
}

static bool parse_exponent(Str text, size_t *at, int64_t *exponent)
{
    *exponent = 0;
    if (*at == text.len || (text.ptr[*at] != 'e' && text.ptr[*at] != 'E'))
        return true;
    (*at)++;
    bool negative = *at < text.len && text.ptr[*at] == '-';
    if (*at < text.len && (negative || text.ptr[*at] == '+'))
        (*at)++;
    Buf digits = { 0 };
    size_t count = 0;
    bool ok = take_digits(text, at, &digits, &count) && count > 0;
    for (size_t i = 0; i < count && *exponent < 100000000; i++)
        *exponent = *exponent * 10 + (digits.ptr[i] - '0');
    buf_free(&digits);
    if (negative)
        *exponent = -*exponent;
    return ok;
}

static bool parse_decimal(Str text, Buf *digits, double *d)
{
    size_t at = 0, whole = 0, part = 0;
    if (!take_digits(text, &at, digits, &whole))
        return false;
    if (at < text.len && text.ptr[at] == '.') {
        at++;
        if (!take_digits(text, &at, digits, &part))
            return false;
    }
    int64_t exponent;
    if (whole + part == 0 || !parse_exponent(text, &at, &exponent) || at != text.len)
        return false;
    *d = real_from_digits(digits->ptr, digits->len, exponent + (int64_t)whole);
    return true;
}

bool real_parse(Str text, double *d)
{
    bool negative = text.len && text.ptr[0] == '-';
    if (text.len && (negative || text.ptr[0] == '+'))
        text = str_from_offset(text, 1);
    Buf digits = { 0 };
    bool ok = parse_word(text, d) || parse_decimal(text, &digits, d);
    buf_free(&digits);
    if (ok && negative)
        *d = -*d;
    return ok;
}

/* ---- hexadecimal ---- */

void real_put_hex(Buf *out, double d)
{
    if (!isfinite(d)) {
        real_put(out, d);
        return;
    }
    if (signbit(d))
        buf_putc(out, '-');
    d = fabs(d);
    if (d == 0) {
        buf_puts(out, "0x0.0p+0");
        return;
    }
    int exponent;
    double fraction = frexp(d, &exponent);
    int shift = exponent - 1 < -1022 ? -1022 - (exponent - 1) : 0;
    fraction = ldexp(fraction, 1 - shift);
    exponent += shift - 1;
    buf_printf(out, "0x%d.", (int)fraction);
    for (int i = 0; i < 13; i++) {
        fraction = (fraction - (int)fraction) * 16;
        buf_putc(out, "0123456789abcdef"[(int)fraction]);
    }
    buf_printf(out, "p%+d", exponent);
}

/* Sums the digits into 64 bits; what falls off sets the lowest bit, so that ldexp rounds right. */
typedef struct HexSum {
    uint64_t bits;
    int64_t exponent;
    bool any;
} HexSum;

static void hex_take(HexSum *sum, Str text, size_t *at, bool fraction)
{
    for (; *at < text.len && char_hex(text.ptr[*at]) >= 0; (*at)++) {
        unsigned digit = (unsigned)char_hex(text.ptr[*at]);
        sum->any = true;
        if (sum->bits >> 59) {
            sum->bits |= digit != 0;
            sum->exponent += fraction ? 0 : 4;
        } else {
            sum->bits = sum->bits << 4 | digit;
            sum->exponent -= fraction ? 4 : 0;
        }
    }
}

/* One rounding only, also where the result is subnormal. */
double real_from_bits(uint64_t bits, int64_t exponent)
{
    if (bits == 0)
        return 0;
    int width = 64 - __builtin_clzll(bits);
    int64_t top = exponent + width;
    if (top > 2000)
        return INFINITY;
    if (top < -1074)
        return 0;
    int64_t keep = top - (-1074) < 53 ? top - (-1074) : 53;
    int64_t drop = width - keep;
    if (drop > 0) {
        uint64_t half = (uint64_t)1 << (drop - 1);
        uint64_t rest = drop < 64 ? bits & ((half << 1) - 1) : bits;
        bits = drop < 64 ? bits >> drop : 0;
        if (rest > half || (rest == half && bits & 1))
            bits++;
        exponent += drop;
    }
    return ldexp((double)bits, (int)exponent);
}

bool real_parse_hex(Str text, double *d, bool *overflow)
{
    *overflow = false;
    text = str_trim(text);
    bool negative = text.len && text.ptr[0] == '-';
    if (text.len && (negative || text.ptr[0] == '+'))
        text = str_from_offset(text, 1);
    if (parse_word(text, d)) {
        *d = negative ? -*d : *d;
        return true;
    }
    if (str_starts(text, STR("0x")) || str_starts(text, STR("0X")))
        text = str_from_offset(text, 2);
    HexSum sum = { 0 };
    size_t at = 0;
    hex_take(&sum, text, &at, false);
    if (at < text.len && text.ptr[at] == '.') {
        at++;
        hex_take(&sum, text, &at, true);
    }
    if (!sum.any)
        return false;
    if (at < text.len && char_lower(text.ptr[at]) == 'p') {
        char *end;
        Buf number = { 0 };
        buf_put(&number, str_from_offset(text, at + 1));
        buf_putc(&number, ' ');
        long exponent = strtol(number.ptr, &end, 10);
        bool ok = end != number.ptr && end == number.ptr + number.len - 1 &&
                  !char_is_space(number.ptr[0]);
        buf_free(&number);
        if (!ok)
            return false;
        at = text.len;
        sum.exponent += exponent > 1000000 ? 1000000 : exponent < -1000000 ? -1000000 : exponent;
    }
    if (at != text.len)
        return false;
    *d = real_from_bits(sum.bits, sum.exponent);
    *overflow = isinf(*d);
    *d = negative ? -*d : *d;
    return !*overflow;
}

/* ---- rounding ---- */

/* `digits` are those of the integral part; `rest` tells whether a fraction follows. */
static bool rounds_up_to_next_power(Str digits, bool rest)
{
    if (digits.ptr[0] != '5')
        return digits.ptr[0] > '5';
    for (size_t i = 1; i < digits.len; i++)
        rest = rest || digits.ptr[i] != '0';
    return rest;
}

static double round_to_left(double d, int64_t digits)
{
    double whole = trunc(fabs(d)), result = 0;
    Buf text = { 0 };
    buf_printf(&text, "%.0f", whole);
    int64_t keep = (int64_t)text.len + digits;
    if (keep > 0) {
        Digits rounded = { 0 };
        digits_of_exponential(&rounded, fabs(d), (int)keep);
        result = real_from_digits(rounded.text.ptr, rounded.text.len, rounded.point);
        buf_free(&rounded.text);
    } else if (keep == 0 && rounds_up_to_next_power(buf_str(&text), whole != fabs(d))) {
        result = real_from_digits("1", 1, (int64_t)text.len + 1);
    }
    buf_free(&text);
    return copysign(result, d);
}

double real_round(double d, int64_t digits)
{
    if (!isfinite(d) || d == 0 || digits > 323)
        return d;
    if (digits < -309)
        return copysign(0, d);
    if (digits < 0)
        return round_to_left(d, digits);
    Digits rounded = { 0 };
    digits_of_fixed(&rounded, fabs(d), (int)digits);
    double result = real_from_digits(rounded.text.ptr, rounded.text.len, rounded.point);
    buf_free(&rounded.text);
    return copysign(result, d);
}
