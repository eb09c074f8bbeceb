/* SPDX-License-Identifier: MIT */
/* Operations as scripts see them (alembic.operations.ops), and the way back. */
#ifndef LIMBECK_SCRIPT_BIND_OPS_H
#define LIMBECK_SCRIPT_BIND_OPS_H

#include "ops/op_def.h"
#include "script/state.h"

/* The native half of the prelude alembic.operations.ops. */
void bind_ops_register(Vm *vm);
/* The op that an object of alembic.operations.ops stands for; of a script's own class, a ScriptOp.
 */
bool op_of_object(Vm *vm, Value v, Op **op);
/* A list of the ops' boxes, and the way back. */
Value op_boxes(Vm *vm, const OpVec *ops);
bool op_boxes_take(Vm *vm, Value list, OpVec *ops);
/* The op that the box holds, or NULL. */
Op *op_of_box(Value v);
/* As op_reverse_all, also of operations whose classes scripts made. */
bool ops_reverse_all(Vm *vm, const OpVec *ops, OpVec *reversed, Error *err);

#endif
