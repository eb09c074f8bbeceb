/* SPDX-License-Identifier: MIT */
/*
 * The table of a batch while its directives are applied: what it was, and what it shall be. Knows
 * no connection.
 */
#ifndef LIMBECK_OPS_BATCH_TABLE_H
#define LIMBECK_OPS_BATCH_TABLE_H

#include "ops/batch_order.h"
#include "ops/op_batch.h"

typedef struct BatchColumn {
    Column *column; /* stands alone; its keys and constraints are in the lists of the table */
    Str key;        /* its name when the batch began, or when it was added */
    Str source;     /* the column of the old table that fills it; STR_NONE: new */
    Str alias;      /* another name that directives may use: the one before a rename */
    Type *old_type;
    bool cast; /* its values are to be CAST to the new type */
} BatchColumn;

typedef struct BatchTable {
    Arena *arena;
    const BatchRunner *runner;
    const Batch *batch;
    const Table *old;
    VEC(BatchColumn) columns;
    BatchOrder order;
    ConstraintVec constraints; /* the primary key among them */
    IndexVec indexes;          /* old ones that stay */
    IndexVec new_indexes;
    StrVec dropped;             /* columns, by the name they had */
    const MetaData *convention; /* of batch_alter_table(naming_convention=), or NULL */
} BatchTable;

/* Takes over the old table; what the batch's table_args and reflect_args say is applied. */
bool batch_table_begin(BatchTable *table, Error *err);
/* Applies one directive; `*known` is false for what has no meaning for a rebuilt table. */
bool batch_table_apply(BatchTable *table, const Op *op, bool *known, Error *err);
/*
 * The new table under the old one's name, with its columns in their final order. In its `indexes`
 * are only those that new columns brought along.
 */
bool batch_table_build(BatchTable *table, Table **built, Error *err);
/* Notes that the database has renamed the column by itself already. */
void batch_table_renamed(BatchTable *table, Str from, Str to);

#endif
