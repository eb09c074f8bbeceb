/* SPDX-License-Identifier: MIT */
/*
 * Small blocks of memory, many and quickly: a block that is given back is kept for the next one of
 * its size, and all of them go at once with the pool. Arenas and the heap of scripts lie in pools.
 * Allocation cannot fail as seen from a caller, see base/mem.h. Not for use by two threads at once.
 */
#ifndef LIMBECK_BASE_POOL_H
#define LIMBECK_BASE_POOL_H

#include <stddef.h>

typedef struct Pool Pool;

Pool *pool_new(void);
/* Frees the pool and every block of it, those not given back too. NULL is allowed. */
void pool_free(Pool *pool);
/* A block of at least `size` bytes, aligned for any type, not zeroed. */
void *pool_take(Pool *pool, size_t size);
/* Gives a block back; `size` as it was taken. NULL is allowed. */
void pool_give(Pool *pool, void *block, size_t size);
/* Another block with the first bytes of the old one, which is given back. `block` may be NULL. */
void *pool_resize(Pool *pool, void *block, size_t old_size, size_t new_size);

#endif
