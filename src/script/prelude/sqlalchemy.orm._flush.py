# SPDX-License-Identifier: MIT
"""Flushing: what changed becomes INSERT, UPDATE and DELETE, in the order that keys demand."""
import sqlalchemy
from sqlalchemy.orm import _native
from sqlalchemy.orm._state import NO_VALUE, is_in, plan_of, state_of
from sqlalchemy.util import _call_default

# How many rows one statement for many takes at once.
BATCH = 1000


def relations_of(obj):
    """The relations of an object's class that store something."""
    plan = plan_of(type(obj).__mapper__)
    found = plan.statements.get("relations")
    if found is None:
        props = [p for p in plan.mapper._properties.values() if hasattr(p, "relation")]
        found = plan.statements["relations"] = [
            p.relation for p in props if not p.relation.viewonly]
    return found


def held(relation, obj):
    """What an object's side holds now, without loading it; None when it is not loaded."""
    found = obj.__dict__.get(relation.key)
    if relation.lazy in ("dynamic", "write_only"):
        pending = obj.__dict__.get("_sa_appended_" + relation.key)
        return list(pending[0]) if pending else None
    if found is None:
        return [] if relation.key in obj.__dict__ else None
    if not relation.uselist:
        return [found]
    return found.items_of() if hasattr(found, "items_of") else list(found)


def held_before(relation, obj):
    """What it held at the last flush; None when it did not change."""
    state = state_of(obj)
    if relation.lazy in ("dynamic", "write_only"):
        pending = obj.__dict__.get("_sa_appended_" + relation.key)
        return list(pending[1]) if pending else None
    if state.key is None:
        return []
    if relation.key not in state.committed:
        return None
    old = state.committed[relation.key]
    if old is NO_VALUE or old is None:
        return []
    return list(old) if isinstance(old, (list, tuple, set)) else [old]


class _Plain:
    """What the identity of objects is looked up by."""

    def __init__(self):
        self._ids = {}

    def add(self, obj):
        self._ids[id(obj)] = obj

    def __contains__(self, obj):
        return id(obj) in self._ids

    def values(self):
        return list(self._ids.values())


