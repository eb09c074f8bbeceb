/* SPDX-License-Identifier: MIT */
/* The connection that op.get_bind() gives where SQL is written instead of run. */
#ifndef LIMBECK_SCRIPT_BIND_MOCK_H
#define LIMBECK_SCRIPT_BIND_MOCK_H

#include "script/state.h"

extern const NativeClass mock_connection_class;

/* Its execute() writes the statement among the SQL and gives None. */
Value mock_connection_new(Vm *vm, MigrationContext *context);
/* True for None and for such a connection. */
bool is_offline_bind(Vm *vm, Value bind);

#endif
