/* SPDX-License-Identifier: MIT */
/* text(), and_(), cast(), func.x() and the other functions that make expressions. */
#include "py/obj_list.h"
#include "script/bind_expr.h"
#include "script/state.h"

static bool give_expr(Vm *vm, Call *call, Expr *expr)
{
    return give(call, box(vm, expr));
}

bool to_exprs(Vm *vm, Value args, ExprVec *exprs)
{
    Value list;
    *exprs = (ExprVec){ 0 };
    if (value_is(args, OBJ_RECORD) || is_str(args)) {
        Expr *one;
        if (!to_expr(vm, args, NULL, &one))
            return false;
        VEC_PUSH(bind_arena(vm), exprs, one);
        return true;
    }
    if (!vm_to_list(vm, args, &list))
        return false;
    if (list_len(list) == 1 && (is_list(list_get(list, 0)) || is_tuple(list_get(list, 0))))
        return to_exprs(vm, list_get(list, 0), exprs);
    for (size_t i = 0; i < list_len(list); i++) {
        Expr *expr;
        if (!to_expr(vm, list_get(list, i), NULL, &expr))
            return false;
        VEC_PUSH(bind_arena(vm), exprs, expr);
    }
    return true;
}

bool to_condition(Vm *vm, Value args, Expr **expr)
{
    ExprVec all;
    if (!to_exprs(vm, args, &all))
        return false;
    *expr = expr_boolean(bind_arena(vm), OPERATOR_AND, &all);
    return true;
}

/* ---- plain ones ---- */

enum { TEXTS_KEPT = 4096 };

/* A text that a loop makes again and again is one expression: it is never changed. */
static Expr *text_expr(Vm *vm, Str sql)
{
    Map *texts = &script_of(vm)->state->texts;
    Expr *expr = map_get(texts, sql);
    if (expr)
        return expr;
    expr = expr_text(bind_arena(vm), sql);
    if (texts->len < TEXTS_KEPT)
        map_set(texts, sql, expr);
    return expr;
}

static bool fn_text(Vm *vm, Call *call)
{
    ARGS(call, text);
    Str sql;
    if (!is_str(text))
        return vm_raise(vm, "TypeError", "text() takes a str, not %s", type_name(vm, text));
    if (!to_str(vm, text, &sql))
        return false;
    return give_expr(vm, call, text_expr(vm, sql));
}

static bool fn_literal_column(Vm *vm, Call *call)
{
    ARGS(call, text, type_);
    Str sql;
    Type *type;
    return to_text(vm, text, &sql) && to_type(vm, type_, &type) &&
           give_expr(vm, call, expr_literal_column(bind_arena(vm), sql, type));
}

static bool fn_literal(Vm *vm, Call *call)
{
    ARGS(call, value, type_, literal_execute);
    Datum datum;
    Type *type;
    if (!script_datum(vm, value, &datum) || !to_type(vm, type_, &type))
        return false;
    Expr *made = expr_literal(bind_arena(vm), &datum, type);
    made->literal_execute = is_true(literal_execute);
    return give_expr(vm, call, made);
}

static bool fn_constant(Vm *vm, Call *call)
{
    const char *name = call->row->signature;
    ExprKind kind = strncmp(name, "null", 4) == 0   ? EXPR_NULL
                    : strncmp(name, "true", 4) == 0 ? EXPR_TRUE
                                                    : EXPR_FALSE;
    return give_expr(vm, call, expr_new(bind_arena(vm), kind));
}

static bool fn_column(Vm *vm, Call *call)
{
    ARGS(call, text, type_);
    Name name;
    Type *type;
    if (!to_name(vm, text, &name) || !to_type(vm, type_, &type))
        return false;
    Column *column = column_new(bind_arena(vm), name, type);
    column->is_literal = true;
    return give(call, box(vm, column));
}

