/* SPDX-License-Identifier: MIT */
/* Whole statements: SELECT, INSERT, UPDATE, DELETE. */
#include "schema/table.h"
#include "sql/query_parts.h"

void sql_put_statement(Sql *sql, const Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_SELECT:
        sql_put_select(sql, expr);
        return;
    case EXPR_COMPOUND:
        sql_put_compound(sql, expr);
        return;
    case EXPR_TEXT_SELECT:
        sql_put_expr(sql, expr->args.items[0]);
        return;
    case EXPR_INSERT:
        sql_put_insert(sql, expr);
        return;
    case EXPR_UPDATE:
        sql_put_update(sql, expr);
        return;
    case EXPR_DELETE:
        sql_put_delete(sql, expr);
        return;
    case EXPR_JOIN:
        sql_put_from(sql, expr);
        return;
    case EXPR_VALUES:
        sql_put_values(sql, expr);
        return;
    default:
        sql_put_expr(sql, expr);
    }
}

/* Whether the value of a key column is known before the row is there. */
static bool key_is_known(const Query *query, const Column *column)
{
    VEC_EACH (const Assignment, each, &query->rows.items[0])
        if (each->column->column == column)
            return each->value->kind == EXPR_BIND;
    const Table *table = query->target->table;
    return table_autoincrement_column(table) != column && column->server_default.kind == DATUM_NONE;
}

/* The key columns that SQLAlchemy asks back of an INSERT of one row; a rowid SQLite tells anyway.
 */
static void add_key_returning(Sql *sql, Query *query)
{
    const Expr *target = query->target;
    if (query->select || query->returning.len || query->rows.len != 1 ||
        target->kind != EXPR_TABLE || target->table->lightweight)
        return;
    VEC_EACH (const Str, each, &target->table->primary_key->columns) {
        Column *column = table_column(target->table, *each);
        bool rowid = sql_is_sqlite(sql) && column == table_autoincrement_column(target->table);
        if (!rowid && !key_is_known(query, column))
            VEC_PUSH(sql->arena, &query->returning, expr_column(sql->arena, column));
    }
}

bool query_compile(Arena *arena, const Dialect *dialect, const QueryOptions *options,
                   const Expr *statement, Str *text, DatumVec *params, Error *err)
{
    Sql sql = sql_begin(arena, dialect, err);
    sql.mode = options->mode;
    sql.double_percent = options->double_percent;
    sql.calls = options->calls;
    sql.given = options->given;
    sql.binds = options->binds;
    sql.cast_literals = sql.mode == BIND_LITERAL && dialect->id == DIALECT_POSTGRESQL;
    SqlCtes ctes = { 0 };
    sql.ctes = &ctes;
    Expr copy = *statement;
    if (options->returning_keys && statement->kind == EXPR_INSERT && dialect->insert_returning) {
        copy.query = query_copy(arena, statement->query);
        add_key_returning(&sql, copy.query);
    }
    sql_put_statement(&sql, &copy);
    *text = sql_take(&sql);
    if (params)
        *params = sql.params;
    if (options->binds && sql.binds_vary)
        options->binds->len = 0;
    if (options->names)
        *options->names = sql.param_names;
    return sql_ok(&sql);
}

bool query_rebind(Arena *arena, const Dialect *dialect, const ScriptCalls *calls,
                  const ExprVec *binds, const Datum *given, DatumVec *params, Error *err)
{
    Sql sql = sql_begin(arena, dialect, err);
    sql.mode = BIND_PARAMS;
    sql.calls = calls;
    sql.given = given;
    VEC_EACH (Expr *const, each, binds) {
        const Datum *value = sql_bind_given(&sql, *each);
        Datum bound;
        if (!value)
            return fail(err, ERR_SCRIPT, "A value is required for bind parameter '%.*s'",
                        STR_ARG((*each)->name.text));
        if (!sql_bind_value(&sql, value, (*each)->type, &bound))
            return false;
        VEC_PUSH(arena, params, bound);
    }
    return sql_ok(&sql);
}
