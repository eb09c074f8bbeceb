/* SPDX-License-Identifier: MIT */
/* A value as JSON text, spelled as Python's json.dumps does. */
#ifndef LIMBECK_SQL_JSON_TEXT_H
#define LIMBECK_SQL_JSON_TEXT_H

#include "base/datum.h"
#include "base/error.h"

/* ERR_SCHEMA for what JSON cannot hold. */
bool json_text(Arena *arena, const Datum *value, Str *text, Error *err);

/* A float as Python's repr() prints it. */
Str float_text(Arena *arena, double real);

#endif
