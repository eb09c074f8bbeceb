/* SPDX-License-Identifier: MIT */
/*
 * The steps of a run, with all their files read and compiled before the first statement goes out.
 */
#ifndef LIMBECK_MIGRATE_PLAN_H
#define LIMBECK_MIGRATE_PLAN_H

#include "migrate/context.h"
#include "migrate/sql_file.h"

/* Plans from the rows that are known now. */
bool plan_make(MigrationContext *context, StepVec *steps, Error *err);
/* The file of an .sql revision that plan_make read; NULL for other steps. */
const SqlFile *plan_sql_file(const MigrationContext *context, const Step *step);

#endif
