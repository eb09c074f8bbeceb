# SPDX-License-Identifier: MIT
"""
Pydantic as far as settings and plain models go: fields, defaults, conversion of the common types,
validators. What is not here is Opaque.
"""
import datetime
import decimal
import enum
import functools
import json
import pathlib
import re
import sys
import typing
import uuid

import pydantic._rest as _rest

VERSION = __version__ = "2.10.0"


class _Undefined:
    def __repr__(self):
        return "PydanticUndefined"

    def __bool__(self):
        return False


Undefined = PydanticUndefined = _Undefined()


class ValidationError(ValueError):
    def __init__(self, title, problems):
        self.title = title
        self.problems = problems
        lines = ["%d validation error%s for %s" % (len(problems), "s"[: len(problems) > 1], title)]
        for name, text in problems:
            lines += [name, "  " + text]
        super().__init__("\n".join(lines))

    def errors(self):
        return [{"loc": (name,), "msg": text, "type": "value_error"}
                for name, text in self.problems]


class PydanticUserError(RuntimeError):
    pass


# ---- fields ----


class FieldInfo:
    def __init__(self, default=Undefined, default_factory=None, alias=None, **kw):
        self.default = Undefined if default is ... else default
        self.default_factory = default_factory
        self.alias = alias
        self.validation_alias = kw.pop("validation_alias", None) or alias
        self.annotation = None
        self.metadata = []
        self.extra = kw
        self.__dict__.update({k: v for k, v in kw.items() if k not in self.__dict__})

    def is_required(self):
        return self.default is Undefined and self.default_factory is None

    def get_default(self, call_default_factory=True, **kw):
        if self.default_factory is not None:
            return self.default_factory()
        if isinstance(self.default, (list, dict, set)):
            import copy

            return copy.deepcopy(self.default)
        return None if self.default is Undefined else self.default


def Field(default=Undefined, **kw):
    return FieldInfo(default, **kw)


class ModelPrivateAttr:
    def __init__(self, default=Undefined, default_factory=None):
        self.default = default
        self.default_factory = default_factory

    def get_default(self):
        if self.default_factory is not None:
            return self.default_factory()
        return None if self.default is Undefined else self.default


def PrivateAttr(default=Undefined, *, default_factory=None, init=False):
    return ModelPrivateAttr(default, default_factory)


class AliasChoices:
    def __init__(self, first_choice, *choices):
        self.choices = [first_choice, *choices]


class AliasPath:
    def __init__(self, first_arg, *args):
        self.path = [first_arg, *args]


class ConfigDict(dict):
    pass


class Extra(str, enum.Enum):
    allow = "allow"
    ignore = "ignore"
    forbid = "forbid"


# ---- validators ----


class _Validator:
    """A decorated function; `fields` are names, "*" is all; kind is field or model."""

    def __init__(self, fn, kind, fields, mode, always=False, each_item=False):
        self.fn = fn.__func__ if isinstance(fn, (classmethod, staticmethod)) else fn
        self.static = isinstance(fn, staticmethod)
        self.kind = kind
        self.fields = fields
        self.mode = mode
        self.always = always
        self.each_item = each_item

    def __get__(self, instance, owner):
        if self.static:
            return self.fn
        return self.fn.__get__(instance if instance is not None else owner)


def field_validator(*fields, mode="after", check_fields=None, **kw):
    return lambda fn: _Validator(fn, "field", fields, mode)


def validator(*fields, pre=False, always=False, each_item=False, allow_reuse=False, **kw):
    mode = "before" if pre else "after"
    return lambda fn: _Validator(fn, "field", fields, mode, always, each_item)


def model_validator(*, mode):
    return lambda fn: _Validator(fn, "model", (), mode)


def root_validator(fn=None, *, pre=False, skip_on_failure=False, allow_reuse=False):
    mode = "before" if pre else "values"
    if fn is not None and not isinstance(fn, bool):
        return _Validator(fn, "model", (), mode)
    return lambda each: _Validator(each, "model", (), mode)


def field_serializer(*fields, **kw):
    return lambda fn: fn


def model_serializer(fn=None, **kw):
    return fn if fn is not None else lambda each: each


def computed_field(fn=None, **kw):
    def decorate(each):
        return each if isinstance(each, property) or hasattr(each, "__get__") and not callable(
            each) else property(each)

    return decorate(fn) if fn is not None else decorate


