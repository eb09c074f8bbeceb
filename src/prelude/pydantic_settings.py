# SPDX-License-Identifier: MIT
"""pydantic-settings: fields from arguments, the environment, .env files, secret files, defaults."""
import json
import os
import typing

from pydantic import AliasChoices, BaseModel, Undefined, _is_union


class SettingsConfigDict(dict):
    pass


class SettingsError(ValueError):
    pass


class NoDecode:
    pass


class ForceDecode:
    pass


class CliSettingsSource:
    pass


class PydanticBaseSettingsSource:
    def __init__(self, settings_cls):
        self.settings_cls = settings_cls
        self.config = settings_cls.model_config

    def __call__(self):
        return {}


class InitSettingsSource(PydanticBaseSettingsSource):
    def __init__(self, settings_cls, init_kwargs):
        super().__init__(settings_cls)
        self.init_kwargs = init_kwargs

    def __call__(self):
        return dict(self.init_kwargs)


class EnvSettingsSource(PydanticBaseSettingsSource):
    """`values` are the variables; their names are compared without case unless told."""

    def __init__(self, settings_cls, values=None, **options):
        super().__init__(settings_cls)
        config = dict(self.config)
        config.update({k: v for k, v in options.items() if v is not None})
        self.config = config
        self.case = bool(config.get("case_sensitive"))
        values = dict(os.environ) if values is None else values
        if config.get("env_ignore_empty"):
            values = {k: v for k, v in values.items() if v != ""}
        self.values = {self._key(k): v for k, v in values.items() if v is not None}
        self.prefix = config.get("env_prefix") or ""
        self.delimiter = config.get("env_nested_delimiter")

    def _key(self, name):
        return name if self.case else name.lower()

    def _names(self, name, field):
        """Where a field's value may stand: aliases as they are, else prefix and name."""
        given = field.extra.get("env")
        if given is not None:
            return [given] if isinstance(given, str) else list(given)
        old = ((self.config.get("fields") or {}).get(name) or {}).get("env")
        if old is not None:
            return [old] if isinstance(old, str) else list(old)
        alias = field.validation_alias
        names = []
        if isinstance(alias, AliasChoices):
            names = [each for each in alias.choices if isinstance(each, str)]
        elif isinstance(alias, str):
            names = [alias]
        if not names or self.config.get("populate_by_name"):
            names.append(self.prefix + name)
        return names

    def __call__(self):
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            value = self._value(name, field)
            if value is not Undefined:
                found[name] = value
        return found

    def _value(self, name, field):
        value = Undefined
        for each in self._names(name, field):
            if self._key(each) in self.values:
                value = self.values[self._key(each)]
                break
        complex_, may_fail = _is_complex(field.annotation)
        nested = {}
        if complex_ and self.delimiter:
            for each in self._names(name, field):
                nested = self._nested(each, field.annotation) or nested
        if value is not Undefined and complex_ and not _undecoded(field):
            value = self._decoded(name, value, may_fail)
        if nested:
            base = value if isinstance(value, dict) else {}
            return _merge(base, nested)
        return value

    @staticmethod
    def _decoded(name, value, may_fail):
        try:
            return json.loads(value)
        except ValueError:
            if may_fail:
                return value
            raise SettingsError(
                'error parsing value for field "%s" from source "EnvSettingsSource"' % name
            ) from None

    def _nested(self, name, hint):
        start = self._key(name + self.delimiter)
        found = {}
        for key, value in self.values.items():
            if not key.startswith(start):
                continue
            parts = key[len(start) :].split(self._key(self.delimiter))
            at = found
            inner = _model_in(hint)
            for part in parts[:-1]:
                part = _field_named(inner, part)
                inner = _model_in(inner.model_fields[part].annotation) if inner and (
                    part in inner.model_fields) else None
                at = at.setdefault(part, {})
            last = _field_named(inner, parts[-1])
            if inner is not None and last in inner.model_fields:
                complex_, may_fail = _is_complex(inner.model_fields[last].annotation)
                if complex_:
                    value = self._decoded(last, value, may_fail)
            at[last] = value
        return found


def _field_named(model, name):
    if model is not None:
        for key in model.model_fields:
            if key.lower() == name.lower():
                return key
    return name


def _model_in(hint):
    if getattr(hint, "__metadata__", None) is not None:
        hint = typing.get_args(hint)[0]
    for each in (hint,) + tuple(typing.get_args(hint)):
        if isinstance(each, type) and issubclass(each, BaseModel):
            return each
    return None


def _undecoded(field):
    return any(each is NoDecode or isinstance(each, NoDecode)
               for each in getattr(field.annotation, "__metadata__", ()))


_PLAIN_ORIGINS = (typing.Literal,)


def _is_complex(hint):
    """Whether a text is JSON for it; whether it may be something else as well."""
    if getattr(hint, "__metadata__", None) is not None:
        hint = typing.get_args(hint)[0]
    origin = typing.get_origin(hint)
    if origin is None:
        if not isinstance(hint, type):
            return False, False
        known = (BaseModel, list, dict, set, tuple, frozenset)
        return issubclass(hint, known) and not issubclass(hint, str), False
    if _is_union(origin):
        args = [a for a in typing.get_args(hint) if a is not type(None)]
        found = any(_is_complex(a)[0] for a in args)
        return found, found and len(typing.get_args(hint)) > 1
    if origin in _PLAIN_ORIGINS or origin is type:
        return False, False
    return True, False


