/* SPDX-License-Identifier: MIT */
#include "command/session.h"

static bool stamp_steps(Session *session, MigrationContext *context, const StrVec *rows,
                        StepVec *steps, Error *err)
{
    (void)context;
    return plan_stamp(session->graph, rows, &session->targets, steps, err);
}

/* "a:b" of --sql: all of them must begin at one revision. */
static bool read_targets(Session *session, bool as_sql, Str *start, Error *err)
{
    CommandRun *run = session->run;
    VEC_EACH (const Str, text, args_list(run, "revisions")) {
        Str begin = STR_NONE, end = *text;
        if (as_sql && !session_split_range(*text, &begin, &end, err))
            return false;
        if (str_given(*start) && str_given(begin) && !str_eq(*start, begin))
            return fail(err, ERR_COMMAND,
                        "Stamp operation with --sql only supports a single starting revision at a "
                        "time");
        if (str_given(begin))
            *start = begin;
        VEC_PUSH(run->arena, &session->targets, end);
    }
    return true;
}

static bool stamp_run(CommandRun *run, Error *err)
{
    Session session;
    Str start = STR_NONE;
    bool as_sql = args_flag(run, "sql");
    if (!session_open(&session, run, err) || !read_targets(&session, as_sql, &start, err))
        return false;
    Run *environment = &session.environment;
    environment->as_sql = as_sql;
    environment->purge = args_flag(run, "purge");
    environment->tag = args_text(run, "tag");
    environment->destination_rev = strvec_join(run->arena, &session.targets, STR(", "));
    if (as_sql && environment->purge)
        return fail(err, ERR_COMMAND, "Can't use --purge with --sql mode");
    return session_start_from(&session, start, err) &&
           session_environment(&session, stamp_steps, err);
}

static const Option options[] = {
    SQL_OPTION,
    TAG_OPTION,
    { OPTION_FLAG, "--purge", NULL, NULL,
      "Unconditionally erase the version table before stamping" },
    WRITING_OPTIONS,
    { OPTION_POSITIONAL_LIST, "revisions", NULL, NULL,
      "one or more revisions, or 'heads' for all heads" },
    { 0 },
};

const Command stamp_command = {
    .name = "stamp",
    .help = "'stamp' the revision table with the given revision; don't run any migrations.",
    .options = options,
    .run = stamp_run,
};
