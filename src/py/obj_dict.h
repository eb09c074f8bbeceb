/* SPDX-License-Identifier: MIT */
/*
 * dict, set and frozenset over one ordered hash table: entries in the order of insertion, an index
 * of open addressing once there are more than a few.
 */
#ifndef LIMBECK_PY_OBJ_DICT_H
#define LIMBECK_PY_OBJ_DICT_H

#include "py/obj_str.h"

typedef struct TableEntry {
    Value key;  /* TAG_UNSET: removed */
    Value item; /* TAG_UNSET in sets */
    uint64_t hash;
} TableEntry;

typedef struct Table {
    TableEntry *entries;
    uint32_t *index; /* entry + 1; 0 free; UINT32_MAX removed. NULL while small */
    uint32_t used;   /* entries, removed ones included */
    uint32_t live;   /* what len() says */
    uint32_t cap, index_size;
    uint32_t removed; /* marks of removal in the index */
} Table;

typedef struct DictObj { /* OBJ_DICT */
    Obj head;
    Table table;
} DictObj;

typedef struct SetObj { /* OBJ_SET */
    Obj head;
    Table table;
    bool frozen;
    bool hashed; /* frozenset: hash is known */
    uint64_t hash;
} SetObj;

static inline DictObj *as_dict(Value v)
{
    return (DictObj *)v.object;
}
static inline SetObj *as_set(Value v)
{
    return (SetObj *)v.object;
}
DictObj *dict_new(Vm *vm);
DictObj *dict_new_of(Vm *vm, Class *cls);
SetObj *set_new(Vm *vm, bool frozen);
SetObj *set_new_of(Vm *vm, Class *cls, bool frozen);

/*
 * Keys of any kind, hashed by value_hash before. May run scripts' __eq__. *found is NULL when the
 * key is absent; valid until the table changes.
 */
bool table_find(Vm *vm, Table *table, Value key, uint64_t hash, TableEntry **found);
/* Adds or replaces the item; the first key stays. May run scripts. */
bool table_set(Vm *vm, Table *table, Value key, uint64_t hash, Value item);
/* *removed gets the item (the key, in sets); *was tells whether it was there. May run scripts. */
bool table_remove(Vm *vm, Table *table, Value key, uint64_t hash, bool *was, Value *removed);
/* str keys: these never run scripts. NULL when absent. */
TableEntry *table_find_str(const Table *table, StrObj *key);
TableEntry *table_find_text(const Table *table, Str key);
void table_set_str(Vm *vm, Table *table, StrObj *key, Value item);
bool table_remove_str(Vm *vm, Table *table, StrObj *key);
/* Removes an entry that table_find gave. */
void table_remove_entry(Vm *vm, Table *table, TableEntry *entry);
void table_clear(Vm *vm, Table *table);
/* Fills the empty `to` with what is in `from`. */
void table_copy(Vm *vm, Table *to, const Table *from);
/* for (uint32_t at = 0; (entry = table_next(table, &at));) in the order of insertion. */
TableEntry *table_next(const Table *table, uint32_t *at);
/* The last entry, or NULL. */
TableEntry *table_last(const Table *table);

#endif
