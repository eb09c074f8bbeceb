/* SPDX-License-Identifier: MIT */
/* PostgreSQL without a server: parameters of a connection, literals, texts, errors, arrays. */
#include "tests.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/array.h"
#include "db/pg_errors.h"
#include "db/pg_literal.h"
#include "db/pg_text.h"
#include "db/pg_url.h"

#define LIBPQ_15 150013

/* ---- parameters ---- */

static Str joined(Arena *arena, const StrVec *list)
{
    return strvec_join(arena, list, STR(","));
}

/* "hosts|ports|name=value ...", the defaults left out. */
static Str target_text(Arena *arena, const char *text, const DbSettings *arguments)
{
    Url url;
    PgTarget target;
    Error err = error_in(arena);
    DbOptions options = { 0 };
    if (arguments)
        options.arguments = *arguments;
    if (!url_parse(arena, str_from(text), &url, &err) ||
        !pg_target(arena, &url, &options, LIBPQ_15, &target, &err))
        return str_concat(arena, STR("error: "), err.text);
    Buf out = buf_in(arena);
    buf_printf(&out, "%.*s|%.*s|", STR_ARG(joined(arena, &target.hosts)),
               STR_ARG(joined(arena, &target.ports)));
    VEC_EACH (UrlOption, each, &target.parameters) {
        if (str_starts(each->name, STR("keepalives_")) || str_is(each->name, "client_encoding") ||
            str_is(each->name, "fallback_application_name") ||
            str_is(each->name, "tcp_user_timeout") ||
            (str_is(each->name, "gssencmode") && str_is(each->value, "disable")))
            continue;
        buf_printf(&out, " %.*s=%.*s", STR_ARG(each->name), STR_ARG(each->value));
    }
    if (target.connect_timeout_ms != PG_CONNECT_TIMEOUT_MS)
        buf_printf(&out, " [%d ms]", target.connect_timeout_ms);
    if (target.answer_timeout_ms)
        buf_printf(&out, " {%d ms}", target.answer_timeout_ms);
    return buf_take(&out, arena);
}

static Str gssencmode_of(Arena *arena, const char *text)
{
    Url url;
    PgTarget target;
    Error err = error_in(arena);
    DbOptions options = { 0 };
    assert_true(url_parse(arena, str_from(text), &url, &err));
    assert_true(pg_target(arena, &url, &options, LIBPQ_15, &target, &err));
    return pg_target_get(&target, "gssencmode");
}

static void kerberos_is_asked_where_tickets_may_be(void **state)
{
    Arena *arena = *state;
    setenv("KRB5CCNAME", "FILE:/nowhere", 1);
    assert_false(str_given(gssencmode_of(arena, "postgresql://h/d")));
    unsetenv("KRB5CCNAME");
    assert_text(gssencmode_of(arena, "postgresql://h/d?gssencmode=require"), "require");
    assert_false(str_given(gssencmode_of(arena, "postgresql://h/d?service=own")));
    if (access("/etc/krb5.conf", F_OK) != 0)
        assert_text(gssencmode_of(arena, "postgresql://h/d"), "disable");
}

