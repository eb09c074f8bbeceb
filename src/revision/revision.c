/* SPDX-License-Identifier: MIT */
#include "revision/revision.h"

#include <stdlib.h>

Graph *graph_new(Arena *arena)
{
    Graph *graph = ARENA_NEW(arena, Graph);
    *graph = (Graph){ .arena = arena, .map = map_in(arena) };
    return graph;
}

Revision *graph_get(const Graph *graph, Str id_or_label)
{
    return map_get(&graph->map, id_or_label);
}

bool revision_id_check(Str id, Error *err)
{
    static const char illegal[] = "@-+:";
    Buf found = buf_in(err->arena);
    for (const char *c = illegal; *c; c++)
        if (str_find_char(id, *c, 0) >= 0)
            buf_printf(&found, found.len ? ", %c" : "%c", *c);
    if (found.len)
        return fail(err, ERR_REVISION,
                    "Character(s) '%.*s' not allowed in revision identifier '%.*s'",
                    STR_ARG(buf_str(&found)), STR_ARG(id));
    return id.len || fail(err, ERR_REVISION, "a revision identifier must not be empty");
}

static void ids_copy(Arena *arena, const StrVec *from, StrVec *to)
{
    VEC_EACH (Str, id, from) {
        if (strvec_find(to, *id) < 0)
            VEC_PUSH(arena, to, str_dup(arena, *id));
    }
}

Declaration declaration_copy(Arena *arena, const Declaration *d)
{
    Declaration copy = { .id = str_dup(arena, d->id),
                         .path = d->path,
                         .module_doc = str_dup(arena, d->module_doc),
                         .text = d->text };
    ids_copy(arena, &d->down, &copy.down);
    ids_copy(arena, &d->depends, &copy.depends);
    ids_copy(arena, &d->labels, &copy.labels);
    return copy;
}

static Str first_paragraph(Str text)
{
    ptrdiff_t end = str_find(text, STR("\n\n"), 0);
    return end < 0 ? text : str_slice(text, 0, (size_t)end);
}

static bool check_loops(const Declaration *d, Error *err)
{
    Loc loc = { .file = d->path };
    if (strvec_find(&d->down, d->id) >= 0)
        return fail_at(err, ERR_REVISION, loc, "Self-loop is detected in revisions (%.*s)",
                       STR_ARG(d->id));
    if (strvec_find(&d->depends, d->id) >= 0)
        return fail_at(err, ERR_REVISION, loc,
                       "Dependency self-loop is detected in revisions (%.*s)", STR_ARG(d->id));
    return true;
}

bool graph_declare(Graph *graph, const Declaration *d, Error *err)
{
    Arena *arena = graph->arena;
    if (!revision_id_check(d->id, err))
        return error_at(err, (Loc){ .file = d->path });
    if (!check_loops(d, err))
        return false;
    const Revision *taken = graph_get(graph, d->id);
    if (taken)
        return fail(err, ERR_REVISION, "Revision %.*s is present more than once: '%.*s' and '%.*s'",
                    STR_ARG(d->id), STR_ARG(taken->path), STR_ARG(d->path));
    Revision *rev = ARENA_NEW(arena, Revision);
    *rev = (Revision){ .id = str_dup(arena, d->id),
                       .path = str_dup(arena, d->path),
                       .long_doc = str_dup(arena, str_trim(d->module_doc)),
                       .text = d->text,
                       .index = (uint32_t)graph->revisions.len };
    rev->doc = first_paragraph(rev->long_doc);
    ids_copy(arena, &d->down, &rev->down_ids);
    ids_copy(arena, &d->depends, &rev->depends_ids);
    ids_copy(arena, &d->labels, &rev->labels_declared);
    ids_copy(arena, &d->labels, &rev->labels);
    VEC_PUSH(arena, &graph->revisions, rev);
    map_set(&graph->map, rev->id, rev);
    return true;
}

static bool map_labels(Graph *graph, Error *err)
{
    VEC_EACH (Revision *, each, &graph->revisions) {
        Revision *rev = *each;
        VEC_EACH (Str, label, &rev->labels_declared) {
            const Revision *taken = graph_get(graph, *label);
            if (taken)
                return fail_at(err, ERR_REVISION, (Loc){ .file = rev->path },
                               "Branch name '%.*s' in revision %.*s already used by revision %.*s",
                               STR_ARG(*label), STR_ARG(rev->id), STR_ARG(taken->id));
            map_set(&graph->map, *label, rev);
        }
    }
    return true;
}

/* Resolves `ids`; what is not there is told in `missing`. */
static void connect(Graph *graph, Revision *rev, const StrVec *ids, const char *option,
                    RevisionVec *out, Buf *missing)
{
    VEC_EACH (Str, id, ids) {
        Revision *parent = graph_get(graph, *id);
        if (parent)
            VEC_PUSH(graph->arena, out, parent);
        else
            buf_printf(missing, "%s%s '%.*s' of revision %.*s (%.*s) is not present",
                       missing->len ? "; " : "", option, STR_ARG(*id), STR_ARG(rev->id),
                       STR_ARG(rev->path));
    }
}

