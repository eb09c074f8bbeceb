/* SPDX-License-Identifier: MIT */
/*
 * What operators do to the built-in types. The VM's slow paths and native.h's value_binary and its
 * kin call these once they know that no script's class has a say: the functions look only at an
 * object's layout (ObjKind), so that an instance of a script's subclass of `list` is a list here.
 * The caller has looked for overriding dunder methods first.
 *
 * "Not implemented" means: *result is TAG_NOT_IMPLEMENTED and the function returns true; the caller
 * goes on (reflected methods of the other operand) or raises the TypeError with
 * operator_unsupported. Each returns false after raising. Those that compare or hash items may run
 * scripts.
 */
#ifndef LIMBECK_PY_OPERATORS_H
#define LIMBECK_PY_OPERATORS_H

#include "base/buf.h"
#include "py/opcode.h"
#include "py/value.h"

typedef enum UnaryOp { UNARY_NEGATIVE, UNARY_POSITIVE, UNARY_INVERT, UNARY_ABS } UnaryOp;

/* int, bool, float, str, bytes, list, tuple, dict, set, and the views of dicts. */
bool operator_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
/*
 * `a += b` where that changes `a` itself (list, set, dict, bytearray): *result is then `a`. Not
 * implemented for all others: go on with operator_binary.
 */
bool operator_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
/* numbers; not implemented for all else. */
bool operator_unary(Vm *vm, UnaryOp op, Value a, Value *result);
/* A bool. EQ and NE of values that cannot be compared are "not implemented" as well: then identity.
 */
bool operator_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result);

/* Raises "unsupported operand type(s) for +: 'int' and 'str'" (or "+=", "** or pow()"). */
bool operator_unsupported(Vm *vm, BinaryOp op, bool inplace, Value a, Value b);
/* Raises "'<' not supported between instances of 'int' and 'str'". */
bool operator_unorderable(Vm *vm, CompareOp op, Value a, Value b);

/* "+", "<<", ...; "<=". */
const char *binary_symbol(BinaryOp op);
const char *compare_symbol(CompareOp op);
/* "__add__", "__radd__", "__iadd__"; "__lt__", and what the other side is asked: "__gt__". */
CompareOp compare_swapped(CompareOp op);

/*
 * Containers. Not implemented (for operator_contains and get): no such container; the caller raises
 * "argument of type 'int' is not iterable" or "'int' object is not subscriptable".
 */
bool operator_contains(Vm *vm, Value container, Value item, Value *result);
/* A missing key of a subclass of dict asks its __missing__. */
bool operator_getitem(Vm *vm, Value container, Value key, Value *result);
/* *done is false when `container` is not a mutable built-in. A key of TAG_UNSET is not allowed. */
bool operator_setitem(Vm *vm, Value container, Value key, Value item, bool *done);
bool operator_delitem(Vm *vm, Value container, Value key, bool *done);
/* *length is -1 when the value has none. Never fails. */
void operator_length(Value v, int64_t *length);
/* The truth of numbers, None and containers; *known is false for all others (true in Python). */
bool operator_truth(Value v, bool *known);

/*
 * The hash of a built-in; raises "unhashable type: 'list'". Equal numbers hash alike. Values
 * without a hash of their own (functions, modules, ...) hash by identity. May run scripts (items of
 * tuples).
 */
bool operator_hash(Vm *vm, Value v, uint64_t *hash);
/*
 * Appends repr(v) or str(v) of a built-in, with "[...]" where a container holds itself. *known is
 * false, and nothing was appended, when `v` is none of the types of operator_binary, range, slice,
 * None, Ellipsis or NotImplemented. May run scripts.
 */
bool operator_repr(Vm *vm, Value v, Buf *out, bool *known);
bool operator_str(Vm *vm, Value v, Buf *out, bool *known);
/* Appends repr(v) of any value. May run scripts. */
bool repr_put(Vm *vm, Value v, Buf *out);

#endif
