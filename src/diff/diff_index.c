/* SPDX-License-Identifier: MIT */
/*
 * Indexes and UNIQUE constraints. Both share the names of a table and are compared by name; a
 * UNIQUE without a name is found by its columns.
 */
#include "diff/diff_index.h"

typedef struct Side {
    Map named;      /* of Entry * */
    EntryVec plain; /* UNIQUE constraints without a name */
    Map unique;     /* UNIQUE constraints by signature */
} Side;

static Str signature(Diff *diff, const Entry *entry)
{
    StrVec sorted = diff_sorted(diff, &entry->columns);
    return strvec_join(diff->arena, &sorted, STR("\x1f"));
}

static StrVec column_names(Diff *diff, const Table *table, const StrVec *keys)
{
    StrVec names = { 0 };
    VEC_EACH (const Str, each, keys) {
        const Column *column = table_column(table, *each);
        VEC_PUSH(diff->arena, &names, column ? column->name.text : *each);
    }
    return names;
}

static Entry *unique_entry(Diff *diff, Constraint *constraint)
{
    Entry *entry = ARENA_NEW(diff->arena, Entry);
    entry->unique = constraint;
    entry->columns = column_names(diff, constraint->table, &constraint->columns);
    return diff_constraint_name(diff, constraint, &entry->name) ? entry : NULL;
}

static Entry *index_entry(Diff *diff, Index *index)
{
    Entry *entry = ARENA_NEW(diff->arena, Entry);
    entry->index = index;
    for (size_t i = 0; i < index->parts.len; i++) {
        const Column *column = part_column(index, &index->parts.items[i]);
        if (column && !part_is_ordered(&index->parts.items[i]))
            VEC_PUSH(diff->arena, &entry->columns, column->name.text);
    }
    return diff_index_name(diff, index, &entry->name) ? entry : NULL;
}

static void side_put(Diff *diff, Side *side, Entry *entry)
{
    if (entry->unique)
        map_set(&side->unique, signature(diff, entry), entry);
    if (name_given(entry->name))
        map_set(&side->named, entry->name.text, entry);
    else if (entry->unique)
        VEC_PUSH(diff->arena, &side->plain, entry);
}

/* Alembic cannot see expression indexes on SQLite. */
static bool is_skipped(Diff *diff, const Entry *entry)
{
    if (!entry->index || diff_extra(diff) || !diff_is(diff, DIALECT_SQLITE) ||
        !index_has_expressions(entry->index))
        return false;
    if (!entry->index->reflected && !diff->collecting)
        diff_warn(diff, LOG_CONSTRAINTS,
                  "autogenerate skipping metadata-specified expression-based index '%.*s'; dialect "
                  "'sqlite' can't reflect these indexes so they can't be compared",
                  STR_ARG(entry->name.text));
    return true;
}

static bool side_add(Diff *diff, const TablePair *pair, Side *side, Entry *entry)
{
    if (!entry)
        return false;
    bool reflected = entry->unique ? entry->unique->reflected : entry->index->reflected;
    bool include = true;
    DiffItem item = entry->unique ? DIFF_ITEM_UNIQUE : DIFF_ITEM_INDEX;
    if (is_skipped(diff, entry))
        return true;
    if (reflected && !diff->collecting &&
        !diff_include_name(diff, item, entry->name.text, pair, &include))
        return false;
    if (include)
        side_put(diff, side, entry);
    return true;
}

static bool collect(Diff *diff, const TablePair *pair, const Table *table, Side *side)
{
    *side = (Side){ .named = map_in(diff->arena), .unique = map_in(diff->arena) };
    if (!table)
        return true;
    VEC_EACH (Constraint *, each, &table->constraints) {
        if ((*each)->kind == CONSTRAINT_UNIQUE &&
            !side_add(diff, pair, side, unique_entry(diff, *each)))
            return false;
    }
    VEC_EACH (Index *, each, &table->indexes) {
        if (!side_add(diff, pair, side, index_entry(diff, *each)))
            return false;
    }
    return true;
}

static bool entry_include(Diff *diff, const Entry *entry, bool reflected, const Entry *other,
                          bool *include)
{
    DiffItem item = entry->unique ? DIFF_ITEM_UNIQUE : DIFF_ITEM_INDEX;
    void *object = entry->unique ? (void *)entry->unique : (void *)entry->index;
    void *beside = other ? (other->unique ? (void *)other->unique : (void *)other->index) : NULL;
    return diff_include_object(diff, item, object, entry->name.text, reflected, beside, include);
}

static bool push_create(Diff *diff, TablePair *pair, const Entry *entry)
{
    Constraint *unique = entry->unique;
    if (entry->index) {
        CreateIndex *create = op_new(diff->arena, &create_index_def);
        create->name = entry->index->name;
        create->table = pair_table(pair);
        create->unique = entry->index->unique == TRI_TRUE ? TRI_TRUE : TRI_FALSE;
        create->index = entry->index;
        diff_push(diff, pair, &create->op);
        return true;
    }
    if (!diff_nameable(diff, &unique))
        return false;
    CreateConstraint *create = op_new(diff->arena, &create_unique_def);
    create->name = unique->name;
    create->table = pair_table(pair);
    create->constraint = unique;
    diff_push(diff, pair, &create->op);
    return true;
}

