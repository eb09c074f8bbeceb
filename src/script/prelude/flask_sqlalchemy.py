# SPDX-License-Identifier: MIT
"""Flask-SQLAlchemy: models, metadata by bind key, engines of the application's configuration."""
import os
import re

import sqlalchemy
import sqlalchemy.orm
from sqlalchemy.orm import DeclarativeBase, DeclarativeBaseNoMeta, DeclarativeMeta, declared_attr

__version__ = "3.1.1"

_BINDS_ALL = "__all__"


def camel_to_snake_case(name):
    name = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name)
    return name.lower().lstrip("_")


# ---- models ----


def should_set_tablename(cls):
    """A class gets a name by itself unless a base has a table that it belongs to."""
    if cls.__dict__.get("__abstract__", False):
        return False
    if not issubclass(cls, (DeclarativeBase, DeclarativeBaseNoMeta)) and not any(
        isinstance(b, DeclarativeMeta) for b in cls.__mro__[1:]
    ):
        return False
    for base in cls.__mro__:
        if "__tablename__" not in base.__dict__:
            continue
        if isinstance(base.__dict__["__tablename__"], declared_attr):
            return False
        return not (
            base is cls
            or base.__dict__.get("__abstract__", False)
            or not (
                isinstance(base, DeclarativeMeta)
                or DeclarativeBase in base.__bases__
                or DeclarativeBaseNoMeta in base.__bases__
                or issubclass(base, (DeclarativeBase, DeclarativeBaseNoMeta))
            )
        )
    return True


def _has_key(cls):
    """Whether the class itself, or what it mixes in, declares a primary key."""
    for base in cls.__mro__:
        if "__mapper__" in base.__dict__:
            continue
        for value in base.__dict__.values():
            if isinstance(value, declared_attr) and base is not object:
                continue
            if isinstance(value, sqlalchemy.Column) and value.primary_key:
                return True
        for hint in base.__dict__.get("__annotations__", {}).values():
            if "primary_key" in str(getattr(hint, "item", "")):
                return True
    return False


def _set_bind(cls):
    if not hasattr(cls, "__fsa__"):
        return
    key = getattr(cls, "__bind_key__", None)
    parent = getattr(cls, "metadata", None)
    metadata = cls.__fsa__._make_metadata(key)
    if metadata is not parent:
        cls.metadata = metadata


def _set_name(cls):
    if not should_set_tablename(cls):
        return
    if any("__mapper__" in base.__dict__ for base in cls.__mro__[1:]) and not _has_key(cls):
        return
    if "__table__" not in cls.__dict__:
        cls.__tablename__ = camel_to_snake_case(cls.__name__)


class BindMixin:
    @classmethod
    def __init_subclass__(cls, **kw):
        if not ("__tablename__" not in cls.__dict__ and "__table__" in cls.__dict__):
            _set_bind(cls)
        super().__init_subclass__(**kw)


class NameMixin:
    @classmethod
    def __init_subclass__(cls, **kw):
        _set_name(cls)
        super().__init_subclass__(**kw)


class BindMetaMixin(type):
    def __init__(cls, name, bases, d, **kw):
        if "metadata" not in cls.__dict__ and "__table__" not in cls.__dict__:
            _set_bind(cls)
        super().__init__(name, bases, d, **kw)


class NameMetaMixin(type):
    def __init__(cls, name, bases, d, **kw):
        _set_name(cls)
        super().__init__(name, bases, d, **kw)


class DefaultMeta(BindMetaMixin, NameMetaMixin, DeclarativeMeta):
    pass


class DefaultMetaNoName(BindMetaMixin, DeclarativeMeta):
    pass


class Pagination:
    pass


class Query(sqlalchemy.orm.Query):
    pass


BaseQuery = Query


class _QueryProperty:
    def __get__(self, obj, cls):
        return cls.query_class(cls, session=cls.__fsa__.session())


