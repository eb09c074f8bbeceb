/* SPDX-License-Identifier: MIT */
/* time: clocks and sleep. Calendar functions are script, in the prelude "_time". */
#include <errno.h>
#include <time.h>

#include "py/modules.h"

static int64_t nanoseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool give_seconds(Call *call, clockid_t clock)
{
    return give(call, value_float((double)nanoseconds(clock) / 1e9));
}

static bool time_time(Vm *vm, Call *call)
{
    (void)vm;
    return give_seconds(call, CLOCK_REALTIME);
}

static bool time_time_ns(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(nanoseconds(CLOCK_REALTIME)));
}

static bool time_monotonic(Vm *vm, Call *call)
{
    (void)vm;
    return give_seconds(call, CLOCK_MONOTONIC);
}

static bool time_monotonic_ns(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(nanoseconds(CLOCK_MONOTONIC)));
}

static bool time_process_time(Vm *vm, Call *call)
{
    (void)vm;
    return give_seconds(call, CLOCK_PROCESS_CPUTIME_ID);
}

static bool time_sleep(Vm *vm, Call *call)
{
    double seconds;
    if (!to_float(vm, call->args[0], &seconds))
        return false;
    if (!(seconds >= 0))
        return vm_raise(vm, "ValueError", "sleep length must be non-negative");
    if (seconds > 1e9)
        return vm_raise(vm, "OverflowError", "timestamp too large to convert to C _PyTime_t");
    struct timespec wait = { .tv_sec = (time_t)seconds };
    wait.tv_nsec = (long)((seconds - (double)wait.tv_sec) * 1e9);
    while (nanosleep(&wait, &wait) != 0 && errno == EINTR)
        continue;
    return give(call, VALUE_NONE);
}

/* The offset and names of the system's zone, for the prelude. */
static bool time_zone_facts(Vm *vm, Call *call)
{
    tzset();
    const Value names[] = { make_strz(vm, tzname[0]), make_strz(vm, tzname[1]) };
    const Value parts[] = { value_int(timezone), value_int(daylight), make_tuple(vm, names, 2) };
    return give(call, make_tuple(vm, parts, 3));
}

static bool time_local(Vm *vm, Call *call)
{
    int64_t seconds;
    if (!to_int(vm, call->args[0], &seconds))
        return false;
    struct tm tm;
    time_t when = (time_t)seconds;
    localtime_r(&when, &tm);
    const Value parts[] = {
        value_int(tm.tm_year + 1900),
        value_int(tm.tm_mon + 1),
        value_int(tm.tm_mday),
        value_int(tm.tm_hour),
        value_int(tm.tm_min),
        value_int(tm.tm_sec),
        value_int((tm.tm_wday + 6) % 7),
        value_int(tm.tm_yday + 1),
        value_int(tm.tm_isdst),
        make_strz(vm, tm.tm_zone ? tm.tm_zone : ""),
        value_int(tm.tm_gmtoff),
    };
    return give(call, make_tuple(vm, parts, sizeof parts / sizeof *parts));
}

static bool time_getattr(Vm *vm, Call *call)
{
    return module_more(vm, call, "time", "_time");
}

static const NativeRow time_functions[] = {
    { "time()", time_time, "Seconds since the epoch." },
    { "time_ns()", time_time_ns, NULL },
    { "monotonic()", time_monotonic, NULL },
    { "monotonic_ns()", time_monotonic_ns, NULL },
    { "perf_counter()", time_monotonic, NULL },
    { "perf_counter_ns()", time_monotonic_ns, NULL },
    { "process_time()", time_process_time, NULL },
    { "sleep(seconds, /)", time_sleep, NULL },
    { "_zone()", time_zone_facts, NULL },
    { "_local(seconds, /)", time_local, NULL },
    { "__getattr__(name)", time_getattr, NULL },
};

static bool time_init(Vm *vm, Value module)
{
    return module_refuse(vm, module,
                         "clock_gettime clock_settime clock_getres thread_time thread_time_ns "
                         "pthread_getcpuclockid get_clock_info tzset process_time_ns");
}

const NativeModule time_module = {
    .name = "time",
    .functions = time_functions,
    .function_count = sizeof time_functions / sizeof *time_functions,
    .init = time_init,
};
