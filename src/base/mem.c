/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include "base/pool.h"
#include "base/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Block {
    struct Tree *tree;
    struct Block *next;
    size_t size; /* of `bytes` */
    size_t used; /* of them, once the next block is being filled */
    _Alignas(max_align_t) char bytes[];
} Block;

typedef struct Cleanup {
    struct Cleanup *next;
    void (*call)(void *context);
    void *context;
} Cleanup;

/* An arena's own state: it lies in the arena's oldest block, its home. */
typedef struct Tree {
    Arena head;
    Pool *pool;    /* of the whole tree: made and freed with its root, as the trace is */
    Trace *trace;  /* NULL: not traced */
    Block *blocks; /* the one being filled comes first, the home last */
    Block *home;
    Cleanup *cleanups;
    struct Tree *parent, *children, *previous, *next;
    void *owner;
    size_t total; /* handed out of the blocks behind the first */
    bool left;    /* of the root, see arena_leave */
} Tree;

static Tree *tree_of(Arena *arena)
{
    return (Tree *)arena;
}

/* The first block is small: every call of a script that makes a record has an arena of its own. */
enum {
    TREE_SIZE = (sizeof(Tree) + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1),
    BLOCK_FIRST = 512,
    BLOCK_MOST = 1 << 20,
};

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

/* Not zeroed: arena_alloc does that for what it hands out, which is often far less. */
static Block *block_new(Pool *pool, Trace *trace, size_t size)
{
    Block *block = pool_take(pool, size);
    *block = (Block){ .size = size - sizeof *block };
    if (trace)
        trace_add(trace, block, size);
    return block;
}

static void block_drop(const Tree *tree, Block *block)
{
    size_t size = sizeof *block + block->size;
    if (tree->trace)
        trace_remove(tree->trace, block, size);
    pool_give(tree->pool, block, size);
}

/* Where what is handed out begins. */
static char *block_begin(const Tree *tree, Block *block)
{
    return block->bytes + (block == tree->home ? TREE_SIZE : 0);
}

static void fill_from(Tree *tree, Block *block)
{
    tree->blocks = block;
    tree->head.at = block_begin(tree, block);
    tree->head.end = block->bytes + block->size;
}

static Tree *tree_new(Pool *pool, Trace *trace, Tree *above, size_t expected)
{
    Block *home = block_new(pool, trace, sizeof *home + TREE_SIZE + expected);
    Tree *tree = home->tree = (Tree *)(void *)home->bytes;
    *tree = (Tree){ .pool = pool, .trace = trace, .home = home, .parent = above };
    fill_from(tree, home);
    if (above) {
        tree->next = above->children;
        if (tree->next)
            tree->next->previous = tree;
        above->children = tree;
    }
    return tree;
}

Arena *arena_new(Arena *parent)
{
    return arena_new_for(parent, BLOCK_FIRST - sizeof(Block) - TREE_SIZE);
}

Arena *arena_new_for(Arena *parent, size_t expected)
{
    Tree *above = tree_of(parent);
    Pool *pool = above ? above->pool : pool_new();
    return &tree_new(pool, above ? above->trace : NULL, above, expected)->head;
}

Arena *arena_new_traced(size_t *used)
{
    return &tree_new(pool_new(), trace_new(used), NULL, 0)->head;
}

void arena_set_owner(Arena *arena, void *owner)
{
    tree_of(arena)->owner = owner;
}

void *arena_owner_of(const Arena *root, const void *address)
{
    const Tree *top = (const Tree *)root;
    const Block *block = trace_find(top->trace, address);
    if (!block || (const char *)address >= block->bytes + block->size)
        return NULL;
    const Tree *tree = block->tree;
    while (tree != top && tree->parent != top)
        tree = tree->parent;
    return tree->owner;
}

void arena_look(const Arena *arena, ArenaLook *look, void *context)
{
    const Tree *tree = (const Tree *)arena;
    for (Block *block = tree->blocks; block; block = block->next)
        look(context, block_begin(tree, block),
             block == tree->blocks ? tree->head.at : block->bytes + block->used);
    for (const Tree *child = tree->children; child; child = child->next)
        arena_look(&child->head, look, context);
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

/* Keeps the home, and `keep`. */
static void release(Tree *tree, Block *keep)
{
    /* First the clean-ups: what they close may hold children of this arena. */
    run_cleanups(tree);
    while (tree->children)
        arena_free(&tree->children->head);
    for (Block *block = tree->blocks, *next; block; block = next) {
        next = block->next;
        if (block != keep && block != tree->home)
            block_drop(tree, block);
    }
    tree->total = keep == tree->home ? 0 : TREE_SIZE;
    if (keep != tree->home)
        keep->next = tree->home;
    fill_from(tree, keep);
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    Tree *tree = tree_of(arena);
    Pool *pool = tree->pool;
    Trace *trace = tree->trace;
    bool root = !tree->parent;
    release(tree, tree->home);
    unlink_tree(tree);
    block_drop(tree, tree->home);
    if (!root)
        return;
    pool_free(pool);
    trace_free(trace);
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
    release(tree_of(arena), tree_of(arena)->blocks);
}

/* Bytes handed out of the block being filled; of a home its Tree is counted too. */
static size_t filled(const Tree *tree)
{
    return (size_t)(tree->head.at - tree->blocks->bytes);
}

static void grow(Tree *tree, size_t size)
{
    Block *first = tree->blocks;
    size_t wanted = (sizeof *first + first->size) * 2;
    if (wanted > BLOCK_MOST)
        wanted = BLOCK_MOST;
    if (wanted < sizeof *first + size)
        wanted = sizeof *first + size;
    Block *block = block_new(tree->pool, tree->trace, wanted);
    block->tree = tree;
    block->next = first;
    first->used = filled(tree);
    tree->total += first->used;
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
    return tree->total + filled(tree) - TREE_SIZE;
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
