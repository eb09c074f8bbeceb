/* SPDX-License-Identifier: MIT */
/* From a script's text to Code, in one call. */
#ifndef LIMBECK_PY_COMPILE_H
#define LIMBECK_PY_COMPILE_H

#include "py/code.h"

typedef enum CompileMode {
    COMPILE_FILE,       /* statements; a module */
    COMPILE_KEPT_FILE,  /* the same of a text that outlives `arena`: it is not copied */
    COMPILE_EXPRESSION, /* one expression, whose value the code returns: eval() */
} CompileMode;

/*
 * Compiles `text`, the bytes of a file (mark, encoding cookie and line ends of any kind), into
 * `arena`, which also keeps a copy of the text (see COMPILE_KEPT_FILE). `file` is copied. Trees and
 * scopes are made in `work`, which is reset behind it; NULL: in an arena of their own. ERR_SYNTAX
 * carries loc, and in err->traceback CPython's text: the file and line, the source line with
 * carets, and the last line "SyntaxError: ..." (or IndentationError, TabError).
 */
bool compile_text(Arena *arena, Arena *work, Str text, Str file, CompileMode mode,
                  const Code **code, Error *err);

#endif
