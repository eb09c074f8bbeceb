/* SPDX-License-Identifier: MIT */
/* select(), insert(), update(), delete(), and what their results offer. */
#include "py/obj_list.h"
#include "script/bind_expr.h"

static bool give_expr(Vm *vm, Call *call, Expr *expr)
{
    return give(call, box(vm, expr));
}

/* A statement may be changed by its methods: each works on a copy. */
static bool copy_self(Vm *vm, Call *call, Expr **made)
{
    Expr *expr = record_of(call->args[0], &expr_record);
    if (!expr || !expr->query)
        return vm_raise(vm, "TypeError", "expected a statement");
    *made = expr_copy(bind_arena(vm), expr);
    (*made)->query = query_copy(bind_arena(vm), expr->query);
    (*made)->head.box = NULL;
    return true;
}

static void append(Vm *vm, ExprVec *to, const ExprVec *from)
{
    VEC_EACH (Expr *const, each, from)
        VEC_PUSH(bind_arena(vm), to, *each);
}

bool to_from(Vm *vm, Value v, Expr **from)
{
    return to_expr(vm, v, NULL, from);
}

/* ---- select() ---- */

static bool fn_select(Vm *vm, Call *call)
{
    ARGS(call, entities);
    Expr *made = expr_new(bind_arena(vm), EXPR_SELECT);
    made->query = ARENA_NEW(bind_arena(vm), Query);
    return to_exprs(vm, entities, &made->query->columns) && give_expr(vm, call, made);
}

static bool add_exprs(Vm *vm, Call *call, size_t offset)
{
    Expr *made;
    ExprVec more;
    if (!copy_self(vm, call, &made) || !to_exprs(vm, call->args[1], &more))
        return false;
    append(vm, (ExprVec *)(void *)((char *)made->query + offset), &more);
    return give_expr(vm, call, made);
}

static bool select_where(Vm *vm, Call *call)
{
    return add_exprs(vm, call, offsetof(Query, where));
}

