/* SPDX-License-Identifier: MIT */
/* The transaction that steps run in: begun, left, committed, taken back. Private to migrate/. */
#ifndef LIMBECK_MIGRATE_TRANSACTION_H
#define LIMBECK_MIGRATE_TRANSACTION_H

#include "migrate/context.h"

/*
 * Conn.guard: every statement on the connection passes here. While a step runs it belongs to the
 * step's transaction: what cannot run in one steps out of it, the next statement begins another.
 * One that env.py sends between begin_transaction() and run_migrations() belongs to the transaction
 * round all steps.
 */
bool transaction_guard(void *context, Conn *conn, Str sql, Error *err);
/* Conn.on_wait: a lease is renewed while a statement runs. */
void transaction_wait(void *context);
/*
 * Waits for all that was posted and commits what is open, unless it is the script's own. A COMMIT
 * whose answer was lost is decided by what the version table says to another connection.
 */
bool context_commit(MigrationContext *context, Error *err);
/* Takes back Limbeck's open transaction after a failure and says so in `err`. */
void context_take_back(MigrationContext *context, Error *err);

#endif
