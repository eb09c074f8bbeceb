# SPDX-License-Identifier: MIT
"""SQLModel: fields become columns; everything else is SQLAlchemy's."""
import datetime
import decimal
import enum
import pathlib
import typing
import uuid

import sqlalchemy
import sqlalchemy.orm
from pydantic import BaseModel, FieldInfo, ModelMetaclass, Undefined, _is_union
from sqlalchemy.orm import Session, declared_attr, registry
from sqlalchemy.orm._scan import map_class
from sqlmodel.sql.sqltypes import AutoString

__version__ = "0.0.22"

default_registry = registry()


def __getattr__(name):
    for module in (sqlalchemy, sqlalchemy.orm):
        try:
            return getattr(module, name)
        except AttributeError:
            continue
    raise AttributeError("module 'sqlmodel' has no attribute %r" % name)


# ---- fields ----

_COLUMN_OPTIONS = (
    "primary_key", "foreign_key", "ondelete", "unique", "nullable", "index", "sa_type",
    "sa_column", "sa_column_args", "sa_column_kwargs",
)


def Field(default=Undefined, *, default_factory=None, schema_extra=None, **kw):
    if kw.get("sa_column") is not None:
        given = [k for k in _COLUMN_OPTIONS if k in kw and k != "sa_column"]
        if given:
            raise RuntimeError(
                "Passing %s is not supported when also passing a sa_column" % given[0]
            )
    for name in ("alias", "title", "description"):
        kw.setdefault(name, None)
    return FieldInfo(default, default_factory, **{**(schema_extra or {}), **kw})


class RelationshipInfo:
    def __init__(self, back_populates=None, cascade_delete=False, passive_deletes=False,
                 link_model=None, sa_relationship=None, sa_relationship_args=None,
                 sa_relationship_kwargs=None):
        self.back_populates = back_populates
        self.cascade_delete = cascade_delete
        self.passive_deletes = passive_deletes
        self.link_model = link_model
        self.sa_relationship = sa_relationship
        self.args = sa_relationship_args or ()
        self.kw = dict(sa_relationship_kwargs or {})


def Relationship(*, back_populates=None, **kw):
    return RelationshipInfo(back_populates, **kw)


def _option(field, name, default=Undefined):
    found = field.extra.get(name, Undefined)
    if found is Undefined:
        for each in getattr(field.annotation, "__metadata__", ()):
            if isinstance(each, FieldInfo) and each.extra.get(name, Undefined) is not Undefined:
                return each.extra[name]
        return default
    return found


# ---- types ----


def _bare(hint):
    """The type without Annotated and None."""
    if getattr(hint, "__metadata__", None) is not None:
        return _bare(typing.get_args(hint)[0])
    if _is_union(typing.get_origin(hint)):
        rest = [a for a in typing.get_args(hint) if a is not type(None)]
        if len(rest) > 1:
            raise ValueError("Cannot have a (non-optional) union as a SQLAlchemy field")
        return _bare(rest[0])
    return hint


def _text_type(field):
    return AutoString(length=_option(field, "max_length", None))


def _number_type(field):
    return sqlalchemy.Numeric(
        precision=_option(field, "max_digits", None), scale=_option(field, "decimal_places", None)
    )


_TYPES = (
    (str, _text_type),
    (float, lambda field: sqlalchemy.Float),
    (bool, lambda field: sqlalchemy.Boolean),
    (int, lambda field: sqlalchemy.Integer),
    (datetime.datetime, lambda field: sqlalchemy.DateTime),
    (datetime.date, lambda field: sqlalchemy.Date),
    (datetime.timedelta, lambda field: sqlalchemy.Interval),
    (datetime.time, lambda field: sqlalchemy.Time),
    (bytes, lambda field: sqlalchemy.LargeBinary),
    (decimal.Decimal, _number_type),
    (pathlib.Path, lambda field: AutoString),
    (uuid.UUID, lambda field: sqlalchemy.Uuid),
)


def get_sqlalchemy_type(field):
    given = _option(field, "sa_type")
    if given is not Undefined:
        return given
    hint = _bare(field.annotation)
    if typing.get_origin(hint) is typing.Literal:
        return AutoString
    if isinstance(hint, type):
        if issubclass(hint, enum.Enum):
            return sqlalchemy.Enum(hint)
        for kind, make in _TYPES:
            if issubclass(hint, kind):
                return make(field)
    raise ValueError("%s has no matching SQLAlchemy type" % (hint,))


def _nullable(field):
    given = _option(field, "nullable")
    if given is not Undefined:
        return given
    if _option(field, "primary_key", False) is True:
        return False
    hint = field.annotation
    if getattr(hint, "__metadata__", None) is not None:
        hint = typing.get_args(hint)[0]
    if _is_union(typing.get_origin(hint)) and type(None) in typing.get_args(hint):
        return True
    return hint is None or hint is type(None)


