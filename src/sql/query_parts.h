/* SPDX-License-Identifier: MIT */
/* What the writers of expressions and statements share. */
#ifndef LIMBECK_SQL_QUERY_PARTS_H
#define LIMBECK_SQL_QUERY_PARTS_H

#include "sql/query.h"

/* A SELECT (or the target of INSERT, UPDATE, DELETE) being written, for what stands inside it. */
typedef struct SqlFrame {
    const struct SqlFrame *outer;
    const Query *query;
    ExprVec froms; /* what its FROM shows, joins taken apart: a SELECT inside may leave it out */
    ExprVec all_froms; /* and those of the frames around */
} SqlFrame;

/* A WITH of the statement. */
typedef struct SqlCte {
    const void *identity;
    Str name, text;
    bool recursive;
    size_t nested; /* how deep the statement that it stands before is; 0: the whole one */
    DatumVec params;
    StrVec param_names;
} SqlCte;

typedef struct SqlCtes {
    VEC(SqlCte) items;
    VEC(const Expr *) open; /* whose bodies are being written */
} SqlCtes;

static inline bool sql_is_mysql(const Sql *sql)
{
    return sql->dialect->id == DIALECT_MYSQL || sql->dialect->id == DIALECT_MARIADB;
}
static inline bool sql_is_sqlite(const Sql *sql)
{
    return sql->dialect->id == DIALECT_SQLITE;
}
static inline bool sql_is_postgresql(const Sql *sql)
{
    return sql->dialect->id == DIALECT_POSTGRESQL;
}
static inline bool sql_is_default(const Sql *sql)
{
    return sql->dialect->id == DIALECT_DEFAULT;
}
/* Placeholders are written, not values. */
static inline bool sql_names_binds(const Sql *sql)
{
    return sql->mode == BIND_NAMED || sql->mode == BIND_COMPILE;
}

/* What a dialect cannot write: an UnsupportedCompilationError. */
bool sql_unsupported(Sql *sql, const char *what);

/* ---- expr_sql.c ---- */

void sql_put_bind(Sql *sql, const Expr *expr);
/* Its name, once it has a number where SQLAlchemy would give it one. */
Str sql_bind_number(Sql *sql, const Expr *bind);
/* A SELECT of `width` columns without rows, in brackets: IN of an empty list. */
void sql_put_empty_set(Sql *sql, size_t width);
/* The value that a bind has now, or NULL. */
const Datum *sql_bind_given(const Sql *sql, const Expr *expr);
/* The name of an alias, a CTE, ...: given, or made. */
Name sql_from_name(Sql *sql, const Expr *from);
/* A column in ORDER BY, GROUP BY, DISTINCT ON: a label of the SELECT is written by its name. */
void sql_put_ordered(Sql *sql, const Expr *expr);
void sql_put_ordered_list(Sql *sql, const ExprVec *exprs);

/* ---- operator_sql.c ---- */

void sql_put_unary(Sql *sql, const Expr *expr);
void sql_put_binary(Sql *sql, const Expr *expr);
void sql_put_boolean(Sql *sql, const Expr *expr);
void sql_put_as_boolean(Sql *sql, const Expr *expr);
void sql_put_between(Sql *sql, const Expr *expr);
void sql_put_in(Sql *sql, const Expr *expr);

/* ---- function_sql.c ---- */

void sql_put_function(Sql *sql, const Expr *expr);
void sql_put_cast(Sql *sql, const Expr *expr);
void sql_put_case(Sql *sql, const Expr *expr);
void sql_put_extract(Sql *sql, const Expr *expr);
void sql_put_over(Sql *sql, const Expr *expr);
void sql_put_within_group(Sql *sql, const Expr *expr);
void sql_put_filter(Sql *sql, const Expr *expr);
void sql_put_aggregate_order(Sql *sql, const Expr *expr);
/* The key or path of an element of JSON, as the dialect takes it. */
Expr *sql_json_key(Sql *sql, Expr *key);
/* Extraction from JSON: true when the operator is one and was written. */
bool sql_put_json(Sql *sql, const Expr *expr);

/* ---- from_sql.c ---- */

/* A table, an alias with its definition, a join, behind FROM. */
void sql_put_from(Sql *sql, const Expr *from);
/* The FROMs that a SELECT shows, what the SELECTs around it have left out. */
ExprVec sql_select_froms(Sql *sql, const Query *query);
bool sql_froms_have(const ExprVec *froms, const Expr *from);
/* A frame for what stands inside a statement with these FROMs. */
SqlFrame sql_frame(Sql *sql, const Query *query, const ExprVec *froms);
/* WITH that the text so far of a statement asks for is put in front of it. */
void sql_put_ctes(Sql *sql, size_t start, size_t first_param);
void sql_put_cte_now(Sql *sql, const Expr *cte);

/* ---- select_sql.c ---- */

void sql_put_select(Sql *sql, const Expr *expr);
void sql_put_compound(Sql *sql, const Expr *expr);
void sql_put_values(Sql *sql, const Expr *expr);
void sql_put_result_columns(Sql *sql, const ExprVec *columns, bool named);
void sql_put_conditions(Sql *sql, const char *words, const ExprVec *conditions);
void sql_put_words(Sql *sql, const StrVec *words, const StrVec *dialects, bool before);
void sql_put_limit(Sql *sql, const Query *query);

/* ---- dml_sql.c ---- */

void sql_put_insert(Sql *sql, const Expr *expr);
void sql_put_update(Sql *sql, const Expr *expr);
void sql_put_delete(Sql *sql, const Expr *expr);

#endif
