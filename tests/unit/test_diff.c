/* SPDX-License-Identifier: MIT */
/* Each kind of change between a database's tables and the models', as the operations it makes. */
#include "tests.h"

#include "base/buf.h"
#include "diff/diff.h"

typedef struct Fixture {
    Arena *arena;
    Error err;
    MetaData *database, *model;
    Reflection seen;
    DiffOptions options;
    DiffResult result;
} Fixture;

static Fixture fixture_on(void **state, const Dialect *dialect)
{
    Arena *arena = *state;
    Fixture f = { .arena = arena, .err = error_in(arena) };
    f.database = metadata_new(arena);
    f.model = metadata_new(arena);
    f.options = (DiffOptions){ .dialect = dialect,
                               .compare_type = true,
                               .compare_server_default = true,
                               .version_table = STR("alembic_version") };
    f.seen.default_schema = dialect->default_schema ? str_from(dialect->default_schema) : STR_NONE;
    return f;
}

static Table *table_in(Fixture *f, MetaData *metadata, Name schema, const char *name)
{
    Table *table;
    assert_true(table_new(f->arena, metadata, schema, name_from(str_from(name)), &table, &f->err));
    table->reflected = metadata == f->database;
    return table;
}

static Table *table_of(Fixture *f, MetaData *metadata, const char *name)
{
    return table_in(f, metadata, (Name){ 0 }, name);
}

static Column *column_of(Fixture *f, Table *table, const char *name, Type *type)
{
    Column *column = column_new(f->arena, name_from(str_from(name)), type);
    column->reflected = table->reflected;
    assert_true(table_add_column(f->arena, table, column, &f->err));
    return column;
}

static Type *whole(Fixture *f)
{
    return type_new(f->arena, TYPE_INTEGER);
}

static Constraint *constraint_of(Fixture *f, Table *table, ConstraintKind kind, const char *name,
                                 const char *column)
{
    Constraint *constraint = constraint_new(
        f->arena, kind, name ? name_from(str_from(name)) : (Name){ .text = STR_NONE });
    constraint->reflected = table->reflected;
    if (column)
        VEC_PUSH(f->arena, &constraint->columns, str_from(column));
    assert_true(table_add_constraint(f->arena, table, constraint, &f->err));
    return constraint;
}

static Constraint *check_of(Fixture *f, Table *table, const char *name, const char *text)
{
    Constraint *check = constraint_new(
        f->arena, CONSTRAINT_CHECK, name ? name_from(str_from(name)) : (Name){ .text = STR_NONE });
    Datum condition = datum_str(str_from(text));
    check->reflected = table->reflected;
    constraint_set_check(f->arena, check, &condition);
    assert_true(table_add_constraint(f->arena, table, check, &f->err));
    return check;
}

static void key_of(Fixture *f, Table *table, const char *name, const char *column,
                   const char *target)
{
    Constraint *key = constraint_new(f->arena, CONSTRAINT_FOREIGN_KEY,
                                     name ? name_from(str_from(name)) : (Name){ .text = STR_NONE });
    key->reflected = table->reflected;
    key->ref_table = str_from(target);
    VEC_PUSH(f->arena, &key->columns, str_from(column));
    VEC_PUSH(f->arena, &key->ref_columns, STR("id"));
    assert_true(table_add_constraint(f->arena, table, key, &f->err));
}

static Index *index_of(Fixture *f, Table *table, const char *name, const char *column)
{
    Index *index = index_new(f->arena, name_from(str_from(name)));
    Datum part = datum_str(str_from(column));
    index->reflected = table->reflected;
    assert_true(index_add(f->arena, index, &part, &f->err));
    assert_true(table_add_index(f->arena, table, index, &f->err));
    return index;
}

/* The same on both sides: t(id, x, y). */
static void both(Fixture *f, Table **database, Table **model)
{
    *database = table_of(f, f->database, "t");
    *model = table_of(f, f->model, "t");
    Table *const sides[] = { *database, *model };
    for (size_t i = 0; i < 2; i++) {
        column_of(f, sides[i], "id", whole(f))->nullable = TRI_FALSE;
        column_of(f, sides[i], "x", whole(f));
        column_of(f, sides[i], "y", type_sized(f->arena, TYPE_STRING, 10));
    }
}

static void put_ops(Buf *buf, const OpVec *ops)
{
    VEC_EACH (Op *const, each, ops) {
        const void *op = *each;
        buf_puts(buf, buf->len ? " " : "");
        buf_puts(buf, op_def(*each)->record.name);
        if (op_kind(*each) != OP_MODIFY_TABLE)
            continue;
        buf_puts(buf, "[");
        Buf inner = { 0 };
        put_ops(&inner, &((const ModifyTable *)op)->ops);
        buf_put(buf, buf_str(&inner));
        buf_free(&inner);
        buf_puts(buf, "]");
    }
}

static const char *compare(Fixture *f)
{
    for (size_t i = 0; i < f->database->tables.len; i++) {
        Table *table = f->database->tables.entries[i].value;
        Relation relation = { .kind = RELATION_TABLE, .schema = STR_NONE };
        relation.name = table->name.text;
        relation.table = table;
        VEC_PUSH(f->arena, &f->seen.relations, relation);
    }
    DiffInput input = { .reflection = &f->seen, .models = &f->model, .model_count = 1 };
    assert_true(diff_schemas(f->arena, &f->options, &input, &f->result, &f->err));
    Buf buf = buf_in(f->arena);
    put_ops(&buf, &f->result.upgrade);
    return str_cstr(f->arena, buf_str(&buf));
}

static void equal_tables_make_nothing(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    assert_string_equal(compare(&f), "");
    assert_int_equal(f.result.messages.len, 0);
}

static void new_tables_come_by_dependency_with_their_indexes(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *child = table_of(&f, f.model, "a_child"), *parent = table_of(&f, f.model, "b_parent");
    column_of(&f, parent, "id", whole(&f));
    column_of(&f, child, "p", whole(&f));
    key_of(&f, child, "fk", "p", "b_parent");
    index_of(&f, child, "ix", "p");
    assert_string_equal(compare(&f), "create_table create_table modify_table[create_index]");
    assert_true(((CreateTable *)(void *)f.result.upgrade.items[0])->table == parent);
    assert_true(str_is(f.result.messages.items[0].text, "Detected added table 'b_parent'"));
}

static void a_circle_of_new_tables_gets_its_key_behind_them(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *a = table_of(&f, f.model, "a"), *b = table_of(&f, f.model, "b");
    column_of(&f, a, "id", whole(&f));
    column_of(&f, b, "id", whole(&f));
    key_of(&f, a, "fk_a", "id", "b");
    key_of(&f, b, "fk_b", "id", "a");
    assert_string_equal(compare(&f), "create_table create_table modify_table[create_foreign_key]");
}

static void a_circle_is_seen_where_models_name_the_default_schema(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    const Name schema = name_from(STR("public"));
    Table *a = table_in(&f, f.model, schema, "a"), *b = table_in(&f, f.model, schema, "b");
    column_of(&f, a, "id", whole(&f));
    column_of(&f, b, "id", whole(&f));
    key_of(&f, a, "fk_a", "id", "b");
    key_of(&f, b, "fk_b", "id", "a");
    VEC_LAST(&a->constraints)->ref_schema = VEC_LAST(&b->constraints)->ref_schema = schema.text;
    assert_string_equal(compare(&f), "create_table create_table modify_table[create_foreign_key]");
}

static void dropped_tables_go_before_those_they_refer_to(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *parent = table_of(&f, f.database, "a_parent"),
          *child = table_of(&f, f.database, "child");
    column_of(&f, parent, "id", whole(&f));
    column_of(&f, child, "p", whole(&f));
    key_of(&f, child, "fk", "p", "a_parent");
    index_of(&f, child, "ix", "p");
    assert_string_equal(compare(&f), "modify_table[drop_index] drop_table drop_table");
    assert_true(((DropTable *)(void *)f.result.upgrade.items[1])->reverse == child);
}

static void a_table_that_a_kept_one_refers_to_goes_last(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    Table *gone = table_of(&f, f.database, "gone");
    column_of(&f, gone, "id", whole(&f));
    key_of(&f, database, "fk", "x", "gone");
    assert_string_equal(compare(&f), "modify_table[drop_constraint] drop_table");
}

