/* SPDX-License-Identifier: MIT */
/*
 * Rebuilds a table by SQLite's procedure for "other kinds of table schema changes": foreign keys
 * off, a new table filled from the old one, the old one dropped, the new one renamed, indexes and
 * triggers made again, foreign keys checked. Offline (with copy_from) the same without what needs a
 * look into the database. Runs within the transaction that is open.
 */
#ifndef LIMBECK_OPS_BATCH_REBUILD_H
#define LIMBECK_OPS_BATCH_REBUILD_H

#include "ops/op_batch.h"

bool batch_rebuild(const BatchRunner *runner, const Batch *batch, Error *err);

#endif
