/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

static bool fold_unary(const Expr *expr, Const *value)
{
    const Expr *operand = expr->unary.operand;
    if (operand->kind != EXPR_CONSTANT)
        return false;
    *value = operand->constant;
    bool minus = expr->unary.op == UNARY_MINUS;
    if (expr->unary.op != UNARY_PLUS && !minus)
        return false;
    switch ((int)value->kind) {
    case CONST_INT:
        value->integer = minus ? -value->integer : value->integer;
        return true;
    case CONST_FLOAT:
    case CONST_COMPLEX:
        value->number = minus ? -value->number : value->number;
        return true;
    default:
        return false; /* a big int may fit once it is negative: the machine knows */
    }
}

static bool fold_tuple(Compiler *compiler, const Expr *expr, Const *value)
{
    size_t len = expr->list.len;
    Const *items = ARENA_ARRAY(compiler->arena, Const, len);
    for (size_t i = 0; i < len; i++) {
        if (!fold_const(compiler, expr->list.items[i], &items[i]))
            return false;
    }
    *value = (Const){ .kind = CONST_TUPLE, .items = { items, len } };
    return true;
}

bool fold_const(Compiler *compiler, const Expr *expr, Const *value)
{
    bool folded = false;
    if (expr->kind == EXPR_CONSTANT) {
        *value = expr->constant;
        folded = true;
    } else if (expr->kind == EXPR_UNARY) {
        folded = fold_unary(expr, value);
    } else if (expr->kind == EXPR_TUPLE && expr->context == CONTEXT_LOAD) {
        folded = fold_tuple(compiler, expr, value);
    } else if (expr->kind == EXPR_NAME && str_is(expr->name, "__debug__")) {
        *value = (Const){ .kind = CONST_TRUE };
        folded = true;
    }
    return folded && value->kind != CONST_COMPLEX && value->kind != CONST_UNSUPPORTED;
}

void emit_yield_from(Compiler *compiler, Span span)
{
    Label again = label_new(compiler), end = label_new(compiler);
    emit_none(compiler, span);
    label_bind(compiler, again);
    emit_jump(compiler, OP_SEND, end, span);
    emit(compiler, OP_YIELD_VALUE, YIELD_DELEGATED, span);
    emit_jump(compiler, OP_JUMP_BACK, again, span);
    compiler->unit->depth--;
    label_bind(compiler, end);
}

void emit_await(Compiler *compiler, Span span)
{
    emit(compiler, OP_GET_AWAITABLE, AWAIT_PLAIN, span);
    emit_yield_from(compiler, span);
}

static bool compile_attribute(Compiler *compiler, Expr *expr)
{
    if (!compile_expr(compiler, expr->attribute.value))
        return false;
    emit_name(compiler, OP_LOAD_ATTR, mangle(compiler, expr->attribute.name), expr->span);
    return true;
}

static bool compile_slice(Compiler *compiler, const Expr *expr)
{
    Expr *const parts[] = { expr->slice.lower, expr->slice.upper, expr->slice.step };
    uint32_t count = expr->slice.step ? 3 : 2;
    for (uint32_t i = 0; i < count; i++) {
        if (!parts[i])
            emit_none(compiler, expr->span);
        else if (!compile_expr(compiler, parts[i]))
            return false;
    }
    emit(compiler, OP_BUILD_SLICE, count, expr->span);
    return true;
}

static bool compile_subscript(Compiler *compiler, const Expr *expr)
{
    if (!compile_expr(compiler, expr->subscript.value) ||
        !compile_expr(compiler, expr->subscript.index))
        return false;
    emit(compiler, OP_BINARY_SUBSCR, 0, expr->span);
    return true;
}

static bool compile_unary(Compiler *compiler, const Expr *expr)
{
    static const Opcode ops[] = { [UNARY_INVERT] = OP_UNARY_INVERT,
                                  [UNARY_NOT] = OP_UNARY_NOT,
                                  [UNARY_PLUS] = OP_UNARY_POSITIVE,
                                  [UNARY_MINUS] = OP_UNARY_NEGATIVE };
    if (!compile_expr(compiler, expr->unary.operand))
        return false;
    emit(compiler, ops[expr->unary.op], 0, expr->span);
    return true;
}

