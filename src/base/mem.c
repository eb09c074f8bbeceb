/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include "base/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Block {
    struct Block *next;
    size_t used, size; /* of `bytes` */
    _Alignas(max_align_t) char bytes[];
} Block;

typedef struct Cleanup {
    struct Cleanup *next;
    void (*call)(void *context);
    void *context;
} Cleanup;

struct Arena {
    Pool *pool;    /* of the whole tree: made and freed with its root */
    Block *blocks; /* the one being filled comes first */
    Cleanup *cleanups;
    Arena *parent, *children, *previous, *next;
    size_t total;
    size_t first; /* bytes of the first block, its head included */
    bool left;    /* of the root, see arena_leave */
};

/* The first block is small: every record of a script has an arena of its own. */
enum { BLOCK_FIRST = 256, BLOCK_MOST = 1 << 20, ALIGNMENT = _Alignof(max_align_t) };

static _Thread_local MemHandler *mem_handler;
static _Thread_local void *mem_handler_context;

void mem_set_handler(MemHandler *handler, void *context)
{
    mem_handler = handler;
    mem_handler_context = context;
}

static _Noreturn void mem_exhausted(size_t wanted)
{
    if (mem_handler)
        mem_handler(mem_handler_context, wanted);
    fputs("limbeck: out of memory\n", stderr);
    exit(1);
}

void *mem_alloc(size_t size)
{
    void *block = calloc(1, size ? size : 1);
    if (!block)
        mem_exhausted(size);
    return block;
}

void *mem_realloc(void *old, size_t size)
{
    void *block = realloc(old, size ? size : 1);
    if (!block)
        mem_exhausted(size);
    return block;
}

void mem_free(void *block)
{
    free(block);
}

Arena *arena_new(Arena *parent)
{
    return arena_new_for(parent, BLOCK_FIRST - sizeof(Block));
}

Arena *arena_new_for(Arena *parent, size_t expected)
{
    Pool *pool = parent ? parent->pool : pool_new();
    Arena *arena = pool_take(pool, sizeof *arena);
    *arena = (Arena){ .pool = pool, .parent = parent };
    arena->first = expected + sizeof(Block);
    if (parent) {
        arena->next = parent->children;
        if (arena->next)
            arena->next->previous = arena;
        parent->children = arena;
    }
    return arena;
}

static void arena_run_cleanups(Arena *arena)
{
    while (arena->cleanups) {
        Cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->next;
        cleanup->call(cleanup->context);
    }
}

static void arena_unlink(Arena *arena)
{
    if (arena->previous)
        arena->previous->next = arena->next;
    else if (arena->parent)
        arena->parent->children = arena->next;
    if (arena->next)
        arena->next->previous = arena->previous;
}

static void arena_release(Arena *arena, Block *keep)
{
    /* First the clean-ups: what they close may hold children of this arena. */
    arena_run_cleanups(arena);
    while (arena->children)
        arena_free(arena->children);
    for (Block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        if (block != keep)
            pool_give(arena->pool, block, sizeof *block + block->size);
    }
    arena->blocks = keep;
    arena->total = 0;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    Pool *pool = arena->pool;
    bool root = !arena->parent;
    arena_release(arena, NULL);
    arena_unlink(arena);
    pool_give(pool, arena, sizeof *arena);
    if (root)
        pool_free(pool);
}

static void run_all_cleanups(Arena *arena)
{
    arena_run_cleanups(arena);
    for (Arena *child = arena->children; child; child = child->next)
        run_all_cleanups(child);
}

void arena_leave(Arena *root)
{
#ifdef __SANITIZE_ADDRESS__
    arena_free(root); /* so that leaks show */
#else
    root->left = true;
    run_all_cleanups(root);
#endif
}

bool arena_is_left(const Arena *arena)
{
    while (arena->parent)
        arena = arena->parent;
    return arena->left;
}

void arena_reset(Arena *arena)
{
    Block *keep = arena->blocks;
    arena_release(arena, keep);
    if (!keep)
        return;
    keep->next = NULL;
    keep->used = 0;
}

/* Not zeroed: arena_alloc does that for what it hands out, which is often far less. */
static Block *block_new(Pool *pool, size_t size)
{
    Block *block = pool_take(pool, size);
    *block = (Block){ .size = size - sizeof *block };
    return block;
}

static void arena_grow(Arena *arena, size_t size)
{
    Block *head = arena->blocks;
    size_t wanted = head ? (sizeof *head + head->size) * 2 : arena->first;
    if (wanted > BLOCK_MOST)
        wanted = BLOCK_MOST;
    if (wanted < sizeof *head + size)
        wanted = sizeof *head + size;
    Block *block = block_new(arena->pool, wanted);
    block->next = head;
    arena->blocks = block;
}

/* Most blocks are small: a loop over them is quicker than a call. */
static void *zeroed(char *block, size_t size)
{
    if (size > 8 * ALIGNMENT)
        return memset(block, 0, size);
    for (size_t at = 0; at < size; at += ALIGNMENT)
        memset(block + at, 0, ALIGNMENT);
    return block;
}

void *arena_alloc(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        mem_exhausted(size);
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    Block *head = arena->blocks;
    if (!head || head->size - head->used < rounded) {
        arena_grow(arena, rounded);
        head = arena->blocks;
    }
    void *result = head->bytes + head->used;
    head->used += rounded;
    arena->total += rounded;
    return zeroed(result, rounded);
}

void *arena_copy(Arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_alloc(arena, size);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

size_t arena_size(const Arena *arena)
{
    return arena->total;
}

size_t arena_held(const Arena *arena)
{
    size_t held = 0;
    for (const Block *block = arena->blocks; block; block = block->next)
        held += block->size;
    return held;
}

void arena_on_free(Arena *arena, void (*cleanup)(void *context), void *context)
{
    Cleanup *entry = ARENA_NEW(arena, Cleanup);
    *entry = (Cleanup){ arena->cleanups, cleanup, context };
    arena->cleanups = entry;
}
