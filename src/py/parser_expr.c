/* SPDX-License-Identifier: MIT */
#include "py/parser_state.h"

bool starts_expression(TokenKind kind)
{
    switch ((int)kind) {
    case TOKEN_NAME:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_FSTRING_START:
    case TOKEN_LPAREN:
    case TOKEN_LBRACKET:
    case TOKEN_LBRACE:
    case TOKEN_MINUS:
    case TOKEN_PLUS:
    case TOKEN_TILDE:
    case TOKEN_ELLIPSIS:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NONE:
    case TOKEN_NOT:
    case TOKEN_LAMBDA:
    case TOKEN_AWAIT:
        return true;
    default:
        return false;
    }
}

/* What ends an expression, whatever binds it. */
static bool ends_expression(TokenKind kind)
{
    return kind == TOKEN_COMMA || kind == TOKEN_RPAREN || kind == TOKEN_NEWLINE ||
           kind == TOKEN_RBRACKET || kind == TOKEN_RBRACE || kind == TOKEN_COLON;
}

static Expr *binary_new(Parser *parser, BinaryOp op, Expr *left, Expr *right, uint32_t start)
{
    Expr *expr = node_new(parser, EXPR_BINARY, start);
    expr->binary.op = op;
    expr->binary.left = left;
    expr->binary.right = right;
    return expr_over(parser, expr, left) && expr_over(parser, expr, right) ? expr : NULL;
}

static bool parse_slice_part(Parser *parser, Expr **part)
{
    TokenKind kind = parser_kind(parser);
    *part = NULL;
    if (kind == TOKEN_COLON || kind == TOKEN_COMMA || kind == TOKEN_RBRACKET)
        return true;
    *part = parse_expression(parser);
    return *part != NULL;
}

/* At the ':' of a slice whose lower bound was read. */
static Expr *parse_slice_rest(Parser *parser, Expr *lower, uint32_t start)
{
    Expr *upper, *step = NULL;
    parser_advance(parser);
    if (!parse_slice_part(parser, &upper))
        return NULL;
    if (parser_accept(parser, TOKEN_COLON) && !parse_slice_part(parser, &step))
        return NULL;
    Expr *expr = node_new(parser, EXPR_SLICE, start);
    expr->slice.lower = lower;
    expr->slice.upper = upper;
    expr->slice.step = step;
    bool fits = expr_over(parser, expr, lower) && expr_over(parser, expr, upper) &&
                expr_over(parser, expr, step);
    return fits ? expr : NULL;
}

static Expr *parse_slice(Parser *parser)
{
    uint32_t start = parser_start(parser), at = parser->at;
    if (parser_kind(parser) == TOKEN_COLON)
        return parse_slice_rest(parser, NULL, start);
    Expr *first = parse_star_named_expression(parser);
    if (!first || parser_kind(parser) != TOKEN_COLON)
        return first;
    if (first->kind == EXPR_STARRED || parser->tokens[at + 1].kind == TOKEN_COLON_EQUAL)
        return parser_fail(parser), NULL;
    return parse_slice_rest(parser, first, start);
}

/* What stands in the brackets of a subscript. */
static Expr *parse_slices(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *first = parse_slice(parser);
    if (!first || (parser_kind(parser) != TOKEN_COMMA && first->kind != EXPR_STARRED))
        return first;
    ExprVec items = { 0 };
    VEC_PUSH(parser->arena, &items, first);
    while (parser_accept(parser, TOKEN_COMMA) && parser_kind(parser) != TOKEN_RBRACKET) {
        Expr *item = parse_slice(parser);
        if (!item)
            return NULL;
        VEC_PUSH(parser->arena, &items, item);
    }
    Expr *tuple = node_new(parser, EXPR_TUPLE, start);
    tuple->list = expr_list(items);
    return expr_over_all(parser, tuple, tuple->list) ? tuple : NULL;
}

static Expr *parse_subscript(Parser *parser, Expr *value, uint32_t start)
{
    parser_advance(parser);
    Expr *index = parse_slices(parser);
    if (!index || !parser_expect(parser, TOKEN_RBRACKET))
        return NULL;
    Expr *expr = node_new(parser, EXPR_SUBSCRIPT, start);
    expr->subscript.value = value;
    expr->subscript.index = index;
    return expr_over(parser, expr, value) && expr_over(parser, expr, index) ? expr : NULL;
}

