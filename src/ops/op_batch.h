/* SPDX-License-Identifier: MIT */
/*
 * Batch mode: `with op.batch_alter_table(...)`. On SQLite a table is rebuilt, by SQLite's
 * documented procedure, where plain ALTERs do not do; elsewhere, and with recreate="never", each
 * directive goes out by itself. Nothing is lost in a rebuild: triggers, views, unnamed constraints,
 * indexes, the AUTOINCREMENT mark, rows that refer to the table.
 *
 *     BatchRunner runner = { .arena = arena, .conn = conn, .dialect = dialect, .invoke = ..., ...
 * }; batch_run(&runner, batch, err);
 */
#ifndef LIMBECK_OPS_OP_BATCH_H
#define LIMBECK_OPS_OP_BATCH_H

#include "db/db.h"
#include "ops/op_def.h"

/* Options of one record: batch_alter_table(table_name, schema=None, recreate="auto", ...). */
extern const OpDef batch_def;

typedef struct BatchRunner {
    Arena *arena;
    Conn *conn; /* NULL offline */
    const Dialect *dialect;
    Naming naming; /* of the target metadata */
    const ScriptCalls *calls;
    bool offline;
    void *context;
    /* Runs, or prints, an op. */
    bool (*invoke)(void *context, const Op *op, Error *err);
    /* Runs, or prints, one statement. */
    bool (*execute)(void *context, Str sql, Loc loc, Error *err);
    /* recreate=callable: asks the script whether to rebuild; NULL: recreate must be a text. */
    bool (*recreate)(void *context, const Batch *batch, bool *answer, Error *err);
} BatchRunner;

/* ERR_SCHEMA or ERR_COMMAND with Alembic's words ("No such constraint: 'x'"). */
bool batch_run(const BatchRunner *runner, const Batch *batch, Error *err);

#endif
