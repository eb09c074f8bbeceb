/* SPDX-License-Identifier: MIT */
/*
 * Text being built. A zeroed Buf is empty and ready.
 *
 *     Buf buf = { 0 };
 *     buf_put(&buf, name);
 *     buf_printf(&buf, " (%zu)", count);
 *     Str text = buf_take(&buf, arena);      // copied into the arena; the Buf is empty again
 *
 * A Buf with an arena (buf_in) lives in that arena and needs no buf_free.
 */
#ifndef LIMBECK_BASE_BUF_H
#define LIMBECK_BASE_BUF_H

#include "base/mem.h"
#include "base/str.h"

typedef struct Buf {
    char *ptr; /* NUL after len, once anything was put */
    size_t len, cap;
    Arena *arena; /* NULL: on the heap */
} Buf;

static inline Buf buf_in(Arena *arena)
{
    return (Buf){ .arena = arena };
}
void buf_free(Buf *buf);
/* Empties but keeps the memory. */
void buf_clear(Buf *buf);
/* Room for `more` bytes after len; returns where they begin. */
char *buf_reserve(Buf *buf, size_t more);
void buf_put(Buf *buf, Str text);
void buf_puts(Buf *buf, const char *text);
static inline void buf_putc(Buf *buf, char c)
{
    char *end = buf->cap - buf->len > 1 ? buf->ptr + buf->len : buf_reserve(buf, 1);
    end[0] = c;
    end[1] = '\0';
    buf->len++;
}
void buf_put_repeat(Buf *buf, char c, size_t count);
void buf_put_code_point(Buf *buf, uint32_t code_point);
void buf_put_int(Buf *buf, int64_t number);
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(Buf *buf, const char *format, va_list args);
/* Cuts to `len` bytes. */
void buf_truncate(Buf *buf, size_t len);
/* What is there now. Borrowed until the next change. */
static inline Str buf_str(const Buf *buf)
{
    return (Str){ buf->ptr ? buf->ptr : "", buf->len };
}
/* A copy in `arena`; the Buf is freed. */
Str buf_take(Buf *buf, Arena *arena);

#endif
