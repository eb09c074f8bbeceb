/* SPDX-License-Identifier: MIT */
/* Which tables are new, gone or on both sides, and in which order they are spoken of. */
#include <stdlib.h>

#include "diff/diff_state.h"

#define SERIAL_LOG "alembic.ddl.postgresql"

static bool is_compared(const Diff *diff, const Relation *relation)
{
    if (!relation->table || diff_is_own(diff->options, relation->schema, relation->name))
        return false;
    if (relation->partition && diff_extra(diff))
        return false;
    return relation->kind == RELATION_TABLE || relation->kind == RELATION_PARTITIONED;
}

/* What the database has: key to Table, in its order. */
static Map database_tables(Diff *diff)
{
    Map tables = map_in(diff->arena);
    VEC_EACH (const Relation, relation, &diff->input->reflection->relations)
        if (is_compared(diff, relation))
            map_set(&tables, table_key(diff->arena, relation->schema, relation->name),
                    relation->table);
    return tables;
}

static bool pair_model(Diff *diff, Table *model, const Map *database, Map *models)
{
    Str schema = diff_schema(diff, model->schema.text), name = model->name.text;
    Str key = table_key(diff->arena, schema, name);
    if (diff_is_own(diff->options, schema, name))
        return true;
    if (map_has(models, key))
        return fail(diff->err, ERR_COMMAND,
                    "Duplicate table keys across multiple MetaData objects: \"%.*s\"",
                    STR_ARG(key));
    map_set(models, key, model);
    TablePair pair = { .schema = schema, .name = name, .model = model };
    pair.database = map_get(database, key);
    if (pair.database)
        VEC_PUSH(diff->arena, &diff->changed, pair);
    else
        VEC_PUSH(diff->arena, &diff->created, pair);
    return true;
}

static int compare_pairs(const void *a, const void *b)
{
    const TablePair *left = a, *right = b;
    int order = str_cmp(left->schema, right->schema);
    return order ? order : str_cmp(left->name, right->name);
}

static void sort_pairs(TablePairVec *pairs)
{
    if (pairs->len)
        qsort(pairs->items, pairs->len, sizeof *pairs->items, compare_pairs);
}

static bool is_sequence_default(const Column *column)
{
    const Datum *given = &column->server_default;
    if (default_kind(given) != DEFAULT_EXPR)
        return false;
    const Expr *expr = given->record.object;
    return str_starts(expr->text, STR("nextval("));
}

/* The default of a SERIAL column is part of what SERIAL means. */
static void forget_serials(Diff *diff, const Table *table)
{
    VEC_EACH (Column *, each, &table->columns) {
        Column *column = *each;
        if (!str_given(column->serial_sequence) || !is_sequence_default(column))
            continue;
        column->server_default = (Datum){ .kind = DATUM_NONE };
        diff_say(diff, SERIAL_LOG,
                 "Detected sequence named '%.*s' as owned by integer column '%.*s(%.*s)', assuming "
                 "SERIAL and omitting",
                 STR_ARG(column->serial_sequence), STR_ARG(table->name.text),
                 STR_ARG(column->name.text));
    }
}

static Table *target_of(const Table *table, const Constraint *key)
{
    if (key->ref)
        return key->ref;
    return table->metadata ? metadata_table(table->metadata, key->ref_schema, key->ref_table)
                           : NULL;
}

enum { KEY_CHAIN = 64 }; /* a foreign key to a foreign key to ...; more is a circle */

/* The type of the column that a foreign key leads to; NULL where none is known. */
static Type *type_behind(const Table *table, Str key, int depth)
{
    VEC_EACH (Constraint *, each, &table->constraints) {
        ptrdiff_t at = strvec_find(&(*each)->columns, key);
        if ((*each)->kind != CONSTRAINT_FOREIGN_KEY || at < 0 ||
            (size_t)at >= (*each)->ref_columns.len)
            continue;
        const Table *target = target_of(table, *each);
        Str there = (*each)->ref_columns.items[at];
        const Column *column = target ? table_column(target, there) : NULL;
        if (!column && target)
            column = table_column_named(target, there);
        if (!column)
            continue;
        if (column->type && column->type->kind != TYPE_NULL)
            return column->type;
        return depth > 0 ? type_behind(target, column->key, depth - 1) : NULL;
    }
    return NULL;
}

/* Column("x", ForeignKey("t.id")) has the type of t.id. */
static void find_types(const Table *table)
{
    VEC_EACH (Column *, each, &table->columns) {
        if ((*each)->type && (*each)->type->kind != TYPE_NULL)
            continue;
        Type *type = type_behind(table, (*each)->key, KEY_CHAIN);
        if (type)
            (*each)->type = type;
    }
}

bool diff_pair_tables(Diff *diff)
{
    Map database = database_tables(diff), models = map_in(diff->arena);
    for (size_t i = 0; i < database.len; i++)
        forget_serials(diff, database.entries[i].value);
    for (size_t i = 0; i < diff->input->model_count; i++) {
        TableVec sorted = metadata_sorted(diff->arena, diff->input->models[i]);
        VEC_EACH (Table *, each, &sorted) {
            find_types(*each);
            if (!pair_model(diff, *each, &database, &models))
                return false;
        }
    }
    VEC_EACH (const Relation, relation, &diff->input->reflection->relations) {
        TablePair pair = { .schema = relation->schema, .name = relation->name };
        pair.database = relation->table;
        Str key = table_key(diff->arena, pair.schema, pair.name);
        if (is_compared(diff, relation) && !map_has(&models, key))
            VEC_PUSH(diff->arena, &diff->dropped, pair);
    }
    sort_pairs(&diff->changed);
    sort_pairs(&diff->dropped);
    return true;
}

bool diff_comment(Diff *diff, TablePair *pair)
{
    bool both = pair->database && pair->model;
    if (!both || !diff->options->dialect->supports_comments)
        return true;
    Str was = pair->database->comment, is = pair->model->comment;
    if (str_given(was) == str_given(is) && str_eq(was, is))
        return true;
    TableComment *op =
        op_new(diff->arena, str_given(is) ? &create_table_comment_def : &drop_table_comment_def);
    op->table = pair_table(pair);
    op->comment = is;
    op->existing_comment = was;
    diff_push(diff, pair, &op->op);
    return true;
}
