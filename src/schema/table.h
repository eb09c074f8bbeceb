/* SPDX-License-Identifier: MIT */
/*
 * Tables, columns and the MetaData that holds tables. What a Column was given for a default is a
 * small record of its own (Sequence, Identity, Computed, FetchedValue) or an expression.
 */
#ifndef LIMBECK_SCHEMA_TABLE_H
#define LIMBECK_SCHEMA_TABLE_H

#include "schema/constraint.h"

typedef struct Computed Computed;
typedef struct FetchedValue FetchedValue;
typedef struct Identity Identity;
typedef struct Sequence Sequence;

/* The numbers of a Sequence or an Identity. */
typedef struct SequenceOptions {
    OptInt start, increment, minvalue, maxvalue, cache;
    Tri nominvalue, nomaxvalue, cycle, order, on_null, always;
} SequenceOptions;

struct Sequence {
    RecordHead head;
    Name name;
    Str schema;
    SequenceOptions options;
    Type *data_type;
    MetaData *metadata;
    Tri optional, for_update;
    Datum info;
};

struct Identity {
    RecordHead head;
    SequenceOptions options;
    Options dialect_options;
};

struct Computed {
    RecordHead head;
    Datum given; /* str or expression */
    Expr *sqltext;
    Tri persisted;
};

/* "The server fills it, I do not say how." */
struct FetchedValue {
    RecordHead head;
    Tri for_update;
};

typedef enum AutoIncrement {
    AUTOINCREMENT_AUTO, /* an integer primary key of one column without default or foreign key */
    AUTOINCREMENT_FALSE,
    AUTOINCREMENT_TRUE,
    AUTOINCREMENT_IGNORE_FK,
} AutoIncrement;

struct Column {
    RecordHead head;
    Name name;
    Str key;      /* as Python names it; the name unless given */
    Type *type;   /* NULL: not given (NullType, or the foreign key's) */
    Table *table; /* NULL: stands alone */
    Tri nullable; /* TRI_NONE: true unless in the primary key */
    Tri primary_key, unique, index, system, quote;
    Datum autoincrement_given; /* "auto", bool, "ignore_fk" */
    AutoIncrement autoincrement;
    Datum server_default; /* none | str | record of Expr, Sequence, FetchedValue; see column_default
                           */
    Datum server_onupdate;
    Datum default_, onupdate,
        insert_default; /* Python-side: plain value, script callable, Expr, Sequence */
    Identity *identity;
    Computed *computed;
    Sequence *sequence; /* Sequence among the arguments, or default=Sequence() */
    ForeignKeyVec foreign_keys;
    ConstraintVec constraints; /* CHECKs written inside it */
    Str comment;
    Str doc;
    Datum info;
    Options options;                           /* sqlite_on_conflict_not_null, mssql_*, ... */
    Tri inline_references, inline_primary_key; /* of op.add_column */
    Str serial_sequence; /* reflected on PG: the sequence that belongs to the column and that its
                            default draws from (SERIAL); else STR_NONE */
    IndexVec waiting; /* made of it before it was in a table: they join with their last column */
    bool is_literal;                           /* from sa.column() */
    bool reflected;
};

typedef VEC(Column *) ColumnVec;

struct Table {
    RecordHead head;
    Name name;
    Name schema;
    MetaData *metadata; /* NULL for sa.table() */
    ColumnVec columns;
    Map by_key;                /* of Column * */
    Constraint *primary_key;   /* never NULL; in constraints unless it is implicit */
    ConstraintVec constraints; /* in the order in which they are written */
    IndexVec indexes;
    IndexVec constraint_indexes; /* reflected: those that a UNIQUE or EXCLUDE made, by its name */
    Str comment;
    StrVec prefixes;
    Tri quote, quote_schema, implicit_returning, must_exist, keep_existing, extend_existing;
    Options options; /* mysql_engine, sqlite_autoincrement, ... */
    Datum info;
    Str incomplete;   /* an import that could not be served and may hold more of it; STR_NONE */
    bool lightweight; /* sa.table(): no constraints, no DDL */
    bool reflected;
};

