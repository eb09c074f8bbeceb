/* SPDX-License-Identifier: MIT */
/* What stands behind FROM, which of it a SELECT leaves to those around it, and WITH. */
#include "schema/table.h"
#include "sql/query_parts.h"

/* ---- which FROMs ---- */

static void from_add(Arena *arena, ExprVec *froms, Expr *from)
{
    VEC_EACH (Expr *, each, froms)
        if (from_same(*each, from))
            return;
    VEC_PUSH(arena, froms, from);
}

static void froms_of_list(Arena *arena, const ExprVec *exprs, ExprVec *froms)
{
    VEC_EACH (Expr *const, each, exprs)
        expr_froms(arena, *each, froms);
}

static bool from_covers(const Expr *from, const Expr *other)
{
    if (from_same(from, other))
        return true;
    return from->kind == EXPR_JOIN &&
           (from_covers(from->args.items[0], other) || from_covers(from->args.items[1], other));
}

bool sql_froms_have(const ExprVec *froms, const Expr *from)
{
    VEC_EACH (Expr *, each, froms)
        if (from_same(*each, from))
            return true;
    return false;
}

static bool hidden_by_join(const ExprVec *froms, const Expr *from)
{
    VEC_EACH (Expr *, each, froms)
        if (*each != from && (*each)->kind == EXPR_JOIN && !from_same(*each, from) &&
            from_covers(*each, from))
            return true;
    return false;
}

static ExprVec froms_without(Arena *arena, const ExprVec *froms, const ExprVec *away, bool not_in)
{
    ExprVec rest = { 0 };
    VEC_EACH (Expr *, each, froms)
        if (sql_froms_have(away, *each) == not_in)
            VEC_PUSH(arena, &rest, *each);
    return rest;
}

/* Those of `froms` that are also in `others`. */
static ExprVec froms_common(Arena *arena, const ExprVec *froms, const ExprVec *others)
{
    return froms_without(arena, froms, others, true);
}

static ExprVec froms_correlated(Sql *sql, const Query *query, const ExprVec *froms)
{
    const SqlFrame *frame = sql->frame;
    ExprVec around = frame ? frame->all_froms : (ExprVec){ 0 }, away = { 0 };
    if (query->correlates) {
        ExprVec common = froms_common(sql->arena, froms, &around);
        away = froms_common(sql->arena, &common, &query->correlate);
    } else if (query->correlates_except) {
        ExprVec common = froms_common(sql->arena, froms, &around);
        away = froms_without(sql->arena, &common, &query->correlate, false);
    } else if (frame && !sql->as_from && froms->len > 1) {
        away = froms_common(sql->arena, froms, &frame->froms);
    }
    ExprVec own = froms_without(sql->arena, froms, &away, false);
    if (own.len == 0 && froms->len)
        fail(sql->err, ERR_SCRIPT,
             "InvalidRequestError: Select statement returned no FROM clauses due to "
             "auto-correlation; specify correlate(<tables>) to control correlation manually.");
    return own;
}

ExprVec sql_select_froms(Sql *sql, const Query *query)
{
    ExprVec froms = { 0 }, shown = { 0 };
    VEC_EACH (Expr *, each, &query->froms)
        from_add(sql->arena, &froms, *each);
    froms_of_list(sql->arena, &query->columns, &froms);
    froms_of_list(sql->arena, &query->where, &froms);
    VEC_EACH (Expr *, each, &froms)
        if (!hidden_by_join(&froms, *each))
            VEC_PUSH(sql->arena, &shown, *each);
    return froms_correlated(sql, query, &shown);
}

static void frame_add(Arena *arena, ExprVec *froms, Expr *from)
{
    from_add(arena, froms, from);
    if (from->kind == EXPR_JOIN) {
        frame_add(arena, froms, from->args.items[0]);
        frame_add(arena, froms, from->args.items[1]);
    }
}

SqlFrame sql_frame(Sql *sql, const Query *query, const ExprVec *froms)
{
    SqlFrame frame = { .outer = sql->frame, .query = query };
    VEC_EACH (Expr *const, each, froms)
        frame_add(sql->arena, &frame.froms, *each);
    VEC_EACH (Expr *, each, &frame.froms)
        VEC_PUSH(sql->arena, &frame.all_froms, *each);
    if (sql->frame)
        VEC_EACH (Expr *const, each, &sql->frame->all_froms)
            from_add(sql->arena, &frame.all_froms, *each);
    return frame;
}

/* ---- writing them ---- */

