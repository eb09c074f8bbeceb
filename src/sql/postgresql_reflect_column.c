/* SPDX-License-Identifier: MIT */
/* Columns as PostgreSQL's catalogs have them. */
#include "sql/postgresql_reflect.h"

enum {
    COLUMN_RELATION,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_TYPE_OID,
    COLUMN_NOT_NULL,
    COLUMN_DEFAULT,
    COLUMN_GENERATED,
    COLUMN_IDENTITY,
    COLUMN_COLLATION,
    COLUMN_COMMENT,
    COLUMN_SEQUENCE,
    COLUMN_START,
    COLUMN_INCREMENT,
    COLUMN_MINVALUE,
    COLUMN_MAXVALUE,
    COLUMN_CACHE,
    COLUMN_CYCLE,
};

/*
 * The lateral join finds the sequence of an IDENTITY, or the one that belongs to the column and
 * that its default draws from (SERIAL). %s: the kind of generated column; the relations.
 */
static const char columns_sql[] =
    "SELECT a.attrelid::int8, a.attname::text, format_type(a.atttypid, a.atttypmod), "
    "CASE WHEN t.typtype = 'b' AND t.typelem <> 0 AND t.typlen = -1 THEN t.typelem "
    "ELSE t.oid END::int8, a.attnotnull::int, pg_get_expr(d.adbin, d.adrelid), "
    "%s::text, a.attidentity::text, "
    "CASE WHEN a.attcollation <> t.typcollation THEN l.collname::text END, "
    "c.description, s.name, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.cycle "
    "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
    "LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
    "LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation "
    "LEFT JOIN pg_catalog.pg_description c ON c.objoid = a.attrelid AND c.objsubid = a.attnum "
    "AND c.classoid = 'pg_catalog.pg_class'::regclass "
    "LEFT JOIN LATERAL (SELECT r.relname::text AS name, q.seqstart, q.seqincrement, q.seqmin, "
    "q.seqmax, q.seqcache, q.seqcycle::int AS cycle FROM pg_catalog.pg_depend o "
    "JOIN pg_catalog.pg_sequence q ON q.seqrelid = o.objid "
    "JOIN pg_catalog.pg_class r ON r.oid = o.objid "
    "WHERE a.atthasdef AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum "
    "AND o.refclassid = 'pg_catalog.pg_class'::regclass "
    "AND o.classid = 'pg_catalog.pg_class'::regclass AND o.deptype = 'a' "
    "AND EXISTS (SELECT FROM pg_catalog.pg_depend u "
    "WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = d.oid "
    "AND u.refobjid = o.objid) "
    "UNION ALL SELECT r.relname::text, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, "
    "q.seqcycle::int FROM pg_catalog.pg_depend o "
    "JOIN pg_catalog.pg_sequence q ON q.seqrelid = o.objid "
    "JOIN pg_catalog.pg_class r ON r.oid = o.objid "
    "WHERE a.attidentity <> '' AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum "
    "AND o.refclassid = 'pg_catalog.pg_class'::regclass "
    "AND o.classid = 'pg_catalog.pg_class'::regclass AND o.deptype = 'i' LIMIT 1) s ON true "
    "WHERE a.attrelid = ANY (%.*s) AND a.attnum > 0 AND NOT a.attisdropped "
    "ORDER BY a.attrelid, a.attnum";

static OptInt number(const DbValue *row, size_t column)
{
    return (OptInt){ .given = row[column].type != DB_NULL, .value = pg_int(row, column) };
}

static void set_identity(PgReading *reading, Column *column, const DbValue *row)
{
    Identity *identity = record_new(reading->arena, &identity_record);
    identity->options = (SequenceOptions){
        .start = number(row, COLUMN_START),
        .increment = number(row, COLUMN_INCREMENT),
        .minvalue = number(row, COLUMN_MINVALUE),
        .maxvalue = number(row, COLUMN_MAXVALUE),
        .cache = number(row, COLUMN_CACHE),
        .cycle = pg_flag(row, COLUMN_CYCLE) ? TRI_TRUE : TRI_FALSE,
        .always = str_is(db_value_text(row[COLUMN_IDENTITY]), "a") ? TRI_TRUE : TRI_FALSE,
    };
    column->identity = identity;
    column->server_default =
        (Datum){ .kind = DATUM_RECORD, .record = { &identity_record, identity } };
}

