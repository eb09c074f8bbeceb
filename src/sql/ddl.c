/* SPDX-License-Identifier: MIT */
#include "sql/ddl.h"

Ddl ddl_begin(Arena *arena, const Dialect *dialect, Error *err)
{
    Ddl ddl = {
        .arena = arena,
        .dialect = dialect,
        .err = err,
        .naming = {
            .max_constraint = dialect->max_constraint,
            .max_index = dialect->max_index,
            .max_identifier = dialect->max_identifier,
        },
    };
    ddl.sql = sql_begin(arena, dialect, err);
    return ddl;
}

Sql *ddl_start(Ddl *ddl)
{
    ddl->sql = sql_begin(ddl->arena, ddl->dialect, ddl->err);
    ddl->sql.calls = ddl->calls;
    ddl->sql.double_percent = ddl->double_percent;
    ddl->naming.calls = ddl->calls;
    return &ddl->sql;
}

bool ddl_end(Ddl *ddl)
{
    if (!sql_ok(&ddl->sql))
        return false;
    Statement statement = {
        .text = sql_take(&ddl->sql),
        .params = ddl->sql.params,
        .op = ddl->op,
    };
    if (ddl->op)
        statement.loc = ddl->op->head.loc;
    VEC_PUSH(ddl->arena, &ddl->statements, statement);
    ddl_start(ddl);
    return true;
}

/* Ends a statement that a script's @compiles may rewrite. */
static bool end_element(Ddl *ddl, const char *name, const void *object)
{
    const ScriptCalls *calls = ddl->calls;
    if (!calls || !calls->element || !sql_ok(&ddl->sql))
        return ddl_end(ddl);
    Str text = sql_take(&ddl->sql);
    if (!calls->element(calls->context, ddl->arena, name, object, str_from(ddl->dialect->name),
                        &text, ddl->err))
        return false;
    sql_put(&ddl->sql, "@", sql_raw(text));
    return ddl_end(ddl);
}

/* What is written within a statement cannot be rewritten: a function for it is refused. */
static bool check_columns(Ddl *ddl)
{
    const ScriptCalls *calls = ddl->calls;
    Str text = STR("");
    return !calls || !calls->element ||
           calls->element(calls->context, ddl->arena, "CreateColumn", NULL,
                          str_from(ddl->dialect->name), &text, ddl->err);
}

bool ddl_compile(Ddl *ddl, const Op *op)
{
    const OpDef *def = op_def(op);
    bool (*const *overrides)(Ddl *, const Op *) = ddl->dialect->overrides;
    bool (*compile)(Ddl *, const Op *) = overrides ? overrides[def->kind] : NULL;
    if (!compile)
        compile = def->sql;
    ddl->op = op;
    ddl_start(ddl);
    bool ok = compile(ddl, op) && !error_set(ddl->err);
    return ok || error_at(ddl->err, op->head.loc);
}

bool ddl_skips_check(const Ddl *ddl, const Constraint *constraint)
{
    const Type *type = constraint->of_type;
    if (!type)
        return false;
    const Type *column_type = constraint->of_column ? constraint->of_column->type : type;
    const Type *here = type_for(column_type, str_from(ddl->dialect->name));
    if (here != column_type && here != type)
        return true;
    if (type_is(type, TYPE_BOOLEAN))
        return ddl->dialect->native_boolean;
    return ddl->dialect->native_enum && type->native_enum != TRI_FALSE;
}

static bool constraint_skipped(const Ddl *ddl, const Table *table, const Constraint *constraint)
{
    bool alters = ddl->dialect->id != DIALECT_SQLITE;
    if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->use_alter == TRI_TRUE && alters)
        return true;
    if (ddl_skips_check(ddl, constraint))
        return true;
    const DdlParts *parts = ddl->dialect->parts;
    return parts && parts->skips && parts->skips(table, constraint);
}

