# SPDX-License-Identifier: MIT
"""Importable, so that a module which names it loads; every use is refused by name."""
from _refused import refusals

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    pass


class TimeoutExpired(SubprocessError):
    pass


_refused = refusals("start processes", "subprocess")


run = _refused("run")
call = _refused("call")
check_call = _refused("check_call")
check_output = _refused("check_output")
getoutput = _refused("getoutput")
getstatusoutput = _refused("getstatusoutput")


class Popen:
    def __init__(self, *args, **kwargs):
        raise PermissionError("limbeck: scripts may not start processes (subprocess.Popen)")


class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr
