/* SPDX-License-Identifier: MIT */
#include "db/rows.h"

#include <errno.h>
#include <stdio.h>

#include "base/buf.h"

/*
 * A row is packed value after value: a type byte, then 8 bytes (a number, or the length of the text
 * that follows).
 */
struct DbRows {
    Arena *arena;
    size_t column_count;
    DbValue *row; /* what rows_next hands out */
    Buf packed;   /* all rows, or, once `file` is there, the row at hand */
    FILE *file;
    size_t position; /* in packed, while in memory */
};

static void rows_free(void *context)
{
    DbRows *rows = context;
    buf_free(&rows->packed);
    if (rows->file)
        fclose(rows->file);
}

DbRows *rows_new(Arena *arena, size_t column_count)
{
    DbRows *rows = ARENA_NEW(arena, DbRows);
    rows->arena = arena;
    rows->column_count = column_count;
    rows->row = ARENA_ARRAY(arena, DbValue, column_count);
    arena_on_free(arena, rows_free, rows);
    return rows;
}

static bool file_failed(Error *err)
{
    return fail(err, ERR_FILE, "temporary file of a large result: %s", strerror(errno));
}

static bool flush_to_file(DbRows *rows, Error *err)
{
    if (!rows->file && !(rows->file = tmpfile()))
        return file_failed(err);
    if (fseek(rows->file, 0, SEEK_END) != 0 ||
        fwrite(rows->packed.ptr, 1, rows->packed.len, rows->file) != rows->packed.len)
        return file_failed(err);
    buf_clear(&rows->packed);
    return true;
}

static void pack(Buf *out, const DbValue *value)
{
    char *at = buf_reserve(out, 9);
    bool text = value->type == DB_TEXT || value->type == DB_BYTES;
    int64_t word = text ? (int64_t)value->text.len : value->integer;
    at[0] = (char)value->type;
    if (value->type == DB_REAL)
        memcpy(at + 1, &value->real, 8);
    else
        memcpy(at + 1, &word, 8);
    out->len += 9;
    if (text)
        buf_put(out, value->text);
}

bool rows_add(DbRows *rows, const DbValue *values, Error *err)
{
    for (size_t i = 0; i < rows->column_count; i++)
        pack(&rows->packed, &values[i]);
    return rows->packed.len < ROWS_IN_MEMORY || flush_to_file(rows, err);
}

static void unpack(DbValue *value, const char *head)
{
    int64_t word;
    memcpy(&word, head + 1, 8);
    value->type = (DbType)head[0];
    if (value->type == DB_REAL)
        memcpy(&value->real, head + 1, 8);
    else if (value->type == DB_TEXT || value->type == DB_BYTES)
        value->text = (Str){ NULL, (size_t)word };
    else
        value->integer = word;
}

static bool next_in_memory(DbRows *rows, const DbValue **row)
{
    *row = NULL;
    if (rows->position >= rows->packed.len)
        return true;
    for (size_t i = 0; i < rows->column_count; i++) {
        DbValue *value = &rows->row[i];
        unpack(value, rows->packed.ptr + rows->position);
        rows->position += 9;
        if (value->type != DB_TEXT && value->type != DB_BYTES)
            continue;
        value->text.ptr = rows->packed.ptr + rows->position;
        rows->position += value->text.len;
    }
    *row = rows->row;
    return true;
}

static bool read_value(DbRows *rows, DbValue *value, bool *end, Error *err)
{
    char head[9];
    size_t got = fread(head, 1, sizeof head, rows->file);
    *end = got == 0 && feof(rows->file);
    if (*end)
        return true;
    if (got != sizeof head)
        return file_failed(err);
    unpack(value, head);
    if (value->type != DB_TEXT && value->type != DB_BYTES)
        return true;
    size_t length = value->text.len;
    char *to = buf_reserve(&rows->packed, length);
    if (fread(to, 1, length, rows->file) != length)
        return file_failed(err);
    rows->packed.len += length;
    return true;
}

/* The texts' pointers are set last: reading a later one may move the buffer. */
static void point_texts(DbRows *rows)
{
    const char *at = rows->packed.ptr ? rows->packed.ptr : "";
    for (size_t i = 0; i < rows->column_count; i++) {
        DbValue *value = &rows->row[i];
        if (value->type != DB_TEXT && value->type != DB_BYTES)
            continue;
        value->text.ptr = at;
        at += value->text.len;
    }
}

static bool next_in_file(DbRows *rows, const DbValue **row, Error *err)
{
    *row = NULL;
    buf_clear(&rows->packed);
    for (size_t i = 0; i < rows->column_count; i++) {
        bool end;
        if (!read_value(rows, &rows->row[i], &end, err))
            return false;
        if (end)
            return true;
    }
    point_texts(rows);
    *row = rows->row;
    return true;
}

bool rows_next(DbRows *rows, const DbValue **row, Error *err)
{
    return rows->file ? next_in_file(rows, row, err) : next_in_memory(rows, row);
}

bool rows_rewind(DbRows *rows, Error *err)
{
    rows->position = 0;
    if (!rows->file)
        return true;
    if (rows->packed.len > 0 && !flush_to_file(rows, err))
        return false;
    rewind(rows->file);
    return true;
}
