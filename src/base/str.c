/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <stdio.h>

Str str_from(const char *text)
{
    return text ? (Str){ text, strlen(text) } : STR_NONE;
}

bool str_eq_nocase(Str a, Str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (char_lower(a.ptr[i]) != char_lower(b.ptr[i]))
            return false;
    return true;
}

int str_cmp(Str a, Str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static uint64_t load(const char *from, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, from, size);
    return word;
}

/* The bytes of a text of less than eight, each at least once. */
static uint64_t short_word(Str s)
{
    if (s.len >= 4)
        return load(s.ptr, 4) | load(s.ptr + s.len - 4, 4) << 32;
    if (s.len == 0)
        return 0;
    return load(s.ptr, 1) | load(s.ptr + s.len / 2, 1) << 8 | load(s.ptr + s.len - 1, 1) << 16;
}

uint64_t str_hash(Str s)
{
    uint64_t hash = 0xcbf29ce484222325u ^ s.len;
    for (size_t i = 0; i + 8 <= s.len; i += 8) {
        hash = (hash ^ load(s.ptr + i, 8)) * 0x9fb21c651e98df25u;
        hash ^= hash >> 32;
    }
    hash = (hash ^ (s.len < 8 ? short_word(s) : load(s.ptr + s.len - 8, 8))) * 0x9fb21c651e98df25u;
    hash ^= hash >> 29;
    hash *= 0xbf58476d1ce4e5b9u;
    return hash ^ (hash >> 32);
}

