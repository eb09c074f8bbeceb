/* SPDX-License-Identifier: MIT */
/* The methods of dict and of its views. */
#include "py/alias.h"
#include "py/builtin_classes.h"
#include "py/dunders.h"
#include "py/mapping.h"
#include "py/operators.h"
#include "py/state.h"

static bool dict_make(Vm *vm, Call *call)
{
    Class *cls;
    if (!to_new_class(vm, call->args[0], &dict_class, &cls))
        return false;
    return give(call, value_object(dict_new_of(vm, cls)));
}

/* update(other, **keywords), which __init__ is as well. */
static bool dict_update_method(Vm *vm, Call *call)
{
    Value self = call->args[0], other = call->args[1], keywords = call->args[2], key, item;
    if (value_given(other) && !dict_update(vm, self, other))
        return false;
    for (size_t at = 0; dict_next(keywords, &at, &key, &item);)
        if (!dict_set(vm, self, key, item))
            return false;
    return true;
}

static bool dict_get_method(Vm *vm, Call *call)
{
    Value found;
    if (!dict_get(vm, call->args[0], call->args[1], &found))
        return false;
    return give(call, value_given(found) ? found : call->args[2]);
}

static bool dict_setdefault(Vm *vm, Call *call)
{
    Value found;
    if (!dict_get(vm, call->args[0], call->args[1], &found))
        return false;
    if (value_given(found))
        return give(call, found);
    return dict_set(vm, call->args[0], call->args[1], call->args[2]) && give(call, call->args[2]);
}

static bool dict_pop(Vm *vm, Call *call)
{
    uint64_t hash;
    bool was;
    Value removed, key = call->args[1];
    if (!value_hash(vm, key, &hash) ||
        !table_remove(vm, &as_dict(call->args[0])->table, key, hash, &was, &removed))
        return false;
    if (was)
        return give(call, removed);
    return value_given(call->args[2]) ? give(call, call->args[2])
                                      : vm_raise_with(vm, EXC_KeyError, key);
}

static bool dict_popitem(Vm *vm, Call *call)
{
    Table *table = &as_dict(call->args[0])->table;
    TableEntry *last = table_last(table);
    if (!last)
        return vm_raise(vm, "KeyError", "popitem(): dictionary is empty");
    Value pair[2] = { last->key, last->item };
    call->result = make_tuple(vm, pair, 2);
    table_remove_entry(vm, table, last);
    return true;
}

static bool dict_clear(Vm *vm, Call *call)
{
    table_clear(vm, &as_dict(call->args[0])->table);
    return true;
}

static bool dict_copy(Vm *vm, Call *call)
{
    DictObj *copy = dict_new(vm);
    table_copy(vm, &copy->table, &as_dict(call->args[0])->table);
    return give(call, value_object(copy));
}

static bool dict_keys(Vm *vm, Call *call)
{
    return give(call, dict_view(vm, &dict_keys_class, call->args[0]));
}

static bool dict_values(Vm *vm, Call *call)
{
    return give(call, dict_view(vm, &dict_values_class, call->args[0]));
}

static bool dict_items(Vm *vm, Call *call)
{
    return give(call, dict_view(vm, &dict_items_class, call->args[0]));
}

static bool fill_from_keys(Vm *vm, Value made, Value iterator, Value item)
{
    Value key;
    bool done;
    while (vm_iter_next(vm, iterator, &key)) {
        if (!value_given(key))
            return true;
        vm_push(vm, key);
        bool ok = value_is(made, OBJ_DICT) && made.object->cls == builtin_class(vm, CLASS_DICT)
                      ? operator_setitem(vm, made, key, item, &done)
                      : vm_setitem(vm, made, key, item);
        vm_pop(vm, 1);
        if (!ok || !heap_may_grow(vm, 0))
            return false;
    }
    return false;
}

static bool dict_fromkeys(Vm *vm, Call *call)
{
    ARGS(call, cls, iterable, value);
    Value iterator;
    if (!vm_call(vm, cls, NULL, 0, &call->result))
        return false;
    vm_push(vm, call->result);
    bool ok = vm_iter(vm, iterable, &iterator);
    if (ok) {
        vm_push(vm, iterator);
        ok = fill_from_keys(vm, call->result, iterator, value);
        vm_pop(vm, 1);
    }
    vm_pop(vm, 1);
    return ok;
}

static bool class_getitem(Vm *vm, Call *call)
{
    return give(call, alias_new(vm, call->args[0], call->args[1]));
}

/* ---- backwards ---- */

/* What an iterator gives: extra[0] holds 0 for keys, 1 for values, 2 for items. */
static bool step_back(Vm *vm, IterObj *iter, Value *item)
{
    if (!value_given(iter->source))
        return true;
    const Table *table = &as_dict(iter->source)->table;
    if ((int64_t)table->live != iter->end)
        return vm_raise(vm, "RuntimeError", "dictionary changed size during iteration");
    while (iter->at > 0) {
        const TableEntry *entry = &table->entries[--iter->at];
        if (!value_given(entry->key))
            continue;
        Value pair[2] = { entry->key, entry->item };
        *item = iter->by == 2 ? make_tuple(vm, pair, 2) : pair[iter->by];
        return true;
    }
    iter->source = VALUE_UNSET;
    return true;
}

