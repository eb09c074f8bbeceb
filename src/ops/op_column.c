/* SPDX-License-Identifier: MIT */
#include "ops/op_def.h"

/* SQLite adds no constraint afterwards; those that types bring along it passes over. */
static bool add_constraint(Ddl *ddl, const Constraint *constraint)
{
    if (ddl->dialect->id != DIALECT_SQLITE)
        return ddl_add_constraint(ddl, constraint);
    if (constraint->of_type)
        return true;
    return fail(ddl->err, ERR_SCHEMA,
                "NotImplementedError: No support for ALTER of constraints in SQLite dialect. "
                "Please refer to the batch mode feature which allows for SQLite migrations using a "
                "copy-and-move strategy.");
}

static bool add_column_statement(Ddl *ddl, const AddColumn *op, const Column *column)
{
    Sql *sql = &ddl->sql;
    sql_put(sql, "ALTER TABLE @ ADD COLUMN @", sql_table(op->table.schema, op->table.name),
            sql_keyword(op->if_not_exists == TRI_TRUE ? "IF NOT EXISTS " : ""));
    ddl_put_column(ddl, column);
    if (op->inline_primary_key == TRI_TRUE && column->primary_key == TRI_TRUE)
        sql_put_text(sql, " PRIMARY KEY");
    if (op->inline_references == TRI_TRUE)
        VEC_EACH (ForeignKey *, each, &column->foreign_keys) {
            sql_put_text(sql, " ");
            ddl_put_references(ddl, (*each)->constraint);
        }
    return ddl_end(ddl);
}

static bool add_column_rest(Ddl *ddl, const AddColumn *op, const Table *table)
{
    VEC_EACH (Constraint *, each, &table->constraints) {
        bool inlined = (*each)->kind == CONSTRAINT_FOREIGN_KEY && op->inline_references == TRI_TRUE;
        if (!inlined && (*each)->kind != CONSTRAINT_PRIMARY_KEY && !add_constraint(ddl, *each))
            return false;
    }
    VEC_EACH (Index *, each, &table->indexes)
        if (!ddl_create_index(ddl, *each, false))
            return false;
    return true;
}

bool add_column_table(Arena *arena, const AddColumn *op, Table **table, Error *err)
{
    if (op->table_made) {
        *table = op->table_made;
        return true;
    }
    return op_table(arena, op->table, NULL, table, err) &&
           table_add_column(arena, *table, column_copy(arena, op->column), err);
}

static bool add_column_sql(Ddl *ddl, const Op *op)
{
    const AddColumn *add = (const AddColumn *)(const void *)op;
    Table *table;
    if (!add_column_table(ddl->arena, add, &table, ddl->err))
        return false;
    const Column *column = table->columns.items[0];
    if (!add_column_statement(ddl, add, column) || !add_column_rest(ddl, add, table))
        return false;
    bool comments = ddl->dialect->supports_comments && !ddl->dialect->inline_comments;
    return !comments || !str_given(column->comment) || !column->comment.len ||
           ddl_column_comment(ddl, table->schema, table->name, column->name, column->comment);
}

static bool add_column_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const AddColumn *add = (const AddColumn *)(const void *)op;
    DropColumn *drop = op_new(arena, &drop_column_def);
    drop->table = add->table;
    drop->column = add->column->name;
    drop->if_exists = add->if_not_exists;
    drop->reverse = add->column;
    *reversed = &drop->op;
    return true;
}

static bool drop_column_sql(Ddl *ddl, const Op *op)
{
    const DropColumn *drop = (const DropColumn *)(const void *)op;
    sql_put(&ddl->sql, "ALTER TABLE @ DROP COLUMN @@",
            sql_table(drop->table.schema, drop->table.name),
            sql_keyword(drop->if_exists == TRI_TRUE ? "IF EXISTS " : ""), sql_name(drop->column));
    return ddl_end(ddl);
}

static bool drop_column_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const DropColumn *drop = (const DropColumn *)(const void *)op;
    if (!drop->reverse)
        return fail_at(err, ERR_SCHEMA, op->head.loc,
                       "cannot undo drop_column of '%.*s': its type is not known",
                       STR_ARG(drop->column.text));
    AddColumn *add = op_new(arena, &add_column_def);
    add->table = drop->table;
    add->column = drop->reverse;
    add->if_not_exists = drop->if_exists;
    *reversed = &add->op;
    return true;
}

/* The CHECKs that a Boolean or an Enum type brings along: the old type's go, the new one's come. */
static bool alter_type_checks(Ddl *ddl, const AlterColumn *op, Type *type, bool drop)
{
    Table *table;
    Column *column = column_new(ddl->arena, op->column, type);
    if (!op_table(ddl->arena, op->table, NULL, &table, ddl->err) ||
        !table_add_column(ddl->arena, table, column, ddl->err))
        return false;
    bool mysql = ddl->dialect->id == DIALECT_MYSQL || ddl->dialect->id == DIALECT_MARIADB;
    bool kept = ddl->dialect->id == DIALECT_SQLITE || (drop && mysql);
    VEC_EACH (Constraint *, each, &table->constraints) {
        if (kept || ddl_skips_check(ddl, *each))
            continue;
        if (!(drop ? ddl_drop_constraint(ddl, *each, false, false) : add_constraint(ddl, *each)))
            return false;
    }
    return true;
}

static bool alter_column_sql(Ddl *ddl, const Op *op)
{
    const AlterColumn *alter = (const AlterColumn *)(const void *)op;
    if (alter->type && alter->existing_type &&
        !alter_type_checks(ddl, alter, alter->existing_type, true))
        return false;
    if (!ddl_alter_column(ddl, alter))
        return false;
    return !alter->type || alter_type_checks(ddl, alter, alter->type, false);
}

