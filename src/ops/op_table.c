/* SPDX-License-Identifier: MIT */
#include "ops/op_def.h"

bool op_table(Arena *arena, TableName name, const StrVec *columns, Table **table, Error *err)
{
    if (!table_new(arena, NULL, name.schema, name.name, table, err))
        return false;
    if (columns)
        VEC_EACH (const Str, each, columns)
            if (!table_column(*table, *each) &&
                !table_add_column(arena, *table, column_new(arena, name_from(*each), NULL), err))
                return false;
    return true;
}

/* A column or constraint that is in a table already (a model's) is copied. */
static Datum item_alone(Arena *arena, const Datum *item)
{
    Datum alone = *item;
    if (item->kind != DATUM_RECORD)
        return alone;
    if (record_is(item->record.record, &column_record)) {
        const Column *column = item->record.object;
        alone.record.object = column_copy(arena, column);
    } else if (record_is(item->record.record, &constraint_record)) {
        const Constraint *constraint = item->record.object;
        alone.record.object = constraint_copy(arena, constraint);
    } else if (record_is(item->record.record, &index_record)) {
        const Index *index = item->record.object;
        alone.record.object = index_copy(arena, index);
    }
    return alone;
}

bool create_table_table(Arena *arena, const CreateTable *op, Table **table, Error *err)
{
    if (op->table) {
        *table = op->table;
        return true;
    }
    if (!table_new(arena, NULL, op->schema, op->name, table, err))
        return false;
    (*table)->comment = op->comment;
    (*table)->prefixes = op->prefixes;
    (*table)->options = op->options;
    (*table)->info = op->info;
    Datum *items = ARENA_ARRAY(arena, Datum, op->items.len);
    for (size_t i = 0; i < op->items.len; i++)
        items[i] = item_alone(arena, &op->items.items[i]);
    return table_add_all(arena, *table, items, op->items.len, err);
}

static bool create_table_sql(Ddl *ddl, const Op *op)
{
    const CreateTable *create = (const CreateTable *)(const void *)op;
    Table *table;
    bool guarded = create->if_not_exists == TRI_TRUE;
    if (!create_table_table(ddl->arena, create, &table, ddl->err))
        return false;
    unsigned without = create->without;
    return (without & WITHOUT_TYPES || ddl_create_types(ddl, table)) &&
           (without & WITHOUT_TABLE || ddl_create_table(ddl, table, guarded)) &&
           (without & WITHOUT_INDEXES || ddl_create_indexes(ddl, table));
}

static bool create_table_finish(Arena *arena, void *object, const Datum *args, size_t count,
                                Error *err)
{
    CreateTable *op = object;
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(arena, &op->items, args[i]);
    return true;
}

static bool create_table_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const CreateTable *create = (const CreateTable *)(const void *)op;
    DropTable *drop = op_new(arena, &drop_table_def);
    drop->table.name = create->table ? create->table->name : create->name;
    drop->table.schema = create->table ? create->table->schema : create->schema;
    if (!create_table_table(arena, create, &drop->reverse, err))
        return false;
    *reversed = &drop->op;
    return true;
}

static bool drop_table_sql(Ddl *ddl, const Op *op)
{
    const DropTable *drop = (const DropTable *)(const void *)op;
    Table *table;
    if (!op_table(ddl->arena, drop->table, NULL, &table, ddl->err))
        return false;
    return ddl_drop_table(ddl, table, drop->if_exists == TRI_TRUE);
}

static bool drop_table_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const DropTable *drop = (const DropTable *)(const void *)op;
    if (!drop->reverse)
        return fail_at(err, ERR_SCHEMA, op->head.loc,
                       "cannot undo drop_table of '%.*s': its columns are not known",
                       STR_ARG(drop->table.name.text));
    CreateTable *create = op_new(arena, &create_table_def);
    create->table = drop->reverse;
    create->name = drop->table.name;
    create->schema = drop->table.schema;
    *reversed = &create->op;
    return true;
}

static bool rename_table_sql(Ddl *ddl, const Op *op)
{
    const RenameTable *rename = (const RenameTable *)(const void *)op;
    bool plain = ddl->dialect->id == DIALECT_SQLITE || ddl->dialect->id == DIALECT_POSTGRESQL;
    Name schema = plain ? (Name){ .quote = TRI_NONE } : rename->table.schema;
    sql_put(&ddl->sql, "ALTER TABLE @ RENAME TO @",
            sql_table(rename->table.schema, rename->table.name),
            sql_table(schema, rename->new_name));
    return ddl_end(ddl);
}

