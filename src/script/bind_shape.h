/* SPDX-License-Identifier: MIT */
/*
 * What was read of a table as the lists and dicts that SQLAlchemy's inspector gives, with the keys
 * of that database's dialect in its order.
 */
#ifndef LIMBECK_SCRIPT_BIND_SHAPE_H
#define LIMBECK_SCRIPT_BIND_SHAPE_H

#include "script/bind.h"
#include "sql/reflect.h"

typedef bool Shape(Vm *vm, const Dialect *dialect, const Table *table, Value *shape);

Shape shape_columns, shape_primary_key, shape_foreign_keys, shape_uniques, shape_checks,
    shape_indexes, shape_comment;

/* get_enums() and get_domains(): those of a schema, "*" all, STR_NONE what the search path finds.
 */
Value shape_enums(Vm *vm, const Reflection *reflection, Str schema);
Value shape_domains(Vm *vm, const Reflection *reflection, Str schema);

Value shape_texts(Vm *vm, const StrVec *texts);

#endif
