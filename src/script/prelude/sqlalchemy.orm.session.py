# SPDX-License-Identifier: MIT
"""Sessions and queries for data migrations: objects in, statements out; no loading of relationships."""
import sqlalchemy
from sqlalchemy.util import _call_default


def _refuse(what):
    raise NotImplementedError("limbeck does not serve %s of sqlalchemy.orm" % what)


def _is_mapped(value):
    return isinstance(value, type) and "__table__" in value.__dict__


def _classes():
    from sqlalchemy import orm

    return orm._class_of_table


class _Row(tuple):
    """A row of several entities."""


class _Loader:
    """Makes what a statement's rows stand for: objects, values, or rows of them."""

    def __init__(self, session, statement):
        self.session = session
        self.parts = []
        for entity in statement._raw_columns:
            cls = None
            if isinstance(entity, sqlalchemy.Table):
                cls = _classes().get(entity)
                self.parts.append((cls, len(entity.columns)))
            else:
                self.parts.append((None, 1))
        self.has_objects = any(cls for cls, _ in self.parts)

    def row(self, row):
        values = []
        at = 0
        for cls, count in self.parts:
            if cls is None:
                values.extend(row[at : at + count])
            else:
                values.append(self.session._load(cls, row[at : at + count]))
            at += count
        return values


class _Result:
    def __init__(self, rows, scalars=False):
        self._rows = iter(rows)
        self._scalars = scalars

    def _next(self):
        for row in self._rows:
            return row[0] if self._scalars else row
        return None

    def scalars(self, index=0):
        return _Result(((row[index],) for row in self._rows), True)

    def unique(self, strategy=None):
        seen = []
        for row in self._rows:
            if row not in seen:
                seen.append(row)
        self._rows = iter(seen)
        return self

    def __iter__(self):
        for row in self._rows:
            yield row[0] if self._scalars else row

    def all(self):
        return list(self)

    fetchall = all

    def first(self):
        return self._next()

    fetchone = first

    def one_or_none(self):
        rows = self.all()
        if len(rows) > 1:
            raise sqlalchemy.exc.MultipleResultsFound(
                "Multiple rows were found when one or none was required"
            )
        return rows[0] if rows else None

    def one(self):
        rows = self.all()
        if not rows:
            raise sqlalchemy.exc.NoResultFound("No row was found when one was required")
        if len(rows) > 1:
            raise sqlalchemy.exc.MultipleResultsFound(
                "Multiple rows were found when exactly one was required"
            )
        return rows[0]

    def scalar(self):
        row = self._next()
        return row if self._scalars or row is None else row[0]

    def scalar_one(self):
        row = self.one()
        return row if self._scalars else row[0]

    def scalar_one_or_none(self):
        row = self.one_or_none()
        return row if self._scalars or row is None else row[0]


def _key(cls, values):
    return (cls, tuple(values))


def _columns(cls):
    return cls.__mapper__._keys


