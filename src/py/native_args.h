/* SPDX-License-Identifier: MIT */
/* How many arguments a native function takes, where all are by position: CPython's wordings. */
#ifndef LIMBECK_PY_NATIVE_ARGS_H
#define LIMBECK_PY_NATIVE_ARGS_H

#include "py/obj_func.h"

/*
 * TypeError "len() takes exactly one argument (0 given)", "list.append() takes no keyword
 * arguments", "insert expected 2 arguments, got 1". True for functions with other kinds of
 * parameters: they are bound by name, and the binder says what is wrong.
 */
bool native_check_count(Vm *vm, const NativeObj *native, const Value *items, size_t count,
                        size_t keywords);

#endif
