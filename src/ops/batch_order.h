/* SPDX-License-Identifier: MIT */
/*
 * The order of columns in a rebuilt table. Known are the old columns in their order and, for each
 * new one, what it stands behind and before. Sorted is in rounds: all that wait for nobody, in the
 * order in which they are listed; then those that waited for these; and so on. So it comes that a
 * new column whose neighbour is dropped in the same batch may move.
 */
#ifndef LIMBECK_OPS_BATCH_ORDER_H
#define LIMBECK_OPS_BATCH_ORDER_H

#include "base/error.h"
#include "base/vec.h"

typedef struct OrderPair {
    Str first, second;
} OrderPair;

typedef struct BatchOrder {
    Arena *arena;
    bool partial;    /* partial_reordering was given: the old order counts for nothing */
    StrVec existing; /* names of the old columns that are left */
    VEC(OrderPair) pairs;
} BatchOrder;

/* `before` and `after` are STR_NONE where not given. */
void order_add(BatchOrder *order, Str name, Str before, Str after);
void order_drop(BatchOrder *order, Str name);
void order_pair(BatchOrder *order, Str first, Str second);
/* `places[i]` is the index into `names` of what stands at i. ERR_SCHEMA for a circle. */
bool order_sort(const BatchOrder *order, const StrVec *names, size_t *places, Error *err);

#endif
