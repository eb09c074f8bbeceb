/* SPDX-License-Identifier: MIT */
/* The script sources of this folder, embedded by tools/embed.py: one module a file, named by it. */
#ifndef LIMBECK_PRELUDE_PRELUDE_H
#define LIMBECK_PRELUDE_PRELUDE_H

#include "py/vm.h"

extern const PreludeModule prelude_modules[];
extern const size_t prelude_module_count;

#endif
