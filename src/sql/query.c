/* SPDX-License-Identifier: MIT */
/* SELECT, INSERT, UPDATE, DELETE as SQL. */
#include "sql/query.h"

#include "schema/table.h"

static bool is_mysql(const Sql *sql)
{
    return sql->dialect->id == DIALECT_MYSQL || sql->dialect->id == DIALECT_MARIADB;
}

static bool is_sqlite(const Sql *sql)
{
    return sql->dialect->id == DIALECT_SQLITE;
}

static bool from_same(const Expr *a, const Expr *b)
{
    return a == b || (a->kind == EXPR_TABLE && b->kind == EXPR_TABLE && a->table == b->table);
}

static bool from_covers(const Expr *from, const Expr *other)
{
    if (from_same(from, other))
        return true;
    return from->kind == EXPR_JOIN &&
           (from_covers(from->args.items[0], other) || from_covers(from->args.items[1], other));
}

static void from_add(Arena *arena, ExprVec *froms, Expr *from)
{
    VEC_EACH (Expr *, each, froms)
        if (from_same(*each, from))
            return;
    VEC_PUSH(arena, froms, from);
}

/* The tables and aliases that an expression takes its columns from; those of subqueries are theirs.
 */
static void froms_of(Arena *arena, const Expr *expr, ExprVec *froms)
{
    if (expr->kind == EXPR_COLUMN) {
        if (expr->from)
            from_add(arena, froms, expr->from);
        else if (expr->column && expr->column->table)
            from_add(arena, froms, expr_table(arena, expr->column->table));
        return;
    }
    if (expr->kind == EXPR_SELECT || expr->kind == EXPR_COMPOUND || expr->kind == EXPR_SCALAR ||
        expr->kind == EXPR_EXISTS)
        return;
    if (expr->kind == EXPR_TABLE || expr->kind == EXPR_ALIAS || expr->kind == EXPR_CTE ||
        expr->kind == EXPR_LATERAL || expr->kind == EXPR_JOIN) {
        from_add(arena, froms, expr_copy(arena, expr));
        return;
    }
    VEC_EACH (Expr *, each, &expr->args)
        froms_of(arena, *each, froms);
    if (expr->kind == EXPR_CASE && expr->value_of)
        froms_of(arena, expr->value_of, froms);
    if (expr->otherwise)
        froms_of(arena, expr->otherwise, froms);
}

static void froms_of_all(Arena *arena, const ExprVec *exprs, ExprVec *froms)
{
    VEC_EACH (Expr *, each, exprs)
        froms_of(arena, *each, froms);
}

static bool froms_have(const ExprVec *froms, const Expr *from)
{
    if (froms)
        VEC_EACH (Expr *, each, froms)
            if (from_covers(*each, from))
                return true;
    return false;
}

static bool hidden_by_join(const ExprVec *froms, const Expr *from)
{
    VEC_EACH (Expr *, each, froms)
        if (*each != from && (*each)->kind == EXPR_JOIN && from_covers(*each, from))
            return true;
    return false;
}

static ExprVec froms_shown(Sql *sql, const ExprVec *froms)
{
    ExprVec shown = { 0 }, own = { 0 };
    VEC_EACH (Expr *, each, froms)
        if (!hidden_by_join(froms, *each))
            VEC_PUSH(sql->arena, &shown, *each);
    VEC_EACH (Expr *, each, &shown)
        if (!froms_have(sql->outer_froms, *each))
            VEC_PUSH(sql->arena, &own, *each);
    return own.len ? own : shown;
}

/* Everything of a SELECT that names tables: columns, WHERE, then what was given as FROM. */
static ExprVec select_froms(Sql *sql, const Query *query)
{
    ExprVec froms = { 0 };
    froms_of_all(sql->arena, &query->columns, &froms);
    froms_of_all(sql->arena, &query->where, &froms);
    VEC_EACH (Expr *, each, &query->froms)
        from_add(sql->arena, &froms, *each);
    return froms_shown(sql, &froms);
}

static void put_from(Sql *sql, const Expr *from);

static void put_join(Sql *sql, const Expr *join)
{
    put_from(sql, join->args.items[0]);
    const char *word = join->full      ? " FULL OUTER JOIN "
                       : join->outer   ? " LEFT OUTER JOIN "
                       : is_mysql(sql) ? " INNER JOIN "
                                       : " JOIN ";
    sql_put_text(sql, word);
    put_from(sql, join->args.items[1]);
    if (join->args.len > 2) {
        sql_put_text(sql, " ON ");
        sql_put_condition(sql, join->args.items[2], OPERATOR_NONE);
    }
}

