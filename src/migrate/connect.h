/* SPDX-License-Identifier: MIT */
/* Connecting to a database that is busy at the moment: waiting for it, and saying so. */
#ifndef LIMBECK_MIGRATE_CONNECT_H
#define LIMBECK_MIGRATE_CONNECT_H

#include "db/db.h"
#include "migrate/run.h"

/*
 * db_open, again and again for `limit_ms` while the server starts, or lets nobody else in; `err` is
 * that of the last try.
 */
bool connect_open(const Run *run, Arena *arena, const Url *url, const DbOptions *options,
                  int limit_ms, Conn **conn, Error *err);

#endif
