/* SPDX-License-Identifier: MIT */
/*
 * Types of columns. One struct serves all of SQLAlchemy's type classes; a class is a row of
 * type_classes with its Python name, its module, what it inherits from and its Record. How a type
 * is spelled in SQL is the dialects' business (sql/dialect.h).
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

/*
 * SQLAlchemy's classes. TYPE_X is the generic class, TYPE_SQL_X the one that is named as in SQL,
 * TYPE_PG_X, TYPE_MYSQL_X, ... those of the dialects' modules.
 */
typedef enum TypeKind {
    TYPE_ENGINE,
    TYPE_NULL,
    TYPE_STRING,
    TYPE_TEXT,
    TYPE_UNICODE,
    TYPE_UNICODE_TEXT,
    TYPE_INTEGER,
    TYPE_SMALL_INTEGER,
    TYPE_BIG_INTEGER,
    TYPE_NUMERIC,
    TYPE_FLOAT,
    TYPE_DOUBLE,
    TYPE_BOOLEAN,
    TYPE_DATE,
    TYPE_TIME,
    TYPE_DATE_TIME,
    TYPE_INTERVAL,
    TYPE_LARGE_BINARY,
    TYPE_PICKLE,
    TYPE_ENUM,
    TYPE_JSON,
    TYPE_UUID,
    TYPE_ARRAY,
    TYPE_TUPLE,
    TYPE_VARIANT,
    TYPE_DECORATOR,
    TYPE_USER_DEFINED,
    TYPE_SQL_VARCHAR,
    TYPE_SQL_CHAR,
    TYPE_SQL_NVARCHAR,
    TYPE_SQL_NCHAR,
    TYPE_SQL_TEXT,
    TYPE_SQL_CLOB,
    TYPE_SQL_INTEGER,
    TYPE_SQL_SMALLINT,
    TYPE_SQL_BIGINT,
    TYPE_SQL_NUMERIC,
    TYPE_SQL_DECIMAL,
    TYPE_SQL_FLOAT,
    TYPE_SQL_REAL,
    TYPE_SQL_DOUBLE,
    TYPE_SQL_DOUBLE_PRECISION,
    TYPE_SQL_BOOLEAN,
    TYPE_SQL_DATE,
    TYPE_SQL_TIME,
    TYPE_SQL_DATETIME,
    TYPE_SQL_TIMESTAMP,
    TYPE_SQL_BLOB,
    TYPE_SQL_BINARY,
    TYPE_SQL_VARBINARY,
    TYPE_SQL_UUID,
    TYPE_PG_ARRAY,
    TYPE_PG_BIT,
    TYPE_PG_BYTEA,
    TYPE_PG_CIDR,
    TYPE_PG_CITEXT,
    TYPE_PG_DOMAIN,
    TYPE_PG_ENUM,
    TYPE_PG_HSTORE,
    TYPE_PG_INET,
    TYPE_PG_INTERVAL,
    TYPE_PG_JSON,
    TYPE_PG_JSONB,
    TYPE_PG_JSONPATH,
    TYPE_PG_MACADDR,
    TYPE_PG_MACADDR8,
    TYPE_PG_MONEY,
    TYPE_PG_OID,
    TYPE_PG_REGCLASS,
    TYPE_PG_REGCONFIG,
    TYPE_PG_TIME,
    TYPE_PG_TIMESTAMP,
    TYPE_PG_TSQUERY,
    TYPE_PG_TSVECTOR,
    TYPE_PG_INT4RANGE,
    TYPE_PG_INT8RANGE,
    TYPE_PG_NUMRANGE,
    TYPE_PG_DATERANGE,
    TYPE_PG_TSRANGE,
    TYPE_PG_TSTZRANGE,
    TYPE_PG_INT4MULTIRANGE,
    TYPE_PG_INT8MULTIRANGE,
    TYPE_PG_NUMMULTIRANGE,
    TYPE_PG_DATEMULTIRANGE,
    TYPE_PG_TSMULTIRANGE,
    TYPE_PG_TSTZMULTIRANGE,
    TYPE_MYSQL_BIGINT,
    TYPE_MYSQL_BIT,
    TYPE_MYSQL_CHAR,
    TYPE_MYSQL_DATETIME,
    TYPE_MYSQL_DECIMAL,
    TYPE_MYSQL_DOUBLE,
    TYPE_MYSQL_ENUM,
    TYPE_MYSQL_FLOAT,
    TYPE_MYSQL_INTEGER,
    TYPE_MYSQL_JSON,
    TYPE_MYSQL_LONGBLOB,
    TYPE_MYSQL_LONGTEXT,
    TYPE_MYSQL_MEDIUMBLOB,
    TYPE_MYSQL_MEDIUMINT,
    TYPE_MYSQL_MEDIUMTEXT,
    TYPE_MYSQL_NCHAR,
    TYPE_MYSQL_NUMERIC,
    TYPE_MYSQL_NVARCHAR,
    TYPE_MYSQL_REAL,
    TYPE_MYSQL_SET,
    TYPE_MYSQL_SMALLINT,
    TYPE_MYSQL_TEXT,
    TYPE_MYSQL_TIME,
    TYPE_MYSQL_TIMESTAMP,
    TYPE_MYSQL_TINYBLOB,
    TYPE_MYSQL_TINYINT,
    TYPE_MYSQL_TINYTEXT,
    TYPE_MYSQL_VARCHAR,
    TYPE_MYSQL_YEAR,
    TYPE_MARIADB_INET4,
    TYPE_MARIADB_INET6,
    TYPE_SQLITE_DATE,
    TYPE_SQLITE_DATETIME,
    TYPE_SQLITE_JSON,
    TYPE_SQLITE_TIME,
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
    OptInt fsp, display_width; /* MySQL */
    Tri is_unsigned, zerofill, binary, ascii, unicode, national;
    Tri as_uuid, native_uuid, none_as_null, retrieve_as_bitwise;
    Str fields;          /* PG INTERVAL */
    Tri varying, native; /* PG BIT; Interval */
    OptInt second_precision, day_precision;
    Type *item; /* of an ARRAY */
    Tri as_tuple, zero_indexes;
    OptInt dimensions;
    Type *astext_type; /* PG JSON */

    Name name; /* Enum and Boolean: of the type and of its CHECK */
    Str schema;
    StrVec values; /* Enum, SET */
    Tri native_enum, create_constraint, validate_strings, inherit_schema, create_type, omit_aliases;
    MetaData *metadata;
    ScriptRef values_callable, enum_class;
    Datum sort_key_function, default_value;

    Type *domain_type; /* DOMAIN */
    Datum domain_default, domain_check;
    Tri not_null;
    Name constraint_name;

    Type *impl;                /* TypeDecorator: what it stands for, where known without asking */
    ScriptRef script;          /* TypeDecorator, UserDefinedType: ask ScriptCalls */
    VEC(TypeVariant) variants; /* with_variant() */
    Datum extra;               /* arguments only Python code would see (pickler, ...) */
    Str declared; /* reflected: as the database spells it; sql_put_type writes it as it stands */
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
/* What that is made of: of an array its items' type, of a TypeDecorator its impl. NULL of NULL. */
const Type *type_innermost(const Type *type, Str dialect);
/* The longest value of an Enum in code points; `length` wins where given. 0 for none. */
int64_t type_enum_length(const Type *type);
/* The class of that module and Python name, or NULL. */
const TypeClass *type_class_find(TypeModule module, Str name);

#endif
