/* SPDX-License-Identifier: MIT */
#include "schema/type.h"

#include "schema/table.h"

#define ROWS(name, ...) static const Field name##_fields[] = { __VA_ARGS__ }

/* One row a member; several parameters may share a row list. */
ROWS(none, FIELD(Type, name, ".name"));
ROWS(length, FIELD(Type, length, "length"));
ROWS(string, FIELD(Type, length, "length"), FIELD(Type, collation, "collation"));
ROWS(numeric, FIELD(Type, precision, "precision"), FIELD(Type, scale, "scale"),
     FIELD(Type, decimal_return_scale, "decimal_return_scale"),
     FIELD(Type, asdecimal, "asdecimal"));
ROWS(boolean, FIELD(Type, create_constraint, "create_constraint"), FIELD(Type, name, "name"));
ROWS(time, FIELD(Type, timezone, "timezone"));
ROWS(interval, FIELD(Type, native, "native"), FIELD(Type, second_precision, "second_precision"),
     FIELD(Type, day_precision, "day_precision"));
ROWS(extra, FIELD(Type, extra, "pickler"));
#define ENUM_ROWS                                                                         \
    FIELD(Type, values, ".enums"), FIELD(Type, create_constraint, "create_constraint"),   \
        LINK(Type, metadata, "metadata", &metadata_record), FIELD(Type, name, "name"),    \
        FIELD(Type, native_enum, "native_enum"), FIELD(Type, create_type, "create_type"), \
        FIELD(Type, length, "length"), FIELD(Type, schema, "schema"),                     \
        FIELD(Type, name.quote, "quote"), FIELD(Type, inherit_schema, "inherit_schema"),  \
        FIELD(Type, validate_strings, "validate_strings"),                                \
        FIELD(Type, values_callable, "values_callable"),                                  \
        FIELD(Type, sort_key_function, "sort_key_function"),                              \
        FIELD(Type, enum_class, ".enum_class"), FIELD(Type, omit_aliases, "omit_aliases")
#define MYSQL_STRING_ROWS                                                 \
    FIELD(Type, charset, "charset"), FIELD(Type, collation, "collation"), \
        FIELD(Type, ascii, "ascii"), FIELD(Type, unicode, "unicode"),     \
        FIELD(Type, binary, "binary"), FIELD(Type, national, "national")
ROWS(enum, ENUM_ROWS);
ROWS(json, FIELD(Type, none_as_null, "none_as_null"),
     LINK(Type, astext_type, "astext_type", &type_classes[TYPE_ENGINE].record));
ROWS(uuid, FIELD(Type, as_uuid, "as_uuid"), FIELD(Type, native_uuid, "native_uuid"));
ROWS(array, LINK(Type, item, "item_type", &type_classes[TYPE_ENGINE].record),
     FIELD(Type, as_tuple, "as_tuple"), FIELD(Type, dimensions, "dimensions"),
     FIELD(Type, zero_indexes, "zero_indexes"));
ROWS(bit, FIELD(Type, length, "length"), FIELD(Type, varying, "varying"));
ROWS(domain, FIELD(Type, name, "name"),
     LINK(Type, domain_type, "data_type", &type_classes[TYPE_ENGINE].record),
     FIELD(Type, collation, "collation"), FIELD(Type, domain_default, "default"),
     FIELD(Type, constraint_name, "constraint_name"), FIELD(Type, not_null, "not_null"),
     FIELD(Type, domain_check, "check"), FIELD(Type, create_type, "create_type"),
     FIELD(Type, schema, "schema"), LINK(Type, metadata, "metadata", &metadata_record),
     FIELD(Type, name.quote, "quote"), FIELD(Type, inherit_schema, "inherit_schema"));
ROWS(pg_interval, FIELD(Type, precision, "precision"), FIELD(Type, fields, "fields"));
ROWS(hstore, LINK(Type, item, "text_type", &type_classes[TYPE_ENGINE].record));
ROWS(pg_time, FIELD(Type, timezone, "timezone"), FIELD(Type, precision, "precision"));
ROWS(fsp, FIELD(Type, timezone, "timezone"), FIELD(Type, fsp, "fsp"));
ROWS(mysql_int, FIELD(Type, display_width, "display_width"), FIELD(Type, is_unsigned, "unsigned"),
     FIELD(Type, zerofill, "zerofill"));