/* A SELECT inside an alias or a CTE: each of its columns gets a name. */
static void put_nested(Sql *sql, const Expr *inner)
{
    const ExprVec *outer = sql->outer_froms;
    bool named = sql->name_columns;
    sql->outer_froms = NULL;
    sql->name_columns = true;
    sql_put_expr(sql, inner);
    sql->name_columns = named;
    sql->outer_froms = outer;
}

static void put_alias(Sql *sql, const Expr *alias)
{
    const Expr *inner = alias->args.items[0];
    if (alias->kind == EXPR_LATERAL)
        sql_put_text(sql, "LATERAL ");
    if (inner->kind == EXPR_TABLE)
        put_from(sql, inner);
    else
        put_nested(sql, inner);
    sql_put(sql, " AS @", sql_name(alias->name));
}

static void put_from(Sql *sql, const Expr *from)
{
    if (from->kind == EXPR_TABLE)
        sql_put(sql, "@", sql_table(from->table->schema, from->table->name));
    else if (from->kind == EXPR_JOIN)
        put_join(sql, from);
    else if (from->kind == EXPR_ALIAS || from->kind == EXPR_LATERAL)
        put_alias(sql, from);
    else
        sql_put_expr(sql, from);
}

static Str column_label(Sql *sql, const Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_LABEL:
        return expr->name.text;
    case EXPR_FUNCTION:
        return sql_anonymous(sql, expr->name.text);
    case EXPR_COLUMN:
    case EXPR_TEXT:
    case EXPR_UNARY:
    case EXPR_LITERAL_COLUMN:
    case EXPR_TABLE:
    case EXPR_ALIAS:
        return STR_NONE;
    case EXPR_CAST:
    case EXPR_COERCE:
        if (expr->args.items[0]->kind == EXPR_COLUMN)
            return expr->args.items[0]->name.text;
        return sql_anonymous(sql, STR("anon"));
    default:
        return sql_anonymous(sql, STR("anon"));
    }
}

static void put_select_column(Sql *sql, const Expr *expr, bool subquery, StrVec *seen)
{
    sql_put_operand(sql, expr, OPERATOR_NONE);
    Str label = column_label(sql, expr);
    if (expr->kind == EXPR_COLUMN) {
        bool again = strvec_find(seen, expr->name.text) >= 0;
        if (again)
            label = sql_anonymous(sql, expr->name.text);
        else if (subquery && !str_is(expr->name.text, "*"))
            label = expr->name.text;
        strvec_add(sql->arena, seen, expr->name.text);
    }
    if (str_given(label))
        sql_put(sql, " AS @", sql_id(label));
}

static void put_table_columns(Sql *sql, const Expr *from, bool subquery, StrVec *seen, bool *first)
{
    if (from->kind == EXPR_JOIN) {
        put_table_columns(sql, from->args.items[0], subquery, seen, first);
        put_table_columns(sql, from->args.items[1], subquery, seen, first);
        return;
    }
    const Expr *inner = from->kind == EXPR_TABLE ? from : from->args.items[0];
    if (inner->kind != EXPR_TABLE)
        return;
    VEC_EACH (Column *, each, &inner->table->columns) {
        Expr *column = expr_column(sql->arena, *each);
        column->from = from->kind == EXPR_TABLE ? NULL : expr_copy(sql->arena, from);
        sql_put_text(sql, *first ? "" : ", ");
        *first = false;
        put_select_column(sql, column, subquery, seen);
    }
}

static bool is_from(const Expr *expr)
{
    return expr->kind == EXPR_TABLE || expr->kind == EXPR_ALIAS || expr->kind == EXPR_JOIN ||
           expr->kind == EXPR_CTE;
}

static void put_select_columns(Sql *sql, const ExprVec *columns, bool subquery)
{
    StrVec seen = { 0 };
    bool first = true;
    VEC_EACH (Expr *, each, columns) {
        if (is_from(*each)) {
            put_table_columns(sql, *each, subquery, &seen, &first);
            continue;
        }
        sql_put_text(sql, first ? "" : ", ");
        first = false;
        put_select_column(sql, *each, subquery, &seen);
    }
}

static void put_conditions(Sql *sql, const ExprVec *conditions)
{
    Operator op = conditions->len > 1 ? OPERATOR_AND : OPERATOR_NONE;
    for (size_t i = 0; i < conditions->len; i++) {
        if (i)
            sql_put_text(sql, " AND ");
        sql_put_condition(sql, conditions->items[i], op);
    }
}

static void put_limit_mysql(Sql *sql, const Query *query)
{
    if (query->offset && query->limit)
        sql_put(sql, " \n LIMIT @, @", sql_expr(query->offset), sql_expr(query->limit));
    else if (query->offset)
        sql_put(sql, " \n LIMIT @, 18446744073709551615", sql_expr(query->offset));
    else
        sql_put(sql, " \n LIMIT @", sql_expr(query->limit));
}

static void put_limit_sqlite(Sql *sql, const Query *query)
{
    sql_put_text(sql, "\n LIMIT ");
    if (query->limit)
        sql_put_expr(sql, query->limit);
    else
        sql_put_text(sql, "-1");
    sql_put_text(sql, " OFFSET ");
    if (query->offset)
        sql_put_expr(sql, query->offset);
    else if (sql->mode == BIND_PARAMS)
        sql_put_expr(sql, expr_literal(sql->arena, &(Datum){ .kind = DATUM_INT }, NULL));
    else
        sql_put_text(sql, "0");
}

static void put_limit(Sql *sql, const Query *query)
{
    if (!query->limit && !query->offset)
        return;
    if (is_mysql(sql)) {
        put_limit_mysql(sql, query);
    } else if (is_sqlite(sql)) {
        put_limit_sqlite(sql, query);
    } else {
        if (query->limit)
            sql_put(sql, " \n LIMIT @", sql_expr(query->limit));
        else
            sql_put_text(sql, "\n LIMIT ALL");
        if (query->offset)
            sql_put(sql, " OFFSET @", sql_expr(query->offset));
    }
}

static void put_list_after(Sql *sql, const char *words, const ExprVec *exprs)
{
    if (exprs->len == 0)
        return;
    sql_put_text(sql, words);
    sql_put_exprs(sql, exprs);
}

static void put_for_update(Sql *sql, const Query *query)
{
    if (!query->for_update || is_sqlite(sql))
        return;
    sql_put_text(sql, query->for_share ? " FOR SHARE" : " FOR UPDATE");
    put_list_after(sql, " OF ", &query->for_update_of);
    if (query->nowait)
        sql_put_text(sql, " NOWAIT");
    if (query->skip_locked)
        sql_put_text(sql, " SKIP LOCKED");
}

static void put_words(Sql *sql, const StrVec *words)
{
    VEC_EACH (const Str, each, words)
        sql_put(sql, "@ ", sql_raw(*each));
}

static void put_ctes(Sql *sql, const ExprVec *froms)
{
    bool first = true;
    VEC_EACH (Expr *, each, froms) {
        if ((*each)->kind != EXPR_CTE)
            continue;
        sql_put_text(sql, !first ? ", \n" : (*each)->recursive ? "WITH RECURSIVE " : "WITH ");
        first = false;
        sql_put(sql, "@ AS \n", sql_name((*each)->name));
        put_nested(sql, (*each)->args.items[0]);
    }
    if (!first)
        sql_put_text(sql, "\n ");
}

static void put_froms(Sql *sql, const ExprVec *froms)
{
    for (size_t i = 0; i < froms->len; i++) {
        sql_put_text(sql, i ? ", " : " \nFROM ");
        put_from(sql, froms->items[i]);
    }
}

static void put_select(Sql *sql, const Query *query)
{
    bool named = sql->name_columns;
    sql->name_columns = false;
    ExprVec froms = select_froms(sql, query);
    put_ctes(sql, &froms);
    sql_put_text(sql, "SELECT ");
    put_words(sql, &query->prefixes);
    if (query->distinct_on.len) {
        put_list_after(sql, "DISTINCT ON (", &query->distinct_on);
        sql_put_text(sql, ") ");
    } else if (query->distinct) {
        sql_put_text(sql, "DISTINCT ");
    }
    const ExprVec *outer = sql->outer_froms;
    sql->outer_froms = &froms;
    put_select_columns(sql, &query->columns, named);
    put_froms(sql, &froms);
    if (query->where.len && !froms.len && is_mysql(sql))
        sql_put_text(sql, " FROM DUAL");
    if (query->where.len) {
        sql_put_text(sql, " \nWHERE ");
        put_conditions(sql, &query->where);
    }
    put_list_after(sql, " GROUP BY ", &query->group_by);
    if (query->having.len) {
        sql_put_text(sql, " \nHAVING ");
        put_conditions(sql, &query->having);
    }
    put_list_after(sql, " ORDER BY ", &query->order_by);
    put_limit(sql, query);
    put_for_update(sql, query);
    sql->outer_froms = outer;
    sql->name_columns = named;
}

