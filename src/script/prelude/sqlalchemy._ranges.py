# SPDX-License-Identifier: MIT
"""Values of range columns: SQLAlchemy's Range, and what those of psycopg2 share with it."""
import datetime

_STEPS = {int: 1, datetime.date: datetime.timedelta(days=1)}


class _Bounded:
    """What lies between two bounds, either of which may be None: endless."""

    @property
    def lower_inc(self):
        return not self._empty and self.lower is not None and self._bounds[0] == "["

    @property
    def upper_inc(self):
        return not self._empty and self.upper is not None and self._bounds[1] == "]"

    @property
    def lower_inf(self):
        return not self._empty and self.lower is None

    @property
    def upper_inf(self):
        return not self._empty and self.upper is None

    def __contains__(self, value):
        if self._empty:
            return False
        above = self.lower is None or self.lower < value or (self.lower_inc and self.lower == value)
        below = self.upper is None or value < self.upper or (self.upper_inc and self.upper == value)
        return above and below

    def _text(self, separator=",", endless=""):
        if self._empty:
            return "empty"
        ends = [endless if end is None else str(end) for end in (self.lower, self.upper)]
        return self._bounds[0] + separator.join(ends) + self._bounds[1]

    def _as_parameter(self):
        return self._text()


def _canonical(range):
    """Of whole numbers and days: as PostgreSQL has it, the lower bound within, the upper one without."""
    lower, upper, bounds = range.lower, range.upper, range.bounds
    step = _STEPS.get(type(lower if lower is not None else upper))
    if step is not None and lower is not None and bounds[0] == "(":
        lower, bounds = lower + step, "[" + bounds[1]
    if step is not None and upper is not None and bounds[1] == "]":
        upper, bounds = upper + step, bounds[0] + ")"
    return lower, upper, bounds


class Range(_Bounded):
    def __init__(self, lower=None, upper=None, *, bounds="[)", empty=False):
        self.lower, self.upper, self.bounds, self.empty = lower, upper, bounds, empty

    @property
    def _bounds(self):
        return self.bounds

    @property
    def _empty(self):
        if self.empty or self.lower is None or self.upper is None:
            return self.empty
        lower, upper, bounds = _canonical(self)
        return lower > upper or (lower == upper and bounds != "[]")

    is_empty = isempty = property(lambda self: self._empty)

    def __eq__(self, other):
        if not isinstance(other, Range):
            return NotImplemented
        if self._empty or other._empty:
            return self._empty and other._empty
        return _canonical(self) == _canonical(other)

    def __hash__(self):
        return hash("empty" if self._empty else _canonical(self))

    def __bool__(self):
        return not self._empty

    def contains(self, value):
        if not isinstance(value, Range):
            return _Bounded.__contains__(self, value)
        if value._empty or self._empty:
            return value._empty
        own, other = _canonical(self), _canonical(value)
        below = own[0] is None or (other[0] is not None and (
            own[0] < other[0] or (own[0] == other[0] and (own[2][0] == "[" or other[2][0] == "("))))
        above = own[1] is None or (other[1] is not None and (
            other[1] < own[1] or (own[1] == other[1] and (own[2][1] == "]" or other[2][1] == ")"))))
        return below and above

    __contains__ = contains

    def contained_by(self, other):
        return other.contains(self)

    def strictly_left_of(self, other):
        if self._empty or other._empty or self.upper is None or other.lower is None:
            return False
        return self.upper < other.lower or (
            self.upper == other.lower and not (self.upper_inc and other.lower_inc))

    def strictly_right_of(self, other):
        return other.strictly_left_of(self)

    __lshift__, __rshift__ = strictly_left_of, strictly_right_of

    def overlaps(self, other):
        if self._empty or other._empty:
            return False
        return not (self.strictly_left_of(other) or other.strictly_left_of(self))

    def __str__(self):
        return self._text()

    def __repr__(self):
        return "Range(lower=%r, upper=%r, bounds=%r, empty=%r)" % (
            self.lower, self.upper, self.bounds, self.empty)


def _of_driver(value):
    """The driver's range in a column of a range type."""
    if value.isempty:
        return Range(empty=True)
    return Range(value.lower, value.upper, bounds=value._bounds)
