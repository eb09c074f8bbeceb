# SPDX-License-Identifier: MIT
"""From the body of a class, its mixins and its bases to a Table and a Mapper."""
import warnings

import sqlalchemy
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.orm._annotations import (
    Unresolved,
    _DynamicMapped,
    mapped_alias,
    meaning_of,
    no_type,
)
from sqlalchemy.orm.exc import MappedAnnotationError
from sqlalchemy.orm._mapper import (
    Mapper,
    column_attribute,
    mapped_parent,
)
from sqlalchemy.orm._native import ColumnAttribute, candidates, has_type, name_column, unserved
from sqlalchemy.orm._properties import (
    ColumnProperty,
    CompositeProperty,
    MappedColumn,
    MapperProperty,
    RelationshipProperty,
    declared_attr,
    copy_column,
    declaring_begin,
    declaring_end,
    mapped_options,
)

_MISSING = object()


# ---- which attributes there are, in order ----


_DIRECTIVES = ("__tablename__", "__table_args__", "__mapper_args__")
_PROPERTIES = (sqlalchemy.Column, MapperProperty)
_KINDS = _PROPERTIES + (declared_attr,)


class _Item:
    """An attribute that takes part in the mapping."""

    __slots__ = ("key", "value", "annotation", "holder")

    def __init__(self, key, value, annotation, holder):
        self.key = key
        self.value = value
        self.annotation = annotation
        self.holder = holder


class _Scan:
    def __init__(self, cls):
        self.cls = cls
        self.parent = mapped_parent(cls)
        self.items = {}
        self.directives = {}
        self.own_table_args = False
        self.declares = False  # whether a declared_attr is among the items
        for base in cls.__mro__:
            if base is not object:
                self._scan_base(base)
        if self.declares:
            self._evaluate_declared()

    def _definer(self, name):
        for base in self.cls.__mro__:
            if name in base.__dict__ or name in base.__dict__.get("__annotations__", ()):
                return base
        return None

    def _scan_base(self, base):
        names = base.__dict__
        ordered = candidates(names, _DIRECTIVES, _KINDS)
        if not ordered:
            return
        annotations = names.get("__annotations__", {})
        mapped = base is not self.cls and "__mapper__" in names
        if base is not self.cls:
            ordered.sort(key=lambda name: isinstance(names.get(name), declared_attr))
        for name in ordered:
            value = names.get(name, _MISSING)
            if name in _DIRECTIVES:
                self._directive(name, value, base, mapped)
            elif not mapped and (name not in self.items or self._bare(name, value, base)):
                self._attribute(name, value, annotations.get(name), base)

    def _bare(self, name, value, base):
        """`name: Mapped[...]` alone, in the class as in its mixin: the mixin's counts."""
        own = self.items[name]
        if value is not _MISSING or own.holder is not self.cls or name in self.cls.__dict__:
            return False
        del self.items[name]
        return True

    def _directive(self, name, value, base, mapped):
        if name in self.directives or (mapped and not isinstance(value, declared_attr)):
            return
        self.directives[name] = base
        if name == "__table_args__" and base is self.cls:
            self.own_table_args = True

    def _attribute(self, name, value, annotation, base):
        if isinstance(value, declared_attr):
            if not value.cascading_ and self._definer(name) is not base:
                return
            hint = getattr(value.fget, "__annotations__", {}).get("return")
            self.items[name] = _Item(name, value, hint, base)
            self.declares = True
            return
        alias = mapped_alias(annotation, base) if annotation is not None else None
        bare = value is _MISSING and name not in self.cls.__dict__
        if value is _MISSING:
            if alias is None or issubclass(alias.__origin__, _DynamicMapped):
                return
            value = MappedColumn()
        elif not isinstance(value, _PROPERTIES):
            if type(value) is tuple and len(value) == 1 and isinstance(value[0], _PROPERTIES):
                warnings.warn(
                    "Ignoring declarative-like tuple value of attribute %r on class %s: possibly a "
                    "copy-and-paste error with a comma accidentally placed at the end of the line?"
                    % (name, base)
                )
            return
        if base is not self.cls:
            if self._definer(name) not in (base, self.cls if bare else base):
                return
            value = self._copied(name, value, base)
        self.items[name] = _Item(name, value, alias, base)

    def _copied(self, name, value, base):
        if isinstance(value, sqlalchemy.Column):
            copy = copy_column(value)
            type.__setattr__(self.cls, name, copy)
            return copy
        if isinstance(value, RelationshipProperty) or not isinstance(value, ColumnProperty):
            raise InvalidRequestError(
                "Mapper properties (i.e. deferred,column_property(), relationship(), etc.) must be "
                "declared as @declared_attr callables on declarative mixin classes.  For dataclass "
                "field() objects, use a lambda:"
            )
        return type(value)(*[copy_column(c) for c in value.columns], **value.kw)

    def _evaluate_declared(self):
        for name, item in list(self.items.items()):
            if not isinstance(item.value, declared_attr):
                continue
            value = item.value.__get__(None, self.cls)
            if not isinstance(value, _PROPERTIES):
                del self.items[name]
                continue
            hint = item.annotation
            item.annotation = mapped_alias(hint, item.holder) if hint is not None else None
            item.value = value
            type.__setattr__(self.cls, name, value)

    def directive(self, name, default=None):
        if name not in self.directives:
            return default
        return getattr(self.cls, name)


