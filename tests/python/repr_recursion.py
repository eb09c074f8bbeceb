# SPDX-License-Identifier: MIT
items = [1]
items.append(items)
print(items)
table = {'self': None}
table['self'] = table
print(table)
pair = ([],)
pair[0].append(pair)
print(pair)


class Holder:
    def __init__(self):
        self.held = [self]

    def __repr__(self):
        return 'Holder(%r)' % (self.held,)


deep = []
for _ in range(5):
    deep = [deep]
print(deep)
print({frozenset({1}): {'a': (1,)}}, [None, True, ..., NotImplemented], (), [], {}, set(), frozenset())
print(repr('it\'s "x"'), repr("a'b"), repr('\x00\x7f\xa0\u200b\U0001f600é'), repr(b'\x00a"\''))
