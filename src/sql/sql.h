/* SPDX-License-Identifier: MIT */
/*
 * SQL being written. Every identifier passes one quoting function, every literal one escaping
 * function:
 *
 *     sql_put(sql, "ALTER TABLE @ ADD COLUMN @", sql_table(schema, name), sql_name(column));
 *
 * `@` takes the next argument; the count is asserted. The first failure stays in sql->err and what
 * follows writes nothing of use, so test once, at the end: sql_ok(sql).
 */
#ifndef LIMBECK_SQL_SQL_H
#define LIMBECK_SQL_SQL_H

#include "base/buf.h"
#include "sql/dialect.h"

/* How values and binds are written. */
typedef enum BindMode {
    BIND_LITERAL, /* as literals: DDL, and how scripts' parameters go to a server */
    BIND_PARAMS,  /* as the dialect's placeholders, values in sql->params */
    BIND_NAMED,   /* as `:name` placeholders: --sql without literal_binds, str(expression) */
    BIND_OFFLINE, /* --sql with literal_binds: literals; a bind without a value is NULL */
    BIND_COMPILE, /* as compile() shows them: `?`, `%s`, `%(name)s`; values in sql->params */
} BindMode;

typedef VEC(Datum) DatumVec;

struct Sql {
    Arena *arena;
    const Dialect *dialect;
    const ScriptCalls *calls; /* may be NULL */
    Error *err;
    Buf buf;
    BindMode mode;
    DatumVec params;              /* BIND_PARAMS: in the order of the placeholders */
    StrVec param_names;           /* the bind's key beside each, or STR_NONE */
    bool double_percent;          /* `%` in SQL text as %% */
    bool pyformat;                /* BIND_PARAMS: placeholders as psycopg2 has them, %(name)s */
    bool bare_columns;            /* columns without their table: CHECK, index expressions */
    bool cast_literals;           /* BIND_LITERAL: values with the cast that their binds have */
    bool in_operator;             /* within an operand: PG's own operators get brackets */
    bool as_from;                 /* the next SELECT stands in an alias: it sees nothing around */
    bool name_columns;            /* ... and its columns get names */
    bool within_columns;          /* among the columns of a SELECT: labels stay expressions */
    const struct SqlFrame *frame; /* of the SELECT being written; NULL: none */
    struct SqlCtes *ctes;         /* of the statement */
    size_t nested;                /* in so many statements */
    Map anonymous_names;
    Str *unbound;       /* see QueryOptions */
    const Datum *given; /* a map of values for binds by name, or NULL */
    ExprVec *binds;     /* the bind of each placeholder, or NULL: not wanted */
    bool binds_vary;    /* how many placeholders there are depends on the values */
};

Sql sql_begin(Arena *arena, const Dialect *dialect, Error *err);
/* A Sql that shares everything of `outer` but its text. */
Sql sql_nested(const Sql *outer);
static inline bool sql_ok(const Sql *sql)
{
    return !error_set(sql->err);
}
/* The text so far, copied into the arena; the buffer begins anew. */
Str sql_take(Sql *sql);

typedef enum SqlArgKind {
    SQL_ARG_RAW,
    SQL_ARG_NAME,
    SQL_ARG_QUALIFIED,
    SQL_ARG_NAMES,
    SQL_ARG_LITERAL,
    SQL_ARG_INT,
    SQL_ARG_TYPE,
    SQL_ARG_EXPR,
    SQL_ARG_DATUM,
} SqlArgKind;

typedef struct SqlArg {
    SqlArgKind kind;
    union {
        Str text;
        int64_t integer;
        struct {
            Name schema, name;
        };
        const StrVec *names;
        const Type *type;
        const Expr *expr;
        const Datum *datum;
    };
} SqlArg;

/* SQL text as it stands. Never what a user typed as a name or a value. */
static inline SqlArg sql_raw(Str text)
{
    return (SqlArg){ .kind = SQL_ARG_RAW, .text = text };
}
static inline SqlArg sql_keyword(const char *text)
{
    return sql_raw(str_from(text));
}
static inline SqlArg sql_name(Name name)
{
    return (SqlArg){ .kind = SQL_ARG_NAME, .name = name };
}
static inline SqlArg sql_id(Str name)
{
    return sql_name(name_from(name));
}
/* schema.name, or the name alone. */
static inline SqlArg sql_table(Name schema, Name name)
{
    return (SqlArg){ .kind = SQL_ARG_QUALIFIED, .schema = schema, .name = name };
}
/* "a, b, c" */
static inline SqlArg sql_names(const StrVec *names)
{
    return (SqlArg){ .kind = SQL_ARG_NAMES, .names = names };
}
/* A quoted text literal. */
static inline SqlArg sql_literal(Str text)
{
    return (SqlArg){ .kind = SQL_ARG_LITERAL, .text = text };
}
static inline SqlArg sql_int(int64_t integer)
{
    return (SqlArg){ .kind = SQL_ARG_INT, .integer = integer };
}
static inline SqlArg sql_type(const Type *type)
{
    return (SqlArg){ .kind = SQL_ARG_TYPE, .type = type };
}
static inline SqlArg sql_expr(const Expr *expr)
{
    return (SqlArg){ .kind = SQL_ARG_EXPR, .expr = expr };
}
/* A value as a literal. */
static inline SqlArg sql_value(const Datum *datum)
{
    return (SqlArg){ .kind = SQL_ARG_DATUM, .datum = datum };
}

#define sql_put(sql, format, ...)                                           \
    sql_put_args((sql), (format), (const SqlArg[]){ { 0 }, ##__VA_ARGS__ }, \
                 sizeof((const SqlArg[]){ { 0 }, ##__VA_ARGS__ }) / sizeof(SqlArg) - 1)
/* Through sql_put only; args[0] is a filler. */
void sql_put_args(Sql *sql, const char *format, const SqlArg *args, size_t count);

/* The pieces, for what no format fits. */
void sql_put_raw(Sql *sql, Str text);
void sql_put_text(Sql *sql, const char *text);
void sql_put_name(Sql *sql, Name name);
void sql_put_literal(Sql *sql, Str text);
/* SQL of the script as it stands, `%` doubled where the driver would take it for a placeholder. */
void sql_put_plain(Sql *sql, Str text);
void sql_put_type(Sql *sql, const Type *type);
/* A type by a template of TypeSql; false (an error) when a member that it needs is not given. */
bool sql_put_type_template(Sql *sql, const Type *type, const char *text);
/* A value as a literal, as the type (NULL: by itself) writes it: booleans, dates, JSON, ... */
void sql_put_value(Sql *sql, const Datum *value, const Type *type);

/* "stem_1", "stem_2", ...: the name that was made for `identity`, or a new one. */
Str sql_anonymous(Sql *sql, const void *identity, Str stem);
/* A value as a driver takes it: None, integer, float, text or bytes. */
bool sql_bind_value(Sql *sql, const Datum *value, const Type *type, Datum *bound);

#endif
