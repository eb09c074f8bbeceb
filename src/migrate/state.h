/* SPDX-License-Identifier: MIT */
/* What the files of migrate/ share of a context; nobody else includes this. */
#ifndef LIMBECK_MIGRATE_STATE_H
#define LIMBECK_MIGRATE_STATE_H

#include "migrate/context.h"
#include "migrate/journal.h"
#include "migrate/proof.h"
#include "sql/ddl.h"

typedef struct ContextState {
    StrVec heads;       /* the rows of the version table, as far as known */
    int block_depth;    /* of begin_transaction() by the environment */
    bool whole;         /* one transaction round all steps */
    bool version_table; /* seen: it is not looked for again */
    bool purge;         /* the version table is still to be emptied */
    bool in_step;       /* statements belong to the step's transaction */
    Journal journal;
    Proof proof;
    Map sql_files; /* path -> SqlFile *, of the .sql revisions of the plan */
} ContextState;

/* A Ddl for this context whose memory lies in `arena`. */
Ddl context_ddl(MigrationContext *context, Arena *arena, Error *err);
/* Runs, or prints, what a Ddl holds. */
bool context_run_statements(MigrationContext *context, const Ddl *ddl, Error *err);
/* Takes back Limbeck's open transaction after a failure and says so in `err`. */
void context_take_back(MigrationContext *context, Error *err);
/* Ends what is open, unless it is the script's own. */
bool context_commit(MigrationContext *context, Error *err);

#endif
