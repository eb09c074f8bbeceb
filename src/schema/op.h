/* SPDX-License-Identifier: MIT */
/*
 * Operations: what shall change, as data, with the place in the script that asked for it. Each is a
 * Record, so scripts call it (op.add_column(...)) and autogenerate prints it. How it is written in
 * SQL and undone is in ops/.
 */
#ifndef LIMBECK_SCHEMA_OP_H
#define LIMBECK_SCHEMA_OP_H

#include "schema/naming.h"

typedef enum OpKind {
    OP_CREATE_TABLE,
    OP_DROP_TABLE,
    OP_RENAME_TABLE,
    OP_ADD_COLUMN,
    OP_DROP_COLUMN,
    OP_ALTER_COLUMN,
    OP_CREATE_INDEX,
    OP_DROP_INDEX,
    OP_CREATE_PRIMARY_KEY,
    OP_CREATE_FOREIGN_KEY,
    OP_CREATE_UNIQUE,
    OP_CREATE_CHECK,
    OP_CREATE_EXCLUDE,
    OP_DROP_CONSTRAINT,
    OP_CREATE_TABLE_COMMENT,
    OP_DROP_TABLE_COMMENT,
    OP_BULK_INSERT,
    OP_EXECUTE,
    OP_CREATE_SCHEMA,
    OP_DROP_SCHEMA,
    OP_CREATE_SEQUENCE,
    OP_DROP_SEQUENCE,
    OP_CREATE_TYPE,
    OP_DROP_TYPE,
    OP_COMMENT,         /* sa.schema.SetTableComment(table), ... */
    OP_ADD_CONSTRAINT,  /* sa.schema.AddConstraint(constraint) */
    OP_BATCH,           /* the whole `with op.batch_alter_table(...)` */
    OP_MODIFY_TABLE,    /* autogenerate's changes of one table */
    OP_SCRIPT,          /* an operation whose class a script made */
    OP_ADD_ENUM_VALUE,  /* autogenerate's ALTER TYPE ... ADD VALUE */
    OP_KEEP_ENUM_VALUE, /* what undoes it: nothing can */
    OP_KIND_COUNT
} OpKind;

typedef struct OpDef OpDef;

/* First member of every operation's struct. head.record is the record of an OpDef. */
typedef struct Op {
    RecordHead head;
} Op;

typedef VEC(Op *) OpVec;

struct Ddl;
struct Reversal;

struct OpDef {
    OpKind kind;
    Record record;
    /* Standard SQL; a dialect overrides by kind. Called by ddl_compile alone. */
    bool (*sql)(struct Ddl *ddl, const Op *op);
    /* The operation that undoes `op`, or an error that says why there is none. NULL: never. */
    bool (*reverse)(Arena *arena, const Op *op, Op **reversed, Error *err);
    const char *batch; /* signature inside batch_op, where the table is left out; NULL: not there */
};

/* A table by name, as most directives take it. */
typedef struct TableName {
    Name schema, name;
} TableName;

/* What of a CreateTable is left out. */
enum { WITHOUT_TYPES = 1, WITHOUT_TABLE = 2, WITHOUT_INDEXES = 4 /* and comments */ };

typedef struct CreateTable {
    Op op;
    Name name;
    Name schema;
    Str comment;
    StrVec prefixes;
    Tri if_not_exists;
    Options options;
    Datum info;
    VEC(Datum) items; /* Columns, Constraints, Indexes, as given */
    Table *table;     /* given instead (CreateTable(table), autogenerate) */
    unsigned without; /* WITHOUT_TYPES | ... */
} CreateTable;

typedef struct DropTable {
    Op op;
    TableName table;
    Tri if_exists;
    Options options;
    Table *reverse; /* what was there, where known: for undoing; of DropTable(table) the table */
} DropTable;

typedef struct RenameTable {
    Op op;
    TableName table;
    Name new_name;
} RenameTable;

typedef struct AddColumn {
    Op op;
    TableName table;
    Column *column;
    Tri if_not_exists, inline_references, inline_primary_key;
    Options options;
    Str insert_before, insert_after; /* batch */
    Table *table_made; /* with a copy of the column, and what listeners added; or NULL */
} AddColumn;

typedef struct DropColumn {
    Op op;
    TableName table;
    Name column;
    Tri if_exists;
    Options options; /* mssql_drop_check, ... */
    Column *reverse;
} DropColumn;

/*
 * Facets: what is not given stays as it is. server_default and comment: DATUM_BOOL false = not
 * given, DATUM_NONE = dropped.
 */
