# SPDX-License-Identifier: MIT
"""Mapped classes as far as their tables go. Queries and sessions are refused by name."""
import sys
import typing

import sqlalchemy


class Mapped:
    def __class_getitem__(cls, item):
        return _MappedAlias(cls, item)


class _MappedAlias:
    def __init__(self, origin, item):
        self.origin = origin
        self.item = item


class _DynamicMapped(Mapped):
    pass


class DynamicMapped(_DynamicMapped):
    pass


class WriteOnlyMapped(_DynamicMapped):
    pass


class InstrumentedAttribute(Mapped):
    pass


QueryableAttribute = InstrumentedAttribute


# ---- what stands in class bodies ----


class _Property:
    def __init__(self, *args, **kw):
        self.args = args
        self.kw = kw

    def __call__(self, *args, **kw):
        return self


class RelationshipProperty(_Property):
    pass


Relationship = RelationshipProperty


class ColumnProperty(_Property):
    pass


class SynonymProperty(_Property):
    pass


class CompositeProperty(_Property):
    pass


_COLUMN_KEYWORDS = frozenset(
    "name type_ autoincrement doc key index unique info nullable onupdate primary_key "
    "server_default server_onupdate quote system comment".split()
)
_DATACLASS_KEYWORDS = frozenset(
    "init repr default_factory compare kw_only hash dataclass_metadata".split()
)


class MappedColumn:
    """mapped_column(...): a Column whose type and nullability may come from the annotation."""

    _count = 0

    def __init__(self, *args, **kw):
        MappedColumn._count += 1
        self.order = MappedColumn._count
        self.sort_order = kw.pop("sort_order", 0)
        for name in ("deferred", "deferred_group", "deferred_raiseload", "use_existing_column",
                     "active_history"):
            kw.pop(name, None)
        for name in _DATACLASS_KEYWORDS:
            kw.pop(name, None)
        self.args = args
        self.kw = kw

    def has_type(self):
        if "type_" in self.kw:
            return True
        return any(_is_type(arg) for arg in self.args)

    def merged(self, other):
        """With what another one (of Annotated[...]) gives beside."""
        kw = dict(other.kw)
        kw.update(self.kw)
        args = self.args + tuple(a for a in other.args if not (_is_type(a) and self.has_type()))
        made = MappedColumn(*args, **kw)
        made.order = self.order
        made.sort_order = self.sort_order
        return made

    def column(self, key, type_=None, nullable=None):
        args = list(self.args)
        kw = dict(self.kw)
        if not (args and isinstance(args[0], str)) and "name" not in kw:
            args.insert(0, key)
        if type_ is not None and not self.has_type():
            args.insert(1 if args and isinstance(args[0], str) else 0, type_)
        if nullable is not None and "nullable" not in kw and not kw.get("primary_key"):
            kw["nullable"] = nullable
        args = [_copied(arg) for arg in args]
        if args and isinstance(args[0], str) and args[0] != key:
            kw.setdefault("key", key)
        return sqlalchemy.Column(*args, **kw)


def _is_type(value):
    if isinstance(value, sqlalchemy.types.TypeEngine):
        return True
    return isinstance(value, type) and issubclass(value, sqlalchemy.types.TypeEngine)


def _copied(arg):
    copy = getattr(arg, "_copy", None)
    return copy() if copy is not None and not _is_type(arg) else arg


def mapped_column(*args, **kw):
    return MappedColumn(*args, **kw)


def relationship(*args, **kw):
    return RelationshipProperty(*args, **kw)


def dynamic_loader(*args, **kw):
    return RelationshipProperty(*args, **kw)


def backref(name, **kw):
    return (name, kw)


def column_property(column, *columns, **kw):
    return column if isinstance(column, sqlalchemy.Column) else ColumnProperty(column)


def deferred(column, *columns, **kw):
    return column


def query_expression(*args, **kw):
    return ColumnProperty(*args)


def synonym(name, **kw):
    return SynonymProperty(name)


def composite(*args, **kw):
    return CompositeProperty(*args)


def foreign(expr):
    return expr


def remote(expr):
    return expr


def validates(*names, **kw):
    def decorate(fn):
        return fn

    return decorate


def reconstructor(fn):
    return fn


def declarative_mixin(cls):
    return cls


class declared_attr:
    def __init__(self, fn, cascading=False):
        self.fget = fn.__func__ if isinstance(fn, classmethod) else fn

    def __class_getitem__(cls, item):
        return cls

    def __get__(self, instance, owner):
        return self.fget(owner)


declared_attr.directive = declared_attr
declared_attr.cascading = declared_attr


# ---- annotations ----


def _default_types():
    import datetime
    import decimal
    import uuid

    return {
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
    }


def _evaluated(annotation, cls):
    """A postponed annotation as its value; None where a name in it is not known yet."""
    if not isinstance(annotation, str):
        return annotation
    module = sys.modules.get(cls.__module__)
    scope = dict(vars(module)) if module is not None else {}
    scope.setdefault("Mapped", Mapped)
    try:
        return eval(annotation, scope)
    except (NameError, AttributeError, TypeError, SyntaxError):
        return None


def _without_none(item):
    """The item and whether None is among its alternatives."""
    args = typing.get_args(item)
    if args and type(None) in args:
        rest = [arg for arg in args if arg is not type(None)]
        if len(rest) == 1:
            return rest[0], True
        return typing.Union[tuple(rest)], True
    return item, False


def _type_of(cls, item):
    maps = getattr(cls, "type_annotation_map", None) or {}
    registry_ = getattr(cls, "registry", None)
    extra = getattr(registry_, "type_annotation_map", None) or {}
    for table in (maps, extra):
        try:
            if item in table:
                return table[item]
        except TypeError:
            pass
    import enum

    if isinstance(item, type) and issubclass(item, enum.Enum):
        return sqlalchemy.Enum(item)
    found = _default_types().get(item) if isinstance(item, type) else None
    if found is None and typing.get_origin(item) is typing.Literal:
        return sqlalchemy.Enum(*typing.get_args(item), native_enum=False)
    return found


def _annotated_column(cls, key, annotation, value):
    """The Column that `key: Mapped[...] = value` stands for, or None."""
    if isinstance(annotation, str) and "Mapped" not in annotation:
        if not isinstance(value, MappedColumn):
            return None
    alias = _evaluated(annotation, cls)
    if not isinstance(alias, _MappedAlias):
        return value.column(key) if isinstance(value, MappedColumn) else None
    if value is not None and not isinstance(value, MappedColumn):
        return None
    if issubclass(alias.origin, _DynamicMapped):
        return None
    item = _evaluated(alias.item, cls)
    if item is None:
        return value.column(key) if value is not None else None
    item, optional = _without_none(item)
    given = value if value is not None else MappedColumn()
    meta = getattr(item, "__metadata__", None)
    type_ = _type_of(cls, item)
    if meta:
        for each in meta:
            if isinstance(each, MappedColumn):
                given = given.merged(each)
        inner, inner_optional = _without_none(typing.get_args(item)[0])
        optional = optional or inner_optional
        type_ = type_ or _type_of(cls, inner)
    if value is None and type_ is None and not given.has_type():
        return None
    return given.column(key, type_, optional)


# ---- mapping ----


def _mixin_items(cls):
    """Names and values of the class and of its bases that have no table, bases first."""
    seen = {}
    for base in reversed(cls.__mro__):
        if base is object or ("__table__" in base.__dict__ and base is not cls):
            continue
        for name, value in base.__dict__.items():
            seen[name] = (base, value)
    return seen


