/* SPDX-License-Identifier: MIT */
/* SQLAlchemy's DDL elements, which scripts hand to op.execute(); schemas, sequences, types. */
#include "ops/op_def.h"

static bool create_schema_sql(Ddl *ddl, const Op *op)
{
    const SchemaOp *schema = (const SchemaOp *)(const void *)op;
    sql_put(&ddl->sql, "CREATE SCHEMA @@",
            sql_keyword(schema->if_not_exists == TRI_TRUE ? "IF NOT EXISTS " : ""),
            sql_name(schema->name));
    return ddl_end(ddl);
}

static bool create_schema_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    SchemaOp *drop = op_new(arena, &drop_schema_def);
    drop->name = ((const SchemaOp *)(const void *)op)->name;
    *reversed = &drop->op;
    return true;
}

static bool drop_schema_sql(Ddl *ddl, const Op *op)
{
    const SchemaOp *schema = (const SchemaOp *)(const void *)op;
    sql_put(&ddl->sql, "DROP SCHEMA @@@",
            sql_keyword(schema->if_exists == TRI_TRUE ? "IF EXISTS " : ""), sql_name(schema->name),
            sql_keyword(schema->cascade == TRI_TRUE ? " CASCADE" : ""));
    return ddl_end(ddl);
}

static bool drop_schema_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    SchemaOp *create = op_new(arena, &create_schema_def);
    create->name = ((const SchemaOp *)(const void *)op)->name;
    *reversed = &create->op;
    return true;
}

static bool create_sequence_sql(Ddl *ddl, const Op *op)
{
    const SequenceOp *sequence = (const SequenceOp *)(const void *)op;
    return ddl_create_sequence(ddl, sequence->sequence, sequence->if_not_exists == TRI_TRUE);
}

static bool drop_sequence_sql(Ddl *ddl, const Op *op)
{
    const SequenceOp *sequence = (const SequenceOp *)(const void *)op;
    return ddl_drop_sequence(ddl, sequence->sequence, sequence->if_exists == TRI_TRUE);
}

static bool sequence_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    bool created = op_kind(op) == OP_CREATE_SEQUENCE;
    SequenceOp *back = op_new(arena, created ? &drop_sequence_def : &create_sequence_def);
    back->sequence = ((const SequenceOp *)(const void *)op)->sequence;
    *reversed = &back->op;
    return true;
}

static bool create_type_sql(Ddl *ddl, const Op *op)
{
    const TypeOp *create = (const TypeOp *)(const void *)op;
    return create->implied || ddl_create_type(ddl, create->type);
}

static bool drop_type_sql(Ddl *ddl, const Op *op)
{
    return ddl_drop_type(ddl, ((const TypeOp *)(const void *)op)->type);
}

static bool type_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    bool created = op_kind(op) == OP_CREATE_TYPE;
    TypeOp *back = op_new(arena, created ? &drop_type_def : &create_type_def);
    back->type = ((const TypeOp *)(const void *)op)->type;
    back->checkfirst = ((const TypeOp *)(const void *)op)->checkfirst;
    back->implied = ((const TypeOp *)(const void *)op)->implied;
    *reversed = &back->op;
    return true;
}

static bool create_table_finish(Arena *arena, void *object, const Datum *args, size_t count,
                                Error *err)
{
    ((CreateTable *)object)->without = WITHOUT_TYPES | WITHOUT_INDEXES;
    return true;
}

static bool drop_table_finish(Arena *arena, void *object, const Datum *args, size_t count,
                              Error *err)
{
    DropTable *drop = object;
    if (drop->reverse)
        drop->table = (TableName){ drop->reverse->schema, drop->reverse->name };
    return true;
}

static bool drop_constraint_finish(Arena *arena, void *object, const Datum *args, size_t count,
                                   Error *err)
{
    DropConstraint *drop = object;
    if (!drop->constraint || !drop->constraint->table)
        return fail(err, ERR_SCRIPT, "DropConstraint takes a constraint that is in a table");
    drop->name = drop->constraint->name;
    drop->table = (TableName){ drop->constraint->table->schema, drop->constraint->table->name };
    drop->type = str_from(constraint_type(drop->constraint->kind));
    return true;
}

static bool add_constraint_finish(Arena *arena, void *object, const Datum *args, size_t count,
                                  Error *err)
{
    const CreateConstraint *create = object;
    if (!create->constraint || !create->constraint->table)
        return fail(err, ERR_SCRIPT, "AddConstraint takes a constraint that is in a table");
    return true;
}

