# SPDX-License-Identifier: MIT
"""Bases of mapped classes: declarative_base(), DeclarativeBase, registry, dataclasses."""
import sqlalchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm._mapper import add_attribute
from sqlalchemy.orm._properties import MapperProperty, RelationshipProperty, mapped_options
from sqlalchemy.orm._scan import map_class, map_table


def default_constructor(self, **kw):
    cls = type(self)
    if RelationshipProperty.pending:
        configure_mappers()
    for key, value in kw.items():
        if not hasattr(cls, key):
            raise TypeError("%r is an invalid keyword argument for %s" % (key, cls.__name__))
        setattr(self, key, value)


def _wants_mapping(cls):
    return not cls.__dict__.get("__abstract__")


# ---- metaclasses ----


class DeclarativeAttributeIntercept(type):
    """Model.name = Column(...) after the class is mapped adds the column."""

    def __setattr__(cls, key, value):
        if "__mapper__" in cls.__dict__ and isinstance(value, (sqlalchemy.Column, MapperProperty)):
            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)


DCTransformDeclarative = DeclarativeAttributeIntercept


class DeclarativeMeta(DeclarativeAttributeIntercept):
    """The metaclass of declarative_base(): each class is mapped when it is made."""

    def __init__(cls, classname, bases, dict_, **kw):
        if "registry" not in cls.__dict__ and getattr(cls, "registry", None) is None:
            cls.registry = None
        if cls.registry is not None and _wants_mapping(cls):
            map_class(cls)
        type.__init__(cls, classname, bases, dict_)


class _ClauseElement:
    """select(User): the class stands for its table."""

    @classmethod
    def __clause_element__(cls):
        return cls.__mapper__.element


# ---- registries ----


class registry:
    def __init__(self, *, metadata=None, class_registry=None, type_annotation_map=None,
                 constructor=default_constructor, **kw):
        self.metadata = metadata if metadata is not None else sqlalchemy.MetaData()
        self.type_annotation_map = dict(type_annotation_map or {})
        self.constructor = constructor
        self._class_registry = class_registry if class_registry is not None else {}
        self._mappers = []

    def _add(self, cls, mapper):
        self._class_registry[cls.__name__] = cls
        self._mappers.append(mapper)

    @property
    def mappers(self):
        return frozenset(self._mappers)

    def update_type_annotation_map(self, type_annotation_map):
        self.type_annotation_map.update(type_annotation_map)

    def generate_base(self, mapper=None, cls=object, name="Base", metaclass=DeclarativeMeta):
        bases = cls if isinstance(cls, tuple) else (cls,)
        bases = tuple(base for base in bases if base is not object)
        body = {"registry": self, "metadata": self.metadata, "__abstract__": True}
        if isinstance(cls, type) and cls.__doc__:
            body["__doc__"] = cls.__doc__
        if self.constructor is not None:
            body["__init__"] = self.constructor
        if len(bases) == 1 and "__init__" in bases[0].__dict__:
            body.pop("__init__", None)
        return metaclass(name, bases + (_ClauseElement,), body)

    def as_declarative_base(self, **kw):
        def decorate(cls):
            return self.generate_base(cls=cls, name=cls.__name__, **kw)

        return decorate

    def mapped(self, cls):
        if "registry" not in cls.__dict__:
            cls.registry = self
        if not hasattr(cls, "metadata"):
            cls.metadata = self.metadata
        map_class(cls)
        if "__init__" not in cls.__dict__ and self.constructor is not None:
            cls.__init__ = self.constructor
        if not hasattr(cls, "__clause_element__"):
            cls.__clause_element__ = classmethod(lambda own: own.__mapper__.element)
        return cls

    def mapped_as_dataclass(self, cls=None, **kw):
        def decorate(cls):
            made = self.mapped(cls)
            _make_dataclass(made, kw)
            return made

        return decorate if cls is None else decorate(cls)

    def map_declaratively(self, cls):
        self.mapped(cls)
        return cls.__mapper__

    def map_imperatively(self, cls, local_table=None, *args, **kw):
        mapper = map_table(cls, local_table, *args, **kw)
        if not hasattr(cls, "__clause_element__"):
            cls.__clause_element__ = classmethod(lambda own: own.__mapper__.element)
        self._add(cls, mapper)
        return mapper

    def configure(self, cascade=False):
        """Nothing is put off."""

    def dispose(self, cascade=False):
        self._class_registry.clear()
        self._mappers.clear()


# ---- base classes ----


def _prepare_base(cls):
    """A direct subclass of DeclarativeBase: its registry and MetaData."""
    found = cls.__dict__.get("registry")
    metadata = cls.__dict__.get("metadata", getattr(cls, "metadata", None))
    if isinstance(found, registry):
        if cls.__dict__.get("type_annotation_map"):
            found.update_type_annotation_map(cls.__dict__["type_annotation_map"])
        cls.metadata = metadata if metadata is not None else found.metadata
    else:
        cls.registry = registry(
            metadata=metadata, type_annotation_map=getattr(cls, "type_annotation_map", None)
        )
        cls.metadata = cls.registry.metadata
    if getattr(cls, "__init__", None) is object.__init__:
        cls.__init__ = cls.registry.constructor


class DeclarativeBase(_ClauseElement, metaclass=DeclarativeAttributeIntercept):
    def __init_subclass__(cls, **kw):
        if DeclarativeBase in cls.__bases__:
            _prepare_base(cls)
        elif _wants_mapping(cls):
            map_class(cls)
        super().__init_subclass__(**kw)

    def __init__(self, **kw):
        default_constructor(self, **kw)


