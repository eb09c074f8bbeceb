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
    if (!to_list(vm, args, &list))
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

static Expr *label_ref(Arena *arena, Name name)
{
    Expr *made = expr_new(arena, EXPR_LABEL_REF);
    made->name = name;
    return made;
}

static bool to_ordered_one(Vm *vm, Value v, ExprVec *exprs)
{
    Expr *expr;
    Name name;
    if (value_is_none(v))
        return true;
    if (is_str(v)) {
        if (!to_name(vm, v, &name))
            return false;
        VEC_PUSH(bind_arena(vm), exprs, label_ref(bind_arena(vm), name));
        return true;
    }
    if (!to_expr(vm, v, NULL, &expr))
        return false;
    if (expr->kind == EXPR_LIST) {
        VEC_EACH (Expr *, each, &expr->args)
            VEC_PUSH(bind_arena(vm), exprs, *each);
    } else {
        VEC_PUSH(bind_arena(vm), exprs, expr);
    }
    return true;
}

bool to_ordered(Vm *vm, Value args, ExprVec *exprs)
{
    Value list;
    *exprs = (ExprVec){ 0 };
    if (!is_list(args) && !is_tuple(args))
        return to_ordered_one(vm, args, exprs);
    if (!to_list(vm, args, &list))
        return false;
    if (list_len(list) == 1 && (is_list(list_get(list, 0)) || is_tuple(list_get(list, 0))))
        return to_ordered(vm, list_get(list, 0), exprs);
    for (size_t i = 0; i < list_len(list); i++)
        if (!to_ordered_one(vm, list_get(list, i), exprs))
            return false;
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
    if (texts->len == TEXTS_KEPT)
        return expr_text(bind_arena(vm), sql);
    expr = expr_text(record_arena_lasting(vm), sql);
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
    Expr *made = expr_new(bind_arena(vm), kind);
    if (kind != EXPR_NULL)
        made->type = type_new(bind_arena(vm), TYPE_BOOLEAN);
    return give_expr(vm, call, made);
}

static bool fn_column(Vm *vm, Call *call)
{
    ARGS(call, text, type_);
    Name name;
    Type *type;
    if (!to_name(vm, text, &name) || !to_type(vm, type_, &type))
        return false;
    if (is_true(call->args[2]))
        return give_expr(vm, call, expr_literal_column(bind_arena(vm), name.text, type));
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
    ARGS(call, key, given_value, type_, unique, required, quote, callable_, expanding);
    Value value = given_value;
    Name name = { 0 };
    Type *type;
    Datum datum;
    (void)required;
    (void)quote;
    bool given = value_given(value);
    if (!value_is_none(callable_)) {
        if (!vm_call(vm, callable_, NULL, 0, &value))
            return false;
        given = true;
    }
    if (!to_text(vm, key, &name.text) || !to_type(vm, type_, &type) ||
        (given && !script_datum(vm, value, &datum)))
        return false;
    Expr *made = expr_bind(bind_arena(vm), name.text, given ? &datum : NULL, type);
    made->expanding = is_true(expanding);
    made->unique = is_true(unique) || !str_given(name.text);
    made->literal_execute = is_true(call->args[9]);
    if (made->expanding && given && !type && datum.kind == DATUM_LIST && datum.list.len)
        made->type = expr_type_of_datum(bind_arena(vm), &datum.list.items[0]);
    return give_expr(vm, call, made);
}

/* True and False among conditions are what true() and false() are. */
static bool to_truth_expr(Vm *vm, Value v, Expr **expr)
{
    if (v.tag != TAG_BOOL)
        return to_expr(vm, v, NULL, expr);
    *expr = expr_new(bind_arena(vm), v.truth ? EXPR_TRUE : EXPR_FALSE);
    (*expr)->type = type_new(bind_arena(vm), TYPE_BOOLEAN);
    return true;
}

