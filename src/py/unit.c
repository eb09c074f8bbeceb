/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

#include <assert.h>

/* Few functions have less, so that the lists grow seldom. */
enum { INSTRUCTIONS_FIRST = 64 };

bool compile_fail(Compiler *compiler, Span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str message = str_vformat(compiler->arena, format, args);
    va_end(args);
    return syntax_fail(compiler->source, SYNTAX_ERROR, span, compiler->err, "%.*s",
                       STR_ARG(message));
}

uint32_t unit_slot(Compiler *compiler, Str name, SlotKind kind)
{
    size_t index = map_enter(&compiler->unit->slots, name, NULL);
    MapEntry *entry = &compiler->unit->slots.entries[index];
    if (!entry->value) {
        Slot *slot = ARENA_NEW(compiler->arena, Slot);
        *slot = (Slot){ .name = name, .kind = kind };
        entry->value = slot;
    }
    return (uint32_t)index;
}

uint32_t unit_temporary(Compiler *compiler)
{
    Str name = str_format(compiler->arena, ".%u", ++compiler->unit->temporaries);
    return unit_slot(compiler, name, SLOT_LOCAL);
}

static SlotKind slot_kind(const Symbol *symbol)
{
    return symbol->binding == BINDING_CELL ? SLOT_CELL : SLOT_LOCAL;
}

/* Arguments first, then other locals and cells. Free variables come last, in unit_close(). */
static void add_slots(Compiler *compiler, const Scope *scope)
{
    for (int pass = 0; pass < 2 && scope_is_function(scope); pass++) {
        for (size_t i = 0; i < scope->symbols.len; i++) {
            const Symbol *symbol = scope->symbols.entries[i].value;
            bool param = symbol->flags & SYMBOL_PARAM;
            bool own = symbol->binding == BINDING_CELL ||
                       (symbol->binding == BINDING_LOCAL && symbol->flags & SYMBOL_BOUND);
            if (own && param == (pass == 0))
                unit_slot(compiler, symbol->name, slot_kind(symbol));
        }
    }
    if (scope->class_cell)
        unit_slot(compiler, STR("__class__"), SLOT_CELL);
}

/* The free variables, in front of the temporaries that are made later: they move to the end. */
static void add_free_slots(Compiler *compiler, const Scope *scope)
{
    for (size_t i = 0; i < scope->symbols.len; i++) {
        const Symbol *symbol = scope->symbols.entries[i].value;
        if (symbol->binding != BINDING_FREE && !symbol->passed_on)
            continue;
        unit_slot(compiler, symbol->name, SLOT_FREE);
        compiler->unit->free_count++;
    }
}

static void emit_cells(Compiler *compiler)
{
    const Map *slots = &compiler->unit->slots;
    for (size_t i = 0; i < slots->len; i++) {
        if (((const Slot *)slots->entries[i].value)->kind == SLOT_CELL)
            emit(compiler, OP_MAKE_CELL, (uint32_t)i, (Span){ 0 });
    }
}

static Str qualname_of(Compiler *compiler, const Unit *outer, Str name)
{
    while (outer && outer->scope->kind == SCOPE_TYPE)
        outer = outer->outer;
    if (!outer || outer->scope->kind == SCOPE_MODULE)
        return name;
    Str mangled = scope_mangle(compiler->arena, outer->scope->private_name, name);
    const Symbol *symbol = scope_symbol(outer->scope, mangled);
    if (symbol && symbol->binding == BINDING_EXPLICIT)
        return name;
    return str_format(compiler->arena, "%.*s%s.%.*s", STR_ARG(outer->qualname),
                      outer->scope->kind == SCOPE_CLASS ? "" : ".<locals>", STR_ARG(name));
}

void unit_open(Compiler *compiler, Scope *scope, Str name)
{
    Unit *unit = ARENA_NEW(compiler->arena, Unit);
    unit->outer = compiler->unit;
    unit->scope = scope;
    unit->name = name;
    unit->qualname = qualname_of(compiler, unit->outer, name);
    VEC_RESERVE(compiler->arena, &unit->instructions, INSTRUCTIONS_FIRST);
    VEC_RESERVE(compiler->arena, &unit->spans, INSTRUCTIONS_FIRST);
    unit->names = map_in(compiler->arena);
    unit->slots = map_in(compiler->arena);
    compiler->unit = unit;
    add_slots(compiler, scope);
    add_free_slots(compiler, scope);
    emit_cells(compiler);
}

uint32_t unit_here(const Compiler *compiler)
{
    return (uint32_t)compiler->unit->instructions.len;
}

