/* SPDX-License-Identifier: MIT */
/* Types as PostgreSQL's format_type() spells them, and its ENUMs and DOMAINs. */
#include "sql/postgresql_reflect.h"

typedef struct PgTypeName {
    const char *name;
    TypeKind kind;
} PgTypeName;

/* Without what stands in brackets, and without the zone. */
static const PgTypeName names[] = {
    { "\"char\"", TYPE_STRING },
    { "bigint", TYPE_SQL_BIGINT },
    { "bit", TYPE_PG_BIT },
    { "bit varying", TYPE_PG_BIT },
    { "boolean", TYPE_SQL_BOOLEAN },
    { "bytea", TYPE_PG_BYTEA },
    { "character", TYPE_SQL_CHAR },
    { "character varying", TYPE_SQL_VARCHAR },
    { "cidr", TYPE_PG_CIDR },
    { "citext", TYPE_PG_CITEXT },
    { "date", TYPE_SQL_DATE },
    { "datemultirange", TYPE_PG_DATEMULTIRANGE },
    { "daterange", TYPE_PG_DATERANGE },
    { "double precision", TYPE_SQL_DOUBLE_PRECISION },
    { "hstore", TYPE_PG_HSTORE },
    { "inet", TYPE_PG_INET },
    { "int4multirange", TYPE_PG_INT4MULTIRANGE },
    { "int4range", TYPE_PG_INT4RANGE },
    { "int8multirange", TYPE_PG_INT8MULTIRANGE },
    { "int8range", TYPE_PG_INT8RANGE },
    { "integer", TYPE_SQL_INTEGER },
    { "interval", TYPE_PG_INTERVAL },
    { "json", TYPE_PG_JSON },
    { "jsonb", TYPE_PG_JSONB },
    { "macaddr", TYPE_PG_MACADDR },
    { "macaddr8", TYPE_PG_MACADDR8 },
    { "money", TYPE_PG_MONEY },
    { "name", TYPE_STRING },
    { "numeric", TYPE_SQL_NUMERIC },
    { "nummultirange", TYPE_PG_NUMMULTIRANGE },
    { "numrange", TYPE_PG_NUMRANGE },
    { "oid", TYPE_PG_OID },
    { "real", TYPE_SQL_REAL },
    { "regclass", TYPE_PG_REGCLASS },
    { "smallint", TYPE_SQL_SMALLINT },
    { "text", TYPE_SQL_TEXT },
    { "time", TYPE_PG_TIME },
    { "timestamp", TYPE_PG_TIMESTAMP },
    { "tsmultirange", TYPE_PG_TSMULTIRANGE },
    { "tsrange", TYPE_PG_TSRANGE },
    { "tstzmultirange", TYPE_PG_TSTZMULTIRANGE },
    { "tstzrange", TYPE_PG_TSTZRANGE },
    { "tsvector", TYPE_PG_TSVECTOR },
    { "uuid", TYPE_SQL_UUID },
};

static TypeKind kind_named(Str name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i].name))
            return names[i].kind;
    return TYPE_NULL;
}

/* format_type()'s text taken apart: "timestamp(3) with time zone[]". */
typedef struct Spelling {
    Str name; /* "timestamp" */
    OptInt numbers[2];
    Str fields; /* of an interval: "day to second" */
    bool zone;
    int64_t dimensions;
} Spelling;

static bool take_end(Str *text, const char *end)
{
    Str tail = str_from(end);
    if (!str_ends(*text, tail))
        return false;
    *text = str_slice(*text, 0, text->len - tail.len);
    return true;
}

static OptInt number_in(Str text)
{
    OptInt number = { .given = true };
    bool negative = str_starts(text, STR("-"));
    for (size_t i = negative; i < text.len; i++)
        number.value = number.value * 10 + (text.ptr[i] - '0');
    if (negative)
        number.value = -number.value;
    return number;
}

/* Cuts "(10,2)" out of the text; what follows it stays. */
static Str take_numbers(Arena *arena, Str text, OptInt numbers[2])
{
    ptrdiff_t open = str_find_char(text, '(', 0);
    ptrdiff_t close = open < 0 ? -1 : str_find_char(text, ')', (size_t)open);
    if (close < 0 || str_starts(text, STR("\"")))
        return text;
    Str inner = str_slice(text, (size_t)open + 1, (size_t)close);
    size_t count = 0;
    for (Str part; count < 2 && str_split_next(&inner, ',', &part);)
        numbers[count++] = number_in(str_trim(part));
    return str_concat(arena, str_slice(text, 0, (size_t)open),
                      str_from_offset(text, (size_t)close + 1));
}

