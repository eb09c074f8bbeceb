/* SPDX-License-Identifier: MIT */
/* What a model says beside what PostgreSQL keeps of it. */
#include "diff/diff_text.h"
#include "tests.h"

typedef struct Pair {
    const char *model, *database;
    TextAnswer answer;
} Pair;

static const Pair pairs[] = {
    { "x > 0", "(x > 0)", TEXT_SAME },
    { "x>0 and y<1", "((x > 0) AND (y < 1))", TEXT_SAME },
    { "x > 0 AND y < 1 AND z = 2", "(((x > 0) AND (y < 1)) AND (z = 2))", TEXT_SAME },
    { "x > 0 OR y < 1 AND z = 2", "((x > 0) OR ((y < 1) AND (z = 2)))", TEXT_SAME },
    { "(x > 0 OR y < 1) AND z = 2", "((x > 0) OR ((y < 1) AND (z = 2)))", TEXT_UNKNOWN },
    { "x IN (1, 2, 5)", "x = ANY (ARRAY[1::bigint, 2::bigint, 5::bigint])", TEXT_SAME },
    { "x IN (1, 2, 5)", "(x = ANY (ARRAY[1, 2, 5]))", TEXT_SAME },
    { "x NOT IN (1, 2)", "(x <> ALL (ARRAY[1, 2]))", TEXT_SAME },
    { "s IN ('a', 'b')",
      "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
      TEXT_SAME },
    { "s IN ('a')", "((s)::text = 'a'::text)", TEXT_SAME },
    { "s IN ('a b', 'c')",
      "((s)::text = ANY ((ARRAY['a b'::character varying, 'c'::character varying])::text[]))",
      TEXT_SAME },
    { "x BETWEEN 1 AND 9", "((x >= 1) AND (x <= 9))", TEXT_SAME },
    { "x NOT BETWEEN 1 AND 9", "((x < 1) OR (x > 9))", TEXT_SAME },
    { "x != 3", "(x <> 3)", TEXT_SAME },
    { "s LIKE 'a%'", "((s)::text ~~ 'a%'::text)", TEXT_SAME },
    { "s NOT ILIKE 'a%'", "((s)::text !~~* 'a%'::text)", TEXT_SAME },
    { "NOT (x = 3)", "(NOT (x = 3))", TEXT_SAME },
    { "NOT x = 3", "(NOT (x = 3))", TEXT_SAME },
    { "x IS NOT NULL OR x <> 4", "((x IS NOT NULL) OR (x <> 4))", TEXT_SAME },
    { "x + 1 * 2 > 0", "((x + (1 * 2)) > 0)", TEXT_SAME },
    { "(x + 1) * 2 > 0", "((x + (1 * 2)) > 0)", TEXT_UNKNOWN },
    { "price > -1", "(price > ('-1'::integer)::numeric)", TEXT_SAME },
    { "COALESCE(s, 'z') != 'y'",
      "((COALESCE(s, 'z'::character varying))::text <> 'y'::text)", TEXT_SAME },
    { "length(s) > 2", "(length((s)::text) > 2)", TEXT_SAME },
    { "LENGTH(t.s) > 2", "(length((s)::text) > 2)", TEXT_SAME },
    { "\"s\" = 'it''s'", "((s)::text = 'it''s'::text)", TEXT_SAME },
    { "x::date > '2020-01-01'", "((x)::date > '2020-01-01'::date)", TEXT_SAME },
    { "x > '2020-01-01'", "((x)::date > '2020-01-01'::date)", TEXT_UNKNOWN },
    { "CAST(x AS varchar) = 'a'", "((x)::text = 'a'::text)", TEXT_ALIKE },
    { "CASE WHEN x > 0 THEN 1 ELSE 2 END = 1", "(CASE WHEN (x > 0) THEN 1 ELSE 2 END = 1)",
      TEXT_SAME },
    { "EXTRACT(year FROM d) > 2000", "(EXTRACT(year FROM d) > (2000)::numeric)", TEXT_SAME },
    { "d AT TIME ZONE 'UTC' > now()", "((d AT TIME ZONE 'UTC'::text) > now())", TEXT_SAME },
    { "j->>'a' = 'b'", "((j ->> 'a'::text) = 'b'::text)", TEXT_SAME },
    { "j @> '{}'", "(j @> '{}'::jsonb)", TEXT_SAME },
    { "a || b = 'x'", "(((a)::text || (b)::text) = 'x'::text)", TEXT_SAME },
    { "s ~ '^[a-z]+$'", "((s)::text ~ '^[a-z]+$'::text)", TEXT_SAME },
    { "s COLLATE \"C\" > 'a'", "((s COLLATE \"C\") > 'a'::text)", TEXT_SAME },
    { "interval '1 day' > d", "('1 day'::interval > d)", TEXT_SAME },
    { "x IS DISTINCT FROM y", "(x IS DISTINCT FROM y)", TEXT_SAME },
    { "x > 1", "(x > 2)", TEXT_UNKNOWN },
    { "'0'::smallint", "'0'::smallint", TEXT_SAME },
    { "('0')::SMALLINT", "'0'::smallint", TEXT_SAME },
    { "(0)::numeric(8, 2)", "0", TEXT_SAME },
    { "('-1')::INTEGER", "'-1'::integer", TEXT_SAME },
    { "(-1)::INTEGER", "'-1'::integer", TEXT_SAME },
    { "exists (select 1)", "x", TEXT_UNKNOWN },
    { "((((", "x", TEXT_UNKNOWN },
    { "", "x", TEXT_UNKNOWN },
};

static void text_same_sees_through_what_a_server_writes(void **state)
{
    Arena *arena = arena_new(NULL);
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        TextAnswer answer =
            text_same(arena, true, str_from(pairs[i].model), str_from(pairs[i].database));
        if (answer != pairs[i].answer)
            print_error("%s | %s: %d, not %d\n", pairs[i].model, pairs[i].database, (int)answer,
                        (int)pairs[i].answer);
        wrong += answer != pairs[i].answer;
    }
    assert_int_equal(wrong, 0);
    arena_free(arena);
}

static void text_same_drops_no_casts_where_the_server_makes_none(void **state)
{
    Arena *arena = arena_new(NULL);
    assert_int_equal(text_same(arena, false, STR("x > 5"), STR("CAST(x AS TEXT) > 5")),
                     TEXT_UNKNOWN);
    assert_int_equal(text_same(arena, false, STR("x>5"), STR("(X > 5)")), TEXT_SAME);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_same_sees_through_what_a_server_writes),
        cmocka_unit_test(text_same_drops_no_casts_where_the_server_makes_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
