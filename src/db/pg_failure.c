/* SPDX-License-Identifier: MIT */
/* Failures and notices: the server's words into Error and DbFailure, secrets hidden. */
#include "base/buf.h"
#include "db/pg.h"

typedef struct DiagField {
    char letter; /* of the protocol */
    size_t offset;
} DiagField;

static const DiagField diag_fields[] = {
    { 'C', offsetof(DbDiag, sqlstate) },       { 'M', offsetof(DbDiag, primary) },
    { 'D', offsetof(DbDiag, detail) },         { 'H', offsetof(DbDiag, hint) },
    { 'W', offsetof(DbDiag, context) },        { 's', offsetof(DbDiag, schema) },
    { 't', offsetof(DbDiag, table) },          { 'c', offsetof(DbDiag, column) },
    { 'd', offsetof(DbDiag, type) },           { 'n', offsetof(DbDiag, constraint) },
    { 'q', offsetof(DbDiag, internal_query) },
};

static Str hidden(const Pg *pg, Arena *arena, const char *text)
{
    return text ? redactor_apply(&pg->redactor, arena, str_dup(arena, str_from(text))) : STR_NONE;
}

static size_t number_field(const Pg *pg, const PGresult *result, int letter)
{
    const char *text = pg->lib.PQresultErrorField(result, letter);
    size_t number = 0;
    for (; text && char_is_digit(*text); text++)
        number = number * 10 + (size_t)(*text - '0');
    return number;
}

static void read_diag(const Pg *pg, const PGresult *result, Arena *arena, DbDiag *diag)
{
    *diag = (DbDiag){ 0 };
    for (size_t i = 0; i < sizeof diag_fields / sizeof *diag_fields; i++) {
        Str text = hidden(pg, arena, pg->lib.PQresultErrorField(result, diag_fields[i].letter));
        memcpy((char *)diag + diag_fields[i].offset, &text, sizeof text);
    }
    const char *severity = pg->lib.PQresultErrorField(result, 'V');
    if (!severity)
        severity = pg->lib.PQresultErrorField(result, 'S');
    diag->severity = str_dup(arena, str_from(severity));
    diag->position = number_field(pg, result, 'P');
    diag->internal_position = number_field(pg, result, 'p');
}

void pg_notice(void *context, const PGresult *result)
{
    const Conn *conn = context;
    const Pg *pg = pg_of(conn);
    DbNotice notice;
    if (!conn->on_notice)
        return;
    Arena *arena = arena_new(conn->arena);
    read_diag(pg, result, arena, &notice.diag);
    notice.warning = str_is(notice.diag.severity, "WARNING");
    if (!str_given(notice.diag.primary))
        notice.diag.primary =
            str_trim_right(hidden(pg, arena, pg->lib.PQresultErrorMessage(result)));
    conn->on_notice(conn->on_notice_context, &notice);
    arena_free(arena);
}

/* ---- failures ---- */

static void put_line(Buf *out, const char *label, Str text)
{
    if (text.len > 0)
        buf_printf(out, "%s%s: %.*s", out->len ? "\n" : "", label, STR_ARG(text));
}

static Str detail_text(Arena *arena, const DbDiag *diag)
{
    Buf out = buf_in(arena);
    put_line(&out, "DETAIL", diag->detail);
    put_line(&out, "HINT", diag->hint);
    put_line(&out, "QUERY", diag->internal_query);
    put_line(&out, "CONTEXT", diag->context);
    return buf_take(&out, arena);
}

static DbFailure *begin_failure(Conn *conn, const Pending *pending)
{
    Pg *pg = pg_of(conn);
    arena_reset(pg->failure_arena);
    conn->failure = (DbFailure){ .kind = DB_ERROR_OPERATIONAL };
    conn->failure.posted = pending && pending->posted;
    conn->failure.token = pending ? pending->token : 0;
    conn->failure.interrupted = pg->by_signal;
    conn->failure.timed_out = pg->cancelled && !pg->by_signal;
    pg->failed = true;
    return &conn->failure;
}

static bool is_busy(Str sqlstate)
{
    static const char *const states[] = { "55P03", "40P01", "40001", "57P03", "53300" };
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (str_is(sqlstate, states[i]))
            return true;
    return false;
}

static void set_position(const Pg *pg, const Pending *pending, const DbDiag *diag, Error *err)
{
    err->sql = str_dup(err->arena, pending->sql);
    err->sql_position = diag->position;
    if (diag->position && pending->param_count > 0)
        err->sql_position = pg_text_position(err->arena, pg_text_of(pg, pending->sql),
                                             pending->params, pending->param_count, diag->position);
}

static bool is_commit(Str sql)
{
    sql = str_trim_left(sql);
    return str_eq_nocase(str_slice(sql, 0, 6), STR("COMMIT")) ||
           str_eq_nocase(str_slice(sql, 0, 3), STR("END"));
}

/* A COMMIT that went out and was not answered: the server may have got as far as that. */
static bool commit_is_open(const Pg *pg, const Pending *pending)
{
    if (pending && is_commit(pending->sql))
        return true;
    for (size_t i = pg->answered; i < pg->queue.len; i++)
        if (is_commit(pg->queue.items[i].sql))
            return true;
    return false;
}

static const char doubt[] = "connection lost while COMMIT was under way: whether it took place is "
                            "known to the database alone";

static bool ends_connection(Str severity)
{
    return str_is(severity, "FATAL") || str_is(severity, "PANIC");
}

