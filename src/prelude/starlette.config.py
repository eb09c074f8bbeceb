# SPDX-License-Identifier: MIT
"""Configuration from the environment and a .env file."""
import os
from collections.abc import MutableMapping


class undefined:
    pass


class EnvironError(Exception):
    pass


class Environ(MutableMapping):
    """The environment; what has been read may not be changed any more."""

    def __init__(self, environ=os.environ):
        self._environ = environ
        self._read = set()

    def __getitem__(self, key):
        self._read.add(key)
        return self._environ[key]

    def _writable(self, key):
        if key in self._read:
            raise EnvironError("environ[%r] has been read: it cannot be changed" % (key,))

    def __setitem__(self, key, value):
        self._writable(key)
        self._environ[key] = value

    def __delitem__(self, key):
        self._writable(key)
        del self._environ[key]

    def __iter__(self):
        return iter(self._environ)

    def __len__(self):
        return len(self._environ)


environ = Environ()


FLAGS = {"true": True, "1": True, "false": False, "0": False}


def _lines_of(path, encoding):
    """KEY=value a line; quotes round a value are dropped, # begins a comment line."""
    if path is None or not os.path.isfile(path):
        return {}
    with open(path, encoding=encoding) as source:
        lines = [line.strip() for line in source]
    pairs = [line.split("=", 1) for line in lines if "=" in line and line[0] != "#"]
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs}


def _cast(key, value, kind):
    if kind is None or value is None:
        return value
    try:
        return FLAGS[value.lower()] if kind is bool and isinstance(value, str) else kind(value)
    except (KeyError, TypeError, ValueError):
        raise ValueError("Config '%s' has value '%s'. Not a valid %s."
                         % (key, value, kind.__name__)) from None


class Config:
    """config(key, cast=, default=): the environment, then the file, then the default."""

    def __init__(self, env_file=None, environ=environ, env_prefix="", encoding="utf-8"):
        self.environ = environ
        self.env_prefix = env_prefix
        self.file_values = _lines_of(env_file, encoding)

    def get(self, key, cast=None, default=undefined):
        key = self.env_prefix + key
        for values in (self.environ, self.file_values):
            if key in values:
                return _cast(key, values[key], cast)
        if default is undefined:
            raise KeyError("Config '%s' is missing, and has no default." % key)
        return _cast(key, default, cast)

    __call__ = get
