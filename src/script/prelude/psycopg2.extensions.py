# SPDX-License-Identifier: MIT
"""Names of psycopg2.extensions."""

ISOLATION_LEVEL_AUTOCOMMIT = 0
ISOLATION_LEVEL_READ_COMMITTED = 1
ISOLATION_LEVEL_REPEATABLE_READ = 2
ISOLATION_LEVEL_SERIALIZABLE = 3
ISOLATION_LEVEL_DEFAULT = None


def __getattr__(name):
    """What the driver has beside: known by name, refused when it is called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def refused(*args, **kw):
        raise NotImplementedError("limbeck does not serve psycopg2.extensions.%s" % name)

    refused.__name__ = name
    return refused
