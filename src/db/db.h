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

#include <signal.h>

#include "base/error.h"
#include "base/vec.h"
#include "db/url.h"

typedef struct Conn Conn;
typedef struct Driver Driver;

typedef enum DbType {
    DB_NULL,
    DB_BOOL, /* integer: 0 or 1. PostgreSQL's booleans; SQLite has none and takes one as a number */
    DB_INT,
    DB_REAL,
    DB_TEXT,
    DB_BYTES,
    DB_ARRAY, /* of parameters only: results give arrays as text, see array.h */
} DbType;

/*
 * What a value means, beyond how it is handed over. Of a column: what the server says. Of a
 * parameter: what psycopg2 would write it as ('...'::date, a bare number, ...); DB_KIND_UNKNOWN
 * leaves it to the place where it stands.
 *
 * The texts of results (DB_TEXT unless said): as PostgreSQL writes them with DateStyle ISO and
 * IntervalStyle postgres, which the connection sees to.
 */
typedef enum DbKind {
    DB_KIND_UNKNOWN,     /* SQLite, which has types of values only */
    DB_KIND_BOOL,        /* DB_BOOL */
    DB_KIND_INT,         /* DB_INT: int2, int4, int8, oid */
    DB_KIND_FLOAT,       /* DB_REAL: float4, float8, NaN and infinities too */
    DB_KIND_NUMERIC,     /* digits with their scale: "1.50"; "NaN", "Infinity", "-Infinity" */
    DB_KIND_TEXT,        /* text, varchar, char (padded as the server gives it), name, "char" */
    DB_KIND_BYTES,       /* DB_BYTES, decoded */
    DB_KIND_DATE,        /* "2024-05-17"; past 9999 more digits; " BC" behind; "infinity" */
    DB_KIND_TIME,        /* "12:30:01[.123456]"; "24:00:00" exists */
    DB_KIND_TIMETZ,      /* "12:30:01[.123456]+02[:30[:15]]" */
    DB_KIND_TIMESTAMP,   /* "2024-05-17 12:30:01[.123456]", as date and time */
    DB_KIND_TIMESTAMPTZ, /* the same with "+02[:30[:15]]" behind, in the session's time zone */
    DB_KIND_INTERVAL,    /* "[-]1 year 2 mons -3 days [-]04:05:06[.789]"; "00:00:00" when empty */
    DB_KIND_UUID,        /* 36 characters, lower case */
    DB_KIND_JSON,        /* the text */
    DB_KIND_JSONB,       /* the text */
    DB_KIND_RANGE, /* "[1,5)"; DbColumn.element is the bounds' kind */
    DB_KIND_ARRAY, /* "{1,NULL,\"a b\"}"; read by array.h; DbColumn.element is the items' kind */
    DB_KIND_OTHER, /* enums, domains' own names, inet, ranges, ...: text */
} DbKind;

typedef struct DbValue {
    DbType type;
    DbKind kind; /* of parameters; results leave it DB_KIND_UNKNOWN: see DbColumn */
    union {
        int64_t integer;
        double real;
        Str text; /* DB_TEXT and DB_BYTES */
        struct {
            const struct DbValue *items;
            size_t count;
        } array; /* DB_ARRAY; nests */
    };
} DbValue;

static inline DbValue db_null(void)
{
    return (DbValue){ .type = DB_NULL };
}
static inline DbValue db_bool(bool value)
{
    return (DbValue){ .type = DB_BOOL, .integer = value };
}
static inline DbValue db_int(int64_t value)
{
    return (DbValue){ .type = DB_INT, .integer = value };
}
static inline DbValue db_real(double value)
{
    return (DbValue){ .type = DB_REAL, .real = value };
}
static inline DbValue db_text(Str value)
{
    return (DbValue){ .type = DB_TEXT, .text = value };
}
static inline DbValue db_bytes(Str value)
{
    return (DbValue){ .type = DB_BYTES, .text = value };
}
/* Text that is a date, a number of any size, ...: db_typed(DB_KIND_NUMERIC, STR("1.50")). */
static inline DbValue db_typed(DbKind kind, Str value)
{
    return (DbValue){ .type = DB_TEXT, .kind = kind, .text = value };
}
static inline DbValue db_array(const DbValue *items, size_t count)
{
    return (DbValue){ .type = DB_ARRAY, .array = { items, count } };
}
/* The text of a value, STR_NONE for anything but text and bytes. */
static inline Str db_value_text(DbValue value)
{
    return value.type == DB_TEXT || value.type == DB_BYTES ? value.text : STR_NONE;
}

