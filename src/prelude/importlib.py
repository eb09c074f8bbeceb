# SPDX-License-Identifier: MIT
import sys


def import_module(name, package=None):
    if name.startswith('.'):
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for %r"
                            % name)
        level = len(name) - len(name.lstrip('.'))
        parts = package.split('.')
        if level > len(parts):
            raise ImportError('attempted relative import beyond top-level package')
        parent = '.'.join(parts[:len(parts) - level + 1])
        name = parent + '.' + name[level:] if name[level:] else parent
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    pass


def reload(module):
    raise NotImplementedError('limbeck does not serve importlib.reload')


def __getattr__(name):
    if name in ('util', 'metadata', 'resources', 'machinery', 'abc'):
        return import_module('importlib.' + name)
    raise AttributeError("module 'importlib' has no attribute %r" % name)