class Flush:
    def __init__(self, session):
        self.session = session
        self.new = list(session._new.values())
        self.dirty = []
        self.noted = _Plain()
        for obj in session._dirty.values():
            self._note_dirty(obj)
        self.deleted = _Plain()
        self.links = {}  # id of a child -> [(relation, parent or None, reversed)]
        self.late = []  # children whose parent was not there when they were inserted
        self.rows = []  # (relation, owner, item, whether it goes) of secondary tables

    def run(self):
        session = self.session
        self._cascade()
        self._orphans()
        for obj in list(session._deleted.values()):
            self._delete_cascade(obj)
        self.new = [obj for obj in self.new if obj not in self.deleted]
        self._collect_links()
        order = _table_order(self.new + self.dirty + self.deleted.values())
        self._insert_all(order)
        self._update_all()
        self._secondary_rows()
        self._delete_all(order)
        self._finish()

    # ---- who takes part ----

    def _cascade(self):
        """What new and changed objects hold is stored with them."""
        queue = self.new + self.dirty
        known = _Plain()
        for obj in queue:
            known.add(obj)
        while queue:
            obj = queue.pop()
            for relation in relations_of(obj):
                if "save-update" not in relation.cascade:
                    continue
                for item in held(relation, obj) or ():
                    state = state_of(item)
                    if item in known or state.session is not None:
                        continue
                    self.session._attach(item)
                    known.add(item)
                    queue.append(item)
                    if state.key is None:
                        self.new.append(item)

    def _orphans(self):
        """delete-orphan: what a parent let go of and no other took."""
        for obj in self.new + self.dirty:
            for relation in relations_of(obj):
                if "delete-orphan" not in relation.cascade:
                    continue
                before = held_before(relation, obj)
                now = held(relation, obj)
                if before is None or now is None:
                    continue
                for item in before:
                    if is_in(item, now) or _has_parent(relation, item):
                        continue
                    if state_of(item).key is None:
                        self.session.expunge(item)
                        self.new = [each for each in self.new if each is not item]
                    else:
                        self._delete_cascade(item)

    def _delete_cascade(self, obj):
        if obj in self.deleted:
            return
        self.deleted.add(obj)
        self.session._deleted[id(obj)] = obj
        for relation in relations_of(obj):
            if relation.direction == "MANYTOONE" and "delete" not in relation.cascade:
                continue
            if relation.passive_deletes and relation.key not in obj.__dict__:
                continue
            if relation.lazy in ("dynamic", "write_only"):
                items = relation.load(obj, self.session)
            else:
                items = self._loaded(relation, obj)
            for item in items:
                if relation.direction == "MANYTOMANY":
                    self.rows.append((relation, obj, item, True))
                if "delete" in relation.cascade:
                    self._delete_cascade(item)
                elif relation.direction == "ONETOMANY" and relation.passive_deletes != "all":
                    self.links.setdefault(id(item), []).append((relation, None))
                    self._note_dirty(item)

    def _loaded(self, relation, obj):
        with self.session.no_autoflush:
            getattr(obj, relation.key)
        before = held_before(relation, obj) or []
        return (held(relation, obj) or []) + [
            each for each in before if each in self.deleted]

    def _note_dirty(self, item):
        if state_of(item).key is not None and item not in self.noted:
            self.noted.add(item)
            self.dirty.append(item)

    # ---- who refers to whom ----

    def _collect_links(self):
        for obj in self.new + self.dirty:
            if obj in self.deleted:
                continue
            for relation in relations_of(obj):
                before = held_before(relation, obj)
                if before is None:
                    continue
                now = held(relation, obj)
                if relation.direction == "MANYTOONE":
                    if now is not None and (now or before or state_of(obj).key is not None):
                        self._link(obj, relation, now[0] if now else None)
                elif relation.direction == "ONETOMANY":
                    self._link_children(relation, obj, before, now or [])
                else:
                    self._link_rows(relation, obj, before, now or [])

    def _link(self, child, relation, parent):
        self.links.setdefault(id(child), []).append((relation, parent))

    def _link_children(self, relation, obj, before, now):
        dynamic = relation.lazy in ("dynamic", "write_only")
        for item in now:
            if dynamic or not is_in(item, before):
                self._link(item, relation, obj)
                self._note_dirty(item)
        for item in before:
            gone = dynamic or not is_in(item, now)
            if gone and item not in self.deleted and not _has_parent(relation, item):
                self._link(item, relation, None)
                self._note_dirty(item)

    def _link_rows(self, relation, obj, before, now):
        dynamic = relation.lazy in ("dynamic", "write_only")
        for item in now:
            if dynamic or not is_in(item, before):
                self.rows.append((relation, obj, item, False))
        for item in before:
            if dynamic or not is_in(item, now):
                self.rows.append((relation, obj, item, True))

    def _apply_links(self, obj):
        """Foreign keys get the values of what they refer to."""
        for relation, parent in self.links.get(id(obj), ()):
            if parent is not None and state_of(parent).key is None:
                self.late.append((obj, relation, parent))
                continue
            _synchronise(relation, obj, parent)

    # ---- INSERT ----

    def _insert_all(self, order):
        groups = {}
        for obj in self.new:
            groups.setdefault(order.get(id(_root(obj).local_table), 0), []).append(obj)
        for number in sorted(groups):
            _Inserts(self).run(self._parents_first(groups[number]))
        for obj, relation, parent in self.late:
            if state_of(parent).key is not None:
                _synchronise(relation, obj, parent)
                self._note_dirty(obj)

    def _parents_first(self, objs):
        """Of one table: those that others refer to before these."""
        members = _Plain()
        for obj in objs:
            members.add(obj)
        done, ordered = _Plain(), []

        def visit(obj, depth):
            if obj in done:
                return
            done.add(obj)
            for _, parent in self.links.get(id(obj), ()):
                if parent is not None and parent in members and depth < 200:
                    visit(parent, depth + 1)
            ordered.append(obj)

        for obj in objs:
            visit(obj, 0)
        return ordered

    # ---- UPDATE ----

    def _update_all(self):
        for obj in self.dirty:
            if obj not in self.deleted or self.links.get(id(obj)):
                self._apply_links(obj)
        _Updates(self).run([obj for obj in self.dirty if obj not in self.deleted])

    # ---- rows of secondary tables ----

    def _secondary_rows(self):
        seen = set()
        for relation, owner, item, goes in self.rows:
            values = {}
            for own, middle in relation.pairs:
                values[middle.key] = _value(owner, own)
            for own, middle in relation.target_pairs:
                values[middle.key] = _value(item, own)
            mark = (id(relation.secondary), goes, tuple(sorted(values.items(), key=str)))
            if mark in seen:
                continue
            seen.add(mark)
            if goes:
                self._delete_row(relation.secondary, values)
            else:
                self.session._run(sqlalchemy.insert(relation.secondary).values(values))

    def _delete_row(self, table, values):
        where = [table.c[key] == value for key, value in values.items()]
        self.session._run(sqlalchemy.delete(table).where(*where))

    # ---- DELETE ----

    def _delete_all(self, order):
        objs = [obj for obj in self.deleted.values() if state_of(obj).key is not None]
        objs.sort(key=lambda obj: -order.get(id(_root(obj).local_table), 0))
        for obj in _children_first(objs):
            self._delete(obj)

    def _delete(self, obj):
        plan = plan_of(type(obj).__mapper__)
        identity = state_of(obj).key[1]
        self.session._event(obj, "before_delete")
        for table in reversed(plan.tables):
            params = {"pk_%d" % n: value for n, value in enumerate(identity)}
            result = self.session._run(_delete_statement(plan, table), params)
            if result.rowcount == 0:
                _warn_missing(table.table, "delete")
        self.session._event(obj, "after_delete")
        self.session._forget(obj)

    # ---- the end ----

    def _finish(self):
        session = self.session
        for obj in self.new + self.dirty:
            state = state_of(obj)
            if state.key is not None:
                state.committed = {}
            for key in [k for k in obj.__dict__ if k.startswith("_sa_appended_")]:
                del obj.__dict__[key]
        session._new.clear()
        session._dirty.clear()
        session._deleted.clear()


def _warn_missing(table, verb):
    import warnings

    warnings.warn(
        "DELETE statement on table '%s' expected to %s 1 row(s); 0 were matched.  Please set "
        "confirm_deleted_rows=False within the mapper configuration to prevent this warning."
        % (table.name, verb),
        sqlalchemy.exc.SAWarning,
    )


def _root(obj):
    return type(obj).__mapper__.base_mapper


def _value(obj, column):
    return getattr(obj, plan_of(type(obj).__mapper__).key_of(column))


def _has_parent(relation, item):
    """Whether the item belongs to another owner by now."""
    reverse = relation.reverse
    if reverse is None or reverse.uselist:
        return False
    return item.__dict__.get(reverse.key) is not None


def _children_first(objs):
    """Of the same table: those that refer to others before these."""
    ordered = []
    for obj in objs:
        plan = plan_of(type(obj).__mapper__)
        table = plan.tables[0].table
        at = len(ordered)
        for column in table.columns:
            if column.foreign_keys and any(column.references(c) for c in table.columns):
                value = obj.__dict__.get(plan.key_of(column))
                for number, each in enumerate(ordered):
                    if type(each) is type(obj) and state_of(each).key[1] == (value,):
                        at = min(at, number)
        ordered.insert(at, obj)
    return ordered


def _table_order(objs):
    """id of a table -> its number: referred ones first."""
    order = {}
    for obj in objs:
        table = _root(obj).local_table
        if id(table) not in order:
            for number, each in enumerate(table.metadata.sorted_tables):
                order.setdefault(id(each), number)
    return order


def _synchronise(relation, obj, parent):
    """The foreign key's attributes of `obj` as `parent` has them; None when there is none."""
    plan = plan_of(type(obj).__mapper__)
    if relation.direction == "MANYTOONE":
        pairs = relation.pairs
    else:
        pairs = [(remote, local) for local, remote in relation.pairs]
    for foreign, referred in pairs:
        key = plan.key_of(foreign)
        if key is None:
            continue
        value = None if parent is None else _value(parent, referred)
        if parent is None and foreign.primary_key:
            continue
        if obj.__dict__.get(key, NO_VALUE) != value:
            setattr(obj, key, value)


# ---- statements, made once a shape ----


def _where(plan, table):
    """The primary key of a table's row, by bindparams pk_0, pk_1, ..."""
    columns = list(table.table.primary_key.columns)
    if len(columns) != len(plan.pk_keys):
        columns = [table.columns[key] for key in plan.pk_keys]
    return [column == sqlalchemy.bindparam("pk_%d" % n, type_=column.type)
            for n, column in enumerate(columns)]


