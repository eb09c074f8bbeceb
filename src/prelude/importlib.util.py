# SPDX-License-Identifier: MIT
import importlib
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    path = os.path.abspath(os.fspath(location))
    if loader is None and not path.endswith('.py'):
        return None
    spec = ModuleSpec(name, loader or SourceFileLoader(name, path), origin=path)
    spec.submodule_search_locations = submodule_search_locations
    return spec


def module_from_spec(spec):
    module = spec.loader.create_module(spec) if hasattr(spec.loader, 'create_module') else None
    if module is None:
        module = type(sys)(spec.name)
    module.__name__ = spec.name
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    if spec.origin:
        module.__file__ = spec.origin
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    return module


def resolve_name(name, package):
    if not name.startswith('.'):
        return name
    level = len(name) - len(name.lstrip('.'))
    parts = package.split('.')
    return '.'.join(parts[:len(parts) - level + 1] + [name[level:]])


def _found(name, folder):
    tail = name.rpartition('.')[2]
    package = os.path.join(folder, tail, '__init__.py')
    if os.path.isfile(package):
        spec = ModuleSpec(name, SourceFileLoader(name, package), origin=package, is_package=True)
        spec.submodule_search_locations.append(os.path.dirname(package))
        return spec
    path = os.path.join(folder, tail + '.py')
    if os.path.isfile(path):
        return ModuleSpec(name, SourceFileLoader(name, path), origin=path)
    if os.path.isdir(os.path.join(folder, tail)):
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations.append(os.path.join(folder, tail))
        return spec
    return None


def find_spec(name, package=None):
    name = resolve_name(name, package) if name.startswith('.') else name
    parent = name.rpartition('.')[0]
    if parent:
        folders = getattr(importlib.import_module(parent), '__path__', [])
    else:
        folders = sys.path
    for folder in folders:
        spec = _found(name, folder or '.')
        if spec is not None:
            return spec
    if name in sys.modules:
        return ModuleSpec(name, None, origin='built-in')
    try:
        __import__(name)
    except ImportError:
        return None
    return ModuleSpec(name, None, origin='built-in')
