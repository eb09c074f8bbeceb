/* SPDX-License-Identifier: MIT */
/* Values as PostgreSQL's literals, typed as psycopg2 types them. */
#ifndef LIMBECK_DB_PG_LITERAL_H
#define LIMBECK_DB_PG_LITERAL_H

#include "base/buf.h"
#include "db/db.h"

/*
 * `backslashes`: standard_conforming_strings is off. ERR_DATABASE for a text with a NUL byte, which
 * PostgreSQL cannot hold.
 */
bool pg_literal_put(Buf *out, const DbValue *value, bool backslashes, Error *err);
/* The type's OID that a literal of this value has, 0 = unknown: as a quoted text. */
uint32_t pg_literal_type(const DbValue *value);
/* The value as the text of a real parameter; STR_NONE for NULL. */
Str pg_parameter_text(Arena *arena, const DbValue *value);
/*
 * What a bytea's text stands for, with bytea_output hex or escape. `to` has room for text.len bytes
 * and may be the text itself. Returns the number of bytes.
 */
size_t pg_bytes_decode(char *to, Str text);

#endif
