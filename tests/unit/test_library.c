/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limbeck.h"

/* Its own folder, which the test leaves behind empty of nothing but what it wrote. */
typedef struct Project {
    char folder[64], config[96], url[96], scripts[96];
    limbeck *lb;
    int lines;
} Project;

static void count_line(void *context, const char *text, size_t length)
{
    assert_int_equal(text[length - 1], '\n');
    ++*(int *)context;
}

static int run(Project *p, const char *command, const char *name, const char *value)
{
    const limbeck_option option = { name, value };
    return limbeck_run(p->lb, command, &option, name != NULL);
}

static int project_make(void **state)
{
    static Project p;
    p = (Project){ .folder = "/tmp/limbeck-library-XXXXXX" };
    if (!mkdtemp(p.folder))
        return 1;
    snprintf(p.config, sizeof p.config, "%s/alembic.ini", p.folder);
    snprintf(p.scripts, sizeof p.scripts, "%s/migrations", p.folder);
    snprintf(p.url, sizeof p.url, "sqlite:///%s/app.db", p.folder);
    const char *const paths[] = { p.config, NULL };
    p.lb = limbeck_open();
    limbeck_set_log(p.lb, count_line, &p.lines);
    *state = &p;
    return limbeck_set_config(p.lb, paths) || limbeck_set_url(p.lb, p.url) ||
           run(&p, "init", "directory", p.scripts);
}

static int project_drop(void **state)
{
    Project *p = *state;
    char command[128];
    limbeck_close(p->lb);
    snprintf(command, sizeof command, "rm -r '%s'", p->folder);
    return system(command);
}

static void library_runs_commands_and_keeps_their_results(void **state)
{
    Project *p = *state;
    const limbeck_option made[] = { { "message", "first" }, { "rev-id", "aa11" } };
    assert_int_equal(limbeck_run(p->lb, "revision", made, 2), 0);
    assert_int_equal(run(p, "upgrade", "revision", "head"), 0);
    assert_true(p->lines > 0);
    assert_int_equal(run(p, "current", NULL, NULL), 0);
    assert_int_equal(limbeck_result_count(p->lb), 1);
    const limbeck_result *result = limbeck_result_at(p->lb, 0);
    assert_string_equal(result->text, "aa11 (head)");
    assert_string_equal(result->revision, "aa11");
    assert_non_null(strstr(result->path, "aa11_first.py"));
    assert_null(limbeck_result_at(p->lb, 1));
}

static void library_hands_sql_back(void **state)
{
    Project *p = *state;
    const limbeck_option options[] = { { "sql", NULL }, { "revision", "head" } };
    assert_int_equal(limbeck_run(p->lb, "upgrade", options, 2), 0);
    assert_non_null(strstr(limbeck_sql(p->lb), "CREATE TABLE alembic_version"));
    assert_string_equal(limbeck_error_text(p->lb), "");
}

static void library_tells_errors_and_goes_on(void **state)
{
    Project *p = *state;
    assert_int_equal(run(p, "frobnicate", NULL, NULL), 2);
    assert_int_equal(run(p, "upgrade", NULL, NULL), 2);
    assert_string_equal(limbeck_error_text(p->lb), "upgrade needs 'revision'");
    assert_int_equal(run(p, "upgrade", "nosuch", "x"), 2);
    assert_int_equal(run(p, "upgrade", "revision", "nosuch"), 255);
    assert_string_equal(limbeck_error_text(p->lb), "Can't locate revision identified by 'nosuch'");
    assert_int_equal(run(p, "heads", NULL, NULL), 0);
    assert_int_equal(limbeck_result_count(p->lb), 1);
}

static void library_runs_sql_revisions_without_env_py(void **state)
{
    Project *p = *state;
    char folder[96], config[96];
    snprintf(folder, sizeof folder, "%s/plain", p->folder);
    snprintf(config, sizeof config, "%s/plain.ini", p->folder);
    const char *const plain[] = { config, NULL }, *const usual[] = { p->config, NULL };
    const limbeck_option init[] = { { "directory", folder }, { "template", "sql" } };
    const limbeck_option made[] = { { "message", "one" }, { "rev-id", "s1" } };
    assert_int_equal(limbeck_set_config(p->lb, plain), 0);
    assert_int_equal(limbeck_run(p->lb, "init", init, 2), 0);
    assert_int_equal(limbeck_run(p->lb, "revision", made, 2), 0);
    assert_int_equal(run(p, "show", "rev", "s1"), 0);
    assert_non_null(strstr(limbeck_result_at(p->lb, 0)->path, "s1_one.sql"));
    const limbeck_option options[] = { { "sql", NULL }, { "revision", "head" } };
    assert_int_equal(limbeck_run(p->lb, "upgrade", options, 2), 0);
    assert_non_null(strstr(limbeck_sql(p->lb), "VALUES ('s1')"));
    assert_int_equal(limbeck_set_config(p->lb, usual), 0);
}

static void library_has_the_version_of_the_project(void **state)
{
    (void)state;
    assert_string_equal(limbeck_version(), LIMBECK_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_runs_commands_and_keeps_their_results),
        cmocka_unit_test(library_hands_sql_back),
        cmocka_unit_test(library_tells_errors_and_goes_on),
        cmocka_unit_test(library_runs_sql_revisions_without_env_py),
        cmocka_unit_test(library_has_the_version_of_the_project),
    };
    return cmocka_run_group_tests(tests, project_make, project_drop);
}
