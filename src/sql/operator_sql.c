/* SPDX-License-Identifier: MIT */
/* Operators as SQL. */
#include "sql/query_parts.h"

static bool native_boolean(const Sql *sql)
{
    return sql->dialect->native_boolean || sql_is_default(sql);
}

/* ---- binary operators ---- */

static const char *binary_word(const Sql *sql, Operator op)
{
    if (sql_is_default(sql) && op == OPERATOR_REGEXP)
        return "<regexp>";
    if (sql_is_default(sql) && op == OPERATOR_NOT_REGEXP)
        return "<not regexp>";
    if (op == OPERATOR_BITWISE_XOR && sql_is_postgresql(sql))
        return "#";
    return op == OPERATOR_MOD && sql->double_percent ? "%%" : operator_sql(op);
}

/* PG's own operators, which stand in brackets within another one. */
static bool operator_stands_apart(Operator op)
{
    return op >= OPERATOR_JSON_GET && op <= OPERATOR_PATH_MATCH && op != OPERATOR_OVERLAP;
}

static void put_generic(Sql *sql, const Expr *expr)
{
    bool outer = sql->in_operator;
    bool brackets = outer && operator_stands_apart(expr->op);
    sql->in_operator |= expr->op != OPERATOR_MOD;
    if (brackets)
        sql_put_text(sql, "(");
    sql_put_expr(sql, expr->args.items[0]);
    if (expr->op == OPERATOR_CUSTOM) {
        sql_put_text(sql, " ");
        sql_put_plain(sql, expr->text);
        sql_put_text(sql, " ");
    } else {
        sql_put(sql, " @ ", sql_keyword(binary_word(sql, expr->op)));
    }
    bool keyed = expr->op == OPERATOR_JSON_GET_TEXT || expr->op == OPERATOR_JSON_PATH_TEXT;
    sql_put_expr(sql, keyed ? sql_json_key(sql, expr->args.items[1]) : expr->args.items[1]);
    if (brackets)
        sql_put_text(sql, ")");
    sql->in_operator = outer;
}

static void put_is_distinct(Sql *sql, const Expr *expr)
{
    bool same = expr->op == OPERATOR_IS_NOT_DISTINCT;
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    if (sql_is_mysql(sql))
        sql_put(sql, same ? "@ <=> @" : "NOT (@ <=> @)", sql_expr(left), sql_expr(right));
    else if (sql_is_sqlite(sql))
        sql_put(sql, same ? "@ IS @" : "@ IS NOT @", sql_expr(left), sql_expr(right));
    else
        put_generic(sql, expr);
}

static void put_concat_args(Sql *sql, const Expr *expr, bool first)
{
    VEC_EACH (Expr *, each, &expr->args) {
        if ((*each)->kind == EXPR_BINARY && (*each)->op == OPERATOR_CONCAT) {
            put_concat_args(sql, *each, first);
        } else {
            if (!first)
                sql_put_text(sql, ", ");
            sql_put_expr(sql, *each);
        }
        first = false;
    }
}

static void put_concat(Sql *sql, const Expr *expr)
{
    if (!sql_is_mysql(sql)) {
        put_generic(sql, expr);
        return;
    }
    sql_put_text(sql, "concat(");
    put_concat_args(sql, expr, true);
    sql_put_text(sql, ")");
}

static void put_division(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    if (sql_is_mysql(sql)) {
        sql_put(sql, "@ / @", sql_expr(left), sql_expr(right));
    } else if (sql_is_sqlite(sql)) {
        sql_put(sql, "@ / (@ + 0.0)", sql_expr(left), sql_expr(right));
    } else {
        sql_put(sql, "@ / CAST(@ AS ", sql_expr(left), sql_expr(right));
        if (type_is(right->type, TYPE_NUMERIC))
            sql_put_type(sql, right->type);
        else
            sql_put_text(sql, "NUMERIC");
        sql_put_text(sql, ")");
    }
}

static void put_floor_division(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    bool whole = type_is(right->type, TYPE_INTEGER) && type_is(left->type, TYPE_INTEGER) &&
                 !sql_is_mysql(sql);
    sql_put(sql, whole ? "@ / @" : "FLOOR(@ / @)", sql_expr(left), sql_expr(right));
}

