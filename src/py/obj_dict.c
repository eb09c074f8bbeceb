/* SPDX-License-Identifier: MIT */
#include "py/obj_dict.h"

#include "py/heap_kinds.h"
#include "py/state.h"

enum { SMALL = 8 }; /* up to so many entries are searched one by one */

#define INDEX_REMOVED UINT32_MAX

DictObj *dict_new_of(Vm *vm, Class *cls)
{
    return heap_new(vm, cls, OBJ_DICT, sizeof(DictObj));
}

DictObj *dict_new(Vm *vm)
{
    return dict_new_of(vm, builtin_class(vm, CLASS_DICT));
}

SetObj *set_new_of(Vm *vm, Class *cls, bool frozen)
{
    SetObj *set = heap_new(vm, cls, OBJ_SET, sizeof(SetObj));
    set->frozen = frozen;
    return set;
}

SetObj *set_new(Vm *vm, bool frozen)
{
    return set_new_of(vm, builtin_class(vm, frozen ? CLASS_FROZENSET : CLASS_SET), frozen);
}

static void table_mark(Vm *vm, const Table *table)
{
    for (uint32_t i = 0; i < table->used; i++) {
        heap_mark_value(vm, table->entries[i].key);
        heap_mark_value(vm, table->entries[i].item);
    }
}

void dict_mark(Vm *vm, Obj *obj)
{
    table_mark(vm, &((DictObj *)obj)->table);
}

void set_mark(Vm *vm, Obj *obj)
{
    table_mark(vm, &((SetObj *)obj)->table);
}

void table_clear(Vm *vm, Table *table)
{
    heap_release(vm, table->entries, table->cap * sizeof(TableEntry));
    heap_release(vm, table->index, table->index_size * sizeof(uint32_t));
    *table = (Table){ 0 };
}

void dict_drop(Vm *vm, Obj *obj)
{
    table_clear(vm, &((DictObj *)obj)->table);
}

void set_drop(Vm *vm, Obj *obj)
{
    table_clear(vm, &((SetObj *)obj)->table);
}

/* ---- the index ---- */

static void index_put(Table *table, uint64_t hash, uint32_t entry)
{
    uint32_t mask = table->index_size - 1;
    uint32_t at = (uint32_t)hash & mask;
    while (table->index[at] != 0 && table->index[at] != INDEX_REMOVED)
        at = (at + 1) & mask;
    table->index[at] = entry + 1;
}

static void index_remove(Table *table, const TableEntry *entry)
{
    if (!table->index)
        return;
    uint32_t mask = table->index_size - 1, which = (uint32_t)(entry - table->entries) + 1;
    uint32_t at = (uint32_t)entry->hash & mask;
    while (table->index[at] != which)
        at = (at + 1) & mask;
    table->index[at] = INDEX_REMOVED;
    table->removed++;
}

static void index_build(Vm *vm, Table *table)
{
    uint32_t size = 16;
    while (size < table->cap * 2)
        size *= 2;
    table->index = heap_resize(vm, table->index, table->index_size * sizeof(uint32_t),
                               size * sizeof(uint32_t));
    table->index_size = size;
    table->removed = 0;
    memset(table->index, 0, size * sizeof(uint32_t));
    for (uint32_t i = 0; i < table->used; i++)
        index_put(table, table->entries[i].hash, i);
}

/* Drops removed entries, gives room for `cap`, and builds the index anew. */
static void table_resize(Vm *vm, Table *table, uint32_t cap)
{
    uint32_t to = 0;
    for (uint32_t i = 0; i < table->used; i++)
        if (table->entries[i].key.tag != TAG_UNSET)
            table->entries[to++] = table->entries[i];
    table->used = to;
    table->entries =
        heap_resize(vm, table->entries, table->cap * sizeof(TableEntry), cap * sizeof(TableEntry));
    table->cap = cap;
    if (cap > SMALL || table->index)
        index_build(vm, table);
}

static TableEntry *table_add(Vm *vm, Table *table, Value key, uint64_t hash, Value item)
{
    if (table->used == table->cap) {
        uint32_t cap = table->live * 2 < 4 ? 4 : table->live * 2;
        table_resize(vm, table, cap);
    }
    TableEntry *entry = &table->entries[table->used];
    *entry = (TableEntry){ key, item, hash };
    if (table->index)
        index_put(table, hash, table->used);
    table->used++;
    table->live++;
    return entry;
}

/* ---- finding ---- */

/* Walks the entries that may have the key: a probe gives them one by one. */
typedef struct Probe {
    uint32_t at;
    bool started;
} Probe;

