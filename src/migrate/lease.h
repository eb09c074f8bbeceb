/* SPDX-License-Identifier: MIT */
/*
 * The run lock where sessions are lent by the transaction: a row of limbeck_lease that says who
 * migrates and until when, by the server's clock. Taken by compare-and-set for 30 s, renewed by a
 * connection of its own while the run works.
 */
#ifndef LIMBECK_MIGRATE_LEASE_H
#define LIMBECK_MIGRATE_LEASE_H

#include "migrate/context.h"

typedef struct Lease Lease;

/*
 * Asks once. `*lease` is set where it was granted; else `*holder` says who has it, in `arena`.
 * ERR_COMMAND where the row cannot be written, with the advice to use a direct URL.
 */
bool lease_try(MigrationContext *context, Arena *arena, Lease **lease, Str *holder, Error *err);
/* Renews it when it is time. ERR_COMMAND when it has been lost to another run. */
bool lease_renew(Lease *lease, Error *err);
bool lease_release(Lease *lease, Error *err);

#endif
