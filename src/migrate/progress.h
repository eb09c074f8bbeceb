/* SPDX-License-Identifier: MIT */
/* How far a long step is: told twice a second where somebody looks, else logged now and then. */
#ifndef LIMBECK_MIGRATE_PROGRESS_H
#define LIMBECK_MIGRATE_PROGRESS_H

#include "migrate/context.h"

typedef struct Progress {
    int64_t began_ms, told_ms, logged_ms;
    uint64_t statements, rows; /* of the connection when the step began */
} Progress;

/* A step begins. */
void progress_begin(MigrationContext *context);
/* A statement of the step goes out, or one is waited for. Cheap: looks at the clock. */
void progress_tick(MigrationContext *context);

#endif