static TableEntry *probe_next(const Table *table, uint64_t hash, Probe *probe)
{
    if (!table->index) {
        while (probe->at < table->used) {
            TableEntry *entry = &table->entries[probe->at++];
            if (entry->hash == hash && entry->key.tag != TAG_UNSET)
                return entry;
        }
        return NULL;
    }
    uint32_t mask = table->index_size - 1;
    if (!probe->started) {
        probe->started = true;
        probe->at = (uint32_t)hash & mask;
    }
    for (uint32_t which; (which = table->index[probe->at]) != 0;) {
        probe->at = (probe->at + 1) & mask;
        if (which == INDEX_REMOVED)
            continue;
        TableEntry *entry = &table->entries[which - 1];
        if (entry->hash == hash)
            return entry;
    }
    return NULL;
}

TableEntry *table_find_str(const Table *table, StrObj *key)
{
    Probe probe = { 0 };
    uint64_t hash = str_obj_hash(key);
    for (TableEntry *entry; (entry = probe_next(table, hash, &probe));)
        if (value_is(entry->key, OBJ_STR) && str_obj_eq(as_str(entry->key), key))
            return entry;
    return NULL;
}

TableEntry *table_find_text(const Table *table, Str key)
{
    Probe probe = { 0 };
    uint64_t hash = str_hash(key);
    hash += hash == 0;
    for (TableEntry *entry; (entry = probe_next(table, hash, &probe));)
        if (value_is(entry->key, OBJ_STR) && str_eq(str_text(as_str(entry->key)), key))
            return entry;
    return NULL;
}

/* A search whose comparisons run scripts begins anew when they changed the table. */
bool table_find(Vm *vm, Table *table, Value key, uint64_t hash, TableEntry **found)
{
    bool plain = value_is(key, OBJ_STR) && key.object->cls == vm->classes[CLASS_STR];
again:;
    Probe probe = { 0 };
    for (TableEntry *entry; (entry = probe_next(table, hash, &probe));) {
        bool equal = value_same(entry->key, key);
        if (!equal && plain && value_is(entry->key, OBJ_STR) &&
            entry->key.object->cls == vm->classes[CLASS_STR]) {
            equal = str_obj_eq(as_str(entry->key), as_str(key));
        } else if (!equal) {
            const TableEntry *entries = table->entries;
            uint32_t used = table->used;
            if (!value_eq(vm, entry->key, key, &equal))
                return false;
            if (table->entries != entries || table->used != used)
                goto again;
        }
        if (equal) {
            *found = entry;
            return true;
        }
    }
    *found = NULL;
    return true;
}

bool table_set(Vm *vm, Table *table, Value key, uint64_t hash, Value item)
{
    TableEntry *entry;
    if (!table_find(vm, table, key, hash, &entry))
        return false;
    if (entry) {
        entry->item = item;
        return true;
    }
    if (table->live >= 1 << 20 && !heap_may_grow(vm, table->live * sizeof(TableEntry)))
        return false;
    table_add(vm, table, key, hash, item);
    return true;
}

void table_set_str(Vm *vm, Table *table, StrObj *key, Value item)
{
    TableEntry *entry = table_find_str(table, key);
    if (entry)
        entry->item = item;
    else
        table_add(vm, table, value_object(key), str_obj_hash(key), item);
}

void table_remove_entry(Vm *vm, Table *table, TableEntry *entry)
{
    index_remove(table, entry);
    entry->key = VALUE_UNSET;
    entry->item = VALUE_UNSET;
    table->live--;
    while (table->used && table->entries[table->used - 1].key.tag == TAG_UNSET)
        table->used--;
    if (table->removed > table->index_size / 4)
        index_build(vm, table);
}

bool table_remove(Vm *vm, Table *table, Value key, uint64_t hash, bool *was, Value *removed)
{
    TableEntry *entry;
    if (!table_find(vm, table, key, hash, &entry))
        return false;
    *was = entry != NULL;
    if (!entry)
        return true;
    if (removed)
        *removed = entry->item.tag == TAG_UNSET ? entry->key : entry->item;
    table_remove_entry(vm, table, entry);
    return true;
}

bool table_remove_str(Vm *vm, Table *table, StrObj *key)
{
    TableEntry *entry = table_find_str(table, key);
    if (entry)
        table_remove_entry(vm, table, entry);
    return entry != NULL;
}

void table_copy(Vm *vm, Table *to, const Table *from)
{
    if (from->live == 0)
        return;
    table_resize(vm, to, from->live);
    uint32_t at = 0;
    for (const TableEntry *entry; (entry = table_next(from, &at));)
        table_add(vm, to, entry->key, entry->hash, entry->item);
}

TableEntry *table_next(const Table *table, uint32_t *at)
{
    while (*at < table->used) {
        TableEntry *entry = &table->entries[(*at)++];
        if (entry->key.tag != TAG_UNSET)
            return entry;
    }
    return NULL;
}

TableEntry *table_last(const Table *table)
{
    for (uint32_t i = table->used; i > 0; i--)
        if (table->entries[i - 1].key.tag != TAG_UNSET)
            return &table->entries[i - 1];
    return NULL;
}
