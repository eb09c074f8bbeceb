# SPDX-License-Identifier: MIT
import importlib
import os
from pathlib import Path


def files(package=None):
    module = importlib.import_module(package) if isinstance(package, str) else package
    folder = getattr(module, '__file__', None)
    if folder is None:
        folder = os.path.join(list(module.__path__)[0], '__init__.py')
    return Path(os.path.dirname(os.path.abspath(folder)))


class as_file:
    def __init__(self, path):
        self._path = path

    def __enter__(self):
        return self._path

    def __exit__(self, *exc):
        pass


def path(package, resource):
    return as_file(files(package) / resource)


def read_text(package, resource, encoding='utf-8', errors='strict'):
    return (files(package) / resource).read_text(encoding=encoding)


def read_binary(package, resource):
    return (files(package) / resource).read_bytes()


def open_text(package, resource, encoding='utf-8', errors='strict'):
    return open(files(package) / resource, encoding=encoding)


def open_binary(package, resource):
    return open(files(package) / resource, 'rb')


def is_resource(package, name):
    return (files(package) / name).is_file()


def contents(package):
    return iter(os.listdir(files(package)))
