# SPDX-License-Identifier: MIT
import os


def getuser():
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    raise OSError("No username set in the environment")


def getpass(prompt="Password: ", stream=None):
    raise PermissionError("limbeck: scripts may not ask at the terminal (getpass.getpass)")
