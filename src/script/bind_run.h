/* SPDX-License-Identifier: MIT */
/* Operations that scripts run on a connection of their own choice: table.create(bind),
 * enum.drop(bind). */
#ifndef LIMBECK_SCRIPT_BIND_RUN_H
#define LIMBECK_SCRIPT_BIND_RUN_H

#include "schema/op.h"
#include "script/bind.h"
#include "sql/dialect.h"
#include "sql/reflect.h"

/* The dialect of a Connection or an Engine. */
bool bind_dialect(Vm *vm, Value bind, const Dialect **dialect);
/*
 * Runs an operation on a Connection or an Engine. On the connection that is being migrated it runs
 * as a directive does: in the step's transaction.
 */
bool bind_run_op(Vm *vm, Value bind, Op *op);
/* Calls with the connection of a Connection or an Engine, which is opened for it. */
typedef bool WithConn(Vm *vm, Conn *conn, const Reflector *reflector, void *context);
bool bind_with_reflector(Vm *vm, Value bind, WithConn *call, void *context);
/* Whether it is what create_mock_engine() gave. */
bool bind_is_mock(Vm *vm, Value bind);
/* Whether it has the ENUM or DOMAIN, the sequence; false where a database has none. */
bool bind_has_type(Vm *vm, Value bind, Str schema, Str name, bool *found);
bool bind_has_sequence(Vm *vm, Value bind, Str schema, Str name, bool *found);
/* Reads a table; *table is NULL when there is none. */
bool bind_reflect(Vm *vm, Value bind, MetaData *metadata, Str schema, Str name, Table **table);

#endif
