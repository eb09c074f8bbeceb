# SPDX-License-Identifier: MIT
"""SQLSTATE codes by the condition's name: UNDEFINED_TABLE."""
from sqlalchemy import _dbapi


def lookup(code):
    name = _dbapi.condition(code)
    if name is None:
        raise KeyError(code)
    return "".join("_" + c if c.isupper() and n else c for n, c in enumerate(name)).upper()


def __getattr__(name):
    sqlstate = _dbapi.state(name) if name.isupper() else None
    if sqlstate is None:
        raise AttributeError("module 'psycopg2.errorcodes' has no attribute %r" % name)
    return sqlstate
