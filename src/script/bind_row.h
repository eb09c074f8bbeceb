/* SPDX-License-Identifier: MIT */
/* Rows of results: a tuple with names. The names are shared by all rows of a result. */
#ifndef LIMBECK_SCRIPT_BIND_ROW_H
#define LIMBECK_SCRIPT_BIND_ROW_H

#include "script/bind_engine.h"

/* Column names, counted by the result and the rows that use them. */
typedef struct Keys {
    size_t users, count;
    Str *names;
    bool strict; /* of a SELECT: a name that two columns have is an error where it is asked for */
} Keys;

Keys *keys_new(const DbColumn *columns, size_t count);
/* Some of them, in another order. */
Keys *keys_pick(const Keys *keys, const size_t *picked, size_t count);
void keys_release(Keys *keys);
/* The last column of that name, or -1. */
int64_t keys_find(const Keys *keys, Str name);
/* The same for scripts: raises NoSuchColumnError, or what keys_unambiguous() does. */
bool keys_place(Vm *vm, const Keys *keys, Str name, int64_t *place);
/* Raises where the Keys are strict and a column before `last` has that name, too. */
bool keys_unambiguous(Vm *vm, const Keys *keys, Str name, int64_t last);
Value keys_list(Vm *vm, const Keys *keys);

/* `mapping`: as result.mappings() gives it. */
Value row_new(Vm *vm, Keys *keys, const Value *values, size_t count, bool mapping);

#endif
