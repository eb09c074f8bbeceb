/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include "base/buf.h"

void *vec_grow(Arena *arena, void *items, size_t *cap, size_t len, size_t item_size)
{
    size_t wanted = *cap ? *cap * 2 : 4;
    void *grown = arena_alloc(arena, wanted * item_size);
    if (len)
        memcpy(grown, items, len * item_size);
    *cap = wanted;
    return grown;
}

ptrdiff_t strvec_find(const StrVec *vec, Str s)
{
    for (size_t i = 0; i < vec->len; i++)
        if (str_eq(vec->items[i], s))
            return (ptrdiff_t)i;
    return -1;
}

void strvec_add(Arena *arena, StrVec *vec, Str s)
{
    if (strvec_find(vec, s) < 0)
        VEC_PUSH(arena, vec, s);
}

Str strvec_join(Arena *arena, const StrVec *vec, Str separator)
{
    Buf buf = buf_in(arena);
    for (size_t i = 0; i < vec->len; i++) {
        if (i)
            buf_put(&buf, separator);
        buf_put(&buf, vec->items[i]);
    }
    return buf_str(&buf);
}
