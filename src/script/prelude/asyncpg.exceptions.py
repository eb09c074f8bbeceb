# SPDX-License-Identifier: MIT
"""The classes of asyncpg's errors by their condition: UndefinedTableError, ..."""
from sqlalchemy import _dbapi


class PostgresError(Exception):
    sqlstate = None
    message = property(str)


class InterfaceError(Exception):
    pass


class InternalClientError(Exception):
    pass


# The classes that stand for a whole class of states: "23" -> IntegrityConstraintViolationError.
_classes = {}
_GROUPS = {
    "08": "PostgresConnectionError",
    "22": "DataError",
    "23": "IntegrityConstraintViolationError",
    "42": "SyntaxOrAccessError",
    "40": "TransactionRollbackError",
    "53": "InsufficientResourcesError",
    "57": "OperatorInterventionError",
    "XX": "InternalServerError",
}


def _class_of(sqlstate):
    if sqlstate in _classes:
        return _classes[sqlstate]
    group = _GROUPS.get(sqlstate[:2])
    base = PostgresError
    if group is not None and sqlstate[2:] != "000":
        base = _class_of(sqlstate[:2] + "000")
    name = _dbapi.asyncpg_class(sqlstate)
    if group is not None and sqlstate[2:] == "000":
        name = group
    _classes[sqlstate] = type(name, (base,), {"__module__": __name__, "sqlstate": sqlstate})
    return _classes[sqlstate]


def __getattr__(name):
    for prefix, group in _GROUPS.items():
        if name == group:
            return _class_of(prefix + "000")
    sqlstate = _dbapi.asyncpg_state(name) if name[:1].isupper() else None
    if sqlstate is None:
        raise AttributeError("module 'asyncpg.exceptions' has no attribute %r" % name)
    return _class_of(sqlstate)
