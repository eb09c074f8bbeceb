/* SPDX-License-Identifier: MIT */
#include "ops/op_def.h"

/* Names of the columns that the parts of an index mention, for a Table of their own. */
static StrVec part_names(Arena *arena, const Datum *columns, size_t count)
{
    StrVec names = { 0 };
    for (size_t i = 0; i < count; i++)
        if (columns[i].kind == DATUM_STR)
            strvec_add(arena, &names, columns[i].text);
        else if (columns[i].kind == DATUM_RECORD &&
                 record_is(columns[i].record.record, &column_record))
            strvec_add(arena, &names, ((const Column *)columns[i].record.object)->name.text);
    return names;
}

static bool index_fill(Arena *arena, Index *index, const Datum *columns, size_t count, Error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!index_add(arena, index, &columns[i], err))
            return false;
    return true;
}

bool create_index_index(Arena *arena, const CreateIndex *op, Index **index, Error *err)
{
    if (op->index) {
        *index = op->index;
        return true;
    }
    bool list = op->columns.kind == DATUM_LIST;
    const Datum *columns = list ? op->columns.list.items : &op->columns;
    size_t count = list ? op->columns.list.len : 1;
    StrVec names = part_names(arena, columns, count);
    Table *table;
    if (!op_table(arena, op->table, &names, &table, err))
        return false;
    *index = index_new(arena, op->name);
    (*index)->unique = op->unique;
    (*index)->options = op->options;
    return index_fill(arena, *index, columns, count, err) &&
           table_add_index(arena, table, *index, err);
}

static bool create_index_sql(Ddl *ddl, const Op *op)
{
    const CreateIndex *create = (const CreateIndex *)(const void *)op;
    Index *index;
    if (!create_index_index(ddl->arena, create, &index, ddl->err))
        return false;
    return ddl_create_index(ddl, index, create->if_not_exists == TRI_TRUE);
}

static bool create_index_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const CreateIndex *create = (const CreateIndex *)(const void *)op;
    DropIndex *drop = op_new(arena, &drop_index_def);
    if (!create_index_index(arena, create, &drop->index, err))
        return false;
    drop->name = drop->index->name;
    drop->table = (TableName){ drop->index->table->schema, drop->index->table->name };
    drop->options = create->options;
    drop->if_exists = create->if_not_exists;
    *reversed = &drop->op;
    return true;
}

bool drop_index_index(Arena *arena, const DropIndex *op, Index **index, Error *err)
{
    if (op->index) {
        *index = op->index;
        return true;
    }
    Table *table;
    if (!op_table(arena, op->table, NULL, &table, err))
        return false;
    *index = index_new(arena, op->name);
    (*index)->options = op->options;
    (*index)->table = table;
    return true;
}

static bool drop_index_sql(Ddl *ddl, const Op *op)
{
    const DropIndex *drop = (const DropIndex *)(const void *)op;
    Index *index;
    if (!drop_index_index(ddl->arena, drop, &index, ddl->err))
        return false;
    return ddl_drop_index(ddl, index, drop->if_exists == TRI_TRUE);
}

static bool drop_index_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const DropIndex *drop = (const DropIndex *)(const void *)op;
    if (!drop->index)
        return fail_at(err, ERR_SCHEMA, op->head.loc,
                       "cannot undo drop_index of '%.*s': its columns are not known",
                       STR_ARG(drop->name.text));
    CreateIndex *create = op_new(arena, &create_index_def);
    create->index = drop->index;
    create->name = drop->name;
    create->table = drop->table;
    create->unique = drop->index->unique;
    create->if_not_exists = drop->if_exists;
    *reversed = &create->op;
    return true;
}

static const Field create_index_fields[] = {
    FIELD(CreateIndex, name, "index_name"),
    FIELD(CreateIndex, table.name, "table_name"),
    FIELD(CreateIndex, columns, "columns"),
    FIELD(CreateIndex, table.schema, "schema"),
    FIELD(CreateIndex, unique, "unique"),
    FIELD(CreateIndex, name.quote, "quote"),
    FIELD(CreateIndex, if_not_exists, "if_not_exists"),
    FIELD(CreateIndex, options, "kw"),
};
static const Field drop_index_fields[] = {
    FIELD(DropIndex, name, "index_name"),     FIELD(DropIndex, table.name, "table_name"),
    FIELD(DropIndex, table.schema, "schema"), FIELD(DropIndex, if_exists, "if_exists"),
    FIELD(DropIndex, options, "kw"),
};

const OpDef create_index_def = {
    .kind = OP_CREATE_INDEX,
    .record = RECORD(CreateIndex,
                     "create_index(index_name, table_name, columns, schema=None, unique=False, "
                     "quote=None, if_not_exists=None, **kw)",
                     create_index_fields, .name = "create_index", .doc = "Create an index."),
    .sql = create_index_sql,
    .reverse = create_index_reverse,
    .batch =
        "create_index(index_name, columns, unique=False, quote=None, if_not_exists=None, **kw)",
};
const OpDef drop_index_def = {
    .kind = OP_DROP_INDEX,
    .record = RECORD(DropIndex,
                     "drop_index(index_name, table_name=None, schema=None, if_exists=None, **kw)",
                     drop_index_fields, .name = "drop_index", .doc = "Drop an index."),
    .sql = drop_index_sql,
    .reverse = drop_index_reverse,
    .batch = "drop_index(index_name, if_exists=None, **kw)",
};