static bool compile_binary(Compiler *compiler, const Expr *expr)
{
    if (!compile_expr(compiler, expr->binary.left) || !compile_expr(compiler, expr->binary.right))
        return false;
    emit(compiler, OP_BINARY_OP, expr->binary.op, expr->span);
    return true;
}

static bool compile_bool(Compiler *compiler, const Expr *expr)
{
    Label end = label_new(compiler);
    ExprList values = expr->boolean.values;
    bool and = expr->boolean.op == BOOL_AND;
    for (size_t i = 0; i + 1 < values.len; i++) {
        if (!compile_expr(compiler, values.items[i]))
            return false;
        emit_jump(compiler, and? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP, end, expr->span);
    }
    if (!compile_expr(compiler, values.items[values.len - 1]))
        return false;
    label_bind(compiler, end);
    return true;
}

static void emit_compare(Compiler *compiler, CompareKind op, Span span)
{
    if (op == COMPARISON_IS || op == COMPARISON_IS_NOT)
        emit(compiler, OP_IS_OP, op == COMPARISON_IS_NOT, span);
    else if (op == COMPARISON_IN || op == COMPARISON_NOT_IN)
        emit(compiler, OP_CONTAINS_OP, op == COMPARISON_NOT_IN, span);
    else
        emit(compiler, OP_COMPARE_OP, (uint32_t)op, span);
}

/* The operands up to the last comparison of a chain, which is left to the caller. */
static bool compile_chain(Compiler *compiler, const Expr *expr, Opcode jump, Label cleanup)
{
    ExprList values = expr->compare.comparators;
    if (!compile_expr(compiler, expr->compare.left))
        return false;
    for (size_t i = 0; i + 1 < values.len; i++) {
        if (!compile_expr(compiler, values.items[i]))
            return false;
        emit(compiler, OP_SWAP, 2, expr->span);
        emit(compiler, OP_COPY, 2, expr->span);
        emit_compare(compiler, expr->compare.ops[i], expr->span);
        emit_jump(compiler, jump, cleanup, expr->span);
    }
    if (!compile_expr(compiler, values.items[values.len - 1]))
        return false;
    emit_compare(compiler, expr->compare.ops[values.len - 1], expr->span);
    return true;
}

static bool compile_comparison(Compiler *compiler, const Expr *expr)
{
    Label cleanup = label_new(compiler), end = label_new(compiler);
    bool chained = expr->compare.comparators.len > 1;
    if (!compile_chain(compiler, expr, OP_JUMP_IF_FALSE_OR_POP, cleanup))
        return false;
    if (!chained)
        return true;
    emit_jump(compiler, OP_JUMP, end, expr->span);
    compiler->unit->depth++;
    label_bind(compiler, cleanup);
    emit(compiler, OP_SWAP, 2, expr->span);
    emit(compiler, OP_POP_TOP, 0, expr->span);
    label_bind(compiler, end);
    return true;
}

static bool compile_conditional(Compiler *compiler, const Expr *expr)
{
    Label orelse = label_new(compiler), end = label_new(compiler);
    if (!compile_jump_if(compiler, expr->conditional.test, false, orelse) ||
        !compile_expr(compiler, expr->conditional.body))
        return false;
    emit_jump(compiler, OP_JUMP, end, expr->span);
    compiler->unit->depth--;
    label_bind(compiler, orelse);
    if (!compile_expr(compiler, expr->conditional.orelse))
        return false;
    label_bind(compiler, end);
    return true;
}

static bool compile_named(Compiler *compiler, const Expr *expr)
{
    if (!compile_expr(compiler, expr->named.value))
        return false;
    emit(compiler, OP_COPY, 1, expr->span);
    return store_name(compiler, expr->named.target->name, expr->named.target->span);
}

static bool compile_formatted(Compiler *compiler, const Expr *expr, Span whole)
{
    uint32_t flags = expr->formatted.conversion == 's'   ? FORMAT_STR
                     : expr->formatted.conversion == 'r' ? FORMAT_REPR
                     : expr->formatted.conversion == 'a' ? FORMAT_ASCII
                                                         : FORMAT_NONE;
    if (!compile_expr(compiler, expr->formatted.value))
        return false;
    if (expr->formatted.spec) {
        if (!compile_expr(compiler, expr->formatted.spec))
            return false;
        flags |= FORMAT_SPEC;
    }
    emit(compiler, OP_FORMAT_VALUE, flags, whole);
    return true;
}

