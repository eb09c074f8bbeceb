/* SPDX-License-Identifier: MIT */
/*
 * datetime's classes. date, time and datetime share one layout, so that a datetime is a date here
 * as it is in Python.
 */
#ifndef LIMBECK_PY_MOD_DATETIME_H
#define LIMBECK_PY_MOD_DATETIME_H

#include "base/buf.h"
#include "base/datum.h"
#include "py/native.h"

extern const NativeClass date_class, datetime_class, time_class; /* payload: Moment */
extern const NativeClass timedelta_class;                        /* payload: Delta */
extern const NativeClass tzinfo_class;                           /* no payload of its own */
extern const NativeClass timezone_class;                         /* payload: Zone */

typedef struct Moment {
    int32_t year, month, day; /* of a time: 0 */
    int32_t hour, minute, second, micro;
    int32_t fold;
    Value zone; /* a tzinfo, or None */
} Moment;

/* As Python keeps it: 0 <= seconds < 86400, 0 <= micros < 1000000. */
typedef struct Delta {
    int32_t days, seconds, micros;
} Delta;

typedef struct Zone {
    int64_t offset; /* microseconds east of UTC */
    Value name;     /* a str, or None */
} Zone;

__extension__ typedef __int128 Wide; /* microseconds of any timedelta */

enum {
    MICROS_PER_SECOND = 1000000,
    SECONDS_PER_DAY = 86400,
    YEAR_MIN = 1,
    YEAR_MAX = 9999,
};
static const int64_t MICROS_PER_DAY = (int64_t)SECONDS_PER_DAY * MICROS_PER_SECOND;

/* ---- making and reading values ---- */

/* A date, time, datetime or timedelta of the neutral kind; false when the text is not one. */
bool moment_from_datum(Vm *vm, const Datum *datum, Value *v);
/*
 * The neutral form of a date, time, datetime (with its offset) or timedelta. *known is false when
 * `v` is none of them. May run scripts (a script's tzinfo).
 */
bool moment_to_datum(Vm *vm, Arena *arena, Value v, Datum *datum, bool *known);

Value delta_make(Vm *vm, Wide micros); /* within the range of timedelta */
bool delta_checked(Vm *vm, Wide micros, Value *v);
Wide delta_micros(const Delta *delta);
/* An instance of `native`; `cls` may be a script's subclass. */
Value moment_make(Vm *vm, Class *cls, const NativeClass *native, const Moment *moment);
/* The one timezone.utc. */
bool zone_utc(Vm *vm, Value *utc);

/* ---- the calendar ---- */

bool year_is_leap(int year);
int month_days(int year, int month);
int64_t days_from_civil(int year, int month, int day); /* date.toordinal() */
void civil_from_days(int64_t ordinal, int32_t *year, int32_t *month, int32_t *day);
int weekday_of(int year, int month, int day); /* Monday is 0 */
/* ISO year, week and weekday (1 to 7). */
void iso_week(const Moment *m, int *year, int *week, int *weekday);
/* The first day of the ISO week as ordinal; false when there is no such week or day. */
bool iso_week_start(int year, int week, int weekday, int64_t *ordinal);
/* Microseconds since 0001-01-01T00:00, of the local fields. */
Wide moment_micros(const Moment *m);
/* The other way: date and time of day. False outside of years 1 to 9999. */
bool moment_from_micros(Wide micros, Moment *m);
/* Raises ValueError "month must be in 1..12" and the like. */
bool date_check(Vm *vm, int64_t year, int64_t month, int64_t day);
bool time_check(Vm *vm, int64_t hour, int64_t minute, int64_t second, int64_t micro, int64_t fold);

/* ---- zones ---- */

/* The offset in microseconds; *known is false when there is none. `self` is passed to a script's.
 */
bool moment_offset(Vm *vm, Value self, const Moment *m, bool *known, int64_t *micros);
/* A tzinfo or None, else TypeError. */
bool zone_check(Vm *vm, Value zone);
/* tzname(): a str or None. */
bool moment_zone_name(Vm *vm, Value self, const Moment *m, Value *name);

/* ---- text ---- */

void put_date(Buf *out, const Moment *m);
/* `spec` is timespec: "auto", "hours", ...; ValueError when unknown. */
bool put_time(Vm *vm, Buf *out, const Moment *m, Str spec);
/* +HH:MM[:SS[.ffffff]], with `separator` between; "" for none. */
void put_offset(Buf *out, int64_t micros, const char *separator);
bool parse_iso_date(Str text, Moment *m);
/* Time of day with an optional offset: sets m->zone. */
bool parse_iso_time(Vm *vm, Str text, Moment *m);
bool moment_strftime(Vm *vm, Value self, const Moment *m, Str format, Value *text);
/* datetime.strptime; sets *m with zone. */
bool moment_strptime(Vm *vm, Str text, Str format, Moment *m);

extern const char *const weekday_names[7];
extern const char *const month_names[13];

#endif
