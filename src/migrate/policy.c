/* SPDX-License-Identifier: MIT */
#include "migrate/policy.h"

static const struct {
    const char *name;
    int64_t ms;
} units[] = {
    { "", 1000 },     { "ms", 1 },    { "s", 1000 },    { "sec", 1000 },
    { "min", 60000 }, { "m", 60000 }, { "h", 3600000 }, { "hours", 3600000 },
};

static bool unit_of(Str text, int64_t *ms)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_eq_nocase(text, str_from(units[i].name))) {
            *ms = units[i].ms;
            return true;
        }
    return false;
}

bool policy_parse_time(Str text, int *ms)
{
    int64_t whole = 0, part = 0, scale = 1, unit;
    size_t at = 0, digits = 0;
    text = str_trim(text);
    for (; at < text.len && char_is_digit(text.ptr[at]) && digits < 9; at++, digits++)
        whole = whole * 10 + (text.ptr[at] - '0');
    if (at < text.len && text.ptr[at] == '.')
        for (at++; at < text.len && char_is_digit(text.ptr[at]) && scale < 1000; at++) {
            part = part * 10 + (text.ptr[at] - '0');
            scale *= 10;
        }
    if (digits == 0 || !unit_of(str_trim(str_from_offset(text, at)), &unit))
        return false;
    int64_t total = whole * unit + part * unit / scale;
    *ms = (int)total;
    return total <= INT32_MAX;
}

static bool read_time(const Config *config, const char *name, int *ms, bool *given, Error *err)
{
    Str text;
    *given = false;
    if (!config)
        return true;
    if (!config_limbeck(config, str_from(name), &text, err))
        return false;
    if (!str_given(text))
        return true;
    *given = true;
    if (policy_parse_time(text, ms))
        return true;
    fail(err, ERR_CONFIG, "%s = %.*s is no time", name, STR_ARG(text));
    return error_remedy(err, "write a number and ms, s, min or h, such as 5s; 0 is no limit");
}

bool policy_read(const Config *config, Policy *policy, Error *err)
{
    *policy = (Policy){ .lock_wait_ms = 60000, .lock_timeout_ms = 5000 };
    return read_time(config, "lock_wait", &policy->lock_wait_ms, &policy->lock_wait_given, err) &&
           read_time(config, "lock_timeout", &policy->lock_timeout_ms, &policy->lock_timeout_given,
                     err) &&
           read_time(config, "statement_timeout", &policy->statement_timeout_ms,
                     &policy->statement_timeout_given, err);
}
