# SPDX-License-Identifier: MIT
"""Names of psycopg2.extras."""


class Json:
    """A value that goes to a column as JSON."""

    def __init__(self, adapted, dumps=None):
        self.adapted = adapted


def register_uuid(*args, **kw):
    pass


register_hstore = register_default_json = register_default_jsonb = register_uuid


def __getattr__(name):
    """What the driver has beside: known by name, refused when it is called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def refused(*args, **kw):
        raise NotImplementedError("limbeck does not serve psycopg2.extras.%s" % name)

    refused.__name__ = name
    return refused
