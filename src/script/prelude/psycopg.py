# SPDX-License-Identifier: MIT
"""psycopg's exceptions, for except clauses. Connections are SQLAlchemy's."""
from _pep249 import exceptions
from sqlalchemy._psycopg import refusing

apilevel = "2.0"
paramstyle = "pyformat"
threadsafety = 2
__version__ = "3.1.7"


class Warning(Exception):
    pass


class Error(Exception):
    pgcode = None
    pgerror = None
    sqlstate = None
    cursor = None
    diag = None


globals().update(exceptions("psycopg", Error))
__getattr__ = refusing("psycopg")
