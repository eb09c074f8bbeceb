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

/* ---- what Python fills in by itself: default= and onupdate= ---- */

static const Assignment *row_assigns(const AssignmentVec *row, const Column *column)
{
    VEC_EACH (const Assignment, each, row) {
        const Expr *own = each->column;
        bool same = own->column ? own->column == column : str_eq(own->name.text, column->key);
        if (same)
            return each;
    }
    return NULL;
}

/* Where values are not asked for, what is filled in has none: SQLAlchemy writes NULL for it. */
static Expr *default_unset(Sql *sql, const Column *column, size_t row)
{
    Str name = row ? str_format(sql->arena, "%.*s_m%zu", STR_ARG(column->key), row) : column->key;
    return expr_bind(sql->arena, name, NULL, column->type);
}

static bool default_expr(Sql *sql, const Column *column, const Datum *own, size_t row, Expr **value)
{
    Datum made = *own;
    *value = NULL;
    if (own->kind == DATUM_RECORD) {
        if (record_is(own->record.record, &expr_record))
            *value = own->record.object;
        return true;
    }
    if (sql_names_binds(sql) || sql->mode == BIND_OFFLINE) {
        *value = default_unset(sql, column, row);
        return true;
    }
    if (own->kind == DATUM_SCRIPT) {
        const ScriptCalls *calls = sql->calls;
        sql->binds_vary = true;
        if (!calls || !calls->default_value)
            return true;
        if (!calls->default_value(calls->context, sql->arena, own->script, &made, sql->err))
            return false;
    }
    *value = expr_literal(sql->arena, &made, column->type);
    if (sql->pyformat) {
        (*value)->name = name_from(column->key);
        (*value)->unique = false;
    }
    return true;
}

/* The row with the defaults of the columns that it does not name, in the table's order. */
static bool row_complete(Sql *sql, const Table *table, bool insert, size_t index,
                         AssignmentVec *row)
{
    AssignmentVec full = { 0 };
    VEC_EACH (Column *const, each, &table->columns) {
        const Assignment *own = row_assigns(row, *each);
        const Datum *filled = insert ? &(*each)->default_ : &(*each)->onupdate;
        Assignment made = { 0 };
        if (own) {
            VEC_PUSH(sql->arena, &full, *own);
            continue;
        }
        if (filled->kind == DATUM_NONE || (insert && (*each)->sequence))
            continue;
        if (!default_expr(sql, *each, filled, index, &made.value))
            return false;
        made.column = expr_column(sql->arena, *each);
        if (made.value)
            VEC_PUSH(sql->arena, &full, made);
    }
    VEC_EACH (const Assignment, each, row)
        if (!each->column->column || each->column->column->table != table)
            VEC_PUSH(sql->arena, &full, *each);
    *row = full;
    return true;
}

static bool fills_in(const Table *table, bool insert)
{
    VEC_EACH (Column *const, each, &table->columns)
        if ((insert ? (*each)->default_ : (*each)->onupdate).kind != DATUM_NONE)
            return true;
    return false;
}

static bool names_have(const StrVec *names, Str name)
{
    for (size_t i = 0; i < names->len; i++)
        if (str_eq(names->items[i], name))
            return true;
    return false;
}

/* INSERT ... SELECT: the SELECT gives what Python fills in, too. */
static bool select_defaults(Sql *sql, Query *query, const Table *table)
{
    Expr *select = expr_copy(sql->arena, query->select);
    bool extends = select->kind == EXPR_SELECT;
    if (extends)
        select->query = query_copy(sql->arena, select->query);
    VEC_EACH (Column *const, each, &table->columns) {
        Expr *value;
        if (names_have(&query->column_names, (*each)->name.text) || (*each)->sequence ||
            (*each)->default_.kind == DATUM_NONE)
            continue;
        if (!extends)
            return fail(sql->err, ERR_SCHEMA,
                        "Can't extend statement for INSERT..FROM SELECT to include additional "
                        "default-holding column(s) '%.*s'.  Convert the selectable to a subquery() "
                        "first, or pass include_defaults=False to Insert.from_select() to skip "
                        "these columns.",
                        STR_ARG((*each)->key));
        if (!default_expr(sql, *each, &(*each)->default_, 0, &value))
            return false;
        if (!value)
            continue;
        VEC_PUSH(sql->arena, &select->query->columns, value);
        VEC_PUSH(sql->arena, &query->column_names, (*each)->name.text);
    }
    query->select = select;
    return true;
}

static bool add_defaults(Sql *sql, Query *query, bool insert)
{
    const Expr *target = query->target;
    bool selects = query->select && query->column_names.len && !query->no_defaults;
    if (selects && target->kind == EXPR_TABLE && fills_in(target->table, insert))
        return select_defaults(sql, query, target->table);
    if (query->select || query->ordered || target->kind != EXPR_TABLE ||
        target->table->lightweight || !fills_in(target->table, insert))
        return true;
    if (query->rows.len == 0) {
        if (!insert || sql_names_binds(sql))
            return true;
        VEC_PUSH(sql->arena, &query->rows, ((AssignmentVec){ 0 }));
    }
    for (size_t i = 0; i < query->rows.len; i++)
        if (!row_complete(sql, target->table, insert, i, &query->rows.items[i]))
            return false;
    return true;
}

bool query_compile(Arena *arena, const Dialect *dialect, const QueryOptions *options,
                   const Expr *statement, Str *text, DatumVec *params, Error *err)
{
    Sql sql = sql_begin(arena, dialect, err);
    sql.mode = options->mode;
    sql.double_percent = options->double_percent;
    sql.pyformat = options->pyformat;
    sql.calls = options->calls;
    sql.given = options->given;
    sql.unbound = options->unbound;
    sql.binds = options->binds;
    sql.cast_literals = sql.mode == BIND_LITERAL && dialect->id == DIALECT_POSTGRESQL;
    SqlCtes ctes = { 0 };
    sql.ctes = &ctes;
    Expr copy = *statement;
    bool insert = statement->kind == EXPR_INSERT;
    if (insert || statement->kind == EXPR_UPDATE) {
        copy.query = query_copy(arena, statement->query);
        if (!add_defaults(&sql, copy.query, insert))
            return false;
    }
    if (options->returning_keys && statement->kind == EXPR_INSERT && dialect->insert_returning) {
        copy.query = query_copy(arena, copy.query);
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
