/* SPDX-License-Identifier: MIT */
/*
 * From what a user writes to revisions: ids, unique beginnings of ids, labels, `head`, `heads`,
 * `base`, `label@target`. Failures are ERR_REVISION with Alembic's text.
 */
#ifndef LIMBECK_REVISION_RESOLVE_H
#define LIMBECK_REVISION_RESOLVE_H

#include "revision/revision.h"

/* All that `target` names; none for `base` (and for `head` of an empty graph). */
bool resolve_all(Graph *graph, Str target, RevisionVec *revisions, Error *err);
/* One at most: NULL for `base`; an error when `target` names several. */
bool resolve_one(Graph *graph, Str target, Revision **revision, Error *err);
/* Each of the ids, as resolve_all. An id that is not found is an error. */
bool resolve_list(Graph *graph, const StrVec *targets, RevisionVec *revisions, Error *err);
/* The revision that a label, or an id in its place, stands for. */
bool resolve_label(Graph *graph, Str label, Revision **revision, Error *err);
/*
 * `steps` up (or down, when negative) from `from`, NULL being the base; `label` narrows each fork.
 * False in *found when there are not so many steps and `whole` asks for all of them.
 */
bool resolve_walk(Graph *graph, Revision *from, int64_t steps, Str label, bool whole,
                  Revision **end, bool *found, Error *err);
/*
 * Those of `among` that are in one line with what `lineage` names (a label, an id, `label@id`):
 * ancestors, descendants, or the same. All of them when `lineage` names nothing (`base`).
 */
bool resolve_lineage(Graph *graph, const RevisionVec *among, Str lineage, bool with_dependencies,
                     RevisionVec *revisions, Error *err);
/* `head`, or `label@head`: the only head there; NULL when there is none; several are an error. */
bool resolve_head(Graph *graph, Str label, Revision **head, Error *err);

/* "label@symbol+2": the parts of a relative target. Absent parts are STR_NONE. */
typedef struct RelativeTarget {
    Str label, symbol, steps_text; /* "+2" */
    int64_t steps;
} RelativeTarget;
/* False when `target` is not relative. */
bool resolve_relative(Str target, RelativeTarget *relative);
/*
 * Marks the given ones and their ancestors (descendants). With dependencies, what depends_on says
 * counts as a parent (child).
 */
void graph_mark_ancestors(Graph *graph, const RevisionVec *from, bool with_dependencies);
void graph_mark_descendants(Graph *graph, const RevisionVec *from, bool with_dependencies);
/* Whether the last graph_mark_... reached it. */
static inline bool graph_marked(const Graph *graph, const Revision *rev)
{
    return graph->marks[rev->index] == graph->mark;
}

#endif
