/* SPDX-License-Identifier: MIT */
/* Every operation of render/cases.txt and ddl/cases.txt, against how Alembic prints it
 * (render/record.py). */
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "diff/render.h"
#include "json_bind.h"

/* What is written better than recorded: what Alembic loses, or writes so that it does not run. */
static Str repaired(Arena *arena, Str text)
{
    static const char *const repairs[][2] = {
        { "%%", "%" },                                     /* a driver's own doubling */
        { "astext_type=Text()", "astext_type=sa.Text()" }, /* a name that is not imported */
        { "autoincrement=ignore_fk", "autoincrement='ignore_fk'" },
        { "sqlalchemy.sql.sqltypes.<class 'sqlalchemy.sql.sqltypes.Integer'>", "sa.Integer()" },
        { "'x:y%'\", schema='s')", "'x:y%'\", schema='s', postgresql_not_valid=True)" },
        { "'x:y%'\")", "'x:y%'\", postgresql_not_valid=True)" },
        { "('a', 'B')", "['a', 'B']" },
        { "nullable=True),\nsa.Column('Y', sa.Integer(), nullable=True),\nquote=False",
          "nullable=True),\nsa.Column('Y', sa.Integer(), nullable=True)" },
        { "sa.PrimaryKeyConstraint('a'),\nsa.UniqueConstraint('a', sqlite_on_conflict='IGNORE', p",
          "sa.PrimaryKeyConstraint('a', sqlite_on_conflict='FAIL', mysql_using='btree'),\n"
          "sa.UniqueConstraint('a', sqlite_on_conflict='IGNORE', p" },
        { "ENUM('x', name='e2')", "ENUM('x', name='e2', create_type=False)" },
        { "ENUM('x', 'y', name='e1')", "ENUM('x', 'y', name='e1', create_type=False)" },
        { "ENUM('x', name='e'), s", "ENUM('x', name='e', create_type=False), s" },
        { "DOMAIN('d', Integer())",
          "DOMAIN('d', sa.Integer(), default='5', not_null=True, check='VALUE > 0')" },
        { "DOMAIN('dom', Integer())", "DOMAIN('dom', sa.Integer(), check='VALUE > 0')" },
        { "DOMAIN('dom2', String(length=5))",
          "DOMAIN('dom2', sa.String(length=5), default='x', not_null=True, create_type=False)" },
    };
    text = str_dup(arena, text);
    for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++)
        text = str_replace(arena, text, str_from(repairs[i][0]), str_from(repairs[i][1]));
    return text;
}

static MetaData *conventions(Arena *arena, const json_t *naming)
{
    MetaData *metadata = metadata_new(arena);
    const char *key;
    json_t *value;
    if (!json_is_object(naming))
        return metadata;
    Map *map = ARENA_NEW(arena, Map);
    *map = map_in(arena);
    json_object_foreach((json_t *)(uintptr_t)naming, key, value)
    {
        Datum *pattern = ARENA_NEW(arena, Datum);
        *pattern = datum_str(str_from(json_string_value(value)));
        map_set(map, str_from(key), pattern);
    }
    metadata->naming_convention = (Datum){ .kind = DATUM_MAP, .map = map };
    return metadata;
}

static Op *in_batch(Arena *arena, Op *op)
{
    ModifyTable *modify = op_new(arena, &modify_table_def);
    modify->table.name = name_from(STR("t"));
    VEC_PUSH(arena, &modify->ops, op);
    return &modify->op;
}

static bool same(const json_t *item, const char *what, Str got, Str expected, const Error *err)
{
    if (!error_set(err) && str_eq(got, expected))
        return true;
    fprintf(stderr, "[%s] %s\n--- got\n%.*s%.*s\n--- expected\n%.*s\n", what,
            json_string_value(json_object_get(item, "source")), STR_ARG(got), STR_ARG(err->text),
            STR_ARG(expected));
    return false;
}

static bool imports_hold(Arena *arena, const json_t *expected, const StrVec *imports)
{
    bool same_count = json_array_size(expected) == imports->len;
    for (size_t i = 0; same_count && i < imports->len; i++)
        same_count =
            strvec_find(imports, str_from(json_string_value(json_array_get(expected, i)))) >= 0;
    if (!same_count)
        print_error("imports: got %.*s\n", STR_ARG(strvec_join(arena, imports, STR("; "))));
    return same_count;
}

/* Written here and lost by Alembic: CHECKs of a column, and that something was an IDENTITY. */
static bool says_more(const json_t *item)
{
    static const char *const marks[] = { "sa.Integer, sa.CheckConstraint(",
                                         "sa.Boolean, sa.CheckConstraint(",
                                         "\"x.id2\"), sa.CheckConstraint(",
                                         "existing_server_default=sa.Identity(" };
    const char *source = json_string_value(json_object_get(item, "source"));
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(source, marks[i]))
            return true;
    return false;
}

