/* SPDX-License-Identifier: MIT */
/* Operators of columns and expressions. */
#include "py/obj_list.h"
#include "script/bind_expr.h"
#include "sql/query.h"

static bool give_expr(Vm *vm, Call *call, Expr *expr)
{
    return give(call, box(vm, expr));
}

static bool self_expr(Vm *vm, Call *call, Expr **expr)
{
    return to_expr(vm, call->args[0], NULL, expr);
}

static bool starts_with(const Call *call, const char *text)
{
    return strncmp(call->row->signature, text, strlen(text)) == 0;
}

/* ---- the other side ---- */

static bool is_expression(Vm *vm, Value v, bool *is)
{
    Value element = VALUE_UNSET;
    *is = record_of(v, &expr_record) || record_of(v, &column_record) ||
          record_of(v, &table_record) || is_opaque(v);
    if (*is || v.tag != TAG_OBJECT || is_str(v) || is_list(v) || is_tuple(v) || is_dict(v))
        return true;
    if (!vm_getattr_if(vm, v, "__clause_element__", &element))
        return false;
    *is = value_given(element);
    return true;
}

/* JSON.NULL beside JSONB is JSONB's. */
static bool is_json_null(const Expr *expr, const Expr *beside)
{
    return expr->kind == EXPR_BIND && expr->bound && expr->value.kind == DATUM_NONE &&
           type_is(expr->type, TYPE_JSON) && type_is(beside->type, TYPE_JSON);
}

static Type *json_null_type(Vm *vm, const Type *beside)
{
    Type *type = ARENA_NEW(bind_arena(vm), Type);
    *type = *beside;
    type->none_as_null = TRI_NONE;
    return type;
}

/* A plain value is a bind that is called after the side it stands beside, and of its type. */
bool to_operand(Vm *vm, Value v, const Expr *beside, Expr **expr)
{
    bool is;
    Datum datum;
    if (!is_expression(vm, v, &is))
        return false;
    if (is) {
        if (!to_expr(vm, v, NULL, expr))
            return false;
        bool untyped = (*expr)->kind == EXPR_BIND && !(*expr)->type && beside->type;
        if (untyped || is_json_null(*expr, beside)) {
            Expr *typed = expr_copy(bind_arena(vm), *expr);
            typed->identity = untyped ? typed->identity : NULL;
            typed->type = untyped ? beside->type : json_null_type(vm, beside->type);
            *expr = typed;
        }
        return true;
    }
    if (!script_datum(vm, v, &datum))
        return false;
    Arena *arena = bind_arena(vm);
    *expr = expr_literal(arena, &datum, expr_type_beside(arena, beside, &datum));
    Str stem = expr_bind_stem(beside);
    if (str_given(stem))
        (*expr)->name = name_from(stem);
    return true;
}

/* NULL, TRUE or FALSE where the value is one of these; NULL where it is not. */
static Expr *constant_of(Vm *vm, Value v)
{
    Expr *expr = record_of(v, &expr_record);
    bool constant =
        expr && (expr->kind == EXPR_NULL || expr->kind == EXPR_TRUE || expr->kind == EXPR_FALSE);
    if (constant)
        return expr;
    if (value_is_none(v))
        return expr_new(bind_arena(vm), EXPR_NULL);
    if (v.tag != TAG_BOOL)
        return NULL;
    Expr *made = expr_new(bind_arena(vm), v.truth ? EXPR_TRUE : EXPR_FALSE);
    made->type = type_new(bind_arena(vm), TYPE_BOOLEAN);
    return made;
}

/* ---- binary operators: a row's operator stands beside it ---- */

