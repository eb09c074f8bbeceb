/* SPDX-License-Identifier: MIT */
/*
 * Whether two pieces of SQL mean the same: by their texts where these tell, else by what the server
 * says. The comparison runs twice: first `collecting`, where questions are only noted, then, when
 * all have been answered at once, for good.
 */
#ifndef LIMBECK_DIFF_DIFF_QUESTION_H
#define LIMBECK_DIFF_DIFF_QUESTION_H

#include "diff/diff_state.h"

/*
 * `question` holds kind, column, type, text and against. While collecting `*same` is true. A
 * question that nobody answered counts as different, and is said.
 */
bool diff_same(Diff *diff, Table *table, const Question *question, bool *same);
/* Notes what must be asked about the tables on both sides, and asks. */
bool diff_ask(Diff *diff);

#endif
