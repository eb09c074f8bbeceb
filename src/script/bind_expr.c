/* SPDX-License-Identifier: MIT */
/* Operators of columns and expressions. */
#include "script/bind_expr.h"

#include "py/obj_list.h"
#include "sql/query.h"

const NativeRow *row_find(const NativeRow *rows, Str name)
{
    for (; rows->signature; rows++) {
        size_t length = strcspn(rows->signature, "(");
        if (name.len == length && memcmp(name.ptr, rows->signature, length) == 0)
            return rows;
    }
    return NULL;
}

static bool self_expr(Vm *vm, Call *call, Expr **expr)
{
    return to_expr(vm, call->args[0], NULL, expr);
}

static bool give_expr(Vm *vm, Call *call, Expr *expr)
{
    return give(call, box(vm, expr));
}

/* The other side of an operator: a value is a bind that is named after this side. */
static bool to_operand(Vm *vm, Value v, const Expr *beside, Expr **expr)
{
    if (!to_expr(vm, v, beside->type, expr))
        return false;
    if ((*expr)->kind == EXPR_BIND && (*expr)->unique && !name_given((*expr)->name))
        (*expr)->name =
            beside->kind == EXPR_COLUMN && beside->column ? beside->column->name : beside->name;
    return true;
}

/* ---- binary operators: a row's operator stands beside it ---- */

#define BINARY_ROWS(X)                                      \
    X("__lt__(self, other, /)", LT)                         \
    X("__le__(self, other, /)", LE)                         \
    X("__gt__(self, other, /)", GT)                         \
    X("__ge__(self, other, /)", GE)                         \
    X("__sub__(self, other, /)", SUB)                       \
    X("__mul__(self, other, /)", MUL)                       \
    X("__truediv__(self, other, /)", DIV)                   \
    X("__floordiv__(self, other, /)", FLOOR_DIV)            \
    X("__mod__(self, other, /)", MOD)                       \
    X("__lshift__(self, other, /)", SHIFT_LEFT)             \
    X("__rshift__(self, other, /)", SHIFT_RIGHT)            \
    X("concat(self, other)", CONCAT)                        \
    X("is_(self, other)", IS)                               \
    X("is_not(self, other)", IS_NOT)                        \
    X("isnot(self, other)", IS_NOT)                         \
    X("is_distinct_from(self, other)", IS_DISTINCT)         \
    X("is_not_distinct_from(self, other)", IS_NOT_DISTINCT) \
    X("isnot_distinct_from(self, other)", IS_NOT_DISTINCT)  \
    X("bitwise_and(self, other)", BITWISE_AND)              \
    X("bitwise_or(self, other)", BITWISE_OR)                \
    X("bitwise_xor(self, other)", BITWISE_XOR)              \
    X("regexp_match(self, other)", REGEXP)                  \
    X("contained_by(self, other)", CONTAINED)               \
    X("overlap(self, other)", OVERLAP)                      \
    X("has_key(self, other)", HAS_KEY)                      \
    X("has_any(self, other)", HAS_ANY)                      \
    X("has_all(self, other)", HAS_ALL)

#define LIKE_ROWS(X)                                    \
    X("like(self, other, escape=None)", LIKE)           \
    X("not_like(self, other, escape=None)", NOT_LIKE)   \
    X("notlike(self, other, escape=None)", NOT_LIKE)    \
    X("ilike(self, other, escape=None)", ILIKE)         \
    X("not_ilike(self, other, escape=None)", NOT_ILIKE) \
    X("notilike(self, other, escape=None)", NOT_ILIKE)

#define UNARY_ROWS(X)                   \
    X("__neg__(self)", NEG)             \
    X("desc(self)", DESC)               \
    X("asc(self)", ASC)                 \
    X("nulls_first(self)", NULLS_FIRST) \
    X("nullsfirst(self)", NULLS_FIRST)  \
    X("nulls_last(self)", NULLS_LAST)   \
    X("nullslast(self)", NULLS_LAST)    \
    X("distinct(self)", DISTINCT)       \
    X("bitwise_not(self)", BITWISE_NOT) \
    X("any_(self)", ANY)                \
    X("all_(self)", ALL)

