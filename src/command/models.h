/* SPDX-License-Identifier: MIT */
/* What comparing models with a database needs first; `check` and `revision --autogenerate` share
 * it. */
#ifndef LIMBECK_COMMAND_MODELS_H
#define LIMBECK_COMMAND_MODELS_H

#include "command/session.h"
#include "script/autogen.h"

/*
 * Runs the environment and collects what autogenerate finds, or, unless `autogen->compare`, only
 * what the environment's hooks make of an empty revision. `autogen` holds the revision wanted.
 */
bool models_collect(Session *session, Autogen *autogen, Error *err);

#endif
