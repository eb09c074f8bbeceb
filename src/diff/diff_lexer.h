/* SPDX-License-Identifier: MIT */
/* The words of an SQL expression. */
#ifndef LIMBECK_DIFF_DIFF_LEXER_H
#define LIMBECK_DIFF_DIFF_LEXER_H

#include "base/mem.h"
#include "base/str.h"

typedef enum TextTokenKind {
    TOKEN_END,
    TOKEN_WORD,   /* lower case */
    TOKEN_NAME,   /* a quoted name, without its quotes; a WORD where it needs none */
    TOKEN_STRING, /* with its quotes */
    TOKEN_NUMBER,
    TOKEN_OPERATOR, /* "<=", "::" */
    TOKEN_MARK,     /* one of ( ) [ ] , . */
    TOKEN_BAD,
} TextTokenKind;

typedef struct TextToken {
    TextTokenKind kind;
    Str text;
} TextToken;

typedef struct TextLexer {
    Arena *arena;
    Str sql;
    size_t at;
} TextLexer;

TextToken text_lexer_next(TextLexer *lexer);

#endif
