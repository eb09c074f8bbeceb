/* SPDX-License-Identifier: MIT */
#include "py/ast.h"

/* How tightly an expression binds, the loosest first. */
typedef enum Level {
    LEVEL_NAMED,
    LEVEL_TEST,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE,
    LEVEL_BIT_OR,
    LEVEL_BIT_XOR,
    LEVEL_BIT_AND,
    LEVEL_SHIFT,
    LEVEL_SUM,
    LEVEL_TERM,
    LEVEL_FACTOR,
    LEVEL_POWER,
    LEVEL_AWAIT,
    LEVEL_ATOM,
} Level;

static void put(Buf *out, const Expr *expr, Level level);

static const struct {
    const char *text;
    Level level;
} binary_ops[] = {
    [BINARY_ADD] = { " + ", LEVEL_SUM },          [BINARY_SUBTRACT] = { " - ", LEVEL_SUM },
    [BINARY_MULTIPLY] = { " * ", LEVEL_TERM },    [BINARY_MATRIX] = { " @ ", LEVEL_TERM },
    [BINARY_TRUE_DIVIDE] = { " / ", LEVEL_TERM }, [BINARY_FLOOR_DIVIDE] = { " // ", LEVEL_TERM },
    [BINARY_REMAINDER] = { " % ", LEVEL_TERM },   [BINARY_POWER] = { " ** ", LEVEL_POWER },
    [BINARY_LSHIFT] = { " << ", LEVEL_SHIFT },    [BINARY_RSHIFT] = { " >> ", LEVEL_SHIFT },
    [BINARY_AND] = { " & ", LEVEL_BIT_AND },      [BINARY_OR] = { " | ", LEVEL_BIT_OR },
    [BINARY_XOR] = { " ^ ", LEVEL_BIT_XOR },
};

static const char *const compare_ops[] = {
    [COMPARISON_LT] = " < ",          [COMPARISON_LE] = " <= ",         [COMPARISON_EQ] = " == ",
    [COMPARISON_NE] = " != ",         [COMPARISON_GT] = " > ",          [COMPARISON_GE] = " >= ",
    [COMPARISON_IS] = " is ",         [COMPARISON_IS_NOT] = " is not ", [COMPARISON_IN] = " in ",
    [COMPARISON_NOT_IN] = " not in ",
};

static void put_list(Buf *out, ExprList list)
{
    for (size_t i = 0; i < list.len; i++) {
        buf_puts(out, i ? ", " : "");
        put(out, list.items[i], LEVEL_TEST);
    }
}

static void put_tuple_items(Buf *out, ExprList list)
{
    put_list(out, list);
    buf_puts(out, list.len == 1 ? "," : "");
}

static void put_binary(Buf *out, const Expr *expr)
{
    Level level = binary_ops[expr->binary.op].level;
    bool power = expr->binary.op == BINARY_POWER;
    put(out, expr->binary.left, power ? level + 1 : level);
    buf_puts(out, binary_ops[expr->binary.op].text);
    put(out, expr->binary.right, power ? level : level + 1);
}

static void put_compare(Buf *out, const Expr *expr)
{
    put(out, expr->compare.left, LEVEL_BIT_OR);
    for (size_t i = 0; i < expr->compare.comparators.len; i++) {
        buf_puts(out, compare_ops[expr->compare.ops[i]]);
        put(out, expr->compare.comparators.items[i], LEVEL_BIT_OR);
    }
}

static void put_bool(Buf *out, const Expr *expr)
{
    bool and = expr->boolean.op == BOOL_AND;
    for (size_t i = 0; i < expr->boolean.values.len; i++) {
        buf_puts(out, i ? (and? " and " : " or ") : "");
        put(out, expr->boolean.values.items[i], and? LEVEL_NOT : LEVEL_AND);
    }
}

static void put_unary(Buf *out, const Expr *expr)
{
    static const char *const ops[] = { "~", "not ", "+", "-" };
    buf_puts(out, ops[expr->unary.op]);
    put(out, expr->unary.operand, expr->unary.op == UNARY_NOT ? LEVEL_NOT : LEVEL_FACTOR);
}

static void put_call(Buf *out, const Expr *expr)
{
    put(out, expr->call.callee, LEVEL_ATOM);
    buf_putc(out, '(');
    put_list(out, expr->call.args);
    for (size_t i = 0; i < expr->call.keywords.len; i++) {
        const Keyword *keyword = &expr->call.keywords.items[i];
        buf_puts(out, i || expr->call.args.len ? ", " : "");
        if (str_given(keyword->name))
            buf_printf(out, "%.*s=", STR_ARG(keyword->name));
        else
            buf_puts(out, "**");
        put(out, keyword->value, LEVEL_TEST);
    }
    buf_putc(out, ')');
}

static void put_dict(Buf *out, const Expr *expr)
{
    buf_putc(out, '{');
    for (size_t i = 0; i < expr->dict.keys.len; i++) {
        const Expr *key = expr->dict.keys.items[i];
        buf_puts(out, i ? ", " : "");
        if (key)
            put(out, key, LEVEL_TEST);
        buf_puts(out, key ? ": " : "**");
        put(out, expr->dict.values.items[i], key ? LEVEL_TEST : LEVEL_BIT_OR);
    }
    buf_putc(out, '}');
}