def validate_call(fn=None, **kw):
    return fn if fn is not None else lambda each: each


validate_arguments = validate_call


class BeforeValidator:
    mode = "before"

    def __init__(self, func, **kw):
        self.func = func


class AfterValidator(BeforeValidator):
    mode = "after"


class PlainValidator(BeforeValidator):
    mode = "plain"


class WrapValidator(BeforeValidator):
    mode = "wrap"


class PlainSerializer:
    def __init__(self, func, **kw):
        self.func = func


class WithJsonSchema:
    def __init__(self, *args, **kw):
        pass


class StringConstraints:
    def __init__(self, **kw):
        self.__dict__.update(kw)


class ValidationInfo:
    def __init__(self, data, field_name, config=None):
        self.data = data
        self.field_name = field_name
        self.config = config
        self.context = None
        self.mode = "python"


FieldValidationInfo = ValidationInfo


def _call_validator(each, cls, value, info, handler=None):
    """The functions take (value), (value, info), (value, handler, info) or, in 1.x, (value, values)."""
    import inspect

    call = each.fn if each.static else functools.partial(each.fn, cls)
    names = list(inspect.signature(each.fn).parameters)[0 if each.static else 1 :]
    more = [handler] if each.mode == "wrap" else []
    named = {"values": info.data, "field": info, "config": info.config}
    kw = {name: named[name] for name in names[1:] if name in named}
    if len(names) > 1 + len(more) + len(kw):
        more.append(info)
    if each.each_item and isinstance(value, dict):
        return {key: call(item, *more, **kw) for key, item in value.items()}
    if each.each_item and isinstance(value, (list, tuple, set, frozenset)):
        return type(value)([call(item, *more, **kw) for item in value])
    return call(value, *more, **kw)


# ---- types ----


class _Secret:
    def __init__(self, secret_value):
        self._secret_value = secret_value

    def get_secret_value(self):
        return self._secret_value

    def __len__(self):
        return len(self._secret_value)

    def __eq__(self, other):
        return type(other) is type(self) and other._secret_value == self._secret_value

    def __hash__(self):
        return hash(self._secret_value)

    def __str__(self):
        return "**********" if self._secret_value else ""

    def __repr__(self):
        return "%s('%s')" % (type(self).__name__, self)


class SecretStr(_Secret):
    pass


class SecretBytes(_Secret):
    pass


class Secret(_Secret):
    def __class_getitem__(cls, item):
        return cls


_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*)://(?:(?P<user>[^:@/]*)(?::(?P<password>[^@]*))?@)?"
    r"(?P<host>\[[^\]]*\]|[^:/?#,]*)(?::(?P<port>\d+))?(?P<path>/[^?#]*)?"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?"
)


def _quoted(text):
    from urllib.parse import quote

    return quote(str(text), safe="%!$&'()*+,;=~-._")


class AnyUrl(str):
    """A URL: its text, and its parts as attributes."""

    _slash = False

    def __new__(cls, url, **parts):
        text = str(url)
        if cls._slash and text.count("/") == 2 and "?" not in text and "#" not in text:
            text += "/"
        return str.__new__(cls, text)

    @classmethod
    def build(cls, *, scheme, username=None, user=None, password=None, host=None, port=None,
              path=None, query=None, fragment=None, hosts=None, **kw):
        user = username if username is not None else user
        text = scheme + "://"
        if user is not None or password is not None:
            text += _quoted(user or "")
            if password is not None:
                if isinstance(password, _Secret):
                    password = password.get_secret_value()
                text += ":" + _quoted(password)
            text += "@"
        text += host or ""
        if port is not None and port != "":
            text += ":%s" % port
        if path:
            text += path if path.startswith("/") else "/" + path
        if query:
            text += "?" + query
        if fragment:
            text += "#" + fragment
        return cls(text)

    def _part(self, name):
        found = _URL.match(self)
        return found.group(name) if found else None

    scheme = property(lambda self: self._part("scheme"))
    username = property(lambda self: self._part("user"))
    user = username
    password = property(lambda self: self._part("password"))
    host = property(lambda self: self._part("host") or None)
    path = property(lambda self: self._part("path"))
    query = property(lambda self: self._part("query"))
    fragment = property(lambda self: self._part("fragment"))

    @property
    def port(self):
        found = self._part("port")
        return int(found) if found else None

    def hosts(self):
        return [{"username": self.username, "password": self.password, "host": self.host,
                 "port": self.port}]

    def unicode_string(self):
        return str(self)

    encoded_string = unicode_string


