/* SPDX-License-Identifier: MIT */
/* What a database's typed columns are for a script: the values that the Python driver makes. */
#ifndef LIMBECK_SCRIPT_BIND_VALUE_H
#define LIMBECK_SCRIPT_BIND_VALUE_H

#include "script/bind_engine.h"

/*
 * The value of a column: Decimal, date, datetime, timedelta, UUID, list, ... as psycopg2 gives
 * them, by what the server says of the column. JSON is read unless `raw_json`. ValueError for what
 * Python has no value for (a date before the year 1).
 */
bool db_column_value(Vm *vm, const DbColumn *column, const DbValue *from, bool raw_json, Value *v);
/* The text of an array whose items are `element` as a list, nested as it is. */
bool db_array_value(Vm *vm, DbKind element, Str text, Value *v);
/* An object of a script that says what it is as a parameter (a range, a Json) becomes that. */
bool object_parameter(Vm *vm, Datum *datum);

#endif
