# SPDX-License-Identifier: MIT
"""PyMySQL's exceptions, for except clauses. Connections are SQLAlchemy's."""
from pymysql import err
from pymysql.err import *

VERSION = (1, 0, 2, "final", 1)
apilevel = "2.0"
paramstyle = "pyformat"
threadsafety = 1


def install_as_MySQLdb():
    """Nothing to do: the URL tells the driver."""


def __getattr__(name):
    """What the driver has beside: known by name, refused when it is called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def refused(*args, **kw):
        raise NotImplementedError("limbeck does not serve pymysql.%s" % name)

    refused.__name__ = name
    return refused
