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
    Session session;
    Str start, end;
    if (!session_open(&session, run, err))
        return false;
    bool as_sql = args_flag(run, "sql");
    Str revision = args_text(run, "revision");
    if (!as_sql && str_find_char(revision, ':', 0) >= 0)
        return fail(err, ERR_COMMAND, "Range revision not allowed");
    if (!session_split_range(revision, &start, &end, err))
        return false;
    session.environment.as_sql = as_sql;
    session.environment.destination_rev = end;
    session.environment.tag = args_text(run, "tag");
    return session_start_from(&session, start, err) &&
           session_environment(&session, upgrade_steps, err);
}

static const Option options[] = {
    { OPTION_FLAG, "--sql", NULL, NULL,
      "Don't emit SQL to database - dump to standard output/file instead. See docs on offline "
      "mode." },
    { OPTION_TEXT, "--tag", NULL, NULL,
      "Arbitrary 'tag' name - can be used by custom env.py scripts." },
    WRITING_OPTIONS,
    { OPTION_POSITIONAL, "revision", NULL, NULL, "revision identifier" },
    { 0 },
};

const Command upgrade_command = {
    .name = "upgrade",
    .help = "Upgrade to a later version.",
    .options = options,
    .run = upgrade_run,
};
