/* SPDX-License-Identifier: MIT */
/*
 * PostgreSQL's enums, which Alembic does not compare: values that are new, types that a new column
 * needs, types that nothing uses any more. A new table makes its types by itself; its removal does
 * not take them away, so that its downgrade must.
 */
#include "diff/diff_state.h"

typedef struct Enums {
    Diff *diff;
    Map database; /* of const Type *: what there is */
    Map models;   /* of const Type *: what the models use, anywhere */
    Map made;     /* what new tables make by themselves */
    Map needed;   /* what new columns and changed types need */
    Map left;     /* what dropped tables, columns and changed types used */
    Map remade;   /* of those, the ones that undoing a dropped table makes by itself */
    Map moved;    /* of those, the ones that undoing needs before any table */
} Enums;

/* The enum of its own that a column's type is, or is an array of; NULL for none. */
static const Type *named_enum(const Type *type)
{
    type = type_innermost(type, STR("postgresql"));
    bool is = type && type_is(type, TYPE_ENUM) && type->native_enum != TRI_FALSE &&
              name_given(type->name);
    return is ? type : NULL;
}

static Str enum_key(Enums *enums, const Type *type)
{
    return diff_key(enums->diff, type->schema, type->name.text);
}

static void note(Enums *enums, Map *map, const Type *type)
{
    const Type *found = named_enum(type);
    if (found && !map_has(map, enum_key(enums, found)))
        map_set(map, enum_key(enums, found), (void *)(uintptr_t)found);
}

static void note_table(Enums *enums, Map *map, const Table *table)
{
    VEC_EACH (Column *, each, &table->columns)
        note(enums, map, (*each)->type);
}

static void note_alter(Enums *enums, const AlterColumn *alter)
{
    if (!alter->type)
        return;
    note(enums, &enums->needed, alter->type);
    note(enums, &enums->left, alter->existing_type);
    note(enums, &enums->moved, alter->existing_type);
}

static void note_dropped(Enums *enums, const DropColumn *drop)
{
    note(enums, &enums->left, drop->reverse->type);
    note(enums, &enums->moved, drop->reverse->type);
}

static void note_changes(Enums *enums, const ModifyTable *modify)
{
    VEC_EACH (Op *, each, &modify->ops) {
        const void *op = *each;
        if (op_kind(*each) == OP_ADD_COLUMN)
            note(enums, &enums->needed, ((const AddColumn *)op)->column->type);
        else if (op_kind(*each) == OP_DROP_COLUMN)
            note_dropped(enums, op);
        else if (op_kind(*each) == OP_ALTER_COLUMN)
            note_alter(enums, op);
    }
}

static void note_op(Enums *enums, const Op *op)
{
    const void *any = op;
    if (op_kind(op) == OP_CREATE_TABLE) {
        note_table(enums, &enums->made, ((const CreateTable *)any)->table);
    } else if (op_kind(op) == OP_DROP_TABLE) {
        note_table(enums, &enums->left, ((const DropTable *)any)->reverse);
        note_table(enums, &enums->remade, ((const DropTable *)any)->reverse);
    } else if (op_kind(op) == OP_MODIFY_TABLE) {
        note_changes(enums, any);
    }
}

static void note_all(Enums *enums)
{
    const DiffInput *input = enums->diff->input;
    for (size_t i = 0; i < input->reflection->types.len; i++) {
        const Type *type = input->reflection->types.items[i].type;
        note(enums, &enums->database, type);
    }
    for (size_t i = 0; i < input->model_count; i++)
        for (size_t t = 0; t < input->models[i]->tables.len; t++)
            note_table(enums, &enums->models, input->models[i]->tables.entries[t].value);
    VEC_EACH (Op *, each, &enums->diff->result->upgrade)
        note_op(enums, *each);
}

/* --- types that come and go --- */

