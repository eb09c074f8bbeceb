# SPDX-License-Identifier: MIT
"""inspect, types, importlib and pkgutil."""
import importlib
import importlib.util
import inspect
import os
import pkgutil
import sys
import types


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


def f(a, b: int = 1, /, c=2, *d, e, g: str = 'x', **h) -> int:
    """Doc.

        indented
    """


class C:
    """A class."""

    def __init__(self, x, *, y=3):
        self.x = x

    def m(self, z):
        pass

    @staticmethod
    def s(q):
        pass

    @classmethod
    def k(cls, r=1):
        pass

    @property
    def p(self):
        return 1


async def co():
    pass


def gen():
    yield


print(inspect.signature(f), inspect.signature(C), inspect.signature(C(1).m), inspect.signature(C.s), inspect.signature(C.k), inspect.signature(lambda x, *y: 1))
for name, p in inspect.signature(f).parameters.items():
    print(name, p.kind, p.default if p.default is not p.empty else 'empty', p, p.kind == p.KEYWORD_ONLY)
print(inspect.signature(f).return_annotation, inspect.signature(f).bind(1, e=2).arguments, inspect.getfullargspec(f).args)
tried(lambda: inspect.signature(f).bind())
print(inspect.isclass(C), inspect.isclass(5), inspect.isfunction(f), inspect.isfunction(C(1).m), inspect.ismethod(C(1).m), inspect.isbuiltin(len), inspect.ismodule(os))
print(inspect.iscoroutinefunction(co), inspect.iscoroutinefunction(f), inspect.isgeneratorfunction(gen), inspect.isgenerator(gen()), inspect.isabstract(C), inspect.isroutine(len))
print([n for n, v in inspect.getmembers(C, inspect.isfunction)], [n for n, v in inspect.getmembers(C(5)) if not n.startswith('__')])
print(inspect.getdoc(f), '|', inspect.getdoc(C), '|', inspect.cleandoc('  a\n    b\n  c\n'), inspect.getmodule(C).__name__, inspect.getmro(C) == (C, object))
print(type(f) is types.FunctionType, type(C(1).m) is types.MethodType, type(os) is types.ModuleType, type(gen()) is types.GeneratorType, isinstance(len, types.BuiltinFunctionType))
print(types.SimpleNamespace(a=1, b='x'), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1), types.MappingProxyType({'a': 1})['a'], types.NoneType, isinstance(None, types.NoneType))
print(types.new_class('Made', (C,), {}, lambda ns: ns.update(z=1)).z, type('T', (), {'a': 1}).a, types.UnionType, types.GenericAlias(list, (int,)), types.ModuleType('m').__name__)

print(importlib.import_module('os.path') is os.path, importlib.import_module('json').__name__)
tried(lambda: importlib.import_module('no_such_module_at_all'))
tried(lambda: importlib.import_module('.x'))
here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location('copied', os.path.join(here, 'mod_copy.py'))
print(spec.name, os.path.basename(spec.origin), importlib.util.find_spec('no_such_module_at_all'), importlib.util.find_spec('json') is not None)
with open(os.path.join(here, 'mod_copy.py')) as file:
    print('copy' in file.readline() + file.read())
module = importlib.util.module_from_spec(importlib.util.spec_from_file_location('made', __file__))
print(module.__name__, os.path.basename(module.__file__), module.__spec__.name)
found = sorted(info.name for info in pkgutil.iter_modules([here]) if info.name.startswith('mod_i'))
print(found, [info.ispkg for info in pkgutil.iter_modules([here]) if info.name == 'mod_io'])
try:
    from importlib.metadata import PackageNotFoundError, version
    version('no-such-dist')
except PackageNotFoundError as error:
    print(type(error).__name__, error, isinstance(error, ImportError))
