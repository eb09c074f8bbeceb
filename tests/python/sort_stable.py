# SPDX-License-Identifier: MIT
rows = [(i % 7, i) for i in range(50)]
print(sorted(rows, key=lambda row: row[0]))
print(sorted(rows, key=lambda row: row[0], reverse=True))
print(sorted('banana'), sorted([3.5, -1, 2]), sorted([True, False, 2]))


class Item:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return self.value < other.value

    def __repr__(self):
        return 'Item(%d)' % self.value


print(sorted([Item(n * 37 % 23) for n in range(40)]))
names = ['b', 'A', 'c']
names.sort(key=str.lower)
print(names)
numbers = [3, 1, 2]


def changes(n):
    numbers.append(n)
    return n


try:
    numbers.sort(key=changes)
except ValueError as error:
    print(error, numbers)
try:
    [1, 'a', 2].sort()
except TypeError as error:
    print(error)
print(max([Item(1), Item(5)], key=lambda item: item.value), min(3, 1, 2), max('b', 'a', key=ord))
