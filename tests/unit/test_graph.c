/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "revision/walk.h"

static StrVec list(Arena *arena, const char *text)
{
    StrVec names = { 0 };
    Str rest = str_from(text), part;
    while (str_split_next(&rest, ',', &part))
        if (part.len)
            VEC_PUSH(arena, &names, part);
    return names;
}

static bool add(Graph *graph, const char *id, const char *downs, const char *depends,
                const char *labels, Error *err)
{
    Arena *arena = graph->arena;
    return graph_declare(graph,
                         &(Declaration){ .id = str_from(id),
                                         .down = list(arena, downs),
                                         .depends = list(arena, depends),
                                         .labels = list(arena, labels),
                                         .path = str_format(arena, "/v/%s.py", id),
                                         .module_doc = STR("\nadd things\nmore\n\nRevises: x\n") },
                         err);
}

/* a <- b <- c and b <- d (label side); e merges c and d. */
static Graph *forked(Arena *arena, bool merged)
{
    Graph *graph = graph_new(arena);
    Error err = error_in(arena);
    assert_true(add(graph, "aaaa1", "", "", "", &err) &&
                add(graph, "bbbb1", "aaaa1", "", "", &err) &&
                add(graph, "cccc1", "bbbb1", "", "", &err) &&
                add(graph, "dddd1", "bbbb1", "", "side", &err));
    if (merged)
        assert_true(add(graph, "eeee1", "cccc1,dddd1", "", "", &err));
    assert_true(graph_link(graph, &err));
    return graph;
}

static void link_finds_heads_bases_and_labels(void **state)
{
    Graph *graph = forked(*state, false);
    assert_int_equal(graph->heads.len, 2);
    assert_int_equal(graph->bases.len, 1);
    assert_true(revision_is_branch_point(graph_get(graph, STR("bbbb1"))));
    assert_ptr_equal(graph_get(graph, STR("side")), graph_get(graph, STR("dddd1")));
    assert_int_equal(graph_get(graph, STR("bbbb1"))->labels.len, 0);
    assert_text(graph_get(graph, STR("aaaa1"))->doc, "add things\nmore");
}

static void declare_refuses_doubles_loops_and_illegal_ids(void **state)
{
    Graph *graph = graph_new(*state);
    Error err = error_in(*state);
    assert_true(add(graph, "a", "", "", "", &err));
    assert_false(add(graph, "a", "", "", "", &err));
    assert_text(err.text, "Revision a is present more than once: '/v/a.py' and '/v/a.py'");
    error_clear(&err);
    assert_false(add(graph, "b", "b", "", "", &err));
    assert_text(err.text, "Self-loop is detected in revisions (b)");
    error_clear(&err);
    assert_false(add(graph, "b-c", "", "", "", &err));
    assert_text(err.text, "Character(s) '-' not allowed in revision identifier 'b-c'");
}

static void link_names_the_file_whose_parent_is_missing(void **state)
{
    Graph *graph = graph_new(*state);
    Error err = error_in(*state);
    assert_true(add(graph, "a", "ffff", "", "", &err));
    assert_false(graph_link(graph, &err));
    assert_text(err.text, "down_revision 'ffff' of revision a (/v/a.py) is not present");
}

static void link_finds_a_cycle_behind_a_base(void **state)
{
    Graph *graph = graph_new(*state);
    Error err = error_in(*state);
    assert_true(add(graph, "a", "", "", "", &err) && add(graph, "b", "a,d", "", "", &err) &&
                add(graph, "c", "b", "", "", &err) && add(graph, "d", "c", "", "", &err) &&
                add(graph, "e", "d", "", "", &err));
    assert_false(graph_link(graph, &err));
    assert_text(err.text, "Cycle is detected in revisions (b, c, d)");
}

static void link_finds_a_cycle_through_dependencies(void **state)
{
    Graph *graph = graph_new(*state);
    Error err = error_in(*state);
    assert_true(add(graph, "a", "", "c", "", &err) && add(graph, "b", "a", "", "", &err) &&
                add(graph, "c", "", "b", "", &err));
    assert_false(graph_link(graph, &err));
    assert_text(err.text, "Dependency cycle is detected in revisions (a, b, c)");
}

static Str one(Graph *graph, const char *target)
{
    Error err = error_in(graph->arena);
    Revision *rev;
    if (!resolve_one(graph, str_from(target), &rev, &err))
        return err.text;
    return rev ? rev->id : STR("base");
}

static void resolve_takes_ids_beginnings_and_labels(void **state)
{
    Graph *graph = forked(*state, true);
    assert_text(one(graph, "cccc1"), "cccc1");
    assert_text(one(graph, "c"), "cccc1");
    assert_text(one(graph, "side"), "dddd1");
    assert_text(one(graph, "head"), "eeee1");
    assert_text(one(graph, "side@c"), "Can't locate revision identified by 'c'");
    assert_text(one(graph, "side@b"), "bbbb1");
    assert_text(one(graph, "base"), "base");
    assert_text(one(graph, "nosuch"), "Can't locate revision identified by 'nosuch'");
    assert_text(one(graph, ""), "Can't locate revision identified by ''");
}

