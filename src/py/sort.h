/* SPDX-License-Identifier: MIT */
/* Sorting as list.sort does: stable, by `<` only, of the keys where a key function is given. */
#ifndef LIMBECK_PY_SORT_H
#define LIMBECK_PY_SORT_H

#include "py/native.h"

/*
 * Sorts the items of a list in place. `key` is None or a callable. When a comparison raises the
 * list keeps its items in the order they had. May run scripts; ValueError "list modified during
 * sort".
 */
bool list_sort(Vm *vm, Value list, Value key, bool reverse);

#endif
