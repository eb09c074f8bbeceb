/* SPDX-License-Identifier: MIT */
/* The methods of set and frozenset. */
#include "py/alias.h"
#include "py/builtin_classes.h"
#include "py/dunders.h"
#include "py/mapping.h"
#include "py/obj_list.h"
#include "py/state.h"

static Table *self_table(Call *call)
{
    return &as_set(call->args[0])->table;
}

static bool self_frozen(Call *call)
{
    return as_set(call->args[0])->frozen;
}

static bool set_make(Vm *vm, Call *call)
{
    Class *cls;
    if (!to_new_class(vm, call->args[0], &set_class, &cls))
        return false;
    return give(call, value_object(set_new_of(vm, cls, false)));
}

static bool set_init(Vm *vm, Call *call)
{
    table_clear(vm, self_table(call));
    return !value_given(call->args[1]) || set_extend(vm, call->args[0], call->args[1]);
}

static bool frozenset_make(Vm *vm, Call *call)
{
    ARGS(call, cls, iterable);
    Class *made;
    if (!to_new_class(vm, cls, &frozenset_class, &made))
        return false;
    if (value_is(iterable, OBJ_SET) && iterable.object->cls == made &&
        made == builtin_class(vm, CLASS_FROZENSET))
        return give(call, iterable);
    call->result = value_object(set_new_of(vm, made, true));
    return !value_given(iterable) || set_extend(vm, call->result, iterable);
}

static bool set_add_method(Vm *vm, Call *call)
{
    return set_add(vm, call->args[0], call->args[1]);
}

static bool remove_item(Vm *vm, Call *call, bool *was)
{
    uint64_t hash;
    Value key = call->args[1], removed;
    if (value_is(key, OBJ_SET) && !as_set(key)->frozen)
        key = set_copy(vm, key, true);
    return value_hash(vm, key, &hash) &&
           table_remove(vm, self_table(call), key, hash, was, &removed);
}

static bool set_remove(Vm *vm, Call *call)
{
    bool was;
    return remove_item(vm, call, &was) && (was || vm_raise_with(vm, EXC_KeyError, call->args[1]));
}

static bool set_discard(Vm *vm, Call *call)
{
    bool was;
    return remove_item(vm, call, &was);
}

static bool set_pop(Vm *vm, Call *call)
{
    uint32_t at = 0;
    TableEntry *first = table_next(self_table(call), &at);
    if (!first)
        return vm_raise(vm, "KeyError", "pop from an empty set");
    call->result = first->key;
    table_remove_entry(vm, self_table(call), first);
    return true;
}

static bool set_clear(Vm *vm, Call *call)
{
    table_clear(vm, self_table(call));
    return true;
}

static bool set_copy_method(Vm *vm, Call *call)
{
    return give(call, self_frozen(call) ? call->args[0] : set_copy(vm, call->args[0], false));
}

/* ---- with any iterables ---- */

static bool as_set_value(Vm *vm, Value v, Value *set)
{
    if (value_is(v, OBJ_SET)) {
        *set = v;
        return true;
    }
    *set = make_set(vm, false);
    return set_extend(vm, *set, v);
}

/* self OP other1 OP other2 ... in a new set. */
static bool fold(Vm *vm, Call *call, BinaryOp op, Value *result)
{
    Value others = call->args[1], other;
    *result = set_copy(vm, call->args[0], self_frozen(call));
    for (size_t i = 0; i < tuple_len(others); i++) {
        vm_push(vm, *result);
        bool ok = as_set_value(vm, tuple_get(others, i), &other);
        vm_push(vm, ok ? other : VALUE_NONE);
        ok = ok && set_combine(vm, op, *result, other, self_frozen(call), result);
        vm_pop(vm, 2);
        if (!ok)
            return false;
    }
    return true;
}

static bool fold_into_self(Vm *vm, Call *call, BinaryOp op)
{
    Value made;
    if (!fold(vm, call, op, &made))
        return false;
    table_clear(vm, self_table(call));
    table_copy(vm, self_table(call), &as_set(made)->table);
    return true;
}

static bool set_union(Vm *vm, Call *call)
{
    return fold(vm, call, BINARY_OR, &call->result);
}

static bool set_intersection(Vm *vm, Call *call)
{
    return fold(vm, call, BINARY_AND, &call->result);
}

static bool set_difference(Vm *vm, Call *call)
{
    return fold(vm, call, BINARY_SUBTRACT, &call->result);
}

static bool set_update(Vm *vm, Call *call)
{
    Value others = call->args[1];
    for (size_t i = 0; i < tuple_len(others); i++)
        if (!set_extend(vm, call->args[0], tuple_get(others, i)))
            return false;
    return true;
}

static bool set_intersection_update(Vm *vm, Call *call)
{
    return fold_into_self(vm, call, BINARY_AND);
}

static bool set_difference_update(Vm *vm, Call *call)
{
    return fold_into_self(vm, call, BINARY_SUBTRACT);
}

