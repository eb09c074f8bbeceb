/* SPDX-License-Identifier: MIT */
#include "sql/sql.h"

#include <assert.h>

#include "sql/query.h"

Sql sql_begin(Arena *arena, const Dialect *dialect, Error *err)
{
    return (Sql){
        .arena = arena,
        .dialect = dialect,
        .err = err,
        .buf = buf_in(arena),
        .mode = BIND_LITERAL,
        .anonymous_names = map_in(arena),
    };
}

Sql sql_nested(const Sql *outer)
{
    Sql sql = *outer;
    sql.buf = buf_in(outer->arena);
    return sql;
}

Str sql_take(Sql *sql)
{
    Str text = buf_take(&sql->buf, sql->arena);
    sql->buf = buf_in(sql->arena);
    return text;
}

void sql_put_raw(Sql *sql, Str text)
{
    buf_put(&sql->buf, text);
}

void sql_put_text(Sql *sql, const char *text)
{
    buf_puts(&sql->buf, text);
}

/* What names are made of: blanks, brackets and `%` become `_`. */
static Str stem_clean(Arena *arena, Str stem)
{
    Buf buf = buf_in(arena);
    for (size_t i = 0; i < stem.len; i++) {
        bool odd = strchr("%() $", stem.ptr[i]) && stem.ptr[i];
        if (!odd)
            buf_put(&buf, str_slice(stem, i, i + 1));
        else if (buf.len && buf.ptr[buf.len - 1] != '_')
            buf_puts(&buf, "_");
    }
    return buf_take(&buf, arena);
}

Str sql_anonymous(Sql *sql, const void *identity, Str stem)
{
    for (size_t i = 0; i < stem.len; i++)
        if (strchr("%() $", stem.ptr[i]))
            stem = stem_clean(sql->arena, stem);
    Str key = str_format(sql->arena, "%p:%.*s", identity, STR_ARG(stem));
    Str *found = map_get(&sql->anonymous_names, key);
    if (found)
        return *found;
    size_t count = (size_t)(uintptr_t)map_get(&sql->anonymous_names, stem) + 1;
    map_set(&sql->anonymous_names, stem, (void *)(uintptr_t)count);
    Str *made = ARENA_NEW(sql->arena, Str);
    *made = str_format(sql->arena, "%.*s_%zu", STR_ARG(stem), count);
    map_set(&sql->anonymous_names, key, made);
    return *made;
}

/* Text in which the driver would take `%` for a placeholder. */
static void put_percent(Sql *sql, Str text)
{
    if (sql->double_percent)
        text = str_replace(sql->arena, text, STR("%"), STR("%%"));
    buf_put(&sql->buf, text);
}

void sql_put_plain(Sql *sql, Str text)
{
    put_percent(sql, text);
}

void sql_put_name(Sql *sql, Name name)
{
    put_percent(sql, dialect_quote(sql->arena, sql->dialect, name));
}

void sql_put_literal(Sql *sql, Str text)
{
    put_percent(sql, dialect_literal(sql->arena, sql->dialect, text));
}

static void put_names(Sql *sql, const StrVec *names)
{
    for (size_t i = 0; i < names->len; i++) {
        if (i)
            buf_puts(&sql->buf, ", ");
        sql_put_name(sql, name_from(names->items[i]));
    }
}

static void put_qualified(Sql *sql, Name schema, Name name)
{
    if (name_given(schema)) {
        sql_put_name(sql, schema);
        buf_putc(&sql->buf, '.');
    }
    sql_put_name(sql, name);
}

static void put_arg(Sql *sql, const SqlArg *arg)
{
    switch (arg->kind) {
    case SQL_ARG_RAW:
        buf_put(&sql->buf, arg->text);
        return;
    case SQL_ARG_NAME:
        sql_put_name(sql, arg->name);
        return;
    case SQL_ARG_QUALIFIED:
        put_qualified(sql, arg->schema, arg->name);
        return;
    case SQL_ARG_NAMES:
        put_names(sql, arg->names);
        return;
    case SQL_ARG_LITERAL:
        sql_put_literal(sql, arg->text);
        return;
    case SQL_ARG_INT:
        buf_put_int(&sql->buf, arg->integer);
        return;
    case SQL_ARG_TYPE:
        sql_put_type(sql, arg->type);
        return;
    case SQL_ARG_EXPR:
        sql_put_expr(sql, arg->expr);
        return;
    case SQL_ARG_DATUM:
        sql_put_value(sql, arg->datum, NULL);
        return;
    }
}

void sql_put_args(Sql *sql, const char *format, const SqlArg *args, size_t count)
{
    size_t used = 0;
    for (const char *at = format;; at++) {
        size_t plain = strcspn(at, "@");
        buf_put(&sql->buf, (Str){ at, plain });
        at += plain;
        if (!*at)
            break;
        assert(used < count);
        put_arg(sql, &args[++used]);
    }
    assert(used == count);
}
