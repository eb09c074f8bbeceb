/* SPDX-License-Identifier: MIT */
/* Every line of ddl/cases.txt and queries.txt, against what Alembic and SQLAlchemy wrote for it
 * (ddl/record.py). */
#include "tests.h"

#include <stdlib.h>

#include "base/buf.h"
#include "json_bind.h"

/* As offline mode prints: tabs as four blanks, trimmed, ";" and an empty line. */
static Str printed(Arena *arena, const StatementVec *statements)
{
    Buf buf = buf_in(arena);
    VEC_EACH (const Statement, each, statements) {
        Str text = str_trim(str_replace(arena, each->text, STR("\t"), STR("    ")));
        buf_put(&buf, text);
        buf_puts(&buf, ";\n\n");
    }
    return buf_take(&buf, arena);
}

static bool compile(Arena *arena, const json_t *item, const Dialect *dialect, Str *text, Error *err)
{
    Datum op, naming;
    MetaData *metadata = metadata_new(arena);
    if (!json_bind(arena, json_object_get(item, "tree"), &op, err))
        return false;
    const json_t *convention = json_object_get(item, "naming");
    if (json_is_object(convention)) {
        const char *key;
        json_t *value;
        Map *map = ARENA_NEW(arena, Map);
        *map = map_in(arena);
        json_object_foreach((json_t *)(uintptr_t)convention, key, value)
        {
            Datum *pattern = ARENA_NEW(arena, Datum);
            *pattern = datum_str(str_from(json_string_value(value)));
            map_set(map, str_from(key), pattern);
        }
        naming = (Datum){ .kind = DATUM_MAP, .map = map };
        metadata->naming_convention = naming;
    }
    Ddl ddl = ddl_begin(arena, dialect, err);
    ddl.naming.metadata = metadata;
    ddl.offline = ddl.literal_binds = true;
    if (!ddl_compile(&ddl, op.record.object))
        return false;
    *text = printed(arena, &ddl.statements);
    return true;
}

/* Alembic writes for SQLite what SQLite does not understand; we refuse. */
static bool cannot_alter(const char *name, const json_t *expected)
{
    return strcmp(name, "sqlite") == 0 && json_is_string(expected) &&
           strstr(json_string_value(expected), " ALTER COLUMN ");
}

/* An error is expected where Alembic had one; its words are ours. */
static bool case_holds(Arena *arena, const json_t *item, const char *name)
{
    const json_t *expected = json_object_get(item, name);
    Error err = error_in(arena);
    Str text = STR("");
    if (!expected)
        return true;
    bool compiled = compile(arena, item, dialect_find(str_from(name)), &text, &err);
    bool refused = json_is_object(expected) || cannot_alter(name, expected);
    if (refused ? !compiled : compiled && str_is(text, json_string_value(expected)))
        return true;
    const char *wanted = json_is_object(expected)
                             ? json_string_value(json_object_get(expected, "error"))
                             : json_string_value(expected);
    print_error("[%s] %s\n--- got\n%.*s%.*s\n--- expected\n%s\n", name,
                json_string_value(json_object_get(item, "source")), STR_ARG(text),
                STR_ARG(err.text), wanted);
    return false;
}

static void ddl_is_written_as_sqlalchemy_does(void **state)
{
    static const char *const names[] = { "sqlite", "postgresql", "mysql" };
    size_t failures = 0;
    json_error_t error;
    json_t *cases = json_load_file(getenv("LIMBECK_DDL_CASES"), 0, &error);
    assert_non_null(cases);
    for (size_t i = 0; i < json_array_size(cases); i++)
        for (size_t n = 0; n < 3; n++)
            failures += !case_holds(*state, json_array_get(cases, i), names[n]);
    json_decref(cases);
    assert_int_equal(failures, 0);
}

