/* SPDX-License-Identifier: MIT */
/* What the files of migrate/ share of a context; nobody else includes this. */
#ifndef LIMBECK_MIGRATE_STATE_H
#define LIMBECK_MIGRATE_STATE_H

#include "migrate/context.h"
#include "migrate/journal.h"
#include "migrate/lock.h"
#include "migrate/policy.h"
#include "migrate/post.h"
#include "migrate/progress.h"
#include "migrate/proof.h"
#include "migrate/statements.h"
#include "migrate/transaction.h"
#include "sql/ddl.h"

typedef struct ContextState {
    StrVec heads;       /* the rows of the version table, as far as known */
    int block_depth;    /* of begin_transaction() by the environment */
    bool whole;         /* one transaction round all steps */
    bool version_table; /* seen: it is not looked for again */
    bool purge;         /* the version table is still to be emptied */
    bool running;       /* context_run_migrations is at work */
    bool in_step;       /* statements belong to the step's transaction */
    bool own;           /* the statement that goes out is Limbeck's own: no guard */
    bool moved;         /* the open transaction has changed the version rows, to `heads` */
    bool left;          /* a step's work was committed before its version row: no whole retry */
    bool script_began; /* statements of env.py opened the transaction round all steps */
    Policy policy;
    RunLock lock;
    Posts posts;
    Journal journal;
    Progress progress;
    StatementLog statements;
    Proof proof;
    Map sql_files; /* path -> SqlFile *, of the .sql revisions of the plan */
} ContextState;

/* Online: false, with SQLAlchemy's words, when the script has closed the connection. */
bool context_ready(const MigrationContext *context, Error *err);
/* A Ddl for this context whose memory lies in `arena`. */
Ddl context_ddl(MigrationContext *context, Arena *arena, Error *err);
/* Runs, or prints, what a Ddl holds. */
bool context_run_statements(MigrationContext *context, const Ddl *ddl, Error *err);
/* What the step has done so far is committed, or never was in a transaction: it stays. */
void context_left(MigrationContext *context);

#endif