static Expr *parse_attribute(Parser *parser, Expr *value, uint32_t start)
{
    parser_advance(parser);
    Token token = parser_token(parser);
    Str name;
    if (!parser_name(parser, &name))
        return NULL;
    Expr *expr = node_new(parser, EXPR_ATTRIBUTE, start);
    expr->attribute.value = value;
    expr->attribute.name = name;
    expr->attribute.name_span = (Span){ token.start, token.end };
    return expr_over(parser, expr, value) ? expr : NULL;
}

static Expr *parse_call(Parser *parser, Expr *callee, uint32_t start)
{
    Expr *call = node_new(parser, EXPR_CALL, start);
    call->call.callee = callee;
    if (!parse_call_arguments(parser, call))
        return NULL;
    call->span.end = parser_last_end(parser);
    return expr_over(parser, call, callee) ? call : NULL;
}

Expr *parse_primary(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *expr = parse_atom(parser);
    while (expr) {
        switch ((int)parser_kind(parser)) {
        case TOKEN_DOT:
            expr = parse_attribute(parser, expr, start);
            break;
        case TOKEN_LPAREN:
            expr = parse_call(parser, expr, start);
            break;
        case TOKEN_LBRACKET:
            expr = parse_subscript(parser, expr, start);
            break;
        default:
            return expr;
        }
    }
    return NULL;
}

static Expr *parse_await(Parser *parser)
{
    uint32_t start = parser_start(parser);
    if (!parser_accept(parser, TOKEN_AWAIT))
        return parse_primary(parser);
    Expr *operand = parse_primary(parser);
    if (!operand)
        return NULL;
    Expr *expr = node_new(parser, EXPR_AWAIT, start);
    expr->operand = operand;
    return expr_over(parser, expr, operand) ? expr : NULL;
}

static Expr *parse_factor(Parser *parser);

static Expr *parse_power(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *left = parse_await(parser);
    if (!left || !parser_accept(parser, TOKEN_DOUBLE_STAR))
        return left;
    Expr *right = parse_factor(parser);
    return right ? binary_new(parser, BINARY_POWER, left, right, start) : NULL;
}

static Expr *unary_new(Parser *parser, UnaryOp op, Expr *operand, uint32_t start)
{
    Expr *expr = node_new(parser, EXPR_UNARY, start);
    expr->unary.op = op;
    expr->unary.operand = operand;
    return expr_over(parser, expr, operand) ? expr : NULL;
}

static Expr *parse_factor(Parser *parser)
{
    TokenKind kind = parser_kind(parser);
    uint32_t start = parser_start(parser);
    if (!parser_enter(parser))
        return NULL;
    Expr *expr;
    if (kind == TOKEN_PLUS || kind == TOKEN_MINUS || kind == TOKEN_TILDE) {
        parser_advance(parser);
        expr = parse_factor(parser);
        UnaryOp op = kind == TOKEN_PLUS    ? UNARY_PLUS
                     : kind == TOKEN_MINUS ? UNARY_MINUS
                                           : UNARY_INVERT;
        expr = expr ? unary_new(parser, op, expr, start) : NULL;
    } else {
        expr = parse_power(parser);
    }
    parser_leave(parser);
    return expr;
}

typedef struct BinaryRow {
    int precedence; /* 0: no binary operator */
    BinaryOp op;
} BinaryRow;

static const BinaryRow binary_rows[TOKEN_KIND_COUNT] = {
    [TOKEN_BAR] = { 1, BINARY_OR },
    [TOKEN_CARET] = { 2, BINARY_XOR },
    [TOKEN_AMPERSAND] = { 3, BINARY_AND },
    [TOKEN_LSHIFT] = { 4, BINARY_LSHIFT },
    [TOKEN_RSHIFT] = { 4, BINARY_RSHIFT },
    [TOKEN_PLUS] = { 5, BINARY_ADD },
    [TOKEN_MINUS] = { 5, BINARY_SUBTRACT },
    [TOKEN_STAR] = { 6, BINARY_MULTIPLY },
    [TOKEN_AT] = { 6, BINARY_MATRIX },
    [TOKEN_SLASH] = { 6, BINARY_TRUE_DIVIDE },
    [TOKEN_DOUBLE_SLASH] = { 6, BINARY_FLOOR_DIVIDE },
    [TOKEN_PERCENT] = { 6, BINARY_REMAINDER },
};

