/* SPDX-License-Identifier: MIT */
/*
 * Events that are sent to listeners of scripts (prelude sqlalchemy.event): of connections and of
 * DDL. A script that never imported sqlalchemy.event costs nothing.
 */
#ifndef LIMBECK_SCRIPT_BIND_EVENT_H
#define LIMBECK_SCRIPT_BIND_EVENT_H

#include "db/db.h"
#include "script/bind.h"

/* Whether a script can have listened to anything: it imported sqlalchemy.event. */
bool event_listened(Vm *vm);
/* before_create, after_create, before_drop, after_drop of a Table or MetaData. */
bool event_fire_ddl(Vm *vm, Value target, const char *name, Value bind);
/* after_parent_attach of a table's columns, and of the table. */
bool event_fire_attach(Vm *vm, Value table);
/* "connect": a connection was just opened, by `engine` (None: by Limbeck itself). */
bool event_fire_connect(Vm *vm, Value engine, Conn *conn);

#endif