static bool fn_table(Vm *vm, Call *call)
{
    ARGS(call, name, columns, kw);
    Name table_name, schema;
    Table *table;
    Error err = vm_error(vm);
    if (!to_name(vm, name, &table_name) || !to_name(vm, keyword(kw, "schema"), &schema))
        return false;
    if (!table_new(bind_arena(vm), NULL, schema, table_name, &table, &err))
        return raise_error(vm, &err);
    table->lightweight = true;
    for (size_t i = 0; i < tuple_len(columns); i++) {
        void *column;
        if (!to_record(vm, bind_arena(vm), tuple_get(columns, i), &column_record, "column",
                       &column))
            return false;
        if (!table_add_column(bind_arena(vm), table, column, &err))
            return raise_error(vm, &err);
    }
    return give(call, box(vm, table));
}

static bool fn_bindparam(Vm *vm, Call *call)
{
    ARGS(call, key, value, type_, unique, required, quote, callable_, expanding);
    Str name;
    Type *type;
    Datum datum;
    (void)unique;
    (void)required;
    (void)quote;
    (void)callable_;
    bool given = value_given(value);
    if (!to_text(vm, key, &name) || !to_type(vm, type_, &type) ||
        (given && !script_datum(vm, value, &datum)))
        return false;
    Expr *made = expr_bind(bind_arena(vm), name, given ? &datum : NULL, type);
    made->expanding = is_true(expanding);
    return give_expr(vm, call, made);
}

static bool fn_boolean(Vm *vm, Call *call)
{
    ARGS(call, clauses);
    ExprVec all;
    bool is_and = strncmp(call->row->signature, "and_", 4) == 0;
    return to_exprs(vm, clauses, &all) &&
           give_expr(vm, call,
                     expr_boolean(bind_arena(vm), is_and ? OPERATOR_AND : OPERATOR_OR, &all));
}

static bool fn_not(Vm *vm, Call *call)
{
    ARGS(call, clause);
    Expr *operand;
    return to_expr(vm, clause, NULL, &operand) &&
           give_expr(vm, call, expr_not(bind_arena(vm), operand));
}

static bool fn_cast(Vm *vm, Call *call)
{
    ARGS(call, expression, type_);
    Expr *operand;
    Type *type;
    if (!to_type(vm, type_, &type) || !to_expr(vm, expression, type, &operand))
        return false;
    Expr *made = expr_cast(bind_arena(vm), operand, type);
    if (strncmp(call->row->signature, "type_coerce", 11) == 0)
        made->kind = EXPR_COERCE;
    return give_expr(vm, call, made);
}

static const struct {
    const char *name;
    Operator op;
} unary_functions[] = {
    { "asc", OPERATOR_ASC },
    { "desc", OPERATOR_DESC },
    { "distinct", OPERATOR_DISTINCT },
    { "nulls_first", OPERATOR_NULLS_FIRST },
    { "nullsfirst", OPERATOR_NULLS_FIRST },
    { "nulls_last", OPERATOR_NULLS_LAST },
    { "nullslast", OPERATOR_NULLS_LAST },
    { "any_", OPERATOR_ANY },
    { "all_", OPERATOR_ALL },
    { "bitwise_not", OPERATOR_BITWISE_NOT },
};

static bool fn_unary(Vm *vm, Call *call)
{
    Value column = call->args[0];
    Name label;
    if (is_str(column)) {
        if (!to_name(vm, column, &label))
            return false;
        column = box(vm, expr_column_name(bind_arena(vm), label, NULL));
    }
    size_t length = strcspn(call->row->signature, "(");
    Expr *operand;
    Operator op = OPERATOR_NONE;
    for (size_t i = 0; i < sizeof unary_functions / sizeof *unary_functions; i++)
        if (strlen(unary_functions[i].name) == length &&
            strncmp(unary_functions[i].name, call->row->signature, length) == 0)
            op = unary_functions[i].op;
    return to_expr(vm, column, NULL, &operand) &&
           give_expr(vm, call, expr_unary(bind_arena(vm), op, operand));
}

/* Functions that are methods of their first argument: label(name, x) has them the other way round.
 */
