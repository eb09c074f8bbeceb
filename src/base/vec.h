/* SPDX-License-Identifier: MIT */
/*
 * Growing arrays in an arena. A zeroed vector is empty.
 *
 *     VEC(Column *) columns = { 0 };
 *     VEC_PUSH(arena, &columns, column);
 *     VEC_EACH(Column *, each, &columns) use(*each);
 *
 * Growing moves the items: keep indexes, not pointers to items.
 */
#ifndef LIMBECK_BASE_VEC_H
#define LIMBECK_BASE_VEC_H

#include "base/mem.h"
#include "base/str.h"

#define VEC(T)           \
    struct {             \
        T *items;        \
        size_t len, cap; \
    }

typedef VEC(Str) StrVec;

/* Used by the macros only. */
void *vec_grow(Arena *arena, void *items, size_t *cap, size_t len, size_t item_size);

#define VEC_PUSH(arena, vec, item)                                                              \
    do {                                                                                        \
        if ((vec)->len == (vec)->cap)                                                           \
            (vec)->items =                                                                      \
                vec_grow((arena), (vec)->items, &(vec)->cap, (vec)->len, sizeof *(vec)->items); \
        (vec)->items[(vec)->len++] = (item);                                                    \
    } while (0)

/* Room for `count` items in an empty vector. */
#define VEC_RESERVE(arena, vec, count) \
    ((vec)->items = arena_alloc((arena), (count) * sizeof *(vec)->items), (vec)->cap = (count))

#define VEC_LAST(vec) ((vec)->items[(vec)->len - 1])

#define VEC_EACH(T, each, vec)                                                                    \
    for (__typeof__(T) *each = (vec)->items, *each##_end = (vec)->len ? each + (vec)->len : each; \
         each != each##_end; each++)

/* The index of `s`, or -1. */
ptrdiff_t strvec_find(const StrVec *vec, Str s);
/* Adds `s` unless it is there. */
void strvec_add(Arena *arena, StrVec *vec, Str s);
/* Joined by `separator`, in `arena`. */
Str strvec_join(Arena *arena, const StrVec *vec, Str separator);

#endif
