/* SPDX-License-Identifier: MIT */
#include "sql/ddl.h"

static const char *const reserved[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "new",
    "not",
    "notnull",
    "null",
    "of",
    "off",
    "offset",
    "old",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "over",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
};

static bool put_enum(Sql *sql, const Type *type, const char *text)
{
    if (type->native_enum == TRI_FALSE) {
        int64_t length = type_enum_length(type);
        sql_put(sql, "VARCHAR(@)", sql_int(length));
        return true;
    }
    if (!name_given(type->name))
        return fail(sql->err, ERR_SCHEMA, "PostgreSQL Enum type requires a name.");
    sql_put(sql, "@", sql_table(name_from(type->schema), type->name));
    return true;
}

static bool put_domain(Sql *sql, const Type *type, const char *text)
{
    sql_put(sql, "@", sql_table(name_from(type->schema), type->name));
    return true;
}

static bool put_uuid(Sql *sql, const Type *type, const char *text)
{
    sql_put_text(sql, type->native_uuid == TRI_FALSE ? "CHAR(32)" : "UUID");
    return true;
}

static bool put_interval(Sql *sql, const Type *type, const char *text)
{
    if (type->native == TRI_FALSE)
        sql_put_text(sql, "TIMESTAMP WITHOUT TIME ZONE");
    else
        sql_put_type_template(sql, type, text);
    return true;
}

static bool put_bit(Sql *sql, const Type *type, const char *text)
{
    if (type->varying == TRI_TRUE)
        return sql_put_type_template(sql, type, text);
    sql_put(sql, "BIT(@)", sql_int(type->length.given ? type->length.value : 1));
    return true;
}

static bool put_array(Sql *sql, const Type *type, const char *text)
{
    if (!type->item)
        return fail(sql->err, ERR_SCHEMA, "ARRAY requires an item type");
    Sql inner = sql_nested(sql);
    sql_put_type(&inner, type->item);
    Str item = sql_take(&inner);
    Str collate = STR(" COLLATE ");
    ptrdiff_t at = str_find(item, collate, 0);
    size_t head = at < 0 ? item.len : (size_t)at;
    sql_put_raw(sql, str_slice(item, 0, head));
    int64_t dimensions = type->dimensions.given ? type->dimensions.value : 1;
    for (int64_t i = 0; i < dimensions; i++)
        sql_put_text(sql, "[]");
    sql_put_raw(sql, str_from_offset(item, head));
    return true;
}

#define ZONE " [WITH{timezone}][WITHOUT{no_timezone}] TIME ZONE"
#define BARE(kind, text)           \
    {                              \
        TYPE_PG_##kind, text, NULL \
    }

