/* SPDX-License-Identifier: MIT */
/* What a step changes in the rows of the version table: they hold the applied revisions that no
 * other applied one stands on. */
#include "revision/walk.h"

typedef struct Rows {
    Graph *graph;
    StrVec *heads;
    RowChangeVec *changes;
} Rows;

static void rows_drop(StrVec *heads, Str id)
{
    ptrdiff_t at = strvec_find(heads, id);
    if (at < 0)
        return;
    size_t after = --heads->len - (size_t)at;
    memmove(heads->items + at, heads->items + at + 1, after * sizeof *heads->items);
}

static void put_change(Rows *rows, RowChangeKind kind, Str from, Str to)
{
    RowChange change = { kind, from, to };
    VEC_PUSH(rows->graph->arena, rows->changes, change);
    if (str_given(from))
        rows_drop(rows->heads, from);
    if (str_given(to))
        strvec_add(rows->graph->arena, rows->heads, to);
}

static bool is_row(const Rows *rows, Str id)
{
    return strvec_find(rows->heads, id) >= 0;
}

/* Deletes all of `from` but the last, which becomes `to`. */
static void merge_rows(Rows *rows, const StrVec *from, Str to)
{
    StrVec ids = *from;
    for (size_t i = 0; i + 1 < ids.len; i++)
        put_change(rows, ROW_DELETE, ids.items[i], STR_NONE);
    put_change(rows, ROW_UPDATE, VEC_LAST(&ids), to);
}

/* Inserts all of `to` but the last, which `from` becomes. */
static void split_row(Rows *rows, Str from, const StrVec *to)
{
    for (size_t i = 0; i + 1 < to->len; i++)
        put_change(rows, ROW_INSERT, STR_NONE, to->items[i]);
    put_change(rows, ROW_UPDATE, from, VEC_LAST(to));
}

/* Marks all that stands below the rows other than `left_out`. */
static bool mark_others(const Rows *rows, const StrVec *left_out, Error *err)
{
    StrVec others = { 0 };
    RevisionVec revs = { 0 };
    VEC_EACH (Str, head, rows->heads) {
        if (strvec_find(left_out, *head) < 0)
            VEC_PUSH(rows->graph->arena, &others, *head);
    }
    if (!resolve_list(rows->graph, &others, &revs, err))
        return false;
    graph_mark_ancestors(rows->graph, &revs, true);
    return true;
}

static uint32_t least_depth(const Revision *rev)
{
    uint32_t least = UINT32_MAX;
    VEC_EACH (Revision *, parent, &rev->parents)
        least = (*parent)->depth < least ? (*parent)->depth : least;
    return least;
}

/* The parents that no row other than `left_out` implies. */
static bool open_parents(const Rows *rows, const Revision *rev, const StrVec *left_out,
                         StrVec *open, Error *err)
{
    rows->graph->floor = least_depth(rev);
    bool ok = mark_others(rows, left_out, err);
    rows->graph->floor = 0;
    if (!ok)
        return false;
    VEC_EACH (Revision *, parent, &rev->parents) {
        if (!graph_marked(rows->graph, *parent))
            VEC_PUSH(rows->graph->arena, open, (*parent)->id);
    }
    return true;
}

static bool upgrade_rows(Rows *rows, const Step *step, Error *err)
{
    const Revision *rev = step->revision;
    StrVec present = { 0 }, all = { 0 }, open = { 0 };
    VEC_EACH (Revision *, parent, &rev->parents) {
        VEC_PUSH(rows->graph->arena, &all, (*parent)->id);
        if (is_row(rows, (*parent)->id))
            VEC_PUSH(rows->graph->arena, &present, (*parent)->id);
    }
    if (!present.len) {
        put_change(rows, ROW_INSERT, STR_NONE, rev->id);
        return true;
    }
    if (present.len == 1) {
        put_change(rows, ROW_UPDATE, present.items[0], rev->id);
        return true;
    }
    if (!open_parents(rows, rev, &all, &open, err))
        return false;
    StrVec gone = { 0 };
    VEC_EACH (Str, id, &open) {
        if (is_row(rows, *id))
            VEC_PUSH(rows->graph->arena, &gone, *id);
    }
    if (gone.len)
        merge_rows(rows, &gone, rev->id);
    else
        put_change(rows, ROW_INSERT, STR_NONE, rev->id);
    return true;
}