/* What an element does is what the directive of that kind does. */
static bool same_as(Ddl *ddl, const Op *op, const OpDef *def)
{
    return def->sql(ddl, op);
}

static bool create_table_element_sql(Ddl *ddl, const Op *op)
{
    return same_as(ddl, op, &create_table_def);
}

static bool drop_table_element_sql(Ddl *ddl, const Op *op)
{
    return same_as(ddl, op, &drop_table_def);
}

static bool create_index_element_sql(Ddl *ddl, const Op *op)
{
    return same_as(ddl, op, &create_index_def);
}

static bool drop_index_element_sql(Ddl *ddl, const Op *op)
{
    return same_as(ddl, op, &drop_index_def);
}

static bool add_constraint_element_sql(Ddl *ddl, const Op *op)
{
    return ddl_add_constraint(ddl, ((const CreateConstraint *)(const void *)op)->constraint);
}

static bool drop_constraint_element_sql(Ddl *ddl, const Op *op)
{
    return same_as(ddl, op, &drop_constraint_def);
}

static bool set_table_comment_sql(Ddl *ddl, const Op *op)
{
    const Table *table = ((const Comment *)(const void *)op)->table;
    return ddl_table_comment(ddl, table->schema, table->name, table->comment);
}

static bool drop_table_comment_sql(Ddl *ddl, const Op *op)
{
    const Table *table = ((const Comment *)(const void *)op)->table;
    return ddl_table_comment(ddl, table->schema, table->name, STR_NONE);
}

static bool set_column_comment_sql(Ddl *ddl, const Op *op)
{
    const Column *column = ((const Comment *)(const void *)op)->column;
    return ddl_column_comment(ddl, column->table->schema, column->table->name, column->name,
                              column->comment);
}

static bool drop_column_comment_sql(Ddl *ddl, const Op *op)
{
    const Column *column = ((const Comment *)(const void *)op)->column;
    return ddl_column_comment(ddl, column->table->schema, column->table->name, column->name,
                              STR_NONE);
}

static bool comment_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    const Comment *comment = object;
    if (comment->table || (comment->column && comment->column->table))
        return true;
    return fail(err, ERR_SCRIPT, "a comment is a table's, or that of a column in a table");
}

static const Field create_table_fields[] = {
    LINK(CreateTable, table, "element", &table_record),
    FIELD(CreateTable, if_not_exists, "if_not_exists"),
};
static const Field drop_table_fields[] = {
    LINK(DropTable, reverse, "element", &table_record),
    FIELD(DropTable, if_exists, "if_exists"),
};
static const Field create_index_fields[] = {
    LINK(CreateIndex, index, "element", &index_record),
    FIELD(CreateIndex, if_not_exists, "if_not_exists"),
};
static const Field drop_index_fields[] = {
    LINK(DropIndex, index, "element", &index_record),
    FIELD(DropIndex, if_exists, "if_exists"),
};
static const Field add_constraint_fields[] = {
    LINK(CreateConstraint, constraint, "element", &constraint_record),
};
static const Field drop_constraint_fields[] = {
    LINK(DropConstraint, constraint, "element", &constraint_record),
    FIELD(DropConstraint, cascade, "cascade"),
    FIELD(DropConstraint, if_exists, "if_exists"),
};
static const Field table_comment_fields[] = {
    LINK(Comment, table, "element", &table_record),
};
static const Field column_comment_fields[] = {
    LINK(Comment, column, "element", &column_record),
};
static const Field schema_fields[] = {
    FIELD(SchemaOp, name, "name"),
    FIELD(SchemaOp, if_exists, "if_exists"),
    FIELD(SchemaOp, if_not_exists, "if_not_exists"),
    FIELD(SchemaOp, cascade, "cascade"),
};
static const Field sequence_fields[] = {
    LINK(SequenceOp, sequence, "element", &sequence_record),
    FIELD(SequenceOp, if_exists, "if_exists"),
    FIELD(SequenceOp, if_not_exists, "if_not_exists"),
};
static const Field type_fields[] = {
    LINK(TypeOp, type, "type_", &type_classes[TYPE_ENGINE].record),
    FIELD(TypeOp, checkfirst, "checkfirst"),
};

#define ELEMENT(op_kind_, T, python, args, rows, write, finish_)                                 \
    {                                                                                            \
        .kind = op_kind_,                                                                        \
        .record = RECORD(T, python args, rows, .name = python, .finish = finish_), .sql = write, \
    }

