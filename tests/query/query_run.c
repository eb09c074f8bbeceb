/* SPDX-License-Identifier: MIT */
/* Runs script files with the sqlalchemy and alembic modules: query_run FILE ... */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "script/script.h"
#include "script/state.h"

static bool run_file(Arena *arena, const char *path)
{
    Arena *own = arena_new(arena);
    Error err = error_in(own);
    Run *run = ARENA_NEW(own, Run);
    Config *config = ARENA_NEW(own, Config);
    ConfigSource source = { 0 };
    Vm *vm;
    Value module;
    bool ok = config_load(config, own, &source, &err);
    *run = (Run){ .arena = own, .config = config, .log = log_tree_new(own) };
    Script *script = ok ? script_new(run) : NULL;
    ok = ok && script_vm(script, &vm, &err) &&
         vm_run_file(vm, str_from(path), STR("__main__"), true, &module, &err);
    if (!ok)
        fprintf(stderr, "%.*s\n%.*s\n", STR_ARG(err.text), STR_ARG(err.traceback));
    fflush(stdout);
    arena_free(own);
    return ok;
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new(NULL);
    bool ok = true;
    for (int i = 1; i < argc; i++)
        ok = run_file(arena, argv[i]) && ok;
    arena_free(arena);
    return ok ? 0 : 1;
}
