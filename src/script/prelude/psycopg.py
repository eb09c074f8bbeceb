# SPDX-License-Identifier: MIT
"""psycopg's exceptions, for except clauses. Connections are SQLAlchemy's."""
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


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class DataError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class InternalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


def __getattr__(name):
    """What the driver has beside: known by name, refused when it is called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def refused(*args, **kw):
        raise NotImplementedError("limbeck does not serve psycopg.%s" % name)

    refused.__name__ = name
    return refused
