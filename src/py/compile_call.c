/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

/* Longer displays are filled item by item, so that they need little stack. */
enum { DISPLAY_MOST = 30 };

static bool has_starred(ExprList list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i]->kind == EXPR_STARRED)
            return true;
    }
    return false;
}

static bool has_unpacking(KeywordList keywords)
{
    for (size_t i = 0; i < keywords.len; i++) {
        if (!str_given(keywords.items[i].name))
            return true;
    }
    return false;
}

static bool check_keywords(Compiler *compiler, KeywordList keywords)
{
    for (size_t i = 0; i < keywords.len; i++) {
        const Keyword *keyword = &keywords.items[i];
        if (!str_given(keyword->name))
            continue;
        if (!check_name(compiler, keyword->name, CONTEXT_STORE, keyword->span))
            return false;
        for (size_t j = i + 1; j < keywords.len; j++) {
            if (str_given(keywords.items[j].name) && str_eq(keyword->name, keywords.items[j].name))
                return compile_fail(compiler, keywords.items[j].span,
                                    "keyword argument repeated: %.*s", STR_ARG(keyword->name));
        }
    }
    return true;
}

static void emit_keyword_names(Compiler *compiler, KeywordList keywords, Span span)
{
    Const *items = ARENA_ARRAY(compiler->arena, Const, keywords.len);
    for (size_t i = 0; i < keywords.len; i++)
        items[i] = (Const){ .kind = CONST_STR, .text = keywords.items[i].name };
    emit_const(compiler, (Const){ .kind = CONST_TUPLE, .items = { items, keywords.len } }, span);
}

static bool compile_plain_arguments(Compiler *compiler, uint32_t given, ExprList args,
                                    KeywordList keywords, bool method, Span span)
{
    for (size_t i = 0; i < args.len; i++) {
        if (!compile_expr(compiler, args.items[i]))
            return false;
    }
    for (size_t i = 0; i < keywords.len; i++) {
        if (!compile_expr(compiler, keywords.items[i].value))
            return false;
    }
    uint32_t count = given + (uint32_t)(args.len + keywords.len);
    if (keywords.len == 0) {
        emit(compiler, method ? OP_CALL_METHOD : OP_CALL, count, span);
        return true;
    }
    emit_keyword_names(compiler, keywords, span);
    emit(compiler, method ? OP_CALL_METHOD_KW : OP_CALL_KW, count, span);
    return true;
}

static bool append_item(Compiler *compiler, Expr *item, Opcode append, Opcode extend, Span span)
{
    bool starred = item->kind == EXPR_STARRED;
    if (!compile_expr(compiler, starred ? item->operand : item))
        return false;
    emit(compiler, starred ? extend : append, 1, span);
    return true;
}

/* The positional arguments of CALL_EX. */
static bool compile_star_args(Compiler *compiler, uint32_t given, ExprList args, Span span)
{
    if (given == 0 && args.len == 1 && args.items[0]->kind == EXPR_STARRED)
        return compile_expr(compiler, args.items[0]->operand);
    bool starred = has_starred(args);
    if (starred)
        emit(compiler, OP_BUILD_LIST, given, span);
    for (size_t i = 0; i < args.len; i++) {
        if (starred ? !append_item(compiler, args.items[i], OP_LIST_APPEND, OP_LIST_EXTEND, span)
                    : !compile_expr(compiler, args.items[i]))
            return false;
    }
    if (starred)
        emit(compiler, OP_LIST_TO_TUPLE, 0, span);
    else
        emit(compiler, OP_BUILD_TUPLE, given + (uint32_t)args.len, span);
    return true;
}

/* Keywords without `**`, as a dict. */
static bool build_keywords(Compiler *compiler, const Keyword *keywords, size_t len, Span span)
{
    for (size_t i = 0; i < len; i++) {
        emit_text(compiler, keywords[i].name, keywords[i].span);
        if (!compile_expr(compiler, keywords[i].value))
            return false;
    }
    emit(compiler, OP_BUILD_MAP, (uint32_t)len, span);
    return true;
}

