/* SPDX-License-Identifier: MIT */
/*
 * What scripts see of a connection below SQLAlchemy: the object that listeners of "connect" get.
 * Its face, a connection with cursors, is the prelude sqlalchemy._driver.
 */
#ifndef LIMBECK_SCRIPT_BIND_DRIVER_H
#define LIMBECK_SCRIPT_BIND_DRIVER_H

#include "db/db.h"
#include "script/bind.h"

extern const NativeClass driver_class;
/* sqlalchemy.make_directory(path): what Flask-SQLAlchemy makes for an application's database. */
extern const NativeRow make_directory_row;
/* Valid while the connection is open; raises when it is used later. */
Value driver_new(Vm *vm, Conn *conn);

#endif
