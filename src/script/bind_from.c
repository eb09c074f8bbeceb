/* SPDX-License-Identifier: MIT */
/* Statements and tables behind FROM: aliases, subqueries, WITH, LATERAL, VALUES, EXISTS. */
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

/* A scalar subquery is its statement where a statement is wanted. */
static Expr *bare_statement(Expr *expr)
{
    while (expr->kind == EXPR_SCALAR || expr->kind == EXPR_GROUP)
        expr = expr->args.items[0];
    return expr;
}

/* Another alias of the same: `name` where it is given, else a made one where `renames`. */
static Expr *alias_again(Arena *arena, const Expr *alias, Name name, bool renames)
{
    Expr *made = expr_copy(arena, alias);
    made->identity = NULL;
    if (name_given(name) || renames)
        made->name = name;
    made->columns = (ExprVec){ 0 };
    VEC_EACH (Expr *, each, &alias->columns) {
        Expr *column = expr_copy(arena, *each);
        column->identity = NULL;
        column->from = made;
        VEC_PUSH(arena, &made->columns, column);
    }
    return made;
}

static bool wrap(Vm *vm, Call *call, ExprKind kind, Value name)
{
    Expr *inner;
    Name text;
    if (!to_expr(vm, call->args[0], NULL, &inner) || !to_name(vm, name, &text))
        return false;
    if (kind == EXPR_ALIAS && (inner->kind == EXPR_ALIAS || inner->kind == EXPR_LATERAL))
        return give_expr(vm, call, alias_again(bind_arena(vm), inner, text, true));
    Expr *made = expr_with(bind_arena(vm), kind, NULL, bare_statement(inner), NULL);
    made->name = text;
    return give_expr(vm, call, made);
}

bool statement_subquery(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_ALIAS, call->args[1]);
}

bool statement_cte(Vm *vm, Call *call)
{
    ARGS(call, self, name, recursive, nesting);
    (void)self;
    if (!wrap(vm, call, EXPR_CTE, name))
        return false;
    Expr *made = record_of(call->result, &expr_record);
    made->recursive = is_true(recursive);
    made->nesting = is_true(nesting);
    return true;
}

bool statement_add_cte(Vm *vm, Call *call)
{
    Expr *made;
    ExprVec ctes;
    if (!statement_copy(vm, call, &made) || !to_exprs(vm, call->args[1], &ctes))
        return false;
    VEC_EACH (Expr *, each, &ctes)
        VEC_PUSH(bind_arena(vm), &made->query->ctes, *each);
    return give_expr(vm, call, made);
}

bool statement_lateral(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_LATERAL, call->args[1]);
}

/* ---- words before and behind ---- */

static bool words_add(Vm *vm, Value list, Str dialect, StrVec *words, StrVec *dialects)
{
    for (size_t i = 0; i < tuple_len(list); i++) {
        Expr *expr = record_of(tuple_get(list, i), &expr_record);
        Str text = expr ? expr->text : STR_NONE;
        if (!expr && !to_text(vm, tuple_get(list, i), &text))
            return false;
        VEC_PUSH(bind_arena(vm), words, text);
        VEC_PUSH(bind_arena(vm), dialects, dialect);
    }
    return true;
}

bool statement_words(Vm *vm, Call *call)
{
    ARGS(call, self, words, dialect);
    Expr *made;
    Str name;
    (void)self;
    if (!statement_copy(vm, call, &made) || !to_text(vm, dialect, &name))
        return false;
    Query *query = made->query;
    bool prefix = starts_with(call, "prefix");
    return words_add(vm, words, name, prefix ? &query->prefixes : &query->suffixes,
                     prefix ? &query->prefix_dialects : &query->suffix_dialects) &&
           give_expr(vm, call, made);
}

