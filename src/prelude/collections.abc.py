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



def _pony(name, methods, bases=(), subscript=True, **extra):
    """A class that is told by the methods it has."""

    def hook(cls, other):
        if cls is not made or (cls is Hashable and issubclass(other, _UNHASHABLE)):
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
Hashable = _pony('Hashable', ('__hash__',), subscript=False)
Awaitable = _pony('Awaitable', ('__await__',))
Coroutine = _pony('Coroutine', ('__await__', 'send', 'throw', 'close'), (Awaitable,))
AsyncIterable = _pony('AsyncIterable', ('__aiter__',))
AsyncIterator = _pony('AsyncIterator', ('__anext__', '__aiter__'), (AsyncIterable,),
                      __aiter__=lambda self: self)
AsyncGenerator = _pony('AsyncGenerator', ('__aiter__', '__anext__', 'asend', 'athrow', 'aclose'),
                       (AsyncIterator,))
Iterable = _pony('Iterable', ('__iter__',))
Iterator = _pony('Iterator', ('__iter__', '__next__'), (Iterable,), __iter__=lambda self: self)
Reversible = _pony('Reversible', ('__reversed__', '__iter__'), (Iterable,))
Generator = _pony('Generator', ('__iter__', '__next__', 'send', 'throw', 'close'), (Iterator,))
Sized = _pony('Sized', ('__len__',), subscript=False)
Container = _pony('Container', ('__contains__',))
Collection = _pony('Collection', ('__len__', '__iter__', '__contains__'),
                   (Sized, Iterable, Container))
Buffer = _pony('Buffer', ('__buffer__',), subscript=False)


def _callable_item(cls, item):
    if not isinstance(item, tuple) or len(item) != 2:
        raise TypeError("Callable must be used as Callable[[arg, ...], result].")
    given, result = item
    if isinstance(given, (list, tuple)):
        return _GenericAlias(cls, (*given, result))
    return _GenericAlias(cls, (given, result))


Callable = _pony('Callable', ('__call__',), subscript=False,
                 __class_getitem__=classmethod(_callable_item))
Iterator.register(type(iter([])))


_PARTS = {'_abc_set': ('Set', 'MutableSet'),
          '_abc_mapping': ('Mapping', 'MutableMapping', 'MappingView', 'KeysView', 'ItemsView',
                           'ValuesView'),
          '_abc_sequence': ('Sequence', 'MutableSequence', 'ByteString')}


def __getattr__(name):
    """The classes with methods of their own are read when asked for."""
    for part, names in _PARTS.items():
        if name in names:
            found = __import__(part)
            for each in names:
                globals()[each] = getattr(found, each)
            return globals()[name]
    raise AttributeError("module 'collections.abc' has no attribute %r" % name)
