/* SPDX-License-Identifier: MIT */
/*
 * str, bytes, list, tuple, range and slice under the operators; see operators.h, whose contracts
 * hold here. A code point's place in a str is found by counting, at once where the text is ASCII.
 */
#ifndef LIMBECK_PY_SEQUENCE_H
#define LIMBECK_PY_SEQUENCE_H

#include "py/obj_iter.h"
#include "py/obj_list.h"
#include "py/obj_str.h"
#include "py/operators.h"

/* str, bytes, list or tuple. */
bool sequence_is(Value v);
bool sequence_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool sequence_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool sequence_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result);
bool sequence_contains(Vm *vm, Value container, Value item, Value *result);
bool sequence_getitem(Vm *vm, Value container, Value key, Value *result);
bool sequence_setitem(Vm *vm, Value container, Value key, Value item, bool *done);
bool sequence_delitem(Vm *vm, Value container, Value key, bool *done);
/* text % arguments; of a str or bytes. */
bool sequence_percent(Vm *vm, Value format, Value arguments, Value *result);

/* The byte offset of a code point; s->len when the text has no more than `index`. */
size_t str_offset(StrObj *s, size_t index);
/* The code point at or before a byte offset. */
size_t str_index_at(StrObj *s, size_t offset);
/* The code points [from, to). */
Value str_part(Vm *vm, StrObj *s, size_t from, size_t to);
/* start and stop of find(), index(), count(): None, or an index that may be negative; clamped. */
bool to_bounds(Vm *vm, Value start, Value stop, size_t len, size_t *from, size_t *to);
/* list.extend. May run scripts. */
bool list_extend(Vm *vm, ListObj *list, Value iterable);
/* Appends to a bytearray. */
void bytearray_append(Vm *vm, BytesObj *b, Str data);
bool is_bytearray(Vm *vm, Value v);
/* The position of the first equal item in [from, to), or -1. May run scripts. */
bool sequence_index(Vm *vm, Value sequence, Value item, size_t from, size_t to, int64_t *at);
/* Is the int `number` in the range, and where? */
bool range_find(const RangeObj *range, int64_t number, int64_t *at);

#endif
