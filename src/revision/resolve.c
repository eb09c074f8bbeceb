/* SPDX-License-Identifier: MIT */
#include "revision/resolve.h"

#include <limits.h>
#include <utf8proc.h>

/* What a target's text comes to before it is looked up among the revisions. */
typedef struct Target {
    Str label; /* before the @, or STR_NONE */
    Str id;    /* to be looked up; STR_NONE when `revisions` say all */
    RevisionVec revisions;
} Target;

static bool not_found(Str id, Error *err)
{
    return fail(err, ERR_REVISION, "Can't locate revision identified by '%.*s'", STR_ARG(id));
}

static void mark_next(Graph *graph, const RevisionVec *next)
{
    VEC_EACH (Revision *, each, next) {
        if (graph->marks[(*each)->index] == graph->mark || (*each)->depth < graph->floor)
            continue;
        graph->marks[(*each)->index] = graph->mark;
        VEC_PUSH(graph->arena, &graph->stack, *each);
    }
}

void graph_mark_ancestors(Graph *graph, const RevisionVec *from, bool with_dependencies)
{
    graph->mark++;
    graph->stack.len = 0;
    mark_next(graph, from);
    while (graph->stack.len) {
        const Revision *rev = graph->stack.items[--graph->stack.len];
        mark_next(graph, with_dependencies ? &rev->parents : &rev->downs);
    }
}

void graph_mark_descendants(Graph *graph, const RevisionVec *from, bool with_dependencies)
{
    graph->mark++;
    graph->stack.len = 0;
    mark_next(graph, from);
    while (graph->stack.len) {
        const Revision *rev = graph->stack.items[--graph->stack.len];
        mark_next(graph, with_dependencies ? &rev->all_children : &rev->children);
    }
}

/* Keeps of `among` what is an ancestor or a descendant of one of `tests`, or one of them. */
static void keep_lineage(Graph *graph, const RevisionVec *among, const RevisionVec *tests,
                         bool with_dependencies, RevisionVec *kept)
{
    graph_mark_ancestors(graph, tests, with_dependencies);
    graph_mark_descendants(graph, tests, with_dependencies);
    for (size_t i = 0; i < among->len; i++) {
        uint32_t mark = graph->marks[among->items[i]->index];
        bool related = mark == graph->mark || mark == graph->mark - 1;
        if (related || tests->len == 0)
            VEC_PUSH(graph->arena, kept, among->items[i]);
    }
}

static bool find_by_start(Graph *graph, Str id, const Revision *branch, Revision **found,
                          Error *err)
{
    RevisionVec revs = { 0 }, kept = { 0 }, test = { 0 };
    if (!id.len)
        return not_found(id, err);
    for (size_t i = 0; i < graph->map.len; i++) {
        Str key = graph->map.entries[i].key;
        if (utf8_count(key) > 3 && str_starts(key, id))
            VEC_PUSH(graph->arena, &revs, graph->map.entries[i].value);
    }
    if (branch) {
        VEC_PUSH(graph->arena, &test, graph_get(graph, branch->id));
        keep_lineage(graph, &revs, &test, false, &kept);
        revs = kept;
    }
    if (revs.len != 1)
        return not_found(id, err);
    *found = revs.items[0];
    return true;
}

/* By exact id or label, else by its beginning; `label` must be in its line. */
static bool find_by_id(Graph *graph, Str id, Str label, Revision **found, Error *err)
{
    Revision *branch = NULL;
    if (label.len && !resolve_label(graph, label, &branch, err))
        return false;
    *found = graph_get(graph, id);
    if (!*found && !find_by_start(graph, id, branch, found, err))
        return false;
    if (!branch)
        return true;
    RevisionVec one = { 0 }, test = { 0 }, kept = { 0 };
    VEC_PUSH(graph->arena, &one, *found);
    VEC_PUSH(graph->arena, &test, branch);
    keep_lineage(graph, &one, &test, false, &kept);
    return kept.len ? true : not_found(id, err);
}

bool resolve_label(Graph *graph, Str label, Revision **revision, Error *err)
{
    return find_by_id(graph, label, STR_NONE, revision, err);
}

