/* SPDX-License-Identifier: MIT */
/*
 * MetaData.create_all() and drop_all() as operations, in the order in which a database takes them:
 * types, sequences, tables each after those that it refers to with their indexes and comments, and
 * last the foreign keys of tables that refer to each other in a circle.
 */
#ifndef LIMBECK_OPS_CREATE_ALL_H
#define LIMBECK_OPS_CREATE_ALL_H

#include "ops/op_def.h"

typedef struct AllStep {
    Op *op;
    Table *table; /* that is created or dropped; NULL: a type, a sequence, a foreign key */
} AllStep;
typedef VEC(AllStep) AllSteps;

/* What is there already, by "schema.name". NULL: with create_all nothing is, with drop_all all. */
typedef struct SchemaNames {
    const Map *tables, *types, *sequences;
} SchemaNames;

typedef struct AllOf {
    const Dialect *dialect;
    const MetaData *metadata;
    const TableVec *tables; /* tables=[...]; NULL: all, and what stands in the MetaData alone */
    SchemaNames there;
} AllOf;

/* The steps borrow the tables. */
void create_all_steps(Arena *arena, const AllOf *all, AllSteps *steps);
void drop_all_steps(Arena *arena, const AllOf *all, AllSteps *steps);

#endif
