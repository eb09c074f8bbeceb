/* SPDX-License-Identifier: MIT */
/* Code outlives what it was compiled from: it moves out of the arena of trees and scopes. */
#include "py/code.h"

static const Code *copy_with(Arena *arena, const Code *code, Source *source);

static void const_copy(Arena *arena, Const *copy, const Const *from, Source *source)
{
    *copy = *from;
    switch (from->kind) {
    case CONST_NONE:
    case CONST_FALSE:
    case CONST_TRUE:
    case CONST_ELLIPSIS:
    case CONST_INT:
    case CONST_FLOAT:
    case CONST_COMPLEX:
        break;
    case CONST_BIG_INT:
    case CONST_UNSUPPORTED:
    case CONST_STR:
    case CONST_BYTES:
        copy->text = str_dup(arena, from->text);
        break;
    case CONST_TUPLE:
    case CONST_FROZENSET: {
        Const *items = ARENA_ARRAY(arena, Const, from->items.len);
        for (size_t i = 0; i < from->items.len; i++)
            const_copy(arena, &items[i], &from->items.items[i], source);
        copy->items.items = items;
        break;
    }
    case CONST_CODE:
        copy->code = copy_with(arena, from->code, source);
        break;
    }
}

static const Const *consts_copy(Arena *arena, const Code *code, Source *source)
{
    Const *copies = ARENA_ARRAY(arena, Const, code->const_count);
    for (uint32_t i = 0; i < code->const_count; i++)
        const_copy(arena, &copies[i], &code->consts[i], source);
    return copies;
}

static const Str *names_copy(Arena *arena, const Code *code)
{
    Str *copies = ARENA_ARRAY(arena, Str, code->name_count);
    for (uint32_t i = 0; i < code->name_count; i++)
        copies[i] = str_dup(arena, code->names[i]);
    return copies;
}

static const Slot *slots_copy(Arena *arena, const Code *code)
{
    Slot *copies = ARENA_ARRAY(arena, Slot, code->slot_count);
    for (uint32_t i = 0; i < code->slot_count; i++)
        copies[i] = (Slot){ str_dup(arena, code->slots[i].name), code->slots[i].kind };
    return copies;
}

static const Code *copy_with(Arena *arena, const Code *code, Source *source)
{
    Code *copy = arena_copy(arena, code, sizeof *code);
    copy->name = str_dup(arena, code->name);
    copy->qualname = str_dup(arena, code->qualname);
    copy->doc = str_dup(arena, code->doc);
    copy->source = source;
    copy->slots = slots_copy(arena, code);
    copy->names = names_copy(arena, code);
    copy->consts = consts_copy(arena, code, source);
    copy->instructions =
        arena_copy(arena, code->instructions, code->instruction_count * sizeof *code->instructions);
    copy->spans = arena_copy(arena, code->spans, code->instruction_count * sizeof *code->spans);
    copy->handlers =
        arena_copy(arena, code->handlers, code->handler_count * sizeof *code->handlers);
    return copy;
}

const Code *code_copy(Arena *arena, const Code *code)
{
    Source *source = ARENA_NEW(arena, Source);
    *source = (Source){ .arena = arena,
                        .file = str_dup(arena, code->source->file),
                        .text = str_dup(arena, code->source->text),
                        .ascii = code->source->ascii };
    return copy_with(arena, code, source);
}
