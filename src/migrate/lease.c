/* SPDX-License-Identifier: MIT */
#include "migrate/lease.h"

#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "migrate/state.h"
#include "migrate/version.h"
#include "migrate/wait.h"

#define LEASE_TIME "interval '30 seconds'"
enum { LEASE_MS = 30000, RENEW_MS = 10000, AGAIN_MS = 2000 };

struct Lease {
    Arena *arena;
    MigrationContext *context;
    Conn *keeper; /* renews it; opened when first needed */
    Str token;
    int64_t renewed_ms, tried_ms;
    bool lost;
};

static SqlArg lease_table(const MigrationContext *context)
{
    return sql_table(name_from(context->options.version_table_schema), name_from(STR(LEASE_TABLE)));
}

static Str random_token(Arena *arena)
{
    uint64_t number[2] = { 0, (uint64_t)getpid() };
    if (getrandom(number, sizeof number, 0) != (ssize_t)sizeof number)
        number[0] = (uint64_t)wait_now_ms();
    return str_format(arena, "%016llx%016llx", (unsigned long long)number[0],
                      (unsigned long long)number[1]);
}

static Str own_name(Arena *arena)
{
    char host[256] = "";
    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    return str_format(arena, "process %ld on %s", (long)getpid(), host);
}

/* A statement of one short transaction; limits keep it from waiting behind anything. */
static bool in_transaction(Conn *conn, Arena *arena, Str sql, DbResult *result, Error *err)
{
    bool ok = db_begin(conn, TX_LIMBECK, TX_WRITE, err) &&
              db_exec(conn, STR("SET LOCAL lock_timeout = '5s'"), err) &&
              db_query(conn, arena, sql, NULL, 0, result, err) && db_commit(conn, err);
    if (!ok) {
        Error ignored = error_in(arena);
        db_rollback(conn, &ignored);
    }
    return ok;
}

static bool no_lease(Error *err)
{
    return error_remedy(
        err, "the connection goes through a pooler that lends sessions by the transaction, and the "
             "table " LEASE_TABLE " cannot be written there: use the direct URL, not the pooler's");
}

static bool create_table(MigrationContext *context, Arena *arena, Error *err)
{
    DbResult result;
    const DbValue *row;
    Sql name = sql_begin(arena, context->dialect, err), sql = sql_nested(&name);
    sql_put(&name, "@", lease_table(context));
    Str table = sql_take(&name);
    sql_put(&sql, "SELECT to_regclass(@) IS NOT NULL", sql_literal(table));
    if (!in_transaction(context->conn, arena, sql_take(&sql), &result, err) ||
        !db_next(&result, &row, err))
        return false;
    if (row[0].integer)
        return true;
    Str create =
        str_format(arena,
                   "CREATE TABLE IF NOT EXISTS %.*s (name text PRIMARY KEY, holder text NOT NULL, "
                   "token text NOT NULL, since timestamptz NOT NULL, until timestamptz NOT NULL)",
                   STR_ARG(table));
    if (in_transaction(context->conn, arena, create, &result, err))
        return true;
    /* two runs at once: the other one's table is as good */
    if (!str_is(err->sqlstate, "23505") && !str_is(err->sqlstate, "42P07"))
        return no_lease(err);
    error_clear(err);
    return true;
}

static bool ask(MigrationContext *context, Arena *arena, Str token, bool *granted, Error *err)
{
    DbResult result;
    const DbValue *row;
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "INSERT INTO @ AS l (name, holder, token, since, until) VALUES (@, @, @, now(), now() "
            "+ " LEASE_TIME ") ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, "
            "token = excluded.token, since = excluded.since, until = excluded.until "
            "WHERE l.until < now() RETURNING token",
            lease_table(context), sql_literal(context->version_table), sql_literal(own_name(arena)),
            sql_literal(token));
    if (!in_transaction(context->conn, arena, sql_take(&sql), &result, err))
        return no_lease(err);
    if (!db_next(&result, &row, err))
        return false;
    *granted = row != NULL;
    return true;
}

static bool describe(MigrationContext *context, Arena *arena, Str *holder, Error *err)
{
    DbResult result;
    const DbValue *row;
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "SELECT holder || ', since ' || to_char(since, 'YYYY-MM-DD HH24:MI:SS TZ') || "
            "', until ' || to_char(until, 'HH24:MI:SS') FROM @ WHERE name = @",
            lease_table(context), sql_literal(context->version_table));
    if (!in_transaction(context->conn, arena, sql_take(&sql), &result, err) ||
        !db_next(&result, &row, err))
        return false;
    *holder = row ? str_dup(arena, db_value_text(row[0])) : STR("one that has just ended");
    return true;
}