static bool compile_joined(Compiler *compiler, const Expr *expr)
{
    ExprList values = expr->joined.values;
    for (size_t i = 0; i < values.len; i++) {
        const Expr *value = values.items[i];
        bool ok = value->kind == EXPR_FORMATTED
                      ? compile_formatted(compiler, value, expr->span)
                      : compile_expr(compiler, values.items[i]);
        if (!ok)
            return false;
    }
    if (values.len == 0)
        emit_text(compiler, STR(""), expr->span);
    else if (values.len > 1)
        emit(compiler, OP_BUILD_STRING, (uint32_t)values.len, expr->span);
    return true;
}

static bool is_async_scope(const Scope *scope)
{
    return scope->kind == SCOPE_ASYNC_FUNCTION || scope->kind == SCOPE_COMPREHENSION;
}

static bool compile_yield(Compiler *compiler, const Expr *expr)
{
    const Scope *scope = compiler->unit->scope;
    bool from = expr->kind == EXPR_YIELD_FROM;
    if (!scope_is_function(scope))
        return compile_fail(compiler, expr->span, "'yield' outside function");
    if (from && scope->kind == SCOPE_ASYNC_FUNCTION)
        return compile_fail(compiler, expr->span, "'yield from' inside async function");
    if (!expr->operand)
        emit_none(compiler, expr->span);
    else if (!compile_expr(compiler, expr->operand))
        return false;
    if (from) {
        emit(compiler, OP_GET_YIELD_FROM_ITER, 0, expr->span);
        emit_yield_from(compiler, expr->span);
        return true;
    }
    emit(compiler, OP_YIELD_VALUE, scope->coroutine ? YIELD_ASYNC : YIELD_PLAIN, expr->span);
    return true;
}

static bool compile_await(Compiler *compiler, const Expr *expr)
{
    const Scope *scope = compiler->unit->scope;
    if (!scope_is_function(scope))
        return compile_fail(compiler, expr->span, "'await' outside function");
    if (!is_async_scope(scope))
        return compile_fail(compiler, expr->span, "'await' outside async function");
    if (!compile_expr(compiler, expr->operand))
        return false;
    emit_await(compiler, expr->span);
    return true;
}

bool compile_expr(Compiler *compiler, Expr *expr)
{
    Const value;
    if (fold_const(compiler, expr, &value)) {
        emit_const(compiler, value, expr->span);
        return true;
    }
    switch (expr->kind) {
    case EXPR_CONSTANT:
        emit_const(compiler, expr->constant, expr->span);
        return true;
    case EXPR_NAME:
        return load_name(compiler, expr->name, expr->span);
    case EXPR_ATTRIBUTE:
        return compile_attribute(compiler, expr);
    case EXPR_SUBSCRIPT:
        return compile_subscript(compiler, expr);
    case EXPR_CALL:
        return compile_call(compiler, expr);
    case EXPR_BINARY:
        return compile_binary(compiler, expr);
    case EXPR_UNARY:
        return compile_unary(compiler, expr);
    case EXPR_BOOL:
        return compile_bool(compiler, expr);
    case EXPR_COMPARE:
        return compile_comparison(compiler, expr);
    case EXPR_TUPLE:
    case EXPR_LIST:
    case EXPR_SET:
        return compile_list_display(compiler, expr);
    case EXPR_DICT:
        return compile_dict_display(compiler, expr);
    case EXPR_LIST_COMP:
    case EXPR_SET_COMP:
    case EXPR_DICT_COMP:
    case EXPR_GENERATOR:
        return compile_comprehension(compiler, expr);
    case EXPR_LAMBDA:
        return compile_lambda(compiler, expr);
    case EXPR_IF:
        return compile_conditional(compiler, expr);
    case EXPR_NAMED:
        return compile_named(compiler, expr);
    case EXPR_STARRED:
        return compile_fail(compiler, expr->span, "can't use starred expression here");
    case EXPR_SLICE:
        return compile_slice(compiler, expr);
    case EXPR_JOINED:
        return compile_joined(compiler, expr);
    case EXPR_FORMATTED:
        return compile_formatted(compiler, expr, expr->span);
    case EXPR_YIELD:
    case EXPR_YIELD_FROM:
        return compile_yield(compiler, expr);
    case EXPR_AWAIT:
        return compile_await(compiler, expr);
    }
    return true;
}

