/* SPDX-License-Identifier: MIT */
#include "py/parser.h"

#include "py/parser_state.h"
#include "py/unicode.h"

Str parser_token_text(const Parser *parser, uint32_t at)
{
    Token token = parser->tokens[at];
    return source_slice(parser->source, (Span){ token.start, token.end });
}

Str parser_identifier(Parser *parser, uint32_t at)
{
    Str text = parser_token_text(parser, at);
    return parser->source->ascii ? text : unicode_nfkc(parser->arena, text);
}

bool parser_is_word(const Parser *parser, uint32_t ahead, const char *word)
{
    return parser_peek(parser, ahead) == TOKEN_NAME &&
           str_is(parser_token_text(parser, parser->at + ahead), word);
}

/* The brackets that are open behind a token. */
static int level_after(const Parser *parser, uint32_t at)
{
    int level = 0;
    for (uint32_t i = 0; i <= at && i < parser->token_count; i++) {
        TokenKind kind = parser->tokens[i].kind;
        if (kind == TOKEN_LPAREN || kind == TOKEN_LBRACKET || kind == TOKEN_LBRACE)
            level++;
        else if (kind == TOKEN_RPAREN || kind == TOKEN_RBRACKET || kind == TOKEN_RBRACE)
            level--;
    }
    return level;
}

static bool fail_lexer(Parser *parser)
{
    LexerError error = parser->lexer_error;
    return syntax_fail(parser->source, error.cls, error.span, parser->err, "%.*s",
                       STR_ARG(error.message));
}

/* What is wrong with the tokens of the rest of the file comes before what is wrong in the grammar.
 */
static bool lexer_error_wins(const Parser *parser)
{
    const LexerError *error = &parser->lexer_error;
    if (!str_given(error->message))
        return false;
    if (!error->late)
        return true;
    uint32_t line = source_line(parser->source, parser_start(parser));
    return error->unclosed && line > source_line(parser->source, error->span.start);
}

static bool fail_with(Parser *parser, SyntaxClass cls, Span span, const char *format, va_list args)
{
    if (parser->trying || error_set(parser->err))
        return false;
    if (lexer_error_wins(parser))
        return fail_lexer(parser);
    Str message = str_vformat(parser->arena, format, args);
    return syntax_fail(parser->source, cls, span, parser->err, "%s%.*s",
                       parser->fields ? "f-string: " : "", STR_ARG(message));
}

bool parser_fail_span(Parser *parser, Span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fail_with(parser, SYNTAX_ERROR, span, format, args);
    va_end(args);
    return false;
}

static Span here(const Parser *parser)
{
    Token token = parser_token(parser);
    return (Span){ token.start, token.end > token.start ? token.end : token.start + 1 };
}

bool parser_fail_here(Parser *parser, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fail_with(parser, SYNTAX_ERROR, here(parser), format, args);
    va_end(args);
    return false;
}

bool parser_fail_indent(Parser *parser, const char *format, ...)
{
    va_list args;
    Token token = parser_token(parser);
    /* within the indentation, where no caret is drawn */
    bool within = token.kind == TOKEN_INDENT && token.start > 0;
    Span span = { token.start - within, token.start + 1 - within };
    va_start(args, format);
    fail_with(parser, INDENTATION_ERROR, span, format, args);
    va_end(args);
    return false;
}

/* A name before the place where the grammar fails that is likely a keyword or a prefix gone wrong.
 */
static bool is_misread_word(const Parser *parser, uint32_t first)
{
    Str word = parser_token_text(parser, first);
    if (parser->tokens[first].kind != TOKEN_NAME)
        return false;
    if (str_is(word, "match") || str_is(word, "case") || str_is(word, "_"))
        return true;
    TokenKind next = parser->tokens[first + 1].kind;
    bool legacy = str_is(word, "print") || str_is(word, "exec");
    return next == TOKEN_STRING || next == TOKEN_FSTRING_START ||
           (legacy && parser->at == first + 1);
}

/*
 * `a b` in brackets, where a comma would help. Where the file ends or breaks off within b, that is
 * what is told.
 */
static bool fail_missing_comma(Parser *parser)
{
    uint32_t first = parser->last_disjunction, at = parser->at;
    if (parser->last_disjunction_end != at || !starts_expression(parser_kind(parser)))
        return false;
    parser->trying++;
    bool parsed = parse_expression(parser) != NULL;
    parser->trying--;
    if (!parsed && parser_kind(parser) == TOKEN_ERROR)
        return fail_lexer(parser), true;
    bool within = parsed && level_after(parser, parser->at - 1) > 0;
    Span span = { parser->tokens[first].start, parser_last_end(parser) };
    parser->at = at;
    if (!within || is_misread_word(parser, first))
        return false;
    parser_fail_span(parser, span, "invalid syntax. Perhaps you forgot a comma?");
    return true;
}

