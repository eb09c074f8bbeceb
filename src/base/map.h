/* SPDX-License-Identifier: MIT */
/*
 * A map from text to pointers that keeps the order of insertion. A zeroed Map with an arena is
 * empty.
 *
 *     Map map = map_in(arena);
 *     map_set(&map, name, table);
 *     for (size_t i = 0; i < map.len; i++) use(map.entries[i].key, map.entries[i].value);
 */
#ifndef LIMBECK_BASE_MAP_H
#define LIMBECK_BASE_MAP_H

#include "base/mem.h"
#include "base/str.h"

typedef struct MapEntry {
    Str key;
    void *value;
} MapEntry;

typedef struct Map {
    Arena *arena;
    MapEntry *entries; /* in the order of insertion */
    size_t len, cap;
    uint32_t *slots;   /* index + 1 into entries; 0 is free */
    size_t slot_count; /* 0: so few entries that they are looked through */
} Map;

static inline Map map_in(Arena *arena)
{
    return (Map){ .arena = arena };
}
/* The value, or NULL when the key is absent. Borrowed. */
void *map_get(const Map *map, Str key);
bool map_has(const Map *map, Str key);
/* The index into entries, or -1. */
ptrdiff_t map_index(const Map *map, Str key);
/* Sets or replaces; a new key's text is copied into the map's arena. */
void map_set(Map *map, Str key, void *value);
/* The index of the key, entered at the end with `value` where it is absent. A new key's text is
 * borrowed: it lives as long as the map. */
size_t map_enter(Map *map, Str key, void *value);
/* Removes and keeps the order of the rest; false when absent. Linear. */
bool map_remove(Map *map, Str key);

#endif
