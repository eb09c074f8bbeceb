/* SPDX-License-Identifier: MIT */
#include "db/db.h"

#include "base/buf.h"
#include "db/driver.h"

static const Driver *const drivers[] = { &sqlite_driver, &postgresql_driver };

static const Driver *driver_of(Engine engine)
{
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (drivers[i]->engine == engine)
            return drivers[i];
    return NULL;
}

bool db_unserved(Str dialect, ErrorCode code, Error *err)
{
    fail(err, code, "Can't load plugin: sqlalchemy.dialects:%.*s", STR_ARG(dialect));
    return error_remedy(err, "limbeck serves sqlite and postgresql, and mysql with --sql");
}

static bool not_served(const Url *url, Error *err)
{
    static const char *const names[] = {
        [ENGINE_SQLITE] = "SQLite",
        [ENGINE_POSTGRESQL] = "PostgreSQL",
        [ENGINE_MYSQL] = "MySQL",
        [ENGINE_MARIADB] = "MariaDB",
    };
    if (url->engine == ENGINE_OTHER)
        return db_unserved(url->dialect, ERR_UNSUPPORTED, err);
    fail(err, ERR_UNSUPPORTED, "this version of limbeck does not connect to %s yet",
         names[url->engine]);
    return error_remedy(err, "--sql writes the statements without a connection");
}

static void close_with_arena(void *context)
{
    Conn *conn = context;
    if (conn->handle)
        conn->driver->close(conn);
    conn->handle = NULL;
}

bool db_open(Arena *arena, const Url *url, const DbOptions *options, Conn **out, Error *err)
{
    const Driver *driver = driver_of(url->engine);
    if (!driver)
        return not_served(url, err);
    Arena *own = arena_new(arena);
    Conn *conn = ARENA_NEW(own, Conn);
    *conn = (Conn){ .driver = driver, .arena = own, .url = *url };
    const DbOptions defaults = { 0 };
    conn->interrupted = options ? options->interrupted : NULL;
    if (!driver->open(conn, options ? options : &defaults, err)) {
        arena_free(own);
        return false;
    }
    arena_on_free(own, close_with_arena, conn);
    *out = conn;
    return true;
}

const char *db_connect_error(const Url *url)
{
    const Driver *driver = driver_of(url->engine);
    return driver ? driver->connect_error(url) : "OperationalError";
}

void db_close(Conn *conn)
{
    if (conn)
        arena_free(conn->arena);
}

/* Statements may begin or end transactions by themselves, and errors may end one. */
static void follow_engine(Conn *conn)
{
    bool open = conn->driver->in_transaction(conn);
    if (!open) {
        conn->tx = TX_NONE;
        conn->savepoints = 0;
    } else if (conn->tx == TX_NONE) {
        conn->tx = TX_SCRIPT;
    }
}

/* After a call of the driver: what it did to the transaction, and whose the failure is. */
static bool settle(Conn *conn, bool was_open, bool ok, Error *err)
{
    follow_engine(conn);
    if (ok)
        return true;
    if (was_open && conn->tx == TX_NONE)
        err->rolled_back = true;
    if (conn->failure.posted && conn->failure.token != DB_OWN && conn->on_late)
        conn->on_late(conn->guard_context, conn->failure.token, err);
    return false;
}

static bool is_rollback(Str sql)
{
    return str_eq_nocase(str_slice(str_trim_left(sql), 0, 8), STR("ROLLBACK"));
}

static void announce(Conn *conn, Str sql)
{
    conn->ending = is_rollback(sql);
    conn->statements++;
    if (conn->on_statement)
        conn->on_statement(conn->on_statement_context, sql);
}

static bool run(Conn *conn, Arena *arena, Str sql, const DbValue *params, size_t param_count,
                DbResult *result, Error *err)
{
    announce(conn, sql);
    bool was_open = conn->tx != TX_NONE;
    return settle(conn, was_open,
                  conn->driver->query(conn, arena, sql, params, param_count, result, err), err);
}

static bool wants_transaction(const Conn *conn, Str sql)
{
    if (!conn->autobegin || conn->autocommit || conn->tx != TX_NONE)
        return false;
    return !conn->driver->autobegins || conn->driver->autobegins(sql);
}

