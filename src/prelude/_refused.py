# SPDX-License-Identifier: MIT
"""Functions that stand for what scripts may not do, each refusing by its own name."""


def refusals(what, owner):
    def refused(name):
        def refuse(*args, **kwargs):
            raise PermissionError("limbeck: scripts may not %s (%s.%s)" % (what, owner, name))

        refuse.__name__ = name
        return refuse

    return refused
