# SPDX-License-Identifier: MIT
"""Association proxies: an attribute of what a relationship holds, as one's own."""


class _Proxy:
    def __init__(self, proxy, instance):
        self._proxy = proxy
        self._instance = instance

    def _items(self):
        return getattr(self._instance, self._proxy.target_collection)

    def _value(self, item):
        return getattr(item, self._proxy.attr)

    def __len__(self):
        return len(self._items())

    def __bool__(self):
        return bool(self._items())

    def __repr__(self):
        return repr(self._plain())

    def __eq__(self, other):
        return self._plain() == (other._plain() if isinstance(other, _Proxy) else other)

    def __ne__(self, other):
        return not self == other

    def clear(self):
        self._items().clear()


class _ListProxy(_Proxy):
    def _plain(self):
        return [self._value(item) for item in self._items()]

    def __iter__(self):
        return iter(self._plain())

    def __contains__(self, value):
        return value in self._plain()

    def __getitem__(self, index):
        return self._plain()[index]

    def append(self, value):
        self._items().append(self._proxy.make(self._instance, value))

    add = append

    def extend(self, values):
        for value in values:
            self.append(value)

    update = extend

    def remove(self, value):
        for item in list(self._items()):
            if self._value(item) == value:
                self._items().remove(item)
                return
        raise ValueError("value not in list")

    discard = remove

    def copy(self):
        return self._plain()


class _SetProxy(_ListProxy):
    def _plain(self):
        return {self._value(item) for item in self._items()}


class _DictProxy(_Proxy):
    def _plain(self):
        return {key: self._value(item) for key, item in self._items().items()}

    def __iter__(self):
        return iter(self._items())

    def __contains__(self, key):
        return key in self._items()

    def __getitem__(self, key):
        return self._value(self._items()[key])

    def __setitem__(self, key, value):
        items = self._items()
        if key in items:
            setattr(items[key], self._proxy.attr, value)
        else:
            items[key] = self._proxy.make(self._instance, key, value)

    def __delitem__(self, key):
        del self._items()[key]

    def get(self, key, default=None):
        return self[key] if key in self else default

    def pop(self, key, *default):
        if key not in self and default:
            return default[0]
        value = self[key]
        del self[key]
        return value

    def keys(self):
        return list(self._items())

    def values(self):
        return list(self._plain().values())

    def items(self):
        return list(self._plain().items())

    def update(self, *args, **kw):
        for key, value in dict(*args, **kw).items():
            self[key] = value


class AssociationProxy:
    extension_type = None

    def __init__(self, target_collection, attr, *, creator=None, **kw):
        self.target_collection = target_collection
        self.attr = attr
        self.creator = creator

    def make(self, instance, *values):
        """The object in between, of a value (or a key and a value)."""
        creator = self.creator
        if creator is None:
            prop = type(instance).__mapper__._properties[self.target_collection]
            creator = prop.relation.target.class_
        return creator(*values)

    def __get__(self, instance, owner):
        if instance is None:
            return self
        target = getattr(instance, self.target_collection)
        if isinstance(target, dict):
            return _DictProxy(self, instance)
        if isinstance(target, set):
            return _SetProxy(self, instance)
        if isinstance(target, (list, tuple)):
            return _ListProxy(self, instance)
        return None if target is None else getattr(target, self.attr)

    def __set__(self, instance, value):
        prop = type(instance).__mapper__._properties.get(self.target_collection)
        if prop is not None and not prop.relation.uselist:
            target = getattr(instance, self.target_collection)
            if target is None:
                setattr(instance, self.target_collection, self.make(instance, value))
            else:
                setattr(target, self.attr, value)
            return
        proxy = self.__get__(instance, type(instance))
        proxy.clear()
        proxy.update(value) if hasattr(proxy, "update") else proxy.extend(value)

    def _inner(self, owner=None):
        raise NotImplementedError("limbeck does not serve association_proxy() in queries")

    any = has = contains = __clause_element__ = _inner


def association_proxy(target_collection, attr, *, creator=None, **kw):
    return AssociationProxy(target_collection, attr, creator=creator, **kw)
