# SPDX-License-Identifier: MIT
"""Sessions: objects in, statements out."""
import sqlalchemy
from sqlalchemy import event
from sqlalchemy.exc import InvalidRequestError, UnboundExecutionError
from sqlalchemy.orm import _native, _relationships
from sqlalchemy.orm._flush import Flush, changes_of
from sqlalchemy.orm._loading import IdentityMap, ORMResult, expanded, object_reader, parts_of
from sqlalchemy.orm._loading import entity_of, part_of
from sqlalchemy.orm._state import InstanceState, mapper_of, plan_of, state_of
from sqlalchemy.orm.query import Query


class SessionTransaction:
    """`with session.begin():` and `with session.begin_nested():`."""

    def __init__(self, session, nested=None):
        self.session = session
        self.nested = nested
        self.is_active = True
        self.stored = len(session._stored_now)
        self.connection = session.connection

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, traceback):
        if not self.is_active:
            return
        if exc_type is None:
            try:
                self.commit()
            except BaseException:
                self.rollback()
                raise
        else:
            self.rollback()

    def commit(self):
        if not self.is_active:
            raise InvalidRequestError("This transaction is closed")
        if self.nested is None:
            self.session.commit()
        else:
            self.session.flush()
            self.nested.commit()
            self.session._nested_ended(self)
        self.is_active = False

    def rollback(self):
        if not self.is_active:
            return
        self.is_active = False
        if self.nested is None:
            self.session.rollback()
        else:
            self.nested.rollback()
            self.session._undo(self.stored)
            self.session._nested_ended(self)

    close = rollback


class _BegunSession:
    """sessionmaker.begin(): the session, committed at the end."""

    def __init__(self, session):
        self._session = session

    def __enter__(self):
        self._transaction = self._session.begin()
        return self._session

    def __exit__(self, exc_type, exc, traceback):
        try:
            self._transaction.__exit__(exc_type, exc, traceback)
        finally:
            self._session.close()


class _NoFlush:
    def __init__(self, session):
        self._session = session

    def __enter__(self):
        self._before = self._session.autoflush
        self._session.autoflush = False
        return self._session

    def __exit__(self, exc_type, exc, traceback):
        self._session.autoflush = self._before


