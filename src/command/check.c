/* SPDX-License-Identifier: MIT */
#include "command/models.h"

static bool check_run(CommandRun *run, Error *err)
{
    Session session;
    if (!session_open(&session, run, err))
        return false;
    session.environment.read_only = true;
    return session_environment(&session, models_plan, err);
}

static const Option options[] = { { 0 } };

const Command check_command = {
    .name = "check",
    .help = "Check if revision command with autogenerate has pending upgrade ops.",
    .options = options,
    .run = check_run,
};
