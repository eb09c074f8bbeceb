/* SPDX-License-Identifier: MIT */
#include "script/bind_row.h"

#include "py/obj_list.h"

typedef struct RowObj {
    Keys *keys;
    Value values; /* a tuple */
} RowObj;

Keys *keys_new(const DbColumn *columns, size_t count)
{
    Keys *keys = mem_alloc(sizeof *keys);
    keys->users = 1;
    keys->count = count;
    keys->names = mem_alloc((count + 1) * sizeof *keys->names);
    for (size_t i = 0; i < count; i++) {
        char *text = mem_alloc(columns[i].name.len + 1);
        if (columns[i].name.len)
            memcpy(text, columns[i].name.ptr, columns[i].name.len);
        keys->names[i] = (Str){ text, columns[i].name.len };
    }
    return keys;
}

void keys_release(Keys *keys)
{
    if (--keys->users)
        return;
    for (size_t i = 0; i < keys->count; i++)
        mem_free((void *)(uintptr_t)keys->names[i].ptr);
    mem_free(keys->names);
    mem_free(keys);
}

int64_t keys_find(const Keys *keys, Str name)
{
    for (size_t i = 0; i < keys->count; i++)
        if (str_eq(keys->names[i], name))
            return (int64_t)i;
    return -1;
}

Value keys_list(Vm *vm, const Keys *keys)
{
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < keys->count; i++)
        list_append(vm, list, make_str(vm, keys->names[i]));
    return list;
}

static RowObj *row_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &row_class);
}

static bool is_mapping(Vm *vm, Value self)
{
    return payload_of(vm, self, &row_mapping_class) != NULL;
}

Value row_new(Vm *vm, Keys *keys, const Value *values, size_t count, bool mapping)
{
    const NativeClass *native = mapping ? &row_mapping_class : &row_class;
    Value made = vm_new_native(vm, vm_class(vm, native), native);
    RowObj *row = row_self(vm, made);
    keys->users++;
    row->keys = keys;
    row->values = make_tuple(vm, values, count);
    return made;
}

static void row_drop(void *payload)
{
    RowObj *row = payload;
    if (row->keys)
        keys_release(row->keys);
}

static void row_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((RowObj *)payload)->values);
}

/* A column by its name, or by the Column or label that was selected. */
static bool by_name(Vm *vm, const RowObj *row, Value key, Value *v)
{
    Str name = STR_NONE;
    const Column *column = record_of(key, &column_record);
    const Expr *expr = record_of(key, &expr_record);
    if (column)
        name = column->name.text;
    else if (expr)
        name = expr->name.text;
    else if (!to_str(vm, key, &name))
        return false;
    int64_t at = keys_find(row->keys, name);
    if (at < 0) {
        return raise_sa(vm, "NoSuchColumnError", "Could not locate column in row for column '%.*s'",
                        STR_ARG(name));
    }
    *v = tuple_get(row->values, (size_t)at);
    return true;
}

static bool row_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, key);
    const RowObj *row = row_self(vm, self);
    Value v;
    bool mapping = is_mapping(vm, self);
    if (mapping || record_of(key, &column_record)) {
        if (mapping && !is_str(key) && !record_of(key, &column_record) &&
            !record_of(key, &expr_record))
            return vm_raise(vm, "KeyError", "%s", type_name(vm, key));
        return by_name(vm, row, key, &v) && give(call, v);
    }
    if (is_str(key))
        return vm_raise(vm, "TypeError", "tuple indices must be integers or slices, not str");
    return vm_getitem(vm, row->values, key, &v) && give(call, v);
}

static bool row_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    const RowObj *row = row_self(vm, self);
    Str text;
    if (!to_str(vm, name, &text))
        return false;
    int64_t at = keys_find(row->keys, text);
    if (at < 0)
        return vm_raise(vm, "AttributeError", "Could not locate column in row for column '%.*s'",
                        STR_ARG(text));
    return give(call, tuple_get(row->values, (size_t)at));
}

static bool row_iter(Vm *vm, Call *call)
{
    ARGS(call, self);
    const RowObj *row = row_self(vm, self);
    Value iterator;
    Value over = is_mapping(vm, self) ? keys_list(vm, row->keys) : row->values;
    return vm_iter(vm, over, &iterator) && give(call, iterator);
}

static bool row_len(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_int((int64_t)row_self(vm, self)->keys->count));
}

static bool row_contains(Vm *vm, Call *call)
{
    ARGS(call, self, item);
    const RowObj *row = row_self(vm, self);
    Str name;
    if (is_mapping(vm, self)) {
        bool found = is_str(item) && to_str(vm, item, &name) && keys_find(row->keys, name) >= 0;
        return give(call, value_bool(found));
    }
    Value found;
    return vm_call_method(vm, row->values, "__contains__", &item, 1, &found) && give(call, found);
}

