/* SPDX-License-Identifier: MIT */
/*
 * Types of columns. One struct serves all of SQLAlchemy's type classes; a class is a row of
 * type_classes with its Python name, its module, what it inherits from and its Record. How a type is
 * spelled in SQL is the dialects' business (sql/dialect.h).
 *
 *     Type *type = type_new(arena, TYPE_STRING);
 *     type->length = (OptInt){ true, 30 };
 *
 * A member that a class does not have stays zero, which means "not given".
 */
#ifndef LIMBECK_SCHEMA_TYPE_H
#define LIMBECK_SCHEMA_TYPE_H

#include "base/record.h"

typedef struct MetaData MetaData;
typedef struct Type Type;

/* X(enumerator, Python name, module, base) */
#define TYPE_CLASSES(X)                                                                         \
    X(ENGINE, "TypeEngine", SA, ENGINE)                                                         \
    X(NULL, "NullType", SA, ENGINE)                                                             \
    X(STRING, "String", SA, ENGINE)                                                             \
    X(TEXT, "Text", SA, STRING)                                                                 \
    X(UNICODE, "Unicode", SA, STRING)                                                           \
    X(UNICODE_TEXT, "UnicodeText", SA, TEXT)                                                    \
    X(INTEGER, "Integer", SA, ENGINE)                                                           \
    X(SMALL_INTEGER, "SmallInteger", SA, INTEGER)                                               \
    X(BIG_INTEGER, "BigInteger", SA, INTEGER)                                                   \
    X(NUMERIC, "Numeric", SA, ENGINE)                                                           \
    X(FLOAT, "Float", SA, NUMERIC)                                                              \
    X(DOUBLE, "Double", SA, FLOAT)                                                              \
    X(BOOLEAN, "Boolean", SA, ENGINE)                                                           \
    X(DATE, "Date", SA, ENGINE)                                                                 \
    X(TIME, "Time", SA, ENGINE)                                                                 \
    X(DATE_TIME, "DateTime", SA, ENGINE)                                                        \
    X(INTERVAL, "Interval", SA, ENGINE)                                                         \
    X(LARGE_BINARY, "LargeBinary", SA, ENGINE)                                                  \
    X(PICKLE, "PickleType", SA, DECORATOR)                                                      \
    X(ENUM, "Enum", SA, STRING)                                                                 \
    X(JSON, "JSON", SA, ENGINE)                                                                 \
    X(UUID, "Uuid", SA, ENGINE)                                                                 \
    X(ARRAY, "ARRAY", SA, ENGINE)                                                               \
    X(TUPLE, "TupleType", SA, ENGINE)                                                           \
    X(VARIANT, "Variant", SA, DECORATOR)                                                        \
    X(DECORATOR, "TypeDecorator", SA, ENGINE)                                                   \
    X(USER_DEFINED, "UserDefinedType", SA, ENGINE)                                              \
    X(SQL_VARCHAR, "VARCHAR", SA, STRING)                                                       \
    X(SQL_CHAR, "CHAR", SA, STRING)                                                             \
    X(SQL_NVARCHAR, "NVARCHAR", SA, UNICODE)                                                    \
    X(SQL_NCHAR, "NCHAR", SA, UNICODE)                                                          \
    X(SQL_TEXT, "TEXT", SA, TEXT)                                                               \
    X(SQL_CLOB, "CLOB", SA, TEXT)                                                               \
    X(SQL_INTEGER, "INTEGER", SA, INTEGER)                                                      \
    X(SQL_SMALLINT, "SMALLINT", SA, SMALL_INTEGER)                                              \
    X(SQL_BIGINT, "BIGINT", SA, BIG_INTEGER)                                                    \
    X(SQL_NUMERIC, "NUMERIC", SA, NUMERIC)                                                      \
    X(SQL_DECIMAL, "DECIMAL", SA, NUMERIC)                                                      \
    X(SQL_FLOAT, "FLOAT", SA, FLOAT)                                                            \
    X(SQL_REAL, "REAL", SA, FLOAT)                                                              \
    X(SQL_DOUBLE, "DOUBLE", SA, DOUBLE)                                                         \
    X(SQL_DOUBLE_PRECISION, "DOUBLE_PRECISION", SA, DOUBLE)                                     \
    X(SQL_BOOLEAN, "BOOLEAN", SA, BOOLEAN)                                                      \
    X(SQL_DATE, "DATE", SA, DATE)                                                               \
    X(SQL_TIME, "TIME", SA, TIME)                                                               \
    X(SQL_DATETIME, "DATETIME", SA, DATE_TIME)                                                  \
    X(SQL_TIMESTAMP, "TIMESTAMP", SA, DATE_TIME)                                                \
    X(SQL_BLOB, "BLOB", SA, LARGE_BINARY)                                                       \
    X(SQL_BINARY, "BINARY", SA, LARGE_BINARY)                                                   \
    X(SQL_VARBINARY, "VARBINARY", SA, LARGE_BINARY)                                             \
    X(SQL_UUID, "UUID", SA, UUID)                                                               \
    X(PG_ARRAY, "ARRAY", POSTGRESQL, ARRAY)                                                     \
    X(PG_BIT, "BIT", POSTGRESQL, ENGINE)                                                        \
    X(PG_BYTEA, "BYTEA", POSTGRESQL, LARGE_BINARY)                                              \
    X(PG_CIDR, "CIDR", POSTGRESQL, ENGINE)                                                      \
    X(PG_CITEXT, "CITEXT", POSTGRESQL, SQL_TEXT)                                                \
    X(PG_DOMAIN, "DOMAIN", POSTGRESQL, ENGINE)                                                  \
    X(PG_ENUM, "ENUM", POSTGRESQL, ENUM)                                                        \
    X(PG_HSTORE, "HSTORE", POSTGRESQL, ENGINE)                                                  \
    X(PG_INET, "INET", POSTGRESQL, ENGINE)                                                      \
    X(PG_INTERVAL, "INTERVAL", POSTGRESQL, ENGINE)                                              \
    X(PG_JSON, "JSON", POSTGRESQL, JSON)                                                        \
    X(PG_JSONB, "JSONB", POSTGRESQL, PG_JSON)                                                   \
    X(PG_JSONPATH, "JSONPATH", POSTGRESQL, ENGINE)                                              \
    X(PG_MACADDR, "MACADDR", POSTGRESQL, ENGINE)                                                \
    X(PG_MACADDR8, "MACADDR8", POSTGRESQL, ENGINE)                                              \
    X(PG_MONEY, "MONEY", POSTGRESQL, ENGINE)                                                    \
    X(PG_OID, "OID", POSTGRESQL, ENGINE)                                                        \
    X(PG_REGCLASS, "REGCLASS", POSTGRESQL, ENGINE)                                              \
    X(PG_REGCONFIG, "REGCONFIG", POSTGRESQL, ENGINE)                                            \
    X(PG_TIME, "TIME", POSTGRESQL, SQL_TIME)                                                    \
    X(PG_TIMESTAMP, "TIMESTAMP", POSTGRESQL, SQL_TIMESTAMP)                                     \
    X(PG_TSQUERY, "TSQUERY", POSTGRESQL, ENGINE)                                                \
    X(PG_TSVECTOR, "TSVECTOR", POSTGRESQL, ENGINE)                                              \
    X(PG_INT4RANGE, "INT4RANGE", POSTGRESQL, ENGINE)                                            \
    X(PG_INT8RANGE, "INT8RANGE", POSTGRESQL, ENGINE)                                            \
    X(PG_NUMRANGE, "NUMRANGE", POSTGRESQL, ENGINE)                                              \
    X(PG_DATERANGE, "DATERANGE", POSTGRESQL, ENGINE)                                            \
    X(PG_TSRANGE, "TSRANGE", POSTGRESQL, ENGINE)                                                \
    X(PG_TSTZRANGE, "TSTZRANGE", POSTGRESQL, ENGINE)                                            \
    X(PG_INT4MULTIRANGE, "INT4MULTIRANGE", POSTGRESQL, ENGINE)                                  \
    X(PG_INT8MULTIRANGE, "INT8MULTIRANGE", POSTGRESQL, ENGINE)                                  \
    X(PG_NUMMULTIRANGE, "NUMMULTIRANGE", POSTGRESQL, ENGINE)                                    \
    X(PG_DATEMULTIRANGE, "DATEMULTIRANGE", POSTGRESQL, ENGINE)                                  \
    X(PG_TSMULTIRANGE, "TSMULTIRANGE", POSTGRESQL, ENGINE)                                      \
    X(PG_TSTZMULTIRANGE, "TSTZMULTIRANGE", POSTGRESQL, ENGINE)                                  \
    X(MYSQL_BIGINT, "BIGINT", MYSQL, SQL_BIGINT)                                                \
    X(MYSQL_BIT, "BIT", MYSQL, ENGINE)                                                          \
    X(MYSQL_CHAR, "CHAR", MYSQL, SQL_CHAR)                                                      \
    X(MYSQL_DATETIME, "DATETIME", MYSQL, SQL_DATETIME)                                          \
    X(MYSQL_DECIMAL, "DECIMAL", MYSQL, SQL_DECIMAL)                                             \
    X(MYSQL_DOUBLE, "DOUBLE", MYSQL, SQL_DOUBLE)                                                \
    X(MYSQL_ENUM, "ENUM", MYSQL, ENUM)                                                          \
    X(MYSQL_FLOAT, "FLOAT", MYSQL, SQL_FLOAT)                                                   \
    X(MYSQL_INTEGER, "INTEGER", MYSQL, SQL_INTEGER)                                             \
    X(MYSQL_JSON, "JSON", MYSQL, JSON)                                                          \
    X(MYSQL_LONGBLOB, "LONGBLOB", MYSQL, LARGE_BINARY)                                          \
    X(MYSQL_LONGTEXT, "LONGTEXT", MYSQL, STRING)                                                \
    X(MYSQL_MEDIUMBLOB, "MEDIUMBLOB", MYSQL, LARGE_BINARY)                                      \
    X(MYSQL_MEDIUMINT, "MEDIUMINT", MYSQL, INTEGER)                                             \
    X(MYSQL_MEDIUMTEXT, "MEDIUMTEXT", MYSQL, STRING)                                            \
    X(MYSQL_NCHAR, "NCHAR", MYSQL, SQL_NCHAR)                                                   \
    X(MYSQL_NUMERIC, "NUMERIC", MYSQL, SQL_NUMERIC)                                             \
    X(MYSQL_NVARCHAR, "NVARCHAR", MYSQL, SQL_NVARCHAR)                                          \
    X(MYSQL_REAL, "REAL", MYSQL, SQL_REAL)                                                      \
    X(MYSQL_SET, "SET", MYSQL, STRING)                                                          \
    X(MYSQL_SMALLINT, "SMALLINT", MYSQL, SQL_SMALLINT)                                          \
    X(MYSQL_TEXT, "TEXT", MYSQL, SQL_TEXT)                                                      \
    X(MYSQL_TIME, "TIME", MYSQL, SQL_TIME)                                                      \
    X(MYSQL_TIMESTAMP, "TIMESTAMP", MYSQL, SQL_TIMESTAMP)                                       \
    X(MYSQL_TINYBLOB, "TINYBLOB", MYSQL, LARGE_BINARY)                                          \
    X(MYSQL_TINYINT, "TINYINT", MYSQL, INTEGER)                                                 \
    X(MYSQL_TINYTEXT, "TINYTEXT", MYSQL, STRING)                                                \
    X(MYSQL_VARCHAR, "VARCHAR", MYSQL, SQL_VARCHAR)                                             \
    X(MYSQL_YEAR, "YEAR", MYSQL, ENGINE)                                                        \
    X(MARIADB_INET4, "INET4", MARIADB, ENGINE)                                                  \
    X(MARIADB_INET6, "INET6", MARIADB, ENGINE)                                                  \
    X(SQLITE_DATE, "DATE", SQLITE, DATE)                                                        \
    X(SQLITE_DATETIME, "DATETIME", SQLITE, DATE_TIME)                                           \
    X(SQLITE_JSON, "JSON", SQLITE, JSON)                                                        \
    X(SQLITE_TIME, "TIME", SQLITE, TIME)

