/* SPDX-License-Identifier: MIT */
#include "py/parser_state.h"

static const char *const kind_names[] = {
    [EXPR_NAME] = "name",
    [EXPR_ATTRIBUTE] = "attribute",
    [EXPR_SUBSCRIPT] = "subscript",
    [EXPR_CALL] = "function call",
    [EXPR_BINARY] = "expression",
    [EXPR_UNARY] = "expression",
    [EXPR_BOOL] = "expression",
    [EXPR_COMPARE] = "comparison",
    [EXPR_TUPLE] = "tuple",
    [EXPR_LIST] = "list",
    [EXPR_SET] = "set display",
    [EXPR_DICT] = "dict literal",
    [EXPR_LIST_COMP] = "list comprehension",
    [EXPR_SET_COMP] = "set comprehension",
    [EXPR_DICT_COMP] = "dict comprehension",
    [EXPR_GENERATOR] = "generator expression",
    [EXPR_LAMBDA] = "lambda",
    [EXPR_IF] = "conditional expression",
    [EXPR_NAMED] = "named expression",
    [EXPR_STARRED] = "starred",
    [EXPR_SLICE] = "slice",
    [EXPR_JOINED] = "f-string expression",
    [EXPR_FORMATTED] = "f-string expression",
    [EXPR_YIELD] = "yield expression",
    [EXPR_YIELD_FROM] = "yield expression",
    [EXPR_AWAIT] = "await expression",
};

const char *expr_kind_name(const Expr *expr)
{
    if (expr->kind != EXPR_CONSTANT)
        return kind_names[expr->kind];
    switch ((int)expr->constant.kind) {
    case CONST_NONE:
        return "None";
    case CONST_TRUE:
        return "True";
    case CONST_FALSE:
        return "False";
    case CONST_ELLIPSIS:
        return "ellipsis";
    default:
        return "literal";
    }
}

static Expr *invalid_in_list(ExprList list, ExprContext context)
{
    for (size_t i = 0; i < list.len; i++) {
        Expr *bad = invalid_target(list.items[i], context);
        if (bad)
            return bad;
    }
    return NULL;
}

Expr *invalid_target(Expr *expr, ExprContext context)
{
    switch ((int)expr->kind) {
    case EXPR_NAME:
    case EXPR_ATTRIBUTE:
    case EXPR_SUBSCRIPT:
        return NULL;
    case EXPR_TUPLE:
    case EXPR_LIST:
        return invalid_in_list(expr->list, context);
    case EXPR_STARRED:
        return context == CONTEXT_DELETE ? expr : invalid_target(expr->operand, context);
    default:
        return expr;
    }
}

static void set_context(Expr *expr, ExprContext context)
{
    expr->context = context;
    if (expr->kind == EXPR_STARRED)
        set_context(expr->operand, context);
    else if (expr->kind == EXPR_TUPLE || expr->kind == EXPR_LIST)
        for (size_t i = 0; i < expr->list.len; i++)
            set_context(expr->list.items[i], context);
}

bool make_target(Parser *parser, Expr *expr, ExprContext context)
{
    const Expr *bad = invalid_target(expr, context);
    if (bad)
        return parser_fail_span(parser, bad->span, "cannot %s %s",
                                context == CONTEXT_DELETE ? "delete" : "assign to",
                                expr_kind_name(bad));
    set_context(expr, context);
    return true;
}
