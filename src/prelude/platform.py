# SPDX-License-Identifier: MIT
"""What the machine is, as far as files tell."""


def _kernel(name):
    with open("/proc/sys/kernel/" + name) as file:
        return file.read().strip()


def system():
    return "Linux"


def node():
    return _kernel("hostname")


def release():
    return _kernel("osrelease")


def version():
    return _kernel("version")


def machine():
    return _kernel("arch")


def python_version():
    return "3.11.0"


def python_version_tuple():
    return ("3", "11", "0")


def python_implementation():
    return "Limbeck"


def platform(aliased=False, terse=False):
    return "Linux-%s-%s" % (release(), machine())