def _columns_of(cls):
    columns = []
    annotations = {}
    for base in reversed(cls.__mro__):
        if "__table__" in base.__dict__ and base is not cls:
            continue
        for name, annotation in base.__dict__.get("__annotations__", {}).items():
            annotations[name] = (base, annotation)
    items = _mixin_items(cls)
    order = 0
    for name in list(annotations) + [n for n in items if n not in annotations]:
        if name.startswith("__"):
            continue
        base, value = items.get(name, (None, None))
        order += 1
        if isinstance(value, declared_attr):
            value = value.__get__(None, cls)
        rank = (0, order)
        if isinstance(value, MappedColumn):
            rank = (value.sort_order, value.order)
        if name in annotations:
            base, annotation = annotations[name]
            if isinstance(value, sqlalchemy.Column):
                column = value if base is cls else value._copy()
            else:
                column = _annotated_column(cls, name, annotation, value)
        elif isinstance(value, sqlalchemy.Column):
            column = value if base is cls and name in cls.__dict__ else value._copy()
        elif isinstance(value, MappedColumn):
            column = value.column(name)
        else:
            continue
        if column is None:
            continue
        if column.name is None:
            column.name = name
            column.key = name
        columns.append((name, column))
    return columns


def _table_args(cls):
    args = getattr(cls, "__table_args__", ())
    if args is None:
        return (), {}
    if isinstance(args, dict):
        return (), args
    args = tuple(args)
    if args and isinstance(args[-1], dict):
        return args[:-1], args[-1]
    return args, {}


class _Attribute:
    """Of the class: the column. Of an object that has no value for it: None."""

    def __init__(self, column):
        self.column = column

    def __get__(self, instance, owner):
        return self.column if instance is None else None


class _Mapper:
    def __init__(self, cls, keys=None):
        self.class_ = cls
        self._keys = keys if keys is not None else dict(cls.__table__.columns.items())
        _class_of_table.setdefault(cls.__table__, cls)

    @property
    def columns(self):
        return self.class_.__table__.columns

    c = columns

    @property
    def local_table(self):
        return self.class_.__table__

    persist_selectable = mapped_table = local_table

    @property
    def relationships(self):
        return [v for v in vars(self.class_).values() if isinstance(v, RelationshipProperty)]


def _declare(cls):
    if cls.__dict__.get("__abstract__"):
        return
    if "__table__" in cls.__dict__:
        cls.__mapper__ = _Mapper(cls)
        for column in cls.__table__.columns:
            if column.key not in cls.__dict__:
                setattr(cls, column.key, _Attribute(column))
        return
    name = getattr(cls, "__tablename__", None)
    parent = next((b for b in cls.__mro__[1:] if "__table__" in b.__dict__), None)
    if parent is not None and "__tablename__" not in cls.__dict__:
        name = None
    if name is None:
        if parent is None:
            return
        _inherit(cls, parent)
        return
    args, kw = _table_args(cls)
    columns = _columns_of(cls)
    for key, column in columns:
        setattr(cls, key, _Attribute(column))
    cls.__table__ = sqlalchemy.Table(
        name, cls.metadata, *[column for _, column in columns], *args, **kw
    )
    cls.__mapper__ = _Mapper(cls, dict(columns))


def _inherit(cls, parent):
    """Single table inheritance: more columns for the parent's table."""
    for key, column in _columns_of(cls):
        if key not in parent.__table__.columns:
            parent.__table__.append_column(column)
            setattr(cls, key, _Attribute(column))
    cls.__table__ = parent.__table__
    cls.__mapper__ = _Mapper(cls)


def _constructor(self, **kw):
    for key, value in kw.items():
        if not hasattr(type(self), key):
            raise TypeError(
                "%r is an invalid keyword argument for %s" % (key, type(self).__name__)
            )
        setattr(self, key, value)


class _ClauseElement:
    """select(User): the class stands for its table."""

    @classmethod
    def __clause_element__(cls):
        return cls.__table__


