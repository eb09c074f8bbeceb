/* SPDX-License-Identifier: MIT */
#include "py/literal.h"
#include "py/parser_state.h"

static Pattern *parse_pattern(Parser *parser);

static Pattern *pattern_new(Parser *parser, PatternKind kind, uint32_t start)
{
    Pattern *pattern = ARENA_NEW(parser->arena, Pattern);
    pattern->kind = kind;
    pattern->span = (Span){ start, parser_last_end(parser) };
    return pattern;
}

static bool is_wildcard(const Parser *parser)
{
    return parser_is_word(parser, 0, "_");
}

/* NAME ('.' NAME)* */
static Expr *parse_dotted_name(Parser *parser)
{
    Expr *expr = parse_atom(parser);
    while (expr && parser_kind(parser) == TOKEN_DOT) {
        Token token = parser->tokens[parser->at + 1];
        Expr *attribute = node_new(parser, EXPR_ATTRIBUTE, expr->span.start);
        parser_advance(parser);
        if (!parser_name(parser, &attribute->attribute.name))
            return NULL;
        attribute->attribute.value = expr;
        attribute->attribute.name_span = (Span){ token.start, token.end };
        attribute->span.end = parser_last_end(parser);
        if (!expr_over(parser, attribute, expr))
            return NULL;
        expr = attribute;
    }
    return expr;
}

static Expr *parse_signed_number(Parser *parser)
{
    uint32_t start = parser_start(parser);
    bool minus = parser_accept(parser, TOKEN_MINUS);
    if (parser_kind(parser) != TOKEN_NUMBER)
        return parser_fail(parser), NULL;
    Expr *number = parse_atom(parser);
    if (!number || !minus)
        return number;
    Expr *expr = node_new(parser, EXPR_UNARY, start);
    expr->unary.op = UNARY_MINUS;
    expr->unary.operand = number;
    return expr_over(parser, expr, number) ? expr : NULL;
}

static bool is_imaginary(const Expr *expr)
{
    if (expr->kind == EXPR_UNARY)
        expr = expr->unary.operand;
    return expr->constant.kind == CONST_COMPLEX;
}

/* A number, or the sum of a real and an imaginary one. */
static Expr *parse_number_literal(Parser *parser)
{
    Expr *left = parse_signed_number(parser);
    TokenKind kind = parser_kind(parser);
    if (!left || (kind != TOKEN_PLUS && kind != TOKEN_MINUS))
        return left;
    if (is_imaginary(left))
        return parser_fail_span(parser, left->span, "real number required in complex literal"),
               NULL;
    parser_advance(parser);
    if (parser_kind(parser) != TOKEN_NUMBER)
        return parser_fail(parser), NULL;
    Expr *right = parse_atom(parser);
    if (!right)
        return NULL;
    if (!is_imaginary(right))
        return parser_fail_span(parser, right->span,
                                "imaginary number required in complex literal"),
               NULL;
    Expr *expr = node_new(parser, EXPR_BINARY, left->span.start);
    expr->binary.op = kind == TOKEN_PLUS ? BINARY_ADD : BINARY_SUBTRACT;
    expr->binary.left = left;
    expr->binary.right = right;
    return expr_over(parser, expr, left) ? expr : NULL;
}

static Expr *parse_literal(Parser *parser)
{
    TokenKind kind = parser_kind(parser);
    if (kind == TOKEN_NUMBER || kind == TOKEN_MINUS)
        return parse_number_literal(parser);
    Expr *expr = parse_atom(parser);
    if (expr && expr->kind == EXPR_JOINED)
        return parser_fail_span(parser, expr->span,
                                "patterns may only match literals and attribute lookups"),
               NULL;
    return expr;
}

static bool at_literal(const Parser *parser)
{
    TokenKind kind = parser_kind(parser);
    return kind == TOKEN_NUMBER || kind == TOKEN_MINUS || kind == TOKEN_STRING ||
           kind == TOKEN_FSTRING_START || kind == TOKEN_NONE || kind == TOKEN_TRUE ||
           kind == TOKEN_FALSE;
}

static Pattern *parse_literal_pattern(Parser *parser)
{
    uint32_t start = parser_start(parser);
    TokenKind kind = parser_kind(parser);
    bool singleton = kind == TOKEN_NONE || kind == TOKEN_TRUE || kind == TOKEN_FALSE;
    Expr *value = parse_literal(parser);
    if (!value)
        return NULL;
    Pattern *pattern = pattern_new(parser, singleton ? PATTERN_SINGLETON : PATTERN_VALUE, start);
    pattern->value = value;
    return pattern;
}

