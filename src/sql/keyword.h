/* SPDX-License-Identifier: MIT */
/* Which keyword arguments (postgresql_using=...) each dialect knows, by what they are given to. */
#ifndef LIMBECK_SQL_KEYWORD_H
#define LIMBECK_SQL_KEYWORD_H

#include "schema/table.h"

/*
 * Whether `keyword` may be given to a `record` (table_record, index_record, ...). Dialects that are
 * not known take anything. ERR_SCRIPT with SQLAlchemy's words.
 */
bool keyword_check(Str keyword, const Record *record, Error *err);

#endif
