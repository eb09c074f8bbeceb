/* SPDX-License-Identifier: MIT */
/* INSERT, UPDATE, DELETE. */
#include <stdio.h>

#include "schema/table.h"
#include "sql/query_parts.h"

static Name assigned_name(const Expr *column)
{
    return column->kind == EXPR_COLUMN && column->column ? column->column->name : column->name;
}

static Str assigned_key(const Expr *column)
{
    return column->kind == EXPR_COLUMN && column->column ? column->column->key : column->name.text;
}

/* ---- values ---- */

/*
 * A value in SET and VALUES: operations stand in brackets; a plain value is called after its
 * column, by `suffix` where there are several rows.
 */
static void put_assigned(Sql *sql, const Expr *column, const Expr *value, const char *suffix)
{
    if (value->kind != EXPR_BIND || !value->unique) {
        sql_put_operand(sql, value, OPERATOR_NONE);
        return;
    }
    Expr *bind = expr_copy(sql->arena, value);
    if (suffix && sql->nested <= 1 && column->kind != EXPR_BINARY) {
        bind->name =
            name_from(str_format(sql->arena, "%.*s%s", STR_ARG(assigned_key(column)), suffix));
        bind->unique = !sql_names_binds(sql) && !sql->pyformat;
    }
    sql_put_bind(sql, bind);
}

static void put_row(Sql *sql, const AssignmentVec *row, const char *suffix)
{
    sql_put_text(sql, "(");
    for (size_t i = 0; i < row->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        put_assigned(sql, row->items[i].column, row->items[i].value, suffix);
    }
    sql_put_text(sql, ")");
}

static void put_set(Sql *sql, const AssignmentVec *set, bool qualified)
{
    for (size_t i = 0; i < set->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        const Expr *column = set->items[i].column;
        bool bare = sql->bare_columns;
        sql->bare_columns = column->kind == EXPR_BINARY;
        if (column->kind == EXPR_BINARY || (qualified && column_from(sql->arena, column)))
            sql_put_expr(sql, column);
        else
            sql_put_name(sql, assigned_name(column));
        sql->bare_columns = bare;
        sql_put_text(sql, "=");
        put_assigned(sql, column, set->items[i].value, "");
    }
}

static void put_returning(Sql *sql, const Query *query)
{
    if (query->returning.len == 0)
        return;
    if (!sql->dialect->insert_returning && !sql_is_default(sql) && !sql_is_mysql(sql)) {
        fail(sql->err, ERR_SCRIPT, "CompileError: RETURNING is not supported by dialect '%s'",
             sql->dialect->name);
        return;
    }
    bool bare = sql->bare_columns;
    sql->bare_columns = sql_is_sqlite(sql);
    sql_put_text(sql, " RETURNING ");
    sql_put_result_columns(sql, &query->returning, false);
    sql->bare_columns = bare;
}

/* ---- INSERT ---- */

static void put_conflict_target(Sql *sql, const OnConflict *conflict)
{
    if (name_given(conflict->constraint) && !sql_is_sqlite(sql))
        sql_put(sql, " ON CONSTRAINT @", sql_name(conflict->constraint));
    if (conflict->targets.len == 0)
        return;
    bool bare = sql->bare_columns;
    sql->bare_columns = true;
    sql_put_text(sql, " (");
    sql_put_exprs(sql, &conflict->targets);
    sql_put_text(sql, ")");
    if (conflict->index_where) {
        sql_put_text(sql, " WHERE ");
        sql_put_expr(sql, conflict->index_where);
    }
    sql->bare_columns = bare;
}

static void put_duplicate_key(Sql *sql, const OnConflict *conflict)
{
    sql_put_text(sql, " ON DUPLICATE KEY UPDATE ");
    for (size_t i = 0; i < conflict->set.len; i++) {
        sql_put(sql, i ? ", @ = " : "@ = ", sql_name(assigned_name(conflict->set.items[i].column)));
        put_assigned(sql, conflict->set.items[i].column, conflict->set.items[i].value, NULL);
    }
}

