/* SPDX-License-Identifier: MIT */
/* MySQL and MariaDB. */
#include "sql/ddl.h"
#include "sql/reserved.h"

/* Character set and collation, or the older words for them, behind a text type. */
static bool put_text_type(Sql *sql, const Type *type, const char *text)
{
    if (type->national == TRI_TRUE) {
        sql_put_text(sql, "NATIONAL ");
        return sql_put_type_template(sql, type, text) &&
               sql_put_type_template(sql, type, "[ COLLATE {collate}]");
    }
    if (!sql_put_type_template(sql, type, text))
        return false;
    if (str_given(type->charset))
        sql_put(sql, " CHARACTER SET @", sql_raw(type->charset));
    else if (type->ascii == TRI_TRUE)
        sql_put_text(sql, " ASCII");
    else if (type->unicode == TRI_TRUE)
        sql_put_text(sql, " UNICODE");
    if (str_given(type->collation))
        sql_put(sql, " COLLATE @", sql_raw(type->collation));
    else if (type->binary == TRI_TRUE)
        sql_put_text(sql, " BINARY");
    return true;
}

static void put_value_list(Sql *sql, const Type *type, const char *word)
{
    sql_put(sql, "@(", sql_keyword(word));
    for (size_t i = 0; i < type->values.len; i++)
        sql_put(sql, i ? ",@" : "@", sql_literal(type->values.items[i]));
    sql_put_text(sql, ")");
}

static bool put_enum(Sql *sql, const Type *type, const char *text)
{
    if (type->native_enum == TRI_FALSE) {
        sql_put(sql, "VARCHAR(@)", sql_int(type_enum_length(type)));
        return true;
    }
    put_value_list(sql, type, "ENUM");
    return put_text_type(sql, type, "");
}

static bool put_set(Sql *sql, const Type *type, const char *text)
{
    put_value_list(sql, type, "SET");
    return put_text_type(sql, type, "");
}

#define NUMBER "[ UNSIGNED{unsigned}][ ZEROFILL{zerofill}]"
#define WIDTH "[({display_width})]" NUMBER
#define SCALED "[({precision}[, {scale}])]" NUMBER
#define BOTH "[({precision}, {scale})]" NUMBER