#define BINARY_ROWS(X)                           \
    X("__lt__(self, other, /)", LT)              \
    X("__le__(self, other, /)", LE)              \
    X("__gt__(self, other, /)", GT)              \
    X("__ge__(self, other, /)", GE)              \
    X("__add__(self, other, /)", ADD)            \
    X("__sub__(self, other, /)", SUB)            \
    X("__mul__(self, other, /)", MUL)            \
    X("__truediv__(self, other, /)", DIV)        \
    X("__floordiv__(self, other, /)", FLOOR_DIV) \
    X("__mod__(self, other, /)", MOD)            \
    X("concat(self, other)", CONCAT)             \
    X("bitwise_and(self, other)", BITWISE_AND)   \
    X("bitwise_or(self, other)", BITWISE_OR)     \
    X("bitwise_xor(self, other)", BITWISE_XOR)   \
    X("bitwise_lshift(self, other)", SHIFT_LEFT) \
    X("bitwise_rshift(self, other)", SHIFT_RIGHT)

/* Of the types of PostgreSQL. */
#define SPECIAL_ROWS(X)                        \
    X("contained_by(self, other)", CONTAINED)  \
    X("overlap(self, other)", OVERLAP)         \
    X("overlaps(self, other)", OVERLAP)        \
    X("has_key(self, other)", HAS_KEY)         \
    X("has_any(self, other)", HAS_ANY)         \
    X("has_all(self, other)", HAS_ALL)         \
    X("path_exists(self, other)", PATH_EXISTS) \
    X("path_match(self, other)", PATH_MATCH)   \
    X("delete_path(self, array)", DELETE_PATH)

#define LIKE_ROWS(X)                                                      \
    X("like(self, other, escape=None)", LIKE)                             \
    X("not_like(self, other, escape=None)", NOT_LIKE)                     \
    X("notlike(self, other, escape=None)", NOT_LIKE)                      \
    X("ilike(self, other, escape=None)", ILIKE)                           \
    X("not_ilike(self, other, escape=None)", NOT_ILIKE)                   \
    X("notilike(self, other, escape=None)", NOT_ILIKE)                    \
    X("startswith(self, other, escape=None, autoescape=False)", STARTS)   \
    X("endswith(self, other, escape=None, autoescape=False)", ENDS)       \
    X("contains(self, other, escape=None, autoescape=False)", HOLDS)      \
    X("istartswith(self, other, escape=None, autoescape=False)", ISTARTS) \
    X("iendswith(self, other, escape=None, autoescape=False)", IENDS)     \
    X("icontains(self, other, escape=None, autoescape=False)", IHOLDS)

#define CONSTANT_ROWS(X)                                    \
    X("__eq__(self, other, /)", EQ)                         \
    X("__ne__(self, other, /)", NE)                         \
    X("is_(self, other)", IS)                               \
    X("is_not(self, other)", IS_NOT)                        \
    X("isnot(self, other)", IS_NOT)                         \
    X("is_distinct_from(self, other)", IS_DISTINCT)         \
    X("is_not_distinct_from(self, other)", IS_NOT_DISTINCT) \
    X("isnot_distinct_from(self, other)", IS_NOT_DISTINCT)

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

#define REFLECTED_ROWS(X)                         \
    X("__radd__(self, other, /)", ADD)            \
    X("__rsub__(self, other, /)", SUB)            \
    X("__rmul__(self, other, /)", MUL)            \
    X("__rtruediv__(self, other, /)", DIV)        \
    X("__rfloordiv__(self, other, /)", FLOOR_DIV) \
    X("__rmod__(self, other, /)", MOD)

#define ITEM_ROWS(X)                              \
    X("any(self, other=..., operator=None)", ANY) \
    X("all(self, other=..., operator=None)", ALL)

typedef struct OperatorRow {
    const char *signature;
    Operator op;
} OperatorRow;

#define OPERATOR_ROW(text, op) { text, OPERATOR_##op },
static const OperatorRow operator_rows[] = { BINARY_ROWS(OPERATOR_ROW) SPECIAL_ROWS(OPERATOR_ROW)
                                                 LIKE_ROWS(OPERATOR_ROW) CONSTANT_ROWS(OPERATOR_ROW)
                                                     UNARY_ROWS(OPERATOR_ROW)
                                                         REFLECTED_ROWS(OPERATOR_ROW)
                                                             ITEM_ROWS(OPERATOR_ROW) };
