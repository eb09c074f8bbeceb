/* SPDX-License-Identifier: MIT */
#include "migrate/lock.h"

#include "migrate/lease.h"
#include "migrate/post.h"
#include "migrate/state.h"
#include "migrate/transaction.h"
#include "migrate/version.h"
#include "migrate/wait.h"

/* The first number of the advisory lock ("Limb"); the second is a hash of the version table. */
#define LOCK_CLASS "1281977698"
#define LOCK_KEY "hashtext(coalesce(@, current_schema(), '') || '.' || @)"

typedef enum Answer {
    ANSWER_HELD,
    ANSWER_BUSY,
    ANSWER_POOLED, /* the session is not ours alone */
} Answer;

bool lock_query(MigrationContext *context, Arena *arena, Str sql, DbResult *result, Error *err)
{
    Conn *conn = context->conn;
    bool autobegin = conn->autobegin, own = context->state->own;
    conn->autobegin = false;
    context->state->own = true;
    bool ok = db_query(conn, arena, sql, NULL, 0, result, err);
    conn->autobegin = autobegin;
    context->state->own = own;
    return ok;
}

/* ---- PostgreSQL: the advisory lock ---- */

static SqlArg schema_literal(const MigrationContext *context)
{
    Str schema = context->options.version_table_schema;
    return str_given(schema) ? sql_literal(schema) : sql_raw(STR("NULL"));
}

/* One round trip: whose session it is, the lock, and whether there is a version table. */
static bool try_lock(MigrationContext *context, Arena *arena, Answer *answer, int64_t *key,
                     Error *err)
{
    const char *function = context->external ? "pg_try_advisory_xact_lock" : "pg_try_advisory_lock";
    int64_t pid = context->external ? 0 : context->conn->backend_pid;
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "SELECT CASE WHEN @ IN (0, pg_backend_pid()) THEN @(" LOCK_CLASS ", " LOCK_KEY
            ") END, to_regclass(@) IS NOT NULL, to_regclass(@) IS NOT NULL, "
            "current_schema(), " LOCK_KEY,
            sql_int(pid), sql_keyword(function), schema_literal(context),
            sql_literal(context->version_table), sql_literal(version_table_name(context, arena)),
            sql_literal(statements_table_name(context, arena)), schema_literal(context),
            sql_literal(context->version_table));
    DbResult result;
    const DbValue *row;
    if (!sql_ok(&sql) || !lock_query(context, arena, sql_take(&sql), &result, err) ||
        !db_next(&result, &row, err))
        return false;
    *answer = row[0].type == DB_NULL ? ANSWER_POOLED : row[0].integer ? ANSWER_HELD : ANSWER_BUSY;
    context->state->version_table = row[1].integer != 0;
    statements_found(context, row[2], row[3]);
    *key = row[4].integer;
    return true;
}

bool lock_look(MigrationContext *context, Error *err)
{
    ContextState *state = context->state;
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    DbResult result;
    const DbValue *row = NULL;
    bool is_postgresql = context->conn->url.engine == ENGINE_POSTGRESQL;
    state->version_table = false;
    sql_put(&sql, "SELECT to_regclass(@) IS NOT NULL, current_schema()",
            sql_literal(statements_table_name(context, arena)));
    bool ok = !is_postgresql ||
              (sql_ok(&sql) && lock_query(context, arena, sql_take(&sql), &result, err) &&
               db_next(&result, &row, err));
    if (row)
        statements_found(context, row[0], row[1]);
    arena_free(arena);
    return ok;
}

static void put_part(Buf *out, const char *format, DbValue value)
{
    Str text = db_value_text(value);
    if (text.len == 0)
        return;
    buf_puts(out, out->len ? ", " : "");
    buf_printf(out, format, STR_ARG(text));
}

/* "process 123 (limbeck), user app, from 10.0.0.3, connected since ..." */
static bool describe_holder(MigrationContext *context, Arena *arena, int64_t key, Str *holder,
                            Error *err)
{
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "SELECT 'server process ' || l.pid, a.application_name, a.usename::text, "
            "host(a.client_addr), to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') "
            "FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid "
            "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 "
            "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND l.classid::bigint = " LOCK_CLASS " AND l.objid::bigint = @",
            sql_int(key & INT64_C(0xffffffff)));
    DbResult result;
    const DbValue *row;
    static const char *const parts[] = { "%.*s", "application %.*s", "user %.*s", "from %.*s",
                                         "connected since %.*s" };
    if (!sql_ok(&sql) || !lock_query(context, arena, sql_take(&sql), &result, err) ||
        !db_next(&result, &row, err))
        return false;
    Buf out = buf_in(arena);
    for (size_t i = 0; row && i < sizeof parts / sizeof *parts; i++)
        put_part(&out, parts[i], row[i]);
    *holder = row ? buf_take(&out, arena) : STR("one that has just ended");
    return true;
}

/* ---- waiting ---- */

typedef struct Seeker {
    MigrationContext *context;
    Arena *arena; /* of one try */
    Str holder;
    Answer answer;
    int64_t key;
    Lease *lease;
} Seeker;

static bool seek(Seeker *seeker, Error *err)
{
    MigrationContext *context = seeker->context;
    if (seeker->answer != ANSWER_POOLED &&
        !try_lock(context, seeker->arena, &seeker->answer, &seeker->key, err))
        return false;
    if (seeker->answer == ANSWER_BUSY)
        return describe_holder(context, seeker->arena, seeker->key, &seeker->holder, err);
    return seeker->answer == ANSWER_HELD ||
           lease_try(context, seeker->arena, &seeker->lease, &seeker->holder, err);
}

static bool granted(const Seeker *seeker)
{
    return seeker->answer == ANSWER_HELD || seeker->lease;
}

