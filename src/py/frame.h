/* SPDX-License-Identifier: MIT */
/* Frames and the memory they and bound arguments live in. */
#ifndef LIMBECK_PY_FRAME_H
#define LIMBECK_PY_FRAME_H

#include "py/state.h"

/* Memory in last-in first-out order, not zeroed, 16-aligned. Never moves. */
void *stack_take(Vm *vm, size_t size);
/* Gives back `block` and all that was taken after it. */
void stack_give(Vm *vm, void *block);
void stack_free(Vm *vm);

/*
 * A frame about to run `code`: slots unset, the stack empty, not yet linked. `own`: allocated for
 * itself (a generator's), to be freed by frame_free_own.
 */
Frame *frame_new(Vm *vm, CodeObj *code, FuncObj *func, DictObj *globals, bool own);
void frame_free_own(Vm *vm, Frame *frame);
/* Links it as the innermost; RecursionError when too deep (then a stack frame is given back). */
bool frame_enter(Vm *vm, Frame *frame);
/* Unlinks the innermost frame and, unless a generator owns it, gives its memory back. */
void frame_leave(Vm *vm, Frame *frame);
void frame_mark(Vm *vm, const Frame *frame);
/* The index of the instruction that runs. */
static inline uint32_t frame_instruction(const Frame *frame)
{
    ptrdiff_t at = frame->next - frame->code->code->instructions;
    return at > 0 ? (uint32_t)(at - 1) : 0;
}
/* What scripts see of it. */
FrameObj *frame_object(Vm *vm, Frame *frame);
/* locals(): the namespace, or a new dict of a function's variables. */
Value frame_locals_of(Vm *vm, const Frame *frame);
/* C recursion: vm_run, comparisons, reprs. RecursionError past the limit. */
bool c_enter(Vm *vm);
static inline void c_leave(Vm *vm)
{
    vm->c_depth--;
}

#endif
