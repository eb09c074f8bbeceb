/* SPDX-License-Identifier: MIT */
#include "py/obj_list.h"

#include "py/heap_kinds.h"
#include "py/state.h"

ListObj *list_new_of(Vm *vm, Class *cls)
{
    return heap_new(vm, cls, OBJ_LIST, sizeof(ListObj));
}

ListObj *list_new(Vm *vm, size_t len)
{
    ListObj *list = list_new_of(vm, builtin_class(vm, CLASS_LIST));
    list_reserve(vm, list, len);
    list->len = len;
    for (size_t i = 0; i < len; i++)
        list->items[i] = VALUE_UNSET;
    return list;
}

void list_reserve(Vm *vm, ListObj *list, size_t cap)
{
    if (cap <= list->cap)
        return;
    list->items = heap_resize(vm, list->items, list->cap * sizeof(Value), cap * sizeof(Value));
    list->cap = cap;
}

void list_push(Vm *vm, ListObj *list, Value item)
{
    if (list->len == list->cap)
        list_reserve(vm, list, list->cap ? list->cap * 2 : 4);
    list->items[list->len++] = item;
}

void list_insert(Vm *vm, ListObj *list, size_t at, Value item)
{
    list_push(vm, list, item);
    memmove(list->items + at + 1, list->items + at, (list->len - 1 - at) * sizeof(Value));
    list->items[at] = item;
}

void list_cut(Vm *vm, ListObj *list, size_t from, size_t to)
{
    if (to <= from)
        return;
    memmove(list->items + from, list->items + to, (list->len - to) * sizeof(Value));
    list->len -= to - from;
}

void list_mark(Vm *vm, Obj *obj)
{
    ListObj *list = (ListObj *)obj;
    for (size_t i = 0; i < list->len; i++)
        heap_mark_value(vm, list->items[i]);
}

void list_drop(Vm *vm, Obj *obj)
{
    ListObj *list = (ListObj *)obj;
    heap_release(vm, list->items, list->cap * sizeof(Value));
}

TupleObj *tuple_new(Vm *vm, size_t len)
{
    TupleObj *tuple = heap_new(vm, builtin_class(vm, CLASS_TUPLE), OBJ_TUPLE,
                               sizeof(TupleObj) + len * sizeof(Value));
    tuple->len = len;
    return tuple;
}

TupleObj *tuple_new_of(Vm *vm, Class *cls, const Value *items, size_t len)
{
    TupleObj *tuple = heap_new(vm, cls, OBJ_TUPLE, sizeof(TupleObj) + len * sizeof(Value));
    tuple->len = len;
    if (len)
        memcpy(tuple->items, items, len * sizeof(Value));
    return tuple;
}

void tuple_mark(Vm *vm, Obj *obj)
{
    TupleObj *tuple = (TupleObj *)obj;
    for (size_t i = 0; i < tuple->len; i++)
        heap_mark_value(vm, tuple->items[i]);
}

bool items_of(Value v, const Value **items, size_t *count)
{
    if (value_is(v, OBJ_LIST)) {
        *items = as_list(v)->items;
        *count = as_list(v)->len;
        return true;
    }
    if (value_is(v, OBJ_TUPLE)) {
        *items = as_tuple(v)->items;
        *count = as_tuple(v)->len;
        return true;
    }
    return false;
}
