/* SPDX-License-Identifier: MIT */
/* The methods of list and tuple. */
#include "py/alias.h"
#include "py/builtin_classes.h"
#include "py/dunders.h"
#include "py/sequence.h"
#include "py/sort.h"
#include "py/state.h"

/* ---- list ---- */

static bool list_make(Vm *vm, Call *call)
{
    Class *cls;
    if (!to_new_class(vm, call->args[0], &list_class, &cls))
        return false;
    return give(call, value_object(list_new_of(vm, cls)));
}

static bool list_init(Vm *vm, Call *call)
{
    ListObj *self = as_list(call->args[0]);
    self->len = 0;
    return !value_given(call->args[1]) || list_extend(vm, self, call->args[1]);
}

static bool list_append_method(Vm *vm, Call *call)
{
    ListObj *self = as_list(call->args[0]);
    if (self->len == self->cap && self->len > 1 << 16 &&
        !heap_may_make(vm, (self->len + 1) * sizeof(Value)))
        return false;
    list_push(vm, self, call->args[1]);
    return true;
}

static bool list_extend_method(Vm *vm, Call *call)
{
    return list_extend(vm, as_list(call->args[0]), call->args[1]);
}

static bool list_insert_method(Vm *vm, Call *call)
{
    ListObj *self = as_list(call->args[0]);
    int64_t at;
    if (!to_size(vm, call->args[1], &at))
        return false;
    int64_t len = (int64_t)self->len;
    at = at < 0 ? (at + len < 0 ? 0 : at + len) : at > len ? len : at;
    list_insert(vm, self, (size_t)at, call->args[2]);
    return true;
}

static bool list_pop_method(Vm *vm, Call *call)
{
    ListObj *self = as_list(call->args[0]);
    int64_t at;
    if (!to_size(vm, call->args[1], &at))
        return false;
    if (self->len == 0)
        return vm_raise(vm, "IndexError", "pop from empty list");
    if (at < 0)
        at += (int64_t)self->len;
    if (at < 0 || at >= (int64_t)self->len)
        return vm_raise(vm, "IndexError", "pop index out of range");
    call->result = self->items[at];
    list_cut(vm, self, (size_t)at, (size_t)at + 1);
    return true;
}

static bool list_remove_method(Vm *vm, Call *call)
{
    int64_t at;
    if (!sequence_index(vm, call->args[0], call->args[1], 0, SIZE_MAX, &at))
        return false;
    if (at < 0)
        return vm_raise(vm, "ValueError", "list.remove(x): x not in list");
    list_cut(vm, as_list(call->args[0]), (size_t)at, (size_t)at + 1);
    return true;
}

static bool list_clear_method(Vm *vm, Call *call)
{
    (void)vm;
    as_list(call->args[0])->len = 0;
    return true;
}

static bool list_copy_method(Vm *vm, Call *call)
{
    ListObj *self = as_list(call->args[0]);
    return give(call, make_list(vm, self->items, self->len));
}

static bool list_reverse_method(Vm *vm, Call *call)
{
    ListObj *self = as_list(call->args[0]);
    (void)vm;
    for (size_t i = 0; i < self->len / 2; i++) {
        Value v = self->items[i];
        self->items[i] = self->items[self->len - 1 - i];
        self->items[self->len - 1 - i] = v;
    }
    return true;
}

static bool list_sort_method(Vm *vm, Call *call)
{
    ARGS(call, self, key, reverse);
    bool backwards;
    return to_truth(vm, reverse, &backwards) && list_sort(vm, self, key, backwards);
}

/* index(value, start, stop) of list and tuple. */
static bool items_index(Vm *vm, Call *call)
{
    const Value *items;
    size_t count, from, to;
    int64_t at;
    items_of(call->args[0], &items, &count);
    if (!to_bounds(vm, call->args[2], call->args[3], count, &from, &to) ||
        !sequence_index(vm, call->args[0], call->args[1], from, to, &at))
        return false;
    if (at >= 0)
        return give(call, value_int(at));
    if (is_tuple(call->args[0]))
        return vm_raise(vm, "ValueError", "tuple.index(x): x not in tuple");
    Value repr;
    Str shown;
    return vm_repr(vm, call->args[1], &repr) && to_str(vm, repr, &shown) &&
           vm_raise(vm, "ValueError", "%.*s is not in list", STR_ARG(shown));
}