class Session:
    def __init__(self, bind=None, autoflush=True, future=True, expire_on_commit=True, **kw):
        self.bind = bind
        self.autoflush = autoflush
        self.info = {}
        self._connection = None
        self._opened = False
        self._identity = {}
        self._new = []
        self._deleted = []

    def __class_getitem__(cls, item):
        return cls

    # ---- the connection ----

    def connection(self, **kw):
        if self._connection is None:
            if self.bind is None:
                raise sqlalchemy.exc.UnboundExecutionError("this Session has no bind")
            if isinstance(self.bind, sqlalchemy.Engine):
                self._connection = self.bind.connect()
                self._opened = True
            else:
                self._connection = self.bind
        return self._connection

    def get_bind(self, *args, **kw):
        return self.bind

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, traceback):
        self.close()

    def begin(self, *args, **kw):
        return _Transaction(self)

    def begin_nested(self):
        self.flush()
        return self.connection().begin_nested()

    def in_transaction(self):
        return self.connection().in_transaction()

    def commit(self):
        self.flush()
        self.connection().commit()

    def rollback(self):
        self._new = []
        self._deleted = []
        self._identity = {}
        if self._connection is not None:
            self._connection.rollback()

    def close(self):
        self._new = []
        self._deleted = []
        self._identity = {}
        if self._opened:
            self._connection.close()
            self._opened = False
        self._connection = None

    @property
    def no_autoflush(self):
        return _NoFlush(self)

    # ---- objects ----

    @property
    def new(self):
        return list(self._new)

    @property
    def deleted(self):
        return list(self._deleted)

    @property
    def dirty(self):
        return [obj for obj in self._identity.values() if self._changes(obj)]

    def __contains__(self, obj):
        return any(obj is each for each in self._new) or any(
            obj is each for each in self._identity.values()
        )

    def add(self, obj):
        if "_sa_loaded" not in obj.__dict__ and not any(obj is each for each in self._new):
            self._new.append(obj)

    def add_all(self, objs):
        for obj in objs:
            self.add(obj)

    def delete(self, obj):
        self._deleted.append(obj)

    def expunge(self, obj):
        self._new = [each for each in self._new if each is not obj]
        self._identity = {k: v for k, v in self._identity.items() if v is not obj}

    def expunge_all(self):
        self._new = []
        self._identity = {}

    def expire(self, obj, attribute_names=None):
        self.refresh(obj)

    def expire_all(self):
        pass

    def refresh(self, obj, *args, **kw):
        self.flush()
        cls = type(obj)
        row = self.connection().execute(
            sqlalchemy.select(cls.__table__).where(*self._where(obj))
        ).one()
        self._fill(cls, obj, row)

    def merge(self, obj, **kw):
        cls = type(obj)
        keys = self._primary_keys(cls)
        found = self.get(cls, tuple(obj.__dict__.get(key) for key in keys))
        if found is None:
            self.add(obj)
            return obj
        for key in _columns(cls):
            if key in obj.__dict__:
                setattr(found, key, obj.__dict__[key])
        return found

    def _primary_keys(self, cls):
        return [key for key, column in _columns(cls).items() if column.primary_key]

    def _load(self, cls, values):
        by_column = dict(zip([column.name for column in cls.__table__.columns], values))
        keys = self._primary_keys(cls)
        columns = _columns(cls)
        identity = [by_column[columns[key].name] for key in keys]
        if all(value is None for value in identity):
            return None
        obj = self._identity.get(_key(cls, identity))
        if obj is None:
            obj = cls.__new__(cls)
            self._fill(cls, obj, values)
            self._identity[_key(cls, identity)] = obj
        return obj

    def _fill(self, cls, obj, values):
        by_column = dict(zip([column.name for column in cls.__table__.columns], values))
        loaded = {key: by_column[column.name] for key, column in _columns(cls).items()}
        obj.__dict__.update(loaded)
        obj.__dict__["_sa_loaded"] = loaded

    def _changes(self, obj):
        loaded = obj.__dict__["_sa_loaded"]
        return {
            key: obj.__dict__[key]
            for key in loaded
            if key in obj.__dict__ and obj.__dict__[key] != loaded[key]
        }

    def _where(self, obj):
        cls = type(obj)
        loaded = obj.__dict__["_sa_loaded"]
        return [_columns(cls)[key] == loaded[key] for key in self._primary_keys(cls)]

    # ---- flush ----

    def flush(self, objects=None):
        self._cascade()
        order = {}
        for obj in self._new:
            metadata = type(obj).__table__.metadata
            for number, table in enumerate(metadata.sorted_tables):
                order.setdefault(table.key, number)
        new, self._new = self._new, []
        for obj in sorted(new, key=lambda each: order.get(type(each).__table__.key, 0)):
            self._insert(obj)
        for obj in list(self._identity.values()):
            changes = self._changes(obj)
            if changes:
                self._update(obj, changes)
        deleted, self._deleted = self._deleted, []
        for obj in deleted:
            self.connection().execute(
                sqlalchemy.delete(type(obj).__table__).where(*self._where(obj))
            )
            self.expunge(obj)

    def _related(self, obj):
        for name, value in list(obj.__dict__.items()):
            if name.startswith("_sa_") or name in _columns(type(obj)):
                continue
            for each in value if isinstance(value, (list, set, tuple)) else [value]:
                if _is_mapped(type(each)):
                    yield each, isinstance(value, (list, set, tuple))

    def _cascade(self):
        seen = list(self._new)
        for obj in seen:
            for other, _ in self._related(obj):
                if "_sa_loaded" not in other.__dict__ and not any(other is s for s in seen):
                    seen.append(other)
        self._new = seen

    def _link(self, child, parent):
        """The child's foreign key columns get the parent's values."""
        for key, column in _columns(type(child)).items():
            for foreign in column.foreign_keys:
                for name, target in _columns(type(parent)).items():
                    if column.references(target) and name in parent.__dict__:
                        child.__dict__[key] = parent.__dict__[name]

    def _insert(self, obj):
        cls = type(obj)
        values = {}
        for other, many in self._related(obj):
            if not many and "_sa_loaded" in other.__dict__:
                self._link(obj, other)
        for key, column in _columns(cls).items():
            if key in obj.__dict__:
                if obj.__dict__[key] is None and column.primary_key:
                    continue
                values[column.key] = obj.__dict__[key]
            elif column.default is not None:
                default = column.default
                value = _call_default(default) if callable(default) else default
                values[column.key] = obj.__dict__[key] = value
        result = self.connection().execute(sqlalchemy.insert(cls.__table__).values(values))
        keys = self._primary_keys(cls)
        if len(keys) == 1 and obj.__dict__.get(keys[0]) is None:
            obj.__dict__[keys[0]] = result.lastrowid
        loaded = {key: obj.__dict__.get(key) for key in _columns(cls)}
        obj.__dict__["_sa_loaded"] = loaded
        self._identity[_key(cls, [loaded[key] for key in keys])] = obj
        for other, many in self._related(obj):
            if many:
                self._link(other, obj)

    def _update(self, obj, changes):
        cls = type(obj)
        for key, column in _columns(cls).items():
            if column.onupdate is not None and key not in changes:
                value = column.onupdate
                changes[key] = _call_default(value) if callable(value) else value
                obj.__dict__[key] = changes[key]
        values = {_columns(cls)[key].key: value for key, value in changes.items()}
        self.connection().execute(
            sqlalchemy.update(cls.__table__).where(*self._where(obj)).values(values)
        )
        obj.__dict__["_sa_loaded"].update(changes)

    # ---- statements ----

    def execute(self, statement, params=None, *args, **kw):
        if self.autoflush:
            self.flush()
        if hasattr(statement, "_raw_columns"):
            loader = _Loader(self, statement)
            if loader.has_objects:
                rows = self.connection().execute(statement, params).all()
                return _Result([_Row(loader.row(row)) for row in rows])
        return self.connection().execute(statement, params)

    def scalars(self, statement, params=None, **kw):
        return self.execute(statement, params).scalars()

    def scalar(self, statement, params=None, **kw):
        return self.execute(statement, params).scalar()

    def get(self, entity, ident, **kw):
        keys = self._primary_keys(entity)
        if isinstance(ident, dict):
            ident = tuple(ident[key] for key in keys)
        elif not isinstance(ident, tuple):
            ident = (ident,)
        found = self._identity.get(_key(entity, ident))
        if found is not None:
            return found
        columns = _columns(entity)
        where = [columns[key] == value for key, value in zip(keys, ident)]
        return self.execute(sqlalchemy.select(entity).where(*where)).scalars().first()

    def query(self, *entities):
        return Query(entities, self)

    def bulk_save_objects(self, objects, **kw):
        self.add_all(objects)
        self.flush()

    def bulk_insert_mappings(self, mapper, mappings, **kw):
        cls = getattr(mapper, "class_", mapper)
        rows = [
            {_columns(cls)[key].key: value for key, value in row.items()} for row in mappings
        ]
        if rows:
            self.connection().execute(sqlalchemy.insert(cls.__table__), rows)

    def bulk_update_mappings(self, mapper, mappings):
        cls = getattr(mapper, "class_", mapper)
        keys = self._primary_keys(cls)
        for row in mappings:
            where = [_columns(cls)[key] == row[key] for key in keys]
            values = {_columns(cls)[k].key: v for k, v in row.items() if k not in keys}
            self.connection().execute(
                sqlalchemy.update(cls.__table__).where(*where).values(values)
            )


