# SPDX-License-Identifier: MIT
"""Names of psycopg2.extras."""
import json

from sqlalchemy._ranges import _Bounded


class Json:
    """A value that goes to a column as JSON."""

    def __init__(self, adapted, dumps=None):
        self.adapted = adapted
        self._dumps = dumps or json.dumps

    def dumps(self, obj):
        return self._dumps(obj)

    def _as_parameter(self):
        return self.dumps(self.adapted)


class Range(_Bounded):
    """What a range column holds."""

    def __init__(self, lower=None, upper=None, bounds="[)", empty=False):
        if bounds not in ("[)", "(]", "()", "[]"):
            raise ValueError("bound flags not valid: %r" % (bounds,))
        self._empty = empty
        self.lower, self.upper, self._bounds = (None, None, None) if empty else (lower, upper, bounds)

    @classmethod
    def _of_nothing(cls):
        return cls(empty=True)

    @property
    def isempty(self):
        return self._empty

    def __bool__(self):
        return not self._empty

    def __eq__(self, other):
        return isinstance(other, Range) and self._all() == other._all()

    def __hash__(self):
        return hash(self._all())

    def _all(self):
        return (self.lower, self.upper, self._bounds)

    def __str__(self):
        return self._text(", ", "None")

    def __repr__(self):
        if self._empty:
            return "%s(empty=True)" % type(self).__name__
        return "%s(%r, %r, %r)" % (type(self).__name__, self.lower, self.upper, self._bounds)


class NumericRange(Range):
    pass


class DateRange(Range):
    pass


class DateTimeRange(Range):
    pass


class DateTimeTZRange(Range):
    pass


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
