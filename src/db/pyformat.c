/* SPDX-License-Identifier: MIT */
#include "db/pyformat.h"

#include "db/pg_literal.h"

typedef struct Format {
    Str rest;
    const StrVec *names;
    const DbValue *values;
    size_t count, used;
    Buf out;
    bool backslashes;
    Error *err;
} Format;

static bool put_value(Format *format, const DbValue *value)
{
    return pg_literal_put(&format->out, value, format->backslashes, format->err);
}

/* "(name)s" behind the `%`. */
static bool put_named(Format *format)
{
    ptrdiff_t close = str_find_char(format->rest, ')', 0);
    if (close < 0 || (size_t)close + 1 >= format->rest.len)
        return fail(format->err, ERR_SCRIPT,
                    "ValueError: incomplete placeholder: '%%(' without "
                    "')'");
    if (format->rest.ptr[close + 1] != 's')
        return fail(format->err, ERR_SCRIPT, "ValueError: unsupported format character '%c'",
                    format->rest.ptr[close + 1]);
    if (!format->names)
        return fail(format->err, ERR_SCRIPT, "TypeError: format requires a mapping");
    Str name = str_slice(format->rest, 1, (size_t)close);
    ptrdiff_t at = strvec_find(format->names, name);
    if (at < 0)
        return fail(format->err, ERR_SCRIPT, "KeyError: '%.*s'", STR_ARG(name));
    format->rest = str_from_offset(format->rest, (size_t)close + 2);
    return put_value(format, &format->values[at]);
}

static bool put_next(Format *format)
{
    if (format->names)
        return fail(format->err, ERR_SCRIPT, "TypeError: dict is not a sequence");
    if (format->used >= format->count)
        return fail(format->err, ERR_SCRIPT, "IndexError: tuple index out of range");
    format->rest = str_from_offset(format->rest, 1);
    return put_value(format, &format->values[format->used++]);
}

/* What follows a `%`. */
static bool put_placeholder(Format *format)
{
    char c = format->rest.len ? format->rest.ptr[0] : '\0';
    if (c == '(')
        return put_named(format);
    if (c == 's')
        return put_next(format);
    if (c == '\0')
        return fail(format->err, ERR_SCRIPT, "ValueError: incomplete format");
    if (c != '%')
        return fail(format->err, ERR_SCRIPT, "ValueError: unsupported format character '%c'", c);
    buf_putc(&format->out, '%');
    format->rest = str_from_offset(format->rest, 1);
    return true;
}

bool pyformat_render(Conn *conn, Arena *arena, Str sql, const StrVec *names, const DbValue *values,
                     size_t count, Str *out, Error *err)
{
    Format format = { .rest = sql,
                      .names = names,
                      .values = values,
                      .count = count,
                      .out = buf_in(arena),
                      .err = err };
    format.backslashes = str_is(db_parameter(conn, "standard_conforming_strings"), "off");
    for (ptrdiff_t at; (at = str_find_char(format.rest, '%', 0)) >= 0;) {
        buf_put(&format.out, str_slice(format.rest, 0, (size_t)at));
        format.rest = str_from_offset(format.rest, (size_t)at + 1);
        if (!put_placeholder(&format))
            return false;
    }
    if (!names && format.used < count)
        return fail(err, ERR_SCRIPT,
                    "TypeError: not all arguments converted during string "
                    "formatting");
    buf_put(&format.out, format.rest);
    *out = buf_take(&format.out, arena);
    return true;
}
