# SPDX-License-Identifier: MIT
"""Relationships: how two classes hang together, and what an object's side of it holds."""
import re
import typing

import sqlalchemy
from sqlalchemy.exc import AmbiguousForeignKeysError, ArgumentError, InvalidRequestError
from sqlalchemy.exc import NoForeignKeysError
from sqlalchemy.orm import _native
from sqlalchemy.orm._collections import make_collection
from sqlalchemy.orm._mapper import Mapper
from sqlalchemy.orm._properties import RelationshipProperty
from sqlalchemy.orm._state import NO_VALUE, is_in, mapper_of, plan_of, state_of

_CASCADES = {
    "all": ("save-update", "merge", "refresh-expire", "expunge", "delete"),
    "none": (),
}
_COLLECTIONS = {"List": list, "Set": set, "list": list, "set": set, "Dict": dict, "dict": dict}


# ---- names in texts ----


def _registry_classes(mapper):
    registry = getattr(mapper.class_, "registry", None)
    return getattr(registry, "_class_registry", {})


def _named(name, mapper):
    """A class, a table or a function that a text means."""
    metadata = mapper.local_table.metadata
    classes = _registry_classes(mapper)
    if name in classes:
        return classes[name]
    if name in metadata.tables:
        return metadata.tables[name]
    found = getattr(sqlalchemy, name, None)
    if found is None:
        from sqlalchemy import orm

        found = getattr(orm, name, None)
    return found


class _Dotted:
    """package.module.Class: only the last name tells."""

    def __init__(self, mapper):
        self._mapper = mapper

    def __getattr__(self, name):
        found = _named(name, self._mapper)
        return self if found is None else found


def _evaluate(text, mapper):
    classes = _registry_classes(mapper)
    bare = text.strip()
    if bare in classes:
        return classes[bare]
    if bare in mapper.local_table.metadata.tables:
        return mapper.local_table.metadata.tables[bare]
    scope = {}
    for name in re.findall(r"(?<![\w.\"'])[A-Za-z_]\w*", text):
        found = _named(name, mapper)
        scope[name] = found if found is not None else _Dotted(mapper)
    try:
        found = eval(text, scope)
    except (NameError, AttributeError, SyntaxError, TypeError):
        found = None
    if found is None or isinstance(found, _Dotted):
        raise InvalidRequestError(
            "When initializing mapper %s, expression %r failed to locate a name (%r). If this is "
            "a class name, consider adding this relationship() to the %r class after both "
            "dependent classes have been defined." % (mapper, text, text, mapper.class_)
        )
    return found


def _given(value, mapper):
    """What an argument means: a text is evaluated, a function called."""
    if isinstance(value, str):
        return _evaluate(value, mapper)
    if isinstance(value, typing.ForwardRef):
        return _evaluate(value.__forward_arg__, mapper)
    if callable(value) and not isinstance(value, type) and _native.kind(value) is None:
        if not isinstance(value, sqlalchemy.Table) and not isinstance(value, Mapper):
            return value()
    return value


def _columns_given(value, mapper):
    found = _given(value, mapper)
    if found is None:
        return []
    if not isinstance(found, (list, tuple, set)):
        found = [found]
    return [_native.column(_given(each, mapper)) for each in found]


# ---- annotations ----


def _annotated_target(prop):
    """(what Mapped[...] names, the collection's class or None)."""
    item = getattr(prop.annotation, "item", None)
    if item is None:
        return None, None
    if isinstance(item, str):
        return _text_target(item)
    origin = typing.get_origin(item)
    args = typing.get_args(item)
    if origin in (list, set, dict) or getattr(origin, "__name__", "") in ("Sequence", "Collection"):
        return args[-1], origin if origin in (list, set, dict) else list
    rest = [arg for arg in args if arg is not type(None)]
    if args and len(rest) == 1:
        return rest[0], None
    return item, None