/* ORDER BY and GROUP BY: a text is the name of a column or of a label. */
static bool add_named(Vm *vm, Call *call, size_t offset)
{
    Value list;
    if (!vm_to_list(vm, call->args[1], &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Name name;
        if (!is_str(list_get(list, i)))
            continue;
        if (!to_name(vm, list_get(list, i), &name))
            return false;
        as_list(list)->items[i] = box(vm, expr_column_name(bind_arena(vm), name, NULL));
    }
    const Value args[] = { call->args[0], list };
    Call inner = *call;
    inner.args = args;
    if (!add_exprs(vm, &inner, offset))
        return false;
    return give(call, inner.result);
}

static bool select_order_by(Vm *vm, Call *call)
{
    return add_named(vm, call, offsetof(Query, order_by));
}

static bool select_group_by(Vm *vm, Call *call)
{
    return add_named(vm, call, offsetof(Query, group_by));
}

static bool select_having(Vm *vm, Call *call)
{
    return add_exprs(vm, call, offsetof(Query, having));
}

static bool select_from(Vm *vm, Call *call)
{
    return add_exprs(vm, call, offsetof(Query, froms));
}

static bool select_columns(Vm *vm, Call *call)
{
    return add_exprs(vm, call, offsetof(Query, columns));
}

static bool select_returning(Vm *vm, Call *call)
{
    return add_exprs(vm, call, offsetof(Query, returning));
}

static bool select_only_columns(Vm *vm, Call *call)
{
    Expr *made;
    return copy_self(vm, call, &made) && to_exprs(vm, call->args[1], &made->query->columns) &&
           give_expr(vm, call, made);
}

static bool select_limit(Vm *vm, Call *call)
{
    ARGS(call, self, count);
    Expr *made, *number = NULL;
    (void)self;
    if (!copy_self(vm, call, &made) ||
        (!value_is_none(count) && !to_expr(vm, count, NULL, &number)))
        return false;
    if (strncmp(call->row->signature, "limit", 5) == 0)
        made->query->limit = number;
    else
        made->query->offset = number;
    return give_expr(vm, call, made);
}

static bool select_distinct(Vm *vm, Call *call)
{
    Expr *made;
    if (!copy_self(vm, call, &made) || !to_exprs(vm, call->args[1], &made->query->distinct_on))
        return false;
    made->query->distinct = true;
    return give_expr(vm, call, made);
}

static bool select_for_update(Vm *vm, Call *call)
{
    ARGS(call, self, nowait, read, of, skip_locked);
    Expr *made;
    (void)self;
    (void)of;
    if (!copy_self(vm, call, &made))
        return false;
    made->query->for_update = !is_true(read);
    made->query->for_share = is_true(read);
    made->query->nowait = is_true(nowait);
    made->query->skip_locked = is_true(skip_locked);
    return give_expr(vm, call, made);
}

static bool select_filter_by(Vm *vm, Call *call)
{
    ARGS(call, self, kw);
    Expr *made;
    Value key, item, column;
    Str name;
    ExprVec columns = { 0 };
    (void)self;
    if (!copy_self(vm, call, &made) || !from_columns(vm, made, &columns))
        return false;
    for (size_t at = 0; dict_next(kw, &at, &key, &item);) {
        Expr *found = NULL, *value;
        if (!to_str(vm, key, &name))
            return false;
        VEC_EACH (Expr *, each, &columns)
            if (!found && str_eq(expr_output_name(*each), name))
                found = *each;
        if (!found)
            return raise_sa(vm, "InvalidRequestError", "Entity has no property \"%.*s\"",
                            STR_ARG(name));
        if (!to_expr(vm, item, found->type, &value))
            return false;
        VEC_PUSH(bind_arena(vm), &made->query->where,
                 expr_binary(bind_arena(vm), value_is_none(item) ? OPERATOR_IS : OPERATOR_EQ, found,
                             value));
    }
    (void)column;
    return give_expr(vm, call, made);
}

/* ---- joins ---- */

/* The foreign key between two tables, as a condition; NULL when there is none. */
static Expr *natural_condition(Vm *vm, const Table *left, const Table *right)
{
    Arena *arena = bind_arena(vm);
    const Table *sides[2][2] = { { left, right }, { right, left } };
    for (size_t side = 0; side < 2; side++) {
        VEC_EACH (Constraint *, each, &sides[side][0]->constraints) {
            const Constraint *key = *each;
            if (key->kind != CONSTRAINT_FOREIGN_KEY ||
                !str_eq(key->ref_table, sides[side][1]->name.text))
                continue;
            ExprVec parts = { 0 };
            for (size_t i = 0; i < key->columns.len && i < key->ref_columns.len; i++) {
                Column *from = table_column_named(sides[side][0], key->columns.items[i]);
                Column *to = table_column_named(sides[side][1], key->ref_columns.items[i]);
                if (from && to)
                    VEC_PUSH(arena, &parts,
                             expr_binary(arena, OPERATOR_EQ, expr_column(arena, side ? from : to),
                                         expr_column(arena, side ? to : from)));
            }
            return expr_boolean(arena, OPERATOR_AND, &parts);
        }
    }
    return NULL;
}

static bool join_make(Vm *vm, Expr *left, Value target, Value onclause, bool outer, bool full,
                      Expr **join)
{
    Arena *arena = bind_arena(vm);
    Expr *right, *condition = NULL;
    if (!to_from(vm, target, &right) ||
        (!value_is_none(onclause) && !to_expr(vm, onclause, NULL, &condition)))
        return false;
    if (!condition && left->kind == EXPR_TABLE && right->kind == EXPR_TABLE)
        condition = natural_condition(vm, left->table, right->table);
    if (!condition)
        return raise_sa(vm, "NoForeignKeysError",
                        "Can't find any foreign key relationships between the tables of a join: "
                        "give onclause");
    *join = expr_new(arena, EXPR_JOIN);
    VEC_PUSH(arena, &(*join)->args, left);
    VEC_PUSH(arena, &(*join)->args, right);
    VEC_PUSH(arena, &(*join)->args, condition);
    (*join)->outer = outer;
    (*join)->full = full;
    return true;
}

static bool starts_with(const Call *call, const char *text)
{
    return strncmp(call->row->signature, text, strlen(text)) == 0;
}

/* The FROM that a join is put to: the last one, or that of the first column. */
static Expr *join_left(Vm *vm, const Query *query)
{
    if (query->froms.len)
        return query->froms.items[query->froms.len - 1];
    VEC_EACH (Expr *const, each, &query->columns) {
        if ((*each)->kind == EXPR_TABLE || (*each)->kind == EXPR_JOIN ||
            (*each)->kind == EXPR_ALIAS)
            return *each;
        if ((*each)->kind == EXPR_COLUMN && (*each)->from)
            return (*each)->from;
        if ((*each)->kind == EXPR_COLUMN && (*each)->column && (*each)->column->table)
            return expr_table(bind_arena(vm), (*each)->column->table);
    }
    return NULL;
}

/* What is joined, and on what: Model.relationship brings its own tables and conditions. */
static bool join_steps(Vm *vm, Value target, Value onclause, Value *steps)
{
    Value method, step = make_tuple(vm, (const Value[]){ target, onclause }, 2);
    *steps = make_list(vm, &step, 1);
    if (is_class(target) || record_of(target, &expr_record) || record_of(target, &table_record))
        method = VALUE_UNSET;
    else if (!vm_getattr_if(vm, target, "__sa_join__", &method))
        return false;
    if (value_given(method))
        return vm_call(vm, method, NULL, 0, steps);
    if (value_is_none(onclause) || record_of(onclause, &expr_record))
        return true;
    if (!vm_getattr_if(vm, onclause, "__sa_join__", &method))
        return false;
    return !value_given(method) || vm_call(vm, method, &target, 1, steps);
}

static bool join_step(Vm *vm, const Call *call, Expr *made, Value target, Value onclause)
{
    Expr *left = join_left(vm, made->query), *join;
    if (!left)
        return raise_sa(vm, "InvalidRequestError", "join() needs select_from()");
    if (!join_make(vm, left, target, onclause,
                   is_true(call->args[3]) || starts_with(call, "outerjoin"), is_true(call->args[4]),
                   &join))
        return false;
    if (made->query->froms.len)
        made->query->froms.items[made->query->froms.len - 1] = join;
    else
        VEC_PUSH(bind_arena(vm), &made->query->froms, join);
    return true;
}

static bool select_join(Vm *vm, Call *call)
{
    ARGS(call, self, target, onclause);
    Expr *made;
    Value steps, step;
    (void)self;
    if (!copy_self(vm, call, &made) || !join_steps(vm, target, onclause, &steps))
        return false;
    vm_push(vm, steps);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(steps); i++) {
        step = list_get(steps, i);
        ok = join_step(vm, call, made, tuple_get(step, 0), tuple_get(step, 1));
    }
    vm_pop(vm, 1);
    return ok && give_expr(vm, call, made);
}