#define REFLECTED_ROWS(X)                  \
    X("__rsub__(self, other, /)", SUB)     \
    X("__rmul__(self, other, /)", MUL)     \
    X("__rtruediv__(self, other, /)", DIV) \
    X("__rmod__(self, other, /)", MOD)

typedef struct OperatorRow {
    const char *signature;
    Operator op;
} OperatorRow;

#define OPERATOR_ROW(text, op) { text, OPERATOR_##op },
static const OperatorRow operator_rows[] = { BINARY_ROWS(OPERATOR_ROW) LIKE_ROWS(
    OPERATOR_ROW) UNARY_ROWS(OPERATOR_ROW) REFLECTED_ROWS(OPERATOR_ROW) };
#undef OPERATOR_ROW

static Operator operator_of(const Call *call)
{
    for (size_t i = 0; i < sizeof operator_rows / sizeof *operator_rows; i++)
        if (strcmp(operator_rows[i].signature, call->row->signature) == 0)
            return operator_rows[i].op;
    return OPERATOR_NONE;
}

static bool binary(Vm *vm, Call *call, Operator op, Expr *left, Expr *right)
{
    return give_expr(vm, call, expr_binary(bind_arena(vm), op, left, right));
}

static bool element_binary(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    (void)self;
    if (!self_expr(vm, call, &left) || !to_operand(vm, other, left, &right))
        return false;
    return binary(vm, call, operator_of(call), left, right);
}

static bool element_reflected(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    (void)self;
    if (!self_expr(vm, call, &right) || !to_operand(vm, other, right, &left))
        return false;
    return binary(vm, call, operator_of(call), left, right);
}

static bool is_null(Value v)
{
    const Expr *expr = record_of(v, &expr_record);
    return value_is_none(v) || (expr && expr->kind == EXPR_NULL);
}

static bool element_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    (void)self;
    bool equal = strncmp(call->row->signature, "__eq__", 6) == 0;
    Operator op = is_null(other) ? (equal ? OPERATOR_IS : OPERATOR_IS_NOT)
                                 : (equal ? OPERATOR_EQ : OPERATOR_NE);
    if (!self_expr(vm, call, &left) || !to_operand(vm, other, left, &right))
        return false;
    return binary(vm, call, op, left, right);
}

static bool is_text(const Expr *expr)
{
    return expr->type ? type_is(expr->type, TYPE_STRING)
                      : expr->kind == EXPR_BIND && expr->value.kind == DATUM_STR;
}

/* `+` joins texts. */
static bool element_add(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    (void)self;
    if (!self_expr(vm, call, &left) || !to_operand(vm, other, left, &right))
        return false;
    Operator op = is_text(left) || is_text(right) ? OPERATOR_CONCAT : OPERATOR_ADD;
    if (strncmp(call->row->signature, "__radd__", 8) == 0)
        return binary(vm, call, op, right, left);
    return binary(vm, call, op, left, right);
}

static bool element_like(Vm *vm, Call *call)
{
    ARGS(call, self, other, escape);
    Expr *left, *right;
    Datum sign;
    (void)self;
    if (!self_expr(vm, call, &left) || !to_operand(vm, other, left, &right))
        return false;
    Expr *made = expr_binary(bind_arena(vm), operator_of(call), left, right);
    if (!value_is_none(escape)) {
        if (!script_datum(vm, escape, &sign))
            return false;
        made->escape = expr_literal(bind_arena(vm), &sign, NULL);
    }
    return give_expr(vm, call, made);
}

static bool element_unary(Vm *vm, Call *call)
{
    Expr *operand;
    if (!self_expr(vm, call, &operand))
        return false;
    return give_expr(vm, call, expr_unary(bind_arena(vm), operator_of(call), operand));
}