static void put_join(Sql *sql, const Expr *join)
{
    const Expr *right = join->args.items[1];
    sql_put_from(sql, join->args.items[0]);
    const char *word = join->full          ? " FULL OUTER JOIN "
                       : join->outer       ? " LEFT OUTER JOIN "
                       : sql_is_mysql(sql) ? " INNER JOIN "
                                           : " JOIN ";
    sql_put_text(sql, word);
    if (right->kind == EXPR_JOIN) {
        sql_put_text(sql, "(");
        sql_put_from(sql, right);
        sql_put_text(sql, ")");
    } else {
        sql_put_from(sql, right);
    }
    if (join->args.len > 2) {
        sql_put_text(sql, " ON ");
        sql_put_condition(sql, join->args.items[2], OPERATOR_NONE);
    }
}

/* A statement inside an alias or a CTE: its columns get names; only LATERAL sees those around. */
static void put_nested(Sql *sql, const Expr *inner, bool lateral)
{
    bool as_from = sql->as_from, operator= sql->in_operator, within = sql->within_columns;
    sql->as_from = !lateral;
    sql->in_operator = sql->within_columns = false;
    sql->name_columns = true;
    sql_put_text(sql, "(");
    sql_put_statement(sql, inner);
    sql_put_text(sql, ")");
    sql->name_columns = false;
    sql->as_from = as_from;
    sql->in_operator = operator;
    sql->within_columns = within;
}

static void put_column_list(Sql *sql, const Expr *from, bool typed)
{
    ExprVec columns = columns_of(sql->arena, expr_copy(sql->arena, from));
    sql_put_text(sql, "(");
    for (size_t i = 0; i < columns.len; i++) {
        bool bare = sql->bare_columns;
        sql->bare_columns = true;
        sql_put(sql, i ? ", @" : "@", sql_expr(columns.items[i]));
        sql->bare_columns = bare;
        if (!typed)
            continue;
        sql_put_text(sql, " ");
        sql_put_type(sql, columns.items[i]->type);
    }
    sql_put_text(sql, ")");
}

static void put_values_alias(Sql *sql, const Expr *from)
{
    sql_put_text(sql, "(");
    sql_put_values(sql, from);
    sql_put_text(sql, ")");
    if (!name_given(from->name) && !from->anonymous)
        return;
    sql_put(sql, " AS @ ", sql_name(sql_from_name(sql, from)));
    put_column_list(sql, from, false);
}

static void put_alias(Sql *sql, const Expr *alias)
{
    const Expr *inner = alias->args.items[0];
    Name name = sql_from_name(sql, alias);
    if (alias->kind == EXPR_LATERAL)
        sql_put_text(sql, "LATERAL ");
    if (inner->kind == EXPR_TABLE)
        sql_put_from(sql, inner);
    else if (inner->kind == EXPR_VALUES)
        put_values_alias(sql, inner);
    else if (inner->kind == EXPR_CTE) {
        sql_put_cte_now(sql, inner);
        sql_put_name(sql, sql_from_name(sql, inner));
    } else if (statement_columns(inner) || inner->kind == EXPR_TEXT)
        put_nested(sql, inner, alias->kind == EXPR_LATERAL);
    else
        sql_put_expr(sql, inner);
    sql_put(sql, " AS @", sql_name(name));
    if (alias->recursive)
        put_column_list(sql, alias, alias->typed);
}

static void put_sample(Sql *sql, const Expr *from)
{
    sql_put_from(sql, from->args.items[0]);
    sql_put(sql, " AS @ TABLESAMPLE @", sql_name(sql_from_name(sql, from)),
            sql_expr(from->args.items[1]));
    if (from->otherwise)
        sql_put(sql, " REPEATABLE (@)", sql_expr(from->otherwise));
}

void sql_put_from(Sql *sql, const Expr *from)
{
    switch ((int)from->kind) {
    case EXPR_TABLE:
        sql_put(sql, "@", sql_table(from->table->schema, from->table->name));
        return;
    case EXPR_JOIN:
        put_join(sql, from);
        return;
    case EXPR_ALIAS:
    case EXPR_LATERAL:
        put_alias(sql, from);
        return;
    case EXPR_CTE:
        sql_put_cte_now(sql, from);
        sql_put_name(sql, sql_from_name(sql, from));
        return;
    case EXPR_VALUES:
        put_values_alias(sql, from);
        return;
    case EXPR_TABLESAMPLE:
        put_sample(sql, from);
        return;
    default:
        if (statement_columns(from))
            put_nested(sql, from, false);
        else
            sql_put_expr(sql, from);
    }
}

/* ---- WITH ---- */

static SqlCte *cte_of(Sql *sql, const void *identity)
{
    VEC_EACH (SqlCte, each, &sql->ctes->items)
        if (each->identity == identity)
            return each;
    return NULL;
}

/* The CTE that another one goes on from is the same to those who name it. */
static bool cte_is_known(Sql *sql, const Expr *cte)
{
    for (size_t i = 0; i < sql->ctes->open.len; i++) {
        const Expr *open = sql->ctes->open.items[i];
        for (; open; open = open->restates)
            if (expr_identity(open) == expr_identity(cte))
                return true;
    }
    return cte_of(sql, expr_identity(cte)) != NULL;
}

