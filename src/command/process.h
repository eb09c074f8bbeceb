/* SPDX-License-Identifier: MIT */
/* Programs that a command starts: the editor and the hooks of new files. Scripts start none. */
#ifndef LIMBECK_COMMAND_PROCESS_H
#define LIMBECK_COMMAND_PROCESS_H

#include "base/error.h"
#include "base/vec.h"

/* Words as a POSIX shell divides them: blanks, quotes, backslashes; nothing is expanded. */
bool process_split(Arena *arena, Str text, StrVec *words, Error *err);
/*
 * Runs words[0] with the rest and waits. `folder` is its working directory, or STR_NONE.
 * ERR_COMMAND when it cannot be started; *status is its exit status, 128 + n for a signal.
 */
bool process_run(Arena *arena, const StrVec *words, Str folder, int *status, Error *err);

#endif
