/* SPDX-License-Identifier: MIT */
/* The facets of alter_column. */
#include "sql/ddl.h"

static SqlArg op_table(const AlterColumn *op)
{
    return sql_table(op->table.schema, op->table.name);
}

bool ddl_alter_nullable(Ddl *ddl, const AlterColumn *op)
{
    if (op->nullable == TRI_NONE)
        return true;
    sql_put(&ddl->sql, "ALTER TABLE @ ALTER COLUMN @ @ NOT NULL", op_table(op),
            sql_name(op->column), sql_keyword(op->nullable == TRI_TRUE ? "DROP" : "SET"));
    return ddl_end(ddl);
}

static bool alter_computed(Ddl *ddl, const AlterColumn *op)
{
    return fail(ddl->err, ERR_SCHEMA,
                "Adding or removing a \"computed\" construct, e.g. GENERATED ALWAYS AS, to or from "
                "an existing column is not supported.");
}

/* "SET GENERATED ..." and "SET INCREMENT BY ...", what is given of both. */
static void put_identity_changes(Ddl *ddl, const SequenceOptions *options)
{
    Sql outer = ddl->sql;
    ddl->sql = sql_nested(&outer);
    ddl_put_sequence_options(ddl, options);
    Str text = sql_take(&ddl->sql);
    ddl->sql = outer;
    if (options->always != TRI_NONE)
        sql_put(&ddl->sql, " SET GENERATED @",
                sql_keyword(options->always == TRI_TRUE ? "ALWAYS" : "BY DEFAULT"));
    if (text.len)
        sql_put(&ddl->sql, " SET @", sql_raw(text));
}

static bool alter_identity(Ddl *ddl, const AlterColumn *op)
{
    bool was = default_kind(&op->existing_server_default) == DEFAULT_IDENTITY;
    bool becomes = default_kind(&op->server_default) == DEFAULT_IDENTITY;
    const Identity *identity = becomes ? op->server_default.record.object : NULL;
    sql_put(&ddl->sql, "ALTER TABLE @ ALTER COLUMN @", op_table(op), sql_name(op->column));
    if (!becomes) {
        sql_put_text(&ddl->sql, " DROP IDENTITY");
    } else if (was) {
        put_identity_changes(ddl, &identity->options);
    } else {
        sql_put_text(&ddl->sql, " ADD ");
        ddl_put_identity(ddl, identity);
    }
    return ddl_end(ddl);
}

bool ddl_alter_default(Ddl *ddl, const AlterColumn *op)
{
    if (datum_is_false(&op->server_default))
        return true;
    DefaultKind now = default_kind(&op->server_default);
    DefaultKind was = default_kind(&op->existing_server_default);
    if (now == DEFAULT_COMPUTED || was == DEFAULT_COMPUTED)
        return alter_computed(ddl, op);
    if (now == DEFAULT_IDENTITY || was == DEFAULT_IDENTITY)
        return alter_identity(ddl, op);
    Str text = ddl_default(ddl, &op->server_default, op->type ? op->type : op->existing_type);
    sql_put(&ddl->sql, "ALTER TABLE @ ALTER COLUMN @ ", op_table(op), sql_name(op->column));
    if (str_given(text))
        sql_put(&ddl->sql, "SET DEFAULT @", sql_raw(text));
    else
        sql_put_text(&ddl->sql, "DROP DEFAULT");
    return ddl_end(ddl);
}

bool ddl_alter_type(Ddl *ddl, const AlterColumn *op)
{
    if (!op->type)
        return true;
    sql_put(&ddl->sql, "ALTER TABLE @ ALTER COLUMN @ TYPE @", op_table(op), sql_name(op->column),
            sql_type(op->type));
    return ddl_end(ddl);
}

bool ddl_alter_comment(Ddl *ddl, const AlterColumn *op)
{
    if (datum_is_false(&op->comment))
        return true;
    Str comment = op->comment.kind == DATUM_STR ? op->comment.text : STR_NONE;
    return ddl_column_comment(ddl, op->table.schema, op->table.name, op->column, comment);
}

bool ddl_rename_column(Ddl *ddl, const AlterColumn *op)
{
    if (!name_given(op->new_name))
        return true;
    const DdlParts *parts = ddl->dialect->parts;
    const char *words = parts && parts->rename_column ? parts->rename_column : "RENAME @ TO @";
    sql_put(&ddl->sql, "ALTER TABLE @ ", op_table(op));
    sql_put(&ddl->sql, words, sql_name(op->column), sql_name(op->new_name));
    return ddl_end(ddl);
}

bool ddl_alter_column(Ddl *ddl, const AlterColumn *op)
{
    const DdlParts *parts = ddl->dialect->parts;
    if (parts && parts->alter_column)
        return parts->alter_column(ddl, op);
    return ddl_alter_nullable(ddl, op) && ddl_alter_default(ddl, op) && ddl_alter_type(ddl, op) &&
           ddl_alter_comment(ddl, op) && ddl_rename_column(ddl, op);
}