/* `*name` in a sequence. */
static Pattern *parse_maybe_star(Parser *parser)
{
    uint32_t start = parser_start(parser);
    if (!parser_accept(parser, TOKEN_STAR))
        return parse_pattern(parser);
    bool wildcard = is_wildcard(parser);
    Str name;
    if (!parser_name(parser, &name))
        return NULL;
    Pattern *pattern = pattern_new(parser, PATTERN_STAR, start);
    pattern->capture.name = wildcard ? STR_NONE : name;
    return pattern;
}

static bool ends_sequence(TokenKind kind)
{
    return kind == TOKEN_RBRACKET || kind == TOKEN_RPAREN || kind == TOKEN_COLON ||
           kind == TOKEN_IF;
}

/* The patterns of a sequence, the first one being read; up to what ends it. */
static Pattern *parse_sequence(Parser *parser, Pattern *first, uint32_t start)
{
    PatternVec items = { 0 };
    VEC_PUSH(parser->arena, &items, first);
    while (parser_accept(parser, TOKEN_COMMA) && !ends_sequence(parser_kind(parser))) {
        Pattern *item = parse_maybe_star(parser);
        if (!item)
            return NULL;
        VEC_PUSH(parser->arena, &items, item);
    }
    Pattern *pattern = pattern_new(parser, PATTERN_SEQUENCE, start);
    pattern->patterns = (PatternList){ items.items, items.len };
    return pattern;
}

static Pattern *parse_bracket_pattern(Parser *parser, TokenKind closing)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    if (parser_accept(parser, closing))
        return pattern_new(parser, PATTERN_SEQUENCE, start);
    Pattern *first = parse_maybe_star(parser);
    if (!first)
        return NULL;
    bool group = closing == TOKEN_RPAREN && parser_kind(parser) != TOKEN_COMMA;
    if (group && first->kind == PATTERN_STAR)
        return parser_fail(parser), NULL;
    Pattern *pattern = group ? first : parse_sequence(parser, first, start);
    if (!pattern || !parser_expect(parser, closing))
        return NULL;
    if (!group)
        pattern->span.end = parser_last_end(parser);
    return pattern;
}

static bool parse_mapping_item(Parser *parser, ExprVec *keys, PatternVec *patterns)
{
    Expr *key = at_literal(parser) ? parse_literal(parser) : NULL;
    if (!key && parser_kind(parser) == TOKEN_NAME && parser_peek(parser, 1) == TOKEN_DOT)
        key = parse_dotted_name(parser);
    if (!key)
        return parser_fail(parser);
    if (!parser_expect(parser, TOKEN_COLON))
        return false;
    Pattern *pattern = parse_pattern(parser);
    if (!pattern)
        return false;
    VEC_PUSH(parser->arena, keys, key);
    VEC_PUSH(parser->arena, patterns, pattern);
    return true;
}

static Pattern *parse_mapping(Parser *parser)
{
    uint32_t start = parser_start(parser);
    ExprVec keys = { 0 };
    PatternVec patterns = { 0 };
    Str rest = STR_NONE;
    parser_advance(parser);
    while (parser_kind(parser) != TOKEN_RBRACE && !str_given(rest)) {
        if (parser_accept(parser, TOKEN_DOUBLE_STAR)) {
            if (is_wildcard(parser))
                return parser_fail(parser), NULL;
            if (!parser_name(parser, &rest))
                return NULL;
        } else if (!parse_mapping_item(parser, &keys, &patterns)) {
            return NULL;
        }
        if (!parser_accept(parser, TOKEN_COMMA))
            break;
    }
    if (!parser_expect(parser, TOKEN_RBRACE))
        return NULL;
    Pattern *pattern = pattern_new(parser, PATTERN_MAPPING, start);
    pattern->mapping.keys = expr_list(keys);
    pattern->mapping.patterns = (PatternList){ patterns.items, patterns.len };
    pattern->mapping.rest = rest;
    return pattern;
}

typedef struct ClassReader {
    PatternVec patterns;
    VEC(Str) names;
    VEC(Span) spans;
    Span last_positional;
} ClassReader;

static bool parse_class_argument(Parser *parser, ClassReader *reader)
{
    bool keyword = parser_kind(parser) == TOKEN_NAME && parser_peek(parser, 1) == TOKEN_EQUAL;
    if (keyword) {
        Token token = parser_token(parser);
        VEC_PUSH(parser->arena, &reader->names, parser_identifier(parser, parser->at));
        VEC_PUSH(parser->arena, &reader->spans, ((Span){ token.start, token.end }));
        parser_advance(parser);
        parser_advance(parser);
    }
    Pattern *pattern = parse_pattern(parser);
    if (!pattern)
        return false;
    if (!keyword && reader->names.len)
        return parser_fail_span(parser, pattern->span,
                                "positional patterns follow keyword patterns");
    VEC_PUSH(parser->arena, &reader->patterns, pattern);
    return true;
}

