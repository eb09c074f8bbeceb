/* SPDX-License-Identifier: MIT */
/* The inside of rendering: what its files share. */
#ifndef LIMBECK_DIFF_RENDER_STATE_H
#define LIMBECK_DIFF_RENDER_STATE_H

#include "base/buf.h"
#include "diff/render.h"

/* Source being written. */
typedef struct Rendering {
    Arena *arena;
    const RenderOptions *options;
    StrVec *imports;
    Str prefix;    /* "op.", or "batch_op." within a batch */
    bool in_batch; /* the table's name and schema are left out */
    Buf buf;
    Error *err;
} Rendering;

Rendering rendering_begin(Arena *arena, const RenderOptions *options, StrVec *imports, Error *err);
/* A Rendering that shares everything of `outer` but its text. */
Rendering rendering_nested(const Rendering *outer);
/* The text so far, in the arena. */
Str rendering_take(Rendering *r);

/* As repr() writes a str. */
void put_repr(Rendering *r, Str text);
/* The same, or None. */
void put_repr_or_none(Rendering *r, Str text);
/* ['a', 'b'] */
void put_names(Rendering *r, const StrVec *names);
/* True or False. */
void put_bool(Rendering *r, bool truth);
/* "op.f('x')" for a final name, 'x', or None. */
void put_name(Rendering *r, Name name);
/* repr() of any value; an expression as sa.text('...'). */
bool put_datum(Rendering *r, const Datum *value);
/* ", key=value" for each option. */
bool put_options(Rendering *r, const Options *options);
/* render_item's answer: *done when it said something, which may be nothing at all. */
bool put_item(Rendering *r, const char *kind, const Record *record, const void *object, bool *done);
bool put_item_datum(Rendering *r, const char *kind, const Datum *item, bool *done);

/* An expression as the dialect's SQL: columns without their table, values as literals. */
bool expr_source(Rendering *r, const Datum *expr, Str *sql);
bool put_type(Rendering *r, const Type *type);
/* With `checks` the column's CHECKs are written in it, else only those without a name. */
bool put_column(Rendering *r, const Column *column, bool checks);
/* "start=1, increment=2" of an Identity (`always`) or a Sequence. */
void put_sequence_options(Rendering *r, const SequenceOptions *options, bool always);
/* What stands behind server_default=. */
bool put_default(Rendering *r, const Datum *server_default, const Type *type);
/* True where a constraint is written as a part of a table's source. */
bool constraint_stands_in_table(const Table *table, const Constraint *constraint);
/* sa.UniqueConstraint(...) */
bool put_constraint(Rendering *r, const Constraint *constraint);
/* "onupdate='CASCADE', ..."; *separator stands before the next argument. */
void put_foreign_key_options(Rendering *r, const Constraint *constraint, const char **separator);
bool put_unique_options(Rendering *r, const Constraint *constraint, bool in_table);
/* (sa.column('a'), '='), ... of an EXCLUDE. */
bool put_excludes(Rendering *r, const Constraint *constraint);
/* The constraint's and index's name as it is to be written, by the convention. */
bool constraint_name(Rendering *r, const Constraint *constraint, Name *name);
bool index_name(Rendering *r, const Index *index, Name *name);

#endif
