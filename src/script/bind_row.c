/* SPDX-License-Identifier: MIT */
#include "script/bind_row.h"

#include "py/obj_list.h"

typedef struct RowObj {
    Keys *keys;
    Value values; /* a tuple */
} RowObj;

static Keys *keys_sized(size_t count)
{
    Keys *keys = mem_alloc(sizeof *keys);
    *keys = (Keys){ .users = 1, .count = count };
    keys->names = mem_alloc((count + 1) * sizeof *keys->names);
    return keys;
}

static Str name_kept(Str name)
{
    char *text = mem_alloc(name.len + 1);
    if (name.len)
        memcpy(text, name.ptr, name.len);
    return (Str){ text, name.len };
}

Keys *keys_new(const DbColumn *columns, size_t count)
{
    Keys *keys = keys_sized(count);
    for (size_t i = 0; i < count; i++)
        keys->names[i] = name_kept(columns[i].name);
    return keys;
}

Keys *keys_pick(const Keys *keys, const size_t *picked, size_t count)
{
    Keys *made = keys_sized(count);
    for (size_t i = 0; i < count; i++)
        made->names[i] = name_kept(keys->names[picked[i]]);
    made->strict = keys->strict;
    return made;
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
    size_t i = keys->count;
    while (i > 0 && !str_eq(keys->names[i - 1], name))
        i--;
    return (int64_t)i - 1;
}

bool keys_unambiguous(Vm *vm, const Keys *keys, Str name, int64_t last)
{
    for (int64_t i = 0; keys->strict && i < last; i++)
        if (str_eq(keys->names[i], name))
            return raise_sa(vm, "InvalidRequestError",
                            "Ambiguous column name '%.*s' in result set column descriptions",
                            STR_ARG(name));
    return true;
}

bool keys_place(Vm *vm, const Keys *keys, Str name, int64_t *place)
{
    *place = keys_find(keys, name);
    if (*place < 0)
        return raise_sa(vm, "NoSuchColumnError", "Could not locate column in row for column '%.*s'",
                        STR_ARG(name));
    return keys_unambiguous(vm, keys, name, *place);
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
    int64_t at;
    if (!keys_place(vm, row->keys, name, &at))
        return false;
    *v = tuple_get(row->values, (size_t)at);
    return true;
}

/* row["name"] and row[column] are the 1.x forms of row._mapping[...]. */
static bool row_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, key);
    const RowObj *row = row_self(vm, self);
    Value v;
    if (is_str(key) || record_of(key, &column_record) || record_of(key, &expr_record))
        return by_name(vm, row, key, &v) && give(call, v);
    if (is_mapping(vm, self))
        return vm_raise(vm, "KeyError", "%s", type_name(vm, key));
    return vm_getitem(vm, row->values, key, &v) && give(call, v);
}

static bool row_mapping(Vm *vm, Call *call);

/* row.keys(), row.items() and the like: the 1.x forms of row._mapping.keys(). */
static bool mapping_attribute(Vm *vm, Call *call, Str name, bool *is)
{
    static const char *const names[] = { "keys", "items", "values", "get", "has_key" };
    Value attribute;
    *is = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !*is; i++) {
        if (!str_is(name, names[i]))
            continue;
        *is = true;
        return row_mapping(vm, call) && vm_getattr(vm, call->result, names[i], &attribute) &&
               give(call, attribute);
    }
    return true;
}

static bool row_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    const RowObj *row = row_self(vm, self);
    Str text;
    bool is = false;
    if (!to_str(vm, name, &text))
        return false;
    int64_t at = keys_find(row->keys, text);
    if (at < 0 && !is_mapping(vm, self) && !mapping_attribute(vm, call, text, &is))
        return false;
    if (is)
        return true;
    if (at < 0)
        return vm_raise(vm, "AttributeError", "Could not locate column in row for column '%.*s'",
                        STR_ARG(text));
    return keys_unambiguous(vm, row->keys, text, at) &&
           give(call, tuple_get(row->values, (size_t)at));
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
    for (size_t i = 0; i < row->keys->count; i++) {
        if (!keys_unambiguous(vm, row->keys, row->keys->names[i], (int64_t)i))
            return false;
        dict_set_str(vm, *dict, row->keys->names[i], tuple_get(row->values, i));
    }
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
    static const char *const names[][2] = { { "__eq__", "==" }, { "__ne__", "!=" },
                                            { "__lt__", "<" },  { "__le__", "<=" },
                                            { "__gt__", ">" },  { "__ge__", ">=" } };
    Value right = b ? b->values : other;
    size_t i = 0;
    while (strncmp(call->row->signature, names[i][0], strlen(names[i][0])) != 0)
        i++;
    return value_compare(vm, names[i][1], row_self(vm, self)->values, right, &result) &&
           give(call, value_bool(result));
}

static bool row_search(Vm *vm, Call *call)
{
    ARGS(call, self, value);
    Value found;
    const char *name = call->row->signature[0] == 'c' ? "count" : "index";
    return vm_call_method(vm, row_self(vm, self)->values, name, &value, 1, &found) &&
           give(call, found);
}

static bool row_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    uint64_t hash;
    return value_hash(vm, row_self(vm, self)->values, &hash) &&
           give(call, value_int((int64_t)hash));
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
    { "__ne__(self, other, /)", row_compare, "As tuples compare." },
    { "__lt__(self, other, /)", row_compare, "As tuples compare." },
    { "__le__(self, other, /)", row_compare, "As tuples compare." },
    { "__gt__(self, other, /)", row_compare, "As tuples compare." },
    { "__ge__(self, other, /)", row_compare, "As tuples compare." },
    { "count(self, value, /)", row_search, "How often a value is in the row." },
    { "index(self, value, /)", row_search, "Where a value is in the row." },
    { "__hash__(self)", row_hash, "As of the tuple." },
    { "__repr__(self)", row_repr, "As of the tuple." },
    { "_asdict(self)", row_asdict, "A dict of the row." },
    { "_tuple(self)", row_tuple, "A tuple of the row." },
    { "tuple(self)", row_tuple, "A tuple of the row." },
};
static const NativeRow row_getters[] = {
    { "t(self)", row_tuple, "A tuple of the row." },
    { "_t(self)", row_tuple, "A tuple of the row." },
    { "_mapping(self)", row_mapping, "The row as a mapping." },
    { "_fields(self)", row_fields, "The columns' names." },
};
static const NativeRow mapping_methods[] = {
    { "keys(self)", row_keys, "The columns' names." },
    { "has_key(self, item, /)", row_contains, "Whether there is such a column." },
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