static bool symmetric(Vm *vm, Call *call, Value *result)
{
    Value other;
    if (!as_set_value(vm, call->args[1], &other))
        return false;
    vm_push(vm, other);
    bool ok = set_combine(vm, BINARY_XOR, call->args[0], other, self_frozen(call), result);
    vm_pop(vm, 1);
    return ok;
}

static bool set_symmetric_difference(Vm *vm, Call *call)
{
    return symmetric(vm, call, &call->result);
}

static bool set_symmetric_difference_update(Vm *vm, Call *call)
{
    Value made;
    if (!symmetric(vm, call, &made))
        return false;
    table_clear(vm, self_table(call));
    table_copy(vm, self_table(call), &as_set(made)->table);
    return true;
}

typedef enum Relation { SUBSET, SUPERSET, DISJOINT } Relation;

static bool relate(Vm *vm, Call *call, Relation relation)
{
    Value other, self = call->args[0], common;
    bool is = false;
    if (!as_set_value(vm, call->args[1], &other))
        return false;
    vm_push(vm, other);
    bool ok;
    if (relation == DISJOINT) {
        ok = set_combine(vm, BINARY_AND, self, other, false, &common);
        is = ok && as_set(common)->table.live == 0;
    } else {
        ok = relation == SUBSET ? set_is_subset(vm, self, other, &is)
                                : set_is_subset(vm, other, self, &is);
    }
    vm_pop(vm, 1);
    call->result = value_bool(is);
    return ok;
}

static bool set_issubset(Vm *vm, Call *call)
{
    return relate(vm, call, SUBSET);
}

static bool set_issuperset(Vm *vm, Call *call)
{
    return relate(vm, call, SUPERSET);
}

static bool set_isdisjoint(Vm *vm, Call *call)
{
    return relate(vm, call, DISJOINT);
}

static bool class_getitem(Vm *vm, Call *call)
{
    return give(call, alias_new(vm, call->args[0], call->args[1]));
}

/* clang-format off */
#define SHARED_ROWS \
    { "copy(self, /)", set_copy_method, "Return a shallow copy of a set." }, \
    { "union(self, /, *others)", set_union, "Return the union of sets." }, \
    { "intersection(self, /, *others)", set_intersection, "Return the intersection of sets." }, \
    { "difference(self, /, *others)", set_difference, "Return the difference of sets." }, \
    { "symmetric_difference(self, other, /)", set_symmetric_difference, \
      "Return the symmetric difference of two sets." }, \
    { "issubset(self, other, /)", set_issubset, "Report whether another set contains this set." }, \
    { "issuperset(self, other, /)", set_issuperset, "Report whether this set contains another." }, \
    { "isdisjoint(self, other, /)", set_isdisjoint, "True if no item is shared." }, \
    DUNDERS_CONTAINER, \
    DUNDERS_ORDER, \
    DUNDERS_BITS, \
    DUNDER_BOTH(sub, "-"), \
    DUNDER(repr, "self, /", "Return repr(self).")
/* clang-format on */

static const NativeRow set_methods[] = {
    { "__new__(cls, /, *args, **kwargs)", set_make, NULL },
    { "__init__(self, iterable=..., /)", set_init, "Initialize self." },
    { "add(self, item, /)", set_add_method, "Add an element to a set." },
    { "remove(self, item, /)", set_remove, "Remove an element; it must be a member." },
    { "discard(self, item, /)", set_discard, "Remove an element if it is a member." },
    { "pop(self, /)", set_pop, "Remove and return an arbitrary set element." },
    { "clear(self, /)", set_clear, "Remove all elements from this set." },
    { "update(self, /, *others)", set_update, "Update a set with the union of others." },
    { "intersection_update(self, /, *others)", set_intersection_update, "Keep what is shared." },
    { "difference_update(self, /, *others)", set_difference_update, "Remove what others hold." },
    { "symmetric_difference_update(self, other, /)", set_symmetric_difference_update,
      "Keep what is in one of both." },
    DUNDER(ior, "self, value, /", "Return self|=value."),
    DUNDER(iand, "self, value, /", "Return self&=value."),
    DUNDER(ixor, "self, value, /", "Return self^=value."),
    DUNDER(isub, "self, value, /", "Return self-=value."),
    SHARED_ROWS,
};

static const NativeRow frozenset_methods[] = {
    { "__new__(cls, iterable=..., /)", frozenset_make, NULL },
    DUNDER(hash, "self, /", "Return hash(self)."),
    SHARED_ROWS,
};

static const NativeRow set_statics[] = {
    { "__class_getitem__(cls, item, /)", class_getitem, "See PEP 585" },
};

const NativeClass set_class = {
    .name = "set",
    .module = "builtins",
    .methods = set_methods,
    .method_count = sizeof set_methods / sizeof *set_methods,
    .statics = set_statics,
    .static_count = sizeof set_statics / sizeof *set_statics,
    .doc = "set() -> new empty set object",
};

const NativeClass frozenset_class = {
    .name = "frozenset",
    .module = "builtins",
    .methods = frozenset_methods,
    .method_count = sizeof frozenset_methods / sizeof *frozenset_methods,
    .statics = set_statics,
    .static_count = sizeof set_statics / sizeof *set_statics,
    .doc = "frozenset() -> empty frozenset object",
};