/* cte.prefix_with("MATERIALIZED") */
static bool cte_words(Vm *vm, Call *call)
{
    ARGS(call, self, words, dialect);
    Expr *cte = record_of(self, &expr_record), *made;
    Arena *arena = bind_arena(vm);
    Str name;
    if (!to_text(vm, dialect, &name))
        return false;
    made = expr_copy(arena, cte);
    made->identity = NULL;
    made->columns = (ExprVec){ 0 };
    made->words = cte->words ? query_copy(arena, cte->words) : ARENA_NEW(arena, Query);
    bool prefix = starts_with(call, "prefix");
    return words_add(vm, words, name, prefix ? &made->words->prefixes : &made->words->suffixes,
                     prefix ? &made->words->prefix_dialects : &made->words->suffix_dialects) &&
           give_expr(vm, call, made);
}

/* cte.union_all(select): the same CTE, whose body goes on; the body may name it. */
static bool cte_union(Vm *vm, Call *call)
{
    Expr *cte = record_of(call->args[0], &expr_record), *part;
    Arena *arena = bind_arena(vm);
    Expr *body = expr_with(arena, EXPR_COMPOUND, NULL, cte->args.items[0], NULL);
    body->text = starts_with(call, "union_all") ? STR("UNION ALL") : STR("UNION");
    for (size_t i = 0; i < tuple_len(call->args[1]); i++) {
        if (!to_expr(vm, tuple_get(call->args[1], i), NULL, &part))
            return false;
        VEC_PUSH(arena, &body->args, bare_statement(part));
    }
    Expr *made = expr_with(arena, EXPR_CTE, NULL, body, NULL);
    made->name = cte->name;
    made->recursive = cte->recursive;
    made->nesting = cte->nesting;
    made->words = cte->words;
    made->restates = cte;
    return give_expr(vm, call, made);
}

/* ---- as values ---- */

static bool scalar_of(Vm *vm, Call *call, ExprKind kind)
{
    Expr *inner;
    if (!to_expr(vm, call->args[0], NULL, &inner))
        return false;
    inner = bare_statement(inner);
    const ExprVec *columns = statement_columns(inner);
    if (!columns || inner->kind == EXPR_VALUES) {
        Expr *select = expr_new(bind_arena(vm), EXPR_SELECT);
        VEC_PUSH(bind_arena(vm), &select->query->columns, inner);
        inner = select;
        columns = &select->query->columns;
    }
    Expr *made = expr_with(bind_arena(vm), kind, NULL, inner, NULL);
    if (kind == EXPR_EXISTS) {
        made->type = type_new(bind_arena(vm), TYPE_BOOLEAN);
        made->op = OPERATOR_EXISTS;
    } else if (columns->len) {
        made->type = columns->items[0]->type;
    }
    return give_expr(vm, call, made);
}

bool statement_scalar(Vm *vm, Call *call)
{
    return scalar_of(vm, call, EXPR_SCALAR);
}

bool statement_exists(Vm *vm, Call *call)
{
    return scalar_of(vm, call, EXPR_EXISTS);
}

bool statement_label(Vm *vm, Call *call)
{
    Name label;
    if (!scalar_of(vm, call, EXPR_SCALAR) || !to_name(vm, call->args[1], &label))
        return false;
    Expr *scalar = record_of(call->result, &expr_record);
    return give_expr(vm, call, expr_label(bind_arena(vm), scalar, label.text));
}

/* exists() without a statement: exists().where(...) is SELECT *. */
static bool fn_exists(Vm *vm, Call *call)
{
    ARGS(call, arguments);
    if (tuple_len(arguments)) {
        const Value first[] = { tuple_get(arguments, 0) };
        Call inner = { .args = first, .count = 1, .row = call->row };
        if (is_list(first[0]) && list_len(first[0])) {
            const Value item[] = { list_get(first[0], 0) };
            inner.args = item;
            return scalar_of(vm, &inner, EXPR_EXISTS) && give(call, inner.result);
        }
        return scalar_of(vm, &inner, EXPR_EXISTS) && give(call, inner.result);
    }
    Expr *select = expr_new(bind_arena(vm), EXPR_SELECT);
    VEC_PUSH(bind_arena(vm), &select->query->columns,
             expr_literal_column(bind_arena(vm), STR("*"), NULL));
    Expr *made = expr_with(bind_arena(vm), EXPR_EXISTS, type_new(bind_arena(vm), TYPE_BOOLEAN),
                           select, NULL);
    made->op = OPERATOR_EXISTS;
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
    made->identity = NULL;
    made->args = (ExprVec){ 0 };
    VEC_PUSH(bind_arena(vm), &made->args, changed);
    return give_expr(vm, call, made);
}

