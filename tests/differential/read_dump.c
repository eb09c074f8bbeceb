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
#include "base/toml.h"

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
        VEC_EACH (Str, name, &names) {
            put_text("option", *name);
            dump_value(arena, &ini, section, *name);
        }
    }
}

static void dump_time(const TomlTime *t)
{
    printf("%d-%d-%d %d:%d:%d.%d %d %d\n", t->year, t->month, t->day, t->hour, t->minute, t->second,
           t->microsecond, t->has_offset, t->offset_minutes);
}

static void dump_toml(const TomlValue *value)
{
    switch (value->kind) {
    case TOML_STRING:
        put_text("str", value->string);
        return;
    case TOML_INTEGER:
        if (value->digits.len)
            printf("int %.*s\n", STR_ARG(value->digits));
        else
            printf("int %lld\n", (long long)value->integer);
        return;
    case TOML_FLOAT:
        printf("float %.17g\n", value->number);
        return;
    case TOML_BOOLEAN:
        puts(value->boolean ? "true" : "false");
        return;
    case TOML_DATETIME:
    case TOML_DATE:
    case TOML_TIME:
        dump_time(&value->time);
        return;
    case TOML_ARRAY:
        puts("[");
        VEC_EACH (const TomlValue *, item, &value->array)
            dump_toml(*item);
        puts("]");
        return;
    case TOML_TABLE:
        puts("{");
        for (size_t i = 0; i < value->table.len; i++) {
            put_text("key", value->table.entries[i].key);
            dump_toml(value->table.entries[i].value);
        }
        puts("}");
        return;
    }
}

static void read_toml(Arena *arena, Str text)
{
    Error err = error_in(arena);
    const TomlValue *doc;
    if (toml_read(arena, text, STR("x.toml"), &doc, &err))
        dump_toml(doc);
    else
        puts("error");
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
            (argv[1][0] == 't' ? read_toml : dump_ini)(arena, text);
            puts("end");
        }
        arena_free(arena);
        if (!more)
            return 0;
    }
}