/* Binary operators that bind at least as tightly as `precedence`. */
static Expr *parse_binary(Parser *parser, int precedence)
{
    uint32_t start = parser_start(parser);
    Expr *left = parse_factor(parser);
    while (left) {
        BinaryRow row = binary_rows[parser_kind(parser)];
        if (row.precedence < precedence || row.precedence == 0)
            return left;
        parser_advance(parser);
        Expr *right = parse_binary(parser, row.precedence + 1);
        left = right ? binary_new(parser, row.op, left, right, start) : NULL;
    }
    return NULL;
}

Expr *parse_bitwise_or(Parser *parser)
{
    return parse_binary(parser, 1);
}

/* Takes a comparison operator. */
static bool accept_comparison(Parser *parser, CompareKind *op)
{
    static const struct {
        TokenKind token;
        CompareKind op;
    } rows[] = {
        { TOKEN_LT, COMPARISON_LT }, { TOKEN_LE, COMPARISON_LE }, { TOKEN_EQ, COMPARISON_EQ },
        { TOKEN_NE, COMPARISON_NE }, { TOKEN_GT, COMPARISON_GT }, { TOKEN_GE, COMPARISON_GE },
        { TOKEN_IN, COMPARISON_IN },
    };
    TokenKind kind = parser_kind(parser);
    if (ends_expression(kind))
        return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        *op = rows[i].op;
        if (parser_accept(parser, rows[i].token))
            return true;
    }
    if (parser_accept(parser, TOKEN_IS)) {
        *op = parser_accept(parser, TOKEN_NOT) ? COMPARISON_IS_NOT : COMPARISON_IS;
        return true;
    }
    if (parser_kind(parser) != TOKEN_NOT || parser_peek(parser, 1) != TOKEN_IN)
        return false;
    parser_advance(parser);
    parser_advance(parser);
    *op = COMPARISON_NOT_IN;
    return true;
}

static Expr *parse_comparison(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *left = parse_bitwise_or(parser);
    CompareKind op;
    if (!left || !accept_comparison(parser, &op))
        return left;
    VEC(CompareKind) ops = { 0 };
    ExprVec values = { 0 };
    do {
        Expr *right = parse_bitwise_or(parser);
        if (!right)
            return NULL;
        VEC_PUSH(parser->arena, &ops, op);
        VEC_PUSH(parser->arena, &values, right);
    } while (accept_comparison(parser, &op));
    Expr *expr = node_new(parser, EXPR_COMPARE, start);
    expr->compare.left = left;
    expr->compare.ops = ops.items;
    expr->compare.comparators = expr_list(values);
    bool fits =
        expr_over(parser, expr, left) && expr_over_all(parser, expr, expr->compare.comparators);
    return fits ? expr : NULL;
}

static Expr *parse_inversion(Parser *parser)
{
    uint32_t start = parser_start(parser);
    if (!parser_accept(parser, TOKEN_NOT))
        return parse_comparison(parser);
    if (!parser_enter(parser))
        return NULL;
    Expr *operand = parse_inversion(parser);
    parser_leave(parser);
    return operand ? unary_new(parser, UNARY_NOT, operand, start) : NULL;
}

/* The start of an expression counts from its opening parenthesis here, as errors show it. */
static Expr *parse_bool(Parser *parser, BoolOp op, TokenKind token, Expr *(*part)(Parser *))
{
    uint32_t start = parser_start(parser);
    Expr *first = part(parser);
    if (!first || parser_kind(parser) != token)
        return first;
    ExprVec values = { 0 };
    VEC_PUSH(parser->arena, &values, first);
    while (parser_accept(parser, token)) {
        Expr *value = part(parser);
        if (!value)
            return NULL;
        VEC_PUSH(parser->arena, &values, value);
    }
    Expr *expr = node_new(parser, EXPR_BOOL, start);
    expr->boolean.op = op;
    expr->boolean.values = expr_list(values);
    return expr_over_all(parser, expr, expr->boolean.values) ? expr : NULL;
}