class HttpUrl(AnyUrl):
    _slash = True


class AnyHttpUrl(AnyUrl):
    _slash = True


class PostgresDsn(AnyUrl):
    pass


Url = MultiHostUrl = AnyWebsocketUrl = WebsocketUrl = FileUrl = FtpUrl = AnyUrl


class MySQLDsn(AnyUrl):
    pass


class MariaDBDsn(AnyUrl):
    pass


class CockroachDsn(AnyUrl):
    pass


class RedisDsn(AnyUrl):
    pass


class AmqpDsn(AnyUrl):
    pass


class MongoDsn(AnyUrl):
    pass


class KafkaDsn(AnyUrl):
    pass


class NatsDsn(AnyUrl):
    pass


class ClickHouseDsn(AnyUrl):
    pass


class EmailStr(str):
    pass


class NameEmail(str):
    pass


class Json:
    def __class_getitem__(cls, item):
        return typing.Annotated[item, BeforeValidator(_from_json)]


def _from_json(value):
    return json.loads(value) if isinstance(value, (str, bytes)) else value


def _constrained(base):
    def make(*args, **kw):
        return typing.Annotated[base, FieldInfo(**kw)]

    return make


constr = _constrained(str)
conint = _constrained(int)
confloat = _constrained(float)
conbytes = _constrained(bytes)
condecimal = _constrained(decimal.Decimal)
StrictStr = str
StrictInt = PositiveInt = NegativeInt = NonNegativeInt = NonPositiveInt = int
StrictFloat = PositiveFloat = NegativeFloat = NonNegativeFloat = FiniteFloat = float
StrictBool = bool
StrictBytes = bytes
UUID1 = UUID3 = UUID4 = UUID5 = UUID7 = uuid.UUID
FilePath = DirectoryPath = NewPath = pathlib.Path
AwareDatetime = NaiveDatetime = PastDatetime = FutureDatetime = datetime.datetime
PastDate = FutureDate = datetime.date
ByteSize = int
IPvAnyAddress = IPvAnyNetwork = IPvAnyInterface = str


def conlist(item_type, **kw):
    return typing.List[item_type]


def conset(item_type, **kw):
    return typing.Set[item_type]


class ImportString:
    def __class_getitem__(cls, item):
        return cls


# ---- conversion ----

_TRUE = ("1", "true", "t", "yes", "y", "on")
_FALSE = ("0", "false", "f", "no", "n", "off")


def _to_bool(value):
    if isinstance(value, bool):
        return value
    text = str(value).lower()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise ValueError("Input should be a valid boolean, unable to interpret input")


def _to_int(value):
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ValueError(
            "Input should be a valid integer, unable to parse string as an integer"
        ) from None


def _to_timedelta(value):
    return datetime.timedelta(seconds=float(value))


_SIMPLE = {
    bool: _to_bool,
    int: _to_int,
    float: float,
    bytes: lambda v: v.encode() if isinstance(v, str) else bytes(v),
    decimal.Decimal: lambda v: decimal.Decimal(str(v)),
    uuid.UUID: lambda v: uuid.UUID(str(v)),
    pathlib.Path: pathlib.Path,
    datetime.datetime: lambda v: datetime.datetime.fromisoformat(str(v).replace("Z", "+00:00")),
    datetime.date: lambda v: datetime.date.fromisoformat(str(v)[:10]),
    datetime.time: lambda v: datetime.time.fromisoformat(str(v)),
    datetime.timedelta: _to_timedelta,
}


def _to_str(value):
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, (int, float, decimal.Decimal)) and not isinstance(value, bool):
        return str(value)
    raise ValueError("Input should be a valid string")


def _items(value):
    return list(value) if isinstance(value, (list, tuple, set, frozenset)) else None


def _convert_many(origin, args, value):
    if origin in (dict, typing.Mapping) or getattr(origin, "__name__", "") in (
        "Mapping", "MutableMapping", "dict"
    ):
        if not isinstance(value, dict):
            raise ValueError("Input should be a valid dictionary")
        if len(args) != 2:
            return value
        return {convert(args[0], k): convert(args[1], v) for k, v in value.items()}
    items = _items(value)
    if items is None:
        raise ValueError("Input should be a valid list")
    if origin is tuple and args and args[-1] is not ...:
        return tuple(convert(t, v) for t, v in zip(args, items))
    made = [convert(args[0], v) for v in items] if args else items
    kind = origin if origin in (list, set, frozenset, tuple) else list
    return kind(made)


