/* SPDX-License-Identifier: MIT */
/*
 * re, over PCRE2. Python's pattern is parsed and written anew, since the two languages differ (\Z,
 * {,n}, (?a:...), named groups, white space). Indices that scripts see are in code points.
 */
#ifndef LIMBECK_PY_MOD_RE_H
#define LIMBECK_PY_MOD_RE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "py/native.h"

/* Python's numbers. */
enum {
    RE_IGNORECASE = 2,
    RE_LOCALE = 4,
    RE_MULTILINE = 8,
    RE_DOTALL = 16,
    RE_UNICODE = 32,
    RE_VERBOSE = 64,
    RE_DEBUG = 128,
    RE_ASCII = 256,
};

extern const NativeClass pattern_class, match_class;

typedef struct Pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
    Value source; /* str or bytes */
    Value names;  /* dict: group name -> number */
    int flags;
    size_t groups;
    bool bytes;
} Pattern;

typedef struct Match {
    Value pattern, string;
    size_t *span;       /* byte offsets, two a group, group 0 first; PCRE2_UNSET where unmatched */
    size_t groups;      /* without group 0 */
    size_t pos, endpos; /* bytes */
    bool plain;         /* bytes, or a str of ASCII: byte offsets are indices */
} Match;

/* What the translation of a pattern gives. */
typedef struct Translation {
    Buf out;
    int flags;
    size_t groups;
    Value names;
} Translation;

/* A position for re_raise where Python tells none. */
#define RE_NOWHERE SIZE_MAX

/* re_translate.c. Raises re.error. The Buf is the caller's to free, also after a failure. */
bool re_translate(Vm *vm, Value source, int flags, Translation *to);
/* Raises re.error(message, source, position); `at` is a byte offset. */
bool re_raise(Vm *vm, Value source, size_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* mod_re.c: a str or bytes is compiled, a Pattern taken as it is. */
bool re_compile(Vm *vm, Value source, int64_t flags, Value *pattern);

/* re_match.c. */
typedef enum MatchMode { MATCH_SEARCH, MATCH_ANCHORED, MATCH_FULL } MatchMode;

/* A walk over a subject. */
typedef struct Scan {
    Vm *vm;
    Value pattern_value, string;
    const Pattern *pattern;
    Str text;
    size_t at, end; /* bytes */
    bool last_empty, checked, plain;
    size_t *span; /* of the last match: PCRE2's vector */
} Scan;

/* `pos` and `endpos` are in code points and clamped. TypeError when str and bytes are mixed. */
bool scan_begin(Vm *vm, Value pattern, Value string, int64_t pos, int64_t endpos, Scan *scan);
/* The next match, as finditer finds them; *found is false at the end. */
bool scan_next(Scan *scan, MatchMode mode, bool *found);
/* The match object of the last match. */
Value scan_match(const Scan *scan);
/* The text of a group of the last match; None when it did not take part. */
Value scan_group(const Scan *scan, size_t group);
Value re_slice(Vm *vm, Value string, size_t from, size_t to);
/* A group's number by int or name; IndexError "no such group". */
bool match_group_index(Vm *vm, const Pattern *pattern, Value group, size_t *index);
Value match_group_value(Vm *vm, const Match *match, size_t group);

/* re_sub.c */
NativeFn pattern_sub, pattern_subn, pattern_split, match_expand;

#endif
