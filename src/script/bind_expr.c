/* SPDX-License-Identifier: MIT */
/* Windows, texts, and expressions as text. */
#include "script/bind_expr.h"

#include "py/obj_list.h"
#include "sql/query.h"

static bool self_expr(Vm *vm, Call *call, Expr **expr)
{
    return to_expr(vm, call->args[0], NULL, expr);
}

static bool give_expr(Vm *vm, Call *call, Expr *expr)
{
    return give(call, box(vm, expr));
}

/* ---- windows ---- */

static bool window_end(Vm *vm, Value v, OptInt *end, Expr **bind)
{
    int64_t distance;
    if (value_is_none(v))
        return true;
    if (!to_int(vm, v, &distance))
        return false;
    *end = (OptInt){ true, distance };
    Datum value = datum_int(distance < 0 ? -distance : distance);
    *bind = expr_literal(bind_arena(vm), &value, NULL);
    return true;
}

static bool window_make(Vm *vm, Value pair, const char *word, Window *window)
{
    Value list;
    if (value_is_none(pair))
        return true;
    if (!vm_to_list(vm, pair, &list))
        return false;
    if (list_len(list) != 2)
        return raise_sa(vm, "ArgumentError", "2-tuple expected for range/rows");
    window->word = word;
    return window_end(vm, list_get(list, 0), &window->from, &window->from_bind) &&
           window_end(vm, list_get(list, 1), &window->to, &window->to_bind);
}

bool element_over(Vm *vm, Call *call)
{
    ARGS(call, self, partition_by, order_by, rows, range_, groups);
    Expr *operand;
    (void)self;
    if (!self_expr(vm, call, &operand))
        return false;
    Expr *made = expr_with(bind_arena(vm), EXPR_OVER, operand->type, operand, NULL);
    return to_ordered(vm, partition_by, &made->partition_by) &&
           to_ordered(vm, order_by, &made->order_by) &&
           window_make(vm, rows, "ROWS", &made->window) &&
           window_make(vm, range_, "RANGE", &made->window) &&
           window_make(vm, groups, "GROUPS", &made->window) && give_expr(vm, call, made);
}

bool element_filter(Vm *vm, Call *call)
{
    ARGS(call, self, criterion);
    Expr *operand;
    ExprVec all;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_exprs(vm, criterion, &all))
        return false;
    Expr *condition =
        all.len == 1 ? all.items[0] : expr_boolean(bind_arena(vm), OPERATOR_AND, &all);
    Expr *made = expr_with(bind_arena(vm), EXPR_FILTER, operand->type, operand, condition);
    made->op = OPERATOR_FILTER;
    return give_expr(vm, call, made);
}

bool element_within_group(Vm *vm, Call *call)
{
    ARGS(call, self, order_by);
    Expr *operand;
    (void)self;
    if (!self_expr(vm, call, &operand))
        return false;
    Expr *made = expr_with(bind_arena(vm), EXPR_WITHIN_GROUP, operand->type, operand, NULL);
    if (!to_exprs(vm, order_by, &made->order_by))
        return false;
    if (!made->type && made->order_by.len)
        made->type = made->order_by.items[0]->type;
    return give_expr(vm, call, made);
}

/* ---- text ---- */

static bool expr_text_of(Vm *vm, const Expr *expr, const Dialect *dialect, BindMode mode, Str *text,
                         DatumVec *params, StrVec *names)
{
    bool alias = expr->kind == EXPR_ALIAS || expr->kind == EXPR_CTE || expr->kind == EXPR_LATERAL;
    if (alias && statement_columns(expr->args.items[0]))
        expr = expr->args.items[0];
    Error err = vm_error(vm);
    bool percent =
        mode != BIND_NAMED && (dialect->id == DIALECT_POSTGRESQL || dialect->id == DIALECT_MYSQL ||
                               dialect->id == DIALECT_MARIADB);
    QueryOptions options = { .mode = mode,
                             .calls = &script_of(vm)->calls,
                             .names = names,
                             .double_percent = percent,
                             .returning_keys = dialect->id == DIALECT_POSTGRESQL };
    return query_compile(bind_arena(vm), dialect, &options, expr, text, params, &err) ||
           raise_error(vm, &err);
}

/* Statements of a dialect's own insert() are written for that dialect. */
static const Dialect *own_dialect(const Expr *expr)
{
    const Query *query = expr->kind == EXPR_INSERT ? expr->query : NULL;
    const Dialect *found = query && str_given(query->dialect) ? dialect_find(query->dialect) : NULL;
    return found ? found : &default_dialect;
}

