# SPDX-License-Identifier: MIT
"""Importable, so that a module which names it loads; every use is refused by name."""
from _refused import refusals

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


_refused = refusals("use the network", "socket")


create_connection = _refused("create_connection")
getaddrinfo = _refused("getaddrinfo")
gethostbyname = _refused("gethostbyname")
getfqdn = _refused("getfqdn")


def gethostname():
    with open("/proc/sys/kernel/hostname") as file:
        return file.read().strip()