def _is_union(origin):
    return origin is typing.Union or getattr(origin, "__name__", "") == "UnionType"


def _convert_union(args, value):
    if value is None and type(None) in args:
        return None
    for each in args:
        if isinstance(each, type) and type(value) is each:
            return value
    problem = None
    for each in args:
        if each is type(None):
            continue
        try:
            return convert(each, value)
        except (ValueError, TypeError) as error:
            problem = problem or error
    raise problem or ValueError("Input is of no type of the Union")


def _convert_annotated(hint, value):
    inner = typing.get_args(hint)[0]
    extras = hint.__metadata__
    for each in reversed(extras):
        if getattr(each, "mode", None) == "before":
            value = each.func(value)
        elif getattr(each, "mode", None) == "plain":
            return each.func(value)
    value = convert(inner, value)
    for each in extras:
        if getattr(each, "mode", None) == "after":
            value = each.func(value)
    return value


def _convert_class(hint, value):
    if issubclass(hint, BaseModel):
        if isinstance(value, hint):
            return value
        if isinstance(value, dict):
            return hint(**value)
        raise ValueError("Input should be a valid dictionary or instance of %s" % hint.__name__)
    if issubclass(hint, enum.Enum):
        return value if isinstance(value, hint) else _to_enum(hint, value)
    if issubclass(hint, _Secret):
        return value if isinstance(value, hint) else hint(value)
    if issubclass(hint, AnyUrl):
        if not isinstance(value, str) or "://" not in value:
            raise ValueError("Input should be a valid URL")
        return value if type(value) is hint else hint(value)
    if issubclass(hint, str):
        return _to_str(value) if hint is str else hint(value)
    if hint in (list, set, tuple, dict, frozenset):
        return _convert_many(hint, (), value)
    if hint in _SIMPLE:
        if isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
            return value
        return _SIMPLE[hint](value)
    return value


def _to_enum(hint, value):
    try:
        return hint(value)
    except ValueError:
        for member in hint:
            if str(member.value) == str(value):
                return member
        raise ValueError(
            "Input should be %s" % " or ".join(repr(m.value) for m in hint)
        ) from None


def convert(hint, value):
    """The value as the annotation wants it; what is not known here passes as it is."""
    if getattr(hint, "__metadata__", None) is not None:
        return _convert_annotated(hint, value)
    origin = typing.get_origin(hint)
    if origin is None:
        return _convert_class(hint, value) if isinstance(hint, type) else value
    args = typing.get_args(hint)
    if _is_union(origin):
        return _convert_union(args, value)
    if origin is typing.Literal:
        for each in args:
            if each == value or str(each) == str(value):
                return each
        raise ValueError("Input should be %s" % " or ".join(repr(a) for a in args))
    if origin in (list, set, frozenset, tuple, dict) or getattr(origin, "__name__", "") in (
        "Sequence", "Iterable", "Collection", "Mapping", "MutableMapping", "deque"
    ):
        return _convert_many(origin, args, value)
    return value


# ---- models ----


def _evaluated(hint, cls):
    if not isinstance(hint, str):
        return hint
    module = sys.modules.get(cls.__module__)
    try:
        return eval(hint, module.__dict__ if module else {}, dict(cls.__dict__))
    except Exception:
        return typing.Any


def _is_class_var(hint):
    if isinstance(hint, str):
        return "ClassVar" in hint.split("[")[0]
    return hint is typing.ClassVar or typing.get_origin(hint) is typing.ClassVar


def _optional(hint):
    return hint is None or (
        _is_union(typing.get_origin(hint)) and type(None) in typing.get_args(hint)
    )


