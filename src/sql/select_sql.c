/* SPDX-License-Identifier: MIT */
/* SELECT, UNION and its kin, VALUES. */
#include "schema/table.h"
#include "sql/query_parts.h"

/* ---- columns ---- */

/* Whether a column that has a made name is written without it. */
static bool label_left_out(const Sql *sql, const ResultName *result, bool named)
{
    const Expr *expr = result->column;
    if (!str_given(result->name))
        return true;
    if (result->plain) {
        bool owned = expr->kind == EXPR_COLUMN && column_from(sql->arena, expr);
        return !named || !owned || str_is(result->name, "*");
    }
    bool negated = expr->kind == EXPR_AS_BOOLEAN && expr->args.items[0]->kind == EXPR_COLUMN &&
                   (sql->dialect->native_boolean || sql->dialect->id == DIALECT_DEFAULT);
    bool bare = expr->kind == EXPR_UNARY && expr->args.items[0]->kind == EXPR_COLUMN;
    return (bare || negated) && !named;
}

static void put_result(Sql *sql, const ResultName *result, bool named)
{
    const Expr *expr = result->column;
    Name label = name_from(result->name);
    bool without = label_left_out(sql, result, named);
    if (expr->kind == EXPR_LABEL && name_given(expr->name))
        label = expr->name;
    else if (!without && result->identity)
        label = name_from(sql_anonymous(sql, result->identity, result->name));
    if (result->plain && expr->kind == EXPR_COLUMN)
        label.quote = expr->name.quote;
    sql_put_expr(sql, expr);
    if (!without)
        sql_put(sql, " AS @", sql_name(label));
}

void sql_put_result_columns(Sql *sql, const ExprVec *columns, bool named)
{
    ResultNameVec results = result_names(sql->arena, columns);
    bool outer = sql->within_columns;
    sql->within_columns = true;
    for (size_t i = 0; i < results.len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        put_result(sql, &results.items[i], named);
    }
    sql->within_columns = outer;
}

/* ---- conditions ---- */

/*
 * What and_() makes of conditions: those that say nothing are left out (TRUE, and_() of nothing),
 * a FALSE stands for all.
 */
static ExprVec conditions_real(Sql *sql, const ExprVec *conditions)
{
    ExprVec real = { 0 }, one = { 0 };
    Expr *truth = NULL;
    VEC_EACH (Expr *, each, conditions) {
        if ((*each)->kind == EXPR_FALSE) {
            VEC_PUSH(sql->arena, &one, *each);
            return one;
        }
        if ((*each)->kind == EXPR_TRUE)
            truth = *each;
        else if ((*each)->kind != EXPR_BOOLEAN || (*each)->args.len)
            VEC_PUSH(sql->arena, &real, *each);
    }
    if (real.len == 0 && truth)
        VEC_PUSH(sql->arena, &real, truth);
    return real;
}

void sql_put_conditions(Sql *sql, const char *words, const ExprVec *conditions)
{
    ExprVec real = conditions_real(sql, conditions);
    Operator op = real.len > 1 ? OPERATOR_AND : OPERATOR_NONE;
    for (size_t i = 0; i < real.len; i++) {
        sql_put_text(sql, i ? " AND " : words);
        sql_put_condition(sql, real.items[i], op);
    }
}

/* ---- LIMIT, FOR UPDATE ---- */

static void put_limit_mysql(Sql *sql, const Query *query)
{
    if (query->offset && query->limit)
        sql_put(sql, " \n LIMIT @, @", sql_expr(query->offset), sql_expr(query->limit));
    else if (query->offset)
        sql_put(sql, " \n LIMIT @, 18446744073709551615", sql_expr(query->offset));
    else
        sql_put(sql, " \n LIMIT @", sql_expr(query->limit));
}

static void put_number(Sql *sql, int64_t number)
{
    Datum value = datum_int(number);
    sql_put_expr(sql, expr_literal(sql->arena, &value, NULL));
}

static void put_limit_sqlite(Sql *sql, const Query *query)
{
    sql_put_text(sql, "\n LIMIT ");
    if (query->limit)
        sql_put_expr(sql, query->limit);
    else
        put_number(sql, -1);
    sql_put_text(sql, " OFFSET ");
    if (query->offset)
        sql_put_expr(sql, query->offset);
    else
        put_number(sql, 0);
}

static void put_limit_default(Sql *sql, const Query *query)
{
    if (query->limit)
        sql_put(sql, "\n LIMIT @", sql_expr(query->limit));
    else
        sql_put_text(sql, "\n LIMIT -1");
    if (query->offset)
        sql_put(sql, " OFFSET @", sql_expr(query->offset));
}

