/* SPDX-License-Identifier: MIT */
#include "script/limits.h"

typedef struct Unit {
    const char *name;
    uint64_t bytes;
} Unit;

static const Unit units[] = {
    { "", 1 },
    { "KB", UINT64_C(1) << 10 },
    { "MB", UINT64_C(1) << 20 },
    { "GB", UINT64_C(1) << 30 },
};

static bool unit_of(Str text, uint64_t *bytes)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_eq_nocase(text, str_from(units[i].name))) {
            *bytes = units[i].bytes;
            return true;
        }
    return false;
}

/* "256 MB", "1000"; `sized` says whether a unit is allowed. */
static bool number_read(Str text, bool sized, uint64_t *number)
{
    size_t digits = 0;
    uint64_t unit = 1;
    while (digits < text.len && char_is_digit(text.ptr[digits]))
        digits++;
    Str rest = str_trim(str_from_offset(text, digits));
    if (digits == 0 || digits > 15 || (!sized && rest.len) || !unit_of(rest, &unit))
        return false;
    *number = 0;
    for (size_t i = 0; i < digits; i++)
        *number = *number * 10 + (uint64_t)(text.ptr[i] - '0');
    if (*number > (UINT64_MAX >> 1) / unit)
        return false;
    *number *= unit;
    return true;
}

static bool option_read(const Config *config, const char *name, bool sized, uint64_t *number,
                        Error *err)
{
    Str text;
    if (!config_limbeck(config, str_from(name), &text, err))
        return false;
    *number = 0;
    if (!str_given(text) || number_read(str_trim(text), sized, number))
        return true;
    return fail(err, ERR_CONFIG, "%s = %.*s: it takes %s", name, STR_ARG(text),
                sized ? "a size, such as 256 MB" : "a whole number");
}

bool stress_read(const Config *config, uint64_t *gc_stress, Error *err)
{
    return option_read(config, "gc_stress", false, gc_stress, err);
}

bool limits_read(const Config *config, VmLimits *limits, Error *err)
{
    uint64_t depth, heap, string, steps, seconds;
    if (!option_read(config, "max_depth", false, &depth, err) ||
        !option_read(config, "max_heap", true, &heap, err) ||
        !option_read(config, "max_string", true, &string, err) ||
        !option_read(config, "max_steps", false, &steps, err) ||
        !option_read(config, "max_seconds", false, &seconds, err))
        return false;
    *limits = (VmLimits){ .depth = depth,
                          .heap_bytes = heap,
                          .string_bytes = string,
                          .steps = steps,
                          .seconds = (double)seconds };
    return true;
}