bool pg_failed(Conn *conn, const PGresult *result, const Pending *pending, Error *err)
{
    Pg *pg = pg_of(conn);
    if (pg->failed)
        return false;
    DbFailure *failure = begin_failure(conn, pending);
    Arena *arena = pg->failure_arena;
    read_diag(pg, result, arena, &failure->diag);
    if (!str_given(failure->diag.sqlstate))
        return pg_lost(conn, pending, err);
    const DbDiag *diag = &failure->diag;
    failure->kind = pg_error_kind(pg->driver, diag->sqlstate);
    failure->dbapi = pg_error_class(arena, pg->driver, diag->sqlstate);
    failure->busy = is_busy(diag->sqlstate);
    failure->lost = pg->lost = ends_connection(diag->severity);
    failure->in_doubt = failure->lost && is_commit(pending->sql);
    failure->timed_out |= str_is(diag->sqlstate, "57014") && !failure->interrupted;
    Str said = hidden(pg, arena, pg->lib.PQresultErrorMessage(result));
    failure->message = pg_error_message(arena, pg->driver, diag, said);
    fail(err, ERR_DATABASE, "%.*s", STR_ARG(diag->primary));
    if (failure->in_doubt)
        error_remedy(err, "%s", doubt);
    else if (failure->lost)
        error_remedy(err, "connection lost: the server ended it, and the open transaction with it");
    err->sqlstate = str_dup(err->arena, diag->sqlstate);
    err->detail = detail_text(err->arena, diag);
    set_position(pg, pending, diag, err);
    return false;
}

bool pg_lost(Conn *conn, const Pending *pending, Error *err)
{
    Pg *pg = pg_of(conn);
    bool told = pg->failed, in_doubt = commit_is_open(pg, pending);
    pg->lost = true;
    if (told) {
        conn->failure.lost = true;
        conn->failure.in_doubt |= in_doubt;
        return false;
    }
    DbFailure *failure = begin_failure(conn, pending);
    Arena *arena = pg->failure_arena;
    failure->lost = true;
    failure->in_doubt = in_doubt;
    failure->dbapi = pg_error_class(arena, pg->driver, STR(""));
    failure->message = hidden(pg, arena, pg->lib.PQerrorMessage(pg->link));
    Str said = str_trim(failure->message);
    if (said.len == 0)
        said = STR("the server closed the connection");
    fail(err, ERR_DATABASE, "%.*s", STR_ARG(said));
    if (failure->in_doubt)
        error_remedy(err, "%s", doubt);
    else
        error_remedy(err, "connection lost, and the open transaction with it");
    if (pending)
        err->sql = str_dup(err->arena, pending->sql);
    return false;
}

bool pg_refused(Conn *conn, Str sql, DbErrorKind kind, Error *err, const char *text)
{
    Pg *pg = pg_of(conn);
    static const char *const names[] = {
        [DB_ERROR_PROGRAMMING] = "ProgrammingError",
        [DB_ERROR_OPERATIONAL] = "OperationalError",
        [DB_ERROR_NOT_SUPPORTED] = "NotSupportedError",
        [DB_ERROR_INTERNAL] = "InternalError",
    };
    const char *module = pg->driver == PG_PSYCOPG ? "psycopg" : "psycopg2";
    bool interrupted = pg->by_signal;
    DbFailure *failure = begin_failure(conn, NULL);
    failure->kind = kind;
    failure->interrupted = interrupted;
    failure->message = str_dup(pg->failure_arena, str_from(text));
    failure->dbapi = str_format(pg->failure_arena, "%s.%s", module, names[kind]).ptr;
    fail(err, ERR_DATABASE, "%s", text);
    err->sql = str_dup(err->arena, sql);
    return false;
}

/* ---- no connection ---- */

typedef struct Refusal {
    const char *words; /* in libpq's or the server's text */
    const char *sqlstate;
    const char *remedy;
} Refusal;

static const Refusal refusals[] = {
    { "password authentication failed", "28P01", "check user and password in the database's URL" },
    { "no password supplied", "28P01",
      "give a password in the URL, in PGPASSWORD or in ~/.pgpass" },
    { "no pg_hba.conf entry", "28000",
      "the server's pg_hba.conf does not let this user in from here" },
    { "too many clients already", "53300", "try again when other connections have ended" },
    { "too many connections for", "53300", "try again when other connections have ended" },
    { "remaining connection slots", "53300", "try again when other connections have ended" },
    { "the database system is", "57P03", "try again when the server is up" },
    { "Connection refused", NULL, "check host and port, and that the server runs" },
    { "No such file or directory", NULL, "check host and port, and that the server runs" },
    { "could not translate host name", NULL, "check the host in the database's URL" },
    { "timeout expired", NULL,
      "check host and port, and firewalls between; ?connect_timeout= waits longer" },
    { "server does not support SSL", NULL,
      "the server speaks no TLS: it must be configured there, or sslmode be less strict" },
    { "certificate verify failed", NULL,
      "the server's certificate is not signed by an authority known here: sslrootcert=FILE names "
      "one" },
    { "does not match host name", NULL, "the server's certificate is for another host" },
    { "invalid connection option", NULL, "the option is none of libpq's; see the URL's query" },
};

static void explain(Error *err, Str said)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        if (str_find(said, str_from(refusals[i].words), 0) < 0)
            continue;
        err->sqlstate = str_from(refusals[i].sqlstate);
        error_remedy(err, "%s", refusals[i].remedy);
        return;
    }
    bool database = str_find(said, STR("database \""), 0) >= 0;
    if (database && str_find(said, STR("does not exist"), 0) >= 0) {
        err->sqlstate = STR("3D000");
        error_remedy(err, "create the database first: createdb, or CREATE DATABASE");
    }
}

bool pg_not_connected(Conn *conn, Str said, Error *err)
{
    const Pg *pg = pg_of(conn);
    Str text = redactor_apply(&pg->redactor, err->arena, str_trim_right(said));
    fail(err, ERR_CONNECT, "%.*s", STR_ARG(text));
    explain(err, text);
    return false;
}
