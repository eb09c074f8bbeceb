/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "command/process.h"
#include "command/session.h"

static const char *const variables[] = { "EDITOR", "VISUAL" };
static const char *const usual[] = { "sensible-editor", "editor", "nano", "vim", "vi" };

/* Whether a program of that name is on the path. */
static bool on_path(const Config *config, Str name)
{
    Str path = config_environment(config, STR("PATH")), part;
    while (str_split_next(&path, ':', &part)) {
        Str file = path_join(config->arena, part, name);
        if (access(file.ptr, X_OK) == 0)
            return true;
    }
    return false;
}

/* The words of the editor's command line. */
static bool find_editor(const Config *config, StrVec *words, Error *err)
{
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        Str text = config_environment(config, str_from(variables[i]));
        if (str_given(text) && str_trim(text).len)
            return process_split(config->arena, text, words, err);
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (on_path(config, str_from(usual[i]))) {
            VEC_PUSH(config->arena, words, str_from(usual[i]));
            return true;
        }
    return fail(err, ERR_COMMAND,
                "Error executing editor (No suitable editor found. Please set the \"EDITOR\" or "
                "\"VISUAL\" environment variables)");
}

static bool open_editor(CommandRun *run, const Revision *rev, Error *err)
{
    StrVec words = { 0 };
    int status;
    if (!find_editor(&run->config, &words, err))
        return false;
    VEC_PUSH(run->arena, &words, rev->path);
    if (!process_run(run->arena, &words, STR_NONE, &status, err))
        return false;
    return status == 0 || fail(err, ERR_COMMAND, "Error executing editor (%.*s: exit status %d)",
                               STR_ARG(words.items[0]), status);
}

static bool edit_all(Session *session, const StrVec *targets, Error *err)
{
    RevisionVec revs = { 0 };
    if (!resolve_list(session->graph, targets, &revs, err))
        return false;
    if (!revs.len)
        return fail(err, ERR_COMMAND, "No revision files indicated by symbol '%.*s'",
                    STR_ARG(args_text(session->run, "rev")));
    VEC_EACH (Revision *, rev, &revs) {
        if (!open_editor(session->run, *rev, err))
            return false;
    }
    return true;
}

static bool edit_current(Session *session, MigrationContext *context, const StrVec *rows,
                         StepVec *steps, Error *err)
{
    (void)context;
    (void)steps;
    if (!rows->len)
        return fail(err, ERR_COMMAND, "No current revisions");
    return edit_all(session, rows, err);
}

static bool edit_run(CommandRun *run, Error *err)
{
    Session session;
    if (!session_open(&session, run, err))
        return false;
    if (str_is(args_text(run, "rev"), "current")) {
        session.environment.read_only = true;
        return session_environment(&session, edit_current, err);
    }
    return session_graph(&session, err) && edit_all(&session, args_list(run, "rev"), err);
}

static const Option options[] = {
    { OPTION_POSITIONAL, "rev", NULL, NULL, NULL },
    { 0 },
};

const Command edit_command = {
    .name = "edit",
    .help = "Edit revision script(s) using $EDITOR.",
    .options = options,
    .run = edit_run,
};
