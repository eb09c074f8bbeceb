/* SPDX-License-Identifier: MIT */
#include "command/session.h"
#include "db/url.h"

/* The applied revisions that no applied one follows; a dependency of another line is one of them.
 */
static bool current_revisions(Graph *graph, const StrVec *rows, RevisionVec *out, Error *err)
{
    RevisionVec applied = { 0 };
    if (!walk_applied(graph, rows, &applied, err))
        return false;
    VEC_EACH (Revision *, rev, &applied) {
        bool followed = false;
        VEC_EACH (Revision *, child, &(*rev)->children)
            followed |= graph_marked(graph, *child);
        if (!followed)
            VEC_PUSH(graph->arena, out, *rev);
    }
    return true;
}

static bool check_heads(const Graph *graph, const StrVec *rows, Error *err)
{
    bool same = rows->len == graph->heads.len;
    VEC_EACH (Revision *, head, &graph->heads)
        same &= strvec_find(rows, (*head)->id) >= 0;
    return same || fail(err, ERR_COMMAND, "Database is not on all head revisions");
}

static bool current_plan(Session *session, MigrationContext *context, const StrVec *rows,
                         StepVec *steps, Error *err)
{
    CommandRun *run = session->run;
    RevisionVec revs = { 0 };
    (void)steps;
    bool verbose = args_flag(run, "verbose");
    if (verbose && context->conn)
        result_text(run, "Current revision(s) for %.*s:",
                    STR_ARG(url_render(run->arena, &context->conn->url, false)));
    if (args_flag(run, "check-heads") && !check_heads(session->graph, rows, err))
        return false;
    if (!current_revisions(session->graph, rows, &revs, err))
        return false;
    RevisionLine line = { .head_marks = true, .tree_marks = true };
    VEC_EACH (Revision *, rev, &revs)
        result_revision(run, *rev, line, verbose, false);
    return true;
}

static bool current_run(CommandRun *run, Error *err)
{
    Session session;
    if (!session_open(&session, run, err))
        return false;
    session.environment.read_only = true;
    return session_environment(&session, current_plan, err);
}

static const Option options[] = {
    { OPTION_FLAG, "--check-heads", "-c", NULL,
      "Check if all head revisions are applied to the database. Exit with an error code if this is "
      "not the case." },
    { OPTION_FLAG, "--verbose", "-v", NULL, "Use more verbose output" },
    { 0 },
};

const Command current_command = {
    .name = "current",
    .help = "Display the current revision for a database.",
    .options = options,
    .run = current_run,
};
