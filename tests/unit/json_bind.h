/* SPDX-License-Identifier: MIT */
/* Builds ops and schema structs from the JSON trees of ddl/cases.json, by their records. */
#ifndef LIMBECK_TESTS_UNIT_JSON_BIND_H
#define LIMBECK_TESTS_UNIT_JSON_BIND_H

#include <jansson.h>

#include "ops/op_def.h"

/* The value of an expression as Python would have it; false with `err` where Python would raise. */
bool json_bind(Arena *arena, const json_t *tree, Datum *value, Error *err);

#endif