bool str_starts(Str s, Str prefix)
{
    return s.len >= prefix.len && str_eq((Str){ s.ptr, prefix.len }, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.len >= suffix.len && str_eq((Str){ s.ptr + s.len - suffix.len, suffix.len }, suffix);
}

ptrdiff_t str_find(Str s, Str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return -1;
    if (needle.len == 0)
        return (ptrdiff_t)from;
    const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return hit ? hit - s.ptr : -1;
}

ptrdiff_t str_find_char(Str s, char c, size_t from)
{
    const char *hit = from < s.len ? memchr(s.ptr + from, c, s.len - from) : NULL;
    return hit ? hit - s.ptr : -1;
}

ptrdiff_t str_rfind_char(Str s, char c)
{
    for (size_t i = s.len; i > 0; i--)
        if (s.ptr[i - 1] == c)
            return (ptrdiff_t)(i - 1);
    return -1;
}

Str str_slice(Str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (Str){ s.ptr ? s.ptr + from : NULL, to - from };
}

Str str_trim_left(Str s)
{
    while (s.len && char_is_space(*s.ptr))
        s = (Str){ s.ptr + 1, s.len - 1 };
    return s;
}

Str str_trim_right(Str s)
{
    while (s.len && char_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

Str str_trim(Str s)
{
    return str_trim_left(str_trim_right(s));
}

bool str_split_next(Str *rest, char separator, Str *part)
{
    if (!rest->ptr)
        return false;
    ptrdiff_t cut = str_find_char(*rest, separator, 0);
    if (cut < 0) {
        *part = *rest;
        *rest = STR_NONE;
    } else {
        *part = str_slice(*rest, 0, (size_t)cut);
        *rest = str_from_offset(*rest, (size_t)cut + 1);
    }
    return true;
}

bool str_line_next(Str *rest, Str *line)
{
    if (rest->len == 0)
        return false;
    str_split_next(rest, '\n', line);
    if (line->len && line->ptr[line->len - 1] == '\r')
        line->len--;
    return true;
}

Str str_dup(Arena *arena, Str s)
{
    if (!s.ptr)
        return STR_NONE;
    char *copy = arena_alloc(arena, s.len + 1);
    memcpy(copy, s.ptr, s.len);
    return (Str){ copy, s.len };
}

const char *str_cstr(Arena *arena, Str s)
{
    return s.ptr ? str_dup(arena, s).ptr : "";
}

Str str_concat(Arena *arena, Str a, Str b)
{
    char *joined = arena_alloc(arena, a.len + b.len + 1);
    if (a.len)
        memcpy(joined, a.ptr, a.len);
    if (b.len)
        memcpy(joined + a.len, b.ptr, b.len);
    return (Str){ joined, a.len + b.len };
}

Str str_vformat(Arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int needed = vsnprintf(NULL, 0, format, args);
    size_t len = needed < 0 ? 0 : (size_t)needed;
    char *text = arena_alloc(arena, len + 1);
    vsnprintf(text, len + 1, format, again);
    va_end(again);
    return (Str){ text, len };
}

Str str_format(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str text = str_vformat(arena, format, args);
    va_end(args);
    return text;
}

static Str str_map(Arena *arena, Str s, char (*change)(char))
{
    char *copy = arena_alloc(arena, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = change(s.ptr[i]);
    return (Str){ copy, s.len };
}

Str str_lower_ascii(Arena *arena, Str s)
{
    return str_map(arena, s, char_lower);
}

Str str_upper_ascii(Arena *arena, Str s)
{
    return str_map(arena, s, char_upper);
}

static size_t str_count(Str s, Str needle)
{
    size_t count = 0;
    for (ptrdiff_t at = 0; (at = str_find(s, needle, (size_t)at)) >= 0; at += (ptrdiff_t)needle.len)
        count++;
    return count;
}

Str str_replace(Arena *arena, Str s, Str from, Str to)
{
    size_t count = from.len ? str_count(s, from) : 0;
    if (count == 0)
        return str_dup(arena, s);
    char *out = arena_alloc(arena, s.len - count * from.len + count * to.len + 1), *end = out;
    size_t done = 0;
    for (ptrdiff_t at; (at = str_find(s, from, done)) >= 0; done = (size_t)at + from.len) {
        end = mempcpy(end, s.ptr + done, (size_t)at - done);
        end = mempcpy(end, to.ptr, to.len);
    }
    end = mempcpy(end, s.ptr + done, s.len - done);
    return (Str){ out, (size_t)(end - out) };
}

static bool utf8_continues(Str s, size_t at, size_t count)
{
    if (at + count > s.len)
        return false;
    for (size_t i = 1; i < count; i++)
        if (((unsigned char)s.ptr[at + i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* The length of the sequence at `at` and its code point; 0 when malformed. */
static size_t utf8_decode(Str s, size_t at, uint32_t *code_point)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char lead = (unsigned char)s.ptr[at];
    if (lead < 0x80) {
        *code_point = lead;
        return 1;
    }
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4 || !utf8_continues(s, at, length))
        return 0;
    uint32_t value = lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        value = value << 6 | ((unsigned char)s.ptr[at + i] & 0x3Fu);
    *code_point = value;
    return value >= least[length] && value <= 0x10FFFF ? length : 0;
}

uint32_t utf8_next(Str s, size_t *offset)
{
    uint32_t code_point;
    size_t length = utf8_decode(s, *offset, &code_point);
    *offset += length ? length : 1;
    return length ? code_point : 0xFFFD;
}

size_t utf8_put(char out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((0xF00u >> length & 0xFFu) | c);
    return length;
}

size_t utf8_count(Str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* How many of the leading bytes, in steps of eight, are ASCII. */
static size_t ascii_words(Str s, size_t at)
{
    uint64_t word;
    size_t start = at;
    for (; at + sizeof word <= s.len; at += sizeof word) {
        memcpy(&word, s.ptr + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return at - start;
}

bool utf8_is_ascii(Str s)
{
    for (size_t at = ascii_words(s, 0); at < s.len; at++)
        if ((unsigned char)s.ptr[at] >= 0x80)
            return false;
    return true;
}

ptrdiff_t utf8_invalid(Str s)
{
    uint32_t code_point;
    for (size_t at = ascii_words(s, 0), length; at < s.len; at += ascii_words(s, at)) {
        if ((length = utf8_decode(s, at, &code_point)) == 0)
            return (ptrdiff_t)at;
        at += length;
    }
    return -1;
}