static bool several_heads(Graph *graph, Str argument, Error *err)
{
    if (graph->heads_text)
        return fail(err, ERR_REVISION, "%s", graph->heads_text);
    if (graph->asked.len)
        argument = graph->asked;
    return fail(err, ERR_REVISION,
                "Multiple head revisions are present for given argument '%.*s'; please specify a "
                "specific target revision, '<branchname>@%.*s' to narrow to a specific head, or "
                "'heads' for all heads",
                STR_ARG(argument), STR_ARG(argument));
}

static bool heads_of(Graph *graph, Str label, RevisionVec *heads, Error *err)
{
    if (!label.len) {
        *heads = graph->heads;
        return true;
    }
    return resolve_lineage(graph, &graph->heads, label, false, heads, err);
}

static Str labelled(Graph *graph, Str label, const char *target)
{
    return label.len ? str_format(graph->arena, "%.*s@%s", STR_ARG(label), target)
                     : str_from(target);
}

bool resolve_head(Graph *graph, Str label, Revision **head, Error *err)
{
    RevisionVec heads = { 0 };
    if (!heads_of(graph, label, &heads, err))
        return false;
    if (heads.len > 1)
        return several_heads(graph, labelled(graph, label, "head"), err);
    *head = heads.len ? heads.items[0] : NULL;
    return true;
}

static bool target_read(Graph *graph, Str text, Target *target, Error *err)
{
    *target = (Target){ 0 };
    ptrdiff_t at = str_find_char(text, '@', 0);
    if (at >= 0) {
        target->label = str_slice(text, 0, (size_t)at);
        text = str_from_offset(text, (size_t)at + 1);
    }
    if (str_is(text, "heads")) {
        if (target->label.len)
            return heads_of(graph, target->label, &target->revisions, err);
        target->revisions = graph->real_heads;
        return true;
    }
    if (str_is(text, "head")) {
        Revision *head;
        if (!resolve_head(graph, target->label, &head, err))
            return false;
        if (head)
            VEC_PUSH(graph->arena, &target->revisions, head);
        return true;
    }
    if (!str_is(text, "base"))
        target->id = text;
    return true;
}

/* "-2": that many below each head. */
static bool resolve_below_heads(Graph *graph, Str label, int64_t steps, RevisionVec *out,
                                Error *err)
{
    RevisionVec heads = graph->real_heads, kept = { 0 };
    if (label.len) {
        if (!resolve_lineage(graph, &heads, label, false, &kept, err))
            return false;
        heads = kept;
    }
    for (size_t i = 0; i < heads.len; i++) {
        Revision *rev;
        bool found;
        if (!resolve_walk(graph, heads.items[i], steps, STR_NONE, true, &rev, &found, err))
            return false;
        if (found && rev)
            VEC_PUSH(graph->arena, out, rev);
    }
    return true;
}

static bool steps_parse(Str digits, int64_t *steps)
{
    bool negative = digits.len && digits.ptr[0] == '-';
    *steps = 0;
    for (size_t i = 1; i < digits.len; i++) {
        if (!char_is_digit(digits.ptr[i]))
            return false;
        if (*steps < INT32_MAX)
            *steps = *steps * 10 + (digits.ptr[i] - '0');
    }
    if (negative)
        *steps = -*steps;
    return digits.len > 1;
}

bool resolve_all(Graph *graph, Str text, RevisionVec *revisions, Error *err)
{
    Target target;
    if (!target_read(graph, text, &target, err))
        return false;
    if (!str_given(target.id)) {
        VEC_EACH (Revision *, rev, &target.revisions)
            VEC_PUSH(graph->arena, revisions, *rev);
        return true;
    }
    int64_t steps;
    if (str_starts(target.id, STR("-")) && steps_parse(target.id, &steps) && steps < 0)
        return resolve_below_heads(graph, target.label, steps, revisions, err);
    Revision *rev;
    if (!find_by_id(graph, target.id, target.label, &rev, err))
        return false;
    VEC_PUSH(graph->arena, revisions, rev);
    return true;
}

