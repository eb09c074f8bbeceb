/* SPDX-License-Identifier: MIT */
/*
 * The order of steps: down one line as far as it goes, then the next. Of several lines the one
 * whose file was read first comes first; a revision waits for all its children.
 */
#include <stdlib.h>

#include "revision/walk.h"

typedef struct Sorter {
    Graph *graph;
    bool *todo;        /* by index: wanted and not put out yet */
    bool *is_head;     /* by index: among `heads` */
    uint32_t *waiting; /* by index: how many of its children are still to do */
    RevisionVec heads; /* where each line stands */
    size_t at;         /* the line that is followed */
} Sorter;

static int compare_index(const void *a, const void *b)
{
    const Revision *x = *(Revision *const *)a, *y = *(Revision *const *)b;
    return x->index < y->index ? -1 : x->index > y->index;
}

static bool push_unmarked(Graph *graph, Revision *rev)
{
    if (graph->marks[rev->index] == graph->mark)
        return false;
    graph->marks[rev->index] = graph->mark;
    VEC_PUSH(graph->arena, &graph->stack, rev);
    return true;
}

/* Whether `target` is below `from`, in what was not looked at since the last new mark. */
static bool reaches(Graph *graph, Revision *from, const Revision *target)
{
    graph->stack.len = 0;
    push_unmarked(graph, from);
    while (graph->stack.len) {
        Revision *rev = graph->stack.items[--graph->stack.len];
        VEC_EACH (Revision *, parent, &rev->parents) {
            if (*parent == target)
                return true;
            if ((*parent)->depth > target->depth)
                push_unmarked(graph, *parent);
        }
    }
    return false;
}

/* The first line, other than the followed one, that must put out more before `rev` may come. */
static bool find_blocker(Sorter *s, const Revision *rev)
{
    s->graph->mark++;
    for (size_t i = 0; i < s->heads.len; i++) {
        Revision *head = s->heads.items[i];
        if (i == s->at || head->depth <= rev->depth || !reaches(s->graph, head, rev))
            continue;
        s->at = i;
        return true;
    }
    return false;
}

static void heads_remove(Sorter *s, size_t at)
{
    size_t after = --s->heads.len - at;
    memmove(s->heads.items + at, s->heads.items + at + 1, after * sizeof *s->heads.items);
}

static void put_out(Sorter *s, Revision *rev, RevisionVec *sorted)
{
    s->is_head[rev->index] = false;
    if (!s->todo[rev->index])
        return;
    s->todo[rev->index] = false;
    VEC_PUSH(s->graph->arena, sorted, rev);
    VEC_EACH (Revision *, parent, &rev->parents)
        s->waiting[(*parent)->index]--;
}

/* Moves the followed line on to the parents of `rev`; the further ones begin lines of their own. */
static void move_on(Sorter *s, const Revision *rev)
{
    bool moved = false;
    VEC_EACH (Revision *, each, &rev->parents) {
        Revision *parent = *each;
        if (!s->todo[parent->index] || s->is_head[parent->index])
            continue;
        s->is_head[parent->index] = true;
        if (moved)
            VEC_PUSH(s->graph->arena, &s->heads, parent);
        else
            s->heads.items[s->at] = parent;
        moved = true;
    }
    if (moved)
        return;
    heads_remove(s, s->at);
    s->at = s->at ? s->at - 1 : 0;
}

static void follow(Sorter *s, RevisionVec *sorted)
{
    while (s->heads.len) {
        Revision *rev = s->heads.items[s->at];
        if (s->waiting[rev->index] && find_blocker(s, rev))
            continue;
        put_out(s, rev, sorted);
        move_on(s, rev);
    }
}

static void add_head(Sorter *s, Revision *rev)
{
    if (!s->todo[rev->index] || s->is_head[rev->index])
        return;
    s->is_head[rev->index] = true;
    VEC_PUSH(s->graph->arena, &s->heads, rev);
}

static Sorter sorter_new(Graph *graph, const bool *flags)
{
    size_t count = graph->revisions.len;
    Sorter s = { .graph = graph,
                 .todo = ARENA_ARRAY(graph->arena, bool, count),
                 .is_head = ARENA_ARRAY(graph->arena, bool, count),
                 .waiting = ARENA_ARRAY(graph->arena, uint32_t, count) };
    VEC_EACH (Revision *, rev, &graph->revisions) {
        if (!flags[(*rev)->index])
            continue;
        s.todo[(*rev)->index] = true;
        VEC_EACH (Revision *, parent, &(*rev)->parents)
            s.waiting[(*parent)->index]++;
    }
    return s;
}

void walk_sort(Graph *graph, const bool *flags, const RevisionVec *heads, RevisionVec *sorted)
{
    Sorter s = sorter_new(graph, flags);
    VEC_EACH (Revision *, rev, heads)
        add_head(&s, *rev);
    if (s.heads.len)
        qsort(s.heads.items, s.heads.len, sizeof *s.heads.items, compare_index);
    follow(&s, sorted);
    /* What is wanted but not below the given heads: a range may be cut in two by its lower end. */
    for (size_t i = graph->revisions.len; i-- > 0;) {
        Revision *rev = graph->revisions.items[i];
        if (!s.todo[i] || s.waiting[i])
            continue;
        s.at = 0;
        add_head(&s, rev);
        follow(&s, sorted);
        i = graph->revisions.len;
    }
}
