# SPDX-License-Identifier: MIT
"""python-decouple: settings from the environment, a .env or a settings.ini."""
import configparser
import os

import dotenv

_TRUTH = {"true": True, "yes": True, "on": True, "1": True, "y": True, "t": True,
          "false": False, "no": False, "off": False, "0": False, "n": False, "f": False, "": False}


class UndefinedValueError(Exception):
    pass


class Undefined:
    pass


undefined = Undefined()


def strtobool(value):
    if isinstance(value, bool):
        return value
    if value.lower() not in _TRUTH:
        raise ValueError("Invalid truth value: " + value.lower())
    return _TRUTH[value.lower()]


class RepositoryEmpty:
    def __init__(self, source="", encoding="UTF-8"):
        self.data = {}

    def _name(self, key):
        return key

    def __contains__(self, key):
        return key in os.environ or self._name(key) in self.data

    def __getitem__(self, key):
        return self.data[self._name(key)]


class RepositoryEnv(RepositoryEmpty):
    def __init__(self, source, encoding="UTF-8"):
        values = dotenv.dotenv_values(source, interpolate=False, encoding=encoding)
        self.data = {name: value for name, value in values.items() if value is not None}


class RepositoryIni(RepositoryEmpty):
    def __init__(self, source, encoding="UTF-8"):
        parser = configparser.ConfigParser()
        parser.read(source, encoding=encoding)
        self.data = dict(parser.items("settings")) if parser.has_section("settings") else {}

    def _name(self, key):
        return key.lower()


class Config:
    def __init__(self, repository):
        self.repository = repository

    def _cast_boolean(self, value):
        return strtobool(value) if value else bool(value)

    def get(self, option, default=undefined, cast=undefined):
        value = os.environ.get(option, default)
        if option not in os.environ and option in self.repository:
            value = self.repository[option]
        if isinstance(value, Undefined):
            raise UndefinedValueError("%s not found. Declare it as envvar or define a default value." % option)
        if cast is bool:
            return self._cast_boolean(value)
        return value if isinstance(cast, Undefined) else cast(value)

    def __call__(self, *args, **kwargs):
        return self.get(*args, **kwargs)


class AutoConfig:
    SUPPORTED = {"settings.ini": RepositoryIni, ".env": RepositoryEnv}

    def __init__(self, search_path=None):
        self.search_path = search_path
        self.config = None

    def _find(self, folder):
        while True:
            for name, kind in self.SUPPORTED.items():
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    return kind(path)
            above = os.path.dirname(folder)
            if above == folder:
                return RepositoryEmpty()
            folder = above

    def __call__(self, *args, **kwargs):
        if self.config is None:
            self.config = Config(self._find(os.path.abspath(self.search_path or os.getcwd())))
        return self.config(*args, **kwargs)


class Csv:
    def __init__(self, cast=str, delimiter=",", strip=" \t\n\r\x0b\x0c", post_process=list):
        self.cast, self.delimiter, self.strip, self.post_process = cast, delimiter, strip, post_process

    def __call__(self, value):
        if value is None:
            return self.post_process()
        parts = [part.strip(self.strip) for part in value.split(self.delimiter)]
        return self.post_process(self.cast(part) for part in parts if part)


class Choices:
    def __init__(self, flat=None, cast=str, choices=None):
        self.flat, self.cast, self.choices = flat or [], cast, choices or []

    def __call__(self, value):
        value = self.cast(value)
        known = list(self.flat) + [choice for choice, _ in self.choices]
        if value not in known:
            raise ValueError("Value not in list: %r; valid values are %r" % (value, known))
        return value


config = AutoConfig()