bool resolve_one(Graph *graph, Str text, Revision **revision, Error *err)
{
    Target target;
    *revision = NULL;
    if (!target_read(graph, text, &target, err))
        return false;
    if (str_given(target.id))
        return find_by_id(graph, target.id, target.label, revision, err);
    if (target.revisions.len > 1)
        return several_heads(graph, text, err);
    if (target.revisions.len)
        *revision = target.revisions.items[0];
    return true;
}

bool resolve_list(Graph *graph, const StrVec *targets, RevisionVec *revisions, Error *err)
{
    for (size_t i = 0; i < targets->len; i++)
        if (!resolve_all(graph, targets->items[i], revisions, err))
            return false;
    return true;
}

bool resolve_lineage(Graph *graph, const RevisionVec *among, Str lineage, bool with_dependencies,
                     RevisionVec *revisions, Error *err)
{
    Target target;
    Revision *rev;
    if (!target_read(graph, lineage, &target, err))
        return false;
    RevisionVec tests = { 0 };
    VEC_EACH (Revision *, each, &target.revisions)
        VEC_PUSH(graph->arena, &tests, *each);
    if (!among->len)
        return true;
    if (target.label.len) {
        if (!find_by_id(graph, target.label, STR_NONE, &rev, err))
            return false;
        VEC_PUSH(graph->arena, &tests, rev);
    }
    if (str_given(target.id)) {
        if (!find_by_id(graph, target.id, STR_NONE, &rev, err))
            return false;
        VEC_PUSH(graph->arena, &tests, rev);
    }
    keep_lineage(graph, among, &tests, with_dependencies, revisions);
    return true;
}

static bool is_word(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return c == '_' || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* A word, maybe empty, then a sign and digits, at the start of `text`. */
static bool read_symbol_and_steps(Str text, RelativeTarget *relative)
{
    size_t end = 0;
    while (end < text.len) {
        size_t next = end;
        if (!is_word(utf8_next(text, &next)))
            break;
        end = next;
    }
    if (end + 1 >= text.len || (text.ptr[end] != '+' && text.ptr[end] != '-'))
        return false;
    size_t stop = end + 1;
    while (stop < text.len && char_is_digit(text.ptr[stop]))
        stop++;
    relative->symbol = end ? str_slice(text, 0, end) : STR_NONE;
    relative->steps_text = str_slice(text, end, stop);
    return steps_parse(relative->steps_text, &relative->steps);
}

bool resolve_relative(Str target, RelativeTarget *relative)
{
    *relative = (RelativeTarget){ 0 };
    for (ptrdiff_t at; (at = str_find_char(target, '@', relative->label.len + 1)) >= 0;) {
        relative->label = str_slice(target, 0, (size_t)at);
        if (read_symbol_and_steps(str_from_offset(target, (size_t)at + 1), relative))
            return true;
    }
    relative->label = STR_NONE;
    return read_symbol_and_steps(target, relative);
}

/* The only way on from `from`; *next stays NULL at the end. */
static bool step_up(Graph *graph, const Revision *from, Str label, Revision **next, Error *err)
{
    const RevisionVec *ways = from ? &from->children : &graph->bases;
    RevisionVec kept = { 0 };
    if (label.len) {
        if (!resolve_lineage(graph, ways, label, false, &kept, err))
            return false;
        ways = &kept;
    }
    if (ways->len > 1)
        return fail(err, ERR_REVISION, "Ambiguous walk");
    *next = ways->len ? ways->items[0] : NULL;
    return true;
}

bool resolve_walk(Graph *graph, Revision *from, int64_t steps, Str label, bool whole,
                  Revision **end, bool *found, Error *err)
{
    *found = true;
    *end = from;
    for (; steps > 0; steps--) {
        Revision *next = NULL;
        if (!step_up(graph, *end, label, &next, err))
            return false;
        *found = next || !whole;
        if (!next)
            return true;
        *end = next;
    }
    for (; steps < 0 && *end; steps++) {
        if ((*end)->downs.len > 1)
            return fail(err, ERR_REVISION, "Ambiguous walk");
        *end = (*end)->downs.len ? (*end)->downs.items[0] : NULL;
    }
    *found = steps == 0 || !whole;
    return true;
}
