/* SPDX-License-Identifier: MIT */
/*
 * What the ORM's preludes need of C: attributes of mapped classes, rows of any values, and a look
 * into expressions. Importable as sqlalchemy.orm._native.
 */
#include "script/bind_orm.h"

#include "py/obj_list.h"
#include "script/bind_expr.h"
#include "script/bind_row.h"

/* ---- attributes that are columns ---- */

typedef struct AttributeObj {
    Value key;        /* a str: the attribute's name */
    Value expression; /* what the class's attribute is: a Column, a label */
    Value missing;    /* called with (instance, key) when an instance has no value */
    Value incoming;   /* called with (instance, value) for what is set; or None */
} AttributeObj;

static bool attribute_new(Vm *vm, Call *call)
{
    ARGS(call, cls, key, expression, missing, incoming);
    (void)cls;
    Value made = vm_new_native(vm, vm_class(vm, &attribute_class), &attribute_class);
    AttributeObj *attribute = payload_of(vm, made, &attribute_class);
    *attribute = (AttributeObj){ key, expression, missing, incoming };
    return is_str(key) ? give(call, made) : vm_raise(vm, "TypeError", "key must be a str");
}

static AttributeObj *attribute_self(Vm *vm, const Call *call)
{
    return payload_of(vm, call->args[0], &attribute_class);
}

static bool attribute_get(Vm *vm, Call *call)
{
    ARGS(call, self, instance);
    (void)self;
    const AttributeObj *attribute = attribute_self(vm, call);
    Str key;
    if (value_is_none(instance))
        return give(call, attribute->expression);
    Value attrs;
    if (!vm_getattr(vm, instance, "__dict__", &attrs) || !to_str(vm, attribute->key, &key))
        return false;
    Value v = dict_get_str(attrs, key);
    if (value_given(v))
        return give(call, v);
    const Value args[] = { instance, attribute->key };
    return vm_call(vm, attribute->missing, args, 2, &v) && give(call, v);
}

/* Tells the state of a persistent object what the value was, once until the next flush. */
static bool attribute_touch(Vm *vm, Value attrs, Value key, Str name)
{
    Value state = dict_get_str(attrs, STR("_sa_instance_state")), committed, result;
    if (!value_given(state) || value_is_none(state))
        return true;
    if (!vm_getattr(vm, state, "committed", &committed))
        return false;
    if (!is_dict(committed) || value_given(dict_get_str(committed, name)))
        return true;
    Value old = dict_get_str(attrs, name);
    const Value args[] = { key, old };
    return vm_call_method(vm, state, "modified", args, value_given(old) ? 2 : 1, &result);
}

static bool attribute_change(Vm *vm, Call *call, Value v)
{
    const AttributeObj *attribute = attribute_self(vm, call);
    const Value instance = call->args[1];
    Str name;
    Value attrs;
    if (!vm_getattr(vm, instance, "__dict__", &attrs) || !to_str(vm, attribute->key, &name))
        return false;
    if (value_given(v) && !value_is_none(attribute->incoming)) {
        const Value args[] = { instance, v };
        if (!vm_call(vm, attribute->incoming, args, 2, &v))
            return false;
    }
    vm_push(vm, v);
    bool ok = attribute_touch(vm, attrs, attribute->key, name);
    vm_pop(vm, 1);
    if (ok && value_given(v))
        dict_set_str(vm, attrs, name, v);
    else if (ok)
        ok = vm_call_method(vm, attrs, "pop", (const Value[]){ attribute->key, VALUE_NONE }, 2, &v);
    return ok;
}

static bool attribute_set(Vm *vm, Call *call)
{
    return attribute_change(vm, call, call->args[2]);
}

static bool attribute_delete(Vm *vm, Call *call)
{
    return attribute_change(vm, call, VALUE_UNSET);
}

static bool attribute_key(Vm *vm, Call *call)
{
    return give(call, attribute_self(vm, call)->key);
}

