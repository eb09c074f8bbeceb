# SPDX-License-Identifier: MIT
"""abc and collections.abc."""
import collections.abc as c
from abc import ABC, ABCMeta, abstractmethod


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


class Shape(ABC):
    @abstractmethod
    def area(self):
        return 1

    @property
    @abstractmethod
    def name(self): ...

    @classmethod
    @abstractmethod
    def make(cls): ...


class Square(Shape):
    name = 'square'

    def area(self):
        return super().area() + 3

    @classmethod
    def make(cls):
        return cls()


tried(lambda: Shape())
print(Square.make().area(), sorted(Shape.__abstractmethods__), Square.__abstractmethods__, isinstance(Square(), Shape), type(Shape) is ABCMeta)


class Half(Shape):
    name = 'half'
    make = None


tried(lambda: Half())


class Other:
    pass


Shape.register(Other)
print(isinstance(Other(), Shape), issubclass(Other, Shape), issubclass(int, Shape))


class Sub(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, 'quack') or NotImplemented


print(issubclass(type('Duck', (), {'quack': 1}), Sub), issubclass(int, Sub))

NAMES = [n for n in c.__all__ if n not in ('Buffer', 'ByteString')]
for cls in (list, dict, set, str, int, tuple, frozenset, bytes, range, type({}.keys()), type({}.values()), type(x for x in ()), type(len)):
    print(cls.__name__, [n for n in NAMES if issubclass(cls, getattr(c, n))])
print(isinstance(lambda: 1, c.Callable), isinstance(int, c.Callable), isinstance(5, c.Callable), isinstance({}, c.Mapping), isinstance([], c.Mapping))


class Squares(c.Sequence):
    def __len__(self):
        return 4

    def __getitem__(self, i):
        if i >= 4:
            raise IndexError(i)
        return i * i


s = Squares()
print(list(s), 9 in s, 5 in s, s.index(4), s.count(1), list(reversed(s)), isinstance(s, c.Collection), isinstance(s, c.Iterable))


class Lower(c.MutableMapping):
    def __init__(self, *args, **kw):
        self.d = {}
        self.update(*args, **kw)

    def __getitem__(self, k):
        return self.d[k.lower()]

    def __setitem__(self, k, v):
        self.d[k.lower()] = v

    def __delitem__(self, k):
        del self.d[k.lower()]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


d = Lower({'A': 1}, B=2)
print(d['a'], 'B' in d, d.get('z'), d.pop('b'), d.setdefault('C', 3), sorted(d.items()), d == {'a': 1, 'c': 3}, list(d.values()), len(d.keys()), dict(d))
print(d.keys() & {'a'}, 'c' in d.keys(), ('a', 1) in d.items(), 3 in d.values(), d.popitem(), {**d})
tried(lambda: d.pop('nope'))
tried(lambda: c.Mapping())


class Bag(c.MutableSet):
    def __init__(self, it=()):
        self.l = list(dict.fromkeys(it))

    def __contains__(self, x):
        return x in self.l

    def __iter__(self):
        return iter(self.l)

    def __len__(self):
        return len(self.l)

    def add(self, x):
        if x not in self.l:
            self.l.append(x)

    def discard(self, x):
        if x in self.l:
            self.l.remove(x)

    def __repr__(self):
        return 'Bag(%r)' % self.l


b = Bag([1, 2, 3])
print(b & {2, 3}, b | [4], b - {1}, b ^ {3, 4}, b <= {1, 2, 3}, b < {1, 2, 3, 4}, b == {1, 2, 3}, b.isdisjoint([9]), b.pop())
b |= {7}
b.remove(2)
print(b)
tried(lambda: b.remove(99))
print(c.Sequence[int], c.Callable[[int], str], c.Callable[..., str], c.Mapping[str, int].__args__, c.Iterable.__name__, c.Hashable.__module__)
