# SPDX-License-Identifier: MIT
from _types import GenericAlias, UnionType


def _of_generator():
    yield


async def _of_coroutine():
    pass


async def _of_async_generator():
    yield


class _Sample:
    def method(self):
        pass


FunctionType = LambdaType = type(_of_generator)
GeneratorType = type(_of_generator())
_running = _of_coroutine()
CoroutineType = type(_running)
_running.close()
AsyncGeneratorType = type(_of_async_generator())
MethodType = type(_Sample().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
CodeType = type(_of_generator.__code__)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
EllipsisType = type(...)
MethodDescriptorType = WrapperDescriptorType = MethodWrapperType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__.get('fromkeys', len))
GetSetDescriptorType = MemberDescriptorType = type('_slot', (), {'__slots__': ('x',)}).__dict__['x'].__class__
try:
    raise TypeError
except TypeError as _error:
    TracebackType = type(_error.__traceback__)
    FrameType = type(getattr(_error.__traceback__, 'tb_frame', None))
ModuleType = type(__import__('_types'))
CellType = type((lambda x: lambda: x)(0).__closure__[0])


class SimpleNamespace:
    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        name = 'namespace' if type(self) is SimpleNamespace else type(self).__name__
        return '%s(%s)' % (name, ', '.join('%s=%r' % pair for pair in self.__dict__.items()))

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented


class MappingProxyType:
    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __contains__(self, key):
        return key in self._mapping

    def __repr__(self):
        return 'mappingproxy(%r)' % (self._mapping,)

    def __eq__(self, other):
        return self._mapping == (other._mapping if isinstance(other, MappingProxyType) else other)

    def __or__(self, other):
        return self._mapping | other

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()


class DynamicClassAttribute(property):
    """A property of the instances: the class looks elsewhere, in its metaclass's __getattr__."""

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            raise AttributeError()
        return super().__get__(instance, ownerclass)


def resolve_bases(bases):
    resolved = []
    for base in bases:
        entries = None if isinstance(base, type) else getattr(base, '__mro_entries__', None)
        if entries is None:
            resolved.append(base)
        else:
            resolved.extend(entries(bases))
    return tuple(resolved) if resolved != list(bases) else bases


def prepare_class(name, bases=(), kwds=None):
    rest = dict(kwds or ())
    kinds = [rest.pop('metaclass', type(bases[0]) if bases else type), *map(type, bases)]
    kind = kinds[0]
    for each in kinds:
        kind = each if isinstance(kind, type) and issubclass(each, kind) else kind
    prepare = getattr(kind, '__prepare__', lambda *args, **kwds: {})
    return kind, prepare(name, bases, **rest), rest


def new_class(name, bases=(), kwds=None, exec_body=None):
    mro_bases = resolve_bases(bases)
    kind, body, rest = prepare_class(name, mro_bases, kwds)
    if exec_body:
        exec_body(body)
    if mro_bases is not bases:
        body['__orig_bases__'] = bases
    return kind(name, mro_bases, body, **rest)


def get_original_bases(cls, /):
    return cls.__dict__.get('__orig_bases__', cls.__bases__)


def coroutine(func):
    return func