static const TypeSql types[] = {
    { TYPE_FLOAT, "FLOAT[({precision})]", NULL },
    { TYPE_SQL_FLOAT, "FLOAT[({precision})]", NULL },
    { TYPE_DOUBLE, "DOUBLE PRECISION", NULL },
    { TYPE_TIME, "TIME" ZONE, NULL },
    { TYPE_SQL_TIME, "TIME" ZONE, NULL },
    { TYPE_SQLITE_TIME, "TIME" ZONE, NULL },
    { TYPE_PG_TIME, "TIME[({precision})]" ZONE, NULL },
    { TYPE_DATE_TIME, "TIMESTAMP" ZONE, NULL },
    { TYPE_SQLITE_DATETIME, "TIMESTAMP" ZONE, NULL },
    { TYPE_SQL_TIMESTAMP, "TIMESTAMP" ZONE, NULL },
    { TYPE_PG_TIMESTAMP, "TIMESTAMP[({precision})]" ZONE, NULL },
    { TYPE_INTERVAL, "INTERVAL[ ({second_precision})]", put_interval },
    { TYPE_PG_INTERVAL, "INTERVAL[ {fields}][ ({precision})]", NULL },
    { TYPE_LARGE_BINARY, "BYTEA", NULL },
    { TYPE_PICKLE, "BYTEA", NULL },
    { TYPE_ENUM, NULL, put_enum },
    { TYPE_PG_ENUM, NULL, put_enum },
    { TYPE_MYSQL_ENUM, NULL, put_enum },
    { TYPE_JSON, "JSON", NULL },
    { TYPE_MYSQL_JSON, "JSON", NULL },
    { TYPE_SQLITE_JSON, "JSON", NULL },
    { TYPE_UUID, NULL, put_uuid },
    { TYPE_ARRAY, NULL, put_array },
    { TYPE_PG_ARRAY, NULL, put_array },
    { TYPE_PG_BIT, "BIT VARYING[({length})]", put_bit },
    { TYPE_PG_DOMAIN, NULL, put_domain },
    BARE(BYTEA, "BYTEA"),
    BARE(CIDR, "CIDR"),
    BARE(CITEXT, "CITEXT"),
    BARE(HSTORE, "HSTORE"),
    BARE(INET, "INET"),
    BARE(JSON, "JSON"),
    BARE(JSONB, "JSONB"),
    BARE(JSONPATH, "JSONPATH"),
    BARE(MACADDR, "MACADDR"),
    BARE(MACADDR8, "MACADDR8"),
    BARE(MONEY, "MONEY"),
    BARE(OID, "OID"),
    BARE(REGCLASS, "REGCLASS"),
    BARE(REGCONFIG, "REGCONFIG"),
    BARE(TSQUERY, "TSQUERY"),
    BARE(TSVECTOR, "TSVECTOR"),
    BARE(INT4RANGE, "INT4RANGE"),
    BARE(INT8RANGE, "INT8RANGE"),
    BARE(NUMRANGE, "NUMRANGE"),
    BARE(DATERANGE, "DATERANGE"),
    BARE(TSRANGE, "TSRANGE"),
    BARE(TSTZRANGE, "TSTZRANGE"),
    BARE(INT4MULTIRANGE, "INT4MULTIRANGE"),
    BARE(INT8MULTIRANGE, "INT8MULTIRANGE"),
    BARE(NUMMULTIRANGE, "NUMMULTIRANGE"),
    BARE(DATEMULTIRANGE, "DATEMULTIRANGE"),
    BARE(TSMULTIRANGE, "TSMULTIRANGE"),
    BARE(TSTZMULTIRANGE, "TSTZMULTIRANGE"),
    { TYPE_NULL, NULL, NULL },
};

static const char *serial_type(const Column *column)
{
    const Table *table = column->table;
    if (column->identity || column->primary_key != TRI_TRUE || !table || column->sequence ||
        table_autoincrement_column(table) != table_column(table, column->key))
        return NULL;
    const Type *type = type_for(column->type, STR("postgresql"));
    if (type_is(type, TYPE_BIG_INTEGER))
        return "BIGSERIAL";
    return type_is(type, TYPE_SMALL_INTEGER) ? "SMALLSERIAL" : "SERIAL";
}

static void put_column_computed(Ddl *ddl, const Column *column)
{
    if (column->computed->persisted == TRI_FALSE) {
        fail(ddl->err, ERR_SCHEMA,
             "PostrgreSQL computed columns do not support 'virtual' persistence; set the "
             "'persisted' flag to None or True for PostgreSQL support.");
        return;
    }
    Computed stored = *column->computed;
    stored.persisted = TRI_TRUE;
    sql_put_text(&ddl->sql, " ");
    ddl_put_computed(ddl, &stored);
}

static void put_column(Ddl *ddl, const Column *column)
{
    Sql *sql = &ddl->sql;
    const char *serial = serial_type(column);
    sql_put(sql, "@ ", sql_name(column->name));
    if (serial)
        sql_put_text(sql, serial);
    else
        sql_put_type(sql, column->type);
    Str text = serial ? STR_NONE : ddl_default(ddl, &column->server_default, column->type);
    if (str_given(text))
        sql_put(sql, " DEFAULT @", sql_raw(text));
    if (column->computed)
        put_column_computed(ddl, column);
    if (column->identity) {
        sql_put_text(sql, " ");
        ddl_put_identity(ddl, column->identity);
    }
    bool nullable = column_nullable(column);
    if (!nullable && !column->identity)
        sql_put_text(sql, " NOT NULL");
    else if (nullable && column->identity)
        sql_put_text(sql, " NULL");
}

