/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static bool downgrade_steps(Session *session, MigrationContext *context, const StrVec *rows,
                            StepVec *steps, Error *err)
{
    (void)context;
    return plan_downgrade(session->graph, rows, session->environment.destination_rev, steps, err);
}

static bool downgrade_run(CommandRun *run, Error *err)
{
    return session_migrate(run, downgrade_steps, true, err);
}

static const Option options[] = {
    SQL_OPTION,      TAG_OPTION,
    WRITING_OPTIONS, { OPTION_POSITIONAL, "revision", NULL, NULL, "revision identifier" },
    { 0 },
};

const Command downgrade_command = {
    .name = "downgrade",
    .help = "Revert to a previous version.",
    .options = options,
    .run = downgrade_run,
};