# ---- columns ----


def _annotation_map(cls):
    registry = getattr(cls, "registry", None)
    return getattr(registry, "type_annotation_map", None) or {}


def _meaning(cls, item, column):
    """What the annotation says, or None where there is none to read."""
    alias = item.annotation
    if alias is None or alias.item is None:
        return None
    try:
        return meaning_of(alias.item, item.holder)
    except Unresolved as error:
        options = mapped_options(column)
        if has_type(column) and options is not None and options.says_nullable:
            return None
        raise MappedAnnotationError(
            "Could not resolve all types within mapped annotation of %s.%s: %s"
            % (cls.__name__, item.key, error)
        ) from None


def _apply_annotation(cls, item):
    """Type and nullability of a mapped_column() from its Mapped[...]."""
    column = item.value
    meaning = _meaning(cls, item, column)
    if meaning is None:
        return
    options = column.mapped
    for part in meaning.parts:
        if isinstance(part, MappedColumn):
            column._merge(part)
            options = column.mapped = options.merged(part.mapped)
    if not options.says_nullable:
        column.nullable = meaning.nullable
    if not has_type(column):
        _apply_type(cls, item, column, meaning)


def _apply_type(cls, item, column, meaning):
    if meaning is None or column.foreign_keys:
        return
    found = meaning.sql_type(_annotation_map(cls))
    if found is None:
        no_type(cls, item.key, meaning)
    column.type = found() if isinstance(found, type) else found


def _composite_columns(cls, item):
    """Columns of composite(Point, mapped_column("x"), ...): types may come from Point's fields."""
    prop = item.value
    target, attrs = prop.composite_class, list(prop.attrs)
    if isinstance(target, (sqlalchemy.Column, str)):
        attrs.insert(0, target)
        target = None
    if target is None and item.annotation is not None:
        try:
            target = meaning_of(item.annotation.item, item.holder).item
        except Unresolved:
            target = None
    prop.composite_class = target
    hints = _field_hints(target)
    if not attrs:
        attrs = [MappedColumn() for _ in hints]
    found = []
    for (name, hint), attr in zip(hints + [(None, None)] * len(attrs), attrs):
        if isinstance(attr, sqlalchemy.Column):
            name_column(attr, name)
            if mapped_options(attr) is not None and hint is not None:
                alias = mapped_alias(hint, target) or _Bare(hint)
                _apply_annotation(cls, _Item(attr.name, attr, alias, target))
            found.append((attr.name, attr))
    prop.attrs = attrs
    return found


class _Bare:
    def __init__(self, item):
        self.item = item


def _field_hints(target):
    fields = getattr(target, "__dataclass_fields__", None)
    if fields is None:
        init = getattr(target, "__init__", None)
        hints = dict(getattr(init, "__annotations__", {}))
        hints.pop("return", None)
        return list(hints.items())
    return [(name, field.type) for name, field in fields.items()]


def _columns_in(cls, item):
    """(key, column) for the columns that an attribute brings, those of the table first."""
    value = item.value
    if isinstance(value, CompositeProperty):
        return _composite_columns(cls, item)
    if isinstance(value, ColumnProperty):
        found = []
        for column in value.columns:
            if isinstance(column, sqlalchemy.Column) and column.table is None:
                if item.annotation is not None and not has_type(column):
                    _apply_type(cls, item, column, _meaning(cls, item, column))
                found.append((item.key, column))
        return found
    return ()


