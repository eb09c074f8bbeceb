/* SPDX-License-Identifier: MIT */
/* Iterators written in C, and the small containers that exist to be iterated or to index. */
#ifndef LIMBECK_PY_OBJ_ITER_H
#define LIMBECK_PY_OBJ_ITER_H

#include "py/heap.h"

struct NativeClass;
typedef struct IterObj IterObj;
/* Gives the next item; *item stays TAG_UNSET at the end. May run scripts. */
typedef bool IterStep(Vm *vm, IterObj *iter, Value *item);

struct IterObj { /* OBJ_ITERATOR */
    Obj head;
    IterStep *step;
    Value source;        /* what is iterated; set to TAG_UNSET by the step when it is exhausted */
    Value extra[2];      /* the step's own, marked */
    int64_t at, end, by; /* the step's own */
};

/* An iterator over `source`; its class shows as `iterator` unless `cls` is given. */
IterObj *iter_new(Vm *vm, Class *cls, IterStep *step, Value source);
/* Over the items of a list or tuple, alive to changes of the list. */
IterStep iter_step_list, iter_step_tuple, iter_step_str, iter_step_range;
/* Keys, items as tuples, values of a dict; items of a set. RuntimeError when its size changes. */
IterStep iter_step_keys, iter_step_items, iter_step_values;
/* By __getitem__ with 0, 1, 2, ... until IndexError. */
IterStep iter_step_sequence;
/* callable, sentinel: source is the callable, extra[0] the sentinel. */
IterStep iter_step_sentinel;

typedef struct RangeObj { /* OBJ_RANGE: ints that fit 64 bits */
    Obj head;
    int64_t start, stop, step;
    int64_t len;
} RangeObj;

typedef struct SliceObj { /* OBJ_SLICE */
    Obj head;
    Value start, stop, step;
} SliceObj;

static inline IterObj *as_iter(Value v)
{
    return (IterObj *)v.object;
}
static inline RangeObj *as_range(Value v)
{
    return (RangeObj *)v.object;
}
static inline SliceObj *as_slice(Value v)
{
    return (SliceObj *)v.object;
}
RangeObj *range_new(Vm *vm, int64_t start, int64_t stop, int64_t step);
Value slice_new(Vm *vm, Value start, Value stop, Value step);
/*
 * slice.indices(len): start and stop clamped, and how many items there are. Raises as CPython
 * ("slice step cannot be zero", "slice indices must be integers or None or have an __index__
 * method").
 */
bool slice_bounds(Vm *vm, SliceObj *slice, size_t len, int64_t *start, int64_t *stop, int64_t *step,
                  size_t *count);

#endif
