/* SPDX-License-Identifier: MIT */
#include "py/parser_state.h"

typedef VEC(Keyword) KeywordVec;
typedef VEC(Arg) ArgVec;

/* The arguments of a call being read. */
typedef struct CallReader {
    Parser *parser;
    Expr *call;
    ExprVec args;
    KeywordVec keywords;
    bool keyword, unpacking; /* `a=1`, `**a` came before */
} CallReader;

static bool at_for(const Parser *parser)
{
    return parser_kind(parser) == TOKEN_FOR ||
           (parser_kind(parser) == TOKEN_ASYNC && parser_peek(parser, 1) == TOKEN_FOR);
}

static bool add_keyword(CallReader *reader, Str name, uint32_t start, Expr *value)
{
    Parser *parser = reader->parser;
    if (!value || !expr_over(parser, reader->call, value))
        return false;
    Keyword keyword = { .name = name, .value = value, .span = { start, parser_last_end(parser) } };
    VEC_PUSH(parser->arena, &reader->keywords, keyword);
    return true;
}

/* At "NAME =". */
static bool read_keyword(CallReader *reader)
{
    Parser *parser = reader->parser;
    uint32_t start = parser_start(parser);
    Str name;
    if (!parser_name(parser, &name))
        return false;
    parser_advance(parser);
    Span span = { start, parser_last_end(parser) };
    if (parser_kind(parser) == TOKEN_COMMA || parser_kind(parser) == TOKEN_RPAREN)
        return parser_fail_span(parser, span, "expected argument value expression");
    Expr *value = parse_expression(parser);
    if (value && at_for(parser))
        return parser_fail_span(parser, (Span){ start, parser_last_end(parser) },
                                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    if (value && parser_kind(parser) == TOKEN_EQUAL)
        return parser_fail_span(parser, (Span){ value->span.start, parser_token(parser).end },
                                "expression cannot contain assignment, perhaps you meant "
                                "\"==\"?");
    reader->keyword = true;
    return add_keyword(reader, name, start, value);
}

static bool read_double_star(CallReader *reader)
{
    uint32_t start = parser_start(reader->parser);
    parser_advance(reader->parser);
    reader->unpacking = true;
    return add_keyword(reader, STR_NONE, start, parse_expression(reader->parser));
}

static bool add_argument(CallReader *reader, Expr *value)
{
    if (!value || !expr_over(reader->parser, reader->call, value))
        return false;
    VEC_PUSH(reader->parser->arena, &reader->args, value);
    return true;
}

static bool read_star(CallReader *reader)
{
    Parser *parser = reader->parser;
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    Expr *operand = parse_expression(parser);
    if (!operand)
        return false;
    if (reader->unpacking)
        return parser_fail_here(parser,
                                "iterable argument unpacking follows keyword argument unpacking");
    Expr *expr = node_new(parser, EXPR_STARRED, start);
    expr->operand = operand;
    return expr_over(parser, expr, operand) && add_argument(reader, expr);
}

/* `f(x for x in y)`: the call's parentheses are those of the generator. */
static bool read_generator(CallReader *reader, Expr *element, uint32_t open)
{
    Parser *parser = reader->parser;
    Expr *expr = node_new(parser, EXPR_GENERATOR, open);
    expr->comp.element = element;
    if (!expr_over(parser, expr, element) || !parse_comprehensions(parser, expr))
        return false;
    bool alone = reader->args.len == 0 && reader->keywords.len == 0;
    if ((!alone && parser_kind(parser) == TOKEN_RPAREN) || parser_kind(parser) == TOKEN_COMMA)
        return parser_fail_span(parser, (Span){ element->span.start, parser_last_end(parser) },
                                "Generator expression must be parenthesized");
    expr->span.end = parser_token(parser).end;
    return add_argument(reader, expr);
}

static bool read_positional(CallReader *reader, uint32_t open)
{
    Parser *parser = reader->parser;
    bool walrus = parser_kind(parser) == TOKEN_NAME && parser_peek(parser, 1) == TOKEN_COLON_EQUAL;
    Expr *value = walrus ? parse_named_expression(parser) : parse_expression(parser);
    if (!value)
        return false;
    if (parser_kind(parser) == TOKEN_EQUAL) {
        Span span = { value->span.start, parser_token(parser).end };
        if (value->kind == EXPR_CONSTANT && value->constant.kind <= CONST_TRUE)
            return parser_fail_span(parser, span, "cannot assign to %s", expr_kind_name(value));
        return parser_fail_span(parser, span,
                                "expression cannot contain assignment, perhaps you "
                                "meant \"==\"?");
    }
    if (at_for(parser))
        return read_generator(reader, value, open);
    if (reader->unpacking)
        return parser_fail_here(parser, "positional argument follows keyword argument unpacking");
    if (reader->keyword)
        return parser_fail_here(parser, "positional argument follows keyword argument");
    return add_argument(reader, value);
}

static bool read_argument(CallReader *reader, uint32_t open)
{
    Parser *parser = reader->parser;
    switch ((int)parser_kind(parser)) {
    case TOKEN_STAR:
        return read_star(reader);
    case TOKEN_DOUBLE_STAR:
        return read_double_star(reader);
    case TOKEN_NAME:
        if (parser_peek(parser, 1) == TOKEN_EQUAL)
            return read_keyword(reader);
        return read_positional(reader, open);
    default:
        return read_positional(reader, open);
    }
}

bool parse_call_arguments(Parser *parser, Expr *call)
{
    CallReader reader = { .parser = parser, .call = call };
    uint32_t open = parser_start(parser);
    parser_advance(parser);
    while (parser_kind(parser) != TOKEN_RPAREN) {
        if (!read_argument(&reader, open))
            return false;
        if (!parser_accept(parser, TOKEN_COMMA))
            break;
    }
    call->call.args = expr_list(reader.args);
    call->call.keywords = (KeywordList){ reader.keywords.items, reader.keywords.len };
    return parser_expect(parser, TOKEN_RPAREN);
}

/* The parameters of a def or lambda being read. */
typedef struct ParamReader {
    Parser *parser;
    TokenKind closing; /* TOKEN_RPAREN of a def, TOKEN_COLON of a lambda */
    ArgVec posonly, args, kwonly;
    ExprVec defaults, kw_defaults;
    Arg *vararg, *kwarg;
    bool slash, star;
    uint32_t bare_star; /* the token of a `*` that needs a name behind it, or 0 */
} ParamReader;

static bool ends_param(const ParamReader *reader)
{
    TokenKind kind = parser_kind(reader->parser);
    return kind == TOKEN_COMMA || kind == reader->closing;
}

/* `def f(a, (b, c))` of Python 2 */
static bool at_parenthesized_names(const ParamReader *reader)
{
    const Parser *parser = reader->parser;
    uint32_t ahead = 1;
    if (parser_kind(parser) != TOKEN_LPAREN || reader->star || reader->defaults.len)
        return false;
    while (parser_peek(parser, ahead) == TOKEN_NAME) {
        ahead++;
        if (parser_peek(parser, ahead) != TOKEN_COMMA)
            break;
        ahead++;
    }
    return ahead > 1 && parser_peek(parser, ahead) == TOKEN_RPAREN;
}

static bool read_param_name(ParamReader *reader, Arg *arg, bool star)
{
    Parser *parser = reader->parser;
    uint32_t start = parser_start(parser);
    if (at_parenthesized_names(reader))
        return parser_fail_here(parser, "%s parameters cannot be parenthesized",
                                reader->closing == TOKEN_COLON ? "Lambda expression" : "Function");
    if (!parser_name(parser, &arg->name))
        return false;
    arg->annotation = NULL;
    if (reader->closing == TOKEN_RPAREN && parser_accept(parser, TOKEN_COLON)) {
        arg->annotation = star ? parse_star_named_expression(parser) : parse_expression(parser);
        if (!arg->annotation)
            return false;
    }
    arg->span = (Span){ start, parser_last_end(parser) };
    return true;
}

/* "= default", which may be missing. */
static bool read_default(ParamReader *reader, Expr **value)
{
    Parser *parser = reader->parser;
    *value = NULL;
    if (!parser_accept(parser, TOKEN_EQUAL))
        return true;
    if (ends_param(reader)) {
        uint32_t end = parser_last_end(parser);
        return parser_fail_span(parser, (Span){ end - 1, end },
                                "expected default value expression");
    }
    *value = parse_expression(parser);
    return *value != NULL;
}

static bool read_param(ParamReader *reader)
{
    Parser *parser = reader->parser;
    Arg arg;
    Expr *value;
    if (!read_param_name(reader, &arg, false) || !read_default(reader, &value))
        return false;
    if (reader->star) {
        reader->bare_star = 0;
        VEC_PUSH(parser->arena, &reader->kwonly, arg);
        VEC_PUSH(parser->arena, &reader->kw_defaults, value);
        return true;
    }
    VEC_PUSH(parser->arena, &reader->args, arg);
    if (value)
        VEC_PUSH(parser->arena, &reader->defaults, value);
    else if (reader->defaults.len)
        return parser_fail_span(parser, arg.span, "non-default argument follows default argument");
    return true;
}

static bool read_slash(ParamReader *reader)
{
    Parser *parser = reader->parser;
    if (reader->slash)
        return parser_fail_here(parser, "/ may appear only once");
    if (reader->star)
        return parser_fail_here(parser, "/ must be ahead of *");
    if (reader->args.len == 0)
        return parser_peek(parser, 1) == TOKEN_COMMA
                   ? parser_fail_here(parser, "at least one argument must precede /")
                   : parser_fail(parser);
    reader->slash = true;
    reader->posonly = reader->args;
    reader->args = (ArgVec){ 0 };
    parser_advance(parser);
    if (parser_kind(parser) == TOKEN_STAR)
        return parser_fail_here(parser, "expected comma between / and *");
    return true;
}

static bool refuse_param_default(ParamReader *reader, const char *kind)
{
    if (parser_kind(reader->parser) != TOKEN_EQUAL)
        return true;
    return parser_fail_here(reader->parser, "%s argument cannot have default value", kind);
}

static bool read_star_param(ParamReader *reader)
{
    Parser *parser = reader->parser;
    if (reader->star)
        return parser_fail_here(parser, "* argument may appear only once");
    reader->star = true;
    reader->bare_star = parser->at;
    parser_advance(parser);
    if (ends_param(reader))
        return true;
    reader->bare_star = 0;
    reader->vararg = ARENA_NEW(parser->arena, Arg);
    return read_param_name(reader, reader->vararg, true) &&
           refuse_param_default(reader, "var-positional");
}

static bool read_kwarg(ParamReader *reader)
{
    Parser *parser = reader->parser;
    parser_advance(parser);
    reader->kwarg = ARENA_NEW(parser->arena, Arg);
    if (!read_param_name(reader, reader->kwarg, false) ||
        !refuse_param_default(reader, "var-keyword"))
        return false;
    if (parser_accept(parser, TOKEN_COMMA) && parser_kind(parser) != reader->closing)
        return parser_fail_here(parser, "arguments cannot follow var-keyword argument");
    return true;
}

static bool read_params(ParamReader *reader)
{
    Parser *parser = reader->parser;
    while (parser_kind(parser) != reader->closing && !reader->kwarg) {
        TokenKind kind = parser_kind(parser);
        bool ok = kind == TOKEN_SLASH         ? read_slash(reader)
                  : kind == TOKEN_STAR        ? read_star_param(reader)
                  : kind == TOKEN_DOUBLE_STAR ? read_kwarg(reader)
                                              : read_param(reader);
        if (!ok)
            return false;
        if (!reader->kwarg && !parser_accept(parser, TOKEN_COMMA))
            break;
    }
    if (parser_kind(parser) != reader->closing)
        return parser_fail(parser);
    Token star = parser->tokens[reader->bare_star];
    return !reader->bare_star || parser_fail_span(parser, (Span){ star.start, star.end },
                                                  "named arguments must follow bare *");
}

Arguments *parse_parameters(Parser *parser, TokenKind closing)
{
    ParamReader reader = { .parser = parser, .closing = closing };
    if (!read_params(&reader))
        return NULL;
    Arguments *args = ARENA_NEW(parser->arena, Arguments);
    args->posonly = (ArgList){ reader.posonly.items, reader.posonly.len };
    args->args = (ArgList){ reader.args.items, reader.args.len };
    args->kwonly = (ArgList){ reader.kwonly.items, reader.kwonly.len };
    args->vararg = reader.vararg;
    args->kwarg = reader.kwarg;
    args->defaults = expr_list(reader.defaults);
    args->kw_defaults = expr_list(reader.kw_defaults);
    return args;
}

Expr *parse_lambda(Parser *parser)
{
    uint32_t start = parser_start(parser);
    parser_advance(parser);
    Arguments *args = parse_parameters(parser, TOKEN_COLON);
    if (!args || !parser_expect(parser, TOKEN_COLON))
        return NULL;
    Expr *body = parse_expression(parser);
    if (!body)
        return NULL;
    Expr *expr = node_new(parser, EXPR_LAMBDA, start);
    expr->lambda.args = args;
    expr->lambda.body = body;
    bool fits = expr_over(parser, expr, body) && expr_over_all(parser, expr, args->defaults) &&
                expr_over_all(parser, expr, args->kw_defaults);
    return fits ? expr : NULL;
}
