/* SPDX-License-Identifier: MIT */
/*
 * The verdict on scripts: reads file names from standard input, one a line, and prints for each "ok",
 * or the class, the place and the message of the error, parted by tabs. The code that accepted scripts
 * compile to is checked. With --parse, grammar only; with --dis, the code is printed;
 * with --tree, the tree, after a line that tells its bytes.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "py/compile.h"
#include "py/parser.h"

static bool judge(Arena *arena, Str text, Str path, bool parse, Error *err)
{
    const Code *code;
    Source *source;
    Module *module;
    if (!parse)
        return compile_text(arena, NULL, text, path, COMPILE_FILE, &code, err) &&
               code_check(arena, code, err);
    return source_new(arena, text, path, true, &source, err) &&
           parse_module(arena, source, &module, err);
}

static void disassemble(const char *path)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    Buf out = buf_in(arena);
    const Code *code;
    Str text;
    if (file_read(arena, str_from(path), &text, &err) &&
        compile_text(arena, NULL, text, str_from(path), COMPILE_FILE, &code, &err)) {
        code_dump(&out, code);
        fwrite(out.ptr, 1, out.len, stdout);
    } else {
        printf("%.*s\n", STR_ARG(err.traceback));
    }
    arena_free(arena);
}

static void dump_tree(const char *path)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    Buf out = buf_in(arena);
    Source *source;
    Module *module;
    Str text;
    if (file_read(arena, str_from(path), &text, &err) &&
        source_new(arena, text, str_from(path), true, &source, &err) &&
        parse_module(arena, source, &module, &err))
        ast_dump(&out, module);
    printf("%zu\n%.*s", out.len, STR_ARG(buf_str(&out)));
    arena_free(arena);
}

static void show(const char *path, bool parse)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    Str text;
    if (file_read(arena, str_from(path), &text, &err) &&
        judge(arena, text, str_from(path), parse, &err))
        puts("ok");
    else
        printf("%.*s\t%u\t%u\t%u\t%.*s\n", STR_ARG(err.detail), err.loc.line, err.loc.column,
               err.loc.end, STR_ARG(err.text));
    fflush(stdout);
    arena_free(arena);
}

int main(int argc, char **argv)
{
    bool parse = argc > 1 && strcmp(argv[1], "--parse") == 0;
    bool dis = argc > 1 && strcmp(argv[1], "--dis") == 0;
    bool tree = argc > 1 && strcmp(argv[1], "--tree") == 0;
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (dis)
            disassemble(line);
        else if (tree)
            dump_tree(line);
        else
            show(line, parse);
    }
    return 0;
}
