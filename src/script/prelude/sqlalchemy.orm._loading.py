# SPDX-License-Identifier: MIT
"""From rows to objects: what a statement selects, and the results that give objects."""
import sqlalchemy
from sqlalchemy.orm import _native
from sqlalchemy.orm._mapper import class_of_table, elements
from sqlalchemy.orm._state import InstanceState, mapper_of, plan_of

from _weakref import WeakRef, collect_soon

# How many objects a result makes ahead.
CHUNK = 10000


class IdentityMap:
    """The objects of a session by identity, as long as somebody else holds them."""

    def __init__(self):
        self.refs = {}
        self._limit = 2048
        self._few = 500

    def get(self, key):
        ref = self.refs.get(key)
        return None if ref is None else ref()

    def put(self, key, obj):
        refs = self.refs
        refs[key] = WeakRef(obj)
        if len(refs) > self._limit:
            self._purge()
            self._limit = max(2048, 2 * len(self.refs))

    def remove(self, key):
        self.refs.pop(key, None)

    def objects(self):
        """Those that are still held, and few others."""
        if len(self.refs) > self._few:
            collect_soon()
            self._purge()
            self._few = 500 + 2 * len(self.refs)
        found = [ref() for ref in self.refs.values()]
        return [obj for obj in found if obj is not None]

    def _purge(self):
        self.refs = {key: ref for key, ref in self.refs.items() if ref() is not None}

    # ---- as session.identity_map is read ----

    def keys(self):
        return [key for key, ref in self.refs.items() if ref() is not None]

    values = objects

    def items(self):
        return [(key, self.get(key)) for key in self.keys()]

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def __contains__(self, key):
        return self.get(key) is not None


# ---- what is selected ----

def entity_of(element):
    """The class or alias that an element of a statement stands for, or None."""
    return elements.get(id(element))


class EntityPart:
    """Columns that are one object."""

    def __init__(self, entity):
        self.entity = entity
        self.mapper = mapper_of(entity)
        self.plan = plan_of(self.mapper)
        self.name = getattr(entity, "_sa_name", None) or self.mapper.class_.__name__

    def columns(self):
        adapt = getattr(self.entity, "_sa_adapt", None)
        columns = self.plan.selected
        return columns if adapt is None else [adapt(column) for column in columns]

    def criterion(self):
        found = self.plan.criterion()
        adapt = getattr(self.entity, "_sa_adapt", None)
        return found if adapt is None or found is None else adapt(found)

    def reader(self, session, refresh=False):
        return object_reader(session, self.plan, refresh)


class ColumnPart:
    """A column of the result that is a plain value."""

    def __init__(self, expression, name):
        self.expression = expression
        self.name = name

    def columns(self):
        return [self.expression]

    def criterion(self):
        return None

    def reader(self, session, refresh=False):
        return lambda values: values[0]


class BundlePart:
    def __init__(self, bundle):
        self.bundle = bundle
        self.name = bundle.name
        self.parts = [part_of(each) for each in bundle.exprs]

    def columns(self):
        return [column for part in self.parts for column in part.columns()]

    def criterion(self):
        return None

    def reader(self, session, refresh=False):
        made = row_reader(self.parts, session)
        rows = _native.rows([part.name for part in self.parts])
        return lambda values: rows(made(values))


def _name_of(expression):
    column = _native.column(expression)
    if column is not None:
        cls = class_of_table.get(column.table)
        key = plan_of(cls.__mapper__).key_of(column) if cls is not None else None
        if key is not None and key != column.name:
            return key
    name = getattr(expression, "name", None)
    return name if isinstance(name, str) else None


def part_of(given):
    if getattr(given, "is_bundle", False) is True:
        return BundlePart(given)
    mapper = mapper_of(given) if not _native.kind(given) else None
    if mapper is not None:
        plain = not isinstance(given, type) and not hasattr(given, "_sa_adapt")
        return EntityPart(mapper.class_ if plain else given)
    if hasattr(given, "__clause_element__"):
        given = given.__clause_element__()
    entity = entity_of(given) if _native.kind(given) in ("table", "join", "alias") else None
    return EntityPart(entity) if entity is not None else ColumnPart(given, _name_of(given))


def parts_of(statement):
    """What a select() gives: parts; None when it gives no objects and needs no help."""
    parts = [part_of(each) for each in _native.raw_columns(statement)]
    for part in parts:
        if isinstance(part, EntityPart):
            return parts
        if part.name is not None and _renamed(part):
            return parts
    return None


