/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

enum { BEFORE_STAR_MOST = 255, AFTER_STAR_MOST = 4095 };

/* How the values of a sequence are handed to its targets. */
static bool emit_unpack(Compiler *compiler, ExprList targets, Span span)
{
    size_t star = targets.len;
    for (size_t i = 0; i < targets.len; i++) {
        if (targets.items[i]->kind != EXPR_STARRED)
            continue;
        if (star < targets.len)
            return compile_fail(compiler, span, "multiple starred expressions in assignment");
        star = i;
    }
    if (star == targets.len) {
        emit(compiler, OP_UNPACK_SEQUENCE, (uint32_t)targets.len, span);
        return true;
    }
    size_t after = targets.len - star - 1;
    if (star > BEFORE_STAR_MOST || after > AFTER_STAR_MOST)
        return compile_fail(compiler, span, "too many expressions in star-unpacking assignment");
    emit(compiler, OP_UNPACK_EX, (uint32_t)(star | after << 12), span);
    return true;
}

static bool store_list(Compiler *compiler, const Expr *target)
{
    ExprList targets = target->list;
    if (!emit_unpack(compiler, targets, target->span))
        return false;
    for (size_t i = 0; i < targets.len; i++) {
        Expr *each = targets.items[i];
        if (!compile_store(compiler, each->kind == EXPR_STARRED ? each->operand : each))
            return false;
    }
    return true;
}

static bool store_attribute(Compiler *compiler, const Expr *target)
{
    Str name = target->attribute.name;
    if (!check_name(compiler, name, target->context, target->span) ||
        !compile_expr(compiler, target->attribute.value))
        return false;
    emit_name(compiler, target->context == CONTEXT_DELETE ? OP_DELETE_ATTR : OP_STORE_ATTR,
              mangle(compiler, name), target->span);
    return true;
}

static bool store_subscript(Compiler *compiler, const Expr *target)
{
    if (!compile_expr(compiler, target->subscript.value) ||
        !compile_expr(compiler, target->subscript.index))
        return false;
    emit(compiler, target->context == CONTEXT_DELETE ? OP_DELETE_SUBSCR : OP_STORE_SUBSCR, 0,
         target->span);
    return true;
}

/* Takes the value from the stack. */
bool compile_store(Compiler *compiler, Expr *target)
{
    switch ((int)target->kind) {
    case EXPR_NAME:
        return store_name(compiler, target->name, target->span);
    case EXPR_ATTRIBUTE:
        return store_attribute(compiler, target);
    case EXPR_SUBSCRIPT:
        return store_subscript(compiler, target);
    case EXPR_STARRED:
        return compile_fail(compiler, target->span,
                            "starred assignment target must be in a list or tuple");
    default:
        return store_list(compiler, target);
    }
}

bool compile_delete(Compiler *compiler, Expr *target)
{
    switch ((int)target->kind) {
    case EXPR_NAME:
        return delete_name(compiler, target->name, target->span);
    case EXPR_ATTRIBUTE:
        return store_attribute(compiler, target);
    case EXPR_SUBSCRIPT:
        return store_subscript(compiler, target);
    default:
        for (size_t i = 0; i < target->list.len; i++) {
            if (!compile_delete(compiler, target->list.items[i]))
                return false;
        }
        return true;
    }
}