typedef VEC(Table *) TableVec;
typedef VEC(Sequence *) SequenceVec;

struct MetaData {
    RecordHead head;
    Arena *arena; /* what joins the tables of this MetaData is allocated here */
    Name schema;
    Tri quote_schema;
    Map tables; /* "schema.name" or "name" to Table *, in the order made */
    SequenceVec sequences;
    VEC(Type *) types;       /* Enums and Domains with metadata= or of its columns */
    Datum naming_convention; /* a map, see naming.h */
    Datum info;
};

extern const Record metadata_record, table_record, column_record, sequence_record, identity_record,
    computed_record, fetched_value_record;

MetaData *metadata_new(Arena *arena);
/* The table, or NULL. `schema` STR_NONE: the MetaData's own. */
Table *metadata_table(const MetaData *metadata, Str schema, Str name);
/* All tables, each after those that it refers to (but by use_alter); cycles are entered by name. */
TableVec metadata_sorted(Arena *arena, const MetaData *metadata);
/*
 * As create_all() makes them: each after those that it refers to, else as they were declared.
 * Unless `cycles` is NULL it gets the foreign keys between tables that refer to each other in a
 * circle, and the order is as if they were not there.
 */
TableVec metadata_declared(Arena *arena, const MetaData *metadata, ConstraintVec *cycles);

/* An empty Table, put into `metadata` unless that is NULL. Fails when the name is taken. */
bool table_new(Arena *arena, MetaData *metadata, Name schema, Name name, Table **table, Error *err);
/* "schema.name", as MetaData.tables keys it. */
Str table_key(Arena *arena, Str schema, Str name);
/* Takes a Column, Constraint, Index, Computed, ... as Table(*args) does. */
bool table_add(Arena *arena, Table *table, const Datum *item, Error *err);
/* Takes several, as the arguments of one Table(): their constraints come before the columns' own.
 */
bool table_add_all(Arena *arena, Table *table, const Datum *items, size_t count, Error *err);
/* Also makes the constraints and indexes that the column asks for (foreign keys, unique, index,
 * type). */
bool table_add_column(Arena *arena, Table *table, Column *column, Error *err);
bool table_add_constraint(Arena *arena, Table *table, Constraint *constraint, Error *err);
bool table_add_index(Arena *arena, Table *table, Index *index, Error *err);
/* By key, or NULL. */
Column *table_column(const Table *table, Str key);
/* By name, or NULL. */
Column *table_column_named(const Table *table, Str name);
/* A copy of everything but the place in a MetaData, under another name if `name` is given. */
bool table_to_metadata(Arena *arena, const Table *table, MetaData *metadata, Name name,
                       Table **copy, Error *err);

Column *column_new(Arena *arena, Name name, Type *type);
/* A copy that stands alone: no table, foreign keys without their constraints. */
Column *column_copy(Arena *arena, const Column *column);
/* Gives `column` what it was not given itself: type, flags, defaults, copies of foreign keys. */
void column_merge(Arena *arena, Column *column, const Column *from);
/* Puts a type, ForeignKey, CheckConstraint, Sequence, Identity, Computed, ... into the column. */
bool column_add(Arena *arena, Column *column, const Datum *item, Error *err);
bool column_nullable(const Column *column);
/* The column that the database numbers by itself, or NULL. */
Column *table_autoincrement_column(const Table *table);

typedef enum DefaultKind {
    DEFAULT_NONE,
    DEFAULT_TEXT,    /* a str: written as a quoted literal */
    DEFAULT_EXPR,    /* text(), func, a literal */
    DEFAULT_FETCHED, /* FetchedValue: nothing is written */
    DEFAULT_SEQUENCE,
    DEFAULT_IDENTITY,
    DEFAULT_COMPUTED,
} DefaultKind;

/* What a server_default means. */
DefaultKind default_kind(const Datum *server_default);

#endif
