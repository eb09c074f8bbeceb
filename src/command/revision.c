/* SPDX-License-Identifier: MIT */
#include "command/models.h"
#include "command/new_revision.h"

static bool no_steps(Session *session, MigrationContext *context, const StrVec *rows,
                     StepVec *steps, Error *err)
{
    (void)session;
    (void)context;
    (void)rows;
    (void)steps;
    (void)err;
    return true;
}

static bool check_options(CommandRun *run, bool with_environment, Error *err)
{
    if (args_flag(run, "autogenerate") && args_flag(run, "sql"))
        return fail(err, ERR_COMMAND, "Using --sql with --autogenerate does not make any sense");
    if (args_flag(run, "sql") && !with_environment)
        return fail(err, ERR_COMMAND,
                    "Using --sql with the revision command when revision_environment is not "
                    "configured does not make any sense");
    return true;
}

static bool revision_run(CommandRun *run, Error *err)
{
    Session session;
    bool with_environment;
    if (!session_open(&session, run, err) ||
        !config_flag(&run->config, STR("revision_environment"), &with_environment, err) ||
        !check_options(run, with_environment, err))
        return false;
    NewRevision wanted = { .id = args_text(run, "rev-id"),
                           .message = args_text(run, "message"),
                           .splice = args_flag(run, "splice"),
                           .branch_label = args_text(run, "branch-label"),
                           .version_path = args_text(run, "version-path"),
                           .depends_on = *args_list(run, "depends-on"),
                           .commented = with_environment };
    Str head = args_text(run, "head");
    VEC_PUSH(run->arena, &wanted.heads, str_given(head) ? head : STR("head"));
    session.environment.as_sql = args_flag(run, "sql");
    session.environment.read_only = true;
    bool autogenerate = args_flag(run, "autogenerate");
    if ((with_environment || autogenerate) &&
        !session_environment(&session, autogenerate ? models_plan : no_steps, err))
        return false;
    return new_revision_write(&session, &wanted, err);
}

static const Option options[] = {
    { OPTION_TEXT, "--message", "-m", NULL, "Message string to use with 'revision'" },
    { OPTION_FLAG, "--autogenerate", NULL, NULL,
      "Populate revision script with candidate migration operations, based on comparison of "
      "database "
      "to model." },
    { OPTION_FLAG, "--sql", NULL, NULL,
      "Don't emit SQL to database - dump to standard output/file instead. See docs on offline "
      "mode." },
    { OPTION_TEXT, "--head", NULL, NULL,
      "Specify head revision or <branchname>@head to base new revision on." },
    { OPTION_FLAG, "--splice", NULL, NULL,
      "Allow a non-head revision as the 'head' to splice onto" },
    { OPTION_TEXT, "--branch-label", NULL, NULL,
      "Specify a branch label to apply to the new revision" },
    { OPTION_TEXT, "--version-path", NULL, NULL,
      "Specify specific path from config for version file" },
    { OPTION_TEXT, "--rev-id", NULL, NULL,
      "Specify a hardcoded revision id instead of generating one" },
    { OPTION_TEXT_LIST, "--depends-on", NULL, NULL,
      "Specify one or more revision identifiers which this revision should depend on." },
    { 0 },
};

const Command revision_command = {
    .name = "revision",
    .help = "Create a new revision file.",
    .options = options,
    .run = revision_run,
};
