/* SPDX-License-Identifier: MIT */
/*
 * Operations to statements. ddl_compile is the only place that chooses between a dialect's override
 * and the standard; what both are built of stands below it.
 *
 *     Ddl ddl = ddl_begin(arena, dialect, err);
 *     ddl.naming.metadata = target;
 *     if (!ddl_compile(&ddl, op))
 *         return false;
 *     VEC_EACH(Statement, each, &ddl.statements) run(each);
 */
#ifndef LIMBECK_SQL_DDL_H
#define LIMBECK_SQL_DDL_H

#include "sql/query.h"

typedef struct Statement {
    Str text;           /* as SQLAlchemy compiles it, with its tabs and line ends */
    DatumVec params;    /* values of the placeholders, in order */
    VEC(DatumVec) rows; /* executemany: the statement once for each; then params is empty */
    const Op *op;       /* borrowed */
    Loc loc;            /* of the script's call */
    bool autocommit;    /* must run outside a transaction */
    bool is_text;       /* from op.execute("..."): a script's own SQL */
    bool returns_rows;  /* a SELECT */
} Statement;

typedef VEC(Statement) StatementVec;

struct Ddl {
    Arena *arena;
    const Dialect *dialect;
    Error *err;
    Naming naming; /* whose convention names what has none; ddl_begin sets the dialect's limits */
    const ScriptCalls *calls;
    bool offline;       /* --sql: nothing is asked, values are written */
    bool literal_binds; /* --sql: context.configure(literal_binds=True) */
    bool double_percent;
    Map *created_types; /* names of the types that a run has created, so that each is made once; or
                           NULL */
    Sql sql;            /* the statement being written */
    const Op *op;
    StatementVec statements;
};

Ddl ddl_begin(Arena *arena, const Dialect *dialect, Error *err);
/*
 * Adds the op's statements. Errors carry the operation's place; those of what a dialect cannot do
 * begin "NotImplementedError: ".
 */
bool ddl_compile(Ddl *ddl, const Op *op);
/* Ends the statement being written: its text goes to ddl->statements. */
bool ddl_end(Ddl *ddl);
/* Begins one, dropping what an error left. */
Sql *ddl_start(Ddl *ddl);

/* Where a dialect may add words to a constraint. */
typedef enum ConstraintSlot {
    SLOT_UNIQUE,  /* behind UNIQUE: "NULLS NOT DISTINCT " */
    SLOT_COLUMNS, /* behind the columns: " INCLUDE (...)" */
    SLOT_END,     /* " ON CONFLICT ...", " NOT VALID" */
} ConstraintSlot;

/* What dialects write their own way inside a standard statement; NULL: the standard way. */
typedef struct DdlParts {
    /* "name TYPE DEFAULT x NOT NULL" */
    void (*column)(Ddl *ddl, const Column *column);
    /* What follows the closing bracket of CREATE TABLE. */
    void (*table_options)(Ddl *ddl, const Table *table);
    /* True when CREATE TABLE leaves the constraint out. */
    bool (*skips)(const Table *table, const Constraint *constraint);
    void (*constraint_words)(Ddl *ddl, const Constraint *constraint, ConstraintSlot slot);
    void (*create_index)(Ddl *ddl, const Index *index, Name name, bool if_not_exists);
    /* Whether an expression in an index needs brackets of its own. */
    bool (*index_brackets)(const Expr *expr);
    void (*drop_index)(Ddl *ddl, const Index *index, Name name, bool if_exists);
    void (*drop_constraint)(Ddl *ddl, const Constraint *constraint, Name name, bool if_exists,
                            bool cascade);
    /* The facets of alter_column; what types bring along is done around it. */
    bool (*alter_column)(Ddl *ddl, const AlterColumn *op);
    const char *rename_column; /* "RENAME @ TO @" */
    void (*table_comment)(Ddl *ddl, Name schema, Name table, Str comment);
    /* Types that a table's columns need first. */
    bool (*create_types)(Ddl *ddl, const Table *table);
    /* The named type that a column of this type needs, or NULL. */
    const Type *(*named_type)(const Type *type);
    bool (*create_type)(Ddl *ddl, const Type *type);
    bool (*drop_type)(Ddl *ddl, const Type *type);
} DdlParts;

