/* SPDX-License-Identifier: MIT */
#include "base/pool.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

/*
 * Sizes go by steps of 16 up to 512, then by doubling up to 4096; blocks of these classes are cut
 * from slabs. What is bigger is the system's, on a list so that the pool can free it.
 */
enum {
    STEP = 16,
    STEPPED_MOST = 512,
    STEPPED_CLASSES = STEPPED_MOST / STEP + 1,
    CLASSES = STEPPED_CLASSES + 3,
    SMALL_MOST = 4096,
    SLAB_FIRST = 1 << 10, /* many arenas without a parent hold little */
    SLAB_MOST = 256 << 10,
    LARGE = 4 << 20,
    WHOLE_MOST = 2 << 20, /* what is bigger may stay half empty */
};

typedef struct Free {
    struct Free *next;
} Free;

typedef struct Slab {
    struct Slab *next;
    _Alignas(max_align_t) char bytes[];
} Slab;

typedef struct Link {
    struct Link *next, *previous;
} Link;

typedef struct Big {
    Link link;
    size_t size;
    _Alignas(max_align_t) char bytes[];
} Big;

struct Pool {
    Free *free[CLASSES];
    char *at, *end; /* what is left of the first slab */
    Slab *slabs;
    size_t slab_size;
    size_t held; /* bytes taken of the system and not given back */
    Link big;    /* the list's head */
};

Pool *pool_new(void)
{
    Pool *pool = mem_alloc(sizeof *pool);
    pool->slab_size = SLAB_FIRST;
    pool->big.next = pool->big.previous = &pool->big;
    return pool;
}

void pool_free(Pool *pool)
{
    if (!pool)
        return;
    for (Slab *slab = pool->slabs, *next; slab; slab = next) {
        next = slab->next;
        mem_free(slab);
    }
    for (Link *big = pool->big.next, *next; big != &pool->big; big = next) {
        next = big->next;
        mem_free(big);
    }
    mem_free(pool);
}

static bool is_small(size_t size)
{
    /* With the address sanitizer every block is the system's, so that it sees each one's end. */
    return !MEM_SANITIZED && size <= SMALL_MOST;
}

static size_t class_of_size(size_t size)
{
    if (size <= STEPPED_MOST)
        return (size + STEP - 1) / STEP;
    return STEPPED_CLASSES + (size > 1024) + (size > 2048);
}

static size_t size_of_class(size_t number)
{
    return number < STEPPED_CLASSES ? number * STEP : (size_t)1024 << (number - STEPPED_CLASSES);
}

/*
 * A block of the system's. A pool that has grown large will use all of it: then its pages are had
 * at once, which is cheaper than a fault for each. Where that cannot be, they come one by one.
 */
static void *system_take(Pool *pool, size_t size)
{
    char *block = mem_realloc(NULL, size);
    pool->held += size;
#ifdef MADV_POPULATE_WRITE
    if (pool->held >= LARGE && size >= SLAB_MOST && size <= WHOLE_MOST) {
        size_t page = (size_t)sysconf(_SC_PAGESIZE), skip = page - (uintptr_t)block % page;
        madvise(block + skip, (size - skip) / page * page, MADV_POPULATE_WRITE);
    }
#endif
    return block;
}

static void *cut(Pool *pool, size_t size)
{
    if ((size_t)(pool->end - pool->at) < size) {
        while (pool->slab_size < sizeof(Slab) + size)
            pool->slab_size *= 2;
        Slab *slab = system_take(pool, pool->slab_size);
        slab->next = pool->slabs;
        pool->slabs = slab;
        pool->at = slab->bytes;
        pool->end = (char *)slab + pool->slab_size;
        if (pool->slab_size < SLAB_MOST)
            pool->slab_size *= 2;
    }
    void *block = pool->at;
    pool->at += size;
    return block;
}

/* The neighbours of a link point to it, where it lies now. */
static void link_up(Link *link)
{
    link->next->previous = link->previous->next = link;
}

static void *big_take(Pool *pool, size_t size)
{
    Big *big = system_take(pool, sizeof *big + size);
    *big = (Big){ .link = { pool->big.next, &pool->big }, .size = size };
    link_up(&big->link);
    return big->bytes;
}

static Big *big_of(void *block)
{
    return (Big *)(void *)((char *)block - offsetof(Big, bytes));
}

void *pool_take(Pool *pool, size_t size)
{
    if (!is_small(size))
        return big_take(pool, size);
    size_t number = class_of_size(size ? size : 1);
    Free *block = pool->free[number];
    if (!block)
        return cut(pool, size_of_class(number));
    pool->free[number] = block->next;
    return block;
}

void pool_give(Pool *pool, void *block, size_t size)
{
    if (!block)
        return;
    if (is_small(size)) {
        size_t number = class_of_size(size ? size : 1);
        Free *given = block;
        given->next = pool->free[number];
        pool->free[number] = given;
        return;
    }
    Big *big = big_of(block);
    assert(big->size == size);
    big->link.next->previous = big->link.previous;
    big->link.previous->next = big->link.next;
    pool->held -= sizeof *big + size;
    mem_free(big);
}

static void *big_resize(Pool *pool, void *block, size_t size)
{
    Big *big = mem_realloc(big_of(block), sizeof *big + size);
    pool->held += size - big->size;
    big->size = size;
    link_up(&big->link);
    return big->bytes;
}

void *pool_resize(Pool *pool, void *block, size_t old_size, size_t new_size)
{
    if (!block)
        return pool_take(pool, new_size);
    if (!is_small(old_size) && !is_small(new_size))
        return big_resize(pool, block, new_size);
    if (is_small(old_size) && is_small(new_size) &&
        class_of_size(old_size ? old_size : 1) == class_of_size(new_size ? new_size : 1))
        return block;
    void *copy = pool_take(pool, new_size);
    memcpy(copy, block, old_size < new_size ? old_size : new_size);
    pool_give(pool, block, old_size);
    return copy;
}