/* Without a pipeline a failure is told at once, yet by its token all the same. */
static bool post_at_once(Conn *conn, Str sql, const DbValue *params, size_t param_count,
                         uint64_t token, int64_t *changes, Error *err)
{
    DbResult result = { .changes = -1 };
    Arena *arena = arena_new(conn->arena);
    bool ok = run(conn, arena, sql, params, param_count, &result, err);
    arena_free(arena);
    conn->failure.posted = !ok;
    conn->failure.token = token;
    if (ok && changes)
        *changes = result.changes;
    return ok;
}

/* What comes before a statement that is not about transactions itself. */
static bool get_ready(Conn *conn, Str sql, Error *err)
{
    if (conn->guard && !conn->guard(conn->guard_context, conn, sql, err))
        return false;
    return !wants_transaction(conn, sql) || db_begin(conn, TX_AUTO, TX_READ, err);
}

bool db_query(Conn *conn, Arena *arena, Str sql, const DbValue *params, size_t param_count,
              DbResult *result, Error *err)
{
    *result = (DbResult){ .changes = -1 };
    if (!get_ready(conn, sql, err))
        return false;
    if (!run(conn, arena, sql, params, param_count, result, err))
        return false;
    conn->rows += result->returns_rows  ? result->row_count
                  : result->changes > 0 ? (uint64_t)result->changes
                                        : 0;
    return !result->rows || rows_rewind(result->rows, err);
}

bool db_exec(Conn *conn, Str sql, Error *err)
{
    if (!get_ready(conn, sql, err))
        return false;
    return run(conn, NULL, sql, NULL, 0, NULL, err);
}

bool db_post(Conn *conn, Str sql, const DbValue *params, size_t param_count, uint64_t token,
             int64_t *changes, Error *err)
{
    if (!get_ready(conn, sql, err))
        return false;
    if (!conn->driver->post)
        return post_at_once(conn, sql, params, param_count, token, changes, err);
    announce(conn, sql);
    return settle(conn, conn->tx != TX_NONE,
                  conn->driver->post(conn, sql, params, param_count, token, changes, err), err);
}

bool db_drain(Conn *conn, Error *err)
{
    if (!conn->driver->drain)
        return true;
    conn->ending = false;
    return settle(conn, conn->tx != TX_NONE, conn->driver->drain(conn, err), err);
}

size_t db_posted(const Conn *conn)
{
    return conn->driver->posted ? conn->driver->posted(conn) : 0;
}

bool db_pipelines(const Conn *conn)
{
    return conn->driver->post != NULL;
}

static bool exec_one_by_one(Conn *conn, Str sql, const DbValue *params, size_t param_count,
                            size_t row_count, int64_t *changes, Error *err)
{
    for (size_t i = 0; i < row_count; i++) {
        int64_t count;
        if (!post_at_once(conn, sql, params + i * param_count, param_count, i, &count, err))
            return false;
        if (changes && count > 0)
            *changes += count;
    }
    return true;
}

bool db_exec_many(Conn *conn, Str sql, const DbValue *params, size_t param_count, size_t row_count,
                  int64_t *changes, Error *err)
{
    if (changes)
        *changes = 0;
    if (!get_ready(conn, sql, err))
        return false;
    if (!conn->driver->exec_many)
        return exec_one_by_one(conn, sql, params, param_count, row_count, changes, err);
    announce(conn, sql);
    return settle(conn, conn->tx != TX_NONE,
                  conn->driver->exec_many(conn, sql, params, param_count, row_count, changes, err),
                  err);
}

bool db_next(DbResult *result, const DbValue **row, Error *err)
{
    *row = NULL;
    return !result->rows || rows_next(result->rows, row, err);
}

bool db_result_join(DbResult *result, DbResult *more, Error *err)
{
    const DbValue *row;
    if (result->changes >= 0 && more->changes > 0)
        result->changes += more->changes;
    result->last_id = more->last_id;
    if (!result->rows || !more->rows)
        return true;
    for (;;) {
        if (!db_next(more, &row, err))
            return false;
        if (!row)
            return rows_rewind(result->rows, err);
        if (!rows_add(result->rows, row, err))
            return false;
        result->row_count++;
    }
}

bool db_rewind(DbResult *result, Error *err)
{
    return !result->rows || rows_rewind(result->rows, err);
}

bool db_scalar(Conn *conn, Arena *arena, Str sql, DbValue *value, Error *err)
{
    DbResult result;
    const DbValue *row;
    *value = db_null();
    if (!db_query(conn, arena, sql, NULL, 0, &result, err) || !db_next(&result, &row, err))
        return false;
    if (!row || result.column_count == 0)
        return true;
    *value = row[0];
    if (str_given(db_value_text(row[0])))
        value->text = str_dup(arena, row[0].text);
    return true;
}

