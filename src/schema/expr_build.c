/* SPDX-License-Identifier: MIT */
/* Operators: brackets, types, negations. */
#include "schema/expr.h"
#include "schema/table.h"

static const struct {
    const char *sql;
    int precedence;
    Operator negation;
    bool chains;
} operators[OPERATOR_COUNT] = {
#define OPERATOR_ROW(name, sql, precedence, negation, chains) \
    { sql, precedence, OPERATOR_##negation, chains },
    OPERATORS(OPERATOR_ROW)
#undef OPERATOR_ROW
};

const char *operator_sql(Operator op)
{
    return operators[op].sql;
}

/* ---- types ---- */

typedef enum Family {
    FAMILY_NONE,
    FAMILY_STRING,
    FAMILY_INTEGER,
    FAMILY_NUMERIC,
    FAMILY_BOOLEAN,
    FAMILY_DATE,
    FAMILY_TIME,
    FAMILY_DATE_TIME,
    FAMILY_INTERVAL,
    FAMILY_BINARY,
    FAMILY_JSON,
    FAMILY_ARRAY,
    FAMILY_UUID,
    FAMILY_OTHER,
} Family;

static const struct {
    TypeKind kind;
    Family family;
} families[] = {
    { TYPE_STRING, FAMILY_STRING },       { TYPE_INTEGER, FAMILY_INTEGER },
    { TYPE_NUMERIC, FAMILY_NUMERIC },     { TYPE_BOOLEAN, FAMILY_BOOLEAN },
    { TYPE_DATE, FAMILY_DATE },           { TYPE_TIME, FAMILY_TIME },
    { TYPE_DATE_TIME, FAMILY_DATE_TIME }, { TYPE_INTERVAL, FAMILY_INTERVAL },
    { TYPE_LARGE_BINARY, FAMILY_BINARY }, { TYPE_JSON, FAMILY_JSON },
    { TYPE_ARRAY, FAMILY_ARRAY },         { TYPE_UUID, FAMILY_UUID },
};

static Family family_of(const Type *type)
{
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    if (!type || type->kind == TYPE_NULL)
        return FAMILY_NONE;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (type_is(type, families[i].kind))
            return families[i].family;
    return FAMILY_OTHER;
}

/* left op right gives `result`; what is not listed keeps the left type. */
static const struct {
    Operator op;
    Family left, right;
    TypeKind result;
} adaptations[] = {
    { OPERATOR_ADD, FAMILY_INTEGER, FAMILY_DATE, TYPE_DATE },
    { OPERATOR_MUL, FAMILY_INTEGER, FAMILY_INTERVAL, TYPE_INTERVAL },
    { OPERATOR_DIV, FAMILY_INTEGER, FAMILY_INTEGER, TYPE_NUMERIC },
    { OPERATOR_MUL, FAMILY_NUMERIC, FAMILY_INTERVAL, TYPE_INTERVAL },
    { OPERATOR_ADD, FAMILY_DATE_TIME, FAMILY_INTERVAL, TYPE_DATE_TIME },
    { OPERATOR_SUB, FAMILY_DATE_TIME, FAMILY_DATE_TIME, TYPE_INTERVAL },
    { OPERATOR_ADD, FAMILY_DATE, FAMILY_INTERVAL, TYPE_DATE_TIME },
    { OPERATOR_ADD, FAMILY_DATE, FAMILY_TIME, TYPE_DATE_TIME },
    { OPERATOR_SUB, FAMILY_DATE, FAMILY_DATE, TYPE_INTEGER },
    { OPERATOR_SUB, FAMILY_DATE, FAMILY_INTERVAL, TYPE_DATE_TIME },
    { OPERATOR_SUB, FAMILY_DATE, FAMILY_DATE_TIME, TYPE_INTERVAL },
    { OPERATOR_ADD, FAMILY_TIME, FAMILY_DATE, TYPE_DATE_TIME },
    { OPERATOR_SUB, FAMILY_TIME, FAMILY_TIME, TYPE_INTERVAL },
    { OPERATOR_ADD, FAMILY_INTERVAL, FAMILY_DATE, TYPE_DATE_TIME },
    { OPERATOR_ADD, FAMILY_INTERVAL, FAMILY_DATE_TIME, TYPE_DATE_TIME },
    { OPERATOR_ADD, FAMILY_INTERVAL, FAMILY_TIME, TYPE_TIME },
};

static bool family_joins(Family family)
{
    return family == FAMILY_STRING || family == FAMILY_ARRAY;
}

static bool operator_compares(Operator op)
{
    bool affix = op >= OPERATOR_STARTS && op <= OPERATOR_NOT_IHOLDS;
    return affix ||
           (operators[op].precedence == 5 && op != OPERATOR_CONCAT && op != OPERATOR_DISTINCT &&
            op != OPERATOR_REGEXP_REPLACE && op != OPERATOR_DELETE_PATH && op != OPERATOR_NOT);
}

Type *operator_type(Arena *arena, Operator *op, Type *left, Type *right)
{
    Family a = family_of(left), b = family_of(right);
    if (operator_compares(*op))
        return type_new(arena, TYPE_BOOLEAN);
    bool json = type_is(left, TYPE_PG_JSONB), turns = *op == OPERATOR_ADD || *op == OPERATOR_MUL;
    if (*op == OPERATOR_ADD && ((family_joins(a) && (a == b || b == FAMILY_NONE)) || json))
        *op = OPERATOR_CONCAT;
    else if (*op == OPERATOR_ADD && a == FAMILY_NONE && family_joins(b))
        *op = OPERATOR_CONCAT;
    if (a == FAMILY_NONE && b != FAMILY_NONE && turns)
        return right;
    if (*op == OPERATOR_SHIFT_LEFT)
        return left;
    for (size_t i = 0; i < sizeof adaptations / sizeof *adaptations; i++)
        if (adaptations[i].op == *op && adaptations[i].left == a && adaptations[i].right == b)
            return type_new(arena, adaptations[i].result);
    bool wider = a == FAMILY_INTEGER && b == FAMILY_NUMERIC;
    bool loses = type_is(left, TYPE_FLOAT) && !type_is(right, TYPE_FLOAT);
    bool numbers = a == FAMILY_NUMERIC && b == FAMILY_NUMERIC && !loses;
    return wider || numbers ? right : left;
}

Type *expr_type_beside(Arena *arena, const Expr *left, const Datum *value)
{
    Type *natural = expr_type_of_datum(arena, value);
    if (!left->type || left->type->kind == TYPE_NULL)
        return natural;
    bool own = type_is(left->type, TYPE_DECORATOR) || type_is(left->type, TYPE_USER_DEFINED);
    if (!natural || own || family_of(natural) == family_of(left->type))
        return left->type;
    return natural;
}

Str expr_bind_stem(const Expr *expr)
{
    if (expr->kind == EXPR_COLUMN)
        return expr->column ? expr->column->key : expr->name.text;
    if (expr->kind == EXPR_LITERAL_COLUMN)
        return expr->text;
    if (expr->kind == EXPR_FUNCTION)
        return expr->name.text;
    return STR_NONE;
}

/* ---- brackets ---- */

static Expr *in_brackets(Arena *arena, Expr *expr)
{
    return expr_with(arena, EXPR_GROUP, expr->type, expr, NULL);
}

static int expr_precedence(const Expr *expr)
{
    return expr->op == OPERATOR_CUSTOM ? expr->precedence : operators[expr->op].precedence;
}

static bool binds_looser(const Expr *expr, Operator against, int precedence)
{
    if (expr->op == against && operators[against].chains)
        return false;
    return expr_precedence(expr) <= precedence;
}

static bool operator_follows(Operator op)
{
    return op == OPERATOR_DESC || op == OPERATOR_ASC || op == OPERATOR_NULLS_FIRST ||
           op == OPERATOR_NULLS_LAST;
}

static Expr *group_element(Arena *arena, Expr *expr, Operator against)
{
    bool condition =
        against == OPERATOR_AND || against == OPERATOR_OR || against == OPERATOR_AS_BOOLEAN;
    if (condition && family_of(expr->type) == FAMILY_BOOLEAN) {
        Expr *made = expr_with(arena, EXPR_AS_BOOLEAN, expr->type, expr, NULL);
        made->op = OPERATOR_IS_TRUE;
        return made;
    }
    if (expr->kind == EXPR_SCALAR)
        return expr;
    bool called = against == OPERATOR_ANY || against == OPERATOR_ALL;
    bool indexed =
        against == OPERATOR_INDEX || against == OPERATOR_JSON_GET || against == OPERATOR_JSON_PATH;
    if (called || (indexed && (expr->kind == EXPR_FUNCTION || expr->kind == EXPR_ARRAY)))
        return in_brackets(arena, expr);
    return expr;
}

static Expr *group_inner(Arena *arena, Expr *expr, Operator against, int precedence);

static Expr *group_at(Arena *arena, Expr *expr, Operator against, int precedence)
{
    switch ((int)expr->kind) {
    case EXPR_UNARY:
        if (operator_follows(expr->op) || expr->op == OPERATOR_ANY || expr->op == OPERATOR_ALL)
            return expr;
        return binds_looser(expr, against, precedence) ? in_brackets(arena, expr) : expr;
    case EXPR_BOOLEAN:
        if (expr->args.len == 0)
            return expr;
        return binds_looser(expr, against, precedence) ? in_brackets(arena, expr) : expr;
    case EXPR_BINARY:
    case EXPR_BETWEEN:
    case EXPR_IN:
    case EXPR_COLLATE:
    case EXPR_EXISTS:
    case EXPR_FILTER:
    case EXPR_LIST:
        return binds_looser(expr, against, precedence) ? in_brackets(arena, expr) : expr;
    case EXPR_LABEL:
    case EXPR_COERCE:
        return group_inner(arena, expr, against, precedence);
    case EXPR_TEXT:
        return against == OPERATOR_IN || against == OPERATOR_NOT_IN ? in_brackets(arena, expr)
                                                                    : expr;
    case EXPR_AS_BOOLEAN:
    case EXPR_GROUP:
    case EXPR_TUPLE:
    case EXPR_SLICE:
    case EXPR_SELECT:
    case EXPR_COMPOUND:
    case EXPR_SCRIPT:
        return expr;
    default:
        return group_element(arena, expr, against);
    }
}

static Expr *group_inner(Arena *arena, Expr *expr, Operator against, int precedence)
{
    Expr *inner = group_at(arena, expr->args.items[0], against, precedence);
    if (inner == expr->args.items[0])
        return expr;
    Expr *copy = expr_copy(arena, expr);
    copy->args = (ExprVec){ 0 };
    VEC_PUSH(arena, &copy->args, inner);
    return copy;
}

Expr *expr_group(Arena *arena, Expr *expr, Operator against)
{
    return group_at(arena, expr, against, operators[against].precedence);
}

/* ---- operations ---- */

Expr *expr_unary(Arena *arena, Operator op, Expr *operand)
{
    Expr *expr = expr_with(arena, EXPR_UNARY, operand->type, expr_group(arena, operand, op), NULL);
    if (op == OPERATOR_NOT && operand->kind == EXPR_BOOLEAN)
        expr->type = NULL; /* its value is as the database gives it */
    if ((op == OPERATOR_ANY || op == OPERATOR_ALL) && type_is(operand->type, TYPE_ARRAY))
        expr->type = operand->type->item;
    expr->op = op;
    return expr;
}

Expr *expr_binary(Arena *arena, Operator op, Expr *left, Expr *right)
{
    if (right->kind == EXPR_NULL && (op == OPERATOR_EQ || op == OPERATOR_NE))
        op = op == OPERATOR_EQ ? OPERATOR_IS : OPERATOR_IS_NOT;
    Type *type = operator_type(arena, &op, left->type, right->type);
    Expr *expr = expr_with(arena, EXPR_BINARY, type, expr_group(arena, left, op),
                           expr_group(arena, right, op));
    expr->op = op;
    return expr;
}

Expr *expr_custom(Arena *arena, const Expr *pattern, Expr *left, Expr *right)
{
    Expr *expr = expr_with(arena, EXPR_BINARY, pattern->type ? pattern->type : left->type,
                           group_at(arena, left, OPERATOR_CUSTOM, pattern->precedence),
                           group_at(arena, right, OPERATOR_CUSTOM, pattern->precedence));
    expr->op = OPERATOR_CUSTOM;
    expr->text = pattern->text;
    expr->precedence = pattern->precedence;
    expr->compares = pattern->compares;
    if (pattern->compares)
        expr->type = type_new(arena, TYPE_BOOLEAN);
    return expr;
}

/* Adds what stands between the operators of `op`; true when one decides the whole. */
static bool boolean_add(Arena *arena, Expr *expr, Operator op, Expr *each)
{
    ExprKind skip = op == OPERATOR_AND ? EXPR_TRUE : EXPR_FALSE;
    ExprKind stop = op == OPERATOR_AND ? EXPR_FALSE : EXPR_TRUE;
    if (each->kind == stop)
        return true;
    if (each->kind == skip || (each->kind == EXPR_BOOLEAN && each->args.len == 0))
        return false;
    if (each->kind != EXPR_BOOLEAN || each->op != op) {
        VEC_PUSH(arena, &expr->args, each);
        return false;
    }
    VEC_EACH (Expr *, inner, &each->args)
        VEC_PUSH(arena, &expr->args, *inner);
    return false;
}

Expr *expr_boolean(Arena *arena, Operator op, const ExprVec *args)
{
    Expr *expr = expr_with(arena, EXPR_BOOLEAN, type_new(arena, TYPE_BOOLEAN), NULL, NULL);
    expr->op = op;
    VEC_EACH (Expr *const, each, args)
        if (boolean_add(arena, expr, op, *each)) {
            Expr *made = expr_new(arena, op == OPERATOR_AND ? EXPR_FALSE : EXPR_TRUE);
            made->type = type_new(arena, TYPE_BOOLEAN);
            return expr_group(arena, made, OPERATOR_AS_BOOLEAN);
        }
    if (expr->args.len == 1)
        return expr_group(arena, expr->args.items[0], OPERATOR_AS_BOOLEAN);
    if (expr->args.len == 0 && args->len)
        return expr_group(arena, args->items[args->len - 1], OPERATOR_AS_BOOLEAN);
    VEC_EACH (Expr *, each, &expr->args)
        *each = expr_group(arena, *each, op);
    return expr;
}

static Expr *negated_bool(Arena *arena, Expr *operand)
{
    Expr *expr = expr_with(arena, EXPR_AS_BOOLEAN, operand->type, operand, NULL);
    expr->op = OPERATOR_IS_FALSE;
    return expr;
}

/* a = ANY (b): its negation is no a != ANY (b). */
static bool collects(const Expr *expr)
{
    const Expr *right = expr->kind == EXPR_BINARY ? expr->args.items[1] : NULL;
    return right && right->kind == EXPR_UNARY &&
           (right->op == OPERATOR_ANY || right->op == OPERATOR_ALL);
}

Expr *expr_not(Arena *arena, Expr *operand)
{
    const Expr *constant = operand->kind == EXPR_AS_BOOLEAN ? operand->args.items[0] : operand;
    if (constant->kind == EXPR_TRUE || constant->kind == EXPR_FALSE) {
        Expr *made = expr_new(arena, constant->kind == EXPR_TRUE ? EXPR_FALSE : EXPR_TRUE);
        made->type = type_new(arena, TYPE_BOOLEAN);
        return made;
    }
    bool operation = operand->kind == EXPR_BINARY || operand->kind == EXPR_IN ||
                     operand->kind == EXPR_BETWEEN || operand->kind == EXPR_AS_BOOLEAN;
    if (operation && operators[operand->op].negation != OPERATOR_NONE && !collects(operand)) {
        Expr *expr = expr_copy(arena, operand);
        expr->identity = NULL;
        expr->op = operators[operand->op].negation;
        return expr;
    }
    if (operand->kind == EXPR_GROUP)
        return expr_unary(arena, OPERATOR_NOT, operand);
    bool twice = operand->kind == EXPR_UNARY && operand->op == OPERATOR_NOT;
    Expr *inner = twice ? operand->args.items[0] : NULL;
    bool exists =
        inner && (inner->kind == EXPR_EXISTS ||
                  (inner->kind == EXPR_GROUP && inner->args.items[0]->kind == EXPR_EXISTS));
    if (inner && !exists && family_of(operand->type) == FAMILY_BOOLEAN) {
        return expr_group(arena, inner->kind == EXPR_GROUP ? inner : in_brackets(arena, inner),
                          OPERATOR_AS_BOOLEAN);
    }
    bool element_of_json = operand->kind == EXPR_BINARY && operand->op == OPERATOR_JSON_GET;
    if (element_of_json && family_of(operand->type) == FAMILY_BOOLEAN)
        return negated_bool(arena, in_brackets(arena, operand));
    bool element = !operation && operand->kind != EXPR_UNARY && operand->kind != EXPR_BOOLEAN &&
                   operand->kind != EXPR_EXISTS && operand->kind != EXPR_SCRIPT;
    if (element && family_of(operand->type) == FAMILY_BOOLEAN)
        return negated_bool(arena, operand);
    return expr_unary(arena, OPERATOR_NOT, operand);
}

Expr *expr_cast(Arena *arena, Expr *operand, Type *type)
{
    return expr_with(arena, EXPR_CAST, type, operand, NULL);
}

Expr *expr_label(Arena *arena, Expr *operand, Str name)
{
    Expr *expr = expr_with(arena, EXPR_LABEL, operand->type,
                           expr_group(arena, operand, OPERATOR_COMMA), NULL);
    if (str_given(name))
        expr->name = name_from(str_dup(arena, name));
    return expr;
}