def _delete_statement(plan, table):
    mark = ("delete", id(table))
    if mark not in plan.statements:
        plan.statements[mark] = sqlalchemy.delete(table.table).where(*_where(plan, table))
    return plan.statements[mark]


def _update_statement(plan, table, keys):
    mark = ("update", id(table), keys)
    if mark not in plan.statements:
        values = {
            table.columns[key]: sqlalchemy.bindparam("v_" + key, type_=table.columns[key].type)
            for key in keys
        }
        plan.statements[mark] = (
            sqlalchemy.update(table.table).where(*_where(plan, table)).values(values))
    return plan.statements[mark]


def _insert_statement(plan, table, keys, returning):
    mark = ("insert", id(table), keys, returning)
    if mark not in plan.statements:
        made = sqlalchemy.insert(table.table)
        if keys:
            made = made.values({
                table.columns[key]: sqlalchemy.bindparam("v_" + key, type_=table.columns[key].type)
                for key in keys})
        if returning:
            made = made.returning(*[table.columns[key] for key in returning])
        plan.statements[mark] = made
    return plan.statements[mark]


def is_expression(value):
    return _native.kind(value) is not None or hasattr(value, "__clause_element__")


# ---- INSERT ----


def column_default(session, given):
    """The value of default= or onupdate=."""
    arg = getattr(given, "arg", given)
    if isinstance(arg, sqlalchemy.Sequence):
        return session._run(sqlalchemy.select(arg.next_value())).scalar()
    if callable(arg) and not is_expression(arg):
        return _call_default(arg)
    return arg


def _stores_none(column):
    """Whether None is a value of its own: JSON's null."""
    kind = column.type
    return isinstance(kind, sqlalchemy.JSON) and not getattr(kind, "none_as_null", False)


class _Inserts:
    """Inserts objects of one table in order; equal statements with keys go out together."""

    def __init__(self, flush):
        self.flush = flush
        self.session = flush.session
        self.waiting = []  # (obj, plan, {table index: values}) for one statement

    def run(self, objs):
        for obj in objs:
            links = self.flush.links.get(id(obj))
            if links:
                if any(each is not None and state_of(each).key is None for _, each in links):
                    self._send()
                self.flush._apply_links(obj)
            self.session._event(obj, "before_insert")
            self._one(obj)
        self._send()

    def _one(self, obj):
        plan = plan_of(type(obj).__mapper__)
        attrs = obj.__dict__
        key = plan.polymorphic_key
        if key is not None and attrs.get(key) is None:
            identity = plan.mapper.polymorphic_identity
            if identity is not None:
                attrs[key] = identity
        if len(plan.tables) == 1 and self._may_wait(plan, obj):
            values = self._values(plan.tables[0], attrs)
            shape = (plan, tuple(values))
            if not any(is_expression(v) for v in values.values()):
                if self.waiting and self.waiting[0][1] != shape:
                    self._send()
                self.waiting.append((obj, shape, values))
                if len(self.waiting) >= BATCH:
                    self._send()
                return
        self._send()
        for number, table in enumerate(plan.tables):
            if number:
                self._take_key(plan, table, attrs)
            self._single(plan, table, obj)
        self._stored(obj, plan)

    def _may_wait(self, plan, obj):
        """Whether the key is known before, so that nothing must be read back."""
        table = plan.tables[0]
        for key in table.pk:
            if obj.__dict__.get(key) is None and table.columns[key].default is None:
                return False
        return True

    def _values(self, table, attrs):
        """What is inserted, with defaults filled in."""
        values = {}
        for key, column in table.columns.items():
            value = attrs.get(key)
            if value is not None or (key in attrs and _stores_none(column)):
                values[key] = value
            elif column.default is not None:
                values[key] = value = column_default(self.session, column.default)
                attrs[key] = value
            elif column.server_default is not None or column.primary_key:
                if not column.primary_key:
                    attrs.pop(key, None)
            else:
                attrs[key] = None
                if not _stores_none(column):
                    values[key] = None
        return values

    def _take_key(self, plan, table, attrs):
        """A joined table's key is that of the table above."""
        for key, name in zip(plan.pk_keys, table.table.primary_key.columns):
            for own, column in table.columns.items():
                if column is name:
                    attrs[own] = attrs[key]

    def _single(self, plan, table, obj):
        attrs = obj.__dict__
        values = self._values(table, attrs)
        plain = {k: v for k, v in values.items() if not is_expression(v)}
        missing = [key for key in table.pk if attrs.get(key) is None]
        returning = tuple(missing) if missing and self._must_return(table, missing) else ()
        statement = _insert_statement(plan, table, tuple(plain), returning)
        for key, value in values.items():
            if key not in plain:
                statement = statement.values({table.columns[key]: value})
                attrs.pop(key, None)
        result = self.session._run(statement, {"v_" + k: v for k, v in plain.items()})
        if returning:
            attrs.update(zip(returning, result.one()))
        elif missing:
            attrs[missing[0]] = result.lastrowid

    def _must_return(self, table, missing):
        name = self.session.connection().dialect.name
        column = table.columns[missing[0]]
        integer = isinstance(column.type, sqlalchemy.Integer)
        return name not in ("sqlite", "mysql", "mariadb") or len(missing) > 1 or not integer

    def _send(self):
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        plan, keys = waiting[0][1]
        statement = _insert_statement(plan, plan.tables[0], keys, ())
        rows = [{"v_" + k: v for k, v in values.items()} for _, _, values in waiting]
        self.session._run(statement, rows if len(rows) > 1 else rows[0])
        for obj, _, _ in waiting:
            self._stored(obj, plan)

    def _stored(self, obj, plan):
        state = state_of(obj)
        state.key = (plan.root.class_, plan.identity(obj.__dict__))
        state.committed = {}
        state.session = self.session
        self.session._stored(obj)
        self.session._event(obj, "after_insert")


