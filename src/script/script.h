/* SPDX-License-Identifier: MIT */
/*
 * The scripts of a run: one VM in which env.py, the revision files and the templates of a command
 * run. The VM is made when it is first needed.
 *
 *     Script *script = script_new(run);
 *     if (!env_run(script, err)) ...
 *
 * script_new sets run->prepare and run->body: the bodies of .py revisions.
 */
#ifndef LIMBECK_SCRIPT_SCRIPT_H
#define LIMBECK_SCRIPT_SCRIPT_H

#include "migrate/context.h"
#include "py/native.h"
#include "py/vm.h"
#include "schema/calls.h"

typedef struct ScriptState ScriptState; /* private to script/ */

typedef struct Script {
    Run *run;
    Arena *arena;    /* the run's */
    Str url;         /* --url: wins over what env.py says; env_run reads it */
    Vm *vm;          /* NULL until script_vm() */
    struct ScriptDirectory
        *directory; /* script/source.h; a command sets it. NULL: the scripts' own */
    ScriptCalls calls;
    ScriptState *state;
} Script;

/* In run->arena; options come from [limbeck] and its environment. The Script lives as long as the
 * run. */
Script *script_new(Run *run);
/* The VM, with the modules alembic and sqlalchemy; sys.path is prepend_sys_path. */
bool script_vm(Script *script, Vm **vm, Error *err);
/* The Script that a native function runs for. */
Script *script_of(Vm *vm);

#endif
