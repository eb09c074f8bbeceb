/* SPDX-License-Identifier: MIT */
/*
 * A connection to a database, over a driver (a const struct a database).
 *
 *     Conn *conn;
 *     if (!db_open(arena, &url, NULL, &conn, err))
 *         return false;
 *     ok = db_exec(conn, STR("CREATE TABLE t (id INTEGER)"), err);
 *     db_close(conn);
 *
 * One statement a call: splitting text is sql/split.h. Not for use by two threads at once.
 */
#ifndef LIMBECK_DB_DB_H
#define LIMBECK_DB_DB_H

#include "base/error.h"
#include "base/vec.h"
#include "db/url.h"

typedef struct Conn Conn;
typedef struct Driver Driver;

typedef enum DbType {
    DB_NULL,
    DB_INT,
    DB_REAL,
    DB_TEXT,
    DB_BYTES,
} DbType;

typedef struct DbValue {
    DbType type;
    union {
        int64_t integer;
        double real;
        Str text; /* DB_TEXT and DB_BYTES */
    };
} DbValue;

static inline DbValue db_null(void)
{
    return (DbValue){ DB_NULL, { 0 } };
}
static inline DbValue db_int(int64_t value)
{
    return (DbValue){ DB_INT, { .integer = value } };
}
static inline DbValue db_real(double value)
{
    return (DbValue){ DB_REAL, { .real = value } };
}
static inline DbValue db_text(Str value)
{
    return (DbValue){ DB_TEXT, { .text = value } };
}
static inline DbValue db_bytes(Str value)
{
    return (DbValue){ DB_BYTES, { .text = value } };
}
/* The text of a value, STR_NONE for anything but text and bytes. */
static inline Str db_value_text(DbValue value)
{
    return value.type == DB_TEXT || value.type == DB_BYTES ? value.text : STR_NONE;
}

typedef struct DbColumn {
    Str name;
    Str declared; /* the declared type where the driver tells it ("INTEGER", "DATETIME"), else
                     STR_NONE */
} DbColumn;

/*
 * What a statement gave, read whole: past 16 MB the rows go to an unlinked temporary file. Lives in
 * the arena that was handed to db_query and is released with it.
 */
typedef struct DbResult {
    bool returns_rows; /* a SELECT, PRAGMA, RETURNING: even when there are none */
    DbColumn *columns; /* column_count of them */
    size_t column_count;
    size_t row_count;    /* rows that db_next will give */
    int64_t changes;     /* rows inserted, updated or deleted; -1 where that has no meaning */
    int64_t last_id;     /* rowid of the last INSERT of this connection; 0 = none */
    struct DbRows *rows; /* the driver's and db.c's own */
} DbResult;

/* The classes of DB-API errors, for `except sqlalchemy.exc.IntegrityError`. */
typedef enum DbErrorKind {
    DB_ERROR_NONE,
    DB_ERROR_DATABASE,
    DB_ERROR_INTERFACE,
    DB_ERROR_DATA,
    DB_ERROR_OPERATIONAL,
    DB_ERROR_INTEGRITY,
    DB_ERROR_INTERNAL,
    DB_ERROR_PROGRAMMING,
    DB_ERROR_NOT_SUPPORTED,
} DbErrorKind;

/*
 * Of the last statement that failed; the Error it returned holds SQL, position, SQLSTATE and
 * text.
 */
typedef struct DbFailure {
    DbErrorKind kind;
    int code;          /* the engine's number: SQLite's extended result code */
    bool busy;         /* another connection holds the lock: trying again may help */
    const char *dbapi; /* the Python driver's class: "sqlite3.OperationalError" */
} DbFailure;

/* Who began the transaction that is open; only its owner ends it. */
typedef enum TxOwner {
    TX_NONE,
    TX_LIMBECK, /* db_begin by migrate/ */
    TX_SCRIPT,  /* the script asked: connection.begin(), engine.begin() */
    TX_AUTO,    /* nobody asked: the driver began before a script's statement, as the Python driver
                   does */
} TxOwner;

typedef enum TxMode {
    TX_READ,  /* SQLite: BEGIN */
    TX_WRITE, /* SQLite: BEGIN IMMEDIATE, waiting for the lock as long as lock_wait_ms says */
} TxMode;

