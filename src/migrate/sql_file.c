/* SPDX-License-Identifier: MIT */
#include "migrate/sql_file.h"

typedef struct Reading {
    Arena *arena;
    SqlFile *file;
    const Dialect *dialect;
    Str text;
    SqlSection *section; /* NULL before the first */
    size_t begin;        /* of the section's text */
    uint32_t line, begin_line;
    bool no_transaction; /* said before the first section */
} Reading;

/* What follows "-- limbeck:" on a line; STR_NONE on other lines. */
static Str mark_of(Str line)
{
    Str text = str_trim(line);
    if (!str_starts(text, STR("--")))
        return STR_NONE;
    text = str_trim_left(str_from_offset(text, 2));
    Str key = str_slice(text, 0, 8);
    if (!str_eq_nocase(key, STR("limbeck:")))
        return STR_NONE;
    return str_trim(str_from_offset(text, 8));
}

static Loc place(const Reading *reading, uint32_t line)
{
    return (Loc){ .file = reading->file->path, .line = line };
}

static bool end_section(Reading *reading, size_t end, Error *err)
{
    Str text = str_slice(reading->text, reading->begin, end);
    Splitter splitter = split_begin(text, reading->dialect);
    Piece piece;
    while (split_next(&splitter, &piece, err)) {
        piece.line += reading->begin_line - 1;
        if (!reading->section)
            return fail_at(err, ERR_SYNTAX, place(reading, piece.line),
                           "a statement before '-- limbeck: upgrade'");
        VEC_PUSH(reading->arena, &reading->section->pieces, piece);
    }
    if (error_set(err))
        return error_at(err, place(reading, err->loc.line + reading->begin_line - 1));
    return true;
}

static bool begin_section(Reading *reading, SqlSection *section, size_t begin, Str mark, Error *err)
{
    if (section->given)
        return fail_at(err, ERR_SYNTAX, place(reading, reading->line),
                       "section '%.*s' is given twice", STR_ARG(mark));
    section->given = true;
    section->no_transaction = reading->no_transaction;
    reading->section = section;
    reading->begin = begin;
    reading->begin_line = reading->line + 1;
    return true;
}

static bool read_mark(Reading *reading, Str mark, size_t line_begin, size_t line_end, Error *err)
{
    SqlSection *section = NULL;
    if (str_eq_nocase(mark, STR("no transaction"))) {
        if (reading->section)
            reading->section->no_transaction = true;
        else
            reading->no_transaction = true;
        return true;
    }
    if (str_eq_nocase(mark, STR("upgrade")))
        section = &reading->file->upgrade;
    else if (str_eq_nocase(mark, STR("downgrade")))
        section = &reading->file->downgrade;
    else
        return fail_at(err, ERR_SYNTAX, place(reading, reading->line),
                       "unknown mark '-- limbeck: %.*s'; there are upgrade, downgrade and no "
                       "transaction",
                       STR_ARG(mark));
    return end_section(reading, line_begin, err) &&
           begin_section(reading, section, line_end, mark, err);
}

static bool has_sections(Str text)
{
    for (Str line; str_line_next(&text, &line);) {
        Str mark = mark_of(line);
        if (str_eq_nocase(mark, STR("upgrade")) || str_eq_nocase(mark, STR("downgrade")))
            return true;
    }
    return false;
}

static bool read_marks(Reading *reading, Error *err)
{
    Str rest = reading->text, line;
    size_t begin = 0;
    while (str_line_next(&rest, &line)) {
        size_t end = reading->text.len - rest.len;
        Str mark = mark_of(line);
        reading->line++;
        if (str_given(mark) && !read_mark(reading, mark, begin, end, err))
            return false;
        begin = end;
    }
    return end_section(reading, reading->text.len, err);
}

bool sql_file_parse(Arena *arena, Str path, Str text, const Dialect *dialect, SqlFile *file,
                    Error *err)
{
    *file = (SqlFile){ .path = str_dup(arena, path) };
    Reading reading = { .arena = arena,
                        .file = file,
                        .dialect = dialect,
                        .text = str_dup(arena, text),
                        .begin_line = 1 };
    if (!has_sections(text)) {
        file->upgrade.given = true;
        reading.section = &file->upgrade;
    }
    if (!read_marks(&reading, err))
        return false;
    if (reading.no_transaction)
        file->upgrade.no_transaction = file->downgrade.no_transaction = true;
    return true;
}