static bool compile_star_keywords(Compiler *compiler, KeywordList keywords, Span span)
{
    size_t i = 0;
    while (i < keywords.len && str_given(keywords.items[i].name))
        i++;
    if (!build_keywords(compiler, keywords.items, i, span))
        return false;
    while (i < keywords.len) {
        size_t first = i;
        if (!str_given(keywords.items[i].name)) {
            if (!compile_expr(compiler, keywords.items[i++].value))
                return false;
        } else {
            while (i < keywords.len && str_given(keywords.items[i].name))
                i++;
            if (!build_keywords(compiler, keywords.items + first, i - first, span))
                return false;
        }
        emit(compiler, OP_DICT_MERGE, 1, span);
    }
    return true;
}

static bool compile_arguments_of(Compiler *compiler, uint32_t given, ExprList args,
                                 KeywordList keywords, bool method, Span span)
{
    if (!check_keywords(compiler, keywords))
        return false;
    if (!has_starred(args) && !has_unpacking(keywords))
        return compile_plain_arguments(compiler, given, args, keywords, method, span);
    if (!compile_star_args(compiler, given, args, span))
        return false;
    if (keywords.len && !compile_star_keywords(compiler, keywords, span))
        return false;
    emit(compiler, OP_CALL_EX, keywords.len > 0, span);
    return true;
}

bool compile_arguments(Compiler *compiler, uint32_t given, ExprList args, KeywordList keywords,
                       Span span)
{
    return compile_arguments_of(compiler, given, args, keywords, false, span);
}

bool compile_call(Compiler *compiler, Expr *expr)
{
    Expr *callee = expr->call.callee;
    bool method = callee->kind == EXPR_ATTRIBUTE && !has_starred(expr->call.args) &&
                  !has_unpacking(expr->call.keywords);
    if (method) {
        if (!compile_expr(compiler, callee->attribute.value))
            return false;
        emit_name(compiler, OP_LOAD_METHOD, mangle(compiler, callee->attribute.name), callee->span);
    } else if (!compile_expr(compiler, callee)) {
        return false;
    }
    return compile_arguments_of(compiler, 0, expr->call.args, expr->call.keywords, method,
                                expr->span);
}

static bool fold_items(Compiler *compiler, ExprList list, Const *items)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!fold_const(compiler, list.items[i], &items[i]))
            return false;
    }
    return true;
}

/* A list of constants is a copy of a constant tuple. */
static bool compile_const_list(Compiler *compiler, const Expr *expr)
{
    if (expr->kind == EXPR_TUPLE || expr->list.len < 3)
        return false;
    Const *items = ARENA_ARRAY(compiler->arena, Const, expr->list.len);
    if (!fold_items(compiler, expr->list, items))
        return false;
    bool set = expr->kind == EXPR_SET;
    Const value = { .kind = CONST_TUPLE, .items = { items, expr->list.len } };
    emit(compiler, set ? OP_BUILD_SET : OP_BUILD_LIST, 0, expr->span);
    emit_const(compiler, value, expr->span);
    emit(compiler, set ? OP_SET_UPDATE : OP_LIST_EXTEND, 1, expr->span);
    return true;
}

bool compile_list_display(Compiler *compiler, Expr *expr)
{
    ExprList list = expr->list;
    if (compile_const_list(compiler, expr))
        return true;
    bool set = expr->kind == EXPR_SET, tuple = expr->kind == EXPR_TUPLE;
    if (!has_starred(list) && list.len <= DISPLAY_MOST) {
        for (size_t i = 0; i < list.len; i++) {
            if (!compile_expr(compiler, list.items[i]))
                return false;
        }
        emit(compiler,
             set     ? OP_BUILD_SET
             : tuple ? OP_BUILD_TUPLE
                     : OP_BUILD_LIST,
             (uint32_t)list.len, expr->span);
        return true;
    }
    emit(compiler, set ? OP_BUILD_SET : OP_BUILD_LIST, 0, expr->span);
    for (size_t i = 0; i < list.len; i++) {
        if (!append_item(compiler, list.items[i], set ? OP_SET_ADD : OP_LIST_APPEND,
                         set ? OP_SET_UPDATE : OP_LIST_EXTEND, expr->span))
            return false;
    }
    if (tuple)
        emit(compiler, OP_LIST_TO_TUPLE, 0, expr->span);
    return true;
}

