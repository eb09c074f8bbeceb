/* SPDX-License-Identifier: MIT */
/*
 * Sending and answers. Everything goes out in libpq's pipeline mode and is answered in order; a
 * queue says what each answer belongs to. A Sync ends an implicit transaction and, after a failure,
 * what the server skips; so it is sent where somebody waits, not behind each statement.
 */
#include <errno.h>
#include <poll.h>

#include "db/pg.h"

#define SLICE_MS 200
#define GRACE_MS 5000   /* for the answer to a cancel */
#define FLUSH_EVERY 8   /* statements that may wait in libpq's buffer */
#define LONG_QUEUE 1024 /* answered statements that are kept in it at most */
#define CHUNK_ROWS 2000 /* at a time, where libpq can */

/* ---- waiting ---- */

static void cancel_once(Conn *conn, bool by_signal)
{
    Pg *pg = pg_of(conn);
    char ignored[256];
    if (pg->cancelled)
        return;
    pg->cancelled = true;
    pg->by_signal = by_signal;
    if (pg->cancel)
        pg->lib.PQcancel(pg->cancel, ignored, sizeof ignored);
    pg->deadline = pg_clock_ms() + GRACE_MS;
}

static bool is_interrupted(const Conn *conn)
{
    return conn->interrupted && *conn->interrupted && !conn->ending;
}