def _merge(base, more):
    made = dict(base)
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(made.get(key), dict):
            made[key] = _merge(made[key], value)
        else:
            made[key] = value
    return made


class DotEnvSettingsSource(EnvSettingsSource):
    def __init__(self, settings_cls, env_file=None, **kw):
        files = env_file if env_file is not None else settings_cls.model_config.get("env_file")
        super().__init__(settings_cls, _read_env_files(files), **kw)


def _read_env_files(files):
    import dotenv

    if not files:
        return {}
    found = {}
    for each in [files] if isinstance(files, (str, os.PathLike)) else files:
        path = os.path.expanduser(str(each))
        if os.path.isfile(path):
            found.update(dotenv.dotenv_values(path))
    return found


class SecretsSettingsSource(EnvSettingsSource):
    def __init__(self, settings_cls, secrets_dir=None, **kw):
        folders = secrets_dir or settings_cls.model_config.get("secrets_dir")
        values = {}
        for folder in [folders] if isinstance(folders, (str, os.PathLike)) else folders or ():
            if not os.path.isdir(str(folder)):
                continue
            for name in sorted(os.listdir(str(folder))):
                path = os.path.join(str(folder), name)
                if os.path.isfile(path):
                    with open(path) as secret:
                        values[name] = secret.read().strip()
        super().__init__(settings_cls, values, **kw)


def _file_source(load):
    class FileSource(PydanticBaseSettingsSource):
        def __init__(self, settings_cls, path=None, *args, **kw):
            super().__init__(settings_cls)
            key = {"json": "json_file", "toml": "toml_file", "yaml": "yaml_file"}[load]
            self.path = path or self.config.get(key)

        def __call__(self):
            found = {}
            paths = self.path
            for each in [paths] if isinstance(paths, (str, os.PathLike)) else paths or ():
                if os.path.isfile(str(each)):
                    found = _merge(found, _load(load, str(each)))
            names = {n.lower(): n for n in self.settings_cls.model_fields}
            return {names.get(k.lower(), k): v for k, v in found.items()}

    return FileSource


def _load(kind, path):
    if kind == "json":
        with open(path) as source:
            return json.load(source)
    if kind == "toml":
        import tomllib

        with open(path, "rb") as source:
            return tomllib.load(source)
    import yaml

    with open(path) as source:
        return yaml.safe_load(source) or {}


JsonConfigSettingsSource = _file_source("json")
TomlConfigSettingsSource = _file_source("toml")
YamlConfigSettingsSource = _file_source("yaml")


class PyprojectTomlConfigSettingsSource(PydanticBaseSettingsSource):
    def __call__(self):
        if not os.path.isfile("pyproject.toml"):
            return {}
        found = _load("toml", "pyproject.toml")
        header = self.config.get("pyproject_toml_table_header", ("tool", "pydantic-settings"))
        for name in header:
            found = found.get(name, {})
        return found


class BaseSettings(BaseModel):
    model_config = {"extra": "ignore", "validate_default": True}

    def __init__(self, _env_file=None, _env_prefix=None, _case_sensitive=None,
                 _env_nested_delimiter=None, _secrets_dir=None, _env_file_encoding=None, **data):
        cls = type(self)
        options = {"env_prefix": _env_prefix, "case_sensitive": _case_sensitive,
                   "env_nested_delimiter": _env_nested_delimiter}
        sources = (
            InitSettingsSource(cls, data),
            EnvSettingsSource(cls, **options),
            DotEnvSettingsSource(cls, _env_file, **options),
            SecretsSettingsSource(cls, _secrets_dir, **options),
        )
        names = ("init_settings", "env_settings", "dotenv_settings", "file_secret_settings")
        chosen = cls._customised(dict(zip(names, sources)))
        found = {}
        for each in reversed(chosen):
            found = _merge(found, _by_field(cls, each()))
        super().__init__(**found)

    @classmethod
    def settings_customise_sources(cls, settings_cls, init_settings, env_settings,
                                   dotenv_settings, file_secret_settings):
        return init_settings, env_settings, dotenv_settings, file_secret_settings

    @classmethod
    def _customised(cls, sources):
        old = cls.model_config.get("customise_sources")
        if old is not None:
            fn = old.__func__ if isinstance(old, classmethod) else old
            return fn(None, sources["init_settings"], sources["env_settings"],
                      sources["file_secret_settings"])
        return cls.settings_customise_sources(cls, **sources)


def _by_field(cls, found):
    """Values under an alias go under the field's name."""
    made = {}
    names = {}
    for name, field in cls.model_fields.items():
        alias = field.validation_alias
        for each in alias.choices if isinstance(alias, AliasChoices) else [alias]:
            if isinstance(each, str):
                names[each] = name
    for key, value in found.items():
        made[names.get(key, key)] = value
    return made


__version__ = "2.6.0"
