/* SPDX-License-Identifier: MIT */
#include "py/literal.h"
#include "py/parser_state.h"

static Expr *constant_new(Parser *parser, Const value, uint32_t start)
{
    Expr *expr = node_new(parser, EXPR_CONSTANT, start);
    expr->constant = value;
    return expr;
}

static Expr *parse_number(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Const value;
    Str problem;
    if (!literal_number(parser->arena, parser_token_text(parser, parser->at), &value, &problem))
        return parser_fail_here(parser, "%.*s", STR_ARG(problem)), NULL;
    parser_advance(parser);
    return constant_new(parser, value, start);
}

static Expr *parse_keyword_constant(Parser *parser, ConstKind kind)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    return constant_new(parser, (Const){ .kind = kind }, start);
}

static Expr *parse_name_atom(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Str name;
    if (!parser_name(parser, &name))
        return NULL;
    Expr *expr = node_new(parser, EXPR_NAME, start);
    expr->name = name;
    return expr;
}

static bool at_comprehension(const Parser *parser)
{
    return parser_kind(parser) == TOKEN_FOR ||
           (parser_kind(parser) == TOKEN_ASYNC && parser_peek(parser, 1) == TOKEN_FOR);
}

static bool parse_conditions(Parser *parser, Expr *comp, ExprList *conditions)
{
    ExprVec items = { 0 };
    while (parser_accept(parser, TOKEN_IF)) {
        Expr *condition = parse_disjunction(parser);
        if (!condition || !expr_over(parser, comp, condition))
            return false;
        VEC_PUSH(parser->arena, &items, condition);
    }
    *conditions = expr_list(items);
    return true;
}

static bool parse_for_clause(Parser *parser, Expr *comp, Comprehension *clause)
{
    clause->is_async = parser_accept(parser, TOKEN_ASYNC);
    parser_advance(parser);
    clause->target = parse_target_list(parser);
    if (!clause->target)
        return false;
    Expr *bad = invalid_target(clause->target, CONTEXT_STORE);
    if (bad && parser_kind(parser) == TOKEN_IN)
        return make_target(parser, clause->target, CONTEXT_STORE);
    if (!parser_expect(parser, TOKEN_IN) || !make_target(parser, clause->target, CONTEXT_STORE))
        return false;
    clause->iter = parse_disjunction(parser);
    return clause->iter && expr_over(parser, comp, clause->target) &&
           expr_over(parser, comp, clause->iter) &&
           parse_conditions(parser, comp, &clause->conditions);
}

bool parse_comprehensions(Parser *parser, Expr *comp)
{
    VEC(Comprehension) clauses = { 0 };
    while (at_comprehension(parser)) {
        Comprehension clause = { 0 };
        if (!parse_for_clause(parser, comp, &clause))
            return false;
        VEC_PUSH(parser->arena, &clauses, clause);
    }
    comp->comp.generators = (ComprehensionList){ clauses.items, clauses.len };
    return true;
}

/* At the `for`, up to the closing bracket. */
static Expr *parse_comprehension(Parser *parser, ExprKind kind, Expr *element, Expr *value,
                                 TokenKind closing, uint32_t start)
{
    if (element->kind == EXPR_STARRED)
        return parser_fail_span(parser, element->span,
                                "iterable unpacking cannot be used in comprehension"),
               NULL;
    Expr *expr = node_new(parser, kind, start);
    expr->comp.element = element;
    expr->comp.value = value;
    if (!expr_over(parser, expr, element) || !expr_over(parser, expr, value) ||
        !parse_comprehensions(parser, expr) || !parser_expect(parser, closing))
        return NULL;
    expr->span.end = parser_last_end(parser);
    expr->parenthesized = kind == EXPR_GENERATOR;
    return expr;
}

