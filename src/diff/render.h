/* SPDX-License-Identifier: MIT */
/*
 * Renders operations as the source of a revision file, as Alembic writes it: argument order, line
 * breaks, prefixes. Nothing here has a connection or a script; what only a script can tell is asked
 * through RenderCalls.
 *
 *     RenderOptions options = { .dialect = dialect, .naming = naming, .sa = STR("sa."), ... };
 *     Rendered up = { 0 }, down = { 0 };
 *     OpVec undo = { 0 };
 *     bool ok = render_ops(arena, &options, &ops, &up, err) &&
 *               op_reverse_all(arena, &ops, &undo, err) &&
 *               render_ops(arena, &options, &undo, &down, err);
 *
 * The ops are what schema comparison makes (and what hooks leave of it): CreateTable with `table`,
 * DropTable with `reverse`, and ModifyTable holding the changes of one table, as ops that carry the
 * objects themselves: AddColumn `column` in its table, DropColumn `reverse`, AlterColumn
 * with existing_*, CreateIndex and DropIndex `index`, CreateConstraint and DropConstraint
 * `constraint`, TableComment. A name that is `final`, or that the convention of `naming` makes, is
 * written op.f('name').
 */
#ifndef LIMBECK_DIFF_RENDER_H
#define LIMBECK_DIFF_RENDER_H

#include "ops/op_def.h"

/* How a type whose class a script made is written: `repr`, or name(arguments). */
typedef struct TypeSource {
    Str module; /* of its class: "models" */
    Str repr;   /* STR_NONE: name and arguments */
    Str name;
    const Type *arguments; /* whose arguments are written; NULL: none */
} TypeSource;

/* What the script floor answers; any member may be NULL. Texts live in the arena. */
typedef struct RenderCalls {
    void *context;
    /*
     * render_item(kind, object, autogen_context), with "type", "column", "server_default",
     * "primary_key", "foreign_key", "unique", "check". *text stays STR_NONE for "as usual"; an
     * empty text leaves the item out.
     */
    bool (*item)(void *context, Arena *arena, const char *kind, const Datum *object, Str *text,
                 Error *err);
    /* `*source` stays zeroed for a class that is SQLAlchemy's own. */
    bool (*type_source)(void *context, Arena *arena, const Type *type, TypeSource *source,
                        Error *err);
    /* repr() of any value of a script. */
    bool (*repr)(void *context, Arena *arena, const Datum *value, Str *text, Error *err);
    /*
     * renderers.dispatch_for(class of the op): *handled is false where none is registered. A
     * ScriptOp must be handled.
     */
    bool (*op)(void *context, Arena *arena, const Op *op, bool in_batch, StrVec *lines,
               bool *handled, Error *err);
} RenderCalls;

typedef struct RenderOptions {
    const Dialect *dialect;
    Naming naming;
    const ScriptCalls *calls; /* what SQL may ask of scripts; may be NULL */
    RenderCalls ask;
    Str sa;   /* sqlalchemy_module_prefix: "sa." */
    Str op;   /* alembic_module_prefix: "op." */
    Str user; /* user_module_prefix; STR_NONE: the module of the type's class */
    bool as_batch;
} RenderOptions;

typedef struct Rendered {
    Str body; /* the function's body for a template: all lines but the first indented by four */
    StrVec imports; /* "from sqlalchemy.dialects import postgresql"; unsorted, each once */
} Rendered;

/* The body of upgrade() or downgrade(), with Alembic's comments around it; `pass` for nothing. */
bool render_ops(Arena *arena, const RenderOptions *options, const OpVec *ops, Rendered *out,
                Error *err);
/* One op without comments or indentation. */
bool render_op(Arena *arena, const RenderOptions *options, const Op *op, StrVec *imports, Str *text,
               Error *err);
/* A type: "sa.String(length=30)". */
bool render_type(Arena *arena, const RenderOptions *options, const Type *type, StrVec *imports,
                 Str *text, Error *err);
/*
 * The ops as `check` shows them: Alembic's tuples, without memory addresses:
 * [('add_column', None, 't', Column('x', Integer(), table=<t>)), ...].
 */
bool render_tuples(Arena *arena, const RenderOptions *options, const OpVec *ops, Str *text,
                   Error *err);

#endif