def _renamed(part):
    column = _native.column(part.expression)
    return column is not None and column.name != part.name


def expanded(statement, parts):
    """The statement with columns where classes stand."""
    columns = []
    for part in parts:
        if isinstance(part, ColumnPart) and part.name is not None and _renamed(part):
            columns.append(part.expression.label(part.name))
        else:
            columns.extend(part.columns())
    made = statement.with_only_columns(*columns)
    if not _native.froms(statement):
        for part in parts:
            joined = isinstance(part, EntityPart) and _native.kind(part.mapper.element) == "join"
            if joined and not hasattr(part.entity, "_sa_adapt"):
                made = made.select_from(part.mapper.element)
    for part in parts:
        criterion = part.criterion()
        if criterion is not None:
            made = made.where(criterion)
    return made


# ---- reading rows ----


def _fill(attrs, keys, values):
    for key, value in zip(keys, values):
        if key not in attrs:
            attrs[key] = value


def _class_reader(session, plan):
    """(pk values) -> the class of a row, by the column that tells it; None: always the plan's."""
    key = plan.polymorphic_key
    if key is None or key not in plan.keys or plan.mapper.concrete:
        return None
    at = plan.keys.index(key)
    known = plan.mapper.polymorphic_map

    def read(values):
        mapper = known.get(values[at])
        return plan.mapper.class_ if mapper is None else mapper.class_

    return read


def mutable_keys(plan):
    return [
        (key, column.type._sa_mutable)
        for key, column in plan.columns.items()
        if getattr(column.type, "_sa_mutable", None) is not None
    ]


def object_reader(session, plan, refresh=False):
    """A function from a row's values to the object."""
    identity = session.identity_map
    root = plan.root.class_
    keys = plan.selected_keys
    pk_at = plan.pk_at
    single = pk_at[0] if len(pk_at) == 1 else None
    class_of = _class_reader(session, plan)
    plain = plan.mapper.class_
    mutable = mutable_keys(plan)
    hooks = _reconstructors(plain)

    def read(values):
        if single is not None:
            ident = (values[single],)
            if ident[0] is None:
                return None
        else:
            ident = tuple([values[at] for at in pk_at])
            if all(each is None for each in ident):
                return None
        key = (root, ident)
        obj = identity.get(key)
        if obj is not None:
            if refresh:
                session._overwrite(obj, keys, values)
            else:
                _fill(obj.__dict__, keys, values)
            return obj
        cls = plain if class_of is None else class_of(values)
        obj = cls.__new__(cls)
        attrs = obj.__dict__
        attrs["_sa_instance_state"] = InstanceState(obj, session, key)
        attrs.update(zip(keys, values))
        for name, coerce in mutable:
            if attrs[name] is not None:
                attrs[name] = coerce.attach(obj, name, attrs[name])
        identity.put(key, obj)
        for hook in hooks:
            hook(obj)
        return obj

    return read


def _reconstructors(cls):
    found = []
    for base in cls.__mro__:
        for fn in base.__dict__.values():
            if getattr(fn, "__sa_reconstructor__", None) is True:
                found.append(fn)
    return found


def row_reader(parts, session, refresh=False):
    """A function from all values of a row to the list of what the parts make of them."""
    spans = []
    at = 0
    for part in parts:
        width = len(part.columns())
        spans.append((at, at + width, part.reader(session, refresh)))
        at += width

    def read(values):
        return [reader(values[start:end]) for start, end, reader in spans]

    return read


# ---- results ----