/* Items after the first one, up to and with the closing bracket. */
static Expr *parse_items(Parser *parser, ExprKind kind, Expr *first, TokenKind closing,
                         uint32_t start)
{
    ExprVec items = { 0 };
    VEC_PUSH(parser->arena, &items, first);
    while (parser_accept(parser, TOKEN_COMMA) && parser_kind(parser) != closing) {
        Expr *item = parse_star_named_expression(parser);
        if (!item)
            return NULL;
        VEC_PUSH(parser->arena, &items, item);
    }
    if (at_comprehension(parser) && kind != EXPR_TUPLE) {
        uint32_t end = items.items[items.len - 1]->span.end;
        return parser_fail_span(parser, (Span){ first->span.start, end },
                                "did you forget parentheses around the comprehension target?"),
               NULL;
    }
    if (!parser_expect(parser, closing))
        return NULL;
    Expr *expr = node_new(parser, kind, start);
    expr->list = expr_list(items);
    return expr_over_all(parser, expr, expr->list) ? expr : NULL;
}

static Expr *empty_display(Parser *parser, ExprKind kind, uint32_t start)
{
    parser_advance(parser);
    Expr *expr = node_new(parser, kind, start);
    expr->parenthesized = kind == EXPR_TUPLE;
    return expr;
}

/* What only groups keeps its own span. */
static Expr *close_group(Parser *parser, Expr *expr)
{
    if (expr->kind == EXPR_STARRED && parser_kind(parser) == TOKEN_RPAREN)
        return parser_fail_span(parser, expr->span, "cannot use starred expression here"), NULL;
    if (!parser_expect(parser, TOKEN_RPAREN))
        return NULL;
    expr->parenthesized = true;
    return expr;
}

static Expr *refuse_double_star(Parser *parser)
{
    uint32_t at = parser->at;
    parser_advance(parser);
    parser->trying++;
    bool group = parse_expression(parser) && parser_kind(parser) == TOKEN_RPAREN;
    parser->trying--;
    parser->at = at;
    if (group)
        parser_fail_here(parser, "cannot use double starred expression here");
    else
        parser_fail(parser);
    return NULL;
}

static Expr *parse_parenthesized(Parser *parser)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    if (parser_kind(parser) == TOKEN_RPAREN)
        return empty_display(parser, EXPR_TUPLE, start);
    if (parser_kind(parser) == TOKEN_YIELD) {
        Expr *yield = parse_yield(parser);
        return yield ? close_group(parser, yield) : NULL;
    }
    if (parser_kind(parser) == TOKEN_DOUBLE_STAR)
        return refuse_double_star(parser);
    Expr *first = parse_star_named_expression(parser);
    if (!first)
        return NULL;
    if (at_comprehension(parser))
        return parse_comprehension(parser, EXPR_GENERATOR, first, NULL, TOKEN_RPAREN, start);
    if (parser_kind(parser) != TOKEN_COMMA)
        return close_group(parser, first);
    Expr *tuple = parse_items(parser, EXPR_TUPLE, first, TOKEN_RPAREN, start);
    if (tuple)
        tuple->parenthesized = true;
    return tuple;
}

static Expr *parse_list_display(Parser *parser)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    if (parser_kind(parser) == TOKEN_RBRACKET)
        return empty_display(parser, EXPR_LIST, start);
    Expr *first = parse_star_named_expression(parser);
    if (!first)
        return NULL;
    if (at_comprehension(parser))
        return parse_comprehension(parser, EXPR_LIST_COMP, first, NULL, TOKEN_RBRACKET, start);
    return parse_items(parser, EXPR_LIST, first, TOKEN_RBRACKET, start);
}

/* Behind a key: ": value". */
static Expr *parse_dict_value(Parser *parser, const Expr *key)
{
    if (parser_kind(parser) != TOKEN_COLON) {
        if (parser_kind(parser) == TOKEN_RBRACE || parser_kind(parser) == TOKEN_COMMA)
            return parser_fail_span(parser, (Span){ key->span.end - 1, key->span.end },
                                    "':' expected after dictionary key"),
                   NULL;
        return parser_fail(parser), NULL;
    }
    uint32_t colon = parser_start(parser);
    parser_advance(parser);
    TokenKind kind = parser_kind(parser);
    if (kind == TOKEN_RBRACE || kind == TOKEN_COMMA)
        return parser_fail_span(parser, (Span){ colon, colon + 1 },
                                "expression expected after dictionary key and ':'"),
               NULL;
    if (kind == TOKEN_STAR)
        return parser_fail_here(parser, "cannot use a starred expression in a dictionary value"),
               NULL;
    return parse_expression(parser);
}

