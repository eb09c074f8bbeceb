# SPDX-License-Identifier: MIT
"""What the abstract containers of collections.abc do for a class with the few methods they ask for."""
import collections
import collections.abc


def shown(call):
    try:
        return call()
    except Exception as exc:
        return "%s: %s" % (type(exc).__name__, exc)


class Letters(collections.abc.MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        del self.items[index]

    def __len__(self):
        return len(self.items)

    def insert(self, index, value):
        self.items.insert(index, value)


some = Letters("c", "a", "b")
some.reverse()
print(some.items, list(some), list(reversed(some)), "c" in some, "z" in some)
print(some.index("c"), some.index("a", -2), some.count("a"), some.pop(), some.items)
some += "de"
some.remove("b")
some.extend(some)
print(some.items, some.index("e", 3), shown(lambda: some.index("e", 0, 2)), shown(lambda: some.remove("q")))
some.reverse()
print(some.items, some.clear(), some.items, shown(some.pop))


class Named(collections.abc.MutableMapping):
    def __init__(self, **named):
        self.named = named

    def __getitem__(self, key):
        return self.named[key]

    def __setitem__(self, key, value):
        self.named[key] = value

    def __delitem__(self, key):
        del self.named[key]

    def __iter__(self):
        return iter(self.named)

    def __len__(self):
        return len(self.named)

    def __repr__(self):
        return "Named(%r)" % self.named


class Any:
    def __eq__(self, other):
        return True


one = Named(a=1, b=2)
print(one.keys(), one.items(), one.values(), len(one.keys()))
print(("a", 1) in one.items(), ("a", 2) in one.items(), ("z", Any()) in one.items(), 2 in one.values(),
      7 in one.values(), "a" in one.keys(), "z" in one)
print(one == {"a": 1, "b": 2}, one == Named(a=1, b=2), one != {}, one == 3, shown(lambda: hash(one)))
print(one.get("z", 5), one.pop("z", 6), one.setdefault("c", 3), one.setdefault("a", 9), one.popitem(), one)
print(sorted(one.keys() | ["x"]), one.keys() & {"b", "q"}, one.keys() - ["b"], one.keys() == {"b", "c"},
      sorted(one.keys() ^ {"b", "q"}), one.items() >= {("b", 2)}, one.keys() <= {"b"})
one.update([("x", 1)], y=2)
one.update(Named(z=3))
one.update({"w": 4})
print(one, one.clear(), one, [shown(call) for call in (lambda: one.pop("q"), one.popitem, lambda: one["k"])])


class Few(collections.abc.MutableSet):
    def __init__(self, items=()):
        self.items = list(dict.fromkeys(items))

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def add(self, item):
        if item not in self.items:
            self.items.append(item)

    def discard(self, item):
        if item in self.items:
            self.items.remove(item)

    def __repr__(self):
        return "Few(%r)" % self.items


a, b = Few([1, 2, 3]), Few([2, 3, 4])
print(a & b, a | b, a - b, a ^ b, a - [2], {9, 2} - a, a & [3], a | [9], [1, 7] & a)
print(a <= b, Few([2]) < a, a > Few([2]), a >= b, a == Few([3, 2, 1]), a != b, a == 3, a < a, a >= a)
print(a.isdisjoint(Few([7])), a.isdisjoint([3]), Few.__hash__, shown(lambda: a < 3), shown(lambda: a & 3))
a |= [7]
a &= [7, 1]
print(a)
a ^= [1, 5]
print(a)
a -= a
print(a, shown(lambda: a.remove(2)), shown(a.pop))
for change in (Few.__ixor__, Few.__iand__, Few.__ior__):
    both = Few([1, 2])
    print(change(both, both), shown(both.pop), both, both.clear(), both)

chain = collections.ChainMap({"a": 1}, {"b": 2, "a": 3})
print(chain, chain["a"], dict(chain), len(chain), chain.new_child({"z": 1}), chain.parents, "b" in chain)
print(chain.get("q"), list(chain), chain == {"a": 1, "b": 2}, chain.new_child(q=1), chain.copy(), bool(chain))
print([shown(call) for call in (lambda: chain["k"], lambda: chain.pop("b"), lambda: chain.__delitem__("b"))])
print(collections.ChainMap(collections.defaultdict(list))["made"])
wrapped = collections.UserDict({"a": 1}, b=2)
print(wrapped, wrapped["a"], wrapped.pop("a"), wrapped, wrapped.copy(), wrapped == {"b": 2})
print([isinstance(each, collections.abc.MutableMapping) for each in (chain, wrapped, one, {}, [])])


class Twice(collections.UserDict):
    def __missing__(self, key):
        return key * 2


print(Twice()["x"], "x" in Twice())
