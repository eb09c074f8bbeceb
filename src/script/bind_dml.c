/* SPDX-License-Identifier: MIT */
/* insert(), update(), delete(): values, conflicts. */
#include "py/obj_list.h"
#include "script/bind_expr.h"

static bool give_expr(Vm *vm, Call *call, Expr *expr)
{
    return give(call, box(vm, expr));
}

static bool starts_with(const Call *call, const char *text)
{
    return strncmp(call->row->signature, text, strlen(text)) == 0;
}

static bool values_given(Vm *vm, Expr *made, Value values, Value kw);

static Expr *dml_new(Vm *vm, const Call *call)
{
    return expr_new(bind_arena(vm), starts_with(call, "insert")   ? EXPR_INSERT
                                    : starts_with(call, "update") ? EXPR_UPDATE
                                                                  : EXPR_DELETE);
}

/* insert(table); insert(table, values) and update(table, where, values) are the 1.x forms. */
static bool fn_dml(Vm *vm, Call *call)
{
    ARGS(call, table, whereclause, values);
    Expr *made = dml_new(vm, call), *where;
    bool insert = made->kind == EXPR_INSERT;
    Value set = insert ? whereclause : values;
    if (!to_from(vm, table, &made->query->target))
        return false;
    if (!insert && !value_is_none(whereclause)) {
        if (!to_expr(vm, whereclause, NULL, &where))
            return false;
        VEC_PUSH(bind_arena(vm), &made->query->where, where);
    }
    return (value_is_none(set) || values_given(vm, made, set, VALUE_UNSET)) &&
           give_expr(vm, call, made);
}

static bool dialect_insert(Vm *vm, Call *call)
{
    ARGS(call, table);
    Expr *made = expr_new(bind_arena(vm), EXPR_INSERT);
    made->query->dialect = str_from(call->row->doc);
    return to_from(vm, table, &made->query->target) && give_expr(vm, call, made);
}

const NativeRow postgresql_insert_row = { "insert(table)", dialect_insert, "postgresql" };
const NativeRow sqlite_insert_row = { "insert(table)", dialect_insert, "sqlite" };
const NativeRow mysql_insert_row = { "insert(table)", dialect_insert, "mysql" };

/* ---- values ---- */

static const Table *target_table(const Query *query)
{
    const Expr *target = query->target;
    while (target && target->kind == EXPR_ALIAS)
        target = target->args.items[0];
    return target && target->kind == EXPR_TABLE ? target->table : NULL;
}

/* The column that a mapped class has under another name; NULL when there is none. */
static bool column_of_attribute(Vm *vm, const Table *table, Value name, Column **column)
{
    Value function, v;
    if (!value_given(dict_get_str(vm_sys_modules(vm), STR("sqlalchemy.orm._mapper"))))
        return true;
    const Value args[] = { box(vm, (Table *)(uintptr_t)table), name };
    if (!bind_import(vm, "sqlalchemy.orm._mapper", "column_of_attribute", &function) ||
        !vm_call(vm, function, args, 2, &v))
        return false;
    *column = record_of(v, &column_record);
    return true;
}

static bool assigned_column(Vm *vm, const Query *query, Value key, Expr **column)
{
    Arena *arena = bind_arena(vm);
    const Table *table = target_table(query);
    Str name;
    if (!is_str(key))
        return to_expr(vm, key, NULL, column);
    if (!to_text(vm, key, &name))
        return false;
    Column *found = table ? table_column(table, name) : NULL;
    if (table && !found && !column_of_attribute(vm, table, key, &found))
        return false;
    if (table && !found && (table->columns.len || !table->lightweight))
        return raise_sa(vm, "CompileError", "Unconsumed column names: %.*s", STR_ARG(name));
    *column = found ? expr_column(arena, found) : expr_column_name(arena, name_from(name), NULL);
    return true;
}