void emit(Compiler *compiler, Opcode op, uint32_t arg, Span span)
{
    Unit *unit = compiler->unit;
    unit->too_large |= arg > ARG_MOST;
    VEC_PUSH(compiler->arena, &unit->instructions, INSTRUCTION(op, arg));
    VEC_PUSH(compiler->arena, &unit->spans, span);
    int depth = (int)unit->depth + opcode_effect(op, arg, false);
    assert(depth >= 0);
    unit->depth = (uint32_t)depth;
    if (unit->depth > unit->depth_most)
        unit->depth_most = unit->depth;
}

static uint64_t const_hash(const Const *value)
{
    uint64_t seed = (uint64_t)value->kind * UINT64_C(0x9E3779B97F4A7C15);
    switch ((int)value->kind) {
    case CONST_INT:
        return seed ^ (uint64_t)value->integer * UINT64_C(0xBF58476D1CE4E5B9);
    case CONST_STR:
    case CONST_BYTES:
    case CONST_BIG_INT:
        return seed ^ str_hash(value->text);
    case CONST_TUPLE:
    case CONST_FROZENSET:
        for (size_t i = 0; i < value->items.len; i++)
            seed = seed * 31 + const_hash(&value->items.items[i]);
        return seed;
    default:
        return seed;
    }
}

static void grow_const_slots(Compiler *compiler)
{
    Unit *unit = compiler->unit;
    unit->const_slot_count = unit->const_slot_count ? unit->const_slot_count * 2 : 16;
    unit->const_slots = ARENA_ARRAY(compiler->arena, uint32_t, unit->const_slot_count);
    for (uint32_t i = 0; i < unit->consts.len; i++) {
        uint64_t at = const_hash(&unit->consts.items[i]);
        while (unit->const_slots[at & (unit->const_slot_count - 1)])
            at++;
        unit->const_slots[at & (unit->const_slot_count - 1)] = i + 1;
    }
}

uint32_t unit_const(Compiler *compiler, Const value)
{
    Unit *unit = compiler->unit;
    if (unit->consts.len * 2 >= unit->const_slot_count)
        grow_const_slots(compiler);
    uint32_t mask = unit->const_slot_count - 1;
    for (uint64_t at = const_hash(&value);; at++) {
        uint32_t *slot = &unit->const_slots[at & mask];
        if (*slot && const_eq(&unit->consts.items[*slot - 1], &value))
            return *slot - 1;
        if (*slot)
            continue;
        VEC_PUSH(compiler->arena, &unit->consts, value);
        *slot = (uint32_t)unit->consts.len;
        return *slot - 1;
    }
}

void emit_unsupported(Compiler *compiler, Str text, Span span)
{
    Const value = { .kind = CONST_STR, .text = text };
    emit(compiler, OP_UNSUPPORTED, unit_const(compiler, value), span);
}

void emit_const(Compiler *compiler, Const value, Span span)
{
    if (value.kind == CONST_COMPLEX) {
        emit_unsupported(compiler, STR("complex numbers are not supported"), span);
        value = (Const){ .kind = CONST_NONE };
    } else if (value.kind == CONST_UNSUPPORTED) {
        emit_unsupported(compiler, value.text, span);
        value = (Const){ .kind = CONST_NONE };
    }
    emit(compiler, OP_LOAD_CONST, unit_const(compiler, value), span);
}

void emit_none(Compiler *compiler, Span span)
{
    emit_const(compiler, (Const){ .kind = CONST_NONE }, span);
}

void emit_text(Compiler *compiler, Str text, Span span)
{
    emit_const(compiler, (Const){ .kind = CONST_STR, .text = text }, span);
}

void emit_name(Compiler *compiler, Opcode op, Str name, Span span)
{
    emit(compiler, op, (uint32_t)map_enter(&compiler->unit->names, name, NULL), span);
}

Label label_new(Compiler *compiler)
{
    LabelPlace place = { .at = UINT32_MAX, .depth = -1 };
    VEC_PUSH(compiler->arena, &compiler->unit->labels, place);
    return (Label)compiler->unit->labels.len - 1;
}

void label_bind(Compiler *compiler, Label label)
{
    LabelPlace *place = &compiler->unit->labels.items[label];
    assert(place->at == UINT32_MAX);
    assert(place->depth < 0 || place->depth == (int32_t)compiler->unit->depth);
    place->at = unit_here(compiler);
    place->depth = (int32_t)compiler->unit->depth;
}

void emit_jump(Compiler *compiler, Opcode op, Label label, Span span)
{
    LabelPlace *place = &compiler->unit->labels.items[label];
    int32_t depth = (int32_t)compiler->unit->depth + opcode_effect(op, 0, true);
    assert(place->depth < 0 || place->depth == depth);
    place->depth = depth;
    emit(compiler, op, label, span);
}

bool block_push(Compiler *compiler, Block block, Span span)
{
    Unit *unit = compiler->unit;
    if (unit->block_count == BLOCKS_MOST)
        return compile_fail(compiler, span, "too many statically nested blocks");
    block.span = span;
    unit->blocks[unit->block_count++] = block;
    return true;
}