const OpDef create_table_element_def =
    ELEMENT(OP_CREATE_TABLE, CreateTable, "CreateTable",
            "(element, include_foreign_key_constraints=None, if_not_exists=False)",
            create_table_fields, create_table_element_sql, create_table_finish);
const OpDef drop_table_element_def =
    ELEMENT(OP_DROP_TABLE, DropTable, "DropTable", "(element, if_exists=False)", drop_table_fields,
            drop_table_element_sql, drop_table_finish);
const OpDef create_index_element_def =
    ELEMENT(OP_CREATE_INDEX, CreateIndex, "CreateIndex", "(element, if_not_exists=False)",
            create_index_fields, create_index_element_sql, NULL);
const OpDef drop_index_element_def =
    ELEMENT(OP_DROP_INDEX, DropIndex, "DropIndex", "(element, if_exists=False)", drop_index_fields,
            drop_index_element_sql, NULL);
const OpDef add_constraint_element_def = ELEMENT(
    OP_ADD_CONSTRAINT, CreateConstraint, "AddConstraint", "(element, isolate_from_table=True)",
    add_constraint_fields, add_constraint_element_sql, add_constraint_finish);
const OpDef drop_constraint_element_def =
    ELEMENT(OP_DROP_CONSTRAINT, DropConstraint, "DropConstraint",
            "(element, cascade=False, if_exists=False, isolate_from_table=True)",
            drop_constraint_fields, drop_constraint_element_sql, drop_constraint_finish);

const OpDef set_table_comment_def =
    ELEMENT(OP_COMMENT, Comment, "SetTableComment", "(element)", table_comment_fields,
            set_table_comment_sql, comment_finish);
const OpDef drop_table_comment_element_def =
    ELEMENT(OP_COMMENT, Comment, "DropTableComment", "(element)", table_comment_fields,
            drop_table_comment_sql, comment_finish);
const OpDef set_column_comment_def =
    ELEMENT(OP_COMMENT, Comment, "SetColumnComment", "(element)", column_comment_fields,
            set_column_comment_sql, comment_finish);
const OpDef drop_column_comment_def =
    ELEMENT(OP_COMMENT, Comment, "DropColumnComment", "(element)", column_comment_fields,
            drop_column_comment_sql, comment_finish);

const OpDef create_schema_def = {
    .kind = OP_CREATE_SCHEMA,
    .record = RECORD(SchemaOp, "CreateSchema(name, if_not_exists=False)", schema_fields,
                     .name = "CreateSchema", .doc = "CREATE SCHEMA."),
    .sql = create_schema_sql,
    .reverse = create_schema_reverse,
};
const OpDef drop_schema_def = {
    .kind = OP_DROP_SCHEMA,
    .record = RECORD(SchemaOp, "DropSchema(name, cascade=False, if_exists=False)", schema_fields,
                     .name = "DropSchema", .doc = "DROP SCHEMA."),
    .sql = drop_schema_sql,
    .reverse = drop_schema_reverse,
};
const OpDef create_sequence_def = {
    .kind = OP_CREATE_SEQUENCE,
    .record = RECORD(SequenceOp, "CreateSequence(element, if_not_exists=False)", sequence_fields,
                     .name = "CreateSequence", .doc = "CREATE SEQUENCE."),
    .sql = create_sequence_sql,
    .reverse = sequence_reverse,
};
const OpDef drop_sequence_def = {
    .kind = OP_DROP_SEQUENCE,
    .record = RECORD(SequenceOp, "DropSequence(element, if_exists=False)", sequence_fields,
                     .name = "DropSequence", .doc = "DROP SEQUENCE."),
    .sql = drop_sequence_sql,
    .reverse = sequence_reverse,
};
const OpDef create_type_def = {
    .kind = OP_CREATE_TYPE,
    .record = RECORD(TypeOp, "create_type(type_, checkfirst=True)", type_fields,
                     .name = "create_type", .doc = "CREATE TYPE of an Enum or a DOMAIN."),
    .sql = create_type_sql,
    .reverse = type_reverse,
};
const OpDef drop_type_def = {
    .kind = OP_DROP_TYPE,
    .record = RECORD(TypeOp, "drop_type(type_, checkfirst=True)", type_fields, .name = "drop_type",
                     .doc = "DROP TYPE of an Enum or a DOMAIN."),
    .sql = drop_type_sql,
    .reverse = type_reverse,
};
