/* SPDX-License-Identifier: MIT */
/*
 * A dialect is one const struct: what it can do, how it quotes, how it spells each type, and what it
 * writes in its own way. NULL and zero mean the standard way.
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
    DIALECT_MSSQL,  /* names only: scripts may ask `bind.dialect.name == "mssql"` */
    DIALECT_ORACLE,
} DialectId;

/*
 * How a type is written. A template copies its text; `{length}`, `{precision}`, `{scale}`, `{fsp}`,
 * `{display_width}` and so on stand for members of Type, and `[...]` is left out when a member in it
 * is not given: "VARCHAR[({length})]". What needs more is a function.
 */
typedef struct TypeSql {
    TypeKind kind;
    const char *text;
    bool (*put)(Sql *sql, const Type *type);
} TypeSql;

typedef struct Quoting {
    char open, close;
    const char *const *reserved; /* sorted, lower case, ends in NULL */
} Quoting;

struct Dialect {
    DialectId id;
    const char *name;     /* "sqlite" */
    const char *driver;   /* "pysqlite": what Python would call it */
    Quoting quoting;
    size_t max_identifier, max_index, max_constraint; /* 0: no limit */
    const char *paramstyle;   /* "qmark", "pyformat", "format" */
    const TypeSql *types;     /* ends in a row without text and put */
    bool (*const *overrides)(Ddl *ddl, const Op *op); /* by OpKind, NULL: none at all */
    bool transactional_ddl;
    bool native_boolean, native_enum, native_uuid;
    bool supports_comments, inline_comments;
    bool supports_sequences, supports_identity;
    bool implicit_returning;  /* INSERT ... RETURNING in --sql, see version rows */
    bool qualified_returning; /* RETURNING table.column */
    bool default_schema_in_alter;
    bool multivalues_insert;
    bool backslash_escapes;   /* literals double backslashes */
    bool if_exists;           /* DROP TABLE IF EXISTS and the like are known */
    bool alter_constraints;   /* false: plain ALTER of constraints is refused (SQLite) */
    const char *default_schema; /* "public", "main"; NULL: the connection's database */
    const char *empty_insert; /* "DEFAULT VALUES" */
    const struct DdlParts *parts;
};

extern const Dialect default_dialect, sqlite_dialect, postgresql_dialect, mysql_dialect,
    mariadb_dialect, mssql_dialect, oracle_dialect;

/* By the name in a URL or in `--sql` ("postgresql", "postgres", "mysql", ...); NULL when unknown. */
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
