# SPDX-License-Identifier: MIT
"""Collections that are queries: lazy="dynamic" and lazy="write_only"."""
from sqlalchemy.orm._collections import InstrumentedList
from sqlalchemy.orm._relationships import added, removed, touch
from sqlalchemy.orm._state import state_of


def _pending(relation, owner):
    """What was put in since the last flush; made when it is first needed."""
    found = owner.__dict__.get("_sa_appended_" + relation.key)
    if found is None:
        found = owner.__dict__["_sa_appended_" + relation.key] = ([], [])
    return found


class _Writer:
    def __init__(self, relation, owner):
        self._relation = relation
        self._owner = owner

    def append(self, item):
        _pending(self._relation, self._owner)[0].append(item)
        self._change()
        added(self._relation.prop, self._owner, item)

    add = append

    def extend(self, items):
        for item in items:
            self.append(item)

    add_all = extend

    def remove(self, item):
        _pending(self._relation, self._owner)[1].append(item)
        self._change()
        removed(self._relation.prop, self._owner, item)

    def _change(self):
        state = state_of(self._owner)
        if state.key is not None:
            touch(self._relation.prop, self._owner)

    def _criteria(self):
        """The conditions that rows are this owner's."""
        relation = self._relation
        values = dict(zip([id(a) for a, _ in relation.pairs], relation.local_values(self._owner)))
        if relation.secondary is None:
            return [relation.conditions(lambda a: _literal(a, values[id(a)]), lambda b: b)]
        return list(relation.conditions(lambda a: _literal(a, values[id(a)]), lambda b: b))


def _literal(column, value):
    import sqlalchemy

    return sqlalchemy.literal(value, column.type)


class WriteOnlyCollection(_Writer):
    def select(self):
        import sqlalchemy

        made = sqlalchemy.select(self._relation.target.class_).where(*self._criteria())
        order = self._relation.order()
        return made.order_by(*order) if order else made


class AppenderQuery(_Writer):
    """A query of the collection that can be put into."""

    def _query(self):
        state = state_of(self._owner)
        if state.session is None:
            return None
        made = state.session.query(self._relation.target.class_).filter(*self._criteria())
        order = self._relation.order()
        return made.order_by(*order) if order else made

    def __iter__(self):
        query = self._query()
        return iter(_pending(self._relation, self._owner)[0] if query is None else query)

    def __getitem__(self, index):
        query = self._query()
        return (list(self) if query is None else query)[index]

    def all(self):
        return list(self)

    def __getattr__(self, name):
        query = self._query()
        if query is None:
            raise AttributeError(name)
        return getattr(query, name)


__all__ = ["AppenderQuery", "WriteOnlyCollection", "InstrumentedList"]
