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

static void put_set(Ddl *ddl, const SequenceOptions *option)
{
    sql_put_text(&ddl->sql, " SET ");
    ddl_put_sequence_options(ddl, option);
}

static bool opt_int_changes(OptInt from, OptInt to)
{
    return to.given && !(from.given && from.value == to.value);
}

/* What the new identity says otherwise than the old one, in the order of the options' names. */
static void put_identity_changes(Ddl *ddl, const SequenceOptions *from, const SequenceOptions *to)
{
    if (to->always != from->always)
        sql_put(&ddl->sql, " SET GENERATED @",
                sql_keyword(to->always == TRI_TRUE ? "ALWAYS" : "BY DEFAULT"));
    if (opt_int_changes(from->cache, to->cache))
        put_set(ddl, &(SequenceOptions){ .cache = to->cache });
    if (to->cycle != TRI_NONE && to->cycle != from->cycle)
        put_set(ddl, &(SequenceOptions){ .cycle = to->cycle });
    if (opt_int_changes(from->increment, to->increment))
        put_set(ddl, &(SequenceOptions){ .increment = to->increment });
    if (opt_int_changes(from->maxvalue, to->maxvalue))
        put_set(ddl, &(SequenceOptions){ .maxvalue = to->maxvalue });
    if (opt_int_changes(from->minvalue, to->minvalue))
        put_set(ddl, &(SequenceOptions){ .minvalue = to->minvalue });
    if (to->nomaxvalue == TRI_TRUE && from->nomaxvalue != TRI_TRUE)
        put_set(ddl, &(SequenceOptions){ .nomaxvalue = TRI_TRUE });
    if (to->nominvalue == TRI_TRUE && from->nominvalue != TRI_TRUE)
        put_set(ddl, &(SequenceOptions){ .nominvalue = TRI_TRUE });
    if (opt_int_changes(from->start, to->start))
        put_set(ddl, &(SequenceOptions){ .start = to->start });
}

/* What is not known to have been something else is taken to be an identity already. */
static bool alter_identity(Ddl *ddl, const AlterColumn *op)
{
    static const Identity unknown = { .dialect_options = { .map = { .len = 0 } } };
    bool was = default_kind(&op->existing_server_default) == DEFAULT_IDENTITY;
    bool becomes = default_kind(&op->server_default) == DEFAULT_IDENTITY;
    const Identity *from = was ? op->existing_server_default.record.object : &unknown;
    sql_put(&ddl->sql, "ALTER TABLE @ ALTER COLUMN @", op_table(op), sql_name(op->column));
    if (!becomes) {
        sql_put_text(&ddl->sql, " DROP IDENTITY");
    } else if (was || datum_is_false(&op->existing_server_default)) {
        SequenceOptions to = ((const Identity *)op->server_default.record.object)->options;
        SequenceOptions now = from->options;
        to.always = to.always == TRI_TRUE ? TRI_TRUE : was ? TRI_FALSE : to.always;
        now.always = now.always == TRI_TRUE ? TRI_TRUE : was ? TRI_FALSE : TRI_NONE;
        put_identity_changes(ddl, &now, &to);
    } else {
        sql_put_text(&ddl->sql, " ADD ");
        ddl_put_identity(ddl, op->server_default.record.object);
    }
    return ddl_end(ddl);
}

bool ddl_alter_default(Ddl *ddl, const AlterColumn *op)
{
    if (datum_is_false(&op->server_default))
        return true;
    DefaultKind now = default_kind(&op->server_default);
    DefaultKind was = default_kind(&op->existing_server_default);
    if (now == DEFAULT_SEQUENCE)
        return fail(ddl->err, ERR_SCRIPT,
                    "server_default takes text, an expression, Identity or Computed, not a "
                    "Sequence: write sequence.next_value()");
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
    if (!ddl->dialect->supports_comments)
        return fail(ddl->err, ERR_SCHEMA, "%s has no comments on columns", ddl->dialect->name);
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