static void put_fetch(Sql *sql, const Query *query)
{
    bool postgresql = sql_is_postgresql(sql);
    if (query->offset)
        sql_put(sql, postgresql ? "\n OFFSET (@) ROWS" : "\n OFFSET @ ROWS",
                sql_expr(query->offset));
    sql_put(sql, postgresql ? "\n FETCH FIRST (@)" : "\n FETCH FIRST @", sql_expr(query->limit));
    sql_put(sql, "@ ROWS @", sql_keyword(query->fetch_percent ? " PERCENT" : ""),
            sql_keyword(query->fetch_with_ties ? "WITH TIES" : "ONLY"));
}

void sql_put_limit(Sql *sql, const Query *query)
{
    if (!query->limit && !query->offset)
        return;
    if (query->fetch && query->limit) {
        put_fetch(sql, query);
    } else if (sql_is_mysql(sql)) {
        put_limit_mysql(sql, query);
    } else if (sql_is_sqlite(sql)) {
        put_limit_sqlite(sql, query);
    } else if (sql_is_default(sql)) {
        put_limit_default(sql, query);
    } else {
        if (query->limit)
            sql_put(sql, " \n LIMIT @", sql_expr(query->limit));
        else
            sql_put_text(sql, "\n LIMIT ALL");
        if (query->offset)
            sql_put(sql, " OFFSET @", sql_expr(query->offset));
    }
}

static void put_for_update_of(Sql *sql, const ExprVec *of)
{
    ExprVec tables = { 0 };
    VEC_EACH (Expr *const, each, of) {
        Expr *from = expr_is_from(*each) ? *each : column_from(sql->arena, *each);
        if (from && !sql_froms_have(&tables, from))
            VEC_PUSH(sql->arena, &tables, from);
    }
    for (size_t i = 0; i < tables.len; i++)
        sql_put(sql, i ? ", @" : " OF @", sql_name(sql_from_name(sql, tables.items[i])));
}

static void put_for_update(Sql *sql, const Query *query)
{
    if ((!query->for_update && !query->for_share) || sql_is_sqlite(sql))
        return;
    bool key = query->for_key_share && sql_is_postgresql(sql);
    if (query->for_share && sql_is_mysql(sql))
        sql_put_text(sql, " LOCK IN SHARE MODE");
    else if (query->for_share && !sql_is_default(sql))
        sql_put_text(sql, key ? " FOR KEY SHARE" : " FOR SHARE");
    else
        sql_put_text(sql, key ? " FOR NO KEY UPDATE" : " FOR UPDATE");
    if (sql_is_default(sql))
        return;
    if (sql_is_postgresql(sql))
        put_for_update_of(sql, &query->for_update_of);
    if (query->nowait)
        sql_put_text(sql, " NOWAIT");
    if (query->skip_locked)
        sql_put_text(sql, " SKIP LOCKED");
}

/* ---- SELECT ---- */

static void put_ordered_after(Sql *sql, const char *words, const ExprVec *exprs)
{
    if (exprs->len == 0)
        return;
    sql_put_text(sql, words);
    sql_put_ordered_list(sql, exprs);
}

/* Labels by what they stand for: their names might be those of columns. */
static void put_group_by(Sql *sql, const ExprVec *exprs)
{
    if (exprs->len == 0)
        return;
    sql_put_text(sql, " GROUP BY ");
    sql_put_exprs(sql, exprs);
}

void sql_put_words(Sql *sql, const StrVec *words, const StrVec *dialects, bool before)
{
    for (size_t i = 0; i < words->len; i++) {
        Str dialect = i < dialects->len ? dialects->items[i] : STR("*");
        if (!str_is(dialect, "*") && !str_is(dialect, sql->dialect->name))
            continue;
        sql_put(sql, before ? "@ " : " @ ", sql_raw(words->items[i]));
    }
}

static void put_distinct(Sql *sql, const Query *query)
{
    if (query->distinct_on.len && sql_is_postgresql(sql)) {
        sql_put_text(sql, "DISTINCT ON (");
        sql_put_ordered_list(sql, &query->distinct_on);
        sql_put_text(sql, ") ");
    } else if (query->distinct) {
        sql_put_text(sql, "DISTINCT ");
    }
}

static void put_froms(Sql *sql, const ExprVec *froms)
{
    for (size_t i = 0; i < froms->len; i++) {
        sql_put_text(sql, i ? ", " : " \nFROM ");
        sql_put_from(sql, froms->items[i]);
    }
}

