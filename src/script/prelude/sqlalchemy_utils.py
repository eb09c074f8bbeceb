# SPDX-License-Identifier: MIT
"""SQLAlchemy-Utils: its types as they are written in DDL; values pass as they are."""
import datetime
import uuid

import sqlalchemy
import sqlalchemy_utils._rest as _rest
from _refused import unserved
from sqlalchemy import types
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import class_mapper
from sqlalchemy.types import TypeDecorator, UserDefinedType

__version__ = "0.41.2"


def __getattr__(name):
    return getattr(_rest, name)


class ImproperlyConfigured(Exception):
    pass


class _OnPostgresql(TypeDecorator):
    """One type on PostgreSQL, another elsewhere."""

    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name in ("postgresql", "cockroachdb"):
            return dialect.type_descriptor(self.on_postgresql())
        return dialect.type_descriptor(self.elsewhere(dialect))


class UUIDType(_OnPostgresql):
    impl = types.BINARY(16)

    def __init__(self, binary=True, native=True):
        super().__init__()
        self.binary = binary
        self.native = native

    def load_dialect_impl(self, dialect):
        if dialect.name in ("postgresql", "cockroachdb") and self.native:
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(types.BINARY(16) if self.binary else types.CHAR(32))

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if not isinstance(value, uuid.UUID):
            value = uuid.UUID(bytes=value) if isinstance(value, bytes) else uuid.UUID(str(value))
        if self.native and dialect.name == "postgresql":
            return str(value)
        return value.bytes if self.binary else value.hex

    def process_result_value(self, value, dialect):
        if value is None or isinstance(value, uuid.UUID):
            return value
        return uuid.UUID(bytes=value) if isinstance(value, bytes) else uuid.UUID(value)


class JSONType(_OnPostgresql):
    impl = types.UnicodeText

    @staticmethod
    def on_postgresql():
        return postgresql.JSON()

    @staticmethod
    def elsewhere(dialect):
        return types.UnicodeText()


class WeekDaysType(_OnPostgresql):
    impl = types.String(7)

    @staticmethod
    def on_postgresql():
        return postgresql.BIT(7)

    @staticmethod
    def elsewhere(dialect):
        return types.BINARY(7) if dialect.name == "mysql" else types.String(7)


class PasswordType(_OnPostgresql):
    impl = types.VARBINARY(1024)

    def __init__(self, max_length=None, **kw):
        super().__init__()
        self._length = max_length

    @staticmethod
    def on_postgresql():
        return postgresql.BYTEA()

    def elsewhere(self, dialect):
        if self._length is None:
            raise NotImplementedError(
                "limbeck cannot tell the length of a PasswordType: give max_length"
            )
        return types.VARBINARY(self._length)


class Choice:
    def __init__(self, code, value):
        self.code = code
        self.value = value


class ChoiceType(TypeDecorator):
    impl = types.Unicode(255)
    cache_ok = True

    def __init__(self, choices, impl=None):
        super().__init__()
        self.choices = choices
        if impl is not None:
            self.impl = impl() if isinstance(impl, type) else impl


class EmailType(TypeDecorator):
    impl = types.Unicode
    cache_ok = True

    def __init__(self, length=255, *args, **kw):
        super().__init__(length=length, *args, **kw)


class URLType(TypeDecorator):
    impl = types.UnicodeText
    cache_ok = True


class ScalarListType(TypeDecorator):
    impl = types.UnicodeText
    cache_ok = True

    def __init__(self, coerce_func=str, separator=","):
        super().__init__()
        self.separator = str(separator)
        self.coerce_func = coerce_func


class EnrichedDateTimeType(TypeDecorator):
    impl = types.DateTime
    cache_ok = True

    def __init__(self, *args, datetime_processor=None, **kw):
        super().__init__(*args, **kw)


ArrowType = EnrichedDateTimeType


class EnrichedDateType(TypeDecorator):
    impl = types.Date
    cache_ok = True


def _text(length):
    class _Text(TypeDecorator):
        impl = types.Unicode(length)
        cache_ok = True

        def __init__(self, *args, **kw):
            super().__init__()

    return _Text


TimezoneType = _text(50)
LocaleType = _text(10)
IPAddressType = _text(50)
CountryType = _text(2)
CurrencyType = _text(3)


class ColorType(TypeDecorator):
    impl = types.Unicode(20)
    cache_ok = True

    def __init__(self, max_length=20, *args, **kw):
        super().__init__()
        self.impl = types.Unicode(max_length)


class PhoneNumberType(TypeDecorator):
    impl = types.Unicode(20)
    cache_ok = True

    def __init__(self, region="US", max_length=20, *args, **kw):
        super().__init__()
        self.impl = types.Unicode(max_length)


class StringEncryptedType(TypeDecorator):
    impl = types.String
    cache_ok = True

    def __init__(self, type_in=None, key=None, engine=None, padding=None, **kw):
        super().__init__(**kw)


class EncryptedType(TypeDecorator):
    impl = types.LargeBinary
    cache_ok = True

    def __init__(self, type_in=None, key=None, engine=None, padding=None, **kw):
        super().__init__()


class TSVectorType(TypeDecorator):
    impl = postgresql.TSVECTOR
    cache_ok = True

    def __init__(self, *args, **kw):
        super().__init__()
        self.columns = args
        self.options = kw


class LtreeType(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "LTREE"


class LQUERY(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "LQUERY"


class LTXTQUERY(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "LTXTQUERY"


class Ltree(str):
    pass


def _range(name):
    class _Range(_OnPostgresql):
        impl = types.String(255)

        def __init__(self, *args, **kw):
            super().__init__()

        @staticmethod
        def on_postgresql():
            return getattr(postgresql, name)()

        @staticmethod
        def elsewhere(dialect):
            return types.String(255)

    return _Range


IntRangeType = _range("INT4RANGE")
Int8RangeType = _range("INT8RANGE")
NumericRangeType = _range("NUMRANGE")
DateRangeType = _range("DATERANGE")
DateTimeRangeType = _range("TSRANGE")


# ---- mixins and helpers ----


class Timestamp:
    created = sqlalchemy.Column(
        sqlalchemy.DateTime, default=datetime.datetime.utcnow, nullable=False
    )
    updated = sqlalchemy.Column(
        sqlalchemy.DateTime, default=datetime.datetime.utcnow, nullable=False
    )


def generic_repr(*fields):
    return fields[0] if fields and isinstance(fields[0], type) else lambda cls: cls


def force_auto_coercion(mapper=None):
    pass


force_instant_defaults = force_auto_coercion


def coercion_listener(*args, **kw):
    pass


def observes(*paths, **kw):
    return lambda fn: fn


def aggregated(relationship, column):
    """The column that keeps what the function computes."""
    return lambda fn: column


def get_mapper(mixed):
    return class_mapper(mixed if isinstance(mixed, type) else type(mixed))


def get_columns(mixed):
    return (mixed if isinstance(mixed, sqlalchemy.Table) else mixed.__table__).columns


def get_tables(mixed):
    return get_mapper(mixed).tables


def get_primary_keys(mixed):
    return {c.key: c for c in get_columns(mixed) if c.primary_key}


def has_index(column):
    return bool(column.index)


def database_exists(url):
    return True


globals().update(unserved(
    "sqlalchemy_utils", "create_database drop_database create_view create_materialized_view"
))