static void put_compound(Sql *sql, const Expr *expr)
{
    for (size_t i = 0; i < expr->args.len; i++) {
        if (i)
            sql_put(sql, " @ ", sql_raw(expr->text));
        sql_put_statement(sql, expr->args.items[i]);
    }
    put_list_after(sql, " ORDER BY ", &expr->query->order_by);
    put_limit(sql, expr->query);
}

static void put_values(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "VALUES ");
    sql_put_exprs(sql, &expr->args);
}

static Name assigned_name(const Expr *column)
{
    return column->kind == EXPR_COLUMN && column->column ? column->column->name : column->name;
}

/* A value in SET and VALUES: operations stand in brackets. */
static void put_assigned(Sql *sql, const Expr *column, const Expr *value)
{
    if (value->kind == EXPR_BIND) {
        sql->bind_stem = assigned_name(column).text;
        sql->bind_exact = true;
    }
    sql_put_operand(sql, value, OPERATOR_INDEX);
    sql->bind_stem = STR_NONE;
    sql->bind_exact = false;
}

static void put_row(Sql *sql, const AssignmentVec *row)
{
    sql_put_text(sql, "(");
    for (size_t i = 0; i < row->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        put_assigned(sql, row->items[i].column, row->items[i].value);
    }
    sql_put_text(sql, ")");
}

static void put_returning(Sql *sql, const Query *query)
{
    if (query->returning.len == 0)
        return;
    bool bare = sql->bare_columns;
    sql->bare_columns = is_sqlite(sql);
    sql_put_text(sql, " RETURNING ");
    put_select_columns(sql, &query->returning, false);
    sql->bare_columns = bare;
}

static void put_set(Sql *sql, const AssignmentVec *set, bool qualified)
{
    for (size_t i = 0; i < set->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        const Expr *column = set->items[i].column;
        if (qualified && column->column && column->column->table)
            sql_put_expr(sql, column);
        else
            sql_put_name(sql, assigned_name(column));
        sql_put_text(sql, "=");
        put_assigned(sql, column, set->items[i].value);
    }
}

static void put_conflict_target(Sql *sql, const OnConflict *conflict)
{
    if (name_given(conflict->constraint))
        sql_put(sql, " ON CONSTRAINT @", sql_name(conflict->constraint));
    if (conflict->columns.len == 0)
        return;
    sql_put(sql, " (@)", sql_names(&conflict->columns));
    if (conflict->index_where)
        sql_put(sql, " WHERE @", sql_expr(conflict->index_where));
}

