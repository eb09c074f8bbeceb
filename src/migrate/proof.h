/* SPDX-License-Identifier: MIT */
/*
 * Proof that a step did what it says: the schema's mark before and after. A step that ran DDL and
 * left the schema as it was (IF NOT EXISTS on what is there already) is named in a warning.
 *
 * SQLite: schema_version. PostgreSQL: rows of the catalogs that the transaction has changed, asked
 * for only where every schema statement of the step says IF (NOT) EXISTS: any other one changes the
 * schema or fails.
 */
#ifndef LIMBECK_MIGRATE_PROOF_H
#define LIMBECK_MIGRATE_PROOF_H

#include "migrate/context.h"
#include "migrate/journal.h"

typedef struct Proof {
    bool taken;     /* `before` is known */
    bool off;       /* nothing is to be proved: the schema has changed, or cannot be looked at */
    int64_t before; /* of the database: changes with every change of the schema */
} Proof;

bool proof_begin(MigrationContext *context, Proof *proof, Error *err);
/* Before each statement of the step. */
bool proof_statement(MigrationContext *context, Proof *proof, Str sql, Error *err);
/* Logs the warning where one is due. */
bool proof_end(MigrationContext *context, const Proof *proof, const Journal *journal,
               const Step *step, Error *err);

#endif