class ModelMetaclass(type):
    def __new__(mcls, name, bases, namespace, **kw):
        cls = type.__new__(mcls, name, bases, namespace, **mcls._keywords(kw))
        mcls._collect(cls, kw)
        return cls

    def __init__(cls, name, bases, namespace, **kw):
        type.__init__(cls, name, bases, namespace)

    @staticmethod
    def _keywords(kw):
        return {}

    @staticmethod
    def _collect(cls, kw):
        fields, private, validators = {}, {}, []
        for base in reversed(cls.__mro__[1:]):
            fields.update(base.__dict__.get("__pydantic_own__", {}))
            private.update(base.__dict__.get("__pydantic_private__", {}))
            validators += base.__dict__.get("__pydantic_validators__", [])
        own = {}
        for key, hint in cls.__dict__.get("__annotations__", {}).items():
            if _is_class_var(hint):
                continue
            given = cls.__dict__.get(key, Undefined)
            if key.startswith("_"):
                private[key] = given
            else:
                own[key] = _make_field(cls, key, _evaluated(hint, cls), given)
                if key in cls.__dict__:
                    type.__delattr__(cls, key)
        mine = [v for v in cls.__dict__.values() if type(v) is _Validator]
        for key, value in list(cls.__dict__.items()):
            if type(value) is ModelPrivateAttr:
                private[key] = value
        cls.__pydantic_own__ = own
        cls.__pydantic_private__ = private
        cls.__pydantic_validators__ = mine
        cls.__pydantic_fields__ = {**fields, **own}
        cls.__pydantic_all_validators__ = validators + mine
        cls.model_config = _config_of(cls, kw)

    @property
    def model_fields(cls):
        return cls.__pydantic_fields__

    __fields__ = model_fields


def _make_field(cls, key, hint, given):
    field = given if type(given) is FieldInfo else FieldInfo(given)
    for each in getattr(hint, "__metadata__", ()):
        if isinstance(each, FieldInfo):
            if given is Undefined:
                field.default, field.default_factory = each.default, each.default_factory
            field.alias = field.alias or each.alias
            field.validation_alias = field.validation_alias or each.validation_alias
    field.annotation = hint
    field.name = key
    return field


def _config_of(cls, kw):
    config = {}
    for base in reversed(cls.__mro__):
        config.update(base.__dict__.get("model_config") or {})
        old = base.__dict__.get("Config")
        if isinstance(old, type):
            config.update({k: v for b in reversed(old.__mro__) for k, v in b.__dict__.items()
                           if not k.startswith("__")})
    config.update({k: v for k, v in kw.items() if k != "table"})
    return config


_dict = dict
_json_dumps, _json_loads = json.dumps, json.loads


