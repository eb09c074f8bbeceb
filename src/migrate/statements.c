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
    return context->conn && !context->external && context->step;
}

static SqlArg log_table(const MigrationContext *context)
{
    Str own = context->options.version_table_schema, found = context->state->statements.schema;
    return sql_table(name_from(str_given(own) ? own : found), name_from(STR(LOG_TABLE)));
}

Str statements_table_name(const MigrationContext *context, Arena *arena)
{
    Error err = error_in(arena);
    Sql sql = sql_begin(arena, context->dialect, &err);
    sql_put(&sql, "@",
            sql_table(name_from(context->options.version_table_schema), name_from(STR(LOG_TABLE))));
    return sql_take(&sql);
}

void statements_found(MigrationContext *context, DbValue exists, DbValue schema)
{
    StatementLog *log = log_of(context);
    log->known = true;
    log->exists = exists.integer != 0;
    log->schema = STR_NONE;
    if (schema.type != DB_NULL)
        log->schema = str_dup(context->arena, db_value_text(schema));
}

/* PostgreSQL was asked when the lock was taken. */
static bool look(MigrationContext *context, Error *err)
{
    StatementLog *log = log_of(context);
    DbResult result;
    const DbValue *row = NULL;
    if (log->known || context->conn->url.engine != ENGINE_SQLITE)
        return true;
    Str schema = context->options.version_table_schema;
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, "SELECT count(*) FROM pragma_table_info('" LOG_TABLE "', @)",
            sql_literal(str_given(schema) ? schema : STR("main")));
    bool ok = sql_ok(&sql) && lock_query(context, arena, sql_take(&sql), &result, err) &&
              db_next(&result, &row, err);
    log->exists = row && row[0].integer > 0;
    log->known = ok;
    arena_free(arena);
    return ok;
}

/* ---- rows of an earlier run ---- */

static bool read_rows(MigrationContext *context, Arena *arena, Error *err)
{
    StatementLog *log = log_of(context);
    DbResult result;
    const DbValue *row;
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "SELECT number, digest, state = 'done', CAST(began AS text) FROM @ WHERE step = @ "
            "ORDER BY number",
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
    *log = (StatementLog){ .known = log->known,
                           .exists = log->exists,
                           .schema = log->schema,
                           .now = { 0, DIGEST_BEGIN } };
    if (!is_used(context))
        return true;
    if (!look(context, err))
        return false;
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
    StatementMark *now = &log->now;
    log->before = *now;
    now->number++;
    for (size_t i = 0; i < sql.len; i++)
        now->digest = (now->digest ^ (unsigned char)sql.ptr[i]) * DIGEST_PRIME;
    now->digest = (now->digest ^ 0xff) * DIGEST_PRIME;
}

static const LoggedStatement *row_of(const StatementLog *log)
{
    for (size_t i = 0; i < log->rows.len; i++)
        if (log->rows.items[i].number == log->now.number)
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
                             "it; then `limbeck resume --abandon`");
}