static Pattern *parse_class_pattern(Parser *parser, Expr *cls)
{
    ClassReader reader = { 0 };
    parser_advance(parser);
    while (parser_kind(parser) != TOKEN_RPAREN) {
        if (!parse_class_argument(parser, &reader))
            return NULL;
        if (!parser_accept(parser, TOKEN_COMMA))
            break;
    }
    if (!parser_expect(parser, TOKEN_RPAREN))
        return NULL;
    Pattern *pattern = pattern_new(parser, PATTERN_CLASS, cls->span.start);
    pattern->cls.cls = cls;
    pattern->cls.patterns = (PatternList){ reader.patterns.items, reader.patterns.len };
    pattern->cls.names = (NameList){ reader.names.items, reader.names.len };
    pattern->cls.name_spans = reader.spans.items;
    return pattern;
}

static Pattern *parse_name_pattern(Parser *parser)
{
    uint32_t start = parser_start(parser);
    TokenKind next = parser_peek(parser, 1);
    bool wildcard = is_wildcard(parser);
    if (next == TOKEN_DOT || next == TOKEN_LPAREN) {
        Expr *name = parse_dotted_name(parser);
        if (!name)
            return NULL;
        if (parser_kind(parser) == TOKEN_LPAREN)
            return parse_class_pattern(parser, name);
        Pattern *value = pattern_new(parser, PATTERN_VALUE, start);
        value->value = name;
        return value;
    }
    Str name;
    if (next == TOKEN_EQUAL || !parser_name(parser, &name))
        return parser_fail(parser), NULL;
    Pattern *pattern = pattern_new(parser, PATTERN_AS, start);
    pattern->capture.name = wildcard ? STR_NONE : name;
    return pattern;
}

static Pattern *parse_closed(Parser *parser)
{
    if (at_literal(parser))
        return parse_literal_pattern(parser);
    switch ((int)parser_kind(parser)) {
    case TOKEN_NAME:
        return parse_name_pattern(parser);
    case TOKEN_LPAREN:
        return parse_bracket_pattern(parser, TOKEN_RPAREN);
    case TOKEN_LBRACKET:
        return parse_bracket_pattern(parser, TOKEN_RBRACKET);
    case TOKEN_LBRACE:
        return parse_mapping(parser);
    default:
        return parser_fail(parser), NULL;
    }
}

static Pattern *parse_or(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Pattern *first = parse_closed(parser);
    if (!first || parser_kind(parser) != TOKEN_BAR)
        return first;
    PatternVec items = { 0 };
    VEC_PUSH(parser->arena, &items, first);
    while (parser_accept(parser, TOKEN_BAR)) {
        Pattern *item = parse_closed(parser);
        if (!item)
            return NULL;
        VEC_PUSH(parser->arena, &items, item);
    }
    Pattern *pattern = pattern_new(parser, PATTERN_OR, start);
    pattern->patterns = (PatternList){ items.items, items.len };
    return pattern;
}

/* Behind `as`. */
static Pattern *parse_as(Parser *parser, Pattern *inner, uint32_t start)
{
    if (is_wildcard(parser))
        return parser_fail_here(parser, "cannot use '_' as a target"), NULL;
    TokenKind next = parser_peek(parser, 1);
    Str name;
    if (parser_kind(parser) != TOKEN_NAME || next == TOKEN_DOT || next == TOKEN_LPAREN ||
        next == TOKEN_EQUAL) {
        if (starts_expression(parser_kind(parser)))
            return parser_fail_here(parser, "invalid pattern target"), NULL;
        return parser_fail(parser), NULL;
    }
    if (!parser_name(parser, &name))
        return NULL;
    Pattern *pattern = pattern_new(parser, PATTERN_AS, start);
    pattern->capture.pattern = inner;
    pattern->capture.name = name;
    return pattern;
}

static Pattern *parse_pattern(Parser *parser)
{
    uint32_t start = parser_start(parser);
    if (!parser_enter(parser))
        return NULL;
    Pattern *pattern = parse_or(parser);
    if (pattern && parser_accept(parser, TOKEN_AS))
        pattern = parse_as(parser, pattern, start);
    parser_leave(parser);
    return pattern;
}

Pattern *parse_case_pattern(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Pattern *first = parse_maybe_star(parser);
    if (!first || (parser_kind(parser) != TOKEN_COMMA && first->kind != PATTERN_STAR))
        return first;
    if (parser_kind(parser) != TOKEN_COMMA)
        return parser_fail(parser), NULL;
    return parse_sequence(parser, first, start);
}