/* startswith, endswith, contains: LIKE with the wildcards joined on. */
static bool element_pattern(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    (void)self;
    const char *name = call->row->signature;
    if (!self_expr(vm, call, &left) || !to_operand(vm, other, left, &right))
        return false;
    bool json = left->type && (type_is(left->type, TYPE_JSON) || type_is(left->type, TYPE_ARRAY));
    if (strncmp(name, "contains", 8) == 0 && json)
        return binary(vm, call, OPERATOR_CONTAINS, left, right);
    Arena *arena = bind_arena(vm);
    Datum percent = datum_str(STR("%"));
    Expr *pattern = right;
    if (strncmp(name, "startswith", 10) != 0)
        pattern = expr_binary(arena, OPERATOR_CONCAT, expr_literal(arena, &percent, NULL), pattern);
    if (strncmp(name, "endswith", 8) != 0)
        pattern = expr_binary(arena, OPERATOR_CONCAT, pattern, expr_literal(arena, &percent, NULL));
    return binary(vm, call, OPERATOR_LIKE, left, pattern);
}

/* ---- boolean operators ---- */

static bool element_boolean(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    (void)self;
    const char *name = call->row->signature;
    if (!self_expr(vm, call, &left) || !to_expr(vm, other, NULL, &right))
        return false;
    ExprVec args = { 0 };
    bool reflected = name[2] == 'r' && name[3] != '_';
    VEC_PUSH(bind_arena(vm), &args, reflected ? right : left);
    VEC_PUSH(bind_arena(vm), &args, reflected ? left : right);
    bool is_and = strstr(name, "and__") != NULL;
    return give_expr(vm, call,
                     expr_boolean(bind_arena(vm), is_and ? OPERATOR_AND : OPERATOR_OR, &args));
}

static bool element_invert(Vm *vm, Call *call)
{
    Expr *operand;
    return self_expr(vm, call, &operand) && give_expr(vm, call, expr_not(bind_arena(vm), operand));
}

/* `if a == b`: whether both sides are the same thing; other expressions have no truth. */
static bool element_bool(Vm *vm, Call *call)
{
    Expr *expr;
    if (!self_expr(vm, call, &expr))
        return false;
    bool equal = expr->kind == EXPR_BINARY && expr->op == OPERATOR_EQ;
    if (equal || (expr->kind == EXPR_BINARY && expr->op == OPERATOR_NE)) {
        const Expr *a = expr->args.items[0], *b = expr->args.items[1];
        bool same = a == b || (a->kind == EXPR_COLUMN && b->kind == EXPR_COLUMN && a->column &&
                               a->column == b->column);
        return give(call, value_bool(same == equal));
    }
    if (value_is(call->args[0], OBJ_RECORD) && record_of(call->args[0], &column_record))
        return vm_raise(vm, "TypeError", "Boolean value of this clause is not defined");
    return vm_raise(vm, "TypeError", "Boolean value of this clause is not defined");
}

static bool element_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_int((int64_t)((uintptr_t)self.object >> 4)));
}

/* ---- in_, between, and the like ---- */

static bool element_in(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    Arena *arena = bind_arena(vm);
    (void)self;
    if (!self_expr(vm, call, &left))
        return false;
    if (record_of(other, &expr_record)) {
        if (!to_operand(vm, other, left, &right))
            return false;
    } else {
        Value list;
        if (!vm_to_list(vm, other, &list))
            return false;
        right = expr_new(arena, EXPR_LIST);
        for (size_t i = 0; i < list_len(list); i++) {
            Expr *item;
            if (!to_expr(vm, list_get(list, i), left->type, &item))
                return false;
            VEC_PUSH(arena, &right->args, item);
        }
    }
    Expr *made = expr_new(arena, EXPR_IN);
    made->op = strncmp(call->row->signature, "in_", 3) == 0 ? OPERATOR_IN : OPERATOR_NOT_IN;
    VEC_PUSH(arena, &made->args, left);
    VEC_PUSH(arena, &made->args, right);
    return give_expr(vm, call, made);
}

