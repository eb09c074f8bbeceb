/* SPDX-License-Identifier: MIT */
/*
 * Reads documents from standard input, each after a line with its length in bytes, and prints what
 * base/ini or base/toml read, for a comparison with Python's modules.
 *
 *     read_dump ini | read_dump toml
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/ini.h"

static void put_text(const char *tag, Str text)
{
    printf("%s %zu\n", tag, text.len);
    fwrite(text.ptr, 1, text.len, stdout);
    putchar('\n');
}

static void dump_value(Arena *arena, const Ini *ini, Str section, Str option)
{
    Error err = error_in(arena);
    Str value;
    if (ini_get(ini, section, option, &value, &err))
        put_text("value", value);
    else
        put_text("bad", err.text);
}

static void dump_ini(Arena *arena, Str text)
{
    Error err = error_in(arena);
    Ini ini = ini_in(arena);
    ini_set_default(&ini, STR("here"), STR("/a%b"));
    if (!ini_read(&ini, text, STR("x.ini"), &err)) {
        put_text("error", err.text);
        return;
    }
    for (size_t i = 0; i < ini.sections.len; i++) {
        Str section = ini.sections.entries[i].key;
        put_text("section", section);
        StrVec names = { 0 };
        ini_options(arena, &ini, section, &names);
        VEC_EACH(Str, name, &names) {
            put_text("option", *name);
            dump_value(arena, &ini, section, *name);
        }
    }
}

static bool read_document(Arena *arena, Str *text)
{
    unsigned long length;
    if (scanf("%lu", &length) != 1 || getchar() != '\n')
        return false;
    char *bytes = arena_alloc(arena, length + 1);
    *text = (Str){ bytes, length };
    return fread(bytes, 1, length, stdin) == length;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    for (;;) {
        Arena *arena = arena_new(NULL);
        Str text;
        bool more = read_document(arena, &text);
        if (more) {
            dump_ini(arena, text);
            puts("end");
        }
        arena_free(arena);
        if (!more)
            return 0;
    }
}
