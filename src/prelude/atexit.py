# SPDX-License-Identifier: MIT
"""Functions for the end of the process: kept, and not run, for a script ends before its host does."""
_registered = []


def register(func, *args, **kwargs):
    _registered.append((func, args, kwargs))
    return func


def unregister(func):
    _registered[:] = [each for each in _registered if each[0] != func]