static bool element_between(Vm *vm, Call *call)
{
    ARGS(call, self, cleft, cright);
    Expr *operand, *low, *high;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_operand(vm, cleft, operand, &low) ||
        !to_operand(vm, cright, operand, &high))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_BETWEEN);
    made->op = OPERATOR_BETWEEN;
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    VEC_PUSH(bind_arena(vm), &made->args, low);
    VEC_PUSH(bind_arena(vm), &made->args, high);
    return give_expr(vm, call, made);
}

static bool element_label(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    Expr *operand;
    Name label;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_name(vm, name, &label))
        return false;
    return give_expr(vm, call, expr_label(bind_arena(vm), operand, label.text));
}

static bool element_cast(Vm *vm, Call *call)
{
    ARGS(call, self, type_);
    Expr *operand;
    Type *type;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_type(vm, type_, &type))
        return false;
    return give_expr(vm, call, expr_cast(bind_arena(vm), operand, type));
}

static bool element_collate(Vm *vm, Call *call)
{
    ARGS(call, self, collation);
    Expr *operand;
    Str text;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_text(vm, collation, &text))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_COLLATE);
    made->text = text;
    made->type = operand->type;
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    return give_expr(vm, call, made);
}

/* col.op("~")(other) */
static bool custom_operator(Vm *vm, Call *call)
{
    ARGS(call, other);
    const Expr *pattern = call->context;
    Expr *right;
    if (!to_operand(vm, other, pattern->args.items[0], &right))
        return false;
    Expr *made = expr_copy(bind_arena(vm), pattern);
    made->args = (ExprVec){ 0 };
    VEC_PUSH(bind_arena(vm), &made->args, pattern->args.items[0]);
    VEC_PUSH(bind_arena(vm), &made->args, right);
    return give_expr(vm, call, made);
}

static const NativeRow custom_row = { "operator(other, /)", custom_operator, "Apply it." };

static bool element_op(Vm *vm, Call *call)
{
    ARGS(call, self, opstring);
    Expr *operand;
    Str text;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_text(vm, opstring, &text))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_BINARY);
    made->op = OPERATOR_CUSTOM;
    made->text = text;
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    return give(call, vm_function(vm, &custom_row, made));
}

/* column["key"]: JSON and arrays. */
static bool element_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, key);
    Expr *left, *right;
    (void)self;
    if (!self_expr(vm, call, &left))
        return false;
    bool json = left->type && type_is(left->type, TYPE_JSON);
    bool array = left->type && type_is(left->type, TYPE_ARRAY);
    if (!json && !array)
        return vm_raise(vm, "NotImplementedError",
                        "Operator 'getitem' is not supported on this expression");
    if (!to_expr(vm, key, NULL, &right))
        return false;
    Expr *made =
        expr_binary(bind_arena(vm),
                    json ? is_tuple(key) ? OPERATOR_JSON_PATH : OPERATOR_JSON_GET : OPERATOR_INDEX,
                    left, right);
    made->type = array && left->type->item ? left->type->item : left->type;
    return give_expr(vm, call, made);
}

static bool element_astext(Vm *vm, Call *call)
{
    Expr *expr;
    if (!self_expr(vm, call, &expr))
        return false;
    Expr *made = expr_copy(bind_arena(vm), expr);
    if (made->op == OPERATOR_JSON_GET)
        made->op = OPERATOR_JSON_GET_TEXT;
    else if (made->op == OPERATOR_JSON_PATH)
        made->op = OPERATOR_JSON_PATH_TEXT;
    made->type = type_new(bind_arena(vm), TYPE_TEXT);
    return give_expr(vm, call, made);
}

/* ---- windows ---- */

static bool element_over(Vm *vm, Call *call)
{
    ARGS(call, self, partition_by, order_by);
    Expr *operand;
    (void)self;
    if (!self_expr(vm, call, &operand))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_OVER);
    made->type = operand->type;
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    if (!value_is_none(partition_by) && !to_exprs(vm, partition_by, &made->partition_by))
        return false;
    if (!value_is_none(order_by) && !to_exprs(vm, order_by, &made->order_by))
        return false;
    return give_expr(vm, call, made);
}

