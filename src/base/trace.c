/* SPDX-License-Identifier: MIT */
#include "base/trace.h"

#include <stdint.h>

#include "base/mem.h"

enum { STEP = 16, PAGE = 64 << 10, WORD = 64, WORDS = PAGE / STEP / WORD };

/* A stretch of PAGE bytes of the address space. */
typedef struct Page {
    uintptr_t number;      /* address / PAGE; 0: a free slot */
    const void *before;    /* the block that reaches into it from the page before, or NULL */
    uint64_t starts[WORDS]; /* a bit for each STEP bytes: a block begins there */
} Page;

struct Trace {
    Page **pages; /* open addressing */
    size_t len, cap;
    uintptr_t lowest, highest; /* page numbers */
    size_t *used;
};

Trace *trace_new(size_t *used)
{
    Trace *trace = mem_alloc(sizeof *trace);
    trace->used = used;
    trace->lowest = UINTPTR_MAX;
    return trace;
}

void trace_free(Trace *trace)
{
    if (!trace)
        return;
    for (size_t i = 0; i < trace->cap; i++)
        mem_free(trace->pages[i]);
    mem_free(trace->pages);
    mem_free(trace);
}

static size_t slot_of(Page *const *pages, size_t cap, uintptr_t number)
{
    size_t at = (size_t)(number * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (cap - 1);
    while (pages[at] && pages[at]->number != number)
        at = (at + 1) & (cap - 1);
    return at;
}

static Page *page_find(const Trace *trace, uintptr_t number)
{
    return number < trace->lowest || number > trace->highest
               ? NULL
               : trace->pages[slot_of(trace->pages, trace->cap, number)];
}

static void grow(Trace *trace)
{
    size_t cap = trace->cap ? trace->cap * 2 : 64;
    Page **pages = mem_alloc(cap * sizeof(Page *));
    for (size_t i = 0; i < trace->cap; i++)
        if (trace->pages[i])
            pages[slot_of(pages, cap, trace->pages[i]->number)] = trace->pages[i];
    mem_free(trace->pages);
    trace->pages = pages;
    trace->cap = cap;
}

static Page *page_get(Trace *trace, uintptr_t number)
{
    Page *found = page_find(trace, number);
    if (found)
        return found;
    if (trace->len * 2 >= trace->cap)
        grow(trace);
    Page *page = mem_alloc(sizeof *page);
    page->number = number;
    trace->pages[slot_of(trace->pages, trace->cap, number)] = page;
    trace->len++;
    if (number < trace->lowest)
        trace->lowest = number;
    if (number > trace->highest)
        trace->highest = number;
    return page;
}

static size_t bit_of(uintptr_t address)
{
    return address % PAGE / STEP;
}

void trace_add(Trace *trace, const void *block, size_t size)
{
    uintptr_t at = (uintptr_t)block, last = (at + size - 1) / PAGE;
    size_t bit = bit_of(at);
    *trace->used += size;
    page_get(trace, at / PAGE)->starts[bit / WORD] |= UINT64_C(1) << bit % WORD;
    for (uintptr_t number = at / PAGE + 1; number <= last; number++)
        page_get(trace, number)->before = block;
}

void trace_remove(Trace *trace, const void *block, size_t size)
{
    uintptr_t at = (uintptr_t)block, last = (at + size - 1) / PAGE;
    size_t bit = bit_of(at);
    *trace->used -= size;
    page_get(trace, at / PAGE)->starts[bit / WORD] &= ~(UINT64_C(1) << bit % WORD);
    for (uintptr_t number = at / PAGE + 1; number <= last; number++)
        page_get(trace, number)->before = NULL;
}

const void *trace_find(const Trace *trace, const void *address)
{
    uintptr_t number = (uintptr_t)address / PAGE;
    const Page *page = page_find(trace, number);
    if (!page)
        return NULL;
    size_t bit = bit_of((uintptr_t)address), word = bit / WORD;
    uint64_t starts = page->starts[word] & (UINT64_MAX >> (WORD - 1 - bit % WORD));
    while (!starts && word > 0)
        starts = page->starts[--word];
    if (!starts)
        return page->before;
    size_t found = word * WORD + (WORD - 1 - (size_t)__builtin_clzll(starts));
    return (const char *)address - (uintptr_t)address % PAGE + found * STEP;
}