#undef OPERATOR_ROW

static Operator operator_of(const Call *call)
{
    for (size_t i = 0; i < sizeof operator_rows / sizeof *operator_rows; i++)
        if (operator_rows[i].signature == call->row->signature ||
            strcmp(operator_rows[i].signature, call->row->signature) == 0)
            return operator_rows[i].op;
    return OPERATOR_NONE;
}

/* Functions that SQLAlchemy knows have classes of their own, below that of the others. */
static bool is_known_function(const Expr *expr)
{
    static const char *const names[] = {
        "array_agg",
        "char_length",
        "coalesce",
        "concat",
        "count",
        "cume_dist",
        "current_date",
        "current_time",
        "current_timestamp",
        "current_user",
        "dense_rank",
        "localtime",
        "localtimestamp",
        "max",
        "min",
        "mode",
        "now",
        "percent_rank",
        "percentile_cont",
        "percentile_disc",
        "random",
        "rank",
        "session_user",
        "sum",
        "sysdate",
        "user",
    };
    for (size_t i = 0; expr->kind == EXPR_FUNCTION && i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(expr->name.text, str_from(names[i])))
            return true;
    return false;
}

/*
 * Python asks the right side of a comparison first where its class is below the left one's: a
 * function that SQLAlchemy knows beside one that it does not, a Column beside a column().
 */
static bool right_compares_first(const Expr *left, const Expr *right)
{
    if (left->kind == EXPR_FUNCTION && right->kind == EXPR_FUNCTION)
        return !is_known_function(left) && is_known_function(right);
    return left->kind == EXPR_COLUMN && right->kind == EXPR_COLUMN && !expr_is_table_column(left) &&
           expr_is_table_column(right);
}

static const Operator mirrors[][2] = {
    { OPERATOR_EQ, OPERATOR_EQ }, { OPERATOR_NE, OPERATOR_NE }, { OPERATOR_LT, OPERATOR_GT },
    { OPERATOR_GT, OPERATOR_LT }, { OPERATOR_LE, OPERATOR_GE }, { OPERATOR_GE, OPERATOR_LE },
};

/* ANY and ALL stand on the right: any_(x) == a is a = ANY (x). */
static bool stands_right(const Expr *left)
{
    return left->kind == EXPR_UNARY && (left->op == OPERATOR_ANY || left->op == OPERATOR_ALL);
}

static bool binary(Vm *vm, Call *call, Operator op, Expr *left, Expr *right)
{
    for (size_t i = 0; i < sizeof mirrors / sizeof *mirrors; i++)
        if (mirrors[i][0] == op && call->row->signature[0] == '_' &&
            (right_compares_first(left, right) || stands_right(left)))
            return give_expr(vm, call, expr_binary(bind_arena(vm), mirrors[i][1], right, left));
    return give_expr(vm, call, expr_binary(bind_arena(vm), op, left, right));
}

static bool ordered_constant(Vm *vm, Operator op, Value other)
{
    bool orders = op == OPERATOR_LT || op == OPERATOR_LE || op == OPERATOR_GT || op == OPERATOR_GE;
    if (orders && constant_of(vm, other))
        return raise_sa(vm, "ArgumentError",
                        "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', "
                        "'is_not_distinct_from()' operators can be used with None/True/False");
    return true;
}

static bool element_binary(Vm *vm, Call *call)
{
    Expr *left, *right;
    Operator op = operator_of(call);
    if (!ordered_constant(vm, op, call->args[1]) || !self_expr(vm, call, &left) ||
        !to_operand(vm, call->args[1], left, &right))
        return false;
    return binary(vm, call, op, left, right);
}

