# SPDX-License-Identifier: MIT
"""Mapper: what is known of a mapped class."""
import sqlalchemy
from sqlalchemy.orm._native import ColumnAttribute, entity, name_column
from sqlalchemy.orm._properties import (
    ColumnProperty,
    CompositeProperty,
    MapperProperty,
    RelationshipProperty,
    SynonymProperty,
    watched,
)

# Which class a table is mapped to: the first one.
class_of_table = {}
# What stands for a class or an alias in statements: the id of its element -> the class, the alias.
elements = {}


def _missing(instance, key):
    """An object's attribute that has no value in its __dict__."""
    state = instance.__dict__.get("_sa_instance_state")
    return None if state is None else state.load(key)


def column_attribute(cls, key, column):
    """Of the class: the column. Of an object: its value, loaded when it is not there."""
    incoming = _incoming(cls, key, column) if watched else None
    return ColumnAttribute(key, column, _missing, incoming)


_function = type(_missing)
_validators_of = {}


def _validators(cls):
    """The @validates functions of a class by attribute."""
    found = _validators_of.get(cls)
    if found is None:
        found = _validators_of[cls] = {}
        for base in reversed(cls.__mro__):
            for fn in base.__dict__.values():
                if type(fn) is _function and hasattr(fn, "__sa_validators__"):
                    found.update(dict.fromkeys(fn.__sa_validators__[0], fn))
    return found


def _incoming(cls, key, column):
    """What happens to a value that is set: @validates, mutable types; None when nothing does."""
    fn = _validators(cls).get(key)
    coerce = getattr(column.type, "_sa_mutable", None)
    if coerce is None:
        return _validating(fn, key) if fn is not None else None
    if fn is None:
        return lambda instance, value: coerce.attach(instance, key, value)
    return lambda instance, value: coerce.attach(instance, key, fn(instance, key, value))


def _validating(fn, key):
    return lambda instance, value: fn(instance, key, value)


class _MappedColumnProperty(ColumnProperty):
    """A column of the table as an attribute."""

    def __init__(self, key, column, parent):
        super().__init__(column)
        self.key = key
        self.parent = parent


class _Attributes:
    """mapper.attrs: by name, by attribute, in order."""

    def __init__(self, items):
        self._items = items

    def __getattr__(self, name):
        try:
            return self._items[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name):
        return self._items[name]

    def __contains__(self, name):
        return name in self._items

    def __iter__(self):
        return iter(self._items.values())

    def __len__(self):
        return len(self._items)

    def keys(self):
        return list(self._items)

    def values(self):
        return list(self._items.values())

    def items(self):
        return list(self._items.items())

    def get(self, name, default=None):
        return self._items.get(name, default)


