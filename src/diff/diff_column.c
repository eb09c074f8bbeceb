/* SPDX-License-Identifier: MIT */
#include "diff/diff_state.h"

/* Columns by name, without those that the database has by itself. */
static Map columns_by_name(Diff *diff, const Table *table)
{
    Map columns = map_in(diff->arena);
    VEC_EACH (Column *, each, &table->columns)
        if ((*each)->system != TRI_TRUE)
            map_set(&columns, (*each)->name.text, *each);
    return columns;
}

/* The database's columns that the script wants to hear of. */
static bool database_columns(Diff *diff, const TablePair *pair, Map *columns)
{
    *columns = map_in(diff->arena);
    VEC_EACH (Column *, each, &pair->database->columns) {
        bool include;
        if (!diff_include_name(diff, DIFF_ITEM_COLUMN, (*each)->name.text, pair, &include))
            return false;
        if (include)
            map_set(columns, (*each)->name.text, *each);
    }
    return true;
}

static Str column_where(Diff *diff, const TablePair *pair, const Column *column)
{
    Str table = diff_qualified(diff, pair->schema, pair->name);
    return str_format(diff->arena, "%.*s.%.*s", STR_ARG(table), STR_ARG(column->name.text));
}

static bool column_added(Diff *diff, TablePair *pair, Column *column)
{
    bool include;
    if (!diff_include_object(diff, DIFF_ITEM_COLUMN, column, column->name.text, false, NULL,
                             &include))
        return false;
    if (!include)
        return true;
    AddColumn *add = op_new(diff->arena, &add_column_def);
    add->table = pair_table(pair);
    add->column = column;
    diff_push(diff, pair, &add->op);
    diff_say(diff, LOG_TABLES, "Detected added column '%.*s'",
             STR_ARG(column_where(diff, pair, column)));
    return true;
}

static bool column_dropped(Diff *diff, TablePair *pair, Column *column)
{
    bool include;
    if (!diff_include_object(diff, DIFF_ITEM_COLUMN, column, column->name.text, true, NULL,
                             &include))
        return false;
    if (!include)
        return true;
    DropColumn *drop = op_new(diff->arena, &drop_column_def);
    drop->table = pair_table(pair);
    drop->column = column->name;
    drop->reverse = column;
    diff_push(diff, pair, &drop->op);
    diff_say(diff, LOG_TABLES, "Detected removed column '%.*s'",
             STR_ARG(column_where(diff, pair, column)));
    return true;
}

static void compare_nullable(Diff *diff, const Column *database, const Column *model,
                             AlterColumn *op, Str where)
{
    bool was = column_nullable(database), is = column_nullable(model);
    op->existing_nullable = was ? TRI_TRUE : TRI_FALSE;
    if (was == is)
        return;
    if (database->computed && model->computed && model->nullable == TRI_NONE) {
        diff_say(diff, LOG_CONSTRAINTS, "Ignoring nullable change on Computed column '%.*s'",
                 STR_ARG(where));
        return;
    }
    op->nullable = is ? TRI_TRUE : TRI_FALSE;
    diff_say(diff, LOG_CONSTRAINTS, "Detected %s on column '%.*s'", is ? "NULL" : "NOT NULL",
             STR_ARG(where));
}

static void compare_comment(Diff *diff, const Column *database, const Column *model,
                            AlterColumn *op, Str where)
{
    Str was = database->comment, is = model->comment;
    if (!diff->options->dialect->supports_comments)
        return;
    op->existing_comment = was;
    if (str_given(was) == str_given(is) && str_eq(was, is))
        return;
    op->comment = str_given(is) ? datum_str(is) : (Datum){ .kind = DATUM_NONE };
    diff_say(diff, LOG_COMMENTS, "Detected column comment '%.*s'", STR_ARG(where));
}

static void note_autoincrement(const Column *model, AlterColumn *op)
{
    if (model->table && table_autoincrement_column(model->table) == model)
        op->autoincrement = datum_bool(true);
    else if (model->autoincrement == AUTOINCREMENT_TRUE)
        op->autoincrement = datum_bool(true);
    else if (model->autoincrement == AUTOINCREMENT_FALSE)
        op->autoincrement = datum_bool(false);
}

static bool has_changes(const AlterColumn *op)
{
    return op->nullable != TRI_NONE || op->type || !datum_is_false(&op->server_default) ||
           !datum_is_false(&op->comment);
}

static bool compare_parts(Diff *diff, Column *database, Column *model, AlterColumn *op, Str where)
{
    if (diff_part(diff, DIFF_CONSTRAINTS)) {
        compare_nullable(diff, database, model, op, where);
        note_autoincrement(model, op);
    }
    if (diff_part(diff, DIFF_TYPES) && !diff_type(diff, database, model, op, where))
        return false;
    if (diff_part(diff, DIFF_DEFAULTS) && !diff_default(diff, database, model, op, where))
        return false;
    if (diff_part(diff, DIFF_COMMENTS))
        compare_comment(diff, database, model, op, where);
    return true;
}

static bool column_changed(Diff *diff, TablePair *pair, Column *database, Column *model)
{
    const DiffCalls *calls = &diff->options->ask_script;
    bool include;
    if (!diff_include_object(diff, DIFF_ITEM_COLUMN, model, model->name.text, false, database,
                             &include))
        return false;
    if (!include)
        return true;
    AlterColumn *op = arena_copy(diff->arena, diff->blank, sizeof *op);
    op->table = pair_table(pair);
    op->column = model->name;
    op->existing_type = database->type;
    op->existing_server_default = datum_bool(false);
    if (!compare_parts(diff, database, model, op, column_where(diff, pair, model)))
        return false;
    if (calls->column &&
        !calls->column(calls->context, op, pair->schema, pair->name, database, model, diff->err))
        return false;
    if (has_changes(op))
        diff_push(diff, pair, &op->op);
    return true;
}

bool diff_columns_changed(Diff *diff, TablePair *pair)
{
    Map database, model = columns_by_name(diff, pair->model);
    if (!database_columns(diff, pair, &database))
        return false;
    for (size_t i = 0; i < model.len; i++) {
        Column *column = model.entries[i].value;
        if (!map_has(&database, column->name.text) && !column_added(diff, pair, column))
            return false;
    }
    for (size_t i = 0; i < model.len; i++) {
        Column *column = model.entries[i].value;
        Column *there = map_get(&database, column->name.text);
        if (there && !column_changed(diff, pair, there, column))
            return false;
    }
    return true;
}

bool diff_columns_dropped(Diff *diff, TablePair *pair)
{
    Map database, model = columns_by_name(diff, pair->model);
    if (!database_columns(diff, pair, &database))
        return false;
    for (size_t i = 0; i < database.len; i++) {
        Column *column = database.entries[i].value;
        if (!map_has(&model, column->name.text) && !column_dropped(diff, pair, column))
            return false;
    }
    return true;
}