static void put_clauses(Buf *out, const Expr *expr)
{
    for (size_t i = 0; i < expr->comp.generators.len; i++) {
        const Comprehension *clause = &expr->comp.generators.items[i];
        buf_puts(out, clause->is_async ? " async for " : " for ");
        if (clause->target->kind == EXPR_TUPLE && clause->target->list.len)
            put_tuple_items(out, clause->target->list);
        else
            put(out, clause->target, LEVEL_TEST);
        buf_puts(out, " in ");
        put(out, clause->iter, LEVEL_OR);
        for (size_t j = 0; j < clause->conditions.len; j++) {
            buf_puts(out, " if ");
            put(out, clause->conditions.items[j], LEVEL_OR);
        }
    }
}

static void put_comprehension(Buf *out, const Expr *expr)
{
    const char *brackets = expr->kind == EXPR_LIST_COMP   ? "[]"
                           : expr->kind == EXPR_GENERATOR ? "()"
                                                          : "{}";
    buf_putc(out, brackets[0]);
    put(out, expr->comp.element, LEVEL_TEST);
    if (expr->comp.value) {
        buf_puts(out, ": ");
        put(out, expr->comp.value, LEVEL_TEST);
    }
    put_clauses(out, expr);
    buf_putc(out, brackets[1]);
}

static void put_params(Buf *out, ArgList list, ExprList defaults, size_t first_default, bool *comma)
{
    for (size_t i = 0; i < list.len; i++) {
        buf_puts(out, *comma ? ", " : "");
        *comma = true;
        buf_put(out, list.items[i].name);
        const Expr *value = i >= first_default && i - first_default < defaults.len
                                ? defaults.items[i - first_default]
                                : NULL;
        if (value) {
            buf_putc(out, '=');
            put(out, value, LEVEL_TEST);
        }
    }
}

static void put_lambda(Buf *out, const Expr *expr)
{
    const Arguments *args = expr->lambda.args;
    size_t positional = args->posonly.len + args->args.len;
    size_t first = positional - args->defaults.len;
    bool comma = false;
    Buf params = { 0 };
    ExprList rest = args->defaults;
    put_params(&params, args->posonly, args->defaults, first, &comma);
    if (args->posonly.len)
        buf_puts(&params, ", /");
    size_t used = first < args->posonly.len ? args->posonly.len - first : 0;
    rest.items = used ? rest.items + used : rest.items;
    rest.len -= used;
    put_params(&params, args->args, rest, first > args->posonly.len ? first - args->posonly.len : 0,
               &comma);
    if (args->vararg || args->kwonly.len) {
        buf_puts(&params, comma ? ", *" : "*");
        comma = true;
        if (args->vararg)
            buf_put(&params, args->vararg->name);
    }
    put_params(&params, args->kwonly, args->kw_defaults, 0, &comma);
    if (args->kwarg)
        buf_printf(&params, "%s**%.*s", comma ? ", " : "", STR_ARG(args->kwarg->name));
    buf_printf(out, "lambda%s%.*s: ", params.len ? " " : "", STR_ARG(buf_str(&params)));
    buf_free(&params);
    put(out, expr->lambda.body, LEVEL_TEST);
}

static void put_joined_parts(Buf *out, const Expr *expr)
{
    for (size_t i = 0; i < expr->joined.values.len; i++) {
        const Expr *part = expr->joined.values.items[i];
        if (part->kind == EXPR_CONSTANT) {
            for (size_t j = 0; j < part->constant.text.len; j++) {
                char c = part->constant.text.ptr[j];
                buf_put_repeat(out, c, c == '{' || c == '}' ? 2 : 1);
            }
            continue;
        }
        buf_putc(out, '{');
        put(out, part->formatted.value, LEVEL_OR);
        if (part->formatted.conversion)
            buf_printf(out, "!%c", part->formatted.conversion);
        if (part->formatted.spec) {
            buf_putc(out, ':');
            put_joined_parts(out, part->formatted.spec);
        }
        buf_putc(out, '}');
    }
}

static void put_joined(Buf *out, const Expr *expr)
{
    Buf parts = { 0 };
    put_joined_parts(&parts, expr);
    Const text = { .kind = CONST_STR, .text = buf_str(&parts) };
    buf_putc(out, 'f');
    const_put(out, &text);
    buf_free(&parts);
}

static void put_subscript(Buf *out, const Expr *expr)
{
    const Expr *index = expr->subscript.index;
    put(out, expr->subscript.value, LEVEL_ATOM);
    buf_putc(out, '[');
    if (index->kind == EXPR_TUPLE && index->list.len)
        put_tuple_items(out, index->list);
    else
        put(out, index, LEVEL_NAMED);
    buf_putc(out, ']');
}