typedef struct DbOptions {
    bool read_only;   /* nothing is created or changed */
    bool no_create;   /* SQLite: an absent file reads as an empty database and is not created */
    Str directory;    /* SQLite: relative paths start here; STR_NONE = the working directory */
    int lock_wait_ms; /* SQLite: busy timeout; 0 = ?timeout= of the URL, else 60,000 */
} DbOptions;

struct Conn {
    const Driver *driver;
    void *handle; /* the driver's */
    Arena *arena; /* lives as long as the connection */
    Url url;
    Str server_version; /* "3.40.1" */
    TxOwner tx;
    size_t savepoints; /* open within the transaction */
    bool lent;         /* opened by a script, which closes it */
    bool autobegin;    /* a script's statement may begin a transaction (TX_AUTO), see db_query */
    bool autocommit;   /* isolation_level="AUTOCOMMIT": no TX_AUTO */
    bool echo;         /* log statements */
    DbFailure failure; /* of the last statement, see DbFailure */
    /* Called with each statement that goes out, BEGIN and COMMIT too (echo); may be NULL. */
    void (*on_statement)(void *context, Str sql);
    void *on_statement_context;
    /* Called first by db_exec and db_query: migrate/ sees to the transaction here; may be NULL. */
    bool (*guard)(void *context, Conn *conn, Str sql, Error *err);
    void *guard_context;
};

/*
 * ERR_CONNECT with the system's reason; ERR_UNSUPPORTED by name for engines that are not served
 * yet. `options` may be NULL. The connection lives in a child of `arena` and is closed with it if
 * db_close did not come first.
 */
bool db_open(Arena *arena, const Url *url, const DbOptions *options, Conn **conn, Error *err);
/* Rolls back what is open. NULL is allowed. */
void db_close(Conn *conn);

/* Runs one statement and drops its rows. ERR_DATABASE with the SQL; see conn->failure. */
bool db_exec(Conn *conn, Str sql, Error *err);
/*
 * Runs one statement with parameters (`?` in order, `$n`, `%s` as the driver spells them; `params`
 * may be NULL) and keeps its result in `arena`. With conn->autobegin and no transaction open a
 * TX_AUTO one begins first where the Python driver would (SQLite: before INSERT, UPDATE, DELETE,
 * REPLACE). The same text run again is not prepared again.
 */
bool db_query(Conn *conn, Arena *arena, Str sql, const DbValue *params, size_t param_count,
              DbResult *result, Error *err);
/*
 * Points `*row` at the next row (column_count values), whose texts are borrowed until the next
 * call; NULL after the last. False only if the temporary file cannot be read.
 */
bool db_next(DbResult *result, const DbValue **row, Error *err);
/* Begins again at the first row. */
bool db_rewind(DbResult *result, Error *err);
/* The first column of the first row, copied into `arena`; DB_NULL when there is no row. */
bool db_scalar(Conn *conn, Arena *arena, Str sql, DbValue *value, Error *err);

/* ERR_DATABASE when one is open already. */
bool db_begin(Conn *conn, TxOwner owner, TxMode mode, Error *err);
bool db_commit(Conn *conn, Error *err);
/* False, with the reason, only when the database refused; the transaction is over all the same. */
bool db_rollback(Conn *conn, Error *err);
static inline bool db_in_transaction(const Conn *conn)
{
    return conn->tx != TX_NONE;
}
/* Makes an open transaction that did nothing yet one for writing; others are left as they are. */
bool db_claim_write(Conn *conn, Error *err);
/* Nested transactions, named by the caller; the name is quoted. */
bool db_savepoint(Conn *conn, Str name, Error *err);
bool db_release(Conn *conn, Str name, Error *err);
bool db_rollback_to(Conn *conn, Str name, Error *err);

/*
 * For statements that the database ignores or refuses inside a transaction (SQLite: VACUUM, PRAGMA
 * journal_mode, ...): true when `sql` is one, so that migrate/ can step out of its transaction.
 */
bool db_needs_autocommit(const Conn *conn, Str sql);
/* SQLite: switches the enforcement of foreign keys, also inside a transaction. */
bool db_set_foreign_keys(Conn *conn, bool on, Error *err);
bool db_foreign_keys(const Conn *conn);
/*
 * Statements that changed a schema, so that a step without any can be told. SQLite:
 * schema_version.
 */
bool db_schema_version(Conn *conn, int64_t *version, Error *err);

#endif