static bool rename_table_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const RenameTable *rename = (const RenameTable *)(const void *)op;
    RenameTable *back = op_new(arena, &rename_table_def);
    back->table = (TableName){ .schema = rename->table.schema, .name = rename->new_name };
    back->new_name = rename->table.name;
    *reversed = &back->op;
    return true;
}

static bool table_comment_sql(Ddl *ddl, const Op *op)
{
    const TableComment *comment = (const TableComment *)(const void *)op;
    return ddl_table_comment(ddl, comment->table.schema, comment->table.name, comment->comment);
}

static bool table_comment_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const TableComment *comment = (const TableComment *)(const void *)op;
    bool none = !str_given(comment->existing_comment);
    TableComment *back = op_new(arena, none ? &drop_table_comment_def : &create_table_comment_def);
    back->table = comment->table;
    back->comment = comment->existing_comment;
    back->existing_comment = comment->comment;
    *reversed = &back->op;
    return true;
}

static const Field create_table_fields[] = {
    FIELD(CreateTable, name, "table_name"),
    FIELD(CreateTable, if_not_exists, "if_not_exists"),
    FIELD(CreateTable, schema, "schema"),
    FIELD(CreateTable, name.quote, "quote"),
    FIELD(CreateTable, schema.quote, "quote_schema"),
    FIELD(CreateTable, comment, "comment"),
    FIELD(CreateTable, prefixes, "prefixes"),
    FIELD(CreateTable, info, "info"),
    FIELD(CreateTable, options, "kw"),
};
static const Field drop_table_fields[] = {
    FIELD(DropTable, table.name, "table_name"),
    FIELD(DropTable, table.schema, "schema"),
    FIELD(DropTable, if_exists, "if_exists"),
    FIELD(DropTable, options, "kw"),
};
static const Field rename_table_fields[] = {
    FIELD(RenameTable, table.name, "old_table_name"),
    FIELD(RenameTable, new_name, "new_table_name"),
    FIELD(RenameTable, table.schema, "schema"),
};
static const Field table_comment_fields[] = {
    FIELD(TableComment, table.name, "table_name"),
    FIELD(TableComment, comment, "comment"),
    FIELD(TableComment, existing_comment, "existing_comment"),
    FIELD(TableComment, table.schema, "schema"),
};

const OpDef create_table_def = {
    .kind = OP_CREATE_TABLE,
    .record = RECORD(CreateTable,
                     "create_table(table_name, *columns, if_not_exists=None, schema=None, "
                     "quote=None, quote_schema=None, comment=None, prefixes=None, info=None, **kw)",
                     create_table_fields, .name = "create_table", .doc = "Create a table.",
                     .finish = create_table_finish),
    .sql = create_table_sql,
    .reverse = create_table_reverse,
};
const OpDef drop_table_def = {
    .kind = OP_DROP_TABLE,
    .record = RECORD(DropTable, "drop_table(table_name, schema=None, if_exists=None, **kw)",
                     drop_table_fields, .name = "drop_table", .doc = "Drop a table."),
    .sql = drop_table_sql,
    .reverse = drop_table_reverse,
};
const OpDef rename_table_def = {
    .kind = OP_RENAME_TABLE,
    .record = RECORD(RenameTable, "rename_table(old_table_name, new_table_name, schema=None)",
                     rename_table_fields, .name = "rename_table", .doc = "Rename a table."),
    .sql = rename_table_sql,
    .reverse = rename_table_reverse,
};
const OpDef create_table_comment_def = {
    .kind = OP_CREATE_TABLE_COMMENT,
    .record = RECORD(TableComment,
                     "create_table_comment(table_name, comment, existing_comment=None, "
                     "schema=None)",
                     table_comment_fields, .name = "create_table_comment",
                     .doc = "Set a table's comment."),
    .sql = table_comment_sql,
    .reverse = table_comment_reverse,
    .batch = "create_table_comment(comment, existing_comment=None)",
};
const OpDef drop_table_comment_def = {
    .kind = OP_DROP_TABLE_COMMENT,
    .record = RECORD(
        TableComment, "drop_table_comment(table_name, existing_comment=None, schema=None)",
        table_comment_fields, .name = "drop_table_comment", .doc = "Take a table's comment away."),
    .sql = table_comment_sql,
    .reverse = table_comment_reverse,
    .batch = "drop_table_comment(existing_comment=None)",
};