static bool connect_all(Graph *graph, Error *err)
{
    Buf missing = buf_in(graph->arena);
    VEC_EACH (Revision *, each, &graph->revisions) {
        Revision *rev = *each;
        connect(graph, rev, &rev->down_ids, "down_revision", &rev->downs, &missing);
        connect(graph, rev, &rev->depends_ids, "depends_on", &rev->depends, &missing);
    }
    if (!missing.len)
        return true;
    fail(err, ERR_REVISION, "%.*s", STR_ARG(buf_str(&missing)));
    return error_remedy(err, "restore the file that has this revision, or correct the identifier");
}

static bool contains(const RevisionVec *vec, const Revision *rev)
{
    VEC_EACH (Revision *, each, vec) {
        if (*each == rev)
            return true;
    }
    return false;
}

static void add_children(Graph *graph)
{
    VEC_EACH (Revision *, each, &graph->revisions) {
        Revision *rev = *each;
        VEC_EACH (Revision *, down, &rev->downs) {
            VEC_PUSH(graph->arena, &(*down)->children, rev);
            VEC_PUSH(graph->arena, &(*down)->all_children, rev);
        }
        VEC_EACH (Revision *, other, &rev->depends) {
            if (!contains(&rev->downs, *other))
                VEC_PUSH(graph->arena, &(*other)->all_children, rev);
        }
    }
}

static int compare_ids(const void *a, const void *b)
{
    return str_cmp((*(Revision *const *)a)->id, (*(Revision *const *)b)->id);
}

static bool fail_cycle(Graph *graph, const RevisionVec *cycle, bool dependencies, Error *err)
{
    StrVec ids = { 0 };
    qsort(cycle->items, cycle->len, sizeof *cycle->items, compare_ids);
    VEC_EACH (Revision *, rev, cycle)
        VEC_PUSH(graph->arena, &ids, (*rev)->id);
    return fail_at(err, ERR_REVISION, (Loc){ .file = cycle->items[0]->path },
                   "%s is detected in revisions (%.*s)",
                   dependencies ? "Dependency cycle" : "Cycle",
                   STR_ARG(strvec_join(graph->arena, &ids, STR(", "))));
}

typedef struct Peeling {
    Graph *graph;
    uint32_t *count; /* of what each waits for; UINT32_MAX for what is gone */
    bool dependencies, upward;
} Peeling;

static void peel_next(Peeling *p, const Revision *from, Revision *to)
{
    if (p->upward && to->depth <= from->depth)
        to->depth = from->depth + 1;
    uint32_t *count = &p->count[to->index];
    if (*count != UINT32_MAX && --*count == 0)
        VEC_PUSH(p->graph->arena, &p->graph->stack, to);
}

static void peel_one(Peeling *p, Revision *rev)
{
    p->count[rev->index] = UINT32_MAX;
    if (p->upward) {
        const RevisionVec *next = p->dependencies ? &rev->all_children : &rev->children;
        VEC_EACH (Revision *, to, next)
            peel_next(p, rev, *to);
        return;
    }
    VEC_EACH (Revision *, to, &rev->downs)
        peel_next(p, rev, *to);
    VEC_EACH (Revision *, to, &rev->depends) {
        if (p->dependencies && !contains(&rev->downs, *to))
            peel_next(p, rev, *to);
    }
}

/* Takes away, again and again, what waits for nothing; `upward` goes from parents to children. */
static void peel(Graph *graph, uint32_t *count, bool dependencies, bool upward)
{
    Peeling peeling = { graph, count, dependencies, upward };
    graph->stack.len = 0;
    VEC_EACH (Revision *, each, &graph->revisions) {
        if (count[(*each)->index] == 0)
            VEC_PUSH(graph->arena, &graph->stack, *each);
    }
    while (graph->stack.len)
        peel_one(&peeling, graph->stack.items[--graph->stack.len]);
}

/* Down-revisions, and depends_on that are no down-revision too. */
static uint32_t parent_count(const Revision *rev, bool dependencies)
{
    size_t count = rev->downs.len;
    if (dependencies)
        VEC_EACH (Revision *, other, &rev->depends)
            count += !contains(&rev->downs, *other);
    return (uint32_t)count;
}

static bool check_cycles(Graph *graph, bool dependencies, Error *err)
{
    uint32_t *count = ARENA_ARRAY(graph->arena, uint32_t, graph->revisions.len);
    VEC_EACH (Revision *, rev, &graph->revisions)
        count[(*rev)->index] = parent_count(*rev, dependencies);
    peel(graph, count, dependencies, true);
    RevisionVec left = { 0 };
    VEC_EACH (Revision *, rev, &graph->revisions) {
        if (count[(*rev)->index] != UINT32_MAX)
            VEC_PUSH(graph->arena, &left, *rev);
    }
    if (!left.len)
        return true;
    VEC_EACH (Revision *, rev, &left) {
        const RevisionVec *children = dependencies ? &(*rev)->all_children : &(*rev)->children;
        count[(*rev)->index] = (uint32_t)children->len;
    }
    peel(graph, count, dependencies, false);
    RevisionVec cycle = { 0 };
    VEC_EACH (Revision *, rev, &left) {
        if (count[(*rev)->index] != UINT32_MAX)
            VEC_PUSH(graph->arena, &cycle, *rev);
    }
    return fail_cycle(graph, &cycle, dependencies, err);
}