static const TypeSql types[] = {
    { TYPE_STRING, "VARCHAR({length})", put_text_type },
    { TYPE_UNICODE, "VARCHAR({length})", put_text_type },
    { TYPE_TEXT, "TEXT[({length})]", put_text_type },
    { TYPE_UNICODE_TEXT, "TEXT[({length})]", put_text_type },
    { TYPE_SQL_VARCHAR, "VARCHAR({length})", put_text_type },
    { TYPE_SQL_CHAR, "CHAR[({length})]", put_text_type },
    { TYPE_SQL_NVARCHAR, "NATIONAL VARCHAR({length})", put_text_type },
    { TYPE_SQL_NCHAR, "NATIONAL CHAR[({length})]", put_text_type },
    { TYPE_SQL_TEXT, "TEXT[({length})]", put_text_type },
    { TYPE_MYSQL_VARCHAR, "VARCHAR({length})", put_text_type },
    { TYPE_MYSQL_CHAR, "CHAR[({length})]", put_text_type },
    { TYPE_MYSQL_NVARCHAR, "NATIONAL VARCHAR({length})", put_text_type },
    { TYPE_MYSQL_NCHAR, "NATIONAL CHAR[({length})]", put_text_type },
    { TYPE_MYSQL_TEXT, "TEXT[({length})]", put_text_type },
    { TYPE_MYSQL_TINYTEXT, "TINYTEXT", put_text_type },
    { TYPE_MYSQL_MEDIUMTEXT, "MEDIUMTEXT", put_text_type },
    { TYPE_MYSQL_LONGTEXT, "LONGTEXT", put_text_type },
    { TYPE_ENUM, NULL, put_enum },
    { TYPE_PG_ENUM, NULL, put_enum },
    { TYPE_MYSQL_ENUM, NULL, put_enum },
    { TYPE_MYSQL_SET, NULL, put_set },
    { TYPE_MYSQL_INTEGER, "INTEGER" WIDTH, NULL },
    { TYPE_MYSQL_BIGINT, "BIGINT" WIDTH, NULL },
    { TYPE_MYSQL_MEDIUMINT, "MEDIUMINT" WIDTH, NULL },
    { TYPE_MYSQL_SMALLINT, "SMALLINT" WIDTH, NULL },
    { TYPE_MYSQL_TINYINT, "TINYINT" WIDTH, NULL },
    { TYPE_MYSQL_YEAR, "YEAR[({display_width})]", NULL },
    { TYPE_MYSQL_DECIMAL, "DECIMAL" SCALED, NULL },
    { TYPE_MYSQL_NUMERIC, "NUMERIC" SCALED, NULL },
    { TYPE_MYSQL_FLOAT, "FLOAT" SCALED, NULL },
    { TYPE_FLOAT, "FLOAT[({precision})]", NULL },
    { TYPE_SQL_FLOAT, "FLOAT[({precision})]", NULL },
    { TYPE_MYSQL_DOUBLE, "DOUBLE" BOTH, NULL },
    { TYPE_MYSQL_REAL, "REAL" BOTH, NULL },
    { TYPE_MYSQL_BIT, "BIT[({length})]", NULL },
    { TYPE_PG_BIT, "BIT[({length})]", NULL },
    { TYPE_MYSQL_DATETIME, "DATETIME[({fsp})]", NULL },
    { TYPE_MYSQL_TIMESTAMP, "TIMESTAMP[({fsp})]", NULL },
    { TYPE_MYSQL_TIME, "TIME[({fsp})]", NULL },
    { TYPE_BOOLEAN, "BOOL", NULL },
    { TYPE_SQL_BOOLEAN, "BOOL", NULL },
    { TYPE_LARGE_BINARY, "BLOB[({length})]", NULL },
    { TYPE_SQL_BLOB, "BLOB[({length})]", NULL },
    { TYPE_SQL_VARBINARY, "VARBINARY({length})", NULL },
    { TYPE_MYSQL_TINYBLOB, "TINYBLOB", NULL },
    { TYPE_MYSQL_MEDIUMBLOB, "MEDIUMBLOB", NULL },
    { TYPE_MYSQL_LONGBLOB, "LONGBLOB", NULL },
    { TYPE_JSON, "JSON", NULL },
    { TYPE_PG_JSON, "JSON", NULL },
    { TYPE_MYSQL_JSON, "JSON", NULL },
    { TYPE_SQLITE_JSON, "JSON", NULL },
    { TYPE_NULL, NULL, NULL },
};

static bool numbers_itself(const Column *column)
{
    const Table *table = column->table;
    return table && table_autoincrement_column(table) == table_column(table, column->key) &&
           (column->server_default.kind == DATUM_NONE || column->identity);
}

static void put_column(Ddl *ddl, const Column *column)
{
    Sql *sql = &ddl->sql;
    const Type *type = column->type ? type_for(column->type, str_from(ddl->dialect->name)) : NULL;
    sql_put(sql, "@ @", sql_name(column->name), sql_type(column->type));
    if (column->computed) {
        sql_put_text(sql, " ");
        ddl_put_computed(ddl, column->computed);
    }
    if (!column_nullable(column))
        sql_put_text(sql, " NOT NULL");
    else if (type_is(type, TYPE_SQL_TIMESTAMP))
        sql_put_text(sql, " NULL");
    if (str_given(column->comment))
        sql_put(sql, " COMMENT @", sql_literal(column->comment));
    if (numbers_itself(column)) {
        sql_put_text(sql, " AUTO_INCREMENT");
        return;
    }
    Str text = ddl_default(ddl, &column->server_default, column->type);
    if (str_given(text))
        sql_put(sql, " DEFAULT @", sql_raw(text));
}

