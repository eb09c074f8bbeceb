# SPDX-License-Identifier: MIT
# What typing has beyond mod_typing.c: read when one of these names is asked for.
import collections
import sys
from abc import ABCMeta as _ABCMeta, abstractmethod
from typing import (Annotated, ForwardRef, Generic, NotRequired, Required, TypeVar, Union, get_args,
                    get_origin)

AnyStr = TypeVar('AnyStr', str, bytes)
T = TypeVar('T')
T_co = TypeVar('T_co', covariant=True)


# ---- protocols ----

_NOT_MEMBERS = frozenset(['__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__',
                          '__module__', '__new__', '__slots__', '__subclasshook__', '__weakref__',
                          '__class_getitem__', '__init_subclass__', '_is_protocol', '_is_runtime',
                          '_registered', '__parameters__', '__orig_bases__', '__qualname__', '__static_attributes__',
                          '__firstlineno__', '__match_args__', '__hash__'])


def _members(cls):
    names = set()
    for base in cls.__mro__:
        if base.__dict__.get('_is_protocol') and base is not Protocol:
            names.update(base.__dict__)
            names.update(base.__dict__.get('__annotations__', ()))
    return names - _NOT_MEMBERS


class _ProtocolMeta(_ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls._is_protocol = any(base.__name__ == 'Protocol' and base.__module__ == 'typing'
                               for base in bases)
        return cls

    def __call__(cls, *args, **kwargs):
        if cls._is_protocol:
            raise TypeError('Protocols cannot be instantiated')
        return super().__call__(*args, **kwargs)

    def __instancecheck__(cls, instance):
        if not cls._is_protocol:
            return super().__instancecheck__(instance)
        if not getattr(cls, '_is_runtime', False):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        return super().__instancecheck__(instance) or all(
            hasattr(instance, name) for name in _members(cls))

    def __subclasscheck__(cls, other):
        if not cls._is_protocol or cls in other.__mro__:
            return super().__subclasscheck__(other)
        if not getattr(cls, '_is_runtime', False):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        return all(any(name in base.__dict__ for base in other.__mro__) for name in _members(cls))


class Protocol(Generic, metaclass=_ProtocolMeta):
    __module__ = 'typing'
    _is_protocol = True


def runtime_checkable(cls):
    if not getattr(cls, '_is_protocol', False):
        raise TypeError('@runtime_checkable can be only applied to protocol classes, got %r' % (cls,))
    cls._is_runtime = True
    return cls


runtime = runtime_checkable


def _supports(name, method):
    def stand_in(self):
        raise NotImplementedError
    stand_in.__name__ = method
    return runtime_checkable(_ProtocolMeta(name, (Protocol,), {
        '__module__': 'typing', '__qualname__': name, method: abstractmethod(stand_in)}))


SupportsInt = _supports('SupportsInt', '__int__')
SupportsFloat = _supports('SupportsFloat', '__float__')
SupportsComplex = _supports('SupportsComplex', '__complex__')
SupportsBytes = _supports('SupportsBytes', '__bytes__')
SupportsIndex = _supports('SupportsIndex', '__index__')
SupportsAbs = _supports('SupportsAbs', '__abs__')
SupportsRound = _supports('SupportsRound', '__round__')


class IO(Generic):
    __module__ = 'typing'


class BinaryIO(IO):
    __module__ = 'typing'


class TextIO(IO):
    __module__ = 'typing'


# ---- NamedTuple ----

_SPECIAL = frozenset(['__module__', '__name__', '__annotations__', '__qualname__', '__orig_bases__',
                      '__firstlineno__', '__static_attributes__'])


class _NamedTupleMeta(type):
    def __new__(mcls, typename, bases, namespace):
        hints = namespace.get('__annotations__', {})
        defaults = []
        for name in hints:
            if name in namespace:
                defaults.append(namespace[name])
            elif defaults:
                raise TypeError('non-default namedtuple field %s cannot follow default field' % name)
        made = collections.namedtuple(typename, list(hints), defaults=defaults,
                                      module=namespace.get('__module__'))
        made.__annotations__ = dict(hints)
        made.__orig_bases__ = (NamedTuple,)
        if any(base is Generic for base in bases):
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key, value in namespace.items():
            if key in ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields',
                       '_field_defaults', '_make', '_replace', '_asdict', '_source'):
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in _SPECIAL and key not in hints:
                setattr(made, key, value)
        return made


_NamedTuple = type.__new__(_NamedTupleMeta, 'NamedTuple', (), {'__module__': 'typing'})


