/* SPDX-License-Identifier: MIT */
#include "command/session.h"
#include "script/bind_create_all.h"

static bool create_steps(Session *session, MigrationContext *context, const StrVec *rows,
                         StepVec *steps, Error *err)
{
    if (!script_create_all(session->script, context, err))
        return false;
    return session->targets.len == 0 ||
           plan_stamp(session->graph, rows, &session->targets, steps, err);
}

static bool create_all_run(CommandRun *run, Error *err)
{
    Session session;
    if (!session_open(&session, run, err))
        return false;
    Str stamp = args_text(run, "stamp");
    session.environment.as_sql = args_flag(run, "sql");
    session.environment.no_version = !str_given(stamp);
    if (str_given(stamp))
        VEC_PUSH(run->arena, &session.targets, stamp);
    return session_environment(&session, create_steps, err);
}

static const Option options[] = {
    SQL_OPTION,
    { OPTION_TEXT, "--stamp", NULL, "REVISION",
      "Record this revision afterwards, as 'stamp' does: heads, or an identifier." },
    WRITING_OPTIONS,
    { 0 },
};

const Command create_all_command = {
    .name = "create-all",
    .help = "Create all tables of the models that the database does not have.",
    .options = options,
    .run = create_all_run,
};
