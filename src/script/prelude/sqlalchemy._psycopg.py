# SPDX-License-Identifier: MIT
"""What the preludes of psycopg2 and psycopg share."""
from _refused import unserved
from sqlalchemy import _dbapi


def refusing(module):
    """A __getattr__: what the driver has beside is known by name, and refused when it is called."""
    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(name)
        return unserved(module, name)[name]

    return __getattr__


class Conditions:
    """A class for each condition of PostgreSQL, made when it is met."""

    def __init__(self, driver):
        self._driver, self._classes = driver, {}

    def of_state(self, sqlstate):
        if sqlstate not in self._classes:
            base = getattr(self._driver, _dbapi.kind(sqlstate))
            body = {"__module__": self._driver.__name__ + ".errors", "sqlstate": sqlstate, "pgcode": sqlstate}
            self._classes[sqlstate] = type(_dbapi.condition(sqlstate), (base,), body)
        return self._classes[sqlstate]

    def lookup(self, code):
        if _dbapi.condition(code) is None:
            raise KeyError(code)
        return self.of_state(code)

    def named(self, name):
        sqlstate = _dbapi.state(name) if name[:1].isupper() else None
        if sqlstate is None or _dbapi.condition(sqlstate) != name:
            raise AttributeError("module '%s.errors' has no attribute %r" % (self._driver.__name__, name))
        return self.of_state(sqlstate)
