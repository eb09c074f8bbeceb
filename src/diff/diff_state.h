/* SPDX-License-Identifier: MIT */
/* What the files of a comparison share; nobody else includes this. */
#ifndef LIMBECK_DIFF_DIFF_STATE_H
#define LIMBECK_DIFF_DIFF_STATE_H

#include "base/buf.h"
#include "diff/diff.h"

#define LOG_TABLES "alembic.autogenerate.compare.tables"
#define LOG_TYPES "alembic.autogenerate.compare.types"
#define LOG_CONSTRAINTS "alembic.autogenerate.compare.constraints"
#define LOG_DEFAULTS "alembic.autogenerate.compare.server_defaults"
#define LOG_COMMENTS "alembic.autogenerate.compare.comments"
#define LOG_CHECKS "alembic.autogenerate.compare.check_constraints"

/* One table on both sides; `database` is NULL for a new one, `model` for a dropped one. */
typedef struct TablePair {
    Str schema, name;
    Table *database, *model;
    ModifyTable *modify; /* where its changes go */
    bool key_changed;
    bool names_taken; /* its constraints' names are in Diff.names */
} TablePair;

typedef VEC(TablePair) TablePairVec;

typedef struct Diff {
    Arena *base;  /* lasts as long as the result */
    Arena *arena; /* of what is being compared now: given up when nothing comes of it */
    const DiffOptions *options;
    const DiffInput *input;
    DiffResult *result;
    Error *err;
    Naming naming;
    TablePairVec created, dropped, changed; /* in the order in which they are reported */
    TablePairVec dropped_late;              /* after the changed ones, which refer to them */
    VEC(ModifyTable *) deferred;            /* foreign keys of new tables, last first */
    TablePair *pair;                        /* the one being compared */
    const AlterColumn *blank;
    Map names;       /* of constraints, taken: "table\x1fname" */
    bool collecting; /* only questions are noted: see diff_question.h */
    QuestionVec asked;
    Map questions; /* of Question *, by kind and text */
} Diff;

/* False where skip has the part. */
static inline bool diff_part(const Diff *diff, DiffPart part)
{
    return !(diff->options->skip & part);
}
static inline bool diff_is(const Diff *diff, DialectId id)
{
    return diff->options->dialect->id == id;
}
/* Detections that Alembic lacks. */
static inline bool diff_extra(const Diff *diff)
{
    return !diff->options->compat;
}

/* Adds a line of the log. */
void diff_say(Diff *diff, const char *logger, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diff_warn(Diff *diff, const char *logger, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* As Python's repr() shows a str; None when it is not given. */
Str diff_repr(Diff *diff, Str text);
/* "('a', 'b')" */
Str diff_repr_tuple(Diff *diff, const StrVec *texts);
/* "schema.table", or the table. */
Str diff_qualified(Diff *diff, Str schema, Str name);
/* STR_NONE also for the default schema, which models may name and the reflection does not. */
Str diff_schema(const Diff *diff, Str schema);
/* "schema.name" with that schema: the same for models and the database. */
Str diff_key(Diff *diff, Str schema, Str name);

/* An op for the pair's table, added to what changes it. */
void diff_push(Diff *diff, TablePair *pair, Op *op);
static inline TableName pair_table(const TablePair *pair)
{
    const Table *table = pair->model ? pair->model : pair->database;
    return (TableName){ .schema = table->schema, .name = table->name };
}

/* The script's filters. False in `*include` where it says so. */
bool diff_include_name(Diff *diff, DiffItem item, Str name, const TablePair *pair, bool *include);
bool diff_include_object(Diff *diff, DiffItem item, void *object, Str name, bool reflected,
                         void *compare_to, bool *include);

/* The name that is in force, the naming convention applied; not given where there is none. */
bool diff_constraint_name(Diff *diff, const Constraint *constraint, Name *name);
bool diff_index_name(Diff *diff, const Index *index, Name *name);
/*
 * A constraint that an existing table shall get. Left without a name by the model, it gets the one
 * that PostgreSQL would give it (in a copy), so that it can be taken away again; Alembic cannot.
 */
bool diff_nameable(Diff *diff, Constraint **constraint);
/* The names of a constraint's columns, sorted. */
StrVec diff_sorted(Diff *diff, const StrVec *names);
/* Texts in order of their bytes. */
void diff_sort(StrVec *names);
/* The expression as the dialect writes it in DDL. */
bool diff_expr_sql(Diff *diff, const Table *table, const Expr *expr, Str *sql);

/* Compare one part of a pair; ops go to pair->modify. */
bool diff_columns_changed(Diff *diff, TablePair *pair);
bool diff_columns_dropped(Diff *diff, TablePair *pair);
bool diff_type(Diff *diff, Column *database, Column *model, AlterColumn *op, Str where);
/* `op` NULL: only what must be asked is noted. */
bool diff_default(Diff *diff, Column *database, Column *model, AlterColumn *op, Str where);
bool diff_indexes(Diff *diff, TablePair *pair);
/* A changed primary key goes before its columns change and comes back after. */
bool diff_key_dropped(Diff *diff, TablePair *pair);
bool diff_key_created(Diff *diff, TablePair *pair);
bool diff_foreign_keys(Diff *diff, TablePair *pair);
bool diff_comment(Diff *diff, TablePair *pair);
bool diff_checks(Diff *diff, TablePair *pair);

/*
 * Beyond tables. What must be there before them goes to `first`, what goes last to the upgrade's
 * end.
 */
void diff_enums(Diff *diff, OpVec *first);
bool diff_sequences(Diff *diff, OpVec *first);

/* Fills diff->created, dropped and changed. */
bool diff_pair_tables(Diff *diff);
/*
 * Sorts diff->dropped so that tables go before those they refer to. Of a cycle, foreign keys are
 * dropped first; what a changed table refers to goes to diff->dropped_late.
 */
void diff_order_drops(Diff *diff);
/*
 * Foreign keys of new tables to tables that come later, and those with use_alter, go to
 * diff->deferred; marked use_alter, they are left out of the CREATE TABLE. Not on SQLite.
 */
void diff_order_creates(Diff *diff);
/*
 * Of the changed tables, which stand from index `from` on in the upgrade: a foreign key goes before
 * the key that it leads to goes, and comes after that has come. Not on SQLite, which does not ask.
 */
void diff_order_keys(Diff *diff, size_t from);

#endif
