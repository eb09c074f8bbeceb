/* SPDX-License-Identifier: MIT */
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

static bool merge_run(CommandRun *run, Error *err)
{
    Session session;
    bool with_environment;
    if (!session_open(&session, run, err) ||
        !config_flag(&run->config, STR("revision_environment"), &with_environment, err))
        return false;
    NewRevision wanted = { .id = args_text(run, "rev-id"),
                           .message = args_text(run, "message"),
                           .heads = *args_list(run, "revisions"),
                           .splice = args_flag(run, "splice"),
                           .branch_label = args_text(run, "branch-label"),
                           .version_path = STR_NONE };
    session.environment.read_only = true;
    if (with_environment && !session_environment(&session, no_steps, err))
        return false;
    return new_revision_write(&session, &wanted, err);
}

static const Option options[] = {
    MESSAGE_OPTION,
    BRANCH_LABEL_OPTION,
    REV_ID_OPTION,
    SPLICE_OPTION,
    { OPTION_POSITIONAL_LIST, "revisions", NULL, NULL,
      "one or more revisions, or 'heads' for all heads" },
    { 0 },
};

const Command merge_command = {
    .name = "merge",
    .help = "Merge two revisions together. Creates a new migration file.",
    .options = options,
    .run = merge_run,
};
