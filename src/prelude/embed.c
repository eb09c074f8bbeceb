/* SPDX-License-Identifier: MIT */
/*
 * embed PREFIX OUTPUT.c FILE.py ...
 *
 * Writes script sources, compiled, as a C table of PreludeModule rows: PREFIX_modules, of
 * PREFIX_module_count. The file's name without ".py" is the module's name, dots included
 * ("urllib.parse.py"). Comment lines become empty ones, so that line numbers hold.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "py/code_pack.h"
#include "py/compile.h"

static bool is_comment(Str line)
{
    return str_starts(str_trim_left(line), STR("#"));
}

/* A long string may hold lines that only look like comments: such a file is left as it is. */
static Str bare(Arena *arena, Str text)
{
    Buf out = buf_in(arena);
    Str line;
    if (str_find(text, STR("\"\"\"\n#"), 0) >= 0 || str_find(text, STR("'''\n#"), 0) >= 0)
        return text;
    while (str_line_next(&text, &line)) {
        buf_put(&out, is_comment(line) ? STR("") : line);
        buf_putc(&out, '\n');
    }
    return buf_str(&out);
}

static void write_text(FILE *out, size_t number, Str text)
{
    fprintf(out, "static const char text_%zu[] =\n    \"", number);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n')
            fputs("\\n\"\n    \"", out);
        else if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c == '?' || c < ' ' || c > '~')
            fprintf(out, "\\%03o", (unsigned char)c);
        else
            fputc(c, out);
    }
    fputs("\";\n", out);
}

static void write_words(FILE *out, size_t number, const WordVec *words)
{
    fprintf(out, "static const uint32_t words_%zu[] = {", number);
    for (size_t i = 0; i < words->len; i++)
        fprintf(out, "%s%u,", i % 16 ? "" : "\n    ", words->items[i]);
    fputs("\n};\n", out);
}

static bool write_module(FILE *out, size_t number, Str path, Buf *rows, Error *err)
{
    Arena *arena = arena_new(NULL);
    Str text, name = path_basename(path);
    const Code *code;
    WordVec words = { 0 };
    bool ok = file_read(arena, path, &text, err);
    text = ok ? bare(arena, text) : text;
    ok = ok && compile_text(arena, NULL, text, path, COMPILE_KEPT_FILE, &code, err);
    if (ok) {
        Buf whole = buf_in(arena);
        buf_put(&whole, text);
        code_pack(arena, code, &whole, &words);
        write_text(out, number, buf_str(&whole));
        write_words(out, number, &words);
        buf_printf(rows, "    { \"%.*s\", text_%zu, %zu, words_%zu },\n", (int)name.len - 3,
                   name.ptr, number, text.len, number);
    }
    arena_free(arena);
    return ok;
}

static bool write_all(FILE *out, const char *prefix, char **paths, int count, Error *err)
{
    Buf rows = buf_in(err->arena);
    fputs("#include \"prelude/prelude.h\"\n\n", out);
    fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n", out);
    for (int i = 0; i < count; i++)
        if (!write_module(out, (size_t)i, str_from(paths[i]), &rows, err))
            return false;
    fprintf(out, "const PreludeModule %s_modules[] = {\n%s};\n", prefix, rows.ptr);
    fprintf(out, "const size_t %s_module_count = %d;\n", prefix, count);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: embed PREFIX OUTPUT.c FILE.py ...\n", stderr);
        return 2;
    }
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    FILE *out = fopen(argv[2], "w");
    bool ok = out && write_all(out, argv[1], argv + 3, argc - 3, &err);
    ok = out && fclose(out) == 0 && ok;
    if (!ok)
        fprintf(stderr, "%s: %.*s\n%.*s\n", argv[2], STR_ARG(err.text), STR_ARG(err.traceback));
    arena_free(arena);
    return ok ? 0 : 1;
}
