/* SPDX-License-Identifier: MIT */
/* Code outlives what it was compiled from: it moves out of the arena of trees and scopes. */
#include "py/code.h"

typedef struct Copier {
    Arena *arena;
    Str text; /* the source as it was compiled: names and most constants are parts of it */
    Source *source;
} Copier;

static const Code *code_move(const Copier *copier, const Code *code);

static bool is_part(Str part, Str whole)
{
    uintptr_t start = (uintptr_t)whole.ptr, at = (uintptr_t)part.ptr;
    return part.ptr && at >= start && at + part.len <= start + whole.len;
}

/* The same part of the copied source, where it is one. */
static Str text_move(const Copier *copier, Str text)
{
    if (is_part(text, copier->text))
        return (Str){ copier->source->text.ptr + (text.ptr - copier->text.ptr), text.len };
    return str_dup(copier->arena, text);
}

static void const_move(const Copier *copier, Const *copy, const Const *from)
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
        copy->text = text_move(copier, from->text);
        break;
    case CONST_TUPLE:
    case CONST_FROZENSET: {
        Const *items = ARENA_ARRAY(copier->arena, Const, from->items.len);
        for (size_t i = 0; i < from->items.len; i++)
            const_move(copier, &items[i], &from->items.items[i]);
        copy->items.items = items;
        break;
    }
    case CONST_CODE:
        copy->code = code_move(copier, from->code);
        break;
    }
}

static const Const *consts_move(const Copier *copier, const Code *code)
{
    Const *copies = ARENA_ARRAY(copier->arena, Const, code->const_count);
    for (uint32_t i = 0; i < code->const_count; i++)
        const_move(copier, &copies[i], &code->consts[i]);
    return copies;
}

static const Str *names_move(const Copier *copier, const Code *code)
{
    Str *copies = ARENA_ARRAY(copier->arena, Str, code->name_count);
    for (uint32_t i = 0; i < code->name_count; i++)
        copies[i] = text_move(copier, code->names[i]);
    return copies;
}

static const Slot *slots_move(const Copier *copier, const Code *code)
{
    Slot *copies = ARENA_ARRAY(copier->arena, Slot, code->slot_count);
    for (uint32_t i = 0; i < code->slot_count; i++)
        copies[i] = (Slot){ text_move(copier, code->slots[i].name), code->slots[i].kind };
    return copies;
}

static const Code *code_move(const Copier *copier, const Code *code)
{
    Arena *arena = copier->arena;
    Code *copy = arena_copy(arena, code, sizeof *code);
    copy->name = text_move(copier, code->name);
    copy->qualname = text_move(copier, code->qualname);
    copy->doc = text_move(copier, code->doc);
    copy->source = copier->source;
    copy->slots = slots_move(copier, code);
    copy->names = names_move(copier, code);
    copy->consts = consts_move(copier, code);
    copy->instructions =
        arena_copy(arena, code->instructions, code->instruction_count * sizeof *code->instructions);
    copy->spans = arena_copy(arena, code->spans, code->instruction_count * sizeof *code->spans);
    copy->handlers =
        arena_copy(arena, code->handlers, code->handler_count * sizeof *code->handlers);
    return copy;
}

const Code *code_copy(Arena *arena, const Code *code, Str lasting)
{
    Str text = code->source->text;
    Source *source = ARENA_NEW(arena, Source);
    *source = (Source){ .arena = arena,
                        .file = str_dup(arena, code->source->file),
                        .text = is_part(text, lasting) ? text : str_dup(arena, text),
                        .ascii = code->source->ascii };
    Copier copier = { .arena = arena, .text = text, .source = source };
    return code_move(&copier, code);
}