/* A statement of ours whose answer nobody needs by itself. */
static bool run_own(Conn *conn, Str sql, Error *err)
{
    if (!conn->driver->post)
        return run(conn, NULL, sql, NULL, 0, NULL, err);
    announce(conn, sql);
    conn->ending = false;
    return conn->driver->post(conn, sql, NULL, 0, DB_OWN, NULL, err);
}

bool db_begin(Conn *conn, TxOwner owner, TxMode mode, Error *err)
{
    if (conn->tx != TX_NONE)
        return fail(err, ERR_DATABASE, "a transaction is already begun on this connection");
    if (!run_own(conn, conn->driver->begin_sql(mode), err))
        return false;
    conn->tx = owner;
    return true;
}

bool db_commit(Conn *conn, Error *err)
{
    if (conn->tx == TX_NONE)
        return true;
    if (!run(conn, NULL, STR("COMMIT"), NULL, 0, NULL, err))
        return false;
    if (conn->driver->rest)
        conn->driver->rest(conn);
    return true;
}

bool db_rollback(Conn *conn, Error *err)
{
    if (conn->tx == TX_NONE)
        return true;
    if (db_tx_status(conn) != DB_TX_LOST)
        return run(conn, NULL, STR("ROLLBACK"), NULL, 0, NULL, err);
    follow_engine(conn); /* the server rolled back when it noticed */
    return true;
}

bool db_claim_write(Conn *conn, Error *err)
{
    TxOwner owner = conn->tx;
    if (owner == TX_NONE || !conn->driver->untouched || !conn->driver->untouched(conn))
        return true;
    return db_rollback(conn, err) && db_begin(conn, owner, TX_WRITE, err);
}

static bool with_name(Conn *conn, const char *verb, Str name, bool wait, Error *err)
{
    Arena *arena = arena_new(conn->arena);
    Buf sql = buf_in(arena);
    buf_puts(&sql, verb);
    buf_putc(&sql, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '"')
            buf_putc(&sql, '"');
        buf_putc(&sql, name.ptr[i]);
    }
    buf_putc(&sql, '"');
    bool ok = wait ? run(conn, NULL, buf_str(&sql), NULL, 0, NULL, err)
                   : run_own(conn, buf_str(&sql), err);
    arena_free(arena);
    return ok;
}

bool db_savepoint(Conn *conn, Str name, Error *err)
{
    if (!with_name(conn, "SAVEPOINT ", name, false, err))
        return false;
    conn->savepoints++;
    return true;
}

bool db_release(Conn *conn, Str name, Error *err)
{
    if (!with_name(conn, "RELEASE SAVEPOINT ", name, true, err))
        return false;
    if (conn->savepoints > 0)
        conn->savepoints--;
    return true;
}

bool db_rollback_to(Conn *conn, Str name, Error *err)
{
    return with_name(conn, "ROLLBACK TO SAVEPOINT ", name, true, err);
}

DbTxStatus db_tx_status(const Conn *conn)
{
    if (conn->driver->tx_status)
        return conn->driver->tx_status(conn);
    return conn->driver->in_transaction(conn) ? DB_TX_OPEN : DB_TX_IDLE;
}

bool db_order_named(Conn *conn, Arena *arena, Str sql, const StrVec *names, DbValue **values,
                    size_t *count, Error *err)
{
    return !conn->driver->order_named ||
           conn->driver->order_named(conn, arena, sql, names, values, count, err);
}

Str db_parameter(const Conn *conn, const char *name)
{
    return conn->driver->parameter ? conn->driver->parameter(conn, name) : STR_NONE;
}

bool db_needs_autocommit(const Conn *conn, Str sql)
{
    return conn->driver->needs_autocommit && conn->driver->needs_autocommit(sql);
}

bool db_set_foreign_keys(Conn *conn, bool on, Error *err)
{
    return !conn->driver->set_foreign_keys || conn->driver->set_foreign_keys(conn, on, err);
}

bool db_foreign_keys(const Conn *conn)
{
    return conn->driver->foreign_keys && conn->driver->foreign_keys(conn);
}

bool db_schema_version(Conn *conn, int64_t *version, Error *err)
{
    *version = -1;
    return !conn->driver->schema_version || conn->driver->schema_version(conn, version, err);
}
