/* SPDX-License-Identifier: MIT */
/* Foreign keys are the same by what they say, never by name. */
#include "diff/diff_state.h"

typedef struct ForeignSide {
    ConstraintVec keys;
    StrVec signatures; /* beside keys */
    Map by_signature, by_name;
} ForeignSide;

static Str column_name(const Table *table, Str key)
{
    const Column *column = table ? table_column(table, key) : NULL;
    return column ? column->name.text : key;
}

static void put_names(Buf *buf, const Table *table, const StrVec *keys)
{
    buf_putc(buf, '(');
    VEC_EACH (const Str, each, keys) {
        if (each != keys->items)
            buf_puts(buf, ", ");
        buf_put(buf, column_name(table, *each));
    }
    buf_putc(buf, ')');
}

/* ON UPDATE and ON DELETE; what a dialect cannot tell from nothing is nothing. */
static void put_action(Diff *diff, Buf *buf, Str action)
{
    Str lower = str_given(action) ? str_lower_ascii(diff->arena, action) : STR("");
    bool mysql = diff_is(diff, DIALECT_MYSQL) || diff_is(diff, DIALECT_MARIADB);
    if (!str_is(lower, "no action") && !(mysql && str_is(lower, "restrict")))
        buf_put(buf, lower);
    buf_putc(buf, '|');
}

static void put_deferrable(Diff *diff, Buf *buf, const Constraint *key)
{
    Str initially =
        str_given(key->initially) ? str_lower_ascii(diff->arena, key->initially) : STR("");
    if (str_is(initially, "deferred"))
        buf_puts(buf, "initially deferred");
    else if (key->deferrable == TRI_TRUE)
        buf_puts(buf, "deferrable");
    else if (str_is(initially, "immediate"))
        buf_puts(buf, "");
}

static Str signature(Diff *diff, const Constraint *key)
{
    Buf buf = buf_in(diff->arena);
    Str schema = key->ref ? key->ref->schema.text : key->ref_schema;
    put_names(&buf, key->table, &key->columns);
    buf_put(&buf, diff_key(diff, schema, key->ref ? key->ref->name.text : key->ref_table));
    put_names(&buf, key->ref, &key->ref_columns);
    put_action(diff, &buf, key->onupdate);
    put_action(diff, &buf, key->ondelete);
    put_deferrable(diff, &buf, key);
    return buf_str(&buf);
}

static bool collect(Diff *diff, const TablePair *pair, const Table *table, ForeignSide *side)
{
    side->by_signature = map_in(diff->arena);
    side->by_name = map_in(diff->arena);
    VEC_EACH (Constraint *, each, &table->constraints) {
        bool include = true;
        Name name;
        if ((*each)->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        if (!diff_constraint_name(diff, *each, &name))
            return false;
        if ((*each)->reflected &&
            !diff_include_name(diff, DIFF_ITEM_FOREIGN_KEY, name.text, pair, &include))
            return false;
        if (!include)
            continue;
        Str text = signature(diff, *each);
        VEC_PUSH(diff->arena, &side->keys, *each);
        VEC_PUSH(diff->arena, &side->signatures, text);
        map_set(&side->by_signature, text, *each);
        if (name_given(name))
            map_set(&side->by_name, name.text, *each);
    }
    return true;
}

static Str described(Diff *diff, const TablePair *pair, const Constraint *key)
{
    Buf buf = buf_in(diff->arena);
    put_names(&buf, key->table, &key->columns);
    put_names(&buf, key->ref, &key->ref_columns);
    buf_puts(&buf, " on table ");
    buf_put(&buf, diff_qualified(diff, pair->schema, pair->name));
    return buf_str(&buf);
}

static bool key_removed(Diff *diff, TablePair *pair, Constraint *key, const ForeignSide *model)
{
    bool include;
    Constraint *other = name_given(key->name) ? map_get(&model->by_name, key->name.text) : NULL;
    if (!diff_include_object(diff, DIFF_ITEM_FOREIGN_KEY, key, key->name.text, true, other,
                             &include))
        return false;
    if (!include)
        return true;
    DropConstraint *drop = op_new(diff->arena, &drop_constraint_def);
    drop->name = key->name;
    drop->table = pair_table(pair);
    drop->type = STR("foreignkey");
    drop->constraint = key;
    diff_push(diff, pair, &drop->op);
    diff_say(diff, LOG_CONSTRAINTS, "Detected removed foreign key %.*s",
             STR_ARG(described(diff, pair, key)));
    return true;
}

static bool key_added(Diff *diff, TablePair *pair, Constraint *key, const ForeignSide *database)
{
    bool include;
    Name name;
    if (!diff_constraint_name(diff, key, &name))
        return false;
    Constraint *other = name_given(name) ? map_get(&database->by_name, name.text) : NULL;
    if (!diff_include_object(diff, DIFF_ITEM_FOREIGN_KEY, key, name.text, false, other, &include))
        return false;
    if (!include)
        return true;
    if (!diff_nameable(diff, &key))
        return false;
    CreateConstraint *create = op_new(diff->arena, &create_foreign_key_def);
    create->name = key->name;
    create->table = pair_table(pair);
    create->constraint = key;
    diff_push(diff, pair, &create->op);
    diff_say(diff, LOG_CONSTRAINTS, "Detected added foreign key %.*s",
             STR_ARG(described(diff, pair, key)));
    return true;
}

bool diff_foreign_keys(Diff *diff, TablePair *pair)
{
    ForeignSide database = { 0 }, model = { 0 };
    if (!pair->database || !pair->model)
        return true;
    if (!collect(diff, pair, pair->database, &database) ||
        !collect(diff, pair, pair->model, &model))
        return false;
    for (size_t i = 0; i < database.keys.len; i++)
        if (!map_has(&model.by_signature, database.signatures.items[i]) &&
            !key_removed(diff, pair, database.keys.items[i], &model))
            return false;
    for (size_t i = 0; i < model.keys.len; i++)
        if (!map_has(&database.by_signature, model.signatures.items[i]) &&
            !key_added(diff, pair, model.keys.items[i], &database))
            return false;
    return true;
}
