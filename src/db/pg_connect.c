/* SPDX-License-Identifier: MIT */
/* Connecting: asynchronous, each host with its own deadline, all settings in the first packet. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "db/pg.h"

#define SLICE_MS 200

extern char **environ;

int64_t pg_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef struct Attempt {
    Conn *conn;
    const PgTarget *target;
    size_t first; /* of the hosts that are left */
    int64_t deadline;
    bool timed_out, interrupted;
} Attempt;

static Str join_from(Arena *arena, const StrVec *list, size_t first)
{
    Buf out = buf_in(arena);
    for (size_t i = first; i < list->len; i++) {
        if (i > first)
            buf_putc(&out, ',');
        buf_put(&out, list->items[i]);
    }
    return buf_take(&out, arena);
}

static bool start(Attempt *attempt, Error *err)
{
    Conn *conn = attempt->conn;
    Pg *pg = pg_of(conn);
    const PgTarget *target = attempt->target;
    size_t count = target->parameters.len, n = 0;
    const char **names = ARENA_ARRAY(conn->arena, const char *, count + 3);
    const char **values = ARENA_ARRAY(conn->arena, const char *, count + 3);
    VEC_EACH (const UrlOption, parameter, &target->parameters) {
        names[n] = str_cstr(conn->arena, parameter->name);
        values[n++] = str_cstr(conn->arena, parameter->value);
    }
    if (target->hosts.len > 0) {
        names[n] = "host";
        values[n++] = join_from(conn->arena, &target->hosts, attempt->first).ptr;
        names[n] = "port";
        values[n++] = join_from(conn->arena, &target->ports, attempt->first).ptr;
    }
    pg->link = pg->lib.PQconnectStartParams(names, values, 0);
    if (!pg->link)
        return fail(err, ERR_CONNECT, "no memory for a connection");
    return true;
}

/* False when the time is over, or the user has had enough. */
static bool wait_for(Attempt *attempt, short events)
{
    const Pg *pg = pg_of(attempt->conn);
    const volatile sig_atomic_t *interrupted = attempt->conn->interrupted;
    for (;;) {
        int64_t left = attempt->deadline ? attempt->deadline - pg_clock_ms() : SLICE_MS;
        attempt->interrupted = interrupted && *interrupted;
        attempt->timed_out = attempt->deadline && left <= 0;
        if (attempt->interrupted || attempt->timed_out)
            return false;
        struct pollfd socket = { .fd = pg->lib.PQsocket(pg->link), .events = events };
        int got = poll(&socket, 1, left < SLICE_MS ? (int)left : SLICE_MS);
        if (got > 0 || (got < 0 && errno != EINTR))
            return true;
    }
}

static void begin_deadline(Attempt *attempt)
{
    int limit = attempt->target->connect_timeout_ms;
    attempt->deadline = limit > 0 ? pg_clock_ms() + limit : 0;
}

/* Polls until it stands or not; each next host has its time anew. */
static bool establish(Attempt *attempt)
{
    Pg *pg = pg_of(attempt->conn);
    int state = PGRES_POLLING_WRITING;
    const char *host = NULL;
    begin_deadline(attempt);
    while (pg->lib.PQstatus(pg->link) != PG_CONNECTION_BAD) {
        if (state == PGRES_POLLING_OK)
            return true;
        if (state == PGRES_POLLING_FAILED)
            return false;
        if (!wait_for(attempt, state == PGRES_POLLING_READING ? POLLIN : POLLOUT))
            return false;
        state = pg->lib.PQconnectPoll(pg->link);
        if (host && host != pg->lib.PQhost(pg->link))
            begin_deadline(attempt);
        host = pg->lib.PQhost(pg->link);
    }
    return false;
}

static void put_failure(Attempt *attempt, Buf *said)
{
    const Pg *pg = pg_of(attempt->conn);
    if (!attempt->timed_out && !attempt->interrupted) {
        buf_puts(said, pg->lib.PQerrorMessage(pg->link));
        return;
    }
    buf_printf(said, "connection to server at \"%s\", port %s failed: %s\n",
               pg->lib.PQhost(pg->link), pg->lib.PQport(pg->link),
               attempt->timed_out ? "timeout expired" : "interrupted");
}

/* A host that does not answer at all is left for the next by us: libpq would wait for ever. */
static size_t next_host(const Attempt *attempt)
{
    const Pg *pg = pg_of(attempt->conn);
    const char *host = pg->lib.PQhost(pg->link), *port = pg->lib.PQport(pg->link);
    const PgTarget *target = attempt->target;
    for (size_t i = attempt->first; i < target->hosts.len; i++) {
        Str own = target->ports.items[i];
        if (str_is(target->hosts.items[i], host ? host : "") &&
            (own.len == 0 || str_is(own, port ? port : "")))
            return i + 1;
    }
    return target->hosts.len;
}

