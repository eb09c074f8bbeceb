/* SPDX-License-Identifier: MIT */
/*
 * One run at a time.
 *
 * SQLite: the lock is the write transaction itself (BEGIN IMMEDIATE, waiting as long as the
 * connection's lock wait says); between two transactions it lapses, so that the version rows are
 * read again after each BEGIN.
 *
 * PostgreSQL: an advisory lock of the session, by the version table's schema and name, asked for
 * every 0.1 to 2 s rather than waited for: a waiting statement holds a snapshot, which CREATE INDEX
 * CONCURRENTLY would wait for in turn. Behind a pooler that lends sessions by the transaction it is
 * a lease (lease.h); in a transaction of the script's own, a lock of that transaction.
 */
#ifndef LIMBECK_MIGRATE_LOCK_H
#define LIMBECK_MIGRATE_LOCK_H

#include "migrate/context.h"

typedef enum RunLockKind {
    RUN_LOCK_NONE,
    RUN_LOCK_SESSION,
    RUN_LOCK_TRANSACTION, /* the script's own: ends with it */
    RUN_LOCK_LEASE,
} RunLockKind;

typedef struct RunLock {
    RunLockKind kind;
    int64_t key; /* of the advisory lock: the search path may be another when it is given back */
    struct Lease *lease;
} RunLock;

/*
 * Takes the run lock unless it is held, the run only reads, or the database has none. Any
 * transaction that is not the script's is over before. ERR_COMMAND after the policy's lock_wait,
 * naming who holds it.
 */
bool lock_take(MigrationContext *context, Error *err);
/* Gives it back; does nothing when it is not held. A failure is logged: the session's end frees it.
 */
void lock_release(MigrationContext *context);
/* Looks again for the tables of the run: a script may have set the search path since. */
bool lock_look(MigrationContext *context, Error *err);
/* A query of Limbeck's own that begins no transaction. */
bool lock_query(MigrationContext *context, Arena *arena, Str sql, DbResult *result, Error *err);
/* Begins Limbeck's transaction for writing, with the policy's timeouts. */
bool lock_begin(MigrationContext *context, Error *err);
/* Reads the version rows anew; `*moved` when they are no longer those the plan was made for. */
bool lock_confirm(MigrationContext *context, bool *moved, Error *err);

#endif
