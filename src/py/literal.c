/* SPDX-License-Identifier: MIT */
#include "py/literal.h"

#include <locale.h>
#include <stdlib.h>

enum { DECIMAL_DIGITS_MOST = 4300 };

static Str without_underscores(Arena *arena, Str text)
{
    if (str_find_char(text, '_', 0) < 0)
        return text;
    return str_replace(arena, text, STR("_"), STR(""));
}

static bool read_integer(Arena *arena, Str digits, int radix, Const *value, Str *problem)
{
    while (digits.len > 1 && digits.ptr[0] == '0')
        digits = str_from_offset(digits, 1);
    if (radix == 10 && digits.len > DECIMAL_DIGITS_MOST) {
        *problem = str_format(arena,
                              "Exceeds the limit (%d digits) for integer string conversion: value "
                              "has %zu digits; use sys.set_int_max_str_digits() to increase the "
                              "limit - Consider hexadecimal for huge integer literals to avoid "
                              "decimal conversion limits.",
                              DECIMAL_DIGITS_MOST, digits.len);
        return false;
    }
    int64_t sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (__builtin_mul_overflow(sum, radix, &sum) ||
            __builtin_add_overflow(sum, char_hex(digits.ptr[i]), &sum)) {
            *value = (Const){ .kind = CONST_BIG_INT, .radix = radix, .text = digits };
            return true;
        }
    }
    *value = (Const){ .kind = CONST_INT, .integer = sum };
    return true;
}

static double read_float(Arena *arena, Str text)
{
    locale_t locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double number = strtod_l(str_cstr(arena, text), NULL, locale);
    freelocale(locale);
    return number;
}

bool literal_number(Arena *arena, Str text, Const *value, Str *problem)
{
    text = without_underscores(arena, text);
    char mark = text.len > 1 && text.ptr[0] == '0' ? char_lower(text.ptr[1]) : '\0';
    int radix = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
    if (radix != 10)
        return read_integer(arena, str_from_offset(text, 2), radix, value, problem);
    bool imaginary = char_lower(text.ptr[text.len - 1]) == 'j';
    bool whole = !imaginary;
    for (size_t i = 0; i < text.len && whole; i++)
        whole = char_is_digit(text.ptr[i]);
    if (whole)
        return read_integer(arena, text, 10, value, problem);
    *value = (Const){ .kind = imaginary ? CONST_COMPLEX : CONST_FLOAT,
                      .number = read_float(arena, str_slice(text, 0, text.len - imaginary)) };
    return true;
}

StringParts literal_split(Str token)
{
    StringParts parts = { 0 };
    size_t at = 0;
    for (; at < token.len && token.ptr[at] != '\'' && token.ptr[at] != '"'; at++) {
        char c = char_lower(token.ptr[at]);
        parts.raw |= c == 'r';
        parts.bytes |= c == 'b';
        parts.unicode |= c == 'u';
    }
    char quote = at < token.len ? token.ptr[at] : '\0';
    size_t width =
        token.len >= at + 6 && token.ptr[at + 1] == quote && token.ptr[at + 2] == quote ? 3 : 1;
    parts.body = str_slice(token, at + width, token.len > width ? token.len - width : 0);
    return parts;
}

/* One literal being decoded. */
typedef struct Decoder {
    Arena *arena;
    Str body;
    size_t at;
    bool raw, bytes, braces; /* braces: doubled ones become one */
    Buf out;
    LiteralState state;
    Str problem;
} Decoder;

static void refuse(Decoder *decoder, size_t from, size_t last, const char *what)
{
    decoder->state = LITERAL_BAD;
    if (decoder->bytes)
        decoder->problem =
            str_format(decoder->arena, "(value error) invalid \\x escape at position %zu", from);
    else
        decoder->problem = str_format(
            decoder->arena,
            "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s",
            from, last, what);
}

static void put_char(Decoder *decoder, uint32_t c)
{
    if (decoder->bytes)
        buf_putc(&decoder->out, (char)(unsigned char)c);
    else
        buf_put_code_point(&decoder->out, c);
}

/* \x, \u and \U: at the first digit; `from` is the backslash. */
static void decode_hex(Decoder *decoder, size_t from, size_t digits, const char *what)
{
    uint32_t c = 0;
    for (size_t i = 0; i < digits; i++, decoder->at++) {
        int digit =
            decoder->at < decoder->body.len ? char_hex(decoder->body.ptr[decoder->at]) : -1;
        if (digit < 0) {
            refuse(decoder, from, decoder->at - 1, what);
            return;
        }
        c = c << 4 | (uint32_t)digit;
    }
    if (c > 0x10FFFF)
        refuse(decoder, from, decoder->at - 1, "illegal Unicode character");
    else
        put_char(decoder, c);
}