static Expr *parse_conjunction(Parser *parser)
{
    return parse_bool(parser, BOOL_AND, TOKEN_AND, parse_inversion);
}

Expr *parse_disjunction(Parser *parser)
{
    uint32_t first = parser->at;
    Expr *expr = parse_bool(parser, BOOL_OR, TOKEN_OR, parse_conjunction);
    if (expr && !parser->trying) {
        parser->last_disjunction = first;
        parser->last_disjunction_end = parser->at;
    }
    return expr;
}

static Expr *parse_conditional(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *body = parse_disjunction(parser);
    if (!body || !parser_accept(parser, TOKEN_IF))
        return body;
    Expr *test = parse_disjunction(parser);
    if (!test)
        return NULL;
    if (parser_kind(parser) != TOKEN_ELSE && parser_kind(parser) != TOKEN_COLON &&
        parser_kind(parser) != TOKEN_ERROR)
        return parser_fail_span(parser, (Span){ start, parser_last_end(parser) },
                                "expected 'else' after 'if' expression"),
               NULL;
    if (!parser_expect(parser, TOKEN_ELSE))
        return NULL;
    Expr *orelse = parse_expression(parser);
    if (!orelse)
        return NULL;
    Expr *expr = node_new(parser, EXPR_IF, start);
    expr->conditional.test = test;
    expr->conditional.body = body;
    expr->conditional.orelse = orelse;
    bool fits = expr_over(parser, expr, test) && expr_over(parser, expr, body) &&
                expr_over(parser, expr, orelse);
    return fits ? expr : NULL;
}

static bool is_atom(TokenKind kind)
{
    return kind == TOKEN_NAME || kind == TOKEN_STRING || kind == TOKEN_NUMBER ||
           kind == TOKEN_NONE || kind == TOKEN_TRUE || kind == TOKEN_FALSE;
}

/* A lone name or literal, without going down through all operators. */
static Expr *parse_lone_atom(Parser *parser)
{
    uint32_t first = parser->at;
    Expr *expr = parse_atom(parser);
    if (expr && !parser->trying) {
        parser->last_disjunction = first;
        parser->last_disjunction_end = parser->at;
    }
    return expr;
}

Expr *parse_expression(Parser *parser)
{
    if (is_atom(parser_kind(parser)) && ends_expression(parser_peek(parser, 1)))
        return parse_lone_atom(parser);
    if (!parser_enter(parser))
        return NULL;
    Expr *expr =
        parser_kind(parser) == TOKEN_LAMBDA ? parse_lambda(parser) : parse_conditional(parser);
    parser_leave(parser);
    return expr;
}

static Expr *parse_walrus(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *target = ARENA_NEW(parser->arena, Expr);
    target->kind = EXPR_NAME;
    target->context = CONTEXT_STORE;
    target->depth = 1;
    target->span = (Span){ start, parser_token(parser).end };
    if (!parser_name(parser, &target->name))
        return NULL;
    parser_advance(parser);
    Expr *value = parse_expression(parser);
    if (!value)
        return NULL;
    Expr *expr = node_new(parser, EXPR_NAMED, start);
    expr->named.target = target;
    expr->named.value = value;
    return expr_over(parser, expr, value) ? expr : NULL;
}

static bool is_bitwise_or(const Expr *expr)
{
    bool looser = expr->kind == EXPR_COMPARE || expr->kind == EXPR_BOOL || expr->kind == EXPR_IF ||
                  expr->kind == EXPR_LAMBDA || expr->kind == EXPR_NAMED ||
                  (expr->kind == EXPR_UNARY && expr->unary.op == UNARY_NOT);
    return expr->parenthesized || !looser;
}

static bool is_plain_target(const Expr *expr)
{
    if (expr->kind == EXPR_CONSTANT)
        return expr->constant.kind <= CONST_TRUE;
    return expr->kind == EXPR_LIST || expr->kind == EXPR_TUPLE || expr->kind == EXPR_GENERATOR;
}

