# SPDX-License-Identifier: MIT
import os


class ModuleSpec:
    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.has_location = origin is not None
        self.cached = None
        self.submodule_search_locations = [] if is_package else None

    @property
    def parent(self):
        if self.submodule_search_locations is None:
            return self.name.rpartition('.')[0]
        return self.name

    def __repr__(self):
        return 'ModuleSpec(name=%r, loader=%r, origin=%r)' % (self.name, self.loader, self.origin)


class SourceFileLoader:
    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def get_filename(self, name=None):
        return self.path

    def get_data(self, path):
        with open(path, 'rb') as file:
            return file.read()

    def get_source(self, fullname=None):
        with open(self.path, encoding='utf-8') as file:
            return file.read()

    def is_package(self, fullname=None):
        return os.path.basename(self.path) == '__init__.py'

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self.get_source(), self.path, 'exec'), module.__dict__)

    def load_module(self, fullname=None):
        import importlib.util
        import sys
        spec = importlib.util.spec_from_file_location(fullname or self.name, self.path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        self.exec_module(module)
        return module


SOURCE_SUFFIXES = ['.py']
BYTECODE_SUFFIXES = ['.pyc']
EXTENSION_SUFFIXES = []


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES
