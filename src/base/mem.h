/* SPDX-License-Identifier: MIT */
/*
 * Memory. Allocation cannot fail as seen from a caller: when the system has no more, the handler of
 * the calling thread is called and does not return (the command line ends the process with a
 * message; the library jumps back to its public entry).
 */
#ifndef LIMBECK_BASE_MEM_H
#define LIMBECK_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* 1 in builds with the address sanitizer, which gcc and clang tell each in its own way. */
#if defined(__SANITIZE_ADDRESS__)
#define MEM_SANITIZED 1
#elif defined(__has_feature)
#define MEM_SANITIZED __has_feature(address_sanitizer)
#else
#define MEM_SANITIZED 0
#endif

/* Must not return. `wanted` is the size in bytes that could not be had. */
typedef void MemHandler(void *context, size_t wanted);

/* Installs the handler of this thread; NULL restores the default, which prints and exits 1. */
void mem_set_handler(MemHandler *handler, void *context);

/* Zeroed heap memory. Freed with mem_free. */
void *mem_alloc(size_t size);
/* Grows or shrinks a block; bytes past the old size are not zeroed. `old` may be NULL. */
void *mem_realloc(void *old, size_t size);
void mem_free(void *block);

/*
 * An arena owns everything that is allocated from it and frees it at once. A child arena is
 * released with its parent.
 *
 *     Arena *arena = arena_new(NULL);
 *     Table *table = arena_alloc(arena, sizeof *table);
 *     arena_free(arena);
 */
typedef struct Arena {
    char *at, *end; /* what is left of the block being filled; the rest is mem.c's */
} Arena;

/* `parent` may be NULL: then the caller frees the arena. */
Arena *arena_new(Arena *parent);
/* The same where about `expected` bytes will be used: they are taken in one piece. */
Arena *arena_new_for(Arena *parent, size_t expected);
/*
 * One without a parent whose children may be looked into and found by an address; *used counts
 * the bytes that they hold.
 */
Arena *arena_new_traced(size_t *used);
/* Says whose a child of a traced arena is. */
void arena_set_owner(Arena *arena, void *owner);
/*
 * The owner of the child of `root` that holds the address, itself or in a child of its own; NULL
 * when none does. Any address may be asked about.
 */
void *arena_owner_of(const Arena *root, const void *address);
/* Calls with each stretch of memory handed out, of the arena and of its children. */
typedef void ArenaLook(void *context, const void *from, const void *to);
void arena_look(const Arena *arena, ArenaLook *look, void *context);
/* Frees the arena, its children, and runs its clean-ups, last registered first. NULL is allowed. */
void arena_free(Arena *arena);
/*
 * For the end of a process: runs all clean-ups, and leaves the memory to the system, which is
 * quicker than to give it back piece by piece. `root` has no parent, and is not used again.
 */
void arena_leave(Arena *root);
/* In a clean-up: true when the memory need not be freed. */
bool arena_is_left(const Arena *arena);
/* Forgets all allocations and runs the clean-ups, but keeps a block for reuse. */
void arena_reset(Arena *arena);
/* For arena_alloc, where the block has no room. */
void *arena_alloc_more(Arena *arena, size_t size);
/* Zeroed, aligned for any type. Size 0 gives a valid pointer. */
static inline void *arena_alloc(Arena *arena, size_t size)
{
    enum { ALIGNMENT = _Alignof(max_align_t) };
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded - 1 >= (size_t)(arena->end - arena->at)) /* 0 too */
        return arena_alloc_more(arena, size);
    void *block = arena->at;
    arena->at += rounded;
    return memset(block, 0, size);
}
/* A copy of `size` bytes. */
void *arena_copy(Arena *arena, const void *bytes, size_t size);
/* Bytes handed out so far, for limits and statistics. */
size_t arena_size(const Arena *arena);
/* Bytes of the blocks that the arena holds, filled or not. */
size_t arena_held(const Arena *arena);
/* Calls `cleanup(context)` when the arena is reset or freed: for files and handles. */
void arena_on_free(Arena *arena, void (*cleanup)(void *context), void *context);

#define ARENA_NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define ARENA_ARRAY(arena, T, count) ((T *)arena_alloc((arena), sizeof(T) * (count)))

#endif
