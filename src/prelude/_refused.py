# SPDX-License-Identifier: MIT
"""Functions that stand for what scripts may not do, or what is not served, each refusing by its own name."""


def refusals(what, owner):
    def refused(name):
        def refuse(*args, **kwargs):
            raise PermissionError("limbeck: scripts may not %s (%s.%s)" % (what, owner, name))

        refuse.__name__ = name
        return refuse

    return refused


def unserved(owner, names):
    """By name, for the globals() of the module that does not serve them."""

    def refused(name):
        def refuse(*args, **kwargs):
            raise NotImplementedError("limbeck does not serve %s.%s()" % (owner, name))

        refuse.__name__ = name
        return refuse

    return {name: refused(name) for name in names.split()}
