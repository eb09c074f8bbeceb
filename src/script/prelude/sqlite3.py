# SPDX-License-Identifier: MIT
"""Names of sqlite3: its classes, for isinstance() and except. Connections are SQLAlchemy's."""
import datetime

from _pep249 import exceptions
from sqlalchemy import _dbapi

apilevel = "2.0"
paramstyle = "qmark"
threadsafety = 1
version = "2.6.0"
version_info = (2, 6, 0)
sqlite_version = _dbapi.sqlite_version()
sqlite_version_info = tuple(map(int, sqlite_version.split(".")))

PARSE_DECLTYPES = 1
PARSE_COLNAMES = 2
Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime
Binary = memoryview


class Warning(Exception):
    pass


class Error(Exception):
    pass


globals().update(exceptions("sqlite3", Error))


class Connection:
    pass


class Cursor:
    pass


class Row:
    pass


def connect(database, *args, **kw):
    raise NotImplementedError("limbeck does not serve sqlite3.connect(); use SQLAlchemy's engines")


def register_adapter(type_, adapter):
    """Values go by SQLAlchemy's types."""


def register_converter(name, converter):
    """Values go by SQLAlchemy's types."""


def complete_statement(statement):
    return statement.rstrip().endswith(";")
