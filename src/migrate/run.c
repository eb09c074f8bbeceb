/* SPDX-License-Identifier: MIT */
#include "migrate/run.h"

#include "migrate/lock.h"
#include "migrate/plan.h"
#include "migrate/state.h"
#include "migrate/version.h"

static bool steps_have_own_transaction(const MigrationContext *context)
{
    return !context->external && !context->state->whole;
}

/* ---- one step ---- */

static bool purge(MigrationContext *context, Error *err)
{
    if (!context->state->purge)
        return true;
    context->state->purge = false;
    return version_empty(context, err);
}

/* Begins the step's transaction. `*moved`: another process was first; nothing is open then. */
static bool step_begin(MigrationContext *context, bool *moved, Error *err)
{
    Conn *conn = context->conn;
    if (!steps_have_own_transaction(context))
        return purge(context, err);
    if (!db_commit(conn, err) || !lock_begin(context, err))
        return false;
    if (context->state->purge)
        return purge(context, err);
    if (!lock_confirm(context, moved, err))
        return false;
    return !*moved || db_rollback(conn, err);
}

static bool run_pieces(MigrationContext *context, const SqlFile *file, const SqlSection *section,
                       Error *err)
{
    VEC_EACH(const Piece, piece, &section->pieces) {
        Loc loc = { .file = file->path, .line = piece->line };
        if (!context_execute(context, piece->sql, NULL, 0, loc, err))
            return false;
    }
    return true;
}

static bool run_sql_file(MigrationContext *context, const Step *step, const SqlFile *file,
                         Error *err)
{
    const SqlSection *section = step->kind == STEP_UPGRADE ? &file->upgrade : &file->downgrade;
    if (!section->no_transaction)
        return run_pieces(context, file, section, err);
    if (!context_autocommit_begin(context, err))
        return false;
    bool ok = run_pieces(context, file, section, err);
    return context_autocommit_end(context, ok, err) && ok;
}

static bool run_body(MigrationContext *context, const Step *step, Error *err)
{
    if (step->kind == STEP_STAMP)
        return true;
    const SqlFile *file = plan_sql_file(context, step);
    return file ? run_sql_file(context, step, file, err)
                : context->run->body(context->run->body_context, context, step, err);
}

static bool move_version(MigrationContext *context, const Step *step, Error *err)
{
    RowChangeVec changes = { 0 };
    if (!step_row_changes(context->run->graph, step, &context->state->heads, &changes, err))
        return false;
    VEC_EACH(const RowChange, change, &changes)
        if (!version_change(context, change, err))
            return false;
    const MigrationOptions *options = &context->options;
    return !options->version_applied ||
           options->version_applied(options->script, context, step, &context->state->heads, err);
}

static bool announce(MigrationContext *context, const Step *step, Error *err)
{
    Str text = step_text(context->arena, step, true);
    log_put(context->run->log, "alembic.runtime.migration", LOG_INFO, "Running %.*s",
            STR_ARG(text));
    if (!context->as_sql)
        return true;
    text = step_text(context->arena, step, false);
    return context_print(context, str_format(context->arena, "-- Running %.*s", STR_ARG(text)),
                         err);
}

/* Body and version row, within the step's transaction. */
static bool step_inside(MigrationContext *context, const Step *step, Error *err)
{
    ContextState *state = context->state;
    state->journal = journal_begin();
    if (context->conn && !proof_begin(context, &state->proof, err))
        return false;
    state->in_step = context->conn != NULL;
    bool ok = run_body(context, step, err) && move_version(context, step, err);
    state->in_step = false;
    if (!ok)
        return false;
    return !context->conn || proof_end(context, &state->proof, &state->journal, step, err);
}

static void step_failed(MigrationContext *context, Error *err)
{
    if (context->autocommit_depth > 0) {
        context->autocommit_depth = 0;
        context->conn->autocommit = false;
    }
    context_take_back(context, err);
    journal_report(&context->state->journal, err);
}

static bool step_online(MigrationContext *context, const Step *step, bool *moved, Error *err)
{
    *moved = false;
    if (step_begin(context, moved, err) && *moved)
        return true;
    bool ok = !error_set(err) && announce(context, step, err) && step_inside(context, step, err);
    if (ok && steps_have_own_transaction(context))
        ok = context_commit(context, err);
    if (!ok)
        step_failed(context, err);
    return ok;
}

static bool step_offline(MigrationContext *context, const Step *step, Error *err)
{
    bool marks = context->transactional_ddl && context->options.transaction_per_migration;
    if (marks && !context_print(context, STR("BEGIN;"), err))
        return false;
    if (context->state->heads.len == 0 && !version_create(context, err))
        return false;
    if (!announce(context, step, err) || !step_inside(context, step, err))
        return false;
    return !marks || context_print(context, STR("COMMIT;"), err);
}

static bool run_step(MigrationContext *context, const Step *step, bool *moved, Error *err)
{
    *moved = false;
    context->step = step;
    bool ok =
        context->as_sql ? step_offline(context, step, err) : step_online(context, step, moved, err);
    context->step = NULL;
    return ok;
}

/* ---- all steps ---- */

static bool run_steps(MigrationContext *context, Error *err)
{
    StepVec steps;
    bool moved = false;
    if (!plan_make(context, &steps, err))
        return false;
    for (size_t i = 0; i < steps.len; i++) {
        if (!run_step(context, &steps.items[i], &moved, err))
            return false;
        if (!moved)
            continue;
        if (!plan_make(context, &steps, err))
            return false;
        i = (size_t)-1;
    }
    return true;
}

/* A purge without any step after it (stamp --purge base). */
static bool finish_purge(MigrationContext *context, Error *err)
{
    if (!context->state->purge || context->as_sql)
        return true;
    bool own = steps_have_own_transaction(context);
    if (own && !lock_begin(context, err))
        return false;
    if (purge(context, err) && (!own || db_commit(context->conn, err)))
        return true;
    context_take_back(context, err);
    return false;
}

/*
 * Where one transaction goes round everything it begins here, so that the version is read under the
 * lock. A transaction of the script that did nothing yet becomes a writing one.
 */
static bool open_whole(MigrationContext *context, Error *err)
{
    Conn *conn = context->conn;
    if (context->run->read_only)
        return true;
    if (context->external)
        return db_claim_write(conn, err);
    if (!context->state->whole)
        return true;
    return db_commit(conn, err) && lock_begin(context, err);
}

static bool read_heads(MigrationContext *context, Error *err)
{
    ContextState *state = context->state;
    if (!context_heads(context, &state->heads, err))
        return false;
    if (state->purge)
        state->heads = (StrVec){ 0 };
    if (context->as_sql || context->run->read_only || state->heads.len > 0)
        return true;
    return context_ensure_version_table(context, err);
}

static bool run_online(MigrationContext *context, Error *err)
{
    bool alone = context->state->block_depth == 0;
    if (alone)
        context->state->whole =
            context->transactional_ddl && !context->options.transaction_per_migration;
    bool ok = open_whole(context, err) && read_heads(context, err) && run_steps(context, err) &&
              finish_purge(context, err);
    if (!ok)
        context_take_back(context, err);
    else if (alone)
        ok = context_commit(context, err);
    if (alone)
        context->state->whole = false;
    return ok;
}

bool context_run_migrations(MigrationContext *context, Error *err)
{
    context->run->migrations_ran = true;
    if (!context->as_sql)
        return run_online(context, err);
    return read_heads(context, err) && run_steps(context, err);
}