static void put_columns(Ddl *ddl, const Table *table, const char **separator)
{
    VEC_EACH (Column *, each, &table->columns) {
        if ((*each)->system == TRI_TRUE)
            continue;
        sql_put(&ddl->sql, "@\t", sql_keyword(*separator));
        *separator = ", \n";
        ddl_put_column(ddl, *each);
    }
}

/* A constraint that turns out empty (no columns) leaves no trace. */
static void put_constraint_item(Ddl *ddl, const Table *table, const Constraint *constraint,
                                const char **separator)
{
    bool keyed =
        constraint->kind == CONSTRAINT_PRIMARY_KEY || constraint->kind == CONSTRAINT_UNIQUE;
    if ((keyed && constraint->columns.len == 0) || constraint_skipped(ddl, table, constraint))
        return;
    sql_put(&ddl->sql, "@\t", sql_keyword(*separator));
    *separator = ", \n";
    ddl_put_constraint(ddl, constraint);
}

/* autoincrement=True on what no database can number. */
static bool check_autoincrement(Ddl *ddl, const Table *table)
{
    const Column *column = table_autoincrement_column(table);
    const Type *type = column ? column->type : NULL;
    if (!type || column->autoincrement != AUTOINCREMENT_TRUE || type_is(type, TYPE_DECORATOR) ||
        type_is(type, TYPE_INTEGER) || type_is(type, TYPE_NUMERIC))
        return true;
    Str text;
    if (!dialect_type(ddl->arena, ddl->dialect, ddl->calls, type, &text, ddl->err))
        return false;
    return fail_at(ddl->err, ERR_SCRIPT, column->head.loc,
                   "Column type %.*s on column '%.*s.%.*s' is not compatible with "
                   "autoincrement=True",
                   STR_ARG(text), STR_ARG(table->name.text), STR_ARG(column->name.text));
}

bool ddl_create_table(Ddl *ddl, const Table *table, bool if_not_exists)
{
    const char *separator = "\n";
    Sql *sql = &ddl->sql;
    if (!check_autoincrement(ddl, table) || !check_columns(ddl))
        return false;
    sql_put_text(sql, "\nCREATE ");
    VEC_EACH (const Str, each, &table->prefixes)
        sql_put(sql, "@ ", sql_raw(*each));
    sql_put(sql, if_not_exists ? "TABLE IF NOT EXISTS @ (" : "TABLE @ (",
            sql_table(table->schema, table->name));
    put_columns(ddl, table, &separator);
    put_constraint_item(ddl, table, table->primary_key, &separator);
    VEC_EACH (Constraint *, each, &table->constraints)
        if (*each != table->primary_key)
            put_constraint_item(ddl, table, *each, &separator);
    sql_put_text(sql, "\n)");
    if (ddl->dialect->parts && ddl->dialect->parts->table_options)
        ddl->dialect->parts->table_options(ddl, table);
    sql_put_text(sql, "\n\n");
    return end_element(ddl, "CreateTable", table);
}

static bool create_comments(Ddl *ddl, const Table *table)
{
    if (!ddl->dialect->supports_comments || ddl->dialect->inline_comments)
        return true;
    if (str_given(table->comment) && table->comment.len &&
        !ddl_table_comment(ddl, table->schema, table->name, table->comment))
        return false;
    VEC_EACH (Column *, each, &table->columns)
        if (str_given((*each)->comment) && (*each)->comment.len &&
            !ddl_column_comment(ddl, table->schema, table->name, (*each)->name, (*each)->comment))
            return false;
    return true;
}

bool ddl_create_types(Ddl *ddl, const Table *table)
{
    const DdlParts *parts = ddl->dialect->parts;
    return !parts || !parts->create_types || parts->create_types(ddl, table);
}

bool ddl_create_indexes(Ddl *ddl, const Table *table)
{
    VEC_EACH (Index *, each, &table->indexes)
        if (!ddl_create_index(ddl, *each, false))
            return false;
    return create_comments(ddl, table);
}

bool ddl_drop_table(Ddl *ddl, const Table *table, bool if_exists)
{
    sql_put(&ddl->sql, if_exists ? "\nDROP TABLE IF EXISTS @" : "\nDROP TABLE @",
            sql_table(table->schema, table->name));
    return end_element(ddl, "DropTable", table);
}

