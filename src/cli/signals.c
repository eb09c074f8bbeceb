/* SPDX-License-Identifier: MIT */
#include "cli/signals.h"

#include <stddef.h>

/* The process's own: a handler has nothing else to write to. */
static volatile sig_atomic_t received;

static void receive(int number)
{
    received = number;
}

void signals_watch(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before, action = { .sa_handler = receive, .sa_flags = (int)SA_RESETHAND };
        sigemptyset(&action.sa_mask);
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

const volatile sig_atomic_t *signals_flag(void)
{
    return &received;
}
