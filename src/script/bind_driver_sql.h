/* SPDX-License-Identifier: MIT */
/* Text with the driver's own placeholders, as exec_driver_sql() takes it. */
#ifndef LIMBECK_SCRIPT_BIND_DRIVER_SQL_H
#define LIMBECK_SCRIPT_BIND_DRIVER_SQL_H

#include "script/bind_engine.h"

/* `parameters`: None, a tuple, a list or a dict of one execution, or a list of these. */
bool driver_sql_execute(Vm *vm, Conn *conn, Str sql, Value parameters, Value *result);

#endif
