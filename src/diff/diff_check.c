/* SPDX-License-Identifier: MIT */
/* CHECK constraints: by name; with the extra detections also by what they say. */
#include "diff/diff_question.h"
#include "diff/diff_state.h"

typedef struct CheckSide {
    Map named;             /* of Constraint * */
    ConstraintVec unnamed; /* entries become NULL once their like is found */
    Map ours;              /* names of what a type brought along: nobody's business */
} CheckSide;

static bool check_sql(Diff *diff, const Constraint *check, Str *sql)
{
    *sql = STR("");
    return !check->sqltext || diff_expr_sql(diff, check->table, check->sqltext, sql);
}

static bool collect_model(Diff *diff, const Table *table, CheckSide *side)
{
    VEC_EACH (Constraint *, each, &table->constraints) {
        Name name;
        if ((*each)->kind != CONSTRAINT_CHECK)
            continue;
        if (!diff_constraint_name(diff, *each, &name))
            return false;
        if ((*each)->of_type) {
            if (name_given(name))
                map_set(&side->ours, name.text, *each);
        } else if (name_given(name)) {
            map_set(&side->named, name.text, *each);
        } else {
            VEC_PUSH(diff->arena, &side->unnamed, *each);
        }
    }
    return true;
}

static bool collect_database(Diff *diff, const TablePair *pair, CheckSide *side)
{
    VEC_EACH (Constraint *, each, &pair->database->constraints) {
        bool include = true;
        if ((*each)->kind != CONSTRAINT_CHECK)
            continue;
        if (!name_given((*each)->name)) {
            VEC_PUSH(diff->arena, &side->unnamed, *each);
            continue;
        }
        if (!diff->collecting &&
            !diff_include_name(diff, DIFF_ITEM_CHECK, (*each)->name.text, pair, &include))
            return false;
        if (include)
            map_set(&side->named, (*each)->name.text, *each);
    }
    return true;
}

static bool same_check(Diff *diff, const TablePair *pair, const Constraint *database,
                       const Constraint *model, bool *same)
{
    Question question = { .kind = QUESTION_CHECK };
    if (!check_sql(diff, database, &question.against) || !check_sql(diff, model, &question.text))
        return false;
    return diff_same(diff, pair->database, &question, same);
}

static bool check_removed(Diff *diff, TablePair *pair, Constraint *check)
{
    bool include;
    Str name = check->name.text;
    if (!diff_include_object(diff, DIFF_ITEM_CHECK, check, name, true, NULL, &include))
        return false;
    if (!include)
        return true;
    DropConstraint *drop = op_new(diff->arena, &drop_constraint_def);
    drop->name = check->name;
    drop->table = pair_table(pair);
    drop->type = STR("check");
    drop->constraint = check;
    diff_push(diff, pair, &drop->op);
    diff_say(diff, LOG_CHECKS, "Detected removed check constraint %.*s on table '%.*s'",
             STR_ARG(diff_repr(diff, name)),
             STR_ARG(diff_qualified(diff, pair->schema, pair->name)));
    return true;
}

static bool check_added(Diff *diff, TablePair *pair, Constraint *check)
{
    bool include;
    Name name;
    if (!diff_constraint_name(diff, check, &name) ||
        !diff_include_object(diff, DIFF_ITEM_CHECK, check, name.text, false, NULL, &include))
        return false;
    if (!include)
        return true;
    if (!diff_nameable(diff, &check))
        return false;
    CreateConstraint *create = op_new(diff->arena, &create_check_def);
    create->name = check->name;
    create->table = pair_table(pair);
    create->constraint = check;
    diff_push(diff, pair, &create->op);
    diff_say(diff, LOG_CHECKS, "Detected added check constraint %.*s on table '%.*s'",
             STR_ARG(diff_repr(diff, name.text)),
             STR_ARG(diff_qualified(diff, pair->schema, pair->name)));
    return true;
}

/* Finds what the server, which may have named it, has of a CHECK that the model left unnamed. */
static bool claim(Diff *diff, const TablePair *pair, CheckSide *database, const CheckSide *model,
                  Constraint **check)
{
    bool same = false;
    VEC_EACH (Constraint *, each, &database->unnamed) {
        if (!*each)
            continue;
        if (!same_check(diff, pair, *each, *check, &same))
            return false;
        if (same && !diff->collecting) {
            *each = *check = NULL;
            return true;
        }
    }
    for (size_t i = 0; i < database->named.len; i++) {
        const Constraint *there = database->named.entries[i].value;
        if (map_has(&model->named, there->name.text) || map_has(&model->ours, there->name.text))
            continue;
        if (!same_check(diff, pair, there, *check, &same))
            return false;
        if (same && !diff->collecting) {
            map_remove(&database->named, there->name.text);
            *check = NULL;
            return true;
        }
    }
    return true;
}

static bool claim_all(Diff *diff, const TablePair *pair, CheckSide *database,
                      const CheckSide *model)
{
    VEC_EACH (Constraint *, each, &model->unnamed) {
        if (!claim(diff, pair, database, model, each))
            return false;
    }
    return true;
}

static bool changed_checks(Diff *diff, TablePair *pair, const CheckSide *database,
                           const CheckSide *model, ConstraintVec *drop, ConstraintVec *add)
{
    for (size_t i = 0; i < database->named.len; i++) {
        Constraint *there = database->named.entries[i].value;
        Constraint *ours = map_get(&model->named, there->name.text);
        bool same = true;
        if (ours && diff_extra(diff) && !same_check(diff, pair, there, ours, &same))
            return false;
        if (!ours && map_has(&model->ours, there->name.text))
            continue;
        if (!ours || !same)
            VEC_PUSH(diff->arena, drop, there);
        if (ours && !same)
            VEC_PUSH(diff->arena, add, ours);
    }
    for (size_t i = 0; i < model->named.len; i++)
        if (!map_has(&database->named, model->named.entries[i].key))
            VEC_PUSH(diff->arena, add, model->named.entries[i].value);
    VEC_EACH (Constraint *, each, &model->unnamed)
        if (*each && diff_extra(diff))
            VEC_PUSH(diff->arena, add, *each);
    return true;
}

bool diff_checks(Diff *diff, TablePair *pair)
{
    CheckSide database = { .named = map_in(diff->arena) }, model = { .named = map_in(diff->arena) };
    ConstraintVec drop = { 0 }, add = { 0 };
    model.ours = map_in(diff->arena);
    if (!pair->database || !pair->model)
        return true;
    if (!collect_model(diff, pair->model, &model) || !collect_database(diff, pair, &database) ||
        !claim_all(diff, pair, &database, &model) ||
        !changed_checks(diff, pair, &database, &model, &drop, &add))
        return false;
    if (diff->collecting)
        return true;
    VEC_EACH (Constraint *, each, &drop) {
        if (!check_removed(diff, pair, *each))
            return false;
    }
    VEC_EACH (Constraint *, each, &add) {
        if (!check_added(diff, pair, *each))
            return false;
    }
    return true;
}