bool block_push_covered(Compiler *compiler, Block block, Label handler, Span span)
{
    block.covers = true;
    block.handler = handler;
    block.start = unit_here(compiler);
    block.depth = compiler->unit->depth;
    return block_push(compiler, block, span);
}

void block_pop(Compiler *compiler)
{
    Unit *unit = compiler->unit;
    const Block *block = &unit->blocks[--unit->block_count];
    if (!block->covers || block->start == unit_here(compiler))
        return;
    Handler handler = { block->start, unit_here(compiler), block->handler, block->depth };
    VEC_PUSH(compiler->arena, &unit->handlers, handler);
}

void handler_bind(Compiler *compiler, Label handler, uint32_t depth)
{
    Unit *unit = compiler->unit;
    unit->depth = depth + 1;
    if (unit->depth > unit->depth_most)
        unit->depth_most = unit->depth;
    label_bind(compiler, handler);
}

/* Free variables were given slots before the temporaries: now they become the last ones. */
static const Slot *final_slots(Compiler *compiler, uint32_t *moved)
{
    const Map *map = &compiler->unit->slots;
    Slot *slots = ARENA_ARRAY(compiler->arena, Slot, map->len);
    uint32_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < map->len; i++) {
            const Slot *slot = map->entries[i].value;
            if ((slot->kind == SLOT_FREE) != (pass == 1))
                continue;
            moved[i] = count;
            slots[count++] = *slot;
        }
    }
    return slots;
}

static void patch(Unit *unit, const uint32_t *moved)
{
    for (size_t i = 0; i < unit->instructions.len; i++) {
        uint32_t word = unit->instructions.items[i];
        Opcode op = INSTRUCTION_OP(word);
        uint32_t arg = INSTRUCTION_ARG(word);
        if (opcode_info[op].arg == OP_ARG_JUMP)
            arg = unit->labels.items[arg].at;
        else if (opcode_info[op].arg == OP_ARG_SLOT)
            arg = moved[arg];
        unit->too_large |= arg > ARG_MOST;
        unit->instructions.items[i] = INSTRUCTION(op, arg);
    }
    for (size_t i = 0; i < unit->handlers.len; i++)
        unit->handlers.items[i].target = unit->labels.items[unit->handlers.items[i].target].at;
}

static unsigned code_flags(const Compiler *compiler, const Scope *scope)
{
    unsigned flags = scope_is_function(scope) ? CODE_FUNCTION : 0;
    flags |= scope->kind == SCOPE_CLASS ? CODE_CLASS : 0;
    flags |= scope->nested ? CODE_NESTED : 0;
    flags |= compiler->future_annotations ? CODE_FUTURE_ANNOTATIONS : 0;
    bool generator = scope->generator || str_is(scope->name, "<genexpr>");
    if (!scope_is_function(scope))
        return flags;
    if (scope->coroutine)
        return flags | (generator ? CODE_ASYNC_GENERATOR : CODE_COROUTINE);
    return flags | (generator ? CODE_GENERATOR : 0);
}

static int32_t find_class_cell(const Slot *slots, const Code *code)
{
    for (uint32_t i = code->slot_count - code->free_count; i < code->slot_count; i++) {
        if (str_is(slots[i].name, "__class__"))
            return (int32_t)i;
    }
    return -1;
}

const Code *unit_close(Compiler *compiler, Span span)
{
    Unit *unit = compiler->unit;
    compiler->unit = unit->outer;
    uint32_t *moved = ARENA_ARRAY(compiler->arena, uint32_t, unit->slots.len);
    Code *code = ARENA_NEW(compiler->arena, Code);
    Unit *outer = compiler->unit;
    compiler->unit = unit;
    code->slots = final_slots(compiler, moved);
    compiler->unit = outer;
    patch(unit, moved);
    if (unit->too_large)
        return compile_fail(compiler, span, "the code is too large"), NULL;
    Str *names = ARENA_ARRAY(compiler->arena, Str, unit->names.len);
    for (size_t i = 0; i < unit->names.len; i++)
        names[i] = unit->names.entries[i].key;
    code->name = unit->name;
    code->qualname = unit->qualname;
    code->source = compiler->source;
    code->span = span;
    code->flags = code_flags(compiler, unit->scope);
    code->slot_count = (uint32_t)unit->slots.len;
    code->free_count = unit->free_count;
    code->class_cell = find_class_cell(code->slots, code);
    code->names = names;
    code->name_count = (uint32_t)unit->names.len;
    code->consts = unit->consts.items;
    code->const_count = (uint32_t)unit->consts.len;
    code->instructions = unit->instructions.items;
    code->spans = unit->spans.items;
    code->instruction_count = (uint32_t)unit->instructions.len;
    code->handlers = unit->handlers.items;
    code->handler_count = (uint32_t)unit->handlers.len;
    code->stack_size = unit->depth_most;
    return code;
}
