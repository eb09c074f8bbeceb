/* SPDX-License-Identifier: MIT */
/* Primary keys, which Alembic does not compare. */
#include "diff/diff_state.h"

static StrVec key_names(Diff *diff, const Table *table)
{
    StrVec names = { 0 };
    VEC_EACH (const Str, each, &table->primary_key->columns) {
        const Column *column = table_column(table, *each);
        VEC_PUSH(diff->arena, &names, column ? column->name.text : *each);
    }
    return names;
}

static void push_drop(Diff *diff, TablePair *pair)
{
    Constraint *key = pair->database->primary_key;
    if (!pair->database->primary_key->columns.len)
        return;
    DropConstraint *drop = op_new(diff->arena, &drop_constraint_def);
    drop->name = key->name;
    drop->table = pair_table(pair);
    drop->type = STR("primary");
    drop->constraint = key;
    diff_push(diff, pair, &drop->op);
}

static bool push_create(Diff *diff, TablePair *pair)
{
    Constraint *key = pair->model->primary_key;
    if (!pair->model->primary_key->columns.len)
        return true;
    if (!diff_nameable(diff, &key))
        return false;
    CreateConstraint *create = op_new(diff->arena, &create_primary_key_def);
    create->name = key->name;
    create->table = pair_table(pair);
    create->columns = key->columns;
    create->constraint = key;
    diff_push(diff, pair, &create->op);
    return true;
}

static bool key_changed(Diff *diff, const TablePair *pair, bool *changed)
{
    bool knows = diff_is(diff, DIALECT_POSTGRESQL) || diff_is(diff, DIALECT_SQLITE);
    *changed = false;
    if (!diff_extra(diff) || !knows || !diff_part(diff, DIFF_CONSTRAINTS))
        return true;
    StrVec was = key_names(diff, pair->database), is = key_names(diff, pair->model);
    Str left = diff_repr_tuple(diff, &was), right = diff_repr_tuple(diff, &is);
    if (str_eq(left, right))
        return true;
    if (!diff_include_object(diff, DIFF_ITEM_PRIMARY_KEY, pair->model->primary_key,
                             pair->model->primary_key->name.text, false,
                             pair->database->primary_key, changed))
        return false;
    if (*changed)
        diff_say(diff, LOG_CONSTRAINTS, "Detected changed primary key of '%.*s': %.*s to %.*s",
                 STR_ARG(pair->name), STR_ARG(left), STR_ARG(right));
    return true;
}

bool diff_key_dropped(Diff *diff, TablePair *pair)
{
    if (!key_changed(diff, pair, &pair->key_changed))
        return false;
    if (pair->key_changed)
        push_drop(diff, pair);
    return true;
}

bool diff_key_created(Diff *diff, TablePair *pair)
{
    return !pair->key_changed || push_create(diff, pair);
}
