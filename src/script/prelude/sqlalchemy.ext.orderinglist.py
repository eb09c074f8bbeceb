# SPDX-License-Identifier: MIT
"""Collections whose objects know their place."""
from sqlalchemy.orm._collections import InstrumentedList


class OrderingList(InstrumentedList):
    def __init__(self, attr, numbering):
        InstrumentedList.__init__(self)
        self.ordering_attr = attr
        self.ordering_func = numbering

    def reorder(self):
        for at, item in enumerate(self):
            wanted = self.ordering_func(at, self)
            if getattr(item, self.ordering_attr) != wanted:
                setattr(item, self.ordering_attr, wanted)

    def append(self, item):
        InstrumentedList.append(self, item)
        setattr(item, self.ordering_attr, self.ordering_func(len(self) - 1, self))

    def insert(self, index, item):
        InstrumentedList.insert(self, index, item)
        self.reorder()

    def remove(self, item):
        InstrumentedList.remove(self, item)
        self.reorder()

    def pop(self, index=-1):
        item = InstrumentedList.pop(self, index)
        self.reorder()
        return item


def ordering_list(attr, count_from=None, ordering_func=None, reorder_on_append=False):
    numbering = ordering_func
    if numbering is None:
        start = count_from or 0
        numbering = lambda index, collection: index + start  # noqa: E731
    return lambda: OrderingList(attr, numbering)


def count_from_0(index, collection):
    return index


def count_from_1(index, collection):
    return index + 1