/* Operators that only some types have: the other side is of the same type, or of text. */
static bool element_special(Vm *vm, Call *call)
{
    Expr *left, *right;
    Operator op = operator_of(call);
    if (!self_expr(vm, call, &left) || !to_operand(vm, call->args[1], left, &right))
        return false;
    if (op == OPERATOR_DELETE_PATH) {
        Type *array = type_new(bind_arena(vm), TYPE_PG_ARRAY);
        array->item = type_new(bind_arena(vm), TYPE_TEXT);
        right = expr_cast(bind_arena(vm), right, array);
    }
    Expr *made = expr_binary(bind_arena(vm), op, left, right);
    if (op == OPERATOR_DELETE_PATH)
        made->type = left->type;
    return give_expr(vm, call, made);
}

static bool element_reflected(Vm *vm, Call *call)
{
    Expr *left, *right;
    if (!self_expr(vm, call, &right) || !to_operand(vm, call->args[1], right, &left))
        return false;
    return binary(vm, call, operator_of(call), left, right);
}

/* Comparisons that take NULL, TRUE and FALSE as they are. */
static bool element_constant(Vm *vm, Call *call)
{
    Expr *left, *right = constant_of(vm, call->args[1]);
    Operator op = operator_of(call);
    if (!self_expr(vm, call, &left))
        return false;
    if (!right && !to_operand(vm, call->args[1], left, &right))
        return false;
    if (right->kind == EXPR_NULL && op == OPERATOR_EQ)
        op = OPERATOR_IS;
    if (right->kind == EXPR_NULL && op == OPERATOR_NE)
        op = OPERATOR_IS_NOT;
    return binary(vm, call, op, left, right);
}

/* ---- LIKE ---- */

/* autoescape=True: the wildcards in what is searched are escaped, by `/` unless another is given.
 */
static bool pattern_escaped(Vm *vm, Value *other, Str escape)
{
    Str text;
    Arena *arena = bind_arena(vm);
    if (!is_str(*other))
        return vm_raise(vm, "TypeError", "String value expected when autoescape=True");
    if (!to_str(vm, *other, &text))
        return false;
    if (!str_is(escape, "%") && !str_is(escape, "_"))
        text = str_replace(arena, text, escape, str_concat(arena, escape, escape));
    text = str_replace(arena, text, STR("%"), str_concat(arena, escape, STR("%")));
    text = str_replace(arena, text, STR("_"), str_concat(arena, escape, STR("_")));
    *other = make_str(vm, text);
    return true;
}

static bool holds_items(const Type *type)
{
    return type_is(type, TYPE_JSON) || type_is(type, TYPE_ARRAY) || type_is(type, TYPE_PG_HSTORE) ||
           (type && type->kind >= TYPE_PG_INT4RANGE && type->kind <= TYPE_PG_TSTZMULTIRANGE);
}

static bool element_like(Vm *vm, Call *call)
{
    Value other = call->args[1], escape = call->args[2];
    Expr *left, *right;
    Datum sign;
    Operator op = operator_of(call);
    bool autoescape = call->count > 3 && is_true(call->args[3]);
    if (!self_expr(vm, call, &left))
        return false;
    if (op == OPERATOR_HOLDS && holds_items(left->type))
        return to_operand(vm, other, left, &right) &&
               binary(vm, call, OPERATOR_CONTAINS, left, right);
    if (autoescape && value_is_none(escape))
        escape = make_str(vm, STR("/"));
    vm_push(vm, escape);
    bool ok = value_is_none(escape) || script_datum(vm, escape, &sign);
    if (ok && autoescape)
        ok = pattern_escaped(vm, &other, sign.text);
    ok = ok && to_operand(vm, other, left, &right);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    Expr *made = expr_binary(bind_arena(vm), op, left, right);
    if (!value_is_none(escape))
        made->escape = expr_literal(bind_arena(vm), &sign, NULL);
    return give_expr(vm, call, made);
}

