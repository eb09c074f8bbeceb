/* SPDX-License-Identifier: MIT */
/* Which tables, types and sequences of a MetaData a database has already: for create_all(). */
#ifndef LIMBECK_MIGRATE_THERE_H
#define LIMBECK_MIGRATE_THERE_H

#include "db/db.h"
#include "ops/create_all.h"

/* Names in the schemas that the MetaData uses; in a constant number of queries. */
bool there_read(Conn *conn, Arena *arena, const MetaData *metadata, SchemaNames *there, Error *err);

#endif
