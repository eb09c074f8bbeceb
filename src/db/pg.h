/* SPDX-License-Identifier: MIT */
/* What the parts of the PostgreSQL driver share. Nobody else includes this. */
#ifndef LIMBECK_DB_PG_H
#define LIMBECK_DB_PG_H

#include "db/driver.h"
#include "db/pg_errors.h"
#include "db/pg_library.h"
#include "db/pg_text.h"
#include "db/pg_url.h"
#include "db/redact.h"

typedef enum PendingKind {
    PENDING_STATEMENT,
    PENDING_PREPARE,
    PENDING_SYNC,
} PendingKind;

/* What was sent and is not answered yet. */
typedef struct Pending {
    PendingKind kind;
    bool posted; /* by db_post: its failure is told by its token */
    bool begun;  /* its first result was asked for */
    uint64_t token;
    int64_t *changes; /* added to, or set; may be NULL */
    bool sum;
    Str sql; /* as given, lives until answered */
    const DbValue *params;
    size_t param_count;
    Arena *arena;     /* of `result` */
    DbResult *result; /* NULL: rows are dropped */
} Pending;

typedef struct Pg {
    PgLibrary lib;
    PGconn *link;
    PGcancel *cancel;
    PgDriver driver;
    Redactor redactor;
    VEC(Pending) queue;
    size_t answered;      /* of the queue */
    size_t unflushed;     /* sent since the last flush */
    Arena *queue_arena;   /* texts of the queue; reset when all is answered */
    Arena *failure_arena; /* texts of conn->failure */
    bool simple;          /* outside of pipeline mode, for a text of several statements */
    bool failed;          /* since the queue was empty */
    bool cancelled;       /* the statement that runs was asked to stop ... */
    bool by_signal;       /* ... by the user */
    bool lost;
    int64_t deadline; /* of the present wait, in ms of the monotonic clock; 0 = none */
    DbValue *row;     /* scratch of pg_result_add */
    size_t row_cap;
} Pg;

static inline Pg *pg_of(const Conn *conn)
{
    return conn->handle;
}
static inline PgText pg_text_of(const Pg *pg, Str sql)
{
    const char *standard = pg->lib.PQparameterStatus(pg->link, "standard_conforming_strings");
    return (PgText){ sql, standard && strcmp(standard, "off") == 0 };
}

/* ---- pg_connect.c ---- */
bool pg_connect(Conn *conn, const DbOptions *options, Error *err);
int64_t pg_clock_ms(void);

/* ---- pg_failure.c: each fills conn->failure and `err`, and returns false ---- */
/* A result that is an error. `pending`: whose. */
bool pg_failed(Conn *conn, const PGresult *result, const Pending *pending, Error *err);
/* The connection is gone; `pending` (may be NULL) was waited for. */
bool pg_lost(Conn *conn, const Pending *pending, Error *err);
/* Something that the client refuses. */
bool pg_refused(Conn *conn, Str sql, DbErrorKind kind, Error *err, const char *text);
/* No connection could be made; `said` is libpq's text. */
bool pg_not_connected(Conn *conn, Str said, Error *err);
void pg_notice(void *conn, const PGresult *result);

/* ---- pg_result.c ---- */
/* Columns of a result that has rows. */
void pg_result_begin(const Pg *pg, const PGresult *from, Arena *arena, DbResult *result);
bool pg_result_add(Pg *pg, const PGresult *from, DbResult *result, Error *err);
/* Rows that a command inserted, updated, deleted; -1 for others. */
int64_t pg_result_changes(const Pg *pg, PGresult *from);

/* ---- pg_pipeline.c ---- */
/* Appends to the queue and sends; false only when the connection is lost. */
bool pg_send(Conn *conn, const Pending *pending, const char *sql, Error *err);
/* What libpq was handed by another call: it is queued, and flushed now and then. */
bool pg_sent(Conn *conn, const Pending *pending, Error *err);
bool pg_sync(Conn *conn, Error *err);
/* Takes the answers that are there, or, with `all`, waits for every one. */
bool pg_answer(Conn *conn, bool all, Error *err);
/* Sends a text of several statements by itself, and waits for it. */
bool pg_run_simple(Conn *conn, const Pending *pending, const char *sql, Error *err);

/* ---- pg_many.c ---- */
/* Sends the statement for each row; false for what the client refuses, or a lost connection. */
bool pg_send_many(Conn *conn, PgText text, const DbValue *params, size_t param_count,
                  size_t row_count, int64_t *changes, Error *err);

#endif
