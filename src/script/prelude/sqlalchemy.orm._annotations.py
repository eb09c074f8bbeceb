# SPDX-License-Identifier: MIT
"""What `name: Mapped[...]` says: the type and whether NULL is allowed."""
import enum
import sys
import typing

import sqlalchemy


class Mapped:
    """Stands in annotations only; Mapped[X] keeps X as it was written."""

    def __class_getitem__(cls, item):
        return MappedAlias(cls, item)


class MappedAlias:
    def __init__(self, origin, item):
        self.__origin__ = origin
        self.item = item

    @property
    def __args__(self):
        return (self.item,)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class ORMDescriptor(Mapped):
    pass


class _DynamicMapped(Mapped):
    pass


class DynamicMapped(_DynamicMapped):
    pass


class WriteOnlyMapped(_DynamicMapped):
    pass


# ---- text of annotations ----


class Unresolved(Exception):
    """A name in the text of an annotation is not known (yet)."""


def evaluate(text, cls):
    """A postponed annotation as its value, in the module of the class that holds it."""
    module = sys.modules.get(cls.__module__)
    scope = module.__dict__ if module is not None else {}
    names = dict(cls.__dict__)
    names.setdefault(cls.__name__, cls)
    try:
        return eval(text, scope, names)
    except (NameError, AttributeError, SyntaxError, TypeError) as error:
        raise Unresolved("%s: %s" % (text, error)) from None


def _split(text):
    """("Mapped", "List[int]") of "Mapped[List[int]]"."""
    text = text.strip()
    at = text.find("[")
    if at < 0 or not text.endswith("]"):
        return text, None
    return text[:at].strip(), text[at + 1 : -1].strip()


_MAPPED_BY_NAME = {
    "Mapped": Mapped,
    "DynamicMapped": DynamicMapped,
    "WriteOnlyMapped": WriteOnlyMapped,
}


def mapped_alias(annotation, cls):
    """The Mapped[...] that an annotation is, or None. What is inside stays text where it was."""
    if isinstance(annotation, MappedAlias):
        return annotation
    if not isinstance(annotation, str):
        if isinstance(annotation, type) and issubclass(annotation, Mapped):
            return MappedAlias(annotation, None)
        return None
    head, inner = _split(annotation)
    try:
        origin = evaluate(head, cls)
    except Unresolved:
        origin = _MAPPED_BY_NAME.get(head.rsplit(".", 1)[-1])
    if isinstance(origin, type) and issubclass(origin, Mapped):
        return MappedAlias(origin, inner)
    return origin if isinstance(origin, MappedAlias) else None


# ---- what is inside ----


def _resolved(item, cls):
    """The item with what is text in it evaluated."""
    if isinstance(item, str):
        return _resolved(evaluate(item, cls), cls)
    if isinstance(item, typing.ForwardRef):
        return _resolved(evaluate(item.__forward_arg__, cls), cls)
    args = typing.get_args(item)
    if args and typing.get_origin(item) is typing.Union:
        done = tuple(_resolved(arg, cls) for arg in args)
        if any(a is not b for a, b in zip(args, done)):
            return typing.Union[done]
    return item


def _value_of_alias(item):
    """The type that a NewType or TypeAliasType stands for, or None."""
    found = getattr(item, "__supertype__", None)
    if found is None and type(item).__name__ == "TypeAliasType":
        found = item.__value__
    return found


def without_none(item):
    """The item without None among its alternatives, and whether there was one."""
    if item is None or item is type(None):
        return item, True
    if getattr(item, "__metadata__", None) is not None:
        return item, without_none(typing.get_args(item)[0])[1]
    inner = _value_of_alias(item)
    if inner is not None:
        return item, without_none(inner)[1]
    args = typing.get_args(item)
    if not args or not _is_union(item):
        return item, False
    rest = [arg for arg in args if arg is not type(None)]
    optional = len(rest) < len(args) or any(without_none(arg)[1] for arg in rest)
    return (rest[0] if len(rest) == 1 else typing.Union[tuple(rest)]), optional


def _is_union(item):
    origin = typing.get_origin(item)
    return origin is typing.Union or getattr(origin, "__name__", "") == "UnionType"


# ---- types ----

_plain_types = {}


