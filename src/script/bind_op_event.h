/* SPDX-License-Identifier: MIT */
/* The events of DDL that directives send, where a script listens (prelude sqlalchemy.event). */
#ifndef LIMBECK_SCRIPT_BIND_OP_EVENT_H
#define LIMBECK_SCRIPT_BIND_OP_EVENT_H

#include "script/bind_op.h"

/*
 * As op_run, for a directive that a script called: create_table, add_column and drop_table send
 * what SQLAlchemy sends when it makes and drops their Table. What listeners add to the table
 * is created with it.
 */
bool op_run_heard(Vm *vm, OpTarget *target, Op *op);

#endif
