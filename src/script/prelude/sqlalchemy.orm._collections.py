# SPDX-License-Identifier: MIT
"""Collections of relationships: what is put in and taken out is told to the relationship."""


class _Link:
    """Whose collection it is."""

    __slots__ = ("prop", "owner")

    def __init__(self, prop, owner):
        self.prop = prop
        self.owner = owner

    def change(self):
        self.prop.will_change(self.owner)

    def added(self, item):
        self.prop.added(self.owner, item)

    def removed(self, item):
        self.prop.removed(self.owner, item)


class InstrumentedList(list):
    _sa_link = None

    def _changing(self):
        if self._sa_link is not None:
            self._sa_link.change()

    def _added(self, items):
        if self._sa_link is not None:
            for item in items:
                self._sa_link.added(item)

    def _removed(self, items):
        if self._sa_link is not None:
            for item in items:
                self._sa_link.removed(item)

    def append(self, item):
        self._changing()
        list.append(self, item)
        self._added([item])

    def insert(self, index, item):
        self._changing()
        list.insert(self, index, item)
        self._added([item])

    def extend(self, items):
        for item in list(items):
            self.append(item)

    def __iadd__(self, items):
        self.extend(items)
        return self

    def remove(self, item):
        self._changing()
        list.remove(self, item)
        self._removed([item])

    def pop(self, index=-1):
        self._changing()
        item = list.pop(self, index)
        self._removed([item])
        return item

    def clear(self):
        for item in list(self):
            self.remove(item)

    def __setitem__(self, index, value):
        self._changing()
        old = self[index] if isinstance(index, slice) else [self[index]]
        new = list(value) if isinstance(index, slice) else [value]
        list.__setitem__(self, index, new if isinstance(index, slice) else value)
        self._removed([each for each in old if not _in(each, new)])
        self._added([each for each in new if not _in(each, old)])

    def __delitem__(self, index):
        self._changing()
        old = self[index] if isinstance(index, slice) else [self[index]]
        list.__delitem__(self, index)
        self._removed(old)

    # Without telling: from the other side of the relationship.

    def put(self, item):
        if not _in(item, self):
            list.append(self, item)

    def take(self, item):
        for at, each in enumerate(self):
            if each is item:
                list.__delitem__(self, at)
                return

    def items_of(self):
        return list(self)


class InstrumentedSet(set):
    _sa_link = None

    def add(self, item):
        if item in self:
            return
        if self._sa_link is not None:
            self._sa_link.change()
        set.add(self, item)
        if self._sa_link is not None:
            self._sa_link.added(item)

    append = add

    def remove(self, item):
        if item not in self:
            raise KeyError(item)
        self.discard(item)

    def discard(self, item):
        if item not in self:
            return
        if self._sa_link is not None:
            self._sa_link.change()
        set.discard(self, item)
        if self._sa_link is not None:
            self._sa_link.removed(item)

    def pop(self):
        for item in self:
            self.discard(item)
            return item
        raise KeyError("pop from an empty set")

    def clear(self):
        for item in list(self):
            self.discard(item)

    def update(self, *others):
        for other in others:
            for item in list(other):
                self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def put(self, item):
        set.add(self, item)

    def take(self, item):
        set.discard(self, item)

    def items_of(self):
        return list(self)


class MappedCollection(dict):
    """Objects by a key that is taken of each."""

    _sa_link = None

    def __init__(self, keyfunc):
        dict.__init__(self)
        self.keyfunc = keyfunc

    def set(self, item):
        self[self.keyfunc(item)] = item

    append = set

    def __setitem__(self, key, item):
        old = self.get(key)
        if self._sa_link is not None:
            self._sa_link.change()
        dict.__setitem__(self, key, item)
        if self._sa_link is not None:
            if old is not None and old is not item:
                self._sa_link.removed(old)
            self._sa_link.added(item)

    def __delitem__(self, key):
        if self._sa_link is not None:
            self._sa_link.change()
        item = self[key]
        dict.__delitem__(self, key)
        if self._sa_link is not None:
            self._sa_link.removed(item)

    def remove(self, item):
        del self[self.keyfunc(item)]

    def pop(self, key, *default):
        if key not in self:
            return dict.pop(self, key, *default)
        item = self[key]
        del self[key]
        return item

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, *args, **kw):
        for key, item in dict(*args, **kw).items():
            self[key] = item

    def put(self, item):
        dict.__setitem__(self, self.keyfunc(item), item)

    def take(self, item):
        for key, each in list(self.items()):
            if each is item:
                dict.__delitem__(self, key)

    def items_of(self):
        return list(self.values())


KeyFuncDict = MappedCollection


def keyfunc_mapping(keyfunc, **kw):
    return lambda: MappedCollection(keyfunc)


def attribute_keyed_dict(attr_name, **kw):
    return lambda: MappedCollection(lambda item: getattr(item, attr_name))


def column_keyed_dict(mapping_spec, **kw):
    specs = list(mapping_spec) if isinstance(mapping_spec, (list, tuple)) else [mapping_spec]

    def key(item):
        found = [getattr(item, column.key) for column in specs]
        return found[0] if len(found) == 1 else tuple(found)

    return lambda: MappedCollection(key)


def _in(item, items):
    for each in items:
        if each is item:
            return True
    return False


def make_collection(factory, prop, owner, items):
    """The collection of an owner with these items, which are told to nobody."""
    if factory is None or factory is list:
        made = InstrumentedList()
    elif factory is set:
        made = InstrumentedSet()
    else:
        made = factory()
        if not hasattr(made, "put"):
            raise NotImplementedError(
                "limbeck does not serve a relationship's collection_class=%r" % (factory,)
            )
    for item in items:
        made.put(item)
    made._sa_link = _Link(prop, owner)
    return made
