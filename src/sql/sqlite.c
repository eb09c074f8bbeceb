/* SPDX-License-Identifier: MIT */
#include "sql/ddl.h"

static const char *const reserved[] = {
    "add",          "after",
    "all",          "alter",
    "analyze",      "and",
    "as",           "asc",
    "attach",       "autoincrement",
    "before",       "begin",
    "between",      "by",
    "cascade",      "case",
    "cast",         "check",
    "collate",      "column",
    "commit",       "conflict",
    "constraint",   "create",
    "cross",        "current_date",
    "current_time", "current_timestamp",
    "database",     "default",
    "deferrable",   "deferred",
    "delete",       "desc",
    "detach",       "distinct",
    "drop",         "each",
    "else",         "end",
    "escape",       "except",
    "exclusive",    "exists",
    "explain",      "fail",
    "false",        "for",
    "foreign",      "from",
    "full",         "glob",
    "group",        "having",
    "if",           "ignore",
    "immediate",    "in",
    "index",        "indexed",
    "initially",    "inner",
    "insert",       "instead",
    "intersect",    "into",
    "is",           "isnull",
    "join",         "key",
    "left",         "like",
    "limit",        "match",
    "natural",      "not",
    "notnull",      "null",
    "of",           "offset",
    "on",           "or",
    "order",        "outer",
    "plan",         "pragma",
    "primary",      "query",
    "raise",        "references",
    "reindex",      "rename",
    "replace",      "restrict",
    "right",        "rollback",
    "row",          "select",
    "set",          "table",
    "temp",         "temporary",
    "then",         "to",
    "transaction",  "trigger",
    "true",         "union",
    "unique",       "update",
    "using",        "vacuum",
    "values",       "view",
    "virtual",      "when",
    "where",
};

static const TypeSql types[] = {
    { TYPE_JSON, "JSON", NULL },       { TYPE_PG_JSON, "JSON", NULL },
    { TYPE_MYSQL_JSON, "JSON", NULL }, { TYPE_SQLITE_JSON, "JSON", NULL },
    { TYPE_NULL, NULL, NULL },
};

static bool refuse_constraint(Ddl *ddl, const Op *op)
{
    return fail(ddl->err, ERR_SCHEMA,
                "NotImplementedError: No support for ALTER of constraints in SQLite dialect. "
                "Please refer to the batch mode feature which allows for SQLite migrations using a "
                "copy-and-move strategy.");
}

static bool (*const overrides[OP_KIND_COUNT])(Ddl *ddl, const Op *op) = {
    [OP_CREATE_PRIMARY_KEY] = refuse_constraint, [OP_CREATE_FOREIGN_KEY] = refuse_constraint,
    [OP_CREATE_UNIQUE] = refuse_constraint,      [OP_CREATE_CHECK] = refuse_constraint,
    [OP_CREATE_EXCLUDE] = refuse_constraint,     [OP_DROP_CONSTRAINT] = refuse_constraint,
};

/* SQLite takes a bare word, number or literal; anything else wants brackets. */
static bool default_needs_brackets(Str text)
{
    Str trimmed = str_trim_left(text);
    if (trimmed.len && strchr("'\"(", trimmed.ptr[0]))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!char_is_alnum(text.ptr[i]) && text.ptr[i] != '_' && (unsigned char)text.ptr[i] < 0x80)
            return true;
    return false;
}

static bool wants_autoincrement(const Table *table)
{
    const Datum *option = table ? options_get(&table->options, STR("sqlite_autoincrement")) : NULL;
    return option && option->kind == DATUM_BOOL && option->truth;
}

/*
 * "INTEGER PRIMARY KEY AUTOINCREMENT" can only be said inside the column; "INTEGER PRIMARY KEY
 * DESC" makes a column that is not the rowid only there.
 */
static bool is_inline_key(const Table *table, const Column *column)
{
    if (!table || table->primary_key->columns.len != 1)
        return false;
    if (table->primary_key->inline_)
        return column && column->primary_key == TRI_TRUE;
    if (!wants_autoincrement(table))
        return false;
    return column && column->primary_key == TRI_TRUE && type_is(column->type, TYPE_INTEGER) &&
           column->foreign_keys.len == 0;
}

static void put_conflict(Ddl *ddl, const Options *options, const char *name)
{
    Str action = ddl_option_str(ddl, options, name);
    if (str_given(action))
        sql_put(&ddl->sql, " ON CONFLICT @", sql_raw(action));
}

/* The key as it stands in its column; its name only where the database has it. */
static void put_inline_key(Ddl *ddl, const Constraint *key, const Column *column)
{
    if (key->reflected && name_given(key->name))
        sql_put(&ddl->sql, " CONSTRAINT @", sql_name(key->name));
    sql_put_text(&ddl->sql, " PRIMARY KEY");
    if (key->inline_)
        sql_put(&ddl->sql, " @", sql_raw(key->column_words.items[0]));
    bool own = ddl_option(ddl, &key->options, "on_conflict") != NULL;
    put_conflict(ddl, own ? &key->options : &column->options,
                 own ? "on_conflict" : "on_conflict_primary_key");
    if (!key->inline_)
        sql_put_text(&ddl->sql, " AUTOINCREMENT");
}