class Session:
    def __init__(self, bind=None, *, autoflush=True, future=True, expire_on_commit=True,
                 autobegin=True, twophase=False, binds=None, enable_baked_queries=True, info=None,
                 query_cls=None, autocommit=False, join_transaction_mode=None,
                 close_resets_only=None):
        if twophase:
            raise NotImplementedError("limbeck does not serve two-phase transactions")
        self.bind = bind
        self.binds = binds or {}
        self.autoflush = autoflush
        self.expire_on_commit = expire_on_commit
        self.info = dict(info or {})
        self.identity_map = IdentityMap()
        self._query_cls = query_cls or Query
        self._connection = None
        self._opened = False
        self._new = {}
        self._dirty = {}
        self._deleted = {}
        self._stored_now = []  # objects inserted in this transaction
        self._removed_now = []  # objects deleted in this transaction
        self._nested = []
        self._flushing = False
        self._transaction = None
        self._maker = None
        self._used = False  # whether a statement went out in this transaction

    # ---- the connection ----

    def _find_bind(self):
        if self.bind is not None:
            return self.bind
        for bind in self.binds.values():
            return bind
        raise UnboundExecutionError(
            "Could not locate a bind configured on session or this Session.")

    def connection(self, bind_arguments=None, execution_options=None, **kw):
        self._used = True
        if self._connection is None:
            bind = self._find_bind()
            if isinstance(bind, sqlalchemy.Engine):
                self._connection = bind.connect()
                self._opened = True
            else:
                self._connection = bind
        return self._connection

    def get_bind(self, mapper=None, **kw):
        return self._find_bind()

    def _run(self, statement, params=None):
        if params is None:
            return self.connection().execute(statement)
        return self.connection().execute(statement, params)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, traceback):
        self.close()

    def begin(self, nested=False, **kw):
        if nested:
            return self.begin_nested()
        if self._transaction is not None and self._transaction.is_active:
            raise InvalidRequestError("A transaction is already begun on this Session.")
        self._transaction = SessionTransaction(self)
        return self._transaction

    def begin_nested(self):
        self.flush()
        made = SessionTransaction(self, self.connection().begin_nested())
        self._nested.append(made)
        return made

    def _nested_ended(self, transaction):
        self._nested = [each for each in self._nested if each is not transaction]

    def in_transaction(self):
        return self._connection is not None and self._connection.in_transaction()

    def in_nested_transaction(self):
        return bool(self._nested)

    def get_transaction(self):
        return self._transaction

    def get_nested_transaction(self):
        return self._nested[-1] if self._nested else None

    @property
    def is_active(self):
        return True

    def _end_transaction(self):
        self._used = False
        self._stored_now = []
        self._removed_now = []
        self._nested = []
        if self._transaction is not None:
            self._transaction.is_active = False
            self._transaction = None

    def commit(self):
        self._hook("before_commit")
        self.flush()
        if self._nested:
            nested = self._nested[-1]
            self._nested = []
            nested.nested.commit()
        self.connection().commit()
        for obj in self._removed_now:
            state_of(obj).session = None
        self._end_transaction()
        self._hook("after_commit")
        if self.expire_on_commit:
            self.expire_all()

    def prepare(self):
        self.flush()

    def rollback(self):
        if self._nested:
            return self._nested[-1].rollback()
        self._undo(0)
        if self._connection is not None and self._used:
            self._connection.rollback()
        self._end_transaction()

    def _undo(self, stored):
        """Objects are again what they were before `stored` of them were inserted."""
        for obj in list(self._new.values()):
            self.expunge(obj)
        for obj in self._stored_now[stored:]:
            state = state_of(obj)
            if state.key is not None:
                self.identity_map.remove(state.key)
            state.session = state.key = state.committed = None
        del self._stored_now[stored:]
        for obj in self._removed_now:
            state = state_of(obj)
            state.is_deleted = False
            state.session = self
            self.identity_map.put(state.key, obj)
        self._removed_now = []
        self._dirty.clear()
        self._deleted.clear()
        self.expire_all()

    def close(self):
        self.expunge_all()
        if self._opened:
            self._connection.close()
            self._opened = False
        self._connection = None
        self._end_transaction()

    reset = close

    def invalidate(self):
        self.close()

    def close_all(self):
        self.close()

    @property
    def no_autoflush(self):
        return _NoFlush(self)

    # ---- which objects there are ----

    @property
    def new(self):
        return list(self._new.values())

    @property
    def deleted(self):
        return list(self._deleted.values())

    @property
    def dirty(self):
        return [obj for obj in self._dirty.values() if id(obj) not in self._deleted]

    def is_modified(self, instance, include_collections=True):
        state = state_of(instance)
        plan = plan_of(type(instance).__mapper__)
        if state.key is None:
            return bool(set(instance.__dict__) & set(plan.all_keys))
        if changes_of(instance, plan):
            return True
        return include_collections and any(key not in plan.columns for key in state.committed)

    def __contains__(self, obj):
        state = state_of(obj)
        return state.session is self and not state.is_deleted

    def __iter__(self):
        return iter(self.new + self.identity_map.objects())

    # ---- putting objects in and taking them out ----

    def _attach(self, obj):
        _relationships.configure()
        state = state_of(obj)
        if state.session is not None and state.session is not self:
            raise InvalidRequestError(
                "Object '<%s at 0x%x>' is already attached to session '%d' (this is '%d')"
                % (type(obj).__name__, id(obj), id(state.session), id(self))
            )
        state.session = self
        if state.key is None:
            self._new[id(obj)] = obj
        else:
            self._attach_persistent(obj, state)

    def _attach_persistent(self, obj, state):
        known = self.identity_map.get(state.key)
        if known is not None and known is not obj:
            state.session = None
            raise InvalidRequestError(
                "Can't attach instance <%s at 0x%x>; another instance with key %r is already "
                "present in this session." % (type(obj).__name__, id(obj), state.key)
            )
        self.identity_map.put(state.key, obj)
        if state.committed:
            self._dirty[id(obj)] = obj

    def add(self, instance, _warn=True):
        state = state_of(instance)
        self._deleted.pop(id(instance), None)
        if state.session is not self:
            self._attach(instance)
        self._cascade_from(instance)

    def _cascade_from(self, instance):
        from sqlalchemy.orm._flush import held, relations_of

        queue = [instance]
        while queue:
            obj = queue.pop()
            for relation in relations_of(obj):
                if "save-update" in relation.cascade:
                    for item in held(relation, obj) or ():
                        if state_of(item).session is None:
                            self._attach(item)
                            queue.append(item)

    def _add_cascaded(self, obj):
        if state_of(obj).session is None:
            self.add(obj)

    def add_all(self, instances):
        for instance in instances:
            self.add(instance)

    def delete(self, instance):
        state = state_of(instance)
        if state.key is None:
            raise InvalidRequestError("Instance '<%s at 0x%x>' is not persisted"
                                      % (type(instance).__name__, id(instance)))
        if state.session is not self:
            self._attach(instance)
        self._deleted[id(instance)] = instance

    def delete_all(self, instances):
        for instance in instances:
            self.delete(instance)

    def expunge(self, instance):
        state = state_of(instance)
        if state.session is not self:
            raise InvalidRequestError("Instance <%s at 0x%x> is not present in this Session"
                                      % (type(instance).__name__, id(instance)))
        for held in (self._new, self._dirty, self._deleted):
            held.pop(id(instance), None)
        if state.key is not None:
            self.identity_map.remove(state.key)
        state.session = None

    def expunge_all(self):
        for obj in self.identity_map.objects() + self.new:
            state_of(obj).session = None
        self.identity_map = IdentityMap()
        for held in (self._new, self._dirty, self._deleted):
            held.clear()

    def _stored(self, obj):
        """After INSERT."""
        self._new.pop(id(obj), None)
        self.identity_map.put(state_of(obj).key, obj)
        self._stored_now.append(obj)
        if len(self._stored_now) > 50000 and not self._nested:
            self._stored_now = []

    def _forget(self, obj):
        """After DELETE."""
        state = state_of(obj)
        self.identity_map.remove(state.key)
        state.is_deleted = True
        self._removed_now.append(obj)
        if len(self._removed_now) > 50000:
            self._removed_now = []

    def _rekey(self, obj, plan):
        state = state_of(obj)
        self.identity_map.remove(state.key)
        state.key = (plan.root.class_, plan.identity(obj.__dict__))
        self.identity_map.put(state.key, obj)

    # ---- loading again ----

    def expire(self, instance, attribute_names=None):
        state = state_of(instance)
        if state.session is not self or state.key is None:
            raise InvalidRequestError("Instance <%s at 0x%x> is not persistent within this Session"
                                      % (type(instance).__name__, id(instance)))
        self._expire(instance, attribute_names)

    def _expire(self, obj, names=None):
        attrs = obj.__dict__
        state = attrs["_sa_instance_state"]
        for key in plan_of(type(obj).__mapper__).all_keys if names is None else names:
            attrs.pop(key, None)
            if names is not None:
                state.committed.pop(key, None)
        if names is None:
            state.committed = {}
            self._dirty.pop(id(obj), None)

    def expire_all(self):
        for obj in self.identity_map.objects():
            self._expire(obj)

    def refresh(self, instance, attribute_names=None, with_for_update=None):
        state = state_of(instance)
        if state.session is not self or state.key is None:
            raise InvalidRequestError(
                "Instance <%s at 0x%x> is not persistent within this Session"
                % (type(instance).__name__, id(instance)))
        if attribute_names is None:
            self._expire(instance)
        else:
            self._expire(instance, attribute_names)
        if self.autoflush:
            self.flush()
        plan = plan_of(type(instance).__mapper__)
        if not self._select_row(instance, plan):
            raise InvalidRequestError("Could not refresh instance '<%s at 0x%x>'"
                                      % (type(instance).__name__, id(instance)))

    def _by_identity(self, plan):
        """SELECT of one object, with bindparams pk_0, pk_1, ..."""
        if "get" not in plan.statements:
            where = [plan.columns[key] == sqlalchemy.bindparam("pk_%d" % n,
                                                               type_=plan.columns[key].type)
                     for n, key in enumerate(plan.pk_keys)]
            made = sqlalchemy.select(plan.mapper.class_).where(*where)
            parts = parts_of(made)
            plan.statements["get"] = (expanded(made, parts), parts)
        return plan.statements["get"]

    def _select_row(self, obj, plan):
        """Fills in what the object's __dict__ lacks; False when the row is gone."""
        statement, _ = self._by_identity(plan)
        params = {"pk_%d" % n: v for n, v in enumerate(state_of(obj).key[1])}
        row = self._run(statement, params).first()
        if row is None:
            return False
        attrs = obj.__dict__
        for key, value in zip(plan.selected_keys, row._tuple()):
            if key not in attrs:
                coerce = getattr(getattr(plan.columns.get(key), "type", None), "_sa_mutable", None)
                if coerce is not None and value is not None:
                    value = coerce.attach(obj, key, value)
                attrs[key] = value
        return True

    def _load_missing(self, obj, key):
        if self._select_row(obj, plan_of(type(obj).__mapper__)):
            return
        from sqlalchemy.orm.exc import ObjectDeletedError

        raise ObjectDeletedError(
            "Instance '<%s at 0x%x>' has been deleted, or its row is otherwise not present."
            % (type(obj).__name__, id(obj)))

    def _overwrite(self, obj, keys, values):
        """populate_existing(): what was loaded before gives way."""
        self._expire(obj)
        obj.__dict__.update(zip(keys, values))

    def merge(self, instance, *, load=True, options=None, _seen=None):
        seen = {} if _seen is None else _seen
        if id(instance) in seen:
            return seen[id(instance)]
        state = state_of(instance)
        if state.session is self:
            return instance
        cls = type(instance)
        plan = plan_of(cls.__mapper__)
        identity = state.key[1] if state.key is not None else plan.identity(instance.__dict__)
        found = None
        if not any(value is None for value in identity):
            found = self.get(cls, identity)
        if found is None:
            found = cls.__new__(cls)
            self.add(found)
        seen[id(instance)] = found
        self._merge_into(found, instance, plan, seen)
        return found

    def _merge_into(self, found, instance, plan, seen):
        for key in plan.keys:
            if key in instance.__dict__:
                setattr(found, key, instance.__dict__[key])
        from sqlalchemy.orm._flush import held, relations_of

        for relation in relations_of(instance):
            items = held(relation, instance)
            if items is None or "merge" not in relation.cascade:
                continue
            merged = [self.merge(item, _seen=seen) for item in items]
            if relation.uselist:
                setattr(found, relation.key, merged)
            else:
                setattr(found, relation.key, merged[0] if merged else None)

    # ---- flush ----

    def flush(self, objects=None):
        if self._flushing or not (self._new or self._dirty or self._deleted):
            return
        _relationships.configure()
        self._flushing = True
        try:
            self._hook("before_flush", None, None)
            Flush(self).run()
        finally:
            self._flushing = False

    def _autoflush(self):
        if self.autoflush:
            self.flush()

    def _event(self, obj, name):
        event._send_mapper(name, obj, self)

    def _hook(self, name, *args):
        event._send_session(name, self, *args)

    # ---- statements ----

    def execute(self, statement, params=None, *, execution_options=None, bind_arguments=None,
                **kw):
        if isinstance(statement, str):
            raise sqlalchemy.exc.ArgumentError(
                "Textual SQL expression %r should be explicitly declared as text(%r)"
                % (statement, statement))
        self._autoflush()
        kind = _native.kind(statement)
        if kind is None and hasattr(statement, "__clause_element__"):
            statement = statement.__clause_element__()
            kind = _native.kind(statement)
        if kind == "select":
            return self._select(statement, params, execution_options or {})
        if kind in ("insert", "update", "delete"):
            return self._write(statement, params, kind)
        return self._run(statement, params)

    def _select(self, statement, params, options):
        _relationships.configure()
        parts = parts_of(statement)
        if parts is None:
            return self._run(statement, params)
        cursor = self._run(expanded(statement, parts), params)
        return ORMResult.of(self, parts, cursor, options.get("yield_per"))

    def _write(self, statement, params, kind):
        mapper = mapper_of(entity_of(_native.target(statement)))
        if mapper is None:
            return self._run(statement, params)
        parts = [part_of(each) for each in _native.returning(statement)]
        names = plan_of(mapper)
        if params:
            params = self._column_names(names, params)
        result = self._run(statement, params)
        if kind != "insert":
            self._stale(mapper)
        if any(hasattr(part, "mapper") for part in parts):
            return ORMResult.of(self, parts, result)
        return result

    def _column_names(self, plan, params):
        """Parameters by attribute, as parameters by column."""
        renamed = {key: c.key for key, c in plan.columns.items() if c.key != key}
        if not renamed:
            return params
        many = isinstance(params, (list, tuple))
        rows = [{renamed.get(k, k): v for k, v in row.items()}
                for row in (params if many else [params])]
        return rows if many else rows[0]

    def _stale(self, mapper):
        """Objects of a class whose rows a statement changed are read again."""
        for obj in self.identity_map.objects():
            if isinstance(obj, mapper.class_):
                self._expire(obj)

    def scalars(self, statement, params=None, **kw):
        return self.execute(statement, params, **kw).scalars()

    def scalar(self, statement, params=None, **kw):
        return self.execute(statement, params, **kw).scalar()

    def get(self, entity, ident, *, options=None, populate_existing=False, with_for_update=None,
            identity_token=None, execution_options=None, bind_arguments=None):
        mapper = mapper_of(entity)
        plan = plan_of(mapper)
        if isinstance(ident, dict):
            ident = tuple([ident[key] for key in plan.pk_keys])
        elif not isinstance(ident, (tuple, list)):
            ident = (ident,)
        ident = tuple(ident)
        if len(ident) != len(plan.pk_keys):
            raise InvalidRequestError(
                "Incorrect number of values in identifier to formulate primary key for "
                "session.get(); primary key columns are %s"
                % ",".join("'%s'" % plan.columns[key] for key in plan.pk_keys))
        found = self.identity_map.get((plan.root.class_, ident))
        if found is not None and not populate_existing:
            return self._checked(found, mapper)
        if any(value is None for value in ident):
            return None
        self._autoflush()
        statement, parts = self._by_identity(plan)
        params = {"pk_%d" % n: value for n, value in enumerate(ident)}
        row = self._run(statement, params).first()
        if row is None:
            return None
        return object_reader(self, plan, populate_existing)(row._tuple())

    def _checked(self, found, mapper):
        """An object that is known, unless its row turns out to be gone or of another class."""
        if not isinstance(found, mapper.class_):
            return None
        plan = plan_of(type(found).__mapper__)
        if plan.pk_keys[0] not in found.__dict__ and not self._select_row(found, plan):
            self.identity_map.remove(state_of(found).key)
            return None
        return found

    def get_one(self, entity, ident, **kw):
        found = self.get(entity, ident, **kw)
        if found is None:
            raise sqlalchemy.exc.NoResultFound("No row was found when one was required")
        return found

    def query(self, *entities, **kw):
        _relationships.configure()
        return self._query_cls(entities, self)

    # ---- many at once ----

    def bulk_save_objects(self, objects, return_defaults=False, update_changed_only=True,
                          preserve_order=True):
        """Inserts and updates; the objects stay outside of the session."""
        objects = list(objects)
        with self.no_autoflush:
            self.flush()
            before = {id(obj) for obj in objects if state_of(obj).session is self}
            self.add_all(objects)
            self.flush()
            for obj in objects:
                if id(obj) not in before:
                    self.expunge(obj)
                    if not return_defaults:
                        state_of(obj).key = None
                        state_of(obj).committed = None
        self._stored_now = []

    def bulk_insert_mappings(self, mapper, mappings, return_defaults=False, render_nulls=False):
        plan = plan_of(mapper_of(mapper))
        made = []
        for row in mappings:
            obj = plan.mapper.class_.__new__(plan.mapper.class_)
            for key, value in row.items():
                if key in plan.columns:
                    obj.__dict__[key] = value
            made.append((obj, row))
        self.bulk_save_objects([obj for obj, _ in made], return_defaults)
        if return_defaults:
            for obj, row in made:
                row.update({key: obj.__dict__.get(key) for key in plan.pk_keys})

    def bulk_update_mappings(self, mapper, mappings):
        plan = plan_of(mapper_of(mapper))
        objects = []
        for row in mappings:
            obj = plan.mapper.class_.__new__(plan.mapper.class_)
            identity = tuple([row[key] for key in plan.pk_keys])
            state = InstanceState(obj, None, (plan.root.class_, identity))
            obj.__dict__["_sa_instance_state"] = state
            obj.__dict__.update({k: v for k, v in row.items() if k in plan.columns})
            for key in row:
                if key in plan.columns and key not in plan.pk_keys:
                    state.modified(key)
            objects.append(obj)
        self._update_outside(objects)

    def _update_outside(self, objects):
        from sqlalchemy.orm._flush import _Updates

        self.flush()
        flush = Flush(self)
        _Updates(flush).run(objects)
        for obj in objects:
            known = self.identity_map.get(state_of(obj).key)
            if known is not None:
                self._expire(known)

    def enable_relationship_loading(self, obj):
        raise NotImplementedError("limbeck does not serve enable_relationship_loading()")


