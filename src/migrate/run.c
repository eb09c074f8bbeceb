/* SPDX-License-Identifier: MIT */
#include "migrate/run.h"

#include "migrate/lock.h"
#include "migrate/plan.h"
#include "migrate/retry.h"
#include "migrate/state.h"
#include "migrate/transaction.h"
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

/*
 * Begins the step's transaction. `*moved`: another process was first; nothing is open then. Under a
 * lock that lasts longer than a transaction, the rows are those that were read when it was taken.
 */
static bool step_begin(MigrationContext *context, bool *moved, Error *err)
{
    if (!steps_have_own_transaction(context))
        return purge(context, err);
    if (!context_commit(context, err) || !lock_begin(context, err))
        return false;
    if (context->state->purge)
        return purge(context, err);
    if (context->state->lock.kind == RUN_LOCK_SESSION)
        return true;
    if (!lock_confirm(context, moved, err))
        return false;
    return !*moved || db_rollback(context->conn, err);
}

static bool run_pieces(MigrationContext *context, const SqlFile *file, const SqlSection *section,
                       Error *err)
{
    VEC_EACH (const Piece, piece, &section->pieces) {
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
    VEC_EACH (const RowChange, change, &changes)
        if (!version_change(context, change, err))
            return false;
    context->state->moved = true;
    const MigrationOptions *options = &context->options;
    return !options->version_applied ||
           options->version_applied(options->script, context, step, &context->state->heads, err);
}

static bool announce(MigrationContext *context, const Step *step, Error *err)
{
    Str text = step_text(context->arena, step);
    Str doc = step->revision ? step->revision->doc : STR("");
    log_put(context->run->log, "alembic.runtime.migration", LOG_INFO, "Running %.*s%s%.*s",
            STR_ARG(text), doc.len ? ", " : "", STR_ARG(doc));
    return !context->as_sql ||
           context_print(context, str_concat(context->arena, STR("-- Running "), text), err);
}

/* Body and version row, within the step's transaction. */
static bool step_inside(MigrationContext *context, const Step *step, Error *err)
{
    ContextState *state = context->state;
    state->journal = journal_begin();
    if (context->conn &&
        (!proof_begin(context, &state->proof, err) || !statements_begin(context, step, err)))
        return false;
    state->in_step = context->conn != NULL;
    progress_begin(context);
    bool ok = run_body(context, step, err) && statements_end(context, err) &&
              move_version(context, step, err) && post_drain(context, err);
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
    statements_failed(context, err);
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

/* The rows after a rollback, to plan from. */
static bool read_again(MigrationContext *context, bool purge_again, Error *err)
{
    context->state->purge = purge_again;
    return context_heads(context, &context->state->heads, err);
}

/* A step in a transaction of its own is done again as `*moved`: planned anew from the rows. */
static bool step_online_again(MigrationContext *context, const Step *step, Retry *retry,
                              bool *moved, Error *err)
{
    bool purge_before = context->state->purge;
    if (step_online(context, step, moved, err)) {
        *retry = *moved ? *retry : (Retry){ 0 };
        return true;
    }
    if (!steps_have_own_transaction(context) || !retry_again(context, retry, err))
        return false;
    *moved = true;
    return read_again(context, purge_before, err);
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

static bool run_step(MigrationContext *context, const Step *step, Retry *retry, bool *moved,
                     Error *err)
{
    *moved = false;
    context->step = step;
    bool ok = context->as_sql ? step_offline(context, step, err)
                              : step_online_again(context, step, retry, moved, err);
    context->step = NULL;
    return ok;
}

/* ---- all steps ---- */

static bool run_steps(MigrationContext *context, Error *err)
{
    StepVec steps;
    Retry retry = { 0 };
    bool moved = false;
    if (!plan_make(context, &steps, err))
        return false;
    for (size_t i = 0; i < steps.len; i++) {
        if (!run_step(context, &steps.items[i], &retry, &moved, err))
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
    if (purge(context, err) && (!own || context_commit(context, err)))
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
    if (context->state->script_began)
        return lock_look(context, err);
    if (!context->state->whole)
        return true;
    return context_commit(context, err) && lock_begin(context, err);
}

static bool read_heads(MigrationContext *context, Error *err)
{
    ContextState *state = context->state;
    if (!context_heads(context, &state->heads, err))
        return false;
    if (state->purge)
        state->heads = (StrVec){ 0 };
    if (context->as_sql || context->run->read_only || context->run->no_version ||
        state->heads.len > 0)
        return true;
    return context_ensure_version_table(context, err);
}

/* From the BEGIN, where there is one round everything, to the last statement or to the rollback. */
static bool run_once(MigrationContext *context, Error *err)
{
    bool ok = open_whole(context, err) && read_heads(context, err) && run_steps(context, err) &&
              finish_purge(context, err) && post_drain(context, err);
    if (!ok)
        context_take_back(context, err);
    return ok;
}

static bool run_until_done(MigrationContext *context, Error *err)
{
    Retry retry = { 0 };
    while (!run_once(context, err)) {
        if (!context->state->whole || !retry_again(context, &retry, err))
            return false;
        context->state->purge = context->run->purge;
    }
    return true;
}

static bool run_online(MigrationContext *context, Error *err)
{
    ContextState *state = context->state;
    bool alone = state->block_depth == 0;
    if (alone)
        state->whole = context->transactional_ddl && !context->options.transaction_per_migration;
    state->running = true;
    bool ok = lock_take(context, err) && run_until_done(context, err);
    state->running = false;
    if (!alone)
        return ok;
    ok = ok && context_commit(context, err);
    state->whole = false;
    lock_release(context);
    return ok;
}

bool context_run_migrations(MigrationContext *context, Error *err)
{
    context->run->migrations_ran = true;
    if (!context_ready(context, err))
        return false;
    if (!context->as_sql)
        return run_online(context, err);
    return read_heads(context, err) && run_steps(context, err);
}
