/* SPDX-License-Identifier: MIT */
/* Batch mode on a real SQLite database: what the rebuild changes, and what it must not lose. */
#include "tests.h"

#include "base/buf.h"
#include "ops/op_batch.h"
#include "sql/reflect.h"

typedef struct Fixture {
    Arena *arena;
    Conn *conn;
    Batch *batch;
    Error err;
} Fixture;

static void must(Fixture *f, const char *sql)
{
    if (!db_exec(f->conn, str_from(sql), &f->err))
        print_error("%s: %.*s\n", sql, STR_ARG(f->err.text));
    assert_false(error_set(&f->err));
}

static Fixture *begin(void **state, const char *table)
{
    Fixture *f = ARENA_NEW(*state, Fixture);
    Url url;
    f->arena = *state;
    f->err = error_in(*state);
    assert_true(url_parse(f->arena, STR("sqlite://"), &url, &f->err));
    assert_true(db_open(f->arena, &url, NULL, &f->conn, &f->err));
    f->batch = op_new(f->arena, &batch_def);
    f->batch->table.name = name_from(str_from(table));
    f->batch->recreate = STR("auto");
    must(f, "PRAGMA foreign_keys = ON");
    return f;
}

static void *add(Fixture *f, const OpDef *def)
{
    Op *op = op_new(f->arena, def);
    VEC_PUSH(f->arena, &f->batch->ops, op);
    return op;
}

static AlterColumn *alter(Fixture *f, const char *column)
{
    AlterColumn *op = add(f, &alter_column_def);
    op->column = name_from(str_from(column));
    op->server_default = op->comment = op->existing_server_default = datum_bool(false);
    return op;
}

static bool execute(void *fixture, Str sql, Loc loc, Error *err)
{
    return db_exec(((Fixture *)fixture)->conn, sql, err);
}

static bool invoke(void *fixture, const Op *op, Error *err)
{
    Fixture *f = fixture;
    Ddl ddl = ddl_begin(f->arena, &sqlite_dialect, err);
    if (!ddl_compile(&ddl, op))
        return false;
    VEC_EACH(const Statement, statement, &ddl.statements)
        if (!db_exec(f->conn, statement->text, err))
            return false;
    return true;
}

static bool run(Fixture *f)
{
    BatchRunner runner = { .arena = f->arena, .conn = f->conn, .dialect = &sqlite_dialect,
                           .context = f, .invoke = invoke, .execute = execute };
    assert_true(db_begin(f->conn, TX_LIMBECK, TX_WRITE, &f->err));
    bool ok = batch_run(&runner, f->batch, &f->err);
    Error ignored = error_in(f->arena);
    if (ok)
        assert_true(db_commit(f->conn, &f->err));
    else
        assert_true(db_rollback(f->conn, &ignored));
    return ok;
}

static void must_run(Fixture *f)
{
    if (!run(f))
        print_error("%.*s\n%.*s\n", STR_ARG(f->err.text), STR_ARG(f->err.sql));
    assert_false(error_set(&f->err));
}

/* The first column of all rows, joined by '|'. */
static Str ask(Fixture *f, const char *sql)
{
    DbResult result;
    const DbValue *row;
    Buf out = buf_in(f->arena);
    assert_true(db_query(f->conn, f->arena, str_from(sql), NULL, 0, &result, &f->err));
    while (db_next(&result, &row, &f->err) && row) {
        if (out.len > 0)
            buf_putc(&out, '|');
        if (row[0].type == DB_INT)
            buf_printf(&out, "%lld", (long long)row[0].integer);
        else
            buf_put(&out, db_value_text(row[0]));
    }
    return buf_take(&out, f->arena);
}

