/* SPDX-License-Identifier: MIT */
/*
 * Text: a pointer and a length, borrowed, not terminated. Bytes are UTF-8. Copy into an arena
 * before keeping.
 *
 *     Str name = STR("users");
 *     printf("%.*s\n", STR_ARG(name));
 */
#ifndef LIMBECK_BASE_STR_H
#define LIMBECK_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

typedef struct Str {
    const char *ptr;
    size_t len;
} Str;

#define STR(literal) ((Str){ "" literal "", sizeof(literal) - 1 })
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""
#define STR_NONE ((Str){ NULL, 0 }) /* "not given", told apart from "" by ptr == NULL */

/* A view of a C string; NULL gives STR_NONE. */
Str str_from(const char *text);
static inline bool str_given(Str s)
{
    return s.ptr != NULL;
}
static inline bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool str_is(Str s, const char *text)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != text[i] || text[i] == '\0')
            return false;
    return text[s.len] == '\0';
}
/* ASCII letters compared without case. */
bool str_eq_nocase(Str a, Str b);
/* By bytes, as strcmp; the order of code points. */
int str_cmp(Str a, Str b);
uint64_t str_hash(Str s);

bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/* Byte offset of the first (last) occurrence at or after `from`; -1 when absent. */
ptrdiff_t str_find(Str s, Str needle, size_t from);
ptrdiff_t str_find_char(Str s, char c, size_t from);
ptrdiff_t str_rfind_char(Str s, char c);
/* The bytes [from, to), clamped to the text. */
Str str_slice(Str s, size_t from, size_t to);
static inline Str str_from_offset(Str s, size_t from)
{
    return str_slice(s, from, s.len);
}
/* Without ASCII white space at the ends. */
Str str_trim(Str s);
Str str_trim_left(Str s);
Str str_trim_right(Str s);
/*
 * Cuts the part before `separator` off `*rest`. False when nothing is left.
 *     for (Str part; str_split_next(&rest, ',', &part);) ...
 */
bool str_split_next(Str *rest, char separator, Str *part);
/* Takes the next line off, without "\n" or "\r\n". */
bool str_line_next(Str *rest, Str *line);

/* Copies end in a NUL byte beyond len, so that .ptr may go to C functions. */
Str str_dup(Arena *arena, Str s);
const char *str_cstr(Arena *arena, Str s);
Str str_concat(Arena *arena, Str a, Str b);
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_vformat(Arena *arena, const char *format, va_list args);
Str str_lower_ascii(Arena *arena, Str s);
Str str_upper_ascii(Arena *arena, Str s);
Str str_replace(Arena *arena, Str s, Str from, Str to);

/* UTF-8. Decodes at *offset and moves it; a malformed byte gives U+FFFD and moves by one. */
uint32_t utf8_next(Str s, size_t *offset);
/* Writes 1 to 4 bytes and returns their number; surrogates are written as three bytes. */
size_t utf8_put(char out[4], uint32_t code_point);
/* The number of code points. */
size_t utf8_count(Str s);
/* The byte offset of the first malformed sequence, or -1 when all is well. */
ptrdiff_t utf8_invalid(Str s);
/* True when every byte is below 0x80. */
bool utf8_is_ascii(Str s);

static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool char_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool char_is_alnum(char c)
{
    return char_is_alpha(c) || char_is_digit(c);
}
static inline bool char_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline char char_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}
static inline char char_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}
/* The value of a hexadecimal digit, -1 for any other byte. */
static inline int char_hex(char c)
{
    if (char_is_digit(c))
        return c - '0';
    c = char_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