class _Columns:
    """The columns of a class by attribute, and the properties that are no columns."""

    def __init__(self, cls, items):
        self.keys = {}
        self.properties = {}
        self.declared = []
        self.known = set()
        self.reordered = False
        for key, item in items.items():
            if key == "metadata":
                raise InvalidRequestError(
                    "Attribute name 'metadata' is reserved when using the Declarative API."
                )
            if isinstance(item.value, sqlalchemy.Column):
                options = mapped_options(item.value)
                if options is not None:
                    _apply_annotation(cls, item)
                self._add(key, item.value, options)
            else:
                found = _columns_in(cls, item)
                self._property(key, item, found)
                for name, column in found:
                    self._add(name, column, mapped_options(column))

    def _add(self, key, column, options):
        name_column(column, key)
        self.keys[key] = column
        if id(column) not in self.known:
            self.known.add(id(column))
            self.declared.append(column)
        if options is not None and column.mapped.sort_order:
            self.reordered = True

    def _property(self, key, item, found):
        prop = item.value
        if isinstance(prop, RelationshipProperty) and item.annotation is not None:
            prop.annotation = item.annotation
        plain = isinstance(prop, ColumnProperty) and len(found) == 1 == len(prop.columns)
        if not plain:
            self.properties[key] = prop

    def sorted(self):
        return sorted(self.declared, key=_sort_order) if self.reordered else self.declared


def _sort_order(column):
    options = mapped_options(column)
    return options.sort_order if options is not None else 0


def _uses_existing(column):
    options = mapped_options(column)
    return options is not None and options.use_existing


# ---- the table ----


def _table_args(args):
    if not args:
        return (), {}
    if isinstance(args, dict):
        return (), args
    if not isinstance(args, (tuple, list)):
        raise ArgumentError("__table_args__ value must be a tuple, dict, or None")
    if isinstance(args[-1], dict):
        return tuple(args[:-1]), args[-1]
    return tuple(args), {}


def _metadata_of(cls):
    found = getattr(cls, "metadata", None)
    return found if found is not None else cls.registry.metadata


def _new_table(cls, name, scan, columns):
    args, kw = _table_args(scan.directive("__table_args__"))
    kw = dict(kw)
    if kw.pop("autoload", None) or "autoload_with" in kw:
        kw.setdefault("autoload_with", getattr(_metadata_of(cls), "bind", None))
    make = getattr(cls, "__table_cls__", sqlalchemy.Table)
    return make(name, _metadata_of(cls), *columns.sorted(), *args, **kw)


def _given_table(cls, columns):
    """__table__ = Table(...): further columns must be in it."""
    table = cls.__dict__["__table__"]
    if isinstance(table, declared_attr):
        table = table.__get__(None, cls)
        type.__setattr__(cls, "__table__", table)
    for column in columns.declared:
        if column.table is None and column.name not in table.c:
            raise ArgumentError(
                "Can't add additional column %r when specifying __table__" % column.key
            )
    known = {id(column) for column in columns.keys.values()}
    for key, column in list(columns.keys.items()):
        if column.table is None:
            columns.keys[key] = table.c[column.name]
    for column in table.columns:
        if id(column) not in known and column.key not in columns.keys:
            columns.keys.setdefault(column.key, column)
    return table


def _join_parents_table(cls, parent, scan, columns):
    """Single table inheritance: more columns for the parent's table."""
    if scan.own_table_args and scan.directive("__table_args__"):
        raise ArgumentError("Can't place __table_args__ on an inherited class with no table.")
    table = parent.__mapper__.local_table
    for column in columns.sorted():
        if column.primary_key:
            raise ArgumentError(
                "Can't place primary key columns on an inherited class with no table."
            )
        old = table.c.get(column.name)
        if old is None:
            table.append_column(column)
        elif old is column:
            continue
        elif _uses_existing(column):
            for key, each in columns.keys.items():
                if each is column:
                    columns.keys[key] = old
        else:
            raise ArgumentError(
                "Column '%s' on class %s conflicts with existing column '%s.%s'.  If using "
                "Declarative, consider using the use_existing_column parameter of mapped_column() "
                "to resolve conflicts." % (column.key, cls.__name__, table.name, column.name)
            )
    return table


