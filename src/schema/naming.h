/* SPDX-License-Identifier: MIT */
/*
 * Naming conventions: MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})
 * names what has no name, and dresses the names of CHECKs when the pattern holds
 * %(constraint_name)s. A final Name (op.f) is left alone.
 */
#ifndef LIMBECK_SCHEMA_NAMING_H
#define LIMBECK_SCHEMA_NAMING_H

#include "schema/calls.h"
#include "schema/table.h"

typedef struct Naming {
    const MetaData
        *metadata; /* whose convention applies where the table has no MetaData; or NULL */
    const ScriptCalls *calls; /* for tokens that are functions; may be NULL */
    /* In code points, 0: no limit. Names made by a convention are cut to the first two. */
    size_t max_constraint, max_index, max_identifier;
} Naming;

/*
 * The name to write: the given one, the convention's, or not given when there is neither. A final
 * name that is too long is cut, and ends in "_" and four digits of its MD5; a plain one that is too
 * long is an error. Without any convention only indexes get a name: ix_<table>_<column>.
 */
bool naming_constraint(Arena *arena, const Naming *naming, const Constraint *constraint, Name *name,
                       Error *err);
bool naming_index(Arena *arena, const Naming *naming, const Index *index, Name *name, Error *err);

#endif