static void log_pooler(MigrationContext *context)
{
    log_put(context->run->log, "alembic.lock", LOG_INFO,
            "the connection goes through a pooler: the run lock is a row of " LEASE_TABLE
            "; a direct URL is better");
}

bool lease_try(MigrationContext *context, Arena *arena, Lease **lease, Str *holder, Error *err)
{
    bool granted;
    *lease = NULL;
    if (!create_table(context, arena, err))
        return false;
    Str token = random_token(arena);
    if (!ask(context, arena, token, &granted, err))
        return false;
    if (!granted)
        return describe(context, arena, holder, err);
    Lease *made = ARENA_NEW(context->arena, Lease);
    *made = (Lease){ .arena = context->arena,
                     .context = context,
                     .token = str_dup(context->arena, token),
                     .renewed_ms = wait_now_ms() };
    *lease = made;
    log_pooler(context);
    return true;
}

/* ---- keeping it ---- */

static Str own_row(const Lease *lease, Arena *arena, const char *verb, Error *err)
{
    const MigrationContext *context = lease->context;
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, "@ WHERE name = @ AND token = @", sql_raw(str_from(verb)),
            sql_literal(context->version_table), sql_literal(lease->token));
    return sql_take(&sql);
}

static bool update_own(Lease *lease, Conn *conn, const char *format, int64_t *changes, Error *err)
{
    Arena *arena = arena_new(lease->arena);
    const MigrationContext *context = lease->context;
    Sql table = sql_begin(arena, context->dialect, err);
    sql_put(&table, "@", lease_table(context));
    Str name = sql_take(&table);
    Str verb = str_replace(arena, str_from(format), STR("@"), name);
    Str sql = own_row(lease, arena, str_cstr(arena, verb), err);
    DbResult result = { 0 };
    bool ok = in_transaction(conn, arena, sql, &result, err);
    *changes = result.changes;
    arena_free(arena);
    return ok;
}

static bool has_lost(Error *err)
{
    fail(err, ERR_COMMAND, "the run lock was lost: another run has taken the row of " LEASE_TABLE);
    return error_remedy(err, "look at `current`, then run again; a direct URL instead of the "
                             "pooler's keeps the lock as long as the connection");
}

static bool renew_now(Lease *lease, Error *err)
{
    int64_t changes;
    lease->tried_ms = wait_now_ms();
    if (!lease->keeper &&
        !db_open(lease->arena, &lease->context->conn->url, NULL, &lease->keeper, err))
        return false;
    if (!update_own(lease, lease->keeper, "UPDATE @ SET until = now() + " LEASE_TIME, &changes,
                    err))
        return false;
    lease->renewed_ms = lease->tried_ms;
    lease->lost = changes != 1;
    return true;
}

/* What fails for once does no harm as long as the lease lasts. */
bool lease_renew(Lease *lease, Error *err)
{
    int64_t now = wait_now_ms();
    bool ok = true;
    if (!lease->lost && now - lease->renewed_ms >= RENEW_MS && now - lease->tried_ms >= AGAIN_MS)
        ok = renew_now(lease, err);
    if (!ok && now - lease->renewed_ms < LEASE_MS) {
        db_close(lease->keeper);
        lease->keeper = NULL;
        error_clear(err);
        ok = true;
    }
    return ok && (!lease->lost || has_lost(err));
}

/* The run's own connection, unless it is lost or was told to stop. */
static bool connection_left(Lease *lease, Conn **conn, Error *err)
{
    const MigrationContext *context = lease->context;
    *conn = context->conn;
    if (db_tx_status(*conn) != DB_TX_LOST && !((*conn)->interrupted && *(*conn)->interrupted))
        return true;
    if (!lease->keeper && !db_open(lease->arena, &(*conn)->url, NULL, &lease->keeper, err))
        return false;
    *conn = lease->keeper;
    return true;
}

bool lease_release(Lease *lease, Error *err)
{
    int64_t changes;
    Conn *conn;
    bool ok = connection_left(lease, &conn, err) &&
              update_own(lease, conn, "DELETE FROM @", &changes, err);
    db_close(lease->keeper);
    lease->keeper = NULL;
    return ok;
}
