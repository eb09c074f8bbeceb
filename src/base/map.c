/* SPDX-License-Identifier: MIT */
#include "base/map.h"

enum { FEW = 8 };

static size_t map_slot(const Map *map, Str key)
{
    size_t mask = map->slot_count - 1, slot = (size_t)str_hash(key) & mask;
    while (map->slots[slot] && !str_eq(map->entries[map->slots[slot] - 1].key, key))
        slot = (slot + 1) & mask;
    return slot;
}

static size_t find_few(const Map *map, Str key)
{
    size_t i = 0;
    while (i < map->len && !str_eq(map->entries[i].key, key))
        i++;
    return i;
}

ptrdiff_t map_index(const Map *map, Str key)
{
    if (map->slot_count)
        return (ptrdiff_t)map->slots[map_slot(map, key)] - 1;
    size_t index = find_few(map, key);
    return index < map->len ? (ptrdiff_t)index : -1;
}

void *map_get(const Map *map, Str key)
{
    ptrdiff_t index = map_index(map, key);
    return index < 0 ? NULL : map->entries[index].value;
}

bool map_has(const Map *map, Str key)
{
    return map_index(map, key) >= 0;
}

static void map_rehash(Map *map)
{
    if (!map->slot_count)
        return;
    memset(map->slots, 0, map->slot_count * sizeof *map->slots);
    for (size_t i = 0; i < map->len; i++)
        map->slots[map_slot(map, map->entries[i].key)] = (uint32_t)(i + 1);
}

static void map_grow(Map *map)
{
    size_t cap = map->cap ? map->cap * 2 : FEW;
    MapEntry *entries = ARENA_ARRAY(map->arena, MapEntry, cap);
    if (map->len)
        memcpy(entries, map->entries, map->len * sizeof *entries);
    map->entries = entries;
    map->cap = cap;
    if (cap == FEW)
        return;
    map->slot_count = cap * 2;
    map->slots = ARENA_ARRAY(map->arena, uint32_t, map->slot_count);
    map_rehash(map);
}

size_t map_enter(Map *map, Str key, void *value)
{
    size_t slot = map->slot_count ? map_slot(map, key) : 0;
    size_t index = map->slot_count ? map->slots[slot] - (size_t)1 : find_few(map, key);
    if (index < map->len)
        return index;
    if (map->len == map->cap) {
        map_grow(map);
        slot = map->slot_count ? map_slot(map, key) : 0;
    }
    map->entries[map->len++] = (MapEntry){ key, value };
    if (map->slot_count)
        map->slots[slot] = (uint32_t)map->len;
    return map->len - 1;
}

void map_set(Map *map, Str key, void *value)
{
    size_t before = map->len;
    size_t index = map_enter(map, key, value);
    map->entries[index].value = value;
    if (map->len > before)
        map->entries[index].key = str_dup(map->arena, key);
}

bool map_remove(Map *map, Str key)
{
    ptrdiff_t index = map_index(map, key);
    if (index < 0)
        return false;
    size_t after = map->len - (size_t)index - 1;
    memmove(map->entries + index, map->entries + index + 1, after * sizeof *map->entries);
    map->len--;
    map_rehash(map);
    return true;
}
