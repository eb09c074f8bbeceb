/* SPDX-License-Identifier: MIT */
/* libFuzzer: scripts of any bytes are run, for some steps, collecting at every safe point. */
#include <stdint.h>
#include <stdlib.h>

#include "py/vm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    VmOptions options = {
        .limits = { .depth = 60, .heap_bytes = 32 << 20, .string_bytes = 1 << 20, .steps = 2000 },
        .gc_stress = 1,
    };
    Vm *vm = vm_new(arena, &options);
    Value module;
    Str text = { (const char *)data, size };
    bool ok = vm_run_source(vm, text, STR("fuzz.py"), STR("__main__"), &module, &err);
    if (ok == error_set(&err))
        abort();
    arena_free(arena);
    return 0;
}