typedef struct AlterColumn {
    Op op;
    TableName table;
    Name column;
    Tri nullable;
    Datum comment;        /* false | none | str */
    Datum server_default; /* false | none | str | Expr | Identity | Computed | Sequence */
    Name new_name;
    Type *type;
    Datum autoincrement, existing_autoincrement;
    Type *existing_type;
    Datum existing_server_default; /* false: not known */
    Tri existing_nullable;
    Str existing_comment;
    Str insert_before, insert_after; /* batch */
    Options options;                 /* postgresql_using, mssql_*, ... */
} AlterColumn;

typedef struct CreateIndex {
    Op op;
    Name name;
    TableName table;
    Datum columns; /* a list of str and expressions */
    Tri unique;
    Tri if_not_exists;
    Options options;
    Index *index; /* given instead (CreateIndex(index), autogenerate) */
} CreateIndex;

typedef struct DropIndex {
    Op op;
    Name name;
    TableName table; /* name not given: unknown */
    Tri if_exists;
    Options options;
    Index *index; /* as CreateIndex; also for undoing */
} DropIndex;

/* create_primary_key, create_foreign_key, create_unique_constraint, create_check_constraint,
 * create_exclude_constraint and AddConstraint: which one is the OpDef's kind. */
typedef struct CreateConstraint {
    Op op;
    Name name;
    TableName table;
    StrVec columns;
    TableName referent;
    StrVec ref_columns;
    Str onupdate, ondelete, initially, match;
    Tri deferrable, use_alter;
    Datum condition; /* CHECK: str or expression */
    ExcludeVec excludes;
    Str using_;
    Datum where, ops; /* EXCLUDE */
    Str comment;
    Options options;
    Constraint *constraint; /* given instead; it is in its table */
} CreateConstraint;

typedef struct DropConstraint {
    Op op;
    Name name;
    TableName table;
    Str type; /* "foreignkey", "primary", "unique", "check" or STR_NONE */
    Tri if_exists;
    Constraint *constraint; /* DropConstraint(constraint); for undoing */
    Tri cascade;
} DropConstraint;

typedef struct TableComment {
    Op op;
    TableName table;
    Str comment; /* STR_NONE when dropped */
    Str existing_comment;
} TableComment;

/* Of SQLAlchemy's elements: one of the two, with its comment, or to lose it. */
typedef struct Comment {
    Op op;
    const Table *table;
    const Column *column;
} Comment;

typedef struct BulkInsert {
    Op op;
    Table *table;
    Datum rows; /* a list of maps, column to value; an Expr as a value is written as it is */
    Tri multiinsert;
} BulkInsert;

typedef struct Execute {
    Op op;
    Datum sql; /* str (as text()), or an Expr, or another op as a record */
    Datum execution_options;
    bool raw; /* DDL(): no binds in the text */
} Execute;

typedef struct SchemaOp {
    Op op;
    Name name;
    Tri if_exists, if_not_exists, cascade;
} SchemaOp;

typedef struct SequenceOp {
    Op op;
    Sequence *sequence;
    Tri if_exists, if_not_exists;
} SequenceOp;

/* CREATE TYPE, DROP TYPE of an Enum or a DOMAIN: type.create(bind, checkfirst). */
typedef struct TypeOp {
    Op op;
    const Type *type;
    Tri checkfirst; /* answered by the caller, who has the connection */
    bool implied;   /* a CREATE TABLE beside it makes it: only its undoing says something */
} TypeOp;

/* A batch: the directives collected, each with the table filled in. */
typedef struct Batch {
    Op op;
    TableName table;
    Str recreate; /* "auto", "always", "never" */
    Table *copy_from;
    Datum table_args, table_kwargs, reflect_args, reflect_kwargs, partial_reordering;
    Datum naming_convention;
    OpVec ops;
} Batch;

/*
 * The changes of one table that autogenerate found, in order: Alembic's ModifyTableOps. A list of
 * generated ops holds CreateTable, DropTable and these; with render_as_batch each is printed as a
 * batch. Compiled, it is what its ops are; reversed, its ops are, last first.
 */
typedef struct ModifyTable {
    Op op;
    TableName table;
    OpVec ops;
} ModifyTable;

/*
 * A value that PostgreSQL shall add to an enum, which must happen outside a transaction. Its
 * reverse (OP_KEEP_ENUM_VALUE) compiles to nothing, and is printed as a comment that says so.
 */
typedef struct EnumValue {
    Op op;
    TableName type; /* schema and name of the enum */
    Str value;
    Str before, after; /* the neighbour that it is put beside; both STR_NONE: at the end */
} EnumValue;

/* An object that only the script floor can run, reverse and print: hooks put it among ops. */
typedef struct ScriptOp {
    Op op;
    ScriptRef object;
} ScriptOp;

static inline const OpDef *op_def(const Op *op)
{
    return (const OpDef *)(const void *)((const char *)op->head.record - offsetof(OpDef, record));
}
static inline OpKind op_kind(const Op *op)
{
    return op_def(op)->kind;
}

#endif
