/* SPDX-License-Identifier: MIT */
/*
 * Script sources embedded by tools/embed.py, one module a file, named by it: the library's in this
 * folder, and those of alembic, sqlalchemy and what builds upon them in script/prelude.
 */
#ifndef LIMBECK_PRELUDE_PRELUDE_H
#define LIMBECK_PRELUDE_PRELUDE_H

#include "py/vm.h"

extern const PreludeModule prelude_modules[];
extern const size_t prelude_module_count;
extern const PreludeModule script_prelude_modules[];
extern const size_t script_prelude_module_count;

#endif