static bool items_count(Vm *vm, Call *call)
{
    const Value *items;
    size_t count;
    int64_t found = 0;
    for (size_t i = 0; items_of(call->args[0], &items, &count) && i < count; i++) {
        bool equal = value_same(items[i], call->args[1]);
        if (!equal && !value_eq(vm, items[i], call->args[1], &equal))
            return false;
        found += equal;
    }
    return give(call, value_int(found));
}

static bool class_getitem(Vm *vm, Call *call)
{
    return give(call, alias_new(vm, call->args[0], call->args[1]));
}

static const NativeRow list_methods[] = {
    { "__new__(cls, /, *args, **kwargs)", list_make, NULL },
    { "__init__(self, iterable=..., /)", list_init, "Initialize self." },
    { "append(self, object, /)", list_append_method, "Append object to the end of the list." },
    { "extend(self, iterable, /)", list_extend_method, "Extend list by elements of iterable." },
    { "insert(self, index, object, /)", list_insert_method, "Insert object before index." },
    { "pop(self, index=-1, /)", list_pop_method, "Remove and return item at index." },
    { "remove(self, value, /)", list_remove_method, "Remove first occurrence of value." },
    { "clear(self, /)", list_clear_method, "Remove all items from list." },
    { "copy(self, /)", list_copy_method, "Return a shallow copy of the list." },
    { "reverse(self, /)", list_reverse_method, "Reverse in place." },
    { "sort(self, /, *, key=None, reverse=False)", list_sort_method, "Sort in place, stably." },
    { "index(self, value, start=None, stop=None, /)", items_index, "First index of value." },
    { "count(self, value, /)", items_count, "Return number of occurrences of value." },
    DUNDER(iadd, "self, value, /", "Implement self+=value."),
    DUNDER(imul, "self, value, /", "Implement self*=value."),
    DUNDER(setitem, "self, key, value, /", "Set self[key] to value."),
    DUNDER(delitem, "self, key, /", "Delete self[key]."),
    DUNDER(reversed, "self, /", "Return a reverse iterator over the list."),
    DUNDER(repr, "self, /", "Return repr(self)."),
    DUNDERS_SEQUENCE,
    DUNDERS_ORDER,
};

static const NativeRow list_statics[] = {
    { "__class_getitem__(cls, item, /)", class_getitem, "See PEP 585" },
};

const NativeClass list_class = {
    .name = "list",
    .module = "builtins",
    .methods = list_methods,
    .method_count = sizeof list_methods / sizeof *list_methods,
    .statics = list_statics,
    .static_count = sizeof list_statics / sizeof *list_statics,
    .doc = "Built-in mutable sequence.",
};

/* ---- tuple ---- */

static bool tuple_make(Vm *vm, Call *call)
{
    ARGS(call, cls, iterable);
    Class *made;
    Value items = make_list(vm, NULL, 0);
    if (!to_new_class(vm, cls, &tuple_class, &made))
        return false;
    bool plain = made == builtin_class(vm, CLASS_TUPLE);
    if (plain && value_is(iterable, OBJ_TUPLE) && iterable.object->cls == made)
        return give(call, iterable);
    if (value_given(iterable) && !vm_to_list(vm, iterable, &items))
        return false;
    return give(call,
                value_object(tuple_new_of(vm, made, as_list(items)->items, as_list(items)->len)));
}

static bool tuple_new_args(Vm *vm, Call *call)
{
    TupleObj *self = as_tuple(call->args[0]);
    Value copy = make_tuple(vm, self->items, self->len);
    return give(call, make_tuple(vm, &copy, 1));
}

static const NativeRow tuple_methods[] = {
    { "__new__(cls, iterable=..., /)", tuple_make, NULL },
    { "index(self, value, start=None, stop=None, /)", items_index, "First index of value." },
    { "count(self, value, /)", items_count, "Return number of occurrences of value." },
    { "__getnewargs__(self, /)", tuple_new_args, NULL },
    DUNDERS_SEQUENCE,
    DUNDERS_ORDER,
    DUNDERS_TEXT,
};

static const NativeRow tuple_statics[] = {
    { "__class_getitem__(cls, item, /)", class_getitem, "See PEP 585" },
};

const NativeClass tuple_class = {
    .name = "tuple",
    .module = "builtins",
    .methods = tuple_methods,
    .method_count = sizeof tuple_methods / sizeof *tuple_methods,
    .statics = tuple_statics,
    .static_count = sizeof tuple_statics / sizeof *tuple_statics,
    .doc = "Built-in immutable sequence.",
};