static void set_computed(PgReading *reading, Column *column, Str text, bool stored)
{
    Computed *computed = record_new(reading->arena, &computed_record);
    computed->given = datum_str(text);
    computed->sqltext = expr_literal_column(reading->arena, text, NULL);
    computed->persisted = stored ? TRI_TRUE : TRI_FALSE;
    column->computed = computed;
    column->server_default =
        (Datum){ .kind = DATUM_RECORD, .record = { &computed_record, computed } };
}

/*
 * nextval('seq'::regclass) of a table that was asked for by schema: SQLAlchemy names the schema in
 * it.
 */
static Str name_sequence(Arena *arena, Str text, Str schema)
{
    Str open = STR("nextval('");
    if (!str_given(schema) || !str_starts(text, open))
        return text;
    Str rest = str_from_offset(text, open.len);
    ptrdiff_t end = str_find_char(rest, '\'', 0);
    if (end < 0 || str_find_char(str_slice(rest, 0, (size_t)end), '.', 0) >= 0)
        return text;
    return str_format(arena, "%.*s\"%.*s\".%.*s", STR_ARG(open), STR_ARG(schema), STR_ARG(rest));
}

static void set_default(PgReading *reading, Column *column, const DbValue *row, Str schema)
{
    Str text = pg_text(reading, row, COLUMN_DEFAULT);
    Str generated = db_value_text(row[COLUMN_GENERATED]);
    PgType *domain = pg_named_type(reading, pg_int(row, COLUMN_TYPE_OID));
    if (str_given(generated) && generated.len > 0) {
        set_computed(reading, column, text, str_is(generated, "s"));
        return;
    }
    if (db_value_text(row[COLUMN_IDENTITY]).len > 0) {
        set_identity(reading, column, row);
        return;
    }
    column->serial_sequence = pg_text(reading, row, COLUMN_SEQUENCE);
    if (str_given(text))
        column->server_default =
            pg_sql(reading->arena, name_sequence(reading->arena, text, schema));
    else if (domain && column->type->kind == TYPE_PG_DOMAIN)
        column->server_default = domain->type->domain_default;
}

static bool draws_numbers(const Column *column)
{
    if (column->identity)
        return true;
    if (default_kind(&column->server_default) != DEFAULT_EXPR)
        return false;
    const Expr *expr = column->server_default.record.object;
    return str_starts(expr->text, STR("nextval("));
}

static bool read_column(PgReading *reading, Table *table, const DbValue *row)
{
    Type *type = pg_type(reading, db_value_text(row[COLUMN_TYPE]), pg_int(row, COLUMN_TYPE_OID),
                         pg_text(reading, row, COLUMN_COLLATION));
    Column *column =
        column_new(reading->arena, name_from(pg_text(reading, row, COLUMN_NAME)), type);
    bool required = pg_flag(row, COLUMN_NOT_NULL) ||
                    (type->kind == TYPE_PG_DOMAIN && type->not_null == TRI_TRUE);
    column->reflected = true;
    column->primary_key = TRI_FALSE; /* until the key is read */
    column->nullable = required ? TRI_FALSE : TRI_TRUE;
    column->comment = pg_text(reading, row, COLUMN_COMMENT);
    set_default(reading, column, row, table->schema.text);
    bool counts = draws_numbers(column);
    column->autoincrement_given = datum_bool(counts);
    column->autoincrement = counts ? AUTOINCREMENT_TRUE : AUTOINCREMENT_FALSE;
    return table_add_column(reading->arena, table, column, reading->err);
}

bool pg_read_columns(PgReading *reading)
{
    DbResult result;
    const DbValue *row;
    Str sql = str_format(reading->rows, columns_sql,
                         reading->conn->server_number >= 120000 ? "a.attgenerated" : "''",
                         STR_ARG(pg_oids(reading)));
    if (!pg_query(reading, sql, &result))
        return false;
    while (db_next(&result, &row, reading->err) && row) {
        PgTable *table = pg_table(reading, pg_int(row, COLUMN_RELATION));
        if (table && !read_column(reading, table->table, row))
            return false;
    }
    return !error_set(reading->err);
}
