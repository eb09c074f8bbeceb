/* SPDX-License-Identifier: MIT */
#include "sql/dialect.h"

#include <stdlib.h>

#include "base/buf.h"
#include "sql/sql.h"

static const Dialect *const dialects[] = {
    &sqlite_dialect, &postgresql_dialect, &mysql_dialect,   &mariadb_dialect,
    &mssql_dialect,  &oracle_dialect,     &default_dialect,
};

const Dialect *dialect_find(Str name)
{
    if (str_is(name, "postgres"))
        return &postgresql_dialect;
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (str_is(name, dialects[i]->name))
            return dialects[i];
    return NULL;
}

static bool word_reserved(const Dialect *dialect, Str word)
{
    size_t low = 0, high = dialect->quoting.reserved_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *other = dialect->quoting.reserved[middle];
        int order = strncmp(word.ptr, other, word.len);
        if (order == 0 && other[word.len] == '\0')
            return true;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool char_is_legal(char c)
{
    return char_is_alnum(c) || c == '_' || c == '$';
}

/* A name in one case only may go bare; mixed case needs quotes, all upper case of ASCII letters
 * too. */
bool dialect_needs_quotes(const Dialect *dialect, Str name)
{
    if (name.len == 0 || char_is_digit(name.ptr[0]) || name.ptr[0] == '$')
        return true;
    for (size_t i = 0; i < name.len; i++)
        if (!char_is_legal(name.ptr[i]) || char_lower(name.ptr[i]) != name.ptr[i])
            return true;
    return word_reserved(dialect, name);
}

Str dialect_quote(Arena *arena, const Dialect *dialect, Name name)
{
    bool quotes =
        name.quote == TRI_NONE ? dialect_needs_quotes(dialect, name.text) : name.quote == TRI_TRUE;
    if (!quotes)
        return name.text;
    Buf buf = buf_in(arena);
    buf_putc(&buf, dialect->quoting.open);
    for (size_t i = 0; i < name.text.len; i++) {
        buf_putc(&buf, name.text.ptr[i]);
        if (name.text.ptr[i] == dialect->quoting.close)
            buf_putc(&buf, dialect->quoting.close);
    }
    buf_putc(&buf, dialect->quoting.close);
    return buf_take(&buf, arena);
}

Str dialect_literal(Arena *arena, const Dialect *dialect, Str text)
{
    Buf buf = buf_in(arena);
    buf_putc(&buf, '\'');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\'' || (c == '\\' && dialect->backslash_escapes))
            buf_putc(&buf, c);
        buf_putc(&buf, c);
    }
    buf_putc(&buf, '\'');
    return buf_take(&buf, arena);
}

bool dialect_type(Arena *arena, const Dialect *dialect, const ScriptCalls *calls, const Type *type,
                  Str *text, Error *err)
{
    Sql sql = sql_begin(arena, dialect, err);
    sql.calls = calls;
    sql_put_type(&sql, type);
    *text = sql_take(&sql);
    return sql_ok(&sql);
}

/* SQL's own words, as every dialect without a list of its own quotes them. */
static const char *const default_reserved[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "constraint",
    "create",
    "cross",
    "current_date",
    "current_role",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "new",
    "not",
    "notnull",
    "null",
    "off",
    "offset",
    "old",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "right",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "verbose",
    "when",
    "where",
};

/* How str() shows types that only some databases have. */
static const TypeSql shown_types[] = {
    { TYPE_JSON, "JSON", NULL },
    { TYPE_PG_JSON, "JSON", NULL },
    { TYPE_PG_JSONB, "JSONB", NULL },
    { TYPE_ARRAY, "ARRAY", NULL },
    { TYPE_PG_ARRAY, "ARRAY", NULL },
    { TYPE_PG_INET, "INET", NULL },
    { TYPE_PG_TSVECTOR, "TSVECTOR", NULL },
    { TYPE_PG_HSTORE, "HSTORE", NULL },
    { TYPE_NULL, "NULL", NULL },
    { 0 },
};

const Dialect default_dialect = {
    .id = DIALECT_DEFAULT,
    .name = "default",
    .driver = "default",
    .types = shown_types,
    .quoting = { '"', '"', RESERVED(default_reserved) },
    .max_identifier = 9999,
    .paramstyle = "named",
    .true_ = "true",
    .false_ = "false",
    .empty_insert = "DEFAULT VALUES",
};

const Dialect mssql_dialect = {
    .id = DIALECT_MSSQL,
    .name = "mssql",
    .known_by_name = true,
    .driver = "pyodbc",
    .quoting = { '[', ']', RESERVED(default_reserved) },
    .max_identifier = 128,
    .paramstyle = "qmark",
    .transactional_ddl = true,
    .true_ = "1",
    .false_ = "0",
    .empty_insert = "DEFAULT VALUES",
};

const Dialect oracle_dialect = {
    .id = DIALECT_ORACLE,
    .name = "oracle",
    .known_by_name = true,
    .driver = "cx_oracle",
    .quoting = { '"', '"', RESERVED(default_reserved) },
    .max_identifier = 128,
    .paramstyle = "named",
    .true_ = "1",
    .false_ = "0",
};
