/* SPDX-License-Identifier: MIT */
#include "db/pg_literal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct KindType {
    DbKind kind;
    const char *cast; /* behind the quoted text; NULL: none, its place decides */
    uint32_t oid;     /* of a real parameter */
} KindType;

static const KindType kind_types[] = {
    { DB_KIND_NUMERIC, "numeric", 1700 },
    { DB_KIND_DATE, "date", 1082 },
    { DB_KIND_TIME, "time", 1083 },
    { DB_KIND_TIMETZ, "timetz", 1266 },
    { DB_KIND_TIMESTAMP, "timestamp", 1114 },
    { DB_KIND_TIMESTAMPTZ, "timestamptz", 1184 },
    { DB_KIND_INTERVAL, "interval", 1186 },
    { DB_KIND_UUID, "uuid", 2950 },
    { DB_KIND_JSON, "json", 114 },
    { DB_KIND_JSONB, "jsonb", 3802 },
};

static const KindType *type_of(DbKind kind)
{
    for (size_t i = 0; i < sizeof kind_types / sizeof *kind_types; i++)
        if (kind_types[i].kind == kind)
            return &kind_types[i];
    return NULL;
}

/* E'...' whenever there is a backslash: it means the same whatever the server's setting is. */
static void put_quoted(Buf *out, Str text)
{
    bool escape = str_find_char(text, '\\', 0) >= 0;
    buf_puts(out, escape ? "E'" : "'");
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'' || text.ptr[i] == '\\')
            buf_putc(out, text.ptr[i]);
        buf_putc(out, text.ptr[i]);
    }
    buf_putc(out, '\'');
}

static void put_hex(Buf *out, Str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *at = buf_reserve(out, bytes.len * 2);
    for (size_t i = 0; i < bytes.len; i++) {
        *at++ = digits[(unsigned char)bytes.ptr[i] >> 4];
        *at++ = digits[(unsigned char)bytes.ptr[i] & 15];
    }
    out->len += bytes.len * 2;
}

static void put_bytes(Buf *out, Str bytes, bool backslashes)
{
    buf_puts(out, backslashes ? "E'\\\\x" : "'\\x");
    put_hex(out, bytes);
    buf_puts(out, "'::bytea");
}

/* The fewest digits that read back as the same number. */
static void real_text(char text[40], double real)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, 40, "%.*g", digits, real);
        if (strtod(text, NULL) == real)
            break;
    }
}

/* A blank before a minus: behind another one it would begin a comment. */
static void put_number(Buf *out, const char *digits)
{
    if (*digits == '-')
        buf_putc(out, ' ');
    buf_puts(out, digits);
}

static void put_real(Buf *out, double real)
{
    char text[40];
    if (isnan(real)) {
        buf_puts(out, "'NaN'::float");
    } else if (isinf(real)) {
        buf_puts(out, real < 0 ? "'-Infinity'::float" : "'Infinity'::float");
    } else {
        real_text(text, real);
        if (!strpbrk(text, ".e"))
            strcat(text, ".0");
        put_number(out, text);
    }
}

static size_t skip_digits(Str text, size_t at)
{
    while (at < text.len && char_is_digit(text.ptr[at]))
        at++;
    return at;
}

