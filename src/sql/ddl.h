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
    Str text;          /* as SQLAlchemy compiles it, with its tabs and line ends */
    DatumVec params;   /* values of the placeholders, in order */
    VEC(DatumVec) rows; /* executemany: the statement once for each; then params is empty */
    const Op *op;      /* borrowed */
    Loc loc;           /* of the script's call */
    bool autocommit;   /* must run outside a transaction */
    bool is_text;      /* from op.execute("..."): a script's own SQL */
    bool returns_rows; /* a SELECT */
} Statement;

typedef VEC(Statement) StatementVec;

struct Ddl {
    Arena *arena;
    const Dialect *dialect;
    Error *err;
    Naming naming;      /* whose convention names what has none; limits are the dialect's */
    const ScriptCalls *calls;
    bool offline;       /* --sql: nothing is asked, values are written */
    bool literal_binds; /* --sql: context.configure(literal_binds=True) */
    bool double_percent;
    Sql sql;            /* the statement being written */
    const Op *op;
    StatementVec statements;
};

Ddl ddl_begin(Arena *arena, const Dialect *dialect, Error *err);
/* Adds the op's statements. Errors name the operation and carry its place. */
bool ddl_compile(Ddl *ddl, const Op *op);
/* Ends the statement being written: its text goes to ddl->statements. */
bool ddl_end(Ddl *ddl);

/* What dialects write their own way inside a standard statement; NULL: standard. */
typedef struct DdlParts {
    void (*column)(Ddl *ddl, const Table *table, const Column *column, bool first_primary_key);
    void (*create_table_suffix)(Ddl *ddl, const Table *table);
    void (*create_table_prefix)(Ddl *ddl, const Table *table);
    bool (*constraint)(Ddl *ddl, const Constraint *constraint, Name name); /* false: standard */
    bool (*skip_constraint)(const Table *table, const Constraint *constraint);
    bool (*create_index)(Ddl *ddl, const Index *index, const CreateIndex *op);
    bool (*drop_index)(Ddl *ddl, const Index *index, bool if_exists);
    bool (*drop_constraint)(Ddl *ddl, const Constraint *constraint, Name name, bool if_exists);
    bool (*before_create_table)(Ddl *ddl, const Table *table); /* PG: CREATE TYPE */
    bool (*after_drop_table)(Ddl *ddl, const Table *table);
    void (*column_default)(Ddl *ddl, const Column *column);
} DdlParts;

/* Whole statements. Each ends in ddl_end; the tables' own indexes and comments are not included. */
bool ddl_create_table(Ddl *ddl, const Table *table, bool if_not_exists);
/* CREATE TABLE with all that belongs to it: types before, indexes and comments after. */
bool ddl_create_table_all(Ddl *ddl, const Table *table, bool if_not_exists);
bool ddl_drop_table(Ddl *ddl, const Table *table, bool if_exists);
bool ddl_create_index(Ddl *ddl, const Index *index, bool if_not_exists);
bool ddl_drop_index(Ddl *ddl, const Index *index, bool if_exists);
bool ddl_add_constraint(Ddl *ddl, const Constraint *constraint, bool if_not_exists);
bool ddl_drop_constraint(Ddl *ddl, const Constraint *constraint, bool if_exists, bool cascade);
bool ddl_table_comment(Ddl *ddl, const Table *table, Str comment);
bool ddl_column_comment(Ddl *ddl, const Column *column, Str comment);
bool ddl_create_type(Ddl *ddl, const Type *type);
bool ddl_drop_type(Ddl *ddl, const Type *type);
bool ddl_create_sequence(Ddl *ddl, const Sequence *sequence, bool if_not_exists);
bool ddl_drop_sequence(Ddl *ddl, const Sequence *sequence, bool if_exists);

/* Pieces, written into ddl->sql. */
/* "name TYPE DEFAULT x NOT NULL ..." */
void ddl_put_column(Ddl *ddl, const Column *column);
/* "CONSTRAINT name UNIQUE (a, b)" */
void ddl_put_constraint(Ddl *ddl, const Constraint *constraint);
/* What follows DEFAULT; false when there is nothing to write. */
bool ddl_put_default(Ddl *ddl, const Datum *server_default, const Type *type);
void ddl_put_identity(Ddl *ddl, const Identity *identity);
void ddl_put_sequence_options(Ddl *ddl, const SequenceOptions *options);
void ddl_put_computed(Ddl *ddl, const Computed *computed);

#endif
