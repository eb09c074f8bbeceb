/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static bool check_run(CommandRun *run, Error *err)
{
    (void)run;
    return fail(err, ERR_UNSUPPORTED, "check: comparing models with a database is not there yet");
}

static const Option options[] = { { 0 } };

const Command check_command = {
    .name = "check",
    .help = "Check if revision command with autogenerate has pending upgrade ops.",
    .options = options,
    .run = check_run,
};
