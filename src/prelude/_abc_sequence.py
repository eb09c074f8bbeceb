# SPDX-License-Identifier: MIT
from abc import abstractmethod as _abstractmethod
from collections.abc import Collection, Reversible

__name__ = 'collections.abc'


class Sequence(Reversible, Collection):
    __slots__ = ()

    @_abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        at = 0
        while True:
            try:
                value = self[at]
            except IndexError:
                return
            yield value
            at += 1

    def __contains__(self, value):
        return any(each in (value,) for each in self)

    def __reversed__(self):
        return (self[at] for at in range(len(self) - 1, -1, -1))

    def index(self, value, start=0, stop=None):
        for at in range(*slice(start, stop).indices(len(self))):
            if self[at] in (value,):
                return at
        raise ValueError

    def count(self, value):
        return sum(each in (value,) for each in self)


class ByteString(Sequence):
    __slots__ = ()


class MutableSequence(Sequence):
    __slots__ = ()

    @_abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @_abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @_abstractmethod
    def insert(self, index, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for each in list(values):
            self.append(each)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        taken = self[index]
        del self[index]
        return taken

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        while len(self):
            del self[-1]

    def reverse(self):
        for low, high in zip(range(len(self) // 2), range(len(self) - 1, 0, -1)):
            self[low], self[high] = self[high], self[low]


for _cls in (tuple, str, range):
    Sequence.register(_cls)
MutableSequence.register(list)
ByteString.register(bytes)
ByteString.register(bytearray)
