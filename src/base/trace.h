/* SPDX-License-Identifier: MIT */
/*
 * Which block of memory holds an address: blocks are noted with where they begin, and found by any
 * address in them. For collectors that look into memory whose layout they do not know.
 */
#ifndef LIMBECK_BASE_TRACE_H
#define LIMBECK_BASE_TRACE_H

#include <stddef.h>

typedef struct Trace Trace;

/* *used counts the bytes of all blocks. */
Trace *trace_new(size_t *used);
/* NULL is allowed. The blocks are not the trace's. */
void trace_free(Trace *trace);
/* `block` is aligned to 16 bytes, and overlaps with no other. */
void trace_add(Trace *trace, const void *block, size_t size);
/* `size` as it was added. */
void trace_remove(Trace *trace, const void *block, size_t size);
/* The last block that begins at or before the address, near enough to hold it, or NULL. */
const void *trace_find(const Trace *trace, const void *address);

#endif
