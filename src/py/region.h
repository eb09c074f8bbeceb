/* SPDX-License-Identifier: MIT */
/*
 * Regions: where what scripts make as records lies. A region is the memory of one call of a native
 * function: the structs that it made, their texts and lists. It lives as long as something points
 * into it, and goes as a whole.
 *
 * Structs point to one another as plain C does, and nobody keeps account of it. The collector looks
 * into the regions that live word by word, and takes for a pointer what is the address of a place
 * in another region; into payloads of natives it looks as well. What it cannot see are pointers
 * from elsewhere: who keeps one in the arena of a run, or in a struct of a lower floor, keeps the
 * record's box too (vm_keep). A function that makes no records allocates what lives as long as the
 * Vm, as record_arena says.
 */
#ifndef LIMBECK_PY_REGION_H
#define LIMBECK_PY_REGION_H

#include "base/mem.h"
#include "py/value.h"

typedef struct Region Region;

/* Of a Heap. */
typedef struct Regions {
    Arena *root; /* parent of all */
    size_t used; /* bytes */
    Region *all;
    Region *gray;    /* marked, not looked into yet */
    Region *lasting; /* lives as long as the Vm: of natives that make no records */
} Regions;

void regions_open(Vm *vm);
void regions_free(Vm *vm);
Region *region_new(Vm *vm);
Arena *region_arena(const Region *region);
/* The region that holds the address, or NULL. Any address may be asked about. */
Region *region_of(Vm *vm, const void *address);
/* A value that lives as long as the region: the box of one of its structs, and what those need. */
void region_hold(Region *region, Value v);

/* While the collector marks: the region lives (NULL is allowed); the one that holds the address. */
void region_mark(Vm *vm, Region *region);
void region_mark_at(Vm *vm, const void *address);
/* The same for every address that stands in these bytes, which are aligned as pointers are. */
void region_mark_all(Vm *vm, const void *from, size_t size);
/* Looks into one region that is marked; false when there is none left. */
bool region_look(Vm *vm);
/* Frees what is not marked. */
void regions_sweep(Vm *vm);

#endif
