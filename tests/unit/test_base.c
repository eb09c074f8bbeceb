/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/record.h"
#include "base/signature.h"
#include "base/vec.h"

static void str_split_gives_every_part(void **state)
{
    (void)state;
    Str rest = STR("a,,b"), part;
    assert_true(str_split_next(&rest, ',', &part) && str_is(part, "a"));
    assert_true(str_split_next(&rest, ',', &part) && str_is(part, ""));
    assert_true(str_split_next(&rest, ',', &part) && str_is(part, "b"));
    assert_false(str_split_next(&rest, ',', &part));
}

static void str_replace_replaces_all(void **state)
{
    assert_text(str_replace(*state, STR("a.b.c"), STR("."), STR("::")), "a::b::c");
    assert_text(str_replace(*state, STR("abc"), STR(""), STR("x")), "abc");
}

static void utf8_round_trips_and_rejects_malformed(void **state)
{
    (void)state;
    static const uint32_t samples[] = { 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char bytes[4];
        Str text = { bytes, utf8_put(bytes, samples[i]) };
        size_t offset = 0;
        assert_int_equal(utf8_next(text, &offset), samples[i]);
        assert_int_equal(offset, text.len);
        assert_int_equal(utf8_invalid(text), -1);
    }
    assert_int_equal(utf8_invalid(STR("ab\xC0\x80")), 2);
    assert_int_equal(utf8_invalid(STR("\xF5\x80\x80\x80")), 0);
}

static void map_keeps_insertion_order(void **state)
{
    Map map = map_in(*state);
    static int values[100];
    for (int i = 0; i < 100; i++)
        map_set(&map, str_format(*state, "key%d", i), &values[i]);
    assert_true(map_remove(&map, STR("key7")));
    assert_false(map_remove(&map, STR("key7")));
    assert_ptr_equal(map_get(&map, STR("key8")), &values[8]);
    assert_null(map_get(&map, STR("key7")));
    assert_text(map.entries[7].key, "key8");
}

static void fail_keeps_the_first_error(void **state)
{
    Error err = error_in(*state);
    assert_false(fail(&err, ERR_URL, "no host in '%s'", "x"));
    assert_false(fail(&err, ERR_COMMAND, "later"));
    assert_text(err.text, "no host in 'x'");
    assert_int_equal(error_exit_status(&err), 255);
}

static void paths_follow_os_path(void **state)
{
    assert_text(path_normalize(*state, STR("/a/./b//../c/")), "/a/c");
    assert_text(path_normalize(*state, STR("../a/../..")), "../..");
    assert_text(path_dirname(STR("/a")), "/");
    assert_text(path_dirname(STR("a")), "");
    assert_text(path_extension(STR("x/.bashrc")), "");
    assert_text(path_extension(STR("x/a.tar.gz")), ".gz");
    assert_text(path_relative(*state, STR("/a/b/c"), STR("/a/d")), "../b/c");
}

static void file_create_refuses_to_overwrite(void **state)
{
    Error err = error_in(*state);
    Str path = str_format(*state, "/tmp/limbeck-test-%d", (int)getpid()), text;
    assert_true(file_create(path, STR("one"), &err));
    assert_false(file_create(path, STR("two"), &err));
    assert_int_equal(err.code, ERR_FILE);
    error_clear(&err);
    assert_true(file_replace(path, STR("three"), &err));
    assert_true(file_read(*state, path, &text, &err));
    assert_text(text, "three");
    unlink(path.ptr);
}

static void arena_reset_zeroes_and_runs_cleanups(void **state)
{
    Arena *arena = arena_new(*state);
    char *first = arena_alloc(arena, 8);
    memset(first, 1, 8);
    arena_reset(arena);
    char *again = arena_alloc(arena, 8);
    assert_int_equal(again[0], 0);
}

/* Blocks of every size, given back in another order, never overlap while they are taken. */
static void pool_blocks_are_apart(void **state)
{
    enum { COUNT = 400 };
    Pool *pool = pool_new();
    unsigned char *blocks[COUNT] = { 0 };
    size_t sizes[COUNT] = { 0 };
    (void)state;
    for (size_t n = 0; n < 20 * COUNT; n++) {
        size_t i = n * 7919 % COUNT;
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(blocks[i][at], i % 251);
        size_t wanted = n * n % 7000;
        if (n % 3 == 0) {
            blocks[i] = pool_resize(pool, blocks[i], sizes[i], wanted);
        } else {
            pool_give(pool, blocks[i], sizes[i]);
            blocks[i] = pool_take(pool, wanted);
        }
        sizes[i] = wanted;
        memset(blocks[i], (int)(i % 251), wanted);
    }
    pool_free(pool);
}

static void arena_hands_out_nothing_twice(void **state)
{
    Arena *arena = arena_new(*state);
    char *empty = arena_alloc(arena, 0);
    assert_non_null(empty);
    size_t held = arena_held(arena);
    for (int i = 0; i < 1000; i++)
        arena_alloc(arena, 0);
    assert_true(arena_held(arena) < held + 65536);
    char *big = arena_alloc(arena, 3 << 20), *small = arena_alloc(arena, 16);
    assert_true(small + 16 <= big || small >= big + (3 << 20));
    assert_int_equal(arena_size(arena) >= (3 << 20) + 16, true);
}