static bool has_dict_unpacking(const Expr *expr)
{
    for (size_t i = 0; i < expr->dict.keys.len; i++) {
        if (!expr->dict.keys.items[i])
            return true;
    }
    return false;
}

/* One pair, or `**mapping`, put into the dict on the stack. */
static bool add_pair(Compiler *compiler, Expr *key, Expr *value, Span span)
{
    if (key && !compile_expr(compiler, key))
        return false;
    if (!compile_expr(compiler, value))
        return false;
    emit(compiler, key ? OP_MAP_ADD : OP_DICT_UPDATE, 1, span);
    return true;
}

bool compile_dict_display(Compiler *compiler, Expr *expr)
{
    ExprList keys = expr->dict.keys, values = expr->dict.values;
    bool small = keys.len <= DISPLAY_MOST / 2 && !has_dict_unpacking(expr);
    if (!small)
        emit(compiler, OP_BUILD_MAP, 0, expr->span);
    for (size_t i = 0; i < keys.len; i++) {
        if (small
                ? !compile_expr(compiler, keys.items[i]) || !compile_expr(compiler, values.items[i])
                : !add_pair(compiler, keys.items[i], values.items[i], expr->span))
            return false;
    }
    if (small)
        emit(compiler, OP_BUILD_MAP, (uint32_t)keys.len, expr->span);
    return true;
}

/* The innermost part of a comprehension; `depth` containers and iterators are on the stack. */
static bool compile_element(Compiler *compiler, const Expr *expr, uint32_t depth)
{
    if (!compile_expr(compiler, expr->comp.element) ||
        (expr->comp.value && !compile_expr(compiler, expr->comp.value)))
        return false;
    Span span = expr->comp.element->span;
    switch ((int)expr->kind) {
    case EXPR_LIST_COMP:
        emit(compiler, OP_LIST_APPEND, depth, span);
        return true;
    case EXPR_SET_COMP:
        emit(compiler, OP_SET_ADD, depth, span);
        return true;
    case EXPR_DICT_COMP:
        emit(compiler, OP_MAP_ADD, depth, span);
        return true;
    default:
        emit(compiler, OP_YIELD_VALUE, compiler->unit->scope->coroutine ? YIELD_ASYNC : YIELD_PLAIN,
             span);
        emit(compiler, OP_POP_TOP, 0, span);
        return true;
    }
}

static bool compile_clause(Compiler *compiler, const Expr *expr, size_t index, uint32_t depth);

/* Behind the target of a clause: its conditions, and what is inside. */
static bool compile_clause_body(Compiler *compiler, const Expr *expr, size_t index, uint32_t depth,
                                Label again)
{
    const Comprehension *clause = &expr->comp.generators.items[index];
    for (size_t i = 0; i < clause->conditions.len; i++) {
        Label go_on = label_new(compiler);
        Expr *condition = clause->conditions.items[i];
        if (!compile_jump_if(compiler, condition, true, go_on))
            return false;
        emit_jump(compiler, OP_JUMP_BACK, again, condition->span);
        label_bind(compiler, go_on);
    }
    bool last = index + 1 == expr->comp.generators.len;
    if (last ? !compile_element(compiler, expr, depth)
             : !compile_clause(compiler, expr, index + 1, depth))
        return false;
    emit_jump(compiler, OP_JUMP_BACK, again, expr->comp.element->span);
    return true;
}

