# SPDX-License-Identifier: MIT
from abc import abstractmethod as _abstractmethod
from collections.abc import Collection, Iterable

__name__ = 'collections.abc'


def _within(few, many):
    return all(each in many for each in few)


def _between_sets(compare):
    def operator(self, other):
        return compare(self, other) if isinstance(other, Set) else NotImplemented

    return operator


def _with_any(combine):
    """An operator whose other side may be anything to iterate."""
    def operator(self, other):
        if isinstance(other, Iterable):
            return self._from_iterable(combine(self, other))
        return NotImplemented

    return operator


def _as_set(own, other):
    return other if isinstance(other, Set) else own._from_iterable(other)


def _without(own, other):
    other = _as_set(own, other)
    return [each for each in own if each not in other]


def _in_one(own, other):
    other = _as_set(own, other)
    return _without(own, other) + _without(other, own)


class Set(Collection):
    __slots__ = ()
    __le__ = _between_sets(lambda own, other: len(own) <= len(other) and _within(own, other))
    __ge__ = _between_sets(lambda own, other: len(own) >= len(other) and _within(other, own))
    __lt__ = _between_sets(lambda own, other: len(own) < len(other) and own <= other)
    __gt__ = _between_sets(lambda own, other: len(own) > len(other) and own >= other)
    __eq__ = _between_sets(lambda own, other: len(own) == len(other) and own <= other)
    __and__ = __rand__ = _with_any(lambda own, other: [each for each in other if each in own])
    __or__ = __ror__ = _with_any(lambda own, other: [*own, *other])
    __sub__ = _with_any(_without)
    __rsub__ = _with_any(lambda own, other: [each for each in other if each not in own])
    __xor__ = __rxor__ = _with_any(_in_one)

    @classmethod
    def _from_iterable(cls, it):
        return cls(it)

    def isdisjoint(self, other):
        return not any(each in self for each in other)


class MutableSet(Set):
    __slots__ = ()

    @_abstractmethod
    def add(self, value):
        raise NotImplementedError

    @_abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value in self:
            self.discard(value)
        else:
            raise KeyError(value)

    def pop(self):
        for last in self:
            break
        else:
            raise KeyError
        self.discard(last)
        return last

    def _each(self, change, values):
        for value in list(values):
            change(value)
        return self

    def _toggle(self, value):
        (self.discard if value in self else self.add)(value)

    def clear(self):
        self._each(self.discard, self)

    def __ior__(self, it):
        return self._each(self.add, it)

    def __isub__(self, it):
        return self._each(self.discard, it)

    def __iand__(self, it):
        return self._each(self.discard, _without(self, it))

    def __ixor__(self, it):
        return self._each(self._toggle, _as_set(self, it))


MutableSet.register(set)
Set.register(frozenset)