static void put_names(Ddl *ddl, const Datum *names)
{
    if (names->kind == DATUM_STR)
        sql_put_name(&ddl->sql, name_from(names->text));
    for (size_t i = 0; names->kind == DATUM_LIST && i < names->list.len; i++) {
        const Datum *item = &names->list.items[i];
        Str name = item->kind == DATUM_STR ? item->text : STR_NONE;
        if (item->kind == DATUM_RECORD && record_is(item->record.record, &column_record))
            name = ((const Column *)item->record.object)->name.text;
        sql_put(&ddl->sql, i ? ", @" : "@", sql_id(name));
    }
}

static void put_storage(Ddl *ddl, const Options *options)
{
    const Datum *with = ddl_option(ddl, options, "with");
    if (!with || with->kind != DATUM_MAP || with->map->len == 0)
        return;
    sql_put_text(&ddl->sql, " WITH (");
    for (size_t i = 0; i < with->map->len; i++) {
        const Datum *value = with->map->entries[i].value;
        sql_put(&ddl->sql, i ? ", @ = " : "@ = ", sql_raw(with->map->entries[i].key));
        if (value->kind == DATUM_STR)
            sql_put_raw(&ddl->sql, value->text);
        else
            sql_put_value(&ddl->sql, value, NULL);
    }
    sql_put_text(&ddl->sql, ")");
}

static void put_on_commit(Ddl *ddl, const Table *table)
{
    Str action = ddl_option_str(ddl, &table->options, "on_commit");
    if (!str_given(action))
        return;
    action = str_upper_ascii(ddl->arena, str_replace(ddl->arena, action, STR("_"), STR(" ")));
    sql_put(&ddl->sql, "\n ON COMMIT @", sql_raw(action));
}

static void put_table_options(Ddl *ddl, const Table *table)
{
    Sql *sql = &ddl->sql;
    const Datum *inherits = ddl_option(ddl, &table->options, "inherits");
    if (inherits) {
        sql_put_text(sql, "\n INHERITS ( ");
        put_names(ddl, inherits);
        sql_put_text(sql, " )");
    }
    Str partition = ddl_option_str(ddl, &table->options, "partition_by");
    if (str_given(partition))
        sql_put(sql, "\n PARTITION BY @", sql_raw(partition));
    Str using = ddl_option_str(ddl, &table->options, "using");
    if (str_given(using))
        sql_put(sql, "\n USING @", sql_raw(using));
    const Datum *oids = ddl_option(ddl, &table->options, "with_oids");
    if (oids && oids->kind == DATUM_BOOL)
        sql_put_text(sql, oids->truth ? "\n WITH OIDS" : "\n WITHOUT OIDS");
    put_on_commit(ddl, table);
    Str tablespace = ddl_option_str(ddl, &table->options, "tablespace");
    if (str_given(tablespace))
        sql_put(sql, "\n TABLESPACE @", sql_id(tablespace));
}

static void put_include(Ddl *ddl, const Options *options)
{
    const Datum *include = ddl_option(ddl, options, "include");
    if (!include || (include->kind == DATUM_LIST && include->list.len == 0))
        return;
    sql_put_text(&ddl->sql, " INCLUDE (");
    put_names(ddl, include);
    sql_put_text(&ddl->sql, ")");
}

static void put_constraint_words(Ddl *ddl, const Constraint *constraint, ConstraintSlot slot)
{
    const Options *options = &constraint->options;
    const Datum *distinct = ddl_option(ddl, options, "nulls_not_distinct");
    if (slot == SLOT_UNIQUE && distinct && distinct->kind == DATUM_BOOL) {
        sql_put_text(&ddl->sql, distinct->truth ? "NULLS NOT DISTINCT " : "NULLS DISTINCT ");
    } else if (slot == SLOT_COLUMNS) {
        put_include(ddl, options);
    } else if (slot == SLOT_END && ddl_option_true(ddl, options, "not_valid")) {
        sql_put_text(&ddl->sql, " NOT VALID");
    }
}

/* Operations in an index stand in brackets of their own; calls, casts and orderings do not. */
static bool index_brackets(const Expr *expr)
{
    if (expr->kind == EXPR_UNARY)
        return expr->op == OPERATOR_NOT || expr->op == OPERATOR_NEG;
    return expr->kind == EXPR_BINARY || expr->kind == EXPR_BOOLEAN || expr->kind == EXPR_COLLATE ||
           expr->kind == EXPR_BETWEEN || expr->kind == EXPR_IN;
}

