/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

/*
 * A handler finds the exception on the stack, and keeps the previous one below it while it runs:
 * exception -> previous exception. Whatever is raised within it restores the previous first:
 *     previous exception -> SWAP 2; POP_EXCEPT; RERAISE
 */
static void emit_cleanup(Compiler *compiler, Label cleanup, uint32_t depth, Span span)
{
    handler_bind(compiler, cleanup, depth);
    emit(compiler, OP_SWAP, 2, span);
    emit(compiler, OP_POP_EXCEPT, 0, span);
    emit(compiler, OP_RERAISE, 0, span);
    compiler->unit->depth = depth;
}

static bool catches_import_error(const Expr *type)
{
    static const char *const names[] = { "ImportError", "ModuleNotFoundError", "Exception",
                                         "BaseException" };
    if (type->kind == EXPR_TUPLE) {
        for (size_t i = 0; i < type->list.len; i++) {
            if (catches_import_error(type->list.items[i]))
                return true;
        }
        return false;
    }
    Str name = type->kind == EXPR_NAME        ? type->name
               : type->kind == EXPR_ATTRIBUTE ? type->attribute.name
                                              : STR("");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_is(name, names[i]))
            return true;
    }
    return false;
}

/* Whether an import in the body may fail without harm. */
static bool guards_imports(const Stmt *stmt)
{
    for (size_t i = 0; i < stmt->attempt.handlers.len; i++) {
        const Expr *type = stmt->attempt.handlers.items[i].type;
        if (!type || catches_import_error(type))
            return true;
    }
    return false;
}

/* `with suppress(ImportError):` */
static bool suppresses_imports(const Stmt *stmt)
{
    for (size_t i = 0; i < stmt->with.items.len; i++) {
        const Expr *call = stmt->with.items.items[i].context;
        if (call->kind != EXPR_CALL)
            continue;
        const Expr *callee = call->call.callee;
        Str name = callee->kind == EXPR_NAME        ? callee->name
                   : callee->kind == EXPR_ATTRIBUTE ? callee->attribute.name
                                                    : STR("");
        for (size_t j = 0; str_is(name, "suppress") && j < call->call.args.len; j++) {
            if (catches_import_error(call->call.args.items[j]))
                return true;
        }
    }
    return false;
}

/* The previous exception is restored: what guards the handlers ends here. */
static void emit_pop_except(Compiler *compiler, Span span)
{
    Unit *unit = compiler->unit;
    block_suspend(compiler, &unit->blocks[unit->block_count - 1]);
    emit(compiler, OP_POP_EXCEPT, 0, span);
}

static void resume_handlers(Compiler *compiler)
{
    compiler->unit->blocks[compiler->unit->block_count - 1].start = unit_here(compiler);
}

static bool unbind_name(Compiler *compiler, Str name, Span span)
{
    emit_none(compiler, span);
    return store_name(compiler, name, span) && delete_name(compiler, name, span);
}

/* previous exception -> ; the except's body, its name unbound however it ends. */
static bool compile_named_handler(Compiler *compiler, const ExceptHandler *handler)
{
    Label cleanup = label_new(compiler);
    Span span = handler->span;
    if (!store_name(compiler, handler->name, span))
        return false;
    uint32_t depth = compiler->unit->depth;
    if (!block_push_covered(compiler, (Block){ .kind = BLOCK_HANDLER, .name = handler->name },
                            cleanup, span) ||
        !compile_body(compiler, handler->body))
        return false;
    block_pop(compiler);
    Label end = label_new(compiler);
    emit_pop_except(compiler, span);
    if (!unbind_name(compiler, handler->name, span))
        return false;
    emit_jump(compiler, OP_JUMP, end, span);
    resume_handlers(compiler);
    handler_bind(compiler, cleanup, depth);
    if (!unbind_name(compiler, handler->name, span))
        return false;
    emit(compiler, OP_RERAISE, 0, span);
    compiler->unit->depth = depth - 1;
    block_suspend(compiler, &compiler->unit->blocks[compiler->unit->block_count - 1]);
    label_bind(compiler, end);
    return true;
}