/* A recorded error is no promise: what Alembic cannot print may be printed here. */
static bool case_holds(Arena *arena, const json_t *item, const char *dialect, const char *key)
{
    const json_t *recorded = json_object_get(item, key);
    Datum op;
    Error err = error_in(arena);
    StrVec imports = { 0 }, batch_imports = { 0 };
    Str text = STR(""), batch = STR("");
    if (!recorded || json_object_get(recorded, "error") || says_more(item))
        return true;
    RenderOptions options = { .dialect = dialect_find(str_from(dialect)),
                              .sa = STR("sa."),
                              .op = STR("op.") };
    options.naming.metadata = conventions(arena, json_object_get(item, "naming"));
    bool ok = json_bind(arena, json_object_get(item, "tree"), &op, &err) &&
              render_op(arena, &options, op.record.object, &imports, &text, &err);
    Str expected = str_from(json_string_value(json_object_get(recorded, "text")));
    ok = same(item, dialect, text, repaired(arena, expected), &err) &&
         imports_hold(arena, json_object_get(recorded, "imports"), &imports);
    const json_t *within = json_object_get(recorded, "batch");
    if (!ok || !within)
        return ok;
    options.as_batch = true;
    render_op(arena, &options, in_batch(arena, op.record.object), &batch_imports, &batch, &err);
    return same(item, "batch", batch, repaired(arena, str_from(json_string_value(within))), &err);
}

static void ops_are_printed_as_alembic_does(void **state)
{
    static const char *const names[] = { "sqlite", "postgresql", "mysql" };
    size_t failures = 0;
    json_error_t error;
    json_t *cases = json_load_file(getenv("LIMBECK_RENDER_CASES"), 0, &error);
    assert_non_null(cases);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *item = json_array_get(cases, i);
        for (size_t n = 0; n < 3; n++)
            failures += !case_holds(*state, item, names[n], names[n]) ||
                        !case_holds(*state, item, names[n], "any");
    }
    json_decref(cases);
    assert_int_equal(failures, 0);
}

static Str body_of(Arena *arena, const RenderOptions *options, const OpVec *ops)
{
    Rendered out = { 0 };
    Error err = error_in(arena);
    assert_true(render_ops(arena, options, ops, &out, &err));
    return out.body;
}

static void a_body_is_indented_and_never_empty(void **state)
{
    Arena *arena = *state;
    OpVec ops = { 0 };
    RenderOptions options = {
        .dialect = &sqlite_dialect, .sa = STR("sa."), .op = STR("op."), .as_batch = true
    };
    assert_true(str_is(body_of(arena, &options, &ops),
                       "# ### commands auto generated by Alembic - please adjust! ###\n"
                       "    pass\n"
                       "    # ### end Alembic commands ###"));
    DropColumn *drop = op_new(arena, &drop_column_def);
    drop->column = name_from(STR("c"));
    VEC_PUSH(arena, &ops, in_batch(arena, &drop->op));
    assert_true(str_is(body_of(arena, &options, &ops),
                       "# ### commands auto generated by Alembic - please adjust! ###\n"
                       "    with op.batch_alter_table('t', schema=None) as batch_op:\n"
                       "        batch_op.drop_column('c')\n"
                       "\n"
                       "    # ### end Alembic commands ###"));
}

static void a_check_of_a_column_stands_in_it(void **state)
{
    Arena *arena = *state;
    Error err = error_in(arena);
    StrVec imports = { 0 };
    Str text;
    Table *table;
    RenderOptions options = { .dialect = &sqlite_dialect, .sa = STR("sa."), .op = STR("op.") };
    Column *column = column_new(arena, name_from(STR("a")), type_new(arena, TYPE_INTEGER));
    Constraint *check = constraint_new(arena, CONSTRAINT_CHECK, name_from(STR("ck")));
    Datum condition = datum_str(STR("a > 0"));
    Datum item = { .kind = DATUM_RECORD, .record = { &check_record, check } };
    constraint_set_check(arena, check, &condition);
    assert_true(column_add(arena, column, &item, &err));
    assert_true(table_new(arena, NULL, (Name){ 0 }, name_from(STR("t")), &table, &err));
    assert_true(table_add_column(arena, table, column, &err));
    CreateTable *create = op_new(arena, &create_table_def);
    create->table = table;
    assert_true(render_op(arena, &options, &create->op, &imports, &text, &err));
    assert_text(text, "op.create_table('t',\n"
                      "sa.Column('a', sa.Integer(), sa.CheckConstraint('a > 0', name='ck'), "
                      "nullable=True)\n"
                      ")");
}

static void an_enum_value_is_added_outside_the_transaction(void **state)
{
    Arena *arena = *state;
    OpVec ops = { 0 }, undo = { 0 };
    Error err = error_in(arena);
    RenderOptions options = { .dialect = &postgresql_dialect, .sa = STR("sa."), .op = STR("op.") };
    EnumValue *add = op_new(arena, &add_enum_value_def);
    add->type.name = name_from(STR("mood"));
    add->value = STR("it's");
    VEC_PUSH(arena, &ops, &add->op);
    assert_true(str_is(body_of(arena, &options, &ops),
                       "# ### commands auto generated by Alembic - please adjust! ###\n"
                       "    with op.get_context().autocommit_block():\n"
                       "        op.execute(\"ALTER TYPE mood ADD VALUE IF NOT EXISTS 'it''s'\")\n"
                       "\n"
                       "    # ### end Alembic commands ###"));
    assert_true(op_reverse_all(arena, &ops, &undo, &err));
    assert_true(str_find(body_of(arena, &options, &undo), STR("\n    pass\n"), 0) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(ops_are_printed_as_alembic_does),
        ARENA_TEST(a_body_is_indented_and_never_empty),
        ARENA_TEST(a_check_of_a_column_stands_in_it),
        ARENA_TEST(an_enum_value_is_added_outside_the_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