static bool fn_method(Vm *vm, Call *call)
{
    const char *signature = call->row->signature;
    size_t length = strcspn(signature, "(");
    Str name = { signature, length };
    const NativeRow *row = NULL;
    for (size_t i = 0; i < element_method_count; i++) {
        size_t other = strcspn(element_methods[i].signature, "(");
        if (other == length && memcmp(element_methods[i].signature, name.ptr, length) == 0)
            row = &element_methods[i];
    }
    Value args[2] = { call->args[0], call->args[1] }, made;
    if (strncmp(signature, "label", 5) == 0) {
        args[0] = call->args[1];
        args[1] = call->args[0];
    }
    Expr *expr;
    if (!to_expr(vm, args[0], NULL, &expr))
        return false;
    made = box(vm, expr);
    Value result;
    if (!value_is(made, OBJ_RECORD) || !row)
        return vm_raise(vm, "TypeError", "%s() takes an expression",
                        str_cstr(bind_arena(vm), name));
    if (record_of(made, &text_record) || record_of(made, &select_record)) {
        Call inner = *call;
        const Value inner_args[4] = { made, args[1], call->count > 2 ? call->args[2] : VALUE_NONE,
                                      VALUE_NONE };
        inner.args = inner_args;
        inner.row = row;
        if (!row->fn(vm, &inner))
            return false;
        return give(call, inner.result);
    }
    size_t count = strncmp(signature, "between", 7) == 0 ? 3 : 2;
    return vm_call_method(vm, made, str_cstr(bind_arena(vm), name),
                          count == 3 ? call->args + 1 : &args[1], count - 1, &result) &&
           give(call, result);
}

