/* SPDX-License-Identifier: MIT */
/* dict, its views, set and frozenset under the operators; see operators.h, whose contracts hold
 * here. */
#ifndef LIMBECK_PY_MAPPING_H
#define LIMBECK_PY_MAPPING_H

#include "py/native.h"
#include "py/obj_dict.h"
#include "py/operators.h"

extern const NativeClass dict_keys_class, dict_values_class, dict_items_class;

bool mapping_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool mapping_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool mapping_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result);
bool mapping_contains(Vm *vm, Value container, Value item, Value *result);
bool mapping_getitem(Vm *vm, Value dict, Value key, Value *result);
bool mapping_delitem(Vm *vm, Value dict, Value key);
/* Of a frozenset. */
bool mapping_hash(Vm *vm, Value set, uint64_t *hash);

/* A view of a dict, of one of the classes above. */
Value dict_view(Vm *vm, const NativeClass *of, Value dict);
/* The dict of a view, or TAG_UNSET. */
Value dict_view_source(Vm *vm, Value view, const NativeClass **of);
/* dict.update(source): a mapping with keys(), or an iterable of pairs. May run scripts. */
bool dict_update(Vm *vm, Value dict, Value source);
/* Adds all items of an iterable. May run scripts. */
bool set_extend(Vm *vm, Value set, Value iterable);
/* A set's items in a new set (of the same kind when `frozen` says so). */
Value set_copy(Vm *vm, Value set, bool frozen);
/* a OP b where both are set or frozenset: BINARY_OR, AND, SUBTRACT, XOR. */
bool set_combine(Vm *vm, BinaryOp op, Value a, Value b, bool frozen, Value *result);
/* Every item of a is in b. */
bool set_is_subset(Vm *vm, Value a, Value b, bool *is);

#endif
