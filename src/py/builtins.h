/* SPDX-License-Identifier: MIT */
/* The built-in classes' methods and the module `builtins`, as rows for the VM to make them of. */
#ifndef LIMBECK_PY_BUILTINS_H
#define LIMBECK_PY_BUILTINS_H

#include "py/native.h"

/*
 * A class whose instances the heap lays out itself (size is 0 in `native`). "__new__(cls, ...)" among
 * the methods makes an instance: cls is the class or a script's subclass. Dunder rows ("__add__", ...)
 * are there for scripts that call or override them; the VM itself goes by operators.h.
 */
typedef struct BuiltinType {
    const NativeClass *native;
    ObjKind kind; /* of its objects; OBJ_BIGINT for int (and bool), OBJ_INSTANCE for float and None */
    Tag tag;      /* of its values that are no objects, else TAG_OBJECT */
    bool final;   /* "type 'bool' is not an acceptable base type" */
} BuiltinType;

/* object and type are not among them: they are the VM's own. Bases come before what inherits. */
extern const BuiltinType builtin_types[];
extern const size_t builtin_type_count;

/* The functions of the module (not the classes, exceptions and constants). */
extern const NativeRow builtin_functions[];
extern const size_t builtin_function_count;

#endif
