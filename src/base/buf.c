/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <stdio.h>

void buf_free(Buf *buf)
{
    if (!buf->arena)
        mem_free(buf->ptr);
    *buf = (Buf){ .arena = buf->arena };
}

void buf_clear(Buf *buf)
{
    buf_truncate(buf, 0);
}

char *buf_reserve(Buf *buf, size_t more)
{
    size_t needed = buf->len + more + 1;
    if (needed > buf->cap) {
        size_t cap = buf->cap ? buf->cap * 2 : 64;
        while (cap < needed)
            cap *= 2;
        if (buf->arena) {
            char *grown = arena_alloc(buf->arena, cap);
            if (buf->len)
                memcpy(grown, buf->ptr, buf->len);
            buf->ptr = grown;
        } else {
            buf->ptr = mem_realloc(buf->ptr, cap);
        }
        buf->cap = cap;
    }
    return buf->ptr + buf->len;
}

void buf_put(Buf *buf, Str text)
{
    char *end = buf_reserve(buf, text.len);
    if (text.len)
        memcpy(end, text.ptr, text.len);
    buf->len += text.len;
    end[text.len] = '\0';
}

void buf_puts(Buf *buf, const char *text)
{
    buf_put(buf, str_from(text));
}

void buf_put_repeat(Buf *buf, char c, size_t count)
{
    char *end = buf_reserve(buf, count);
    memset(end, c, count);
    buf->len += count;
    end[count] = '\0';
}

void buf_put_code_point(Buf *buf, uint32_t code_point)
{
    char bytes[4];
    buf_put(buf, (Str){ bytes, utf8_put(bytes, code_point) });
}

void buf_put_int(Buf *buf, int64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        digits[--at] = '-';
    buf_put(buf, (Str){ digits + at, sizeof digits - at });
}

void buf_vprintf(Buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int needed = vsnprintf(NULL, 0, format, args);
    size_t len = needed < 0 ? 0 : (size_t)needed;
    char *end = buf_reserve(buf, len);
    vsnprintf(end, len + 1, format, again);
    va_end(again);
    buf->len += len;
}

void buf_printf(Buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

void buf_truncate(Buf *buf, size_t len)
{
    if (len < buf->len)
        buf->len = len;
    if (buf->ptr)
        buf->ptr[buf->len] = '\0';
}

Str buf_take(Buf *buf, Arena *arena)
{
    Str text = str_dup(arena, buf_str(buf));
    buf_free(buf);
    return text;
}
