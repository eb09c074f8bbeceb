/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "sql/split.h"
#include "sql/sqlite_reflect.h"

static SqliteTable parse(Arena *arena, const char *sql)
{
    Error err = error_in(arena);
    SqliteTable table;
    if (!sqlite_parse_table(arena, str_from(sql), &table, &err))
        print_error("%.*s\n", STR_ARG(err.text));
    assert_false(error_set(&err));
    return table;
}

static void columns_keep_type_default_and_collation(void **state)
{
    SqliteTable table = parse(*state,
        "CREATE TABLE IF NOT EXISTS main.\"t\" (id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key\n"
        " \"a \"\"b\" VARCHAR (10, 2) DEFAULT 'it''s' NOT NULL, [c d] unsigned big int DEFAULT -1,"
        " e DEFAULT (1.5 + (2)), f TEXT COLLATE NOCASE /* x */, g, h BLOB DEFAULT x'00')");
    assert_int_equal(table.columns.len, 7);
    assert_true(table.autoincrement);
    assert_text(table.columns.items[1].name, "a \"b");
    assert_text(table.columns.items[1].type, "VARCHAR (10, 2)");
    assert_text(table.columns.items[1].default_sql, "'it''s'");
    assert_true(table.columns.items[1].not_null);
    assert_text(table.columns.items[2].name, "c d");
    assert_text(table.columns.items[2].type, "unsigned big int");
    assert_text(table.columns.items[2].default_sql, "-1");
    assert_text(table.columns.items[3].default_sql, "(1.5 + (2))");
    assert_text(table.columns.items[4].collation, "NOCASE");
    assert_text(table.columns.items[5].type, "");
    assert_text(table.columns.items[6].default_sql, "x'00'");
}

static void constraints_keep_names_and_options(void **state)
{
    SqliteTable table = parse(*state,
        "CREATE TABLE t (a INT CONSTRAINT pos CHECK (a > 0 AND ')' <> '') UNIQUE ON CONFLICT IGNORE,"
        " b INT REFERENCES p (x) ON DELETE SET NULL NOT NULL,"
        " CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES q ON UPDATE CASCADE MATCH FULL"
        " NOT DEFERRABLE INITIALLY IMMEDIATE"
        " CONSTRAINT u UNIQUE (a COLLATE NOCASE, b DESC), PRIMARY KEY (b, a)) WITHOUT ROWID, STRICT");
    assert_int_equal(table.constraints.len, 6);
    const SqliteConstraint *rows = table.constraints.items;
    assert_text(rows[0].name, "pos");
    assert_text(rows[0].check, "a > 0 AND ')' <> ''");
    assert_text(rows[1].on_conflict, "IGNORE");
    assert_int_equal(rows[1].column, 0);
    assert_text(rows[2].ondelete, "SET NULL");
    assert_text(rows[2].ref_columns.items[0], "x");
    assert_true(table.columns.items[1].not_null);
    assert_text(rows[3].name, "fk");
    assert_text(rows[3].onupdate, "CASCADE");
    assert_text(rows[3].match, "FULL");
    assert_int_equal(rows[3].deferrable, TRI_FALSE);
    assert_text(rows[3].initially, "IMMEDIATE");
    assert_text(rows[4].columns.items[0], "a");
    assert_text(rows[4].words.items[0], "COLLATE NOCASE");
    assert_text(rows[4].words.items[1], "DESC");
    assert_text(rows[5].words.items[1], "");
    assert_int_equal(rows[5].kind, CONSTRAINT_PRIMARY_KEY);
    assert_text(rows[5].columns.items[1], "a");
    assert_true(table.without_rowid && table.strict);
}

static void generated_columns_are_found(void **state)
{
    SqliteTable table = parse(*state,
        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1) STORED, c AS (a || ')'))");
    assert_text(table.columns.items[1].generated, "a + 1");
    assert_text(table.columns.items[1].type, "INT");
    assert_true(table.columns.items[1].stored);
    assert_text(table.columns.items[2].generated, "a || ')'");
    assert_false(table.columns.items[2].stored);
}

static void virtual_tables_are_told_apart(void **state)
{
    SqliteTable table = parse(*state, "CREATE VIRTUAL TABLE t USING fts5(a, b)");
    assert_true(table.is_virtual);
    assert_false(table.parsed);
}

static void index_parts_and_predicate_are_found(void **state)
{
    Error err = error_in(*state);
    SqliteIndex index;
    assert_true(sqlite_parse_index(*state,
        STR("CREATE UNIQUE INDEX main.ix ON t (a, lower(b, c), \"d\" DESC) WHERE a IS NOT NULL"),
        &index, &err));
    assert_true(index.unique);
    assert_int_equal(index.parts.len, 3);
    assert_text(index.parts.items[0].column, "a");
    assert_text(index.parts.items[1].sql, "lower(b, c)");
    assert_false(str_given(index.parts.items[1].column));
    assert_text(index.parts.items[2].sql, "\"d\" DESC");
    assert_false(str_given(index.parts.items[2].column));
    assert_text(index.where, "a IS NOT NULL");
}