static bool as_dict(Vm *vm, Value self, Value *dict)
{
    const RowObj *row = row_self(vm, self);
    *dict = make_dict(vm);
    for (size_t i = 0; i < row->keys->count; i++)
        dict_set_str(vm, *dict, row->keys->names[i], tuple_get(row->values, i));
    return true;
}

static bool row_asdict(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value dict;
    return as_dict(vm, self, &dict) && give(call, dict);
}

static bool row_mapping(Vm *vm, Call *call)
{
    ARGS(call, self);
    const RowObj *row = row_self(vm, self);
    return give(call, row_new(vm, row->keys, as_tuple(row->values)->items, row->keys->count, true));
}

static bool row_keys(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, keys_list(vm, row_self(vm, self)->keys));
}

static bool row_fields(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list = keys_list(vm, row_self(vm, self)->keys);
    return give(call, make_tuple(vm, as_list(list)->items, list_len(list)));
}

static bool row_values(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list;
    return vm_to_list(vm, row_self(vm, self)->values, &list) && give(call, list);
}

static bool row_items(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value dict, items;
    return as_dict(vm, self, &dict) && vm_call_method(vm, dict, "items", NULL, 0, &items) &&
           give(call, items);
}

static bool row_get(Vm *vm, Call *call)
{
    const Value self = call->args[0], key = call->args[1];
    const RowObj *row = row_self(vm, self);
    Str name;
    if (!is_str(key) || !to_str(vm, key, &name) || keys_find(row->keys, name) < 0)
        return give(call, call->args[2]);
    return give(call, tuple_get(row->values, (size_t)keys_find(row->keys, name)));
}

static bool row_tuple(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, row_self(vm, self)->values);
}

static bool row_compare(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const RowObj *b = payload_of(vm, other, &row_class);
    bool result;
    if (is_mapping(vm, self)) {
        Value mine, theirs = other;
        if (!as_dict(vm, self, &mine) || (b && !as_dict(vm, other, &theirs)) ||
            !value_eq(vm, mine, theirs, &result))
            return false;
        return give(call, value_bool(result));
    }
    Value right = b ? b->values : other;
    const char *name = call->row->signature;
    if (strncmp(name, "__eq__", 6) == 0) {
        if (!value_eq(vm, row_self(vm, self)->values, right, &result))
            return false;
    } else if (!value_compare(vm, "<", row_self(vm, self)->values, right, &result)) {
        return false;
    }
    return give(call, value_bool(result));
}

static bool row_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    uint64_t hash;
    return value_hash(vm, row_self(vm, self)->values, &hash) &&
           give(call, value_int((int64_t)(hash >> 2)));
}

static bool row_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value shown = row_self(vm, self)->values, text;
    if (is_mapping(vm, self) && !as_dict(vm, self, &shown))
        return false;
    return vm_repr(vm, shown, &text) && give(call, text);
}

static const NativeRow row_methods[] = {
    { "__getitem__(self, key, /)", row_getitem, "A column." },
    { "__getattr__(self, name, /)", row_getattr, "A column by its name." },
    { "__iter__(self)", row_iter, "The values." },
    { "__len__(self)", row_len, "How many columns." },
    { "__contains__(self, item, /)", row_contains, "Whether a value is in the row." },
    { "__eq__(self, other, /)", row_compare, "As tuples compare." },
    { "__lt__(self, other, /)", row_compare, "As tuples compare." },
    { "__hash__(self)", row_hash, "As of the tuple." },
    { "__repr__(self)", row_repr, "As of the tuple." },
    { "_asdict(self)", row_asdict, "A dict of the row." },
    { "_tuple(self)", row_tuple, "A tuple of the row." },
    { "tuple(self)", row_tuple, "A tuple of the row." },
    { "keys(self)", row_keys, "The columns' names." },
};
static const NativeRow row_getters[] = {
    { "_mapping(self)", row_mapping, "The row as a mapping." },
    { "_fields(self)", row_fields, "The columns' names." },
};
static const NativeRow mapping_methods[] = {
    { "values(self)", row_values, "The values." },
    { "items(self)", row_items, "Names and values." },
    { "get(self, key, default=None)", row_get, "A column, or the default." },
};

const NativeClass row_class = {
    .name = "Row",
    .module = "sqlalchemy.engine.row",
    .size = sizeof(RowObj),
    .methods = row_methods,
    .method_count = sizeof row_methods / sizeof *row_methods,
    .getters = row_getters,
    .getter_count = sizeof row_getters / sizeof *row_getters,
    .mark = row_mark,
    .drop = row_drop,
    .doc = "A row of a result.",
};
const NativeClass row_mapping_class = {
    .name = "RowMapping",
    .module = "sqlalchemy.engine.row",
    .base = &row_class,
    .size = sizeof(RowObj),
    .methods = mapping_methods,
    .method_count = sizeof mapping_methods / sizeof *mapping_methods,
    .mark = row_mark,
    .drop = row_drop,
    .doc = "A row of a result as a mapping.",
};
