# SPDX-License-Identifier: MIT
"""What stands in the bodies of mapped classes."""
import sqlalchemy
from sqlalchemy.orm._annotations import Mapped


class MapperProperty:
    """An attribute of a mapped class; `key` and `parent` are set when the class is mapped."""

    key = None
    parent = None
    doc = None

    @property
    def class_attribute(self):
        return getattr(self.parent.class_, self.key)


class RelationshipProperty(MapperProperty):
    """
    relationship(...): what was given, by name. `annotation` is what stood inside Mapped[...]. What
    it means is its Relation, made when a session or a query first asks.
    """

    annotation = None
    lazy = "select"
    known = None
    pending = []  # those whose backref is still to be made

    def __init__(self, argument=None, secondary=None, **kw):
        self.argument = argument
        self.secondary = secondary
        self.kw = kw
        if kw.get("backref") is not None:
            RelationshipProperty.pending.append(self)

    @property
    def back_populates(self):
        return self.kw.get("back_populates")

    @property
    def backref(self):
        return self.kw.get("backref")

    @property
    def relation(self):
        return self.known or _relationships().relation_of(self)

    # ---- as inspect(Model).relationships gives it ----

    @property
    def mapper(self):
        return self.relation.target

    @property
    def entity(self):
        return self.relation.target

    @property
    def uselist(self):
        return self.relation.uselist

    @property
    def local_columns(self):
        return {local for local, _ in self.relation.pairs}

    @property
    def remote_side(self):
        return {remote for _, remote in self.relation.pairs + self.relation.target_pairs}

    # ---- as an attribute ----

    def __get__(self, instance, owner):
        if instance is not None:
            return _relationships().get(self, instance)
        from sqlalchemy.orm._comparators import RelationshipAttribute

        return RelationshipAttribute(self, owner)

    def __set__(self, instance, value):
        _relationships().put(self, instance, value)

    def will_change(self, owner):
        _relationships().touch(self, owner)

    def added(self, owner, item):
        _relationships().added(self, owner, item)

    def removed(self, owner, item):
        _relationships().removed(self, owner, item)


def _relationships():
    from sqlalchemy.orm import _relationships

    return _relationships


class Relationship(RelationshipProperty, Mapped):
    pass


class ColumnProperty(MapperProperty):
    """Columns and expressions as an attribute."""

    def __init__(self, *columns, **kw):
        self.columns = list(columns)
        self.kw = kw

    @property
    def expression(self):
        return self.columns[0]

    def __clause_element__(self):
        return self.columns[0]

    def __get__(self, instance, owner):
        if instance is None:
            return self.columns[0] if self.columns else self
        if self.key not in instance.__dict__:
            state = instance.__dict__.get("_sa_instance_state")
            return None if state is None else state.load(self.key)
        return instance.__dict__[self.key]

    def __set__(self, instance, value):
        instance.__dict__[self.key] = value


MappedSQLExpression = ColumnProperty


class SynonymProperty(MapperProperty):
    def __init__(self, name, map_column=None, descriptor=None, **kw):
        self.name = name
        self.map_column = map_column
        self.descriptor = descriptor

    def __get__(self, instance, owner):
        return getattr(owner if instance is None else instance, self.name)

    def __set__(self, instance, value):
        setattr(instance, self.name, value)


Synonym = SynonymProperty


class CompositeProperty(MapperProperty):
    def __init__(self, class_or_attr=None, *attrs, **kw):
        self.composite_class = class_or_attr
        self.attrs = attrs
        self.kw = kw


Composite = CompositeProperty

_DATACLASS_KEYWORDS = frozenset(
    "init repr default_factory compare kw_only hash dataclass_metadata".split()
)
_LOADING_KEYWORDS = frozenset("deferred deferred_group deferred_raiseload active_history".split())


_OWN_KEYWORDS = (
    _DATACLASS_KEYWORDS
    | _LOADING_KEYWORDS
    | {"sort_order", "use_existing_column", "default", "insert_default"}
)


