/* SPDX-License-Identifier: MIT */
/*
 * One run at a time. On SQLite the lock is the write transaction itself (BEGIN IMMEDIATE, waiting
 * as long as the connection's lock wait says); between two transactions it lapses, so that the
 * version rows are read again after each BEGIN.
 */
#ifndef LIMBECK_MIGRATE_LOCK_H
#define LIMBECK_MIGRATE_LOCK_H

#include "migrate/context.h"

/* Begins Limbeck's transaction for writing. */
bool lock_begin(MigrationContext *context, Error *err);
/* Reads the version rows anew; `*moved` when they are no longer those the plan was made for. */
bool lock_confirm(MigrationContext *context, bool *moved, Error *err);

#endif
