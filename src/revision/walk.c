/* SPDX-License-Identifier: MIT */
#include "revision/walk.h"

static bool fail_relative(const RelativeTarget *relative, Error *err)
{
    long long steps = (long long)(relative->steps < 0 ? -relative->steps : relative->steps);
    return fail(err, ERR_REVISION, "Relative revision %.*s didn't produce %lld migrations",
                STR_ARG(relative->steps_text), steps);
}

/* Those of `set` that nothing else in it stands on. */
static void find_tips(Graph *graph, const RevisionVec *set, RevisionVec *tips)
{
    uint32_t mark = ++graph->mark;
    VEC_EACH (Revision *, rev, set)
        VEC_EACH (Revision *, parent, &(*rev)->parents)
            graph->marks[(*parent)->index] = mark;
    VEC_EACH (Revision *, rev, set) {
        if (graph->marks[(*rev)->index] != mark)
            VEC_PUSH(graph->arena, tips, *rev);
    }
}

static void collect_marked(Graph *graph, RevisionVec *out)
{
    VEC_EACH (Revision *, rev, &graph->revisions) {
        if (graph_marked(graph, *rev))
            VEC_PUSH(graph->arena, out, *rev);
    }
}

bool walk_applied(Graph *graph, const StrVec *rows, RevisionVec *applied, Error *err)
{
    RevisionVec heads = { 0 };
    if (!resolve_list(graph, rows, &heads, err))
        return false;
    graph_mark_ancestors(graph, &heads, true);
    collect_marked(graph, applied);
    return true;
}

/* Where the line of `label` stands when `rows` are in the table; none when it was not begun. */
static bool starts_on_branch(Graph *graph, const StrVec *rows, Str label, RevisionVec *starts,
                             Error *err)
{
    RevisionVec heads = { 0 }, applied = { 0 }, active = { 0 };
    if (!resolve_list(graph, rows, &heads, err) ||
        !resolve_lineage(graph, &heads, label, false, starts, err))
        return false;
    if (starts->len)
        return true;
    if (!walk_applied(graph, rows, &applied, err) ||
        !resolve_lineage(graph, &applied, label, false, &active, err))
        return false;
    find_tips(graph, &active, starts);
    return true;
}

static bool find_start(Graph *graph, const StrVec *rows, Str label, Revision **start, Error *err)
{
    RevisionVec starts = { 0 };
    bool ok = label.len ? starts_on_branch(graph, rows, label, &starts, err)
                        : resolve_list(graph, rows, &starts, err);
    if (!ok)
        return false;
    if (starts.len > 1)
        return fail(err, ERR_REVISION, "Ambiguous upgrade from multiple current revisions");
    *start = starts.len ? starts.items[0] : NULL;
    return true;
}

static bool resolve_symbol(Graph *graph, const RelativeTarget *relative, Revision **rev, Error *err)
{
    Str text = relative->symbol;
    if (relative->label.len && relative->steps < 0)
        text = str_format(graph->arena, "%.*s@%.*s", STR_ARG(relative->label), STR_ARG(text));
    return resolve_one(graph, text, rev, err);
}

/* The revisions that an upgrade to `target` must have applied. */
static bool upgrade_targets(Graph *graph, const StrVec *rows, Str target, bool whole,
                            RevisionVec *targets, Error *err)
{
    RelativeTarget relative;
    if (!resolve_relative(target, &relative))
        return resolve_all(graph, target, targets, err);
    Revision *rev;
    bool found;
    if (!str_given(relative.symbol)) {
        if (relative.steps <= 0)
            return fail_relative(&relative, err);
        if (!find_start(graph, rows, relative.label, &rev, err))
            return false;
    } else if (!resolve_symbol(graph, &relative, &rev, err)) {
        return false;
    }
    Str label = relative.steps > 0 ? relative.label : STR_NONE;
    if (!resolve_walk(graph, rev, relative.steps, label, whole, &rev, &found, err))
        return false;
    if (!found)
        return fail_relative(&relative, err);
    if (rev)
        VEC_PUSH(graph->arena, targets, rev);
    return true;
}

static bool *marked_flags(Graph *graph)
{
    bool *flags = ARENA_ARRAY(graph->arena, bool, graph->revisions.len);
    for (size_t i = 0; i < graph->revisions.len; i++)
        flags[i] = graph->marks[i] == graph->mark;
    return flags;
}

