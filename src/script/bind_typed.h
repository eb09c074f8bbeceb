/* SPDX-License-Identifier: MIT */
#ifndef LIMBECK_SCRIPT_BIND_TYPED_H
#define LIMBECK_SCRIPT_BIND_TYPED_H

#include "script/bind_engine.h"

/* What a type of SQLAlchemy makes of what the driver gave; `type` NULL: nothing. */
bool typed_value(Vm *vm, const DbColumn *column, const Type *type, Value raw, Value *v);

#endif