/* Without those that another one of them stands on. */
static void drop_implied(const Rows *rows, const Revision *rev, StrVec *open)
{
    StrVec kept = { 0 };
    VEC_EACH (Str, id, open) {
        RevisionVec others = { 0 };
        VEC_EACH (Revision *, parent, &rev->parents) {
            if (!str_eq((*parent)->id, *id))
                VEC_PUSH(rows->graph->arena, &others, *parent);
        }
        rows->graph->floor = least_depth(rev);
        graph_mark_ancestors(rows->graph, &others, true);
        rows->graph->floor = 0;
        if (!graph_marked(rows->graph, graph_get(rows->graph, *id)))
            VEC_PUSH(rows->graph->arena, &kept, *id);
    }
    *open = kept;
}

static bool downgrade_rows(Rows *rows, const Step *step, Error *err)
{
    const Revision *rev = step->revision;
    if (!is_row(rows, rev->id))
        return fail(err, ERR_REVISION,
                    "cannot downgrade revision %.*s: it is not among the rows of the version table",
                    STR_ARG(rev->id));
    StrVec own = { 0 }, open = { 0 };
    VEC_PUSH(rows->graph->arena, &own, rev->id);
    if (!open_parents(rows, rev, &own, &open, err))
        return false;
    if (open.len > 1)
        drop_implied(rows, rev, &open);
    if (open.len)
        split_row(rows, rev->id, &open);
    else
        put_change(rows, ROW_DELETE, rev->id, STR_NONE);
    return true;
}

static bool stamp_creates(const Rows *rows, const Step *step)
{
    bool moves = step->branch_move, is_new = false;
    VEC_EACH (Str, id, &step->from)
        moves |= !is_row(rows, *id);
    VEC_EACH (Str, id, &step->to)
        is_new |= !is_row(rows, *id);
    return step->is_upgrade && moves && is_new;
}

static void stamp_rows(Rows *rows, const Step *step)
{
    if (!step->is_upgrade && step->branch_move)
        put_change(rows, ROW_DELETE, step->from.items[0], STR_NONE);
    else if (stamp_creates(rows, step))
        put_change(rows, ROW_INSERT, STR_NONE, step->to.items[0]);
    else if (!step->from.len) /* given twice: it is there already */
        return;
    else if (step->to.len > 1)
        split_row(rows, step->from.items[0], &step->to);
    else
        merge_rows(rows, &step->from, step->to.items[0]);
}

bool step_row_changes(Graph *graph, const Step *step, StrVec *heads, RowChangeVec *changes,
                      Error *err)
{
    Rows rows = { graph, heads, changes };
    switch (step->kind) {
    case STEP_UPGRADE:
        return upgrade_rows(&rows, step, err);
    case STEP_DOWNGRADE:
        return downgrade_rows(&rows, step, err);
    case STEP_STAMP:
        stamp_rows(&rows, step);
        return true;
    }
    return true;
}

static void put_ids(Buf *buf, const StrVec *ids)
{
    for (size_t i = 0; i < ids->len; i++) {
        buf_puts(buf, i ? ", " : "");
        buf_put(buf, ids->items[i]);
    }
}

Str step_text(Arena *arena, const Step *step)
{
    static const char *const names[] = { "upgrade ", "downgrade ", "stamp_revision " };
    Buf buf = buf_in(arena);
    buf_puts(&buf, names[step->kind]);
    put_ids(&buf, &step->from);
    buf_puts(&buf, " -> ");
    put_ids(&buf, &step->to);
    return buf_str(&buf);
}