static void decode_octal(Decoder *decoder)
{
    uint32_t c = 0;
    for (int i = 0; i < 3 && decoder->at < decoder->body.len; i++, decoder->at++) {
        char digit = decoder->body.ptr[decoder->at];
        if (digit < '0' || digit > '7')
            break;
        c = c << 3 | (uint32_t)(digit - '0');
    }
    put_char(decoder, c);
}

static void decode_name(Decoder *decoder, size_t from)
{
    Str body = decoder->body;
    ptrdiff_t end = str_find_char(body, '}', decoder->at);
    if (decoder->at >= body.len || body.ptr[decoder->at] != '{' || end < 0 ||
        (size_t)end == decoder->at + 1) {
        refuse(decoder, from, end < 0 ? body.len - 1 : (size_t)end,
               "malformed \\N character escape");
        return;
    }
    decoder->state = LITERAL_NAMED;
    decoder->at = (size_t)end + 1;
}

static const struct {
    char letter, value;
} simple_escapes[] = {
    { '\\', '\\' }, { '\'', '\'' }, { '"', '"' },  { 'a', '\a' }, { 'b', '\b' },
    { 'f', '\f' },  { 'n', '\n' },  { 'r', '\r' }, { 't', '\t' }, { 'v', '\v' },
};

/* At the character after a backslash. */
static void decode_escape(Decoder *decoder)
{
    size_t from = decoder->at - 1;
    char c = decoder->body.ptr[decoder->at];
    for (size_t i = 0; i < sizeof simple_escapes / sizeof *simple_escapes; i++) {
        if (simple_escapes[i].letter == c) {
            buf_putc(&decoder->out, simple_escapes[i].value);
            decoder->at++;
            return;
        }
    }
    if (c >= '0' && c <= '7') {
        decode_octal(decoder);
        return;
    }
    decoder->at++;
    if (c == '\n')
        return;
    if (c == 'x')
        decode_hex(decoder, from, 2, "truncated \\xXX escape");
    else if (c == 'u' && !decoder->bytes)
        decode_hex(decoder, from, 4, "truncated \\uXXXX escape");
    else if (c == 'U' && !decoder->bytes)
        decode_hex(decoder, from, 8, "truncated \\UXXXXXXXX escape");
    else if (c == 'N' && !decoder->bytes)
        decode_name(decoder, from);
    else
        buf_put(&decoder->out, str_slice(decoder->body, from, --decoder->at));
}

static void decode(Decoder *decoder)
{
    Str body = decoder->body;
    while (decoder->at < body.len && decoder->state != LITERAL_BAD) {
        char c = body.ptr[decoder->at++];
        if (c == '\\' && !decoder->raw && decoder->at < body.len) {
            decode_escape(decoder);
            continue;
        }
        buf_putc(&decoder->out, c);
        if (decoder->braces && (c == '{' || c == '}') && decoder->at < body.len &&
            body.ptr[decoder->at] == c)
            decoder->at++;
    }
}

static bool is_plain(const Decoder *decoder)
{
    bool plain = decoder->raw || str_find_char(decoder->body, '\\', 0) < 0;
    if (decoder->braces)
        plain = plain && str_find_char(decoder->body, '{', 0) < 0 &&
                str_find_char(decoder->body, '}', 0) < 0;
    return plain;
}

static LiteralState run(Decoder *decoder, Str *text, Str *problem)
{
    if (is_plain(decoder)) {
        *text = decoder->body;
        return LITERAL_OK;
    }
    decoder->out = buf_in(decoder->arena);
    decode(decoder);
    *text = buf_str(&decoder->out);
    *problem = decoder->problem;
    return decoder->state;
}

LiteralState literal_decode(Arena *arena, Str body, bool raw, bool bytes, Str *text, Str *problem)
{
    for (size_t i = 0; bytes && i < body.len; i++) {
        if ((unsigned char)body.ptr[i] >= 0x80) {
            *problem = STR("bytes can only contain ASCII literal characters");
            return LITERAL_BAD;
        }
    }
    Decoder decoder = { .arena = arena, .body = body, .raw = raw, .bytes = bytes };
    return run(&decoder, text, problem);
}

LiteralState literal_decode_fstring(Arena *arena, Str middle, bool raw, bool spec, Str *text,
                                    Str *problem)
{
    Decoder decoder = { .arena = arena, .body = middle, .raw = raw, .braces = !spec };
    return run(&decoder, text, problem);
}
