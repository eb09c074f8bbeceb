# SPDX-License-Identifier: MIT
"""Listeners are accepted; no event of the connection or the ORM is sent."""


def listen(target, identifier, fn, *args, **kw):
    pass


def remove(target, identifier, fn):
    pass


def contains(target, identifier, fn):
    return False


def listens_for(target, identifier, *args, **kw):
    def decorate(fn):
        return fn

    return decorate