static bool connect_any(Conn *conn, const PgTarget *target, Error *err)
{
    Pg *pg = pg_of(conn);
    Attempt attempt = { .conn = conn, .target = target };
    Buf said = buf_in(conn->arena);
    for (;;) {
        if (!start(&attempt, err))
            return false;
        if (establish(&attempt))
            return true;
        put_failure(&attempt, &said);
        size_t next = attempt.timed_out ? next_host(&attempt) : target->hosts.len;
        pg->lib.PQfinish(pg->link);
        pg->link = NULL;
        if (next >= target->hosts.len)
            return pg_not_connected(conn, buf_str(&said), err);
        attempt.first = next;
    }
}

/* ---- once it stands ---- */

static void warn_of_plain_text(const Conn *conn, const DbOptions *options)
{
    const Pg *pg = pg_of(conn);
    const char *host = pg->lib.PQhost(pg->link);
    if (!options->on_warning || pg->lib.PQsslInUse(pg->link) || pg_host_is_near(str_from(host)))
        return;
    Arena *arena = arena_new(conn->arena);
    Str text = str_format(arena,
                          "the connection to \"%s\" is in plain text: passwords and rows can be "
                          "read on the way; add ?sslmode=verify-full to the database's URL",
                          host);
    options->on_warning(options->on_warning_context, redactor_apply(&pg->redactor, arena, text));
    arena_free(arena);
}

static bool post_setting(Conn *conn, Str name, Str value, Error *err)
{
    Pg *pg = pg_of(conn);
    Buf sql = buf_in(pg->queue_arena);
    buf_puts(&sql, "SELECT pg_catalog.set_config('");
    buf_put(&sql, str_replace(pg->queue_arena, name, STR("'"), STR("''")));
    buf_puts(&sql, "', ");
    bool backslash = str_find_char(value, '\\', 0) >= 0;
    value = str_replace(pg->queue_arena, value, STR("\\"), STR("\\\\"));
    buf_printf(&sql, "%s'", backslash ? "E" : "");
    buf_put(&sql, str_replace(pg->queue_arena, value, STR("'"), STR("''")));
    buf_puts(&sql, "', false)");
    Str text = buf_take(&sql, pg->queue_arena);
    Pending pending = { .posted = true, .token = DB_OWN, .sql = text };
    return pg_send(conn, &pending, text.ptr, err);
}

/* What the texts of values must look like, where the server or the role says otherwise. */
static bool post_styles(Conn *conn, Error *err)
{
    static const char *const styles[][2] = { { "DateStyle", "ISO" },
                                             { "IntervalStyle", "postgres" } };
    for (size_t i = 0; i < 2; i++) {
        const Pg *pg = pg_of(conn);
        Str now = str_from(pg->lib.PQparameterStatus(pg->link, styles[i][0]));
        Str wanted = str_from(styles[i][1]);
        bool fits = i == 0 ? str_starts(now, wanted) : str_eq(now, wanted);
        if (now.len > 0 && !fits && !post_setting(conn, str_from(styles[i][0]), wanted, err))
            return false;
    }
    return true;
}

/* They go out with the first statement, in a transaction of their own. */
static bool post_settings(Conn *conn, const DbOptions *options, Error *err)
{
    const Pg *pg = pg_of(conn);
    if (!post_styles(conn, err))
        return false;
    VEC_EACH (const DbSetting, setting, &options->settings)
        if (!post_setting(conn, setting->name, setting->value, err))
            return false;
    if (options->read_only &&
        !post_setting(conn, STR("default_transaction_read_only"), STR("on"), err))
        return false;
    return pg->queue.len == 0 || pg_sync(conn, err);
}

static void describe_server(Conn *conn)
{
    const Pg *pg = pg_of(conn);
    Str version = str_from(pg->lib.PQparameterStatus(pg->link, "server_version"));
    conn->server_version = str_dup(conn->arena, version);
    conn->server_number = pg->lib.PQserverVersion(pg->link);
    conn->backend_pid = pg->lib.PQbackendPID(pg->link);
}

/* A password that did not come with the URL. */
static void hide(Pg *pg, Str secret)
{
    const Url url = { .password = secret };
    redactor_add_url(&pg->redactor, &url);
}

bool pg_connect(Conn *conn, const DbOptions *options, Error *err)
{
    Pg *pg = pg_of(conn);
    PgTarget target;
    if (!pg_library_open(&pg->lib, err))
        return false;
    pg->redactor = redactor_in(conn->arena);
    redactor_add_url(&pg->redactor, &conn->url);
    redactor_add_environment(&pg->redactor, environ);
    if (!pg_target(conn->arena, &conn->url, options, pg->lib.PQlibVersion(), &target, err))
        return false;
    hide(pg, pg_target_get(&target, "password"));
    hide(pg, pg_target_get(&target, "sslpassword"));
    if (!connect_any(conn, &target, err))
        return false;
    hide(pg, str_from(pg->lib.PQpass(pg->link)));
    pg->lib.PQsetnonblocking(pg->link, 1);
    pg->lib.PQsetNoticeReceiver(pg->link, pg_notice, conn);
    pg->cancel = pg->lib.PQgetCancel(pg->link);
    if (!pg->lib.PQenterPipelineMode(pg->link))
        return pg_lost(conn, NULL, err);
    describe_server(conn);
    conn->answer_timeout_ms = target.answer_timeout_ms;
    warn_of_plain_text(conn, options);
    return post_settings(conn, options, err);
}