/* Whether `rev` has, below it by down_revision, one that depends on `other` as well. */
static bool implied_below(Graph *graph, Revision *rev, const Revision *other)
{
    RevisionVec *stack = &graph->stack;
    uint32_t mark = ++graph->mark;
    stack->len = 0;
    VEC_PUSH(graph->arena, stack, rev);
    while (stack->len) {
        Revision *at = stack->items[--stack->len];
        if (at != rev && contains(&at->depends, other))
            return true;
        VEC_EACH (Revision *, down, &at->downs) {
            if (graph->marks[(*down)->index] == mark || (*down)->depth <= other->depth)
                continue;
            graph->marks[(*down)->index] = mark;
            VEC_PUSH(graph->arena, stack, *down);
        }
    }
    return false;
}

/* A dependency that only one revision names cannot be implied by another's. */
static bool has_other_dependant(const Revision *other, const Revision *rev)
{
    VEC_EACH (Revision *, child, &other->all_children) {
        if (*child != rev && contains(&(*child)->depends, other))
            return true;
    }
    return false;
}

static void link_parents(Graph *graph)
{
    VEC_EACH (Revision *, each, &graph->revisions) {
        Revision *rev = *each;
        VEC_EACH (Revision *, down, &rev->downs)
            VEC_PUSH(graph->arena, &rev->parents, *down);
        VEC_EACH (Revision *, other, &rev->depends) {
            if (contains(&rev->needed, *other) ||
                (has_other_dependant(*other, rev) && implied_below(graph, rev, *other)))
                continue;
            VEC_PUSH(graph->arena, &rev->needed, *other);
            if (!contains(&rev->parents, *other))
                VEC_PUSH(graph->arena, &rev->parents, *other);
        }
    }
}

static void spread_up(Graph *graph, Revision *from, Str label)
{
    RevisionVec *stack = &graph->stack;
    uint32_t mark = ++graph->mark;
    stack->len = 0;
    VEC_PUSH(graph->arena, stack, from);
    while (stack->len) {
        Revision *rev = stack->items[--stack->len];
        if (graph->marks[rev->index] == mark)
            continue;
        graph->marks[rev->index] = mark;
        strvec_add(graph->arena, &rev->labels, label);
        VEC_EACH (Revision *, child, &rev->children)
            VEC_PUSH(graph->arena, stack, *child);
    }
}

/* Whether one line leads from `rev` to its head. */
static bool is_plain_to_head(const Revision *rev)
{
    while (rev->all_children.len <= 1 && rev->downs.len <= 1) {
        if (!rev->children.len)
            return true;
        rev = rev->children.items[0];
    }
    return false;
}

/* Down to, not including, the nearest fork or merge. */
static void spread_down(Graph *graph, Revision *rev, Str label)
{
    if (!is_plain_to_head(rev))
        return;
    while (rev && rev->all_children.len <= 1 && rev->downs.len <= 1) {
        strvec_add(graph->arena, &rev->labels, label);
        rev = rev->downs.len ? rev->downs.items[0] : NULL;
    }
}

static void spread_labels(Graph *graph)
{
    VEC_EACH (Revision *, rev, &graph->revisions) {
        VEC_EACH (Str, label, &(*rev)->labels_declared) {
            spread_up(graph, *rev, *label);
            spread_down(graph, *rev, *label);
        }
    }
}

static void find_ends(Graph *graph)
{
    VEC_EACH (Revision *, each, &graph->revisions) {
        Revision *rev = *each;
        if (revision_is_head(rev))
            VEC_PUSH(graph->arena, &graph->heads, rev);
        if (revision_is_real_head(rev))
            VEC_PUSH(graph->arena, &graph->real_heads, rev);
        if (revision_is_base(rev))
            VEC_PUSH(graph->arena, &graph->bases, rev);
        if (revision_is_base(rev) && rev->depends.len == 0)
            VEC_PUSH(graph->arena, &graph->real_bases, rev);
    }
}

bool graph_link(Graph *graph, Error *err)
{
    graph->marks = ARENA_ARRAY(graph->arena, uint32_t, graph->revisions.len);
    if (!map_labels(graph, err) || !connect_all(graph, err))
        return false;
    add_children(graph);
    if (!check_cycles(graph, false, err) || !check_cycles(graph, true, err))
        return false;
    link_parents(graph);
    spread_labels(graph);
    find_ends(graph);
    return true;
}

bool revision_is_head(const Revision *rev)
{
    return rev->children.len == 0;
}

bool revision_is_real_head(const Revision *rev)
{
    return rev->all_children.len == 0;
}

bool revision_is_base(const Revision *rev)
{
    return rev->downs.len == 0;
}

bool revision_is_branch_point(const Revision *rev)
{
    return rev->children.len > 1;
}

bool revision_is_merge_point(const Revision *rev)
{
    return rev->downs.len > 1;
}
