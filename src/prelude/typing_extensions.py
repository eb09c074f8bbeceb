# SPDX-License-Identifier: MIT
import typing as _typing
from typing import *


class deprecated:
    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        return arg


class Doc:
    def __init__(self, documentation, /):
        self.documentation = documentation

    def __repr__(self):
        return 'Doc(%r)' % (self.documentation,)


class Sentinel:
    def __init__(self, name, repr=None):
        self._name = name
        self._repr = repr or '<%s>' % name

    def __repr__(self):
        return self._repr


def disjoint_base(cls):
    return cls


def __getattr__(name):
    try:
        return getattr(_typing, name)
    except AttributeError:
        raise AttributeError("module 'typing_extensions' has no attribute %r" % name) from None
