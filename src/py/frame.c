/* SPDX-License-Identifier: MIT */
#include "py/frame.h"

#include "base/mem.h"
#include "py/heap_kinds.h"
#include "py/obj_generator.h"

enum { CHUNK_SIZE = 32 * 1024, C_DEPTH_MOST = 600 };

static StackChunk *chunk_new(StackChunk *below, size_t size)
{
    if (size < CHUNK_SIZE)
        size = CHUNK_SIZE;
    StackChunk *chunk = mem_realloc(NULL, sizeof *chunk + size);
    *chunk = (StackChunk){ .below = below, .size = size };
    return chunk;
}

void *stack_take(Vm *vm, size_t size)
{
    size = (size + 15) & ~(size_t)15;
    StackChunk *chunk = vm->chunk;
    if (!chunk || chunk->size - chunk->used < size) {
        StackChunk *above = chunk ? chunk->above : NULL;
        if (above && above->size < size) {
            mem_free(above);
            above = NULL;
        }
        if (!above)
            above = chunk_new(chunk, size);
        if (chunk)
            chunk->above = above;
        above->used = 0;
        vm->chunk = chunk = above;
    }
    void *block = chunk->bytes + chunk->used;
    chunk->used += size;
    return block;
}

void stack_give(Vm *vm, void *block)
{
    StackChunk *chunk = vm->chunk;
    while ((char *)block < chunk->bytes || (char *)block >= chunk->bytes + chunk->size)
        chunk = chunk->below;
    chunk->used = (size_t)((char *)block - chunk->bytes);
    if (chunk->used == 0 && chunk->below)
        chunk = chunk->below;
    vm->chunk = chunk;
    StackChunk *spare = chunk->above;
    if (spare && spare->above) {
        mem_free(spare->above);
        spare->above = NULL;
    }
}

void stack_free(Vm *vm)
{
    StackChunk *chunk = vm->chunk;
    while (chunk && chunk->above)
        chunk = chunk->above;
    while (chunk) {
        StackChunk *below = chunk->below;
        mem_free(chunk);
        chunk = below;
    }
    vm->chunk = NULL;
}

Frame *frame_new(Vm *vm, CodeObj *code, FuncObj *func, DictObj *globals, bool own)
{
    if (!code->ready)
        code_obj_ready(vm, code);
    const Code *c = code->code;
    size_t values = c->slot_count + c->stack_size;
    size_t size = sizeof(Frame) + values * sizeof(Value);
    Frame *frame = own ? heap_resize(vm, NULL, 0, size) : stack_take(vm, size);
    *frame = (Frame){
        .code = code,
        .func = func,
        .next = c->instructions,
        .globals = globals,
        .size = size,
        .handled = VALUE_NONE,
    };
    frame->slots = (Value *)(frame + 1);
    frame->stack = frame->top = frame->slots + c->slot_count;
    for (size_t i = 0; i < c->slot_count; i++)
        frame->slots[i] = VALUE_UNSET;
    if (func && c->free_count) {
        Value *slot = frame->stack - c->free_count;
        for (size_t i = 0; i < c->free_count; i++)
            slot[i] = func->closure->items[i];
    }
    return frame;
}

void frame_free_own(Vm *vm, Frame *frame)
{
    if (frame->object) {
        frame->object->instruction = frame_instruction(frame);
        frame->object->live = NULL;
    }
    heap_release(vm, frame, frame->size);
}

bool frame_enter(Vm *vm, Frame *frame)
{
    if (vm->depth >= vm->limits.depth) {
        if (!frame->generator)
            stack_give(vm, frame);
        /* some room, so that handlers can run */
        size_t depth = vm->limits.depth;
        vm->limits.depth += 50;
        vm_raise(vm, "RecursionError", "maximum recursion depth exceeded");
        vm->limits.depth = depth;
        return false;
    }
    vm->depth++;
    frame->back = vm->frame;
    frame->handled = vm->handled;
    vm->frame = frame;
    return true;
}

void frame_leave(Vm *vm, Frame *frame)
{
    vm->depth--;
    vm->frame = frame->back;
    vm->handled = frame->handled;
    frame->back = NULL;
    if (frame->generator)
        return;
    if (frame->object) {
        frame->object->instruction = frame_instruction(frame);
        frame->object->live = NULL;
    }
    stack_give(vm, frame->release ? frame->release : frame);
}

void frame_mark(Vm *vm, const Frame *frame)
{
    heap_mark(vm, (Obj *)frame->code);
    heap_mark(vm, (Obj *)frame->func);
    heap_mark(vm, (Obj *)frame->globals);
    heap_mark(vm, (Obj *)frame->object);
    heap_mark(vm, (Obj *)frame->generator);
    heap_mark_value(vm, frame->names);
    heap_mark_value(vm, frame->construct);
    heap_mark_value(vm, frame->handled);
    for (const Value *v = frame->slots; v < frame->top; v++)
        heap_mark_value(vm, *v);
}

FrameObj *frame_object(Vm *vm, Frame *frame)
{
    if (frame->object)
        return frame->object;
    FrameObj *object = heap_new(vm, builtin_class(vm, CLASS_FRAME), OBJ_FRAME, sizeof *object);
    object->code = frame->code;
    object->globals = frame->globals;
    object->locals = value_is(frame->names, OBJ_DICT) ? as_dict(frame->names) : NULL;
    object->live = frame;
    frame->object = object;
    return object;
}

void frame_obj_mark(Vm *vm, Obj *obj)
{
    FrameObj *frame = (FrameObj *)obj;
    heap_mark(vm, (Obj *)frame->code);
    heap_mark(vm, (Obj *)frame->globals);
    heap_mark(vm, (Obj *)frame->locals);
    heap_mark(vm, (Obj *)frame->back);
}

bool c_enter(Vm *vm)
{
    if (vm->c_depth < C_DEPTH_MOST) {
        vm->c_depth++;
        return true;
    }
    return vm_raise(vm, "RecursionError", "maximum recursion depth exceeded");
}
