/* SPDX-License-Identifier: MIT */
/*
 * Python-looking signatures in C text: the rows of native functions and of records.
 *
 *     "split(self, sep=None, maxsplit=-1)"
 *     "create_index(index_name, table_name, columns, *, schema=None, **kw)"
 *
 * Defaults are literals: None, True, False, integers, floats, 'text', () and [] (both empty), and
 * ... for "not given" (the function tells it apart from None). `*_, **_` takes what else is given,
 * and drops it.
 */
#ifndef LIMBECK_BASE_SIGNATURE_H
#define LIMBECK_BASE_SIGNATURE_H

#include "base/datum.h"

typedef enum ParamKind {
    PARAM_POSITIONAL_ONLY, /* before '/' */
    PARAM_POSITIONAL,      /* by position or keyword */
    PARAM_VARARGS,         /* *args */
    PARAM_KEYWORD_ONLY,    /* after '*' */
    PARAM_VARKEYWORDS,     /* **kw */
} ParamKind;

typedef struct Param {
    Str name;
    ParamKind kind;
    bool required;
    bool unset_default; /* the default is ... */
    Datum fallback;     /* the default; DATUM_LIST for () and [] */
} Param;

typedef struct Signature {
    Str name;
    Param *params; /* in the order written; at most 64 */
    size_t count;
    size_t positional; /* how many may be given by position, without *args */
    ptrdiff_t varargs, varkeywords; /* indexes, or -1 */
    size_t required;                /* how many must be given */
    bool drops;                     /* nobody asks for what *_ and **_ take */
} Signature;

/*
 * Parses `text`, which lives as long as the program. A malformed signature is a programmer's error
 * and asserts.
 */
Signature *signature_parse(Arena *arena, const char *text);
/* The index of the parameter `name`, or -1. */
ptrdiff_t signature_find(const Signature *signature, Str name);

#endif
