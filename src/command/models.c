/* SPDX-License-Identifier: MIT */
#include "command/models.h"

#include "base/file.h"

static bool check_current(Session *session, const StrVec *rows, Error *err)
{
    RevisionVec current = { 0 };
    const RevisionVec *heads = &session->graph->real_heads;
    if (!resolve_list(session->graph, rows, &current, err))
        return false;
    bool same = current.len == heads->len;
    VEC_EACH(Revision *, head, heads) same &= strvec_find(rows, (*head)->id) >= 0;
    return same || fail(err, ERR_COMMAND, "Target database is not up to date.");
}

bool models_plan(Session *session, MigrationContext *context, const StrVec *rows, StepVec *steps,
                 Error *err)
{
    (void)steps;
    if (!check_current(session, rows, err))
        return false;
    if (!context->options.target_metadata) {
        Str env = path_join(session->run->arena, session->dir.location, STR("env.py"));
        return fail(err, ERR_COMMAND,
                    "Can't proceed with --autogenerate option; environment script %.*s does not "
                    "provide a MetaData object or sequence of objects to the context.",
                    STR_ARG(env));
    }
    return fail(err, ERR_UNSUPPORTED, "%s: comparing models with a database is not there yet",
                session->run->command->name);
}
