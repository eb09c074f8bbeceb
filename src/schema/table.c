/* SPDX-License-Identifier: MIT */
#include "schema/table.h"

Str table_key(Arena *arena, Str schema, Str name)
{
    if (!str_given(schema))
        return name;
    return str_format(arena, "%.*s.%.*s", STR_ARG(schema), STR_ARG(name));
}

MetaData *metadata_new(Arena *arena)
{
    MetaData *metadata = record_new(arena, &metadata_record);
    metadata->arena = arena;
    metadata->tables = map_in(arena);
    return metadata;
}

Table *metadata_table(const MetaData *metadata, Str schema, Str name)
{
    Str in = str_given(schema) ? schema : metadata->schema.text;
    return map_get(&metadata->tables, table_key(metadata->arena, in, name));
}

static bool table_register(Arena *arena, Table *table, Error *err)
{
    table->by_key = map_in(arena);
    table->primary_key = constraint_new(arena, CONSTRAINT_PRIMARY_KEY, (Name){ 0 });
    table->primary_key->implicit = true;
    table->primary_key->table = table;
    MetaData *metadata = table->metadata;
    if (!metadata)
        return true;
    if (!name_given(table->schema))
        table->schema = metadata->schema;
    Str key = table_key(arena, table->schema.text, table->name.text);
    if (map_has(&metadata->tables, key))
        return fail(err, ERR_SCRIPT,
                    "InvalidRequestError: Table '%.*s' is already defined for this MetaData "
                    "instance.  Specify "
                    "'extend_existing=True' to redefine options and columns on an existing Table "
                    "object.",
                    STR_ARG(key));
    map_set(&metadata->tables, key, table);
    return true;
}

bool table_new(Arena *arena, MetaData *metadata, Name schema, Name name, Table **table, Error *err)
{
    Table *made = record_new(arena, &table_record);
    made->name = name;
    made->schema = schema;
    made->metadata = metadata;
    *table = made;
    return table_register(arena, made, err);
}

Column *table_column(const Table *table, Str key)
{
    return map_get(&table->by_key, key);
}

Column *table_column_named(const Table *table, Str name)
{
    VEC_EACH (Column *, each, &table->columns)
        if (str_eq((*each)->name.text, name))
            return *each;
    return NULL;
}

static void constraint_loc(Constraint *constraint, Column *column)
{
    constraint->of_column = column;
    constraint->head.loc = column->head.loc;
}

static bool column_make_foreign_key(Arena *arena, Column *column, ForeignKey *key, Error *err)
{
    Constraint *constraint = constraint_new(arena, CONSTRAINT_FOREIGN_KEY, key->name);
    constraint_loc(constraint, column);
    constraint->onupdate = key->onupdate;
    constraint->ondelete = key->ondelete;
    constraint->deferrable = key->deferrable;
    constraint->initially = key->initially;
    constraint->match = key->match;
    constraint->comment = key->comment;
    constraint->use_alter = key->use_alter;
    constraint->link_to_name = key->link_to_name;
    constraint->options = key->options;
    key->constraint = constraint;
    VEC_PUSH(arena, &constraint->columns, column->key);
    return constraint_set_targets(arena, constraint, &key->column, 1, err) &&
           table_add_constraint(arena, column->table, constraint, err);
}

static bool column_make_index(Arena *arena, Column *column, Error *err)
{
    Index *index = index_new(arena, (Name){ 0 });
    index->unique = column->unique == TRI_TRUE ? TRI_TRUE : TRI_FALSE;
    index->from_column = true;
    index->head.loc = column->head.loc;
    IndexPart part = { .column = column->key };
    VEC_PUSH(arena, &index->parts, part);
    return table_add_index(arena, column->table, index, err);
}

static bool column_make_unique(Arena *arena, Column *column, Error *err)
{
    Constraint *constraint = constraint_new(arena, CONSTRAINT_UNIQUE, (Name){ 0 });
    constraint_loc(constraint, column);
    VEC_PUSH(arena, &constraint->columns, column->key);
    return table_add_constraint(arena, column->table, constraint, err);
}

static Expr *type_check_condition(Arena *arena, Column *column, const Type *type)
{
    Expr *values = expr_new(arena, EXPR_LIST);
    if (type_is(type, TYPE_BOOLEAN)) {
        for (int64_t i = 0; i < 2; i++) {
            Datum value = datum_int(i);
            VEC_PUSH(arena, &values->args, expr_literal(arena, &value, NULL));
        }
    } else {
        VEC_EACH (const Str, each, &type->values) {
            Datum value = datum_str(*each);
            VEC_PUSH(arena, &values->args, expr_literal(arena, &value, NULL));
        }
    }
    Expr *in = expr_new(arena, EXPR_IN);
    in->op = OPERATOR_IN;
    VEC_PUSH(arena, &in->args, expr_column(arena, column));
    VEC_PUSH(arena, &in->args, values);
    return in;
}

