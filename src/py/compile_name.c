/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

typedef enum Access { ACCESS_LOAD, ACCESS_STORE, ACCESS_DELETE } Access;

static const Opcode fast_ops[] = { OP_LOAD_FAST, OP_STORE_FAST, OP_DELETE_FAST };
static const Opcode deref_ops[] = { OP_LOAD_DEREF, OP_STORE_DEREF, OP_DELETE_DEREF };
static const Opcode global_ops[] = { OP_LOAD_GLOBAL, OP_STORE_GLOBAL, OP_DELETE_GLOBAL };
static const Opcode name_ops[] = { OP_LOAD_NAME, OP_STORE_NAME, OP_DELETE_NAME };

static Opcode name_op(const Compiler *compiler, Access access)
{
    bool hint = access == ACCESS_LOAD && compiler->in_annotation;
    return hint ? OP_LOAD_HINT : name_ops[access];
}

Str mangle(Compiler *compiler, Str name)
{
    return scope_mangle(compiler->arena, compiler->unit->scope->private_name, name);
}

bool check_name(Compiler *compiler, Str name, ExprContext context, Span span)
{
    if (context == CONTEXT_LOAD || !str_is(name, "__debug__"))
        return true;
    return compile_fail(compiler, span, "cannot %s __debug__",
                        context == CONTEXT_DELETE ? "delete" : "assign to");
}

static uint32_t slot_of(Compiler *compiler, Str name)
{
    return (uint32_t)map_index(&compiler->unit->slots, name);
}

static void access_name(Compiler *compiler, Str name, Access access, Span span)
{
    const Scope *scope = compiler->unit->scope;
    name = mangle(compiler, name);
    const Symbol *symbol = scope_symbol(scope, name);
    Binding binding = symbol ? symbol->binding : BINDING_GLOBAL;
    bool function = scope_is_function(scope);
    switch (binding) {
    case BINDING_CELL:
        emit(compiler, deref_ops[access], slot_of(compiler, name), span);
        return;
    case BINDING_FREE:
        emit(compiler, !function && access == ACCESS_LOAD ? OP_LOAD_CLASSDEREF : deref_ops[access],
             slot_of(compiler, name), span);
        return;
    case BINDING_EXPLICIT:
        emit_name(compiler, global_ops[access], name, span);
        return;
    case BINDING_GLOBAL:
        emit_name(compiler, function ? global_ops[access] : name_op(compiler, access), name, span);
        return;
    case BINDING_LOCAL:
        if (function)
            emit(compiler, fast_ops[access], slot_of(compiler, name), span);
        else
            emit_name(compiler, name_op(compiler, access), name, span);
        return;
    }
}

bool load_name(Compiler *compiler, Str name, Span span)
{
    access_name(compiler, name, ACCESS_LOAD, span);
    return true;
}

bool store_name(Compiler *compiler, Str name, Span span)
{
    if (!check_name(compiler, name, CONTEXT_STORE, span))
        return false;
    access_name(compiler, name, ACCESS_STORE, span);
    return true;
}

bool delete_name(Compiler *compiler, Str name, Span span)
{
    if (!check_name(compiler, name, CONTEXT_DELETE, span))
        return false;
    access_name(compiler, name, ACCESS_DELETE, span);
    return true;
}

bool emit_closure(Compiler *compiler, const Code *code, Span span)
{
    for (uint32_t i = 0; i < code->free_count; i++) {
        Str name = code->slots[code->slot_count - code->free_count + i].name;
        emit(compiler, OP_LOAD_CLOSURE, slot_of(compiler, name), span);
    }
    if (code->free_count)
        emit(compiler, OP_BUILD_TUPLE, code->free_count, span);
    return code->free_count > 0;
}