/* SQLite has no XOR: what is in one but not in both. */
static void put_xor(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    if (!sql_is_sqlite(sql)) {
        put_generic(sql, expr);
        return;
    }
    bool outer = sql->in_operator;
    sql->in_operator = true;
    sql_put(sql, outer ? "((@ | @) - (@ & @))" : "(@ | @ - @ & @)", sql_expr(left), sql_expr(right),
            sql_expr(left), sql_expr(right));
    sql->in_operator = outer;
}

static void put_regexp(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    bool negated = expr->op == OPERATOR_NOT_REGEXP, flags = str_given(expr->text);
    bool ignore_case = flags && str_is(expr->text, "i");
    if (sql_is_postgresql(sql) && flags && !ignore_case) {
        Str pattern = str_format(sql->arena, "(?%.*s)", STR_ARG(expr->text));
        sql_put(sql, negated ? "@ !~ CONCAT(@, @)" : "@ ~ CONCAT(@, @)", sql_expr(left),
                sql_literal(pattern), sql_expr(right));
    } else if (sql_is_postgresql(sql)) {
        const char *word = negated ? "@ !~@ @" : "@ ~@ @";
        sql_put(sql, word, sql_expr(left), sql_keyword(ignore_case ? "*" : ""), sql_expr(right));
    } else if (sql_is_mysql(sql) && flags) {
        sql_put(sql, negated ? "NOT REGEXP_LIKE(@, @, @)" : "REGEXP_LIKE(@, @, @)", sql_expr(left),
                sql_expr(right), sql_literal(expr->text));
    } else {
        put_generic(sql, expr);
    }
}