static void put_index_tail(Ddl *ddl, const Index *index)
{
    Sql *sql = &ddl->sql;
    put_include(ddl, &index->options);
    const Datum *distinct = ddl_option(ddl, &index->options, "nulls_not_distinct");
    if (distinct && distinct->kind == DATUM_BOOL)
        sql_put_text(sql, distinct->truth ? " NULLS NOT DISTINCT" : " NULLS DISTINCT");
    put_storage(ddl, &index->options);
    Str tablespace = ddl_option_str(ddl, &index->options, "tablespace");
    if (str_given(tablespace))
        sql_put(sql, " TABLESPACE @", sql_id(tablespace));
    const Datum *where = ddl_option(ddl, &index->options, "where");
    if (where) {
        sql_put_text(sql, " WHERE ");
        ddl_put_datum_expr(ddl, where);
    }
}

static void put_create_index(Ddl *ddl, const Index *index, Name name, bool if_not_exists)
{
    Sql *sql = &ddl->sql;
    bool concurrently = ddl_option_true(ddl, &index->options, "concurrently");
    sql_put(sql, "CREATE @INDEX @@@ ON @ ", sql_keyword(index->unique == TRI_TRUE ? "UNIQUE " : ""),
            sql_keyword(concurrently ? "CONCURRENTLY " : ""),
            sql_keyword(if_not_exists ? "IF NOT EXISTS " : ""), sql_name(name),
            sql_table(index->table->schema, index->table->name));
    Str using = ddl_option_str(ddl, &index->options, "using");
    if (str_given(using))
        sql_put(sql, "USING @ ", sql_raw(str_lower_ascii(ddl->arena, using)));
    sql_put_text(sql, "(");
    ddl_put_index_parts(ddl, index, index_brackets);
    sql_put_text(sql, ")");
    put_index_tail(ddl, index);
}

static void put_drop_index(Ddl *ddl, const Index *index, Name name, bool if_exists)
{
    bool concurrently = ddl_option_true(ddl, &index->options, "concurrently");
    sql_put(&ddl->sql, "\nDROP INDEX @@@", sql_keyword(concurrently ? "CONCURRENTLY " : ""),
            sql_keyword(if_exists ? "IF EXISTS " : ""),
            sql_table(index->table ? index->table->schema : (Name){ .quote = TRI_NONE }, name));
}

static bool create_enum(Ddl *ddl, const Type *type)
{
    if (!name_given(type->name))
        return fail(ddl->err, ERR_SCHEMA, "PostgreSQL ENUM type requires a name.");
    sql_put(&ddl->sql, "CREATE TYPE @ AS ENUM (", sql_table(name_from(type->schema), type->name));
    for (size_t i = 0; i < type->values.len; i++)
        sql_put(&ddl->sql, i ? ", @" : "@", sql_literal(type->values.items[i]));
    sql_put_text(&ddl->sql, ")");
    return ddl_end(ddl);
}

static bool create_domain(Ddl *ddl, const Type *type)
{
    Sql *sql = &ddl->sql;
    sql_put(sql, "CREATE DOMAIN @ AS @", sql_table(name_from(type->schema), type->name),
            sql_type(type->domain_type));
    if (str_given(type->collation))
        sql_put(sql, " COLLATE @", sql_id(type->collation));
    Str text = ddl_default(ddl, &type->domain_default, type->domain_type);
    if (str_given(text))
        sql_put(sql, " DEFAULT @", sql_raw(text));
    if (name_given(type->constraint_name))
        sql_put(sql, " CONSTRAINT @", sql_name(type->constraint_name));
    if (type->not_null == TRI_TRUE)
        sql_put_text(sql, " NOT NULL");
    if (type->domain_check.kind != DATUM_NONE) {
        sql_put_text(sql, " CHECK (");
        ddl_put_datum_expr(ddl, &type->domain_check);
        sql_put_text(sql, ")");
    }
    return ddl_end(ddl);
}

static bool is_named_type(const Type *type)
{
    return (type_is(type, TYPE_ENUM) && type->native_enum != TRI_FALSE) ||
           type_is(type, TYPE_PG_DOMAIN);
}

static bool create_type(Ddl *ddl, const Type *type)
{
    if (!is_named_type(type))
        return true;
    if (ddl->created_types)
        map_set(ddl->created_types, table_key(ddl->arena, type->schema, type->name.text),
                ddl->created_types);
    return type_is(type, TYPE_PG_DOMAIN) ? create_domain(ddl, type) : create_enum(ddl, type);
}