static bool attribute_expression(Vm *vm, Call *call)
{
    return give(call, attribute_self(vm, call)->expression);
}

static void attribute_mark(Vm *vm, void *payload)
{
    const AttributeObj *attribute = payload;
    vm_mark(vm, attribute->key);
    vm_mark(vm, attribute->expression);
    vm_mark(vm, attribute->missing);
    vm_mark(vm, attribute->incoming);
}

static const NativeRow attribute_methods[] = {
    { "__new__(cls, key, expression, missing, incoming=None)", attribute_new, "Of a column." },
    { "__get__(self, instance, owner=None, /)", attribute_get, "The column, or the value." },
    { "__set__(self, instance, value, /)", attribute_set, "Sets the value." },
    { "__delete__(self, instance, /)", attribute_delete, "Forgets the value." },
};
static const NativeRow attribute_getters[] = {
    { "key(self)", attribute_key, "The attribute's name." },
    { "expression(self)", attribute_expression, "The column." },
};

const NativeClass attribute_class = {
    .name = "ColumnAttribute",
    .module = "sqlalchemy.orm.attributes",
    .size = sizeof(AttributeObj),
    ROWS_OF(methods, method_count, attribute_methods),
    ROWS_OF(getters, getter_count, attribute_getters),
    .mark = attribute_mark,
    .doc = "An attribute of a mapped class that is a column.",
};

/* ---- rows ---- */

static bool rows_call(Vm *vm, Call *call)
{
    ARGS(call, values);
    Keys *keys = call->context;
    Value list;
    if (!vm_to_list(vm, values, &list))
        return false;
    if (list_len(list) != keys->count)
        return vm_raise(vm, "ValueError", "a row has %zu values, not %zu", keys->count,
                        list_len(list));
    return give(call, row_new(vm, keys, as_list(list)->items, keys->count, false));
}

static const NativeRow rows_row = { "row(values, /)", rows_call, "A Row of the values." };

/* The Keys belong to the run: one set of names a statement's shape, kept by the caller. */
static bool orm_rows(Vm *vm, Call *call)
{
    ARGS(call, names);
    Value list;
    Arena *arena = bind_arena(vm);
    if (!vm_to_list(vm, names, &list))
        return false;
    size_t count = list_len(list);
    DbColumn *columns = ARENA_ARRAY(arena, DbColumn, count + 1);
    for (size_t i = 0; i < count; i++)
        if (!to_text(vm, list_get(list, i), &columns[i].name))
            return false;
    Keys *keys = ARENA_NEW(arena, Keys);
    *keys = (Keys){ .users = 1, .count = count, .names = ARENA_ARRAY(arena, Str, count + 1) };
    for (size_t i = 0; i < count; i++)
        keys->names[i] = columns[i].name;
    return give(call, vm_function(vm, &rows_row, keys));
}

/* ---- looking into expressions ---- */

static bool orm_entity(Vm *vm, Call *call)
{
    ARGS(call, table);
    Table *of = record_of(table, &table_record);
    if (!of)
        return vm_raise(vm, "TypeError", "expected a Table, got %s", type_name(vm, table));
    return give(call, box(vm, expr_table(bind_arena(vm), of)));
}

static bool orm_raw_columns(Vm *vm, Call *call)
{
    ARGS(call, statement);
    const Expr *self = record_of(statement, &expr_record);
    Value list = make_list(vm, NULL, 0);
    bool select = self && self->kind == EXPR_SELECT;
    for (size_t i = 0; select && i < self->query->columns.len; i++)
        list_append(vm, list, box(vm, self->query->columns.items[i]));
    return give(call, list);
}

static bool orm_froms(Vm *vm, Call *call)
{
    ARGS(call, statement);
    const Expr *self = record_of(statement, &expr_record);
    Value list = make_list(vm, NULL, 0);
    bool select = self && self->kind == EXPR_SELECT;
    for (size_t i = 0; select && i < self->query->froms.len; i++)
        list_append(vm, list, box(vm, self->query->froms.items[i]));
    return give(call, list);
}

