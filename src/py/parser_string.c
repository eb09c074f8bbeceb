/* SPDX-License-Identifier: MIT */
#include "py/literal.h"
#include "py/parser_state.h"

/* Strings that stand beside each other, being joined. */
typedef struct Joined {
    ExprVec values;    /* EXPR_CONSTANT and EXPR_FORMATTED; no two constants in a row */
    bool bytes, plain; /* of plain strings, the kind of the first */
    bool formatted;    /* one is an f-string */
    bool named;        /* a \N{...} was met */
} Joined;

static void add_text(Parser *parser, ExprVec *values, Str text, ConstKind kind, uint32_t start)
{
    if (values->len && VEC_LAST(values)->kind == EXPR_CONSTANT) {
        Expr *last = VEC_LAST(values);
        last->constant.text = str_concat(parser->arena, last->constant.text, text);
        last->span.end = parser_last_end(parser);
        return;
    }
    Expr *expr = node_new(parser, EXPR_CONSTANT, start);
    expr->constant = (Const){ .kind = kind, .text = text };
    VEC_PUSH(parser->arena, values, expr);
}

static bool parse_plain(Parser *parser, Joined *joined)
{
    Token token = parser_token(parser);
    StringParts parts = literal_split(parser_token_text(parser, parser->at));
    Str text, problem;
    LiteralState state =
        literal_decode(parser->arena, parts.body, parts.raw, parts.bytes, &text, &problem);
    if (state == LITERAL_BAD)
        return parser_fail_here(parser, "%.*s", STR_ARG(problem));
    joined->named |= state == LITERAL_NAMED;
    if (joined->plain && joined->bytes != parts.bytes)
        return parser_fail_here(parser, "cannot mix bytes and nonbytes literals");
    joined->plain = true;
    joined->bytes = parts.bytes;
    parser_advance(parser);
    if (text.len || (joined->values.len == 0 && !joined->formatted))
        add_text(parser, &joined->values, text, parts.bytes ? CONST_BYTES : CONST_STR, token.start);
    return true;
}

static bool parse_field(Parser *parser, Joined *joined, ExprVec *values, bool raw);

/* Literal text and fields, up to the end of the f-string or of the format spec. */
static bool parse_parts(Parser *parser, Joined *joined, ExprVec *values, bool raw, bool spec)
{
    for (;;) {
        Token token = parser_token(parser);
        if (token.kind == TOKEN_LBRACE) {
            if (!parse_field(parser, joined, values, raw))
                return false;
            continue;
        }
        if (token.kind != TOKEN_FSTRING_MIDDLE)
            return true;
        Str text, problem;
        LiteralState state = literal_decode_fstring(
            parser->arena, parser_token_text(parser, parser->at), raw, spec, &text, &problem);
        if (state == LITERAL_BAD)
            return parser_fail_here(parser, "%.*s", STR_ARG(problem));
        joined->named |= state == LITERAL_NAMED;
        parser_advance(parser);
        add_text(parser, values, text, CONST_STR, token.start);
    }
}

