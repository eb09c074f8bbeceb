# SPDX-License-Identifier: MIT
"""
Listeners. Sent are "connect" of engines, the events of DDL (before_create, after_create,
before_drop, after_drop of tables and MetaData), after_parent_attach of tables and their columns, and of
storing objects (before_insert, after_insert, ... of mapped classes; before_flush, before_commit,
after_commit of sessions); all others are accepted and never happen here.
"""
_listeners = {}


class _Listener:
    def __init__(self, target, fn, once):
        self.target = target
        self.fn = fn
        self.once = once


def _sync(target):
    """Of an async engine the engine; nothing else is asked for an attribute."""
    return target.sync_engine if type(target).__name__ == "AsyncEngine" else target


def listen(target, identifier, fn, *args, once=False, insert=False, **kw):
    target = _sync(target)
    found = _listeners.setdefault(identifier, [])
    made = _Listener(target, fn, once)
    if insert:
        found.insert(0, made)
    else:
        found.append(made)


def remove(target, identifier, fn):
    target = _sync(target)
    found = _listeners.get(identifier, [])
    kept = [each for each in found if not (each.target is target and each.fn is fn)]
    if len(kept) == len(found):
        from sqlalchemy.exc import InvalidRequestError

        raise InvalidRequestError(
            "No listeners found for event %s / %r / %s " % (target, identifier, fn)
        )
    _listeners[identifier] = kept


def contains(target, identifier, fn):
    target = _sync(target)
    return any(e.target is target and e.fn is fn for e in _listeners.get(identifier, ()))


def listens_for(target, identifier, *args, **kw):
    def decorate(fn):
        listen(target, identifier, fn, *args, **kw)
        return fn

    return decorate


def _heard(target, identifier):
    """The functions that listen to the target itself or to its class."""
    found = _listeners.get(identifier)
    if not found:
        return []
    classes = type(target).__mro__
    heard = [e for e in found if e.target is target or any(e.target is c for c in classes)]
    for each in heard:
        if each.once:
            found.remove(each)
    return [each.fn for each in heard]


# ---- DDL ----


def _fire_ddl(target, identifier, bind, **kw):
    heard = _heard(target, identifier)
    if not heard:
        return
    begun = None
    if hasattr(bind, "begin") and hasattr(bind, "connect") and not hasattr(bind, "in_transaction"):
        begun = bind.begin()
        bind = begun.__enter__()
    for fn in heard:
        if callable(fn):
            fn(target, bind, checkfirst=False, tables=None, **kw)
        else:  # a script's own DDL element
            _run_element(fn, target, bind)
    if begun is not None:
        begun.__exit__(None, None, None)


def _execute_if(element, dialect=None, callable_=None, state=None):
    made = _Conditional(element)
    made.dialects = dialect
    made.callable_ = callable_
    made.state = state
    return made


class _Conditional:
    """DDL(...).execute_if(...): a listener that runs where its condition holds."""

    def __init__(self, element):
        self.element = element

    def __call__(self, target, bind, **kw):
        if self._holds(target, bind, kw):
            _run_element(self.element, target, bind)

    def _holds(self, target, bind, kw):
        dialects = self.dialects
        if dialects is not None:
            names = (dialects,) if isinstance(dialects, str) else tuple(dialects)
            if bind.dialect.name not in names:
                return False
        if self.callable_ is None:
            return True
        return bool(self.callable_(self.element, target, bind, state=self.state,
                                   dialect=bind.dialect, **kw))

    def execute_if(self, dialect=None, callable_=None, state=None):
        return _execute_if(self.element, dialect, callable_, state)

    def against(self, target):
        return self


def _run_element(element, target, bind):
    import sqlalchemy

    if isinstance(element, sqlalchemy.DDL):
        element = sqlalchemy.DDL(_ddl_text(element, target, bind).replace("%", "%%"))
    bind.execute(element)


def _ddl_text(element, target, bind):
    import sqlalchemy

    names = dict(element.context or {})
    if isinstance(target, sqlalchemy.Table):
        quote = bind.dialect.identifier_preparer.quote
        schema = target.schema
        names.setdefault("table", quote(target.name))
        names.setdefault("schema", schema or "")
        full = quote(target.name) if not schema else "%s.%s" % (quote(schema), quote(target.name))
        names.setdefault("fullname", full)
    return element.statement % names


# ---- columns ----


def _fire_attach(table):
    """after_parent_attach of a table's columns, then its own, when the table is made."""
    if not _listeners.get("after_parent_attach"):
        return
    for column in list(table.columns):
        for fn in _heard(column, "after_parent_attach"):
            fn(column, table)
    for fn in _heard(table, "after_parent_attach"):
        fn(table, table.metadata)


# ---- connections ----


def _fire_connect(engine, driver):
    import sqlalchemy

    found = _listeners.get("connect", ()) or _listeners.get("first_connect", ())
    if not found:
        return
    from sqlalchemy._driver import connection_for
    from sqlalchemy.pool import Pool

    connection = connection_for(driver)
    for identifier in ("first_connect", "connect"):
        for each in list(_listeners.get(identifier, ())):
            to_engine = each.target is engine and engine is not None
            to_class = isinstance(each.target, type) and issubclass(
                each.target, (sqlalchemy.Engine, Pool)
            )
            to_pool = isinstance(each.target, Pool)
            if to_engine or to_class or to_pool:
                each.fn(connection, None)
    driver.close()


# ---- objects and sessions ----


def _send_mapper(name, obj, session):
    """before_insert and its kin, to who listens to the object's class, or to all."""
    found = _listeners.get(name)
    if not found:
        return
    from sqlalchemy.orm import Mapper

    mapper = type(obj).__mapper__
    for each in list(found):
        target = each.target
        if target is Mapper or target is mapper or (
                isinstance(target, type) and isinstance(obj, target)):
            each.fn(mapper, session.connection(), obj)


def _send_session(name, session, *args):
    found = _listeners.get(name)
    if not found:
        return
    for each in list(found):
        target = each.target
        if target is session or (isinstance(target, type) and isinstance(session, target)) or (
                getattr(target, "_makes", lambda made: False)(session)):
            each.fn(session, *args)
