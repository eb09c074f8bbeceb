# SPDX-License-Identifier: MIT
"""What a session knows of an object: its state; and how a class is loaded and stored: its plan."""
import sqlalchemy
from sqlalchemy.orm import _native
from sqlalchemy.orm._properties import ColumnProperty, RelationshipProperty



class _NoValue:
    def __repr__(self):
        return "NO_VALUE"

    def __bool__(self):
        return False


NO_VALUE = _NoValue()


class InstanceState:
    """
    `key` is the identity of what the database has, None before; `committed` holds the values from
    before the changes since the last flush, None while nothing is to be noted.
    """

    __slots__ = ("obj", "session", "key", "committed", "is_deleted", "parents")

    def __init__(self, obj, session=None, key=None):
        self.obj = obj
        self.session = session
        self.key = key
        self.committed = None if key is None else {}
        self.is_deleted = False
        self.parents = None

    def modified(self, name, old=NO_VALUE):
        if name not in self.committed:
            self.committed[name] = old
        if self.session is not None:
            self.session._dirty[id(self.obj)] = self.obj

    def load(self, name):
        """The value of a column's attribute that is not in the object's __dict__."""
        if self.key is None:
            return None
        if self.session is None:
            from sqlalchemy.orm.exc import DetachedInstanceError

            raise DetachedInstanceError(
                "Instance <%s at 0x%x> is not bound to a Session; attribute refresh operation "
                "cannot proceed" % (type(self.obj).__name__, id(self.obj))
            )
        self.session._load_missing(self.obj, name)
        return self.obj.__dict__.get(name)

    # ---- as inspect(obj) gives it ----

    @property
    def mapper(self):
        return type(self.obj).__mapper__

    @property
    def object(self):
        return self.obj

    @property
    def dict(self):
        return self.obj.__dict__

    @property
    def identity_key(self):
        return self.key

    @property
    def identity(self):
        return None if self.key is None else self.key[1]

    @property
    def has_identity(self):
        return self.key is not None

    @property
    def transient(self):
        return self.key is None and self.session is None

    @property
    def pending(self):
        return self.key is None and self.session is not None

    @property
    def persistent(self):
        return self.key is not None and self.session is not None and not self.is_deleted

    @property
    def deleted(self):
        return self.key is not None and self.is_deleted and self.session is not None

    @property
    def detached(self):
        return self.key is not None and self.session is None

    @property
    def unloaded(self):
        return {key for key in plan_of(self.mapper).all_keys if key not in self.obj.__dict__}

    @property
    def expired_attributes(self):
        return self.unloaded

    @property
    def attrs(self):
        return _AttributeStates(self)

    def get_history(self, key, passive=None):
        return history_of(self.obj, key)


class AttributeState:
    def __init__(self, state, key):
        self.state = state
        self.key = key

    @property
    def value(self):
        return getattr(self.state.obj, self.key)

    @property
    def loaded_value(self):
        return self.state.obj.__dict__.get(self.key, NO_VALUE)

    @property
    def history(self):
        return history_of(self.state.obj, self.key)


class _AttributeStates:
    def __init__(self, state):
        self._state = state

    def __getattr__(self, key):
        return AttributeState(self._state, key)

    __getitem__ = __getattr__

    def __iter__(self):
        for key in plan_of(self._state.mapper).all_keys:
            yield AttributeState(self._state, key)

    def keys(self):
        return list(plan_of(self._state.mapper).all_keys)


class History(tuple):
    """(added, unchanged, deleted)."""

    added = property(lambda self: self[0])
    unchanged = property(lambda self: self[1])
    deleted = property(lambda self: self[2])

    def has_changes(self):
        return bool(self[0] or self[2])

    def sum(self):
        return list(self[0] or ()) + list(self[1] or ()) + list(self[2] or ())

    def empty(self):
        return not self.has_changes() and not self[1]


def _as_items(value):
    if value is NO_VALUE:
        return []
    return list(value) if isinstance(value, (list, set, tuple)) else [value]


def history_of(obj, key):
    state = state_of(obj)
    now = obj.__dict__.get(key, NO_VALUE)
    if state.key is None:
        return History((_as_items(now), (), ()))
    if key not in state.committed:
        return History(((), _as_items(now), ()))
    old, new = _as_items(state.committed[key]), _as_items(now)
    if not isinstance(now, (list, set, tuple)) and old == new:
        return History(((), new, ()))
    return History((
        [each for each in new if not is_in(each, old)],
        [each for each in new if is_in(each, old)],
        [each for each in old if not is_in(each, new)],
    ))


