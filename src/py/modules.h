/* SPDX-License-Identifier: MIT */
/* The built-in modules: those written in C, and the script sources embedded in the binary. */
#ifndef LIMBECK_PY_MODULES_H
#define LIMBECK_PY_MODULES_H

#include "py/native.h"
#include "py/vm.h"

/* Makes all of them importable; called by vm_new. Nothing is initialised before it is imported. */
void modules_register(Vm *vm);

/*
 * For names that Python has and Limbeck does not serve: the row's function raises
 * NotImplementedError "limbeck does not serve os.fork". A module lists them in one text,
 * "fork forkpty ...", and they are entered as functions.
 */
bool module_refuse(Vm *vm, Value module, const char *names);

#endif