def _check_key(cls, mapper, table):
    if mapper.inherits is not None or len(table.primary_key.columns):
        return
    if mapper.args.get("primary_key"):
        return
    raise ArgumentError(
        "Mapper %s could not assemble any primary key columns for mapped table '%s'"
        % (mapper, table.name)
    )


def _mapper_args(scan):
    args = dict(scan.directive("__mapper_args__") or {})
    for name in ("include_properties", "exclude_properties"):
        args.pop(name, None)
    return args


_REPLACED = (sqlalchemy.Column, declared_attr, ColumnProperty)
_set_attribute = type.__setattr__


def _install(cls, mapper):
    own = cls.__dict__
    for key, column in mapper._keys.items():
        value = own.get(key, _MISSING)
        if isinstance(value, _REPLACED) or (
            value is _MISSING and not _user_attribute(cls, key, column)
        ):
            _set_attribute(cls, key, column_attribute(cls, key, column))
    for key, prop in mapper._properties.items():
        if prop.parent is mapper and own.get(key) is not prop:
            _set_attribute(cls, key, prop)


def _user_attribute(cls, key, column):
    """Whether a base already gives this very column, or something of the user's own."""
    for base in cls.__mro__[1:]:
        value = base.__dict__.get(key)
        if isinstance(value, ColumnAttribute):
            return value.expression is column
        if value is not None:
            return not isinstance(value, (sqlalchemy.Column, declared_attr, MapperProperty))
    return False


def _table_of(cls, scan, columns):
    parent = scan.parent
    if "__table__" in cls.__dict__:
        return _given_table(cls, columns)
    name = scan.directive("__tablename__")
    if name is None and parent is None and "__table__" in scan.directives:
        return _given_table(cls, columns)
    if name is not None:
        return _new_table(cls, name, scan, columns)
    if parent is not None:
        return _join_parents_table(cls, parent, scan, columns)
    mixed_in = getattr(cls, "__table__", None)
    if isinstance(mixed_in, sqlalchemy.Table):
        type.__setattr__(cls, "__table__", mixed_in)
        return _given_table(cls, columns)
    raise InvalidRequestError(
        "Class %s does not have a __table__ or __tablename__ specified and does not inherit from "
        "an existing table-mapped class." % cls
    )


def map_class(cls):
    """Makes the table and the mapper of a class unless it is abstract."""
    if "__mapper__" in cls.__dict__:
        return
    declaring_begin(cls)
    try:
        scan = _Scan(cls)
        columns = _Columns(cls, scan.items)
        table = _table_of(cls, scan, columns)
        args = _mapper_args(scan)
    finally:
        declaring_end(cls)
    inherits = scan.parent.__mapper__ if scan.parent is not None else None
    mapper = Mapper(cls, table, columns.keys, columns.properties, inherits, args)
    _check_key(cls, mapper, table)
    type.__setattr__(cls, "__table__", table)
    missing = unserved(cls)
    if missing is not None:
        import _limbeck_ops

        _limbeck_ops.incomplete(table, missing)
    type.__setattr__(cls, "__mapper__", mapper)
    _install(cls, mapper)
    registry = getattr(cls, "registry", None)
    if registry is not None:
        registry._add(cls, mapper)


def map_table(cls, table, properties=None, inherits=None, **kw):
    """map_imperatively: a plain class and a table."""
    keys = {}
    others = {}
    taken = set()
    for key, value in (properties or {}).items():
        if isinstance(value, ColumnProperty) and len(value.columns) == 1:
            value = value.columns[0]
        if isinstance(value, sqlalchemy.Column) and value.table is not None:
            keys[key] = value
            taken.add(id(value))
        elif isinstance(value, MapperProperty):
            others[key] = value
    for column in table.columns if table is not None else ():
        if id(column) not in taken:
            keys.setdefault(column.key, column)
    if inherits is not None and not isinstance(inherits, Mapper):
        inherits = inherits.__mapper__
    table = table if table is not None else inherits.local_table
    mapper = Mapper(cls, table, keys, others, inherits, kw)
    cls.__mapper__ = mapper
    cls.__table__ = table
    for key, column in keys.items():
        type.__setattr__(cls, key, column_attribute(cls, key, column))
    for key, prop in others.items():
        type.__setattr__(cls, key, prop)
    return mapper
