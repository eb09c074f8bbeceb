/* SPDX-License-Identifier: MIT */
#include "migrate/lock.h"

#include "migrate/state.h"
#include "migrate/version.h"

bool lock_begin(MigrationContext *context, Error *err)
{
    if (db_begin(context->conn, TX_LIMBECK, TX_WRITE, err))
        return true;
    if (context->conn->failure.busy)
        error_remedy(err,
                     "another process is writing to the database; run again when it has ended");
    return false;
}

bool lock_confirm(MigrationContext *context, bool *moved, Error *err)
{
    Arena *arena = arena_new(context->arena);
    StrVec rows = { 0 };
    bool ok = version_read(context, arena, &rows, err);
    *moved = ok && !version_same(&rows, &context->state->heads);
    if (*moved) {
        context->state->heads = (StrVec){ 0 };
        VEC_EACH(Str, row, &rows)
            VEC_PUSH(context->arena, &context->state->heads, str_dup(context->arena, *row));
    }
    arena_free(arena);
    return ok;
}