/* The type that brings a CHECK along: of a TypeDecorator the one it stands for. */
static Type *type_with_check(Type *type)
{
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    bool checks = type && type->create_constraint == TRI_TRUE &&
                  (type_is(type, TYPE_BOOLEAN) || type_is(type, TYPE_ENUM));
    return checks ? type : NULL;
}

/* Whether a dialect writes it is known when the table is (sql/ddl.c). */
static bool column_make_type_check(Arena *arena, Column *column, Error *err)
{
    Type *type = type_with_check(column->type);
    if (!type)
        return true;
    Constraint *constraint = constraint_new(arena, CONSTRAINT_CHECK, type->name);
    constraint_loc(constraint, column);
    constraint->of_type = type;
    constraint->sqltext = type_check_condition(arena, column, type);
    return table_add_constraint(arena, column->table, constraint, err);
}

static bool column_make_parts(Arena *arena, Column *column, Error *err)
{
    if (column->index == TRI_TRUE && !column_make_index(arena, column, err))
        return false;
    if (column->unique == TRI_TRUE && column->index != TRI_TRUE &&
        !column_make_unique(arena, column, err))
        return false;
    VEC_EACH (ForeignKey *, each, &column->foreign_keys)
        if (!column_make_foreign_key(arena, column, *each, err))
            return false;
    VEC_EACH (Constraint *, each, &column->constraints)
        (*each)->table = column->table;
    return column_make_type_check(arena, column, err);
}

static void table_key_column(Arena *arena, Table *table, const Column *column)
{
    strvec_add(arena, &table->primary_key->columns, column->key);
}

/* Enum(inherit_schema=True), also as the items of an array: in the schema of its table. */
static void column_pass_schema(const Column *column, const Table *table)
{
    for (Type *type = column->type; type; type = type_is(type, TYPE_ARRAY) ? type->item : NULL)
        if (type->inherit_schema == TRI_TRUE)
            type->schema = table->schema.text;
}

static bool table_put_column(Arena *arena, Table *table, Column *column, Error *err)
{
    if (!name_given(column->name) || column->name.text.len == 0)
        return fail_at(err, ERR_SCRIPT, column->head.loc,
                       "Column must be constructed with a non-blank name or assign a non-blank "
                       ".name before adding to a Table.");
    if (!str_given(column->key))
        column->key = column->name.text;
    if (column->table && column->table != table)
        return fail(err, ERR_SCRIPT, "Column object '%.*s' already assigned to Table '%.*s'",
                    STR_ARG(column->name.text), STR_ARG(column->table->name.text));
    Column *old = table_column(table, column->key);
    if (old && old != column)
        return fail(err, ERR_SCRIPT,
                    "DuplicateColumnError: A column with name '%.*s' is already present in table "
                    "'%.*s'.",
                    STR_ARG(column->key), STR_ARG(table->name.text));
    column->table = table;
    column_pass_schema(column, table);
    map_set(&table->by_key, column->key, column);
    VEC_PUSH(arena, &table->columns, column);
    return true;
}

/* Index("ix", a, b) in the body of a class: it joins when both are in the table. */
static bool column_bring_indexes(Arena *arena, Column *column, Error *err)
{
    VEC_EACH (Index *, each, &column->waiting) {
        Index *index = *each;
        bool complete = index->table == NULL;
        VEC_EACH (const IndexPart, part, &index->parts)
            complete =
                complete && (part->expr ||
                             (part->nameless ? part->nameless->table != NULL
                                             : table_column(column->table, part->column) != NULL));
        if (complete && !table_add_index(arena, column->table, index, err))
            return false;
    }
    return true;
}

bool table_add_column(Arena *arena, Table *table, Column *column, Error *err)
{
    if (!table_put_column(arena, table, column, err))
        return false;
    if (table->lightweight)
        return true;
    if (column->primary_key == TRI_TRUE)
        table_key_column(arena, table, column);
    return column_make_parts(arena, column, err) && column_bring_indexes(arena, column, err);
}

static bool table_set_primary_key(Arena *arena, Table *table, Constraint *constraint, Error *err)
{
    for (size_t i = 0; i < table->constraints.len; i++)
        if (table->constraints.items[i] == table->primary_key) {
            memmove(&table->constraints.items[i], &table->constraints.items[i + 1],
                    (table->constraints.len - i - 1) * sizeof *table->constraints.items);
            table->constraints.len--;
            break;
        }
    /* A PrimaryKeyConstraint without columns names the key of the columns' own flags. */
    if (constraint->columns.len == 0)
        VEC_EACH (const Str, each, &table->primary_key->columns)
            strvec_add(arena, &constraint->columns, *each);
    table->primary_key = constraint;
    VEC_EACH (const Str, each, &constraint->columns) {
        Column *column = table_column(table, *each);
        if (column)
            column->primary_key = TRI_TRUE;
    }
    return true;
}