static bool parse_conversion(Parser *parser, Expr *field)
{
    uint32_t end = parser_token(parser).end;
    if (!parser_accept(parser, TOKEN_EXCLAMATION))
        return true;
    Str name = parser_token_text(parser, parser->at);
    TokenKind kind = parser_kind(parser);
    if (kind == TOKEN_ERROR)
        return parser_fail(parser);
    if (kind == TOKEN_NAME && parser_start(parser) != end)
        return parser_fail_here(
            parser, "f-string: conversion type must come right after the exclamation mark");
    if (kind != TOKEN_NAME || (!str_is(name, "s") && !str_is(name, "r") && !str_is(name, "a")))
        return parser_fail_here(
            parser, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
    field->formatted.conversion = name.ptr[0];
    parser_advance(parser);
    return true;
}

static bool parse_spec(Parser *parser, Joined *joined, Expr *field, bool raw)
{
    ExprVec values = { 0 };
    uint32_t start = parser_start(parser);
    if (!parser_accept(parser, TOKEN_COLON))
        return true;
    if (!parse_parts(parser, joined, &values, raw, true))
        return false;
    Expr *spec = node_new(parser, EXPR_JOINED, start);
    spec->joined.values = expr_list(values);
    field->formatted.spec = spec;
    return expr_over_all(parser, spec, spec->joined.values) && expr_over(parser, field, spec);
}

static bool check_field_start(Parser *parser)
{
    switch ((int)parser_kind(parser)) {
    case TOKEN_RBRACE:
        return parser_fail_here(parser, "f-string: empty expression not allowed");
    case TOKEN_EXCLAMATION:
    case TOKEN_COLON:
    case TOKEN_EQUAL:
        return parser_fail_here(parser, "f-string: expression required before '%s'",
                                token_text(parser_kind(parser)));
    default:
        return true;
    }
}

/* At the '{'. */
static bool parse_field(Parser *parser, Joined *joined, ExprVec *values, bool raw)
{
    Token open = parser_token(parser);
    parser_advance(parser);
    if (!check_field_start(parser) || !parser_enter(parser))
        return false;
    parser->fields++;
    Expr *value = parse_annotated_rhs(parser);
    parser->fields--;
    parser_leave(parser);
    if (!value)
        return false;
    Expr *field = node_new(parser, EXPR_FORMATTED, open.start);
    field->formatted.value = value;
    bool debug = parser_accept(parser, TOKEN_EQUAL);
    if (debug)
        add_text(parser, values,
                 source_slice(parser->source, (Span){ open.end, parser_start(parser) }), CONST_STR,
                 open.end);
    if (!expr_over(parser, field, value) || !parse_conversion(parser, field) ||
        !parse_spec(parser, joined, field, raw))
        return false;
    if (debug && !field->formatted.conversion && !field->formatted.spec)
        field->formatted.conversion = 'r';
    if (parser_kind(parser) != TOKEN_RBRACE)
        return parser_kind(parser) == TOKEN_ERROR || starts_expression(parser_kind(parser))
                   ? parser_fail(parser)
                   : parser_fail_here(parser, "f-string: expecting '}'");
    parser_advance(parser);
    field->span.end = parser_last_end(parser);
    VEC_PUSH(parser->arena, values, field);
    return true;
}

static bool parse_fstring(Parser *parser, Joined *joined)
{
    Str prefix = parser_token_text(parser, parser->at);
    if (joined->plain && joined->bytes)
        return parser_fail_here(parser, "cannot mix bytes and nonbytes literals");
    joined->formatted = joined->plain = true;
    parser_advance(parser);
    return parse_parts(parser, joined, &joined->values, literal_split(prefix).raw, false) &&
           parser_expect(parser, TOKEN_FSTRING_END);
}

Expr *parse_strings(Parser *parser)
{
    Joined joined = { 0 };
    uint32_t start = parser_start(parser);
    for (;;) {
        TokenKind kind = parser_kind(parser);
        if (kind == TOKEN_STRING ? !parse_plain(parser, &joined)
                                 : kind == TOKEN_FSTRING_START && !parse_fstring(parser, &joined))
            return NULL;
        if (kind != TOKEN_STRING && kind != TOKEN_FSTRING_START)
            break;
    }
    if (joined.named) {
        Expr *expr = node_new(parser, EXPR_CONSTANT, start);
        expr->constant = (Const){ .kind = CONST_UNSUPPORTED,
                                  .text = STR("\\N{...} escapes in strings are not supported") };
        return expr;
    }
    if (!joined.formatted) {
        joined.values.items[0]->span = (Span){ start, parser_last_end(parser) };
        return joined.values.items[0];
    }
    Expr *expr = node_new(parser, EXPR_JOINED, start);
    expr->joined.values = expr_list(joined.values);
    return expr_over_all(parser, expr, expr->joined.values) ? expr : NULL;
}
