/* SPDX-License-Identifier: MIT */
/* The proleptic Gregorian calendar, and microseconds since its first day. */
#include "py/mod_datetime.h"

const char *const weekday_names[7] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday" };
const char *const month_names[13] = { "",        "January",  "February", "March",  "April",
                                      "May",     "June",     "July",     "August", "September",
                                      "October", "November", "December" };

bool year_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_days(int year, int month)
{
    static const int days[] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && year_is_leap(year) ? 29 : days[month];
}

/* Days before the year's first of January. */
static int64_t days_before_year(int64_t year)
{
    int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

int64_t days_from_civil(int year, int month, int day)
{
    int64_t days = days_before_year(year) + day;
    for (int m = 1; m < month; m++)
        days += month_days(year, m);
    return days;
}

void civil_from_days(int64_t ordinal, int32_t *year, int32_t *month, int32_t *day)
{
    int64_t y = (ordinal * 400) / 146097 + 1;
    while (days_before_year(y) >= ordinal)
        y--;
    while (days_before_year(y + 1) < ordinal)
        y++;
    int64_t left = ordinal - days_before_year(y);
    int m = 1;
    for (; left > month_days((int)y, m); m++)
        left -= month_days((int)y, m);
    *year = (int32_t)y;
    *month = m;
    *day = (int32_t)left;
}

int weekday_of(int year, int month, int day)
{
    return (int)((days_from_civil(year, month, day) + 6) % 7);
}

/* The ordinal of the Monday that begins ISO week 1. */
static int64_t iso_year_start(int year)
{
    int64_t first = days_from_civil(year, 1, 1);
    int64_t weekday = (first + 6) % 7;
    int64_t monday = first - weekday;
    return weekday > 3 ? monday + 7 : monday;
}

void iso_week(const Moment *m, int *year, int *week, int *weekday)
{
    int64_t today = days_from_civil(m->year, m->month, m->day);
    *year = m->year;
    if (today < iso_year_start(*year))
        (*year)--;
    else if (today >= iso_year_start(*year + 1))
        (*year)++;
    int64_t days = today - iso_year_start(*year);
    *week = (int)(days / 7) + 1;
    *weekday = (int)(days % 7) + 1;
}

bool iso_week_start(int year, int week, int weekday, int64_t *ordinal)
{
    if (year < YEAR_MIN || year > YEAR_MAX || week < 1 || week > 53 || weekday < 1 || weekday > 7)
        return false;
    int64_t start = iso_year_start(year);
    if (week == 53 && start + 52 * 7 >= iso_year_start(year + 1))
        return false;
    *ordinal = start + (week - 1) * 7 + weekday - 1;
    return true;
}

Wide moment_micros(const Moment *m)
{
    int64_t seconds = m->hour * 3600 + m->minute * 60 + m->second;
    Wide days = m->year ? days_from_civil(m->year, m->month, m->day) - 1 : 0;
    return (days * SECONDS_PER_DAY + seconds) * MICROS_PER_SECOND + m->micro;
}

bool moment_from_micros(Wide micros, Moment *m)
{
    Wide days = micros / MICROS_PER_DAY, rest = micros % MICROS_PER_DAY;
    if (rest < 0) {
        rest += MICROS_PER_DAY;
        days--;
    }
    if (days < 0 || days >= days_from_civil(YEAR_MAX, 12, 31))
        return false;
    civil_from_days((int64_t)days + 1, &m->year, &m->month, &m->day);
    int64_t seconds = (int64_t)(rest / MICROS_PER_SECOND);
    m->micro = (int32_t)(rest % MICROS_PER_SECOND);
    m->hour = (int32_t)(seconds / 3600);
    m->minute = (int32_t)(seconds / 60 % 60);
    m->second = (int32_t)(seconds % 60);
    return true;
}

bool date_check(Vm *vm, int64_t year, int64_t month, int64_t day)
{
    if (year < YEAR_MIN || year > YEAR_MAX)
        return vm_raise(vm, "ValueError", "year %lld is out of range", (long long)year);
    if (month < 1 || month > 12)
        return vm_raise(vm, "ValueError", "month must be in 1..12");
    if (day < 1 || day > month_days((int)year, (int)month))
        return vm_raise(vm, "ValueError", "day is out of range for month");
    return true;
}

bool time_check(Vm *vm, int64_t hour, int64_t minute, int64_t second, int64_t micro, int64_t fold)
{
    if (hour < 0 || hour > 23)
        return vm_raise(vm, "ValueError", "hour must be in 0..23");
    if (minute < 0 || minute > 59)
        return vm_raise(vm, "ValueError", "minute must be in 0..59");
    if (second < 0 || second > 59)
        return vm_raise(vm, "ValueError", "second must be in 0..59");
    if (micro < 0 || micro >= MICROS_PER_SECOND)
        return vm_raise(vm, "ValueError", "microsecond must be in 0..999999");
    if (fold < 0 || fold > 1)
        return vm_raise(vm, "ValueError", "fold must be either 0 or 1");
    return true;
}