static void clear_marked(const Graph *graph, bool *flags)
{
    for (size_t i = 0; i < graph->revisions.len; i++)
        flags[i] = flags[i] && graph->marks[i] != graph->mark;
}

static void keep_marked(const Graph *graph, bool *flags)
{
    for (size_t i = 0; i < graph->revisions.len; i++)
        flags[i] = flags[i] && graph->marks[i] == graph->mark;
}

static void put_step(Graph *graph, StepKind kind, Revision *rev, StepVec *steps)
{
    Step step = { .kind = kind, .revision = rev, .is_upgrade = kind == STEP_UPGRADE };
    StrVec own = { 0 };
    VEC_PUSH(graph->arena, &own, rev->id);
    StrVec downs = { 0 };
    VEC_EACH (Revision *, down, &rev->downs)
        VEC_PUSH(graph->arena, &downs, (*down)->id);
    step.from = step.is_upgrade ? downs : own;
    step.to = step.is_upgrade ? own : downs;
    VEC_PUSH(graph->arena, steps, step);
}

/* Several starting points must not stand on one another. */
static bool check_overlap(Graph *graph, const RevisionVec *revs, Error *err)
{
    for (size_t i = 0; i < revs->len && revs->len > 1; i++) {
        RevisionVec one = { 0 };
        StrVec below = { 0 };
        VEC_PUSH(graph->arena, &one, revs->items[i]);
        graph_mark_ancestors(graph, &one, true);
        VEC_EACH (Revision *, other, revs) {
            if (*other != revs->items[i] && graph_marked(graph, *other))
                strvec_add(graph->arena, &below, (*other)->id);
        }
        if (!below.len)
            continue;
        fail(err, ERR_REVISION,
             "Requested revision %.*s overlaps with other requested revisions %.*s",
             STR_ARG(revs->items[i]->id), STR_ARG(strvec_join(graph->arena, &below, STR(", "))));
        return error_remedy(err, "the first stands for those below it; where the version table has "
                                 "them all, delete the others from it");
    }
    return true;
}

bool plan_upgrade(Graph *graph, const StrVec *rows, Str target, StepVec *steps, Error *err)
{
    RevisionVec targets = { 0 }, current = { 0 }, sorted = { 0 };
    graph->asked = target;
    if (!upgrade_targets(graph, rows, target, true, &targets, err) ||
        !check_overlap(graph, &targets, err) || !resolve_list(graph, rows, &current, err) ||
        !check_overlap(graph, &current, err))
        return false;
    graph_mark_ancestors(graph, &targets, true);
    bool *todo = marked_flags(graph);
    graph_mark_ancestors(graph, &current, true);
    clear_marked(graph, todo);
    walk_sort(graph, todo, &targets, &sorted);
    for (size_t i = sorted.len; i-- > 0;)
        put_step(graph, STEP_UPGRADE, sorted.items[i], steps);
    return true;
}

typedef struct DownTarget {
    Str label;          /* limits what goes */
    Revision *revision; /* stays; NULL is the base */
} DownTarget;

/* Where "-N" begins. */
static bool down_start(Graph *graph, const StrVec *rows, const RelativeTarget *relative, Str *start,
                       Error *err)
{
    if (relative->label.len) {
        RevisionVec starts = { 0 };
        if (!starts_on_branch(graph, rows, relative->label, &starts, err))
            return false;
        if (starts.len > 1)
            return fail(err, ERR_REVISION,
                        "Ambiguous downgrade of branch '%.*s' from multiple "
                        "current revisions",
                        STR_ARG(relative->label));
        if (starts.len)
            *start = starts.items[0]->id;
        return starts.len || fail_relative(relative, err);
    }
    if (!rows->len)
        return fail_relative(relative, err);
    *start = rows->items[0];
    for (size_t i = 1; i < rows->len; i++)
        if (!str_eq(rows->items[i], *start)) {
            VEC_PUSH(graph->arena, &graph->warnings,
                     STR("downgrade -1 from multiple heads is ambiguous; this usage will be "
                         "disallowed in a future release."));
            break;
        }
    return true;
}

