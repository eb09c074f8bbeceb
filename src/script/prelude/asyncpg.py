# SPDX-License-Identifier: MIT
"""asyncpg's exceptions, for except clauses. Connections are SQLAlchemy's."""
from asyncpg import exceptions
from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError

__version__ = "0.29.0"


class Connection:
    pass


class Record:
    pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    try:
        return getattr(exceptions, name)
    except AttributeError:
        pass

    def refused(*args, **kw):
        raise NotImplementedError("limbeck does not serve asyncpg.%s" % name)

    return refused