/* Options of CREATE TABLE: how a name is joined to its value, and whether that is a literal. */
static const struct {
    const char *name, *words;
    bool literal, joined_by_blank, partition;
} table_options[] = {
    { "comment", NULL, true, false, false },
    { "data_directory", "DATA DIRECTORY", true, false, false },
    { "index_directory", "INDEX DIRECTORY", true, false, false },
    { "password", NULL, true, false, false },
    { "connection", NULL, true, false, false },
    { "default_character_set", "DEFAULT CHARACTER SET", false, true, false },
    { "character_set", "CHARACTER SET", false, true, false },
    { "default_charset", "DEFAULT CHARSET", false, false, false },
    { "default_collate", "DEFAULT COLLATE", false, false, false },
    { "tablespace", NULL, false, true, false },
    { "collate", NULL, false, true, false },
    { "partition_by", "PARTITION BY", false, true, true },
    { "partitions", NULL, false, true, true },
    { "subpartition_by", "SUBPARTITION BY", false, true, true },
    { "subpartitions", NULL, false, true, true },
};

typedef struct TableOption {
    Str name; /* without the dialect */
    const Datum *value;
    ptrdiff_t row; /* in table_options, or -1 */
} TableOption;

typedef VEC(TableOption) TableOptionVec;

static ptrdiff_t option_row(Str name)
{
    for (size_t i = 0; i < sizeof table_options / sizeof *table_options; i++)
        if (str_eq_nocase(name, str_from(table_options[i].name)))
            return (ptrdiff_t)i;
    return -1;
}

static void put_option_value(Ddl *ddl, const Datum *value, bool literal)
{
    if (value->kind == DATUM_STR && literal)
        sql_put_literal(&ddl->sql, value->text);
    else if (value->kind == DATUM_STR)
        sql_put_raw(&ddl->sql, value->text);
    else
        sql_put_value(&ddl->sql, value, NULL);
}

static void put_option(Ddl *ddl, const TableOption *option, bool first)
{
    bool known = option->row >= 0;
    const char *words = known ? table_options[option->row].words : NULL;
    bool blank = known && table_options[option->row].joined_by_blank;
    sql_put(&ddl->sql, first ? "@@" : " @@",
            words ? sql_keyword(words) : sql_raw(str_upper_ascii(ddl->arena, option->name)),
            sql_keyword(blank ? " " : "="));
    put_option_value(ddl, option->value, known && table_options[option->row].literal);
}

static TableOptionVec table_option_list(Ddl *ddl, const Table *table)
{
    TableOptionVec list = { 0 };
    Str prefix = str_format(ddl->arena, "%s_", ddl->dialect->name);
    const Map *map = &table->options.map;
    for (size_t i = 0; i < map->len; i++) {
        Str key = map->entries[i].key;
        Str own = str_starts(key, prefix) ? prefix : STR("mysql_");
        const Datum *value = map->entries[i].value;
        if (!str_starts(key, own) || value->kind == DATUM_NONE)
            continue;
        TableOption option = { .name = str_from_offset(key, own.len), .value = value };
        option.row = option_row(option.name);
        VEC_PUSH(ddl->arena, &list, option);
    }
    return list;
}

/* Character sets come before COLLATE, partitions last. */
static int option_rank(const TableOption *option)
{
    if (option->row >= 0 && table_options[option->row].partition)
        return 2;
    return str_eq_nocase(option->name, STR("collate"));
}

static void put_table_options(Ddl *ddl, const Table *table)
{
    TableOptionVec list = table_option_list(ddl, table);
    Datum comment = datum_str(table->comment);
    if (str_given(table->comment)) {
        TableOption option = { .name = STR("comment"), .value = &comment };
        option.row = option_row(option.name);
        VEC_PUSH(ddl->arena, &list, option);
    }
    bool first = true;
    for (int rank = 0; rank < 3; rank++)
        VEC_EACH (const TableOption, each, &list) {
            if (option_rank(each) != rank)
                continue;
            put_option(ddl, each, first);
            first = false;
        }
}

