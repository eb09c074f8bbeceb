/* SPDX-License-Identifier: MIT */
/*
 * The journal of a step that leaves its transaction (autocommit_block, on PostgreSQL): which of its
 * statements are committed for good, although the version row has not moved. It is a table,
 * limbeck_statement, that is there only while such a step is under way or was broken off. The next
 * run passes over what is done, and decides about the one statement that was under way.
 *
 * Statements are counted in the order in which the step sends them, queries of the script aside; a
 * digest of all texts so far tells whether the revision is still the same.
 */
#ifndef LIMBECK_MIGRATE_STATEMENTS_H
#define LIMBECK_MIGRATE_STATEMENTS_H

#include "migrate/context.h"

/* A row of the table. */
typedef struct LoggedStatement {
    int64_t number;
    uint64_t digest; /* of the texts up to it */
    bool done;       /* else it was under way */
    Str began;
} LoggedStatement;

typedef struct StatementLog {
    bool exists; /* the table is there */
    Str step;    /* whose rows they are: "upgrade r5 -> r6" */
    VEC(LoggedStatement) rows;
    int64_t number, last_done; /* statements so far; those up to last_done are passed over */
    uint64_t digest;
    bool counted; /* the statement that goes out is counted already */
    bool running; /* a row says that a statement is under way */
} StatementLog;

/* limbeck_statement as SQL writes it. */
Str statements_table_name(const MigrationContext *context, Arena *arena);
/* A step begins: its rows of an earlier run are read. */
bool statements_begin(MigrationContext *context, const Step *step, Error *err);
/* Before a statement whose result nobody reads: `*skip` when it is done already. */
bool statements_next(MigrationContext *context, Str sql, bool *skip, Error *err);
/* In the guard: any other statement. ERR_COMMAND where it would have to be passed over. */
bool statements_other(MigrationContext *context, Str sql, Error *err);
/* A statement outside of transactions is about to go out; it has succeeded; it has failed. */
bool statements_start(MigrationContext *context, Str sql, Error *err);
bool statements_done(MigrationContext *context, Error *err);
void statements_failed(MigrationContext *context, const Error *err);
/* The open transaction is about to be committed amid the step. */
bool statements_commit(MigrationContext *context, Error *err);
/* In the transaction that moves the version row: the table goes. */
bool statements_end(MigrationContext *context, Error *err);

#endif
