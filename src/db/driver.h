/* SPDX-License-Identifier: MIT */
/* What a database's driver gives to db.c. Nobody else includes this. */
#ifndef LIMBECK_DB_DRIVER_H
#define LIMBECK_DB_DRIVER_H

#include "db/db.h"
#include "db/rows.h"

struct Driver {
    Engine engine;
    const char *name; /* "sqlite": DB-API module of error classes is the driver's own matter */
    bool (*open)(Conn *conn, const DbOptions *options, Error *err);
    void (*close)(Conn *conn);
    const char *(*connect_error)(const Url *url);
    /* Runs and reads whole; `result` may be NULL when the rows are not wanted. */
    bool (*query)(Conn *conn, Arena *arena, Str sql, const DbValue *params, size_t param_count,
                  DbResult *result, Error *err);
    /* Sends without waiting, see db_post. NULL: there is no pipeline; db.c runs it at once. */
    bool (*post)(Conn *conn, Str sql, const DbValue *params, size_t param_count, uint64_t token,
                 int64_t *changes, Error *err);
    bool (*drain)(Conn *conn, Error *err);
    size_t (*posted)(const Conn *conn);
    /* See db_order_named. NULL: its placeholders have no names. */
    bool (*order_named)(Conn *conn, Arena *arena, Str sql, const StrVec *names, DbValue **values,
                        size_t *count, Error *err);
    /* NULL: db.c runs the rows one by one. */
    bool (*exec_many)(Conn *conn, Str sql, const DbValue *params, size_t param_count,
                      size_t row_count, int64_t *changes, Error *err);
    DbTxStatus (*tx_status)(const Conn *conn);            /* NULL: by in_transaction */
    Str (*parameter)(const Conn *conn, const char *name); /* NULL: none */
    /* The statement that begins a transaction. */
    Str (*begin_sql)(TxMode mode);
    /* True where the Python driver would begin a transaction before `sql`. NULL: always. */
    bool (*autobegins)(Str sql);
    /* False when the engine ended the transaction by itself (an error rolled it back). */
    bool (*in_transaction)(const Conn *conn);
    /* Whether the open transaction read or wrote nothing yet. NULL: it does not matter. */
    bool (*untouched)(const Conn *conn);
    /* NULL: never. */
    bool (*needs_autocommit)(Str sql);
    /* These three: NULL where there is no such thing; setting does nothing then. */
    bool (*set_foreign_keys)(Conn *conn, bool on, Error *err);
    bool (*foreign_keys)(const Conn *conn);
    bool (*schema_version)(Conn *conn, int64_t *version, Error *err);
    /* After a COMMIT: gives memory back that the next transaction may not need. NULL: none. */
    void (*rest)(Conn *conn);
};

extern const Driver sqlite_driver, postgresql_driver;

#endif
