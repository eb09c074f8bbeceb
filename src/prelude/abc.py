# SPDX-License-Identifier: MIT


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractproperty(property):
    __isabstractmethod__ = True


def _is_abstract(value):
    return getattr(value, '__isabstractmethod__', False) or (
        type(value) in (classmethod, staticmethod) and _is_abstract(value.__func__))


def _abstract_names(cls):
    abstract = {name for name, value in cls.__dict__.items() if _is_abstract(value)}
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            if _is_abstract(getattr(cls, name, None)):
                abstract.add(name)
    return frozenset(sorted(abstract))


class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        made = type.__new__(mcls, name, bases, namespace, **kwargs)
        made.__abstractmethods__, made._registered = _abstract_names(made), []
        return made

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if not issubclass(subclass, cls):
            if issubclass(cls, subclass):
                raise RuntimeError("Refusing to create an inheritance cycle")
            cls._registered.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        kind = type(instance)
        if cls in kind.__mro__:
            return True
        shown = instance.__class__
        return issubclass(kind, cls) or (shown is not kind and issubclass(shown, cls))

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        said = cls.__subclasshook__(subclass)
        if said is not NotImplemented:
            return said
        if cls in subclass.__mro__:
            return True
        for other in cls._registered:
            if issubclass(subclass, other):
                return True
        for other in cls.__subclasses__():
            if issubclass(subclass, other):
                return True
        return False


class ABC(metaclass=ABCMeta):
    __slots__ = ()


def update_abstractmethods(cls):
    if hasattr(cls, '__abstractmethods__'):
        cls.__abstractmethods__ = _abstract_names(cls)
    return cls


def get_cache_token():
    return 0
