/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer: what the PostgreSQL driver reads and writes without a server. A value written into a
 * statement may never end its own quotes: one statement stays one.
 */
#include <stdint.h>
#include <stdlib.h>

#include "db/array.h"
#include "db/pg_literal.h"
#include "db/pg_text.h"
#include "db/pg_url.h"
#include "db/redact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_text(Arena *arena, PgText text, Str value)
{
    static const DbKind kinds[] = { DB_KIND_UNKNOWN, DB_KIND_NUMERIC, DB_KIND_DATE, DB_KIND_JSON };
    bool many = pg_text_is_many(text), empty = pg_text_is_empty(text);
    pg_text_is_transaction(text);
    pg_text_binds_plainly(text);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const DbValue values[] = { db_typed(kinds[i], value), db_bytes(value), db_int(-1) };
        Str sent;
        Error err = error_in(arena);
        if (!pg_text_render(arena, text, values, 3, &sent, &err))
            continue;
        PgText rendered = { sent, text.backslashes };
        if (!many && pg_text_is_many(rendered))
            abort();
        if (!empty && pg_text_is_empty(rendered))
            abort();
        for (size_t at = 1; at <= sent.len + 1; at += sent.len / 3 + 1)
            if (pg_text_position(arena, text, values, 3, at) > text.sql.len + at + 1)
                abort();
    }
}

static void try_array(Arena *arena, Str text)
{
    ArrayText array;
    Error err = error_in(arena);
    if (!array_begin(text, &array, &err))
        return;
    for (ArrayItem item; array_next(&array, arena, &item);)
        continue;
}

static void try_url(Arena *arena, Str text)
{
    Url url;
    PgTarget target;
    Error err = error_in(arena);
    const DbOptions options = { 0 };
    Redactor redactor = redactor_in(arena);
    if (!url_parse(arena, str_concat(arena, STR("postgresql://"), text), &url, &err))
        return;
    redactor_add_url(&redactor, &url);
    redactor_apply(&redactor, arena, text);
    pg_target(arena, &url, &options, 150013, &target, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new(NULL);
    Str all = str_dup(arena, (Str){ (const char *)data, size });
    ptrdiff_t cut = str_find_char(all, '\x01', 0);
    Str sql = cut < 0 ? all : str_slice(all, 0, (size_t)cut);
    Str value = cut < 0 ? STR("x") : str_from_offset(all, (size_t)cut + 1);
    try_text(arena, (PgText){ sql, false }, value);
    try_text(arena, (PgText){ sql, true }, value);
    try_array(arena, all);
    try_url(arena, all);
    char *bytes = arena_alloc(arena, size + 1);
    if (pg_bytes_decode(bytes, all) > size)
        abort();
    arena_free(arena);
    return 0;
}