/* Whole statements. Each ends in ddl_end; the tables' own indexes and comments are not included. */
bool ddl_create_table(Ddl *ddl, const Table *table, bool if_not_exists);
/* The types that its columns need and that this run has not made yet. */
bool ddl_create_types(Ddl *ddl, const Table *table);
/* What follows CREATE TABLE: its indexes and comments. */
bool ddl_create_indexes(Ddl *ddl, const Table *table);
bool ddl_drop_table(Ddl *ddl, const Table *table, bool if_exists);
bool ddl_create_index(Ddl *ddl, const Index *index, bool if_not_exists);
bool ddl_drop_index(Ddl *ddl, const Index *index, bool if_exists);
/* True for a CHECK of a Boolean or Enum that the dialect's own type makes superfluous. */
bool ddl_skips_check(const Ddl *ddl, const Constraint *constraint);
/* The constraint is in a table. SQLite has no such statement: the caller refuses. */
bool ddl_add_constraint(Ddl *ddl, const Constraint *constraint);
bool ddl_drop_constraint(Ddl *ddl, const Constraint *constraint, bool if_exists, bool cascade);
/* STR_NONE takes the comment away. */
bool ddl_table_comment(Ddl *ddl, Name schema, Name table, Str comment);
bool ddl_column_comment(Ddl *ddl, Name schema, Name table, Name column, Str comment);
/* The facets of alter_column, each one statement, or none when it is not asked for. */
bool ddl_alter_nullable(Ddl *ddl, const AlterColumn *op);
bool ddl_alter_default(Ddl *ddl, const AlterColumn *op);
bool ddl_alter_type(Ddl *ddl, const AlterColumn *op);
bool ddl_alter_comment(Ddl *ddl, const AlterColumn *op);
bool ddl_rename_column(Ddl *ddl, const AlterColumn *op);
/* All of them, in the dialect's order. */
bool ddl_alter_column(Ddl *ddl, const AlterColumn *op);
/* Nothing on dialects without named types. */
bool ddl_create_type(Ddl *ddl, const Type *type);
bool ddl_drop_type(Ddl *ddl, const Type *type);
bool ddl_create_sequence(Ddl *ddl, const Sequence *sequence, bool if_not_exists);
bool ddl_drop_sequence(Ddl *ddl, const Sequence *sequence, bool if_exists);

/* Pieces, written into ddl->sql. */
/* A column as it stands in CREATE TABLE and ADD COLUMN, with the CHECKs written in it. */
void ddl_put_column(Ddl *ddl, const Column *column);
/* "CONSTRAINT name UNIQUE (a, b)" */
void ddl_put_constraint(Ddl *ddl, const Constraint *constraint);
/* "REFERENCES t (c) ON DELETE ..." behind an added column. */
void ddl_put_references(Ddl *ddl, const Constraint *constraint);
/* What follows DEFAULT, or STR_NONE when there is nothing to write. */
Str ddl_default(Ddl *ddl, const Datum *server_default, const Type *type);
void ddl_put_identity(Ddl *ddl, const Identity *identity);
/* "INCREMENT BY 2 START WITH 1 ..." */
void ddl_put_sequence_options(Ddl *ddl, const SequenceOptions *options);
/* "GENERATED ALWAYS AS (x)" and, where told, STORED or VIRTUAL. */
void ddl_put_computed(Ddl *ddl, const Computed *computed);
/* An expression of DDL: columns without their table, values as literals. */
void ddl_put_expr(Ddl *ddl, const Expr *expr);
/* A str (as text()) or an expression, of an option such as postgresql_where. */
void ddl_put_datum_expr(Ddl *ddl, const Datum *expr);
/*
 * What stands between the brackets of an index. `brackets` (may be NULL) tells which expressions
 * need a pair of their own. Lengths and operator classes of columns are added.
 */
void ddl_put_index_parts(Ddl *ddl, const Index *index, bool (*brackets)(const Expr *expr));
/* "a, b" of the constraint, by name. */
void ddl_put_constraint_columns(Ddl *ddl, const Constraint *constraint);
/* The option of this dialect: ddl_option(ddl, options, "where") is postgresql_where; NULL: not
 * given. */
const Datum *ddl_option(const Ddl *ddl, const Options *options, const char *name);
bool ddl_option_true(const Ddl *ddl, const Options *options, const char *name);
static inline bool datum_is_true(const Datum *value)
{
    return value->kind == DATUM_BOOL && value->truth;
}
static inline bool datum_is_false(const Datum *value)
{
    return value->kind == DATUM_BOOL && !value->truth;
}
/* STR_NONE when it is not given or no str. */
Str ddl_option_str(const Ddl *ddl, const Options *options, const char *name);

#endif