static void put_on_conflict(Sql *sql, const OnConflict *conflict)
{
    if (conflict->duplicate_key != sql_is_mysql(sql)) {
        sql_unsupported(sql, conflict->duplicate_key ? "element of type OnDuplicateClause"
                                                     : "element of type OnConflictDoUpdate");
        return;
    }
    if (sql_is_mysql(sql)) {
        put_duplicate_key(sql, conflict);
        return;
    }
    const SqlFrame *frame = sql->frame;
    sql->frame = NULL; /* nothing in it sees the table that is written to */
    sql_put_text(sql, " ON CONFLICT");
    put_conflict_target(sql, conflict);
    sql_put_text(sql, conflict->update ? " DO UPDATE SET " : " DO NOTHING");
    for (size_t i = 0; i < conflict->set.len; i++) {
        sql_put(sql, i ? ", @ = " : "@ = ", sql_name(assigned_name(conflict->set.items[i].column)));
        put_assigned(sql, conflict->set.items[i].column, conflict->set.items[i].value, NULL);
    }
    if (conflict->where) {
        sql_put_text(sql, " WHERE ");
        sql_put_expr(sql, conflict->where);
    }
    sql->frame = frame;
}

static void put_column_names(Sql *sql, const AssignmentVec *row)
{
    sql_put_text(sql, " (");
    for (size_t i = 0; i < row->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        sql_put_name(sql, assigned_name(row->items[i].column));
    }
    sql_put_text(sql, ")");
}

static void put_rows(Sql *sql, const Query *query)
{
    put_column_names(sql, &query->rows.items[0]);
    bool many = query->rows.len > 1 || query->many;
    for (size_t i = 0; i < query->rows.len; i++) {
        char suffix[32] = "";
        if (many)
            snprintf(suffix, sizeof suffix, "_m%zu", i);
        sql_put_text(sql, i ? ", " : " VALUES ");
        put_row(sql, &query->rows.items[i], suffix);
    }
}

/* Without values: a placeholder for each column of the table, as compile() shows it. */
static AssignmentVec every_column(Sql *sql, const Expr *target)
{
    AssignmentVec row = { 0 };
    ExprVec columns = columns_of(sql->arena, expr_copy(sql->arena, target));
    VEC_EACH (Expr *, each, &columns) {
        Assignment made = { .column = *each };
        made.value = expr_bind(sql->arena, assigned_key(*each), NULL, (*each)->type);
        VEC_PUSH(sql->arena, &row, made);
    }
    return row;
}

static void put_nothing(Sql *sql, const Query *query)
{
    if (sql_names_binds(sql) && query->rows.len == 0) {
        AssignmentVec row = every_column(sql, query->target);
        if (row.len) {
            put_column_names(sql, &row);
            sql_put_text(sql, " VALUES ");
            put_row(sql, &row, "");
            return;
        }
    }
    bool empty = sql_is_mysql(sql) || sql_is_default(sql);
    sql_put_text(sql, empty ? " () VALUES ()" : " DEFAULT VALUES");
}

static void put_from_select(Sql *sql, const Query *query)
{
    if (query->column_names.len)
        sql_put(sql, " (@)", sql_names(&query->column_names));
    sql_put_text(sql, " ");
    const SqlFrame *frame = sql->frame;
    size_t start = sql->buf.len, first = sql->params.len, nested = sql->nested;
    sql->frame = NULL;
    sql_put_statement(sql, query->select);
    sql->frame = frame;
    if (!sql_is_mysql(sql))
        return;
    sql->nested = 0; /* WITH stands before the SELECT, not before INSERT */
    sql_put_ctes(sql, start, first);
    sql->nested = nested;
}

static void put_insert(Sql *sql, const Query *query)
{
    sql_put_text(sql, "INSERT ");
    sql_put_words(sql, &query->prefixes, &query->prefix_dialects, true);
    sql_put_text(sql, "INTO ");
    sql_put_from(sql, query->target);
    if (query->select)
        put_from_select(sql, query);
    else if (query->rows.len == 0 || query->rows.items[0].len == 0)
        put_nothing(sql, query);
    else
        put_rows(sql, query);
    if (query->on_conflict)
        put_on_conflict(sql, query->on_conflict);
    put_returning(sql, query);
}

