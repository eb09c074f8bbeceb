/* SPDX-License-Identifier: MIT */
/* The version table: made, read, and moved by exactly one row a change. */
#ifndef LIMBECK_MIGRATE_VERSION_H
#define LIMBECK_MIGRATE_VERSION_H

#include "migrate/context.h"

/* Tables of Limbeck's own in the version table's schema. */
#define LEASE_TABLE "limbeck_lease"
#define LOG_TABLE "limbeck_statement"
/* Their names; NULL behind the last. */
extern const char *const migrate_tables[];

/* The table as SQL writes it: quoted where need be, with its schema. */
Str version_table_name(const MigrationContext *context, Arena *arena);
/* The rows; none when the table is not there. */
bool version_read(MigrationContext *context, Arena *arena, StrVec *rows, Error *err);
bool version_exists(MigrationContext *context, bool *exists, Error *err);
/* CREATE TABLE, run or printed. */
bool version_create(MigrationContext *context, Error *err);
bool version_empty(MigrationContext *context, Error *err);
/* ERR_COMMAND unless the change met exactly one row. */
bool version_check_count(MigrationContext *context, const RowChange *change, int64_t count,
                         Error *err);
/* One INSERT, UPDATE or DELETE, sent by post_change: the rows that it meets are counted there. */
bool version_change(MigrationContext *context, const RowChange *change, Error *err);
/* The same rows, in any order. */
bool version_same(const StrVec *a, const StrVec *b);

#endif