bool element_str(Vm *vm, Call *call)
{
    Expr *expr;
    Str text;
    if (!self_expr(vm, call, &expr))
        return false;
    const Dialect *dialect = own_dialect(expr);
    DatumVec params = { 0 };
    BindMode mode = dialect == &default_dialect ? BIND_NAMED : BIND_COMPILE;
    return expr_text_of(vm, expr, dialect, mode, &text, &params, NULL) &&
           give(call, make_str(vm, text));
}

static bool dialect_of(Vm *vm, Value v, const Expr *expr, const Dialect **dialect)
{
    Value name;
    Str text;
    *dialect = own_dialect(expr);
    if (value_is_none(v))
        return true;
    if (!vm_getattr_if(vm, v, "dialect", &name))
        return false;
    if (!vm_getattr(vm, value_given(name) ? name : v, "name", &name) || !to_str(vm, name, &text))
        return false;
    const Dialect *found = dialect_find(text);
    if (found)
        *dialect = found;
    return true;
}

static bool params_dict(Vm *vm, const DatumVec *params, const StrVec *names, Value dict)
{
    for (size_t i = 0; i < params->len && i < names->len; i++) {
        Value v;
        if (value_given(dict_get_str(dict, names->items[i])))
            continue;
        if (!from_datum(vm, &params->items[i], &v))
            return false;
        dict_set_str(vm, dict, names->items[i], v);
    }
    return true;
}

/* expression.compile(dialect=..., compile_kwargs={"literal_binds": True}): its text. */
bool element_compile(Vm *vm, Call *call)
{
    ARGS(call, self, bind, dialect, compile_kwargs);
    Expr *expr;
    Str text;
    const Dialect *chosen;
    DatumVec params = { 0 };
    StrVec names = { 0 };
    (void)self;
    bool literal = is_dict(compile_kwargs) && is_true(keyword(compile_kwargs, "literal_binds"));
    if (!self_expr(vm, call, &expr) ||
        !dialect_of(vm, value_is_none(dialect) ? bind : dialect, expr, &chosen))
        return false;
    BindMode mode = literal ? BIND_OFFLINE : chosen == &default_dialect ? BIND_NAMED : BIND_COMPILE;
    if (!expr_text_of(vm, expr, chosen, mode, &text, &params, &names))
        return false;
    Value result, args[] = { make_str(vm, text), make_dict(vm) };
    vm_push(vm, args[0]);
    vm_push(vm, args[1]);
    bool ok = params_dict(vm, &params, &names, args[1]) &&
              bind_call(vm, "sqlalchemy.ext.compiler", "_Compiled", args, 2, &result);
    vm_pop(vm, 2);
    return ok && give(call, result);
}

static bool clause_bindparams(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Expr *expr;
    Arena *arena = bind_arena(vm);
    Value key, item;
    Str name;
    (void)self;
    if (!self_expr(vm, call, &expr))
        return false;
    Expr *made = expr_copy(arena, expr);
    ExprVec binds = { 0 };
    VEC_EACH (Expr *, each, &expr->args)
        VEC_PUSH(arena, &binds, *each);
    for (size_t i = 0; i < tuple_len(args); i++) {
        Expr *bind;
        if (!to_expr(vm, tuple_get(args, i), NULL, &bind))
            return false;
        VEC_PUSH(arena, &binds, bind);
    }
    for (size_t at = 0; value_given(kw) && dict_next(kw, &at, &key, &item);) {
        Datum datum;
        if (!to_text(vm, key, &name) || !script_datum(vm, item, &datum))
            return false;
        VEC_PUSH(arena, &binds, expr_bind(arena, name, &datum, NULL));
    }
    made->args = binds;
    return give_expr(vm, call, made);
}

/* text().columns(Column, name=type): what a SELECT of text gives. */
static bool clause_columns(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Expr *expr;
    Value key, item;
    Name name;
    Type *type;
    Arena *arena = bind_arena(vm);
    (void)self;
    if (!self_expr(vm, call, &expr))
        return false;
    Expr *made = expr_with(arena, EXPR_TEXT_SELECT, NULL, expr, NULL);
    if (!to_exprs(vm, args, &made->query->columns))
        return false;
    for (size_t at = 0; value_given(kw) && dict_next(kw, &at, &key, &item);) {
        if (!to_name(vm, key, &name) || !to_type(vm, item, &type))
            return false;
        VEC_PUSH(arena, &made->query->columns, expr_column_name(arena, name, type));
    }
    return give_expr(vm, call, made);
}

