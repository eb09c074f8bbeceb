/* SPDX-License-Identifier: MIT */
/* Columns as c.name and c["name"]: of tables, subqueries and constraints. */
#include "py/obj_list.h"
#include "script/bind_expr.h"

typedef struct ColumnsObj {
    Value owner; /* a Table, an expression behind FROM, or a list of Columns */
} ColumnsObj;

Value columns_new(Vm *vm, Value owner)
{
    Value made = vm_new_native(vm, vm_class(vm, &columns_class), &columns_class);
    ((ColumnsObj *)payload_of(vm, made, &columns_class))->owner = owner;
    return made;
}

/* What a column is called in `c`: its key, or its name outside. */
static Str column_key(const Expr *expr)
{
    return expr->kind == EXPR_COLUMN && expr->column && !expr->from ? expr->column->key
                                                                    : expr->name.text;
}

/* The columns, each with the key that it has in `c`. */
typedef struct KeyedColumn {
    Str key;
    Expr *expr;
} KeyedColumn;
typedef VEC(KeyedColumn) KeyedColumnVec;

static KeyedColumnVec keyed_columns(Vm *vm, Expr *from)
{
    Arena *arena = bind_arena(vm);
    KeyedColumnVec made = { 0 };
    ExprVec columns = columns_of(arena, from);
    ResultNameVec names = result_names(arena, &columns);
    for (size_t i = 0; i < columns.len; i++) {
        Expr *expr = columns.items[i];
        Str key = expr->kind == EXPR_COLUMN ? column_key(expr) : names.items[i].name;
        if (expr->column && expr->from && expr->column->table)
            key = expr->column->key;
        size_t same = 0;
        VEC_EACH (KeyedColumn, each, &made)
            same += str_eq(each->key, key);
        if (same || (expr->named_by && str_given(key)))
            key = str_format(arena, "%.*s_%zu", STR_ARG(key), same ? same : (size_t)1);
        if (str_given(key))
            VEC_PUSH(arena, &made, ((KeyedColumn){ key, expr }));
    }
    return made;
}

static Value column_box(Vm *vm, Expr *expr)
{
    bool own = expr->kind == EXPR_COLUMN && expr->column && !expr->from;
    return own ? box(vm, expr->column) : box(vm, expr);
}

static bool column_list(Vm *vm, Value owner, Value *list)
{
    const Table *table = record_of(owner, &table_record);
    if (is_list(owner)) {
        *list = owner;
        return true;
    }
    *list = make_list(vm, NULL, 0);
    if (table) {
        for (size_t i = 0; i < table->columns.len; i++)
            list_append(vm, *list, box(vm, table->columns.items[i]));
        return true;
    }
    KeyedColumnVec columns = keyed_columns(vm, record_of(owner, &expr_record));
    VEC_EACH (KeyedColumn, each, &columns)
        list_append(vm, *list, column_box(vm, each->expr));
    return true;
}

static bool column_find(Vm *vm, Value owner, Str name, Value *v)
{
    const Table *table = record_of(owner, &table_record);
    *v = VALUE_UNSET;
    for (size_t i = 0; is_list(owner) && i < list_len(owner); i++) {
        const Column *column = record_of(list_get(owner, i), &column_record);
        if (column && str_eq(column->key, name))
            *v = list_get(owner, i);
    }
    if (is_list(owner))
        return true;
    if (table) {
        Column *column = table_column(table, name);
        if (column)
            *v = box(vm, column);
        return true;
    }
    KeyedColumnVec columns = keyed_columns(vm, record_of(owner, &expr_record));
    VEC_EACH (KeyedColumn, each, &columns)
        if (!value_given(*v) && str_eq(each->key, name))
            *v = column_box(vm, each->expr);
    return true;
}

static Value columns_owner(Vm *vm, Value self)
{
    return ((ColumnsObj *)payload_of(vm, self, &columns_class))->owner;
}

