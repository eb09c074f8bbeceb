/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic on int (of any size, bool and subclasses included) and float, as CPython defines it.
 * What is not implemented for the operands gives TAG_NOT_IMPLEMENTED.
 */
#ifndef LIMBECK_PY_NUMBER_H
#define LIMBECK_PY_NUMBER_H

#include "base/buf.h"
#include "py/native.h"
#include "py/operators.h"

bool is_float(Value v);
bool is_number(Value v); /* int or float */

bool number_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool number_unary(Vm *vm, UnaryOp op, Value a, Value *result);
bool number_compare(CompareOp op, Value a, Value b, Value *result);
/* *pair is a tuple. */
bool number_divmod(Vm *vm, Value a, Value b, Value *pair);
/* pow(a, b, modulus) of ints. */
bool number_power_modulo(Vm *vm, Value a, Value b, Value modulus, Value *result);

/* The nearest double; OverflowError "int too large to convert to float". `v` is a number. */
bool number_real(Vm *vm, Value v, double *real);
/* -1, 0 or 1; of an int. */
int int_sign(Value v);
/* A plain int (no bool, no subclass) of the same number. */
Value int_plain(Vm *vm, Value v);
/* int(d); raises for infinities and NaN. */
bool int_from_real(Vm *vm, double d, Value *result);
/* The bits of |v|. */
size_t int_bit_length(Value v);
/*
 * Appends the digits in base 2 to 36, lower case, with a sign. Base 10 is limited to 4,300 digits,
 * as in CPython.
 */
bool int_put(Vm *vm, Value v, unsigned base, Buf *out);
/*
 * int(text, base) with base 0 or 2 to 36. *valid is false, and nothing was raised, when the text is
 * no such literal.
 */
bool int_parse(Vm *vm, Str text, unsigned base, Value *result, bool *valid);

/* ---- big integers, for who works with mp_int itself ---- */

/* Leaves through the memory handler when libtommath has no memory. */
void mp_must(int error);

#endif
