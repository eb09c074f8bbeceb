/* SPDX-License-Identifier: MIT */
/*
 * What the schema, SQL and op floors may ask of a script. The script floor fills the table; `calls`
 * may be NULL where there are no scripts (then meeting a ScriptRef is an error that says so).
 * Results live in `arena`. Errors carry the script's traceback.
 */
#ifndef LIMBECK_SCHEMA_CALLS_H
#define LIMBECK_SCHEMA_CALLS_H

#include "schema/type.h"

struct Column;
struct Constraint;
struct Expr;
struct Index;
struct Table;

typedef struct ScriptCalls {
    void *context;
    /* UserDefinedType.get_col_spec(): the type's SQL. */
    bool (*type_spec)(void *context, Arena *arena, const Type *type, Str dialect, Str *sql,
                      Error *err);
    /* TypeDecorator: load_dialect_impl(dialect), or impl. Never NULL on success. */
    bool (*type_impl)(void *context, Arena *arena, const Type *type, Str dialect, Type **impl,
                      Error *err);
    /*
     * @compiles(Class[, dialect]) for a type, an expression or a DDL element: `*handled` is false
     * when the script registered nothing for it.
     */
    bool (*compile)(void *context, Arena *arena, ScriptRef element, Str dialect, Str *sql,
                    bool *handled, Error *err);
    /*
     * @compiles(CreateTable[, dialect]) and its kin: `*sql` is what SQLAlchemy writes, and becomes
     * what the script makes of it. `object` is the table or index, or NULL for an element that
     * cannot be rewritten: then a registered function is an error.
     */
    bool (*element)(void *context, Arena *arena, const char *name, const void *object,
                    Str dialect, Str *sql, Error *err);
    /* A naming convention's function: fn(constraint, table). One of `constraint`, `index` is NULL.
     */
    bool (*naming_token)(void *context, Arena *arena, ScriptRef function,
                         const struct Constraint *constraint, const struct Index *index,
                         const struct Table *table, Str *text, Error *err);
    /* A column's callable default, for INSERTs compiled here: fn() or fn(context). */
    bool (*default_value)(void *context, Arena *arena, ScriptRef function, Datum *value,
                          Error *err);
    /*
     * A value on its way into the database: bind processors of TypeDecorator and Enum, objects that
     * know what they are there. `type` may be NULL.
     */
    bool (*bind_value)(void *context, Arena *arena, const Type *type, Str dialect,
                       const Datum *from, Datum *to, Error *err);
} ScriptCalls;

#endif
