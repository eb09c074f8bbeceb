/* SPDX-License-Identifier: MIT */
/*
 * A statement outside of transactions that was under way when a run was broken off: was it done?
 * The catalogs answer for indexes made or dropped concurrently and for values added to enums.
 */
#ifndef LIMBECK_MIGRATE_DOUBT_H
#define LIMBECK_MIGRATE_DOUBT_H

#include "migrate/context.h"

typedef enum Doubt {
    DOUBT_DONE,
    DOUBT_NOT_DONE, /* it may be run */
    DOUBT_HALF,     /* an index that is invalid: `undo` takes it away, then it may be run */
    DOUBT_UNKNOWN,
} Doubt;

/* `*undo` is in `arena`. */
bool doubt_decide(MigrationContext *context, Arena *arena, Str sql, Doubt *doubt, Str *undo,
                  Error *err);

#endif
