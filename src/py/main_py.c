/* SPDX-License-Identifier: MIT */
/* limbeck-py [--gc-stress] [--steps N] FILE.py [args]: runs a script, for tests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "py/vm.h"

typedef struct Command {
    VmOptions options;
    const char *path;
    StrVec argv, search;
} Command;

static bool read_command(Arena *arena, int argc, char **argv, Command *command)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] == '-'; i++) {
        if (strcmp(argv[i], "--gc-stress") == 0)
            command->options.gc_stress = 1;
        else if (strcmp(argv[i], "--steps") == 0 && i + 1 < argc)
            command->options.limits.steps = strtoull(argv[++i], NULL, 10);
        else
            return false;
    }
    if (i == argc)
        return false;
    command->path = argv[i];
    for (; i < argc; i++)
        VEC_PUSH(arena, &command->argv, str_from(argv[i]));
    VEC_PUSH(arena, &command->search, path_absolute(arena, path_dirname(str_from(command->path))));
    command->options.argv = &command->argv;
    command->options.search_path = &command->search;
    return true;
}

/* What Python's own executable does with an exception nobody caught. */
static int report(const Error *err)
{
    fflush(stdout);
    if (str_given(err->detail)) { /* SystemExit */
        char *end;
        long status = strtol(err->detail.ptr, &end, 10);
        if (*end == '\0' && err->detail.len)
            return (int)status;
        fprintf(stderr, "%.*s\n", STR_ARG(err->detail));
        return 1;
    }
    if (err->traceback.len)
        fprintf(stderr, "%.*s", STR_ARG(err->traceback));
    else
        fprintf(stderr, "%.*s\n", STR_ARG(err->text));
    return 1;
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new(NULL);
    Command command = { 0 };
    if (!read_command(arena, argc, argv, &command)) {
        fputs("usage: limbeck-py [--gc-stress] [--steps N] FILE.py [args]\n", stderr);
        return 2;
    }
    Error err = error_in(arena);
    Vm *vm = vm_new(arena, &command.options);
    Value module;
    int status = 0;
    if (!vm_run_file(vm, str_from(command.path), STR("__main__"), true, &module, &err))
        status = report(&err);
    fflush(stdout);
    arena_free(arena);
    return status;
}