/* How long poll may sleep; -1 = for ever. A signal may come just before it, hence the slices. */
static int patience(const Conn *conn)
{
    const Pg *pg = pg_of(conn);
    int64_t left = pg->deadline ? pg->deadline - pg_clock_ms() : -1;
    if (pg->deadline && left < 0)
        left = 0;
    if ((conn->interrupted || conn->on_wait) && (left < 0 || left > SLICE_MS))
        left = SLICE_MS;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

/* Past the deadline the statement is cancelled; past the grace after that the server is lost. */
static bool deadline_met(Conn *conn)
{
    Pg *pg = pg_of(conn);
    if (is_interrupted(conn))
        cancel_once(conn, true);
    if (!pg->deadline || pg_clock_ms() < pg->deadline)
        return true;
    if (pg->cancelled)
        return false;
    cancel_once(conn, false);
    return true;
}

/* Until there is something to read, or to write while `unsent`. False when the link is dead. */
static bool wait_link(Conn *conn, bool unsent)
{
    const Pg *pg = pg_of(conn);
    struct pollfd socket = { .fd = pg->lib.PQsocket(pg->link), .events = POLLIN };
    if (unsent)
        socket.events |= POLLOUT;
    if (socket.fd < 0 || !deadline_met(conn))
        return false;
    int got = poll(&socket, 1, patience(conn));
    if (got < 0 && errno != EINTR)
        return false;
    if (got == 0 && conn->on_wait)
        conn->on_wait(conn->guard_context);
    return got <= 0 || !(socket.revents & (POLLIN | POLLERR | POLLHUP)) ||
           pg->lib.PQconsumeInput(pg->link);
}

static void begin_wait(Conn *conn)
{
    Pg *pg = pg_of(conn);
    if (pg->cancelled)
        return;
    pg->deadline = conn->answer_timeout_ms > 0 ? pg_clock_ms() + conn->answer_timeout_ms : 0;
}

/* ---- sending ---- */

/* All that libpq holds back; answers are taken meanwhile, else both sides might wait. */
static bool flush(Conn *conn, Error *err)
{
    Pg *pg = pg_of(conn);
    pg->unflushed = 0;
    for (;;) {
        int state = pg->lib.PQflush(pg->link);
        if (state == 0)
            return true;
        if (state < 0 || !wait_link(conn, true))
            return pg_lost(conn, NULL, err);
        if (!pg_answer(conn, false, err))
            return false;
    }
}

/* Those that are answered leave the queue, before it grows without end. */
static void shift_queue(Pg *pg)
{
    if (pg->answered < LONG_QUEUE)
        return;
    pg->queue.len -= pg->answered;
    memmove(pg->queue.items, pg->queue.items + pg->answered,
            pg->queue.len * sizeof *pg->queue.items);
    pg->answered = 0;
}

bool pg_sent(Conn *conn, const Pending *pending, Error *err)
{
    Pg *pg = pg_of(conn);
    shift_queue(pg);
    VEC_PUSH(conn->arena, &pg->queue, *pending);
    return ++pg->unflushed < FLUSH_EVERY || flush(conn, err);
}

bool pg_send(Conn *conn, const Pending *pending, const char *sql, Error *err)
{
    const Pg *pg = pg_of(conn);
    if (!pg->lib.PQsendQueryParams(pg->link, sql, 0, NULL, NULL, NULL, NULL, 0))
        return pg_lost(conn, pending, err);
    return pg_sent(conn, pending, err);
}

bool pg_sync(Conn *conn, Error *err)
{
    Pg *pg = pg_of(conn);
    const Pending sync = { .kind = PENDING_SYNC };
    VEC_PUSH(conn->arena, &pg->queue, sync);
    pg->unflushed = 0;
    if (!pg->lib.PQpipelineSync(pg->link))
        return pg_lost(conn, NULL, err);
    return true;
}

/* ---- answers ---- */

/* The next result; `*there` is false when it has not come and `wait` is not set. */
static bool next_result(Conn *conn, bool wait, bool *there, PGresult **result)
{
    const Pg *pg = pg_of(conn);
    *there = true;
    while (pg->lib.PQisBusy(pg->link)) {
        *there = wait;
        if (!wait)
            return true;
        int unsent = pg->lib.PQflush(pg->link);
        if (unsent < 0 || !wait_link(conn, unsent > 0))
            return false;
    }
    *result = pg->lib.PQgetResult(pg->link);
    return true;
}

static void set_rows_at_a_time(const Pg *pg)
{
    if (pg->lib.PQsetChunkedRowsMode)
        pg->lib.PQsetChunkedRowsMode(pg->link, CHUNK_ROWS);
    else
        pg->lib.PQsetSingleRowMode(pg->link);
}

static void note_changes(const Pg *pg, PGresult *from, const Pending *pending)
{
    int64_t count = pg_result_changes(pg, from);
    if (pending->result)
        pending->result->changes = count;
    if (pending->changes && pending->sum)
        *pending->changes += count > 0 ? count : 0;
    else if (pending->changes)
        *pending->changes = count;
}

static bool keep_rows(Conn *conn, const PGresult *from, const Pending *pending, Error *err)
{
    Pg *pg = pg_of(conn);
    DbResult *result = pending->result;
    if (!result)
        return true;
    if (!result->rows)
        pg_result_begin(pg, from, pending->arena, result);
    return pg_result_add(pg, from, result, err);
}

/* The server answers COMMIT by ROLLBACK when a statement had failed before. */
static bool check_commit(Conn *conn, PGresult *from, const Pending *pending, Error *err)
{
    const Pg *pg = pg_of(conn);
    if (conn->tx != TX_LIMBECK || !str_is(pending->sql, "COMMIT") ||
        strcmp(pg->lib.PQcmdStatus(from), "ROLLBACK") != 0)
        return true;
    return pg_refused(conn, pending->sql, DB_ERROR_INTERNAL, err,
                      "a statement of the transaction had failed: COMMIT rolled it back");
}

/* Reads what the server sends away, to its end. */
static bool skip_copied(Conn *conn)
{
    const Pg *pg = pg_of(conn);
    char *line;
    for (;;) {
        int got = pg->lib.PQgetCopyData(pg->link, &line, 1);
        if (got > 0)
            pg->lib.PQfreemem(line);
        else if (got < 0 || !wait_link(conn, false))
            return got == -1;
    }
}

static bool end_copy(Conn *conn, PgResultStatus status)
{
    const Pg *pg = pg_of(conn);
    if (status != PGRES_COPY_IN)
        return skip_copied(conn);
    int sent;
    while ((sent = pg->lib.PQputCopyEnd(pg->link, "not served")) == 0)
        if (!wait_link(conn, true))
            return false;
    return sent > 0;
}

static bool refuse_copy(Conn *conn, PgResultStatus status, const Pending *pending, Error *err)
{
    if (!end_copy(conn, status))
        return pg_lost(conn, pending, err);
    return pg_refused(conn, pending->sql, DB_ERROR_NOT_SUPPORTED, err,
                      "COPY to or from the client is not served: use a file of the server, or "
                      "INSERT");
}

static bool take_result(Conn *conn, PGresult *from, const Pending *pending, Error *err)
{
    const Pg *pg = pg_of(conn);
    PgResultStatus status = pg->lib.PQresultStatus(from);
    switch (status) {
    case PGRES_COMMAND_OK:
        if (pending->kind == PENDING_STATEMENT)
            note_changes(pg, from, pending);
        return check_commit(conn, from, pending, err);
    case PGRES_TUPLES_OK:
        note_changes(pg, from, pending);
        return keep_rows(conn, from, pending, err);
    case PGRES_SINGLE_TUPLE:
    case PGRES_TUPLES_CHUNK:
        return keep_rows(conn, from, pending, err);
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        return refuse_copy(conn, status, pending, err);
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_FATAL_ERROR:
        return pg_failed(conn, from, pending, err);
    case PGRES_EMPTY_QUERY:
    case PGRES_PIPELINE_SYNC:
    case PGRES_PIPELINE_ABORTED: /* an earlier one failed, and told why */
        break;
    }
    return true;
}

/* Takes what has come for the oldest pending; *done when it is answered whole. */
static bool answer_one(Conn *conn, bool wait, bool *done, Error *err)
{
    Pg *pg = pg_of(conn);
    Pending *pending = &pg->queue.items[pg->answered];
    bool there, ok = true;
    *done = false;
    for (;;) {
        PGresult *result = NULL;
        if (pending->kind == PENDING_STATEMENT && !pending->begun)
            set_rows_at_a_time(pg);
        pending->begun = true;
        if (!next_result(conn, wait, &there, &result))
            return pg_lost(conn, pending, err);
        if (!there)
            return ok;
        if (!result)
            break;
        bool sync = pg->lib.PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (!take_result(conn, result, pending, err))
            ok = false;
        pg->lib.PQclear(result);
        if (sync)
            break;
    }
    *done = true;
    pg->answered++;
    return ok;
}

/* Nothing is under way any more. */
static void forget_queue(Pg *pg)
{
    pg->queue.len = pg->answered = 0;
    pg->failed = pg->cancelled = pg->by_signal = false;
    arena_reset(pg->queue_arena);
}

static bool link_is_dead(const Pg *pg)
{
    return pg->lost || pg->lib.PQstatus(pg->link) == PG_CONNECTION_BAD;
}

bool pg_answer(Conn *conn, bool all, Error *err)
{
    Pg *pg = pg_of(conn);
    bool ok = true, done = true;
    if (all)
        begin_wait(conn);
    while (pg->answered < pg->queue.len && done) {
        if (!answer_one(conn, all, &done, err))
            ok = false;
        if (!ok && link_is_dead(pg)) {
            pg->lost = conn->failure.lost = true;
            forget_queue(pg);
            return false;
        }
    }
    if (all)
        forget_queue(pg);
    return ok;
}

/* ---- a text of several statements ---- */

/* Each statement's rows take the place of those before. */
static void begin_anew(const Pending *pending)
{
    if (pending->result)
        *pending->result = (DbResult){ .changes = -1 };
}

static bool answer_simple(Conn *conn, const Pending *pending, Error *err)
{
    Pg *pg = pg_of(conn);
    bool ok = true, there, ended = false;
    set_rows_at_a_time(pg);
    for (;;) {
        PGresult *result;
        if (!next_result(conn, true, &there, &result))
            return pg_lost(conn, pending, err);
        if (!result)
            return ok;
        PgResultStatus status = pg->lib.PQresultStatus(result);
        if (ended)
            begin_anew(pending);
        ended = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (ok && !take_result(conn, result, pending, err))
            ok = false;
        pg->lib.PQclear(result);
        if (link_is_dead(pg))
            return pg_lost(conn, pending, err);
    }
}

bool pg_run_simple(Conn *conn, const Pending *pending, const char *sql, Error *err)
{
    const Pg *pg = pg_of(conn);
    if (!pg->lib.PQexitPipelineMode(pg->link) || !pg->lib.PQsendQuery(pg->link, sql))
        return pg_lost(conn, pending, err);
    begin_wait(conn);
    bool ok = answer_simple(conn, pending, err);
    bool lost = pg->lost;
    forget_queue(pg_of(conn));
    return !lost && pg->lib.PQenterPipelineMode(pg->link) && ok;
}