static size_t skip_sign(Str text, size_t at)
{
    return at + (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+'));
}

/* Digits with a point and an exponent where they may stand, and nothing else: it goes bare. */
static bool is_number(Str text)
{
    size_t first = skip_sign(text, 0), at = skip_digits(text, first), digits = at - first;
    if (at < text.len && text.ptr[at] == '.') {
        size_t end = skip_digits(text, at + 1);
        digits += end - at - 1;
        at = end;
    }
    if (digits && at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        first = skip_sign(text, at + 1);
        at = skip_digits(text, first);
        digits = at - first;
    }
    return digits && at == text.len;
}

static bool put_text(Buf *out, const DbValue *value, Error *err)
{
    const KindType *type = type_of(value->kind);
    if (str_find_char(value->text, '\0', 0) >= 0)
        return fail(err, ERR_DATABASE, "A string literal cannot contain NUL (0x00) characters.");
    if (value->kind == DB_KIND_NUMERIC && is_number(value->text)) {
        if (value->text.ptr[0] == '-')
            buf_putc(out, ' ');
        buf_put(out, value->text);
        return true;
    }
    put_quoted(out, value->text);
    if (type)
        buf_printf(out, "::%s", type->cast);
    return true;
}

static bool put_array(Buf *out, const DbValue *value, bool backslashes, Error *err)
{
    if (value->array.count == 0) {
        buf_puts(out, "'{}'");
        return true;
    }
    buf_puts(out, "ARRAY[");
    for (size_t i = 0; i < value->array.count; i++) {
        if (i)
            buf_putc(out, ',');
        if (!pg_literal_put(out, &value->array.items[i], backslashes, err))
            return false;
    }
    buf_putc(out, ']');
    return true;
}

bool pg_literal_put(Buf *out, const DbValue *value, bool backslashes, Error *err)
{
    char digits[24];
    switch (value->type) {
    case DB_NULL:
        buf_puts(out, "NULL");
        return true;
    case DB_BOOL:
        buf_puts(out, value->integer ? "true" : "false");
        return true;
    case DB_INT:
        snprintf(digits, sizeof digits, "%lld", (long long)value->integer);
        put_number(out, digits);
        return true;
    case DB_REAL:
        put_real(out, value->real);
        return true;
    case DB_TEXT:
        return put_text(out, value, err);
    case DB_BYTES:
        put_bytes(out, value->text, backslashes);
        return true;
    case DB_ARRAY:
        return put_array(out, value, backslashes, err);
    }
    return true;
}

uint32_t pg_literal_type(const DbValue *value)
{
    const KindType *type = type_of(value->kind);
    switch (value->type) {
    case DB_BOOL:
        return 16;
    case DB_INT:
        return value->integer >= INT32_MIN && value->integer <= INT32_MAX ? 23 : 20;
    case DB_REAL:
        return isfinite(value->real) ? 1700 : 701;
    case DB_BYTES:
        return 17;
    case DB_TEXT:
        return type ? type->oid : 0;
    case DB_NULL:
    case DB_ARRAY:
        break;
    }
    return 0;
}

Str pg_parameter_text(Arena *arena, const DbValue *value)
{
    char text[40];
    Buf out = buf_in(arena);
    switch (value->type) {
    case DB_BOOL:
        return value->integer ? STR("t") : STR("f");
    case DB_INT:
        return str_format(arena, "%lld", (long long)value->integer);
    case DB_REAL:
        if (isnan(value->real))
            return STR("NaN");
        if (isinf(value->real))
            return value->real < 0 ? STR("-Infinity") : STR("Infinity");
        real_text(text, value->real);
        return str_dup(arena, str_from(text));
    case DB_TEXT:
        return str_dup(arena, value->text);
    case DB_BYTES:
        buf_puts(&out, "\\x");
        put_hex(&out, value->text);
        return buf_take(&out, arena);
    case DB_NULL:
    case DB_ARRAY:
        break;
    }
    return STR_NONE;
}

/* ---- and back ---- */

static size_t decode_hex(char *to, Str text)
{
    size_t len = 0;
    for (size_t i = 2; i + 1 < text.len; i += 2)
        to[len++] = (char)(char_hex(text.ptr[i]) * 16 + char_hex(text.ptr[i + 1]));
    return len;
}

/* bytea_output = escape: \\ and \ooo. */
static size_t decode_escape(char *to, Str text)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\' && i + 1 < text.len && text.ptr[i + 1] == '\\') {
            i++;
        } else if (c == '\\' && i + 3 < text.len) {
            c = (char)((text.ptr[i + 1] - '0') * 64 + (text.ptr[i + 2] - '0') * 8 +
                       (text.ptr[i + 3] - '0'));
            i += 3;
        }
        to[len++] = c;
    }
    return len;
}

size_t pg_bytes_decode(char *to, Str text)
{
    return str_starts(text, STR("\\x")) ? decode_hex(to, text) : decode_escape(to, text);
}
