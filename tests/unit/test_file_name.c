/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "command/file_name.h"
#include "command/process.h"

static Config config_with(Arena *arena, const char *option, const char *value)
{
    Config config = { .arena = arena, .section = STR("alembic"), .ini = ini_in(arena) };
    if (option)
        ini_set(&config.ini, config.section, str_from(option), str_from(value));
    return config;
}

static Str name_of(Arena *arena, const char *option, const char *value, const char *message)
{
    Config config = config_with(arena, option, value);
    ClockTime date = { .epoch = 1715949000, .year = 2024, .month = 5, .day = 7, .hour = 3 };
    Error err = error_in(arena);
    Str name;
    bool ok = file_name_make(&config, STR("abc"), str_from(message), &date, &name, &err);
    return ok ? name : err.text;
}

static void file_name_joins_the_words_of_the_message(void **state)
{
    assert_text(name_of(*state, NULL, NULL, "Add users' table!"), "abc_add_users_table");
    assert_text(name_of(*state, NULL, NULL, NULL), "abc_");
    assert_text(name_of(*state, NULL, NULL, "Größe ÄNDERN"), "abc_größe_ändern");
}

static void file_name_cuts_long_slugs_at_a_word(void **state)
{
    assert_text(name_of(*state, "truncate_slug_length", "12", "one two three four"),
                "abc_one_two_");
    assert_text(name_of(*state, "truncate_slug_length", "5", "abcdefgh"), "abc_abcde_");
    assert_text(name_of(*state, "truncate_slug_length", "x", "a"),
                "truncate_slug_length must be a number, not 'x'");
}

static void file_name_formats_its_template(void **state)
{
    assert_text(
        name_of(*state, "file_template", "%%(year)d/%%(month).2d_%%(hour)02d-%%(rev)s%%%%", "a"),
        "2024/05_03-abc%");
    assert_text(name_of(*state, "file_template", "%%(epoch)s_%%(slug)-4s|", "a"),
                "1715949000_a   |");
    assert_text(name_of(*state, "file_template", "%%(nosuch)s", "a"),
                "file_template '%(nosuch)s' cannot be formatted at '%(nosuch)s'");
}

static void clock_prints_as_a_datetime(void **state)
{
    ClockTime time = { .year = 2024, .month = 5, .day = 7, .microsecond = 42, .has_offset = true };
    time.offset = -5400;
    assert_text(clock_text(*state, &time), "2024-05-07 00:00:00.000042-01:30");
    time.has_offset = false;
    time.microsecond = 0;
    assert_text(clock_text(*state, &time), "2024-05-07 00:00:00");
}

static void clock_refuses_unknown_zones(void **state)
{
    Config config = config_with(*state, "timezone", "Nowhere/Land");
    Error err = error_in(*state);
    ClockTime now;
    assert_false(clock_now(&config, &now, &err));
    assert_text(err.text, "Can't locate timezone: Nowhere/Land");
}

static void process_splits_words_as_a_shell(void **state)
{
    StrVec words = { 0 };
    Error err = error_in(*state);
    assert_true(process_split(*state, STR("ed -s 'a b'\"c\\\"\" d\\ e ''"), &words, &err));
    assert_text(strvec_join(*state, &words, STR("|")), "ed|-s|a bc\"|d e|");
    assert_false(process_split(*state, STR("a 'b"), &words, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(file_name_joins_the_words_of_the_message),
        ARENA_TEST(file_name_cuts_long_slugs_at_a_word),
        ARENA_TEST(file_name_formats_its_template),
        ARENA_TEST(clock_prints_as_a_datetime),
        ARENA_TEST(clock_refuses_unknown_zones),
        ARENA_TEST(process_splits_words_as_a_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