static void put_select_body(Sql *sql, const Query *query, const ExprVec *froms, bool named)
{
    sql_put_text(sql, "SELECT ");
    sql_put_words(sql, &query->prefixes, &query->prefix_dialects, true);
    put_distinct(sql, query);
    sql_put_result_columns(sql, &query->columns, named);
    put_froms(sql, froms);
    if (query->where.len && !froms->len && sql_is_mysql(sql))
        sql_put_text(sql, " FROM DUAL");
    sql_put_conditions(sql, " \nWHERE ", &query->where);
    put_group_by(sql, &query->group_by);
    sql_put_conditions(sql, " \nHAVING ", &query->having);
    put_ordered_after(sql, " ORDER BY ", &query->order_by);
    sql_put_limit(sql, query);
    put_for_update(sql, query);
    sql_put_words(sql, &query->suffixes, &query->suffix_dialects, false);
}

void sql_put_select(Sql *sql, const Expr *expr)
{
    const Query *query = expr->query;
    bool named = sql->name_columns, within = sql->within_columns;
    size_t start = sql->buf.len, first = sql->params.len;
    ExprVec froms = sql_select_froms(sql, query);
    SqlFrame frame = sql_frame(sql, query, &froms);
    sql->name_columns = sql->as_from = sql->within_columns = false;
    VEC_EACH (Expr *const, each, &query->ctes)
        sql_put_cte_now(sql, *each);
    const SqlFrame *outer = sql->frame;
    sql->frame = &frame;
    sql->nested++;
    put_select_body(sql, query, &froms, named);
    sql->nested--;
    sql->frame = outer;
    sql->within_columns = within;
    sql_put_ctes(sql, start, first);
}

/* ---- UNION ---- */

static bool stands_apart(const Expr *part)
{
    if (part->kind == EXPR_COMPOUND)
        return true;
    const Query *query = part->kind == EXPR_SELECT ? part->query : NULL;
    return query && (query->order_by.len || query->limit || query->offset || query->for_update);
}

/* Of those that stand without brackets: what is inside them is the server's to judge. */
static bool widths_agree(Sql *sql, const Expr *compound)
{
    size_t first = 0;
    for (size_t i = 0; i < compound->args.len; i++) {
        const Expr *part = compound->args.items[i];
        if (part->kind != EXPR_SELECT || stands_apart(part))
            return true;
        size_t width = exprs_flat(sql->arena, &part->query->columns).len;
        if (i == 0)
            first = width;
        else if (width != first)
            return fail(sql->err, ERR_SCHEMA,
                        "All selectables passed to CompoundSelect must have identical numbers of "
                        "columns; select #1 has %zu columns, select #%zu has %zu",
                        first, i + 1, width);
    }
    return true;
}

void sql_put_compound(Sql *sql, const Expr *expr)
{
    if (!widths_agree(sql, expr))
        return;
    bool named = sql->name_columns, as_from = sql->as_from;
    size_t start = sql->buf.len, first = sql->params.len;
    VEC_EACH (Expr *const, each, &expr->query->ctes)
        sql_put_cte_now(sql, *each);
    sql->nested++;
    for (size_t i = 0; i < expr->args.len; i++) {
        const Expr *part = expr->args.items[i];
        sql->name_columns = named;
        sql->as_from = as_from;
        if (i)
            sql_put(sql, " @ ", sql_raw(expr->text));
        if (stands_apart(part))
            sql_put_text(sql, "(");
        sql_put_statement(sql, part);
        if (stands_apart(part))
            sql_put_text(sql, ")");
    }
    sql->name_columns = sql->as_from = false;
    Query shown = *expr->query;
    const ExprVec *columns = statement_columns(expr);
    if (columns)
        shown.columns = *columns;
    SqlFrame frame = { .outer = sql->frame, .query = &shown };
    const SqlFrame *outer = sql->frame;
    sql->frame = &frame;
    sql->bare_columns = true;
    put_group_by(sql, &expr->query->group_by);
    put_ordered_after(sql, " ORDER BY ", &expr->query->order_by);
    sql->bare_columns = false;
    sql->frame = outer;
    sql_put_limit(sql, expr->query);
    sql->nested--;
    sql_put_ctes(sql, start, first);
}

void sql_put_values(Sql *sql, const Expr *expr)
{
    BindMode mode = sql->mode;
    if (expr->query->literal_values && sql_names_binds(sql))
        sql->mode = BIND_LITERAL;
    sql_put_text(sql, "VALUES ");
    sql_put_exprs(sql, &expr->args);
    sql->mode = mode;
}
