/* SPDX-License-Identifier: MIT */
#include "command/session.h"

typedef struct History {
    Str base, head; /* of the range; empty: all */
    StrVec rows;    /* the current revisions, where they were asked for */
} History;

static StrVec range_end(Session *session, Str text, const StrVec *rows, const char *all)
{
    StrVec end = { 0 };
    if (str_is(text, "current") && rows->len)
        return *rows;
    if (str_is(text, "current"))
        text = STR_NONE;
    VEC_PUSH(session->run->arena, &end, text.len ? text : str_from(all));
    return end;
}

static bool put_history(Session *session, Str base, Str head, const StrVec *rows, Error *err)
{
    CommandRun *run = session->run;
    RevisionVec revs = { 0 };
    StrVec upper = range_end(session, head, rows, "heads");
    StrVec lower = range_end(session, base, rows, "base");
    if (!walk_range(session->graph, &upper, &lower, &revs, err))
        return false;
    RevisionLine line = {
        .parents = true, .labels = true, .doc = true, .head_marks = true, .tree_marks = true
    };
    bool verbose = args_flag(run, "verbose"), indicate = args_flag(run, "indicate-current");
    VEC_EACH (Revision *, rev, &revs) {
        line.current = indicate && strvec_find(rows, (*rev)->id) >= 0;
        result_revision(run, *rev, line, verbose, line.current);
    }
    return true;
}

static bool read_range(CommandRun *run, Str *base, Str *head, Error *err)
{
    Str range = args_text(run, "rev-range");
    *base = *head = STR_NONE;
    if (!str_given(range))
        return true;
    if (str_find_char(range, ':', 0) < 0)
        return fail(err, ERR_COMMAND, "History range requires [start]:[end], [start]:, or :[end]");
    return session_split_range(str_trim(range), base, head, err);
}

static bool history_plan(Session *session, MigrationContext *context, const StrVec *rows,
                         StepVec *steps, Error *err)
{
    Str base, head;
    (void)context;
    (void)steps;
    return read_range(session->run, &base, &head, err) &&
           put_history(session, base, head, rows, err);
}

static bool history_run(CommandRun *run, Error *err)
{
    Session session;
    Str base, head;
    bool with_environment;
    if (!session_open(&session, run, err) || !read_range(run, &base, &head, err) ||
        !config_flag(&run->config, STR("revision_environment"), &with_environment, err))
        return false;
    session.environment.read_only = true;
    if (with_environment || args_flag(run, "indicate-current") || str_is(base, "current") ||
        str_is(head, "current"))
        return session_environment(&session, history_plan, err);
    StrVec none = { 0 };
    return session_graph(&session, err) && put_history(&session, base, head, &none, err);
}

static const Option options[] = {
    { OPTION_TEXT, "--rev-range", "-r", NULL, "Specify a revision range; format is [start]:[end]" },
    { OPTION_FLAG, "--verbose", "-v", NULL, "Use more verbose output" },
    { OPTION_FLAG, "--indicate-current", "-i", NULL, "Indicate the current revision" },
    { 0 },
};

const Command history_command = {
    .name = "history",
    .help = "List changeset scripts in chronological order.",
    .options = options,
    .run = history_run,
};
