/* SPDX-License-Identifier: MIT */
/*
 * The first word tells where the spans begin: they are read for tracebacks only, and lie behind
 * the rest, out of the way. The second tells whether the source is ASCII. The others are written
 * and read in one order, code in code.
 */
#include "py/code_pack.h"

#include "base/map.h"

#define NO_TEXT UINT32_MAX

/* ---- packing ---- */

typedef struct Packer {
    Arena *arena;
    Str source; /* as it was compiled */
    Buf *text;
    Map extra; /* what was put behind the text to its offset there */
    WordVec *words, spans;
} Packer;

static void put_word(Packer *packer, uint32_t word)
{
    VEC_PUSH(packer->arena, packer->words, word);
}

static void put_words(Packer *packer, const void *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t word;
        memcpy(&word, (const char *)words + i * sizeof word, sizeof word);
        put_word(packer, word);
    }
}

static uint32_t text_offset(Packer *packer, Str text)
{
    uintptr_t start = (uintptr_t)packer->source.ptr, at = (uintptr_t)text.ptr;
    if (at >= start && at + text.len <= start + packer->source.len)
        return (uint32_t)(at - start);
    if (!map_has(&packer->extra, text)) {
        map_set(&packer->extra, text, (void *)(uintptr_t)packer->text->len);
        buf_put(packer->text, text);
    }
    return (uint32_t)(uintptr_t)map_get(&packer->extra, text);
}

static void put_text(Packer *packer, Str text)
{
    put_word(packer, str_given(text) ? text_offset(packer, text) : NO_TEXT);
    put_word(packer, (uint32_t)text.len);
}

static void put_code(Packer *packer, const Code *code);

static void put_const(Packer *packer, const Const *value)
{
    put_word(packer, value->kind);
    switch (value->kind) {
    case CONST_NONE:
    case CONST_FALSE:
    case CONST_TRUE:
    case CONST_ELLIPSIS:
        break;
    case CONST_INT:
    case CONST_FLOAT:
    case CONST_COMPLEX:
        put_words(packer, &value->integer, 2);
        break;
    case CONST_BIG_INT:
    case CONST_UNSUPPORTED:
    case CONST_STR:
    case CONST_BYTES:
        put_word(packer, (uint32_t)value->radix);
        put_text(packer, value->text);
        break;
    case CONST_TUPLE:
    case CONST_FROZENSET:
        put_word(packer, (uint32_t)value->items.len);
        for (size_t i = 0; i < value->items.len; i++)
            put_const(packer, &value->items.items[i]);
        break;
    case CONST_CODE:
        put_code(packer, value->code);
        break;
    }
}

static void put_spans(Packer *packer, const Code *code)
{
    put_word(packer, (uint32_t)packer->spans.len);
    for (uint32_t i = 0; i < code->instruction_count; i++) {
        VEC_PUSH(packer->arena, &packer->spans, code->spans[i].start);
        VEC_PUSH(packer->arena, &packer->spans, code->spans[i].end);
    }
}

static void put_code(Packer *packer, const Code *code)
{
    const uint32_t numbers[] = {
        code->span.start,        code->span.end,      code->flags,      code->posonly_count,
        code->arg_count,         code->kwonly_count,  code->free_count, (uint32_t)code->class_cell,
        code->stack_size,        code->slot_count,    code->name_count, code->const_count,
        code->instruction_count, code->handler_count,
    };
    put_text(packer, code->name);
    put_text(packer, code->qualname);
    put_text(packer, code->doc);
    put_words(packer, numbers, sizeof numbers / sizeof *numbers);
    for (uint32_t i = 0; i < code->slot_count; i++) {
        put_text(packer, code->slots[i].name);
        put_word(packer, code->slots[i].kind);
    }
    for (uint32_t i = 0; i < code->name_count; i++)
        put_text(packer, code->names[i]);
    for (uint32_t i = 0; i < code->const_count; i++)
        put_const(packer, &code->consts[i]);
    put_words(packer, code->instructions, code->instruction_count);
    put_words(packer, code->handlers, code->handler_count * (sizeof(Handler) / sizeof(uint32_t)));
    put_spans(packer, code);
}

void code_pack(Arena *arena, const Code *code, Buf *text, WordVec *words)
{
    Packer packer = { .arena = arena,
                      .source = code->source->text,
                      .text = text,
                      .extra = map_in(arena),
                      .words = words };
    put_word(&packer, 0);
    put_word(&packer, code->source->ascii);
    put_code(&packer, code);
    words->items[0] = (uint32_t)words->len;
    put_words(&packer, packer.spans.items, packer.spans.len);
}