static bool fn_join(Vm *vm, Call *call)
{
    const Value *args = call->args;
    Expr *left, *join;
    return to_from(vm, args[0], &left) &&
           join_make(vm, left, args[1], args[2], is_true(args[3]) || starts_with(call, "outerjoin"),
                     is_true(args[4]), &join) &&
           give_expr(vm, call, join);
}

/* ---- statements inside statements ---- */

static bool wrap(Vm *vm, Call *call, ExprKind kind, Value name)
{
    Expr *inner;
    Name text;
    if (!to_expr(vm, call->args[0], NULL, &inner) || !to_name(vm, name, &text))
        return false;
    Expr *made = expr_new(bind_arena(vm), kind);
    made->name = text;
    VEC_PUSH(bind_arena(vm), &made->args, inner);
    return give_expr(vm, call, made);
}

static bool select_subquery(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_ALIAS, call->args[1]);
}

static bool select_cte(Vm *vm, Call *call)
{
    ARGS(call, self, name, recursive);
    (void)self;
    if (!wrap(vm, call, EXPR_CTE, name))
        return false;
    ((Expr *)record_of(call->result, &expr_record))->recursive = is_true(recursive);
    return true;
}

static bool select_lateral(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_LATERAL, call->args[1]);
}

static bool scalar_of(Vm *vm, Call *call, ExprKind kind)
{
    Expr *inner;
    if (!to_expr(vm, call->args[0], NULL, &inner))
        return false;
    if (inner->kind != EXPR_SELECT) {
        Expr *select = expr_new(bind_arena(vm), EXPR_SELECT);
        select->query = ARENA_NEW(bind_arena(vm), Query);
        VEC_PUSH(bind_arena(vm), &select->query->columns, inner);
        inner = select;
    }
    Expr *made = expr_new(bind_arena(vm), kind);
    VEC_PUSH(bind_arena(vm), &made->args, inner);
    if (kind == EXPR_EXISTS)
        made->type = type_new(bind_arena(vm), TYPE_BOOLEAN);
    else if (inner->query->columns.len)
        made->type = inner->query->columns.items[0]->type;
    return give_expr(vm, call, made);
}

