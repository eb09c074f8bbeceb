/* SPDX-License-Identifier: MIT */
/*
 * The longer instructions, each on the frame's own stack: operands are read from and the result is
 * left at frame->top. False after raising.
 */
#ifndef LIMBECK_PY_VM_STEPS_H
#define LIMBECK_PY_VM_STEPS_H

#include "py/state.h"

typedef bool Step(Vm *vm, Frame *frame, uint32_t arg);

Step step_load_name, step_load_hint, step_store_name, step_delete_name, step_load_global,
    step_store_global, step_delete_global, step_load_classdef;
Step step_unbound, step_load_super;
Step step_build_slice, step_build_tuple, step_build_list, step_build_set, step_build_map,
    step_build_string, step_list_to_tuple, step_set_add, step_map_add, step_list_extend,
    step_set_update, step_dict_update, step_dict_merge, step_unpack_sequence, step_unpack_ex,
    step_format;
Step step_make_function, step_load_build_class;
Step step_yield_from_iter, step_awaitable, step_aiter, step_anext, step_end_async_for;
Step step_raise, step_exc_match, step_before_with, step_before_async_with, step_with_except;
Step step_import_name, step_import_name_try, step_import_from, step_import_star,
    step_setup_annotations;
Step step_get_len, step_match_mapping, step_match_sequence, step_match_keys, step_match_class,
    step_dict_without, step_intrinsic, step_unsupported;

#endif
