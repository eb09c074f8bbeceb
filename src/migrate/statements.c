/* SPDX-License-Identifier: MIT */
#include "migrate/statements.h"

#include "migrate/doubt.h"
#include "migrate/state.h"
#include "migrate/version.h"

#define DIGEST_BEGIN UINT64_C(0xcbf29ce484222325)
#define DIGEST_PRIME UINT64_C(0x100000001b3)

static StatementLog *log_of(MigrationContext *context)
{
    return &context->state->statements;
}

static bool is_used(const MigrationContext *context)
{
    return context->conn && context->conn->url.engine == ENGINE_POSTGRESQL && !context->external &&
           context->step;
}

static SqlArg log_table(const MigrationContext *context)
{
    return sql_table(name_from(context->options.version_table_schema), name_from(STR(LOG_TABLE)));
}

Str statements_table_name(const MigrationContext *context, Arena *arena)
{
    Error err = error_in(arena);
    Sql sql = sql_begin(arena, context->dialect, &err);
    sql_put(&sql, "@", log_table(context));
    return sql_take(&sql);
}

/* ---- rows of an earlier run ---- */

static bool read_rows(MigrationContext *context, Arena *arena, Error *err)
{
    StatementLog *log = log_of(context);
    DbResult result;
    const DbValue *row;
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "SELECT number, digest, state = 'done', to_char(began, 'YYYY-MM-DD HH24:MI:SS TZ') "
            "FROM @ WHERE step = @ ORDER BY number",
            log_table(context), sql_literal(log->step));
    if (!sql_ok(&sql) || !lock_query(context, arena, sql_take(&sql), &result, err))
        return false;
    while (db_next(&result, &row, err) && row) {
        LoggedStatement each = { .number = row[0].integer,
                                 .digest = (uint64_t)row[1].integer,
                                 .done = row[2].integer != 0,
                                 .began = str_dup(context->arena, db_value_text(row[3])) };
        if (each.done)
            log->last_done = each.number;
        VEC_PUSH(context->arena, &log->rows, each);
    }
    return !error_set(err);
}

bool statements_begin(MigrationContext *context, const Step *step, Error *err)
{
    StatementLog *log = log_of(context);
    *log = (StatementLog){ .exists = log->exists, .digest = DIGEST_BEGIN };
    if (!is_used(context))
        return true;
    log->step = step_text(context->arena, step);
    if (!log->exists)
        return true;
    Arena *arena = arena_new(context->arena);
    bool ok = read_rows(context, arena, err);
    arena_free(arena);
    if (ok && log->rows.len)
        log_put(context->run->log, "alembic.run", LOG_WARNING,
                "%.*s was broken off after %lld statement%s that stay%s: going on from there",
                STR_ARG(log->step), (long long)log->last_done, log->last_done == 1 ? "" : "s",
                log->last_done == 1 ? "s" : "");
    return ok;
}

/* ---- counting ---- */

static void count(StatementLog *log, Str sql)
{
    log->number++;
    for (size_t i = 0; i < sql.len; i++)
        log->digest = (log->digest ^ (unsigned char)sql.ptr[i]) * DIGEST_PRIME;
    log->digest = (log->digest ^ 0xff) * DIGEST_PRIME;
}

static const LoggedStatement *row_of(const StatementLog *log)
{
    for (size_t i = 0; i < log->rows.len; i++)
        if (log->rows.items[i].number == log->number)
            return &log->rows.items[i];
    return NULL;
}

static bool has_changed(const StatementLog *log, Error *err)
{
    fail(err, ERR_COMMAND,
         "%.*s has changed since an earlier run was broken off in it, after %lld of its statements "
         "had been committed",
         STR_ARG(log->step), (long long)log->last_done);
    return error_remedy(err, "bring the database to where the revision begins or ends, and stamp "
                             "it; then DROP TABLE " LOG_TABLE);
}