static bool alter_column_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const AlterColumn *alter = (const AlterColumn *)(const void *)op;
    AlterColumn *back = op_new(arena, &alter_column_def);
    bool renamed = name_given(alter->new_name);
    back->table = alter->table;
    back->options = alter->options;
    back->autoincrement = alter->autoincrement;
    back->existing_autoincrement = alter->existing_autoincrement;
    back->column = renamed ? alter->new_name : alter->column;
    back->new_name = renamed ? alter->column : (Name){ .quote = TRI_NONE };
    back->existing_type = alter->type ? alter->type : alter->existing_type;
    back->type = alter->type ? alter->existing_type : NULL;
    bool nulls = alter->nullable != TRI_NONE;
    back->existing_nullable = nulls ? alter->nullable : alter->existing_nullable;
    back->nullable = nulls ? alter->existing_nullable : TRI_NONE;
    bool defaults = !datum_is_false(&alter->server_default);
    back->existing_server_default =
        defaults ? alter->server_default : alter->existing_server_default;
    if (defaults)
        back->server_default = alter->existing_server_default;
    if (!datum_is_false(&alter->comment)) {
        back->comment = str_given(alter->existing_comment) ? datum_str(alter->existing_comment)
                                                           : (Datum){ .kind = DATUM_NONE };
        back->existing_comment = alter->comment.kind == DATUM_STR ? alter->comment.text : STR_NONE;
    } else {
        back->existing_comment = alter->existing_comment;
    }
    *reversed = &back->op;
    return true;
}

static const Field add_column_fields[] = {
    FIELD(AddColumn, table.name, "table_name"),
    LINK(AddColumn, column, "column", &column_record),
    FIELD(AddColumn, table.schema, "schema"),
    FIELD(AddColumn, if_not_exists, "if_not_exists"),
    FIELD(AddColumn, inline_references, "inline_references"),
    FIELD(AddColumn, inline_primary_key, "inline_primary_key"),
    FIELD(AddColumn, insert_before, "insert_before"),
    FIELD(AddColumn, insert_after, "insert_after"),
    FIELD(AddColumn, options, "kw"),
};
static const Field drop_column_fields[] = {
    FIELD(DropColumn, table.name, "table_name"),
    FIELD(DropColumn, column, "column_name"),
    FIELD(DropColumn, table.schema, "schema"),
    FIELD(DropColumn, if_exists, "if_exists"),
    FIELD(DropColumn, options, "kw"),
};
static const Field alter_column_fields[] = {
    FIELD(AlterColumn, table.name, "table_name"),
    FIELD(AlterColumn, column, "column_name"),
    FIELD(AlterColumn, nullable, "nullable"),
    FIELD(AlterColumn, comment, "comment"),
    FIELD(AlterColumn, server_default, "server_default"),
    FIELD(AlterColumn, new_name, "new_column_name"),
    LINK(AlterColumn, type, "type_", &type_classes[TYPE_ENGINE].record),
    LINK(AlterColumn, existing_type, "existing_type", &type_classes[TYPE_ENGINE].record),
    FIELD(AlterColumn, existing_server_default, "existing_server_default"),
    FIELD(AlterColumn, existing_nullable, "existing_nullable"),
    FIELD(AlterColumn, existing_comment, "existing_comment"),
    FIELD(AlterColumn, table.schema, "schema"),
    FIELD(AlterColumn, autoincrement, "autoincrement"),
    FIELD(AlterColumn, existing_autoincrement, "existing_autoincrement"),
    FIELD(AlterColumn, insert_before, "insert_before"),
    FIELD(AlterColumn, insert_after, "insert_after"),
    FIELD(AlterColumn, options, "kw"),
};

const OpDef add_column_def = {
    .kind = OP_ADD_COLUMN,
    .record = RECORD(AddColumn,
                     "add_column(table_name, column, schema=None, if_not_exists=None, "
                     "inline_references=None, inline_primary_key=None, insert_before=None, "
                     "insert_after=None, **kw)",
                     add_column_fields, .name = "add_column", .doc = "Add a column to a table."),
    .sql = add_column_sql,
    .reverse = add_column_reverse,
    .batch = "add_column(column, insert_before=None, insert_after=None, if_not_exists=None, "
             "inline_references=None, inline_primary_key=None, **kw)",
};
const OpDef drop_column_def = {
    .kind = OP_DROP_COLUMN,
    .record = RECORD(DropColumn,
                     "drop_column(table_name, column_name, schema=None, if_exists=None, **kw)",
                     drop_column_fields, .name = "drop_column", .doc = "Drop a column of a table."),
    .sql = drop_column_sql,
    .reverse = drop_column_reverse,
    .batch = "drop_column(column_name, if_exists=None, **kw)",
};
const OpDef alter_column_def = {
    .kind = OP_ALTER_COLUMN,
    .record = RECORD(AlterColumn,
                     "alter_column(table_name, column_name, nullable=None, comment=False, "
                     "server_default=False, new_column_name=None, type_=None, existing_type=None, "
                     "existing_server_default=False, existing_nullable=None, "
                     "existing_comment=None, schema=None, autoincrement=None, "
                     "existing_autoincrement=None, insert_before=None, insert_after=None, **kw)",
                     alter_column_fields, .name = "alter_column",
                     .doc = "Change a column: its type, its default, its name."),
    .sql = alter_column_sql,
    .reverse = alter_column_reverse,
    .batch = "alter_column(column_name, nullable=None, comment=False, server_default=False, "
             "new_column_name=None, type_=None, existing_type=None, "
             "existing_server_default=False, existing_nullable=None, existing_comment=None, "
             "autoincrement=None, existing_autoincrement=None, insert_before=None, "
             "insert_after=None, **kw)",
};
