/* SPDX-License-Identifier: MIT */
/*
 * Reads a database's schema into schema structs: for inspect(), batch mode and autogenerate. Each
 * database gives one const struct. `schema` STR_NONE is the default one; names come sorted, as
 * SQLAlchemy's inspector gives them.
 *
 * A whole schema at once, in a constant number of queries:
 *
 *     ReflectWanted wanted = { .include = my_filter, .context = me };
 *     Reflection seen;
 *     if (!reflect_schemas(conn, arena, metadata, &wanted, &seen, err))
 *         return false;
 *     VEC_EACH(const Relation, relation, &seen.relations) use(relation->table);
 *
 * What is read carries the facts that scripts' own tables carry, in the same members, so that the
 * two can be compared:
 *   Column      type (an ENUM with name, schema and values; a DOMAIN with what it is made of),
 *               nullable, server_default (an EXPR_LITERAL_COLUMN with the database's text; the
 *               Identity or Computed record where it is one), identity, computed, comment
 *   Constraint  kind, name, columns, comment, FOREIGN KEY: ref_schema (STR_NONE where the name
 *               resolves without one), ref_table, ref_columns, onupdate and ondelete (STR_NONE for
 *               NO ACTION), match, deferrable, initially, `ref` where that table was read too;
 *               CHECK: sqltext and sqltext_given (the text alone); EXCLUDE: using_, sqltext (what
 *               stands behind EXCLUDE, as text), where; options postgresql_not_valid,
 *               postgresql_include, postgresql_nulls_not_distinct, sqlite_on_conflict
 *   Index       parts (an expression is EXPR_LITERAL_COLUMN, or the column with DESC, NULLS FIRST
 *               around it), unique, options postgresql_using, _where, _ops, _with, _include,
 *               _nulls_not_distinct, _tablespace, sqlite_where; not those that belong to a
 *               constraint (see Table.constraint_indexes)
 *   Table       comment, options postgresql_tablespace, _with, _inherits, _partition_by,
 *               sqlite_autoincrement, sqlite_with_rowid, sqlite_strict
 * On SQLite constraints come in the order of the CREATE TABLE; on PostgreSQL the primary key,
 * then the others by name. Indexes come by name on PostgreSQL, as made on SQLite.
 */
#ifndef LIMBECK_SQL_REFLECT_H
#define LIMBECK_SQL_REFLECT_H

#include "db/db.h"
#include "schema/table.h"

typedef enum RelationKind {
    RELATION_TABLE,
    RELATION_PARTITIONED, /* PG: a table that is split into partitions */
    RELATION_FOREIGN,     /* PG: a foreign table */
    RELATION_VIEW,
    RELATION_MATERIALIZED,
} RelationKind;

typedef struct Relation {
    RelationKind kind;
    Str schema; /* as it was asked for: STR_NONE for the default */
    Str name;
    bool temporary;
    bool partition; /* PG: itself a partition of another */
    Str definition; /* views: their SELECT (PG), their CREATE (SQLite); STR_NONE unless wanted */
    Table *table;   /* NULL where details were not wanted */
} Relation;

typedef VEC(Relation) RelationVec;

/* PG: a sequence, its schema given where the search path does not find it. */
typedef struct ReflectedSequence {
    Sequence *sequence;
    Str schema; /* where it is */
    bool owned; /* by a column: SERIAL, IDENTITY, OWNED BY */
} ReflectedSequence;

typedef struct DomainCheck {
    Str name, check;
} DomainCheck;

typedef VEC(DomainCheck) DomainCheckVec;

/* PG: an ENUM or DOMAIN as a Type. */
typedef struct ReflectedType {
    Type *type; /* schema STR_NONE where the search path finds it */
    Str schema; /* where it is */
    bool visible;
    Str base_text;         /* DOMAIN: the type that it is made of, as the database spells it */
    DomainCheckVec checks; /* DOMAIN: all of them, by name */
} ReflectedType;

