/* SPDX-License-Identifier: MIT */
/* list and tuple. */
#ifndef LIMBECK_PY_OBJ_LIST_H
#define LIMBECK_PY_OBJ_LIST_H

#include "py/heap.h"

typedef struct ListObj { /* OBJ_LIST */
    Obj head;
    Value *items;
    size_t len, cap;
} ListObj;

typedef struct TupleObj { /* OBJ_TUPLE */
    Obj head;
    size_t len;
    Value items[];
} TupleObj;

static inline ListObj *as_list(Value v)
{
    return (ListObj *)v.object;
}
static inline TupleObj *as_tuple(Value v)
{
    return (TupleObj *)v.object;
}
/* Items are unset until filled in. */
ListObj *list_new(Vm *vm, size_t len);
ListObj *list_new_of(Vm *vm, Class *cls);
TupleObj *tuple_new(Vm *vm, size_t len);
TupleObj *tuple_new_of(Vm *vm, Class *cls, const Value *items, size_t len);
void list_push(Vm *vm, ListObj *list, Value item);
void list_insert(Vm *vm, ListObj *list, size_t at, Value item);
/* Removes [from, to). */
void list_cut(Vm *vm, ListObj *list, size_t from, size_t to);
/* Room for `cap` items. */
void list_reserve(Vm *vm, ListObj *list, size_t cap);
/* The items of a list or a tuple, borrowed until the list changes; false for other kinds. */
bool items_of(Value v, const Value **items, size_t *count);

#endif
