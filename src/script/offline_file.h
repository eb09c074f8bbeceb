/* SPDX-License-Identifier: MIT */
/* Files that an env.py writes SQL to with --sql: the one kind of writing that scripts may do. */
#ifndef LIMBECK_SCRIPT_OFFLINE_FILE_H
#define LIMBECK_SCRIPT_OFFLINE_FILE_H

#include "py/native.h"

/* Lets open() write: text is collected, and the file replaced when it is closed. */
bool offline_file_allow(Vm *vm);

#endif
