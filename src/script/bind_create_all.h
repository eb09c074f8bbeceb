/* SPDX-License-Identifier: MIT */
/*
 * MetaData.create_all() and drop_all() on a Connection, an Engine,
 * a mock engine, or as SQL text.
 */
#ifndef LIMBECK_SCRIPT_BIND_CREATE_ALL_H
#define LIMBECK_SCRIPT_BIND_CREATE_ALL_H

#include "script/bind.h"

/* Table.create() and drop(): with the types and sequences of its columns. */
bool table_create_drop(Vm *vm, Value table, Value bind, Value checkfirst, bool create);
/* Methods of MetaData. */
bool metadata_create_all(Vm *vm, Call *call);
bool metadata_drop_all(Vm *vm, Call *call);

/*
 * What `create-all` does: create_all() of every MetaData that the environment named, on the
 * context's connection, in one transaction; offline as text. Fails when there is no MetaData.
 */
bool script_create_all(Script *script, MigrationContext *context, Error *err);

#endif