static bool columns_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    Str text;
    Value v;
    if (!to_str(vm, name, &text) || !column_find(vm, columns_owner(vm, self), text, &v))
        return false;
    if (!value_given(v))
        return vm_raise(vm, "AttributeError", "%.*s", STR_ARG(text));
    return give(call, v);
}

static bool columns_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, key);
    Str text;
    Value v, list;
    if (!is_str(key)) {
        if (!column_list(vm, columns_owner(vm, self), &list) || !vm_getitem(vm, list, key, &v))
            return false;
        return give(call, v);
    }
    if (!to_str(vm, key, &text) || !column_find(vm, columns_owner(vm, self), text, &v))
        return false;
    if (!value_given(v))
        return vm_raise(vm, "KeyError", "'%.*s'", STR_ARG(text));
    return give(call, v);
}

static bool columns_iter(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list, iterator;
    return column_list(vm, columns_owner(vm, self), &list) && vm_iter(vm, list, &iterator) &&
           give(call, iterator);
}

static bool columns_values(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list;
    return column_list(vm, columns_owner(vm, self), &list) && give(call, list);
}

static bool columns_len(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list;
    return column_list(vm, columns_owner(vm, self), &list) &&
           give(call, value_int((int64_t)list_len(list)));
}

static bool key_of(Vm *vm, Value column, Value *key)
{
    const Column *real = record_of(column, &column_record);
    const Expr *expr = record_of(column, &expr_record);
    *key = make_str(vm, real ? real->key : column_key(expr));
    return true;
}

static bool columns_keys(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list, out = make_list(vm, NULL, 0), key;
    bool pairs = strncmp(call->row->signature, "items", 5) == 0;
    if (!column_list(vm, columns_owner(vm, self), &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        if (!key_of(vm, list_get(list, i), &key))
            return false;
        const Value pair[] = { key, list_get(list, i) };
        list_append(vm, out, pairs ? make_tuple(vm, pair, 2) : key);
    }
    return give(call, out);
}

static bool columns_contains(Vm *vm, Call *call)
{
    ARGS(call, self, item);
    Value v, list;
    Str text;
    if (is_str(item)) {
        if (!to_str(vm, item, &text) || !column_find(vm, columns_owner(vm, self), text, &v))
            return false;
        return give(call, value_bool(value_given(v)));
    }
    if (!column_list(vm, columns_owner(vm, self), &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++)
        if (value_same(list_get(list, i), item))
            return give(call, value_bool(true));
    return give(call, value_bool(false));
}

static bool columns_get(Vm *vm, Call *call)
{
    Str text;
    Value v;
    if (!to_str(vm, call->args[1], &text) ||
        !column_find(vm, columns_owner(vm, call->args[0]), text, &v))
        return false;
    return give(call, value_given(v) ? v : call->args[2]);
}

static void columns_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((ColumnsObj *)payload)->owner);
}

static const NativeRow columns_methods[] = {
    { "__getattr__(self, name, /)", columns_getattr, "A column." },
    { "__getitem__(self, key, /)", columns_getitem, "A column." },
    { "__iter__(self)", columns_iter, "The columns." },
    { "__len__(self)", columns_len, "How many there are." },
    { "__contains__(self, item, /)", columns_contains, "Whether it is there." },
    { "keys(self)", columns_keys, "The columns' keys." },
    { "values(self)", columns_values, "The columns." },
    { "items(self)", columns_keys, "Keys and columns." },
    { "get(self, key, default=None)", columns_get, "A column, or the default." },
};

const NativeClass columns_class = {
    .records = true,
    .name = "ReadOnlyColumnCollection",
    .module = "sqlalchemy.sql.base",
    .size = sizeof(ColumnsObj),
    .methods = columns_methods,
    .method_count = sizeof columns_methods / sizeof *columns_methods,
    .mark = columns_mark,
    .doc = "Columns by key.",
};
