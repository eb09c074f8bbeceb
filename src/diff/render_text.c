/* SPDX-License-Identifier: MIT */
/* Values as Python source. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "diff/render_state.h"

Rendering rendering_begin(Arena *arena, const RenderOptions *options, StrVec *imports, Error *err)
{
    return (Rendering){ .arena = arena,
                        .options = options,
                        .imports = imports,
                        .prefix = options->op,
                        .buf = buf_in(arena),
                        .err = err };
}

Rendering rendering_nested(const Rendering *outer)
{
    Rendering inner = *outer;
    inner.buf = buf_in(outer->arena);
    return inner;
}

Str rendering_take(Rendering *r)
{
    return buf_take(&r->buf, r->arena);
}

/* Python's str.isprintable of one character. */
static bool is_printable(uint32_t c)
{
    switch ((int)utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    case UTF8PROC_CATEGORY_ZS:
        return c == ' ';
    default:
        return true;
    }
}

static void put_escaped(Buf *buf, uint32_t c)
{
    static const char *const named[] = { ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t" };
    if (c < sizeof named / sizeof *named && named[c])
        buf_puts(buf, named[c]);
    else if (c < 0x100)
        buf_printf(buf, "\\x%02x", c);
    else if (c < 0x10000)
        buf_printf(buf, "\\u%04x", c);
    else
        buf_printf(buf, "\\U%08x", c);
}

void put_repr(Rendering *r, Str text)
{
    bool single = str_find_char(text, '\'', 0) >= 0, both = str_find_char(text, '"', 0) >= 0;
    char quote = single && !both ? '"' : '\'';
    buf_putc(&r->buf, quote);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        if (c == '\\' || c == (uint32_t)quote)
            buf_putc(&r->buf, '\\');
        if (is_printable(c))
            buf_put_code_point(&r->buf, c);
        else
            put_escaped(&r->buf, c);
    }
    buf_putc(&r->buf, quote);
}

void put_repr_or_none(Rendering *r, Str text)
{
    if (str_given(text))
        put_repr(r, text);
    else
        buf_puts(&r->buf, "None");
}

void put_names(Rendering *r, const StrVec *names)
{
    buf_putc(&r->buf, '[');
    for (size_t i = 0; i < names->len; i++) {
        if (i)
            buf_puts(&r->buf, ", ");
        put_repr(r, names->items[i]);
    }
    buf_putc(&r->buf, ']');
}

void put_bool(Rendering *r, bool truth)
{
    buf_puts(&r->buf, truth ? "True" : "False");
}

void put_name(Rendering *r, Name name)
{
    bool final = name_given(name) && name.final && str_given(r->prefix);
    if (final)
        buf_printf(&r->buf, "%.*sf(", STR_ARG(r->prefix));
    put_repr_or_none(r, name.text);
    if (final)
        buf_putc(&r->buf, ')');
}

/* The shortest digits that read back as the same number. */
static void put_real(Buf *buf, double real)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, real);
        if (strtod(text, NULL) == real)
            break;
    }
    buf_puts(buf, text);
    if (isfinite(real) && !strpbrk(text, ".e"))
        buf_puts(buf, ".0");
}

static bool put_list(Rendering *r, const Datum *list)
{
    buf_putc(&r->buf, '[');
    for (size_t i = 0; i < list->list.len; i++) {
        if (i)
            buf_puts(&r->buf, ", ");
        if (!put_datum(r, &list->list.items[i]))
            return false;
    }
    buf_putc(&r->buf, ']');
    return true;
}

static bool put_map(Rendering *r, const Map *map)
{
    buf_putc(&r->buf, '{');
    for (size_t i = 0; i < map->len; i++) {
        if (i)
            buf_puts(&r->buf, ", ");
        put_repr(r, map->entries[i].key);
        buf_puts(&r->buf, ": ");
        if (!put_datum(r, map->entries[i].value))
            return false;
    }
    buf_putc(&r->buf, '}');
    return true;
}

/* Types as types, what is SQL as text(). */
static bool put_object(Rendering *r, const Datum *value)
{
    const Record *record = value->record.record;
    Str sql;
    if (record_is(record, &type_classes[TYPE_ENGINE].record))
        return put_type(r, value->record.object);
    if (!record_is(record, &expr_record) && !record_is(record, &column_record))
        return fail(r->err, ERR_UNSUPPORTED, "%s cannot be written as source", record->name);
    if (!expr_source(r, value, &sql))
        return false;
    buf_printf(&r->buf, "%.*stext(", STR_ARG(r->options->sa));
    put_repr(r, sql);
    buf_putc(&r->buf, ')');
    return true;
}

static bool put_script(Rendering *r, const Datum *value)
{
    const RenderCalls *ask = &r->options->ask;
    Str text;
    if (!ask->repr)
        return fail(r->err, ERR_UNSUPPORTED, "a value of a script cannot be written as source");
    if (!ask->repr(ask->context, r->arena, value, &text, r->err))
        return false;
    buf_put(&r->buf, text);
    return true;
}

bool put_datum(Rendering *r, const Datum *value)
{
    switch (value->kind) {
    case DATUM_NONE:
        buf_puts(&r->buf, "None");
        return true;
    case DATUM_BOOL:
        put_bool(r, value->truth);
        return true;
    case DATUM_INT:
    case DATUM_INTERVAL:
        buf_put_int(&r->buf, value->integer);
        return true;
    case DATUM_FLOAT:
        put_real(&r->buf, value->real);
        return true;
    case DATUM_BIGINT:
        buf_put(&r->buf, value->text);
        return true;
    case DATUM_DECIMAL:
    case DATUM_STR:
    case DATUM_BYTES:
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
    case DATUM_UUID:
        put_repr(r, value->text);
        return true;
    case DATUM_LIST:
        return put_list(r, value);
    case DATUM_MAP:
        return put_map(r, value->map);
    case DATUM_RECORD:
        return put_object(r, value);
    case DATUM_SCRIPT:
        return put_script(r, value);
    }
    return true;
}

bool put_options(Rendering *r, const Options *options)
{
    for (size_t i = 0; i < options->map.len; i++) {
        buf_printf(&r->buf, ", %.*s=", STR_ARG(options->map.entries[i].key));
        if (!put_datum(r, options->map.entries[i].value))
            return false;
    }
    return true;
}

bool put_item_datum(Rendering *r, const char *kind, const Datum *item, bool *done)
{
    const RenderCalls *ask = &r->options->ask;
    Str text = STR_NONE;
    *done = false;
    if (!ask->item)
        return true;
    if (!ask->item(ask->context, r->arena, kind, item, &text, r->err))
        return false;
    *done = str_given(text);
    if (*done)
        buf_put(&r->buf, text);
    return true;
}

bool put_item(Rendering *r, const char *kind, const Record *record, const void *object, bool *done)
{
    Datum item = { .kind = DATUM_RECORD, .record = { record, (void *)(uintptr_t)object } };
    return put_item_datum(r, kind, &item, done);
}

bool expr_source(Rendering *r, const Datum *expr, Str *sql)
{
    Ddl ddl = ddl_begin(r->arena, r->options->dialect, r->err);
    ddl.calls = ddl.sql.calls = r->options->calls;
    ddl_put_datum_expr(&ddl, expr);
    *sql = sql_take(&ddl.sql);
    return sql_ok(&ddl.sql);
}
