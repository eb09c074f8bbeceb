/* SPDX-License-Identifier: MIT */
/*
 * Statements that are sent without waiting for their answers (db_post), each with its place in the
 * user's files. A statement that a handler of the script could catch is waited for.
 */
#ifndef LIMBECK_MIGRATE_POST_H
#define LIMBECK_MIGRATE_POST_H

#include "migrate/context.h"
#include "revision/walk.h"

typedef struct Post {
    Loc loc;
    int64_t changes;  /* written when the answer comes */
    RowChange change; /* of the version table: must have met one row; else kind is not looked at */
    bool counted;
} Post;

typedef struct Posts {
    Arena *arena;     /* of the posts; emptied when all are answered */
    VEC(Post *) list; /* by token */
} Posts;

/* A token for statements of Limbeck's own: their failure has no place in a user's file. */
#define POST_OWN (UINT64_MAX - 1)

/* One finished statement; waits for its answer where it must be known. */
bool post_statement(MigrationContext *context, Str sql, Loc loc, Error *err);
/* A change of the version table; that it met one row is seen to by the next post_drain. */
bool post_change(MigrationContext *context, Str sql, const RowChange *change, Error *err);
/* Waits for all answers. ERR_COMMAND when a change of the version table met other than one row. */
bool post_drain(MigrationContext *context, Error *err);
/* Forgets all posts after a failure. */
void post_forget(MigrationContext *context);
/* Conn.on_late: `context` is the MigrationContext. */
void post_late(void *context, uint64_t token, Error *err);

#endif