class BaseModel(metaclass=ModelMetaclass):
    model_config = {}

    def __init__(self, /, **data):
        cls = type(self)

        def fill(given):
            cls._fill(self, given)
            return self

        for each in cls.__pydantic_all_validators__:
            if each.kind == "model" and each.mode == "wrap":
                fill = cls._wrapped(each, fill, ValidationInfo({}, None))
        fill(data)

    @classmethod
    def _wrapped(cls, each, handler, info):
        return lambda value: _call_validator(each, cls, value, info, handler)

    @classmethod
    def _fill(cls, self, data):
        for each in cls.__pydantic_all_validators__:
            if each.kind == "model" and each.mode == "before":
                data = _call_validator(each, cls, data, ValidationInfo({}, None))
        values, problems = {}, []
        for name, field in cls.__pydantic_fields__.items():
            try:
                cls._fill_field(name, field, data, values)
            except (ValueError, AssertionError) as error:
                problems.append((name, str(error)))
        if problems:
            raise ValidationError(cls.__name__, problems)
        known = set(cls.__pydantic_fields__)
        known.update(str(f.alias) for f in cls.__pydantic_fields__.values() if f.alias)
        if cls.model_config.get("extra") in ("allow", Extra.allow):
            values.update({k: v for k, v in data.items() if k not in known})
        for each in cls.__pydantic_all_validators__:
            if each.kind == "model" and each.mode == "values":
                values = _call_validator(each, cls, values, ValidationInfo(values, None))
        for name, value in values.items():
            object.__setattr__(self, name, value)
        for name, value in cls.__pydantic_private__.items():
            if value is not Undefined:
                made = value.get_default() if isinstance(value, ModelPrivateAttr) else value
                object.__setattr__(self, name, made)
        if hasattr(cls, "model_post_init"):
            self.model_post_init(None)
        for each in cls.__pydantic_all_validators__:
            if each.kind == "model" and each.mode == "after":
                each.fn(self)

    @classmethod
    def _fill_field(cls, name, field, data, values):
        value = _given(name, field, data)
        info = ValidationInfo(values, name)
        missing = value is Undefined
        mine = [v for v in cls.__pydantic_all_validators__
                if v.kind == "field" and (name in v.fields or "*" in v.fields)]
        if missing:
            # In 1.x what may be None need not be given.
            if field.is_required() and not _optional(field.annotation):
                raise ValueError("Field required")
            value = field.get_default()
        if not missing or cls._validates_default(field, mine):
            value = cls._validated(field, mine, value, info, missing)
        values[name] = value

    @classmethod
    def _validates_default(cls, field, validators):
        return (cls.model_config.get("validate_default") or field.extra.get("validate_default")
                or any(each.always for each in validators))

    @classmethod
    def _validated(cls, field, mine, value, info, is_default):
        for each in mine:
            if each.mode == "before":
                value = _call_validator(each, cls, value, info)
        plain = [v for v in mine if v.mode == "plain"]
        if plain:
            value = _call_validator(plain[-1], cls, value, info)
        elif not (is_default and (value is None or not isinstance(value, (str, int, float, dict)))):
            handler = functools.partial(convert, field.annotation)
            for each in mine:
                if each.mode == "wrap":
                    handler = cls._wrapped(each, handler, info)
            value = handler(value)
        for each in mine:
            if each.mode == "after":
                value = _call_validator(each, cls, value, info)
        return value

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(
            "%s=%r" % item for item in self.model_dump_plain().items()))

    def __eq__(self, other):
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __iter__(self):
        return iter(self.model_dump_plain().items())

    def model_dump_plain(self):
        return {name: getattr(self, name) for name in type(self).__pydantic_fields__}

    def model_dump(self, *, exclude=None, include=None, exclude_none=False, exclude_unset=False,
                   by_alias=False, mode="python", **kw):
        found = {}
        for name, value in self.model_dump_plain().items():
            if (exclude and name in exclude) or (include and name not in include):
                continue
            if exclude_none and value is None:
                continue
            found[name] = value.model_dump() if isinstance(value, BaseModel) else value
        return found

    dict = model_dump

    def model_dump_json(self, **kw):
        return _json_dumps(self.model_dump(), default=str)

    def json(self, **kw):
        return self.model_dump_json()

    def model_copy(self, *, update=None, deep=False):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(update or {})
        return made

    copy = model_copy

    @classmethod
    def model_validate(cls, obj, **kw):
        if isinstance(obj, cls):
            return obj
        if isinstance(obj, _dict):
            return cls(**obj)
        return cls(**{n: getattr(obj, n) for n in cls.__pydantic_fields__ if hasattr(obj, n)})

    parse_obj = from_orm = model_validate

    @classmethod
    def model_validate_json(cls, json_data, **kw):
        return cls(**_json_loads(json_data))

    parse_raw = model_validate_json

    @classmethod
    def model_construct(cls, _fields_set=None, **values):
        made = cls.__new__(cls)
        for name, field in cls.__pydantic_fields__.items():
            made.__dict__[name] = values.get(name, field.get_default())
        return made

    construct = model_construct

    @classmethod
    def model_rebuild(cls, **kw):
        return True

    @classmethod
    def update_forward_refs(cls, **kw):
        pass

    @classmethod
    def model_json_schema(cls, *args, **kw):
        return {"title": cls.__name__, "type": "object"}

    schema = model_json_schema

    def __class_getitem__(cls, item):
        return cls


def _given(name, field, data):
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        for each in alias.choices:
            if isinstance(each, str) and each in data:
                return data[each]
    elif isinstance(alias, str) and alias in data:
        return data[alias]
    return data[name] if name in data else Undefined


class RootModel(BaseModel):
    pass


class TypeAdapter:
    def __init__(self, type_, **kw):
        self._type = type_

    def validate_python(self, value, **kw):
        return convert(self._type, value)

    def validate_json(self, value, **kw):
        return convert(self._type, json.loads(value))


def parse_obj_as(type_, obj):
    return convert(type_, obj)


def create_model(name, __base__=None, **fields):
    body = {"__annotations__": {}}
    for key, value in fields.items():
        hint, default = value if isinstance(value, tuple) else (type(value), value)
        body["__annotations__"][key] = hint
        if default is not ...:
            body[key] = default
    bases = __base__ if isinstance(__base__, tuple) else (__base__ or BaseModel,)
    return ModelMetaclass(name, bases, body)


def _settings():
    import pydantic_settings

    return pydantic_settings


def __getattr__(name):
    if name in ("BaseSettings", "SettingsConfigDict"):
        return getattr(_settings(), name)
    return getattr(_rest, name)