static bool in_doubt(const StatementLog *log, const LoggedStatement *row, Str sql, Error *err)
{
    fail(err, ERR_COMMAND,
         "statement %lld of %.*s was under way when an earlier run was broken off (%.*s); whether "
         "it was done cannot be told",
         (long long)row->number, STR_ARG(log->step), STR_ARG(row->began));
    err->sql = str_dup(err->arena, sql);
    return error_remedy(err, "look at the database; then `limbeck resume --done` if it was done, "
                             "or `limbeck resume --retry` if it was not, and run again");
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

static bool begins_with(Str sql, const char *const *words)
{
    Str text = str_trim_left(sql);
    for (; *words; words++)
        if (str_eq_nocase(str_slice(text, 0, strlen(*words)), str_from(*words)))
            return true;
    return false;
}

/* What lasts as long as the session: the next one needs it again. */
static bool is_of_session(Str sql)
{
    static const char *const words[] = { "SET",    "RESET",  "PRAGMA", "ATTACH",
                                         "DETACH", "LISTEN", NULL };
    static const char *const others[] = { "SET LOCAL", "SET TRANSACTION", "SET CONSTRAINTS", NULL };
    return begins_with(sql, words) && !begins_with(sql, others);
}

bool statements_next(MigrationContext *context, Str sql, bool *skip, Error *err)
{
    StatementLog *log = log_of(context);
    *skip = false;
    if (!is_used(context))
        return true;
    count(log, sql);
    const LoggedStatement *row = row_of(log);
    if (row && row->digest != log->now.digest)
        return has_changed(log, err);
    *skip = log->now.number <= log->last_done && !is_of_session(sql);
    if (row && !row->done && !decide(context, row, sql, skip, err))
        return false;
    log->counted = !*skip;
    return true;
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
         (long long)log->now.number, STR_ARG(log->step));
    return error_remedy(err, "bring the database to where the revision begins or ends, and stamp "
                             "it; then `limbeck resume --abandon`");
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

static bool put_row(MigrationContext *context, StatementMark mark, Str sql_text, const char *state,
                    Error *err)
{
    const StatementLog *log = log_of(context);
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "INSERT INTO @ AS l (step, number, digest, statement, state, began) VALUES (@, @, @, "
            "@, @, CURRENT_TIMESTAMP) ON CONFLICT (step, number) DO UPDATE SET state = "
            "excluded.state, began = excluded.began",
            log_table(context), sql_literal(log->step), sql_int(mark.number),
            sql_int((int64_t)mark.digest), sql_literal(sql_text), sql_keyword(state));
    bool ok = create_table(context, arena, err) && write_log(context, &sql, err);
    arena_free(arena);
    return ok;
}

bool statements_start(MigrationContext *context, Str sql, Error *err)
{
    StatementLog *log = log_of(context);
    if (!is_used(context) || only_reads(sql) || context->conn->url.engine == ENGINE_SQLITE)
        return true;
    if (is_transaction(sql))
        return statements_done(context, err);
    if (!statements_done(context, err) || !put_row(context, log->now, sql, "'running'", err))
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
            "UPDATE @ SET state = 'done', ended = CURRENT_TIMESTAMP WHERE step = @ AND state = "
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
    StatementMark mark = log->counted ? log->before : log->now;
    if (!is_used(context) || mark.number <= log->last_done || context->conn->tx != TX_LIMBECK)
        return true;
    return put_row(context, mark, STR("all up to here, in one transaction"), "'done'", err);
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

/* ---- what was left ---- */

static void take_left(Arena *arena, const DbValue *row, StatementsLeftVec *left)
{
    Str step = db_value_text(row[0]);
    if (left->len == 0 || !str_eq(VEC_LAST(left).step, step))
        VEC_PUSH(arena, left, ((StatementsLeft){ .step = str_dup(arena, step) }));
    StatementsLeft *last = &VEC_LAST(left);
    last->began = str_dup(arena, db_value_text(row[4]));
    if (row[2].integer) {
        last->done = row[1].integer;
        return;
    }
    last->doubtful = row[1].integer;
    last->sql = str_dup(arena, db_value_text(row[3]));
}

bool statements_left(MigrationContext *context, Arena *arena, StatementsLeftVec *left, Error *err)
{
    DbResult result;
    const DbValue *row;
    if (!look(context, err) || !log_of(context)->exists)
        return !error_set(err);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "SELECT step, number, state = 'done', statement, CAST(began AS text) FROM @ "
            "ORDER BY step, number",
            log_table(context));
    if (!sql_ok(&sql) || !lock_query(context, arena, sql_take(&sql), &result, err))
        return false;
    while (db_next(&result, &row, err) && row)
        take_left(arena, row, left);
    return !error_set(err);
}

bool statements_answer(MigrationContext *context, StatementsAnswer answer, Error *err)
{
    static const char *const answers[] = {
        [STATEMENTS_DONE] =
            "UPDATE @ SET state = 'done', ended = CURRENT_TIMESTAMP WHERE state = 'running'",
        [STATEMENTS_RETRY] = "DELETE FROM @ WHERE state = 'running'",
        [STATEMENTS_ABANDON] = "DROP TABLE @",
    };
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, answers[answer], log_table(context));
    bool ok = write_log(context, &sql, err);
    log_of(context)->exists = !(ok && answer == STATEMENTS_ABANDON);
    arena_free(arena);
    return ok;
}