/* A length for one column (mysql_length=10, {"title": 10}), or its operator class. */
static void put_part_option(Ddl *ddl, const Index *index, Str column)
{
    const Datum *length = ddl_option(ddl, &index->options, "length");
    if (length && length->kind == DATUM_MAP)
        length = map_get(length->map, column);
    if (length && length->kind == DATUM_INT)
        sql_put(&ddl->sql, "(@)", sql_int(length->integer));
    const Datum *ops = ddl_option(ddl, &index->options, "ops");
    if (ops && ops->kind == DATUM_MAP)
        ops = map_get(ops->map, column);
    if (ops && ops->kind == DATUM_STR)
        sql_put(&ddl->sql, " @", sql_raw(ops->text));
}

/* By what postgresql_ops={...} names a part. */
static Str part_key(const IndexPart *part)
{
    if (!part->expr)
        return part->column;
    return part->expr->kind == EXPR_TEXT ? part->expr->text : part->expr->name.text;
}

void ddl_put_index_parts(Ddl *ddl, const Index *index, bool (*brackets)(const Expr *expr))
{
    for (size_t i = 0; i < index->parts.len; i++) {
        const IndexPart *part = &index->parts.items[i];
        const Column *column =
            !part->expr && index->table ? table_column(index->table, part->column) : NULL;
        if (i)
            sql_put_text(&ddl->sql, ", ");
        bool around = part->expr && brackets && brackets(part->expr);
        if (around)
            sql_put_text(&ddl->sql, "(");
        if (part->expr)
            ddl_put_expr(ddl, part->expr);
        else
            sql_put_name(&ddl->sql, column ? column->name : name_from(part->column));
        if (around)
            sql_put_text(&ddl->sql, ")");
        put_part_option(ddl, index, part_key(part));
    }
}

static void put_create_index(Ddl *ddl, const Index *index, Name name, bool if_not_exists)
{
    sql_put(&ddl->sql, "CREATE @INDEX @@ ON @ (",
            sql_keyword(index->unique == TRI_TRUE ? "UNIQUE " : ""),
            sql_keyword(if_not_exists ? "IF NOT EXISTS " : ""), sql_name(name),
            sql_table(index->table->schema, index->table->name));
    ddl_put_index_parts(ddl, index, NULL);
    sql_put_text(&ddl->sql, ")");
}

bool ddl_create_index(Ddl *ddl, const Index *index, bool if_not_exists)
{
    Name name;
    if (!index->table)
        return fail(ddl->err, ERR_SCHEMA, "Index '%.*s' is not associated with any table.",
                    STR_ARG(index->name.text));
    if (!naming_index(ddl->arena, &ddl->naming, index, &name, ddl->err))
        return false;
    if (!name_given(name))
        return fail(ddl->err, ERR_SCHEMA, "CREATE INDEX requires that the index have a name");
    const DdlParts *parts = ddl->dialect->parts;
    if (parts && parts->create_index)
        parts->create_index(ddl, index, name, if_not_exists);
    else
        put_create_index(ddl, index, name, if_not_exists);
    return end_element(ddl, "CreateIndex", index);
}

bool ddl_drop_index(Ddl *ddl, const Index *index, bool if_exists)
{
    Name name;
    if (!naming_index(ddl->arena, &ddl->naming, index, &name, ddl->err))
        return false;
    if (!name_given(name))
        return fail(ddl->err, ERR_SCHEMA, "DROP INDEX requires that the index have a name");
    const DdlParts *parts = ddl->dialect->parts;
    Name schema = index->table ? index->table->schema : (Name){ 0 };
    if (parts && parts->drop_index)
        parts->drop_index(ddl, index, name, if_exists);
    else
        sql_put(&ddl->sql, if_exists ? "\nDROP INDEX IF EXISTS @" : "\nDROP INDEX @",
                sql_table(schema, name));
    return end_element(ddl, "DropIndex", index);
}