static void put_column_key(Ddl *ddl, const Column *column)
{
    const Table *table = column->table;
    if (column->primary_key == TRI_TRUE && column->autoincrement == AUTOINCREMENT_TRUE && table &&
        table->primary_key->columns.len > 1) {
        fail(ddl->err, ERR_SCHEMA,
             "SQLite does not support autoincrement for composite primary keys");
        return;
    }
    if (is_inline_key(table, column))
        put_inline_key(ddl, table->primary_key, column);
}

static void put_column(Ddl *ddl, const Column *column)
{
    Sql *sql = &ddl->sql;
    sql_put(sql, "@ @", sql_name(column->name), sql_type(column->type));
    Str text = ddl_default(ddl, &column->server_default, column->type);
    if (str_given(text))
        sql_put(sql, default_needs_brackets(text) ? " DEFAULT (@)" : " DEFAULT @", sql_raw(text));
    if (!column_nullable(column)) {
        sql_put_text(sql, " NOT NULL");
        put_conflict(ddl, &column->options, "on_conflict_not_null");
    }
    put_column_key(ddl, column);
    if (column->computed) {
        sql_put_text(sql, " ");
        ddl_put_computed(ddl, column->computed);
    }
}

static void put_table_options(Ddl *ddl, const Table *table)
{
    const Datum *rowid = ddl_option(ddl, &table->options, "with_rowid");
    bool without = rowid && rowid->kind == DATUM_BOOL && !rowid->truth;
    bool strict = ddl_option_true(ddl, &table->options, "strict");
    if (without)
        sql_put_text(&ddl->sql, "\n WITHOUT ROWID");
    if (strict)
        sql_put_text(&ddl->sql, without ? ",\n STRICT" : "\n STRICT");
}

/* Also: a foreign key cannot leave its schema (an attached database). */
static bool skips(const Table *table, const Constraint *constraint)
{
    if (constraint->kind == CONSTRAINT_PRIMARY_KEY && constraint->columns.len == 1)
        return is_inline_key(table, table_column(table, constraint->columns.items[0]));
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY)
        return false;
    Str schema = constraint->ref ? constraint->ref->schema.text : constraint->ref_schema;
    return !str_eq(schema, table->schema.text);
}

static void put_constraint_words(Ddl *ddl, const Constraint *constraint, ConstraintSlot slot)
{
    if (slot != SLOT_END || constraint->kind == CONSTRAINT_FOREIGN_KEY)
        return;
    if (ddl_option(ddl, &constraint->options, "on_conflict")) {
        put_conflict(ddl, &constraint->options, "on_conflict");
        return;
    }
    if (constraint->columns.len != 1 || !constraint->table)
        return;
    const Column *column = table_column(constraint->table, constraint->columns.items[0]);
    if (!column)
        return;
    if (constraint->kind == CONSTRAINT_UNIQUE)
        put_conflict(ddl, &column->options, "on_conflict_unique");
    else if (constraint->kind == CONSTRAINT_PRIMARY_KEY)
        put_conflict(ddl, &column->options, "on_conflict_primary_key");
}

static void put_create_index(Ddl *ddl, const Index *index, Name name, bool if_not_exists)
{
    Sql *sql = &ddl->sql;
    sql_put(sql, "CREATE @INDEX @@ ON @ (", sql_keyword(index->unique == TRI_TRUE ? "UNIQUE " : ""),
            sql_keyword(if_not_exists ? "IF NOT EXISTS " : ""),
            sql_table(index->table->schema, name), sql_name(index->table->name));
    ddl_put_index_parts(ddl, index, NULL);
    sql_put_text(sql, ")");
    const Datum *where = ddl_option(ddl, &index->options, "where");
    if (where) {
        sql_put_text(sql, " WHERE ");
        ddl_put_datum_expr(ddl, where);
    }
}

/* All that SQLite can alter of a column is its name. */
static bool alter_column(Ddl *ddl, const AlterColumn *op)
{
    bool facets = op->nullable != TRI_NONE || op->type || !datum_is_false(&op->server_default) ||
                  !datum_is_false(&op->comment);
    if (!facets)
        return ddl_rename_column(ddl, op);
    fail(ddl->err, ERR_COMMAND, "SQLite can only rename a column, not alter '%.*s.%.*s' in place",
         STR_ARG(op->table.name.text), STR_ARG(op->column.text));
    return error_remedy(ddl->err, "use op.batch_alter_table, which rebuilds the table");
}

static const DdlParts parts = {
    .column = put_column,
    .alter_column = alter_column,
    .table_options = put_table_options,
    .skips = skips,
    .constraint_words = put_constraint_words,
    .create_index = put_create_index,
    .rename_column = "RENAME COLUMN @ TO @",
};

const Dialect sqlite_dialect = {
    .id = DIALECT_SQLITE,
    .name = "sqlite",
    .driver = "pysqlite",
    .quoting = { '"', '"', RESERVED(reserved) },
    .max_identifier = 9999,
    .paramstyle = "qmark",
    .types = types,
    .overrides = overrides,
    .parts = &parts,
    .insert_returning = true,
    .true_ = "1",
    .false_ = "0",
    .default_schema = "main",
    .empty_insert = "DEFAULT VALUES",
};
