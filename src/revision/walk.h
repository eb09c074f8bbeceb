/* SPDX-License-Identifier: MIT */
/*
 * Plans: the steps from the rows of a version table to a target, and what each step changes in the
 * table's rows.
 *
 *     StepVec steps = { 0 };
 *     if (!plan_upgrade(graph, &rows, STR("head"), &steps, err)) ...
 *     for each step: RowChangeVec rows = { 0 }; step_row_changes(graph, step, &heads, &rows, err)
 */
#ifndef LIMBECK_REVISION_WALK_H
#define LIMBECK_REVISION_WALK_H

#include "revision/resolve.h"

typedef enum StepKind { STEP_UPGRADE, STEP_DOWNGRADE, STEP_STAMP } StepKind;

typedef struct Step {
    StepKind kind;
    Revision *revision; /* whose upgrade() or downgrade() runs; NULL for a stamp */
    bool is_upgrade;    /* of a stamp: it moves up */
    bool branch_move;   /* of a stamp: it begins or ends a branch */
    StrVec from, to;    /* ids, without depends_on: what the log and callbacks say */
} Step;
typedef VEC(Step) StepVec;

typedef enum RowChangeKind { ROW_INSERT, ROW_UPDATE, ROW_DELETE } RowChangeKind;
typedef struct RowChange {
    RowChangeKind kind;
    Str from; /* the row's id; STR_NONE for an insert */
    Str to;   /* STR_NONE for a delete */
} RowChange;
typedef VEC(RowChange) RowChangeVec;

/* `rows` are the ids in the version table. Steps are in the order to run; texts live in the graph.
 */
bool plan_upgrade(Graph *graph, const StrVec *rows, Str target, StepVec *steps, Error *err);
bool plan_downgrade(Graph *graph, const StrVec *rows, Str target, StepVec *steps, Error *err);
bool plan_stamp(Graph *graph, const StrVec *rows, const StrVec *targets, StepVec *steps,
                Error *err);

/*
 * What the step does to the version table where `heads` are its rows; `heads` become the rows after
 * it. Changes are in the order in which they must be made.
 */
bool step_row_changes(Graph *graph, const Step *step, StrVec *heads, RowChangeVec *changes,
                      Error *err);
/* "upgrade a, b -> c", as after "Running " in the log. */
Str step_text(Arena *arena, const Step *step);

/* The ids that are applied when `rows` are in the table: the rows and all they stand on. */
bool walk_applied(Graph *graph, const StrVec *rows, RevisionVec *applied, Error *err);
/*
 * Revisions from `upper` down to `lower`, both ends included, newest first, as `history` lists
 * them. Each end is one target, or the ids of a version table.
 */
bool walk_range(Graph *graph, const StrVec *upper, const StrVec *lower, RevisionVec *revisions,
                Error *err);
/* All revisions, newest first. */
void walk_all(Graph *graph, RevisionVec *revisions);
/* The revisions of `flags` (by index), children before parents, beginning with `heads`. */
void walk_sort(Graph *graph, const bool *flags, const RevisionVec *heads, RevisionVec *sorted);

#endif