static bool select_scalar(Vm *vm, Call *call)
{
    return scalar_of(vm, call, EXPR_SCALAR);
}

static bool select_exists(Vm *vm, Call *call)
{
    return scalar_of(vm, call, EXPR_EXISTS);
}

/* exists() without a statement: exists().where(...) is SELECT *. */
static bool fn_exists(Vm *vm, Call *call)
{
    ARGS(call, argument);
    if (!value_is_none(argument))
        return scalar_of(vm, call, EXPR_EXISTS);
    Expr *select = expr_new(bind_arena(vm), EXPR_SELECT);
    select->query = ARENA_NEW(bind_arena(vm), Query);
    VEC_PUSH(bind_arena(vm), &select->query->columns,
             expr_literal_column(bind_arena(vm), STR("*"), NULL));
    Expr *made = expr_new(bind_arena(vm), EXPR_EXISTS);
    made->type = type_new(bind_arena(vm), TYPE_BOOLEAN);
    VEC_PUSH(bind_arena(vm), &made->args, select);
    return give_expr(vm, call, made);
}

/* exists().where(...), and of a scalar subquery: the statement inside is changed. */
static bool inner_changed(Vm *vm, Call *call)
{
    const char *signature = call->row->signature;
    const Expr *self = record_of(call->args[0], &expr_record);
    bool wraps = self && (self->kind == EXPR_EXISTS || self->kind == EXPR_SCALAR);
    Str name = { signature, strcspn(signature, "(") };
    Value method, inner;
    Expr *changed;
    if (!wraps)
        return vm_raise(vm, "AttributeError", "this expression has no '%.*s'", STR_ARG(name));
    if (!vm_getattr(vm, box(vm, self->args.items[0]), str_cstr(bind_arena(vm), name), &method) ||
        !vm_call(vm, method, as_tuple(call->args[1])->items, tuple_len(call->args[1]), &inner) ||
        !to_expr(vm, inner, NULL, &changed))
        return false;
    Expr *made = expr_copy(bind_arena(vm), self);
    made->args = (ExprVec){ 0 };
    VEC_PUSH(bind_arena(vm), &made->args, changed);
    return give_expr(vm, call, made);
}

const NativeRow subquery_methods[] = {
    { "where(self, *whereclause)", inner_changed, "WHERE." },
    { "select_from(self, *froms)", inner_changed, "FROM." },
    { "correlate(self, *froms)", inner_changed, "The expression itself." },
    { "correlate_except(self, *froms)", inner_changed, "The expression itself." },
};
const size_t subquery_method_count = sizeof subquery_methods / sizeof *subquery_methods;

