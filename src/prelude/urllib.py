# SPDX-License-Identifier: MIT
"""Only urllib.parse is served; whatever speaks with a network is refused by name."""


def __getattr__(name):
    if name in ("request", "error", "robotparser", "response"):
        raise NotImplementedError("limbeck does not serve urllib.%s: scripts may not use the network" % name)
    raise AttributeError("module 'urllib' has no attribute %r" % name)
