/* SPDX-License-Identifier: MIT */
/* libFuzzer: scripts of any bytes. What compiles must be sound code; constants must agree to be read. */
#include <stdint.h>
#include <stdlib.h>

#include "py/ast.h"
#include "py/compile.h"
#include "py/constants.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_constants(Arena *arena, Str text)
{
    static const char *const names[] = { "revision", "down_revision", "x" };
    Constant found[3];
    Error err = error_in(arena);
    Str doc;
    constants_read(arena, text, STR("fuzz.py"), names, 3, found, &doc, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena), check = error_in(arena);
    Str text = { (const char *)data, size };
    const Code *code;
    if (compile_text(arena, NULL, text, STR("fuzz.py"), COMPILE_FILE, &code, &err) &&
        !code_check(arena, code, &check))
        abort();
    err = error_in(arena);
    if (compile_text(arena, NULL, text, STR("fuzz.py"), COMPILE_EXPRESSION, &code, &err)) {
        Buf out = buf_in(arena);
        code_dump(&out, code);
    }
    read_constants(arena, text);
    arena_free(arena);
    return 0;
}