static bool compile_bare_handler(Compiler *compiler, const ExceptHandler *handler)
{
    emit(compiler, OP_POP_TOP, 0, handler->span);
    if (!block_push(compiler, (Block){ .kind = BLOCK_HANDLER }, handler->span) ||
        !compile_body(compiler, handler->body))
        return false;
    block_pop(compiler);
    emit_pop_except(compiler, handler->span);
    return true;
}

/* previous exception -> previous exception when it does not match. */
static bool compile_handler(Compiler *compiler, const ExceptHandler *handler, Label end)
{
    Label next = label_new(compiler);
    uint32_t depth = compiler->unit->depth;
    if (handler->type) {
        if (!compile_expr(compiler, handler->type))
            return false;
        emit(compiler, OP_CHECK_EXC_MATCH, 0, handler->type->span);
        emit_jump(compiler, OP_POP_JUMP_IF_FALSE, next, handler->type->span);
    }
    if (str_given(handler->name) ? !compile_named_handler(compiler, handler)
                                 : !compile_bare_handler(compiler, handler))
        return false;
    emit_jump(compiler, OP_JUMP, end, handler->span);
    resume_handlers(compiler);
    compiler->unit->depth = depth;
    label_bind(compiler, next);
    return true;
}

static bool compile_handlers(Compiler *compiler, Stmt *stmt, Label end)
{
    Label cleanup = label_new(compiler);
    emit(compiler, OP_PUSH_EXC_INFO, 0, (Span){ 0 });
    compiler->unit->depth--;
    uint32_t depth = compiler->unit->depth;
    bool pushed =
        block_push_covered(compiler, (Block){ .kind = BLOCK_HANDLERS }, cleanup, stmt->span);
    compiler->unit->depth++;
    if (!pushed)
        return false;
    HandlerList handlers = stmt->attempt.handlers;
    for (size_t i = 0; i < handlers.len; i++) {
        if (!handlers.items[i].type && i + 1 < handlers.len)
            return compile_fail(compiler, handlers.items[i].span, "default 'except:' must be last");
        if (!compile_handler(compiler, &handlers.items[i], end))
            return false;
    }
    emit(compiler, OP_RERAISE, 0, (Span){ 0 });
    block_pop(compiler);
    emit_cleanup(compiler, cleanup, depth, (Span){ 0 });
    compiler->unit->depth = depth - 1;
    return true;
}

static bool compile_try_except(Compiler *compiler, Stmt *stmt)
{
    Label handlers = label_new(compiler), end = label_new(compiler);
    uint32_t depth = compiler->unit->depth;
    bool guards = guards_imports(stmt);
    if (!block_push_covered(compiler, (Block){ .kind = BLOCK_TRY }, handlers, stmt->span))
        return false;
    compiler->unit->guarded += guards;
    bool ok = compile_body(compiler, stmt->attempt.body);
    compiler->unit->guarded -= guards;
    if (!ok)
        return false;
    block_pop(compiler);
    if (!compile_body(compiler, stmt->attempt.orelse))
        return false;
    emit_jump(compiler, OP_JUMP, end, (Span){ 0 });
    handler_bind(compiler, handlers, depth);
    if (!compile_handlers(compiler, stmt, end))
        return false;
    label_bind(compiler, end);
    return true;
}

static bool compile_try_body(Compiler *compiler, Stmt *stmt)
{
    return stmt->attempt.handlers.len ? compile_try_except(compiler, stmt)
                                      : compile_body(compiler, stmt->attempt.body);
}

