/* SPDX-License-Identifier: MIT */
/*
 * What a step has done so far: how many statements ran, and how many of them are already committed,
 * because the step left its transaction (VACUUM, autocommit_block, a COMMIT of the script's own). A
 * failure says so; a step with DDL that changed nothing is found by it.
 */
#ifndef LIMBECK_MIGRATE_JOURNAL_H
#define LIMBECK_MIGRATE_JOURNAL_H

#include "base/error.h"

typedef struct Journal {
    size_t statements, committed, ddl;
    size_t certain; /* of the DDL: those that do their work or fail, for no IF EXISTS is in them */
} Journal;

static inline Journal journal_begin(void)
{
    return (Journal){ 0 };
}
/* CREATE, ALTER or DROP. */
bool journal_is_ddl(Str sql);
/* "IF EXISTS" or "IF NOT EXISTS" stands in it. */
bool journal_is_conditional(Str sql);
void journal_statement(Journal *journal, Str sql);
/* All so far is committed and stays whatever comes. */
void journal_committed(Journal *journal);
/* Adds to err->detail what was taken back and what stays. */
void journal_report(const Journal *journal, Error *err);

#endif
