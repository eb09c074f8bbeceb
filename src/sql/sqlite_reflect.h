/* SPDX-License-Identifier: MIT */
/*
 * What SQLite keeps of a schema beyond what other databases have. Most of it stands only in the
 * text of CREATE TABLE, which is parsed here.
 */
#ifndef LIMBECK_SQL_SQLITE_REFLECT_H
#define LIMBECK_SQL_SQLITE_REFLECT_H

#include "sql/reflect.h"

/* A trigger, view or index as sqlite_master has it. */
typedef struct SqliteObject {
    Str type, name, table; /* "trigger", "view", "index" */
    Str sql;               /* STR_NONE for indexes that a constraint made */
    bool temporary;        /* stands in sqlite_temp_master */
} SqliteObject;
typedef VEC(SqliteObject) SqliteObjectVec;

/* A column as the CREATE TABLE text has it; texts are as written. */
typedef struct SqliteColumn {
    Str name; /* unquoted */
    Str type; /* "VARCHAR(30)", or empty */
    Str collation;
    Str default_sql; /* STR_NONE: no default */
    Str generated;   /* the expression, or STR_NONE */
    bool stored;     /* of a generated one */
    bool not_null, primary_key, autoincrement, unique;
    Str on_conflict_not_null;
} SqliteColumn;

typedef struct SqliteConstraint {
    ConstraintKind kind;
    Str name;       /* STR_NONE: unnamed */
    StrVec columns; /* unquoted */
    StrVec words;   /* of a UNIQUE or PRIMARY KEY: COLLATE and DESC as written behind each, or "" */
    Str check;      /* CHECK: the expression as written, without brackets */
    Str ref_table;
    StrVec ref_columns;                       /* may be empty: the primary key */
    Str onupdate, ondelete, match, initially; /* upper case, or STR_NONE */
    Tri deferrable;
    Str on_conflict;
    ptrdiff_t column; /* index of the column it is written in, or -1 */
} SqliteConstraint;

/* A parsed CREATE TABLE. */
typedef struct SqliteTable {
    VEC(SqliteColumn) columns;
    VEC(SqliteConstraint) constraints; /* in the order written, those of columns included */
    bool without_rowid, strict, temporary, is_virtual, autoincrement;
    bool parsed; /* false: virtual, CREATE TABLE AS text that SQLite keeps otherwise, ... */
} SqliteTable;

/* One thing indexed, as written, with its COLLATE and order. */
typedef struct SqliteIndexPart {
    Str sql;
    Str column; /* unquoted, when the part is just a column; else STR_NONE */
} SqliteIndexPart;

typedef struct SqliteIndex {
    bool unique;
    VEC(SqliteIndexPart) parts;
    Str where; /* STR_NONE: not partial */
} SqliteIndex;

/* ERR_SCHEMA at text that is not understood. Texts are views of `sql` or live in `arena`. */
bool sqlite_parse_table(Arena *arena, Str sql, SqliteTable *table, Error *err);
bool sqlite_parse_index(Arena *arena, Str sql, SqliteIndex *index, Error *err);

/* Whether the name stands in the SQL as a word, quoted or not; text in single quotes does not
 * count. */
bool sqlite_mentions(Str sql, Str name);
/* The SQL with that word replaced by `to`, which is written as it stands. */
Str sqlite_replace_word(Arena *arena, Str sql, Str name, Str to);
/* The CREATE text of an index or trigger with its schema, which SQLite does not keep. */
bool sqlite_create_in(Arena *arena, Str sql, Str schema, Str *create, Error *err);
/* True for one literal: 'text', "text", 10, -1.5, x'00'; no function, keyword or operator. */
bool sqlite_is_literal(Str sql);

/*
 * Indexes and triggers on the table and all views of the schema, in the order made, and, last, what
 * is temporary: all views, and the triggers on any table of that name.
 */
bool sqlite_objects(Conn *conn, Arena *arena, Str schema, Str table, SqliteObjectVec *objects,
                    Error *err);

#endif
