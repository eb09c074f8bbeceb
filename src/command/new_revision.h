/* SPDX-License-Identifier: MIT */
/* Writes a new revision file: what `revision` and `merge` share. */
#ifndef LIMBECK_COMMAND_NEW_REVISION_H
#define LIMBECK_COMMAND_NEW_REVISION_H

#include "command/session.h"

/* clang-format off */
#define MESSAGE_OPTION \
    { OPTION_TEXT, "--message", "-m", NULL, "Message string to use with 'revision'" }
#define REV_ID_OPTION \
    { OPTION_TEXT, "--rev-id", NULL, NULL, \
      "Specify a hardcoded revision id instead of generating one" }
#define BRANCH_LABEL_OPTION \
    { OPTION_TEXT, "--branch-label", NULL, NULL, \
      "Specify a branch label to apply to the new revision" }
#define SPLICE_OPTION \
    { OPTION_FLAG, "--splice", NULL, NULL, \
      "Allow a non-head revision as the 'head' to splice onto" }
/* clang-format on */

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