static bool drop_type(Ddl *ddl, const Type *type)
{
    if (!is_named_type(type))
        return true;
    Str key = table_key(ddl->arena, type->schema, type->name.text);
    if (ddl->created_types)
        map_remove(ddl->created_types, key);
    sql_put(&ddl->sql, "DROP @ @", sql_keyword(type_is(type, TYPE_PG_DOMAIN) ? "DOMAIN" : "TYPE"),
            sql_table(name_from(type->schema), type->name));
    return ddl_end(ddl);
}

/* create_type=False counts with the types of postgresql only: sa.Enum takes it for nothing. */
static bool is_made(const Type *type)
{
    bool own = type->kind == TYPE_PG_ENUM || type->kind == TYPE_PG_DOMAIN;
    return is_named_type(type) && (!own || type->create_type != TRI_FALSE);
}

static const Type *named_type(const Type *type)
{
    const Type *inner = type_innermost(type, STR("postgresql"));
    return inner && is_made(inner) ? inner : NULL;
}

static bool create_column_type(Ddl *ddl, Map *created, const Type *type)
{
    if (!type || !is_made(type) || type->metadata)
        return true;
    Str key = table_key(ddl->arena, type->schema, type->name.text);
    if (map_has(created, key))
        return true;
    map_set(created, key, created);
    return create_type(ddl, type);
}

static bool create_types(Ddl *ddl, const Table *table)
{
    Map own = map_in(ddl->arena);
    Map *created = ddl->created_types ? ddl->created_types : &own;
    VEC_EACH (Column *, each, &table->columns)
        if (!create_column_type(ddl, created, type_innermost((*each)->type, STR("postgresql"))))
            return false;
    return true;
}

static bool alter(Ddl *ddl, const AlterColumn *op, const char *words)
{
    sql_put(&ddl->sql, "ALTER TABLE @ ALTER COLUMN @ @",
            sql_table(op->table.schema, op->table.name), sql_name(op->column), sql_keyword(words));
    return ddl_end(ddl);
}

static bool alter_type(Ddl *ddl, const AlterColumn *op)
{
    sql_put(&ddl->sql, "ALTER TABLE @ ALTER COLUMN @ TYPE @",
            sql_table(op->table.schema, op->table.name), sql_name(op->column), sql_type(op->type));
    const Datum *using = ddl_option(ddl, &op->options, "using");
    if (using) {
        sql_put_text(&ddl->sql, " USING ");
        ddl_put_datum_expr(ddl, using);
    }
    return ddl_end(ddl);
}

static bool alter_column(Ddl *ddl, const AlterColumn *op)
{
    if (op->type && !alter_type(ddl, op))
        return false;
    if (op->nullable != TRI_NONE &&
        !alter(ddl, op, op->nullable == TRI_TRUE ? "DROP NOT NULL" : "SET NOT NULL"))
        return false;
    return ddl_alter_default(ddl, op) && ddl_alter_comment(ddl, op) && ddl_rename_column(ddl, op);
}

static const DdlParts parts = {
    .column = put_column,
    .table_options = put_table_options,
    .constraint_words = put_constraint_words,
    .index_brackets = index_brackets,
    .create_index = put_create_index,
    .drop_index = put_drop_index,
    .alter_column = alter_column,
    .create_types = create_types,
    .named_type = named_type,
    .create_type = create_type,
    .drop_type = drop_type,
};

const Dialect postgresql_dialect = {
    .id = DIALECT_POSTGRESQL,
    .name = "postgresql",
    .driver = "psycopg2",
    .quoting = { '"', '"', RESERVED(reserved) },
    .max_identifier = 63,
    .paramstyle = "pyformat",
    .types = types,
    .parts = &parts,
    .transactional_ddl = true,
    .native_boolean = true,
    .native_enum = true,
    .native_uuid = true,
    .supports_comments = true,
    .supports_sequences = true,
    .supports_identity = true,
    .insert_returning = true,
    .qualified_returning = true,
    .percent_paramstyle = true,
    .true_ = "true",
    .false_ = "false",
    .default_schema = "public",
    .empty_insert = "DEFAULT VALUES",
};