def _text_target(text):
    text = text.strip().strip("\"'")
    match = re.match(r"(?:typing\.|t\.)?(\w+)\[(.*)\]$", text)
    if match is None:
        parts = [part.strip() for part in text.split("|")]
        rest = [part for part in parts if part != "None"]
        return rest[0].strip("\"'"), None
    head, inner = match.group(1), match.group(2)
    if head in _COLLECTIONS or head in ("Sequence", "Collection", "AbstractSet"):
        last = inner.split(",")[-1] if head in ("Dict", "dict") else inner
        return last.strip().strip("\"'"), _COLLECTIONS.get(head, list)
    return _text_target(inner)[0], None


# ---- a relationship that is understood ----


def _references(left, right):
    """(column of left, column of right that it refers to) of the foreign keys between tables."""
    return [
        (a, b)
        for table in left
        for a in table.columns
        if a.foreign_keys
        for other in right
        for b in other.columns
        if a.references(b)
    ]


class Relation:
    def __init__(self, prop):
        self.prop = prop
        self.key = prop.key
        self.parent = prop.parent
        kw = prop.kw
        argument = prop.argument
        named, collection = _annotated_target(prop)
        if argument is None:
            argument = named
        self.target = self._target(argument)
        self.collection_class = kw.get("collection_class") or collection
        self.secondary = self._secondary(prop.secondary)
        self.viewonly = bool(kw.get("viewonly"))
        self.cascade = self._cascade(kw.get("cascade"))
        self.passive_deletes = kw.get("passive_deletes", False)
        self.post_update = bool(kw.get("post_update"))
        self.lazy = kw.get("lazy", "select")
        origin = getattr(prop.annotation, "__origin__", None)
        if getattr(origin, "__name__", "") in ("DynamicMapped", "WriteOnlyMapped"):
            self.lazy = "dynamic" if origin.__name__ == "DynamicMapped" else "write_only"
        self.foreign = _columns_given(kw.get("foreign_keys"), self.parent)
        self.remote_side = _columns_given(kw.get("remote_side"), self.parent)
        self.simple = True
        self.condition = self.secondary_condition = None
        self.pairs = []
        self.target_pairs = []
        self._join()
        self.uselist = kw.get("uselist")
        if self.uselist is None:
            self.uselist = self.direction != "MANYTOONE"
            if named is not None and collection is None and self.lazy not in _WRITERS:
                self.uselist = False
        self.reverse_key = None
        self._statement = None

    def _target(self, argument):
        found = _given(argument, self.parent)
        mapper = mapper_of(found)
        if mapper is None:
            raise ArgumentError(
                "Mapper '%s' relationship %r expects a class or a mapper argument (received: %s)"
                % (self.parent, self.key, type(found))
            )
        return mapper

    def _secondary(self, given):
        found = _given(given, self.parent)
        mapper = mapper_of(found) if found is not None else None
        return mapper.local_table if mapper is not None else found

    def _cascade(self, text):
        if text is None or text is True:
            return set() if self.viewonly else {"save-update", "merge"}
        found = set()
        for word in str(text or "").split(","):
            word = word.strip()
            found.update(_CASCADES.get(word, (word,) if word else ()))
        return found

    def __str__(self):
        return "%s.%s" % (self.parent.class_.__name__, self.key)

    @property
    def self_referential(self):
        return self.parent.base_mapper is self.target.base_mapper

    @property
    def reverse(self):
        if self.reverse_key is None:
            return None
        prop = self.target._properties.get(self.reverse_key)
        return prop.relation if prop is not None else None

    # ---- how it joins ----

    def _join(self):
        if self.secondary is not None:
            return self._join_secondary()
        given = self.prop.kw.get("primaryjoin")
        if given is not None:
            self.condition = _given(given, self.parent)
            found, self.simple = _native.pairs(self.condition)
            pairs = [self._foreign_first(a, b) for a, b in found]
            pairs = [pair for pair in pairs if pair is not None]
        else:
            pairs = self._found_pairs()
        if not pairs:
            self._no_join()
        mine = [pair for pair in pairs if self._is_mine(*pair)]
        if mine and len(mine) == len(pairs):
            self.direction = "MANYTOONE"
            self.pairs = pairs
        else:
            self.direction = "ONETOMANY"
            self.pairs = [(b, a) for a, b in pairs]

    def _is_mine(self, foreign, referred):
        """Whether the foreign key stands in the parent's table."""
        tables = self.parent.tables
        if not any(foreign.table is table for table in tables):
            return False
        if not any(foreign.table is table for table in self.target.tables):
            return True
        if any(each is referred for each in self.remote_side):
            return True
        return not self.self_referential and any(each is foreign for each in self.foreign)

    def _foreign_first(self, a, b):
        """A pair of a given condition as (foreign key, what it refers to)."""
        for foreign, referred in ((a, b), (b, a)):
            if any(each is foreign for each in self.foreign):
                return foreign, referred
        for foreign, referred in ((a, b), (b, a)):
            if foreign.references(referred):
                return foreign, referred
        if b.primary_key and not a.primary_key:
            return a, b
        if a.primary_key and not b.primary_key:
            return b, a
        mine = any(a.table is table for table in self.parent.tables)
        return (b, a) if mine else (a, b)

    def _found_pairs(self):
        ours, theirs = self.parent.tables, self.target.tables
        out = _references(ours, theirs)
        back = [] if self.self_referential else _references(theirs, ours)
        if self.parent.inherits is not None or self.target.inherits is not None:
            out = [(a, b) for a, b in out if not a.primary_key or not b.primary_key] or out
        found = out + back
        if self.foreign:
            found = [(a, b) for a, b in found if any(a is each for each in self.foreign)]
        if len({id(b) for _, b in found}) < len(found) or (out and back and not self.foreign):
            raise AmbiguousForeignKeysError(
                "Could not determine join condition between parent/child tables on relationship "
                "%s - there are multiple foreign key paths linking the tables.  Specify the "
                "'foreign_keys' argument, providing a list of those columns which should be "
                "counted as containing a foreign key reference to the parent table." % self
            )
        return found

    def _no_join(self):
        raise NoForeignKeysError(
            "Could not determine join condition between parent/child tables on relationship %s - "
            "there are no foreign keys linking these tables.  Ensure that referencing columns are "
            "associated with a ForeignKey or ForeignKeyConstraint, or specify a 'primaryjoin' "
            "expression." % self
        )

    def _join_secondary(self):
        self.direction = "MANYTOMANY"
        self.pairs = self._to_secondary("primaryjoin", self.parent)
        self.target_pairs = self._to_secondary("secondaryjoin", self.target)
        if self.self_referential and "primaryjoin" not in self.prop.kw:
            raise AmbiguousForeignKeysError(
                "Could not determine join condition between parent/child tables on relationship "
                "%s - there are multiple foreign key paths linking the tables via secondary table "
                "'%s'." % (self, self.secondary.name)
            )

    def _to_secondary(self, name, mapper):
        """[(column of the mapper, column of the secondary table)]."""
        given = self.prop.kw.get(name)
        if given is None:
            found = _references([self.secondary], mapper.tables)
            if not found:
                self._no_join()
            return [(b, a) for a, b in found]
        condition = _given(given, self.parent)
        found, simple = _native.pairs(condition)
        if not simple:
            self.simple = False
            if name == "primaryjoin":
                self.condition = condition
            else:
                self.secondary_condition = condition
        return [(b, a) if a.table is self.secondary else (a, b) for a, b in found]

    def conditions(self, left, right, secondary=None):
        """The join's conditions; left and right give a column as it is called there."""
        if self.secondary is None:
            made = [left(a) == right(b) for a, b in self.pairs]
            return sqlalchemy.and_(*made, *self._extra(left, right))
        middle = (lambda column: column) if secondary is None else (
            lambda column: secondary.c[column.key])
        first = sqlalchemy.and_(*[left(a) == middle(b) for a, b in self.pairs])
        second = sqlalchemy.and_(*[right(a) == middle(b) for a, b in self.target_pairs])
        return first, second

    def _extra(self, left, right):
        """What the given condition says beside equal columns."""
        if self.simple or self.condition is None:
            return []
        tables = self.target.tables
        mapping = {column: right(column) for table in tables for column in table.columns}
        if not self.self_referential:
            for table in self.parent.tables:
                mapping.update({column: left(column) for column in table.columns})
        return [_native.replace(self.condition, mapping)]

    # ---- loading ----

    def order(self):
        given = self.prop.kw.get("order_by")
        if given is None or given is False:
            return []
        found = _given(given, self.parent)
        found = list(found) if isinstance(found, (list, tuple)) else [found]
        return [_given(each, self.parent) for each in found]

    def statement(self):
        """The SELECT of an object's side, with a bindparam for each local column."""
        if self._statement is None:
            made = sqlalchemy.select(self.target.class_)
            binds = {local: sqlalchemy.bindparam("param_%d" % (n + 1), type_=local.type)
                     for n, (local, _) in enumerate(self.pairs)}
            same = lambda column: column  # noqa: E731
            if self.secondary is not None:
                first, second = self.conditions(lambda column: binds[column], same)
                made = made.where(first, second)
            elif self.simple:
                made = made.where(*[binds[local] == remote for local, remote in self.pairs])
            else:
                made = made.where(_native.replace(self.condition, binds))
            order = self.order()
            self._statement = made.order_by(*order) if order else made
        return self._statement

    def local_values(self, obj):
        plan = plan_of(type(obj).__mapper__)
        return [getattr(obj, plan.key_of(local)) for local, _ in self.pairs]

    def _by_identity(self):
        """Whether the remote columns are just the target's primary key."""
        if self.direction != "MANYTOONE" or not self.simple:
            return False
        remote = [b for _, b in self.pairs]
        key = list(self.target.base_mapper.local_table.primary_key.columns)
        return len(remote) == len(key) and all(any(a is b for b in remote) for a in key)

    def load(self, obj, session):
        values = self.local_values(obj)
        if any(value is None for value in values):
            return []
        if self._by_identity():
            plan = plan_of(self.target)
            by_key = {plan.key_of(remote): v for (_, remote), v in zip(self.pairs, values)}
            found = session.get(self.target.class_, tuple([by_key[k] for k in plan.pk_keys]))
            return [] if found is None else [found]
        params = {"param_%d" % (n + 1): value for n, value in enumerate(values)}
        return session.scalars(self.statement(), params).all()


