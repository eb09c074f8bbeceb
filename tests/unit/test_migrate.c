/* SPDX-License-Identifier: MIT */
/* Runs plans of .sql revisions on SQLite files. */
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "migrate/context.h"
#include "migrate/journal.h"
#include "migrate/policy.h"
#include "migrate/sql_file.h"
#include "sql/dialect.h"

typedef struct Fixture {
    Arena *arena;
    char directory[64];
    Graph *graph;
    Run run;
    Conn *conn;
    MigrationContext *context;
    const char *target;
    Buf printed;
    Error err;
} Fixture;

static bool plan(void *fixture, MigrationContext *context, const StrVec *heads, StepVec *steps,
                 Error *err)
{
    Fixture *f = fixture;
    if (str_is(str_from(f->target), "base"))
        return plan_downgrade(f->graph, heads, STR("base"), steps, err);
    return plan_upgrade(f->graph, heads, str_from(f->target), steps, err);
}

static void print(void *fixture, Str text)
{
    buf_put(&((Fixture *)fixture)->printed, text);
}

static Fixture *begin(void **state)
{
    Fixture *f = ARENA_NEW(*state, Fixture);
    f->arena = *state;
    f->err = error_in(*state);
    f->target = "head";
    f->printed = buf_in(*state);
    strcpy(f->directory, "/tmp/limbeck-migrate-XXXXXX");
    assert_non_null(mkdtemp(f->directory));
    f->graph = graph_new(f->arena);
    f->run = (Run){ .arena = f->arena, .log = log_tree_new(f->arena), .graph = f->graph,
                    .plan = plan, .plan_context = f, .output = print, .output_context = f };
    return f;
}

static void revision(Fixture *f, const char *id, const char *down, const char *sql)
{
    Str path = str_format(f->arena, "%s/%s.sql", f->directory, id);
    assert_true(file_replace(path, str_from(sql), &f->err));
    Declaration declaration = { .id = str_from(id), .path = path, .module_doc = str_from(id) };
    if (down)
        VEC_PUSH(f->arena, &declaration.down, str_from(down));
    assert_true(graph_declare(f->graph, &declaration, &f->err));
}

static void ready(Fixture *f, bool online)
{
    MigrationOptions options = { .dialect_name = STR("sqlite") };
    assert_true(graph_link(f->graph, &f->err));
    if (online) {
        Url url = { 0 };
        Str text = str_format(f->arena, "sqlite:///%s/app.db", f->directory);
        assert_true(url_parse(f->arena, text, &url, &f->err));
        assert_true(db_open(f->arena, &url, NULL, &f->conn, &f->err));
        options.conn = f->conn;
    }
    f->run.as_sql = !online;
    assert_true(context_new(&f->run, &options, &f->context, &f->err));
}

static bool run(Fixture *f)
{
    return context_begin_transaction(f->context, &f->err) &&
           (context_run_migrations(f->context, &f->err)
                ? context_end_transaction(f->context, true, &f->err)
                : (context_end_transaction(f->context, false, &(Error){ .arena = f->arena }),
                   false));
}

static void must_run(Fixture *f)
{
    if (!run(f))
        print_error("%.*s\n", STR_ARG(f->err.text));
    assert_false(error_set(&f->err));
}

static Str ask(Fixture *f, const char *sql)
{
    DbValue value;
    Error err = error_in(f->arena);
    assert_true(db_scalar(f->conn, f->arena, str_from(sql), &value, &err));
    return value.type == DB_INT ? str_format(f->arena, "%lld", (long long)value.integer)
                                : db_value_text(value);
}

static void finish(Fixture *f)
{
    db_close(f->conn);
    Str command = str_format(f->arena, "rm -rf %s", f->directory);
    assert_int_equal(system(command.ptr), 0);
}

static void upgrade_and_downgrade_move_the_version(void **state)
{
    Fixture *f = begin(state);
    revision(f, "a", NULL, "-- limbeck: upgrade\nCREATE TABLE t (x);\n-- limbeck: downgrade\n"
                           "DROP TABLE t;");
    revision(f, "b", "a", "-- limbeck: upgrade\nINSERT INTO t VALUES (1); INSERT INTO t VALUES (2)\n"
                          "-- limbeck: downgrade\n");
    ready(f, true);
    must_run(f);
    assert_text(ask(f, "SELECT version_num FROM alembic_version"), "b");
    assert_text(ask(f, "SELECT count(*) FROM t"), "2");
    f->target = "base";
    must_run(f);
    assert_text(ask(f, "SELECT count(*) FROM alembic_version"), "0");
    assert_text(ask(f, "SELECT count(*) FROM sqlite_master WHERE name = 't'"), "0");
    finish(f);
}

static void a_failing_revision_is_rolled_back_whole(void **state)
{
    Fixture *f = begin(state);
    revision(f, "a", NULL, "CREATE TABLE t (x);");
    revision(f, "b", "a", "CREATE TABLE u (x);\n\nINSERT INTO nowhere VALUES (1);");
    ready(f, true);
    assert_false(run(f));
    assert_int_equal(f->err.code, ERR_DATABASE);
    assert_text(f->err.text, "no such table: nowhere");
    assert_int_equal(f->err.loc.line, 3);
    assert_true(str_ends(f->err.loc.file, STR("/b.sql")));
    assert_true(f->err.rolled_back);
    assert_text(ask(f, "SELECT version_num FROM alembic_version"), "a");
    assert_text(ask(f, "SELECT count(*) FROM sqlite_master WHERE name = 'u'"), "0");
    finish(f);
}

