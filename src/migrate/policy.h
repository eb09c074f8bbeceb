/* SPDX-License-Identifier: MIT */
/*
 * How long a run waits, and for what: the options of [limbeck] about locks and timeouts.
 *
 *     lock_wait = 60s           for another run to end
 *     lock_timeout = 5s         for a table, in transactions of Limbeck's own on PostgreSQL
 *     statement_timeout = 10min for one statement, on PostgreSQL
 *
 * A number without a unit is seconds; ms, s, min, h are understood; 0 is no limit (lock_wait: no
 * wait at all).
 */
#ifndef LIMBECK_MIGRATE_POLICY_H
#define LIMBECK_MIGRATE_POLICY_H

#include "migrate/config.h"

typedef struct Policy {
    int lock_wait_ms;
    int lock_timeout_ms;
    int statement_timeout_ms;
    /* Asked for: else a limit that the session has already is left alone. */
    bool lock_wait_given, lock_timeout_given, statement_timeout_given;
} Policy;

/* `config` may be NULL: the defaults. ERR_CONFIG names the option and its text. */
bool policy_read(const Config *config, Policy *policy, Error *err);
/* "5s", "1.5 s", "500ms", "10min": false when it is none. */
bool policy_parse_time(Str text, int *ms);

#endif
