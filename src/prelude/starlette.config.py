# SPDX-License-Identifier: MIT
"""Configuration from the environment and a .env file."""
import os


class undefined:
    pass


class EnvironError(Exception):
    pass


class Environ(dict):
    def __init__(self, environ=None):
        super().__init__(os.environ if environ is None else environ)


class Config:
    def __init__(self, env_file=None, environ=None, env_prefix="", encoding="utf-8"):
        self.environ = os.environ if environ is None else environ
        self.env_prefix = env_prefix
        self.file_values = {}
        if env_file is not None and os.path.isfile(env_file):
            self.file_values = self._read_file(env_file, encoding)

    def __call__(self, key, cast=None, default=undefined):
        return self.get(key, cast, default)

    def get(self, key, cast=None, default=undefined):
        key = self.env_prefix + key
        if key in self.environ:
            return self._perform_cast(key, self.environ[key], cast)
        if key in self.file_values:
            return self._perform_cast(key, self.file_values[key], cast)
        if default is not undefined:
            return self._perform_cast(key, default, cast)
        raise KeyError("Config '%s' is missing, and has no default." % key)

    @staticmethod
    def _read_file(file_name, encoding="utf-8"):
        values = {}
        with open(file_name, encoding=encoding) as source:
            for line in source:
                line = line.strip()
                if "=" in line and not line.startswith("#"):
                    key, value = line.split("=", 1)
                    values[key.strip()] = value.strip().strip("\"'")
        return values

    @staticmethod
    def _perform_cast(key, value, cast=None):
        if cast is None or value is None:
            return value
        if cast is bool and isinstance(value, str):
            found = {"true": True, "1": True, "false": False, "0": False}.get(value.lower())
            if found is None:
                raise ValueError("Config '%s' has value '%s'. Not a valid bool." % (key, value))
            return found
        try:
            return cast(value)
        except (TypeError, ValueError):
            raise ValueError(
                "Config '%s' has value '%s'. Not a valid %s." % (key, value, cast.__name__)
            ) from None
