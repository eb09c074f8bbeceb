/* SPDX-License-Identifier: MIT */
#include "migrate/transaction.h"

#include "migrate/connect.h"
#include "migrate/lease.h"
#include "migrate/state.h"
#include "migrate/version.h"

/* ---- what passes on the connection ---- */

/* The first statement of env.py's own within begin_transaction(). */
static bool begin_for_script(MigrationContext *context, Conn *conn, Str sql, Error *err)
{
    ContextState *state = context->state;
    bool open = conn->tx == TX_LIMBECK || conn->tx == TX_SCRIPT;
    if (!state->whole || state->running || context->external || open ||
        db_needs_autocommit(conn, sql))
        return true;
    state->script_began = true;
    return context_commit(context, err) && lock_take(context, err) && lock_begin(context, err);
}

static bool keep_lock(MigrationContext *context, Error *err)
{
    const RunLock *lock = &context->state->lock;
    return lock->kind != RUN_LOCK_LEASE || lease_renew(lock->lease, err);
}

void transaction_wait(void *guarded)
{
    MigrationContext *context = guarded;
    Error err = error_in(context->arena);
    if (context->state->in_step)
        progress_tick(context);
    if (!keep_lock(context, &err))
        log_put(context->run->log, "alembic.lock", LOG_WARNING, "%.*s", STR_ARG(err.text));
}

/*
 * A statement of an autocommit_block() that may not be in a transaction: any, for all we know. On
 * SQLite it is known, and the others are committed one by one, each together with the journal.
 */
static bool stands_outside(const MigrationContext *context, const Conn *conn, Str sql)
{
    return db_needs_autocommit(conn, sql) ||
           (context->autocommit_depth > 0 && conn->url.engine != ENGINE_SQLITE);
}

/* What of the step is done so far is committed, and the journal says so in the same transaction. */
static bool commit_amid(MigrationContext *context, Error *err)
{
    return statements_commit(context, err) && context_commit(context, err);
}

/* A statement of the step that runs. */
static bool guard_step(MigrationContext *context, Conn *conn, Str sql, Error *err)
{
    ContextState *state = context->state;
    bool outside = stands_outside(context, conn, sql);
    bool alone = outside || context->autocommit_depth > 0;
    progress_tick(context);
    /* A BEGIN of the script's own in an autocommit block stands until its COMMIT. */
    if (alone && conn->tx != TX_SCRIPT && !context->external && !commit_amid(context, err))
        return false;
    if (!context->external && conn->tx == TX_NONE)
        context_left(context);
    if (!keep_lock(context, err) || !proof_statement(context, &state->proof, sql, err) ||
        !statements_other(context, sql, err))
        return false;
    journal_statement(&state->journal, sql);
    if (outside)
        return statements_start(context, sql, err);
    return context->external || conn->tx != TX_NONE || lock_begin(context, err);
}

/* What the revision wanted undone is undone: by ending the run, never by going on without it. */
static bool given_up(Error *err)
{
    return fail(err, ERR_SCRIPT,
                "InvalidRequestError: Can't operate on closed transaction inside context manager.  "
                "Please complete the context manager before emitting further commands. (the "
                "revision rolled back the transaction of the run)");
}

bool transaction_guard(void *guarded, Conn *conn, Str sql, Error *err)
{
    MigrationContext *context = guarded;
    ContextState *state = context->state;
    if (context->given_up && conn == context->conn)
        return given_up(err);
    if (state->own || conn != context->conn)
        return true;
    state->own = true;
    bool ok = state->in_step ? guard_step(context, conn, sql, err)
                             : begin_for_script(context, conn, sql, err);
    state->own = false;
    return ok;
}

/* ---- the end of a transaction ---- */

void context_left(MigrationContext *context)
{
    ContextState *state = context->state;
    journal_committed(&state->journal);
    if (state->journal.statements > 0)
        state->left = true;
}

/* What was made in the transaction is there no more. */
static void forget_made(MigrationContext *context)
{
    context->state->version_table = false;
    context->created_types = map_in(context->arena);
}

void context_take_back(MigrationContext *context, Error *err)
{
    Conn *conn = context->conn;
    if (!conn || context->external)
        return;
    context->given_up = false;
    post_forget(context);
    forget_made(context);
    if (conn->tx == TX_NONE)
        return;
    Error trouble = error_in(err->arena);
    if (db_rollback(conn, &trouble))
        err->rolled_back = true;
}

