# SPDX-License-Identifier: MIT
"""session.query(...): a SELECT that is built step by step."""
import sqlalchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import _native
from sqlalchemy.orm._comparators import RelationshipAttribute
from sqlalchemy.orm._loading import EntityPart, ORMResult, expanded, part_of
from sqlalchemy.orm._mapper import class_of_table
from sqlalchemy.orm._state import mapper_of, plan_of


def _refuse(what):
    raise NotImplementedError("limbeck does not serve %s of sqlalchemy.orm" % what)


def _element(value):
    """What a class, an alias, an attribute is in a statement."""
    if isinstance(value, RelationshipAttribute):
        return value
    return value.__clause_element__() if hasattr(value, "__clause_element__") else value


class Query:
    def __init__(self, entities, session=None):
        if not isinstance(entities, (list, tuple)):
            entities = (entities,)
        self.session = session
        self._entities = tuple(entities)
        self._statement = sqlalchemy.select(*entities)
        self._per = None
        self._fresh = False
        self._joined = None  # what was joined last: filter_by() speaks of it
        self._selected_from = None
        self._given = None  # params()

    def _with(self, statement, **changed):
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._statement = statement
        made.__dict__.update(changed)
        return made

    # ---- what it is ----

    @property
    def statement(self):
        return self._compiled()

    @property
    def selectable(self):
        return self.statement

    @property
    def column_descriptions(self):
        found = []
        for each in self._entities:
            part = part_of(each)
            entity = part.entity if isinstance(part, EntityPart) else None
            found.append({"name": part.name, "expr": each, "entity": entity,
                          "type": entity or getattr(each, "type", None), "aliased": False})
        return found

    def __str__(self):
        return str(self.statement)

    def __clause_element__(self):
        return self.statement

    def _parts(self):
        return [part_of(each) for each in self._entities]

    def _compiled(self):
        """The statement as it goes out."""
        if self._is_compound():
            return self._statement
        return expanded(self._statement, self._parts())

    def _is_compound(self):
        return _native.kind(self._statement) != "select"

    def _main(self):
        """The class that the query is about."""
        for entity in self._entities:
            found = self._entity_of(entity)
            if found is not None:
                return found
        if self._selected_from is not None:
            return self._selected_from
        _refuse("a query without a mapped class")

    def _entity_of(self, entity):
        if isinstance(entity, RelationshipAttribute):
            return entity.owner
        if mapper_of(entity) is not None and not _native.kind(entity):
            return entity
        column = _native.column(entity)
        table = getattr(column, "table", None)
        return class_of_table.get(table) if table is not None else None

    # ---- building ----

    def filter(self, *criteria):
        return self._with(self._statement.where(*criteria))

    where = filter

    def filter_by(self, **kw):
        entity = self._joined if self._joined is not None else self._main()
        criteria = []
        for key, value in kw.items():
            if not hasattr(entity, key):
                name = getattr(entity, "__name__", None) or entity._sa_name
                raise InvalidRequestError(
                    'Entity namespace for "%s" has no property "%s"'
                    % (mapper_of(entity).local_table.name or name, key))
            criteria.append(getattr(entity, key) == value)
        return self.filter(*criteria)

    def join(self, target, *props, isouter=False, full=False, onclause=None):
        if props:
            onclause = props[0]
        made = self
        if isinstance(target, tuple) and len(target) == 2:
            target, onclause = target
        for each, condition in made._joins(target, onclause):
            statement = made._anchored()
            made = made._with(statement.join(_element(each), condition, isouter=isouter, full=full))
        joined = target.target if isinstance(target, RelationshipAttribute) else target
        if mapper_of(joined) is not None and not _native.kind(joined):
            made._joined = joined
        for prop in props[1:]:
            made = made.join(prop, isouter=isouter, full=full)
        return made

    def _joins(self, target, onclause):
        """[(what is joined, the condition)]."""
        if isinstance(target, str) or isinstance(onclause, str):
            raise sqlalchemy.exc.ArgumentError(
                "Join target %r should be an attribute or a mapped class: texts are of "
                "SQLAlchemy 1.x" % (target if isinstance(target, str) else onclause,))
        if isinstance(target, RelationshipAttribute):
            return target.joins()
        if isinstance(onclause, RelationshipAttribute):
            return onclause.joins(target=target)
        if onclause is None and mapper_of(target) is not None:
            onclause = self._natural(target)
        return [(target, onclause)]

    def _natural(self, target):
        """By the foreign keys between the classes; None leaves it to the tables."""
        from sqlalchemy.orm._comparators import adapter_of
        from sqlalchemy.orm._relationships import _references

        lefts = [self._joined] if self._joined is not None else []
        lefts += [self._selected_from] if self._selected_from is not None else []
        lefts += [each for each in map(self._entity_of, self._entities) if each is not None]
        for left in lefts:
            ours, theirs = mapper_of(left).tables, mapper_of(target).tables
            pairs = _references(ours, theirs) or [
                (b, a) for a, b in _references(theirs, ours)]
            if pairs:
                mine, other = adapter_of(left), adapter_of(target)
                return sqlalchemy.and_(*[mine(a) == other(b) for a, b in pairs])
        return None

    def _anchored(self):
        """The statement with what its first join starts from in FROM."""
        if _native.froms(self._statement):
            return self._statement
        for entity in self._entities:
            found = self._entity_of(entity)
            if found is not None:
                return self._statement.select_from(_element(found))
        return self._statement

    def outerjoin(self, target, *props, full=False, onclause=None):
        return self.join(target, *props, isouter=True, full=full, onclause=onclause)

    def select_from(self, *froms):
        made = self._with(self._statement.select_from(*[_element(each) for each in froms]))
        for each in froms:
            if mapper_of(each) is not None and not _native.kind(each):
                made._selected_from = each
        return made

    def order_by(self, *clauses):
        clauses = [each for each in clauses if each is not None and each is not False]
        if not clauses:
            return self
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
        made = self if stop is None else self.limit(stop - (start or 0))
        return made.offset(start) if start else made

    def distinct(self, *columns):
        return self._with(self._statement.distinct(*columns))

    def with_entities(self, *entities):
        statement = self._anchored().with_only_columns(*entities)
        return self._with(statement, _entities=tuple(entities))

    def add_columns(self, *columns):
        return self.with_entities(*self._entities, *columns)

    add_entity = add_column = add_columns

    def correlate(self, *froms):
        return self._with(self._statement.correlate(*[_element(each) for each in froms]))

    def with_for_update(self, **kw):
        return self._with(self._statement.with_for_update(**kw))

    def prefix_with(self, *prefixes):
        return self._with(self._statement.prefix_with(*prefixes))

    def params(self, *args, **kw):
        given = dict(self._given or {}, **(args[0] if args else {}))
        return self._with(self._statement, _given=dict(given, **kw))

    def reset_joinpoint(self):
        return self._with(self._statement, _joined=None)

    def options(self, *options):
        return self

    def execution_options(self, **kw):
        return self.yield_per(kw["yield_per"]) if "yield_per" in kw else self

    def enable_eagerloads(self, value):
        return self

    def enable_assertions(self, value):
        return self

    def autoflush(self, setting):
        return self

    def with_session(self, session):
        return self._with(self._statement, session=session)

    def yield_per(self, count):
        return self._with(self._statement, _per=count)

    def populate_existing(self):
        return self._with(self._statement, _fresh=True)

    def with_labels(self):
        return self

    # ---- as a part of others ----

    def subquery(self, name=None, with_labels=False, reduce_columns=False):
        return self._compiled().subquery(name)

    def cte(self, name=None, recursive=False, nesting=False):
        return self._compiled().cte(name, recursive)

    def scalar_subquery(self):
        return self._compiled().scalar_subquery()

    as_scalar = scalar_subquery

    def label(self, name):
        return self.scalar_subquery().label(name)

    def exists(self):
        return self._filtered().with_only_columns(sqlalchemy.literal_column("1")).exists()

    def _filtered(self):
        """The statement with what single table inheritance asks for, and with its FROM."""
        made = self._anchored()
        for part in self._parts():
            criterion = part.criterion()
            if criterion is not None:
                made = made.where(criterion)
        return made

    def _combined(self, name, others):
        selects = [each._compiled() if isinstance(each, Query) else each for each in others]
        return self._with(getattr(self._compiled(), name)(*selects))

    def union(self, *others):
        return self._combined("union", others)

    def union_all(self, *others):
        return self._combined("union_all", others)

    def intersect(self, *others):
        return self._combined("intersect", others)

    def except_(self, *others):
        return self._combined("except_", others)

    # ---- running ----

    def _result(self):
        session = self.session
        session._autoflush()
        parts = self._parts()
        result = session._run(self._compiled(), self._given)
        return ORMResult.of(session, parts, result, self._per, self._fresh)

    def _items(self):
        result = self._result()
        if len(self._entities) == 1 and isinstance(part_of(self._entities[0]), EntityPart):
            return result.scalars()
        return result

    def __iter__(self):
        return iter(self._items())

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self.slice(index.start, index.stop).all()
        if index < 0:
            raise IndexError("negative indexes are not accepted by SQL index / slice operators")
        return self.slice(index, index + 1).all()[0]

    def all(self):
        return self._items().all()

    def first(self):
        return (self if self._is_compound() else self.limit(1))._items().first()

    def one(self):
        return self._items().one()

    def one_or_none(self):
        return self._items().one_or_none()

    def scalar(self):
        found = self._items().one_or_none()
        if found is None or isinstance(part_of(self._entities[0]), EntityPart):
            return found if not isinstance(found, tuple) else found[0]
        return found[0]

    def get(self, ident):
        return self.session.get(self._main(), ident)

    def count(self):
        inner = self._compiled().subquery("anon_1")
        self.session._autoflush()
        counted = sqlalchemy.func.count().label("count_1")
        return self.session._run(sqlalchemy.select(counted).select_from(inner), self._given).scalar()

    # ---- writing ----

    def _conditioned(self, statement, mapper):
        where = list(self._statement._where_criteria)
        criterion = plan_of(mapper).criterion()
        if criterion is not None:
            where.append(criterion)
        return statement.where(*where) if where else statement

    def _writable(self, what):
        cls = self._main()
        mapper = mapper_of(cls)
        if hasattr(cls, "_sa_adapt"):
            _refuse("Query.%s() of an alias" % what)
        if _native.limited(self._statement):
            raise InvalidRequestError("Can't call Query.%s() when limit() has been called" % what)
        if len(mapper.tables) > 1 and what == "delete":
            _refuse("Query.delete() of a class that inherits over a join")
        return mapper

    def update(self, values, synchronize_session="auto", update_args=None):
        mapper = self._writable("update")
        plan = plan_of(mapper)
        self.session._autoflush()
        pairs = values.items() if isinstance(values, dict) else values
        plain = {}
        for key, value in pairs:
            column = plan.columns.get(key) if isinstance(key, str) else _native.column(key)
            if column is None:
                raise InvalidRequestError("Entity '%s' has no property '%s'" % (mapper, key))
            plain[column] = value
        tables = {id(column.table): column.table for column in plain}
        if len(tables) > 1:
            _refuse("Query.update() of columns of several tables")
        table = list(tables.values())[0] if tables else mapper.local_table
        for key, column in plan.columns.items():
            if column.onupdate is not None and column.table is table and column not in plain:
                from sqlalchemy.orm._flush import column_default

                plain[column] = column_default(self.session, column.onupdate)
        statement = self._conditioned(sqlalchemy.update(table), mapper).values(plain)
        result = self.session._run(statement, self._given)
        if synchronize_session is not False:
            self.session._stale(mapper)
        return result.rowcount

    def delete(self, synchronize_session="auto", delete_args=None):
        mapper = self._writable("delete")
        self.session._autoflush()
        gone = [] if synchronize_session is False else self._matched(mapper)
        statement = self._conditioned(sqlalchemy.delete(mapper.local_table), mapper)
        result = self.session._run(statement, self._given)
        for obj in gone:
            self.session._forget(obj)
        return result.rowcount

    def _matched(self, mapper):
        """The session's objects that the conditions select."""
        session = self.session
        if not any(isinstance(obj, mapper.class_) for obj in session.identity_map.objects()):
            return []
        plan = plan_of(mapper)
        keys = sqlalchemy.select(*[plan.columns[key] for key in plan.pk_keys])
        rows = session._run(self._conditioned(keys, mapper)).all()
        found = [session.identity_map.get((plan.root.class_, row._tuple())) for row in rows]
        return [obj for obj in found if obj is not None]