/* ---- UPDATE, DELETE ---- */

/* The tables besides the target that WHERE and SET name. */
static ExprVec extra_froms(Sql *sql, const Query *query)
{
    ExprVec froms = { 0 }, extra = { 0 };
    VEC_EACH (Expr *const, each, &query->where)
        expr_froms(sql->arena, *each, &froms);
    if (query->rows.len)
        VEC_EACH (const Assignment, each, &query->rows.items[0])
            expr_froms(sql->arena, each->value, &froms);
    VEC_EACH (Expr *, each, &froms)
        if (!from_same(query->target, *each))
            VEC_PUSH(sql->arena, &extra, *each);
    return extra;
}

static void put_extra(Sql *sql, const ExprVec *extra, const char *before)
{
    for (size_t i = 0; i < extra->len; i++) {
        sql_put_text(sql, i ? ", " : before);
        sql_put_from(sql, extra->items[i]);
    }
}

static void put_update(Sql *sql, const Query *query)
{
    ExprVec extra = extra_froms(sql, query);
    bool together = sql_is_mysql(sql) && extra.len;
    sql_put_text(sql, "UPDATE ");
    sql_put_words(sql, &query->prefixes, &query->prefix_dialects, true);
    sql_put_from(sql, query->target);
    if (together)
        put_extra(sql, &extra, ", ");
    sql_put_text(sql, " SET ");
    AssignmentVec every = { 0 };
    if (query->rows.len == 0)
        every = every_column(sql, query->target);
    put_set(sql, query->rows.len ? &query->rows.items[0] : &every, together);
    if (!together)
        put_extra(sql, &extra, " FROM ");
    sql_put_conditions(sql, " WHERE ", &query->where);
    put_returning(sql, query);
}

static void put_delete(Sql *sql, const Query *query)
{
    ExprVec extra = extra_froms(sql, query);
    if (extra.len && sql_is_sqlite(sql)) {
        fail(sql->err, ERR_SCRIPT,
             "NotImplementedError: This backend does not support multiple-table criteria within "
             "DELETE");
        return;
    }
    sql_put_text(sql, "DELETE ");
    sql_put_words(sql, &query->prefixes, &query->prefix_dialects, true);
    sql_put_text(sql, "FROM ");
    sql_put_from(sql, query->target);
    if (sql_is_mysql(sql) && extra.len) {
        sql_put_text(sql, " USING ");
        sql_put_from(sql, query->target);
    }
    bool comma = sql_is_mysql(sql);
    put_extra(sql, &extra, comma ? ", " : sql_is_default(sql) ? " , " : " USING ");
    sql_put_conditions(sql, " WHERE ", &query->where);
    put_returning(sql, query);
}

/* The statement puts its target (and what else it names) in sight of the subqueries in it. */
static void put_dml(Sql *sql, const Expr *expr, void (*put)(Sql *sql, const Query *query))
{
    ExprVec froms = { 0 };
    size_t start = sql->buf.len, first = sql->params.len;
    VEC_PUSH(sql->arena, &froms, expr->query->target);
    if (expr->kind != EXPR_INSERT) {
        ExprVec extra = extra_froms(sql, expr->query);
        VEC_EACH (Expr *, each, &extra)
            VEC_PUSH(sql->arena, &froms, *each);
    }
    SqlFrame frame = sql_frame(sql, NULL, &froms);
    const SqlFrame *outer = sql->frame;
    sql->frame = &frame;
    VEC_EACH (Expr *const, each, &expr->query->ctes)
        sql_put_cte_now(sql, *each);
    sql->nested++;
    sql->name_columns = sql->as_from = false;
    put(sql, expr->query);
    sql->nested--;
    sql->frame = outer;
    sql_put_ctes(sql, start, first);
}

void sql_put_insert(Sql *sql, const Expr *expr)
{
    put_dml(sql, expr, put_insert);
}

void sql_put_update(Sql *sql, const Expr *expr)
{
    put_dml(sql, expr, put_update);
}

void sql_put_delete(Sql *sql, const Expr *expr)
{
    put_dml(sql, expr, put_delete);
}