/* ---- unpacking ---- */

typedef struct Unpacker {
    Arena *arena;
    Source *source;
    const uint32_t *at, *spans;
} Unpacker;

static Str take_text(Unpacker *unpacker)
{
    uint32_t offset = *unpacker->at++, len = *unpacker->at++;
    return offset == NO_TEXT ? STR_NONE : (Str){ unpacker->source->text.ptr + offset, len };
}

static const uint32_t *take_words(Unpacker *unpacker, size_t count)
{
    const uint32_t *words = unpacker->at;
    unpacker->at += count;
    return words;
}

static const Code *take_code(Unpacker *unpacker);

static void take_const(Unpacker *unpacker, Const *value)
{
    value->kind = (ConstKind)*unpacker->at++;
    switch (value->kind) {
    case CONST_NONE:
    case CONST_FALSE:
    case CONST_TRUE:
    case CONST_ELLIPSIS:
        break;
    case CONST_INT:
    case CONST_FLOAT:
    case CONST_COMPLEX:
        memcpy(&value->integer, take_words(unpacker, 2), sizeof value->integer);
        break;
    case CONST_BIG_INT:
    case CONST_UNSUPPORTED:
    case CONST_STR:
    case CONST_BYTES:
        value->radix = (int)*unpacker->at++;
        value->text = take_text(unpacker);
        break;
    case CONST_TUPLE:
    case CONST_FROZENSET: {
        value->items.len = *unpacker->at++;
        Const *items = ARENA_ARRAY(unpacker->arena, Const, value->items.len);
        for (size_t i = 0; i < value->items.len; i++)
            take_const(unpacker, &items[i]);
        value->items.items = items;
        break;
    }
    case CONST_CODE:
        value->code = take_code(unpacker);
        break;
    }
}

static const Slot *take_slots(Unpacker *unpacker, uint32_t count)
{
    Slot *slots = ARENA_ARRAY(unpacker->arena, Slot, count);
    for (uint32_t i = 0; i < count; i++) {
        slots[i].name = take_text(unpacker);
        slots[i].kind = (SlotKind)*unpacker->at++;
    }
    return slots;
}

static const Str *take_names(Unpacker *unpacker, uint32_t count)
{
    Str *names = ARENA_ARRAY(unpacker->arena, Str, count);
    for (uint32_t i = 0; i < count; i++)
        names[i] = take_text(unpacker);
    return names;
}

static const Const *take_consts(Unpacker *unpacker, uint32_t count)
{
    Const *consts = ARENA_ARRAY(unpacker->arena, Const, count);
    for (uint32_t i = 0; i < count; i++)
        take_const(unpacker, &consts[i]);
    return consts;
}

static void take_numbers(Unpacker *unpacker, Code *code)
{
    uint32_t *const numbers[] = {
        &code->span.start,
        &code->span.end,
        &code->flags,
        &code->posonly_count,
        &code->arg_count,
        &code->kwonly_count,
        &code->free_count,
        (uint32_t *)&code->class_cell,
        &code->stack_size,
        &code->slot_count,
        &code->name_count,
        &code->const_count,
        &code->instruction_count,
        &code->handler_count,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = *unpacker->at++;
}

static const Code *take_code(Unpacker *unpacker)
{
    Code *code = ARENA_NEW(unpacker->arena, Code);
    code->source = unpacker->source;
    code->name = take_text(unpacker);
    code->qualname = take_text(unpacker);
    code->doc = take_text(unpacker);
    take_numbers(unpacker, code);
    code->slots = take_slots(unpacker, code->slot_count);
    code->names = take_names(unpacker, code->name_count);
    code->consts = take_consts(unpacker, code->const_count);
    code->instructions = take_words(unpacker, code->instruction_count);
    code->handlers = (const Handler *)take_words(
        unpacker, code->handler_count * (sizeof(Handler) / sizeof(uint32_t)));
    code->spans = (const Span *)(unpacker->spans + *unpacker->at++);
    return code;
}

const Code *code_unpack(Arena *arena, const uint32_t *words, Source *source)
{
    Unpacker unpacker = {
        .arena = arena, .source = source, .at = words + 2, .spans = words + words[0]
    };
    source->ascii = words[1];
    return take_code(&unpacker);
}