/* regexp_match(), regexp_replace(), match() */
static bool element_regexp(Vm *vm, Call *call)
{
    ARGS(call, self, pattern);
    Expr *left, *right, *replacement;
    bool replace = starts_with(call, "regexp_replace"), match = starts_with(call, "match");
    Value flags = match ? VALUE_NONE : call->args[replace ? 3 : 2];
    Str text = STR_NONE;
    (void)self;
    if (!self_expr(vm, call, &left) || !to_operand(vm, pattern, left, &right) ||
        (!value_is_none(flags) && !to_text(vm, flags, &text)))
        return false;
    Operator op = replace ? OPERATOR_REGEXP_REPLACE : match ? OPERATOR_MATCH_TEXT : OPERATOR_REGEXP;
    if (replace) {
        if (!to_operand(vm, call->args[2], left, &replacement))
            return false;
        Expr *both = expr_with(bind_arena(vm), EXPR_LIST, right->type, right, replacement);
        right = both;
    }
    Expr *made = expr_with(bind_arena(vm), EXPR_BINARY,
                           replace ? NULL : type_new(bind_arena(vm), TYPE_BOOLEAN),
                           expr_group(bind_arena(vm), left, op),
                           replace ? right : expr_group(bind_arena(vm), right, op));
    made->op = op;
    made->text = text;
    return give_expr(vm, call, made);
}

/* ---- unary ---- */

static bool element_unary(Vm *vm, Call *call)
{
    Expr *operand;
    if (!self_expr(vm, call, &operand))
        return false;
    return give_expr(vm, call, expr_unary(bind_arena(vm), operator_of(call), operand));
}

/* array.any(value): value = ANY (array). */
static bool element_any_item(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *array, *item;
    (void)self;
    if (!self_expr(vm, call, &array))
        return false;
    if (!value_given(other))
        return element_unary(vm, call);
    Expr beside = { .kind = array->kind, .name = array->name, .column = array->column };
    beside.type = array->type ? array->type->item : NULL;
    if (!to_operand(vm, other, &beside, &item))
        return false;
    return binary(vm, call, OPERATOR_EQ, item,
                  expr_unary(bind_arena(vm), operator_of(call), array));
}

/* ---- boolean operators ---- */

static bool element_boolean(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right = constant_of(vm, other);
    (void)self;
    const char *name = call->row->signature;
    if (!self_expr(vm, call, &left) || (!right && !to_expr(vm, other, NULL, &right)))
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
        bool columns = a->kind == EXPR_COLUMN && b->kind == EXPR_COLUMN && a->from == b->from;
        bool same = expr_identity(a) == expr_identity(b) ||
                    (columns && a->column && a->column == b->column);
        return give(call, value_bool(same == equal));
    }
    return vm_raise(vm, "TypeError", "Boolean value of this clause is not defined");
}

static bool element_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_int((int64_t)((uintptr_t)self.object >> 4)));
}

/* ---- in_, between, and the like ---- */

/* A list with expressions in it is written out; one of values alone is one bind. */
static bool in_list(Vm *vm, Value list, const Expr *left, Expr **right)
{
    Arena *arena = bind_arena(vm);
    bool plain = true;
    for (size_t i = 0; i < list_len(list); i++) {
        bool is;
        if (!is_expression(vm, list_get(list, i), &is))
            return false;
        plain = plain && !is;
    }
    if (plain) {
        Datum values;
        if (!script_datum(vm, list, &values))
            return false;
        Expr *bind = expr_literal(arena, &values, left->type);
        if (!bind->type && values.list.len)
            bind->type = expr_type_of_datum(arena, &values.list.items[0]);
        Str stem = expr_bind_stem(left);
        if (str_given(stem))
            bind->name = name_from(stem);
        bind->expanding = true;
        *right = bind;
        return true;
    }
    *right = expr_new(arena, EXPR_LIST);
    for (size_t i = 0; i < list_len(list); i++) {
        Expr *item = value_is_none(list_get(list, i)) ? expr_new(arena, EXPR_NULL) : NULL;
        if (!item && !to_operand(vm, list_get(list, i), left, &item))
            return false;
        VEC_PUSH(arena, &(*right)->args, item);
    }
    return true;
}