/* exception -> ; the finally's body, then the exception again. */
static bool compile_raised_finally(Compiler *compiler, Stmt *stmt)
{
    Label cleanup = label_new(compiler);
    emit(compiler, OP_PUSH_EXC_INFO, 0, (Span){ 0 });
    compiler->unit->depth--;
    uint32_t depth = compiler->unit->depth;
    bool pushed =
        block_push_covered(compiler, (Block){ .kind = BLOCK_FINALLY_RAISED }, cleanup, stmt->span);
    compiler->unit->depth++;
    if (!pushed || !compile_body(compiler, stmt->attempt.final))
        return false;
    emit(compiler, OP_RERAISE, 0, (Span){ 0 });
    block_pop(compiler);
    emit_cleanup(compiler, cleanup, depth, (Span){ 0 });
    compiler->unit->depth = depth - 1;
    return true;
}

static bool compile_try_finally(Compiler *compiler, Stmt *stmt)
{
    Label raised = label_new(compiler), end = label_new(compiler);
    uint32_t depth = compiler->unit->depth;
    Block block = { .kind = BLOCK_FINALLY, .body = stmt->attempt.final };
    if (!block_push_covered(compiler, block, raised, stmt->span) ||
        !compile_try_body(compiler, stmt))
        return false;
    block_pop(compiler);
    if (!compile_body(compiler, stmt->attempt.final))
        return false;
    emit_jump(compiler, OP_JUMP, end, (Span){ 0 });
    handler_bind(compiler, raised, depth);
    if (!compile_raised_finally(compiler, stmt))
        return false;
    label_bind(compiler, end);
    return true;
}

/* Nothing may leave an except* block but an exception. */
static bool check_star_body(Compiler *compiler, StmtList body, bool in_loop);

static bool check_star_stmt(Compiler *compiler, const Stmt *stmt, bool in_loop)
{
    switch ((int)stmt->kind) {
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE:
        return (in_loop && stmt->kind != STMT_RETURN) ||
               compile_fail(compiler, stmt->span,
                            "'break', 'continue' and 'return' cannot appear "
                            "in an except* block");
    case STMT_IF:
        return check_star_body(compiler, stmt->branch.body, in_loop) &&
               check_star_body(compiler, stmt->branch.orelse, in_loop);
    case STMT_WHILE:
        return check_star_body(compiler, stmt->branch.body, true) &&
               check_star_body(compiler, stmt->branch.orelse, in_loop);
    case STMT_FOR:
        return check_star_body(compiler, stmt->loop.body, true) &&
               check_star_body(compiler, stmt->loop.orelse, in_loop);
    case STMT_WITH:
        return check_star_body(compiler, stmt->with.body, in_loop);
    case STMT_TRY:
        for (size_t i = 0; i < stmt->attempt.handlers.len; i++) {
            if (!check_star_body(compiler, stmt->attempt.handlers.items[i].body, in_loop))
                return false;
        }
        return check_star_body(compiler, stmt->attempt.body, in_loop) &&
               check_star_body(compiler, stmt->attempt.orelse, in_loop) &&
               check_star_body(compiler, stmt->attempt.final, in_loop);
    case STMT_MATCH:
        for (size_t i = 0; i < stmt->match.cases.len; i++) {
            if (!check_star_body(compiler, stmt->match.cases.items[i].body, in_loop))
                return false;
        }
        return true;
    default:
        return true;
    }
}

static bool check_star_body(Compiler *compiler, StmtList body, bool in_loop)
{
    for (size_t i = 0; i < body.len; i++) {
        if (!check_star_stmt(compiler, body.items[i], in_loop))
            return false;
    }
    return true;
}

static bool check_star(Compiler *compiler, const Stmt *stmt)
{
    for (size_t i = 0; i < stmt->attempt.handlers.len; i++) {
        if (!check_star_body(compiler, stmt->attempt.handlers.items[i].body, false))
            return false;
    }
    emit_unsupported(compiler, STR("except* is not supported"), stmt->span);
    return true;
}

bool compile_try(Compiler *compiler, Stmt *stmt)
{
    if (stmt->attempt.star && !check_star(compiler, stmt))
        return false;
    return stmt->attempt.final.len ? compile_try_finally(compiler, stmt)
                                   : compile_try_body(compiler, stmt);
}

