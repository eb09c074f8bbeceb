/* SPDX-License-Identifier: MIT */
/* libFuzzer: texts of CREATE TABLE, CREATE INDEX and expressions. */
#include <stdint.h>

#include "sql/split.h"
#include "sql/sqlite_reflect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    Str sql = str_dup(arena, (Str){ (const char *)data, size });
    SqliteTable table;
    SqliteIndex index;
    sqlite_parse_table(arena, sql, &table, &err);
    error_clear(&err);
    sqlite_parse_index(arena, sql, &index, &err);
    error_clear(&err);
    sqlite_replace_word(arena, sql, STR("a"), STR("b"));
    sqlite_is_literal(sql);
    Splitter splitter = split_begin(sql, &sqlite_dialect);
    for (Piece piece; split_next(&splitter, &piece, &err);)
        continue;
    arena_free(arena);
    return 0;
}
