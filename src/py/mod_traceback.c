/* SPDX-License-Identifier: MIT */
/* What the preludes traceback and warnings ask the VM: an exception's text, and where scripts are.
 */
#include "py/modules.h"

enum { STACK_MOST = 200 };

/* The text is made where uncaught exceptions are printed: the exception is raised and taken back.
 */
static bool traceback_text(Vm *vm, Call *call)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    vm_raise_value(vm, call->args[0]);
    vm_take_error(vm, &err);
    Str text = err.traceback;
    bool ends = str_ends(text, STR("\n"));
    call->result = make_strf(vm, "%.*s%s", STR_ARG(text), ends ? "" : "\n");
    arena_free(arena);
    return true;
}

/* (file, line) of each frame, innermost first. */
static bool traceback_stack(Vm *vm, Call *call)
{
    Loc *locs = mem_alloc(STACK_MOST * sizeof *locs);
    size_t count = vm_loc_chain(vm, locs, STACK_MOST);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < count && i < STACK_MOST; i++) {
        const Value pair[] = { make_str(vm, locs[i].file), value_int(locs[i].line) };
        list_append(vm, list, make_tuple(vm, pair, 2));
    }
    mem_free(locs);
    return give(call, list);
}

static const NativeRow traceback_functions[] = {
    { "text(error, /)", traceback_text, NULL },
    { "stack()", traceback_stack, NULL },
};

const NativeModule traceback_module = {
    .name = "_traceback",
    .functions = traceback_functions,
    .function_count = sizeof traceback_functions / sizeof *traceback_functions,
};