static void columns_are_added_altered_and_dropped_in_that_order(void **state)
{
    Fixture f = fixture_on(state, &sqlite_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    column_of(&f, database, "old", whole(&f));
    column_of(&f, model, "new", whole(&f));
    table_column(model, STR("x"))->nullable = TRI_FALSE;
    assert_string_equal(compare(&f), "modify_table[add_column alter_column drop_column]");
    const ModifyTable *modify = (void *)f.result.upgrade.items[0];
    const AlterColumn *alter = (void *)modify->ops.items[1];
    assert_int_equal(alter->nullable, TRI_FALSE);
    assert_int_equal(alter->existing_nullable, TRI_TRUE);
    assert_null(alter->type);
}

static void types_are_compared_as_the_dialect_writes_them(void **state)
{
    static const struct {
        TypeKind was;
        int64_t was_length;
        TypeKind is;
        int64_t is_length;
        bool differs;
    } rows[] = {
        { TYPE_SQL_VARCHAR, 10, TYPE_STRING, 10, false },
        { TYPE_SQL_VARCHAR, 10, TYPE_STRING, 20, true },
        { TYPE_SQL_VARCHAR, 0, TYPE_STRING, 20, false },
        { TYPE_SQL_VARCHAR, 10, TYPE_TEXT, 0, true },
        { TYPE_SQL_INTEGER, 0, TYPE_INTEGER, 0, false },
        { TYPE_SQL_INTEGER, 0, TYPE_BIG_INTEGER, 0, true },
        { TYPE_SQL_NUMERIC, 0, TYPE_SQL_DECIMAL, 0, false },
        { TYPE_SQL_DOUBLE_PRECISION, 0, TYPE_FLOAT, 0, false },
        { TYPE_SQL_TIMESTAMP, 0, TYPE_DATE_TIME, 0, false },
        { TYPE_PG_JSON, 0, TYPE_PG_JSONB, 0, true },
        { TYPE_NULL, 0, TYPE_INTEGER, 0, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Fixture f = fixture_on(state, &postgresql_dialect);
        Table *database = table_of(&f, f.database, "t"), *model = table_of(&f, f.model, "t");
        Type *was = type_new(f.arena, rows[i].was), *is = type_new(f.arena, rows[i].is);
        was->length = (OptInt){ rows[i].was_length > 0, rows[i].was_length };
        is->length = (OptInt){ rows[i].is_length > 0, rows[i].is_length };
        column_of(&f, database, "c", was);
        column_of(&f, model, "c", is);
        assert_string_equal(compare(&f), rows[i].differs ? "modify_table[alter_column]" : "");
    }
}

static Datum default_text(Fixture *f, const char *sql)
{
    Expr *expr = expr_text(f->arena, str_from(sql));
    return (Datum){ .kind = DATUM_RECORD, .record = { expr->head.record, expr } };
}

static void sqlite_defaults_are_compared_without_quotes_and_brackets(void **state)
{
    Fixture f = fixture_on(state, &sqlite_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    table_column(database, STR("x"))->server_default = default_text(&f, "'7'");
    table_column(model, STR("x"))->server_default = default_text(&f, "(7)");
    assert_string_equal(compare(&f), "");
    table_column(model, STR("x"))->server_default = default_text(&f, "8");
    f.seen.relations.len = 0;
    assert_string_equal(compare(&f), "modify_table[alter_column]");
}

typedef struct Answers {
    size_t asked;
    const char *text, *answer;
} Answers;

static bool answer_all(void *context, QuestionVec *questions, Error *err)
{
    Answers *answers = context;
    (void)err;
    answers->asked += questions->len;
    VEC_EACH (Question *, each, questions) {
        if (!str_is((*each)->text, answers->text))
            continue;
        (*each)->answered = true;
        (*each)->answer = str_from(answers->answer);
    }
    return true;
}

static void what_texts_do_not_tell_is_asked_at_once(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    Answers answers = { .text = "odd(x)", .answer = "(even(x))" };
    both(&f, &database, &model);
    check_of(&f, database, "ck_a", "(even(x))");
    check_of(&f, model, "ck_a", "odd(x)");
    check_of(&f, database, "ck_b", "((x)::text = 'a'::text)");
    check_of(&f, model, "ck_b", "x = 'a'");
    f.options.ask = answer_all;
    f.options.ask_context = &answers;
    assert_string_equal(compare(&f), "");
    assert_int_equal(answers.asked, 1);
    assert_int_equal(f.result.unasked, 0);
}

static void without_answers_texts_decide_and_that_is_said(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    check_of(&f, database, "ck", "(even(x))");
    check_of(&f, model, "ck", "odd(x)");
    assert_string_equal(compare(&f), "modify_table[drop_constraint create_check_constraint]");
    assert_int_equal(f.result.unasked, 1);
    assert_int_equal(f.result.messages.items[0].level, LOG_WARNING);
}

static void check_texts_are_left_alone_in_compat(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    f.options.compat = true;
    check_of(&f, database, "ck", "(x > 1)");
    check_of(&f, model, "ck", "x > 2");
    check_of(&f, database, "ck_gone", "(x > 1)");
    check_of(&f, model, "ck_new", "x > 2");
    assert_string_equal(compare(&f), "modify_table[drop_constraint create_check_constraint]");
}

static void an_unnamed_check_is_the_one_that_the_server_named(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    check_of(&f, database, "t_x_check", "(x > 1)");
    check_of(&f, model, NULL, "x > 1");
    assert_string_equal(compare(&f), "");
}

static void indexes_go_change_and_come_by_name(void **state)
{
    Fixture f = fixture_on(state, &sqlite_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    index_of(&f, database, "ix_gone", "x");
    index_of(&f, database, "ix_same", "x");
    index_of(&f, model, "ix_same", "x");
    index_of(&f, database, "ix_turned", "x");
    index_of(&f, model, "ix_turned", "x")->unique = TRI_TRUE;
    index_of(&f, model, "ix_new", "y");
    assert_string_equal(compare(&f),
                        "modify_table[drop_index drop_index create_index create_index]");
}

static void unique_constraints_are_sets_of_columns(void **state)
{
    Fixture f = fixture_on(state, &sqlite_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    Constraint *was = constraint_of(&f, database, CONSTRAINT_UNIQUE, "uq", "x");
    Constraint *is = constraint_of(&f, model, CONSTRAINT_UNIQUE, "uq", "y");
    VEC_PUSH(f.arena, &was->columns, STR("y"));
    VEC_PUSH(f.arena, &is->columns, STR("x"));
    constraint_of(&f, database, CONSTRAINT_UNIQUE, NULL, "id");
    constraint_of(&f, model, CONSTRAINT_UNIQUE, NULL, "id");
    assert_string_equal(compare(&f), "");
}

static void foreign_keys_are_what_they_say(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    key_of(&f, database, "another_name", "x", "t");
    key_of(&f, model, NULL, "x", "t");
    key_of(&f, database, "fk", "id", "t");
    key_of(&f, model, "fk", "id", "t");
    VEC_LAST(&model->constraints)->ondelete = STR("CASCADE");
    VEC_LAST(&database->constraints)->ondelete = STR("no action");
    assert_string_equal(compare(&f), "modify_table[drop_constraint create_foreign_key]");
}

static void foreign_keys_make_way_for_the_keys_they_lead_to(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    Table *const other[] = { table_of(&f, f.database, "a"), table_of(&f, f.model, "a") };
    column_of(&f, other[0], "p", whole(&f));
    column_of(&f, other[1], "p", whole(&f));
    constraint_of(&f, database, CONSTRAINT_UNIQUE, "uq_old", "id");
    key_of(&f, other[0], "fk_old", "p", "t");
    constraint_of(&f, model, CONSTRAINT_UNIQUE, "uq_new", "id");
    key_of(&f, other[1], "fk_new", "p", "t");
    VEC_LAST(&other[1]->constraints)->ondelete = STR("CASCADE");
    assert_string_equal(compare(&f), "modify_table[drop_constraint] "
                                     "modify_table[drop_constraint create_unique_constraint] "
                                     "modify_table[create_foreign_key]");
}

static void keys_make_way_where_models_name_the_default_schema(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    const Name schema = name_from(STR("public"));
    Table *const database[] = { table_of(&f, f.database, "t"), table_of(&f, f.database, "z") };
    Table *const model[] = { table_in(&f, f.model, schema, "t"),
                             table_in(&f, f.model, schema, "z") };
    for (size_t i = 0; i < 2; i++) {
        column_of(&f, database[i], "id", whole(&f));
        column_of(&f, model[i], "id", whole(&f));
    }
    constraint_of(&f, database[0], CONSTRAINT_UNIQUE, "uq_old", "id");
    key_of(&f, database[1], "fk_old", "id", "t");
    constraint_of(&f, model[0], CONSTRAINT_UNIQUE, "uq_new", "id");
    key_of(&f, model[1], "fk_new", "id", "t");
    VEC_LAST(&model[1]->constraints)->ondelete = STR("CASCADE");
    VEC_LAST(&model[1]->constraints)->ref_schema = schema.text;
    assert_string_equal(compare(&f), "modify_table[drop_constraint] "
                                     "modify_table[drop_constraint create_unique_constraint] "
                                     "modify_table[create_foreign_key]");
}

static void a_changed_primary_key_stands_round_its_columns(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    VEC_PUSH(f.arena, &database->primary_key->columns, STR("id"));
    VEC_PUSH(f.arena, &model->primary_key->columns, STR("x"));
    table_column(model, STR("x"))->nullable = TRI_FALSE;
    assert_string_equal(compare(&f),
                        "modify_table[drop_constraint alter_column create_primary_key]");
    f.options.compat = true;
    f.seen.relations.len = 0;
    assert_string_equal(compare(&f), "modify_table[alter_column]");
}

static void new_values_of_an_enum_stand_beside_their_neighbours(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    Type *was = type_new(f.arena, TYPE_PG_ENUM), *is = type_new(f.arena, TYPE_ENUM);
    was->name = is->name = name_from(STR("color"));
    VEC_PUSH(f.arena, &was->values, STR("red"));
    static const char *const values[] = { "pink", "red", "white" };
    for (size_t i = 0; i < 3; i++)
        VEC_PUSH(f.arena, &is->values, str_from(values[i]));
    column_of(&f, database, "c", was);
    column_of(&f, model, "c", is);
    ReflectedType type = { .type = was, .schema = STR("public"), .visible = true };
    VEC_PUSH(f.arena, &f.seen.types, type);
    assert_string_equal(compare(&f), "add_enum_value add_enum_value");
    const EnumValue *pink = (void *)f.result.upgrade.items[0];
    const EnumValue *white = (void *)f.result.upgrade.items[1];
    assert_true(str_is(pink->before, "red") && !str_given(white->after));
}

static void comments_are_compared_where_there_are_any(void **state)
{
    Fixture f = fixture_on(state, &postgresql_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    model->comment = STR("about t");
    table_column(model, STR("x"))->comment = STR("about x");
    assert_string_equal(compare(&f), "modify_table[alter_column create_table_comment]");
    f.options.dialect = &sqlite_dialect;
    f.seen.relations.len = 0;
    assert_string_equal(compare(&f), "");
}

static bool only_x(void *context, DiffItem item, RecordHead *object, Str name, bool reflected,
                   RecordHead *compare_to, bool *include, Error *err)
{
    (void)context, (void)object, (void)reflected, (void)compare_to, (void)err;
    *include = item != DIFF_ITEM_COLUMN || str_is(name, "x");
    return true;
}

static void include_object_has_the_last_word(void **state)
{
    Fixture f = fixture_on(state, &sqlite_dialect);
    Table *database, *model;
    both(&f, &database, &model);
    f.options.ask_script.include_object = only_x;
    column_of(&f, model, "new", whole(&f));
    column_of(&f, database, "old", whole(&f));
    table_column(model, STR("x"))->nullable = TRI_FALSE;
    assert_string_equal(compare(&f), "modify_table[alter_column]");
}

static void the_version_table_is_nobodys_business(void **state)
{
    Fixture f = fixture_on(state, &sqlite_dialect);
    column_of(&f, table_of(&f, f.database, "alembic_version"), "version_num", whole(&f));
    assert_string_equal(compare(&f), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, test_arena_make, test_arena_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(equal_tables_make_nothing),
        TEST(new_tables_come_by_dependency_with_their_indexes),
        TEST(a_circle_of_new_tables_gets_its_key_behind_them),
        TEST(a_circle_is_seen_where_models_name_the_default_schema),
        TEST(dropped_tables_go_before_those_they_refer_to),
        TEST(a_table_that_a_kept_one_refers_to_goes_last),
        TEST(columns_are_added_altered_and_dropped_in_that_order),
        TEST(types_are_compared_as_the_dialect_writes_them),
        TEST(sqlite_defaults_are_compared_without_quotes_and_brackets),
        TEST(what_texts_do_not_tell_is_asked_at_once),
        TEST(without_answers_texts_decide_and_that_is_said),
        TEST(check_texts_are_left_alone_in_compat),
        TEST(an_unnamed_check_is_the_one_that_the_server_named),
        TEST(indexes_go_change_and_come_by_name),
        TEST(unique_constraints_are_sets_of_columns),
        TEST(foreign_keys_are_what_they_say),
        TEST(foreign_keys_make_way_for_the_keys_they_lead_to),
        TEST(keys_make_way_where_models_name_the_default_schema),
        TEST(a_changed_primary_key_stands_round_its_columns),
        TEST(new_values_of_an_enum_stand_beside_their_neighbours),
        TEST(comments_are_compared_where_there_are_any),
        TEST(include_object_has_the_last_word),
        TEST(the_version_table_is_nobodys_business),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