bool ddl_add_constraint(Ddl *ddl, const Constraint *constraint)
{
    if (ddl_skips_check(ddl, constraint))
        return true;
    sql_put(&ddl->sql, "ALTER TABLE @ ADD ",
            sql_table(constraint->table->schema, constraint->table->name));
    ddl_put_constraint(ddl, constraint);
    return ddl_end(ddl);
}

bool ddl_drop_constraint(Ddl *ddl, const Constraint *constraint, bool if_exists, bool cascade)
{
    Name name;
    if (!naming_constraint(ddl->arena, &ddl->naming, constraint, &name, ddl->err))
        return false;
    const DdlParts *parts = ddl->dialect->parts;
    if (parts && parts->drop_constraint) {
        parts->drop_constraint(ddl, constraint, name, if_exists, cascade);
        return ddl_end(ddl);
    }
    if (!name_given(name))
        return fail(ddl->err, ERR_SCHEMA,
                    "Can't emit DROP CONSTRAINT for constraint of table '%.*s'; it has no name",
                    STR_ARG(constraint->table->name.text));
    sql_put(&ddl->sql, "ALTER TABLE @ DROP CONSTRAINT @@@",
            sql_table(constraint->table->schema, constraint->table->name),
            sql_keyword(if_exists ? "IF EXISTS " : ""), sql_name(name),
            sql_keyword(cascade ? " CASCADE" : ""));
    return ddl_end(ddl);
}

static void put_comment(Ddl *ddl, Str comment)
{
    if (str_given(comment))
        sql_put_literal(&ddl->sql, comment);
    else
        sql_put_text(&ddl->sql, "NULL");
}

bool ddl_table_comment(Ddl *ddl, Name schema, Name table, Str comment)
{
    const DdlParts *parts = ddl->dialect->parts;
    if (parts && parts->table_comment) {
        parts->table_comment(ddl, schema, table, comment);
        return ddl_end(ddl);
    }
    sql_put(&ddl->sql, "COMMENT ON TABLE @ IS ", sql_table(schema, table));
    put_comment(ddl, comment);
    return ddl_end(ddl);
}

bool ddl_column_comment(Ddl *ddl, Name schema, Name table, Name column, Str comment)
{
    sql_put(&ddl->sql, "COMMENT ON COLUMN @.@ IS ", sql_table(schema, table), sql_name(column));
    put_comment(ddl, comment);
    return ddl_end(ddl);
}

bool ddl_create_type(Ddl *ddl, const Type *type)
{
    const DdlParts *parts = ddl->dialect->parts;
    return !parts || !parts->create_type || parts->create_type(ddl, type);
}

bool ddl_drop_type(Ddl *ddl, const Type *type)
{
    const DdlParts *parts = ddl->dialect->parts;
    return !parts || !parts->drop_type || parts->drop_type(ddl, type);
}

bool ddl_create_sequence(Ddl *ddl, const Sequence *sequence, bool if_not_exists)
{
    Sql *sql = &ddl->sql;
    sql_put(sql, "CREATE SEQUENCE @@", sql_keyword(if_not_exists ? "IF NOT EXISTS " : ""),
            sql_table(name_from(sequence->schema), sequence->name));
    if (sequence->data_type && ddl->dialect->id == DIALECT_POSTGRESQL)
        sql_put(sql, " AS @", sql_type(sequence->data_type));
    size_t before = sql->buf.len;
    sql_put_text(sql, " ");
    ddl_put_sequence_options(ddl, &sequence->options);
    if (sql->buf.len == before + 1)
        buf_truncate(&sql->buf, before);
    return ddl_end(ddl);
}

bool ddl_drop_sequence(Ddl *ddl, const Sequence *sequence, bool if_exists)
{
    sql_put(&ddl->sql, "DROP SEQUENCE @@", sql_keyword(if_exists ? "IF EXISTS " : ""),
            sql_table(name_from(sequence->schema), sequence->name));
    return ddl_end(ddl);
}
