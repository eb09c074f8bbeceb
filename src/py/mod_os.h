/* SPDX-License-Identifier: MIT */
/* What os and os.path share. */
#ifndef LIMBECK_PY_MOD_OS_H
#define LIMBECK_PY_MOD_OS_H

#include "py/native.h"

/* os.environ: a mapping of the VM, filled from the process's environment once. */
extern const NativeClass environ_class;
bool environ_make(Vm *vm, Value *environ);
/* The variable's text; STR_NONE when it is not set. Borrowed until os.environ changes. */
bool environ_get(Vm *vm, Str name, Str *text);

/*
 * The text of a str, of bytes, or of an os.PathLike; TypeError for all else. `text` is borrowed
 * from *holder, which must stay reachable while scripts may run.
 */
bool path_text(Vm *vm, Value path, Value *holder, Str *text);
/* path_text, copied into `arena` with a NUL behind it. */
bool path_cstr(Vm *vm, Arena *arena, Value path, const char **text);
/* Raises the OSError that fits errno: "[Errno 2] No such file or directory: 'x'". */
bool raise_errno(Vm *vm, int error, Str path);

#endif