static bool query_holds(Arena *arena, const json_t *item, const char *name)
{
    Datum value;
    Str text = STR("");
    Error err = error_in(arena);
    const char *expected = json_string_value(json_object_get(item, name));
    QueryOptions options = { .mode = BIND_LITERAL };
    bool ok = json_bind(arena, json_object_get(item, "tree"), &value, &err) &&
              query_compile(arena, dialect_find(str_from(name)), &options, value.record.object,
                            &text, NULL, &err);
    if (ok && str_is(text, expected))
        return true;
    print_error("[%s] %s\n--- got\n%.*s%.*s\n--- expected\n%s\n", name,
                json_string_value(json_object_get(item, "source")), STR_ARG(text),
                STR_ARG(err.text), expected);
    return false;
}

static void queries_are_written_as_sqlalchemy_does(void **state)
{
    static const char *const names[] = { "sqlite", "postgresql", "mysql" };
    size_t failures = 0;
    json_error_t error;
    json_t *cases = json_load_file(getenv("LIMBECK_QUERY_CASES"), 0, &error);
    assert_non_null(cases);
    for (size_t i = 0; i < json_array_size(cases); i++)
        for (size_t n = 0; n < 3; n++)
            failures += !query_holds(*state, json_array_get(cases, i), names[n]);
    json_decref(cases);
    assert_int_equal(failures, 0);
}

static void binds_are_called_after_their_columns(void **state)
{
    Arena *arena = *state;
    Error err = error_in(arena);
    Datum one = datum_int(1);
    Str text;
    ExprVec both = { 0 };
    for (int i = 0; i < 2; i++) {
        Expr *column = expr_column_name(arena, name_from(STR("a")), NULL);
        Expr *value = expr_literal(arena, &one, NULL);
        value->name = name_from(expr_bind_stem(column));
        VEC_PUSH(arena, &both, expr_binary(arena, OPERATOR_EQ, column, value));
    }
    QueryOptions options = { .mode = BIND_NAMED };
    assert_true(query_compile(arena, &sqlite_dialect, &options,
                              expr_boolean(arena, OPERATOR_OR, &both), &text, NULL, &err));
    assert_text(text, "a = :a_1 OR a = :a_2");
}

static void a_text_leaves_quoted_colons_alone(void **state)
{
    Arena *arena = *state;
    Error err = error_in(arena);
    Str text;
    QueryOptions options = { .mode = BIND_OFFLINE };
    Expr *given =
        expr_text(arena, STR("SELECT ':x', x::int, a\\:b, \":q\", :gone -- :c\n, $$:d$$"));
    assert_true(query_compile(arena, &postgresql_dialect, &options, given, &text, NULL, &err));
    assert_text(text, "SELECT ':x', x::int, a:b, \":q\", NULL -- :c\n, $$:d$$");
}

static void operations_are_undone(void **state)
{
    Arena *arena = *state;
    Error err = error_in(arena);
    AlterColumn *alter = op_new(arena, &alter_column_def);
    alter->table.name = name_from(STR("t"));
    alter->column = name_from(STR("a"));
    alter->new_name = name_from(STR("b"));
    alter->type = type_sized(arena, TYPE_STRING, 9);
    alter->existing_type = type_new(arena, TYPE_INTEGER);
    Op *reversed;
    assert_true(op_reverse(arena, &alter->op, &reversed, &err));
    Ddl ddl = ddl_begin(arena, &postgresql_dialect, &err);
    assert_true(ddl_compile(&ddl, reversed));
    assert_int_equal(ddl.statements.len, 2);
    assert_text(ddl.statements.items[0].text, "ALTER TABLE t ALTER COLUMN b TYPE INTEGER");
    assert_text(ddl.statements.items[1].text, "ALTER TABLE t RENAME b TO a");
    DropTable *drop = op_new(arena, &drop_table_def);
    drop->table.name = name_from(STR("t"));
    assert_false(op_reverse(arena, &drop->op, &reversed, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(ddl_is_written_as_sqlalchemy_does),
        ARENA_TEST(queries_are_written_as_sqlalchemy_does),
        ARENA_TEST(binds_are_called_after_their_columns),
        ARENA_TEST(a_text_leaves_quoted_colons_alone),
        ARENA_TEST(operations_are_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