ROWS(mysql_numeric, FIELD(Type, precision, "precision"), FIELD(Type, scale, "scale"),
     FIELD(Type, asdecimal, "asdecimal"), FIELD(Type, is_unsigned, "unsigned"),
     FIELD(Type, zerofill, "zerofill"));
ROWS(mysql_string, FIELD(Type, length, "length"), MYSQL_STRING_ROWS);
ROWS(mysql_enum, ENUM_ROWS, MYSQL_STRING_ROWS);
ROWS(mysql_set, FIELD(Type, values, ".values"), FIELD(Type, length, "length"),
     FIELD(Type, retrieve_as_bitwise, "retrieve_as_bitwise"), MYSQL_STRING_ROWS);

static TypeKind type_kind_of_record(const Record *record)
{
    for (; record; record = record->base)
        for (size_t i = 0; i < TYPE_KIND_COUNT; i++)
            if (&type_classes[i].record == record)
                return (TypeKind)i;
    return TYPE_NULL;
}

static bool type_take_values(Arena *arena, Type *type, const Datum *args, size_t count, Error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (args[i].kind == DATUM_SCRIPT) {
            type->enum_class = args[i].script;
            continue;
        }
        if (args[i].kind != DATUM_STR)
            return fail(err, ERR_SCRIPT, "the values of an Enum must be strings");
        VEC_PUSH(arena, &type->values, str_dup(arena, args[i].text));
    }
    return true;
}

static bool type_check_length(const Type *type, Error *err)
{
    Type plain = *type;
    plain.length.given = false;
    int64_t longest = type_enum_length(&plain);
    if (type->length.given && type->length.value < longest && type_is(type, TYPE_ENUM))
        return fail(err, ERR_SCRIPT,
                    "ValueError: When provided, length must be larger or equal than the length of "
                    "the longest enum value. %lld < %lld",
                    (long long)type->length.value, (long long)longest);
    return true;
}

static bool type_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Type *type = object;
    type->kind = type_kind_of_record(type->head.record);
    if (type->metadata && (type_is(type, TYPE_ENUM) || type->kind == TYPE_PG_DOMAIN))
        VEC_PUSH(type->metadata->arena, &type->metadata->types, type);
    if (type_is(type, TYPE_ENUM) || type_is(type, TYPE_MYSQL_SET))
        return type_take_values(arena, type, args, count, err) && type_check_length(type, err);
    return true;
}

Type *type_new(Arena *arena, TypeKind kind)
{
    Type *type = record_new(arena, &type_classes[kind].record);
    type->kind = kind;
    return type;
}

Type *type_sized(Arena *arena, TypeKind kind, int64_t length)
{
    Type *type = type_new(arena, kind);
    type->length = (OptInt){ .given = true, .value = length };
    return type;
}

bool type_kind_is(TypeKind kind, TypeKind ancestor)
{
    return record_is(&type_classes[kind].record, &type_classes[ancestor].record);
}

Type *type_copy(Arena *arena, const Type *type)
{
    Type *copy = arena_copy(arena, type, sizeof *type);
    copy->head.box = NULL;
    return copy;
}

Type *type_with_variant(Arena *arena, const Type *type, Str dialect, Type *variant)
{
    Type *copy = type_copy(arena, type);
    copy->variants.items = NULL;
    copy->variants.len = copy->variants.cap = 0;
    VEC_EACH (const TypeVariant, each, &type->variants)
        if (!str_eq(each->dialect, dialect))
            VEC_PUSH(arena, &copy->variants, *each);
    TypeVariant row = { str_dup(arena, dialect), variant };
    VEC_PUSH(arena, &copy->variants, row);
    return copy;
}

const Type *type_for(const Type *type, Str dialect)
{
    VEC_EACH (const TypeVariant, each, &type->variants)
        if (str_eq(each->dialect, dialect))
            return each->type;
    return type;
}

const Type *type_innermost(const Type *type, Str dialect)
{
    while (type) {
        type = type_for(type, dialect);
        const Type *inner = type_is(type, TYPE_ARRAY)       ? type->item
                            : type_is(type, TYPE_DECORATOR) ? type->impl
                                                            : NULL;
        if (!inner)
            break;
        type = inner;
    }
    return type;
}

int64_t type_enum_length(const Type *type)
{
    if (type->length.given)
        return type->length.value;
    int64_t longest = 0;
    VEC_EACH (const Str, each, &type->values) {
        int64_t length = (int64_t)utf8_count(*each);
        longest = length > longest ? length : longest;
    }
    return longest;
}

