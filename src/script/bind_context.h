/* SPDX-License-Identifier: MIT */
/* alembic.context, alembic.runtime.migration, alembic.config and alembic.script. */
#ifndef LIMBECK_SCRIPT_BIND_CONTEXT_H
#define LIMBECK_SCRIPT_BIND_CONTEXT_H

#include "script/state.h"

extern const NativeClass migration_context_class, config_class, script_directory_class;
/* The functions of alembic.context, by name. */
bool context_lookup(Vm *vm, Str name, Value *v);

/* The object of a context, always the same. */
Value migration_context_box(Vm *vm, MigrationContext *context);
/* The way back; raises TypeError. */
bool migration_context_of(Vm *vm, Value v, MigrationContext **context);
/* The keywords of the context.configure() that made it; None where none did. */
Value context_keywords(Vm *vm, MigrationContext *context);
/* The Connection that the context was configured with; None offline. */
bool context_bind_value(Vm *vm, MigrationContext *context, Value *bind);

/* The Config of the run. */
bool config_value(Vm *vm, Value *v);
/* The ScriptDirectory of the run. */
bool script_directory_value(Vm *vm, Value *v);

/* The revisions, read when they are first asked for; NULL where a command has none. */
bool run_graph(Vm *vm, Graph **graph);
/* After run_migrations failed: raises again what a script raised, or what `err` says. */
bool raise_migration(Vm *vm, const MigrationContext *context, const Error *err);

#endif