/* Sees which addresses stand in an arena's memory. */
typedef struct Seen {
    const void *wanted;
    bool found;
} Seen;

static void look_for(void *context, const void *from, const void *to)
{
    Seen *seen = context;
    for (const void *const *word = from; (const void *)word < to; word++)
        seen->found = seen->found || *word == seen->wanted;
}

static void traced_arenas_are_found_by_any_address(void **state)
{
    enum { COUNT = 300 };
    size_t used = 0;
    Arena *root = arena_new_traced(&used), *arenas[COUNT];
    char *blocks[COUNT];
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        arenas[i] = arena_new(root);
        arena_set_owner(arenas[i], &arenas[i]);
        arena_alloc(arenas[i], i * 7);
        blocks[i] = arena_alloc(arena_new(arenas[i]), i * i * 2 + 1);
    }
    size_t all = used;
    for (size_t i = 0; i < COUNT; i += 2)
        arena_free(arenas[i]);
    assert_true(used < all);
    for (size_t i = 0; i < COUNT; i++) {
        void *owner = i % 2 ? &arenas[i] : NULL;
        assert_ptr_equal(arena_owner_of(root, blocks[i]), owner);
        assert_ptr_equal(arena_owner_of(root, blocks[i] + i * i * 2), owner);
    }
    assert_null(arena_owner_of(root, &used));
    assert_null(arena_owner_of(root, NULL));
    arena_free(root);
    assert_int_equal(used, 0);
}

static void traced_arenas_show_what_was_handed_out(void **state)
{
    size_t used = 0;
    Arena *root = arena_new_traced(&used), *arena = arena_new(root), *other = arena_new(root);
    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        void **word = arena_alloc(i % 3 ? arena : arena_new(arena), sizeof *word);
        *word = i == 500 ? (void *)other : NULL;
    }
    Seen inside = { .wanted = other }, links = { .wanted = arena };
    arena_look(arena, look_for, &inside);
    arena_look(other, look_for, &links);
    assert_true(inside.found);
    assert_false(links.found);
    arena_free(root);
}

static void signature_knows_every_kind_of_parameter(void **state)
{
    Signature *s =
        signature_parse(*state, "f(self, /, a, b=-1, c=', )', d=..., *rest, e=(), f, **kw)");
    assert_text(s->name, "f");
    assert_int_equal(s->count, 9);
    assert_int_equal(s->positional, 5);
    assert_int_equal(s->params[0].kind, PARAM_POSITIONAL_ONLY);
    assert_int_equal(s->params[2].fallback.integer, -1);
    assert_text(s->params[3].fallback.text, ", )");
    assert_true(s->params[4].unset_default);
    assert_int_equal(s->varargs, 5);
    assert_int_equal(s->params[6].kind, PARAM_KEYWORD_ONLY);
    assert_true(s->params[7].required);
    assert_int_equal(s->varkeywords, 8);
}

typedef struct Sample {
    RecordHead head;
    Str name;
    Tri unique;
    StrVec columns;
} Sample;

static const Field sample_fields[] = {
    FIELD(Sample, name, "name"),
    FIELD(Sample, unique, "unique"),
    FIELD(Sample, columns, "columns"),
};
static const Record sample_record =
    RECORD(Sample, "Sample(name, columns, unique=None)", sample_fields, .name = "Sample");

static void record_fields_take_their_kind_from_the_member(void **state)
{
    Sample *sample = record_new(*state, &sample_record);
    assert_ptr_equal(sample->head.record, &sample_record);
    const Field *field = record_field(&sample_record, STR("unique"));
    assert_int_equal(field->kind, FIELD_TRI);
    assert_ptr_equal(field_at(sample, field), &sample->unique);
    assert_int_equal(record_field(&sample_record, STR("columns"))->kind, FIELD_NAMES);
    assert_null(record_field(&sample_record, STR("nope")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(str_split_gives_every_part),
        ARENA_TEST(str_replace_replaces_all),
        ARENA_TEST(utf8_round_trips_and_rejects_malformed),
        ARENA_TEST(map_keeps_insertion_order),
        ARENA_TEST(fail_keeps_the_first_error),
        ARENA_TEST(paths_follow_os_path),
        ARENA_TEST(file_create_refuses_to_overwrite),
        ARENA_TEST(signature_knows_every_kind_of_parameter),
        ARENA_TEST(record_fields_take_their_kind_from_the_member),
        ARENA_TEST(arena_reset_zeroes_and_runs_cleanups),
        ARENA_TEST(arena_hands_out_nothing_twice),
        ARENA_TEST(pool_blocks_are_apart),
        ARENA_TEST(traced_arenas_are_found_by_any_address),
        ARENA_TEST(traced_arenas_show_what_was_handed_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
