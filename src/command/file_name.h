/* SPDX-License-Identifier: MIT */
/* The name of a new revision's file, by the options file_template and truncate_slug_length. */
#ifndef LIMBECK_COMMAND_FILE_NAME_H
#define LIMBECK_COMMAND_FILE_NAME_H

#include "command/clock.h"

/* Without the extension. `message` may be STR_NONE. ERR_CONFIG for a template that does not format.
 */
bool file_name_make(const Config *config, Str id, Str message, const ClockTime *date, Str *name,
                    Error *err);
/* "Add Users' table" -> "add_users_table", cut as Alembic cuts it. */
Str slug_make(Arena *arena, Str message, size_t length);

#endif