static bool element_filter(Vm *vm, Call *call)
{
    ARGS(call, self, criterion);
    Expr *operand, *condition;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_condition(vm, criterion, &condition))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_FILTER);
    made->type = operand->type;
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    VEC_PUSH(bind_arena(vm), &made->args, condition);
    return give_expr(vm, call, made);
}

static bool element_self_group(Vm *vm, Call *call)
{
    Expr *operand;
    if (!self_expr(vm, call, &operand))
        return false;
    Expr *made = expr_new(bind_arena(vm), EXPR_GROUP);
    made->type = operand->type;
    VEC_PUSH(bind_arena(vm), &made->args, operand);
    return give_expr(vm, call, made);
}

/* ---- text ---- */

static bool expr_text_of(Vm *vm, const Expr *expr, const Dialect *dialect, BindMode mode, Str *text)
{
    DatumVec params = { 0 };
    Error err = vm_error(vm);
    QueryOptions options = { .mode = mode, .calls = &script_of(vm)->calls };
    return query_compile(bind_arena(vm), dialect, &options, expr, text, &params, &err) ||
           raise_error(vm, &err);
}

static bool element_str(Vm *vm, Call *call)
{
    Expr *expr;
    Str text;
    if (!self_expr(vm, call, &expr) || !expr_text_of(vm, expr, &default_dialect, BIND_NAMED, &text))
        return false;
    return give(call, make_str(vm, text));
}