class _NamedTupleForm:
    def __call__(self, typename, fields=None, /, **kwargs):
        fields = list(kwargs.items()) if fields is None else list(fields)
        made = collections.namedtuple(typename, [name for name, _ in fields])
        made.__annotations__ = dict(fields)
        made.__orig_bases__ = (self,)
        return made

    def __mro_entries__(self, bases):
        return (_NamedTuple,)

    def __repr__(self):
        return '<function NamedTuple>'


NamedTuple = _NamedTupleForm()


# ---- TypedDict ----

class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True, closed=False):
        made = type.__new__(mcls, name, (dict,), dict(namespace))
        own = namespace.get('__annotations__', {})
        hints, required, optional = {}, set(), set()
        for base in bases:
            hints.update(getattr(base, '__annotations__', {}))
            required |= getattr(base, '__required_keys__', set())
            optional |= getattr(base, '__optional_keys__', set())
        for key, hint in own.items():
            kind = get_origin(hint)
            if kind is Required or (kind is not NotRequired and total):
                required.add(key)
                optional.discard(key)
            else:
                optional.add(key)
                required.discard(key)
        hints.update(own)
        made.__annotations__ = hints
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__total__ = total
        return made

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError('TypedDict does not support instance and class checks')

    __subclasscheck__ = __instancecheck__


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {'__module__': 'typing'})


class _TypedDictForm:
    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        return _TypedDictMeta(typename, (), {'__annotations__': dict(fields or kwargs),
                                             '__module__': '__main__'}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDict,)

    def __repr__(self):
        return '<function TypedDict>'


TypedDict = _TypedDictForm()


def is_typeddict(tp):
    return isinstance(type(tp), type) and type(tp) is _TypedDictMeta and tp is not _TypedDict


# ---- annotations ----

def _evaluated(hint, globalns, localns):
    if hint is None:
        return type(None)
    if isinstance(hint, str):
        return _evaluated(eval(hint, globalns, localns), globalns, localns)
    if isinstance(hint, ForwardRef):
        return _evaluated(eval(hint.__forward_arg__, globalns, localns), globalns, localns)
    origin = get_origin(hint)
    if origin is None or str(hint).startswith('typing.Literal'):
        return hint
    args = hint.__args__
    done = tuple(_evaluated(arg, globalns, localns) if isinstance(arg, ForwardRef) or get_origin(arg)
                 else arg for arg in args)
    if all(a is b for a, b in zip(args, done)):
        return hint
    if origin is Union:
        return Union[done]
    if origin is Annotated:
        return Annotated[(done[0],) + tuple(hint.__metadata__)]
    return type(hint)(origin, done) if type(hint).__module__ == 'types' else origin[done]


def _bare(hint):
    if get_origin(hint) in (Required, NotRequired):
        return _bare(get_args(hint)[0])
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    return hint


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = sys.modules.get(base.__module__)
            names = globalns if globalns is not None else getattr(module, '__dict__', {})
            own = dict(vars(base)) if localns is None else localns
            for name, hint in base.__dict__.get('__annotations__', {}).items():
                hints[name] = _evaluated(hint, names, own)
    else:
        target = obj
        while hasattr(target, '__wrapped__'):
            target = target.__wrapped__
        if globalns is None:
            globalns = getattr(target, '__globals__', None) or getattr(target, '__dict__', {})
        for name, hint in getattr(obj, '__annotations__', {}).items():
            hints[name] = _evaluated(hint, globalns, localns)
    return hints if include_extras else {name: _bare(hint) for name, hint in hints.items()}


# ---- the rest ----

class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__value__ = value
        self.__type_params__ = type_params

    def __repr__(self):
        return self.__name__

    def __or__(self, other):
        return Union[self.__value__, other]

    def __ror__(self, other):
        return Union[other, self.__value__]

    def __getitem__(self, item):
        return self.__value__[item]


class ParamSpecArgs:
    def __init__(self, origin):
        self.__origin__ = origin


class ParamSpecKwargs(ParamSpecArgs):
    pass


def assert_never(arg, /):
    raise AssertionError('Expected code to be unreachable, but got: %r' % (arg,))


def dataclass_transform(**kwargs):
    return lambda cls: cls


def get_overloads(func):
    return []


def clear_overloads():
    pass


def get_protocol_members(tp):
    return frozenset(_members(tp))


def is_protocol(tp):
    return isinstance(tp, type) and getattr(tp, '_is_protocol', False) and tp is not Protocol
