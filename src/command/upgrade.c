/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static bool upgrade_steps(Session *session, MigrationContext *context, const StrVec *rows,
                          StepVec *steps, Error *err)
{
    (void)context;
    return plan_upgrade(session->graph, rows, session->environment.destination_rev, steps, err);
}

static bool upgrade_run(CommandRun *run, Error *err)
{
    return session_migrate(run, upgrade_steps, false, err);
}

static const Option options[] = {
    SQL_OPTION,      TAG_OPTION,
    WRITING_OPTIONS, { OPTION_POSITIONAL, "revision", NULL, NULL, "revision identifier" },
    { 0 },
};

const Command upgrade_command = {
    .name = "upgrade",
    .help = "Upgrade to a later version.",
    .options = options,
    .run = upgrade_run,
};