# ---- UPDATE ----


class _Updates:
    """Updates changed columns; equal statements that follow one another go out together."""

    def __init__(self, flush):
        self.session = flush.session
        self.waiting = []  # (table, parameters)
        self.shape = None

    def run(self, objs):
        objs = [(obj, plan_of(type(obj).__mapper__)) for obj in objs]
        for obj, plan in objs:
            changed = changes_of(obj, plan)
            if not changed:
                continue
            self.session._event(obj, "before_update")
            changed = changes_of(obj, plan)
            for table in plan.tables:
                keys = [key for key in changed if key in table.columns]
                if keys:
                    self._one(obj, plan, table, keys)
            self.session._event(obj, "after_update")
        self._send()

    def _one(self, obj, plan, table, keys):
        attrs = obj.__dict__
        state = state_of(obj)
        values = {key: attrs.get(key) for key in keys}
        for key, column in table.columns.items():
            if column.onupdate is not None and key not in values:
                values[key] = attrs[key] = column_default(self.session, column.onupdate)
        plain = {k: v for k, v in values.items() if not is_expression(v)}
        identity = state.key[1]
        params = {"pk_%d" % n: value for n, value in enumerate(identity)}
        params.update({"v_" + k: v for k, v in plain.items()})
        statement = _update_statement(plan, table, tuple(plain))
        if len(plain) < len(values):
            self._send()
            for key in values:
                if key not in plain:
                    statement = statement.values({table.columns[key]: values[key]})
                    attrs.pop(key, None)
            self._check(self.session._run(statement, params), table, 1)
        else:
            if self.shape is not statement:
                self._send()
            self.shape = statement
            self.waiting.append((table, params))
            if len(self.waiting) >= BATCH:
                self._send()
        if any(key in plan.pk_keys for key in keys):
            self.session._rekey(obj, plan)

    def _send(self):
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        rows = [params for _, params in waiting]
        table = waiting[0][0]
        if len(rows) == 1:
            self._check(self.session._run(self.shape, rows[0]), table, 1)
            return
        result = self.session._run(self.shape, rows)
        self._check(result, table, len(rows))

    def _check(self, result, table, expected):
        matched = result.rowcount
        if matched >= 0 and matched != expected:
            from sqlalchemy.orm.exc import StaleDataError

            raise StaleDataError(
                "UPDATE statement on table '%s' expected to update %d row(s); %d were matched."
                % (table.table.name, expected, matched)
            )


def changes_of(obj, plan):
    """The attributes of columns that differ from what was loaded."""
    committed = state_of(obj).committed
    attrs = obj.__dict__
    found = []
    for key, old in committed.items():
        if key not in plan.columns or key not in attrs:
            continue
        if old is NO_VALUE or differs(old, attrs[key]):
            found.append(key)
    return found


def differs(old, new):
    if is_expression(new):
        return True
    return old is not new and not old == new