/* exists(...).select(), subquery.select() */
static bool from_select(Vm *vm, Call *call)
{
    Expr *inner;
    if (!to_expr(vm, call->args[0], NULL, &inner))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_SELECT);
    VEC_PUSH(bind_arena(vm), &made->query->columns, inner);
    return give_expr(vm, call, made);
}

/* ---- functions as FROM ---- */

/* func.x().table_valued("a", "b", name=...): the columns are given by name. */
static bool function_table(Vm *vm, Call *call)
{
    ARGS(call, self, names, kw);
    Expr *function;
    Name name;
    Arena *arena = bind_arena(vm);
    Value ordinality = keyword(kw, "with_ordinality");
    if (!to_expr(vm, self, NULL, &function) || !to_name(vm, keyword(kw, "name"), &name))
        return false;
    Expr *made = expr_with(arena, EXPR_ALIAS, NULL, function, NULL);
    made->name = name;
    size_t count = tuple_len(names);
    for (size_t i = 0; i < count + (value_given(ordinality) && !value_is_none(ordinality)); i++) {
        Value v = i < count ? tuple_get(names, i) : ordinality;
        Column *given = record_of(v, &column_record);
        Name column = { 0 };
        if (given)
            column = given->name;
        else if (!to_name(vm, v, &column))
            return false;
        Expr *each = expr_column_name(arena, column, given ? given->type : NULL);
        each->from = made;
        VEC_PUSH(arena, &made->columns, each);
    }
    return give_expr(vm, call, made);
}

static Expr *whole_column(Arena *arena, Expr *alias, Type *type)
{
    Expr *made = expr_column_name(arena, alias->name, type);
    made->from = alias;
    made->whole = true;
    return made;
}

/* func.x().column_valued("a"): the function as FROM, its alias as the column. */
static bool function_column(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    Expr *function;
    Name alias;
    if (!to_expr(vm, self, NULL, &function) || !to_name(vm, name, &alias))
        return false;
    Expr *made = expr_with(bind_arena(vm), EXPR_ALIAS, NULL, function, NULL);
    made->name = alias;
    return give_expr(vm, call, whole_column(bind_arena(vm), made, function->type));
}

static bool alias_column(Vm *vm, Call *call)
{
    Expr *alias = record_of(call->args[0], &expr_record);
    return give_expr(vm, call, whole_column(bind_arena(vm), alias, alias->args.items[0]->type));
}

/* function.table_valued(...).render_derived(name="x", with_types=True): AS x(a INTEGER). */
static bool alias_derived(Vm *vm, Call *call)
{
    ARGS(call, self, name, with_types);
    Name given;
    if (!to_name(vm, name, &given))
        return false;
    Expr *made = alias_again(bind_arena(vm), record_of(self, &expr_record), given, false);
    made->recursive = true;
    made->typed = is_true(with_types);
    return give_expr(vm, call, made);
}

/* ---- aliases, VALUES, samples ---- */

static bool from_alias(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_ALIAS, call->args[1]);
}

static bool fn_cte(Vm *vm, Call *call)
{
    return statement_cte(vm, call);
}

static bool fn_lateral(Vm *vm, Call *call)
{
    return wrap(vm, call, EXPR_LATERAL, call->args[1]);
}