class Model:
    query_class = Query
    query = _QueryProperty()

    def __repr__(self):
        return "<%s>" % type(self).__name__


# ---- tables ----


def _table_class(db):
    class Table(sqlalchemy.Table):
        def __new__(cls, *args, **kw):
            return _make_table(db, *args, **kw)

    return lambda *args, **kw: _make_table(db, *args, **kw)


def _make_table(db, name, *args, bind_key=None, **kw):
    if not args or not isinstance(args[0], sqlalchemy.MetaData):
        key = bind_key or (kw.get("info") or {}).get("bind_key")
        args = (db._make_metadata(key),) + args
    return sqlalchemy.Table(name, *args, **kw)


# ---- the extension ----


class SQLAlchemy:
    def __init__(self, app=None, *, metadata=None, session_options=None, query_class=Query,
                 model_class=Model, engine_options=None, add_models_to_shell=True,
                 disable_autonaming=False, use_native_unicode=None):
        self.Query = query_class
        self._engine_options = engine_options or {}
        self._engines = {}
        self._app = None
        self.metadatas = {}
        base = self._given_metadata(model_class)
        if metadata is None:
            metadata = base if base is not None else sqlalchemy.MetaData()
        metadata.info["bind_key"] = None
        self.metadatas[None] = metadata
        self.Model = self._make_base(model_class, disable_autonaming)
        self.Table = _table_class(self)
        self.session = sqlalchemy.orm.scoped_session(
            lambda: sqlalchemy.orm.Session(bind=self.engine)
        )
        if app is not None:
            self.init_app(app)

    @staticmethod
    def _given_metadata(model_class):
        found = getattr(model_class, "metadata", None) if isinstance(model_class, type) else None
        return found if isinstance(found, sqlalchemy.MetaData) else None

    def _make_base(self, model_class, disable_autonaming):
        if isinstance(model_class, type) and (
            DeclarativeBase in model_class.__bases__
            or DeclarativeBaseNoMeta in model_class.__bases__
            or any(b in model_class.__mro__ for b in (DeclarativeBase, DeclarativeBaseNoMeta))
        ):
            model = self._declarative_base(model_class, disable_autonaming)
        elif isinstance(model_class, type) and not isinstance(model_class, DeclarativeMeta):
            model = sqlalchemy.orm.declarative_base(
                metadata=self.metadatas[None],
                cls=model_class,
                name="Model",
                metaclass=DefaultMetaNoName if disable_autonaming else DefaultMeta,
            )
        else:
            model = model_class
            self.metadatas[None] = model.metadata
        model.__fsa__ = self
        if getattr(model, "query_class", None) is None or model.query_class is Query:
            model.query_class = self.Query
        return model

    def _declarative_base(self, model_class, disable_autonaming):
        mixins = (BindMixin,) if disable_autonaming else (BindMixin, NameMixin)
        kinds = (DeclarativeBase, DeclarativeBaseNoMeta)
        kind = next(k for k in kinds if k in model_class.__mro__)
        others = tuple(b for b in model_class.__bases__ if b not in kinds)
        body = dict(model_class.__dict__)
        for name in ("__dict__", "__weakref__", "registry", "_sa_registry", "__mapper__"):
            body.pop(name, None)
        given = model_class.__dict__.get("registry")
        if given is not None and model_class.__dict__.get("type_annotation_map") is None:
            body["type_annotation_map"] = dict(given.type_annotation_map)
        body["metadata"] = self.metadatas[None]
        return type(model_class)("FlaskSQLAlchemyBase", mixins + others + (Model, kind), body)

    # ---- application ----

    def init_app(self, app):
        self._app = app
        app.extensions["sqlalchemy"] = self

    def get_app(self, reference_app=None):
        return reference_app or self._application()

    def _application(self):
        from flask import _stack, current_app

        if _stack:
            return _stack[-1]
        return self._app or current_app._get_current_object()

    # ---- metadata ----

    def _make_metadata(self, bind_key):
        if bind_key not in self.metadatas:
            made = sqlalchemy.MetaData(
                naming_convention=self.metadatas[None].naming_convention
            )
            made.info["bind_key"] = bind_key
            self.metadatas[bind_key] = made
        return self.metadatas[bind_key]

    @property
    def metadata(self):
        return self.metadatas[None]

    def get_tables_for_bind(self, bind=None):
        return list(self.metadatas[bind].tables.values()) if bind in self.metadatas else []

    def make_declarative_base(self, model, metadata=None):
        return self.Model

    # ---- engines ----

    def _url(self, bind_key):
        config = self._application().config
        if bind_key is None:
            found = config.get("SQLALCHEMY_DATABASE_URI")
        else:
            found = (config.get("SQLALCHEMY_BINDS") or {}).get(bind_key)
        if isinstance(found, dict):
            found = found.get("url")
        if not found and bind_key is not None:
            raise RuntimeError("Bind key %r is not in 'SQLALCHEMY_BINDS' config." % bind_key)
        return self._in_instance(sqlalchemy.make_url(found)) if found else None

    def _in_instance(self, url):
        """A relative SQLite file lies in the instance folder (before 3.0: beside the package)."""
        path = url.database
        if not url.drivername.startswith("sqlite") or path in (None, "", ":memory:"):
            return url
        if os.path.isabs(path) or path.startswith("file:"):
            return url
        app = self._application()
        here = os.path.join(app.instance_path, path)
        before = os.path.join(app.root_path, path)
        if not os.path.exists(here) and os.path.exists(before):
            return url.set(database=before)
        sqlalchemy.make_directory(app.instance_path)
        return url.set(database=here)

    def _made_engine(self, url):
        """For an application that says none, the URL of the environment; --url wins over all."""
        url = url or os.environ.get("DATABASE_URL") or os.environ.get("SQLALCHEMY_DATABASE_URI")
        try:
            return sqlalchemy.engine_from_config({"sqlalchemy.url": url} if url else {})
        except KeyError:
            raise RuntimeError(
                "Either 'SQLALCHEMY_DATABASE_URI' or 'SQLALCHEMY_BINDS' must be set."
            ) from None

    def get_engine(self, bind_key=None, app=None, bind=None, **kw):
        key = bind_key if bind_key is not None else bind
        if key not in self._engines:
            self._engines[key] = self._made_engine(self._url(key))
        return self._engines[key]

    @property
    def engine(self):
        return self.get_engine()

    @property
    def engines(self):
        config = self._application().config
        keys = list(config.get("SQLALCHEMY_BINDS") or {})
        if config.get("SQLALCHEMY_DATABASE_URI"):
            keys.insert(0, None)
        return {key: self.get_engine(key) for key in keys}

    def _each(self, bind_key, call):
        keys = self.metadatas if bind_key == _BINDS_ALL else [bind_key]
        for key in keys:
            call(self.metadatas[key], self.get_engine(key))

    def create_all(self, bind_key=_BINDS_ALL, **kw):
        self._each(bind_key, lambda metadata, engine: metadata.create_all(engine))

    def drop_all(self, bind_key=_BINDS_ALL, **kw):
        self._each(bind_key, lambda metadata, engine: metadata.drop_all(engine))

    def reflect(self, bind_key=_BINDS_ALL, **kw):
        self._each(bind_key, lambda metadata, engine: metadata.reflect(engine))

    # ---- names of SQLAlchemy ----

    def relation(self, *args, **kw):
        return sqlalchemy.orm.relationship(*args, **kw)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "event":
            from sqlalchemy import event

            return event
        for module in (sqlalchemy, sqlalchemy.orm):
            try:
                return getattr(module, name)
            except AttributeError:
                continue
        raise AttributeError(name)


def get_debug_queries():
    return []


class SignallingSession(sqlalchemy.orm.Session):
    pass


_app_models = models_committed = before_models_committed = None