static const char *kind_name(const Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_SELECT:
        return "select";
    case EXPR_COMPOUND:
        return "compound";
    case EXPR_INSERT:
        return "insert";
    case EXPR_UPDATE:
        return "update";
    case EXPR_DELETE:
        return "delete";
    case EXPR_TABLE:
        return "table";
    case EXPR_JOIN:
        return "join";
    case EXPR_ALIAS:
    case EXPR_CTE:
    case EXPR_LATERAL:
        return "alias";
    case EXPR_COLUMN:
        return "column";
    case EXPR_TEXT:
        return "text";
    default:
        return "expression";
    }
}

/* "select", "insert", "column", ...; None for what is no expression. */
static bool orm_kind(Vm *vm, Call *call)
{
    ARGS(call, v);
    const Expr *expr = record_of(v, &expr_record);
    if (record_of(v, &column_record))
        return give(call, make_strz(vm, "column"));
    return give(call, expr ? make_strz(vm, kind_name(expr)) : VALUE_NONE);
}

/* The Column that an expression is, whatever alias it is taken from; None for others. */
static bool orm_column(Vm *vm, Call *call)
{
    ARGS(call, v);
    const Expr *expr = record_of(v, &expr_record);
    if (record_of(v, &column_record))
        return give(call, v);
    if (!expr || expr->kind != EXPR_COLUMN || !expr->column)
        return true;
    return give(call, box(vm, expr->column));
}

/* What DML writes to: the expression that select_from() or update() was given. */
static bool orm_target(Vm *vm, Call *call)
{
    ARGS(call, statement);
    const Expr *self = record_of(statement, &expr_record);
    bool dml = self && (self->kind == EXPR_INSERT || self->kind == EXPR_UPDATE ||
                        self->kind == EXPR_DELETE);
    return !dml || give(call, box(vm, self->query->target));
}

static bool orm_returning(Vm *vm, Call *call)
{
    ARGS(call, statement);
    const Expr *self = record_of(statement, &expr_record);
    Value list = make_list(vm, NULL, 0);
    bool dml = self && (self->kind == EXPR_INSERT || self->kind == EXPR_UPDATE ||
                        self->kind == EXPR_DELETE);
    for (size_t i = 0; dml && i < self->query->returning.len; i++)
        list_append(vm, list, box(vm, self->query->returning.items[i]));
    return give(call, list);
}

/* The pairs of columns that a condition sets equal; *simple: it says nothing else. */
static void pairs_collect(Vm *vm, const Expr *expr, Value list, bool *simple)
{
    if (expr->kind == EXPR_BOOLEAN && expr->op == OPERATOR_AND) {
        for (size_t i = 0; i < expr->args.len; i++)
            pairs_collect(vm, expr->args.items[i], list, simple);
        return;
    }
    bool equal = expr->kind == EXPR_BINARY && expr->op == OPERATOR_EQ && expr->args.len == 2;
    const Expr *left = equal ? expr->args.items[0] : NULL;
    const Expr *right = equal ? expr->args.items[1] : NULL;
    if (!left || left->kind != EXPR_COLUMN || right->kind != EXPR_COLUMN || !left->column ||
        !right->column) {
        *simple = false;
        return;
    }
    const Value pair[] = { box(vm, left->column), box(vm, right->column) };
    list_append(vm, list, make_tuple(vm, pair, 2));
}

static bool orm_pairs(Vm *vm, Call *call)
{
    ARGS(call, condition);
    Expr *expr;
    bool simple = true;
    Value list = make_list(vm, NULL, 0);
    if (!to_expr(vm, condition, NULL, &expr))
        return false;
    pairs_collect(vm, expr, list, &simple);
    const Value result[] = { list, value_bool(simple) };
    return give(call, make_tuple(vm, result, 2));
}