/* A value in VALUES and SET: None is a value as any other. */
static bool assigned_value(Vm *vm, const Expr *column, Value item, Expr **value)
{
    Datum datum;
    Type *type = column->column ? column->column->type : column->type;
    if (!value_is_none(item)) {
        if (!to_expr(vm, item, type, value))
            return false;
        if ((*value)->kind == EXPR_SELECT || (*value)->kind == EXPR_COMPOUND)
            *value = expr_with(bind_arena(vm), EXPR_SCALAR, (*value)->type, *value, NULL);
        if ((*value)->kind == EXPR_BIND && !(*value)->type) {
            *value = expr_copy(bind_arena(vm), *value);
            (*value)->type = type;
        }
        return true;
    }
    if (!script_datum(vm, item, &datum))
        return false;
    *value = expr_literal(bind_arena(vm), &datum, type);
    return true;
}

static bool same_column(const Expr *a, const Expr *b)
{
    if (a->column && b->column)
        return a->column == b->column;
    return str_eq(a->name.text, b->name.text);
}

static bool assignment(Vm *vm, const Query *query, Value key, Value item, AssignmentVec *row)
{
    Assignment made = { 0 };
    if (!assigned_column(vm, query, key, &made.column) ||
        !assigned_value(vm, made.column, item, &made.value))
        return false;
    VEC_EACH (Assignment, each, row)
        if (same_column(each->column, made.column)) {
            *each = made;
            return true;
        }
    VEC_PUSH(bind_arena(vm), row, made);
    return true;
}

static bool pairs_assigned(Vm *vm, const Query *query, Value list, AssignmentVec *row)
{
    for (size_t i = 0; i < list_len(list); i++) {
        Value pair;
        if (!to_list(vm, list_get(list, i), &pair))
            return false;
        if (list_len(pair) != 2)
            return raise_sa(vm, "ArgumentError", "expected (column, value) pairs");
        if (!assignment(vm, query, list_get(pair, 0), list_get(pair, 1), row))
            return false;
    }
    return true;
}

static bool assignments(Vm *vm, const Query *query, Value values, AssignmentVec *row)
{
    Value key, item, list;
    if (is_dict(values)) {
        for (size_t at = 0; dict_next(values, &at, &key, &item);)
            if (!assignment(vm, query, key, item, row))
                return false;
        return true;
    }
    if (!to_list(vm, values, &list))
        return false;
    const Table *table = target_table(query);
    for (size_t i = 0; table && i < list_len(list) && i < table->columns.len; i++)
        if (!assignment(vm, query, box(vm, table->columns.items[i]), list_get(list, i), row))
            return false;
    return true;
}

/* Columns are written in the order of the table's, whatever order they were given in. */
static void row_order(Vm *vm, const Query *query, AssignmentVec *row)
{
    const Table *table = target_table(query);
    AssignmentVec ordered = { 0 };
    if (!table || query->ordered)
        return;
    VEC_EACH (Column *const, column, &table->columns)
        VEC_EACH (Assignment, each, row)
            if (each->column->column == *column)
                VEC_PUSH(bind_arena(vm), &ordered, *each);
    VEC_EACH (Assignment, each, row)
        if (!each->column->column || each->column->column->table != table)
            VEC_PUSH(bind_arena(vm), &ordered, *each);
    *row = ordered;
}

static bool rows_given(Vm *vm, Expr *made, Value rows)
{
    Query *query = made->query;
    query->many = true;
    for (size_t i = 0; i < list_len(rows); i++) {
        AssignmentVec row = { 0 };
        if (!assignments(vm, query, list_get(rows, i), &row))
            return false;
        row_order(vm, query, &row);
        VEC_PUSH(bind_arena(vm), &query->rows, row);
    }
    return true;
}

