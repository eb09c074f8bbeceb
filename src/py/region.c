/* SPDX-License-Identifier: MIT */
#include "py/region.h"

#include "base/vec.h"
#include "py/state.h"

struct Region {
    Region *next;
    Region *gray_next;
    Arena *arena;
    VEC(Value) held;
    bool marked;
};

/* Columns and types, with what they hold, fill a block of 1 KB. */
enum { REGION_FIRST = 832 };

Region *region_new(Vm *vm)
{
    Arena *arena = arena_new_for(vm->heap.regions.root, REGION_FIRST);
    Region *region = ARENA_NEW(arena, Region);
    region->arena = arena;
    region->next = vm->heap.regions.all;
    vm->heap.regions.all = region;
    arena_set_owner(arena, region);
    return region;
}

Arena *region_arena(const Region *region)
{
    return region->arena;
}

Region *region_of(Vm *vm, const void *address)
{
    return arena_owner_of(vm->heap.regions.root, address);
}

void region_hold(Region *region, Value v)
{
    if (v.tag == TAG_OBJECT)
        VEC_PUSH(region->arena, &region->held, v);
}

void region_mark(Vm *vm, Region *region)
{
    if (!region || region->marked)
        return;
    region->marked = true;
    region->gray_next = vm->heap.regions.gray;
    vm->heap.regions.gray = region;
}

void region_mark_at(Vm *vm, const void *address)
{
    region_mark(vm, region_of(vm, address));
}

static void look(void *context, const void *from, const void *to)
{
    Vm *vm = context;
    for (const void *const *word = from; (const void *)word < to; word++)
        region_mark_at(vm, *word);
}

void region_mark_all(Vm *vm, const void *from, size_t size)
{
    look(vm, from, (const char *)from + size / sizeof(void *) * sizeof(void *));
}

/* The region's own struct lies in it too: without its links, which lead to all others. */
bool region_look(Vm *vm)
{
    Region *region = vm->heap.regions.gray;
    if (!region)
        return false;
    vm->heap.regions.gray = region->gray_next;
    VEC_EACH (Value, each, &region->held)
        heap_mark_value(vm, *each);
    Region *next = region->next;
    region->next = region->gray_next = NULL;
    arena_look(region->arena, look, vm);
    region->next = next;
    return true;
}

void regions_sweep(Vm *vm)
{
    for (Region **link = &vm->heap.regions.all; *link;) {
        Region *region = *link;
        if (region->marked) {
            region->marked = false;
            link = &region->next;
        } else {
            *link = region->next;
            arena_free(region->arena);
        }
    }
}

void regions_open(Vm *vm)
{
    vm->heap.regions.root = arena_new_traced(&vm->heap.regions.used);
    vm->heap.regions.lasting = region_new(vm);
}

void regions_free(Vm *vm)
{
    arena_free(vm->heap.regions.root);
}
