# SPDX-License-Identifier: MIT
from _types import GenericAlias as _GenericAlias
from abc import ABCMeta as _ABCMeta, abstractmethod as _abstractmethod

__all__ = ["Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable",
           "Iterable", "Iterator", "Generator", "Reversible", "Sized", "Container", "Callable",
           "Collection", "Set", "MutableSet", "Mapping", "MutableMapping", "MappingView",
           "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence", "ByteString",
           "Buffer"]


def _has(cls, names):
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


def _protocol(name, methods, bases=(), subscript=True, **extra):
    """A class that is told by the methods it has."""

    def hook(cls, other):
        if cls is not made or (name == 'Hashable' and issubclass(other, _UNHASHABLE)):
            return NotImplemented
        return _has(other, methods)

    body = {'__module__': 'collections.abc', '__qualname__': name, '__slots__': (),
            '__subclasshook__': classmethod(hook)}
    if subscript:
        body['__class_getitem__'] = classmethod(_GenericAlias)
    own = [m for m in methods if not any(hasattr(base, m) for base in bases)]
    for method in own:
        if method not in extra:
            def stand_in(self, *args):
                raise NotImplementedError
            stand_in.__name__ = method
            body[method] = _abstractmethod(stand_in)
    body.update(extra)
    made = _ABCMeta(name, bases or (), body)
    return made


_UNHASHABLE = (list, dict, set, bytearray, type({}.keys()), type({}.items()))


def _callable_item(cls, item):
    if not isinstance(item, tuple) or len(item) != 2:
        raise TypeError("Callable must be used as Callable[[arg, ...], result].")
    given, result = item
    if isinstance(given, (list, tuple)):
        return _GenericAlias(cls, (*given, result))
    return _GenericAlias(cls, (given, result))


def _itself(self):
    return self


# name: methods, bases, whether it takes a subscript, and what it adds
_PROTOCOLS = {
    'Hashable': (('__hash__',), (), False, {}),
    'Awaitable': (('__await__',), (), True, {}),
    'Coroutine': (('__await__', 'send', 'throw', 'close'), ('Awaitable',), True, {}),
    'AsyncIterable': (('__aiter__',), (), True, {}),
    'AsyncIterator': (('__anext__', '__aiter__'), ('AsyncIterable',), True, {'__aiter__': _itself}),
    'AsyncGenerator': (('__aiter__', '__anext__', 'asend', 'athrow', 'aclose'), ('AsyncIterator',),
                       True, {}),
    'Iterable': (('__iter__',), (), True, {}),
    'Iterator': (('__iter__', '__next__'), ('Iterable',), True, {'__iter__': _itself}),
    'Reversible': (('__reversed__', '__iter__'), ('Iterable',), True, {}),
    'Generator': (('__iter__', '__next__', 'send', 'throw', 'close'), ('Iterator',), True, {}),
    'Sized': (('__len__',), (), False, {}),
    'Container': (('__contains__',), (), True, {}),
    'Collection': (('__len__', '__iter__', '__contains__'), ('Sized', 'Iterable', 'Container'), True,
                   {}),
    'Buffer': (('__buffer__',), (), False, {}),
    'Callable': (('__call__',), (), False, {'__class_getitem__': classmethod(_callable_item)}),
}
_PARTS = {'_abc_set': ('Set', 'MutableSet'),
          '_abc_mapping': ('Mapping', 'MutableMapping', 'MappingView', 'KeysView', 'ItemsView',
                           'ValuesView'),
          '_abc_sequence': ('Sequence', 'MutableSequence', 'ByteString')}


def _class(name):
    return globals().get(name) or __getattr__(name)


def __getattr__(name):
    """Classes are made, and those with methods of their own read, when asked for."""
    protocol = _PROTOCOLS.get(name)
    if protocol:
        methods, bases, subscript, extra = protocol
        made = _protocol(name, methods, tuple(_class(base) for base in bases), subscript, **extra)
        return globals().setdefault(name, made)
    for part, names in _PARTS.items():
        if name in names:
            found = __import__(part)
            for each in names:
                globals()[each] = getattr(found, each)
            return globals()[name]
    raise AttributeError("module 'collections.abc' has no attribute %r" % name)