static void target_serves_every_form_of_url(void **state)
{
    static const char *const cases[][2] = {
        { "postgresql://u:p%40@h:5433/d", "h|5433| user=u password=p@ dbname=d" },
        { "postgres://h/d", "h|| dbname=d" },
        { "postgresql+psycopg2:///d", "|| dbname=d" },
        { "postgresql+psycopg2cffi://@/d?host=/run/pg", "/run/pg|| user= dbname=d" },
        { "postgresql+psycopg2://u@/d?host=/cloudsql/p:r:i", "/cloudsql/p:r:i|| user=u dbname=d" },
        { "postgresql+psycopg2://u@/d?host=a:1&host=b:2&host=c", "a,b,c|1,2,| user=u dbname=d" },
        { "postgresql+psycopg2://h:7/d?host=a&host=b", "a,b|7,7| dbname=d" },
        { "postgresql+psycopg2:///d?host=a,b&port=1,2", "a,b|1,2| dbname=d" },
        { "postgresql+psycopg2:///d?host=a,b&port=1", "a,b|1,1| dbname=d" },
        { "postgresql+psycopg2:///d?host=a,b,c&port=1,2",
          "error: number of hosts and ports don't match: 3 and 2" },
        { "postgresql+psycopg2://[::1]:5/d", "::1|5| dbname=d" },
        { "postgresql+psycopg://h/d?options=-csearch_path%3Dx&target_session_attrs=read-write",
          "h|| dbname=d options=-csearch_path=x target_session_attrs=read-write" },
        { "postgresql+psycopg2://h/d?connect_timeout=3&application_name=a+b",
          "h|| dbname=d application_name=a b [3000 ms]" },
        { "postgresql+psycopg2://h/d?connect_timeout=soon",
          "error: connect_timeout: 'soon' is not a number of seconds" },
        { "postgresql+asyncpg://h/d?ssl=require", "h|| dbname=d sslmode=require" },
        { "postgresql+asyncpg://h/d?ssl=false", "h|| dbname=d sslmode=disable" },
        { "postgresql+asyncpg://h/d?ssl=on", "error: ssl: 'on' is no mode" },
        { "postgresql+asyncpg://h/d?prepared_statement_cache_size=0&command_timeout=1.5",
          "h|| dbname=d {1500 ms}" },
        { "postgresql+pg8000://h/d?unix_sock=/run/s", "/run/s|| dbname=d" },
        { "postgresql://h/d?sslmode=require&sslrootcert=system",
          "error: weak sslmode \"require\" may not be used with sslrootcert=system (use "
          "\"verify-full\")" },
        { "postgresql://h/d?client_encoding=latin1&service=s", "h|| dbname=d service=s" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(target_text(*state, cases[i][0], NULL), cases[i][1]);
}

static void arguments_of_the_engine_are_taken(void **state)
{
    DbSettings arguments = { 0 };
    static const char *const given[][2] = {
        { "server_settings.application_name", "app" },
        { "server_settings.search_path", "a, b\\c" },
        { "timeout", "2" },
        { "cursor_factory", "" },
        { "sslmode", "disable" },
    };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        DbSetting setting = { str_from(given[i][0]), str_from(given[i][1]) };
        VEC_PUSH((Arena *)*state, &arguments, setting);
    }
    assert_text(target_text(*state, "postgresql+asyncpg://h/d?sslmode=require", &arguments),
                "h|| dbname=d sslmode=disable application_name=app options=-c "
                "search_path=a,\\ b\\\\c [2000 ms]");
}

static void system_roots_are_a_file_for_an_older_library(void **state)
{
    Url url;
    PgTarget target;
    Error err = error_in(*state);
    const DbOptions options = { .verify_tls = true };
    assert_true(url_parse(*state, STR("postgresql://h/d"), &url, &err));
    assert_true(pg_target(*state, &url, &options, PG_SYSTEM_ROOTS, &target, &err));
    assert_text(pg_target_get(&target, "sslmode"), "verify-full");
    assert_text(pg_target_get(&target, "sslrootcert"), "system");
    if (pg_target(*state, &url, &options, LIBPQ_15, &target, &err))
        assert_int_equal(pg_target_get(&target, "sslrootcert").ptr[0], '/');
    else
        assert_int_equal(err.code, ERR_CONNECT); /* no certificates on this machine */
}

static void near_hosts_are_told(void **state)
{
    static const char *const near[] = { "",   "/run",      "127.0.0.2",  "::1",
                                        "db", "localhost", "a.internal", "@abstract" };
    static const char *const far[] = { "db.example.com", "10.0.0.1", "2001:db8::1" };
    (void)state;
    for (size_t i = 0; i < sizeof near / sizeof *near; i++)
        assert_true(pg_host_is_near(str_from(near[i])));
    for (size_t i = 0; i < sizeof far / sizeof *far; i++)
        assert_false(pg_host_is_near(str_from(far[i])));
}

/* ---- literals ---- */

static void literals_are_psycopg2s(void **state)
{
    const DbValue inner[] = { db_int(1), db_null() };
    const DbValue nested[] = { db_array(inner, 2), db_array(inner, 2) };
    const struct {
        DbValue value;
        const char *text;
    } cases[] = {
        { db_null(), "NULL" },
        { db_bool(true), "true" },
        { db_int(-5), " -5" },
        { db_int(INT64_MIN), " -9223372036854775808" },
        { db_real(0.1), "0.1" },
        { db_real(-2), " -2.0" },
        { db_real(1e300), "1e+300" },
        { db_real(NAN), "'NaN'::float" },
        { db_real(-INFINITY), "'-Infinity'::float" },
        { db_text(STR("it's")), "'it''s'" },
        { db_text(STR("a\\b'c")), "E'a\\\\b''c'" },
        { db_text(STR("")), "''" },
        { db_bytes(STR("\0\xff'")), "'\\x00ff27'::bytea" },
        { db_typed(DB_KIND_NUMERIC, STR("-1.50")), " -1.50" },
        { db_typed(DB_KIND_NUMERIC, STR("NaN")), "'NaN'::numeric" },
        { db_typed(DB_KIND_NUMERIC, STR("1); drop")), "'1); drop'::numeric" },
        { db_typed(DB_KIND_NUMERIC, STR(".--")), "'.--'::numeric" },
        { db_typed(DB_KIND_NUMERIC, STR("1--2")), "'1--2'::numeric" },
        { db_typed(DB_KIND_NUMERIC, STR("1e")), "'1e'::numeric" },
        { db_typed(DB_KIND_NUMERIC, STR("+.5E-7")), "+.5E-7" },
        { db_typed(DB_KIND_NUMERIC, STR("12.")), "12." },
        { db_typed(DB_KIND_DATE, STR("2024-05-17")), "'2024-05-17'::date" },
        { db_typed(DB_KIND_TIMESTAMPTZ, STR("2024-05-17 01:02:03+02")),
          "'2024-05-17 01:02:03+02'::timestamptz" },
        { db_typed(DB_KIND_TEXT, STR("x")), "'x'" },
        { db_array(NULL, 0), "'{}'" },
        { db_array(nested, 2), "ARRAY[ARRAY[1,NULL],ARRAY[1,NULL]]" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf out = buf_in(*state);
        Error err = error_in(*state);
        assert_true(pg_literal_put(&out, &cases[i].value, false, &err));
        assert_text(buf_str(&out), cases[i].text);
    }
}

static void a_nul_has_no_literal(void **state)
{
    Buf out = buf_in(*state);
    Error err = error_in(*state);
    const DbValue value = db_text(STR("a\0b"));
    assert_false(pg_literal_put(&out, &value, false, &err));
    assert_int_equal(err.code, ERR_DATABASE);
}

/* ---- texts ---- */

static PgText plain(const char *sql)
{
    return (PgText){ .sql = str_from(sql) };
}

static void several_statements_are_told(void **state)
{
    static const char *const one[] = {
        "SELECT 1",
        "SELECT 1;",
        "SELECT 1; ; -- and ; that\n /* ; /* ; */ ; */ ",
        "SELECT ';', \"a;b\", $$;$$, $x$ ; $y$ ; $x$",
        "SELECT E'\\';' ; ",
        "DO $$ BEGIN a; b; END $$;",
        "SELECT 'a''; b'",
    };
    static const char *const many[] = {
        "SELECT 1; SELECT 2",
        "SELECT '\\'; SELECT 2",
        "SELECT 1;-- x\nSELECT 2",
        "SELECT a$b; SELECT $b",
    };
    (void)state;
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        assert_false(pg_text_is_many(plain(one[i])));
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        assert_true(pg_text_is_many(plain(many[i])));
    assert_true(pg_text_is_many((PgText){ STR("SELECT 'a\\\\'; SELECT 2"), true }));
    assert_false(pg_text_is_many((PgText){ STR("SELECT 'a\\'; SELECT 2'"), true }));
}

static void texts_are_known_by_their_first_word(void **state)
{
    (void)state;
    assert_true(pg_text_is_empty(plain(" -- nothing\n; /* ; */ ;")));
    assert_false(pg_text_is_empty(plain("-- nothing\nSELECT 1")));
    assert_true(pg_text_is_transaction(plain("/* x */ commit")));
    assert_true(pg_text_is_transaction(plain("Rollback to a")));
    assert_false(pg_text_is_transaction(plain("CREATE TABLE begin (a int)")));
    assert_true(pg_text_binds_plainly(plain("INSERT INTO \"a b\".c (x, y) VALUES ($1, $2);")));
    assert_false(pg_text_binds_plainly(plain("INSERT INTO c (x) VALUES ($1 + 1)")));
    assert_false(pg_text_binds_plainly(plain("INSERT INTO c (x) VALUES ($1) RETURNING x")));
    assert_false(pg_text_binds_plainly(plain("UPDATE c SET x = $1")));
}

static void parameters_are_written_in(void **state)
{
    Str sql;
    Error err = error_in(*state);
    const DbValue values[] = { db_int(-1), db_text(STR("$2")) };
    const char *given = "SELECT 1-$1, '$1', $$ $1 $$, a$1, \"$2\", $2 /* $1 */";
    assert_true(pg_text_render(*state, plain(given), values, 2, &sql, &err));
    assert_text(sql, "SELECT 1-  -1, '$1', $$ $1 $$, a$1, \"$2\", '$2' /* $1 */");
    assert_false(pg_text_render(*state, plain("SELECT $3"), values, 2, &sql, &err));
    assert_text(err.text, "there is no parameter $3");
}

/* The server's position is in what was sent; the report shows what was written. */
static void positions_come_back_to_the_text_as_written(void **state)
{
    const char *given = "SELECT '\xc3\xa9', $1, nope, $2";
    const DbValue values[] = { db_text(STR("a long text")), db_int(1) };
    Str sent;
    Error err = error_in(*state);
    assert_true(pg_text_render(*state, plain(given), values, 2, &sent, &err));
    ptrdiff_t at = str_find(sent, STR("nope"), 0);
    size_t position = utf8_count(str_slice(sent, 0, (size_t)at)) + 1;
    at = str_find(str_from(given), STR("nope"), 0);
    size_t wanted = utf8_count(str_slice(str_from(given), 0, (size_t)at)) + 1;
    assert_int_equal(pg_text_position(*state, plain(given), values, 2, position), wanted);
    assert_int_equal(pg_text_position(*state, plain(given), values, 2, 3), 3);
    assert_int_equal(pg_text_position(*state, plain(given), values, 2, 16), 13);
}

/* ---- errors ---- */

static void errors_are_classed_as_the_python_drivers_do(void **state)
{
    const struct {
        const char *sqlstate;
        DbErrorKind kind;
        const char *psycopg2, *asyncpg;
    } cases[] = {
        { "42P01", DB_ERROR_PROGRAMMING, "psycopg2.errors.UndefinedTable",
          "<class 'asyncpg.exceptions.UndefinedTableError'>: words" },
        { "23505", DB_ERROR_INTEGRITY, "psycopg2.errors.UniqueViolation",
          "<class 'asyncpg.exceptions.UniqueViolationError'>: words" },
        { "42601", DB_ERROR_PROGRAMMING, "psycopg2.errors.SyntaxError",
          "<class 'asyncpg.exceptions.PostgresSyntaxError'>: words" },
        { "55P03", DB_ERROR_OPERATIONAL, "psycopg2.errors.LockNotAvailable",
          "<class 'asyncpg.exceptions.LockNotAvailableError'>: words" },
        { "25P02", DB_ERROR_INTERNAL, "psycopg2.errors.InFailedSqlTransaction",
          "<class 'asyncpg.exceptions.InFailedSQLTransactionError'>: words" },
        { "P0001", DB_ERROR_INTERNAL, "psycopg2.errors.RaiseException",
          "<class 'asyncpg.exceptions.RaiseError'>: words" },
        { "ZZ999", DB_ERROR_DATABASE, "psycopg2.DatabaseError",
          "<class 'asyncpg.exceptions.PostgresError'>: words" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str sqlstate = str_from(cases[i].sqlstate);
        const DbDiag diag = { .severity = STR("ERROR"),
                              .sqlstate = sqlstate,
                              .primary = STR("words") };
        assert_int_equal(pg_error_kind(PG_PSYCOPG2, sqlstate), cases[i].kind);
        assert_text(str_from(pg_error_class(*state, PG_PSYCOPG2, sqlstate)), cases[i].psycopg2);
        assert_text(pg_error_message(*state, PG_ASYNCPG, &diag, STR("ERROR:  words\n")),
                    cases[i].asyncpg);
    }
}

static void messages_are_the_drivers(void **state)
{
    const DbDiag diag = {
        .severity = STR("ERROR"), .sqlstate = STR("42P01"), .primary = STR("no"), .position = 3
    };
    Str said = STR("ERROR:  no\nLINE 1: x\n        ^\n");
    assert_text(pg_error_message(*state, PG_PSYCOPG2, &diag, said), "no\nLINE 1: x\n        ^\n");
    assert_text(pg_error_message(*state, PG_PSYCOPG, &diag, said), "no\nLINE 1: x\n        ^");
    assert_text(pg_error_message(*state, PG_PG8000, &diag, said),
                "{'S': 'ERROR', 'V': 'ERROR', 'C': '42P01', 'M': 'no', 'P': '3'}");
}

/* ---- arrays ---- */

static Str array_shown(Arena *arena, const char *text)
{
    ArrayText array;
    Error err = error_in(arena);
    Buf out = buf_in(arena);
    if (!array_begin(str_from(text), &array, &err))
        return STR("no array");
    for (ArrayItem item; array_next(&array, arena, &item);) {
        static const char *const marks[] = { "NULL ", "", "[ ", "] " };
        buf_puts(&out, marks[item.kind]);
        if (item.kind == ARRAY_ITEM_TEXT)
            buf_printf(&out, "<%.*s> ", STR_ARG(item.text));
    }
    return array_failed(&array) ? STR("broken") : buf_take(&out, arena);
}

static void arrays_are_taken_apart(void **state)
{
    static const char *const cases[][2] = {
        { "{}", "" },
        { "{1,NULL,\"NULL\",\"a\\\"b\\\\,\",\"\"}", "<1> NULL <NULL> <a\"b\\,> <> " },
        { "{{1,2},{3,4}}", "[ <1> <2> ] [ <3> <4> ] " },
        { "[0:1]={x,y}", "<x> <y> " },
        { "{\"2024-05-17 10:00:00+00\"}", "<2024-05-17 10:00:00+00> " },
        { "{1,2", "broken" },
        { "{\"1", "broken" },
        { "{1}2", "broken" },
        { "1", "no array" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(array_shown(*state, cases[i][0]), cases[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(target_serves_every_form_of_url),
        ARENA_TEST(kerberos_is_asked_where_tickets_may_be),
        ARENA_TEST(arguments_of_the_engine_are_taken),
        ARENA_TEST(system_roots_are_a_file_for_an_older_library),
        ARENA_TEST(near_hosts_are_told),
        ARENA_TEST(literals_are_psycopg2s),
        ARENA_TEST(a_nul_has_no_literal),
        ARENA_TEST(several_statements_are_told),
        ARENA_TEST(texts_are_known_by_their_first_word),
        ARENA_TEST(parameters_are_written_in),
        ARENA_TEST(positions_come_back_to_the_text_as_written),
        ARENA_TEST(errors_are_classed_as_the_python_drivers_do),
        ARENA_TEST(messages_are_the_drivers),
        ARENA_TEST(arrays_are_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
