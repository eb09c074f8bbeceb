/* SPDX-License-Identifier: MIT */
/* The builtins that make or use up iterators. */
#ifndef LIMBECK_PY_BUILTINS_ITER_H
#define LIMBECK_PY_BUILTINS_ITER_H

#include "py/native.h"

/* Classes that the module gives beside those of builtin_classes.h; see type_memory.c. */
extern const NativeClass memoryview_class, complex_class;

NativeFn builtin_all, builtin_any, builtin_enumerate, builtin_filter, builtin_iter, builtin_map,
    builtin_max, builtin_min, builtin_next, builtin_reversed, builtin_sorted, builtin_sum,
    builtin_zip, builtin_aiter, builtin_anext;

#endif
