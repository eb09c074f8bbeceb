/* SPDX-License-Identifier: MIT */
/*
 * What the parser's files share. A parse function returns NULL (or false) after an error, which is
 * then recorded; it leaves the token behind what it has read as the current one.
 */
#ifndef LIMBECK_PY_PARSER_STATE_H
#define LIMBECK_PY_PARSER_STATE_H

#include "py/ast.h"
#include "py/lexer.h"

typedef VEC(Expr *) ExprVec;
typedef VEC(Stmt *) StmtVec;
typedef VEC(Pattern *) PatternVec;

typedef struct Parser {
    Arena *arena;
    Arena *scratch; /* of the tokens; freed when all is parsed */
    Source *source;
    Error *err;
    Token *tokens;
    uint32_t token_count;
    uint32_t at; /* the current token */
    LexerError lexer_error;
    uint32_t depth;                                  /* of the recursion */
    uint32_t trying;                                 /* errors are not recorded */
    uint32_t last_disjunction, last_disjunction_end; /* tokens: for "forgot a comma?" */
    uint32_t fields;   /* of f-strings, that are open */
} Parser;

enum {
    PARSER_DEPTH_MOST = 1000,
    TREE_DEPTH_MOST =
        2900, /* long sums and chains of calls make deep trees without recursion here */
};

static inline TokenKind parser_kind(const Parser *parser)
{
    return parser->tokens[parser->at].kind;
}
static inline TokenKind parser_peek(const Parser *parser, uint32_t ahead)
{
    uint32_t at = parser->at + ahead;
    return parser->tokens[at < parser->token_count ? at : parser->token_count - 1].kind;
}
static inline Token parser_token(const Parser *parser)
{
    return parser->tokens[parser->at];
}
static inline uint32_t parser_start(const Parser *parser)
{
    return parser->tokens[parser->at].start;
}
/* Where the token before the current one ends; line ends and indentation do not count. */
static inline uint32_t parser_last_end(const Parser *parser)
{
    uint32_t at = parser->at;
    while (at > 1 && parser->tokens[at - 1].kind >= TOKEN_NEWLINE &&
           parser->tokens[at - 1].kind <= TOKEN_DEDENT)
        at--;
    return at ? parser->tokens[at - 1].end : 0;
}
static inline void parser_advance(Parser *parser)
{
    if (parser->at + 1 < parser->token_count)
        parser->at++;
}
static inline bool parser_accept(Parser *parser, TokenKind kind)
{
    if (parser_kind(parser) != kind)
        return false;
    parser_advance(parser);
    return true;
}
Str parser_token_text(const Parser *parser, uint32_t at);
/* A NAME token with this text: a soft keyword. */
bool parser_is_word(const Parser *parser, uint32_t ahead, const char *word);
bool parser_expect(Parser *parser, TokenKind kind);
/* The ':' of a compound statement: "expected ':'" when it is missing. */
bool parser_expect_colon(Parser *parser, bool forced);
/* The current NAME, normalized. */
bool parser_name(Parser *parser, Str *name);
Str parser_identifier(Parser *parser, uint32_t at);

/* The generic error at the current token. */
bool parser_fail(Parser *parser);
bool parser_fail_span(Parser *parser, Span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* At the current token. */
bool parser_fail_here(Parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool parser_fail_indent(Parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Every recursion goes through here. */
bool parser_enter(Parser *parser);
static inline void parser_leave(Parser *parser)
{
    parser->depth--;
}

/* A node from `start` to the last token read. */
Expr *node_new(Parser *parser, ExprKind kind, uint32_t start);
/* Adds a child's depth; false when the tree is too deep. A NULL child is none. */
bool expr_over(Parser *parser, Expr *expr, const Expr *child);
bool expr_over_all(Parser *parser, Expr *expr, ExprList children);
static inline ExprList expr_list(ExprVec vec)
{
    return (ExprList){ vec.items, vec.len };
}

/* parser_expr.c, in the terms of the grammar */
Expr *parse_expression(Parser *parser);
Expr *parse_named_expression(Parser *parser);
Expr *parse_disjunction(Parser *parser);
Expr *parse_bitwise_or(Parser *parser);
Expr *parse_primary(Parser *parser);
Expr *parse_star_expressions(Parser *parser);
Expr *parse_star_named_expression(Parser *parser);
Expr *parse_yield(Parser *parser);
/* yield or star_expressions */
Expr *parse_annotated_rhs(Parser *parser);
/* `a, b, *c` of assignments, without a value: the part of `for` before `in` */
Expr *parse_target_list(Parser *parser);
bool starts_expression(TokenKind kind);

/* parser_atom.c, parser_string.c, parser_call.c */
Expr *parse_atom(Parser *parser);
Expr *parse_strings(Parser *parser);
bool parse_comprehensions(Parser *parser, Expr *comp);
bool parse_call_arguments(Parser *parser, Expr *call);
Expr *parse_lambda(Parser *parser);
/* The parameters of a def (in parentheses) or lambda, up to `closing`. */
Arguments *parse_parameters(Parser *parser, TokenKind closing);

/* parser_target.c */
const char *expr_kind_name(const Expr *expr);
/* Makes the expression a target; false with "cannot assign to ..." when it is none. */
bool make_target(Parser *parser, Expr *expr, ExprContext context);
/* The part of the expression that cannot be a target, or NULL. */
Expr *invalid_target(Expr *expr, ExprContext context);

/* parser_pattern.c */
Pattern *parse_case_pattern(Parser *parser);

/* parser_stmt.c, parser_compound.c */
bool parse_statements(Parser *parser, StmtVec *statements);
bool parse_simple_line(Parser *parser, StmtVec *statements);
Stmt *parse_compound(Parser *parser);
Stmt *stmt_new(Parser *parser, StmtKind kind, uint32_t start);
bool parse_type_params(Parser *parser, TypeParamList *params);
bool at_compound(const Parser *parser);
bool at_match(const Parser *parser);

#endif