/* The truth of a constant: 1, 0, or -1 when the machine must tell. */
static int const_truth(const Const *value)
{
    switch ((int)value->kind) {
    case CONST_NONE:
    case CONST_FALSE:
        return 0;
    case CONST_TRUE:
    case CONST_ELLIPSIS:
        return 1;
    case CONST_INT:
        return value->integer != 0;
    case CONST_STR:
    case CONST_BYTES:
        return value->text.len != 0;
    default:
        return -1;
    }
}

static bool jump_if_bool(Compiler *compiler, const Expr *expr, bool when, Label label)
{
    ExprList values = expr->boolean.values;
    bool decides = expr->boolean.op == BOOL_OR; /* the truth that ends the evaluation early */
    Label skip = decides == when ? label : label_new(compiler);
    for (size_t i = 0; i + 1 < values.len; i++) {
        if (!compile_jump_if(compiler, values.items[i], decides, skip))
            return false;
    }
    if (!compile_jump_if(compiler, values.items[values.len - 1], when, label))
        return false;
    if (decides != when)
        label_bind(compiler, skip);
    return true;
}

static bool jump_if_chain(Compiler *compiler, const Expr *expr, bool when, Label label)
{
    Label cleanup = label_new(compiler), end = label_new(compiler);
    if (!compile_chain(compiler, expr, OP_POP_JUMP_IF_FALSE, cleanup))
        return false;
    emit_jump(compiler, when ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, label, expr->span);
    emit_jump(compiler, OP_JUMP, end, expr->span);
    compiler->unit->depth++;
    label_bind(compiler, cleanup);
    emit(compiler, OP_POP_TOP, 0, expr->span);
    if (!when)
        emit_jump(compiler, OP_JUMP, label, expr->span);
    label_bind(compiler, end);
    return true;
}

static bool is_none(const Expr *expr)
{
    return expr->kind == EXPR_CONSTANT && expr->constant.kind == CONST_NONE;
}

/* `x is None` needs no bool. */
static bool jump_if_none(Compiler *compiler, const Expr *expr, bool when, Label label)
{
    bool negated = expr->compare.ops[0] == COMPARISON_IS_NOT;
    if (!compile_expr(compiler, expr->compare.left))
        return false;
    emit_jump(compiler, when != negated ? OP_POP_JUMP_IF_NONE : OP_POP_JUMP_IF_NOT_NONE, label,
              expr->span);
    return true;
}

static bool jump_if_conditional(Compiler *compiler, const Expr *expr, bool when, Label label)
{
    Label orelse = label_new(compiler), end = label_new(compiler);
    if (!compile_jump_if(compiler, expr->conditional.test, false, orelse) ||
        !compile_jump_if(compiler, expr->conditional.body, when, label))
        return false;
    emit_jump(compiler, OP_JUMP, end, expr->span);
    label_bind(compiler, orelse);
    if (!compile_jump_if(compiler, expr->conditional.orelse, when, label))
        return false;
    label_bind(compiler, end);
    return true;
}

bool compile_jump_if(Compiler *compiler, Expr *expr, bool when, Label label)
{
    Const value;
    int truth = fold_const(compiler, expr, &value) ? const_truth(&value) : -1;
    if (truth >= 0) {
        if (truth == when)
            emit_jump(compiler, OP_JUMP, label, expr->span);
        return true;
    }
    if (expr->kind == EXPR_UNARY && expr->unary.op == UNARY_NOT)
        return compile_jump_if(compiler, expr->unary.operand, !when, label);
    if (expr->kind == EXPR_BOOL)
        return jump_if_bool(compiler, expr, when, label);
    if (expr->kind == EXPR_IF)
        return jump_if_conditional(compiler, expr, when, label);
    if (expr->kind == EXPR_COMPARE) {
        CompareKind op = expr->compare.ops[0];
        if (expr->compare.comparators.len > 1)
            return jump_if_chain(compiler, expr, when, label);
        if ((op == COMPARISON_IS || op == COMPARISON_IS_NOT) &&
            is_none(expr->compare.comparators.items[0]))
            return jump_if_none(compiler, expr, when, label);
    }
    if (!compile_expr(compiler, expr))
        return false;
    emit_jump(compiler, when ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, label, expr->span);
    return true;
}