static TypeOp *type_op(Enums *enums, const OpDef *def, const Type *type, bool implied)
{
    TypeOp *op = op_new(enums->diff->arena, def);
    op->type = type;
    op->checkfirst = TRI_TRUE;
    op->implied = implied;
    return op;
}

static void create_types(Enums *enums, const Map *types, bool implied, OpVec *first)
{
    for (size_t i = 0; i < types->len; i++) {
        const MapEntry *entry = &types->entries[i];
        const Type *type = entry->value;
        bool made = implied && !type->metadata && type->create_type != TRI_FALSE;
        if (map_has(&enums->database, entry->key) ||
            (!implied && map_has(&enums->made, entry->key)))
            continue;
        diff_say(enums->diff, LOG_TYPES, "Detected added enum type '%.*s'", STR_ARG(entry->key));
        VEC_PUSH(enums->diff->arena, first, &type_op(enums, &create_type_def, type, made)->op);
    }
}

/* With include_name, tables that were not read may use a type as well. */
static void drop_types(Enums *enums)
{
    Diff *diff = enums->diff;
    if (diff->options->ask_script.include_name)
        return;
    for (size_t i = 0; i < enums->left.len; i++) {
        const MapEntry *entry = &enums->left.entries[i];
        if (map_has(&enums->models, entry->key))
            continue;
        bool remade = map_has(&enums->remade, entry->key) && !map_has(&enums->moved, entry->key);
        diff_say(diff, LOG_TYPES, "Detected removed enum type '%.*s'", STR_ARG(entry->key));
        TypeOp *drop = type_op(enums, &drop_type_def, entry->value, remade);
        VEC_PUSH(diff->arena, &diff->result->upgrade, &drop->op);
    }
}

/* --- values --- */

static void add_value(Enums *enums, const Type *there, const StrVec *values, size_t i,
                      bool *behind_all, OpVec *first)
{
    EnumValue *add = op_new(enums->diff->arena, &add_enum_value_def);
    add->type = (TableName){ .schema = name_from(there->schema), .name = there->name };
    add->value = values->items[i];
    if (*behind_all) {
        add->after = STR_NONE;
    } else if (i > 0) {
        add->after = values->items[i - 1];
    } else {
        add->before = there->values.items[0];
    }
    diff_say(enums->diff, LOG_TYPES, "Detected added value '%.*s' of enum type '%.*s'",
             STR_ARG(add->value), STR_ARG(there->name.text));
    VEC_PUSH(enums->diff->arena, first, &add->op);
}

/* True when all that the model has from `from` on is new, so that it goes to the end. */
static bool rest_is_new(const StrVec *values, size_t from, const Type *there)
{
    for (size_t i = from; i < values->len; i++)
        if (strvec_find(&there->values, values->items[i]) >= 0)
            return false;
    return from == 0 || there->values.len == 0 ||
           str_eq(VEC_LAST(&there->values), values->items[from - 1]);
}

static void compare_values(Enums *enums, const Type *model, const Type *there, OpVec *first)
{
    bool behind_all = false;
    for (size_t i = 0; i < model->values.len; i++) {
        if (strvec_find(&there->values, model->values.items[i]) >= 0)
            continue;
        behind_all = behind_all || there->values.len == 0 ||
                     (i > 0 && rest_is_new(&model->values, i, there));
        add_value(enums, there, &model->values, i, &behind_all, first);
    }
    for (size_t i = 0; i < there->values.len; i++)
        if (strvec_find(&model->values, there->values.items[i]) < 0)
            diff_warn(
                enums->diff, LOG_TYPES,
                "The enum type '%.*s' has the value '%.*s', which the models lack; PostgreSQL "
                "cannot take it out",
                STR_ARG(there->name.text), STR_ARG(there->values.items[i]));
}

static void compare_enums(Enums *enums, OpVec *first)
{
    for (size_t i = 0; i < enums->models.len; i++) {
        const MapEntry *entry = &enums->models.entries[i];
        const Type *there = map_get(&enums->database, entry->key);
        if (there)
            compare_values(enums, entry->value, there, first);
    }
}

