/* SPDX-License-Identifier: MIT */
/*
 * alembic.op and alembic.operations: directives called by scripts become operations, and run on a
 * migration context. A directive is called on the module (the context configured last), on an
 * Operations object (its own context), or on what batch_alter_table gives.
 */
#ifndef LIMBECK_SCRIPT_BIND_OP_H
#define LIMBECK_SCRIPT_BIND_OP_H

#include "ops/op_batch.h"
#include "script/state.h"

/* An open `with op.batch_alter_table(...)`. */
typedef struct BatchScope {
    Batch *batch;
    MigrationContext *context;
} BatchScope;

/* Whom a directive is called on. */
typedef struct OpTarget {
    MigrationContext *context; /* NULL: the one configured last */
    BatchScope *batch;         /* or NULL */
} OpTarget;

extern const NativeClass operations_class, batch_operations_class, batch_manager_class;

/* Raises for an option that no dialect takes for what the directive makes. */
bool op_options_check(Vm *vm, const OpDef *def, Op *op);
/* The function of a directive on `target` (NULL: the module's); unset when there is none. */
bool op_function(Vm *vm, Str name, OpTarget *target, Value *v);
/* alembic.op's names. */
bool op_lookup(Vm *vm, Str name, Value *v);
/* The context to run on; raises when none is configured. */
bool op_context(Vm *vm, const OpTarget *target, MigrationContext **context);
/* Runs an operation on its target: at once, or collected by the batch. */
bool op_run(Vm *vm, OpTarget *target, Op *op);
/* An Operations object for a context. */
Value operations_new(Vm *vm, MigrationContext *context);
/* What batch_alter_table gives: a context manager whose __enter__ gives the BatchOperations. */
bool batch_manager_new(Vm *vm, OpTarget *target, const Args *args, Value *v);

#endif