static void nothing_is_lost_in_a_rebuild(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER CHECK (n > 0), "
            "c TEXT COLLATE NOCASE DEFAULT 'it''s', d TIMESTAMP DEFAULT CURRENT_TIMESTAMP, "
            "g INTEGER GENERATED ALWAYS AS (n * 2) STORED, w unsigned big int, CHECK (n < 100), "
            "UNIQUE (c), UNIQUE (n) ON CONFLICT IGNORE)");
    must(f, "CREATE TABLE child (t_id INTEGER REFERENCES t (id) ON DELETE CASCADE)");
    must(f, "CREATE INDEX ix_lower ON t (lower(c)) WHERE n IS NOT NULL");
    must(f, "CREATE VIEW v AS SELECT n FROM t");
    must(f, "CREATE TABLE log (n)");
    must(f, "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.n); END");
    must(f, "INSERT INTO t (id, n, c) VALUES (1, 5, 'a'), (9, 6, 'b')");
    must(f, "DELETE FROM t WHERE id = 9");
    must(f, "INSERT INTO child VALUES (1)");
    alter(f, "n")->nullable = TRI_FALSE;
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE \"t\" (\n\tid INTEGER PRIMARY KEY AUTOINCREMENT, \n\tn INTEGER NOT NULL, "
                "\n\tc TEXT COLLATE NOCASE DEFAULT 'it''s', \n\td TIMESTAMP DEFAULT "
                "(CURRENT_TIMESTAMP), \n\tg INTEGER GENERATED ALWAYS AS (n * 2) STORED, \n\tw "
                "unsigned big int, \n\tCHECK (n > 0), \n\tCHECK (n < 100), \n\tUNIQUE (c), \n\tUNIQUE "
                "(n) ON CONFLICT IGNORE\n)");
    assert_text(ask(f, "SELECT count(*) FROM child"), "1");
    assert_text(ask(f, "SELECT g FROM t"), "10");
    assert_text(ask(f, "SELECT n FROM log"), "5|6");
    must(f, "INSERT INTO t (n, c) VALUES (7, 'z')");
    assert_text(ask(f, "SELECT id FROM t"), "1|10");
    assert_text(ask(f, "SELECT n FROM log"), "5|6|7");
    assert_text(ask(f, "SELECT n FROM v"), "5|7");
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 'ix_lower'"),
                "CREATE INDEX ix_lower ON t (lower(c)) WHERE n IS NOT NULL");
    assert_true(db_foreign_keys(f->conn));
    assert_text(ask(f, "PRAGMA legacy_alter_table"), "0");
    assert_text(ask(f, "SELECT name FROM sqlite_master WHERE name LIKE '_alembic%'"), "");
}

static void a_rename_reaches_views_triggers_and_checks(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (id INTEGER NOT NULL, a INTEGER, PRIMARY KEY (id), "
            "CONSTRAINT ck CHECK (a > 0))");
    must(f, "CREATE TABLE child (x INTEGER REFERENCES t (id))");
    must(f, "CREATE INDEX ix ON t (a)");
    must(f, "CREATE VIEW v AS SELECT a FROM t");
    must(f, "INSERT INTO t VALUES (1, 2)");
    AlterColumn *op = alter(f, "a");
    op->new_name = name_from(STR("b"));
    op->type = type_new(f->arena, TYPE_BIG_INTEGER);
    alter(f, "id")->new_name = name_from(STR("key"));
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE \"t\" (\n\t\"key\" INTEGER NOT NULL, \n\tb BIGINT, \n\tPRIMARY KEY "
                "(\"key\"), \n\tCONSTRAINT ck CHECK (b > 0)\n)");
    assert_text(ask(f, "SELECT * FROM v"), "2");
    assert_text(ask(f, "SELECT \"to\" FROM pragma_foreign_key_list('child')"), "key");
    assert_text(ask(f, "SELECT name FROM pragma_index_info('ix')"), "b");
}

static void names_can_be_exchanged(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER, b INTEGER)");
    must(f, "INSERT INTO t VALUES (1, 2)");
    alter(f, "a")->new_name = name_from(STR("c"));
    alter(f, "b")->new_name = name_from(STR("a"));
    must_run(f);
    assert_text(ask(f, "SELECT a FROM t"), "2");
    assert_text(ask(f, "SELECT c FROM t"), "1");
}

static void dropping_a_column_drops_what_lists_it(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER CHECK (b > 0), c INTEGER, "
            "UNIQUE (b, c), CHECK (b > c))");
    must(f, "CREATE INDEX ix_b ON t (b, c)");
    must(f, "CREATE INDEX ix_c ON t (c)");
    must(f, "INSERT INTO t VALUES (1, 2, 1)");
    DropColumn *op = add(f, &drop_column_def);
    op->column = name_from(STR("b"));
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE \"t\" (\n\ta INTEGER, \n\tc INTEGER, \n\tPRIMARY KEY (a)\n)");
    assert_text(ask(f, "SELECT name FROM sqlite_master WHERE type = 'index'"), "ix_c");
}

