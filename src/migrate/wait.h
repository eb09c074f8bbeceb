/* SPDX-License-Identifier: MIT */
/*
 * Waiting for something that is asked for again and again: the pauses grow and are never the same
 * in two processes.
 *
 *     Wait wait = wait_begin(60000);
 *     while (!try(...))
 *         if (!wait_pause(&wait)) return fail(...);
 */
#ifndef LIMBECK_MIGRATE_WAIT_H
#define LIMBECK_MIGRATE_WAIT_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Wait {
    int64_t began_ms, limit_ms;
    int pause_ms;
} Wait;

Wait wait_begin(int limit_ms);
/* Sleeps for 0.1 s at first and up to 2 s; false at once when the time is up. */
bool wait_pause(Wait *wait);
/* Seconds since the begin. */
double wait_seconds(const Wait *wait);
/* Sleeps between half and all of `ms`. */
void wait_about(int ms);
/* A clock that only goes on. */
int64_t wait_now_ms(void);

#endif