class Mapper:
    """
    `_keys` are the columns by the attribute that holds them, `_properties` the other attributes
    (relationships, synonyms, ...); both with what is inherited.
    """

    is_mapper = True

    def __init__(self, cls, table, keys, properties=None, inherits=None, args=None):
        self.class_ = cls
        self.local_table = table
        self.inherits = inherits
        self.args = args or {}
        self.polymorphic_identity = self.args.get("polymorphic_identity")
        self.concrete = bool(self.args.get("concrete"))
        self._own_polymorphic_on = self.args.get("polymorphic_on")
        self._children = []
        follows = inherits is not None and not self.concrete
        self._keys = dict(inherits._keys) if follows else {}
        self._keys.update(keys)
        self._properties = dict(inherits._properties) if follows else {}
        self._properties.update(properties or {})
        for key, each in (properties or {}).items():
            each.key = key
            each.parent = self
        if inherits is not None:
            inherits._children.append(self)
        class_of_table.setdefault(table, cls)
        self.plan = None  # of sessions: how the class is loaded and stored
        self._element = None

    def __repr__(self):
        return "<Mapper at 0x%x; %s>" % (id(self), self.class_.__name__)

    def __str__(self):
        return "Mapper[%s(%s)]" % (self.class_.__name__, self.local_table.name)

    # ---- tables and columns ----

    @property
    def entity(self):
        return self.class_

    @property
    def element(self):
        """What stands for the class in statements: the same object each time."""
        if self._element is None:
            source = self.persist_selectable
            self._element = entity(source) if isinstance(source, sqlalchemy.Table) else source
            elements[id(self._element)] = self.class_
        return self._element

    def __clause_element__(self):
        return self.element

    @property
    def mapper(self):
        return self

    @property
    def selectable(self):
        return self.local_table

    @property
    def persist_selectable(self):
        if self.inherits is None or self.concrete or self.single:
            return self.local_table
        return self.inherits.persist_selectable.join(self.local_table)

    mapped_table = persist_selectable

    @property
    def single(self):
        return self.inherits is not None and self.inherits.local_table is self.local_table

    @property
    def tables(self):
        own = [self.local_table]
        if self.inherits is None or self.concrete:
            return own
        return self.inherits.tables + ([] if self.single else own)

    @property
    def columns(self):
        return _Attributes(self._keys)

    c = columns

    @property
    def primary_key(self):
        table = self.tables[0] if self.inherits is not None else self.local_table
        return tuple(table.primary_key.columns)

    @property
    def polymorphic_on(self):
        mine = self._own_polymorphic_on
        if mine is None:
            return self.inherits.polymorphic_on if self.inherits is not None else None
        if isinstance(mine, str):
            return self._keys.get(mine)
        return mine.columns[0] if isinstance(mine, ColumnProperty) else mine

    # ---- the family ----

    @property
    def base_mapper(self):
        return self if self.inherits is None else self.inherits.base_mapper

    @property
    def self_and_descendants(self):
        found = [self]
        for each in self._children:
            found += each.self_and_descendants
        return found

    @property
    def polymorphic_map(self):
        return {
            each.polymorphic_identity: each
            for each in self.base_mapper.self_and_descendants
            if each.polymorphic_identity is not None
        }

    def iterate_to_root(self):
        mapper = self
        while mapper is not None:
            yield mapper
            mapper = mapper.inherits

    def isa(self, other):
        return other in self.iterate_to_root()

    # ---- attributes ----

    @property
    def attrs(self):
        items = {k: _MappedColumnProperty(k, c, self) for k, c in self._keys.items()}
        items.update(self._properties)
        return _Attributes(items)

    @property
    def iterate_properties(self):
        return self.attrs.values()

    def _of_kind(self, kind):
        return _Attributes({k: p for k, p in self.attrs.items() if isinstance(p, kind)})

    @property
    def column_attrs(self):
        return self._of_kind(ColumnProperty)

    @property
    def relationships(self):
        return self._of_kind(RelationshipProperty)

    @property
    def synonyms(self):
        return self._of_kind(SynonymProperty)

    @property
    def composites(self):
        return self._of_kind(CompositeProperty)

    @property
    def all_orm_descriptors(self):
        found = dict(self.attrs.items())
        for base in reversed(self.class_.__mro__):
            for name, value in base.__dict__.items():
                if getattr(value, "extension_type", None) is not None:
                    found[name] = value
        return _Attributes(found)

    def has_property(self, key):
        return key in self._keys or key in self._properties

    def get_property(self, key):
        if not self.has_property(key):
            raise sqlalchemy.exc.InvalidRequestError(
                "Mapper '%s' has no property '%s'" % (self, key)
            )
        return self.attrs[key]

    def get_property_by_column(self, column):
        for key, each in self._keys.items():
            if each is column:
                return self.attrs[key]
        raise sqlalchemy.exc.InvalidRequestError("%s is not mapped by %s" % (column, self))

    def add_property(self, key, prop):
        """A Column joins the table; another property the class."""
        add_attribute(self.class_, key, prop)

    def add_properties(self, properties):
        for key, prop in properties.items():
            self.add_property(key, prop)

    def primary_key_from_instance(self, instance):
        return [getattr(instance, c.key) for c in self.primary_key]


def add_attribute(cls, key, value):
    """What `Model.key = value` means for a class that is mapped."""
    mapper = cls.__dict__["__mapper__"]
    if isinstance(value, ColumnProperty) and value.columns:
        first = value.columns[0]
        if isinstance(first, sqlalchemy.Column) and first.table is None:
            value = first
    if isinstance(value, sqlalchemy.Column):
        name_column(value, key)
        if value.table is None:
            mapper.local_table.append_column(value)
        mapper._keys[key] = value
        mapper.plan = None
        type.__setattr__(cls, key, column_attribute(cls, key, value))
        return
    if isinstance(value, MapperProperty):
        value.key = key
        value.parent = mapper
        mapper._properties[key] = value
        mapper.plan = None
    type.__setattr__(cls, key, value)


def column_of_attribute(table, name):
    """The column that update(Model).values(name=...) means. Called by Limbeck."""
    cls = class_of_table.get(table)
    return None if cls is None else cls.__mapper__._keys.get(name)


def is_mapped(cls):
    return isinstance(cls, type) and "__mapper__" in cls.__dict__


def mapped_parent(cls):
    """The nearest class above that has a table."""
    for base in cls.__mro__[1:]:
        if "__mapper__" in base.__dict__:
            return base
    return None