class _Transaction:
    def __init__(self, session):
        self._session = session

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, traceback):
        if exc_type is None:
            self._session.commit()
        else:
            self._session.rollback()

    def commit(self):
        self._session.commit()

    def rollback(self):
        self._session.rollback()


class _NoFlush:
    def __init__(self, session):
        self._session = session

    def __enter__(self):
        self._before = self._session.autoflush
        self._session.autoflush = False
        return self._session

    def __exit__(self, exc_type, exc, traceback):
        self._session.autoflush = self._before


class Query:
    def __init__(self, entities, session=None):
        if not isinstance(entities, (list, tuple)):
            entities = (entities,)
        self.session = session
        self._entities = tuple(entities)
        self._statement = sqlalchemy.select(*entities)

    def __class_getitem__(cls, item):
        return cls

    def _with(self, statement):
        made = Query.__new__(Query)
        made.session = self.session
        made._entities = self._entities
        made._statement = statement
        return made

    @property
    def statement(self):
        return self._statement

    def __clause_element__(self):
        return self._statement

    def _main(self):
        for entity in self._entities:
            if _is_mapped(entity):
                return entity
        for entity in self._entities:
            table = getattr(entity, "table", None)
            if table is not None and table in _classes():
                return _classes()[table]
        _refuse("a query without a mapped class")

    def filter(self, *criteria):
        return self._with(self._statement.where(*criteria))

    where = filter

    def filter_by(self, **kw):
        columns = _columns(self._main())
        return self.filter(*[columns[key] == value for key, value in kw.items()])

    def join(self, target, onclause=None, isouter=False, full=False):
        if not _is_mapped(target) and not isinstance(target, sqlalchemy.Table):
            _refuse("Query.join() along a relationship")
        return self._with(self._statement.join(target, onclause, isouter=isouter, full=full))

    def outerjoin(self, target, onclause=None):
        return self.join(target, onclause, isouter=True)

    def select_from(self, *froms):
        return self._with(self._statement.select_from(*froms))

    def order_by(self, *clauses):
        return self._with(self._statement.order_by(*clauses))

    def group_by(self, *clauses):
        return self._with(self._statement.group_by(*clauses))

    def having(self, *criteria):
        return self._with(self._statement.having(*criteria))

    def limit(self, limit):
        return self._with(self._statement.limit(limit))

    def offset(self, offset):
        return self._with(self._statement.offset(offset))

    def slice(self, start, stop):
        return self.limit(stop - start).offset(start)

    def distinct(self, *columns):
        return self._with(self._statement.distinct(*columns))

    def with_entities(self, *entities):
        made = self._with(self._statement.with_only_columns(*entities))
        made._entities = entities
        return made

    def with_for_update(self, **kw):
        return self._with(self._statement.with_for_update(**kw))

    def options(self, *options):
        return self

    def execution_options(self, **kw):
        return self

    def yield_per(self, count):
        return self

    def populate_existing(self):
        return self

    def enable_eagerloads(self, value):
        return self

    def subquery(self, name=None):
        return self._statement.subquery(name)

    def scalar_subquery(self):
        return self._statement.scalar_subquery()

    as_scalar = scalar_subquery

    def exists(self):
        return self._statement.exists()

    def _result(self):
        result = self.session.execute(self._statement)
        if len(self._entities) == 1 and _is_mapped(self._entities[0]):
            return result.scalars()
        return result

    def __iter__(self):
        return iter(self._result().all())

    def all(self):
        return self._result().all()

    def first(self):
        return self.limit(1)._result().first()

    def one(self):
        return self._result().one()

    def one_or_none(self):
        return self._result().one_or_none()

    def scalar(self):
        row = self._result().first()
        if row is None or (len(self._entities) == 1 and _is_mapped(self._entities[0])):
            return row
        return row[0]

    def get(self, ident):
        return self.session.get(self._main(), ident)

    def count(self):
        inner = self._statement.subquery()
        return self.session.execute(
            sqlalchemy.select(sqlalchemy.func.count()).select_from(inner)
        ).scalar()

    def _condition(self, statement):
        where = self._statement._where_criteria
        return statement.where(*where) if where else statement

    def update(self, values, synchronize_session=None, update_args=None):
        cls = self._main()
        columns = _columns(cls)
        if self.session.autoflush:
            self.session.flush()
        plain = {
            (columns[key].key if isinstance(key, str) else key.key): value
            for key, value in values.items()
        }
        statement = self._condition(sqlalchemy.update(cls.__table__)).values(plain)
        self.session._identity = {}
        return self.session.connection().execute(statement).rowcount

    def delete(self, synchronize_session=None):
        cls = self._main()
        if self.session.autoflush:
            self.session.flush()
        statement = self._condition(sqlalchemy.delete(cls.__table__))
        self.session._identity = {}
        return self.session.connection().execute(statement).rowcount


class sessionmaker:
    def __init__(self, bind=None, class_=Session, **kw):
        self.class_ = class_ or Session
        self.kw = dict(kw, bind=bind)

    def __class_getitem__(cls, item):
        return cls

    def __call__(self, **kw):
        return self.class_(**dict(self.kw, **kw))

    def begin(self):
        return self().begin()

    def configure(self, **kw):
        self.kw.update(kw)


class scoped_session:
    def __init__(self, session_factory, scopefunc=None):
        self.session_factory = session_factory
        self._session = None

    def __class_getitem__(cls, item):
        return cls

    def __call__(self, **kw):
        if self._session is None:
            self._session = self.session_factory(**kw)
        return self._session

    def configure(self, **kw):
        self.session_factory.configure(**kw)

    def query_property(self, query_cls=None):
        return None

    def remove(self):
        if self._session is not None:
            self._session.close()
        self._session = None

    def __getattr__(self, name):
        return getattr(self(), name)


def close_all_sessions():
    pass


def object_session(instance):
    return None
