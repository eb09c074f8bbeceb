/* SPDX-License-Identifier: MIT */
/* select(), insert(), update(), delete(), and what their results offer. */
#include "py/obj_list.h"
#include "script/bind_expr.h"

static bool give_expr(Vm *vm, Call *call, Expr *expr)
{
    return give(call, box(vm, expr));
}

/* A statement may be changed by its methods: each works on a copy. */
bool statement_copy(Vm *vm, Call *call, Expr **made)
{
    Expr *expr = record_of(call->args[0], &expr_record);
    if (!expr || !expr->query)
        return vm_raise(vm, "TypeError", "expected a statement");
    *made = expr_copy(bind_arena(vm), expr);
    (*made)->query = query_copy(bind_arena(vm), expr->query);
    (*made)->head.box = NULL;
    (*made)->identity = NULL;
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

/* A plain number is written as it stands; a text is refused. */
static bool to_entity(Vm *vm, Value v, Expr **expr)
{
    Str text;
    Value shown;
    if (is_str(v)) {
        return to_str(vm, v, &text) &&
               raise_sa(vm, "ArgumentError",
                        "Textual column expression '%.*s' should be explicitly declared with "
                        "text('%.*s'), or use column('%.*s') for more specificity",
                        STR_ARG(text), STR_ARG(text), STR_ARG(text));
    }
    if (is_int(v) && v.tag != TAG_BOOL) {
        if (!vm_str(vm, v, &shown) || !to_str(vm, shown, &text))
            return false;
        *expr = expr_literal_column(bind_arena(vm), text, NULL);
        return true;
    }
    return to_expr(vm, v, NULL, expr);
}

/* Columns and FROMs; a lone list holds them in the 1.x form. */
static bool to_entities(Vm *vm, Value args, ExprVec *exprs)
{
    Value list;
    *exprs = (ExprVec){ 0 };
    if (!to_list(vm, args, &list))
        return false;
    if (list_len(list) == 1 && (is_list(list_get(list, 0)) || is_tuple(list_get(list, 0))))
        return to_entities(vm, list_get(list, 0), exprs);
    for (size_t i = 0; i < list_len(list); i++) {
        Expr *expr;
        if (!to_entity(vm, list_get(list, i), &expr))
            return false;
        if (expr->kind == EXPR_SELECT || expr->kind == EXPR_COMPOUND)
            expr = expr_with(bind_arena(vm), EXPR_SCALAR, expr->type, expr, NULL);
        VEC_PUSH(bind_arena(vm), exprs, expr);
    }
    return true;
}

static const struct {
    const char *name;
    size_t offset;
} legacy_lists[] = {
    { "from_obj", offsetof(Query, froms) },
    { "order_by", offsetof(Query, order_by) },
    { "group_by", offsetof(Query, group_by) },
};

/* select([columns], whereclause, from_obj=...): the 1.x form. */
static bool legacy_select(Vm *vm, Value entities, Value kw, Query *query)
{
    Expr *where;
    Value clause = tuple_len(entities) > 1 ? tuple_get(entities, 1) : keyword(kw, "whereclause");
    if (!to_entities(vm, tuple_get(entities, 0), &query->columns))
        return false;
    if (value_given(clause) && !value_is_none(clause)) {
        if (!to_expr(vm, clause, NULL, &where))
            return false;
        VEC_PUSH(bind_arena(vm), &query->where, where);
    }
    for (size_t i = 0; i < sizeof legacy_lists / sizeof *legacy_lists; i++) {
        Value v = keyword(kw, legacy_lists[i].name);
        ExprVec *to = (ExprVec *)(void *)((char *)query + legacy_lists[i].offset);
        if (value_given(v) && !to_ordered(vm, v, to))
            return false;
    }
    query->distinct = is_true(keyword(kw, "distinct"));
    return true;
}

static bool fn_select(Vm *vm, Call *call)
{
    ARGS(call, entities, kw);
    Expr *made = expr_new(bind_arena(vm), EXPR_SELECT);
    bool legacy = dict_len(kw) || (tuple_len(entities) == 2 && is_list(tuple_get(entities, 0)));
    if (legacy && tuple_len(entities))
        return legacy_select(vm, entities, kw, made->query) && give_expr(vm, call, made);
    return to_entities(vm, entities, &made->query->columns) && give_expr(vm, call, made);
}

static bool add_exprs(Vm *vm, Call *call, size_t offset)
{
    Expr *made;
    ExprVec more;
    if (!statement_copy(vm, call, &made) || !to_exprs(vm, call->args[1], &more))
        return false;
    append(vm, (ExprVec *)(void *)((char *)made->query + offset), &more);
    return give_expr(vm, call, made);
}

static bool select_where(Vm *vm, Call *call)
{
    Expr *made, *each;
    Arena *arena = bind_arena(vm);
    if (!statement_copy(vm, call, &made))
        return false;
    for (size_t i = 0; i < tuple_len(call->args[1]); i++) {
        Value v = tuple_get(call->args[1], i);
        if (v.tag == TAG_BOOL) {
            each = expr_new(arena, v.truth ? EXPR_TRUE : EXPR_FALSE);
            each->type = type_new(arena, TYPE_BOOLEAN);
        } else if (!to_expr(vm, v, NULL, &each)) {
            return false;
        }
        VEC_PUSH(arena, &made->query->where, each);
    }
    return give_expr(vm, call, made);
}

/* ORDER BY and GROUP BY are added to; None takes away what was there. */
static bool add_named(Vm *vm, Call *call, size_t offset)
{
    Expr *made;
    ExprVec more;
    Value list = call->args[1];
    if (!statement_copy(vm, call, &made) || !to_ordered(vm, list, &more))
        return false;
    ExprVec *to = (ExprVec *)(void *)((char *)made->query + offset);
    if (tuple_len(list) == 1 && value_is_none(tuple_get(list, 0)))
        *to = (ExprVec){ 0 };
    append(vm, to, &more);
    return give_expr(vm, call, made);
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
    Expr *made;
    ExprVec more;
    bool returning = strncmp(call->row->signature, "returning", 9) == 0;
    if (!statement_copy(vm, call, &made) || !to_entities(vm, call->args[1], &more))
        return false;
    append(vm, returning ? &made->query->returning : &made->query->columns, &more);
    return give_expr(vm, call, made);
}

static bool select_only_columns(Vm *vm, Call *call)
{
    Expr *made;
    return statement_copy(vm, call, &made) &&
           to_entities(vm, call->args[1], &made->query->columns) && give_expr(vm, call, made);
}

static bool to_count(Vm *vm, Value count, Expr **number)
{
    Datum value;
    *number = NULL;
    if (value_is_none(count))
        return true;
    if (!is_int(count))
        return to_expr(vm, count, NULL, number);
    if (!script_datum(vm, count, &value))
        return false;
    *number = expr_literal(bind_arena(vm), &value, type_new(bind_arena(vm), TYPE_INTEGER));
    return true;
}

static bool select_limit(Vm *vm, Call *call)
{
    ARGS(call, self, count);
    Expr *made, *number;
    (void)self;
    if (!statement_copy(vm, call, &made) || !to_count(vm, count, &number))
        return false;
    bool fetch = strncmp(call->row->signature, "fetch", 5) == 0;
    if (fetch || strncmp(call->row->signature, "limit", 5) == 0)
        made->query->limit = number;
    else
        made->query->offset = number;
    if (fetch) {
        made->query->fetch = true;
        made->query->fetch_with_ties = is_true(call->args[2]);
        made->query->fetch_percent = is_true(call->args[3]);
    }
    return give_expr(vm, call, made);
}

static bool select_slice(Vm *vm, Call *call)
{
    ARGS(call, self, start, stop);
    Expr *made;
    int64_t from, to;
    (void)self;
    if (!statement_copy(vm, call, &made) || !to_int(vm, start, &from) || !to_int(vm, stop, &to) ||
        !to_count(vm, value_int(to - from), &made->query->limit) ||
        (from && !to_count(vm, start, &made->query->offset)))
        return false;
    return give_expr(vm, call, made);
}

static bool select_distinct(Vm *vm, Call *call)
{
    Expr *made;
    if (!statement_copy(vm, call, &made) || !to_exprs(vm, call->args[1], &made->query->distinct_on))
        return false;
    made->query->distinct = true;
    return give_expr(vm, call, made);
}

static bool select_for_update(Vm *vm, Call *call)
{
    ARGS(call, self, nowait, read, of, skip_locked);
    Expr *made;
    (void)self;
    if (!statement_copy(vm, call, &made) ||
        (!value_is_none(of) && !to_exprs(vm, of, &made->query->for_update_of)))
        return false;
    made->query->for_key_share = is_true(call->args[5]);
    made->query->for_update = !is_true(read);
    made->query->for_share = is_true(read);
    made->query->nowait = is_true(nowait);
    made->query->skip_locked = is_true(skip_locked);
    return give_expr(vm, call, made);
}

/* What filter_by() speaks of: the last thing joined, else the target or the first FROM. */
static Expr *filter_entity(Vm *vm, const Expr *statement)
{
    const Query *query = statement->query;
    if (query->target)
        return query->target;
    if (query->froms.len) {
        Expr *last = query->froms.items[query->froms.len - 1];
        return last->kind == EXPR_JOIN ? last->args.items[1] : last;
    }
    VEC_EACH (Expr *const, each, &query->columns) {
        Expr *from = expr_is_from(*each) ? *each : column_from(bind_arena(vm), *each);
        if (from)
            return from;
    }
    return NULL;
}

static bool select_filter_by(Vm *vm, Call *call)
{
    ARGS(call, self, kw);
    Expr *made;
    Value key, item;
    Str name;
    (void)self;
    if (!statement_copy(vm, call, &made))
        return false;
    Expr *entity = filter_entity(vm, made);
    ExprVec columns = entity ? columns_of(bind_arena(vm), entity) : (ExprVec){ 0 };
    for (size_t at = 0; dict_next(kw, &at, &key, &item);) {
        Expr *found = NULL, *value;
        if (!to_str(vm, key, &name))
            return false;
        VEC_EACH (Expr *, each, &columns)
            if (!found && str_eq(expr_bind_stem(*each), name))
                found = *each;
        if (!found)
            return raise_sa(vm, "InvalidRequestError",
                            "Entity namespace for \"%.*s\" has no property \"%.*s\"",
                            STR_ARG(entity ? entity->name.text : STR("")), STR_ARG(name));
        if (value_is_none(item))
            value = expr_new(bind_arena(vm), EXPR_NULL);
        else if (!to_operand(vm, item, found, &value))
            return false;
        VEC_PUSH(bind_arena(vm), &made->query->where,
                 expr_binary(bind_arena(vm), OPERATOR_EQ, found, value));
    }
    return give_expr(vm, call, made);
}

/* ---- joins ---- */

/* The column of a FROM that stands for a table's column of that name. */
static Expr *column_at(Vm *vm, Expr *from, Str key)
{
    ExprVec columns = columns_of(bind_arena(vm), from);
    VEC_EACH (Expr *, each, &columns)
        if (str_eq(expr_bind_stem(*each), key) ||
            ((*each)->column && str_eq((*each)->column->name.text, key)))
            return *each;
    return NULL;
}

static const Table *table_of(const Expr *from)
{
    if (from->kind == EXPR_TABLE)
        return from->table;
    bool alias = from->kind == EXPR_ALIAS || from->kind == EXPR_TABLESAMPLE;
    return alias && from->args.items[0]->kind == EXPR_TABLE ? from->args.items[0]->table : NULL;
}

/* The foreign keys of `from` that point to `to`, as a condition. */
static void key_conditions(Vm *vm, Expr *from, Expr *to, bool parent_left, ExprVec *parts)
{
    Arena *arena = bind_arena(vm);
    const Table *child = table_of(from), *parent = table_of(to);
    if (!child || !parent)
        return;
    VEC_EACH (Constraint *const, each, &child->constraints) {
        const Constraint *key = *each;
        if (key->kind != CONSTRAINT_FOREIGN_KEY || !str_eq(key->ref_table, parent->name.text))
            continue;
        for (size_t i = 0; i < key->columns.len && i < key->ref_columns.len; i++) {
            Expr *a = column_at(vm, from, key->columns.items[i]);
            Expr *b = column_at(vm, to, key->ref_columns.items[i]);
            if (a && b)
                VEC_PUSH(arena, parts,
                         expr_binary(arena, OPERATOR_EQ, parent_left ? b : a, parent_left ? a : b));
        }
    }
}

static void natural_parts(Vm *vm, Expr *left, Expr *right, ExprVec *parts)
{
    if (left->kind == EXPR_JOIN) {
        natural_parts(vm, left->args.items[1], right, parts);
        if (parts->len == 0)
            natural_parts(vm, left->args.items[0], right, parts);
    } else if (right->kind == EXPR_JOIN) {
        natural_parts(vm, left, right->args.items[0], parts);
        if (parts->len == 0)
            natural_parts(vm, left, right->args.items[1], parts);
    } else {
        key_conditions(vm, right, left, true, parts);
        if (!from_same(left, right))
            key_conditions(vm, left, right, false, parts);
    }
}

/* The foreign key between two FROMs, as a condition; NULL when there is none. */
static Expr *natural_condition(Vm *vm, Expr *left, Expr *right)
{
    ExprVec parts = { 0 };
    natural_parts(vm, left, right, &parts);
    return parts.len ? expr_boolean(bind_arena(vm), OPERATOR_AND, &parts) : NULL;
}

static bool join_make(Vm *vm, Expr *left, Value target, Value onclause, bool outer, bool full,
                      Expr **join)
{
    Arena *arena = bind_arena(vm);
    Expr *right, *condition = NULL;
    if (!to_from(vm, target, &right) ||
        (!value_is_none(onclause) && !to_expr(vm, onclause, NULL, &condition)))
        return false;
    if (!condition)
        condition = natural_condition(vm, left, right);
    if (!condition)
        return raise_sa(vm, "NoForeignKeysError",
                        "Can't find any foreign key relationships between '%.*s' and '%.*s'.",
                        STR_ARG(left->name.text), STR_ARG(right->name.text));
    *join = expr_new(arena, EXPR_JOIN);
    VEC_PUSH(arena, &(*join)->args, left);
    VEC_PUSH(arena, &(*join)->args, right);
    VEC_PUSH(arena, &(*join)->args, expr_group(arena, condition, OPERATOR_AS_BOOLEAN));
    (*join)->outer = outer;
    (*join)->full = full;
    return true;
}

static bool starts_with(const Call *call, const char *text)
{
    return strncmp(call->row->signature, text, strlen(text)) == 0;
}

static bool exprs_have(const ExprVec *froms, const Expr *from)
{
    VEC_EACH (Expr *const, each, froms)
        if (from_same(*each, from))
            return true;
    return false;
}

/*
 * The FROM that a join is put to: the last one given, or of those that the columns name one that
 * the condition (a foreign key, where none was given) speaks of.
 */
static Expr *join_left(Vm *vm, const Query *query, Expr *right, const Expr *condition)
{
    Arena *arena = bind_arena(vm);
    if (query->froms.len)
        return query->froms.items[query->froms.len - 1];
    ExprVec froms = { 0 }, spoken = { 0 };
    VEC_EACH (Expr *const, each, &query->columns)
        expr_froms(arena, *each, &froms);
    VEC_EACH (Expr *const, each, &query->where)
        expr_froms(arena, *each, &froms);
    if (condition)
        expr_froms(arena, condition, &spoken);
    Expr *first = NULL;
    VEC_EACH (Expr *, each, &froms) {
        if (from_same(*each, right))
            continue;
        first = first ? first : *each;
        if (condition ? exprs_have(&spoken, *each) : natural_condition(vm, *each, right) != NULL)
            return *each;
    }
    return first;
}

/* Joins to a FROM that is there already take its place. */
static void froms_replace(Vm *vm, Query *query, Expr *left, Expr *join)
{
    VEC_EACH (Expr *, each, &query->froms)
        if (from_same(*each, left)) {
            *each = join;
            return;
        }
    VEC_PUSH(bind_arena(vm), &query->froms, join);
}

static bool from_holds(const Expr *from, const Expr *other)
{
    return from_same(from, other) ||
           (from->kind == EXPR_JOIN &&
            (from_holds(from->args.items[0], other) || from_holds(from->args.items[1], other)));
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
    Expr *right, *join, *condition = NULL;
    if (!to_from(vm, target, &right) ||
        (!value_is_none(onclause) && !to_expr(vm, onclause, NULL, &condition)))
        return false;
    Expr *left = join_left(vm, made->query, right, condition);
    if (!left)
        return raise_sa(vm, "InvalidRequestError",
                        "Can't determine which FROM clause to join from, there are multiple FROMS "
                        "which can join to this entity. Please use the .select_from() method");
    if (!join_make(vm, left, target, onclause,
                   is_true(call->args[3]) || starts_with(call, "outerjoin"), is_true(call->args[4]),
                   &join))
        return false;
    froms_replace(vm, made->query, left, join);
    return true;
}

static bool select_join(Vm *vm, Call *call)
{
    ARGS(call, self, target, onclause);
    Expr *made;
    Value steps, step;
    (void)self;
    if (!statement_copy(vm, call, &made) || !join_steps(vm, target, onclause, &steps))
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

/* join_from(left, right): left may stand inside a join that is there already. */
static bool select_join_from(Vm *vm, Call *call)
{
    const Value *args = call->args;
    Expr *made, *left, *join;
    if (!statement_copy(vm, call, &made) || !to_from(vm, args[1], &left))
        return false;
    Expr *whole = left;
    VEC_EACH (Expr *, each, &made->query->froms)
        if (from_holds(*each, left))
            whole = *each;
    if (!join_make(vm, whole, args[2], args[3], is_true(args[4]) || starts_with(call, "outerjoin"),
                   is_true(args[5]), &join))
        return false;
    froms_replace(vm, made->query, whole, join);
    return give_expr(vm, call, made);
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
    VEC_EACH (Expr *, each, &made->args)
        if ((*each)->kind == EXPR_SCALAR)
            *each = (*each)->args.items[0];
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

/* correlate(*froms): with these only; correlate_except(): with all others. None: with nothing. */
static bool select_correlate(Vm *vm, Call *call)
{
    Expr *made;
    ExprVec froms = { 0 };
    Value list = call->args[1];
    bool none = tuple_len(list) && value_is_none(tuple_get(list, 0));
    bool except = starts_with(call, "correlate_except");
    if (!statement_copy(vm, call, &made) || (!none && !to_exprs(vm, list, &froms)))
        return false;
    made->query->correlates = !except;
    made->query->correlates_except = except;
    append(vm, &made->query->correlate, &froms);
    return give_expr(vm, call, made);
}

static bool select_same(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

const NativeRow query_functions[] = {
    { "select(*entities, **kw)", fn_select, "SELECT." },
    { "join(left, right, onclause=None, isouter=False, full=False)", fn_join, "JOIN." },
    { "outerjoin(left, right, onclause=None, isouter=True, full=False)", fn_join, "LEFT JOIN." },
    { "union(*selects)", fn_compound, "UNION." },
    { "union_all(*selects)", fn_compound, "UNION ALL." },
    { "intersect(*selects)", fn_compound, "INTERSECT." },
    { "intersect_all(*selects)", fn_compound, "INTERSECT ALL." },
    { "except_(*selects)", fn_compound, "EXCEPT." },
    { "except_all(*selects)", fn_compound, "EXCEPT ALL." },
    { NULL, NULL, NULL },
};

static const NativeRow statement_rows[] = {
    { "where(self, *whereclause)", select_where, "WHERE." },
    { "filter(self, *criteria)", select_where, "WHERE." },
    { "filter_by(self, **kw)", select_filter_by, "WHERE, by names." },
    { "returning(self, *cols, **kw)", select_columns, "RETURNING." },
    { "cte(self, name=None, recursive=False, nesting=False)", statement_cte, "WITH." },
    { "add_cte(self, *ctes, nest_here=False)", statement_add_cte, "WITH." },
    { "options(self, *options)", select_same, "The statement itself." },
    { "with_hint(self, *args, **kw)", select_same, "The statement itself." },
    { "prefix_with(self, *prefixes, dialect='*')", statement_words, "Words behind the first." },
    { "suffix_with(self, *suffixes, dialect='*')", statement_words, "Words at the end." },
    { "execution_options(self, **kw)", select_same, "The statement itself." },
};

static const NativeRow select_rows[] = {
    { "order_by(self, *clauses)", select_order_by, "ORDER BY." },
    { "group_by(self, *clauses)", select_group_by, "GROUP BY." },
    { "having(self, *having)", select_having, "HAVING." },
    { "select_from(self, *froms)", select_from, "FROM." },
    { "add_columns(self, *entities)", select_columns, "More columns." },
    { "column(self, *column)", select_columns, "One more column." },
    { "with_only_columns(self, *entities, maintain_column_froms=False)", select_only_columns,
      "Other columns." },
    { "limit(self, limit)", select_limit, "LIMIT." },
    { "offset(self, offset)", select_limit, "OFFSET." },
    { "fetch(self, count, with_ties=False, percent=False, **kw)", select_limit, "FETCH FIRST." },
    { "slice(self, start, stop)", select_slice, "LIMIT and OFFSET." },
    { "distinct(self, *expr)", select_distinct, "DISTINCT." },
    { "with_for_update(self, nowait=False, read=False, of=None, skip_locked=False, "
      "key_share=False)",
      select_for_update, "FOR UPDATE." },
    { "join(self, target, onclause=None, isouter=False, full=False)", select_join, "JOIN." },
    { "outerjoin(self, target, onclause=None, isouter=True, full=False)", select_join,
      "LEFT JOIN." },
    { "join_from(self, from_, target, onclause=None, isouter=False, full=False)", select_join_from,
      "JOIN." },
    { "outerjoin_from(self, from_, target, onclause=None, isouter=True, full=False)",
      select_join_from, "LEFT JOIN." },
    { "subquery(self, name=None)", statement_subquery, "In brackets, with a name." },
    { "alias(self, name=None, flat=False)", statement_subquery, "In brackets, with a name." },
    { "lateral(self, name=None)", statement_lateral, "LATERAL." },
    { "scalar_subquery(self)", statement_scalar, "As a value." },
    { "as_scalar(self)", statement_scalar, "As a value." },
    { "label(self, name)", statement_label, "As a value with a name." },
    { "exists(self)", statement_exists, "EXISTS." },
    { "correlate(self, *froms)", select_correlate, "Leave these out of FROM." },
    { "correlate_except(self, *froms)", select_correlate, "Leave all but these out of FROM." },
    { "union(self, *other)", select_compound, "UNION." },
    { "union_all(self, *other)", select_compound, "UNION ALL." },
    { "intersect(self, *other)", select_compound, "INTERSECT." },
    { "intersect_all(self, *other)", select_compound, "INTERSECT ALL." },
    { "except_(self, *other)", select_compound, "EXCEPT." },
    { "except_all(self, *other)", select_compound, "EXCEPT ALL." },
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

static bool select_final_froms(Vm *vm, Call *call)
{
    const Expr *self = record_of(call->args[0], &expr_record);
    ExprVec froms = { 0 };
    Value list = make_list(vm, NULL, 0);
    VEC_EACH (Expr *, each, &self->query->froms)
        VEC_PUSH(bind_arena(vm), &froms, *each);
    VEC_EACH (Expr *, each, &self->query->columns)
        expr_froms(bind_arena(vm), *each, &froms);
    VEC_EACH (Expr *, each, &froms)
        list_append(vm, list,
                    (*each)->kind == EXPR_TABLE ? box(vm, (*each)->table) : box(vm, *each));
    return give(call, list);
}

static bool select_c(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, columns_new(vm, self));
}

static const NativeRow select_getters[] = {
    { "c(self)", select_c, "The columns." },
    { "columns(self)", select_c, "The columns." },
    { "selected_columns(self)", select_c, "The columns." },
    { "exported_columns(self)", select_c, "The columns." },
    { "froms(self)", select_final_froms, "What it reads from." },
    { "_raw_columns(self)", select_raw_columns, "What is selected." },
    { "_where_criteria(self)", select_criteria, "The conditions." },
};

static const RecordHooks select_hooks[] = {
    { .record = &select_record,
      .methods = select_rows,
      .method_count = sizeof select_rows / sizeof *select_rows,
      .getters = select_getters,
      .getter_count = sizeof select_getters / sizeof *select_getters,
      .module = "sqlalchemy.sql.selectable" },
};

static void statement_register(Vm *vm, const RecordHooks *hooks)
{
    size_t count = sizeof statement_rows / sizeof *statement_rows;
    RecordHooks *made = arena_copy(bind_arena(vm), hooks, sizeof *hooks);
    NativeRow *rows = ARENA_ARRAY(bind_arena(vm), NativeRow, count + hooks->method_count);
    memcpy(rows, statement_rows, sizeof statement_rows);
    memcpy(rows + count, hooks->methods, hooks->method_count * sizeof *rows);
    made->methods = rows;
    made->method_count = count + hooks->method_count;
    record_register(vm, made);
}

void bind_select_register(Vm *vm)
{
    for (size_t i = 0; i < sizeof select_hooks / sizeof *select_hooks; i++)
        statement_register(vm, &select_hooks[i]);
    statement_register(vm, &dml_hooks);
    bind_from_register(vm);
}
