/* SPDX-License-Identifier: MIT */
#include "command/models.h"

static bool check_current(Session *session, const StrVec *rows, Error *err)
{
    RevisionVec current = { 0 };
    const RevisionVec *heads = &session->graph->real_heads;
    if (!resolve_list(session->graph, rows, &current, err))
        return false;
    bool same = current.len == heads->len;
    VEC_EACH (Revision *, head, heads)
        same &= strvec_find(rows, (*head)->id) >= 0;
    return same || fail(err, ERR_COMMAND, "Target database is not up to date.");
}

static bool models_plan(Session *session, MigrationContext *context, const StrVec *rows,
                        StepVec *steps, Error *err)
{
    (void)steps;
    if (session->autogen->compare && !check_current(session, rows, err))
        return false;
    return autogen_collect(session->autogen, context, rows, err);
}

bool models_collect(Session *session, Autogen *autogen, Error *err)
{
    autogen->script = session_script(session);
    session->autogen = autogen;
    session->environment.read_only = true;
    return session_environment(session, models_plan, err) && autogen_finish(autogen, err);
}