def _default_types():
    if not _plain_types:
        import datetime
        import decimal
        import uuid

        _plain_types.update({
            bool: sqlalchemy.Boolean,
            bytes: sqlalchemy.LargeBinary,
            datetime.date: sqlalchemy.Date,
            datetime.datetime: sqlalchemy.DateTime,
            datetime.time: sqlalchemy.Time,
            datetime.timedelta: sqlalchemy.Interval,
            decimal.Decimal: sqlalchemy.Numeric,
            float: sqlalchemy.Float,
            int: sqlalchemy.Integer,
            str: sqlalchemy.String,
            uuid.UUID: sqlalchemy.Uuid,
        })
    return _plain_types


def _in_map(table, item):
    try:
        return table.get(item)
    except TypeError:
        return None


_ENUM_OPTIONS = (
    "native_enum", "length", "create_constraint", "values_callable", "validate_strings",
    "schema", "metadata", "inherit_schema", "omit_aliases",
)


def _enum_like(given, members):
    """An Enum of these members with the options of the one in the map."""
    kw = {}
    if isinstance(given, sqlalchemy.Enum):
        for name in _ENUM_OPTIONS:
            value = getattr(given, name, None)
            if value is not None:
                kw[name] = value
    return members, kw


def _enum_type(table, item):
    given = _in_map(table, enum.Enum)
    members, kw = _enum_like(given, (item,))
    return sqlalchemy.Enum(*members, **kw)


def _literal_type(table, item):
    given = _in_map(table, typing.Literal) or _in_map(table, enum.Enum)
    members, kw = _enum_like(given, typing.get_args(item))
    kw.setdefault("native_enum", False)
    return sqlalchemy.Enum(*members, **kw)


def type_for(table, item):
    """The SQL type of a Python type, or None. `table` is the registry's type_annotation_map."""
    found = _in_map(table, item)
    if found is not None:
        return found
    if typing.get_origin(item) is typing.Literal:
        return _literal_type(table, item)
    if not isinstance(item, type):
        return None
    found = _default_types().get(item)
    if found is None and issubclass(item, enum.Enum):
        return _enum_type(table, item)
    return found


def _types_to_try(item):
    """The item, what it is without None, what an Annotated or an alias of it holds."""
    seen = [item]
    bare, _ = without_none(item)
    if bare is not item:
        seen.append(bare)
    metadata = getattr(bare, "__metadata__", None)
    if metadata is not None:
        seen += _types_to_try(typing.get_args(bare)[0])
    inner = _value_of_alias(bare)
    if inner is not None:
        seen += _types_to_try(inner)
    return seen


def _annotated_parts(item):
    """What stands beside the type in Annotated[...], also behind None and an alias."""
    bare, _ = without_none(item)
    metadata = getattr(bare, "__metadata__", None)
    if metadata is not None:
        return tuple(metadata) + _annotated_parts(typing.get_args(bare)[0])
    inner = _value_of_alias(bare)
    return _annotated_parts(inner) if inner is not None else ()


class Meaning:
    """What an annotation says of a column."""

    def __init__(self, item, cls):
        self.written = item
        self.item = _resolved(item, cls)
        self.nullable = without_none(self.item)[1]
        self.parts = _annotated_parts(self.item)
        self._tried = None

    def sql_type(self, table):
        if self._tried is None:
            self._tried = _types_to_try(self.item)
        for each in self._tried:
            found = type_for(table, each)
            if found is not None:
                return found
        return None


_meanings = {}


def meaning_of(item, cls):
    """The Meaning; of an item without text in it the same one for all classes."""
    try:
        known = _meanings.get(item)
    except TypeError:
        return Meaning(item, cls)
    if known is None:
        known = Meaning(item, cls)
        if known.item is item:
            _meanings[item] = known
    return known


def no_type(cls, key, meaning):
    shown = getattr(meaning.item, "__name__", None) or meaning.item
    from sqlalchemy.orm.exc import MappedAnnotationError

    raise MappedAnnotationError(
        "Could not locate SQLAlchemy Core type for Python type %s inside the 'Mapped[]' annotation "
        "for the %r attribute of %s; the type object is not resolvable by the registry"
        % (shown, key, cls.__name__)
    )
