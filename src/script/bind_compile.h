/* SPDX-License-Identifier: MIT */
/* sqlalchemy.ext.compiler, and small values of the module sqlalchemy. */
#ifndef LIMBECK_SCRIPT_BIND_COMPILE_H
#define LIMBECK_SCRIPT_BIND_COMPILE_H

#include "script/bind.h"

extern const NativeRow compiles_row, deregister_row;
/* What a function of @compiles gets; what expression.compile() gives. */
extern const NativeClass compiler_class, compiled_class;

bool null_type_make(Vm *vm, Value *v);
bool version_make(Vm *vm, Value *v);
bool postgresql_dialect_make(Vm *vm, Value *v);
bool mysql_dialect_make(Vm *vm, Value *v);
bool sqlite_dialect_make(Vm *vm, Value *v);
bool mssql_dialect_make(Vm *vm, Value *v);
bool oracle_dialect_make(Vm *vm, Value *v);

#endif