static bool fn_boolean(Vm *vm, Call *call)
{
    ARGS(call, clauses);
    ExprVec all = { 0 };
    bool is_and = strncmp(call->row->signature, "and_", 4) == 0;
    for (size_t i = 0; i < tuple_len(clauses); i++) {
        Expr *each;
        if (!to_truth_expr(vm, tuple_get(clauses, i), &each))
            return false;
        VEC_PUSH(bind_arena(vm), &all, each);
    }
    return give_expr(vm, call,
                     expr_boolean(bind_arena(vm), is_and ? OPERATOR_AND : OPERATOR_OR, &all));
}

static bool fn_not(Vm *vm, Call *call)
{
    ARGS(call, clause);
    Expr *operand;
    return to_truth_expr(vm, clause, &operand) &&
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
    if (strncmp(call->row->signature, "type_coerce", 11) == 0) {
        made->kind = EXPR_COERCE;
        if (operand->kind == EXPR_BIND && operand->type != type) {
            made->args.items[0] = expr_copy(bind_arena(vm), operand);
            made->args.items[0]->type = type;
        }
    }
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
        column = box(vm, label_ref(bind_arena(vm), label));
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
    Call inner = *call;
    bool ok = strncmp(call->row->signature, "over", 4) == 0     ? element_over(vm, &inner)
              : strncmp(call->row->signature, "within", 6) == 0 ? element_within_group(vm, &inner)
                                                                : element_filter(vm, &inner);
    return ok && give(call, inner.result);
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
    Expr *made = expr_new(bind_arena(vm), strncmp(name, "tuple_", 6) == 0 ? EXPR_TUPLE : EXPR_LIST);
    return to_exprs(vm, clauses, &made->args) && give_expr(vm, call, made);
}

static bool fn_array(Vm *vm, Call *call)
{
    ARGS(call, clauses, type_);
    Arena *arena = bind_arena(vm);
    Expr *made = expr_new(arena, EXPR_ARRAY);
    Type *item;
    if (!to_exprs(vm, clauses, &made->args) || !to_type(vm, type_, &item))
        return false;
    if (type_is(item, TYPE_ARRAY))
        item = item->item;
    for (size_t i = 0; !item && i < made->args.len; i++)
        item = made->args.items[i]->type;
    made->type = type_new(arena, TYPE_PG_ARRAY);
    made->type->item = item ? item : type_new(arena, TYPE_NULL);
    return give_expr(vm, call, made);
}

