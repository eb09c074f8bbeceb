/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static bool ensure_steps(Session *session, MigrationContext *context, const StrVec *rows,
                         StepVec *steps, Error *err)
{
    (void)session;
    (void)rows;
    (void)steps;
    return context_ensure_version_table(context, err);
}

static bool ensure_run(CommandRun *run, Error *err)
{
    Session session;
    if (!session_open(&session, run, err))
        return false;
    session.environment.as_sql = args_flag(run, "sql");
    return session_environment(&session, ensure_steps, err);
}

static const Option options[] = {
    SQL_OPTION,
    WRITING_OPTIONS,
    { 0 },
};

const Command ensure_version_command = {
    .name = "ensure_version",
    .help = "Create the alembic version table if it doesn't exist already.",
    .options = options,
    .run = ensure_run,
};
