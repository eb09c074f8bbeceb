# SPDX-License-Identifier: MIT
from _types import GenericAlias as _GenericAlias
from abc import abstractmethod as _abstractmethod
from collections.abc import Collection, Set, Sized

__name__ = 'collections.abc'
_nothing = object()


def _find(mapping, key, missing=_nothing):
    try:
        return mapping[key]
    except KeyError:
        return missing


class Mapping(Collection):
    __slots__ = ()
    __hash__ = None
    __reversed__ = None

    @_abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def __contains__(self, key):
        return _find(self, key) is not _nothing

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented

    def get(self, key, default=None):
        return _find(self, key, default)

    def keys(self):
        return KeysView(self)

    def items(self):
        return ItemsView(self)

    def values(self):
        return ValuesView(self)


class MappingView(Sized):
    __slots__ = ('_mapping',)
    __class_getitem__ = classmethod(_GenericAlias)

    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return '%s(%r)' % (type(self).__name__, self._mapping)


class _SetView(MappingView, Set):
    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        return set(it)


class KeysView(_SetView):
    __slots__ = ()

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)


class ItemsView(_SetView):
    __slots__ = ()

    def __contains__(self, item):
        key, value = item
        found = _find(self._mapping, key)
        return found is not _nothing and found in (value,)

    def __iter__(self):
        return ((key, self._mapping[key]) for key in self._mapping)


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __contains__(self, value):
        return any(each in (value,) for each in self)

    def __iter__(self):
        return (self._mapping[key] for key in self._mapping)


class MutableMapping(Mapping):
    __slots__ = ()

    @_abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @_abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_nothing):
        value = self[key] if default is _nothing else _find(self, key)
        if value is _nothing:
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            break
        else:
            raise KeyError
        return key, self.pop(key)

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **kwds):
        pairs = ((key, other[key]) for key in other.keys()) if hasattr(other, 'keys') else other
        for source in (pairs, kwds.items()):
            for key, value in source:
                self[key] = value

    def setdefault(self, key, default=None):
        value = _find(self, key)
        if value is _nothing:
            self[key] = value = default
        return value


MutableMapping.register(dict)
KeysView.register(type({}.keys()))
ItemsView.register(type({}.items()))
ValuesView.register(type({}.values()))