static void push_drop(Diff *diff, TablePair *pair, const Entry *entry)
{
    if (entry->index) {
        DropIndex *drop = op_new(diff->arena, &drop_index_def);
        drop->name = entry->index->name;
        drop->table = pair_table(pair);
        drop->index = entry->index;
        diff_push(diff, pair, &drop->op);
        return;
    }
    DropConstraint *drop = op_new(diff->arena, &drop_constraint_def);
    drop->name = entry->unique->name;
    drop->table = pair_table(pair);
    drop->type = STR("unique");
    drop->constraint = entry->unique;
    diff_push(diff, pair, &drop->op);
}

static const char *entry_word(const Entry *entry)
{
    return entry->index ? "index" : "unique constraint";
}

/* UNIQUE constraints come and go with their table. */
static bool comes_with_table(const TablePair *pair, const Entry *entry)
{
    return entry->unique && (!pair->database || !pair->model);
}

static bool entry_added(Diff *diff, TablePair *pair, const Entry *entry)
{
    bool include;
    if (comes_with_table(pair, entry))
        return true;
    if (!entry_include(diff, entry, false, NULL, &include))
        return false;
    if (!include)
        return true;
    if (!push_create(diff, pair, entry))
        return false;
    StrVec names = entry->columns;
    if (entry->unique)
        names = diff_sorted(diff, &names);
    diff_say(diff, LOG_CONSTRAINTS, "Detected added %s %.*s on '%.*s'", entry_word(entry),
             STR_ARG(diff_repr(diff, entry->name.text)), STR_ARG(diff_repr_tuple(diff, &names)));
    return true;
}

static bool entry_removed(Diff *diff, TablePair *pair, const Entry *entry)
{
    bool include;
    if (comes_with_table(pair, entry))
        return true;
    if (!entry_include(diff, entry, true, NULL, &include))
        return false;
    if (!include)
        return true;
    push_drop(diff, pair, entry);
    diff_say(diff, LOG_CONSTRAINTS, "Detected removed %s %.*s on '%.*s'", entry_word(entry),
             STR_ARG(diff_repr(diff, entry->name.text)), STR_ARG(pair->name));
    return true;
}

static bool entry_changed(Diff *diff, TablePair *pair, const Entry *database, const Entry *model)
{
    StrVec reasons = { 0 };
    bool include, ok;
    if (database->index)
        ok = index_differences(diff, pair, database, model, &reasons);
    else
        ok = unique_differences(diff, database, model, &reasons);
    if (!ok || !reasons.len || diff->collecting)
        return ok;
    if (!entry_include(diff, model, false, database, &include))
        return false;
    if (!include)
        return true;
    push_drop(diff, pair, database);
    if (!push_create(diff, pair, model))
        return false;
    diff_say(diff, LOG_CONSTRAINTS, "Detected changed %s %.*s on '%.*s': %.*s", entry_word(model),
             STR_ARG(diff_repr(diff, model->name.text)), STR_ARG(pair->name),
             STR_ARG(strvec_join(diff->arena, &reasons, STR(", "))));
    return true;
}

static bool both_there(Diff *diff, TablePair *pair, const Entry *database, const Entry *model)
{
    if (!database->index == !model->index)
        return entry_changed(diff, pair, database, model);
    return diff->collecting ||
           (entry_removed(diff, pair, database) && entry_added(diff, pair, model));
}

/* The names of `of` that `other` lacks (or has, with `both`), sorted. */
static StrVec names_of(Diff *diff, const Side *of, const Side *other, bool both)
{
    StrVec names = { 0 };
    for (size_t i = 0; i < of->named.len; i++)
        if (map_has(&other->named, of->named.entries[i].key) == both)
            VEC_PUSH(diff->arena, &names, of->named.entries[i].key);
    diff_sort(&names);
    return names;
}

/* A UNIQUE that the model left unnamed has whatever name the database gave it. */
static bool is_unnamed_in_model(Diff *diff, const Side *model, const Entry *entry)
{
    const Entry *other = entry->unique ? map_get(&model->unique, signature(diff, entry)) : NULL;
    return other && !name_given(other->name);
}

static bool remove_entries(Diff *diff, TablePair *pair, const Side *database, const Side *model)
{
    StrVec names = names_of(diff, database, model, false);
    VEC_EACH (const Str, each, &names) {
        const Entry *entry = map_get(&database->named, *each);
        if (!is_unnamed_in_model(diff, model, entry) && !entry_removed(diff, pair, entry))
            return false;
    }
    return true;
}

static bool change_entries(Diff *diff, TablePair *pair, const Side *database, const Side *model)
{
    StrVec names = names_of(diff, model, database, true);
    VEC_EACH (const Str, each, &names) {
        if (!both_there(diff, pair, map_get(&database->named, *each),
                        map_get(&model->named, *each)))
            return false;
    }
    return true;
}

static bool add_entries(Diff *diff, TablePair *pair, const Side *database, const Side *model)
{
    StrVec names = names_of(diff, model, database, false);
    VEC_EACH (const Str, each, &names) {
        if (!entry_added(diff, pair, map_get(&model->named, *each)))
            return false;
    }
    VEC_EACH (Entry *, each, &model->plain) {
        if (!map_has(&database->unique, signature(diff, *each)) && !entry_added(diff, pair, *each))
            return false;
    }
    return true;
}

bool diff_indexes(Diff *diff, TablePair *pair)
{
    Side database, model;
    if (!collect(diff, pair, pair->database, &database) ||
        !collect(diff, pair, pair->model, &model))
        return false;
    if (diff->collecting)
        return change_entries(diff, pair, &database, &model);
    return remove_entries(diff, pair, &database, &model) &&
           change_entries(diff, pair, &database, &model) &&
           add_entries(diff, pair, &database, &model);
}