_WRITERS = ("dynamic", "write_only")


# ---- putting backrefs in place ----


def configure():
    """Gives each backref its relationship."""
    pending = RelationshipProperty.pending
    while pending:
        prop = pending.pop()
        name = prop.kw.get("backref")
        if name is None:
            continue
        name, kw = name if isinstance(name, tuple) else (name, {})
        relation = prop.relation
        _backref(relation, name, dict(kw))


def _backref(relation, name, kw):
    target = relation.target
    if name in target._properties and isinstance(target._properties[name], RelationshipProperty):
        relation.reverse_key = name
        return
    if relation.secondary is not None:
        if "primaryjoin" in relation.prop.kw or "secondaryjoin" in relation.prop.kw:
            kw.setdefault("primaryjoin", relation.prop.kw.get("secondaryjoin"))
            kw.setdefault("secondaryjoin", relation.prop.kw.get("primaryjoin"))
    else:
        if relation.condition is not None:
            kw.setdefault("primaryjoin", relation.condition)
        foreign = [a if relation.direction == "MANYTOONE" else b for a, b in relation.pairs]
        kw.setdefault("foreign_keys", foreign)
        if relation.self_referential and relation.direction == "ONETOMANY":
            kw.setdefault("remote_side", [a for a, _ in relation.pairs])
    kw["back_populates"] = relation.key
    for option in ("viewonly", "post_update", "passive_updates"):
        if option in relation.prop.kw:
            kw.setdefault(option, relation.prop.kw[option])
    made = type(relation.prop)(relation.parent.class_, relation.secondary, **kw)
    target.add_property(name, made)
    for mapper in target.self_and_descendants:
        mapper._properties.setdefault(name, made)
        mapper.plan = None
    relation.reverse_key = name


