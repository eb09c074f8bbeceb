/* SPDX-License-Identifier: MIT */
/*
 * The virtual machine: one per run of an environment. Not thread-safe; several may live side by
 * side, each with its own heap, os.environ, working directory and loggers.
 */
#ifndef LIMBECK_PY_VM_H
#define LIMBECK_PY_VM_H

#include <signal.h>

#include "base/error.h"
#include "base/log.h"
#include "base/vec.h"
#include "py/value.h"

typedef struct VmLimits {
    size_t depth;        /* script frames; default 1,000 */
    size_t heap_bytes;   /* default 256 MiB */
    size_t string_bytes; /* of one str, bytes or list; default 64 MiB */
    uint64_t steps;      /* 0 = no limit */
    double seconds;      /* 0 = no limit */
} VmLimits;

typedef struct VmOptions {
    VmLimits limits;   /* a zero depth or size means its default */
    uint64_t gc_stress; /* collect at every so many safe points; 0: when it is time */
    const StrVec *search_path; /* sys.path; may be NULL */
    const StrVec *argv;        /* sys.argv; may be NULL */
    LogTree *log;              /* what logging shows; NULL: the Vm makes a tree of its own */
    /* Not 0: KeyboardInterrupt is raised at the next safe point. May be NULL. */
    const volatile sig_atomic_t *interrupted;
} VmOptions;

/* The arena owns the Vm; freeing it frees all objects. Built-in modules are registered. */
Vm *vm_new(Arena *arena, const VmOptions *options);
/* Lives as long as the Vm: for what natives keep. */
Arena *vm_arena(Vm *vm);
/* A slot for the floor above: what natives of script/ find their run by. */
void vm_set_context(Vm *vm, void *context);
void *vm_context(Vm *vm);
/* The tree of loggers that C and scripts share. */
LogTree *vm_log(Vm *vm);

/*
 * Compiles and runs a file as a module named `name` ("__main__", "env_py", ...), and gives the
 * module. `name` is entered in sys.modules when `register_name`. An uncaught exception becomes
 * ERR_SCRIPT or ERR_SYNTAX with traceback in `err`; SystemExit becomes ERR_SCRIPT with its code in
 * err->detail.
 */
bool vm_run_file(Vm *vm, Str path, Str name, bool register_name, Value *module, Error *err);
/* The same for a caller inside a script: the exception stays pending in the VM. */
bool vm_load_file(Vm *vm, Str path, Str name, bool register_name, Value *module);
/*
 * The same of files whose texts outlive the VM, compiled with two threads; not registered. Between
 * vm_ahead_start and vm_ahead_end each file is loaded at most once.
 */
typedef struct VmFile {
    Str path, text;
} VmFile;
void vm_ahead_start(Vm *vm, const VmFile *files, size_t count);
bool vm_ahead_load(Vm *vm, size_t at, Str name, Value *module);
void vm_ahead_end(Vm *vm);
/* As vm_run_file, from text. */
bool vm_run_source(Vm *vm, Str source, Str path, Str name, Value *module, Error *err);

/*
 * A prelude: script source embedded in the binary that serves as the module `name`, with what
 * code_pack made of it.
 */
typedef struct PreludeModule {
    const char *name;
    const char *source;
    size_t size;
    const uint32_t *code;
} PreludeModule;
void vm_add_prelude(Vm *vm, const PreludeModule *prelude);

/* Between two pieces of work that take their time anyway: collects, if much was made since. */
void vm_rest(Vm *vm);

#endif
