/* SPDX-License-Identifier: MIT */
/*
 * Compiles many files with two threads, see base/share.h.
 *
 *     Ahead *ahead = ahead_start(arena, files, count);
 *     for (size_t i = 0; i < count; i++)
 *         if (!ahead_take(ahead, NULL, i, &code, err)) ...
 *     ahead_end(ahead);
 *
 * Compiling touches nothing but its arenas, so which thread did it makes no difference.
 */
#ifndef LIMBECK_PY_AHEAD_H
#define LIMBECK_PY_AHEAD_H

#include "py/compile.h"
#include "py/vm.h"

typedef struct Ahead Ahead;

/* The code lives in `arena`, the files' texts outlive it. A few files are compiled by the caller's
 * thread alone. */
Ahead *ahead_start(Arena *arena, const VmFile *files, size_t count);
/* The code of file `at`, compiled here (see compile_text) or waited for. To be taken once. */
bool ahead_take(Ahead *ahead, Arena *work, size_t at, const Code **code, Error *err);
/* Ends the thread; what was not taken is forgotten. */
void ahead_end(Ahead *ahead);

#endif