def relation_of(prop):
    """The Relation of a property; made when it is first needed."""
    made = Relation(prop)
    prop.known = made
    if prop.kw.get("back_populates"):
        made.reverse_key = prop.kw["back_populates"]
    return made


# ---- an object's side ----


def get(prop, instance):
    attrs = instance.__dict__
    if prop.key in attrs:
        return attrs[prop.key]
    relation = prop.relation
    state = state_of(instance)
    if relation.lazy in _WRITERS:
        from sqlalchemy.orm._dynamic import AppenderQuery, WriteOnlyCollection

        kind = AppenderQuery if relation.lazy == "dynamic" else WriteOnlyCollection
        return kind(relation, instance)
    items = []
    if state.key is not None:
        if state.session is None:
            from sqlalchemy.orm.exc import DetachedInstanceError

            raise DetachedInstanceError(
                "Parent instance <%s at 0x%x> is not bound to a Session; lazy load operation of "
                "attribute '%s' cannot proceed"
                % (type(instance).__name__, id(instance), prop.key)
            )
        items = relation.load(instance, state.session)
    elif not relation.uselist:
        return None
    if relation.uselist:
        made = make_collection(relation.collection_class, prop, instance, items)
    else:
        made = items[0] if items else None
    attrs[prop.key] = made
    return made


