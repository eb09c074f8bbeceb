/* SPDX-License-Identifier: MIT */
/*
 * Numbers that are objects: an int outside 64 bits, and any int or float of a script's subclass
 * (IntEnum). A plain int that fits is always TAG_INT.
 */
#ifndef LIMBECK_PY_OBJ_NUMBER_H
#define LIMBECK_PY_OBJ_NUMBER_H

#include <tommath.h>

#include "py/heap.h"

typedef struct IntObj { /* OBJ_BIGINT */
    Obj head;
    bool is_small; /* of a subclass only: the number is `small`, `big` is not initialised */
    int64_t small;
    mp_int big;
} IntObj;

typedef struct FloatObj { /* OBJ_FLOAT: of a subclass of float only */
    Obj head;
    double real;
} FloatObj;

/* An int that fits 64 bits, in whatever guise (int, bool, a subclass). */
static inline bool int_small(Value v, int64_t *number)
{
    if (v.tag == TAG_INT)
        *number = v.integer;
    else if (v.tag == TAG_BOOL)
        *number = v.truth;
    else if (value_is(v, OBJ_BIGINT) && ((IntObj *)v.object)->is_small)
        *number = ((IntObj *)v.object)->small;
    else
        return false;
    return true;
}
/* A float, in whatever guise; not an int. */
static inline bool float_real(Value v, double *real)
{
    if (v.tag == TAG_FLOAT)
        *real = v.real;
    else if (value_is(v, OBJ_FLOAT))
        *real = ((FloatObj *)v.object)->real;
    else
        return false;
    return true;
}
/* Takes `number` over (it is cleared or moved); gives TAG_INT when it fits. */
Value int_from_mp(Vm *vm, mp_int *number);
/* The number in a fresh mp_int, which the caller clears. `v` is an int of any guise. */
void int_to_mp(Value v, mp_int *number);
/* An instance of a subclass of int (cls is not int itself) with the number of `v`. */
Value int_new_of(Vm *vm, Class *cls, Value v);
Value float_new_of(Vm *vm, Class *cls, double real);
/* hash() of a float, equal to that of an equal int; of an int. */
uint64_t hash_float(double real);
uint64_t hash_int(int64_t number);

#endif