static void words_are_replaced_outside_of_strings(void **state)
{
    assert_text(sqlite_replace_word(*state, STR("name <> 'name' AND \"NAME\" > names"), STR("name"),
                                    STR("title")),
                "title <> 'name' AND title > names");
    assert_true(sqlite_mentions(STR("lower([a b]) = 1"), STR("a b")));
    assert_false(sqlite_mentions(STR("lower('a')"), STR("a")));
}

static void literals_are_told_from_expressions(void **state)
{
    static const char *const yes[] = { "'it''s'", "10", "-1.5", "x'00'", "1e5" };
    static const char *const no[] = { "CURRENT_DATE", "1 + 2", "'a' || 'b'", "NULL", "f(1)", "" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(sqlite_is_literal(str_from(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(sqlite_is_literal(str_from(no[i])));
}

static void expect_pieces(Arena *arena, const Dialect *dialect, const char *text,
                          const char *const *pieces)
{
    Error err = error_in(arena);
    Splitter splitter = split_begin(str_from(text), dialect);
    Piece piece;
    for (; *pieces; pieces++) {
        assert_true(split_next(&splitter, &piece, &err));
        assert_text(piece.sql, *pieces);
    }
    assert_false(split_next(&splitter, &piece, &err));
    assert_false(error_set(&err));
}

static const Dialect sqlite_like = { .id = DIALECT_SQLITE }, pg_like = { .id = DIALECT_POSTGRESQL },
                     mysql_like = { .id = DIALECT_MYSQL };

static void split_knows_quotes_and_comments(void **state)
{
    const char *const pieces[] = { "INSERT INTO t VALUES ('a;''b', \"x;y\", [;], `;`)",
                                   "SELECT 1 -- no; end\n + 1", NULL };
    expect_pieces(*state, &sqlite_like,
                  "-- first;\n;INSERT INTO t VALUES ('a;''b', \"x;y\", [;], `;`);\n/* ; */ SELECT 1 "
                  "-- no; end\n + 1;;\n-- last",
                  pieces);
}

static void split_keeps_trigger_bodies_together(void **state)
{
    const char *const pieces[] = {
        "CREATE TEMP TRIGGER x AFTER INSERT ON t WHEN CASE 1 WHEN 1 THEN 1 END BEGIN SELECT CASE 1 "
        "WHEN 2 THEN 3 END; DELETE FROM t; END",
        "BEGIN", "END", NULL
    };
    expect_pieces(*state, &sqlite_like,
                  "CREATE TEMP TRIGGER x AFTER INSERT ON t WHEN CASE 1 WHEN 1 THEN 1 END BEGIN "
                  "SELECT CASE 1 WHEN 2 THEN 3 END; DELETE FROM t; END; BEGIN; END;",
                  pieces);
}

static void split_knows_dollar_quotes_and_nested_comments(void **state)
{
    const char *const pieces[] = { "CREATE FUNCTION f() AS $b$ a; $$; b; $b$", "SELECT E'\\';' ",
                                   NULL };
    const char *const mysql[] = { "SELECT '\\';'", "SELECT \"a\"\";\"", NULL };
    const char *const trimmed[] = { pieces[0], "SELECT E'\\';'", NULL };
    expect_pieces(*state, &pg_like,
                  "/* a /* b; */ ; */ CREATE FUNCTION f() AS $b$ a; $$; b; $b$; SELECT E'\\';' ;",
                  trimmed);
    expect_pieces(*state, &mysql_like, "SELECT '\\';'; # x;\nSELECT \"a\"\";\";", mysql);
}

static void split_names_the_line_of_what_never_ends(void **state)
{
    Error err = error_in(*state);
    Splitter splitter = split_begin(STR("SELECT 1;\n\nSELECT 'x\n;"), &sqlite_like);
    Piece piece;
    assert_true(split_next(&splitter, &piece, &err));
    assert_false(split_next(&splitter, &piece, &err));
    assert_int_equal(err.loc.line, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(columns_keep_type_default_and_collation),
        ARENA_TEST(constraints_keep_names_and_options),
        ARENA_TEST(generated_columns_are_found),
        ARENA_TEST(virtual_tables_are_told_apart),
        ARENA_TEST(index_parts_and_predicate_are_found),
        ARENA_TEST(words_are_replaced_outside_of_strings),
        ARENA_TEST(literals_are_told_from_expressions),
        ARENA_TEST(split_knows_quotes_and_comments),
        ARENA_TEST(split_keeps_trigger_bodies_together),
        ARENA_TEST(split_knows_dollar_quotes_and_nested_comments),
        ARENA_TEST(split_names_the_line_of_what_never_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
