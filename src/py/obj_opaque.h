/* SPDX-License-Identifier: MIT */
/*
 * What an import that cannot be served gives: attributes, calls, subscripts, decorators and base
 * classes made of it are Opaque too, and so is what operators make of it. Where its value matters
 * (truth, iteration, comparison, formatting, with, except) it is an error that names the import
 * and its line.
 */
#ifndef LIMBECK_PY_OBJ_OPAQUE_H
#define LIMBECK_PY_OBJ_OPAQUE_H

#include "base/error.h"
#include "py/heap.h"

typedef struct OpaqueObj { /* OBJ_OPAQUE */
    Obj head;
    Str module; /* as imported: "google.cloud" */
    Str path;   /* how it was made of it: "google.cloud.storage.Client()" */
    Loc loc;    /* of the import */
    bool of_function; /* what a decorator made of a script's function */
} OpaqueObj;

static inline OpaqueObj *as_opaque(Value v)
{
    return (OpaqueObj *)v.object;
}
Value opaque_new(Vm *vm, Str module, Loc loc);
/* One made of `from`: `suffix` is ".name", "()", "[]". */
Value opaque_derive(Vm *vm, Value from, Str suffix);
/* path and suffix joined, kept once a Vm. Both together are short. */
Str str_intern_path(Vm *vm, Str path, Str suffix);
/* "'google.cloud' (imported at env.py:3)" */
Str opaque_place(Arena *arena, Value opaque);
/*
 * Raises: "'google.cloud.storage' (imported at env.py:3) is needed ... but cannot be imported".
 * `use` says what for: "a condition". Returns false.
 */
bool opaque_refuse(Vm *vm, Value opaque, const char *use);

/* One entry for each module that was imported so, for reports. */
typedef struct OpaqueImport {
    Str module;
    Loc loc;
} OpaqueImport;
size_t vm_opaque_imports(Vm *vm, const OpaqueImport **imports);
/*
 * The first Opaque among the bases and the attributes of a class and its ancestors: what may bring
 * more along; not dunders, nor what a decorator made of a function. Or TAG_UNSET.
 */
Value opaque_within(Value cls);
/* [(Opaque, namespace)] of the classes with none but Opaque bases. */
Value vm_opaque_classes(Vm *vm);

#endif
