/* SPDX-License-Identifier: MIT */
#include "migrate/wait.h"

#include <sys/random.h>
#include <time.h>

enum { PAUSE_FIRST_MS = 100, PAUSE_MOST_MS = 2000 };

int64_t wait_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint32_t random_below(uint32_t limit)
{
    uint32_t number = 0;
    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
        number = (uint32_t)wait_now_ms();
    return number % limit;
}

static void sleep_ms(int64_t ms)
{
    struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    nanosleep(&time, NULL);
}

void wait_about(int ms)
{
    sleep_ms(ms / 2 + (int)random_below((uint32_t)(ms / 2 + 1)));
}

Wait wait_begin(int limit_ms)
{
    return (Wait){ .began_ms = wait_now_ms(), .limit_ms = limit_ms, .pause_ms = PAUSE_FIRST_MS };
}

bool wait_pause(Wait *wait)
{
    int64_t left = wait->began_ms + wait->limit_ms - wait_now_ms();
    if (left <= 0)
        return false;
    int64_t pause = wait->pause_ms / 2 + random_below((uint32_t)wait->pause_ms);
    sleep_ms(pause < left ? pause : left);
    wait->pause_ms = wait->pause_ms * 3 / 2;
    if (wait->pause_ms > PAUSE_MOST_MS)
        wait->pause_ms = PAUSE_MOST_MS;
    return true;
}

double wait_seconds(const Wait *wait)
{
    return (double)(wait_now_ms() - wait->began_ms) / 1000;
}