static const struct {
    const char *name, *sql;
} compounds[] = {
    { "union_all(", "UNION ALL" },         { "union(", "UNION" },
    { "intersect_all(", "INTERSECT ALL" }, { "intersect(", "INTERSECT" },
    { "except_all(", "EXCEPT ALL" },       { "except_(", "EXCEPT" },
};

static bool compound(Vm *vm, Call *call, const ExprVec *parts)
{
    Expr *made = expr_new(bind_arena(vm), EXPR_COMPOUND);
    made->args = *parts;
    made->query = ARENA_NEW(bind_arena(vm), Query);
    for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++)
        if (starts_with(call, compounds[i].name))
            made->text = str_from(compounds[i].sql);
    return give_expr(vm, call, made);
}

static bool fn_compound(Vm *vm, Call *call)
{
    ExprVec parts;
    return to_exprs(vm, call->args[0], &parts) && compound(vm, call, &parts);
}

static bool select_compound(Vm *vm, Call *call)
{
    ExprVec parts = { 0 }, more;
    Expr *self;
    if (!to_expr(vm, call->args[0], NULL, &self) || !to_exprs(vm, call->args[1], &more))
        return false;
    VEC_PUSH(bind_arena(vm), &parts, self);
    append(vm, &parts, &more);
    return compound(vm, call, &parts);
}

static bool from_alias(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_ALIAS, call->args[1]);
}

static bool fn_cte(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_CTE, call->args[1]);
}

static bool from_c(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, columns_new(vm, self));
}