def is_in(item, items):
    """By identity."""
    for each in items:
        if each is item:
            return True
    return False


def state_of(obj):
    """The state of an object of a mapped class; made when it has none."""
    attrs = getattr(obj, "__dict__", {})
    state = attrs.get("_sa_instance_state")
    if state is None:
        if getattr(type(obj), "__mapper__", None) is None:
            from sqlalchemy.orm.exc import UnmappedInstanceError

            raise UnmappedInstanceError(
                "Class '%s.%s' is not mapped" % (type(obj).__module__, type(obj).__name__)
            )
        state = attrs["_sa_instance_state"] = InstanceState(obj)
    return state


def is_mapped_class(value):
    return isinstance(value, type) and "__mapper__" in value.__dict__


# ---- plans ----


class _TablePlan:
    """One table of a class: which attributes go to which of its columns."""

    def __init__(self, table, keys):
        self.table = table
        self.columns = keys
        self.pk = [key for key, column in keys.items() if column.primary_key]


class Plan:
    """How the objects of a mapper are read and written; made when a session first needs it."""

    def __init__(self, mapper):
        self.mapper = mapper
        self.root = mapper.base_mapper
        self.keys = list(mapper._keys)
        self.columns = dict(mapper._keys)
        self.expressions = {
            key: prop.columns[0].label(key)
            for key, prop in mapper._properties.items()
            if isinstance(prop, ColumnProperty) and prop.columns and _is_expression(prop)
        }
        self.all_keys = self.keys + list(self.expressions) + [
            key for key, prop in mapper._properties.items()
            if isinstance(prop, RelationshipProperty)
        ]
        self.selected = list(self.columns.values()) + list(self.expressions.values())
        self.selected_keys = self.keys + list(self.expressions)
        self.pk_keys = self._primary_key()
        self.pk_at = [self.keys.index(key) for key in self.pk_keys]
        self.tables = self._tables()
        self.statements = {}
        self.polymorphic_key = self._polymorphic_key()

    def _primary_key(self):
        given = self.mapper.args.get("primary_key") or self.root.args.get("primary_key")
        if given:
            given = given if isinstance(given, (list, tuple)) else [given]
            wanted = [_native.column(column) for column in given]
            return [k for k, c in self.columns.items() if any(c is w for w in wanted)]
        names = [column.name for column in self.root.local_table.primary_key.columns]
        root_keys = [
            next(k for k, c in self.root._keys.items() if c.name == name) for name in names
        ]
        return root_keys

    def _tables(self):
        """From the root's table down to the own one."""
        found = []
        for table in self.mapper.tables:
            keys = {}
            for mapper in reversed(list(self.mapper.iterate_to_root())):
                for key, column in mapper._keys.items():
                    if column.table is table:
                        keys[key] = column
            found.append(_TablePlan(table, keys))
        return found

    def _polymorphic_key(self):
        column = self.mapper.polymorphic_on
        for key, each in self.columns.items():
            if each is column:
                return key
        return None

    def key_of(self, column):
        """The attribute that holds a column of one of the tables."""
        for key, each in self.columns.items():
            if each is column:
                return key
        for table in self.tables:
            for key, each in table.columns.items():
                if each is column:
                    return key
        return None

    def identity(self, attrs):
        return tuple([attrs.get(key) for key in self.pk_keys])

    def criterion(self):
        """What rows of the table are of the class: for single table inheritance."""
        mapper = self.mapper
        column = mapper.polymorphic_on
        if column is None or mapper.inherits is None or mapper.concrete or not mapper.single:
            return None
        names = [
            each.polymorphic_identity
            for each in mapper.self_and_descendants
            if each.polymorphic_identity is not None
        ]
        return column.in_(names)


def _is_expression(prop):
    return _native.kind(prop.columns[0]) is not None


def plan_of(mapper):
    plan = mapper.plan
    if plan is None:
        plan = mapper.plan = Plan(mapper)
    return plan


def mapper_of(value):
    """The Mapper of a class, an alias, a mapper; None for others."""
    if isinstance(value, type):
        return value.__dict__.get("__mapper__")
    if getattr(value, "is_mapper", False) is True:
        return value
    return getattr(value, "_sa_mapper", None)
