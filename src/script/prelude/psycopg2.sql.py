# SPDX-License-Identifier: MIT
"""Names of psycopg2.sql."""


def __getattr__(name):
    """What the driver has beside: known by name, refused when it is called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def refused(*args, **kw):
        raise NotImplementedError("limbeck does not serve psycopg2.sql.%s" % name)

    refused.__name__ = name
    return refused