static void put_regexp_replace(Sql *sql, const Expr *expr)
{
    if (sql_is_sqlite(sql)) {
        fail(sql->err, ERR_SCRIPT,
             "CompileError: sqlite dialect does not support regular expression replacements");
        return;
    }
    sql_put(sql, sql_is_default(sql) ? "<regexp replace>(@, @" : "REGEXP_REPLACE(@, @",
            sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
    if (str_given(expr->text) && !sql_is_default(sql))
        sql_put(sql, ", @", sql_literal(expr->text));
    sql_put_text(sql, ")");
}

static void put_match(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    bool negated = expr->op == OPERATOR_NOT_MATCH_TEXT;
    if (negated && !sql_is_default(sql))
        sql_put_text(sql, "NOT ");
    if (sql_is_postgresql(sql))
        sql_put(sql, "@ @ plainto_tsquery(@)", sql_expr(left), sql_raw(STR("@@")), sql_expr(right));
    else if (sql_is_mysql(sql))
        sql_put(sql, "MATCH (@) AGAINST (@ IN BOOLEAN MODE)", sql_expr(left), sql_expr(right));
    else
        put_generic(sql, expr);
}

/* ---- LIKE ---- */

static void put_escape(Sql *sql, const Expr *expr)
{
    if (expr->escape)
        sql_put(sql, " ESCAPE @", sql_value(&expr->escape->value));
}

static void put_like(Sql *sql, const Expr *expr)
{
    bool negated = operator_sql(expr->op)[0] == 'N';
    sql_put(sql, negated ? "@ NOT LIKE @" : "@ LIKE @", sql_expr(expr->args.items[0]),
            sql_expr(expr->args.items[1]));
    put_escape(sql, expr);
}

static void put_ilike(Sql *sql, const Expr *expr)
{
    bool negated = expr->op == OPERATOR_NOT_ILIKE;
    const char *format = sql_is_postgresql(sql) ? (negated ? "@ NOT ILIKE @" : "@ ILIKE @")
                         : negated              ? "lower(@) NOT LIKE lower(@)"
                                                : "lower(@) LIKE lower(@)";
    sql_put(sql, format, sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
    put_escape(sql, expr);
}

/* Where the wildcards stand around what is searched. */
static const struct {
    Operator op, negation;
    bool before, after, lower;
} affixes[] = {
    { OPERATOR_STARTS, OPERATOR_NOT_STARTS, false, true, false },
    { OPERATOR_ENDS, OPERATOR_NOT_ENDS, true, false, false },
    { OPERATOR_HOLDS, OPERATOR_NOT_HOLDS, true, true, false },
    { OPERATOR_ISTARTS, OPERATOR_NOT_ISTARTS, false, true, true },
    { OPERATOR_IENDS, OPERATOR_NOT_IENDS, true, false, true },
    { OPERATOR_IHOLDS, OPERATOR_NOT_IHOLDS, true, true, true },
};

static Expr *lowered(Sql *sql, Expr *expr)
{
    ExprVec args = { 0 };
    VEC_PUSH(sql->arena, &args, expr);
    return expr_function(sql->arena, STR("lower"), &args, expr->type);
}

static bool put_affix(Sql *sql, const Expr *expr)
{
    size_t i = 0, count = sizeof affixes / sizeof *affixes;
    while (i < count && affixes[i].op != expr->op && affixes[i].negation != expr->op)
        i++;
    if (i == count)
        return false;
    Arena *arena = sql->arena;
    Expr *left = expr->args.items[0], *right = expr->args.items[1];
    Expr *percent = expr_literal_column(arena, STR("'%'"), type_new(arena, TYPE_STRING));
    bool lower = affixes[i].lower && !sql_is_postgresql(sql);
    if (lower) {
        left = lowered(sql, left);
        right = lowered(sql, right);
    }
    if (affixes[i].before)
        right = expr_binary(arena, OPERATOR_CONCAT, percent, right);
    if (affixes[i].after)
        right = expr_binary(arena, OPERATOR_CONCAT, right, percent);
    bool negated = affixes[i].negation == expr->op;
    const char *word = affixes[i].lower && !lower ? (negated ? "@ NOT ILIKE @" : "@ ILIKE @")
                       : negated                  ? "@ NOT LIKE @"
                                                  : "@ LIKE @";
    sql_put(sql, word, sql_expr(left), sql_expr(right));
    put_escape(sql, expr);
    return true;
}

static void put_index(Sql *sql, const Expr *expr)
{
    if (sql_is_sqlite(sql) || sql_is_mysql(sql))
        sql_unsupported(sql, "element of type getitem");
    else
        sql_put(sql, "@[@]", sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
}

void sql_put_binary(Sql *sql, const Expr *expr)
{
    static void (*const writers[OPERATOR_COUNT])(Sql * sql, const Expr *expr) = {
        [OPERATOR_IS_DISTINCT] = put_is_distinct,
        [OPERATOR_IS_NOT_DISTINCT] = put_is_distinct,
        [OPERATOR_CONCAT] = put_concat,
        [OPERATOR_DIV] = put_division,
        [OPERATOR_FLOOR_DIV] = put_floor_division,
        [OPERATOR_BITWISE_XOR] = put_xor,
        [OPERATOR_REGEXP] = put_regexp,
        [OPERATOR_NOT_REGEXP] = put_regexp,
        [OPERATOR_REGEXP_REPLACE] = put_regexp_replace,
        [OPERATOR_MATCH_TEXT] = put_match,
        [OPERATOR_NOT_MATCH_TEXT] = put_match,
        [OPERATOR_LIKE] = put_like,
        [OPERATOR_NOT_LIKE] = put_like,
        [OPERATOR_ILIKE] = put_ilike,
        [OPERATOR_NOT_ILIKE] = put_ilike,
        [OPERATOR_INDEX] = put_index,
    };
    if (writers[expr->op])
        writers[expr->op](sql, expr);
    else if (!sql_put_json(sql, expr) && !put_affix(sql, expr))
        put_generic(sql, expr);
}

/* ---- unary operators, conditions ---- */

void sql_put_unary(Sql *sql, const Expr *expr)
{
    const Expr *operand = expr->args.items[0];
    SqlArg word = sql_keyword(operator_sql(expr->op));
    switch ((int)expr->op) {
    case OPERATOR_DESC:
    case OPERATOR_ASC:
    case OPERATOR_NULLS_FIRST:
    case OPERATOR_NULLS_LAST:
        sql_put(sql, "@ @", sql_expr(operand), word);
        return;
    case OPERATOR_ANY:
    case OPERATOR_ALL:
    case OPERATOR_DISTINCT:
    case OPERATOR_NOT:
        sql_put(sql, "@ @", word, sql_expr(operand));
        return;
    default:
        sql_put(sql, "@@", word, sql_expr(operand));
    }
}

void sql_put_boolean(Sql *sql, const Expr *expr)
{
    bool outer = sql->in_operator;
    sql->in_operator |= expr->args.len > 1;
    for (size_t i = 0; i < expr->args.len; i++) {
        if (i)
            sql_put(sql, " @ ", sql_keyword(operator_sql(expr->op)));
        sql_put_expr(sql, expr->args.items[i]);
    }
    sql->in_operator = outer;
}

void sql_put_as_boolean(Sql *sql, const Expr *expr)
{
    bool truth = expr->op == OPERATOR_IS_TRUE;
    const char *format = native_boolean(sql) ? (truth ? "@" : "NOT @") : truth ? "@ = 1" : "@ = 0";
    sql_put(sql, format, sql_expr(expr->args.items[0]));
}

void sql_put_between(Sql *sql, const Expr *expr)
{
    const char *word = expr->symmetric ? "@ @ SYMMETRIC " : "@ @ ";
    bool outer = sql->in_operator;
    sql_put(sql, word, sql_expr(expr->args.items[0]), sql_keyword(operator_sql(expr->op)));
    sql->in_operator = true;
    sql_put(sql, "@ AND @", sql_expr(expr->args.items[1]), sql_expr(expr->args.items[2]));
    sql->in_operator = outer;
}

/* ---- IN ---- */

static bool is_empty_list(const Sql *sql, const Expr *expr)
{
    if (expr->kind == EXPR_LIST)
        return expr->args.len == 0;
    if (expr->kind != EXPR_BIND || sql_names_binds(sql))
        return false;
    const Datum *value = sql_bind_given(sql, expr);
    return value && value->kind == DATUM_LIST && value->list.len == 0;
}

static Str repeated(Sql *sql, const char *item, size_t width)
{
    Buf text = buf_in(sql->arena);
    for (size_t i = 0; i < width; i++)
        buf_printf(&text, "%s%s", i ? ", " : "", item);
    return buf_take(&text, sql->arena);
}

void sql_put_empty_set(Sql *sql, size_t width)
{
    SqlArg ones = sql_raw(repeated(sql, "1", width));
    if (sql_is_postgresql(sql))
        sql_put(sql, "(SELECT @ WHERE 1!=1)",
                sql_raw(repeated(sql, "CAST(NULL AS INTEGER)", width)));
    else if (sql_is_mysql(sql))
        sql_put(sql, "(SELECT @ FROM (SELECT @) as _empty_set WHERE 1!=1)", ones, ones);
    else
        sql_put(sql, "(SELECT @ FROM (SELECT @) WHERE 1!=1)", ones, ones);
}

/* An empty list: a comparison that is never true, and for NOT IN always. */
static void put_empty_in(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *list = expr->args.items[1];
    size_t width = left->kind == EXPR_TUPLE ? left->args.len : 1;
    if (list->kind == EXPR_BIND)
        sql_bind_number(sql, list);
    if (sql_is_sqlite(sql)) {
        sql_put_empty_set(sql, width);
        return;
    }
    SqlArg nulls = sql_raw(repeated(sql, "NULL", width));
    bool negated = expr->op == OPERATOR_NOT_IN;
    if (width > 1)
        sql_put(sql, negated ? "((@)) OR (1 = 1)" : "((@)) AND (1 != 1)", nulls);
    else
        sql_put(sql, negated ? "(@) OR (1 = 1)" : "(@) AND (1 != 1)", nulls);
}

static void put_in_list(Sql *sql, const Expr *expr)
{
    const Expr *list = expr->args.items[1];
    if (is_empty_list(sql, list)) {
        put_empty_in(sql, expr);
    } else if (list->kind == EXPR_LIST) {
        bool tuples = expr->args.items[0]->kind == EXPR_TUPLE && sql_is_sqlite(sql);
        sql_put_text(sql, tuples ? "(VALUES " : "(");
        sql_put_exprs(sql, &list->args);
        sql_put_text(sql, ")");
    } else if (list->kind == EXPR_BIND) {
        Expr bind = *list;
        bind.identity = expr_identity(list);
        bind.expanding = true;
        bind.distinct = expr->args.items[0]->kind == EXPR_TUPLE;
        sql_put_bind(sql, &bind);
    } else {
        sql_put_expr(sql, list);
    }
}

void sql_put_in(Sql *sql, const Expr *expr)
{
    bool outer = sql->in_operator;
    sql->in_operator = true;
    bool negated = expr->op == OPERATOR_NOT_IN;
    sql_put(sql, negated ? "(@ NOT IN " : "@ IN ", sql_expr(expr->args.items[0]));
    put_in_list(sql, expr);
    if (negated)
        sql_put_text(sql, ")");
    sql->in_operator = outer;
}
