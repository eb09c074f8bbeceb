/* SPDX-License-Identifier: MIT */
/*
 * The mini-language of format(): "[[fill]align][sign][z][#][0][width][,_][.precision][type]",
 * parsed and applied to text and numbers. No script is called here.
 */
#ifndef LIMBECK_PY_FORMAT_SPEC_H
#define LIMBECK_PY_FORMAT_SPEC_H

#include "base/buf.h"

typedef struct FormatSpec {
    uint32_t fill;
    char align; /* one of < > = ^ */
    char sign;  /* one of + - and space; 0: not given */
    bool no_negative_zero, alternate;
    int64_t width, precision; /* -1: not given */
    char grouping;            /* ',' or '_' or 0 */
    uint32_t type;            /* 0: not given */
} FormatSpec;

/*
 * `default_align` is '<' or '>'; `type` is the class's name, for messages. On false `problem` holds
 * the text of the ValueError.
 */
bool format_spec_parse(Str text, char default_align, const char *type, FormatSpec *spec,
                       Buf *problem);

/* str: type 's' or none. */
bool format_put_text(Buf *out, const FormatSpec *spec, Str text, Buf *problem);
/*
 * `digits` are those of the base that spec->type asks for (b, o, x, d, n or none), lower case and
 * without a sign. Float types (e f g %) go to format_put_real instead, 'c' to format_put_char.
 */
bool format_put_int(Buf *out, const FormatSpec *spec, bool negative, Str digits, Buf *problem);
bool format_put_char(Buf *out, const FormatSpec *spec, uint32_t code_point, Buf *problem);
bool format_put_real(Buf *out, const FormatSpec *spec, double d, Buf *problem);
/* A number in pieces, for decimal: the whole part's digits, and what follows them (".5E+3"). */
void format_put_pieces(Buf *out, const FormatSpec *spec, bool negative, Str prefix, Str whole,
                       Str rest);
/* Is this one of e E f F g G %? */
bool format_type_is_real(uint32_t type);
/* "Unknown format code 'd' for object of type 'str'"; returns false. */
bool format_unknown_type(const FormatSpec *spec, const char *type, Buf *problem);

#endif