static bool give_up(const Seeker *seeker, const Wait *wait, Error *err)
{
    fail(err, ERR_COMMAND, "another run is migrating this database; waited %.0f s for it (%.*s)",
         wait_seconds(wait), STR_ARG(seeker->holder));
    return error_remedy(err, "run again when it has ended, or allow more time with --lock-wait");
}

static bool seek_until(Seeker *seeker, Error *err)
{
    MigrationContext *context = seeker->context;
    LogTree *log = context->run->log;
    Wait wait = wait_begin(context->state->policy.lock_wait_ms);
    bool told = false;
    for (;;) {
        arena_reset(seeker->arena);
        if (!seek(seeker, err))
            return false;
        if (granted(seeker))
            break;
        if (!told)
            log_put(log, "alembic.lock", LOG_WARNING,
                    "another run is migrating this database (%.*s); waiting for it",
                    STR_ARG(seeker->holder));
        told = true;
        if (!wait_pause(&wait))
            return give_up(seeker, &wait, err);
    }
    if (told)
        log_put(log, "alembic.lock", LOG_INFO, "it has ended: going on after %.1f s",
                wait_seconds(&wait));
    return true;
}

static RunLockKind kind_taken(const Seeker *seeker)
{
    if (seeker->lease)
        return RUN_LOCK_LEASE;
    return seeker->context->external ? RUN_LOCK_TRANSACTION : RUN_LOCK_SESSION;
}

bool lock_take(MigrationContext *context, Error *err)
{
    RunLock *lock = &context->state->lock;
    Conn *conn = context->conn;
    if (!conn || context->run->read_only || lock->kind != RUN_LOCK_NONE ||
        conn->url.engine != ENGINE_POSTGRESQL)
        return true;
    if (!context->external && !context_commit(context, err))
        return false;
    Seeker seeker = { .context = context, .arena = arena_new(context->arena) };
    bool ok = seek_until(&seeker, err);
    if (ok)
        *lock = (RunLock){ .kind = kind_taken(&seeker), .key = seeker.key, .lease = seeker.lease };
    conn->on_wait = lock->kind == RUN_LOCK_LEASE ? transaction_wait : NULL;
    arena_free(seeker.arena);
    return ok;
}

/* A session that is lost, or told to stop, ends and frees the lock. */
static bool session_ends(const Conn *conn)
{
    return db_tx_status(conn) == DB_TX_LOST || (conn->interrupted && *conn->interrupted);
}

static bool unlock_session(MigrationContext *context, int64_t key, Error *err)
{
    if (session_ends(context->conn))
        return true;
    Arena *arena = arena_new(context->arena);
    DbResult result;
    Str sql = str_format(arena, "SELECT pg_advisory_unlock(" LOCK_CLASS ", %lld)", (long long)key);
    bool ok = lock_query(context, arena, sql, &result, err);
    arena_free(arena);
    return ok;
}

void lock_release(MigrationContext *context)
{
    RunLock lock = context->state->lock;
    Error err = error_in(context->arena);
    context->state->lock = (RunLock){ 0 };
    if (!context->conn)
        return;
    context->conn->on_wait = NULL;
    bool ok = lock.kind == RUN_LOCK_SESSION ? unlock_session(context, lock.key, &err)
              : lock.kind == RUN_LOCK_LEASE ? lease_release(lock.lease, &err)
                                            : true;
    if (!ok)
        log_put(context->run->log, "alembic.lock", LOG_WARNING,
                "the run lock could not be given back: %.*s", STR_ARG(err.text));
}

/* ---- transactions ---- */

/*
 * A limit that was asked for is set; the default one only where the session has none of its own.
 * For this transaction alone: behind a pooler the session is not ours.
 */
static bool set_limit(MigrationContext *context, const char *name, int ms, bool given, Error *err)
{
    if (ms == 0 && !given)
        return true;
    Arena *arena = arena_new(context->arena);
    Str sql = given ? str_format(arena, "SET LOCAL %s = %d", name, ms)
                    : str_format(arena,
                                 "SELECT set_config('%s', '%d', true) "
                                 "WHERE current_setting('%s') = '0'",
                                 name, ms, name);
    bool ok = db_post(context->conn, sql, NULL, 0, POST_OWN, NULL, err);
    arena_free(arena);
    return ok;
}

static bool set_limits(MigrationContext *context, Error *err)
{
    const Policy *policy = &context->state->policy;
    if (context->conn->url.engine != ENGINE_POSTGRESQL)
        return true;
    bool own = context->state->own;
    context->state->own = true;
    bool ok = set_limit(context, "lock_timeout", policy->lock_timeout_ms,
                        policy->lock_timeout_given, err) &&
              set_limit(context, "statement_timeout", policy->statement_timeout_ms,
                        policy->statement_timeout_given, err);
    context->state->own = own;
    return ok;
}

bool lock_begin(MigrationContext *context, Error *err)
{
    context->state->moved = false;
    if (db_begin(context->conn, TX_LIMBECK, TX_WRITE, err))
        return set_limits(context, err);
    if (context->conn->failure.busy)
        error_remedy(err,
                     "another process is writing to the database; run again when it has ended");
    return false;
}

bool lock_confirm(MigrationContext *context, bool *moved, Error *err)
{
    Arena *arena = arena_new(context->arena);
    StrVec rows = { 0 };
    bool ok = version_read(context, arena, &rows, err);
    *moved = ok && !version_same(&rows, &context->state->heads);
    if (*moved) {
        context->state->statements.known = false;
        context->state->heads = (StrVec){ 0 };
        VEC_EACH (Str, row, &rows)
            VEC_PUSH(context->arena, &context->state->heads, str_dup(context->arena, *row));
    }
    arena_free(arena);
    return ok;
}