/* One "key: value" or "**value". */
static bool parse_pair(Parser *parser, Expr **key, Expr **value)
{
    *key = NULL;
    if (parser_accept(parser, TOKEN_DOUBLE_STAR)) {
        *value = parse_bitwise_or(parser);
        return *value != NULL;
    }
    *key = parse_expression(parser);
    *value = *key ? parse_dict_value(parser, *key) : NULL;
    return *value != NULL;
}

/* At the ',' or '}' behind the first pair. */
static Expr *parse_pairs(Parser *parser, Expr *first_key, Expr *first_value, uint32_t start)
{
    ExprVec keys = { 0 }, values = { 0 };
    VEC_PUSH(parser->arena, &keys, first_key);
    VEC_PUSH(parser->arena, &values, first_value);
    while (parser_accept(parser, TOKEN_COMMA) && parser_kind(parser) != TOKEN_RBRACE) {
        Expr *key, *value;
        if (!parse_pair(parser, &key, &value))
            return NULL;
        VEC_PUSH(parser->arena, &keys, key);
        VEC_PUSH(parser->arena, &values, value);
    }
    if (!parser_expect(parser, TOKEN_RBRACE))
        return NULL;
    Expr *expr = node_new(parser, EXPR_DICT, start);
    expr->dict.keys = expr_list(keys);
    expr->dict.values = expr_list(values);
    bool fits = expr_over_all(parser, expr, expr->dict.keys) &&
                expr_over_all(parser, expr, expr->dict.values);
    return fits ? expr : NULL;
}

static Expr *parse_dict(Parser *parser, Expr *key, uint32_t start)
{
    Expr *value;
    bool unpacks = key == NULL;
    uint32_t first = parser_start(parser);
    if (unpacks ? !parse_pair(parser, &key, &value) : !(value = parse_dict_value(parser, key)))
        return NULL;
    if (!at_comprehension(parser))
        return parse_pairs(parser, key, value, start);
    if (unpacks)
        return parser_fail_span(parser, (Span){ first, first + 2 },
                                "dict unpacking cannot be used in dict comprehension"),
               NULL;
    return parse_comprehension(parser, EXPR_DICT_COMP, key, value, TOKEN_RBRACE, start);
}

static Expr *parse_braces(Parser *parser)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    if (parser_kind(parser) == TOKEN_RBRACE)
        return empty_display(parser, EXPR_DICT, start);
    if (parser_kind(parser) == TOKEN_DOUBLE_STAR)
        return parse_dict(parser, NULL, start);
    bool walrus = parser_peek(parser, 1) == TOKEN_COLON_EQUAL;
    Expr *first = parse_star_named_expression(parser);
    if (!first)
        return NULL;
    if (parser_kind(parser) == TOKEN_COLON && first->kind != EXPR_STARRED && !walrus)
        return parse_dict(parser, first, start);
    if (at_comprehension(parser))
        return parse_comprehension(parser, EXPR_SET_COMP, first, NULL, TOKEN_RBRACE, start);
    return parse_items(parser, EXPR_SET, first, TOKEN_RBRACE, start);
}

Expr *parse_atom(Parser *parser)
{
    switch ((int)parser_kind(parser)) {
    case TOKEN_NAME:
        return parse_name_atom(parser);
    case TOKEN_NUMBER:
        return parse_number(parser);
    case TOKEN_STRING:
    case TOKEN_FSTRING_START:
        return parse_strings(parser);
    case TOKEN_LPAREN:
        return parse_parenthesized(parser);
    case TOKEN_LBRACKET:
        return parse_list_display(parser);
    case TOKEN_LBRACE:
        return parse_braces(parser);
    case TOKEN_NONE:
        return parse_keyword_constant(parser, CONST_NONE);
    case TOKEN_TRUE:
        return parse_keyword_constant(parser, CONST_TRUE);
    case TOKEN_FALSE:
        return parse_keyword_constant(parser, CONST_FALSE);
    case TOKEN_ELLIPSIS:
        return parse_keyword_constant(parser, CONST_ELLIPSIS);
    default:
        return parser_fail(parser), NULL;
    }
}
