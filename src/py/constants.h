/* SPDX-License-Identifier: MIT */
/*
 * The constants at the top level of a script, without running it: what a revision file declares.
 * Function bodies are skipped unread, so that a long history is listed fast.
 *
 *     static const char *const names[] = { "revision", "down_revision" };
 *     Constant found[2];
 *     if (!constants_read(arena, text, path, names, 2, found, &doc, err)) ...
 *     if (found[0].state == CONSTANT_FOUND) use(found[0].value);
 */
#ifndef LIMBECK_PY_CONSTANTS_H
#define LIMBECK_PY_CONSTANTS_H

#include "py/code.h"

typedef enum ConstantState {
    CONSTANT_ABSENT, /* the file does not bind the name */
    CONSTANT_FOUND,
    CONSTANT_DYNAMIC, /* bound, but only a run of the file can tell to what */
} ConstantState;

typedef struct Constant {
    ConstantState state;
    const Const *value; /* when found: None, bool, number, str, bytes; lists come as tuples */
    Source *source;
    Span span; /* of the value; of the binding statement when dynamic */
} Constant;

Loc constant_loc(const Constant *constant);

/*
 * Reads what `names` are bound to when the file has run: plain and annotated assignments of
 * literals, of joined or added strings, of tuples and lists, and of names so bound before. An
 * assignment in an `if`, a loop or a call, an import of the name or `import *`, are
 * CONSTANT_DYNAMIC. `doc` gets the file's doc string, or STR_NONE. Fails with ERR_SYNTAX only for
 * what makes the top level unreadable (an open string or bracket, bytes that are no text); other
 * errors show when the file is compiled. Texts that need no change are views of `source`, which
 * must outlive them.
 */
bool constants_read(Arena *arena, Str source, Str file, const char *const names[], size_t count,
                    Constant *found, Str *doc, Error *err);

#endif