def get_column_from_field(field):
    given = _option(field, "sa_column")
    if isinstance(given, sqlalchemy.Column):
        return given
    args = []
    foreign = _option(field, "foreign_key")
    if isinstance(foreign, str):
        ondelete = _option(field, "ondelete")
        if ondelete is Undefined:
            ondelete = None
        if ondelete == "SET NULL" and not _nullable(field):
            raise RuntimeError('ondelete="SET NULL" requires nullable=True')
        args.append(sqlalchemy.ForeignKey(foreign, ondelete=ondelete))
    kw = {
        "primary_key": _option(field, "primary_key", False),
        "nullable": _nullable(field),
        "index": _option(field, "index", False),
        "unique": _option(field, "unique", False),
    }
    if field.default_factory is not None:
        kw["default"] = field.default_factory
    elif field.default is not Undefined:
        kw["default"] = field.default
    more = _option(field, "sa_column_args")
    args += list(more) if more is not Undefined else []
    more = _option(field, "sa_column_kwargs")
    kw.update(more if more is not Undefined else {})
    return sqlalchemy.Column(get_sqlalchemy_type(field), *args, **kw)


# ---- models ----


def _relationship_target(hint):
    """The class, or its name, inside list[...], Optional[...] and Mapped[...]."""
    if isinstance(hint, typing.ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        text = hint.strip()
        while text.endswith("]") and "[" in text:
            text = text[text.index("[") + 1 : -1].strip()
        parts = [p.strip() for p in text.split("|") if p.strip() != "None"]
        return parts[0].strip("'\"")
    for each in typing.get_args(hint):
        if each is not type(None):
            return _relationship_target(each)
    return getattr(hint, "item", hint)


def _make_relationship(info, hint):
    if info.sa_relationship is not None:
        return info.sa_relationship
    kw = info.kw
    if info.back_populates:
        kw.setdefault("back_populates", info.back_populates)
    if info.cascade_delete:
        kw.setdefault("cascade", "all, delete-orphan")
    if info.passive_deletes:
        kw.setdefault("passive_deletes", info.passive_deletes)
    if info.link_model is not None:
        kw.setdefault("secondary", info.link_model.__table__)
    many = isinstance(hint, str) and hint.strip().lower().startswith("list[")
    many = many or typing.get_origin(hint) is list
    if not many:
        kw.setdefault("uselist", False)
    return sqlalchemy.orm.relationship(_relationship_target(hint), *info.args, **kw)


class SQLModelMetaclass(ModelMetaclass):
    def __new__(mcls, name, bases, namespace, **kw):
        relationships = {k: v for k, v in namespace.items() if isinstance(v, RelationshipInfo)}
        hints = dict(namespace.get("__annotations__", {}))
        body = {k: v for k, v in namespace.items() if k not in relationships}
        body["__annotations__"] = {k: v for k, v in hints.items() if k not in relationships}
        given = kw.pop("registry", None)
        cls = super().__new__(mcls, name, bases, body, **kw)
        inherited = {}
        for base in reversed(cls.__mro__[1:]):
            inherited.update(base.__dict__.get("__sqlmodel_relationships__", {}))
        own = {k: (v, hints.get(k)) for k, v in relationships.items()}
        type.__setattr__(cls, "__sqlmodel_relationships__", {**inherited, **own})
        if given is not None:
            type.__setattr__(cls, "registry", given)
            type.__setattr__(cls, "metadata", given.metadata)
        if kw.get("table") is True:
            mcls._map(cls)
        return cls

    @staticmethod
    def _map(cls):
        parent = next((b for b in cls.__mro__[1:] if "__mapper__" in b.__dict__), None)
        own = cls.__dict__["__pydantic_own__"]
        for key, field in cls.__pydantic_fields__.items():
            if parent is None or key in own or key not in parent.__pydantic_fields__:
                column = get_column_from_field(field)
                if column.table is not None or column.info.get("sqlmodel") is not None:
                    column = column._copy()
                column.info["sqlmodel"] = cls
                type.__setattr__(cls, key, column)
        for key, (info, hint) in cls.__dict__["__sqlmodel_relationships__"].items():
            if parent is None or key not in parent.__sqlmodel_relationships__:
                type.__setattr__(cls, key, _make_relationship(info, hint))
        map_class(cls)

    def __setattr__(cls, key, value):
        if "__mapper__" in cls.__dict__ and isinstance(value, sqlalchemy.Column):
            from sqlalchemy.orm._mapper import add_attribute

            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)


class SQLModel(BaseModel, metaclass=SQLModelMetaclass):
    registry = default_registry
    metadata = default_registry.metadata
    __allow_unmapped__ = True

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()

    def __init__(self, /, **data):
        cls = type(self)
        if "__mapper__" not in cls.__dict__:
            cls._fill(self, data)
            return
        for name, field in cls.__pydantic_fields__.items():
            if name in data:
                setattr(self, name, data[name])
            elif not field.is_required():
                setattr(self, name, field.get_default())
        for name in cls.__sqlmodel_relationships__:
            if name in data:
                setattr(self, name, data[name])

    @classmethod
    def __clause_element__(cls):
        return cls.__table__

    def sqlmodel_update(self, obj, *, update=None):
        found = dict(obj if isinstance(obj, type({})) else obj.model_dump())
        found.update(update or {})
        for name, value in found.items():
            setattr(self, name, value)
        return self


def col(column_expression):
    return column_expression


__all__ = ["SQLModel", "Field", "Relationship", "Session", "AutoString"]
