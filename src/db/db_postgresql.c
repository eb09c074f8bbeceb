/* SPDX-License-Identifier: MIT */
/* PostgreSQL over libpq: what db.c asks of a driver, by way of the pipeline. */
#include <stdlib.h>

#include "base/buf.h"
#include "db/pg.h"
#include "db/pg_literal.h"

static void pg_close(Conn *conn)
{
    Pg *pg = pg_of(conn);
    if (pg->cancel)
        pg->lib.PQfreeCancel(pg->cancel);
    if (pg->link)
        pg->lib.PQfinish(pg->link);
    mem_free(pg->row);
    *pg = (Pg){ .lost = true };
}

static bool pg_open(Conn *conn, const DbOptions *options, Error *err)
{
    Pg *pg = conn->handle = ARENA_NEW(conn->arena, Pg);
    pg->driver = pg_driver_of(&conn->url);
    pg->queue_arena = arena_new(conn->arena);
    pg->failure_arena = arena_new(conn->arena);
    if (pg_connect(conn, options, err))
        return true;
    pg_close(conn);
    return false;
}

static const char *pg_connect_error(const Url *url)
{
    static const char *const classes[] = {
        [PG_PSYCOPG2] = "psycopg2.OperationalError",
        [PG_PSYCOPG] = "psycopg.OperationalError",
        [PG_ASYNCPG] = "sqlalchemy.dialects.postgresql.asyncpg.OperationalError",
        [PG_PG8000] = "pg8000.dbapi.InterfaceError",
    };
    return classes[pg_driver_of(url)];
}

/* ---- before a statement goes out ---- */

/* Before anything is sent: what was posted keeps its own failure. */
static bool refuse(Conn *conn, Str sql, DbErrorKind kind, Error *err, const char *text)
{
    Pg *pg = pg_of(conn);
    bool failed = pg->failed;
    pg_refused(conn, sql, kind, err, text);
    pg->failed = failed;
    return false;
}

/* Refuses what cannot run, with the connection as it is. */
static bool is_ready(Conn *conn, Str sql, Error *err)
{
    Pg *pg = pg_of(conn);
    if (pg->lost) {
        DbFailure before = conn->failure;
        refuse(conn, sql, DB_ERROR_OPERATIONAL, err, "connection lost");
        conn->failure.lost = true;
        conn->failure.in_doubt = before.in_doubt;
        return false;
    }
    if (!conn->interrupted || !*conn->interrupted || conn->ending)
        return true;
    refuse(conn, sql, DB_ERROR_OPERATIONAL, err, "interrupted");
    conn->failure.interrupted = true;
    return false;
}

static bool is_copy(Str sql)
{
    return str_eq_nocase(str_slice(str_trim_left(sql), 0, 4), STR("COPY"));
}

typedef struct Outgoing {
    PgText text; /* as given, kept until it is answered */
    Str sent;    /* with its parameters written in */
    bool alone;  /* cannot go out in the pipeline */
} Outgoing;

static bool prepare_text(Conn *conn, Str sql, const DbValue *params, size_t count, Outgoing *out,
                         Error *err)
{
    Pg *pg = pg_of(conn);
    if (str_find_char(sql, '\0', 0) >= 0)
        return refuse(conn, sql, DB_ERROR_PROGRAMMING, err,
                      "a statement cannot contain NUL (0x00) characters");
    out->text = pg_text_of(pg, str_dup(pg->queue_arena, sql));
    if (pg_text_is_empty(out->text))
        return refuse(conn, sql, DB_ERROR_PROGRAMMING, err, "can't execute an empty query");
    out->sent = out->text.sql;
    out->alone = pg_text_is_many(out->text) || is_copy(sql);
    if (!params || pg_text_render(pg->queue_arena, out->text, params, count, &out->sent, err))
        return true;
    conn->failure = (DbFailure){ .kind = DB_ERROR_PROGRAMMING, .dbapi = "builtins.ValueError" };
    err->sql = str_dup(err->arena, sql);
    return false;
}

/* ---- running ---- */

static bool pg_drain(Conn *conn, Error *err)
{
    Pg *pg = pg_of(conn);
    if (pg->queue.len == 0)
        return true;
    if (pg->queue.items[pg->queue.len - 1].kind != PENDING_SYNC && !pg_sync(conn, err))
        return false;
    return pg_answer(conn, true, err);
}

static size_t pg_posted(const Conn *conn)
{
    const Pg *pg = pg_of(conn);
    return pg->queue.len - pg->answered;
}

/* Whatever was posted before a ROLLBACK: it does not count any more. */
static void drain_unheard(Conn *conn)
{
    Arena *arena = arena_new(conn->arena);
    Error ignored = error_in(arena);
    const DbFailure before = conn->failure;
    if (!pg_drain(conn, &ignored) && !conn->failure.lost)
        conn->failure = before;
    arena_free(arena);
}

static bool run_now(Conn *conn, const Outgoing *out, Pending *pending, Error *err)
{
    if (out->alone)
        return pg_drain(conn, err) && pg_run_simple(conn, pending, out->sent.ptr, err);
    return pg_send(conn, pending, out->sent.ptr, err) && pg_drain(conn, err);
}

