/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

void block_suspend(Compiler *compiler, const Block *block)
{
    if (!block->covers || block->start == unit_here(compiler))
        return;
    Handler handler = { block->start, unit_here(compiler), block->handler, block->depth };
    VEC_PUSH(compiler->arena, &compiler->unit->handlers, handler);
}

/* With the value that is being returned on top, when there is one: it stays there. */
static void pop_below(Compiler *compiler, bool value, Opcode pop, Span span)
{
    if (value)
        emit(compiler, OP_SWAP, 2, span);
    emit(compiler, pop, 0, span);
}

void emit_exit_call(Compiler *compiler, bool async, Span span)
{
    for (int i = 0; i < 3; i++)
        emit_none(compiler, span);
    emit(compiler, OP_CALL, 3, span);
    if (async) {
        emit(compiler, OP_GET_AWAITABLE, AWAIT_AEXIT, span);
        emit_yield_from(compiler, span);
    }
    emit(compiler, OP_POP_TOP, 0, span);
}

static bool leave_finally(Compiler *compiler, const Block *block, bool value)
{
    if (value && !block_push(compiler, (Block){ .kind = BLOCK_VALUE }, block->span))
        return false;
    if (!compile_body(compiler, block->body))
        return false;
    if (value)
        block_pop(compiler);
    return true;
}

/* What must happen on the way out of a block. */
static bool leave(Compiler *compiler, const Block *block, bool value, Span span)
{
    switch (block->kind) {
    case BLOCK_WHILE:
    case BLOCK_TRY:
    case BLOCK_HANDLERS:
    case BLOCK_WITH_RAISED:
        return true;
    case BLOCK_FOR:
    case BLOCK_VALUE:
        pop_below(compiler, value, OP_POP_TOP, span);
        return true;
    case BLOCK_FINALLY:
        return leave_finally(compiler, block, value);
    case BLOCK_FINALLY_RAISED:
        pop_below(compiler, value, OP_POP_TOP, span);
        pop_below(compiler, value, OP_POP_EXCEPT, span);
        return true;
    case BLOCK_WITH:
    case BLOCK_ASYNC_WITH:
        if (value)
            emit(compiler, OP_SWAP, 2, span);
        emit_exit_call(compiler, block->kind == BLOCK_ASYNC_WITH, block->span);
        return true;
    case BLOCK_HANDLER:
        pop_below(compiler, value, OP_POP_EXCEPT, span);
        if (!str_given(block->name))
            return true;
        emit_none(compiler, span);
        return store_name(compiler, block->name, span) && delete_name(compiler, block->name, span);
    }
    return true;
}

/* Leaves the blocks above `keep`, the innermost first. */
static bool leave_blocks(Compiler *compiler, uint32_t keep, bool value, Span span)
{
    Unit *unit = compiler->unit;
    while (unit->block_count > keep) {
        Block block = unit->blocks[--unit->block_count];
        block_suspend(compiler, &block);
        if (block.kind == BLOCK_HANDLER) { /* it has the stack of the block around it */
            Block *around = &unit->blocks[unit->block_count - 1];
            block_suspend(compiler, around);
            around->covers = false;
        }
        if (!leave(compiler, &block, value, span))
            return false;
    }
    return true;
}

/* The blocks as they are, to be restored behind a way out. */
typedef struct SavedBlocks {
    Block *blocks;
    uint32_t count, depth;
} SavedBlocks;

static SavedBlocks save_blocks(Compiler *compiler)
{
    Unit *unit = compiler->unit;
    return (SavedBlocks){
        .blocks = arena_copy(compiler->arena, unit->blocks, unit->block_count * sizeof(Block)),
        .count = unit->block_count,
        .depth = unit->depth,
    };
}

static void restore_blocks(Compiler *compiler, SavedBlocks saved, uint32_t keep)
{
    Unit *unit = compiler->unit;
    for (uint32_t i = keep; i < saved.count; i++) {
        unit->blocks[i] = saved.blocks[i];
        unit->blocks[i].start = unit_here(compiler);
    }
    unit->block_count = saved.count;
    unit->depth = saved.depth;
}

bool compile_return(Compiler *compiler, Stmt *stmt)
{
    const Scope *scope = compiler->unit->scope;
    if (!scope_is_function(scope))
        return compile_fail(compiler, stmt->span, "'return' outside function");
    if (stmt->value && scope->generator && scope->kind == SCOPE_ASYNC_FUNCTION)
        return compile_fail(compiler, stmt->span, "'return' with value in async generator");
    uint32_t depth = compiler->unit->depth;
    Const constant;
    bool value = stmt->value && !fold_const(compiler, stmt->value, &constant);
    if (value && !compile_expr(compiler, stmt->value))
        return false;
    SavedBlocks saved = save_blocks(compiler);
    if (!leave_blocks(compiler, 0, value, stmt->span))
        return false;
    if (!stmt->value)
        emit_none(compiler, stmt->span);
    else if (!value)
        emit_const(compiler, constant, stmt->span);
    emit(compiler, OP_RETURN_VALUE, 0, stmt->span);
    restore_blocks(compiler, saved, 0);
    compiler->unit->depth = depth;
    return true;
}

/* The index of the innermost loop's block, or -1. */
static int find_loop(const Unit *unit)
{
    for (int i = (int)unit->block_count - 1; i >= 0; i--) {
        if (unit->blocks[i].kind == BLOCK_FOR || unit->blocks[i].kind == BLOCK_WHILE)
            return i;
    }
    return -1;
}

