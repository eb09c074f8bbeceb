/* SPDX-License-Identifier: MIT */
/* Writes expressions and SELECT, INSERT, UPDATE, DELETE. */
#ifndef LIMBECK_SQL_QUERY_H
#define LIMBECK_SQL_QUERY_H

#include "sql/sql.h"

/* The expression, with the brackets that its place among others needs. */
void sql_put_expr(Sql *sql, const Expr *expr);
/* An operand of `op`: in brackets where it binds less tightly. */
void sql_put_operand(Sql *sql, const Expr *expr, Operator op);
/* A condition (WHERE, ON, HAVING): a boolean column becomes `= 1` where there are no booleans. */
void sql_put_condition(Sql *sql, const Expr *expr, Operator op);
/* Joined by ", ". */
void sql_put_exprs(Sql *sql, const ExprVec *exprs);
/* As sql_put_expr, but a statement (SELECT, INSERT, text(), ...) stands without brackets. */
void sql_put_statement(Sql *sql, const Expr *expr);

typedef struct QueryOptions {
    BindMode mode;
    bool double_percent;
    bool pyformat; /* BIND_PARAMS: placeholders %(name)s with `names`, as psycopg2's users see them
                    */
    const ScriptCalls *calls;
    const Datum *given;  /* a map of values for binds, or NULL */
    StrVec *names;       /* what the binds are called, beside `params`; may be NULL */
    ExprVec *binds;      /* the bind of each placeholder, where the text holds for other values
                            too; empty where it does not. May be NULL */
    Str *unbound;        /* the first bind that has no value, whose place NULL takes; NULL: that is
                            an error that names it */
    bool returning_keys; /* INSERT: add RETURNING of the primary key where SQLAlchemy would */
} QueryOptions;

/*
 * A whole statement: its text, and in BIND_PARAMS its values in order. A bind for which there is no
 * value is an error that names it.
 */
bool query_compile(Arena *arena, const Dialect *dialect, const QueryOptions *options,
                   const Expr *statement, Str *text, DatumVec *params, Error *err);

/* The values of placeholders for another execution; `given` holds those that have names. */
bool query_rebind(Arena *arena, const Dialect *dialect, const ScriptCalls *calls,
                  const ExprVec *binds, const Datum *given, DatumVec *params, Error *err);

#endif
