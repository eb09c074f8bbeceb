/* SPDX-License-Identifier: MIT */
/* What the ORM's preludes need of C: the module sqlalchemy.orm._native. */
#ifndef LIMBECK_SCRIPT_BIND_ORM_H
#define LIMBECK_SCRIPT_BIND_ORM_H

#include "script/bind.h"

/*
 * An attribute of a mapped class that is a column. Of the class: the Column (or label). Of an
 * object: its value in __dict__, else what `missing` loads. Setting tells the object's state
 * (_sa_instance_state.modified) the value that was.
 */
extern const NativeClass attribute_class;

/* Those of them that read class bodies; see row_find. */
extern const NativeRow orm_scan_functions[];

/* The names of the module. */
bool orm_lookup(Vm *vm, Str name, Value *v);

#endif