class registry:
    def __init__(self, *, metadata=None, class_registry=None, type_annotation_map=None, **kw):
        self.metadata = metadata if metadata is not None else sqlalchemy.MetaData()
        self.type_annotation_map = type_annotation_map or {}

    def generate_base(self, mapper=None, cls=object, name="Base", metaclass=None):
        return declarative_base(metadata=self.metadata, cls=cls, name=name, _registry=self)

    def mapped(self, cls):
        if not hasattr(cls, "metadata"):
            cls.metadata = self.metadata
        cls.registry = self
        _declare(cls)
        return cls

    def mapped_as_dataclass(self, cls=None, **kw):
        if cls is None:
            return self.mapped
        return self.mapped(cls)

    def map_imperatively(self, cls, table=None, *args, **kw):
        cls.__table__ = table
        _declare(cls)
        return cls.__mapper__

    def configure(self, cascade=False):
        pass


class DeclarativeMeta(type):
    pass


class DeclarativeBaseNoMeta(_ClauseElement):
    def __init_subclass__(cls, **kw):
        if DeclarativeBaseNoMeta in cls.__bases__:
            _prepare_base(cls)
        else:
            _declare(cls)

    __init__ = _constructor


class DeclarativeBase(_ClauseElement):
    def __init_subclass__(cls, **kw):
        if DeclarativeBase in cls.__bases__:
            _prepare_base(cls)
        else:
            _declare(cls)

    __init__ = _constructor


def _prepare_base(cls):
    found = cls.__dict__.get("registry")
    if "metadata" not in cls.__dict__:
        given = getattr(cls, "metadata", None)
        if not isinstance(given, sqlalchemy.MetaData):
            cls.metadata = found.metadata if found is not None else sqlalchemy.MetaData()
    if found is None:
        cls.registry = registry(
            metadata=cls.metadata,
            type_annotation_map=getattr(cls, "type_annotation_map", None),
        )


class MappedAsDataclass:
    def __init_subclass__(cls, **kw):
        for name in ("init", "repr", "eq", "order", "unsafe_hash", "match_args", "kw_only",
                     "dataclass_callable"):
            kw.pop(name, None)
        super().__init_subclass__(**kw)


def declarative_base(*, metadata=None, mapper=None, cls=object, name="Base",
                     class_registry=None, metaclass=None, constructor=None, bind=None,
                     type_annotation_map=None, _registry=None, **kw):
    bases = cls if isinstance(cls, tuple) else (cls,)
    bases = tuple(base for base in bases if base is not object)
    meta = metadata if metadata is not None else sqlalchemy.MetaData()

    def init_subclass(sub, **kw):
        _declare(sub)

    body = {
        "metadata": meta,
        "registry": _registry or registry(
            metadata=meta, type_annotation_map=type_annotation_map
        ),
        "__init_subclass__": classmethod(init_subclass),
        "__abstract__": True,
    }
    if not any("__init__" in base.__dict__ for base in bases):
        body["__init__"] = _constructor
    return type(name, bases + (_ClauseElement,), body)


def as_declarative(**kw):
    def decorate(cls):
        return declarative_base(cls=cls, name=cls.__name__, **kw)

    return decorate


def class_mapper(cls, configure=True):
    return cls.__mapper__


def configure_mappers():
    pass


def clear_mappers():
    pass


# ---- queries and sessions ----

# Which class a table is mapped to.
_class_of_table = {}

from sqlalchemy.orm.session import (  # noqa: E402
    Query,
    Session,
    close_all_sessions,
    object_session,
    scoped_session,
    sessionmaker,
)


def _refused(name):
    def call(*args, **kw):
        raise NotImplementedError("limbeck does not serve sqlalchemy.orm.%s yet" % name)

    call.__name__ = name
    return call


for _name in (
    "aliased contains_eager defer defaultload immediateload join joinedload lazyload "
    "load_only noload outerjoin raiseload selectinload selectin_polymorphic subqueryload undefer "
    "undefer_group with_expression with_loader_criteria with_parent with_polymorphic "
    "make_transient make_transient_to_detached polymorphic_union was_deleted object_mapper "
    "attribute_keyed_dict column_keyed_dict keyfunc_mapping mapped_collection Bundle Load"
).split():
    globals()[_name] = _refused(_name)
attribute_mapped_collection = column_mapped_collection = lambda *args, **kw: dict
Mapper = _Mapper
