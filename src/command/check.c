/* SPDX-License-Identifier: MIT */
#include "command/models.h"

static bool check_run(CommandRun *run, Error *err)
{
    Session session;
    Autogen autogen = { .compare = true };
    Generated empty = { 0 };
    Str tuples;
    if (!session_open(&session, run, err))
        return false;
    VEC_PUSH(run->arena, &autogen.revisions, empty);
    if (!models_collect(&session, &autogen, err) || !autogen_tuples(&autogen, &tuples, err))
        return false;
    if (str_given(tuples))
        return fail(err, ERR_COMMAND, "New upgrade operations detected: %.*s", STR_ARG(tuples));
    result_message(run, "No new upgrade operations detected.");
    return true;
}

static const Option options[] = { { 0 } };

const Command check_command = {
    .name = "check",
    .help = "Check if revision command with autogenerate has pending upgrade ops.",
    .options = options,
    .run = check_run,
};