/* WHEN condition: in brackets where it is an operation; of the value compared with, its type. */
static bool case_when(Vm *vm, Expr *made, Value when, Value then)
{
    Expr *condition, *value;
    Arena *arena = bind_arena(vm);
    Type *compared = made->value_of ? made->value_of->type : NULL;
    if (made->value_of ? !to_expr(vm, when, compared, &condition)
                       : !to_truth_expr(vm, when, &condition))
        return false;
    if (!to_expr(vm, then, NULL, &value))
        return false;
    VEC_PUSH(arena, &made->args, expr_group(arena, condition, OPERATOR_NONE));
    VEC_PUSH(arena, &made->args, value);
    if (value->type)
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
    if (!to_list(vm, whens, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Value each = list_get(list, i);
        if (is_dict(each) || (is_list(each) && list_len(list) == 1)) {
            if (!case_pairs(vm, made, each))
                return false;
            continue;
        }
        if (!to_list(vm, each, &pair))
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
    if (!value_is_none(value) && !to_expr(vm, value, NULL, &made->value_of))
        return false;
    if (!case_pairs(vm, made, whens))
        return false;
    if (value_given(else_) && !value_is_none(else_) && !to_expr(vm, else_, NULL, &made->otherwise))
        return false;
    if (made->otherwise && (!made->type || made->type->kind == TYPE_NULL))
        made->type = made->otherwise->type;
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

const NativeRow array_row = { "array(clauses=(), type_=None, **kw)", fn_array,
                              "An array of values." };

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
    { "over(element, partition_by=None, order_by=None, rows=None, range_=None, groups=None)",
      fn_over, "OVER." },
    { "within_group(element, *order_by)", fn_over, "WITHIN GROUP." },
    { "funcfilter(func, *criterion)", fn_over, "FILTER." },
    { "extract(field, expr)", fn_extract, "EXTRACT." },
    { "tuple_(*clauses, types=None)", fn_list, "A tuple of values." },
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
    { "current_user", TYPE_STRING },
    { "session_user", TYPE_STRING },
    { "user", TYPE_STRING },
    { "localtime", TYPE_DATE_TIME },
    { "localtimestamp", TYPE_DATE_TIME },
    { "sysdate", TYPE_DATE_TIME },
    { "concat", TYPE_STRING },
    { "char_length", TYPE_INTEGER },
    { "rank", TYPE_INTEGER },
    { "dense_rank", TYPE_INTEGER },
    { "percent_rank", TYPE_NUMERIC },
    { "cume_dist", TYPE_NUMERIC },
};

/* Functions of the type of their first argument that has one. */
static const char *const argument_types[] = { "max", "min", "sum", "coalesce" };

static Type *first_type(const ExprVec *args)
{
    VEC_EACH (Expr *const, each, args)
        if ((*each)->type && (*each)->type->kind != TYPE_NULL)
            return (*each)->type;
    return NULL;
}

static Type *function_type(Vm *vm, Str name, const ExprVec *args)
{
    for (size_t i = 0; i < sizeof function_types / sizeof *function_types; i++)
        if (str_eq_nocase(name, str_from(function_types[i].name)))
            return type_new(bind_arena(vm), function_types[i].kind);
    for (size_t i = 0; i < sizeof argument_types / sizeof *argument_types; i++)
        if (str_eq_nocase(name, str_from(argument_types[i])))
            return first_type(args);
    if (str_eq_nocase(name, STR("array_agg")) && args->len) {
        Type *made = type_new(bind_arena(vm), TYPE_ARRAY);
        made->item =
            args->items[0]->type ? args->items[0]->type : type_new(bind_arena(vm), TYPE_NULL);
        return type_is(args->items[0]->type, TYPE_ARRAY) ? args->items[0]->type : made;
    }
    return NULL;
}

/* func.cast(x, type) is CAST; func.x(a, 1): a plain value is a bind that is called after it. */
static bool func_call(Vm *vm, Call *call)
{
    ARGS(call, self, clauses, kw);
    const FuncObj *func = payload_of(vm, self, &func_class);
    ExprVec args = { 0 };
    Type *type;
    if (func->name.len == 0)
        return vm_raise(vm, "TypeError", "func is not callable: write func.name(...)");
    if (str_is(func->name, "cast") && tuple_len(clauses) == 2) {
        const Value pair[] = { tuple_get(clauses, 0), tuple_get(clauses, 1) };
        static const NativeRow cast_row = { "cast(expression, type_)", fn_cast, "CAST." };
        Call inner = { .args = pair, .count = 2, .row = &cast_row };
        return fn_cast(vm, &inner) && give(call, inner.result);
    }
    for (size_t i = 0; i < tuple_len(clauses); i++) {
        Expr *arg;
        if (!to_expr(vm, tuple_get(clauses, i), NULL, &arg))
            return false;
        if (arg->kind == EXPR_BIND && arg->unique && !name_given(arg->name) && !arg->head.box)
            arg->name = name_from(func->name);
        if (arg->kind == EXPR_SELECT || arg->kind == EXPR_COMPOUND)
            arg = expr_with(bind_arena(vm), EXPR_SCALAR, arg->type, arg, NULL);
        VEC_PUSH(bind_arena(vm), &args, expr_group(bind_arena(vm), arg, OPERATOR_COMMA));
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
    .records = true,
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
