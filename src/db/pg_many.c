/* SPDX-License-Identifier: MIT */
/*
 * One statement for many rows: all go out through the pipeline and are answered together. Where the
 * values stand alone in VALUES, the statement is prepared once and the values are real parameters,
 * each with the type that its literal would have.
 */
#include "base/buf.h"
#include "db/pg.h"
#include "db/pg_literal.h"

typedef struct Many {
    Conn *conn;
    PgText text; /* kept until all is answered */
    const DbValue *params;
    size_t param_count, row_count;
    int64_t *changes;
    Arena *row_arena; /* reset after each row */
    uint32_t *types;  /* of what is prepared */
    bool prepared;
} Many;

static Pending pending_of(const Many *many, PendingKind kind, size_t row)
{
    return (Pending){ .kind = kind,
                      .token = row,
                      .changes = many->changes,
                      .sum = true,
                      .sql = many->text.sql,
                      .params = many->params + row * many->param_count,
                      .param_count = many->param_count };
}

static bool has_array(const Many *many)
{
    for (size_t i = 0; i < many->param_count * many->row_count; i++)
        if (many->params[i].type == DB_ARRAY)
            return true;
    return false;
}

/* NULL takes any type. */
static bool fits(const Many *many, const DbValue *row)
{
    for (size_t i = 0; i < many->param_count; i++)
        if (row[i].type != DB_NULL && pg_literal_type(&row[i]) != many->types[i])
            return false;
    return many->prepared;
}

static bool prepare(Many *many, size_t row, Error *err)
{
    const Pg *pg = pg_of(many->conn);
    const DbValue *values = many->params + row * many->param_count;
    for (size_t i = 0; i < many->param_count; i++)
        many->types[i] = pg_literal_type(&values[i]);
    many->prepared = true;
    Pending pending = pending_of(many, PENDING_PREPARE, row);
    if (!pg->lib.PQsendPrepare(pg->link, "", many->text.sql.ptr, (int)many->param_count,
                               many->types))
        return pg_lost(many->conn, &pending, err);
    return pg_sent(many->conn, &pending, err);
}

static bool has_nul(const DbValue *value)
{
    return value->type == DB_TEXT && str_find_char(value->text, '\0', 0) >= 0;
}

static bool send_bound(Many *many, size_t row, Error *err)
{
    const Pg *pg = pg_of(many->conn);
    const DbValue *values = many->params + row * many->param_count;
    if (!fits(many, values) && !prepare(many, row, err))
        return false;
    const char **texts = ARENA_ARRAY(many->row_arena, const char *, many->param_count);
    for (size_t i = 0; i < many->param_count; i++) {
        if (has_nul(&values[i]))
            return fail(err, ERR_DATABASE,
                        "A string literal cannot contain NUL (0x00) characters.");
        texts[i] = pg_parameter_text(many->row_arena, &values[i]).ptr;
    }
    Pending pending = pending_of(many, PENDING_STATEMENT, row);
    if (!pg->lib.PQsendQueryPrepared(pg->link, "", (int)many->param_count, texts, NULL, NULL, 0))
        return pg_lost(many->conn, &pending, err);
    return pg_sent(many->conn, &pending, err);
}

static bool send_written(Many *many, size_t row, Error *err)
{
    Str sent;
    Pending pending = pending_of(many, PENDING_STATEMENT, row);
    return pg_text_render(many->row_arena, many->text, pending.params, pending.param_count, &sent,
                          err) &&
           pg_send(many->conn, &pending, sent.ptr, err);
}

bool pg_send_many(Conn *conn, PgText text, const DbValue *params, size_t param_count,
                  size_t row_count, int64_t *changes, Error *err)
{
    Pg *pg = pg_of(conn);
    Many many = { .conn = conn,
                  .text = text,
                  .params = params,
                  .param_count = param_count,
                  .row_count = row_count,
                  .changes = changes,
                  .row_arena = arena_new(pg->queue_arena),
                  .types = ARENA_ARRAY(pg->queue_arena, uint32_t, param_count) };
    bool bound = pg_text_binds_plainly(text) && !has_array(&many);
    bool ok = true;
    for (size_t row = 0; ok && row < row_count && !pg->failed; row++) {
        ok = bound ? send_bound(&many, row, err) : send_written(&many, row, err);
        arena_reset(many.row_arena);
    }
    return ok;
}