static bool clause_same(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

/* text() in and_(), not_() and the like is an expression as any other. */
static bool clause_boolean(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    ExprVec args = { 0 };
    (void)self;
    if (!self_expr(vm, call, &left) || !to_expr(vm, other, NULL, &right))
        return false;
    VEC_PUSH(bind_arena(vm), &args, left);
    VEC_PUSH(bind_arena(vm), &args, right);
    bool is_and = strncmp(call->row->signature, "__and__", 7) == 0;
    return give_expr(vm, call,
                     expr_boolean(bind_arena(vm), is_and ? OPERATOR_AND : OPERATOR_OR, &args));
}

static bool clause_group(Vm *vm, Call *call)
{
    Expr *operand;
    return self_expr(vm, call, &operand) &&
           give_expr(vm, call, expr_with(bind_arena(vm), EXPR_GROUP, NULL, operand, NULL));
}

static bool clause_bool(Vm *vm, Call *call)
{
    return vm_raise(vm, "TypeError", "Boolean value of this clause is not defined");
}

static bool clause_label(Vm *vm, Call *call)
{
    Expr *operand;
    Name label;
    return self_expr(vm, call, &operand) && to_name(vm, call->args[1], &label) &&
           give_expr(vm, call, expr_label(bind_arena(vm), operand, label.text));
}

static const NativeRow text_methods[] = {
    { "bindparams(self, *args, **kw)", clause_bindparams, "Give values to the names." },
    { "params(self, *args, **kw)", clause_bindparams, "Give values to the names." },
    { "columns(self, *args, **kw)", clause_columns, "Say what the columns are." },
    { "execution_options(self, **kw)", clause_same, "The text itself." },
    { "__and__(self, other, /)", clause_boolean, "AND." },
    { "__or__(self, other, /)", clause_boolean, "OR." },
    { "__bool__(self)", clause_bool, "None." },
    { "__str__(self)", element_str, "As SQL." },
    { "self_group(self, against=None)", clause_group, "In brackets." },
    { "label(self, name)", clause_label, "AS." },
    { "compile(self, bind=None, dialect=None, compile_kwargs=None, **kw)", element_compile,
      "As SQL." },
};
static const NativeRow text_getters[] = {
    { "text(self)", element_str, "The text." },
};
static const NativeRow clause_methods[] = {
    { "__str__(self)", element_str, "As SQL." },
    { "compile(self, bind=None, dialect=None, compile_kwargs=None, **kw)", element_compile,
      "As SQL." },
    { "execution_options(self, **kw)", clause_same, "The statement itself." },
    { "self_group(self, against=None)", clause_group, "In brackets." },
};

/* An instance of a script's own class of expressions: @compiles says what it is in SQL. */
static void expr_created(Vm *vm, Value made)
{
    Expr *expr = record_of(made, &expr_record);
    if (value_class(vm, made) == record_class(vm, expr->head.record))
        return;
    expr->kind = EXPR_SCRIPT;
    expr->script = script_keep(vm, made);
}

static const RecordHooks expr_hooks[] = {
    { .record = &expr_record,
      .methods = clause_methods,
      .method_count = sizeof clause_methods / sizeof *clause_methods,
      .created = expr_created,
      .module = "sqlalchemy.sql.elements" },
    { .record = &text_record,
      .methods = text_methods,
      .method_count = sizeof text_methods / sizeof *text_methods,
      .getters = text_getters,
      .getter_count = sizeof text_getters / sizeof *text_getters,
      .module = "sqlalchemy.sql.elements" },
};

static void element_register(Vm *vm)
{
    size_t count = element_method_count + subquery_method_count;
    NativeRow *rows = ARENA_ARRAY(bind_arena(vm), NativeRow, count);
    memcpy(rows, element_methods, element_method_count * sizeof *rows);
    for (size_t i = 0; i < subquery_method_count; i++)
        rows[element_method_count + i] = subquery_methods[i];
    RecordHooks *hooks = ARENA_NEW(bind_arena(vm), RecordHooks);
    *hooks = (RecordHooks){ .record = &element_record,
                            .methods = rows,
                            .method_count = count,
                            .getters = element_getters,
                            .getter_count = element_getter_count,
                            .module = "sqlalchemy.sql.elements" };
    record_register(vm, hooks);
}

void bind_expr_register(Vm *vm)
{
    for (size_t i = 0; i < sizeof expr_hooks / sizeof *expr_hooks; i++)
        record_register(vm, &expr_hooks[i]);
    element_register(vm);
    bind_select_register(vm);
}
