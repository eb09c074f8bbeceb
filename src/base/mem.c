/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include "base/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Block {
    struct Block *next;
    size_t size; /* of `bytes` */
    _Alignas(max_align_t) char bytes[];
} Block;

typedef struct Cleanup {
    struct Cleanup *next;
    void (*call)(void *context);
    void *context;
} Cleanup;

typedef struct Tree {
    Arena head;
    Pool *pool;    /* of the whole tree: made and freed with its root */
    Block *blocks; /* the one being filled comes first */
    Cleanup *cleanups;
    struct Tree *parent, *children, *previous, *next;
    size_t total; /* handed out of the blocks behind the first */
    size_t first; /* bytes of the first block, its head included */
    bool left;    /* of the root, see arena_leave */
} Tree;

static Tree *tree_of(Arena *arena)
{
    return (Tree *)arena;
}

/* The first block is small: every record of a script has an arena of its own. */
enum { BLOCK_FIRST = 256, BLOCK_MOST = 1 << 20 };

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
    Tree *above = tree_of(parent);
    Pool *pool = above ? above->pool : pool_new();
    Tree *tree = pool_take(pool, sizeof *tree);
    *tree = (Tree){ .pool = pool, .parent = above, .first = expected + sizeof(Block) };
    if (above) {
        tree->next = above->children;
        if (tree->next)
            tree->next->previous = tree;
        above->children = tree;
    }
    return &tree->head;
}

static void run_cleanups(Tree *tree)
{
    while (tree->cleanups) {
        Cleanup *cleanup = tree->cleanups;
        tree->cleanups = cleanup->next;
        cleanup->call(cleanup->context);
    }
}

static void unlink_tree(Tree *tree)
{
    if (tree->previous)
        tree->previous->next = tree->next;
    else if (tree->parent)
        tree->parent->children = tree->next;
    if (tree->next)
        tree->next->previous = tree->previous;
}

static void fill_from(Tree *tree, Block *block)
{
    tree->blocks = block;
    tree->head.at = block ? block->bytes : NULL;
    tree->head.end = block ? block->bytes + block->size : NULL;
}

static void release(Tree *tree, Block *keep)
{
    /* First the clean-ups: what they close may hold children of this arena. */
    run_cleanups(tree);
    while (tree->children)
        arena_free(&tree->children->head);
    for (Block *block = tree->blocks, *next; block; block = next) {
        next = block->next;
        if (block != keep)
            pool_give(tree->pool, block, sizeof *block + block->size);
    }
    tree->total = 0;
    fill_from(tree, keep);
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    Tree *tree = tree_of(arena);
    Pool *pool = tree->pool;
    bool root = !tree->parent;
    release(tree, NULL);
    unlink_tree(tree);
    pool_give(pool, tree, sizeof *tree);
    if (root)
        pool_free(pool);
}

static void run_all_cleanups(Tree *tree)
{
    run_cleanups(tree);
    for (Tree *child = tree->children; child; child = child->next)
        run_all_cleanups(child);
}

void arena_leave(Arena *root)
{
    if (MEM_SANITIZED) {
        arena_free(root); /* so that leaks show */
        return;
    }
    tree_of(root)->left = true;
    run_all_cleanups(tree_of(root));
}

bool arena_is_left(const Arena *arena)
{
    const Tree *tree = (const Tree *)arena;
    while (tree->parent)
        tree = tree->parent;
    return tree->left;
}

void arena_reset(Arena *arena)
{
    Tree *tree = tree_of(arena);
    Block *keep = tree->blocks;
    release(tree, keep);
    if (keep)
        keep->next = NULL;
}

/* Not zeroed: arena_alloc does that for what it hands out, which is often far less. */
static Block *block_new(Pool *pool, size_t size)
{
    Block *block = pool_take(pool, size);
    *block = (Block){ .size = size - sizeof *block };
    return block;
}

static void grow(Tree *tree, size_t size)
{
    Block *first = tree->blocks;
    size_t wanted = first ? (sizeof *first + first->size) * 2 : tree->first;
    if (wanted > BLOCK_MOST)
        wanted = BLOCK_MOST;
    if (wanted < sizeof *first + size)
        wanted = sizeof *first + size;
    Block *block = block_new(tree->pool, wanted);
    block->next = first;
    tree->total += first ? (size_t)(tree->head.at - first->bytes) : 0;
    fill_from(tree, block);
}

void *arena_alloc_more(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        mem_exhausted(size);
    if (size)
        grow(tree_of(arena), size + _Alignof(max_align_t));
    return arena_alloc(arena, size ? size : 1);
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
    const Tree *tree = (const Tree *)arena;
    return tree->total + (tree->blocks ? (size_t)(arena->at - tree->blocks->bytes) : 0);
}

size_t arena_held(const Arena *arena)
{
    size_t held = 0;
    for (const Block *block = ((const Tree *)arena)->blocks; block; block = block->next)
        held += block->size;
    return held;
}

void arena_on_free(Arena *arena, void (*cleanup)(void *context), void *context)
{
    Tree *tree = tree_of(arena);
    Cleanup *entry = ARENA_NEW(arena, Cleanup);
    *entry = (Cleanup){ tree->cleanups, cleanup, context };
    tree->cleanups = entry;
}