static bool in_operand(Vm *vm, Value other, const Expr *left, Expr **right)
{
    Value list, element = VALUE_UNSET;
    bool listed = is_list(other) || is_tuple(other) || is_str(other);
    if (!listed && !record_of(other, &expr_record) && !is_opaque(other) &&
        !vm_getattr_if(vm, other, "__clause_element__", &element))
        return false;
    if (value_given(element) || record_of(other, &expr_record) || is_opaque(other)) {
        if (!to_operand(vm, other, left, right))
            return false;
        if ((*right)->kind == EXPR_ALIAS || (*right)->kind == EXPR_CTE) {
            Expr *select = expr_new(bind_arena(vm), EXPR_SELECT);
            VEC_PUSH(bind_arena(vm), &select->query->columns, *right);
            *right = select;
        }
        if ((*right)->kind == EXPR_SCALAR)
            *right = (*right)->args.items[0];
        return true;
    }
    if (is_str(other))
        return raise_sa(vm, "ArgumentError",
                        "IN expression list, SELECT construct, or bound parameter object expected, "
                        "got %s.",
                        type_name(vm, other));
    return to_list(vm, other, &list) && in_list(vm, list, left, right);
}

static bool element_in(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Expr *left, *right;
    Arena *arena = bind_arena(vm);
    (void)self;
    if (!self_expr(vm, call, &left) || !in_operand(vm, other, left, &right))
        return false;
    Operator op = starts_with(call, "in_") ? OPERATOR_IN : OPERATOR_NOT_IN;
    bool list = right->kind == EXPR_LIST;
    Expr *made =
        expr_with(arena, EXPR_IN, type_new(arena, TYPE_BOOLEAN), expr_group(arena, left, op),
                  list ? right : expr_group(arena, right, op));
    made->op = op;
    return give_expr(vm, call, made);
}

static bool element_between(Vm *vm, Call *call)
{
    ARGS(call, self, cleft, cright, symmetric);
    Expr *operand, *low, *high;
    Arena *arena = bind_arena(vm);
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_operand(vm, cleft, operand, &low) ||
        !to_operand(vm, cright, operand, &high))
        return false;
    Expr *made =
        expr_with(arena, EXPR_BETWEEN, NULL, expr_group(arena, operand, OPERATOR_BETWEEN), low);
    VEC_PUSH(arena, &made->args, high);
    made->op = OPERATOR_BETWEEN;
    made->symmetric = is_true(symmetric);
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
    Expr *made = expr_label(bind_arena(vm), operand, label.text);
    made->name.quote = label.quote;
    return give_expr(vm, call, made);
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
    Expr *made = expr_with(bind_arena(vm), EXPR_COLLATE, operand->type,
                           expr_group(bind_arena(vm), operand, OPERATOR_COLLATE), NULL);
    made->text = text;
    made->op = OPERATOR_COLLATE;
    return give_expr(vm, call, made);
}

/* ---- col.op("~")(other) ---- */

static bool custom_operator(Vm *vm, Call *call)
{
    ARGS(call, other);
    const Expr *pattern = call->context;
    Expr *right;
    if (!to_operand(vm, other, pattern->args.items[0], &right))
        return false;
    return give_expr(vm, call, expr_custom(bind_arena(vm), pattern, pattern->args.items[0], right));
}

static const NativeRow custom_row = { "operator(other, /)", custom_operator, "Apply it." };

static bool element_op(Vm *vm, Call *call)
{
    ARGS(call, self, opstring, precedence);
    Expr *operand;
    Str text;
    int64_t level = 0;
    bool boolean = starts_with(call, "bool_op");
    Value return_type = boolean ? VALUE_NONE : call->args[4];
    Type *type;
    (void)self;
    if (!self_expr(vm, call, &operand) || !to_text(vm, opstring, &text) ||
        !to_int(vm, precedence, &level) || !to_type(vm, return_type, &type))
        return false;
    Expr *made = expr_with(bind_arena(vm), EXPR_BINARY, type, operand, NULL);
    made->op = OPERATOR_CUSTOM;
    made->text = text;
    made->precedence = (int)level;
    made->compares = boolean || is_true(call->args[3]);
    return give(call, vm_record_function(vm, &custom_row, made));
}