static void put_on_conflict(Sql *sql, const OnConflict *conflict)
{
    AssignmentVec set = { 0 };
    VEC_EACH (const Assignment, each, &conflict->set)
        VEC_PUSH(sql->arena, &set, *each);
    if (is_mysql(sql)) {
        sql_put_text(sql, " ON DUPLICATE KEY UPDATE ");
        put_set(sql, &set, false);
        return;
    }
    sql_put_text(sql, " ON CONFLICT");
    put_conflict_target(sql, conflict);
    if (!conflict->update) {
        sql_put_text(sql, " DO NOTHING");
        return;
    }
    sql_put_text(sql, " DO UPDATE SET ");
    for (size_t i = 0; i < set.len; i++) {
        sql_put(sql, i ? ", @ = " : "@ = ", sql_name(assigned_name(set.items[i].column)));
        put_assigned(sql, set.items[i].column, set.items[i].value);
    }
    if (conflict->where)
        sql_put(sql, " WHERE @", sql_expr(conflict->where));
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

static void put_insert(Sql *sql, const Query *query)
{
    sql_put_text(sql, "INSERT ");
    put_words(sql, &query->prefixes);
    sql_put_text(sql, "INTO ");
    put_from(sql, query->target);
    if (query->select) {
        if (query->column_names.len)
            sql_put(sql, " (@)", sql_names(&query->column_names));
        sql_put_text(sql, " ");
        sql_put_statement(sql, query->select);
    } else if (query->rows.len == 0 || query->rows.items[0].len == 0) {
        sql_put_text(sql, is_mysql(sql) ? " () VALUES ()" : " DEFAULT VALUES");
    } else {
        put_column_names(sql, &query->rows.items[0]);
        for (size_t i = 0; i < query->rows.len; i++) {
            sql_put_text(sql, i ? ", " : " VALUES ");
            put_row(sql, &query->rows.items[i]);
        }
    }
    if (query->on_conflict)
        put_on_conflict(sql, query->on_conflict);
    put_returning(sql, query);
}

/* The tables besides the target that WHERE and SET name. */
static ExprVec extra_froms(Sql *sql, const Query *query)
{
    ExprVec froms = { 0 }, extra = { 0 };
    if (query->rows.len)
        VEC_EACH (const Assignment, each, &query->rows.items[0])
            froms_of(sql->arena, each->value, &froms);
    froms_of_all(sql->arena, &query->where, &froms);
    VEC_EACH (Expr *, each, &froms)
        if (!from_covers(query->target, *each))
            VEC_PUSH(sql->arena, &extra, *each);
    return extra;
}

static void put_extra(Sql *sql, const ExprVec *extra, const char *before)
{
    for (size_t i = 0; i < extra->len; i++) {
        sql_put_text(sql, i ? ", " : before);
        put_from(sql, extra->items[i]);
    }
}

static void put_where(Sql *sql, const Query *query)
{
    if (query->where.len == 0)
        return;
    sql_put_text(sql, " WHERE ");
    put_conditions(sql, &query->where);
}

static void put_update(Sql *sql, const Query *query)
{
    ExprVec extra = extra_froms(sql, query);
    bool together = is_mysql(sql) && extra.len;
    sql_put_text(sql, "UPDATE ");
    put_words(sql, &query->prefixes);
    put_from(sql, query->target);
    if (together)
        put_extra(sql, &extra, ", ");
    sql_put_text(sql, " SET ");
    if (query->rows.len)
        put_set(sql, &query->rows.items[0], together);
    if (!together)
        put_extra(sql, &extra, " FROM ");
    put_where(sql, query);
    put_returning(sql, query);
}

static void put_delete(Sql *sql, const Query *query)
{
    ExprVec extra = extra_froms(sql, query);
    sql_put_text(sql, "DELETE ");
    put_words(sql, &query->prefixes);
    sql_put_text(sql, "FROM ");
    put_from(sql, query->target);
    if (is_mysql(sql) && extra.len) {
        sql_put_text(sql, " USING ");
        put_from(sql, query->target);
    }
    put_extra(sql, &extra, is_mysql(sql) ? ", " : " USING ");
    put_where(sql, query);
    put_returning(sql, query);
}

/* DML puts its target in sight of the subqueries in it. */
static void put_dml(Sql *sql, const Expr *expr, void (*put)(Sql *sql, const Query *query))
{
    ExprVec target = { 0 };
    VEC_PUSH(sql->arena, &target, expr->query->target);
    const ExprVec *outer = sql->outer_froms;
    sql->outer_froms = &target;
    put(sql, expr->query);
    sql->outer_froms = outer;
}

void sql_put_statement(Sql *sql, const Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_SELECT:
        put_select(sql, expr->query);
        return;
    case EXPR_COMPOUND:
        put_compound(sql, expr);
        return;
    case EXPR_INSERT:
        put_dml(sql, expr, put_insert);
        return;
    case EXPR_UPDATE:
        put_dml(sql, expr, put_update);
        return;
    case EXPR_DELETE:
        put_dml(sql, expr, put_delete);
        return;
    case EXPR_JOIN:
        put_join(sql, expr);
        return;
    case EXPR_VALUES:
        put_values(sql, expr);
        return;
    default:
        sql_put_expr(sql, expr);
    }
}

/* Whether the row gives the column a plain value. */
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
        bool rowid = is_sqlite(sql) && column == table_autoincrement_column(target->table);
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
    Expr copy = *statement;
    if (options->returning_keys && statement->kind == EXPR_INSERT && dialect->insert_returning) {
        copy.query = query_copy(arena, statement->query);
        add_key_returning(&sql, copy.query);
    }
    sql_put_statement(&sql, &copy);
    *text = sql_take(&sql);
    if (params)
        *params = sql.params;
    return sql_ok(&sql);
}