typedef struct Reflection {
    Str default_schema;    /* "public", "main"; STR_NONE where there is none */
    StrVec schemas;        /* those read, STR_NONE for the default */
    RelationVec relations; /* by schema in that order, then by name */
    VEC(ReflectedType) types;
    VEC(ReflectedSequence) sequences;
} Reflection;

/* What a filter is asked about. */
typedef enum ReflectItem { REFLECT_SCHEMA, REFLECT_TABLE } ReflectItem;

/* Zeroed: all tables of the default schema. */
typedef struct ReflectWanted {
    /* Which schemas: those of `schemas` (STR_NONE: the default), or every one of the database but
     * information_schema and the server's own; else the default one. */
    const StrVec *schemas;
    bool all_schemas;
    /*
     * Asked for each schema (`name` STR_NONE: the default one) before its tables are listed, and
     * for each relation of the wanted kinds before more is read of it. NULL: all. A failure ends
     * the reading.
     */
    bool (*include)(void *context, ReflectItem item, Str schema, Str name, bool *include,
                    Error *err);
    void *context;
    bool no_tables;
    bool views, materialized_views, foreign_tables; /* beside tables and partitioned tables */
    bool definitions;                               /* also the views' SELECT */
    bool types;     /* fill Reflection.types; columns have theirs anyhow */
    bool sequences; /* fill Reflection.sequences */
} ReflectWanted;

typedef struct Reflector {
    bool (*schemas)(Conn *conn, Arena *arena, StrVec *names, Error *err);
    bool (*tables)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    bool (*views)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    /* These are NULL where a database has none. */
    bool (*materialized_views)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    bool (*foreign_tables)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    bool (*temporary_tables)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    bool (*temporary_views)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    bool (*sequences)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    /* The text of CREATE VIEW, or of the view's SELECT; STR_NONE when there is no such view. */
    bool (*view_definition)(Conn *conn, Arena *arena, Str schema, Str name, Str *sql, Error *err);
    /* An ENUM or a DOMAIN; a sequence. NULL where a database has none. */
    bool (*has_type)(Conn *conn, Arena *arena, Str schema, Str name, bool *found, Error *err);
    bool (*has_sequence)(Conn *conn, Arena *arena, Str schema, Str name, bool *found, Error *err);
    /* Tables and views. */
    bool (*has_table)(Conn *conn, Arena *arena, Str schema, Str name, bool *found, Error *err);
    /*
     * Columns, constraints (in the order of the CREATE TABLE where it is known), indexes; all
     * marked `reflected`. `*table` is NULL when there is no such table or view. Put into `metadata`
     * unless that is NULL; tables that foreign keys refer to are not read.
     */
    bool (*table)(Conn *conn, Arena *arena, MetaData *metadata, Str schema, Str name, Table **table,
                  Error *err);
    /*
     * The same of several tables and views, in their order, NULL where there is none, in a number
     * of queries that does not grow with theirs. NULL where there is `whole`.
     */
    bool (*read)(Conn *conn, Arena *arena, MetaData *metadata, Str schema, const StrVec *names,
                 TableVec *tables, Error *err);
    /* reflect_schemas; NULL: by the functions above. */
    bool (*whole)(Conn *conn, Arena *arena, MetaData *metadata, const ReflectWanted *wanted,
                  Reflection *reflection, Error *err);
    /* The schema that needs no name; STR_NONE where there is none. */
    bool (*default_schema)(Conn *conn, Arena *arena, Str *name, Error *err);
} Reflector;

extern const Reflector sqlite_reflector, postgresql_reflector;

/* NULL when the connection's database cannot be reflected yet. */
const Reflector *reflector_of(const Conn *conn);

/*
 * Reads tables with all that belongs to them into `metadata` (which must not hold tables of these
 * names; a table of the default schema is keyed by its name alone), in a number of queries that
 * does not grow with the number of tables: at most six on PostgreSQL. `reflection` lives in
 * `arena`.
 */
bool reflect_schemas(Conn *conn, Arena *arena, MetaData *metadata, const ReflectWanted *wanted,
                     Reflection *reflection, Error *err);

#endif