static bool compile_async_clause(Compiler *compiler, const Expr *expr, size_t index, uint32_t depth)
{
    const Comprehension *clause = &expr->comp.generators.items[index];
    Label again = label_new(compiler), end = label_new(compiler);
    Span span = clause->iter->span;
    uint32_t height = compiler->unit->depth;
    label_bind(compiler, again);
    if (!block_push_covered(compiler, (Block){ .kind = BLOCK_TRY }, end, span))
        return false;
    emit(compiler, OP_GET_ANEXT, 0, span);
    emit_yield_from(compiler, span);
    block_pop(compiler);
    if (!compile_store(compiler, clause->target) ||
        !compile_clause_body(compiler, expr, index, depth, again))
        return false;
    handler_bind(compiler, end, height);
    emit(compiler, OP_END_ASYNC_FOR, 0, span);
    return true;
}

static bool compile_clause(Compiler *compiler, const Expr *expr, size_t index, uint32_t depth)
{
    const Comprehension *clause = &expr->comp.generators.items[index];
    Span span = expr->span;
    if (index == 0) {
        emit(compiler, OP_LOAD_FAST, 0, span);
    } else {
        if (!compile_expr(compiler, clause->iter))
            return false;
        emit(compiler, clause->is_async ? OP_GET_AITER : OP_GET_ITER, 0, span);
    }
    if (clause->is_async)
        return compile_async_clause(compiler, expr, index, depth + 1);
    Label again = label_new(compiler), end = label_new(compiler);
    label_bind(compiler, again);
    emit_jump(compiler, OP_FOR_ITER, end, span);
    if (!compile_store(compiler, clause->target) ||
        !compile_clause_body(compiler, expr, index, depth + 1, again))
        return false;
    compiler->unit->depth--;
    label_bind(compiler, end);
    return true;
}

static bool compile_comprehension_body(Compiler *compiler, const Expr *expr)
{
    static const Opcode builders[] = { [EXPR_LIST_COMP] = OP_BUILD_LIST,
                                       [EXPR_SET_COMP] = OP_BUILD_SET,
                                       [EXPR_DICT_COMP] = OP_BUILD_MAP };
    bool generator = expr->kind == EXPR_GENERATOR;
    if (!generator)
        emit(compiler, builders[expr->kind], 0, expr->span);
    if (!compile_clause(compiler, expr, 0, generator ? 0 : 1))
        return false;
    if (generator)
        emit_none(compiler, expr->span);
    emit(compiler, OP_RETURN_VALUE, 0, expr->span);
    return true;
}

bool compile_comprehension(Compiler *compiler, Expr *expr)
{
    Scope *scope = expr->comp.scope;
    const Scope *outer = compiler->unit->scope;
    bool async = scope->coroutine, generator = expr->kind == EXPR_GENERATOR;
    if (async && !generator && outer->kind != SCOPE_ASYNC_FUNCTION &&
        outer->kind != SCOPE_COMPREHENSION)
        return compile_fail(compiler, expr->span,
                            "asynchronous comprehension outside of an asynchronous function");
    unit_open(compiler, scope, scope->name);
    bool ok = compile_comprehension_body(compiler, expr);
    const Code *body = unit_close(compiler, expr->span);
    if (!ok || !body)
        return false;
    Code *code = arena_copy(compiler->arena, body, sizeof *body);
    code->arg_count = 1;
    uint32_t closure = emit_closure(compiler, code, expr->span) ? MAKE_CLOSURE : 0;
    emit_const(compiler, (Const){ .kind = CONST_CODE, .code = code }, expr->span);
    emit(compiler, OP_MAKE_FUNCTION, closure, expr->span);
    const Comprehension *first = &expr->comp.generators.items[0];
    if (!compile_expr(compiler, first->iter))
        return false;
    emit(compiler, first->is_async ? OP_GET_AITER : OP_GET_ITER, 0, expr->span);
    emit(compiler, OP_CALL, 1, expr->span);
    if (async && !generator)
        emit_await(compiler, expr->span);
    return true;
}
