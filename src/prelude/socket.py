# SPDX-License-Identifier: MIT
"""Importable, so that a module which names it loads; every use is refused by name."""

AF_UNIX, AF_INET, AF_INET6, SOCK_STREAM, SOCK_DGRAM = 1, 2, 10, 1, 2
error = OSError
timeout = TimeoutError


class gaierror(OSError):
    pass


class herror(OSError):
    pass


class socket:
    def __init__(self, *args, **kwargs):
        raise PermissionError("limbeck: scripts may not open sockets (socket.socket)")


def _refused(name):
    def refuse(*args, **kwargs):
        raise PermissionError("limbeck: scripts may not use the network (socket.%s)" % name)

    refuse.__name__ = name
    return refuse


create_connection = _refused("create_connection")
getaddrinfo = _refused("getaddrinfo")
gethostbyname = _refused("gethostbyname")
getfqdn = _refused("getfqdn")


def gethostname():
    with open("/proc/sys/kernel/hostname") as file:
        return file.read().strip()