static void put_cte_body(Sql *sql, const Expr *cte)
{
    sql_put_name(sql, sql_from_name(sql, cte));
    const Expr *values = cte->args.items[0]->kind == EXPR_VALUES ? cte->args.items[0] : NULL;
    if (cte->recursive || values)
        put_column_list(sql, values ? values : cte, false);
    sql_put_text(sql, " AS ");
    if (cte->words)
        sql_put_words(sql, &cte->words->prefixes, &cte->words->prefix_dialects, true);
    sql_put_text(sql, "\n");
    const SqlFrame *frame = sql->frame;
    bool bare = sql->bare_columns;
    sql->bare_columns = false;
    sql->frame = NULL;
    sql->nested++;
    put_nested(sql, cte->args.items[0], false);
    sql->nested--;
    sql->frame = frame;
    sql->bare_columns = bare;
    if (cte->words)
        sql_put_words(sql, &cte->words->suffixes, &cte->words->suffix_dialects, false);
}

/* Writes the CTE's body aside, the first time that it is named. */
void sql_put_cte_now(Sql *sql, const Expr *cte)
{
    if (!sql->ctes || cte_is_known(sql, cte))
        return;
    sql->binds_vary = true; /* its placeholders come first in the end */
    Buf buf = sql->buf;
    DatumVec params = sql->params;
    StrVec names = sql->param_names;
    bool ordered = !sql_is_postgresql(sql) || sql->mode != BIND_PARAMS;
    sql->buf = buf_in(sql->arena);
    if (ordered) {
        sql->params = (DatumVec){ 0 };
        sql->param_names = (StrVec){ 0 };
    }
    VEC_PUSH(sql->arena, &sql->ctes->open, cte);
    put_cte_body(sql, cte);
    sql->ctes->open.len--;
    SqlCte made = { .identity = expr_identity(cte),
                    .recursive = cte->recursive,
                    .text = buf_take(&sql->buf, sql->arena),
                    .nested = cte->nesting && sql->nested ? sql->nested - 1 : 0 };
    sql->buf = buf;
    if (ordered) {
        made.params = sql->params;
        made.param_names = sql->param_names;
        sql->params = params;
        sql->param_names = names;
    }
    VEC_PUSH(sql->arena, &sql->ctes->items, made);
    for (const Expr *old = cte->restates; old; old = old->restates) {
        SqlCte *before = cte_of(sql, expr_identity(old));
        if (before)
            before->text = STR_NONE;
    }
}

static void ctes_text(Sql *sql, size_t depth, Buf *text, DatumVec *params, StrVec *names)
{
    bool first = true, recursive = false;
    VEC_EACH (const SqlCte, each, &sql->ctes->items)
        recursive |= each->recursive && each->nested == depth;
    VEC_EACH (SqlCte, each, &sql->ctes->items) {
        if (each->nested != depth || !str_given(each->text))
            continue;
        buf_puts(text, !first ? ", \n" : recursive ? "WITH RECURSIVE " : "WITH ");
        buf_put(text, each->text);
        first = false;
        each->text = STR_NONE;
        if (depth)
            each->identity = NULL; /* who names it further out writes it anew */
        for (size_t i = 0; i < each->params.len; i++) {
            VEC_PUSH(sql->arena, params, each->params.items[i]);
            VEC_PUSH(sql->arena, names, each->param_names.items[i]);
        }
    }
    if (!first)
        buf_puts(text, "\n ");
}

void sql_put_ctes(Sql *sql, size_t start, size_t first_param)
{
    if (!sql->ctes || sql->ctes->items.len == 0)
        return;
    Buf text = buf_in(sql->arena);
    DatumVec params = { 0 };
    StrVec names = { 0 };
    for (size_t i = 0; i < first_param; i++) {
        VEC_PUSH(sql->arena, &params, sql->params.items[i]);
        VEC_PUSH(sql->arena, &names, sql->param_names.items[i]);
    }
    ctes_text(sql, sql->nested, &text, &params, &names);
    if (text.len == 0)
        return;
    Str whole = buf_take(&sql->buf, sql->arena);
    sql->buf = buf_in(sql->arena);
    buf_put(&sql->buf, str_slice(whole, 0, start));
    buf_put(&sql->buf, buf_take(&text, sql->arena));
    buf_put(&sql->buf, str_slice(whole, start, whole.len));
    for (size_t i = first_param; i < sql->params.len; i++) {
        VEC_PUSH(sql->arena, &params, sql->params.items[i]);
        VEC_PUSH(sql->arena, &names, sql->param_names.items[i]);
    }
    sql->params = params;
    sql->param_names = names;
}