/* ---- an expression with other columns in it ---- */

typedef struct Replacement {
    const Column *column;
    Expr *with;
} Replacement;

typedef struct Replacer {
    Arena *arena;
    VEC(Replacement) pairs;
} Replacer;

static Expr *replaced(Replacer *replacer, Expr *expr);

static void replaced_list(Replacer *replacer, ExprVec *list)
{
    ExprVec made = { 0 };
    VEC_EACH (Expr *, each, list)
        VEC_PUSH(replacer->arena, &made, replaced(replacer, *each));
    *list = made;
}

static Query *replaced_query(Replacer *replacer, const Query *query)
{
    Query *made = query_copy(replacer->arena, query);
    replaced_list(replacer, &made->columns);
    replaced_list(replacer, &made->where);
    replaced_list(replacer, &made->having);
    return made;
}

static Expr *replaced(Replacer *replacer, Expr *expr)
{
    if (!expr)
        return NULL;
    if (expr->kind == EXPR_COLUMN && expr->column && !expr->from) {
        VEC_EACH (Replacement, each, &replacer->pairs)
            if (each->column == expr->column)
                return each->with;
        return expr;
    }
    Expr *made = expr_copy(replacer->arena, expr);
    replaced_list(replacer, &made->args);
    replaced_list(replacer, &made->order_by);
    made->otherwise = replaced(replacer, made->otherwise);
    if (made->kind == EXPR_SELECT)
        made->query = replaced_query(replacer, expr->query);
    if (made->kind == EXPR_CASE)
        made->value_of = replaced(replacer, made->value_of);
    return made;
}

static bool orm_replace(Vm *vm, Call *call)
{
    ARGS(call, expression, mapping);
    Replacer replacer = { .arena = bind_arena(vm) };
    Value key, item;
    Expr *expr;
    for (size_t at = 0; dict_next(mapping, &at, &key, &item);) {
        Replacement pair = { .column = record_of(key, &column_record) };
        if (!pair.column)
            return vm_raise(vm, "TypeError", "expected a Column, got %s", type_name(vm, key));
        if (!to_expr(vm, item, pair.column->type, &pair.with))
            return false;
        VEC_PUSH(replacer.arena, &replacer.pairs, pair);
    }
    return to_expr(vm, expression, NULL, &expr) && give(call, box(vm, replaced(&replacer, expr)));
}

/* Whether a SELECT has LIMIT or OFFSET. */
static bool orm_limited(Vm *vm, Call *call)
{
    ARGS(call, statement);
    const Expr *self = record_of(statement, &expr_record);
    bool select = self && self->kind == EXPR_SELECT;
    return give(call, value_bool(select && (self->query->limit || self->query->offset)));
}

static const NativeRow orm_functions[] = {
    { "entity(table)", orm_entity, "Stands for a class." },
    { "rows(names)", orm_rows, "Makes Rows of these names." },
    { "raw_columns(statement)", orm_raw_columns, "What is selected, as it was given." },
    { "froms(statement)", orm_froms, "What stands in FROM." },
    { "kind(v)", orm_kind, "What an expression is." },
    { "column(v)", orm_column, "The Column that it is." },
    { "target(statement)", orm_target, "What DML writes to." },
    { "returning(statement)", orm_returning, "What DML gives back." },
    { "limited(statement)", orm_limited, "Whether it has LIMIT or OFFSET." },
    { "pairs(condition)", orm_pairs, "The columns that it sets equal." },
    { "replace(expression, mapping)", orm_replace, "The expression with other columns." },
    { 0 },
};

bool orm_lookup(Vm *vm, Str name, Value *v)
{
    const NativeRow *row = row_find(orm_functions, name);
    row = row ? row : row_find(orm_scan_functions, name);
    if (row)
        *v = vm_record_function(vm, row, NULL);
    else if (str_is(name, "ColumnAttribute"))
        *v = class_of(vm_class(vm, &attribute_class));
    return true;
}
