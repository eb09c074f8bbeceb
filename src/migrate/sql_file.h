/* SPDX-License-Identifier: MIT */
/*
 * Revisions written in SQL: sections begin with `-- limbeck: upgrade` and `-- limbeck: downgrade`;
 * a file without any is all upgrade. `-- limbeck: no transaction` within a section, or before the
 * first, lets the statements run outside a transaction.
 */
#ifndef LIMBECK_MIGRATE_SQL_FILE_H
#define LIMBECK_MIGRATE_SQL_FILE_H

#include "sql/split.h"

typedef struct SqlSection {
    bool given;
    bool no_transaction;
    VEC(Piece) pieces; /* lines count from the file's first */
} SqlSection;

typedef struct SqlFile {
    Str path;
    SqlSection upgrade, downgrade;
} SqlFile;

/* ERR_SYNTAX with file and line: an unknown mark, a section given twice, a statement outside of
 * one. */
bool sql_file_parse(Arena *arena, Str path, Str text, const Dialect *dialect, SqlFile *file,
                    Error *err);

#endif