static bool relative_down_target(Graph *graph, const StrVec *rows, RelativeTarget *relative,
                                 DownTarget *target, Error *err)
{
    bool from_current = !str_given(relative->symbol), found;
    if (relative->steps >= 0 && from_current)
        return fail_relative(relative, err);
    target->label = relative->label;
    if (from_current) {
        if (!down_start(graph, rows, relative, &relative->symbol, err))
            return false;
        if (!relative->label.len)
            target->label = relative->symbol;
    }
    Revision *start;
    if (!resolve_symbol(graph, relative, &start, err) ||
        !resolve_walk(graph, start, relative->steps,
                      relative->steps > 0 ? relative->label : STR_NONE, true, &target->revision,
                      &found, err))
        return false;
    if (!found && from_current)
        return fail_relative(relative, err);
    return found || fail(err, ERR_REVISION, "Walked too far");
}

static bool down_target(Graph *graph, const StrVec *rows, Str text, DownTarget *target, Error *err)
{
    RelativeTarget relative;
    if (resolve_relative(text, &relative))
        return relative_down_target(graph, rows, &relative, target, err);
    ptrdiff_t at = str_rfind_char(text, '@');
    if (at >= 0) {
        target->label = str_slice(text, 0, (size_t)at);
        text = str_from_offset(text, (size_t)at + 1);
    }
    return resolve_one(graph, text, &target->revision, err);
}

/* What goes first, seen from the base: the children of what stays, or the bases. */
static bool down_roots(Graph *graph, const DownTarget *target, RevisionVec *roots, Error *err)
{
    const RevisionVec *all = target->revision ? &target->revision->children : &graph->bases;
    RevisionVec branch = { 0 };
    Revision *rev;
    if (!target->label.len || all->len <= 1) {
        *roots = *all;
        return true;
    }
    if (!resolve_label(graph, target->label, &rev, err))
        return false;
    VEC_PUSH(graph->arena, &branch, rev);
    graph_mark_ancestors(graph, &branch, false);
    VEC_EACH (Revision *, root, all) {
        if (graph_marked(graph, *root))
            VEC_PUSH(graph->arena, roots, *root);
    }
    return roots->len || fail(err, ERR_REVISION, "Not a valid downgrade target from current heads");
}

static bool among(const RevisionVec *vec, const Revision *rev)
{
    VEC_EACH (Revision *, each, vec) {
        if (*each == rev)
            return true;
    }
    return false;
}

bool plan_downgrade(Graph *graph, const StrVec *rows, Str text, StepVec *steps, Error *err)
{
    DownTarget target = { 0 };
    RevisionVec roots = { 0 }, heads = { 0 }, sorted = { 0 };
    graph->asked = text;
    if (!down_target(graph, rows, text, &target, err) || !down_roots(graph, &target, &roots, err) ||
        !resolve_list(graph, rows, &heads, err))
        return false;
    graph_mark_descendants(graph, &roots, true);
    bool *todo = marked_flags(graph);
    graph_mark_ancestors(graph, &heads, true);
    keep_marked(graph, todo);
    walk_sort(graph, todo, &heads, &sorted);
    if (!sorted.len && target.revision && !among(&heads, target.revision))
        return fail(err, ERR_REVISION,
                    "Destination %.*s is not a valid downgrade target from current head(s)",
                    STR_ARG(text));
    VEC_EACH (Revision *, rev, &sorted)
        put_step(graph, STEP_DOWNGRADE, *rev, steps);
    return true;
}

static void put_stamp(Graph *graph, const RevisionVec *from, const Revision *to, bool is_upgrade,
                      bool branch_move, StepVec *steps)
{
    Step step = { .kind = STEP_STAMP, .is_upgrade = is_upgrade, .branch_move = branch_move };
    if (from)
        VEC_EACH (Revision *, rev, from)
            VEC_PUSH(graph->arena, &step.from, (*rev)->id);
    if (to)
        VEC_PUSH(graph->arena, &step.to, to->id);
    VEC_PUSH(graph->arena, steps, step);
}

static bool any_marked(const Graph *graph, const RevisionVec *revs)
{
    VEC_EACH (Revision *, rev, revs) {
        if (graph_marked(graph, *rev))
            return true;
    }
    return false;
}

static void stamp_one(Graph *graph, const RevisionVec *heads, Revision *dest, StepVec *steps)
{
    RevisionVec one = { 0 };
    if (among(heads, dest))
        return;
    VEC_PUSH(graph->arena, &one, dest);
    graph_mark_descendants(graph, &one, true);
    bool below = any_marked(graph, heads);
    graph_mark_ancestors(graph, &one, true);
    bool above = any_marked(graph, heads);
    if (below || above)
        put_stamp(graph, heads, dest, !below, false, steps);
    else
        put_stamp(graph, NULL, dest, true, true, steps);
}