/* At an '=' behind an expression where no assignment can be: was '==' meant? */
static Expr *fail_equal(Parser *parser, Expr *left)
{
    uint32_t at = parser->at;
    if (parser->trying || !is_bitwise_or(left) || is_plain_target(left))
        return left;
    parser_advance(parser);
    parser->trying++;
    Expr *right = parse_bitwise_or(parser);
    parser->trying--;
    TokenKind kind = parser_kind(parser);
    uint32_t end = parser_last_end(parser);
    parser->at = at;
    if (!right || kind == TOKEN_EQUAL || kind == TOKEN_COLON_EQUAL)
        return left;
    if (left->kind == EXPR_NAME && !left->parenthesized)
        parser_fail_span(parser, (Span){ left->span.start, end },
                         "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    else
        parser_fail_span(parser, left->span,
                         "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                         expr_kind_name(left));
    return NULL;
}

Expr *parse_named_expression(Parser *parser)
{
    if (parser_kind(parser) == TOKEN_NAME && parser_peek(parser, 1) == TOKEN_COLON_EQUAL)
        return parse_walrus(parser);
    Expr *expr = parse_expression(parser);
    if (expr && parser_kind(parser) == TOKEN_EQUAL)
        return fail_equal(parser, expr);
    if (expr && parser_kind(parser) == TOKEN_COLON_EQUAL)
        return parser_fail_span(parser, expr->span, "cannot use assignment expressions with %s",
                                expr_kind_name(expr)),
               NULL;
    return expr;
}

static Expr *parse_starred(Parser *parser)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    Expr *operand = parse_bitwise_or(parser);
    if (!operand)
        return NULL;
    Expr *expr = node_new(parser, EXPR_STARRED, start);
    expr->operand = operand;
    return expr_over(parser, expr, operand) ? expr : NULL;
}

Expr *parse_star_named_expression(Parser *parser)
{
    return parser_kind(parser) == TOKEN_STAR ? parse_starred(parser)
                                             : parse_named_expression(parser);
}

static Expr *parse_star_expression(Parser *parser)
{
    return parser_kind(parser) == TOKEN_STAR ? parse_starred(parser) : parse_expression(parser);
}

static Expr *parse_star_target(Parser *parser)
{
    return parser_kind(parser) == TOKEN_STAR ? parse_starred(parser) : parse_bitwise_or(parser);
}

/* One expression, or a tuple without parentheses. */
static Expr *parse_list(Parser *parser, Expr *(*item)(Parser *))
{
    uint32_t start = parser_start(parser);
    Expr *first = item(parser);
    if (!first || parser_kind(parser) != TOKEN_COMMA)
        return first;
    ExprVec items = { 0 };
    VEC_PUSH(parser->arena, &items, first);
    while (parser_accept(parser, TOKEN_COMMA)) {
        if (!starts_expression(parser_kind(parser)) && parser_kind(parser) != TOKEN_STAR)
            break;
        Expr *next = item(parser);
        if (!next)
            return NULL;
        VEC_PUSH(parser->arena, &items, next);
    }
    Expr *tuple = node_new(parser, EXPR_TUPLE, start);
    tuple->list = expr_list(items);
    return expr_over_all(parser, tuple, tuple->list) ? tuple : NULL;
}

Expr *parse_star_expressions(Parser *parser)
{
    return parse_list(parser, parse_star_expression);
}

Expr *parse_target_list(Parser *parser)
{
    return parse_list(parser, parse_star_target);
}

Expr *parse_yield(Parser *parser)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    bool from = parser_accept(parser, TOKEN_FROM);
    TokenKind kind = parser_kind(parser);
    Expr *operand = NULL;
    if (from || starts_expression(kind) || kind == TOKEN_STAR) {
        operand = from ? parse_expression(parser) : parse_star_expressions(parser);
        if (!operand)
            return NULL;
    }
    Expr *expr = node_new(parser, from ? EXPR_YIELD_FROM : EXPR_YIELD, start);
    expr->operand = operand;
    return expr_over(parser, expr, operand) ? expr : NULL;
}

Expr *parse_annotated_rhs(Parser *parser)
{
    return parser_kind(parser) == TOKEN_YIELD ? parse_yield(parser)
                                              : parse_star_expressions(parser);
}
