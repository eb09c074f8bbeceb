/* SPDX-License-Identifier: MIT */
/* The date of a new revision, in the zone that the configuration names. */
#ifndef LIMBECK_COMMAND_CLOCK_H
#define LIMBECK_COMMAND_CLOCK_H

#include "migrate/config.h"

typedef struct ClockTime {
    int64_t epoch;
    int year, month, day, hour, minute, second, microsecond;
    bool has_offset; /* false: local time, naive */
    int offset;      /* seconds east of UTC */
} ClockTime;

/* Now, by the option `timezone`. ERR_COMMAND for a zone that the system does not know. */
bool clock_now(const Config *config, ClockTime *now, Error *err);
/* As Python prints a datetime: "2024-05-17 12:30:00.123456+02:00". */
Str clock_text(Arena *arena, const ClockTime *time);

#endif
