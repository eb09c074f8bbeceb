# SPDX-License-Identifier: MIT
"""Iterators for looping."""
from _itertools import (accumulate, combinations, combinations_with_replacement, compress, count,
                        cycle, dropwhile, filterfalse, islice, pairwise, permutations, product,
                        repeat, starmap, takewhile, tee, zip_longest)
import _itertools


class chain:
    def __init__(self, *iterables):
        self._items = _itertools._chain(iterables)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)

    @classmethod
    def from_iterable(cls, iterable):
        made = cls.__new__(cls)
        made._items = _itertools._chain(iterable)
        return made


class groupby:
    """Consecutive keys, and the items of each as an iterator that is good until the next key."""

    def __init__(self, iterable, key=None):
        self._items = iter(iterable)
        self._key = key
        self._done = False
        self._started = False
        self._group = None

    def __iter__(self):
        return self

    def _advance(self):
        for self._item in self._items:
            self._current = self._item if self._key is None else self._key(self._item)
            return
        self._done = True

    def __next__(self):
        if not self._started:
            self._started = True
            self._advance()
        else:
            while not self._done and self._current == self._target:
                self._advance()
        if self._done:
            raise StopIteration
        self._target = self._current
        self._group = group = object()
        return self._target, self._members(group, self._target)

    def _members(self, group, target):
        while self._group is group and not self._done and self._current == target:
            yield self._item
            if self._group is group:
                self._advance()


def batched(iterable, n):
    if n < 1:
        raise ValueError('n must be at least one')
    items = iter(iterable)
    while batch := tuple(islice(items, n)):
        yield batch