static void put_slice(Buf *out, const Expr *expr)
{
    if (expr->slice.lower)
        put(out, expr->slice.lower, LEVEL_TEST);
    buf_putc(out, ':');
    if (expr->slice.upper)
        put(out, expr->slice.upper, LEVEL_TEST);
    if (!expr->slice.step)
        return;
    buf_putc(out, ':');
    put(out, expr->slice.step, LEVEL_TEST);
}

static void put_attribute(Buf *out, const Expr *expr)
{
    const Expr *value = expr->attribute.value;
    put(out, value, LEVEL_ATOM);
    if (value->kind == EXPR_CONSTANT && value->constant.kind == CONST_INT)
        buf_putc(out, ' ');
    buf_printf(out, ".%.*s", STR_ARG(expr->attribute.name));
}

static void put_prefixed(Buf *out, const char *prefix, const Expr *operand, Level level)
{
    buf_puts(out, prefix);
    if (!operand)
        return;
    if (prefix[0] != '*')
        buf_putc(out, ' ');
    put(out, operand, level);
}

static Level level_of(const Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_NAMED:
    case EXPR_YIELD:
    case EXPR_YIELD_FROM:
        return LEVEL_NAMED;
    case EXPR_IF:
    case EXPR_LAMBDA:
        return LEVEL_TEST;
    case EXPR_BOOL:
        return expr->boolean.op == BOOL_AND ? LEVEL_AND : LEVEL_OR;
    case EXPR_UNARY:
        return expr->unary.op == UNARY_NOT ? LEVEL_NOT : LEVEL_FACTOR;
    case EXPR_COMPARE:
        return LEVEL_COMPARE;
    case EXPR_BINARY:
        return binary_ops[expr->binary.op].level;
    case EXPR_AWAIT:
        return LEVEL_AWAIT;
    default:
        return LEVEL_ATOM;
    }
}

static void put_display(Buf *out, const Expr *expr)
{
    const char *brackets = expr->kind == EXPR_TUPLE ? "()" : expr->kind == EXPR_LIST ? "[]" : "{}";
    buf_putc(out, brackets[0]);
    put_list(out, expr->list);
    buf_puts(out, expr->kind == EXPR_TUPLE && expr->list.len == 1 ? "," : "");
    buf_putc(out, brackets[1]);
}

static void put_conditional(Buf *out, const Expr *expr)
{
    put(out, expr->conditional.body, LEVEL_OR);
    buf_puts(out, " if ");
    put(out, expr->conditional.test, LEVEL_OR);
    buf_puts(out, " else ");
    put(out, expr->conditional.orelse, LEVEL_TEST);
}

static void put_named(Buf *out, const Expr *expr)
{
    buf_printf(out, "%.*s := ", STR_ARG(expr->named.target->name));
    put(out, expr->named.value, LEVEL_ATOM);
}

static void put_constant(Buf *out, const Expr *expr)
{
    const_put(out, &expr->constant);
}

static void put_name(Buf *out, const Expr *expr)
{
    buf_put(out, expr->name);
}

static void put_operand(Buf *out, const Expr *expr)
{
    const char *prefix = expr->kind == EXPR_STARRED ? "*"
                         : expr->kind == EXPR_AWAIT ? "await"
                         : expr->kind == EXPR_YIELD ? "yield"
                                                    : "yield from";
    put_prefixed(out, prefix, expr->operand,
                 expr->kind == EXPR_STARRED ? LEVEL_BIT_OR : LEVEL_ATOM);
}

static void (*const printers[])(Buf *, const Expr *) = {
    [EXPR_CONSTANT] = put_constant,
    [EXPR_NAME] = put_name,
    [EXPR_ATTRIBUTE] = put_attribute,
    [EXPR_SUBSCRIPT] = put_subscript,
    [EXPR_CALL] = put_call,
    [EXPR_BINARY] = put_binary,
    [EXPR_UNARY] = put_unary,
    [EXPR_BOOL] = put_bool,
    [EXPR_COMPARE] = put_compare,
    [EXPR_TUPLE] = put_display,
    [EXPR_LIST] = put_display,
    [EXPR_SET] = put_display,
    [EXPR_DICT] = put_dict,
    [EXPR_LIST_COMP] = put_comprehension,
    [EXPR_SET_COMP] = put_comprehension,
    [EXPR_DICT_COMP] = put_comprehension,
    [EXPR_GENERATOR] = put_comprehension,
    [EXPR_LAMBDA] = put_lambda,
    [EXPR_IF] = put_conditional,
    [EXPR_NAMED] = put_named,
    [EXPR_STARRED] = put_operand,
    [EXPR_SLICE] = put_slice,
    [EXPR_JOINED] = put_joined,
    [EXPR_FORMATTED] = put_joined,
    [EXPR_YIELD] = put_operand,
    [EXPR_YIELD_FROM] = put_operand,
    [EXPR_AWAIT] = put_operand,
};

static void put(Buf *out, const Expr *expr, Level level)
{
    bool parens = level_of(expr) < level;
    buf_puts(out, parens ? "(" : "");
    printers[expr->kind](out, expr);
    buf_puts(out, parens ? ")" : "");
}

void ast_unparse(Buf *out, const Expr *expr)
{
    put(out, expr, LEVEL_TEST);
}
