/* SPDX-License-Identifier: MIT */
/* The built-in modules: those written in C, and the script sources embedded in the binary. */
#ifndef LIMBECK_PY_MODULES_H
#define LIMBECK_PY_MODULES_H

#include "py/native.h"
#include "py/vm.h"

extern const NativeModule datetime_module, json_module, logging_module, logging_config_module,
    os_module, path_module, posixpath_module, re_module, sys_module, time_module, tomllib_module,
    traceback_module, types_module, typing_module, uuid_module, weakref_module;

/* Makes all of them importable; called by vm_new. Nothing is initialised before it is imported. */
void modules_register(Vm *vm);

/*
 * For names that Python has and Limbeck does not serve: the row's function raises
 * NotImplementedError "limbeck does not serve os.fork". A module lists them in one text,
 * "fork forkpty ...", and they are entered as functions.
 */
bool module_refuse(Vm *vm, Value module, const char *names);

/*
 * The body of a module's __getattr__(name): the name is looked up in the module `script`, which is
 * imported only then.
 */
bool module_more(Vm *vm, Call *call, const char *module, const char *script);

/* Small help for the modules' sources. */

/* callee(*args, **keywords); `args` is a tuple, `keywords` a dict or TAG_UNSET. */
bool call_tuple(Vm *vm, Value callee, Value args, Value keywords, Value *result);
/* import module; module.name */
bool import_attr(Vm *vm, const char *module, const char *name, Value *result);
bool module_set_class(Vm *vm, Value module, const NativeClass *native);
/* The Class of a class value; asserts that it is one. */
static inline Class *class_ptr(Value v)
{
    return (Class *)v.object;
}
/* str(v), borrowed; the value is pushed on the roots and stays there: the caller pops one. */
bool push_str(Vm *vm, Value v, Str *text);
/* A str argument where None means "not given": STR_NONE. */
bool to_opt_str(Vm *vm, Value v, Str *text);
/* True when the value is an instance of the class. */
bool is_instance(Vm *vm, Value v, const NativeClass *native);

#endif
