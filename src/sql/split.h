/* SPDX-License-Identifier: MIT */
/*
 * Splits a text into statements: quotes of every kind, dollar quotes, comments (nested, where the
 * dialect nests them) and trigger bodies (BEGIN ... END) are known. Other text is not looked into.
 *
 *     Splitter splitter = split_begin(text, &sqlite_dialect);
 *     for (Piece piece; split_next(&splitter, &piece, err);) run(piece.sql);
 *     if (error_set(err)) ...
 */
#ifndef LIMBECK_SQL_SPLIT_H
#define LIMBECK_SQL_SPLIT_H

#include "sql/dialect.h"

typedef struct Piece {
    Str sql;       /* without the ';', comments and blanks around it cut off; never empty */
    uint32_t line; /* of its first character, from 1 */
} Piece;

typedef struct Splitter {
    Str text;
    const Dialect *dialect;
    size_t offset;
    uint32_t line;
} Splitter;

Splitter split_begin(Str text, const Dialect *dialect);
/*
 * False at the end, or with ERR_SYNTAX (line set, no file) at a quote or comment that never ends.
 */
bool split_next(Splitter *splitter, Piece *piece, Error *err);

#endif
