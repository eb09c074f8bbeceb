/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "db/db.h"
#include "db/redact.h"

static Url url_of(Arena *arena, const char *text)
{
    Url url;
    Error err = error_in(arena);
    assert_true(url_parse(arena, str_from(text), &url, &err));
    return url;
}

static void url_renders_as_sqlalchemy_does(void **state)
{
    static const char *const rows[][2] = {
        { "sqlite://", "sqlite://" },
        { "sqlite:///", "sqlite:///" },
        { "sqlite:////a/b.db", "sqlite:////a/b.db" },
        { "sqlite:///file:x.db?uri=true&mode=ro", "sqlite:///file:x.db?mode=ro&uri=true" },
        { "postgresql://u%40:p%3A%2F@h:5/d?b=2&a=1&a=3", "postgresql://u%40:***@h:5/d?a=1&a=3&b=2" },
        { "postgresql://u:@h/d", "postgresql://u:***@h/d" },
        { "postgresql://[::1]:55/x", "postgresql://[::1]:55/x" },
        { "postgresql+psycopg2:///d?host=/tmp&x=", "postgresql+psycopg2:///d?host=%2Ftmp" },
        { "postgresql://u:p@q@h/d", "postgresql://u:***@q@h/d" },
        { "postgresql://u/x:p@h/d", "postgresql://u/x:p@h/d" },
        { "postgresql://u:p/s@h/d", "postgresql://u:***@h/d" },
        { "sqlite+aiosqlite:///a b.db?x y=z+w", "sqlite+aiosqlite:///a b.db?x+y=z+w" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Url url = url_of(*state, rows[i][0]);
        assert_text(url_render(*state, &url, false), rows[i][1]);
    }
}

static void url_parts_are_decoded(void **state)
{
    Url url = url_of(*state, "postgres://u%40:p%3A%2F@h:5/d");
    assert_int_equal(url.engine, ENGINE_POSTGRESQL);
    assert_text(url.dialect, "postgresql");
    assert_text(url.username, "u@");
    assert_text(url.password, "p:/");
    assert_int_equal(url.port, 5);
    assert_text(url.database, "d");
}

static void url_parse_refuses_what_is_no_url(void **state)
{
    static const char *const texts[] = { "x", "", "p g://x", "://h", "driver" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Url url;
        Error err = error_in(*state);
        assert_false(url_parse(*state, str_from(texts[i]), &url, &err));
        assert_text(err.text, "Could not parse SQLAlchemy URL from given URL string");
    }
}

static void redactor_masks_passwords_in_any_spelling(void **state)
{
    Url url = url_of(*state, "postgresql://me:s%40cret@h/d");
    Redactor redactor = redactor_in(*state);
    redactor_add_url(&redactor, &url);
    assert_text(redactor_apply(&redactor, *state, STR("a s@cret and s%40cret; x://u:other@h")),
                "a *** and ***; x://u:***@h");
}

static void redactor_masks_secret_variables(void **state)
{
    char one[] = "API_TOKEN=abcdef", two[] = "PWD=/home/x", three[] = "KEY=no";
    char *environment[] = { one, two, three, NULL };
    Redactor redactor = redactor_in(*state);
    redactor_add_environment(&redactor, environment);
    assert_text(redactor_apply(&redactor, *state, STR("abcdef in /home/x no")),
                "*** in /home/x no");
}

static Conn *open_memory(Arena *arena)
{
    Url url = url_of(arena, "sqlite://");
    Error err = error_in(arena);
    Conn *conn;
    assert_true(db_open(arena, &url, NULL, &conn, &err));
    return conn;
}

static void must_exec(Conn *conn, const char *sql)
{
    Error err = error_in(conn->arena);
    if (!db_exec(conn, str_from(sql), &err))
        print_error("%.*s\n", STR_ARG(err.text));
    assert_false(error_set(&err));
}

static int64_t count_of(Conn *conn, const char *sql)
{
    Error err = error_in(conn->arena);
    DbValue value;
    assert_true(db_scalar(conn, conn->arena, str_from(sql), &value, &err));
    return value.integer;
}

static void query_keeps_types_and_names(void **state)
{
    Conn *conn = open_memory(*state);
    Error err = error_in(*state);
    DbResult result;
    const DbValue *row;
    const DbValue params[] = { db_int(7), db_real(1.5), db_text(STR("a\0b")), db_bytes(STR("x")),
                               db_null() };
    assert_true(db_query(conn, *state, STR("SELECT ? AS i, ? AS r, ? AS t, ? AS b, ? AS n"), params,
                         5, &result, &err));
    assert_int_equal(result.row_count, 1);
    assert_text(result.columns[2].name, "t");
    assert_true(db_next(&result, &row, &err));
    assert_int_equal(row[0].integer, 7);
    assert_true(row[1].type == DB_REAL && row[1].real == 1.5);
    assert_int_equal(row[2].text.len, 3);
    assert_int_equal(row[3].type, DB_BYTES);
    assert_int_equal(row[4].type, DB_NULL);
    assert_true(db_next(&result, &row, &err) && !row);
}

static void large_results_go_to_a_file_and_come_back(void **state)
{
    Conn *conn = open_memory(*state);
    Error err = error_in(*state);
    Arena *arena = arena_new(*state);
    DbResult result;
    const DbValue *row;
    assert_true(db_query(conn, arena,
                         STR("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT "
                             "40000) SELECT i, printf('%01000d', i) FROM c"),
                         NULL, 0, &result, &err));
    assert_true(arena_size(arena) < 1 << 20);
    for (int round = 0; round < 2; round++) {
        int64_t seen = 0;
        while (db_next(&result, &row, &err) && row) {
            assert_int_equal(row[0].integer, ++seen);
            assert_int_equal(row[1].text.len, 1000);
        }
        assert_int_equal(seen, 40000);
        assert_true(db_rewind(&result, &err));
    }
    arena_free(arena);
}

static void errors_tell_class_statement_and_position(void **state)
{
    Conn *conn = open_memory(*state);
    Error err = error_in(*state);
    assert_false(db_exec(conn, STR("SELECT 'é', nope FROM x y z"), &err));
    assert_string_equal(conn->failure.dbapi, "sqlite3.OperationalError");
    assert_text(err.sql, "SELECT 'é', nope FROM x y z");
    assert_int_equal(err.sql_position, 27);
    error_clear(&err);
    must_exec(conn, "CREATE TABLE t (a INTEGER UNIQUE)");
    must_exec(conn, "INSERT INTO t VALUES (1)");
    assert_false(db_exec(conn, STR("INSERT INTO t VALUES (1)"), &err));
    assert_int_equal(conn->failure.kind, DB_ERROR_INTEGRITY);
}

static void two_statements_in_one_text_are_refused(void **state)
{
    Conn *conn = open_memory(*state);
    Error err = error_in(*state);
    assert_false(db_exec(conn, STR("SELECT 1; SELECT 2"), &err));
    assert_text(err.text, "You can only execute one statement at a time.");
    error_clear(&err);
    assert_true(db_exec(conn, STR("SELECT 1; -- end"), &err));
    assert_true(db_exec(conn, STR("-- nothing"), &err));
}

static void autobegin_waits_for_dml_as_the_python_driver_does(void **state)
{
    Conn *conn = open_memory(*state);
    Error err = error_in(*state);
    conn->autobegin = true;
    must_exec(conn, "CREATE TABLE t (a INTEGER)");
    assert_int_equal(conn->tx, TX_NONE);
    must_exec(conn, "/* c */ INSERT INTO t VALUES (1)");
    assert_int_equal(conn->tx, TX_AUTO);
    assert_true(db_rollback(conn, &err));
    assert_int_equal(count_of(conn, "SELECT count(*) FROM t"), 0);
}

static void statements_that_end_transactions_are_followed(void **state)
{
    Conn *conn = open_memory(*state);
    Error err = error_in(*state);
    assert_true(db_begin(conn, TX_LIMBECK, TX_WRITE, &err));
    must_exec(conn, "COMMIT");
    assert_int_equal(conn->tx, TX_NONE);
    must_exec(conn, "BEGIN");
    assert_int_equal(conn->tx, TX_SCRIPT);
}

static void foreign_keys_switch_works_inside_a_transaction(void **state)
{
    Conn *conn = open_memory(*state);
    Error err = error_in(*state);
    must_exec(conn, "PRAGMA foreign_keys = ON");
    assert_true(db_foreign_keys(conn));
    assert_true(db_begin(conn, TX_LIMBECK, TX_WRITE, &err));
    must_exec(conn, "PRAGMA main.foreign_keys=off");
    assert_false(db_foreign_keys(conn));
    assert_true(db_needs_autocommit(conn, STR(" vacuum")));
    assert_true(db_needs_autocommit(conn, STR("PRAGMA journal_mode=WAL")));
    assert_false(db_needs_autocommit(conn, STR("PRAGMA foreign_key_check")));
}

static void expect_refused(Arena *arena, Str path, const char *wanted)
{
    Error err = error_in(arena);
    Url url = url_of(arena, "sqlite:///x");
    url.database = path;
    Conn *conn;
    assert_false(db_open(arena, &url, NULL, &conn, &err));
    if (str_find(err.text, str_from(wanted), 0) < 0)
        print_error("got \"%.*s\"\n", STR_ARG(err.text));
    assert_true(str_find(err.text, str_from(wanted), 0) >= 0);
}

static void paths_that_cannot_be_databases_are_refused(void **state)
{
    char directory[] = "/tmp/limbeck-db-XXXXXX";
    assert_non_null(mkdtemp(directory));
    Str fifo = path_join(*state, str_from(directory), STR("fifo"));
    assert_int_equal(mkfifo(fifo.ptr, 0600), 0);
    expect_refused(*state, str_from(directory), "is a directory");
    expect_refused(*state, fifo, "not a regular file");
    expect_refused(*state, path_join(*state, str_from(directory), STR("no/x.db")), "no directory");
    unlink(fifo.ptr);
    rmdir(directory);
}

static void no_create_reads_an_absent_file_as_empty(void **state)
{
    char directory[] = "/tmp/limbeck-db-XXXXXX";
    assert_non_null(mkdtemp(directory));
    Url url = url_of(*state, "sqlite:///app.db");
    DbOptions options = { .no_create = true, .directory = str_from(directory) };
    Error err = error_in(*state);
    Conn *conn;
    assert_true(db_open(*state, &url, &options, &conn, &err));
    assert_int_equal(count_of(conn, "SELECT count(*) FROM sqlite_master"), 0);
    assert_false(db_exec(conn, STR("CREATE TABLE t (a)"), &err));
    assert_false(file_exists(path_join(*state, str_from(directory), STR("app.db"))));
    db_close(conn);
    rmdir(directory);
}

static void a_file_that_is_no_database_is_left_alone(void **state)
{
    char path[] = "/tmp/limbeck-db-XXXXXX";
    int fd = mkstemp(path);
    assert_true(write(fd, "this is not a database, but text", 32) == 32);
    close(fd);
    Url url = url_of(*state, "sqlite:///x");
    url.database = str_from(path);
    Error err = error_in(*state);
    Conn *conn;
    Str after;
    assert_true(db_open(*state, &url, NULL, &conn, &err));
    assert_false(db_exec(conn, STR("CREATE TABLE t (a)"), &err));
    assert_text(err.text, "file is not a database");
    assert_true(str_find(err.remedy, str_from(path), 0) >= 0);
    db_close(conn);
    error_clear(&err);
    assert_true(file_read(*state, str_from(path), &after, &err));
    assert_text(after, "this is not a database, but text");
    unlink(path);
}

static void engines_that_are_not_there_yet_are_named(void **state)
{
    Url url = url_of(*state, "mysql://h/d");
    Error err = error_in(*state);
    Conn *conn;
    assert_false(db_open(*state, &url, NULL, &conn, &err));
    assert_int_equal(err.code, ERR_UNSUPPORTED);
    assert_true(str_find(err.text, STR("MySQL"), 0) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(url_renders_as_sqlalchemy_does),
        ARENA_TEST(url_parts_are_decoded),
        ARENA_TEST(url_parse_refuses_what_is_no_url),
        ARENA_TEST(redactor_masks_passwords_in_any_spelling),
        ARENA_TEST(redactor_masks_secret_variables),
        ARENA_TEST(query_keeps_types_and_names),
        ARENA_TEST(large_results_go_to_a_file_and_come_back),
        ARENA_TEST(errors_tell_class_statement_and_position),
        ARENA_TEST(two_statements_in_one_text_are_refused),
        ARENA_TEST(autobegin_waits_for_dml_as_the_python_driver_does),
        ARENA_TEST(statements_that_end_transactions_are_followed),
        ARENA_TEST(foreign_keys_switch_works_inside_a_transaction),
        ARENA_TEST(paths_that_cannot_be_databases_are_refused),
        ARENA_TEST(no_create_reads_an_absent_file_as_empty),
        ARENA_TEST(a_file_that_is_no_database_is_left_alone),
        ARENA_TEST(engines_that_are_not_there_yet_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
