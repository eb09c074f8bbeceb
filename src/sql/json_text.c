/* SPDX-License-Identifier: MIT */
#include "sql/json_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

/* The shortest digits that read back the same. */
static void shortest(double real, char text[static 40])
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, 40, "%.*g", digits, real);
        if (strtod(text, NULL) == real)
            return;
    }
}

Str float_text(Arena *arena, double real)
{
    char text[40];
    if (isnan(real) || isinf(real))
        return isnan(real) ? STR("nan") : real < 0 ? STR("-inf") : STR("inf");
    shortest(real, text);
    double size = fabs(real);
    if (size >= 1e16 || (size != 0 && size < 1e-4))
        return str_dup(arena, str_from(text));
    if (strchr(text, 'e'))
        snprintf(text, sizeof text, "%.0f", real);
    return str_format(arena, "%s%s", text, strchr(text, '.') ? "" : ".0");
}

static void put_code_unit(Buf *buf, uint32_t unit)
{
    buf_printf(buf, "\\u%04x", (unsigned)unit);
}

static void put_char(Buf *buf, uint32_t c)
{
    static const char *const escapes[] = {
        ['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r",
        ['\t'] = "\\t", ['\f'] = "\\f",  ['\b'] = "\\b",
    };
    if (c < sizeof escapes / sizeof *escapes && escapes[c])
        buf_puts(buf, escapes[c]);
    else if (c >= 0x10000) {
        put_code_unit(buf, 0xd800 + ((c - 0x10000) >> 10));
        put_code_unit(buf, 0xdc00 + ((c - 0x10000) & 0x3ff));
    } else if (c < 0x20 || c > 0x7e)
        put_code_unit(buf, c);
    else
        buf_putc(buf, (char)c);
}

static void put_text(Buf *buf, Str text)
{
    buf_putc(buf, '"');
    for (size_t offset = 0; offset < text.len;)
        put_char(buf, utf8_next(text, &offset));
    buf_putc(buf, '"');
}

static void put_float(Buf *buf, Arena *arena, double real)
{
    if (isnan(real))
        buf_puts(buf, "NaN");
    else if (isinf(real))
        buf_puts(buf, real < 0 ? "-Infinity" : "Infinity");
    else
        buf_put(buf, float_text(arena, real));
}

static bool put_datum(Buf *buf, Arena *arena, const Datum *value, Error *err);

static bool put_list(Buf *buf, Arena *arena, const Datum *value, Error *err)
{
    buf_putc(buf, '[');
    for (size_t i = 0; i < value->list.len; i++) {
        if (i)
            buf_puts(buf, ", ");
        if (!put_datum(buf, arena, &value->list.items[i], err))
            return false;
    }
    buf_putc(buf, ']');
    return true;
}

static bool put_map(Buf *buf, Arena *arena, const Map *map, Error *err)
{
    buf_putc(buf, '{');
    for (size_t i = 0; i < map->len; i++) {
        if (i)
            buf_puts(buf, ", ");
        put_text(buf, map->entries[i].key);
        buf_puts(buf, ": ");
        if (!put_datum(buf, arena, map->entries[i].value, err))
            return false;
    }
    buf_putc(buf, '}');
    return true;
}

static bool put_datum(Buf *buf, Arena *arena, const Datum *value, Error *err)
{
    switch (value->kind) {
    case DATUM_NONE:
        buf_puts(buf, "null");
        return true;
    case DATUM_BOOL:
        buf_puts(buf, value->truth ? "true" : "false");
        return true;
    case DATUM_INT:
        buf_put_int(buf, value->integer);
        return true;
    case DATUM_BIGINT:
        buf_put(buf, value->text);
        return true;
    case DATUM_FLOAT:
        put_float(buf, arena, value->real);
        return true;
    case DATUM_STR:
        put_text(buf, value->text);
        return true;
    case DATUM_LIST:
        return put_list(buf, arena, value, err);
    case DATUM_MAP:
        return put_map(buf, arena, value->map, err);
    case DATUM_DECIMAL:
    case DATUM_BYTES:
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
    case DATUM_INTERVAL:
    case DATUM_UUID:
    case DATUM_RECORD:
    case DATUM_SCRIPT:
        break;
    }
    static const char *const names[] = {
        [DATUM_DECIMAL] = "Decimal",    [DATUM_BYTES] = "bytes",       [DATUM_DATE] = "date",
        [DATUM_TIME] = "time",          [DATUM_DATETIME] = "datetime", [DATUM_UUID] = "UUID",
        [DATUM_INTERVAL] = "timedelta", [DATUM_RECORD] = "object",     [DATUM_SCRIPT] = "object",
    };
    return fail(err, ERR_SCHEMA, "Object of type %s is not JSON serializable", names[value->kind]);
}

bool json_text(Arena *arena, const Datum *value, Str *text, Error *err)
{
    Buf buf = buf_in(arena);
    if (!put_datum(&buf, arena, value, err))
        return false;
    *text = buf_take(&buf, arena);
    return true;
}
