/* SPDX-License-Identifier: MIT */
/* Rows of a result, packed; past ROWS_IN_MEMORY bytes in an unlinked temporary file. */
#ifndef LIMBECK_DB_ROWS_H
#define LIMBECK_DB_ROWS_H

#include "db/db.h"

#define ROWS_IN_MEMORY ((size_t)16 << 20)

typedef struct DbRows DbRows;

/* Released with `arena`. */
DbRows *rows_new(Arena *arena, size_t column_count);
bool rows_add(DbRows *rows, const DbValue *values, Error *err);
bool rows_next(DbRows *rows, const DbValue **row, Error *err);
/* Back to the first row; also needed once between the last rows_add and the first rows_next. */
bool rows_rewind(DbRows *rows, Error *err);

#endif
