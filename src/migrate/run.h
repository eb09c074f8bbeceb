/* SPDX-License-Identifier: MIT */
/*
 * One run of an environment: what a command asks for, while env.py (or the built-in environment)
 * configures contexts and calls run_migrations. Alembic's EnvironmentContext.
 *
 *     Run run = { .arena = arena, .graph = graph, .plan = upgrade_plan, .body = script_body, ... };
 *     script_environment(&run)  ->  context_new(&run, &options, ...)  ->  context_run_migrations
 */
#ifndef LIMBECK_MIGRATE_RUN_H
#define LIMBECK_MIGRATE_RUN_H

#include <signal.h>

#include "base/log.h"
#include "db/redact.h"
#include "migrate/config.h"
#include "revision/walk.h"

typedef struct MigrationContext MigrationContext;
typedef struct Run Run;

/* What a step has done so far. */
typedef struct RunProgress {
    uint64_t statements, rows; /* rows read and changed */
    double seconds;
} RunProgress;

struct Run {
    Arena *arena; /* lives until the command has ended */
    Config *config;
    LogTree *log;
    Graph *graph; /* may be NULL where no revisions are needed (ensure_version) */
    const struct ScriptCalls *calls; /* schema/calls.h: what SQL may ask of scripts; may be NULL */
    Redactor *redactor;              /* may be NULL; the passwords of opened URLs are added to it */

    const volatile sig_atomic_t *interrupted; /* see Conn; may be NULL */

    Str command;         /* its name: "upgrade" */
    bool as_sql;         /* --sql: print instead of running */
    Str starting_rev;    /* of --sql "a:b", STR_NONE: from the base */
    Str destination_rev; /* what context.get_revision_argument() gives */
    Str tag;             /* --tag */
    bool read_only; /* `current`, `check`, autogenerate: no version table is made, no lock taken */
    bool no_version; /* create-all: the version table is read, but not made */
    bool purge;     /* stamp --purge: the version table is emptied first */

    /*
     * The steps for the rows `heads` of a version table. Called again, with the rows of then, when
     * another process has moved the version meanwhile. Alembic's `fn(rev, context)`.
     */
    bool (*plan)(void *plan_context, MigrationContext *context, const StrVec *heads, StepVec *steps,
                 Error *err);
    void *plan_context;

    /*
     * Compiles what the steps need, before the first statement is run; may be NULL. Steps whose
     * file ends in .sql are not its business.
     */
    bool (*prepare)(void *body_context, MigrationContext *context, const StepVec *steps,
                    Error *err);
    /*
     * Whether the statement that the body asks for now may be sent before its outcome is known:
     * nothing in the script would catch its failure. The place is kept under `token`, for the time
     * when the failure comes (Conn.failure.posted). NULL: always.
     */
    bool (*may_post)(void *body_context, uint64_t token);
    /* What the bodies did was rolled back and is done again from the start; may be NULL. */
    void (*again)(void *body_context);
    /* Runs upgrade() or downgrade() of a step's file; never called for stamps and .sql files. */
    bool (*body)(void *body_context, MigrationContext *context, const Step *step, Error *err);
    void *body_context;

    /* Called now and then while a step runs, with what it has done so far; NULL: it is logged. */
    void (*progress)(void *progress_context, const RunProgress *far);
    void *progress_context;

    /* SQL text of an offline run, unless the context was given an output of its own. */
    void (*output)(void *output_context, Str text);
    void *output_context;

    MigrationContext *context; /* the one configured last, or NULL */
    bool migrations_ran; /* run_migrations was called: an env.py that never does is an error */
};

#endif