class ORMResult:
    """As sqlalchemy.Result, over rows of objects and values."""

    def __init__(self, names, items, shape="rows", make_row=None):
        self._names = names
        self._items = items  # an iterator of lists; of values when the shape is "scalars"
        self._shape = shape
        self._make_row = make_row
        self._unique = None
        self._closed = False
        self._chunk = None

    @classmethod
    def of(cls, session, parts, cursor, chunk=None, refresh=False):
        names = [_key(part, number) for number, part in enumerate(parts)]
        if len(parts) == 1 and isinstance(parts[0], EntityPart):
            reader = parts[0].reader(session, refresh)
            lists = _single(session, cursor, reader, chunk or CHUNK)
        else:
            reader = row_reader(parts, session, refresh)
            lists = _several(session, cursor, reader, chunk or CHUNK)
        return cls(names, lists, "rows", _native.rows([name or "" for name in names]))

    def _values(self):
        """The items, shaped, one by one."""
        shape, make = self._shape, self._make_row
        for item in self._items:
            if shape == "rows":
                item = make(item)
            elif shape == "mappings":
                item = make(item)._mapping
            if self._unique is not None:
                mark = self._mark(item)
                if mark in self._unique:
                    continue
                self._unique.add(mark)
            yield item

    def _mark(self, item):
        if self._shape == "scalars":
            return _hashed(item)
        values = item.values() if self._shape == "mappings" else item
        return tuple([_hashed(each) for each in values])

    def _other(self, shape, items):
        made = ORMResult(self._names, items, shape, self._make_row)
        made._unique = set() if self._unique is not None else None
        return made

    # ---- shapes ----

    def scalars(self, index=0):
        if isinstance(index, str):
            index = self._names.index(index)
        return self._other("scalars", (item[index] for item in self._items))

    def mappings(self):
        return self._other("mappings", self._items)

    def tuples(self):
        return self

    @property
    def t(self):
        return self

    def columns(self, *names):
        at = [self._names.index(n) if isinstance(n, str) else n for n in names]
        made = self._other("rows", ([item[i] for i in at] for item in self._items))
        made._names = [self._names[i] for i in at]
        made._make_row = _native.rows([name or "" for name in made._names])
        return made

    def unique(self, strategy=None):
        self._unique = set()
        return self

    def yield_per(self, num):
        self._chunk = num
        return self

    def execution_options(self, **kw):
        return self

    def keys(self):
        return list(self._names)

    # ---- fetching ----

    def __iter__(self):
        return self._values()

    def __next__(self):
        for item in self._values():
            return item
        raise StopIteration

    def all(self):
        return list(self._values())

    fetchall = all

    def fetchone(self):
        for item in self._values():
            return item
        return None

    def fetchmany(self, size=None):
        found = []
        for item in self._values():
            found.append(item)
            if len(found) >= (size or 1):
                break
        return found

    def partitions(self, size=None):
        size = size or self._chunk or CHUNK
        while True:
            found = self.fetchmany(size)
            if not found:
                return
            yield found

    def first(self):
        found = self.fetchone()
        self.close()
        return found

    def one_or_none(self):
        found = self.fetchmany(2)
        self.close()
        if len(found) > 1:
            raise sqlalchemy.exc.MultipleResultsFound(
                "Multiple rows were found when one or none was required"
            )
        return found[0] if found else None

    def one(self):
        found = self.fetchmany(2)
        self.close()
        if not found:
            raise sqlalchemy.exc.NoResultFound("No row was found when one was required")
        if len(found) > 1:
            raise sqlalchemy.exc.MultipleResultsFound(
                "Multiple rows were found when exactly one was required"
            )
        return found[0]

    def _first_value(self, row):
        return row if row is None or self._shape == "scalars" else row[0]

    def scalar(self):
        return self._first_value(self.first())

    def scalar_one(self):
        return self._first_value(self.one())

    def scalar_one_or_none(self):
        return self._first_value(self.one_or_none())

    def freeze(self):
        items = list(self._items)
        self._items = iter(items)
        return lambda: self._other(self._shape, iter(items))

    def close(self):
        self._closed = True
        self._items = iter(())

    @property
    def closed(self):
        return self._closed

    @property
    def returns_rows(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def _key(part, number):
    return part.name if part.name is not None else "_no_label_%d" % number


def _hashed(value):
    try:
        hash(value)
    except TypeError:
        return id(value)
    return id(value) if hasattr(value, "_sa_instance_state") else value


def _chunks(session, cursor, chunk):
    """The rows, so many at once. What changed meanwhile is stored, lest it pile up."""
    while True:
        rows = cursor.fetchmany(chunk)
        if not rows:
            return
        yield rows
        if len(session._dirty) >= CHUNK and session.autoflush:
            session.flush()


def _single(session, cursor, reader, chunk):
    for rows in _chunks(session, cursor, chunk):
        for item in [(reader(row._tuple()),) for row in rows]:
            yield item


def _several(session, cursor, reader, chunk):
    for rows in _chunks(session, cursor, chunk):
        for item in [reader(row._tuple()) for row in rows]:
            yield item