static bool compile_with_items(Compiler *compiler, Stmt *stmt, size_t index);

/* exit exception -> ; asks exit whether the exception ends here. */
static bool compile_with_raised(Compiler *compiler, Stmt *stmt, Span span)
{
    Label cleanup = label_new(compiler), suppress = label_new(compiler);
    emit(compiler, OP_PUSH_EXC_INFO, 0, span);
    compiler->unit->depth--;
    uint32_t depth = compiler->unit->depth;
    bool pushed = block_push_covered(compiler, (Block){ .kind = BLOCK_WITH_RAISED }, cleanup, span);
    compiler->unit->depth++;
    if (!pushed)
        return false;
    emit(compiler, OP_WITH_EXCEPT_START, 0, span);
    if (stmt->with.is_async) {
        emit(compiler, OP_GET_AWAITABLE, AWAIT_AEXIT, span);
        emit_yield_from(compiler, span);
    }
    emit_jump(compiler, OP_POP_JUMP_IF_TRUE, suppress, span);
    emit(compiler, OP_RERAISE, 0, span);
    compiler->unit->depth++;
    label_bind(compiler, suppress);
    emit(compiler, OP_POP_TOP, 0, span);
    block_pop(compiler);
    emit(compiler, OP_POP_EXCEPT, 0, span);
    emit(compiler, OP_POP_TOP, 0, span);
    Label end = label_new(compiler);
    emit_jump(compiler, OP_JUMP, end, span);
    uint32_t after = compiler->unit->depth;
    emit_cleanup(compiler, cleanup, depth, span);
    compiler->unit->depth = after;
    label_bind(compiler, end);
    return true;
}

static bool compile_with_item(Compiler *compiler, Stmt *stmt, size_t index)
{
    const WithItem *item = &stmt->with.items.items[index];
    Span span = stmt->span;
    bool async = stmt->with.is_async;
    Label raised = label_new(compiler), end = label_new(compiler);
    if (!compile_expr(compiler, item->context))
        return false;
    emit(compiler, async ? OP_BEFORE_ASYNC_WITH : OP_BEFORE_WITH, 0, span);
    if (async) {
        emit(compiler, OP_GET_AWAITABLE, AWAIT_AENTER, span);
        emit_yield_from(compiler, span);
    }
    compiler->unit->depth--;
    uint32_t depth = compiler->unit->depth;
    Block block = { .kind = async ? BLOCK_ASYNC_WITH : BLOCK_WITH };
    bool pushed = block_push_covered(compiler, block, raised, span);
    compiler->unit->depth++;
    if (!pushed)
        return false;
    if (!item->target)
        emit(compiler, OP_POP_TOP, 0, span);
    else if (!compile_store(compiler, item->target))
        return false;
    if (!compile_with_items(compiler, stmt, index + 1))
        return false;
    block_pop(compiler);
    emit_exit_call(compiler, async, span);
    emit_jump(compiler, OP_JUMP, end, span);
    handler_bind(compiler, raised, depth);
    if (!compile_with_raised(compiler, stmt, span))
        return false;
    label_bind(compiler, end);
    return true;
}

static bool compile_with_items(Compiler *compiler, Stmt *stmt, size_t index)
{
    if (index == stmt->with.items.len)
        return compile_body(compiler, stmt->with.body);
    return compile_with_item(compiler, stmt, index);
}

bool compile_with(Compiler *compiler, Stmt *stmt)
{
    if (stmt->with.is_async && compiler->unit->scope->kind != SCOPE_ASYNC_FUNCTION)
        return compile_fail(compiler, stmt->span, "'async with' outside async function");
    bool guards = suppresses_imports(stmt);
    compiler->unit->guarded += guards;
    bool ok = compile_with_items(compiler, stmt, 0);
    compiler->unit->guarded -= guards;
    return ok;
}