const TypeClass *type_class_find(TypeModule module, Str name)
{
    for (size_t i = 0; i < TYPE_KIND_COUNT; i++)
        if (type_classes[i].module == module && str_is(name, type_classes[i].record.name))
            return &type_classes[i];
    return NULL;
}

#define ROW(id, python, where, parent, rows, params)                                               \
    [TYPE_##id] = {                                                                                \
        .kind = TYPE_##id,                                                                         \
        .module = TYPE_MODULE_##where,                                                             \
        .record = { .name = python,                                                                \
                    .signature = python params,                                                    \
                    .size = sizeof(Type),                                                          \
                    .base = TYPE_##id == TYPE_ENGINE ? NULL : &type_classes[TYPE_##parent].record, \
                    .fields = rows##_fields,                                                       \
                    .field_count = sizeof rows##_fields / sizeof *rows##_fields,                   \
                    .finish = type_finish }                                                        \
    }

/* enumerator, Python name, module, base, members, parameters */
const TypeClass type_classes[TYPE_KIND_COUNT] = {
    ROW(ENGINE, "TypeEngine", SA, ENGINE, none, "(*args, **kw)"),
    ROW(NULL, "NullType", SA, ENGINE, none, "()"),
    ROW(STRING, "String", SA, ENGINE, string, "(length=None, collation=None)"),
    ROW(TEXT, "Text", SA, STRING, string, "(length=None, collation=None)"),
    ROW(UNICODE, "Unicode", SA, STRING, string, "(length=None, collation=None)"),
    ROW(UNICODE_TEXT, "UnicodeText", SA, TEXT, string, "(length=None, collation=None)"),
    ROW(INTEGER, "Integer", SA, ENGINE, none, "()"),
    ROW(SMALL_INTEGER, "SmallInteger", SA, INTEGER, none, "()"),
    ROW(BIG_INTEGER, "BigInteger", SA, INTEGER, none, "()"),
    ROW(NUMERIC, "Numeric", SA, ENGINE, numeric,
        "(precision=None, scale=None, decimal_return_scale=None, asdecimal=True)"),
    ROW(FLOAT, "Float", SA, NUMERIC, numeric,
        "(precision=None, asdecimal=False, decimal_return_scale=None)"),
    ROW(DOUBLE, "Double", SA, FLOAT, numeric,
        "(precision=None, asdecimal=False, decimal_return_scale=None)"),
    ROW(BOOLEAN, "Boolean", SA, ENGINE, boolean,
        "(create_constraint=False, name=None, _create_events=True, _adapted_from=None)"),
    ROW(DATE, "Date", SA, ENGINE, none, "()"),
    ROW(TIME, "Time", SA, ENGINE, time, "(timezone=False)"),
    ROW(DATE_TIME, "DateTime", SA, ENGINE, time, "(timezone=False)"),
    ROW(INTERVAL, "Interval", SA, ENGINE, interval,
        "(native=True, second_precision=None, day_precision=None)"),
    ROW(LARGE_BINARY, "LargeBinary", SA, ENGINE, length, "(length=None)"),
    ROW(PICKLE, "PickleType", SA, DECORATOR, extra,
        "(protocol=None, pickler=None, comparator=None, impl=None)"),
    ROW(ENUM, "Enum", SA, STRING, enum,
        "(*enums, create_constraint=False, metadata=None, name=None, native_enum=True, "
        "create_type=True, length=None, schema=None, quote=None, inherit_schema=False, "
        "validate_strings=False, values_callable=None, sort_key_function=None, "
        "omit_aliases=True, **kw)"),
    ROW(JSON, "JSON", SA, ENGINE, json, "(none_as_null=False)"),
    ROW(UUID, "Uuid", SA, ENGINE, uuid, "(as_uuid=True, native_uuid=True)"),
    ROW(ARRAY, "ARRAY", SA, ENGINE, array,
        "(item_type, as_tuple=False, dimensions=None, zero_indexes=False)"),
    ROW(TUPLE, "TupleType", SA, ENGINE, none, "(*types)"),
    ROW(VARIANT, "Variant", SA, DECORATOR, none, "(base, mapping=None)"),
    ROW(DECORATOR, "TypeDecorator", SA, ENGINE, none, "(*args, **kw)"),
    ROW(USER_DEFINED, "UserDefinedType", SA, ENGINE, none, "(*args, **kw)"),
    ROW(SQL_VARCHAR, "VARCHAR", SA, STRING, string, "(length=None, collation=None)"),
    ROW(SQL_CHAR, "CHAR", SA, STRING, string, "(length=None, collation=None)"),
    ROW(SQL_NVARCHAR, "NVARCHAR", SA, UNICODE, string, "(length=None, collation=None)"),
    ROW(SQL_NCHAR, "NCHAR", SA, UNICODE, string, "(length=None, collation=None)"),
    ROW(SQL_TEXT, "TEXT", SA, TEXT, string, "(length=None, collation=None)"),
    ROW(SQL_CLOB, "CLOB", SA, TEXT, string, "(length=None, collation=None)"),
    ROW(SQL_INTEGER, "INTEGER", SA, INTEGER, none, "()"),
    ROW(SQL_SMALLINT, "SMALLINT", SA, SMALL_INTEGER, none, "()"),
    ROW(SQL_BIGINT, "BIGINT", SA, BIG_INTEGER, none, "()"),
    ROW(SQL_NUMERIC, "NUMERIC", SA, NUMERIC, numeric,
        "(precision=None, scale=None, decimal_return_scale=None, asdecimal=True)"),
    ROW(SQL_DECIMAL, "DECIMAL", SA, NUMERIC, numeric,
        "(precision=None, scale=None, decimal_return_scale=None, asdecimal=True)"),
    ROW(SQL_FLOAT, "FLOAT", SA, FLOAT, numeric,
        "(precision=None, asdecimal=False, decimal_return_scale=None)"),
    ROW(SQL_REAL, "REAL", SA, FLOAT, numeric,
        "(precision=None, asdecimal=False, decimal_return_scale=None)"),
    ROW(SQL_DOUBLE, "DOUBLE", SA, DOUBLE, numeric,
        "(precision=None, asdecimal=False, decimal_return_scale=None)"),
    ROW(SQL_DOUBLE_PRECISION, "DOUBLE_PRECISION", SA, DOUBLE, numeric,
        "(precision=None, asdecimal=False, decimal_return_scale=None)"),
    ROW(SQL_BOOLEAN, "BOOLEAN", SA, BOOLEAN, none, "()"),
    ROW(SQL_DATE, "DATE", SA, DATE, none, "()"),
    ROW(SQL_TIME, "TIME", SA, TIME, time, "(timezone=False)"),
    ROW(SQL_DATETIME, "DATETIME", SA, DATE_TIME, time, "(timezone=False)"),
    ROW(SQL_TIMESTAMP, "TIMESTAMP", SA, DATE_TIME, time, "(timezone=False)"),
    ROW(SQL_BLOB, "BLOB", SA, LARGE_BINARY, length, "(length=None)"),
    ROW(SQL_BINARY, "BINARY", SA, LARGE_BINARY, length, "(length=None)"),
    ROW(SQL_VARBINARY, "VARBINARY", SA, LARGE_BINARY, length, "(length=None)"),
    ROW(SQL_UUID, "UUID", SA, UUID, uuid, "(as_uuid=True)"),
    ROW(PG_ARRAY, "ARRAY", POSTGRESQL, ARRAY, array,
        "(item_type, as_tuple=False, dimensions=None, zero_indexes=False)"),
    ROW(PG_BIT, "BIT", POSTGRESQL, ENGINE, bit, "(length=None, varying=False)"),
    ROW(PG_BYTEA, "BYTEA", POSTGRESQL, LARGE_BINARY, length, "(length=None)"),
    ROW(PG_CIDR, "CIDR", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_CITEXT, "CITEXT", POSTGRESQL, SQL_TEXT, string, "(length=None, collation=None)"),
    ROW(PG_DOMAIN, "DOMAIN", POSTGRESQL, ENGINE, domain,
        "(name, data_type, *, collation=None, default=None, constraint_name=None, "
        "not_null=None, check=None, create_type=True, schema=None, metadata=None, "
        "quote=None, inherit_schema=False, **kw)"),
    ROW(PG_ENUM, "ENUM", POSTGRESQL, ENUM, enum,
        "(*enums, create_constraint=False, metadata=None, name=None, native_enum=True, "
        "create_type=True, length=None, schema=None, quote=None, inherit_schema=False, "
        "validate_strings=False, values_callable=None, sort_key_function=None, "
        "omit_aliases=True, **kw)"),
    ROW(PG_HSTORE, "HSTORE", POSTGRESQL, ENGINE, hstore, "(text_type=None)"),
    ROW(PG_INET, "INET", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_INTERVAL, "INTERVAL", POSTGRESQL, ENGINE, pg_interval, "(precision=None, fields=None)"),
    ROW(PG_JSON, "JSON", POSTGRESQL, JSON, json, "(none_as_null=False, astext_type=None)"),
    ROW(PG_JSONB, "JSONB", POSTGRESQL, PG_JSON, json, "(none_as_null=False, astext_type=None)"),
    ROW(PG_JSONPATH, "JSONPATH", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_MACADDR, "MACADDR", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_MACADDR8, "MACADDR8", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_MONEY, "MONEY", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_OID, "OID", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_REGCLASS, "REGCLASS", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_REGCONFIG, "REGCONFIG", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_TIME, "TIME", POSTGRESQL, SQL_TIME, pg_time, "(timezone=False, precision=None)"),
    ROW(PG_TIMESTAMP, "TIMESTAMP", POSTGRESQL, SQL_TIMESTAMP, pg_time,
        "(timezone=False, precision=None)"),
    ROW(PG_TSQUERY, "TSQUERY", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_TSVECTOR, "TSVECTOR", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_INT4RANGE, "INT4RANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_INT8RANGE, "INT8RANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_NUMRANGE, "NUMRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_DATERANGE, "DATERANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_TSRANGE, "TSRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_TSTZRANGE, "TSTZRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_INT4MULTIRANGE, "INT4MULTIRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_INT8MULTIRANGE, "INT8MULTIRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_NUMMULTIRANGE, "NUMMULTIRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_DATEMULTIRANGE, "DATEMULTIRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_TSMULTIRANGE, "TSMULTIRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(PG_TSTZMULTIRANGE, "TSTZMULTIRANGE", POSTGRESQL, ENGINE, none, "()"),
    ROW(MYSQL_BIGINT, "BIGINT", MYSQL, SQL_BIGINT, mysql_int,
        "(display_width=None, unsigned=False, zerofill=False)"),
    ROW(MYSQL_BIT, "BIT", MYSQL, ENGINE, length, "(length=None)"),
    ROW(MYSQL_CHAR, "CHAR", MYSQL, SQL_CHAR, mysql_string,
        "(length=None, charset=None, collation=None, ascii=False, unicode=False, "
        "binary=False, national=False)"),
    ROW(MYSQL_DATETIME, "DATETIME", MYSQL, SQL_DATETIME, fsp, "(timezone=False, fsp=None)"),
    ROW(MYSQL_DECIMAL, "DECIMAL", MYSQL, SQL_DECIMAL, mysql_numeric,
        "(precision=None, scale=None, asdecimal=True, unsigned=False, zerofill=False)"),
    ROW(MYSQL_DOUBLE, "DOUBLE", MYSQL, SQL_DOUBLE, mysql_numeric,
        "(precision=None, scale=None, asdecimal=True, unsigned=False, zerofill=False)"),
    ROW(MYSQL_ENUM, "ENUM", MYSQL, ENUM, mysql_enum,
        "(*enums, strict=False, charset=None, collation=None, ascii=False, unicode=False, "
        "binary=False, national=False, create_constraint=False, metadata=None, name=None, "
        "native_enum=True, create_type=True, length=None, schema=None, quote=None, "
        "inherit_schema=False, validate_strings=False, values_callable=None, "
        "sort_key_function=None, omit_aliases=True, **kw)"),
    ROW(MYSQL_FLOAT, "FLOAT", MYSQL, SQL_FLOAT, mysql_numeric,
        "(precision=None, scale=None, asdecimal=False, unsigned=False, zerofill=False)"),
    ROW(MYSQL_INTEGER, "INTEGER", MYSQL, SQL_INTEGER, mysql_int,
        "(display_width=None, unsigned=False, zerofill=False)"),
    ROW(MYSQL_JSON, "JSON", MYSQL, JSON, json, "(none_as_null=False)"),
    ROW(MYSQL_LONGBLOB, "LONGBLOB", MYSQL, LARGE_BINARY, length, "(length=None)"),
    ROW(MYSQL_LONGTEXT, "LONGTEXT", MYSQL, STRING, mysql_string,
        "(charset=None, collation=None, ascii=False, unicode=False, binary=False, "
        "national=False)"),
    ROW(MYSQL_MEDIUMBLOB, "MEDIUMBLOB", MYSQL, LARGE_BINARY, length, "(length=None)"),
    ROW(MYSQL_MEDIUMINT, "MEDIUMINT", MYSQL, INTEGER, mysql_int,
        "(display_width=None, unsigned=False, zerofill=False)"),
    ROW(MYSQL_MEDIUMTEXT, "MEDIUMTEXT", MYSQL, STRING, mysql_string,
        "(charset=None, collation=None, ascii=False, unicode=False, binary=False, "
        "national=False)"),
    ROW(MYSQL_NCHAR, "NCHAR", MYSQL, SQL_NCHAR, mysql_string,
        "(length=None, charset=None, collation=None, ascii=False, unicode=False, "
        "binary=False, national=False)"),
    ROW(MYSQL_NUMERIC, "NUMERIC", MYSQL, SQL_NUMERIC, mysql_numeric,
        "(precision=None, scale=None, asdecimal=True, unsigned=False, zerofill=False)"),
    ROW(MYSQL_NVARCHAR, "NVARCHAR", MYSQL, SQL_NVARCHAR, mysql_string,
        "(length=None, charset=None, collation=None, ascii=False, unicode=False, "
        "binary=False, national=False)"),
    ROW(MYSQL_REAL, "REAL", MYSQL, SQL_REAL, mysql_numeric,
        "(precision=None, scale=None, asdecimal=True, unsigned=False, zerofill=False)"),
    ROW(MYSQL_SET, "SET", MYSQL, STRING, mysql_set,
        "(*values, retrieve_as_bitwise=False, length=None, charset=None, collation=None, "
        "ascii=False, unicode=False, binary=False, national=False, **kw)"),
    ROW(MYSQL_SMALLINT, "SMALLINT", MYSQL, SQL_SMALLINT, mysql_int,
        "(display_width=None, unsigned=False, zerofill=False)"),
    ROW(MYSQL_TEXT, "TEXT", MYSQL, SQL_TEXT, mysql_string,
        "(length=None, charset=None, collation=None, ascii=False, unicode=False, "
        "binary=False, national=False)"),
    ROW(MYSQL_TIME, "TIME", MYSQL, SQL_TIME, fsp, "(timezone=False, fsp=None)"),
    ROW(MYSQL_TIMESTAMP, "TIMESTAMP", MYSQL, SQL_TIMESTAMP, fsp, "(timezone=False, fsp=None)"),
    ROW(MYSQL_TINYBLOB, "TINYBLOB", MYSQL, LARGE_BINARY, length, "(length=None)"),
    ROW(MYSQL_TINYINT, "TINYINT", MYSQL, INTEGER, mysql_int,
        "(display_width=None, unsigned=False, zerofill=False)"),
    ROW(MYSQL_TINYTEXT, "TINYTEXT", MYSQL, STRING, mysql_string,
        "(charset=None, collation=None, ascii=False, unicode=False, binary=False, "
        "national=False)"),
    ROW(MYSQL_VARCHAR, "VARCHAR", MYSQL, SQL_VARCHAR, mysql_string,
        "(length=None, charset=None, collation=None, ascii=False, unicode=False, "
        "binary=False, national=False)"),
    ROW(MYSQL_YEAR, "YEAR", MYSQL, ENGINE, mysql_int, "(display_width=None)"),
    ROW(MARIADB_INET4, "INET4", MARIADB, ENGINE, none, "()"),
    ROW(MARIADB_INET6, "INET6", MARIADB, ENGINE, none, "()"),
    ROW(SQLITE_DATE, "DATE", SQLITE, DATE, time,
        "(storage_format=None, regexp=None, timezone=False, **kw)"),
    ROW(SQLITE_DATETIME, "DATETIME", SQLITE, DATE_TIME, time,
        "(storage_format=None, regexp=None, timezone=False, **kw)"),
    ROW(SQLITE_JSON, "JSON", SQLITE, JSON, json, "(none_as_null=False)"),
    ROW(SQLITE_TIME, "TIME", SQLITE, TIME, time,
        "(storage_format=None, regexp=None, timezone=False, **kw)"),
};