static bool constraint_check_columns(const Table *table, const Constraint *constraint, Error *err)
{
    VEC_EACH (const Str, each, &constraint->columns)
        if (!table_column(table, *each))
            return fail_at(err, ERR_SCRIPT, constraint->head.loc,
                           "ConstraintColumnNotFoundError: Can't create %s on table '%.*s': no "
                           "column named '%.*s' is present.",
                           constraint->head.record->name, STR_ARG(table->name.text),
                           STR_ARG(*each));
    return true;
}

bool table_add_constraint(Arena *arena, Table *table, Constraint *constraint, Error *err)
{
    constraint_name_columns(constraint);
    if (!constraint_check_columns(table, constraint, err))
        return false;
    constraint->table = table;
    if (constraint->kind == CONSTRAINT_PRIMARY_KEY &&
        !table_set_primary_key(arena, table, constraint, err))
        return false;
    VEC_PUSH(arena, &table->constraints, constraint);
    return true;
}

bool table_add_index(Arena *arena, Table *table, Index *index, Error *err)
{
    if (index->table == table)
        return true;
    VEC_EACH (IndexPart, each, &index->parts) {
        if (each->nameless)
            each->column = each->nameless->key;
        each->nameless = NULL;
    }
    VEC_EACH (const IndexPart, each, &index->parts)
        if (!each->expr && !table_column(table, each->column))
            return fail_at(err, ERR_SCRIPT, index->head.loc,
                           "ConstraintColumnNotFoundError: Can't create Index on table '%.*s': no "
                           "column named '%.*s' is present.",
                           STR_ARG(table->name.text), STR_ARG(each->column));
    index->table = table;
    VEC_PUSH(arena, &table->indexes, index);
    return true;
}

static bool item_unknown(const Datum *item, Error *err)
{
    const char *name = item->kind == DATUM_RECORD ? item->record.record->name : "another value";
    return fail(err, ERR_SCRIPT,
                "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %s", name);
}

bool table_add(Arena *arena, Table *table, const Datum *item, Error *err)
{
    if (item->kind == DATUM_NONE)
        return true;
    if (item->kind != DATUM_RECORD)
        return item_unknown(item, err);
    const Record *record = item->record.record;
    void *object = item->record.object;
    if (record_is(record, &column_record))
        return table_add_column(arena, table, object, err);
    if (record_is(record, &constraint_record))
        return table_add_constraint(arena, table, object, err);
    if (record_is(record, &index_record))
        return table_add_index(arena, table, object, err);
    return item_unknown(item, err);
}

static bool datum_is_constraint(const Datum *item)
{
    return item->kind == DATUM_RECORD && record_is(item->record.record, &constraint_record);
}

/*
 * Constraints are written in the order in which they were made, and those among the arguments were
 * made before the columns joined the table: they stand before the columns' own.
 */
bool table_add_all(Arena *arena, Table *table, const Datum *items, size_t count, Error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!datum_is_constraint(&items[i]) && !table_add(arena, table, &items[i], err))
            return false;
    ConstraintVec made = table->constraints;
    table->constraints = (ConstraintVec){ 0 };
    for (size_t i = 0; i < count; i++)
        if (datum_is_constraint(&items[i]) && !table_add(arena, table, &items[i], err))
            return false;
    VEC_EACH (Constraint *, each, &made)
        VEC_PUSH(arena, &table->constraints, *each);
    return true;
}

static bool table_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Table *table = object;
    if (table->quote != TRI_NONE)
        table->name.quote = table->quote;
    if (table->quote_schema != TRI_NONE)
        table->schema.quote = table->quote_schema;
    return table_register(arena, table, err) && table_add_all(arena, table, args, count, err);
}

static bool metadata_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    MetaData *metadata = object;
    metadata->arena = arena;
    metadata->tables = map_in(arena);
    metadata->schema.quote = metadata->quote_schema;
    return true;
}

static bool type_is_whole_number(const Type *type)
{
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    return type_is(type, TYPE_INTEGER) || type_is(type, TYPE_NUMERIC);
}