typedef struct DbColumn {
    Str name;
    Str declared; /* SQLite: the declared type where known ("INTEGER", "DATETIME"). PostgreSQL: the
                     type's name ("int4", "_text") of those that every server has. Else STR_NONE */
    DbKind kind;  /* DB_KIND_UNKNOWN on SQLite */
    DbKind element; /* of DB_KIND_ARRAY, and of the bounds of DB_KIND_RANGE */
    uint32_t oid;   /* PostgreSQL: of the type */
    int modifier;   /* PostgreSQL: atttypmod, -1 = none */
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

/* What a server says of a failure or in a notice, word by word; STR_NONE where it says nothing. */
typedef struct DbDiag {
    Str severity; /* "ERROR", "FATAL", "NOTICE", "WARNING", ...: never translated */
    Str sqlstate; /* five characters */
    Str primary;  /* one line as a rule, without the severity */
    Str detail, hint, context;
    Str schema, table, column, type, constraint; /* names of what it is about */
    size_t position;                             /* 1-based code point in the statement; 0 = none */
    Str internal_query;                          /* what the server itself generated ... */
    size_t internal_position;                    /* ... and where in it */
} DbDiag;

/*
 * Of the last statement that failed; the Error it returned holds SQL, position, SQLSTATE and
 * text. The texts live until the connection's next failure.
 */
typedef struct DbFailure {
    DbErrorKind kind;
    int code;          /* the engine's number: SQLite's extended result code; PostgreSQL: 0 */
    bool busy;         /* another connection holds the lock: trying again may help */
    const char *dbapi; /* the Python driver's class: "sqlite3.OperationalError",
                          "psycopg2.errors.UndefinedTable"; by the URL's driver */
    Str message;       /* str() of that exception: psycopg2's has LINE 1, DETAIL, HINT and the
                          line break at its end; STR_NONE: the Error's text */
    DbDiag diag;       /* PostgreSQL only */
    bool lost;         /* the connection is gone; every further statement fails the same way */
    bool in_doubt;     /* it was lost while a COMMIT was under way: done or not, nobody knows */
    bool timed_out;    /* conn->answer_timeout_ms, or the server's statement_timeout */
    bool interrupted;  /* *conn->interrupted was set: cancelled on the user's behalf */
    bool posted;       /* the statement that failed is an earlier one, of db_post ... */
    uint64_t token;    /* ... and this was its token; DB_OWN: BEGIN, SAVEPOINT, a setting */
} DbFailure;

#define DB_OWN UINT64_MAX

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

/* A line of the server's log that is meant for the client. */
typedef struct DbNotice {
    bool warning; /* WARNING: else NOTICE, INFO, LOG, DEBUG */
    DbDiag diag;  /* texts borrowed until the callback returns */
} DbNotice;

/* "SET name TO value", sent with the first statement: no wait of its own. */
typedef struct DbSetting {
    Str name, value;
} DbSetting;

typedef VEC(DbSetting) DbSettings;

typedef struct DbOptions {
    bool read_only;   /* nothing is created or changed */
    bool no_create;   /* SQLite: an absent file reads as an empty database and is not created */
    Str directory;    /* SQLite: relative paths start here; STR_NONE = the working directory */
    int lock_wait_ms; /* SQLite: busy timeout; 0 = ?timeout= of the URL, else 60,000 */
    /* PostgreSQL: */
    int connect_timeout_ms; /* of each host; 0 = the URL's or libpq's own, else 10,000 */
    bool verify_tls;        /* sslmode=verify-full with the system's certificates unless the URL
                               says more */
    DbSettings settings;    /* lock_timeout, search_path, ... for the session */
    DbSettings arguments;   /* create_engine's connect_args, as text: name and value */
    const volatile sig_atomic_t *interrupted; /* see Conn; heeded while connecting too */
    /* Said once a connection, to be logged as a warning ("... in plain text"). May be NULL. */
    void (*on_warning)(void *context, Str text);
    void *on_warning_context;
} DbOptions;

/* What the server says of the transaction, as opposed to who began it. */
typedef enum DbTxStatus {
    DB_TX_IDLE,
    DB_TX_OPEN,
    DB_TX_FAILED, /* a statement failed: nothing but ROLLBACK (TO) is accepted */
    DB_TX_LOST,   /* no connection */
} DbTxStatus;

struct Conn {
    const Driver *driver;
    void *handle; /* the driver's */
    Arena *arena; /* lives as long as the connection */
    Url url;
    Str server_version; /* "3.40.1", "15.14 (Debian 15.14-0+deb12u1)" */
    int server_number;  /* PostgreSQL: 150014; SQLite: 3040001 */
    int backend_pid;    /* PostgreSQL: as told at connect (behind a pooler: not the backend's) */
    TxOwner tx;
    size_t savepoints; /* open within the transaction */
    bool lent;         /* opened by a script, which closes it */
    bool autobegin;    /* a script's statement may begin a transaction (TX_AUTO), see db_query */
    bool autocommit;   /* isolation_level="AUTOCOMMIT": no TX_AUTO */
    bool echo;         /* log statements */
    bool ending;       /* what runs is a ROLLBACK: no signal stops it */
    uint64_t statements, rows; /* sent so far; read and changed by those that were waited for */
    DbFailure failure;         /* of the last statement, see DbFailure */
    /* A wait for one answer ends after so long: the statement is cancelled. 0: no limit. */
    int answer_timeout_ms;
    /*
     * Where a signal handler leaves its number: a wait then ends, the statement is cancelled on the
     * server (PQcancel) and fails with failure.interrupted, and so does every later one but
     * ROLLBACK. NULL: signals are not the connection's affair.
     */
    const volatile sig_atomic_t *interrupted;
    /* Called with each statement that goes out, BEGIN and COMMIT too (echo); may be NULL. */
    void (*on_statement)(void *context, Str sql);
    void *on_statement_context;
    /* Called with each notice, in order, as it arrives; may be NULL. */
    void (*on_notice)(void *context, const DbNotice *notice);
    void *on_notice_context;
    /* Called first by db_exec and db_query: migrate/ sees to the transaction here; may be NULL. */
    bool (*guard)(void *context, Conn *conn, Str sql, Error *err);
    /* Called again and again while an answer is waited for; must not use the connection; may be
     * NULL. */
    void (*on_wait)(void *context);
    /* Called when failure.posted: puts the place of the token's statement into `err`; may be NULL.
     */
    void (*on_late)(void *context, uint64_t token, Error *err);
    void *guard_context;
};

/* "3.40.1": of the SQLite library that is there. */
const char *db_sqlite_version(void);

/* Fails, as no such dialect is served. */
bool db_unserved(Str dialect, ErrorCode code, Error *err);

/*
 * ERR_CONNECT with the system's reason; ERR_UNSUPPORTED by name for engines that are not served
 * yet. `options` may be NULL. The connection lives in a child of `arena` and is closed with it if
 * db_close did not come first.
 */
bool db_open(Arena *arena, const Url *url, const DbOptions *options, Conn **conn, Error *err);
/* The Python driver's class for a connection that cannot be made. */
const char *db_connect_error(const Url *url);
/* Rolls back what is open. NULL is allowed. */
void db_close(Conn *conn);

/* Runs one statement and drops its rows. ERR_DATABASE with the SQL; see conn->failure. */
bool db_exec(Conn *conn, Str sql, Error *err);
/*
 * Runs one statement with parameters (SQLite `?` in order; PostgreSQL `$n`, written into the text
 * as literals; `params` may be NULL: then the text goes as it is) and keeps its result in `arena`.
 * With conn->autobegin and no transaction open a TX_AUTO one begins first where the Python driver
 * would (SQLite: before INSERT, UPDATE, DELETE, REPLACE; PostgreSQL: before anything). The same
 * text run again is not prepared again. PostgreSQL takes a text of several statements, in
 * db_exec too: it goes out by itself, and the last one's result is kept.
 *
 * What was posted before goes out with it; if that failed, so does this (failure.posted).
 */
bool db_query(Conn *conn, Arena *arena, Str sql, const DbValue *params, size_t param_count,
              DbResult *result, Error *err);
/*
 * Puts values that have names in the order of a statement's placeholders (SQLite's `:a`, `@a`,
 * `$a`); a placeholder without a value fails as the statement would.
 */
bool db_order_named(Conn *conn, Arena *arena, Str sql, const StrVec *names, DbValue **values,
                    size_t *count, Error *err);
/*
 * As db_exec, without waiting for the answer: what fails is told by a later db_drain, db_exec,
 * db_query, db_commit or db_begin, whichever comes first, as failure.posted with the `token` given
 * here (the caller's own, such as an index of a list of statements with their lines) and the SQL in
 * the Error; all posted before it are then known to have succeeded, and none after it ran. Rows are
 * dropped. `changes` may be NULL; it is written when the answer comes and must live until
 * then: -1 where the count has no meaning. Drivers without a pipeline (SQLite) run it at once and
 * return its error here. Several statements in one text, and outside of a transaction any
 * statement that cannot share one, are waited for here.
 */
bool db_post(Conn *conn, Str sql, const DbValue *params, size_t param_count, uint64_t token,
             int64_t *changes, Error *err);
/* Waits until everything posted is answered. */
bool db_drain(Conn *conn, Error *err);
/* Statements posted and not answered yet. */
size_t db_posted(const Conn *conn);
/* Whether db_post goes on without waiting: PostgreSQL. */
bool db_pipelines(const Conn *conn);
/*
 * One statement for many rows of `param_count` values (row after row), in order: prepared once,
 * pipelined, with real parameters where they mean the same as literals. `changes` (may be NULL) is
 * the sum. The first row that fails ends it; failure.token is its index. Outside of a transaction
 * PostgreSQL takes all rows or none.
 */
bool db_exec_many(Conn *conn, Str sql, const DbValue *params, size_t param_count, size_t row_count,
                  int64_t *changes, Error *err);
/*
 * Points `*row` at the next row (column_count values), whose texts are borrowed until the next
 * call; NULL after the last. False only if the temporary file cannot be read.
 */
bool db_next(DbResult *result, const DbValue **row, Error *err);
/* Puts the rows of another result of as many columns, none of them read yet, behind its own. */
bool db_result_join(DbResult *result, DbResult *more, Error *err);
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
/* What the server said last; posted statements that are not answered yet are not in it. */
DbTxStatus db_tx_status(const Conn *conn);
/* A parameter that the server reports ("TimeZone", "server_encoding", "in_hot_standby"), or
 * STR_NONE. */
Str db_parameter(const Conn *conn, const char *name);
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
 * schema_version. -1 where the engine keeps no such count.
 */
bool db_schema_version(Conn *conn, int64_t *version, Error *err);

#endif
