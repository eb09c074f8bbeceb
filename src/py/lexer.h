/* SPDX-License-Identifier: MIT */
/*
 * Tokens of the script language, by Python 3.13's lexical grammar; f-strings are cut into parts
 * (PEP 701). One token at a time:
 *
 *     Lexer lexer;
 *     lexer_init(&lexer, source);
 *     Token token;
 *     do token = lexer_next(&lexer); while (token.kind != TOKEN_END && token.kind != TOKEN_ERROR);
 *
 * The first thing that is no token gives TOKEN_ERROR, for good, and lexer.error says what it is.
 */
#ifndef LIMBECK_PY_LEXER_H
#define LIMBECK_PY_LEXER_H

#include "base/vec.h"
#include "py/source.h"

/* clang-format off */
#define TOKEN_OPERATORS(X) \
    X(LPAREN, "(") X(RPAREN, ")") X(LBRACKET, "[") X(RBRACKET, "]") X(LBRACE, "{") X(RBRACE, "}") \
    X(COLON, ":") X(COMMA, ",") X(SEMICOLON, ";") X(DOT, ".") X(ELLIPSIS, "...") X(ARROW, "->") \
    X(EQUAL, "=") X(COLON_EQUAL, ":=") X(AT, "@") X(TILDE, "~") X(EXCLAMATION, "!") \
    X(EQ, "==") X(NE, "!=") X(LT, "<") X(LE, "<=") X(GT, ">") X(GE, ">=") \
    X(PLUS, "+") X(MINUS, "-") X(STAR, "*") X(SLASH, "/") X(DOUBLE_SLASH, "//") X(PERCENT, "%") \
    X(DOUBLE_STAR, "**") X(LSHIFT, "<<") X(RSHIFT, ">>") X(AMPERSAND, "&") X(BAR, "|") \
    X(CARET, "^") \
    X(PLUS_EQUAL, "+=") X(MINUS_EQUAL, "-=") X(STAR_EQUAL, "*=") X(AT_EQUAL, "@=") \
    X(SLASH_EQUAL, "/=") X(DOUBLE_SLASH_EQUAL, "//=") X(PERCENT_EQUAL, "%=") \
    X(DOUBLE_STAR_EQUAL, "**=") X(LSHIFT_EQUAL, "<<=") X(RSHIFT_EQUAL, ">>=") \
    X(AMPERSAND_EQUAL, "&=") X(BAR_EQUAL, "|=") X(CARET_EQUAL, "^=")

#define TOKEN_KEYWORDS(X) \
    X(FALSE, "False") X(NONE, "None") X(TRUE, "True") X(AND, "and") X(AS, "as") \
    X(ASSERT, "assert") X(ASYNC, "async") X(AWAIT, "await") X(BREAK, "break") X(CLASS, "class") \
    X(CONTINUE, "continue") X(DEF, "def") X(DEL, "del") X(ELIF, "elif") X(ELSE, "else") \
    X(EXCEPT, "except") X(FINALLY, "finally") X(FOR, "for") X(FROM, "from") X(GLOBAL, "global") \
    X(IF, "if") X(IMPORT, "import") X(IN, "in") X(IS, "is") X(LAMBDA, "lambda") \
    X(NONLOCAL, "nonlocal") X(NOT, "not") X(OR, "or") X(PASS, "pass") X(RAISE, "raise") \
    X(RETURN, "return") X(TRY, "try") X(WHILE, "while") X(WITH, "with") X(YIELD, "yield")
/* clang-format on */

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_ERROR,
    TOKEN_NEWLINE,
    TOKEN_INDENT,
    TOKEN_DEDENT,
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_STRING,         /* prefix and quotes included */
    TOKEN_FSTRING_START,  /* prefix and opening quotes */
    TOKEN_FSTRING_MIDDLE, /* literal text; braces are still doubled (but not in a format spec) */
    TOKEN_FSTRING_END,
    TOKEN_UNKNOWN, /* a character that begins no token */
#define X(name, text) TOKEN_##name,
    TOKEN_OPERATORS(X) TOKEN_KEYWORDS(X)
#undef X
        TOKEN_KIND_COUNT
} TokenKind;

typedef struct Token {
    TokenKind kind;
    uint32_t start, end; /* bytes of the source */
} Token;

enum {
    LEXER_PARENS_MOST = 200,
    LEXER_INDENTS_MOST = 100,
    LEXER_FSTRINGS_MOST = 150,
    LEXER_FIELDS_MOST = 3, /* fields within the format spec of fields */
};

/* A bracket that is open. */
typedef struct OpenParen {
    uint32_t at;
    char bracket;
    bool field; /* the brace of an f-string's field */
} OpenParen;

/* An f-string that is open. */
typedef struct OpenFstring {
    uint32_t start;
    char quote;
    bool triple, raw;
    uint8_t fields; /* open fields */
    struct {
        uint32_t level; /* the bracket depth within the field */
        bool in_spec;
    } field[LEXER_FIELDS_MOST];
} OpenFstring;

typedef struct LexerError {
    SyntaxClass cls;
    Str message; /* in the source's arena */
    Span span;
    bool unclosed; /* the file ends within a bracket: the span */
    bool late;     /* a syntax error before it comes first, even to one who reads ahead */
} LexerError;

typedef struct Lexer {
    Source *source;
    const char *text; /* of the source */
    uint32_t at, end;
    bool line_start; /* the indentation of a logical line comes next */
    bool ended_line; /* the last token was NEWLINE, or there was none */
    int pending;     /* DEDENT (negative) or INDENT tokens to hand out */
    uint32_t indent_count, paren_count, fstring_count;
    struct {
        uint32_t column, alternative; /* tabs to 8, tabs to 1 */
    } indents[LEXER_INDENTS_MOST];
    OpenParen parens[LEXER_PARENS_MOST];
    OpenFstring fstrings[LEXER_FSTRINGS_MOST];
    bool failed;
    LexerError error;
} Lexer;

void lexer_init(Lexer *lexer, Source *source);
Token lexer_next(Lexer *lexer);
/* As errors show it: "'('", "NEWLINE". */
const char *token_name(TokenKind kind);
/* The text of an operator or keyword; NULL for other kinds. */
const char *token_text(TokenKind kind);
bool token_is_keyword(TokenKind kind);
/* The kind of a name that is a keyword, else TOKEN_NAME. */
TokenKind token_keyword(Str name);

#endif
