/* SPDX-License-Identifier: MIT */
/*
 * The one place that knows secrets. Everything printed for people (logs, errors, JSON, a driver's
 * words) goes through it; SQL scripts and rows never do, for a short password may be any word.
 *
 *     Redactor redactor = redactor_in(arena);
 *     redactor_add_url(&redactor, &url);
 *     redactor_add_environment(&redactor, environ);
 *     print(redactor_apply(&redactor, arena, text));
 */
#ifndef LIMBECK_DB_REDACT_H
#define LIMBECK_DB_REDACT_H

#include "db/url.h"

typedef struct Redactor {
    Arena *arena;
    StrVec secrets; /* longest first */
} Redactor;

static inline Redactor redactor_in(Arena *arena)
{
    return (Redactor){ .arena = arena };
}
/* Empty texts are ignored. */
void redactor_add(Redactor *redactor, Str secret);
/* The password, as decoded, as written and as encoded. */
void redactor_add_url(Redactor *redactor, const Url *url);
/*
 * PGPASSWORD and the values of variables named *PASS*, *SECRET*, *TOKEN*, *KEY*, and the passwords
 * of values that are URLs. `environment` is a NULL-ended list of NAME=value. Values below 4 bytes
 * are kept out: they would hide ordinary words.
 */
void redactor_add_environment(Redactor *redactor, char *const *environment);
/* `text` with each secret as "***", and with the password of any URL in it masked. */
Str redactor_apply(const Redactor *redactor, Arena *arena, Str text);

#endif