static bool dialect_of(Vm *vm, Value v, const Dialect **dialect)
{
    Value name;
    Str text;
    *dialect = &default_dialect;
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

/* expression.compile(dialect=..., compile_kwargs={"literal_binds": True}): its text. */
static bool element_compile(Vm *vm, Call *call)
{
    ARGS(call, self, bind, dialect, compile_kwargs);
    Expr *expr;
    Str text;
    const Dialect *chosen;
    (void)self;
    bool literal = is_dict(compile_kwargs) && is_true(keyword(compile_kwargs, "literal_binds"));
    if (!self_expr(vm, call, &expr) ||
        !dialect_of(vm, value_is_none(dialect) ? bind : dialect, &chosen) ||
        !expr_text_of(vm, expr, chosen, literal ? BIND_LITERAL : BIND_NAMED, &text))
        return false;
    Value compiled, result;
    const Value argument = make_str(vm, text);
    return bind_import(vm, "sqlalchemy.ext.compiler", "_Compiled", &compiled) &&
           vm_call(vm, compiled, &argument, 1, &result) && give(call, result);
}

#define BINARY(text, op) { text, element_binary, "An operator." },
#define LIKE(text, op) { text, element_like, "An operator." },
#define UNARY(text, op) { text, element_unary, "An operator." },
#define REFLECTED(text, op) { text, element_reflected, "An operator." },
const NativeRow element_methods[] = {
    BINARY_ROWS(BINARY) LIKE_ROWS(LIKE) UNARY_ROWS(UNARY)
        REFLECTED_ROWS(REFLECTED){ "__eq__(self, other, /)", element_eq, "Equality in SQL." },
    { "__ne__(self, other, /)", element_eq, "Inequality in SQL." },
    { "__add__(self, other, /)", element_add, "Sum, or joined texts." },
    { "__radd__(self, other, /)", element_add, "Sum, or joined texts." },
    { "__and__(self, other, /)", element_boolean, "AND." },
    { "__rand__(self, other, /)", element_boolean, "AND." },
    { "__or__(self, other, /)", element_boolean, "OR." },
    { "__ror__(self, other, /)", element_boolean, "OR." },
    { "__invert__(self)", element_invert, "NOT." },
    { "__bool__(self)", element_bool, "Of equalities only." },
    { "__hash__(self)", element_hash, "By identity." },
    { "__str__(self)", element_str, "As SQL." },
    { "__getitem__(self, key, /)", element_getitem, "An element of JSON or an array." },
    { "startswith(self, other, **kw)", element_pattern, "LIKE 'x%'." },
    { "endswith(self, other, **kw)", element_pattern, "LIKE '%x'." },
    { "contains(self, other, **kw)", element_pattern, "LIKE '%x%', or @>." },
    { "in_(self, other)", element_in, "IN." },
    { "not_in(self, other)", element_in, "NOT IN." },
    { "notin_(self, other)", element_in, "NOT IN." },
    { "between(self, cleft, cright, symmetric=False)", element_between, "BETWEEN." },
    { "label(self, name)", element_label, "AS." },
    { "cast(self, type_)", element_cast, "CAST." },
    { "collate(self, collation)", element_collate, "COLLATE." },
    { "op(self, opstring, precedence=0, is_comparison=False, return_type=None)", element_op,
      "An operator by its text." },
    { "bool_op(self, opstring, precedence=0)", element_op, "An operator by its text." },
    { "over(self, partition_by=None, order_by=None, rows=None, range_=None)", element_over,
      "OVER." },
    { "filter(self, *criterion)", element_filter, "FILTER." },
    { "self_group(self, against=None)", element_self_group, "In brackets." },
    { "as_string(self)", element_astext, "An element of JSON as text." },
    { "compile(self, bind=None, dialect=None, compile_kwargs=None, **kw)", element_compile,
      "As SQL." },
};
const size_t element_method_count = sizeof element_methods / sizeof *element_methods;

static const NativeRow element_getters[] = {
    { "astext(self)", element_astext, "An element of JSON as text." },
    { "expression(self)", element_self_group, "The expression." },
};

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

static bool clause_columns(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

static const NativeRow text_methods[] = {
    { "bindparams(self, *args, **kw)", clause_bindparams, "Give values to the names." },
    { "params(self, *args, **kw)", clause_bindparams, "Give values to the names." },
    { "columns(self, *args, **kw)", clause_columns, "Say what the columns are." },
    { "execution_options(self, **kw)", clause_columns, "The text itself." },
    { "__and__(self, other, /)", element_boolean, "AND." },
    { "__or__(self, other, /)", element_boolean, "OR." },
    { "__invert__(self)", element_invert, "NOT." },
    { "__bool__(self)", element_bool, "Of equalities only." },
    { "__str__(self)", element_str, "As SQL." },
    { "self_group(self, against=None)", element_self_group, "In brackets." },
    { "label(self, name)", element_label, "AS." },
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
    { "execution_options(self, **kw)", clause_columns, "The statement itself." },
    { "self_group(self, against=None)", element_self_group, "In brackets." },
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
      .module = "sqlalchemy.sql.elements",
      .lasting = true },
    { .record = &text_record,
      .methods = text_methods,
      .method_count = sizeof text_methods / sizeof *text_methods,
      .getters = text_getters,
      .getter_count = sizeof text_getters / sizeof *text_getters,
      .module = "sqlalchemy.sql.elements",
      .lasting = true },
};

static void element_register(Vm *vm)
{
    size_t count = element_method_count + subquery_method_count;
    NativeRow *rows = ARENA_ARRAY(bind_arena(vm), NativeRow, count);
    memcpy(rows, element_methods, sizeof element_methods);
    for (size_t i = 0; i < subquery_method_count; i++)
        rows[element_method_count + i] = subquery_methods[i];
    RecordHooks *hooks = ARENA_NEW(bind_arena(vm), RecordHooks);
    *hooks = (RecordHooks){ .record = &element_record,
                            .methods = rows,
                            .method_count = count,
                            .getters = element_getters,
                            .getter_count = sizeof element_getters / sizeof *element_getters,
                            .module = "sqlalchemy.sql.elements",
                            .lasting = true };
    record_register(vm, hooks);
}

void bind_expr_register(Vm *vm)
{
    for (size_t i = 0; i < sizeof expr_hooks / sizeof *expr_hooks; i++)
        record_register(vm, &expr_hooks[i]);
    element_register(vm);
    bind_select_register(vm);
}