bool compile_break(Compiler *compiler, Stmt *stmt)
{
    int loop = find_loop(compiler->unit);
    if (loop < 0)
        return compile_fail(compiler, stmt->span, "'break' outside loop");
    Label exit = compiler->unit->blocks[loop].exit;
    SavedBlocks saved = save_blocks(compiler);
    if (!leave_blocks(compiler, (uint32_t)loop, false, stmt->span))
        return false;
    emit_jump(compiler, OP_JUMP, exit, stmt->span);
    restore_blocks(compiler, saved, (uint32_t)loop);
    return true;
}

bool compile_continue(Compiler *compiler, Stmt *stmt)
{
    int loop = find_loop(compiler->unit);
    if (loop < 0)
        return compile_fail(compiler, stmt->span, "'continue' not properly in loop");
    Label again = compiler->unit->blocks[loop].again;
    SavedBlocks saved = save_blocks(compiler);
    if (!leave_blocks(compiler, (uint32_t)loop + 1, false, stmt->span))
        return false;
    emit_jump(compiler, OP_JUMP_BACK, again, stmt->span);
    restore_blocks(compiler, saved, (uint32_t)loop + 1);
    return true;
}

/* `if`, and its chain of `elif`. */
bool compile_if(Compiler *compiler, Stmt *stmt)
{
    Label end = label_new(compiler);
    for (;;) {
        Label orelse = label_new(compiler);
        if (!compile_jump_if(compiler, stmt->branch.test, false, orelse) ||
            !compile_body(compiler, stmt->branch.body))
            return false;
        StmtList rest = stmt->branch.orelse;
        if (rest.len)
            emit_jump(compiler, OP_JUMP, end, stmt->span);
        label_bind(compiler, orelse);
        if (rest.len != 1 || rest.items[0]->kind != STMT_IF) {
            if (!compile_body(compiler, rest))
                return false;
            break;
        }
        stmt = rest.items[0];
    }
    label_bind(compiler, end);
    return true;
}

bool compile_while(Compiler *compiler, Stmt *stmt)
{
    Label again = label_new(compiler), orelse = label_new(compiler), exit = label_new(compiler);
    label_bind(compiler, again);
    if (!block_push(compiler, (Block){ .kind = BLOCK_WHILE, .again = again, .exit = exit },
                    stmt->span) ||
        !compile_jump_if(compiler, stmt->branch.test, false, orelse) ||
        !compile_body(compiler, stmt->branch.body))
        return false;
    emit_jump(compiler, OP_JUMP_BACK, again, stmt->branch.test->span);
    block_pop(compiler);
    label_bind(compiler, orelse);
    if (!compile_body(compiler, stmt->branch.orelse))
        return false;
    label_bind(compiler, exit);
    return true;
}

static bool compile_sync_for(Compiler *compiler, Stmt *stmt, Label exit)
{
    Label again = label_new(compiler), end = label_new(compiler);
    Span span = stmt->span;
    emit(compiler, OP_GET_ITER, 0, span);
    label_bind(compiler, again);
    emit_jump(compiler, OP_FOR_ITER, end, span);
    if (!block_push(compiler, (Block){ .kind = BLOCK_FOR, .again = again, .exit = exit },
                    stmt->span))
        return false;
    if (!compile_store(compiler, stmt->loop.target) || !compile_body(compiler, stmt->loop.body))
        return false;
    emit_jump(compiler, OP_JUMP_BACK, again, stmt->loop.target->span);
    block_pop(compiler);
    compiler->unit->depth--;
    label_bind(compiler, end);
    return true;
}

static bool compile_async_for(Compiler *compiler, Stmt *stmt, Label exit)
{
    Label again = label_new(compiler), end = label_new(compiler);
    Span span = stmt->span;
    if (compiler->unit->scope->kind != SCOPE_ASYNC_FUNCTION)
        return compile_fail(compiler, stmt->span, "'async for' outside async function");
    emit(compiler, OP_GET_AITER, 0, span);
    uint32_t depth = compiler->unit->depth;
    label_bind(compiler, again);
    Block loop = { .kind = BLOCK_FOR, .again = again, .exit = exit };
    if (!block_push(compiler, loop, stmt->span) ||
        !block_push_covered(compiler, (Block){ .kind = BLOCK_TRY }, end, stmt->span))
        return false;
    emit(compiler, OP_GET_ANEXT, 0, span);
    emit_yield_from(compiler, span);
    block_pop(compiler);
    if (!compile_store(compiler, stmt->loop.target) || !compile_body(compiler, stmt->loop.body))
        return false;
    emit_jump(compiler, OP_JUMP_BACK, again, stmt->loop.target->span);
    block_pop(compiler);
    handler_bind(compiler, end, depth);
    emit(compiler, OP_END_ASYNC_FOR, 0, span);
    return true;
}

bool compile_for(Compiler *compiler, Stmt *stmt)
{
    Label exit = label_new(compiler);
    if (!compile_expr(compiler, stmt->loop.iter))
        return false;
    if (stmt->loop.is_async ? !compile_async_for(compiler, stmt, exit)
                            : !compile_sync_for(compiler, stmt, exit))
        return false;
    if (!compile_body(compiler, stmt->loop.orelse))
        return false;
    label_bind(compiler, exit);
    return true;
}
