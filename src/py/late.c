/* SPDX-License-Identifier: MIT */
/* Failures of what a script asked for earlier. */
#include "py/code.h"
#include "py/frame.h"
#include "py/state.h"

size_t vm_depth(const Vm *vm)
{
    return vm->depth;
}

bool vm_guarded(const Vm *vm, size_t depth)
{
    const Frame *frame = vm->frame;
    for (size_t level = vm->depth; frame && level > depth; level--, frame = frame->back)
        if (code_handler(frame->code->code, frame_instruction(frame)))
            return true;
    return false;
}

Value vm_trace(Vm *vm, size_t depth)
{
    TracebackObj *trace = NULL;
    Frame *frame = vm->frame;
    for (size_t level = vm->depth; frame && level > depth; level--, frame = frame->back) {
        TracebackObj *entry =
            heap_new(vm, builtin_class(vm, CLASS_TRACEBACK), OBJ_TRACEBACK, sizeof *entry);
        entry->frame = frame_object(vm, frame);
        entry->instruction = frame_instruction(frame);
        entry->next = trace;
        trace = entry;
    }
    return trace ? value_object(trace) : VALUE_NONE;
}

bool vm_late(Vm *vm, size_t depth, Value trace)
{
    ExcObj *exc = as_exc(vm->pending);
    exc->context = VALUE_NONE;
    exc->traceback = value_is(trace, OBJ_TRACEBACK) ? (TracebackObj *)(void *)trace.object : NULL;
    vm->again = false;
    vm->late = true;
    vm->late_depth = depth;
    return false;
}