static Spelling spelling_of(Arena *arena, Str text)
{
    Spelling spelling = { .fields = STR_NONE };
    while (take_end(&text, "[]"))
        spelling.dimensions++;
    text = take_numbers(arena, text, spelling.numbers);
    spelling.zone = take_end(&text, " with time zone");
    if (!spelling.zone)
        take_end(&text, " without time zone");
    if (str_starts(text, STR("interval "))) {
        spelling.fields = str_from_offset(text, strlen("interval "));
        text = str_slice(text, 0, strlen("interval"));
    }
    spelling.name = text;
    return spelling;
}

/* Members as SQLAlchemy's reflection gives them. */
static void set_members(Arena *arena, Type *type, const Spelling *spelling)
{
    const OptInt first = spelling->numbers[0];
    if (type_is(type, TYPE_STRING) || type->kind == TYPE_PG_BIT) {
        type->length = first;
    } else if (type->kind == TYPE_SQL_NUMERIC) {
        type->precision = first;
        type->scale = spelling->numbers[1];
    } else if (type->kind == TYPE_PG_TIMESTAMP || type->kind == TYPE_PG_TIME) {
        type->precision = first;
        type->timezone = spelling->zone ? TRI_TRUE : TRI_FALSE;
    } else if (type->kind == TYPE_PG_INTERVAL) {
        type->precision = first;
        type->fields = spelling->fields;
    } else if (type->kind == TYPE_SQL_DOUBLE_PRECISION) {
        type->precision = (OptInt){ true, 53 };
    } else if (type->kind == TYPE_PG_JSON || type->kind == TYPE_PG_JSONB) {
        type->astext_type = type_new(arena, TYPE_TEXT);
    } else if (type->kind == TYPE_PG_HSTORE) {
        type->item = type_new(arena, TYPE_TEXT);
    }
    if (str_is(spelling->name, "bit varying"))
        type->varying = TRI_TRUE;
}

PgType *pg_named_type(const PgReading *reading, int64_t oid)
{
    size_t low = 0, high = reading->types.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->types.items[middle].oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < reading->types.len && reading->types.items[low].oid == oid;
    return found ? &reading->types.items[low] : NULL;
}

static Type *array_of(Arena *arena, Type *item)
{
    Type *array = type_new(arena, TYPE_PG_ARRAY);
    array->item = item;
    return array;
}

static Type *named_copy(PgReading *reading, PgType *named)
{
    if (named->type->kind == TYPE_PG_DOMAIN && !named->domain_resolved) {
        named->domain_resolved = true;
        named->type->domain_type =
            pg_type(reading, named->base_text, named->base, named->type->collation);
    }
    return type_copy(reading->arena, named->type);
}

static Type *type_spelled(PgReading *reading, Str text, PgType *named, Str collation)
{
    Arena *arena = reading->arena;
    Spelling spelling = spelling_of(arena, text);
    Type *type = named ? named_copy(reading, named) : type_new(arena, kind_named(spelling.name));
    if (!named && type->kind == TYPE_NULL) {
        type->declared = text;
        return type;
    }
    if (!named)
        set_members(arena, type, &spelling);
    if (str_given(collation) && type_is(type, TYPE_STRING) && !named)
        type->collation = collation;
    return spelling.dimensions > 0 ? array_of(arena, type) : type;
}

Type *pg_type(PgReading *reading, Str text, int64_t oid, Str collation)
{
    PgType *named = pg_named_type(reading, oid);
    bool shared = !named && !str_given(collation);
    Type *type = shared ? map_get(&reading->shared_types, text) : NULL;
    if (type)
        return type;
    type = type_spelled(reading, str_dup(reading->arena, text), named, collation);
    if (shared)
        map_set(&reading->shared_types, text, type);
    return type;
}

/* ---- ENUM and DOMAIN ---- */