static bool index_brackets(const Expr *expr)
{
    if (expr->kind == EXPR_UNARY)
        return expr->op != OPERATOR_DESC && expr->op != OPERATOR_ASC;
    return expr->kind == EXPR_BINARY || expr->kind == EXPR_FUNCTION || expr->kind == EXPR_COLLATE ||
           expr->kind == EXPR_BOOLEAN;
}

static void put_create_index(Ddl *ddl, const Index *index, Name name, bool if_not_exists)
{
    Sql *sql = &ddl->sql;
    Str prefix = ddl_option_str(ddl, &index->options, "prefix");
    Str word = str_given(prefix) ? str_concat(ddl->arena, prefix, STR(" ")) : STR("");
    sql_put(sql, "CREATE @@INDEX @@ ON @ (",
            sql_keyword(index->unique == TRI_TRUE ? "UNIQUE " : ""), sql_raw(word),
            sql_keyword(if_not_exists ? "IF NOT EXISTS " : ""), sql_name(name),
            sql_table(index->table->schema, index->table->name));
    ddl_put_index_parts(ddl, index, index_brackets);
    sql_put_text(sql, ")");
    Str parser = ddl_option_str(ddl, &index->options, "with_parser");
    if (str_given(parser))
        sql_put(sql, " WITH PARSER @", sql_raw(parser));
    Str using = ddl_option_str(ddl, &index->options, "using");
    if (str_given(using))
        sql_put(sql, " USING @", sql_id(using));
}

static void put_drop_index(Ddl *ddl, const Index *index, Name name, bool if_exists)
{
    if (!index->table || !name_given(index->table->name)) {
        fail(ddl->err, ERR_SCHEMA, "MySQL's DROP INDEX needs the table: give table_name");
        return;
    }
    sql_put(&ddl->sql, "\nDROP INDEX @@ ON @", sql_keyword(if_exists ? "IF EXISTS " : ""),
            sql_name(name), sql_table(index->table->schema, index->table->name));
}

static void put_drop_constraint(Ddl *ddl, const Constraint *constraint, Name name, bool if_exists,
                                bool cascade)
{
    bool mariadb = ddl->dialect->id == DIALECT_MARIADB;
    Sql *sql = &ddl->sql;
    sql_put(sql, "ALTER TABLE @ DROP ",
            sql_table(constraint->table->schema, constraint->table->name));
    if (constraint->kind == CONSTRAINT_PRIMARY_KEY) {
        sql_put_text(sql, "PRIMARY KEY ");
        return;
    }
    const char *word = constraint->kind == CONSTRAINT_FOREIGN_KEY ? "FOREIGN KEY @"
                       : constraint->kind == CONSTRAINT_UNIQUE    ? "INDEX @"
                       : mariadb                                  ? "CONSTRAINT @"
                                                                  : "CHECK @";
    if (!name_given(name))
        fail(ddl->err, ERR_SCHEMA, "Can't emit DROP CONSTRAINT: the constraint has no name");
    else
        sql_put(sql, word, sql_name(name));
}

static void put_constraint_words(Ddl *ddl, const Constraint *constraint, ConstraintSlot slot)
{
    Str using = ddl_option_str(ddl, &constraint->options, "using");
    if (slot == SLOT_END && constraint->kind == CONSTRAINT_PRIMARY_KEY && str_given(using))
        sql_put(&ddl->sql, " USING @", sql_id(using));
}

static void put_table_comment(Ddl *ddl, Name schema, Name table, Str comment)
{
    sql_put(&ddl->sql, "ALTER TABLE @ COMMENT @", sql_table(schema, table),
            sql_literal(str_given(comment) ? comment : STR("")));
}

