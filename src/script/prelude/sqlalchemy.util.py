# SPDX-License-Identifier: MIT
"""The few helpers that projects take from here."""
import inspect
import types


def _rewritten(fn, thing, dialect, text):
    """A DDL statement by a function of @compiles; its compiler's visit_*() write what is usual."""
    from sqlalchemy.ext.compiler import _Compiler

    class DDLCompiler(_Compiler):
        def visit_create_table(self, element, **kw):
            return text

        visit_drop_table = visit_create_index = visit_drop_index = visit_create_table

    return fn(types.SimpleNamespace(element=thing, target=thing), DDLCompiler(dialect))


def _call_default(fn):
    try:
        signature = inspect.signature(fn)
    except (TypeError, ValueError):
        return fn()
    needed = [
        p
        for p in signature.parameters.values()
        if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    return fn(None) if needed else fn()


class immutabledict(dict):
    def union(self, other=None, **kw):
        return immutabledict({**self, **(other or {}), **kw})


EMPTY_DICT = immutabledict()


class memoized_property:
    def __init__(self, fget):
        self.fget = fget
        self.__name__ = fget.__name__

    def __get__(self, obj, cls):
        if obj is None:
            return self
        value = self.fget(obj)
        obj.__dict__[self.__name__] = value
        return value


def to_list(value, default=None):
    if value is None:
        return default
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def await_only(awaitable):
    import asyncio

    return asyncio.run(awaitable)


def greenlet_spawn(fn, *args, **kw):
    async def call():
        return fn(*args, **kw)

    return call()
