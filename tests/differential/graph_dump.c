/* SPDX-License-Identifier: MIT */
/*
 * Reads revisions and questions from standard input, a line each, and prints the answers a line
 * each, for a comparison with another tool. Fields are separated by tabs, lists by commas.
 *
 *     rev  id  down_revisions  depends_on  labels
 *     link | upgrade rows target | downgrade rows target | stamp rows targets | range lower upper |
 * all
 */
#include <stdio.h>
#include <stdlib.h>

#include "revision/walk.h"

static StrVec split_list(Arena *arena, Str text)
{
    StrVec list = { 0 };
    Str part;
    while (str_split_next(&text, ',', &part))
        if (part.len)
            VEC_PUSH(arena, &list, part);
    return list;
}

static void print_revisions(const RevisionVec *revs)
{
    VEC_EACH (Revision *, rev, revs) {
        Buf buf = { 0 };
        revision_line(&buf, *rev,
                      (RevisionLine){ .labels = true, .head_marks = true, .tree_marks = true });
        printf(" %.*s", STR_ARG(buf_str(&buf)));
        buf_free(&buf);
    }
}

static bool print_rows(Graph *graph, const Step *step, StrVec *heads, Error *err)
{
    RowChangeVec changes = { 0 };
    if (!step_row_changes(graph, step, heads, &changes, err))
        return false;
    VEC_EACH (RowChange, change, &changes)
        printf(" %c%.*s>%.*s", "+=-"[change->kind], STR_ARG(change->from), STR_ARG(change->to));
    return true;
}

static bool print_steps(Graph *graph, StrVec rows, const StepVec *steps, Error *err)
{
    VEC_EACH (Step, step, steps) {
        Str text = step_text(graph->arena, step);
        printf(" [%.*s]", STR_ARG(text));
        if (!print_rows(graph, step, &rows, err))
            return false;
    }
    return true;
}

static bool declare(Arena *arena, Graph *graph, const Str field[5], Error *err)
{
    return graph_declare(graph,
                         &(Declaration){ .id = field[1],
                                         .down = split_list(arena, field[2]),
                                         .depends = split_list(arena, field[3]),
                                         .labels = split_list(arena, field[4]),
                                         .path = field[1] },
                         err);
}

static bool answer(Arena *arena, Graph *graph, const Str field[5], Error *err)
{
    StepVec steps = { 0 };
    RevisionVec revs = { 0 };
    StrVec first = split_list(arena, field[1]), second = split_list(arena, field[2]);
    bool ok = true, plan = true;
    if (str_is(field[0], "upgrade"))
        ok = plan_upgrade(graph, &first, field[2], &steps, err);
    else if (str_is(field[0], "downgrade"))
        ok = plan_downgrade(graph, &first, field[2], &steps, err);
    else if (str_is(field[0], "stamp"))
        ok = plan_stamp(graph, &first, &second, &steps, err);
    else
        plan = false;
    if (plan)
        return ok && print_steps(graph, first, &steps, err);
    if (str_is(field[0], "range"))
        ok = walk_range(graph, &second, &first, &revs, err);
    else
        walk_all(graph, &revs);
    print_revisions(&revs);
    return ok;
}

int main(void)
{
    Arena *arena = arena_new(NULL);
    Graph *graph = graph_new(arena);
    char *line = NULL;
    size_t cap = 0;
    for (ssize_t len; (len = getline(&line, &cap, stdin)) > 0;) {
        Str rest = str_dup(arena, (Str){ line, (size_t)len - 1 }), field[5] = { 0 };
        for (int i = 0; i < 5 && str_split_next(&rest, '\t', &field[i]); i++)
            ;
        Error err = error_in(arena);
        bool ok = str_is(field[0], "rev")    ? declare(arena, graph, field, &err)
                  : str_is(field[0], "link") ? graph_link(graph, &err)
                                             : answer(arena, graph, field, &err);
        if (!ok)
            printf(" !%.*s", STR_ARG(err.text));
        if (!str_is(field[0], "rev") || !ok)
            putchar('\n');
    }
    free(line);
    arena_free(arena);
    return 0;
}
