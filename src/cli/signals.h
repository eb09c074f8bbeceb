/* SPDX-License-Identifier: MIT */
/*
 * SIGINT, SIGTERM and SIGHUP: the first one asks what runs to end (a statement is cancelled on the
 * server, a script is left by KeyboardInterrupt, what is open is rolled back); the second one of
 * the same kind ends the process as the system does.
 */
#ifndef LIMBECK_CLI_SIGNALS_H
#define LIMBECK_CLI_SIGNALS_H

#include <signal.h>

/* Installs the handlers. Ignored signals (nohup) stay ignored. */
void signals_watch(void);
/* 0 until one came, then its number. Lives as long as the process. */
const volatile sig_atomic_t *signals_flag(void);

#endif