static bool select_same(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

/* ---- INSERT, UPDATE, DELETE ---- */

static bool fn_dml(Vm *vm, Call *call)
{
    ARGS(call, table);
    ExprKind kind = starts_with(call, "insert")   ? EXPR_INSERT
                    : starts_with(call, "update") ? EXPR_UPDATE
                                                  : EXPR_DELETE;
    Expr *made = expr_new(bind_arena(vm), kind);
    made->query = ARENA_NEW(bind_arena(vm), Query);
    return to_from(vm, table, &made->query->target) && give_expr(vm, call, made);
}

static const Table *target_table(const Query *query)
{
    return query->target && query->target->kind == EXPR_TABLE ? query->target->table : NULL;
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

static bool assignment(Vm *vm, const Query *query, Value key, Value item, AssignmentVec *row)
{
    Arena *arena = bind_arena(vm);
    const Table *table = target_table(query);
    Assignment made = { 0 };
    Str name;
    if (is_str(key)) {
        if (!to_text(vm, key, &name))
            return false;
        Column *column = table ? table_column(table, name) : NULL;
        if (table && !column && !column_of_attribute(vm, table, key, &column))
            return false;
        if (table && !column)
            return raise_sa(vm, "CompileError", "Unconsumed column names: %.*s", STR_ARG(name));
        made.column =
            column ? expr_column(arena, column) : expr_column_name(arena, name_from(name), NULL);
    } else if (!to_expr(vm, key, NULL, &made.column)) {
        return false;
    }
    Type *type = made.column->column ? made.column->column->type : made.column->type;
    if (!to_expr(vm, item, type, &made.value))
        return false;
    VEC_PUSH(arena, row, made);
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
    if (!vm_to_list(vm, values, &list))
        return false;
    const Table *table = target_table(query);
    for (size_t i = 0; table && i < list_len(list) && i < table->columns.len; i++)
        if (!assignment(vm, query, box(vm, table->columns.items[i]), list_get(list, i), row))
            return false;
    return true;
}

static bool dml_values(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Expr *made;
    (void)self;
    if (!copy_self(vm, call, &made))
        return false;
    Query *query = made->query;
    Value rows = tuple_len(args) ? tuple_get(args, 0) : VALUE_NONE;
    bool many = is_list(rows) && list_len(rows) &&
                (is_dict(list_get(rows, 0)) || is_tuple(list_get(rows, 0)));
    size_t count = many ? list_len(rows) : 1;
    for (size_t i = 0; i < count; i++) {
        AssignmentVec row = { 0 };
        if (!many && query->rows.len)
            row = query->rows.items[0];
        if (!value_is_none(rows) && !assignments(vm, query, many ? list_get(rows, i) : rows, &row))
            return false;
        if (!many && dict_len(kw) && !assignments(vm, query, kw, &row))
            return false;
        if (!many && query->rows.len)
            query->rows.items[0] = row;
        else
            VEC_PUSH(bind_arena(vm), &query->rows, row);
    }
    return give_expr(vm, call, made);
}

bool dml_with_parameters(Vm *vm, const Expr *statement, Value parameters, const Expr **made)
{
    const Query *query = statement->query;
    bool dml = statement->kind == EXPR_INSERT || statement->kind == EXPR_UPDATE;
    *made = statement;
    if (!dml || query->rows.len || query->select || !is_dict(parameters) ||
        dict_len(parameters) == 0)
        return true;
    AssignmentVec row = { 0 };
    Value key, item;
    Str name;
    const Table *table = target_table(query);
    for (size_t at = 0; dict_next(parameters, &at, &key, &item);) {
        if (!to_str(vm, key, &name))
            return false;
        bool is_column = !table || table_column(table, name);
        if ((is_column || statement->kind == EXPR_INSERT) &&
            !assignment(vm, query, key, item, &row))
            return false;
    }
    Expr *copy = expr_copy(bind_arena(vm), statement);
    copy->query = query_copy(bind_arena(vm), query);
    VEC_PUSH(bind_arena(vm), &copy->query->rows, row);
    *made = copy;
    return true;
}

static bool dml_from_select(Vm *vm, Call *call)
{
    ARGS(call, self, names, select);
    Expr *made;
    (void)self;
    if (!copy_self(vm, call, &made) || !to_names(vm, names, &made->query->column_names) ||
        !to_expr(vm, select, NULL, &made->query->select))
        return false;
    return give_expr(vm, call, made);
}

static bool dml_prefix(Vm *vm, Call *call)
{
    Expr *made;
    StrVec names;
    if (!copy_self(vm, call, &made))
        return false;
    for (size_t i = 0; i < tuple_len(call->args[1]); i++) {
        Expr *expr = record_of(tuple_get(call->args[1], i), &expr_record);
        Str text = expr ? expr->text : STR_NONE;
        if (!expr && !to_text(vm, tuple_get(call->args[1], i), &text))
            return false;
        VEC_PUSH(bind_arena(vm), &made->query->prefixes, text);
    }
    (void)names;
    return give_expr(vm, call, made);
}

/* on_conflict_do_nothing, on_conflict_do_update, on_duplicate_key_update. */
static bool conflict_where(Vm *vm, Value kw, const char *name, Expr **where)
{
    Value v = keyword(kw, name);
    return !value_given(v) || value_is_none(v) || to_expr(vm, v, NULL, where);
}

static bool dml_on_conflict(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Expr *made;
    (void)self;
    if (!copy_self(vm, call, &made))
        return false;
    OnConflict *on = ARENA_NEW(bind_arena(vm), OnConflict);
    AssignmentVec set = { 0 };
    Value values = keyword(kw, "set_");
    on->update = !starts_with(call, "on_conflict_do_nothing");
    if (starts_with(call, "on_duplicate"))
        values = tuple_len(args) ? tuple_get(args, 0) : kw;
    Value constraint = keyword(kw, "constraint");
    const Constraint *named =
        value_given(constraint) ? record_of(constraint, &constraint_record) : NULL;
    if (named)
        on->constraint = named->name;
    else if (!to_name(vm, constraint, &on->constraint))
        return false;
    if (!to_names(vm, keyword(kw, "index_elements"), &on->columns) ||
        !conflict_where(vm, kw, "index_where", &on->index_where) ||
        !conflict_where(vm, kw, "where", &on->where) ||
        (value_given(values) && !assignments(vm, made->query, values, &set)))
        return false;
    VEC_EACH (Assignment, each, &set)
        VEC_PUSH(bind_arena(vm), &on->set, *each);
    made->query->on_conflict = on;
    return give_expr(vm, call, made);
}

/* insert.excluded.column */
static bool dml_excluded(Vm *vm, Call *call)
{
    const Expr *self = record_of(call->args[0], &expr_record);
    Expr *made = expr_new(bind_arena(vm), EXPR_ALIAS);
    made->name = name_from(STR("excluded"));
    VEC_PUSH(bind_arena(vm), &made->args, self->query->target);
    return give(call, columns_new(vm, box(vm, made)));
}

const NativeRow query_functions[] = {
    { "select(*entities)", fn_select, "SELECT." },
    { "insert(table)", fn_dml, "INSERT." },
    { "update(table)", fn_dml, "UPDATE." },
    { "delete(table)", fn_dml, "DELETE." },
    { "exists(argument=None)", fn_exists, "EXISTS." },
    { "join(left, right, onclause=None, isouter=False, full=False)", fn_join, "JOIN." },
    { "outerjoin(left, right, onclause=None, isouter=True, full=False)", fn_join, "LEFT JOIN." },
    { "union(*selects)", fn_compound, "UNION." },
    { "union_all(*selects)", fn_compound, "UNION ALL." },
    { "intersect(*selects)", fn_compound, "INTERSECT." },
    { "intersect_all(*selects)", fn_compound, "INTERSECT ALL." },
    { "except_(*selects)", fn_compound, "EXCEPT." },
    { "except_all(*selects)", fn_compound, "EXCEPT ALL." },
    { "alias(selectable, name=None, flat=False)", from_alias, "An alias." },
    { "cte(selectable, name=None, recursive=False)", fn_cte, "WITH." },
    { NULL, NULL, NULL },
};

#define STATEMENT_ROWS                                                                     \
    { "where(self, *whereclause)", select_where, "WHERE." },                               \
        { "filter(self, *criteria)", select_where, "WHERE." },                             \
        { "filter_by(self, **kw)", select_filter_by, "WHERE, by names." },                 \
        { "returning(self, *cols, **kw)", select_returning, "RETURNING." },                \
        { "cte(self, name=None, recursive=False)", select_cte, "WITH." },                  \
        { "options(self, *options)", select_same, "The statement itself." },               \
    {                                                                                      \
        "prefix_with(self, *prefixes, dialect='*')", dml_prefix, "Words behind the first." \
    }

static const NativeRow select_rows[] = {
    STATEMENT_ROWS,
    { "order_by(self, *clauses)", select_order_by, "ORDER BY." },
    { "group_by(self, *clauses)", select_group_by, "GROUP BY." },
    { "having(self, *having)", select_having, "HAVING." },
    { "select_from(self, *froms)", select_from, "FROM." },
    { "add_columns(self, *entities)", select_columns, "More columns." },
    { "with_only_columns(self, *entities, **kw)", select_only_columns, "Other columns." },
    { "limit(self, limit)", select_limit, "LIMIT." },
    { "offset(self, offset)", select_limit, "OFFSET." },
    { "distinct(self, *expr)", select_distinct, "DISTINCT." },
    { "with_for_update(self, nowait=False, read=False, of=None, skip_locked=False, "
      "key_share=False)",
      select_for_update, "FOR UPDATE." },
    { "join(self, target, onclause=None, isouter=False, full=False)", select_join, "JOIN." },
    { "outerjoin(self, target, onclause=None, isouter=True, full=False)", select_join,
      "LEFT JOIN." },
    { "subquery(self, name=None)", select_subquery, "In brackets, with a name." },
    { "alias(self, name=None, flat=False)", select_subquery, "In brackets, with a name." },
    { "lateral(self, name=None)", select_lateral, "LATERAL." },
    { "scalar_subquery(self)", select_scalar, "As a value." },
    { "as_scalar(self)", select_scalar, "As a value." },
    { "exists(self)", select_exists, "EXISTS." },
    { "correlate(self, *froms)", select_same, "The statement itself." },
    { "correlate_except(self, *froms)", select_same, "The statement itself." },
    { "union(self, *other)", select_compound, "UNION." },
    { "union_all(self, *other)", select_compound, "UNION ALL." },
    { "intersect(self, *other)", select_compound, "INTERSECT." },
    { "except_(self, *other)", select_compound, "EXCEPT." },
};
/* What is selected, as it was given: tables, columns, expressions. */
static bool select_raw_columns(Vm *vm, Call *call)
{
    const Expr *self = record_of(call->args[0], &expr_record);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; self->query && i < self->query->columns.len; i++) {
        Expr *each = self->query->columns.items[i];
        list_append(vm, list, each->kind == EXPR_TABLE ? box(vm, each->table) : box(vm, each));
    }
    return give(call, list);
}

static bool select_criteria(Vm *vm, Call *call)
{
    const Expr *self = record_of(call->args[0], &expr_record);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; self->query && i < self->query->where.len; i++)
        list_append(vm, list, box(vm, self->query->where.items[i]));
    return give(call, list);
}