static void a_view_that_would_break_stops_the_batch(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER, b INTEGER)");
    must(f, "CREATE VIEW v AS SELECT b FROM t");
    DropColumn *op = add(f, &drop_column_def);
    op->column = name_from(STR("b"));
    assert_false(run(f));
    assert_true(str_find(f->err.remedy, STR("a view or trigger uses a column"), 0) >= 0);
    assert_true(db_foreign_keys(f->conn));
    error_clear(&f->err);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE t (a INTEGER, b INTEGER)");
}

static void a_cast_is_made_where_the_affinity_changes(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a VARCHAR(5), d VARCHAR(20), b BOOLEAN, CHECK (b IN (0, 1)))");
    must(f, "INSERT INTO t VALUES ('12', '2024-05-06', 1)");
    alter(f, "a")->type = type_new(f->arena, TYPE_INTEGER);
    alter(f, "d")->type = type_new(f->arena, TYPE_DATE);
    alter(f, "b")->type = type_new(f->arena, TYPE_INTEGER);
    must_run(f);
    assert_text(ask(f, "SELECT typeof(a) FROM t"), "integer");
    assert_text(ask(f, "SELECT d FROM t"), "2024-05-06");
    must(f, "UPDATE t SET b = 2");
}

static void unknown_names_are_errors_with_alembics_words(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER)");
    DropConstraint *op = add(f, &drop_constraint_def);
    op->name = name_from(STR("nosuch"));
    assert_false(run(f));
    assert_text(f->err.text, "ValueError: No such constraint: 'nosuch'");
    error_clear(&f->err);
    f->batch->ops.len = 0;
    alter(f, "nosuch");
    assert_false(run(f));
    assert_text(f->err.text, "KeyError: no column 'nosuch' in table 't'");
}

static AddColumn *add_column(Fixture *f, const char *name)
{
    AddColumn *op = add(f, &add_column_def);
    op->column = column_new(f->arena, name_from(str_from(name)), type_new(f->arena, TYPE_INTEGER));
    return op;
}

static void new_columns_stand_where_they_were_asked_to(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER)");
    f->batch->recreate = STR("always");
    add_column(f, "x")->insert_before = STR("b");
    add_column(f, "y")->insert_after = STR("a");
    add_column(f, "z");
    must_run(f);
    assert_text(ask(f, "SELECT name FROM pragma_table_info('t')"), "a|x|y|b|c|z");
}

static void an_index_may_use_the_name_before_a_rename(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (\"A b\" INTEGER, c INTEGER)");
    must(f, "CREATE INDEX ix_old ON t (\"A b\")");
    CreateIndex *op = add(f, &create_index_def);
    Datum name = datum_str(STR("A b"));
    op->name = name_from(STR("ix_new"));
    op->table = f->batch->table;
    op->columns = (Datum){ .kind = DATUM_LIST, .list = { &name, 1 } };
    alter(f, "A b")->new_name = name_from(STR("d"));
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE type = 'index' ORDER BY name"),
                "CREATE INDEX ix_new ON t (d)|CREATE INDEX ix_old ON t (d)");
}

static void reflection_gives_everything_back(void **state)
{
    Fixture *f = begin(state, "t");
    Table *table;
    must(f, "CREATE TABLE p (x INTEGER, y INTEGER, PRIMARY KEY (x, y))");
    must(f, "CREATE TABLE t (a INTEGER NOT NULL, b DECIMAL(10, 2), c REFERENCES p, PRIMARY KEY (a "
            "), CONSTRAINT fk FOREIGN KEY (A, b) REFERENCES p ON DELETE SET NULL DEFERRABLE "
            "INITIALLY DEFERRED) WITHOUT ROWID");
    assert_true(sqlite_reflector.table(f->conn, f->arena, NULL, STR_NONE, STR("t"), &table,
                                       &f->err));
    assert_int_equal(table->columns.len, 3);
    assert_int_equal(table->columns.items[1]->type->kind, TYPE_SQL_DECIMAL);
    assert_int_equal(table->columns.items[1]->type->scale.value, 2);
    assert_text(table->primary_key->columns.items[0], "a");
    const Constraint *key = NULL;
    VEC_EACH(Constraint *, constraint, &table->constraints)
        if (name_given((*constraint)->name))
            key = *constraint;
    assert_non_null(key);
    assert_text(key->columns.items[0], "a");
    assert_text(key->ref_columns.items[1], "y");
    assert_text(key->ondelete, "SET NULL");
    assert_text(key->initially, "DEFERRED");
    assert_true(map_has(&table->options.map, STR("sqlite_with_rowid")));
    assert_true(sqlite_reflector.table(f->conn, f->arena, NULL, STR_NONE, STR("no"), &table,
                                       &f->err));
    assert_null(table);
}