class DeclarativeBaseNoMeta(_ClauseElement):
    def __init_subclass__(cls, **kw):
        if DeclarativeBaseNoMeta in cls.__bases__:
            _prepare_base(cls)
        elif _wants_mapping(cls):
            map_class(cls)
        super().__init_subclass__(**kw)

    def __init__(self, **kw):
        default_constructor(self, **kw)


def declarative_base(*, metadata=None, bind=None, mapper=None, cls=object, name="Base",
                     class_registry=None, type_annotation_map=None,
                     constructor=default_constructor, metaclass=DeclarativeMeta, **kw):
    made = registry(
        metadata=metadata,
        class_registry=class_registry,
        type_annotation_map=type_annotation_map,
        constructor=constructor,
    )
    return made.generate_base(mapper=mapper, cls=cls, name=name, metaclass=metaclass)


def as_declarative(**kw):
    metadata = kw.pop("metadata", None)
    class_registry = kw.pop("class_registry", None)
    made = registry(metadata=metadata, class_registry=class_registry)
    return made.as_declarative_base(**kw)


def has_inherited_table(cls):
    return any(getattr(base, "__table__", None) is not None for base in cls.__mro__[1:])


def synonym_for(name, map_column=False):
    from sqlalchemy.orm._properties import synonym

    def decorate(fn):
        return synonym(name, map_column=map_column, descriptor=fn)

    return decorate


# ---- dataclasses ----

_MISSING = object()


class _Field:
    def __init__(self, name, options):
        self.name = name
        self.init = options.get("init", True)
        self.repr = options.get("repr", True)
        self.compare = options.get("compare", True)
        self.kw_only = options.get("kw_only", None)
        self.default = options.get("default", _MISSING)
        self.factory = options.get("default_factory", _MISSING)

    def has_default(self):
        return self.default is not _MISSING or self.factory is not _MISSING

    def value(self):
        if self.factory is not _MISSING:
            return self.factory()
        return None if self.default is _MISSING else self.default


def _field_options(mapper, key):
    prop = mapper._keys.get(key)
    if prop is not None:
        options = mapped_options(prop)
        return dict(options.dataclass) if options is not None else {}
    prop = mapper._properties.get(key)
    options = dict(getattr(prop, "kw", {}))
    if isinstance(prop, RelationshipProperty) and "default" not in options:
        options.setdefault("init", options.get("init", True))
    return options


def _dataclass_fields(cls):
    mapper = cls.__mapper__
    fields = {}
    for base in reversed(cls.__mro__):
        for key in base.__dict__.get("__annotations__", {}):
            if mapper.has_property(key):
                fields[key] = _Field(key, _field_options(mapper, key))
    return fields


def _make_dataclass(cls, options):
    fields = [f for f in _dataclass_fields(cls).values()]
    all_keywords = options.get("kw_only", False)
    taken = [f for f in fields if f.init]
    for field in taken:
        if field.kw_only is None:
            field.kw_only = all_keywords
    positional = [f for f in taken if not f.kw_only]
    name = cls.__qualname__

    def __init__(self, *args, **kw):
        if len(args) > len(positional):
            raise TypeError("%s.__init__() takes %d positional arguments but %d were given"
                            % (name, len(positional) + 1, len(args) + 1))
        given = {f.name: value for f, value in zip(positional, args)}
        given.update(kw)
        missing = [f.name for f in taken if f.name not in given and not f.has_default()]
        if missing:
            raise TypeError("%s.__init__() missing %d required argument%s: %s" % (
                name, len(missing), "" if len(missing) == 1 else "s",
                " and ".join(repr(each) for each in missing)))
        for field in fields:
            if field.name in given:
                setattr(self, field.name, given.pop(field.name))
            elif field.has_default():
                setattr(self, field.name, field.value())
        if given:
            raise TypeError("%s.__init__() got an unexpected keyword argument %r"
                            % (name, next(iter(given))))
        if hasattr(cls, "__post_init__"):
            self.__post_init__()

    def __repr__(self):
        return "%s(%s)" % (name, ", ".join(
            "%s=%r" % (f.name, getattr(self, f.name)) for f in fields if f.repr))

    if options.get("init", True) and "__init__" not in cls.__dict__:
        type.__setattr__(cls, "__init__", __init__)
    if options.get("repr", True) and "__repr__" not in cls.__dict__:
        type.__setattr__(cls, "__repr__", __repr__)


_DATACLASS_OPTIONS = (
    "init", "repr", "eq", "order", "unsafe_hash", "match_args", "kw_only", "dataclass_callable",
)


class MappedAsDataclass(metaclass=DeclarativeAttributeIntercept):
    def __init_subclass__(cls, **kw):
        given = {k: kw.pop(k) for k in _DATACLASS_OPTIONS if k in kw}
        inherited = getattr(cls, "_dataclass_options", {})
        type.__setattr__(cls, "_dataclass_options", {**inherited, **given})
        super().__init_subclass__(**kw)
        if "__mapper__" in cls.__dict__:
            _make_dataclass(cls, cls._dataclass_options)


def mapped_as_dataclass(registry_, **kw):
    return registry_.mapped_as_dataclass(**kw)


def unmapped_dataclass(cls=None, **kw):
    return (lambda each: each) if cls is None else cls


def class_mapper(cls, configure=True):
    mapper = getattr(cls, "__mapper__", None)
    if mapper is None:
        from sqlalchemy.orm.exc import UnmappedClassError

        raise UnmappedClassError("Class %r is not mapped" % (cls,))
    return mapper


def object_mapper(instance):
    return class_mapper(type(instance))


def configure_mappers():
    """Gives each backref its relationship."""
    from sqlalchemy.orm._relationships import configure

    configure()


def clear_mappers():
    raise InvalidRequestError("limbeck does not unmap classes")
