/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static bool put_entries(Session *session, const StrVec *targets, Error *err)
{
    RevisionVec revs = { 0 };
    if (!resolve_list(session->graph, targets, &revs, err))
        return false;
    VEC_EACH (Revision *, rev, &revs)
        result_revision(session->run, *rev, (RevisionLine){ 0 }, true, false);
    return true;
}

static bool show_current(Session *session, MigrationContext *context, const StrVec *rows,
                         StepVec *steps, Error *err)
{
    (void)context;
    (void)steps;
    return put_entries(session, rows, err);
}

static bool show_run(CommandRun *run, Error *err)
{
    Session session;
    if (!session_open(&session, run, err))
        return false;
    if (str_is(args_text(run, "rev"), "current")) {
        session.environment.read_only = true;
        return session_environment(&session, show_current, err);
    }
    return session_graph(&session, err) && put_entries(&session, args_list(run, "rev"), err);
}

static const Option options[] = {
    { OPTION_POSITIONAL, "rev", NULL, NULL, NULL },
    { 0 },
};

const Command show_command = {
    .name = "show",
    .help = "Show the revision(s) denoted by the given symbol.",
    .options = options,
    .run = show_run,
};