static bool in_doubt(const StatementLog *log, const LoggedStatement *row, Str sql, Error *err)
{
    fail(err, ERR_COMMAND,
         "statement %lld of %.*s was under way when an earlier run was broken off (%.*s); whether "
         "it was done cannot be told",
         (long long)row->number, STR_ARG(log->step), STR_ARG(row->began));
    err->sql = str_dup(err->arena, sql);
    return error_remedy(err,
                        "look at the database; then UPDATE " LOG_TABLE " SET state = 'done' "
                        "WHERE number = %lld if it was done, or DELETE FROM " LOG_TABLE
                        " WHERE number = %lld if it was not, and run again",
                        (long long)row->number, (long long)row->number);
}

static bool undo_half(MigrationContext *context, Str undo, Error *err)
{
    bool own = context->state->own;
    log_put(context->run->log, "alembic.run", LOG_WARNING,
            "an index was left invalid: %.*s, and once more", STR_ARG(undo));
    context->state->own = true;
    bool ok = context_commit(context, err) && db_exec(context->conn, undo, err);
    context->state->own = own;
    return ok;
}

/* The statement that was under way. */
static bool decide(MigrationContext *context, const LoggedStatement *row, Str sql, bool *skip,
                   Error *err)
{
    Arena *arena = arena_new(context->arena);
    Doubt doubt;
    Str undo;
    bool ok = doubt_decide(context, arena, sql, &doubt, &undo, err);
    if (ok && doubt == DOUBT_UNKNOWN)
        ok = in_doubt(log_of(context), row, sql, err);
    if (ok && doubt == DOUBT_HALF)
        ok = undo_half(context, undo, err);
    *skip = ok && doubt == DOUBT_DONE;
    arena_free(arena);
    return ok;
}

bool statements_next(MigrationContext *context, Str sql, bool *skip, Error *err)
{
    StatementLog *log = log_of(context);
    *skip = false;
    if (!is_used(context))
        return true;
    count(log, sql);
    const LoggedStatement *row = row_of(log);
    if (row && row->digest != log->digest)
        return has_changed(log, err);
    *skip = log->number <= log->last_done;
    if (row && !row->done && !decide(context, row, sql, skip, err))
        return false;
    log->counted = !*skip;
    return true;
}

static bool begins_with(Str sql, const char *const *words)
{
    Str text = str_trim_left(sql);
    for (; *words; words++)
        if (str_eq_nocase(str_slice(text, 0, strlen(*words)), str_from(*words)))
            return true;
    return false;
}

static bool only_reads(Str sql)
{
    static const char *const words[] = { "SELECT", "SHOW", "VALUES", "TABLE", "EXPLAIN", NULL };
    return begins_with(sql, words);
}

/* Of a transaction that the script begins and ends itself: its rows are gone if it is rolled back.
 */
static bool is_transaction(Str sql)
{
    static const char *const words[] = { "BEGIN", "START TRANSACTION", "COMMIT",
                                         "END",   "ROLLBACK",          "ABORT",
                                         NULL };
    return begins_with(sql, words);
}

bool statements_other(MigrationContext *context, Str sql, Error *err)
{
    StatementLog *log = log_of(context);
    bool skip, counted = log->counted;
    log->counted = false;
    if (counted || only_reads(sql))
        return true;
    if (!statements_next(context, sql, &skip, err))
        return false;
    log->counted = false;
    if (!skip)
        return true;
    fail(err, ERR_COMMAND,
         "statement %lld of %.*s was committed by an earlier run that was broken off; it cannot be "
         "passed over, because the script reads its result",
         (long long)log->number, STR_ARG(log->step));
    return error_remedy(err, "bring the database to where the revision begins or ends, and stamp "
                             "it; then DROP TABLE " LOG_TABLE);
}

/* ---- writing ---- */

static bool write_log(MigrationContext *context, Sql *sql, Error *err)
{
    Conn *conn = context->conn;
    bool autobegin = conn->autobegin, own = context->state->own;
    conn->autobegin = false;
    context->state->own = true;
    bool ok = sql_ok(sql) && db_exec(conn, sql_take(sql), err);
    conn->autobegin = autobegin;
    context->state->own = own;
    return ok;
}