class MappedOptions:
    """What a mapped_column() was given beyond a Column; copies of the column share it."""

    sort_order = 0
    use_existing = False
    dataclass = {}

    def __init__(self, kw):
        self.says_nullable = kw.get("nullable") is not None
        if not _OWN_KEYWORDS.isdisjoint(kw):
            self._take(kw)

    def _take(self, kw):
        self.sort_order = kw.pop("sort_order", 0)
        self.use_existing = kw.pop("use_existing_column", False)
        self.dataclass = {k: kw.pop(k) for k in list(kw) if k in _DATACLASS_KEYWORDS}
        for name in list(kw):
            if name in _LOADING_KEYWORDS:
                kw.pop(name)
        if "default" in kw:
            self.dataclass["default"] = kw["default"]
        if "insert_default" in kw:
            kw["default"] = kw.pop("insert_default")

    def merged(self, other):
        """With what another says where these are silent."""
        both = MappedOptions({})
        both.says_nullable = self.says_nullable or other.says_nullable
        both.sort_order = self.sort_order or other.sort_order
        both.use_existing = self.use_existing or other.use_existing
        both.dataclass = {**other.dataclass, **self.dataclass}
        return both


class MappedColumn(sqlalchemy.Column):
    """mapped_column(...): a Column whose type and nullability may come from the annotation."""

    inherit_cache = True

    def __init__(self, *args, **kw):
        self.mapped = MappedOptions(kw)
        super().__init__(*args, **kw)

    @property
    def column(self):
        return self


def mapped_options(column):
    """The MappedOptions of a mapped_column() or of a copy of one; None of a plain Column."""
    return getattr(column, "mapped", None)


def copy_column(column):
    copy = column._copy()
    options = mapped_options(column)
    if options is not None:
        copy.mapped = options
    return copy


def mapped_column(*args, **kw):
    return MappedColumn(*args, **kw)


def relationship(argument=None, secondary=None, **kw):
    return Relationship(argument, secondary, **kw)


relation = relationship


def dynamic_loader(argument=None, **kw):
    kw["lazy"] = "dynamic"
    return Relationship(argument, **kw)


def backref(name, **kw):
    return (name, kw)


def column_property(column, *columns, **kw):
    return ColumnProperty(column, *columns, **kw)


def deferred(column, *columns, **kw):
    return ColumnProperty(column, *columns, deferred=True, **kw)


def query_expression(default_expr=None, **kw):
    return ColumnProperty(*([] if default_expr is None else [default_expr]), **kw)


def orm_insert_sentinel(name=None, type_=None, **kw):
    return MappedColumn(name, type_ or sqlalchemy.Integer, nullable=True, **kw)


def synonym(name, **kw):
    return SynonymProperty(name, **kw)


def composite(class_or_attr=None, *attrs, **kw):
    return CompositeProperty(class_or_attr, *attrs, **kw)


def foreign(expr):
    return expr


def remote(expr):
    return expr


# What was done that may change values on their way into attributes: @validates, mutable types.
watched = []


def validates(*names, **kw):
    """Marks the function; `__sa_validators__` is (names, options)."""

    def decorate(fn):
        fn.__sa_validators__ = (names, kw)
        watched.append(fn)
        return fn

    return decorate


def reconstructor(fn):
    fn.__sa_reconstructor__ = True
    return fn


def declarative_mixin(cls):
    return cls


# ---- declared_attr ----

# While a class is mapped: what its declared_attrs gave, so that each runs once.
_declaring = {}


def declaring_begin(cls):
    _declaring[cls] = {}


def declaring_end(cls):
    _declaring.pop(cls, None)


class declared_attr(Mapped):
    cascading_ = False

    def __init__(self, fn, cascading=False):
        self.fget = fn.__func__ if isinstance(fn, classmethod) else fn
        self.cascading_ = self.cascading_ or cascading
        self.__doc__ = getattr(fn, "__doc__", None)

    def __get__(self, instance, owner):
        known = _declaring.get(owner)
        if known is None:
            return self.fget(owner)
        if self not in known:
            known[self] = self.fget(owner)
        return known[self]


class _Directive(declared_attr):
    pass


class _Cascading(declared_attr):
    cascading_ = True


class _CascadingDirective(_Directive):
    cascading_ = True


declared_attr.directive = _Directive
declared_attr.cascading = _Cascading
_Cascading.directive = _CascadingDirective
_Directive.cascading = _CascadingDirective
