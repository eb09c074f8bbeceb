/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static bool heads_run(CommandRun *run, Error *err)
{
    Session session;
    if (!session_open(&session, run, err) || !session_graph(&session, err))
        return false;
    const RevisionVec *heads =
        args_flag(run, "resolve-dependencies") ? &session.graph->real_heads : &session.graph->heads;
    RevisionLine line = { .labels = true, .head_marks = true };
    VEC_EACH (Revision *, rev, heads)
        result_revision(run, *rev, line, args_flag(run, "verbose"), false);
    return true;
}

static const Option options[] = {
    { OPTION_FLAG, "--verbose", "-v", NULL, "Use more verbose output" },
    { OPTION_FLAG, "--resolve-dependencies", NULL, NULL,
      "Treat dependency versions as down revisions" },
    { 0 },
};

const Command heads_command = {
    .name = "heads",
    .help = "Show current available heads in the script directory.",
    .options = options,
    .run = heads_run,
};