static bool pg_query(Conn *conn, Arena *arena, Str sql, const DbValue *params, size_t param_count,
                     DbResult *result, Error *err)
{
    Outgoing out;
    if (!is_ready(conn, sql, err))
        return false;
    if (conn->ending && pg_posted(conn) > 0) {
        drain_unheard(conn);
        if (!is_ready(conn, sql, err))
            return false;
    }
    if (!prepare_text(conn, sql, params, param_count, &out, err))
        return false;
    Pending pending = { .sql = out.text.sql,
                        .params = params,
                        .param_count = params ? param_count : 0,
                        .arena = arena,
                        .result = result };
    return run_now(conn, &out, &pending, err);
}

/* Outside of a transaction a statement commits by itself: the next may not run if it fails. */
static bool must_wait(const Conn *conn, const Outgoing *out, uint64_t token)
{
    if (token == DB_OWN)
        return false;
    return out->alone || conn->tx == TX_NONE || pg_text_is_transaction(out->text);
}

static const DbValue *keep_params(const Pg *pg, const DbValue *params, size_t count)
{
    if (!params || count == 0)
        return NULL;
    DbValue *kept = arena_copy(pg->queue_arena, params, count * sizeof *kept);
    for (size_t i = 0; i < count; i++)
        if (str_given(db_value_text(kept[i])))
            kept[i].text = str_dup(pg->queue_arena, kept[i].text);
    return kept;
}

static bool pg_post(Conn *conn, Str sql, const DbValue *params, size_t param_count, uint64_t token,
                    int64_t *changes, Error *err)
{
    Outgoing out;
    if (!is_ready(conn, sql, err) || !prepare_text(conn, sql, params, param_count, &out, err))
        return false;
    if (changes)
        *changes = -1;
    Pending pending = { .posted = true,
                        .token = token,
                        .changes = changes,
                        .sql = out.text.sql,
                        .params = keep_params(pg_of(conn), params, param_count),
                        .param_count = params ? param_count : 0 };
    if (must_wait(conn, &out, token))
        return run_now(conn, &out, &pending, err);
    return pg_send(conn, &pending, out.sent.ptr, err);
}

static bool pg_exec_many(Conn *conn, Str sql, const DbValue *params, size_t param_count,
                         size_t row_count, int64_t *changes, Error *err)
{
    Pg *pg = pg_of(conn);
    Outgoing out;
    if (!is_ready(conn, sql, err) || !prepare_text(conn, sql, NULL, 0, &out, err))
        return false;
    if (out.alone)
        return refuse(conn, sql, DB_ERROR_PROGRAMMING, err,
                      "a text of several statements has no parameters for each row");
    bool ok = pg_send_many(conn, out.text, params, param_count, row_count, changes, err);
    if (pg->lost || !pg_drain(conn, err) || ok)
        return !pg->lost && !error_set(err);
    conn->failure = (DbFailure){ .kind = DB_ERROR_PROGRAMMING, .dbapi = "builtins.ValueError" };
    err->sql = str_dup(err->arena, sql);
    return false;
}

/* ---- state ---- */

static Str pg_begin_sql(TxMode mode)
{
    (void)mode;
    return STR("BEGIN");
}

static bool pg_in_transaction(const Conn *conn)
{
    const Pg *pg = pg_of(conn);
    if (pg->lost)
        return false;
    if (pg_posted(conn) > 0)
        return conn->tx != TX_NONE;
    int status = pg->lib.PQtransactionStatus(pg->link);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

static DbTxStatus pg_tx_status(const Conn *conn)
{
    const Pg *pg = pg_of(conn);
    if (pg->lost)
        return DB_TX_LOST;
    switch (pg->lib.PQtransactionStatus(pg->link)) {
    case PQTRANS_IDLE:
        return pg_posted(conn) > 0 && conn->tx != TX_NONE ? DB_TX_OPEN : DB_TX_IDLE;
    case PQTRANS_INERROR:
        return DB_TX_FAILED;
    case PQTRANS_UNKNOWN:
        return DB_TX_LOST;
    default:
        return conn->tx == TX_NONE ? DB_TX_IDLE : DB_TX_OPEN;
    }
}

static Str pg_parameter(const Conn *conn, const char *name)
{
    const Pg *pg = pg_of(conn);
    return pg->lost ? STR_NONE : str_from(pg->lib.PQparameterStatus(pg->link, name));
}

const Driver postgresql_driver = {
    .engine = ENGINE_POSTGRESQL,
    .name = "postgresql",
    .open = pg_open,
    .close = pg_close,
    .connect_error = pg_connect_error,
    .query = pg_query,
    .post = pg_post,
    .drain = pg_drain,
    .posted = pg_posted,
    .exec_many = pg_exec_many,
    .tx_status = pg_tx_status,
    .parameter = pg_parameter,
    .begin_sql = pg_begin_sql,
    .in_transaction = pg_in_transaction,
};
