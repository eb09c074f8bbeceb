/* SPDX-License-Identifier: MIT */
/* Operations on any values, as instructions need them beyond py/native.h. All may run scripts. */
#ifndef LIMBECK_PY_VM_OPS_H
#define LIMBECK_PY_VM_OPS_H

#include "py/native.h"
#include "py/opcode.h"
#include "py/state.h"

bool op_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool op_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool op_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result);
/* -, +, ~: the opcode tells which. */
bool op_unary(Vm *vm, Opcode op, Value a, Value *result);
bool op_contains(Vm *vm, Value container, Value item, bool *is);
bool op_delitem(Vm *vm, Value container, Value key);
bool op_length(Vm *vm, Value v, int64_t *length);
/* Unpacks into `out` from the last to the first, so that the first is on top of the stack. */
bool op_unpack(Vm *vm, Value v, size_t before, size_t after, bool starred, Value *out);
bool op_format(Vm *vm, Value v, unsigned flags, Value spec, Value *result);
/* d.update(mapping) for displays and calls; `merge`: for **kwargs of `callee`. */
bool op_dict_update(Vm *vm, DictObj *dict, Value mapping, bool merge, Value callee);
/* ascii(v) */
bool vm_ascii(Vm *vm, Value v, Value *text);
bool op_list_extend(Vm *vm, ListObj *list, Value iterable);

/* A tag of the class's own __xxx__ method, found past object's: TAG_UNSET when it is the built-in.
 */
Value op_script_method(Vm *vm, Value v, StrObj *name);

#endif