typedef enum TypeKind {
#define TYPE_KIND(kind, name, module, base) TYPE_##kind,
    TYPE_CLASSES(TYPE_KIND)
#undef TYPE_KIND
        TYPE_KIND_COUNT
} TypeKind;

/* Where Python finds the class: sqlalchemy, sqlalchemy.dialects.postgresql, ... */
typedef enum TypeModule {
    TYPE_MODULE_SA,
    TYPE_MODULE_POSTGRESQL,
    TYPE_MODULE_MYSQL,
    TYPE_MODULE_MARIADB,
    TYPE_MODULE_SQLITE,
} TypeModule;

typedef struct TypeClass {
    TypeKind kind;
    TypeModule module;
    Record record; /* name, signature, base */
} TypeClass;

extern const TypeClass type_classes[TYPE_KIND_COUNT];

typedef struct TypeVariant {
    Str dialect;
    Type *type;
} TypeVariant;

struct Type {
    RecordHead head; /* head.record is in type_classes */
    TypeKind kind;

    OptInt length;
    Str collation, charset;
    OptInt precision, scale, decimal_return_scale;
    Tri asdecimal, timezone;
    OptInt fsp, display_width;        /* MySQL */
    Tri is_unsigned, zerofill, binary, ascii, unicode, national;
    Tri as_uuid, native_uuid, none_as_null, retrieve_as_bitwise;
    Str fields;                       /* PG INTERVAL */
    Tri varying, native;              /* PG BIT; Interval */
    OptInt second_precision, day_precision;
    Type *item;                       /* of an ARRAY */
    Tri as_tuple, zero_indexes;
    OptInt dimensions;
    Type *astext_type;                /* PG JSON */