static void keys_keep_collations_and_orders_of_their_columns(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (id INTEGER NOT NULL, a TEXT, b TEXT, n INTEGER, PRIMARY KEY (id DESC, "
            "a COLLATE NOCASE) ON CONFLICT REPLACE, CONSTRAINT uq UNIQUE (a COLLATE \"nocase\" DESC, "
            "b ASC), UNIQUE (b /* x */ COLLATE RTRIM) ON CONFLICT IGNORE)");
    must(f, "INSERT INTO t VALUES (1, 'a', 'b', 3)");
    alter(f, "n")->type = type_new(f->arena, TYPE_BIG_INTEGER);
    alter(f, "a")->new_name = name_from(STR("c"));
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE \"t\" (\n\tid INTEGER NOT NULL, \n\tc TEXT, \n\tb TEXT, \n\tn BIGINT, "
                "\n\tPRIMARY KEY (id DESC, c COLLATE NOCASE) ON CONFLICT REPLACE, \n\tCONSTRAINT uq "
                "UNIQUE (c COLLATE \"nocase\" DESC, b), \n\tUNIQUE (b COLLATE RTRIM) ON CONFLICT "
                "IGNORE\n)");
    must(f, "INSERT INTO t VALUES (2, 'x', 'b  ', 3)");
    assert_text(ask(f, "SELECT count(*) FROM t"), "1");
    must(f, "INSERT INTO t VALUES (1, 'A', 'y', 3)");
    assert_text(ask(f, "SELECT c FROM t"), "A");
}

static void words_of_a_key_stay_with_their_column(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER NOT NULL, b TEXT, c TEXT, PRIMARY KEY (a, b COLLATE NOCASE, "
            "c DESC))");
    DropColumn *op = add(f, &drop_column_def);
    op->column = name_from(STR("a"));
    add_column(f, "d")->column->primary_key = TRI_TRUE;
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE \"t\" (\n\tb TEXT, \n\tc TEXT, \n\td INTEGER NOT NULL, \n\tPRIMARY KEY "
                "(b COLLATE NOCASE, c DESC, d)\n)");
}

static void a_descending_key_of_one_column_does_not_become_the_rowid(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT IGNORE, n TEXT)");
    must(f, "INSERT INTO t VALUES (7, 'a')");
    alter(f, "n")->nullable = TRI_FALSE;
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE \"t\" (\n\tid INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT IGNORE, "
                "\n\tn TEXT NOT NULL\n)");
    must(f, "INSERT INTO t VALUES (7, 'b')");
    assert_text(ask(f, "SELECT rowid FROM t WHERE id = 7"), "1");
}

static void a_counting_key_keeps_its_name_and_conflict_clause(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY ON CONFLICT IGNORE AUTOINCREMENT, "
            "n TEXT)");
    alter(f, "n")->nullable = TRI_FALSE;
    must_run(f);
    assert_text(ask(f, "SELECT sql FROM sqlite_master WHERE name = 't'"),
                "CREATE TABLE \"t\" (\n\tid INTEGER CONSTRAINT pk PRIMARY KEY ON CONFLICT IGNORE "
                "AUTOINCREMENT, \n\tn TEXT NOT NULL\n)");
}

