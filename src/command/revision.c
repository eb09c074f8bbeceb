/* SPDX-License-Identifier: MIT */
#include "command/models.h"
#include "command/new_revision.h"

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

/* What the command line asks for. */
static NewRevision wanted_revision(CommandRun *run)
{
    NewRevision wanted = { .id = args_text(run, "rev-id"),
                           .message = args_text(run, "message"),
                           .splice = args_flag(run, "splice"),
                           .branch_label = args_text(run, "branch-label"),
                           .version_path = args_text(run, "version-path"),
                           .depends_on = *args_list(run, "depends-on") };
    Str head = args_text(run, "head");
    if (str_given(head))
        VEC_PUSH(run->arena, &wanted.heads, head);
    return wanted;
}

static Generated generated_from(const NewRevision *wanted)
{
    return (Generated){ .id = wanted->id,
                        .message = wanted->message,
                        .heads = wanted->heads,
                        .splice = wanted->splice,
                        .branch_label = wanted->branch_label,
                        .version_path = wanted->version_path,
                        .depends_on = wanted->depends_on };
}

static bool write_generated(Session *session, Autogen *autogen, const Generated *made, Error *err)
{
    Map values = map_in(session->run->arena);
    NewRevision wanted = { .id = made->id,
                           .message = made->message,
                           .heads = made->heads,
                           .splice = made->splice,
                           .branch_label = made->branch_label,
                           .version_path = made->version_path,
                           .depends_on = made->depends_on,
                           .values = &values };
    if (!wanted.heads.len)
        VEC_PUSH(session->run->arena, &wanted.heads, STR("head"));
    return autogen_render(autogen, made, &values, err) && new_revision_write(session, &wanted, err);
}

/* The environment runs, and its hooks say what is written: as a rule one file. */
static bool revision_generate(Session *session, const NewRevision *wanted, Error *err)
{
    CommandRun *run = session->run;
    Autogen autogen = { .compare = args_flag(run, "autogenerate") };
    VEC_PUSH(run->arena, &autogen.revisions, generated_from(wanted));
    session->environment.as_sql = args_flag(run, "sql");
    if (!new_revision_id(run->arena, &autogen.revisions.items[0].id, err) ||
        !models_collect(session, &autogen, err))
        return false;
    VEC_EACH (const Generated, made, &autogen.revisions) {
        if (!write_generated(session, &autogen, made, err))
            return false;
    }
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
    NewRevision wanted = wanted_revision(run);
    if (with_environment || args_flag(run, "autogenerate"))
        return revision_generate(&session, &wanted, err);
    return new_revision_write(&session, &wanted, err);
}

static const Option options[] = {
    MESSAGE_OPTION,
    { OPTION_FLAG, "--autogenerate", NULL, NULL,
      "Populate revision script with candidate migration operations, based on comparison of "
      "database "
      "to model." },
    SQL_OPTION,
    { OPTION_TEXT, "--head", NULL, NULL,
      "Specify head revision or <branchname>@head to base new revision on." },
    SPLICE_OPTION,
    BRANCH_LABEL_OPTION,
    { OPTION_TEXT, "--version-path", NULL, NULL,
      "Specify specific path from config for version file" },
    REV_ID_OPTION,
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