static const NativeRow select_getters[] = {
    { "c(self)", from_c, "The columns." },
    { "columns(self)", from_c, "The columns." },
    { "selected_columns(self)", from_c, "The columns." },
    { "_raw_columns(self)", select_raw_columns, "What is selected." },
    { "_where_criteria(self)", select_criteria, "The conditions." },
};
static const NativeRow dml_rows[] = {
    STATEMENT_ROWS,
    { "values(self, *args, **kw)", dml_values, "The values." },
    { "from_select(self, names, select, include_defaults=True)", dml_from_select,
      "INSERT ... SELECT." },
    { "on_conflict_do_nothing(self, *args, **kw)", dml_on_conflict, "ON CONFLICT DO NOTHING." },
    { "on_conflict_do_update(self, *args, **kw)", dml_on_conflict, "ON CONFLICT DO UPDATE." },
    { "on_duplicate_key_update(self, *args, **kw)", dml_on_conflict, "ON DUPLICATE KEY UPDATE." },
};
static const NativeRow dml_getters[] = {
    { "excluded(self)", dml_excluded, "The row that was to be inserted." },
    { "inserted(self)", dml_excluded, "The row that was to be inserted." },
};
static const NativeRow from_rows[] = {
    { "join(left, right, onclause=None, isouter=False, full=False)", fn_join, "JOIN." },
    { "outerjoin(left, right, onclause=None, isouter=True, full=False)", fn_join, "LEFT JOIN." },
    { "alias(self, name=None, flat=False)", from_alias, "An alias." },
};

static const RecordHooks select_hooks[] = {
    { .record = &select_record,
      .methods = select_rows,
      .method_count = sizeof select_rows / sizeof *select_rows,
      .getters = select_getters,
      .getter_count = sizeof select_getters / sizeof *select_getters,
      .module = "sqlalchemy.sql.selectable",
      .lasting = true },
    { .record = &dml_record,
      .methods = dml_rows,
      .method_count = sizeof dml_rows / sizeof *dml_rows,
      .getters = dml_getters,
      .getter_count = sizeof dml_getters / sizeof *dml_getters,
      .module = "sqlalchemy.sql.dml",
      .lasting = true },
    { .record = &from_record,
      .methods = from_rows,
      .method_count = sizeof from_rows / sizeof *from_rows,
      .getters = select_getters,
      .getter_count = 2,
      .module = "sqlalchemy.sql.selectable",
      .lasting = true },
};

void bind_select_register(Vm *vm)
{
    for (size_t i = 0; i < sizeof select_hooks / sizeof *select_hooks; i++)
        record_register(vm, &select_hooks[i]);
}
