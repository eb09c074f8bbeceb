/* SPDX-License-Identifier: MIT */
/* Writes a new revision file: what `revision` and `merge` share. */
#ifndef LIMBECK_COMMAND_NEW_REVISION_H
#define LIMBECK_COMMAND_NEW_REVISION_H

#include "command/session.h"

typedef struct NewRevision {
    Str id;           /* empty: made */
    Str message;      /* STR_NONE: none */
    StrVec heads;     /* targets that it follows; none: the head */
    bool splice;      /* onto revisions that are no heads */
    Str branch_label; /* STR_NONE: none */
    Str version_path; /* STR_NONE: where its head lies */
    StrVec depends_on;
    const Map *values; /* of the template, as autogen_render fills it; NULL: bodies of `pass` */
} NewRevision;

/* Makes an id where none is given yet. */
bool new_revision_id(Arena *arena, Str *id, Error *err);

/*
 * Checks all, then renders the project's template into a file that must not exist yet, and runs the
 * project's hooks on it. Nothing is written when anything is wrong.
 */
bool new_revision_write(Session *session, const NewRevision *wanted, Error *err);

#endif
