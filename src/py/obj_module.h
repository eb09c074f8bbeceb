/* SPDX-License-Identifier: MIT */
/* Modules. */
#ifndef LIMBECK_PY_OBJ_MODULE_H
#define LIMBECK_PY_OBJ_MODULE_H

#include "py/compile.h"
#include "py/native.h"
#include "py/obj_dict.h"

typedef struct ModuleObj { /* OBJ_MODULE */
    Obj head;
    DictObj *attrs;             /* its namespace */
    const NativeModule *native; /* or NULL */
    Value opaque;               /* what missing names are made of, or TAG_UNSET */
    bool loading;               /* its body runs */
    bool served;                /* native or a prelude: names it lacks are not the user's mistake */
} ModuleObj;

static inline ModuleObj *as_module(Value v)
{
    return (ModuleObj *)v.object;
}
/* With __name__, __doc__, __package__, __loader__ and __spec__ set. */
ModuleObj *module_new(Vm *vm, Str name);
/* Its __name__, or "?". */
Str module_name(Vm *vm, const ModuleObj *module);
/*
 * builtins.name: made when first asked for; TAG_UNSET when there is none. Classes, exceptions,
 * functions and constants.
 */
Value builtin_find(Vm *vm, StrObj *name);
/* All of them are in vm->builtins afterwards. */
void builtin_fill(Vm *vm);
/* IMPORT_NAME. `may_fail`: what cannot be served raises ModuleNotFoundError; else it is Opaque. */
bool import_name(Vm *vm, Str name, Value fromlist, int64_t level, DictObj *globals, bool may_fail,
                 Value *result);
bool import_from(Vm *vm, Value module, StrObj *name, Value *result);
bool import_star(Vm *vm, Value module, Value namespace);
/* Runs code as a module's body. */
bool module_run(Vm *vm, ModuleObj *module, const Code *code);
/* compile_text into the Vm's arena. */
bool vm_compile(Vm *vm, Str text, Str file, CompileMode mode, const Code **code, Error *err);

#endif