static void temporary_triggers_outlive_a_rebuild(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER, b INTEGER)");
    must(f, "ATTACH ':memory:' AS other");
    must(f, "CREATE TABLE other.t (a INTEGER)");
    must(f, "CREATE TABLE log (n)");
    must(f, "CREATE TRIGGER kept AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END");
    must(f, "CREATE TEMP TRIGGER IF NOT EXISTS \"one on\" AFTER INSERT ON t BEGIN INSERT INTO log "
            "VALUES (new.a * 10); END");
    must(f, "CREATE TRIGGER temp.two AFTER DELETE ON main.t BEGIN INSERT INTO log VALUES (-old.a); "
            "END");
    must(f, "CREATE TEMP TRIGGER three AFTER INSERT ON other.t BEGIN INSERT INTO log VALUES (0); END");
    alter(f, "b")->nullable = TRI_FALSE;
    must_run(f);
    assert_text(ask(f, "SELECT name FROM sqlite_temp_master WHERE type = 'trigger' ORDER BY name"),
                "one on|three|two");
    assert_text(ask(f, "SELECT name FROM sqlite_master WHERE type = 'trigger'"), "kept");
    must(f, "INSERT INTO t VALUES (4, 1)");
    must(f, "DELETE FROM t");
    must(f, "INSERT INTO other.t VALUES (4)");
    assert_text(ask(f, "SELECT n FROM log ORDER BY n"), "-4|0|4|40");
}

static void a_temporary_trigger_or_view_that_would_break_stops_the_batch(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER)");
    must(f, "CREATE TEMP VIEW v AS SELECT b FROM t");
    must(f, "CREATE TEMP TRIGGER tr AFTER INSERT ON t BEGIN SELECT new.c; END");
    DropColumn *op = add(f, &drop_column_def);
    op->column = name_from(STR("b"));
    assert_false(run(f));
    assert_true(str_find(f->err.remedy, STR("a view or trigger uses a column"), 0) >= 0);
    error_clear(&f->err);
    op->column = name_from(STR("c"));
    assert_false(run(f));
    assert_true(str_find(f->err.remedy, STR("a view or trigger uses a column"), 0) >= 0);
    error_clear(&f->err);
    assert_text(ask(f, "SELECT count(*) FROM sqlite_temp_master"), "2");
}

static void what_stands_on_an_attached_table_stays_there(void **state)
{
    Fixture *f = begin(state, "t");
    must(f, "ATTACH ':memory:' AS \"my other\"");
    must(f, "CREATE TABLE t (a INTEGER, b INTEGER)");
    must(f, "CREATE TABLE \"my other\".t (a INTEGER, b INTEGER)");
    must(f, "CREATE TABLE \"my other\".log (n)");
    must(f, "CREATE UNIQUE INDEX \"my other\".ix ON t (a)");
    must(f, "CREATE TRIGGER \"my other\".tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); "
            "END");
    f->batch->table.schema = name_from(STR("my other"));
    alter(f, "b")->nullable = TRI_FALSE;
    must_run(f);
    assert_text(ask(f, "SELECT name FROM \"my other\".sqlite_master ORDER BY name"), "ix|log|t|tr");
    assert_text(ask(f, "SELECT name FROM sqlite_master"), "t");
    must(f, "INSERT INTO \"my other\".t VALUES (4, 1)");
    assert_text(ask(f, "SELECT n FROM \"my other\".log"), "4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(nothing_is_lost_in_a_rebuild),
        ARENA_TEST(a_rename_reaches_views_triggers_and_checks),
        ARENA_TEST(names_can_be_exchanged),
        ARENA_TEST(dropping_a_column_drops_what_lists_it),
        ARENA_TEST(a_view_that_would_break_stops_the_batch),
        ARENA_TEST(a_cast_is_made_where_the_affinity_changes),
        ARENA_TEST(unknown_names_are_errors_with_alembics_words),
        ARENA_TEST(new_columns_stand_where_they_were_asked_to),
        ARENA_TEST(an_index_may_use_the_name_before_a_rename),
        ARENA_TEST(reflection_gives_everything_back),
        ARENA_TEST(keys_keep_collations_and_orders_of_their_columns),
        ARENA_TEST(words_of_a_key_stay_with_their_column),
        ARENA_TEST(a_descending_key_of_one_column_does_not_become_the_rowid),
        ARENA_TEST(a_counting_key_keeps_its_name_and_conflict_clause),
        ARENA_TEST(temporary_triggers_outlive_a_rebuild),
        ARENA_TEST(what_stands_on_an_attached_table_stays_there),
        ARENA_TEST(a_temporary_trigger_or_view_that_would_break_stops_the_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
