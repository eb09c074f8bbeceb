/* SPDX-License-Identifier: MIT */
/*
 * A dialect is one const struct: what it can do, how it quotes, how it spells each type, and what
 * it writes in its own way. NULL and zero mean the standard way.
 */
#ifndef LIMBECK_SQL_DIALECT_H
#define LIMBECK_SQL_DIALECT_H

#include "schema/op.h"

typedef struct Ddl Ddl;
typedef struct Dialect Dialect;
typedef struct Sql Sql;

typedef enum DialectId {
    DIALECT_DEFAULT,
    DIALECT_SQLITE,
    DIALECT_POSTGRESQL,
    DIALECT_MYSQL,
    DIALECT_MARIADB,
    DIALECT_MSSQL, /* names only: scripts may ask `bind.dialect.name == "mssql"` */
    DIALECT_ORACLE,
} DialectId;

/*
 * How a type is written. A template copies its text; `{length}` and so on stand for members of Type
 * (the words are in type_sql.c), and `[...]` is left out when a member in it is not given:
 * "NUMERIC[({precision}[, {scale}])]". `put` does what a template cannot; it gets the text.
 */
typedef struct TypeSql {
    TypeKind kind;
    const char *text;
    bool (*put)(Sql *sql, const Type *type, const char *text);
} TypeSql;

typedef struct Quoting {
    char open, close;
    const char *const *reserved; /* sorted, lower case */
    size_t reserved_count;
} Quoting;

#define RESERVED(words) (words), sizeof(words) / sizeof *(words)

struct Dialect {
    DialectId id;
    const char *name;   /* "sqlite" */
    const char *driver; /* "pysqlite": what Python would call it */
    Quoting quoting;
    size_t max_identifier, max_index, max_constraint; /* 0: as max_identifier */
    const char *paramstyle; /* "qmark", "pyformat", "format": as SQLAlchemy's default driver */
    bool known_by_name;     /* options and variants name it; its SQL is not written */
    const TypeSql *types;   /* ends in a row without text and put; then default_types */
    bool (*const *overrides)(Ddl *ddl, const Op *op); /* by OpKind, NULL: none at all */
    const struct DdlParts *parts;                     /* NULL: none */
    bool transactional_ddl;
    bool native_boolean, native_enum, native_uuid;
    bool supports_comments, inline_comments;
    bool supports_sequences, supports_identity;
    bool insert_returning;      /* INSERT ... RETURNING */
    bool qualified_returning;   /* RETURNING table.column */
    bool backslash_escapes;     /* literals double backslashes */
    bool percent_paramstyle;    /* `%` is doubled where paramstyle is the driver's own */
    const char *true_, *false_; /* sa.true() and sa.false() */
    const char *default_schema; /* "public", "main"; NULL: the connection's database */
    const char *empty_insert;   /* "DEFAULT VALUES" */
};

extern const Dialect default_dialect, sqlite_dialect, postgresql_dialect, mysql_dialect,
    mariadb_dialect, mssql_dialect, oracle_dialect;
/* The generic spellings, which every dialect falls back to. */
extern const TypeSql default_types[];

/* By the name in a URL ("postgresql", "postgres", "mysql", ...); NULL when unknown. */
const Dialect *dialect_find(Str name);
/* True where names need quotes: reserved, upper case, or characters other than a-z 0-9 _ $. */
bool dialect_needs_quotes(const Dialect *dialect, Str name);
/* The identifier as it is written. */
Str dialect_quote(Arena *arena, const Dialect *dialect, Name name);
/* A text literal with its quotes. */
Str dialect_literal(Arena *arena, const Dialect *dialect, Str text);
/* The type's SQL: "VARCHAR(30)". Also for autogenerate's comparison. `calls` may be NULL. */
bool dialect_type(Arena *arena, const Dialect *dialect, const ScriptCalls *calls, const Type *type,
                  Str *sql, Error *err);

#endif
