/* SPDX-License-Identifier: MIT */
/* An index or a UNIQUE constraint, and what tells two of the same name apart. */
#ifndef LIMBECK_DIFF_DIFF_INDEX_H
#define LIMBECK_DIFF_DIFF_INDEX_H

#include "diff/diff_state.h"

typedef struct Entry {
    Index *index; /* one of the two */
    Constraint *unique;
    Name name;      /* in force; not given: unnamed */
    StrVec columns; /* names; of an index without its expressions */
} Entry;

typedef VEC(Entry *) EntryVec;

/* The column of a part, also where it is ordered (DESC); NULL for an expression. */
const Column *part_column(const Index *index, const IndexPart *part);
/* DESC or NULLS FIRST stands with it. */
bool part_is_ordered(const IndexPart *part);
/* Some part is no plain column. */
bool index_has_expressions(const Index *index);

/* Adds to `reasons` what is different: "unique=False to unique=True". */
bool index_differences(Diff *diff, const TablePair *pair, const Entry *database, const Entry *model,
                       StrVec *reasons);
bool unique_differences(Diff *diff, const Entry *database, const Entry *model, StrVec *reasons);

#endif
