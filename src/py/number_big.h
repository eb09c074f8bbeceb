/* SPDX-License-Identifier: MIT */
/* The slow paths of number.c: ints outside 64 bits, over libtommath. Operands are ints of any size.
 */
#ifndef LIMBECK_PY_NUMBER_BIG_H
#define LIMBECK_PY_NUMBER_BIG_H

#include "py/number.h"

bool big_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result);
bool big_unary(Vm *vm, UnaryOp op, Value a, Value *result);
int big_order(Value a, Value b);
/* Of an int and a finite double. */
int big_order_real(Value a, double d);
/* The nearest double; infinite when it is out of range. */
double big_real(Value v);
/* Of a finite, whole double. */
Value big_from_real(Vm *vm, double d);

#endif
