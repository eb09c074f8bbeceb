# SPDX-License-Identifier: MIT
# environs over the run's environment: parsers by name, defaults, prefixes.
import json as _json
import os as _os

_UNSET = ...


class EnvError(ValueError):
    pass


class EnvValidationError(EnvError):
    pass


class EnvSealedError(TypeError, EnvError):
    pass


_TRUE = frozenset(('true', 't', 'yes', 'y', 'on', '1'))
_FALSE = frozenset(('false', 'f', 'no', 'n', 'off', '0'))


def _bool(text):
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError('Not a valid boolean.')


def _decimal(text):
    from decimal import Decimal
    return Decimal(text)


def _url(text):
    from urllib.parse import urlparse
    return urlparse(text)


def _path(text):
    from pathlib import Path
    return Path(text)


def _uuid(text):
    from uuid import UUID
    return UUID(text)


def _date(text):
    from datetime import date
    return date.fromisoformat(text)


def _datetime(text):
    from datetime import datetime
    return datetime.fromisoformat(text)


def _timedelta(text):
    from datetime import timedelta
    return timedelta(seconds=int(text))


def _log_level(text):
    import logging
    return int(text) if text.isdigit() else logging.getLevelName(text.upper())


_PARSERS = {'str': str, 'int': int, 'bool': _bool, 'float': float, 'decimal': _decimal,
            'json': _json.loads, 'url': _url, 'path': _path, 'uuid': _uuid, 'date': _date,
            'datetime': _datetime, 'timedelta': _timedelta, 'log_level': _log_level}


class _Prefix:
    def __init__(self, env, prefix):
        self._env = env
        self._prefix = prefix

    def __enter__(self):
        self._before = self._env._prefix
        self._env._prefix = (self._before or '') + self._prefix
        return self._env

    def __exit__(self, *exc):
        self._env._prefix = self._before


class Env:
    def __init__(self, *, eager=True, expand_vars=False, prefix=None):
        self.eager = eager
        self.expand_vars = expand_vars
        self._prefix = prefix
        self._own = {}

    @staticmethod
    def read_env(path=None, recurse=True, verbose=False, override=False, return_path=False):
        from dotenv import find_dotenv, load_dotenv
        found = path or find_dotenv(usecwd=False)
        return load_dotenv(found, override=override) if found else False

    def prefixed(self, prefix):
        return _Prefix(self, prefix)

    def seal(self):
        pass

    def dump(self):
        return {}

    def add_parser(self, name, func):
        self._own[name] = func

    def parser_for(self, name):
        def decorate(func):
            self._own[name] = func
            return func
        return decorate

    def _raw(self, name, default):
        key = (self._prefix or '') + name
        text = _os.environ.get(key)
        if text is None and default is _UNSET:
            raise EnvError('Environment variable "%s" not set' % key)
        return key, text

    def _get(self, parse, name, default=_UNSET, *, validate=None, subcast=None, **kwargs):
        key, text = self._raw(name, default)
        if text is None:
            return default
        if self.expand_vars:
            text = _os.path.expandvars(text)
        try:
            value = parse(text, **kwargs)
        except EnvError:
            raise
        except Exception as error:
            raise EnvValidationError('Environment variable "%s" invalid: %s' % (key, error)) from error
        for check in [validate] if callable(validate) else validate or ():
            if check(value) is False:
                raise EnvValidationError('Environment variable "%s" invalid' % key)
        return value

    def __call__(self, name, default=_UNSET, **kwargs):
        return self._get(str, name, default, **kwargs)

    def list(self, name, default=_UNSET, *, subcast=None, delimiter=',', **kwargs):
        def parse(text):
            items = [item.strip() for item in text.split(delimiter)] if text else []
            return [subcast(item) for item in items] if subcast else items
        return self._get(parse, name, default, **kwargs)

    def dict(self, name, default=_UNSET, *, subcast_values=None, subcast_keys=None, delimiter=',',
             **kwargs):
        def parse(text):
            pairs = (item.split('=', 1) for item in text.split(delimiter)) if text else ()
            return {(subcast_keys or str)(key.strip()): (subcast_values or str)(value.strip())
                    for key, value in pairs}
        return self._get(parse, name, default, **kwargs)

    def enum(self, name, default=_UNSET, *, enum, ignore_case=False, **kwargs):
        def parse(text):
            for member in enum:
                if member.name == text or (ignore_case and member.name.lower() == text.lower()):
                    return member
            raise ValueError('Not a valid %r enum: %s' % (enum.__name__, text))
        return self._get(parse, name, default, **kwargs)

    def __getattr__(self, name):
        parse = self._own.get(name) or _PARSERS.get(name)
        if parse is None:
            raise AttributeError("'Env' object has no attribute %r" % name)
        return lambda key, default=_UNSET, **kwargs: self._get(parse, key, default, **kwargs)


env = Env()