static bool create_table(MigrationContext *context, Arena *arena, Error *err)
{
    Sql sql = sql_begin(arena, context->dialect, err);
    if (log_of(context)->exists)
        return true;
    sql_put(&sql,
            "CREATE TABLE @ (step text NOT NULL, number bigint NOT NULL, digest bigint NOT NULL, "
            "statement text NOT NULL, state text NOT NULL, began timestamptz NOT NULL, "
            "ended timestamptz, PRIMARY KEY (step, number))",
            log_table(context));
    return log_of(context)->exists = write_log(context, &sql, err);
}

static bool put_row(MigrationContext *context, Str sql_text, const char *state, Error *err)
{
    const StatementLog *log = log_of(context);
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "INSERT INTO @ AS l (step, number, digest, statement, state, began) VALUES (@, @, @, "
            "@, @, clock_timestamp()) ON CONFLICT (step, number) DO UPDATE SET state = "
            "excluded.state, began = excluded.began",
            log_table(context), sql_literal(log->step), sql_int(log->number),
            sql_int((int64_t)log->digest), sql_literal(sql_text), sql_keyword(state));
    bool ok = create_table(context, arena, err) && write_log(context, &sql, err);
    arena_free(arena);
    return ok;
}

bool statements_start(MigrationContext *context, Str sql, Error *err)
{
    StatementLog *log = log_of(context);
    if (!is_used(context) || only_reads(sql))
        return true;
    if (is_transaction(sql))
        return statements_done(context, err);
    if (!statements_done(context, err) || !put_row(context, sql, "'running'", err))
        return false;
    log->running = true;
    return true;
}

bool statements_done(MigrationContext *context, Error *err)
{
    StatementLog *log = log_of(context);
    if (!log->running)
        return true;
    log->running = false;
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "UPDATE @ SET state = 'done', ended = clock_timestamp() WHERE step = @ AND state = "
            "'running'",
            log_table(context), sql_literal(log->step));
    bool ok = write_log(context, &sql, err);
    arena_free(arena);
    return ok;
}

static bool leaves_halves(Str sql)
{
    Str word = STR("CONCURRENTLY");
    for (size_t at = 0; at + word.len <= sql.len; at++)
        if (str_eq_nocase(str_slice(sql, at, at + word.len), word))
            return true;
    return false;
}

/* What the server refused is not done, except that an index may have been left invalid. */
void statements_failed(MigrationContext *context, const Error *err)
{
    StatementLog *log = log_of(context);
    if (!log->running || !str_given(err->sqlstate) || db_tx_status(context->conn) == DB_TX_LOST ||
        leaves_halves(err->sql))
        return;
    Error trouble = error_in(context->arena);
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, &trouble);
    log->running = false;
    sql_put(&sql, "DELETE FROM @ WHERE step = @ AND state = 'running'", log_table(context),
            sql_literal(log->step));
    if (!write_log(context, &sql, &trouble))
        log_put(context->run->log, "alembic.run", LOG_WARNING,
                "the journal could not be written: %.*s", STR_ARG(trouble.text));
    arena_free(arena);
}

bool statements_commit(MigrationContext *context, Error *err)
{
    const StatementLog *log = log_of(context);
    if (!is_used(context) || log->number <= log->last_done || context->conn->tx != TX_LIMBECK)
        return true;
    return put_row(context, STR("all up to here, in one transaction"), "'done'", err);
}

bool statements_end(MigrationContext *context, Error *err)
{
    StatementLog *log = log_of(context);
    if (!is_used(context) || !log->exists)
        return true;
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, "DROP TABLE @", log_table(context));
    bool ok = statements_done(context, err) &&
              (context->conn->tx != TX_NONE || lock_begin(context, err)) &&
              write_log(context, &sql, err);
    log->exists = !ok;
    arena_free(arena);
    return ok;
}