static bool column_numbers_itself(const Column *column)
{
    if (column->autoincrement == AUTOINCREMENT_TRUE)
        return true;
    if (column->autoincrement == AUTOINCREMENT_FALSE || !type_is_whole_number(column->type))
        return false;
    if (column->server_default.kind != DATUM_NONE && !column->identity)
        return false;
    if (column->default_.kind != DATUM_NONE && !column->sequence)
        return false;
    return column->foreign_keys.len == 0 || column->autoincrement == AUTOINCREMENT_IGNORE_FK;
}

/* Also a ForeignKeyConstraint of the table counts: the column's value comes from elsewhere. */
static bool column_refers(const Table *table, const Column *column)
{
    if (column->autoincrement != AUTOINCREMENT_AUTO)
        return false;
    VEC_EACH (Constraint *, each, &table->constraints)
        if ((*each)->kind == CONSTRAINT_FOREIGN_KEY &&
            strvec_find(&(*each)->columns, column->key) >= 0)
            return true;
    return false;
}

Column *table_autoincrement_column(const Table *table)
{
    const StrVec *keys = &table->primary_key->columns;
    if (keys->len == 1) {
        Column *column = table_column(table, keys->items[0]);
        bool numbers = column && column_numbers_itself(column) && !column_refers(table, column);
        return numbers ? column : NULL;
    }
    VEC_EACH (const Str, each, keys) {
        Column *column = table_column(table, *each);
        if (column && column->autoincrement == AUTOINCREMENT_TRUE)
            return column;
    }
    return NULL;
}

static bool table_copy_parts(Arena *arena, const Table *table, Table *to, Error *err)
{
    VEC_EACH (Constraint *, each, &table->constraints) {
        bool follows = (*each)->of_column && !(*each)->reflected;
        if (follows || (*each)->implicit)
            continue;
        if (!table_add_constraint(arena, to, constraint_copy(arena, *each), err))
            return false;
    }
    VEC_EACH (Index *, each, &table->indexes)
        if (!(*each)->from_column && !table_add_index(arena, to, index_copy(arena, *each), err))
            return false;
    return true;
}

bool table_to_metadata(Arena *arena, const Table *table, MetaData *metadata, Name name,
                       Table **copy, Error *err)
{
    if (!table_new(arena, metadata, table->schema, name_given(name) ? name : table->name, copy,
                   err))
        return false;
    (*copy)->comment = table->comment;
    (*copy)->prefixes = table->prefixes;
    (*copy)->options = table->options;
    (*copy)->info = table->info;
    VEC_EACH (Column *, each, &table->columns)
        if (!table_add_column(arena, *copy, column_copy(arena, *each), err))
            return false;
    ConstraintVec made = (*copy)->constraints;
    (*copy)->constraints = (ConstraintVec){ 0 };
    if (!table_copy_parts(arena, table, *copy, err))
        return false;
    VEC_EACH (Constraint *, each, &made)
        VEC_PUSH(arena, &(*copy)->constraints, *each);
    return true;
}

static const Field metadata_fields[] = {
    FIELD(MetaData, schema, "schema"),
    FIELD(MetaData, quote_schema, "quote_schema"),
    FIELD(MetaData, naming_convention, "naming_convention"),
    FIELD(MetaData, info, "info"),
};
static const Field table_fields[] = {
    FIELD(Table, name, "name"),
    LINK(Table, metadata, "metadata", &metadata_record),
    FIELD(Table, schema, "schema"),
    FIELD(Table, quote, "quote"),
    FIELD(Table, quote_schema, "quote_schema"),
    FIELD(Table, keep_existing, "keep_existing"),
    FIELD(Table, extend_existing, "extend_existing"),
    FIELD(Table, implicit_returning, "implicit_returning"),
    FIELD(Table, must_exist, "must_exist"),
    FIELD(Table, comment, "comment"),
    FIELD(Table, info, "info"),
    FIELD(Table, prefixes, "prefixes"),
    FIELD(Table, prefixes, "._prefixes"),
    FIELD(Table, options, "kw"),
    LINK(Table, primary_key, ".primary_key", &primary_key_record),
    LINKS(Table, constraints, ".constraints", &constraint_record),
    LINKS(Table, indexes, ".indexes", &index_record),
};

const Record metadata_record =
    RECORD(MetaData, "MetaData(schema=None, quote_schema=None, naming_convention=None, info=None)",
           metadata_fields, .name = "MetaData", .finish = metadata_finish);
const Record table_record =
    RECORD(Table,
           "Table(name, metadata, *args, schema=None, quote=None, quote_schema=None, "
           "autoload_with=None, autoload_replace=True, keep_existing=False, "
           "extend_existing=False, resolve_fks=True, include_columns=None, "
           "implicit_returning=True, comment=None, info=None, listeners=None, prefixes=None, "
           "must_exist=False, **kw)",
           table_fields, .name = "Table", .finish = table_finish);
