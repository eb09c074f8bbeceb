/* SPDX-License-Identifier: MIT */
/* What must be known of a statement's text before it is sent; quotes and comments are passed by. */
#ifndef LIMBECK_DB_PG_TEXT_H
#define LIMBECK_DB_PG_TEXT_H

#include "db/db.h"

/* How the server reads '...': with standard_conforming_strings off, \ escapes in it. */
typedef struct PgText {
    Str sql;
    bool backslashes;
} PgText;

/* True when another statement follows a `;`. May be true of one that holds statements itself. */
bool pg_text_is_many(PgText text);
/* True when there is nothing but blanks, comments and semicolons. */
bool pg_text_is_empty(PgText text);
/* BEGIN, COMMIT, ROLLBACK and their kin: what changes the transaction's state. */
bool pg_text_is_transaction(PgText text);
/*
 * The text with `$n` replaced by literals, as psycopg2 writes parameters. ERR_DATABASE when an `$n`
 * has no value, or a text holds a NUL byte.
 */
bool pg_text_render(Arena *arena, PgText text, const DbValue *params, size_t count, Str *sql,
                    Error *err);
/* Where a position (1-based, code points) of the rendered text lies in text.sql. */
size_t pg_text_position(Arena *arena, PgText text, const DbValue *params, size_t count,
                        size_t position);
/* "INSERT INTO t (...) VALUES ($1, $2)" with nothing else among the values, where real parameters
 * mean what literals mean. */
bool pg_text_binds_plainly(PgText text);

#endif
