# SPDX-License-Identifier: MIT
"""The classes of psycopg's errors by their condition: UndefinedTable, UniqueViolation, ..."""
import psycopg
from psycopg import *
from sqlalchemy import _dbapi

_classes = {}


def _class_of(sqlstate):
    if sqlstate not in _classes:
        base = getattr(psycopg, _dbapi.kind(sqlstate))
        body = {"__module__": "psycopg.errors", "sqlstate": sqlstate, "pgcode": sqlstate}
        _classes[sqlstate] = type(_dbapi.condition(sqlstate), (base,), body)
    return _classes[sqlstate]


def lookup(code):
    if _dbapi.condition(code) is None:
        raise KeyError(code)
    return _class_of(code)


def __getattr__(name):
    sqlstate = _dbapi.state(name) if name[:1].isupper() else None
    if sqlstate is None or _dbapi.condition(sqlstate) != name:
        raise AttributeError("module 'psycopg.errors' has no attribute %r" % name)
    return _class_of(sqlstate)
