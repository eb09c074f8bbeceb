# SPDX-License-Identifier: MIT
"""Model.relationship in queries, and aliases of classes."""
import sqlalchemy
from sqlalchemy.orm import _native
from sqlalchemy.orm._mapper import elements
from sqlalchemy.orm._state import mapper_of, plan_of


def _same(column):
    return column


_numbers = {}


def alias_name(table):
    """post_1, post_2, ..."""
    _numbers[table.name] = _numbers.get(table.name, 0) + 1
    return "%s_%d" % (table.name, _numbers[table.name])


def adapter_of(entity):
    """What makes a column of the class one of the entity: of an alias, another."""
    return getattr(entity, "_sa_adapt", _same)


class RelationshipAttribute:
    """Of the class; join(Model.relationship) follows it."""

    def __init__(self, prop, owner, target=None, criteria=()):
        self.prop = self.property = prop
        self.owner = owner
        self._target = target
        self._criteria = criteria

    @property
    def key(self):
        return self.prop.key

    @property
    def relation(self):
        return self.prop.relation

    @property
    def class_(self):
        return self.prop.parent.class_

    @property
    def parent(self):
        return self.prop.parent

    @property
    def mapper(self):
        return self.relation.target

    @property
    def entity(self):
        return self.target

    @property
    def target(self):
        return self._target if self._target is not None else self.relation.target.class_

    def __repr__(self):
        return "<relationship %s>" % self.relation

    __hash__ = object.__hash__

    def of_type(self, entity):
        return RelationshipAttribute(self.prop, self.owner, entity, self._criteria)

    def and_(self, *criteria):
        return RelationshipAttribute(
            self.prop, self.owner, self._target, self._criteria + criteria)

    def joins(self, left=None, target=None):
        """[(what is joined, the condition)]."""
        target = target if target is not None else self.target
        left = adapter_of(left if left is not None else self.owner)
        relation = self.relation
        if relation.secondary is None:
            condition = relation.conditions(left, adapter_of(target))
            return [(target, sqlalchemy.and_(condition, *self._criteria))]
        middle = relation.secondary.alias(alias_name(relation.secondary))
        first, second = relation.conditions(left, adapter_of(target), middle)
        return [(middle, first), (target, sqlalchemy.and_(second, *self._criteria))]

    def __sa_join__(self, target=None):
        return self.joins(target=target)

    # ---- conditions ----

    def _exists(self, criterion, kw):
        relation = self.relation
        target = self.target
        if relation.self_referential and self._target is None:
            target = AliasedClass(target)
        right = adapter_of(target)
        given = [getattr(target, key) == value for key, value in kw.items()]
        if criterion is not None:
            if target is not self.target:
                tables = relation.target.tables
                criterion = _native.replace(
                    criterion, {c: right(c) for table in tables for c in table.columns})
            given.append(criterion)
        conditions = relation.conditions(adapter_of(self.owner), right)
        conditions = conditions if isinstance(conditions, tuple) else (conditions,)
        made = sqlalchemy.select(sqlalchemy.literal_column("1"))
        if relation.secondary is not None:
            made = made.select_from(relation.secondary, target)
        else:
            made = made.select_from(target)
        made = made.where(*conditions, *self._criteria, *given)
        outer = getattr(self.owner, "__clause_element__", None)
        return (made.correlate(outer()) if outer is not None else made).exists()

    def any(self, criterion=None, **kw):
        if not self.relation.uselist:
            raise sqlalchemy.exc.InvalidRequestError(
                "'any()' not implemented for scalar attributes. Use has()."
            )
        return self._exists(criterion, kw)

    def has(self, criterion=None, **kw):
        if self.relation.uselist:
            raise sqlalchemy.exc.InvalidRequestError(
                "'has()' not implemented for collections. Use any()."
            )
        return self._exists(criterion, kw)

    def _equals(self, obj):
        """The local columns have the values that the object's key has."""
        relation = self.relation
        left = adapter_of(self.owner)
        plan = plan_of(type(obj).__mapper__)
        parts = []
        for local, remote in relation.pairs:
            value = getattr(obj, plan.key_of(remote))
            parts.append(left(local) == value)
        return sqlalchemy.and_(*parts)

    def __eq__(self, other):
        relation = self.relation
        if relation.direction != "MANYTOONE":
            if other is None:
                return ~self._exists(None, {})
            return self.contains(other)
        if other is None:
            left = adapter_of(self.owner)
            return sqlalchemy.and_(*[left(local).is_(None) for local, _ in relation.pairs])
        return self._equals(other)

    def __ne__(self, other):
        relation = self.relation
        if other is None:
            if relation.direction != "MANYTOONE":
                return self._exists(None, {})
            left = adapter_of(self.owner)
            return sqlalchemy.and_(*[left(local).isnot(None) for local, _ in relation.pairs])
        left = adapter_of(self.owner)
        null = [left(local).is_(None) for local, _ in relation.pairs]
        return sqlalchemy.or_(sqlalchemy.not_(self == other), *null)

    def is_(self, other):
        return self == other

    def is_not(self, other):
        return self != other

    isnot = is_not

    def contains(self, other, **kw):
        relation = self.relation
        plan = plan_of(type(other).__mapper__)
        left = adapter_of(self.owner)
        if relation.secondary is None:
            values = [(left(a), getattr(other, plan.key_of(b))) for a, b in relation.pairs]
            return sqlalchemy.and_(*[a == value for a, value in values])
        middle = relation.secondary.alias(alias_name(relation.secondary))
        parts = [left(a) == middle.c[b.key] for a, b in relation.pairs]
        parts += [middle.c[b.key] == getattr(other, plan.key_of(a))
                  for a, b in relation.target_pairs]
        return sqlalchemy.and_(*parts)