class sessionmaker:
    def __init__(self, bind=None, *, class_=Session, autoflush=True, expire_on_commit=True,
                 info=None, **kw):
        self.class_ = class_ or Session
        self.kw = dict(kw, bind=bind, autoflush=autoflush, expire_on_commit=expire_on_commit)
        if info is not None:
            self.kw["info"] = info

    def __call__(self, **kw):
        made = self.class_(**dict(self.kw, **kw))
        made._maker = self
        return made

    def _makes(self, session):
        return session._maker is self

    def begin(self):
        return _BegunSession(self())

    def configure(self, **kw):
        self.kw.update(kw)


class _QueryProperty:
    def __init__(self, registry):
        self._registry = registry

    def __get__(self, instance, owner):
        if "__mapper__" not in owner.__dict__:
            return None
        return self._registry().query(owner)


class scoped_session:
    def __init__(self, session_factory, scopefunc=None):
        self.session_factory = session_factory
        self._session = None

    def __call__(self, **kw):
        if self._session is None:
            self._session = self.session_factory(**kw)
        elif kw:
            raise InvalidRequestError(
                "Scoped session is already present; no new arguments may be specified.")
        return self._session

    @property
    def registry(self):
        return self

    def _makes(self, session):
        return session._maker is self.session_factory

    def configure(self, **kw):
        self.session_factory.configure(**kw)

    def query_property(self, query_cls=None):
        return _QueryProperty(self)

    def remove(self):
        if self._session is not None:
            self._session.close()
        self._session = None

    def __getattr__(self, name):
        return getattr(self(), name)

    def __setattr__(self, name, value):
        if name in ("session_factory", "_session"):
            object.__setattr__(self, name, value)
        else:
            setattr(self(), name, value)

    def __enter__(self):
        return self()

    def __exit__(self, *args):
        self().close()

    def __contains__(self, obj):
        return obj in self()

    def __iter__(self):
        return iter(self())


def close_all_sessions():
    """Sessions end with the revision that made them."""


def object_session(instance):
    return state_of(instance).session


def make_transient(instance):
    state = state_of(instance)
    if state.session is not None:
        state.session.expunge(instance)
    state.key = state.committed = None


def make_transient_to_detached(instance):
    state = state_of(instance)
    plan = plan_of(type(instance).__mapper__)
    state.key = (plan.root.class_, plan.identity(instance.__dict__))
    state.committed = {}


def was_deleted(instance):
    return state_of(instance).is_deleted
