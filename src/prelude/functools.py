# SPDX-License-Identifier: MIT
"""Functions that act on or return functions."""

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering',
           'cache', 'cmp_to_key', 'lru_cache', 'reduce', 'partial', 'partialmethod',
           'singledispatch', 'singledispatchmethod', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)
_NOTHING = object()


def _is_opaque(value):
    """What is made of an import that is not served has no names of its own."""
    return type(value).__name__ == 'opaque'


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    if _is_opaque(wrapper) or _is_opaque(wrapped):
        return wrapper
    for name in assigned:
        value = getattr(wrapped, name, _NOTHING)
        if value is not _NOTHING:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorate


def reduce(function, sequence, initial=_NOTHING, /):
    items = iter(sequence)
    if initial is _NOTHING:
        for value in items:
            break
        else:
            raise TypeError('reduce() of empty iterable with no initial value')
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value


class partial:
    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if isinstance(func, partial):
            func, args, keywords = func.func, func.args + args, {**func.keywords, **keywords}
        made = super().__new__(cls)
        made.func, made.args, made.keywords = func, args, keywords
        return made

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)]
        parts.extend(repr(each) for each in self.args)
        parts.extend(f'{name}={value!r}' for name, value in self.keywords.items())
        return f'functools.partial({", ".join(parts)})'


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, obj, cls=None):
        bound = self.func.__get__(obj, cls) if hasattr(self.func, '__get__') else self.func
        return partial(bound, *self.args, **self.keywords)


class _CacheInfo(tuple):
    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return 'CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)' % tuple(self)


def _cache_key(args, keywords, typed):
    key = args
    if keywords:
        key += (_NOTHING,) + tuple(keywords.items())
    if typed:
        key += tuple(type(each) for each in args)
        key += tuple(type(each) for each in keywords.values())
    return key


class _Cached:
    """A function with a memory; the dict's order is that of use, the oldest first."""

    def __init__(self, function, maxsize, typed):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self.cache_clear()
        update_wrapper(self, function)

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return partial(self, obj)

    def __call__(self, /, *args, **keywords):
        key = _cache_key(args, keywords, self._typed)
        memory = self._memory
        value = memory.get(key, _NOTHING)
        if value is not _NOTHING:
            self._hits += 1
            if self._maxsize is not None:
                del memory[key]
                memory[key] = value
            return value
        self._misses += 1
        value = self._function(*args, **keywords)
        if self._maxsize == 0:
            return value
        if self._maxsize is not None and len(memory) >= self._maxsize and key not in memory:
            del memory[next(iter(memory))]
        memory[key] = value
        return value

    def cache_clear(self):
        self._memory = {}
        self._hits = self._misses = 0

    def cache_info(self):
        return _CacheInfo((self._hits, self._misses, self._maxsize, len(self._memory)))

    def cache_parameters(self):
        return {'maxsize': self._maxsize, 'typed': self._typed}

    def __repr__(self):
        return '<functools._lru_cache_wrapper object of %r>' % (self._function,)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _Cached(maxsize, 128, typed)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorate(function):
        return _Cached(function, maxsize, typed)
    return decorate


def cache(user_function, /):
    return _Cached(user_function, None, False)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = self.attrname or name
        if self.attrname != name:
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            memory = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to "
                            f"cache {self.attrname!r} property.") from None
        value = memory.get(self.attrname, _NOTHING)
        if value is _NOTHING:
            value = memory[self.attrname] = self.func(instance)
        return value


def _refuse_or(result, combine):
    return result if result is NotImplemented else combine(result)


def _orderings(root):
    """For each root operator, what the three others are made of."""
    def call(self, other):
        return getattr(type(self), root)(self, other)
    if root == '__lt__':
        return {'__gt__': lambda s, o: _refuse_or(call(s, o), lambda r: not r and s != o),
                '__le__': lambda s, o: _refuse_or(call(s, o), lambda r: r or s == o),
                '__ge__': lambda s, o: _refuse_or(call(s, o), lambda r: not r)}
    if root == '__le__':
        return {'__ge__': lambda s, o: _refuse_or(call(s, o), lambda r: not r or s == o),
                '__lt__': lambda s, o: _refuse_or(call(s, o), lambda r: r and s != o),
                '__gt__': lambda s, o: _refuse_or(call(s, o), lambda r: not r)}
    if root == '__gt__':
        return {'__lt__': lambda s, o: _refuse_or(call(s, o), lambda r: not r and s != o),
                '__ge__': lambda s, o: _refuse_or(call(s, o), lambda r: r or s == o),
                '__le__': lambda s, o: _refuse_or(call(s, o), lambda r: not r)}
    return {'__le__': lambda s, o: _refuse_or(call(s, o), lambda r: not r or s == o),
            '__gt__': lambda s, o: _refuse_or(call(s, o), lambda r: r and s != o),
            '__lt__': lambda s, o: _refuse_or(call(s, o), lambda r: not r)}


def total_ordering(cls):
    roots = [name for name in ('__lt__', '__le__', '__gt__', '__ge__')
             if getattr(cls, name, None) is not getattr(object, name, None)]
    if not roots:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = roots[0]
    for name, function in _orderings(root).items():
        if name not in roots:
            function.__name__ = name
            setattr(cls, name, function)
    return cls


def cmp_to_key(mycmp):
    class K:
        __slots__ = ['obj']
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        __lt__ = lambda a, b: mycmp(a.obj, b.obj) < 0
        __le__ = lambda a, b: mycmp(a.obj, b.obj) <= 0
        __eq__ = lambda a, b: mycmp(a.obj, b.obj) == 0
        __ge__ = lambda a, b: mycmp(a.obj, b.obj) >= 0
        __gt__ = lambda a, b: mycmp(a.obj, b.obj) > 0

    return K


def _annotated_class(func):
    from typing import get_type_hints
    for hint in get_type_hints(func).values():
        if isinstance(hint, type):
            return hint
        break
    raise TypeError(f'Invalid first argument to `register()`: {func!r}. Use either '
                    '`@register(some_class)` or plain `@register` on an annotated function.')


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        for base in registry:
            if base is not object and issubclass(cls, base):
                return registry[base]
        return func

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda each: register(cls, each)
            func = cls
            cls = _annotated_class(func)
        registry[cls] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return dispatch(type(args[0]))(*args, **kw)

    update_wrapper(wrapper, func)
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.func, self.dispatcher = func, singledispatch(func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        def method(first, *args, **kwargs):
            found = self.dispatcher.dispatch(type(first))
            return found.__get__(obj, cls)(first, *args, **kwargs)

        update_wrapper(method, self.func)
        method.register = self.register
        return method