# ---- aliases ----


class AliasedClass:
    """aliased(Model): its attributes are columns of the alias."""

    def __init__(self, cls, alias=None, name=None, flat=False):
        mapper = mapper_of(cls)
        source = mapper.persist_selectable
        if alias is None:
            if _native.kind(source) == "join":
                raise NotImplementedError(
                    "limbeck does not serve aliased() of %s, which inherits over a join"
                    % mapper.class_.__name__
                )
            alias = source.alias(name or alias_name(source))
        self._sa_mapper = mapper
        self._sa_element = alias
        self._sa_name = name or mapper.class_.__name__
        elements[id(alias)] = self
        _kept.append(alias)

    def __clause_element__(self):
        return self._sa_element

    def _sa_adapt(self, expression):
        column = _native.column(expression)
        if column is not None:
            found = self._sa_element.c.get(column.key)
            return found if found is not None else expression
        tables = self._sa_mapper.tables
        mapping = {c: self._sa_adapt(c) for table in tables for c in table.columns}
        return _native.replace(expression, mapping)

    def __getattr__(self, key):
        if key.startswith("_sa_") or key.startswith("__"):
            raise AttributeError(key)
        cls = self._sa_mapper.class_
        for base in cls.__mro__:
            found = base.__dict__.get(key)
            if isinstance(found, _native.ColumnAttribute):
                return self._sa_adapt(found.expression)
            if found is not None:
                break
        prop = self._sa_mapper._properties.get(key)
        if prop is not None and hasattr(prop, "relation"):
            return RelationshipAttribute(prop, self)
        if found is not None and hasattr(found, "extension_type"):
            return found.__get__(None, self)
        value = getattr(cls, key)
        return self._sa_adapt(value) if _native.kind(value) is not None else value


# Aliases that entity_of() knows stay, so that no other object takes their id.
_kept = []


def aliased(element, alias=None, name=None, flat=False, adapt_on_names=False):
    if mapper_of(element) is None:
        source = element
        if hasattr(element, "alias"):
            return source.alias(name)
        raise sqlalchemy.exc.ArgumentError("aliased() expects a mapped class or a selectable")
    return AliasedClass(element, alias, name, flat)


class Bundle:
    """Columns that come as one row."""

    is_bundle = True

    def __init__(self, name, *exprs, **kw):
        self.name = name
        self.exprs = exprs

    @property
    def c(self):
        return _BundleColumns({getattr(each, "key", None): each for each in self.exprs})

    columns = c


class _BundleColumns:
    def __init__(self, items):
        self.__dict__.update(items)


# ---- options of queries ----


class LoaderOption:
    """How something is to be loaded: accepted, for what is loaded is the same."""

    def __init__(self, *args, **kw):
        pass

    def __getattr__(self, name):
        if name not in _OPTIONS:
            raise AttributeError(name)
        return lambda *args, **kw: self


_OPTIONS = frozenset(
    "defaultload defer immediateload joinedload lazyload load_only selectin_polymorphic "
    "selectinload subqueryload undefer undefer_group options raiseload".split()
)


def option(name):
    def make(*args, **kw):
        return LoaderOption()

    make.__name__ = name
    return make
