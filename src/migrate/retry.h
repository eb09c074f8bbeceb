/* SPDX-License-Identifier: MIT */
/*
 * A transaction of Limbeck's own that the database broke off for the sake of others (a lock that
 * could not be had in time, a deadlock, a serialization failure) is done again as a whole.
 */
#ifndef LIMBECK_MIGRATE_RETRY_H
#define LIMBECK_MIGRATE_RETRY_H

#include "migrate/context.h"

/* How often it was done again so far. */
typedef struct Retry {
    size_t count;
} Retry;

/*
 * True when the failure in `err` lets the rolled back transaction be done again: pauses, says so in
 * the log and clears `err`.
 */
bool retry_again(MigrationContext *context, Retry *retry, Error *err);

#endif