static void transactional_ddl_rolls_the_whole_run_back(void **state)
{
    Fixture *f = begin(state);
    revision(f, "a", NULL, "CREATE TABLE t (x);");
    revision(f, "b", "a", "INSERT INTO nowhere VALUES (1);");
    ready(f, true);
    f->context->transactional_ddl = true;
    assert_false(run(f));
    assert_text(ask(f, "SELECT count(*) FROM sqlite_master"), "0");
    finish(f);
}

static void what_a_transaction_refuses_steps_out_of_it(void **state)
{
    Fixture *f = begin(state);
    revision(f, "a", NULL, "CREATE TABLE t (x); VACUUM; PRAGMA journal_mode = WAL;"
                           "BEGIN; INSERT INTO t VALUES (1); COMMIT; INSERT INTO t VALUES (2);");
    revision(f, "b", "a", "INSERT INTO t VALUES (3); VACUUM; INSERT INTO nowhere VALUES (1)");
    ready(f, true);
    assert_false(run(f));
    assert_text(ask(f, "PRAGMA journal_mode"), "wal");
    assert_text(ask(f, "SELECT group_concat(x) FROM t"), "1,2,3");
    assert_text(ask(f, "SELECT version_num FROM alembic_version"), "a");
    assert_text(f->err.detail, "2 statements of this revision had been committed before and stay");
    finish(f);
}

static void a_section_without_transaction_commits_each_statement(void **state)
{
    Fixture *f = begin(state);
    revision(f, "a", NULL, "-- limbeck: no transaction\nCREATE TABLE t (x); SELECT nothing;");
    ready(f, true);
    assert_false(run(f));
    assert_text(ask(f, "SELECT count(*) FROM sqlite_master WHERE name = 't'"), "1");
    finish(f);
}

static void offline_text_is_alembics(void **state)
{
    Fixture *f = begin(state);
    revision(f, "a", NULL, "CREATE TABLE t (\n\tx INTEGER\n);");
    revision(f, "b", "a", "DROP TABLE t");
    ready(f, false);
    must_run(f);
    assert_text(buf_str(&f->printed),
                "CREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n"
                "    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n\n"
                "-- Running upgrade  -> a\n\nCREATE TABLE t (\n    x INTEGER\n);\n\n"
                "INSERT INTO alembic_version (version_num) VALUES ('a') RETURNING version_num;\n\n"
                "-- Running upgrade a -> b\n\nDROP TABLE t;\n\n"
                "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = "
                "'a';\n\n");
    finish(f);
}

static void a_moved_version_is_planned_anew(void **state)
{
    Fixture *f = begin(state);
    revision(f, "a", NULL, "CREATE TABLE t (x);");
    revision(f, "b", "a", "INSERT INTO t VALUES (1)");
    ready(f, true);
    must_run(f);
    Fixture other = *f;
    assert_true(db_exec(f->conn, STR("UPDATE alembic_version SET version_num = 'a'"), &f->err));
    other.run.plan_context = &other;
    must_run(&other);
    assert_text(ask(f, "SELECT count(*) FROM t"), "2");
    finish(f);
}

static void sections_are_checked(void **state)
{
    SqlFile file;
    Error err = error_in(*state);
    assert_false(sql_file_parse(*state, STR("x.sql"),
                                STR("-- a\nSELECT 1;\n-- limbeck: upgrade\nSELECT 2;"),
                                &sqlite_dialect, &file, &err));
    assert_int_equal(err.loc.line, 2);
    error_clear(&err);
    assert_false(sql_file_parse(*state, STR("x.sql"), STR("-- limbeck: upgrade\n-- limbeck: no\n"),
                                &sqlite_dialect, &file, &err));
    assert_int_equal(err.loc.line, 2);
    error_clear(&err);
    assert_false(sql_file_parse(*state, STR("x.sql"),
                                STR("-- limbeck: upgrade\nSELECT 1;\n-- limbeck: downgrade\n\n'x"),
                                &sqlite_dialect, &file, &err));
    assert_int_equal(err.loc.line, 5);
}

static void times_are_read_with_their_units(void **state)
{
    static const struct {
        const char *text;
        int ms;
    } good[] = { { "5", 5000 },      { "5s", 5000 },    { "500ms", 500 }, { " 1.5 s ", 1500 },
                 { "2min", 120000 }, { "1h", 3600000 }, { "0", 0 },       { "0.25", 250 } };
    static const char *const bad[] = { "", "soon", "5 days", "-1", "1e3", "999999h", "s" };
    int ms;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(policy_parse_time(str_from(good[i].text), &ms));
        assert_int_equal(ms, good[i].ms);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(policy_parse_time(str_from(bad[i]), &ms));
}

static void conditional_statements_are_told(void **state)
{
    (void)state;
    assert_true(journal_is_conditional(STR("DROP TABLE if exists t")));
    assert_true(journal_is_conditional(STR("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (x)")));
    assert_false(journal_is_conditional(STR("CREATE TABLE t (x integer)")));
    assert_false(journal_is_conditional(STR("ALTER TABLE t ADD COLUMN \"if exist\" integer")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(upgrade_and_downgrade_move_the_version),
        ARENA_TEST(a_failing_revision_is_rolled_back_whole),
        ARENA_TEST(transactional_ddl_rolls_the_whole_run_back),
        ARENA_TEST(what_a_transaction_refuses_steps_out_of_it),
        ARENA_TEST(a_section_without_transaction_commits_each_statement),
        ARENA_TEST(offline_text_is_alembics),
        ARENA_TEST(a_moved_version_is_planned_anew),
        ARENA_TEST(sections_are_checked),
        ARENA_TEST(times_are_read_with_their_units),
        ARENA_TEST(conditional_statements_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