    Name name;                        /* Enum and Boolean: of the type and of its CHECK */
    Str schema;
    StrVec values;                    /* Enum, SET */
    Tri native_enum, create_constraint, validate_strings, inherit_schema, create_type, omit_aliases;
    MetaData *metadata;
    ScriptRef values_callable, enum_class;
    Datum sort_key_function, default_value;

    Type *domain_type;                /* DOMAIN */
    Datum domain_default, domain_check;
    Tri not_null;
    Name constraint_name;

    Type *impl;                       /* TypeDecorator: what it stands for, where known without asking */
    ScriptRef script;                 /* TypeDecorator, UserDefinedType: ask ScriptCalls */
    VEC(TypeVariant) variants;        /* with_variant() */
    Datum extra;                      /* arguments only Python code would see (pickler, ...) */
};

/* A type of that class, nothing given. */
Type *type_new(Arena *arena, TypeKind kind);
/* As type_new with a length; e.g. type_sized(arena, TYPE_SQL_VARCHAR, 32). */
Type *type_sized(Arena *arena, TypeKind kind, int64_t length);
static inline const TypeClass *type_class(const Type *type)
{
    return &type_classes[type->kind];
}
/* True when the class is `ancestor` or inherits from it. */
bool type_kind_is(TypeKind kind, TypeKind ancestor);
static inline bool type_is(const Type *type, TypeKind ancestor)
{
    return type && type_kind_is(type->kind, ancestor);
}
/* A flat copy (items, variants and metadata are shared). */
Type *type_copy(Arena *arena, const Type *type);
/* type.with_variant(variant, *dialects): a copy that is `variant` on `dialect`. */
Type *type_with_variant(Arena *arena, const Type *type, Str dialect, Type *variant);
/* The type to use on a dialect: its variant, or itself. */
const Type *type_for(const Type *type, Str dialect);
/* The longest value of an Enum in code points; `length` wins where given. 0 for none. */
int64_t type_enum_length(const Type *type);
/* The class of that module and Python name, or NULL. */
const TypeClass *type_class_find(TypeModule module, Str name);

#endif
