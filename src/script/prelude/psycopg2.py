# SPDX-License-Identifier: MIT
"""psycopg2's exceptions, for except clauses. Connections are SQLAlchemy's."""
from _pep249 import exceptions
from sqlalchemy._psycopg import refusing

apilevel = "2.0"
paramstyle = "pyformat"
threadsafety = 2
__version__ = "2.9.9 (dt dec pq3 ext lo64)"


class Warning(Exception):
    pass


class Error(Exception):
    pgcode = None
    pgerror = None
    sqlstate = None
    cursor = None
    diag = None


globals().update(exceptions("psycopg2", Error))
__getattr__ = refusing("psycopg2")