static void stamp_base(Graph *graph, const RevisionVec *heads, StepVec *steps)
{
    VEC_EACH (Revision *, head, heads) {
        RevisionVec one = { 0 };
        VEC_PUSH(graph->arena, &one, *head);
        put_stamp(graph, &one, NULL, false, true, steps);
    }
}

static bool stamp_lineage(Graph *graph, const RevisionVec *heads, const StrVec *targets,
                          RevisionVec *found, Error *err)
{
    VEC_EACH (Str, target, targets) {
        RevisionVec kept = { 0 };
        if (!resolve_lineage(graph, heads, *target, true, &kept, err))
            return false;
        VEC_EACH (Revision *, rev, &kept) {
            if (!among(found, *rev))
                VEC_PUSH(graph->arena, found, *rev);
        }
    }
    return true;
}

bool plan_stamp(Graph *graph, const StrVec *rows, const StrVec *targets, StepVec *steps, Error *err)
{
    const char *said = graph->heads_text;
    graph->asked = STR_NONE;
    graph->heads_text = "Multiple heads are present; please specify a single target revision";
    RevisionVec heads = { 0 }, related = { 0 }, dests = { 0 };
    bool ok = resolve_list(graph, rows, &heads, err) &&
              stamp_lineage(graph, &heads, targets, &related, err) &&
              resolve_list(graph, targets, &dests, err);
    graph->heads_text = said;
    if (!ok)
        return false;
    VEC_EACH (Revision *, dest, &dests)
        stamp_one(graph, &related, *dest, steps);
    if (!dests.len)
        stamp_base(graph, &related, steps);
    return true;
}

/* `label@...` as the lower end narrows the upper end to that branch. */
static bool narrow_targets(Graph *graph, Str lower, RevisionVec *targets, Error *err)
{
    ptrdiff_t at = str_find_char(lower, '@', 0);
    if (at < 0)
        return true;
    Str label = str_slice(lower, 0, (size_t)at);
    Revision *rev;
    RevisionVec kept = { 0 };
    if (!resolve_label(graph, label, &rev, err))
        return false;
    if (str_eq(rev->id, label) && rev->labels.len)
        label = rev->labels.items[0];
    VEC_EACH (Revision *, target, targets) {
        if (strvec_find(&(*target)->labels, label) >= 0)
            VEC_PUSH(graph->arena, &kept, *target);
    }
    *targets = kept;
    return true;
}

static bool range_ends(Graph *graph, const StrVec *upper, const StrVec *lower, RevisionVec *targets,
                       RevisionVec *ends, Error *err)
{
    bool one = upper->len == 1;
    if (one && !upgrade_targets(graph, lower, upper->items[0], false, targets, err))
        return false;
    if (!one && !resolve_list(graph, upper, targets, err))
        return false;
    if (lower->len == 1 && !narrow_targets(graph, lower->items[0], targets, err))
        return false;
    return resolve_list(graph, lower, ends, err);
}

bool walk_range(Graph *graph, const StrVec *upper, const StrVec *lower, RevisionVec *revisions,
                Error *err)
{
    RevisionVec targets = { 0 }, ends = { 0 };
    graph->asked = upper->len == 1 ? upper->items[0] : STR_NONE;
    if (!range_ends(graph, upper, lower, &targets, &ends, err))
        return false;
    graph_mark_ancestors(graph, &targets, true);
    VEC_EACH (Revision *, end, &ends) {
        if (!graph_marked(graph, *end))
            return fail(err, ERR_REVISION,
                        "Requested range %.*s:%.*s does not refer to ancestor/descendant revisions "
                        "along the same branch",
                        STR_ARG(strvec_join(graph->arena, lower, STR(", "))),
                        STR_ARG(strvec_join(graph->arena, upper, STR(", "))));
    }
    bool *flags = marked_flags(graph);
    if (!check_overlap(graph, &ends, err))
        return false;
    graph_mark_descendants(graph, &ends, true);
    if (ends.len)
        keep_marked(graph, flags);
    walk_sort(graph, flags, &targets, revisions);
    return true;
}

void walk_all(Graph *graph, RevisionVec *revisions)
{
    bool *flags = ARENA_ARRAY(graph->arena, bool, graph->revisions.len);
    for (size_t i = 0; i < graph->revisions.len; i++)
        flags[i] = true;
    walk_sort(graph, flags, &graph->real_heads, revisions);
}
