/* SPDX-License-Identifier: MIT */
/*
 * Proof that a step did what it says: the schema's mark before and after. A step that ran DDL and
 * left the schema as it was (IF NOT EXISTS on what is there already) is named in a warning.
 */
#ifndef LIMBECK_MIGRATE_PROOF_H
#define LIMBECK_MIGRATE_PROOF_H

#include "migrate/context.h"
#include "migrate/journal.h"

typedef struct Proof {
    int64_t before; /* of the database: changes with every change of the schema */
} Proof;

bool proof_begin(MigrationContext *context, Proof *proof, Error *err);
/* Logs the warning where one is due. */
bool proof_end(MigrationContext *context, const Proof *proof, const Journal *journal,
               const Step *step, Error *err);

#endif