static bool from_tablesample(Vm *vm, Call *call)
{
    ARGS(call, self, sampling, name, seed);
    Arena *arena = bind_arena(vm);
    Expr *from, *function;
    Name alias;
    if (!to_expr(vm, self, NULL, &from) || !to_expr(vm, sampling, NULL, &function) ||
        !to_name(vm, name, &alias))
        return false;
    if (function->kind != EXPR_FUNCTION) {
        ExprVec args = { 0 };
        if (function->kind == EXPR_BIND)
            function->name = name_from(STR("system"));
        VEC_PUSH(arena, &args, function);
        function = expr_function(arena, STR("system"), &args, NULL);
    }
    Expr *made = expr_with(arena, EXPR_TABLESAMPLE, NULL, from, function);
    made->name = alias;
    if (!value_is_none(seed) && !to_expr(vm, seed, NULL, &made->otherwise))
        return false;
    return give_expr(vm, call, made);
}

static bool fn_values(Vm *vm, Call *call)
{
    ARGS(call, columns, name, literal_binds);
    Expr *made = expr_new(bind_arena(vm), EXPR_VALUES);
    if (!to_exprs(vm, columns, &made->query->columns) || !to_name(vm, name, &made->name))
        return false;
    made->anonymous = !name_given(made->name);
    made->query->literal_values = is_true(literal_binds);
    return give_expr(vm, call, made);
}

static bool values_row(Vm *vm, const Expr *made, Value row, Expr **tuple)
{
    Value list;
    Arena *arena = bind_arena(vm);
    if (!to_list(vm, row, &list))
        return false;
    *tuple = expr_new(arena, EXPR_TUPLE);
    for (size_t i = 0; i < list_len(list); i++) {
        Expr *item;
        Type *type = i < made->query->columns.len ? made->query->columns.items[i]->type : NULL;
        if (!to_expr(vm, list_get(list, i), type, &item))
            return false;
        VEC_PUSH(arena, &(*tuple)->args, item);
    }
    return true;
}

static bool values_data(Vm *vm, Call *call)
{
    ARGS(call, self, rows);
    const Expr *expr = record_of(self, &expr_record);
    Arena *arena = bind_arena(vm);
    Value list;
    if (!expr || expr->kind != EXPR_VALUES)
        return vm_raise(vm, "AttributeError", "data() is of values()");
    if (!to_list(vm, rows, &list))
        return false;
    Expr *made = expr_copy(arena, expr);
    made->identity = NULL;
    made->columns = (ExprVec){ 0 };
    made->args = (ExprVec){ 0 };
    VEC_EACH (Expr *, each, &expr->args)
        VEC_PUSH(arena, &made->args, *each);
    for (size_t i = 0; i < list_len(list); i++) {
        Expr *tuple;
        if (!values_row(vm, made, list_get(list, i), &tuple))
            return false;
        VEC_PUSH(arena, &made->args, tuple);
    }
    return give_expr(vm, call, made);
}

static bool from_join(Vm *vm, Call *call)
{
    Value join, result;
    if (!bind_import(vm, "sqlalchemy", starts_with(call, "outer") ? "outerjoin" : "join", &join) ||
        !vm_call(vm, join, call->args, 5, &result))
        return false;
    return give(call, result);
}

static bool from_c(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, columns_new(vm, self));
}

static bool from_element(Vm *vm, Call *call)
{
    Expr *expr = record_of(call->args[0], &expr_record);
    if (!expr->args.len)
        return vm_raise(vm, "AttributeError", "element");
    Expr *inner = expr->args.items[0];
    return give(call, inner->kind == EXPR_TABLE ? box(vm, inner->table) : box(vm, inner));
}

static bool join_side(Vm *vm, Call *call)
{
    const Expr *expr = record_of(call->args[0], &expr_record);
    size_t side = starts_with(call, "left") ? 0 : starts_with(call, "right") ? 1 : 2;
    if (expr->kind != EXPR_JOIN || side >= expr->args.len)
        return vm_raise(vm, "AttributeError", "this has no sides: it is no join");
    Expr *inner = expr->args.items[side];
    return give(call, inner->kind == EXPR_TABLE ? box(vm, inner->table) : box(vm, inner));
}

