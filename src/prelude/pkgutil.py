# SPDX-License-Identifier: MIT
import importlib
import os
import sys
from collections import namedtuple

ModuleInfo = namedtuple('ModuleInfo', 'module_finder name ispkg')


class FileFinder:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return 'FileFinder(%r)' % self.path

    def find_spec(self, name, target=None):
        from importlib.util import _found
        return _found(name, self.path)

    def find_module(self, name, path=None):
        spec = self.find_spec(name)
        return spec and spec.loader


def iter_modules(path=None, prefix=''):
    if isinstance(path, str):
        raise ValueError('path must be None or list of paths to look for modules in')
    seen = set()
    for folder in sys.path if path is None else path:
        folder = os.fspath(folder)
        if not os.path.isdir(folder or '.'):
            continue
        for entry in os.listdir(folder or '.'):
            whole = os.path.join(folder, entry)
            is_package = os.path.isfile(os.path.join(whole, '__init__.py'))
            name = entry if is_package else entry[:-3] if entry.endswith('.py') else ''
            if name and name != '__init__' and '.' not in name and name not in seen:
                seen.add(name)
                yield ModuleInfo(FileFinder(folder), prefix + name, is_package)


def walk_packages(path=None, prefix='', onerror=None):
    for info in iter_modules(path, prefix):
        yield info
        if info.ispkg:
            try:
                module = importlib.import_module(info.name)
            except ImportError:
                if onerror is not None:
                    onerror(info.name)
            except Exception:
                if onerror is None:
                    raise
                onerror(info.name)
            else:
                yield from walk_packages(list(getattr(module, '__path__', ())), info.name + '.',
                                         onerror)


def extend_path(path, name):
    return path


def get_data(package, resource):
    folder = os.path.dirname(importlib.import_module(package).__file__)
    with open(os.path.join(folder, *resource.split('/')), 'rb') as file:
        return file.read()


def resolve_name(name):
    module, _, attributes = name.partition(':')
    if _:
        found = importlib.import_module(module)
        parts = attributes.split('.') if attributes else []
    else:
        parts = name.split('.')
        module = parts.pop(0)
        found = importlib.import_module(module)
        while parts:
            try:
                found = importlib.import_module(module + '.' + parts[0])
            except ImportError:
                break
            module += '.' + parts.pop(0)
    for part in parts:
        found = getattr(found, part)
    return found
