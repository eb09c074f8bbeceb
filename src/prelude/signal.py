# SPDX-License-Identifier: MIT
"""The signals' names; handlers belong to Limbeck."""
SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD = 1, 2, 3, 9, 10, 12, 13, 14, 15, 17
SIG_DFL, SIG_IGN = 0, 1


def signal(signalnum, handler):
    return SIG_DFL


def getsignal(signalnum):
    return SIG_DFL


def alarm(seconds):
    raise PermissionError("limbeck: scripts may not set alarms (signal.alarm)")