/* --- tables that must not make a type again --- */

/* postgresql.ENUM(..., create_type=False) for the enum in a type; arrays of it likewise. */
static Type *type_that_is_there(Enums *enums, const Type *type)
{
    Arena *arena = enums->diff->arena;
    const Type *here = type_for(type, STR("postgresql"));
    Type *copy;
    if (type_is(here, TYPE_ARRAY)) {
        copy = type_copy(arena, here);
        copy->item = type_that_is_there(enums, here->item);
        return copy;
    }
    const Type *from = named_enum(type);
    copy = type_new(arena, TYPE_PG_ENUM);
    copy->name = from->name;
    copy->schema = from->schema;
    copy->values = from->values;
    copy->create_type = TRI_FALSE;
    return copy;
}

static bool is_there(Enums *enums, const Type *type, const Map *there)
{
    const Type *found = named_enum(type);
    return found && !found->metadata && found->create_type != TRI_FALSE &&
           map_has(there, enum_key(enums, found));
}

/* The table with the types that are there marked so; itself where there are none. */
static Table *table_beside(Enums *enums, Table *table, const Map *there)
{
    Arena *arena = enums->diff->arena;
    Table *copy = NULL;
    for (size_t i = 0; i < table->columns.len; i++) {
        if (!is_there(enums, table->columns.items[i]->type, there))
            continue;
        if (!copy) {
            copy = arena_copy(arena, table, sizeof *table);
            copy->head.box = NULL;
            copy->columns = (ColumnVec){ 0 };
            VEC_EACH (Column *, each, &table->columns)
                VEC_PUSH(arena, &copy->columns, *each);
            copy->by_key = map_in(arena);
        }
        Column *column = arena_copy(arena, table->columns.items[i], sizeof *column);
        column->head.box = NULL;
        column->type = type_that_is_there(enums, column->type);
        copy->columns.items[i] = column;
    }
    for (size_t i = 0; copy && i < copy->columns.len; i++)
        map_set(&copy->by_key, copy->columns.items[i]->key, copy->columns.items[i]);
    return copy ? copy : table;
}

/* What stays is there again when a dropped table comes back. */
static void spare_types(Enums *enums)
{
    Map stays = map_in(enums->diff->arena);
    for (size_t i = 0; i < enums->database.len; i++)
        if (map_has(&enums->models, enums->database.entries[i].key) ||
            enums->diff->options->ask_script.include_name)
            map_set(&stays, enums->database.entries[i].key, enums);
    for (size_t i = 0; i < enums->moved.len; i++)
        map_set(&stays, enums->moved.entries[i].key, enums);
    VEC_EACH (Op *, each, &enums->diff->result->upgrade) {
        void *op = *each;
        CreateTable *create = op;
        DropTable *drop = op;
        if (op_kind(*each) == OP_CREATE_TABLE)
            create->table = table_beside(enums, create->table, &enums->database);
        else if (op_kind(*each) == OP_DROP_TABLE)
            drop->reverse = table_beside(enums, drop->reverse, &stays);
    }
}

void diff_enums(Diff *diff, OpVec *first)
{
    if (!diff_extra(diff) || !diff_is(diff, DIALECT_POSTGRESQL))
        return;
    Enums enums = { .diff = diff,
                    .database = map_in(diff->arena),
                    .models = map_in(diff->arena),
                    .made = map_in(diff->arena),
                    .needed = map_in(diff->arena),
                    .left = map_in(diff->arena),
                    .remade = map_in(diff->arena),
                    .moved = map_in(diff->arena) };
    note_all(&enums);
    compare_enums(&enums, first);
    create_types(&enums, &enums.made, true, first);
    create_types(&enums, &enums.needed, false, first);
    drop_types(&enums);
    spare_types(&enums);
}
