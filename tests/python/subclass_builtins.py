# SPDX-License-Identifier: MIT
class Text(str):
    def __new__(cls, value, extra):
        made = super().__new__(cls, value)
        made.extra = extra
        return made

    def upper(self):
        return 'up:' + super().upper()


text = Text('abc', 5)
print(text, text.extra, text.upper(), text + 'd', type(text + 'd').__name__, text == 'abc', {text: 1}['abc'])


class Number(int):
    def __add__(self, other):
        return Number(int(self) + int(other) + 100)


number = Number(5)
print(number, number + 1, 1 + number, type(number * 2).__name__, number == 5, hash(number) == hash(5))
print('%d %s %05d' % (number, number, number), f'{number:>4}')


class Items(list):
    def append(self, item):
        super().append(item * 2)

    def __len__(self):
        return super().__len__() + 10


items = Items([1])
items.append(4)
print(items, len(items), items[1], list(items), Items.__mro__[1].__name__)


class Table(dict):
    def __missing__(self, key):
        return key * 2

    def __getitem__(self, key):
        return ('got', super().__getitem__(key))


table = Table(a=1)
print(table['a'], table['zz'], table.get('zz'), table, {**table}, dict(table))


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    first = property(lambda self: self[0])


print(Pair(1, 2), Pair(1, 2).first, Pair(1, 2) == (1, 2), Pair(3, 4) + (5,))


class Real(float):
    pass


print(Real('1.5') + 1, repr(Real(2)), isinstance(Real(1), float))


class Names(set):
    def add(self, item):
        super().add(item.lower())


names = Names()
names.add('ABC')
print(sorted(names), 'abc' in names, len(names | {'x'}))
