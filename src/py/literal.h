/* SPDX-License-Identifier: MIT */
/* What the text of a number or string token stands for. */
#ifndef LIMBECK_PY_LITERAL_H
#define LIMBECK_PY_LITERAL_H

#include "py/code.h"

/* The text of a TOKEN_NUMBER. False when it is too long to be read; `*problem` says so. */
bool literal_number(Arena *arena, Str text, Const *value, Str *problem);

/* The parts of a string token; of an f-string's start, without the body. */
typedef struct StringParts {
    bool raw, bytes, unicode; /* unicode: the prefix u */
    Str body;
} StringParts;
StringParts literal_split(Str token);

typedef enum LiteralState {
    LITERAL_OK,
    LITERAL_BAD,   /* `*problem` is the message of the SyntaxError */
    LITERAL_NAMED, /* holds a \N{...} escape, which needs the names of Unicode */
} LiteralState;

/* Resolves the escapes. The result is a view of `body` where there are none. */
LiteralState literal_decode(Arena *arena, Str body, bool raw, bool bytes, Str *text, Str *problem);
/* The literal text of an f-string: escapes resolved; doubled braces too, unless in a format spec.
 */
LiteralState literal_decode_fstring(Arena *arena, Str middle, bool raw, bool spec, Str *text,
                                    Str *problem);

#endif
