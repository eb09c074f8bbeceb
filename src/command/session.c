/* SPDX-License-Identifier: MIT */
#include "command/session.h"

#include "script/evaluate.h"

static void log_warnings(CommandRun *run, StrVec *warnings)
{
    VEC_EACH (Str, text, warnings)
        log_put(run->log, "alembic.script", LOG_WARNING, "%.*s", STR_ARG(*text));
    warnings->len = 0;
}

bool session_open(Session *session, CommandRun *run, Error *err)
{
    *session = (Session){ .run = run };
    session->environment = (Run){ .arena = run->arena,
                                  .command = str_from(run->command->name),
                                  .config = &run->config,
                                  .log = run->log,
                                  .redactor = run->redactor,
                                  .interrupted = run->interrupted,
                                  .output = run->output,
                                  .progress = run->progress,
                                  .progress_context = run->context,
                                  .output_context = run->context };
    return source_open(&session->dir, run->arena, &run->config, err);
}

Script *session_script(Session *session)
{
    if (!session->script) {
        session->script = script_new(&session->environment);
        session->script->directory = &session->dir;
        session->dir.evaluate = script_evaluate;
        session->dir.evaluate_context = session->script;
    }
    return session->script;
}

bool session_graph(Session *session, Error *err)
{
    session_script(session);
    if (!source_graph(&session->dir, err))
        return false;
    session->graph = session->environment.graph = session->dir.graph;
    log_warnings(session->run, &session->dir.warnings);
    return true;
}

/* The error may be about a row of the version table that is no revision of the files. */
static bool explain_rows(const Session *session, const MigrationContext *context,
                         const StrVec *rows, Error *err)
{
    VEC_EACH (const Str, row, rows) {
        if (!graph_get(session->graph, *row) && str_find(err->text, *row, 0) >= 0)
            return error_remedy(err,
                                "it stands in the database's table '%.*s', and no file here has "
                                "it: restore that file, or run from the checkout that has it",
                                STR_ARG(context->version_table));
    }
    return false;
}

static bool plan_within(void *plan_context, MigrationContext *context, const StrVec *rows,
                        StepVec *steps, Error *err)
{
    Session *session = plan_context;
    if (!session_graph(session, err))
        return false;
    if (!session->plan(session, context, rows, steps, err))
        return err->code == ERR_REVISION ? explain_rows(session, context, rows, err) : false;
    log_warnings(session->run, &session->graph->warnings);
    return true;
}

bool session_environment(Session *session, SessionPlan *plan, Error *err)
{
    session->plan = plan;
    session->environment.plan = plan_within;
    session->environment.plan_context = session;
    return env_run(session_script(session), session->dir.location, err);
}

bool session_split_range(Str text, Str *start, Str *end, Error *err)
{
    ptrdiff_t colon = str_find_char(text, ':', 0);
    *start = colon < 0 ? STR_NONE : str_slice(text, 0, (size_t)colon);
    *end = colon < 0 ? text : str_from_offset(text, (size_t)colon + 1);
    if (str_find_char(*end, ':', 0) < 0)
        return true;
    return fail(err, ERR_COMMAND, "'%.*s' has too many colons; a range is <start>:<end>",
                STR_ARG(text));
}

bool session_start_from(Session *session, Str start, Error *err)
{
    Revision *rev;
    if (!start.len)
        return true;
    if (!session_graph(session, err) || !resolve_one(session->graph, start, &rev, err))
        return false;
    session->environment.starting_rev = rev ? rev->id : STR_NONE;
    return true;
}

/* The text of so many bytes of revision files stays at hand between reading and compiling them. */
enum { TEXT_KEPT = 4 << 20 };

bool session_migrate(CommandRun *run, SessionPlan *plan, bool ranged, Error *err)
{
    Session session;
    Str start, end;
    if (!session_open(&session, run, err))
        return false;
    session.dir.keep = TEXT_KEPT;
    bool as_sql = args_flag(run, "sql");
    Str revision = args_text(run, "revision");
    bool range = str_find_char(revision, ':', 0) >= 0;
    if (!as_sql && range)
        return fail(err, ERR_COMMAND, "Range revision not allowed");
    if (as_sql && ranged && !range)
        return fail(err, ERR_COMMAND, "downgrade with --sql requires <fromrev>:<torev>");
    if (!session_split_range(revision, &start, &end, err))
        return false;
    session.environment.as_sql = as_sql;
    session.environment.destination_rev = end;
    session.environment.tag = args_text(run, "tag");
    return session_start_from(&session, start, err) && session_environment(&session, plan, err);
}