static bool values_given(Vm *vm, Expr *made, Value values, Value kw)
{
    Query *query = made->query;
    bool many = is_list(values) && list_len(values) &&
                (is_dict(list_get(values, 0)) || is_tuple(list_get(values, 0)));
    if (many)
        return rows_given(vm, made, values);
    AssignmentVec row = { 0 };
    if (query->rows.len)
        VEC_EACH (const Assignment, each, &query->rows.items[0])
            VEC_PUSH(bind_arena(vm), &row, *each);
    if (!value_is_none(values) && !assignments(vm, query, values, &row))
        return false;
    if (value_given(kw) && dict_len(kw) && !assignments(vm, query, kw, &row))
        return false;
    row_order(vm, query, &row);
    if (query->rows.len)
        query->rows.items[0] = row;
    else
        VEC_PUSH(bind_arena(vm), &query->rows, row);
    return true;
}

static bool dml_values(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Expr *made;
    (void)self;
    if (!statement_copy(vm, call, &made))
        return false;
    return values_given(vm, made, tuple_len(args) ? tuple_get(args, 0) : VALUE_NONE, kw) &&
           give_expr(vm, call, made);
}

static bool dml_ordered_values(Vm *vm, Call *call)
{
    ARGS(call, self, args);
    Expr *made;
    Value list;
    AssignmentVec row = { 0 };
    (void)self;
    if (!statement_copy(vm, call, &made) || !to_list(vm, args, &list))
        return false;
    made->query->ordered = true;
    if (!pairs_assigned(vm, made->query, list, &row))
        return false;
    VEC_PUSH(bind_arena(vm), &made->query->rows, row);
    return give_expr(vm, call, made);
}

bool dml_with_parameters(Vm *vm, const Expr *statement, Value parameters, const Expr **made)
{
    const Query *query = statement->query;
    bool dml = statement->kind == EXPR_INSERT || statement->kind == EXPR_UPDATE;
    *made = statement;
    if (!dml || query->many || query->select || !is_dict(parameters) || dict_len(parameters) == 0)
        return true;
    AssignmentVec row = { 0 };
    Value key, item;
    Str name;
    const Table *table = target_table(query);
    if (query->rows.len)
        VEC_EACH (const Assignment, each, &query->rows.items[0])
            VEC_PUSH(bind_arena(vm), &row, *each);
    size_t before = row.len;
    for (size_t at = 0; dict_next(parameters, &at, &key, &item);) {
        if (!to_str(vm, key, &name))
            return false;
        bool is_column = !table || table_column(table, name);
        bool set = is_column || (statement->kind == EXPR_INSERT && !query->rows.len);
        if (set && !assignment(vm, query, key, item, &row))
            return false;
    }
    if (row.len == before && query->rows.len)
        return true;
    Expr *copy = expr_copy(bind_arena(vm), statement);
    copy->query = query_copy(bind_arena(vm), query);
    row_order(vm, copy->query, &row);
    if (copy->query->rows.len)
        copy->query->rows.items[0] = row;
    else
        VEC_PUSH(bind_arena(vm), &copy->query->rows, row);
    *made = copy;
    return true;
}

/* Whether a function of the script makes a column's value: then each row has its own. */
static bool calls_defaults(const Table *table)
{
    if (table)
        VEC_EACH (Column *const, each, &table->columns)
            if ((*each)->default_.kind == DATUM_SCRIPT || (*each)->onupdate.kind == DATUM_SCRIPT)
                return true;
    return false;
}

bool dml_with_binds(Vm *vm, Arena *arena, const Expr *statement, Value parameters,
                    const Expr **made)
{
    const Query *query = statement->query;
    Value key, item;
    Str name;
    *made = statement;
    if ((statement->kind != EXPR_INSERT && statement->kind != EXPR_UPDATE) || query->select)
        return true;
    AssignmentVec row = { 0 };
    const Table *table = target_table(query);
    for (size_t at = 0; query->rows.len && dict_next(parameters, &at, &key, &item);) {
        if (!to_str(vm, key, &name))
            return false;
        if (!table || table_column(table, name))
            *made = NULL; /* parameters beside values(): compiled each time */
    }
    if (calls_defaults(table))
        *made = NULL;
    if (!*made)
        return true;
    if (query->rows.len)
        return true;
    for (size_t at = 0; dict_next(parameters, &at, &key, &item);) {
        Assignment each = { 0 };
        if (!to_str(vm, key, &name))
            return false;
        if (statement->kind == EXPR_UPDATE && table && !table_column(table, name))
            continue;
        if (!assigned_column(vm, query, key, &each.column))
            return false;
        Type *type = each.column->column ? each.column->column->type : each.column->type;
        each.value = expr_bind(arena, name, NULL, type);
        VEC_PUSH(arena, &row, each);
    }
    Expr *copy = expr_copy(arena, statement);
    copy->query = query_copy(arena, query);
    row_order(vm, copy->query, &row);
    VEC_PUSH(arena, &copy->query->rows, row);
    *made = copy;
    return true;
}

