/* SPDX-License-Identifier: MIT */
/* The part of json_bind that knows expressions and queries. */
#ifndef LIMBECK_TESTS_UNIT_JSON_QUERY_H
#define LIMBECK_TESTS_UNIT_JSON_QUERY_H

#include "ops/op_def.h"

typedef VEC(Datum) Datums;

/* `t` and `u` of record.py, and their columns ("t.c.a"); NULL for other names. */
bool query_name(Arena *arena, Str name, Datum *value);
/* sa.select(...) and the like; false when the name is none of these. */
bool query_call(Arena *arena, Str name, const Datums *args, const Map *keywords, Datum *value);
/* object.method(...); false when there is no such method. */
bool query_method(Arena *arena, Str name, const Datum *of, const Datums *args, const Map *keywords,
                  Datum *value);
/* alias.c.name */
Datum query_column(Arena *arena, const Datum *of, Str name);
Datum datum_of_expr(Expr *expr);

#endif