static bool dict_reversed(Vm *vm, Call *call)
{
    const NativeClass *of = &dict_keys_class;
    Value dict = dict_view_source(vm, call->args[0], &of);
    if (!value_given(dict))
        dict = call->args[0];
    IterObj *iter = iter_new(vm, NULL, step_back, dict);
    iter->at = as_dict(dict)->table.used;
    iter->end = as_dict(dict)->table.live;
    iter->by = of == &dict_keys_class ? 0 : of == &dict_values_class ? 1 : 2;
    return give(call, value_object(iter));
}

static const NativeRow dict_methods[] = {
    { "__new__(cls, /, *args, **kwargs)", dict_make, NULL },
    { "__init__(self, other=..., /, **keywords)", dict_update_method, "Initialize self." },
    { "get(self, key, default=None, /)", dict_get_method, "Return the value for key, or default." },
    { "setdefault(self, key, default=None, /)", dict_setdefault, "Insert key with default." },
    { "pop(self, key, default=..., /)", dict_pop, "Remove specified key, return its value." },
    { "popitem(self, /)", dict_popitem, "Remove and return the last (key, value) pair." },
    { "update(self, other=..., /, **keywords)", dict_update_method, "Update from a mapping." },
    { "clear(self, /)", dict_clear, "Remove all items." },
    { "copy(self, /)", dict_copy, "A shallow copy." },
    { "keys(self, /)", dict_keys, "A view of the keys." },
    { "values(self, /)", dict_values, "A view of the values." },
    { "items(self, /)", dict_items, "A view of the items." },
    { "__reversed__(self, /)", dict_reversed, "Return a reverse iterator over the keys." },
    DUNDER_BOTH(or, "|"),
    DUNDER(ior, "self, value, /", "Return self|=value."),
    DUNDER(getitem, "self, key, /", "Return self[key]."),
    DUNDER(setitem, "self, key, value, /", "Set self[key] to value."),
    DUNDER(delitem, "self, key, /", "Delete self[key]."),
    DUNDER(repr, "self, /", "Return repr(self)."),
    DUNDERS_CONTAINER,
    DUNDERS_EQUAL,
};

static const NativeRow dict_statics[] = {
    { "fromkeys(cls, iterable, value=None, /)", dict_fromkeys, "A dict with keys of iterable." },
    { "__class_getitem__(cls, item, /)", class_getitem, "See PEP 585" },
};

const NativeClass dict_class = {
    .name = "dict",
    .module = "builtins",
    .methods = dict_methods,
    .method_count = sizeof dict_methods / sizeof *dict_methods,
    .statics = dict_statics,
    .static_count = sizeof dict_statics / sizeof *dict_statics,
    .doc = "dict() -> new empty dictionary",
};

/* ---- views ---- */

static void view_mark(Vm *vm, void *payload)
{
    vm_mark(vm, *(Value *)payload);
}

static bool view_repr(Vm *vm, Call *call)
{
    Value items;
    Buf out = { 0 };
    if (!vm_to_list(vm, call->args[0], &items))
        return false;
    vm_push(vm, items);
    buf_printf(&out, "%s(", type_name(vm, call->args[0]));
    bool ok = repr_put(vm, items, &out);
    buf_putc(&out, ')');
    vm_pop(vm, 1);
    if (ok)
        call->result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

static bool view_isdisjoint(Vm *vm, Call *call)
{
    Value other = make_set(vm, false), item, iterator, in;
    bool ok = set_extend(vm, other, call->args[1]);
    vm_push(vm, other);
    ok = ok && vm_iter(vm, call->args[0], &iterator);
    call->result = value_bool(true);
    while (ok && (ok = vm_iter_next(vm, iterator, &item)) && value_given(item)) {
        ok = operator_contains(vm, other, item, &in);
        if (ok && in.truth)
            call->result = value_bool(false);
    }
    vm_pop(vm, 1);
    return ok;
}

static const NativeRow view_methods[] = {
    { "__repr__(self, /)", view_repr, NULL },
    { "isdisjoint(self, other, /)", view_isdisjoint, "True if no item is shared." },
    { "__reversed__(self, /)", dict_reversed, "Return a reverse iterator." },
    DUNDERS_CONTAINER,
    DUNDERS_ORDER,
    DUNDERS_BITS,
    DUNDER_BOTH(sub, "-"),
};

static const NativeRow values_methods[] = {
    { "__repr__(self, /)", view_repr, NULL },
    { "__reversed__(self, /)", dict_reversed, "Return a reverse iterator." },
    DUNDERS_CONTAINER,
};

#define VIEW_CLASS(text, rows)                                                      \
    {                                                                               \
        .name = text, .module = "builtins", .size = sizeof(Value), .methods = rows, \
        .method_count = sizeof rows / sizeof *rows, .mark = view_mark               \
    }

const NativeClass dict_keys_class = VIEW_CLASS("dict_keys", view_methods);
const NativeClass dict_items_class = VIEW_CLASS("dict_items", view_methods);
const NativeClass dict_values_class = VIEW_CLASS("dict_values", values_methods);