const NativeRow subquery_methods[] = {
    { "where(self, *whereclause)", inner_changed, "WHERE." },
    { "select_from(self, *froms)", inner_changed, "FROM." },
    { "correlate(self, *froms)", inner_changed, "Leave these out of FROM." },
    { "correlate_except(self, *froms)", inner_changed, "Leave the others out of FROM." },
    { "scalar_subquery(self)", statement_scalar, "As a value." },
    { "select(self, *args)", from_select, "SELECT it." },
    { "alias(self, name=None, **kw)", from_alias, "A function as FROM." },
    { "table_valued(self, *expr, **kw)", function_table, "A function as FROM." },
    { "column_valued(self, name=None)", function_column, "A function as FROM." },
};
const size_t subquery_method_count = sizeof subquery_methods / sizeof *subquery_methods;

const NativeRow from_functions[] = {
    { "exists(*arguments)", fn_exists, "EXISTS." },
    { "alias(selectable, name=None, flat=False)", from_alias, "An alias." },
    { "subquery(selectable, name=None)", from_alias, "A subquery." },
    { "cte(selectable, name=None, recursive=False, nesting=False)", fn_cte, "WITH." },
    { "lateral(selectable, name=None)", fn_lateral, "LATERAL." },
    { "tablesample(selectable, sampling, name=None, seed=None)", from_tablesample, "A sample." },
    { "values(*columns, name=None, literal_binds=False)", fn_values, "VALUES." },
    { NULL, NULL, NULL },
};

static const NativeRow from_rows[] = {
    { "join(left, right, onclause=None, isouter=False, full=False)", from_join, "JOIN." },
    { "outerjoin(left, right, onclause=None, isouter=True, full=False)", from_join, "LEFT JOIN." },
    { "alias(self, name=None, flat=False)", from_alias, "An alias." },
    { "subquery(self, name=None)", from_alias, "An alias." },
    { "cte(self, name=None, recursive=False, nesting=False)", fn_cte, "WITH." },
    { "lateral(self, name=None)", fn_lateral, "LATERAL." },
    { "tablesample(self, sampling, name=None, seed=None)", from_tablesample, "A sample." },
    { "select(self, *args)", from_select, "SELECT all of it." },
    { "data(self, values)", values_data, "The rows of VALUES." },
    { "render_derived(self, name=None, with_types=False)", alias_derived,
      "With the columns' names." },
};
static const NativeRow from_getters[] = {
    { "c(self)", from_c, "The columns." },
    { "columns(self)", from_c, "The columns." },
    { "exported_columns(self)", from_c, "The columns." },
    { "element(self)", from_element, "What it is an alias of." },
    { "column(self)", alias_column, "The alias as a value." },
    { "left(self)", join_side, "Of a join." },
    { "right(self)", join_side, "Of a join." },
    { "onclause(self)", join_side, "Of a join." },
};
static const NativeRow cte_rows[] = {
    { "union(self, *other)", cte_union, "UNION." },
    { "union_all(self, *other)", cte_union, "UNION ALL." },
    { "prefix_with(self, *prefixes, dialect='*')", cte_words, "Words before its body." },
    { "suffix_with(self, *suffixes, dialect='*')", cte_words, "Words behind its body." },
};

static const RecordHooks hooks[] = {
    { .record = &from_record,
      .methods = from_rows,
      .method_count = sizeof from_rows / sizeof *from_rows,
      .getters = from_getters,
      .getter_count = sizeof from_getters / sizeof *from_getters,
      .module = "sqlalchemy.sql.selectable" },
    { .record = &cte_record,
      .methods = cte_rows,
      .method_count = sizeof cte_rows / sizeof *cte_rows,
      .module = "sqlalchemy.sql.selectable" },
};

void bind_from_register(Vm *vm)
{
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
        record_register(vm, &hooks[i]);
}