enum {
    TYPE_OID,
    TYPE_NAME,
    TYPE_SCHEMA,
    TYPE_VISIBLE,
    TYPE_CLASS,
    TYPE_LABEL,
    TYPE_BASE,
    TYPE_BASE_TEXT,
    TYPE_NOT_NULL,
    TYPE_DEFAULT,
    TYPE_COLLATION,
    TYPE_CONSTRAINT,
    TYPE_CHECK,
};

/* A row for each label of an ENUM and each CHECK of a DOMAIN, at least one for each of them. */
static const char types_sql[] =
    "SELECT t.oid::int8, t.typname::text, n.nspname::text, pg_type_is_visible(t.oid)::int, "
    "t.typtype::text, e.enumlabel::text, "
    "CASE WHEN b.typtype = 'b' AND b.typelem <> 0 AND b.typlen = -1 THEN b.typelem ELSE b.oid "
    "END::int8, format_type(t.typbasetype, t.typtypmod), t.typnotnull::int, t.typdefault, "
    "CASE WHEN t.typcollation <> b.typcollation THEN l.collname::text END, k.conname::text, "
    "pg_get_constraintdef(k.oid, true) "
    "FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
    "LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid "
    "LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype "
    "LEFT JOIN pg_catalog.pg_collation l ON l.oid = t.typcollation "
    "LEFT JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid AND k.contype = 'c' "
    "WHERE t.typtype IN ('e', 'd') AND n.nspname <> 'information_schema' "
    "AND n.nspname <> 'pg_catalog' "
    "ORDER BY t.oid, e.enumsortorder, k.conname";

static Str check_text(Str def)
{
    Str open = STR("CHECK (");
    ptrdiff_t close = str_rfind_char(def, ')');
    if (!str_starts(def, open) || close < (ptrdiff_t)open.len)
        return def;
    return str_slice(def, open.len, (size_t)close);
}

static PgType *begin_type(PgReading *reading, const DbValue *row)
{
    bool domain = str_is(db_value_text(row[TYPE_CLASS]), "d");
    Type *type = type_new(reading->arena, domain ? TYPE_PG_DOMAIN : TYPE_PG_ENUM);
    PgType made = { .oid = pg_int(row, TYPE_OID),
                    .base = pg_int(row, TYPE_BASE),
                    .schema = pg_text(reading, row, TYPE_SCHEMA),
                    .visible = pg_flag(row, TYPE_VISIBLE),
                    .base_text = pg_text(reading, row, TYPE_BASE_TEXT),
                    .type = type };
    type->name = (Name){ .text = pg_text(reading, row, TYPE_NAME) };
    type->schema = made.visible ? STR_NONE : made.schema;
    if (domain) {
        type->not_null = pg_flag(row, TYPE_NOT_NULL) ? TRI_TRUE : TRI_FALSE;
        type->collation = pg_text(reading, row, TYPE_COLLATION);
        Str fallback = pg_text(reading, row, TYPE_DEFAULT);
        if (str_given(fallback))
            type->domain_default = pg_sql(reading->arena, fallback);
    }
    VEC_PUSH(reading->arena, &reading->types, made);
    return &VEC_LAST(&reading->types);
}

/* SQLAlchemy's DOMAIN has room for one CHECK: the first by name that is there. */
static void add_check(PgReading *reading, PgType *type, const DbValue *row)
{
    DomainCheck check = { .name = pg_text(reading, row, TYPE_CONSTRAINT),
                          .check = check_text(pg_text(reading, row, TYPE_CHECK)) };
    VEC_PUSH(reading->arena, &type->checks, check);
    if (type->checks.len == 1) {
        type->type->constraint_name = (Name){ .text = check.name, .final = true };
        type->type->domain_check = pg_sql(reading->arena, check.check);
    }
}

bool pg_read_types(PgReading *reading)
{
    DbResult result;
    const DbValue *row;
    if (!pg_query(reading, str_from(types_sql), &result))
        return false;
    PgType *type = NULL;
    while (db_next(&result, &row, reading->err) && row) {
        if (!type || type->oid != pg_int(row, TYPE_OID))
            type = begin_type(reading, row);
        Str label = pg_text(reading, row, TYPE_LABEL);
        if (str_given(label))
            VEC_PUSH(reading->arena, &type->type->values, label);
        if (row[TYPE_CONSTRAINT].type != DB_NULL)
            add_check(reading, type, row);
    }
    return !error_set(reading->err);
}