/* What CHANGE and MODIFY must restate: each facet as given, else as it was. */
static bool put_restated(Ddl *ddl, const AlterColumn *op)
{
    Sql *sql = &ddl->sql;
    const Type *type = op->type ? op->type : op->existing_type;
    Tri nullable = op->nullable != TRI_NONE ? op->nullable : op->existing_nullable;
    bool kept = datum_is_false(&op->server_default);
    bool numbered = op->autoincrement.kind != DATUM_NONE
                        ? datum_is_true(&op->autoincrement)
                        : datum_is_true(&op->existing_autoincrement);
    Str comment = !datum_is_false(&op->comment)
                      ? (op->comment.kind == DATUM_STR ? op->comment.text : STR_NONE)
                      : op->existing_comment;
    if (!type)
        return fail(ddl->err, ERR_COMMAND,
                    "All MySQL CHANGE/MODIFY COLUMN operations require the existing type.");
    sql_put(sql, "@ @", sql_type(type), sql_keyword(nullable == TRI_FALSE ? "NOT NULL" : "NULL"));
    if (numbered)
        sql_put_text(sql, " AUTO_INCREMENT");
    Str text = ddl_default(ddl, kept ? &op->existing_server_default : &op->server_default, type);
    if (str_given(text))
        sql_put(sql, " DEFAULT @", sql_raw(text));
    if (str_given(comment) && comment.len)
        sql_put(sql, " COMMENT @", sql_literal(comment));
    return ddl_end(ddl);
}

/* Date and time columns are restated by CHANGE: their defaults may be functions. */
static bool is_time_kept(const AlterColumn *op)
{
    const Type *type = op->type ? op->type : op->existing_type;
    return type_is(type, TYPE_DATE_TIME) && op->server_default.kind != DATUM_NONE;
}

static bool alter_column(Ddl *ddl, const AlterColumn *op)
{
    SqlArg table = sql_table(op->table.schema, op->table.name);
    bool restates = op->nullable != TRI_NONE || op->type || op->autoincrement.kind != DATUM_NONE ||
                    !datum_is_false(&op->comment);
    if (name_given(op->new_name) || is_time_kept(op)) {
        sql_put(&ddl->sql, "ALTER TABLE @ CHANGE @ @ ", table, sql_name(op->column),
                sql_name(name_given(op->new_name) ? op->new_name : op->column));
        return put_restated(ddl, op);
    }
    if (restates) {
        sql_put(&ddl->sql, "ALTER TABLE @ MODIFY @ ", table, sql_name(op->column));
        return put_restated(ddl, op);
    }
    return ddl_alter_default(ddl, op);
}

static const DdlParts parts = {
    .column = put_column,
    .table_options = put_table_options,
    .constraint_words = put_constraint_words,
    .index_brackets = index_brackets,
    .create_index = put_create_index,
    .drop_index = put_drop_index,
    .drop_constraint = put_drop_constraint,
    .alter_column = alter_column,
    .table_comment = put_table_comment,
};

#define MYSQL_MEMBERS                                                                          \
    .max_identifier = 255, .max_index = 64, .max_constraint = 64, .paramstyle = "format",      \
    .parts = &parts, .native_enum = true, .supports_comments = true, .inline_comments = true,  \
    .percent_paramstyle = true, .backslash_escapes = true, .true_ = "true", .false_ = "false", \
    .empty_insert = "() VALUES ()"

const Dialect mysql_dialect = {
    .id = DIALECT_MYSQL,
    .name = "mysql",
    .driver = "mysqldb",
    .quoting = { '`', '`', RESERVED(mysql_reserved) },
    .types = types,
    MYSQL_MEMBERS,
};

const Dialect mariadb_dialect = {
    .id = DIALECT_MARIADB,
    .name = "mariadb",
    .driver = "mysqldb",
    .quoting = { '`', '`', RESERVED(mariadb_reserved) },
    .types = types,
    .supports_sequences = true,
    MYSQL_MEMBERS,
};
