/* SPDX-License-Identifier: MIT */
/* The Python drivers' exceptions: the module sqlalchemy._dbapi, and failures as exceptions. */
#ifndef LIMBECK_SCRIPT_BIND_DBAPI_H
#define LIMBECK_SCRIPT_BIND_DBAPI_H

#include "script/bind.h"

/* The names of the module. */
bool dbapi_lookup(Vm *vm, Str name, Value *v);
/*
 * Raises the class of sqlalchemy.exc with the driver's own exception as its orig. `params` is what
 * the statement ran with: a tuple, a dict, a list of them, or None. Returns false.
 */
bool dbapi_raise(Vm *vm, const DbFailure *failure, const Error *err, Value params);

#endif
