/* SPDX-License-Identifier: MIT */
/*
 * The journal of a step that leaves its transaction (autocommit_block; VACUUM): which of its
 * statements are committed for good, although the version row has not moved. It is a table,
 * limbeck_statement, that is there only while such a step is under way or was broken off. The next
 * run passes over what is done, and decides about the one statement that was under way; on SQLite
 * there is none, for what must stand outside of transactions there may be done twice.
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

/* How far a step is. */
typedef struct StatementMark {
    int64_t number;  /* statements so far */
    uint64_t digest; /* of their texts */
} StatementMark;

typedef struct StatementLog {
    bool known, exists; /* whether the table is there was asked; it is */
    Str schema;         /* where it is, whatever the search path becomes; or STR_NONE */
    Str step;    /* whose rows they are: "upgrade r5 -> r6" */
    VEC(LoggedStatement) rows;
    int64_t last_done; /* statements up to it are passed over */
    StatementMark now, before; /* with the last one, without it */
    bool counted;              /* the statement that goes out is counted already */
    bool running; /* a row says that a statement is under way */
} StatementLog;

/* limbeck_statement as SQL writes it. */
Str statements_table_name(const MigrationContext *context, Arena *arena);
/* PostgreSQL: whether the table is there, and the schema where it is, or would be made. */
void statements_found(MigrationContext *context, DbValue exists, DbValue schema);
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

/* A step that an earlier run was broken off in. */
typedef struct StatementsLeft {
    Str step;
    int64_t done;     /* so many of its statements stay */
    int64_t doubtful; /* the one that was under way, or 0 */
    Str sql, began;   /* its text; when it, or else the last one, began */
} StatementsLeft;
typedef VEC(StatementsLeft) StatementsLeftVec;

typedef enum StatementsAnswer {
    STATEMENTS_DONE,    /* what was under way was done */
    STATEMENTS_RETRY,   /* it was not */
    STATEMENTS_ABANDON, /* the journal is forgotten */
} StatementsAnswer;

/* What the table holds, by step; nothing where it is not there. `left` grows in `arena`. */
bool statements_left(MigrationContext *context, Arena *arena, StatementsLeftVec *left, Error *err);
bool statements_answer(MigrationContext *context, StatementsAnswer answer, Error *err);

#endif
