/* SPDX-License-Identifier: MIT */
/* The `%s` and `%(name)s` of Python's drivers, which stand anywhere: in quotes and comments too. */
#ifndef LIMBECK_DB_PYFORMAT_H
#define LIMBECK_DB_PYFORMAT_H

#include "db/db.h"

/*
 * The text with each placeholder replaced by its value's literal, and `%%` by `%`. `names`: the
 * values are looked up by name; NULL: they are taken in order. ERR_SCRIPT with "IndexError: ...",
 * "KeyError: ...", "TypeError: ..." as Python words it, when they do not fit.
 */
bool pyformat_render(Conn *conn, Arena *arena, Str sql, const StrVec *names, const DbValue *values,
                     size_t count, Str *out, Error *err);

#endif
