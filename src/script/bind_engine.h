/* SPDX-License-Identifier: MIT */
/*
 * Engines, connections, transactions, results and rows: SQLAlchemy's over db/. An async engine is
 * the same object, whose methods give what `await` takes.
 */
#ifndef LIMBECK_SCRIPT_BIND_ENGINE_H
#define LIMBECK_SCRIPT_BIND_ENGINE_H

#include "db/db.h"
#include "script/state.h"
#include "sql/dialect.h"

extern const NativeClass engine_class, connection_class, transaction_class, url_class,
    dialect_class, result_class, scalar_result_class, mapping_result_class, row_class,
    row_mapping_class, async_engine_class, async_connection_class;

/* The Conn of a Connection object; raises when it is none or closed. */
bool connection_of(Vm *vm, Value v, Conn **conn);
/* A Connection object over a Conn that somebody else closes. */
Value connection_box(Vm *vm, Conn *conn);
/* As connection_of, but an Engine will do: it opens one, `*opened` tells, to be closed by db_close.
 */
bool connectable_of(Vm *vm, Value v, Conn **conn, bool *opened);
/* The dialect of a database. */
const Dialect *conn_dialect(const Conn *conn);
Value dialect_box(Vm *vm, const Dialect *dialect);
/* The same with what the connection knows: its driver's name, the server's version. */
Value dialect_box_of(Vm *vm, const Conn *conn);

/* A str or a URL object, parsed; --url wins. */
bool to_url(Vm *vm, Value v, Url *url);
Value url_box(Vm *vm, const Url *url);

/* Connects for scripts or for the built-in environment: what the server says goes to the log.
 * `arguments` (create_engine's connect_args as text) may be NULL. */
bool script_connect(Script *script, const Url *url, const DbSettings *arguments, Conn **conn,
                    Error *err);
/* isolation_level of an engine or of execution_options(): AUTOCOMMIT, or what the database has. */
bool conn_set_isolation(Vm *vm, Conn *conn, Str level);
/* Runs whatever SQLAlchemy can execute. `parameters`: None, a dict, or a list of dicts. */
bool connection_execute(Vm *vm, Conn *conn, Value statement, Value parameters, Value *result);
/* The statements of an operation, outside of any migration context. */
bool connection_run_op(Vm *vm, Conn *conn, const struct Op *op, Value *result);
/* A Result over rows that were just read. The result is moved. */
bool result_new(Vm *vm, DbResult *rows, Arena *arena, const ExprVec *columns, Value *v);
/* Adds what another statement of the same executemany gave: its rows, how many it changed. */
bool result_join(Vm *vm, Value result, Value more);
bool db_value_make(Vm *vm, const DbValue *from, Value *v);
/* How a parameter goes to the driver; raises for what has no form there. Texts may stay where they
 * are, others are in `arena`. */
bool db_value_from(Vm *vm, Arena *arena, const Datum *datum, DbValue *value);

/* The functions of sqlalchemy that make engines and look into databases. */
extern const NativeRow create_engine_row, engine_from_config_row, create_async_engine_row,
    async_engine_from_config_row, make_url_row, inspect_row;

#endif