def touch(prop, instance):
    """Notes what the side held before it changes."""
    state = state_of(instance)
    if state.key is None or prop.key in state.committed:
        return
    old = instance.__dict__.get(prop.key, NO_VALUE)
    state.modified(prop.key, old.items_of() if hasattr(old, "items_of") else old)


def put(prop, instance, value):
    """instance.relationship = value."""
    relation = prop.relation
    if relation.uselist:
        return _put_collection(prop, relation, instance, value)
    old = get(prop, instance) if _old_matters(relation, instance) else None
    touch(prop, instance)
    instance.__dict__[prop.key] = value
    if old is not None and old is not value:
        _unlink(relation, instance, old)
    if value is not None and old is not value:
        added(prop, instance, value)


def _old_matters(relation, instance):
    return relation.key in instance.__dict__ or (
        relation.direction != "MANYTOONE" and state_of(instance).key is not None)


def _put_collection(prop, relation, instance, value):
    old = get(prop, instance)
    before = old.items_of() if hasattr(old, "items_of") else []
    touch(prop, instance)
    after = list(value.values()) if isinstance(value, dict) else list(value)
    made = make_collection(relation.collection_class, prop, instance, after)
    instance.__dict__[prop.key] = made
    for item in before:
        if not is_in(item, after):
            removed(prop, instance, item)
    for item in after:
        if not is_in(item, before):
            added(prop, instance, item)


def added(prop, owner, item):
    relation = prop.relation
    if mapper_of(type(item)) is None:
        state_of(item)
    reverse = relation.reverse
    if reverse is not None:
        if reverse.uselist:
            _put_reverse(reverse, item, owner)
        else:
            _set_reverse(relation, reverse, item, owner)
    session = state_of(owner).session
    if session is not None and "save-update" in relation.cascade:
        session._add_cascaded(item)


def _put_reverse(reverse, item, owner):
    collection = item.__dict__.get(reverse.key)
    if collection is None:
        if state_of(item).key is not None or reverse.lazy in _WRITERS:
            return
        collection = get(reverse.prop, item)
    touch(reverse.prop, item)
    collection.put(owner)


def _set_reverse(relation, reverse, item, owner):
    old = item.__dict__.get(reverse.key)
    if old is owner:
        return
    touch(reverse.prop, item)
    item.__dict__[reverse.key] = owner
    if old is not None:
        _take(relation, old, item)


def _take(relation, owner, item):
    collection = owner.__dict__.get(relation.key)
    if collection is None:
        return
    touch(relation.prop, owner)
    if relation.uselist:
        collection.take(item)
    elif collection is item:
        owner.__dict__[relation.key] = None


def removed(prop, owner, item):
    _unlink(prop.relation, owner, item)


def _unlink(relation, owner, item):
    """The other side forgets the owner."""
    reverse = relation.reverse
    if reverse is None:
        return
    if reverse.uselist:
        _take(reverse, item, owner)
    elif reverse.key in item.__dict__ or state_of(item).key is not None:
        if item.__dict__.get(reverse.key, owner) is owner:
            touch(reverse.prop, item)
            item.__dict__[reverse.key] = None
