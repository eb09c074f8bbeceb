/* SPDX-License-Identifier: MIT */
#include "migrate/post.h"

#include "migrate/state.h"
#include "migrate/version.h"

/* So many are on their way at most: it bounds memory, and how long a failure stays unknown. */
enum { POSTS_MOST = 256 };

void post_late(void *guarded, uint64_t token, Error *err)
{
    MigrationContext *context = guarded;
    const Posts *posts = &context->state->posts;
    if (token < posts->list.len)
        error_at(err, posts->list.items[token]->loc);
}

void post_forget(MigrationContext *context)
{
    Posts *posts = &context->state->posts;
    posts->list.len = posts->list.cap = 0;
    posts->list.items = NULL;
    if (posts->arena)
        arena_reset(posts->arena);
}

/* All are answered: the counts are there. */
static bool settled(MigrationContext *context, Error *err)
{
    Posts *posts = &context->state->posts;
    bool ok = true;
    VEC_EACH (Post *, post, &posts->list)
        if ((*post)->counted)
            ok = ok && version_check_count(context, &(*post)->change, (*post)->changes, err);
    post_forget(context);
    return ok;
}

bool post_drain(MigrationContext *context, Error *err)
{
    if (!context->conn || !db_drain(context->conn, err))
        return context->conn == NULL;
    return settled(context, err);
}

static bool make_room(MigrationContext *context, Error *err)
{
    Posts *posts = &context->state->posts;
    if (!posts->arena)
        posts->arena = arena_new(context->arena);
    if (posts->list.len == 0)
        return true;
    if (db_posted(context->conn) == 0)
        return settled(context, err);
    return posts->list.len < POSTS_MOST || post_drain(context, err);
}

static Post *post_new(MigrationContext *context, Loc loc)
{
    Posts *posts = &context->state->posts;
    Post *post = ARENA_NEW(posts->arena, Post);
    *post = (Post){ .loc = loc };
    VEC_PUSH(posts->arena, &posts->list, post);
    return post;
}

/* Whether the failure of what is sent now may be told later. */
static bool may_post(MigrationContext *context)
{
    const Run *run = context->run;
    if (!context->state->in_step || context->autocommit_depth > 0)
        return false;
    return !run->may_post || run->may_post(run->body_context, context->state->posts.list.len);
}

bool post_statement(MigrationContext *context, Str sql, Loc loc, Error *err)
{
    Conn *conn = context->conn;
    if (!db_pipelines(conn))
        return db_exec(conn, sql, err);
    if (!make_room(context, err))
        return false;
    if (!may_post(context))
        return db_exec(conn, sql, err);
    uint64_t token = context->state->posts.list.len;
    post_new(context, loc);
    return db_post(conn, sql, NULL, 0, token, NULL, err);
}

bool post_change(MigrationContext *context, Str sql, const RowChange *change, Error *err)
{
    Conn *conn = context->conn;
    DbResult result;
    if (!db_pipelines(conn)) {
        Arena *arena = arena_new(context->arena);
        bool ok = db_query(conn, arena, sql, NULL, 0, &result, err) &&
                  version_check_count(context, change, result.changes, err);
        arena_free(arena);
        return ok;
    }
    if (!make_room(context, err))
        return false;
    uint64_t token = context->state->posts.list.len;
    Post *post = post_new(context, (Loc){ 0 });
    post->change = *change;
    post->counted = true;
    return db_post(conn, sql, NULL, 0, token, &post->changes, err);
}