static void resolve_rejects_ambiguous_prefix(void **state)
{
    Graph *graph = graph_new(*state);
    Error err = error_in(*state);
    assert_true(add(graph, "abcd1", "", "", "", &err) &&
                add(graph, "abcd2", "abcd1", "", "", &err) && graph_link(graph, &err));
    assert_text(one(graph, "abcd"), "Can't locate revision identified by 'abcd'");
}

static Str plan(Graph *graph, bool up, const char *rows, const char *target)
{
    Arena *arena = graph->arena;
    Error err = error_in(arena);
    StepVec steps = { 0 };
    StrVec heads = list(arena, rows);
    Buf buf = buf_in(arena);
    if (!(up ? plan_upgrade : plan_downgrade)(graph, &heads, str_from(target), &steps, &err))
        return err.text;
    VEC_EACH (Step, step, &steps) {
        RowChangeVec changes = { 0 };
        assert_true(step_row_changes(graph, step, &heads, &changes, &err));
        buf_printf(&buf, "%s%.*s:", buf.len ? " " : "", STR_ARG(step->revision->id));
        VEC_EACH (RowChange, change, &changes)
            buf_putc(&buf, "+=-"[change->kind]);
    }
    return buf_str(&buf);
}

static void upgrade_walks_one_line_after_the_other(void **state)
{
    Graph *graph = forked(*state, true);
    assert_text(plan(graph, true, "", "head"), "aaaa1:+ bbbb1:= dddd1:= cccc1:+ eeee1:-=");
    assert_text(plan(graph, true, "bbbb1", "+1"), "Ambiguous walk");
    assert_text(plan(graph, true, "", "+2"), "aaaa1:+ bbbb1:=");
    assert_text(plan(graph, true, "cccc1", "cccc1"), "");
    assert_text(plan(graph, true, "", "+9"), "Ambiguous walk");
    assert_text(plan(graph, true, "", "-1"), "Relative revision -1 didn't produce 1 migrations");
}

static void downgrade_takes_all_that_stands_on_a_child(void **state)
{
    Graph *graph = forked(*state, true);
    assert_text(plan(graph, false, "eeee1", "bbbb1"), "eeee1:+= cccc1:- dddd1:=");
    assert_text(plan(graph, false, "eeee1", "-1"), "Ambiguous walk");
    assert_text(plan(graph, false, "bbbb1", "cccc1"),
                "Destination cccc1 is not a valid downgrade target from current head(s)");
    assert_text(plan(graph, false, "cccc1,dddd1", "side@bbbb1"), "dddd1:-");
}

static void stamp_moves_begins_and_ends_rows(void **state)
{
    Graph *graph = forked(*state, false);
    Error err = error_in(*state);
    StepVec steps = { 0 };
    StrVec rows = list(*state, "cccc1,dddd1"), targets = list(*state, "aaaa1");
    assert_true(plan_stamp(graph, &rows, &targets, &steps, &err));
    assert_int_equal(steps.len, 1);
    assert_text(step_text(*state, &steps.items[0]), "stamp_revision cccc1, dddd1 -> aaaa1");
    RowChangeVec changes = { 0 };
    assert_true(step_row_changes(graph, &steps.items[0], &rows, &changes, &err));
    assert_int_equal(changes.len, 2);
    assert_int_equal(changes.items[0].kind, ROW_DELETE);
    assert_int_equal(rows.len, 1);
}

static void range_keeps_to_what_stands_on_its_lower_end(void **state)
{
    Graph *graph = forked(*state, false);
    Error err = error_in(*state);
    RevisionVec revs = { 0 };
    StrVec upper = list(*state, "heads"), lower = list(*state, "cccc1");
    assert_true(walk_range(graph, &upper, &lower, &revs, &err));
    assert_int_equal(revs.len, 1);
    assert_text(revs.items[0]->id, "cccc1");
}

static void line_shows_parents_labels_and_marks(void **state)
{
    Graph *graph = forked(*state, true);
    Buf buf = buf_in(*state);
    RevisionLine all = {
        .parents = true, .labels = true, .doc = true, .head_marks = true, .tree_marks = true
    };
    revision_line(&buf, graph_get(graph, STR("eeee1")), all);
    assert_text(buf_str(&buf),
                "cccc1, dddd1 -> eeee1 (side) (head) (mergepoint), add things\nmore");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(link_finds_heads_bases_and_labels),
        ARENA_TEST(declare_refuses_doubles_loops_and_illegal_ids),
        ARENA_TEST(link_names_the_file_whose_parent_is_missing),
        ARENA_TEST(link_finds_a_cycle_behind_a_base),
        ARENA_TEST(link_finds_a_cycle_through_dependencies),
        ARENA_TEST(resolve_takes_ids_beginnings_and_labels),
        ARENA_TEST(resolve_rejects_ambiguous_prefix),
        ARENA_TEST(upgrade_walks_one_line_after_the_other),
        ARENA_TEST(downgrade_takes_all_that_stands_on_a_child),
        ARENA_TEST(stamp_moves_begins_and_ends_rows),
        ARENA_TEST(range_keeps_to_what_stands_on_its_lower_end),
        ARENA_TEST(line_shows_parents_labels_and_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