static bool dml_from_select(Vm *vm, Call *call)
{
    ARGS(call, self, names, select, include_defaults);
    Expr *made, *inner;
    (void)self;
    if (!statement_copy(vm, call, &made) || !to_names(vm, names, &made->query->column_names) ||
        !to_expr(vm, select, NULL, &inner))
        return false;
    made->query->select = inner->kind == EXPR_SCALAR ? inner->args.items[0] : inner;
    made->query->no_defaults = !is_true(include_defaults);
    return give_expr(vm, call, made);
}

/* ---- ON CONFLICT, ON DUPLICATE KEY ---- */

static bool conflict_where(Vm *vm, Value kw, const char *name, Expr **where)
{
    Value v = keyword(kw, name);
    return !value_given(v) || value_is_none(v) || to_expr(vm, v, NULL, where);
}

static bool conflict_targets(Vm *vm, const Query *query, Value v, OnConflict *on)
{
    Value list;
    if (!value_given(v) || value_is_none(v))
        return true;
    if (is_str(v))
        list = make_list(vm, &v, 1);
    else if (!to_list(vm, v, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Expr *column;
        Name name;
        if (!is_str(list_get(list, i))) {
            if (!to_expr(vm, list_get(list, i), NULL, &column))
                return false;
        } else {
            if (!to_name(vm, list_get(list, i), &name))
                return false;
            const Table *table = target_table(query);
            Column *found = table ? table_column(table, name.text) : NULL;
            column = found ? expr_column(bind_arena(vm), found)
                           : expr_column_name(bind_arena(vm), name, NULL);
        }
        VEC_PUSH(bind_arena(vm), &on->targets, column);
    }
    return true;
}

/* The name of a constraint, or what one is on: an index stands for its columns and its WHERE. */
static bool conflict_constraint(Vm *vm, Value v, OnConflict *on)
{
    if (!value_given(v) || value_is_none(v))
        return true;
    const Constraint *constraint = record_of(v, &constraint_record);
    const Index *index = record_of(v, &index_record);
    if (constraint && name_given(constraint->name))
        on->constraint = constraint->name;
    else if (constraint && constraint->kind == CONSTRAINT_PRIMARY_KEY)
        VEC_EACH (Str, each, &constraint->columns)
            VEC_PUSH(bind_arena(vm), &on->targets,
                     expr_column_name(bind_arena(vm), name_from(*each), NULL));
    else if (index)
        on->constraint = index->name;
    else
        return to_name(vm, v, &on->constraint);
    return true;
}

/* What stands beside the set_ of ON CONFLICT: a bare value is a bind of the column's type. */
static bool conflict_set(Vm *vm, const Query *query, Value values, OnConflict *on)
{
    AssignmentVec set = { 0 };
    Value list, made_dict;
    if (payload_of(vm, values, &columns_class)) {
        if (!vm_call_method(vm, values, "items", NULL, 0, &list) || !to_list(vm, list, &list))
            return false;
        made_dict = list;
        if (!pairs_assigned(vm, query, made_dict, &set))
            return false;
    } else if (is_list(values)) {
        if (!pairs_assigned(vm, query, values, &set))
            return false;
    } else if (!assignments(vm, query, values, &set)) {
        return false;
    }
    if (!is_list(values))
        row_order(vm, query, &set);
    VEC_EACH (Assignment, each, &set)
        VEC_PUSH(bind_arena(vm), &on->set, *each);
    return true;
}

static bool dml_on_conflict(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Expr *made;
    (void)self;
    if (!statement_copy(vm, call, &made))
        return false;
    OnConflict *on = ARENA_NEW(bind_arena(vm), OnConflict);
    Value values = keyword(kw, "set_"), elements = keyword(kw, "index_elements");
    Value constraint = keyword(kw, "constraint");
    on->update = !starts_with(call, "on_conflict_do_nothing");
    on->duplicate_key = starts_with(call, "on_duplicate");
    if (!on->duplicate_key && tuple_len(args) > 0)
        constraint = tuple_get(args, 0);
    if (!on->duplicate_key && tuple_len(args) > 1)
        elements = tuple_get(args, 1);
    if (on->duplicate_key)
        values = tuple_len(args) ? tuple_get(args, 0) : kw;
    if (!conflict_constraint(vm, constraint, on) ||
        !conflict_targets(vm, made->query, elements, on) ||
        !conflict_where(vm, kw, "index_where", &on->index_where) ||
        !conflict_where(vm, kw, "where", &on->where) ||
        (value_given(values) && !conflict_set(vm, made->query, values, on)))
        return false;
    made->query->on_conflict = on;
    return give_expr(vm, call, made);
}

/* insert.excluded.column */
static bool dml_excluded(Vm *vm, Call *call)
{
    const Expr *self = record_of(call->args[0], &expr_record);
    Expr *made = expr_with(bind_arena(vm), EXPR_EXCLUDED, NULL, self->query->target, NULL);
    made->name = name_from(STR("excluded"));
    return give(call, columns_new(vm, box(vm, made)));
}

static bool dml_table(Vm *vm, Call *call)
{
    const Expr *self = record_of(call->args[0], &expr_record);
    const Expr *target = self->query->target;
    return give(call,
                target->kind == EXPR_TABLE ? box(vm, target->table) : box(vm, self->query->target));
}

static bool dml_return_defaults(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

const NativeRow dml_functions[] = {
    { "insert(table, values=None, _=None)", fn_dml, "INSERT." },
    { "update(table, whereclause=None, values=None)", fn_dml, "UPDATE." },
    { "delete(table, whereclause=None, _=None)", fn_dml, "DELETE." },
    { NULL, NULL, NULL },
};

static const NativeRow dml_rows[] = {
    { "values(self, *args, **kw)", dml_values, "The values." },
    { "ordered_values(self, *args)", dml_ordered_values, "The values, in this order." },
    { "from_select(self, names, select, include_defaults=True)", dml_from_select,
      "INSERT ... SELECT." },
    { "inline(self)", dml_return_defaults, "The statement itself." },
    { "return_defaults(self, *cols, **kw)", dml_return_defaults, "The statement itself." },
    { "on_conflict_do_nothing(self, *args, **kw)", dml_on_conflict, "ON CONFLICT DO NOTHING." },
    { "on_conflict_do_update(self, *args, **kw)", dml_on_conflict, "ON CONFLICT DO UPDATE." },
    { "on_duplicate_key_update(self, *args, **kw)", dml_on_conflict, "ON DUPLICATE KEY UPDATE." },
};
static const NativeRow dml_getters[] = {
    { "excluded(self)", dml_excluded, "The row that was to be inserted." },
    { "inserted(self)", dml_excluded, "The row that was to be inserted." },
    { "table(self)", dml_table, "What is written to." },
};

const RecordHooks dml_hooks = {
    .record = &dml_record,
    .methods = dml_rows,
    .method_count = sizeof dml_rows / sizeof *dml_rows,
    .getters = dml_getters,
    .getter_count = sizeof dml_getters / sizeof *dml_getters,
    .module = "sqlalchemy.sql.dml",
};
