/* SPDX-License-Identifier: MIT */
#include "base/datum.h"

static Datum datum_copy_list(Arena *arena, const Datum *from)
{
    Datum copy = *from;
    copy.list.items = ARENA_ARRAY(arena, Datum, from->list.len);
    for (size_t i = 0; i < from->list.len; i++)
        copy.list.items[i] = datum_copy(arena, &from->list.items[i]);
    return copy;
}

static Datum datum_copy_map(Arena *arena, const Datum *from)
{
    Datum copy = *from;
    copy.map = ARENA_NEW(arena, Map);
    *copy.map = map_in(arena);
    for (size_t i = 0; i < from->map->len; i++) {
        Datum *value = ARENA_NEW(arena, Datum);
        *value = datum_copy(arena, from->map->entries[i].value);
        map_set(copy.map, from->map->entries[i].key, value);
    }
    return copy;
}

Datum datum_copy(Arena *arena, const Datum *from)
{
    Datum copy = *from;
    switch (from->kind) {
    case DATUM_NONE:
    case DATUM_BOOL:
    case DATUM_INT:
    case DATUM_FLOAT:
    case DATUM_INTERVAL:
    case DATUM_RECORD:
    case DATUM_SCRIPT:
        break;
    case DATUM_BIGINT:
    case DATUM_DECIMAL:
    case DATUM_STR:
    case DATUM_BYTES:
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
    case DATUM_UUID:
        copy.text = str_dup(arena, from->text);
        break;
    case DATUM_LIST:
        return datum_copy_list(arena, from);
    case DATUM_MAP:
        return datum_copy_map(arena, from);
    }
    return copy;
}

static bool datum_eq_list(const Datum *a, const Datum *b)
{
    if (a->list.len != b->list.len)
        return false;
    for (size_t i = 0; i < a->list.len; i++)
        if (!datum_eq(&a->list.items[i], &b->list.items[i]))
            return false;
    return true;
}

static bool datum_eq_map(const Datum *a, const Datum *b)
{
    if (a->map->len != b->map->len)
        return false;
    for (size_t i = 0; i < a->map->len; i++) {
        const Datum *other = map_get(b->map, a->map->entries[i].key);
        if (!other || !datum_eq(a->map->entries[i].value, other))
            return false;
    }
    return true;
}

bool datum_eq(const Datum *a, const Datum *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case DATUM_NONE:
        return true;
    case DATUM_BOOL:
        return a->truth == b->truth;
    case DATUM_INT:
    case DATUM_INTERVAL:
        return a->integer == b->integer;
    case DATUM_FLOAT:
        return a->real == b->real;
    case DATUM_BIGINT:
    case DATUM_DECIMAL:
    case DATUM_STR:
    case DATUM_BYTES:
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
    case DATUM_UUID:
        return str_eq(a->text, b->text);
    case DATUM_LIST:
        return datum_eq_list(a, b);
    case DATUM_MAP:
        return datum_eq_map(a, b);
    case DATUM_RECORD:
        return a->record.object == b->record.object;
    case DATUM_SCRIPT:
        return a->script.object == b->script.object;
    }
    return false;
}
