/* SPDX-License-Identifier: MIT */
/*
 * Constraints and indexes. They may stand alone, naming their columns by text, before they are put
 * into a Table.
 */
#ifndef LIMBECK_SCHEMA_CONSTRAINT_H
#define LIMBECK_SCHEMA_CONSTRAINT_H

#include "schema/expr.h"

typedef struct Column Column;
typedef struct Constraint Constraint;
typedef struct ForeignKey ForeignKey;
typedef struct Index Index;
typedef struct Table Table;

typedef enum ConstraintKind {
    CONSTRAINT_PRIMARY_KEY,
    CONSTRAINT_FOREIGN_KEY,
    CONSTRAINT_UNIQUE,
    CONSTRAINT_CHECK,
    CONSTRAINT_EXCLUDE, /* PostgreSQL */
} ConstraintKind;

typedef struct ExcludeElement {
    Expr *expr;
    Str op;      /* "=", "&&" */
    Str opclass; /* or STR_NONE */
} ExcludeElement;

typedef VEC(ExcludeElement) ExcludeVec;

struct Constraint {
    RecordHead head;
    ConstraintKind kind;
    Name name;
    Table *table;   /* NULL: stands alone */
    StrVec columns; /* keys while standing alone; names of the table's columns once in it */
    /* Columns given before they have a name (in the body of a class): beside `columns`, where their
     * places are STR_NONE until the constraint joins a table. */
    VEC(const Column *) nameless;
    StrVec column_words; /* reflected keys: what stands behind the columns, "COLLATE NOCASE DESC";
                            may be shorter than `columns` */

    Str ref_schema, ref_table; /* FOREIGN KEY: the target; ref_table STR_NONE: not resolved yet */
    StrVec ref_columns;
    Datum columns_given, targets_given; /* FOREIGN KEY: lists of str and Columns, as given */
    Table *ref;                         /* the target table where it is known */
    Str onupdate, ondelete, match;
    Tri use_alter, link_to_name;

    Tri deferrable;
    Str initially;
    Expr *sqltext;       /* CHECK */
    Datum sqltext_given; /* str or expression, as given */
    Str comment;
    Options options; /* postgresql_*, sqlite_on_conflict, mssql_clustered, ... */
    Datum info;

    ExcludeVec excludes;
    Str using_; /* EXCLUDE: "gist" */
    Datum where_given;
    Expr *where; /* EXCLUDE */
    Datum ops;   /* EXCLUDE: operator classes by column */

    VEC(ForeignKey *) elements; /* FOREIGN KEY over columns: one for each; see
                                   constraint_elements */
    Type *of_type; /* CHECK that a Boolean or Enum made: NULL for the user's own */
    Column
        *of_column; /* the column it was written in (ForeignKey, unique=True, a Column's CHECK) */
    bool inline_;   /* written inside the column: a CheckConstraint among a Column's arguments, a
                       reflected PRIMARY KEY DESC */
    bool implicit;  /* the empty primary key that every Table has */
    bool reflected;
};

/* A ForeignKey among a Column's arguments; becomes a Constraint when the column joins a table. */
struct ForeignKey {
    RecordHead head;
    Datum column;           /* "table.column", or a Column */
    Constraint *constraint; /* once made */
    Column *parent;
    Name name;
    Str onupdate, ondelete, initially, match, comment;
    Tri use_alter, deferrable, link_to_name;
    Options options;
    Datum info;
};

/* One thing indexed: a column by key, or an expression. */
typedef struct IndexPart {
    Str column; /* key of a column, or STR_NONE */
    const Column *nameless; /* a Column given before it had a name; until the index joins a table */
    Expr *expr; /* col.desc(), func.lower(col), text("lower(x)") */
} IndexPart;

struct Index {
    RecordHead head;
    Name name;
    Table *table; /* NULL: stands alone */
    VEC(IndexPart) parts;
    Tri unique;
    Tri quote;
    Options options; /* postgresql_where, mysql_length, ... */
    Datum info;
    bool from_column; /* Column(index=True) */
    bool reflected;
};

typedef VEC(Constraint *) ConstraintVec;
typedef VEC(ForeignKey *) ForeignKeyVec;
typedef VEC(Index *) IndexVec;

extern const Record constraint_record; /* Constraint: base of the following */
extern const Record primary_key_record, foreign_key_constraint_record, unique_record, check_record,
    exclude_record;
extern const Record foreign_key_record;
extern const Record index_record;

Constraint *constraint_new(Arena *arena, ConstraintKind kind, Name name);
/* A copy that stands alone; its columns become text. */
Constraint *constraint_copy(Arena *arena, const Constraint *constraint);
/* Gives columns that were named since the constraint was made their places in `columns`. */
void constraint_name_columns(Constraint *constraint);
/* The ForeignKeys of a FOREIGN KEY that is in a table: its column's own, or made for it. */
void constraint_elements(Arena *arena, Constraint *constraint);
/* "unique", "foreignkey", "primary", "check", "exclude": as drop_constraint(type_=) names them. */
const char *constraint_type(ConstraintKind kind);
Index *index_new(Arena *arena, Name name);
Index *index_copy(Arena *arena, const Index *index);
/* Sets where a FOREIGN KEY points: each of `targets` is a str ("table.column") or a Column. */
bool constraint_set_targets(Arena *arena, Constraint *constraint, const Datum *targets,
                            size_t count, Error *err);
/* Sets the CHECK's condition; a str is text(). */
void constraint_set_check(Arena *arena, Constraint *constraint, const Datum *condition);
/* Adds an element: str, Column or expression. */
bool index_add(Arena *arena, Index *index, const Datum *part, Error *err);
/* The columns of the parts, in order; expressions give the columns in them. */
StrVec index_columns(Arena *arena, const Index *index);
/* Splits "schema.table.column" of a ForeignKey; what lies before the last dots is the schema. */
bool foreign_target_parse(Str target, Str *schema, Str *table, Str *column, Error *err);

#endif