static bool fn_over(Vm *vm, Call *call)
{
    ARGS(call, element, partition_by, order_by);
    Value keywords = make_dict(vm), result, method;
    vm_push(vm, keywords);
    dict_set_str(vm, keywords, STR("partition_by"), partition_by);
    dict_set_str(vm, keywords, STR("order_by"), order_by);
    bool ok = vm_getattr(vm, element, "over", &method) &&
              vm_call_kw(vm, method, NULL, 0, keywords, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool fn_extract(Vm *vm, Call *call)
{
    ARGS(call, field, expr);
    Str text;
    Expr *operand;
    if (!to_text(vm, field, &text) || !to_expr(vm, expr, NULL, &operand))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_EXTRACT);
    made->text = text;
    made->type = type_new(bind_arena(vm), TYPE_INTEGER);
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    return give_expr(vm, call, made);
}

static bool fn_list(Vm *vm, Call *call)
{
    ARGS(call, clauses);
    const char *name = call->row->signature;
    Expr *made = expr_new(bind_arena(vm), strncmp(name, "tuple_", 6) == 0  ? EXPR_TUPLE
                                          : strncmp(name, "array", 5) == 0 ? EXPR_ARRAY
                                                                           : EXPR_LIST);
    return to_exprs(vm, clauses, &made->args) && give_expr(vm, call, made);
}

static bool case_when(Vm *vm, Expr *made, Value when, Value then)
{
    Expr *condition, *value;
    if (!to_expr(vm, when, NULL, &condition) || !to_expr(vm, then, NULL, &value))
        return false;
    VEC_PUSH(bind_arena(vm), &made->args, condition);
    VEC_PUSH(bind_arena(vm), &made->args, value);
    if (!made->type)
        made->type = value->type;
    return true;
}

static bool case_pairs(Vm *vm, Expr *made, Value whens)
{
    Value key, item, list, pair;
    if (is_dict(whens)) {
        for (size_t at = 0; dict_next(whens, &at, &key, &item);)
            if (!case_when(vm, made, key, item))
                return false;
        return true;
    }
    if (!vm_to_list(vm, whens, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Value each = list_get(list, i);
        if (is_dict(each) || (is_list(each) && list_len(list) == 1)) {
            if (!case_pairs(vm, made, each))
                return false;
            continue;
        }
        if (!vm_to_list(vm, each, &pair))
            return false;
        if (list_len(pair) != 2)
            return raise_sa(vm, "ArgumentError", "case() takes (condition, value) pairs");
        if (!case_when(vm, made, list_get(pair, 0), list_get(pair, 1)))
            return false;
    }
    return true;
}

static bool fn_case(Vm *vm, Call *call)
{
    ARGS(call, whens, value, else_);
    Expr *made = expr_new(bind_arena(vm), EXPR_CASE);
    if (!case_pairs(vm, made, whens))
        return false;
    if (!value_is_none(value) && !to_expr(vm, value, NULL, &made->value_of))
        return false;
    if (value_given(else_) && !value_is_none(else_) && !to_expr(vm, else_, NULL, &made->otherwise))
        return false;
    return give_expr(vm, call, made);
}

static bool fn_aggregate_order(Vm *vm, Call *call)
{
    ARGS(call, target, order_by);
    Expr *operand;
    Expr *made = expr_new(bind_arena(vm), EXPR_AGGREGATE_ORDER);
    if (!to_expr(vm, target, NULL, &operand) || !to_exprs(vm, order_by, &made->order_by))
        return false;
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    return give_expr(vm, call, made);
}

/* DefaultClause("x") is what server_default="x" is. */
static bool fn_default_clause(Vm *vm, Call *call)
{
    ARGS(call, arg);
    return give(call, arg);
}

const NativeRow expr_functions[] = {
    { "text(text)", fn_text, "SQL with :name binds." },
    { "literal_column(text, type_=None)", fn_literal_column, "SQL as it stands." },
    { "literal(value, type_=None, literal_execute=False)", fn_literal, "A value." },
    { "null()", fn_constant, "NULL." },
    { "true()", fn_constant, "True." },
    { "false()", fn_constant, "False." },
    { "column(text, type_=None, is_literal=False, _selectable=None)", fn_column,
      "A column by its name." },
    { "table(name, *columns, **kw)", fn_table, "A table by its name." },
    { "bindparam(key, value=..., type_=None, unique=False, required=False, quote=None, "
      "callable_=None, expanding=False, isoutparam=False, literal_execute=False)",
      fn_bindparam, "A value that is given when the statement runs." },
    { "and_(*clauses)", fn_boolean, "AND." },
    { "or_(*clauses)", fn_boolean, "OR." },
    { "not_(clause)", fn_not, "NOT." },
    { "cast(expression, type_)", fn_cast, "CAST." },
    { "try_cast(expression, type_)", fn_cast, "CAST." },
    { "type_coerce(expression, type_)", fn_cast, "Treat a value as a type." },
    { "asc(column)", fn_unary, "ASC." },
    { "desc(column)", fn_unary, "DESC." },
    { "distinct(expr)", fn_unary, "DISTINCT." },
    { "nulls_first(column)", fn_unary, "NULLS FIRST." },
    { "nullsfirst(column)", fn_unary, "NULLS FIRST." },
    { "nulls_last(column)", fn_unary, "NULLS LAST." },
    { "nullslast(column)", fn_unary, "NULLS LAST." },
    { "any_(expr)", fn_unary, "ANY." },
    { "all_(expr)", fn_unary, "ALL." },
    { "bitwise_not(expr)", fn_unary, "Bits inverted." },
    { "label(name, element, type_=None)", fn_method, "AS." },
    { "collate(expression, collation)", fn_method, "COLLATE." },
    { "between(expr, lower_bound, upper_bound, symmetric=False)", fn_method, "BETWEEN." },
    { "over(element, partition_by=None, order_by=None, rows=None, range_=None)", fn_over, "OVER." },
    { "extract(field, expr)", fn_extract, "EXTRACT." },
    { "tuple_(*clauses, types=None)", fn_list, "A tuple of values." },
    { "array(*clauses, type_=None)", fn_list, "An array of values." },
    { "case(*whens, value=None, else_=None)", fn_case, "CASE." },
    { "aggregate_order_by(target, *order_by)", fn_aggregate_order, "An aggregate's order." },
    { "DefaultClause(arg, for_update=False)", fn_default_clause, "A server's default." },
    { NULL, NULL, NULL },
};

/* ---- func ---- */

typedef struct FuncObj {
    Str package; /* "pg_catalog.", or empty */
    Str name;    /* of func.name; empty for func itself */
} FuncObj;

static const NativeClass func_class;

static Value func_new(Vm *vm, Str package, Str name)
{
    Value made = vm_new_native(vm, vm_class(vm, &func_class), &func_class);
    *(FuncObj *)payload_of(vm, made, &func_class) = (FuncObj){ package, name };
    return made;
}

static bool func_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    const FuncObj *func = payload_of(vm, self, &func_class);
    Arena *arena = bind_arena(vm);
    Str text;
    if (!to_text(vm, name, &text))
        return false;
    if (str_starts(text, STR("__")))
        return vm_raise(vm, "AttributeError", "%.*s", STR_ARG(text));
    if (str_ends(text, STR("_")))
        text = str_slice(text, 0, text.len - 1);
    Str package = func->package;
    if (func->name.len)
        package = str_format(arena, "%.*s%.*s.", STR_ARG(package), STR_ARG(func->name));
    return give(call, func_new(vm, package, text));
}

/* The types that functions give, where it matters how their values come back or print. */
static const struct {
    const char *name;
    TypeKind kind;
} function_types[] = {
    { "count", TYPE_INTEGER },
    { "now", TYPE_DATE_TIME },
    { "current_timestamp", TYPE_DATE_TIME },
    { "current_date", TYPE_DATE },
    { "current_time", TYPE_TIME },
    { "localtimestamp", TYPE_DATE_TIME },
    { "concat", TYPE_STRING },
    { "char_length", TYPE_INTEGER },
    { "lower", TYPE_STRING },
    { "upper", TYPE_STRING },
};

static Type *function_type(Vm *vm, Str name, const ExprVec *args)
{
    for (size_t i = 0; i < sizeof function_types / sizeof *function_types; i++)
        if (str_is(name, function_types[i].name))
            return type_new(bind_arena(vm), function_types[i].kind);
    bool first = str_is(name, "max") || str_is(name, "min") || str_is(name, "sum") ||
                 str_is(name, "coalesce");
    return first && args->len ? args->items[0]->type : NULL;
}

static bool func_call(Vm *vm, Call *call)
{
    ARGS(call, self, clauses, kw);
    const FuncObj *func = payload_of(vm, self, &func_class);
    ExprVec args = { 0 };
    Type *type;
    if (func->name.len == 0)
        return vm_raise(vm, "TypeError", "func is not callable: write func.name(...)");
    for (size_t i = 0; i < tuple_len(clauses); i++) {
        Expr *arg;
        if (!to_expr(vm, tuple_get(clauses, i), NULL, &arg))
            return false;
        if (arg->kind == EXPR_BIND && arg->unique && !name_given(arg->name))
            arg->name = name_from(func->name);
        VEC_PUSH(bind_arena(vm), &args, arg);
    }
    if (!to_type(vm, keyword(kw, "type_"), &type))
        return false;
    if (!type)
        type = function_type(vm, func->name, &args);
    Expr *made = expr_function(bind_arena(vm), func->name, &args, type);
    if (func->package.len)
        made->text = func->package;
    return give_expr(vm, call, made);
}

static const NativeRow func_methods[] = {
    { "__getattr__(self, name, /)", func_getattr, "A function of the database." },
    { "__call__(self, *clauses, **kw)", func_call, "Call it." },
};

static const NativeClass func_class = {
    .name = "_FunctionGenerator",
    .module = "sqlalchemy.sql.functions",
    .size = sizeof(FuncObj),
    .methods = func_methods,
    .method_count = sizeof func_methods / sizeof *func_methods,
    .doc = "The database's functions by name.",
};

bool func_make(Vm *vm, Value *v)
{
    *v = func_new(vm, STR(""), STR(""));
    return true;
}
