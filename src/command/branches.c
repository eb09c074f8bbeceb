/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static void put_branch(CommandRun *run, const Revision *rev, bool verbose)
{
    RevisionLine line = { .labels = true, .head_marks = true, .tree_marks = true };
    result_revision(run, rev, line, verbose, false);
    line.doc = verbose;
    VEC_EACH (Revision *, child, &rev->children) {
        Buf buf = buf_in(run->arena);
        buf_put_repeat(&buf, ' ', utf8_count(rev->id));
        buf_puts(&buf, " -> ");
        revision_line(&buf, *child, line);
        result_text(run, "%.*s", STR_ARG(buf_str(&buf)));
    }
    result_text(run, "%s", "");
}

static bool branches_run(CommandRun *run, Error *err)
{
    Session session;
    RevisionVec revs = { 0 };
    if (!session_open(&session, run, err) || !session_graph(&session, err))
        return false;
    walk_all(session.graph, &revs);
    VEC_EACH (Revision *, rev, &revs) {
        if (revision_is_branch_point(*rev))
            put_branch(run, *rev, args_flag(run, "verbose"));
    }
    return true;
}

static const Option options[] = {
    { OPTION_FLAG, "--verbose", "-v", NULL, "Use more verbose output" },
    { 0 },
};

const Command branches_command = {
    .name = "branches",
    .help = "Show current branch points.",
    .options = options,
    .run = branches_run,
};