/* ---- column["key"]: JSON and arrays ---- */

static bool slice_operand(Vm *vm, Value key, const Expr *left, Expr **right)
{
    Value start, stop;
    Expr *from, *to;
    if (!vm_getattr(vm, key, "start", &start) || !vm_getattr(vm, key, "stop", &stop) ||
        !to_operand(vm, start, left, &from) || !to_operand(vm, stop, left, &to))
        return false;
    *right = expr_with(bind_arena(vm), EXPR_SLICE, NULL, from, to);
    return true;
}

static bool element_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, key);
    Expr *left, *right;
    (void)self;
    if (!self_expr(vm, call, &left))
        return false;
    bool json = left->type && type_is(left->type, TYPE_JSON);
    bool hstore = left->type && type_is(left->type, TYPE_PG_HSTORE);
    bool array = left->type && type_is(left->type, TYPE_ARRAY);
    if (!json && !array && !hstore)
        return vm_raise(vm, "NotImplementedError",
                        "Operator 'getitem' is not supported on this expression");
    bool slice = array && value_is(key, OBJ_SLICE);
    if (slice ? !slice_operand(vm, key, left, &right) : !to_operand(vm, key, left, &right))
        return false;
    if (right->kind == EXPR_BIND && right->unique)
        right->type = is_str(key)   ? type_new(bind_arena(vm), TYPE_STRING)
                      : is_int(key) ? type_new(bind_arena(vm), TYPE_INTEGER)
                                    : NULL;
    Operator op = !json && !hstore                ? OPERATOR_INDEX
                  : is_tuple(key) || is_list(key) ? OPERATOR_JSON_PATH
                                                  : OPERATOR_JSON_GET;
    Expr *made = expr_binary(bind_arena(vm), op, left, right);
    made->type = array && !slice ? left->type->item : left->type;
    if (hstore)
        made->type = type_new(bind_arena(vm), TYPE_TEXT);
    return give_expr(vm, call, made);
}

static bool element_astext(Vm *vm, Call *call)
{
    Expr *expr;
    if (!self_expr(vm, call, &expr))
        return false;
    if (expr->op != OPERATOR_JSON_GET && expr->op != OPERATOR_JSON_PATH)
        return vm_raise(vm, "AttributeError", "astext is for elements of JSON");
    Operator op = expr->op == OPERATOR_JSON_GET ? OPERATOR_JSON_GET_TEXT : OPERATOR_JSON_PATH_TEXT;
    Expr *made =
        expr_with(bind_arena(vm), EXPR_BINARY, type_new(bind_arena(vm), TYPE_TEXT),
                  expr_group(bind_arena(vm), expr->args.items[0], op), expr->args.items[1]);
    made->op = op;
    return give_expr(vm, call, made);
}

static const struct {
    const char *name;
    TypeKind kind;
} json_types[] = {
    { "as_string(", TYPE_UNICODE },  { "as_integer(", TYPE_INTEGER }, { "as_float(", TYPE_FLOAT },
    { "as_boolean(", TYPE_BOOLEAN }, { "as_numeric(", TYPE_NUMERIC }, { "as_json(", TYPE_JSON },
};

/* column["key"].as_integer(): the same element, of that type. */
static bool element_as(Vm *vm, Call *call)
{
    Expr *expr;
    if (!self_expr(vm, call, &expr))
        return false;
    Expr *made = expr_copy(bind_arena(vm), expr);
    made->identity = NULL;
    for (size_t i = 0; i < sizeof json_types / sizeof *json_types; i++)
        if (starts_with(call, json_types[i].name))
            made->type = type_new(bind_arena(vm), json_types[i].kind);
    if (starts_with(call, "as_numeric")) {
        int64_t precision, scale;
        if (!to_int(vm, call->args[1], &precision) || !to_int(vm, call->args[2], &scale))
            return false;
        made->type->precision = (OptInt){ true, precision };
        made->type->scale = (OptInt){ true, scale };
        if (call->args[3].tag == TAG_BOOL && !call->args[3].truth)
            made->type->asdecimal = TRI_FALSE;
    }
    return give_expr(vm, call, made);
}