bool parser_fail(Parser *parser)
{
    if (parser->trying || error_set(parser->err))
        return false;
    TokenKind kind = parser_kind(parser);
    if (kind == TOKEN_ERROR)
        return fail_lexer(parser);
    if (fail_missing_comma(parser))
        return false;
    if (kind == TOKEN_INDENT)
        return parser_fail_indent(parser, "unexpected indent");
    if (kind == TOKEN_DEDENT)
        return parser_fail_indent(parser, "unexpected unindent");
    return parser_fail_here(parser, "invalid syntax");
}

bool parser_expect(Parser *parser, TokenKind kind)
{
    return parser_accept(parser, kind) || parser_fail(parser);
}

bool parser_expect_colon(Parser *parser, bool forced)
{
    if (parser_accept(parser, TOKEN_COLON))
        return true;
    if (parser_kind(parser) != TOKEN_ERROR && (forced || parser_kind(parser) == TOKEN_NEWLINE))
        return parser_fail_here(parser, "expected ':'");
    return parser_fail(parser);
}

bool parser_name(Parser *parser, Str *name)
{
    if (parser_kind(parser) != TOKEN_NAME)
        return parser_fail(parser);
    *name = parser_identifier(parser, parser->at);
    parser_advance(parser);
    return true;
}

bool parser_enter(Parser *parser)
{
    if (parser->depth >= PARSER_DEPTH_MOST) {
        if (parser->trying)
            return false;
        return parser_fail_here(parser, "too many nested parentheses");
    }
    parser->depth++;
    return true;
}

Expr *node_new(Parser *parser, ExprKind kind, uint32_t start)
{
    Expr *expr = ARENA_NEW(parser->arena, Expr);
    expr->kind = kind;
    expr->span = (Span){ start, parser_last_end(parser) };
    expr->depth = 1;
    return expr;
}

bool expr_over(Parser *parser, Expr *expr, const Expr *child)
{
    if (child && child->depth >= expr->depth)
        expr->depth = child->depth + 1;
    if (expr->depth <= TREE_DEPTH_MOST)
        return true;
    return parser_fail_span(parser, expr->span, "expression is nested too deeply");
}

bool expr_over_all(Parser *parser, Expr *expr, ExprList children)
{
    for (size_t i = 0; i < children.len; i++) {
        if (!expr_over(parser, expr, children.items[i]))
            return false;
    }
    return true;
}

/* A token takes about so many bytes of a file, so that the list seldom grows. */
enum { TOKEN_BYTES = 4 };

static void read_tokens(Parser *parser)
{
    Lexer lexer;
    VEC(Token) tokens = { 0 };
    Token token;
    tokens.cap = 16 + parser->source->text.len / TOKEN_BYTES;
    tokens.items = ARENA_ARRAY(parser->scratch, Token, tokens.cap);
    lexer_init(&lexer, parser->source);
    do {
        token = lexer_next(&lexer);
        VEC_PUSH(parser->scratch, &tokens, token);
    } while (token.kind != TOKEN_END && token.kind != TOKEN_ERROR);
    if (token.kind == TOKEN_ERROR)
        parser->lexer_error = lexer.error;
    parser->tokens = tokens.items;
    parser->token_count = (uint32_t)tokens.len;
}

static Parser parser_new(Arena *arena, Source *source, Error *err)
{
    Parser parser = { .arena = arena, .scratch = arena_new(arena), .source = source, .err = err };
    parser.last_disjunction_end = UINT32_MAX;
    read_tokens(&parser);
    return parser;
}

bool parse_module(Arena *arena, Source *source, Module **module, Error *err)
{
    Parser parser = parser_new(arena, source, err);
    StmtVec body = { 0 };
    bool ok = true;
    while (ok && parser_kind(&parser) != TOKEN_END)
        ok = parse_statements(&parser, &body);
    arena_free(parser.scratch);
    if (!ok)
        return false;
    *module = ARENA_NEW(arena, Module);
    (*module)->source = source;
    (*module)->body = (StmtList){ body.items, body.len };
    return true;
}

bool parse_eval(Arena *arena, Source *source, Expr **expr, Error *err)
{
    Parser parser = parser_new(arena, source, err);
    parser_accept(&parser, TOKEN_INDENT); /* eval() forgives blanks before the expression */
    *expr = parse_star_expressions(&parser);
    while (*expr && (parser_accept(&parser, TOKEN_NEWLINE) || parser_accept(&parser, TOKEN_DEDENT)))
        continue;
    bool ok = *expr && parser_expect(&parser, TOKEN_END);
    arena_free(parser.scratch);
    return ok;
}
