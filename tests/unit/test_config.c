/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "migrate/config.h"

static Ini ini_of(Arena *arena, const char *text)
{
    Ini ini = ini_in(arena);
    Error err = error_in(arena);
    ini_set_default(&ini, STR("here"), STR("/p/100%"));
    assert_true(ini_read(&ini, str_from(text), STR("x.ini"), &err));
    return ini;
}

static Str value(const Ini *ini, const char *section, const char *option)
{
    Error err = error_in(ini->arena);
    Str text;
    return ini_get(ini, str_from(section), str_from(option), &text, &err) ? text : err.text;
}

static void ini_interpolates_and_continues_lines(void **state)
{
    Ini ini =
        ini_of(*state, "[alembic]\nurl = %(here)s/a%%b\nlist =\n  one\n  two\n\nempty =\nBig: x\n");
    assert_text(value(&ini, "alembic", "url"), "/p/100%/a%b");
    assert_text(value(&ini, "alembic", "list"), "\none\ntwo");
    assert_text(value(&ini, "alembic", "empty"), "");
    assert_text(value(&ini, "alembic", "big"), "x");
    assert_false(str_given(value(&ini, "alembic", "nosuch")));
}

static void ini_keeps_a_set_value_that_is_no_template(void **state)
{
    Ini ini = ini_of(*state, "[alembic]\nx = %(url)s!\n");
    ini_set(&ini, STR("alembic"), STR("url"), STR("pg://u:p%40w@h"));
    assert_text(value(&ini, "alembic", "url"), "pg://u:p%40w@h");
    assert_text(value(&ini, "alembic", "x"), "pg://u:p%40w@h!");
    ini_set(&ini, STR("alembic"), STR("url"), STR("p%%40"));
    assert_text(value(&ini, "alembic", "url"), "p%40");
}

static void ini_names_file_and_line_of_what_is_broken(void **state)
{
    Ini ini = ini_in(*state);
    Error err = error_in(*state);
    assert_false(ini_read(&ini, STR("[a]\nx = 1\nx = 2\n"), STR("x.ini"), &err));
    assert_text(err.text,
                "While reading from 'x.ini' [line  3]: option 'x' in section 'a' already exists");
    assert_int_equal(err.loc.line, 3);
}

static void log_formats_as_alembic_shows_it(void **state)
{
    LogRecord record = { .name = STR("alembic.runtime.migration"),
                         .message = STR("Running"),
                         .level = LOG_WARNING };
    assert_text(log_format_record(*state, STR("%(levelname)-5.5s [%(name)s] %(message)s"), STR_NONE,
                                  '%', &record),
                "WARNI [alembic.runtime.migration] Running");
    assert_text(log_format_record(*state, STR("{levelname:>8}|{message}"), STR_NONE, '{', &record),
                " WARNING|Running");
}

static void count_lines(void *context, LogTarget target, Str text)
{
    (void)target;
    (void)text;
    ++*(int *)context;
}

static void log_follows_levels_and_propagation(void **state)
{
    LogTree *log = log_tree_new(*state);
    int lines = 0;
    log_set_sink(log, count_lines, &lines);
    log_put(log, "alembic.x", LOG_ERROR, "quiet until configured");
    assert_int_equal(lines, 0);
    log_put(log, "other", LOG_WARNING, "last resort");
    log_put(log, "other", LOG_INFO, "below it");
    assert_int_equal(lines, 1);
    Ini ini = ini_of(*state, "[loggers]\nkeys = root,alembic\n[handlers]\nkeys = console\n"
                             "[formatters]\nkeys = generic\n[logger_root]\nlevel = WARNING\n"
                             "handlers = console\n[logger_alembic]\nlevel = INFO\nhandlers =\n"
                             "qualname = alembic\n[handler_console]\nclass = StreamHandler\n"
                             "args = (sys.stderr,)\nlevel = NOTSET\nformatter = generic\n"
                             "[formatter_generic]\nformat = %(message)s\n");
    Error err = error_in(*state);
    assert_true(log_file_config(log, &ini, NULL, NULL, &err));
    log_put(log, "alembic.runtime.migration", LOG_INFO, "told");
    log_put(log, "alembic.runtime.migration", LOG_DEBUG, "not told");
    log_put(log, "other", LOG_INFO, "not told");
    assert_int_equal(lines, 2);
}

static Str test_environment(void *context, Str name)
{
    (void)context;
    return str_is(name, "LIMBECK_URL") ? STR("sqlite:///env.db") : STR_NONE;
}

static void write_in(Arena *arena, const char *folder, const char *name, const char *text)
{
    Error err = error_in(arena);
    assert_true(file_replace(str_format(arena, "%s/%s", folder, name), str_from(text), &err));
}

static Config load(Arena *arena, const char *folder, const char *ini, const char *toml)
{
    Config config;
    Error err = error_in(arena);
    ConfigSource source = { .environment = test_environment };
    VEC_PUSH(arena, &source.files, str_format(arena, "%s/%s", folder, ini));
    VEC_PUSH(arena, &source.files, str_format(arena, "%s/%s", folder, toml));
    assert_true(config_load(&config, arena, &source, &err));
    return config;
}

static void config_prefers_the_ini_to_the_toml(void **state)
{
    char folder[] = "/tmp/limbeck-config-XXXXXX";
    assert_non_null(mkdtemp(folder));
    write_in(*state, folder, "a.ini",
             "[alembic]\nscript_location = from_ini\nversion_locations = a:b\n"
             "path_separator = os\n[limbeck]\nurl = sqlite:///ini.db\n");
    write_in(*state, folder, "p.toml",
             "[tool.alembic]\nscript_location = \"%(here)s/t\"\n"
             "file_template = \"%%(rev)s\"\nprepend_sys_path = [\".\", \"src\"]\n");
    Config config = load(*state, folder, "a.ini", "p.toml");
    Error err = error_in(*state);
    Str text;
    StrVec paths = { 0 }, warnings = { 0 };
    assert_true(config_option(&config, STR("script_location"), &text, &err));
    assert_text(text, "from_ini");
    assert_true(config_option(&config, STR("file_template"), &text, &err));
    assert_text(text, "%(rev)s");
    assert_true(config_limbeck(&config, STR("url"), &text, &err));
    assert_text(text, "sqlite:///env.db");
    assert_true(config_paths(&config, STR("version_locations"), &paths, &warnings, &err));
    assert_int_equal(paths.len, 2);
    paths.len = 0;
    assert_true(config_paths(&config, STR("prepend_sys_path"), &paths, &warnings, &err));
    assert_int_equal(paths.len, 2);
    config = load(*state, folder, "none.ini", "p.toml");
    assert_true(config_option(&config, STR("script_location"), &text, &err));
    assert_text(text, str_format(*state, "%s/t", folder).ptr);
    unlink(str_format(*state, "%s/a.ini", folder).ptr);
    unlink(str_format(*state, "%s/p.toml", folder).ptr);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(ini_interpolates_and_continues_lines),
        ARENA_TEST(ini_keeps_a_set_value_that_is_no_template),
        ARENA_TEST(ini_names_file_and_line_of_what_is_broken),
        ARENA_TEST(log_formats_as_alembic_shows_it),
        ARENA_TEST(log_follows_levels_and_propagation),
        ARENA_TEST(config_prefers_the_ini_to_the_toml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