static bool element_expression(Vm *vm, Call *call)
{
    Expr *operand;
    return self_expr(vm, call, &operand) && give_expr(vm, call, operand);
}

static bool element_self_group(Vm *vm, Call *call)
{
    Expr *operand;
    if (!self_expr(vm, call, &operand))
        return false;
    return give_expr(vm, call, expr_group(bind_arena(vm), operand, OPERATOR_NONE));
}

#define BINARY(text, op) { text, element_binary, "An operator." },
#define SPECIAL(text, op) { text, element_special, "An operator." },
#define LIKE(text, op) { text, element_like, "An operator." },
#define CONSTANT(text, op) { text, element_constant, "A comparison." },
#define UNARY(text, op) { text, element_unary, "An operator." },
#define REFLECTED(text, op) { text, element_reflected, "An operator." },
#define ITEM(text, op) { text, element_any_item, "An element of an array." },
const NativeRow element_methods[] = {
    BINARY_ROWS(BINARY) SPECIAL_ROWS(SPECIAL) LIKE_ROWS(LIKE) CONSTANT_ROWS(CONSTANT)
        UNARY_ROWS(UNARY) REFLECTED_ROWS(REFLECTED)
            ITEM_ROWS(ITEM){ "__and__(self, other, /)", element_boolean, "AND." },
    { "__or__(self, other, /)", element_boolean, "OR." },
    { "__invert__(self)", element_invert, "NOT." },
    { "__bool__(self)", element_bool, "Of equalities only." },
    { "__hash__(self)", element_hash, "By identity." },
    { "__getitem__(self, key, /)", element_getitem, "An element of JSON or an array." },
    { "regexp_match(self, pattern, flags=None)", element_regexp, "A regular expression." },
    { "regexp_replace(self, pattern, replacement, flags=None)", element_regexp, "Replacement." },
    { "match(self, other, **kw)", element_regexp, "Full text search." },
    { "in_(self, other)", element_in, "IN." },
    { "not_in(self, other)", element_in, "NOT IN." },
    { "notin_(self, other)", element_in, "NOT IN." },
    { "between(self, cleft, cright, symmetric=False)", element_between, "BETWEEN." },
    { "label(self, name=None)", element_label, "AS." },
    { "cast(self, type_)", element_cast, "CAST." },
    { "collate(self, collation)", element_collate, "COLLATE." },
    { "op(self, opstring, precedence=0, is_comparison=False, return_type=None, "
      "python_impl=None)",
      element_op, "An operator by its text." },
    { "bool_op(self, opstring, precedence=0, python_impl=None)", element_op,
      "An operator by its text." },
    { "as_string(self)", element_as, "An element of JSON as text." },
    { "as_integer(self)", element_as, "An element of JSON as a number." },
    { "as_float(self)", element_as, "An element of JSON as a number." },
    { "as_numeric(self, precision, scale, asdecimal=True)", element_as, "... as a number." },
    { "as_boolean(self)", element_as, "An element of JSON as a truth." },
    { "as_json(self)", element_as, "An element of JSON." },
    { "self_group(self, against=None)", element_self_group, "In brackets." },
    { "__str__(self)", element_str, "As SQL." },
    { "compile(self, bind=None, dialect=None, compile_kwargs=None, **kw)", element_compile,
      "As SQL." },
    { "over(self, partition_by=None, order_by=None, rows=None, range_=None, groups=None)",
      element_over, "OVER." },
    { "filter(self, *criterion)", element_filter, "FILTER." },
    { "within_group(self, *order_by)", element_within_group, "WITHIN GROUP." },
};
const size_t element_method_count = sizeof element_methods / sizeof *element_methods;

const NativeRow element_getters[] = {
    { "astext(self)", element_astext, "An element of JSON as text." },
    { "expression(self)", element_expression, "The expression." },
};
const size_t element_getter_count = sizeof element_getters / sizeof *element_getters;