static void add_detail(Error *err, const char *text)
{
    err->detail = str_given(err->detail)
                      ? str_format(err->arena, "%.*s\n%s", STR_ARG(err->detail), text)
                      : str_from(text);
}

/* The rows as a new connection sees them. */
static bool rows_elsewhere(MigrationContext *context, Arena *arena, StrVec *rows)
{
    Conn *lost = context->conn;
    Error trouble = error_in(arena);
    const DbOptions options = { .interrupted = context->run->interrupted };
    if (!connect_open(context->run, arena, &lost->url, &options,
                      context->state->policy.lock_wait_ms, &context->conn, &trouble)) {
        context->conn = lost;
        return false;
    }
    context->state->version_table = false;
    bool ok = version_read(context, arena, rows, &trouble);
    db_close(context->conn);
    context->conn = lost;
    return ok;
}

/*
 * The connection was lost while COMMIT was under way. The version rows were changed in the same
 * transaction: they tell whether it was done.
 */
static bool decide_commit(MigrationContext *context, Error *err)
{
    Arena *arena = arena_new(context->arena);
    StrVec rows = { 0 };
    bool known = rows_elsewhere(context, arena, &rows);
    bool done = known && version_same(&rows, &context->state->heads);
    arena_free(arena);
    if (done) {
        log_put(context->run->log, "limbeck.run", LOG_WARNING,
                "the connection was lost during COMMIT; the version table says that it was done");
        error_clear(err);
        return true;
    }
    err->rolled_back = known;
    add_detail(err, known ? "the version table says that COMMIT was not done"
                          : "whether COMMIT was done is not known: ask by `current`");
    return false;
}

bool context_commit(MigrationContext *context, Error *err)
{
    Conn *conn = context->conn;
    if (context->given_up)
        return given_up(err);
    if (context->external)
        return post_drain(context, err);
    if (conn->tx == TX_NONE)
        return true;
    if (!post_drain(context, err))
        return false;
    if (db_commit(conn, err))
        return true;
    return conn->failure.in_doubt && context->state->moved && decide_commit(context, err);
}

/* ---- begin_transaction() ---- */

static bool prints_block(const MigrationContext *context)
{
    return context->as_sql && context->transactional_ddl &&
           !context->options.transaction_per_migration;
}

bool context_begin_transaction(MigrationContext *context, Error *err)
{
    ContextState *state = context->state;
    if (!context_ready(context, err))
        return false;
    if (state->block_depth++ > 0)
        return true;
    if (prints_block(context))
        return context_print(context, STR("BEGIN;"), err);
    state->whole = context->transactional_ddl && !context->options.transaction_per_migration;
    return true;
}

bool context_end_transaction(MigrationContext *context, bool ok, Error *err)
{
    ContextState *state = context->state;
    if (--state->block_depth > 0)
        return true;
    state->whole = state->script_began = false;
    if (prints_block(context))
        return !ok || context_print(context, STR("COMMIT;"), err);
    if (context->as_sql || !context->conn)
        return true;
    bool done = true;
    if (ok)
        done = context_commit(context, err);
    else
        context_take_back(context, err);
    lock_release(context);
    return done;
}

/* ---- autocommit_block() ---- */

bool context_autocommit_begin(MigrationContext *context, Error *err)
{
    if (!context_ready(context, err))
        return false;
    if (context->autocommit_depth++ > 0)
        return true;
    if (context->as_sql)
        return !context->transactional_ddl || context_print(context, STR("COMMIT;"), err);
    if (context->external) {
        fail(err, ERR_COMMAND,
             "autocommit_block: the connection was in a transaction already when "
             "context.configure() was called");
        return error_remedy(err, "let env.py begin the transaction by context.begin_transaction()");
    }
    if (!commit_amid(context, err))
        return false;
    context_left(context);
    context->conn->autocommit = true;
    return true;
}

bool context_autocommit_end(MigrationContext *context, bool ok, Error *err)
{
    if (--context->autocommit_depth > 0)
        return true;
    if (context->as_sql)
        return !ok || !context->transactional_ddl || context_print(context, STR("BEGIN;"), err);
    if (!context->conn)
        return !ok || context_ready(context, err);
    context->conn->autocommit = false;
    if (!ok)
        return true;
    if (context->conn->tx != TX_SCRIPT && !commit_amid(context, err))
        return false;
    context_left(context);
    return statements_done(context, err);
}
