/* SPDX-License-Identifier: MIT */
/* What comparing models with a database needs first; `check` and `revision --autogenerate` share
 * it. */
#ifndef LIMBECK_COMMAND_MODELS_H
#define LIMBECK_COMMAND_MODELS_H

#include "command/session.h"

/*
 * A SessionPlan: fails unless the database is at the heads and the environment gave
 * target_metadata. The comparison itself is not there yet, which is said as ERR_UNSUPPORTED.
 */
bool models_plan(Session *session, MigrationContext *context, const StrVec *rows, StepVec *steps,
                 Error *err);

#endif
