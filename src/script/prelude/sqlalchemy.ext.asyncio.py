# SPDX-License-Identifier: MIT
"""Async engines over the engines there are: what is awaited has been done."""
import sqlalchemy


class _Started:
    """`await engine.connect()` and `async with engine.connect() as connection`."""

    def __init__(self, make):
        self._make = make
        self._made = None

    async def _start(self):
        if self._made is None:
            self._made = self._make()
        return self._made

    def __await__(self):
        return self._start().__await__()

    async def __aenter__(self):
        made = await self._start()
        return await made.__aenter__()

    async def __aexit__(self, exc_type, exc, traceback):
        return await self._made.__aexit__(exc_type, exc, traceback)


class AsyncTransaction:
    def __init__(self, transaction):
        self.sync_transaction = transaction

    async def __aenter__(self):
        self.sync_transaction.__enter__()
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        return self.sync_transaction.__exit__(exc_type, exc, traceback)

    async def commit(self):
        self.sync_transaction.commit()

    async def rollback(self):
        self.sync_transaction.rollback()

    async def close(self):
        self.sync_transaction.close()

    @property
    def is_active(self):
        return self.sync_transaction.is_active


class AsyncConnection:
    def __init__(self, sync_connection, engine=None):
        self.sync_connection = sync_connection
        self.engine = engine

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        self.sync_connection.close()

    @property
    def dialect(self):
        return self.sync_connection.dialect

    @property
    def closed(self):
        return self.sync_connection.closed

    async def run_sync(self, fn, *args, **kw):
        return fn(self.sync_connection, *args, **kw)

    async def execute(self, statement, parameters=None, **kw):
        return self.sync_connection.execute(statement, parameters)

    async def exec_driver_sql(self, statement, parameters=None, **kw):
        return self.sync_connection.exec_driver_sql(statement, parameters)

    async def scalar(self, statement, parameters=None, **kw):
        return self.sync_connection.scalar(statement, parameters)

    async def scalars(self, statement, parameters=None, **kw):
        return self.sync_connection.scalars(statement, parameters)

    async def execution_options(self, **opt):
        self.sync_connection.execution_options(**opt)
        return self

    async def get_raw_connection(self):
        raise NotImplementedError("limbeck does not serve the driver's own connection")

    def begin(self):
        return _Started(lambda: AsyncTransaction(self.sync_connection.begin()))

    def begin_nested(self):
        return _Started(lambda: AsyncTransaction(self.sync_connection.begin_nested()))

    def in_transaction(self):
        return self.sync_connection.in_transaction()

    async def commit(self):
        self.sync_connection.commit()

    async def rollback(self):
        self.sync_connection.rollback()

    async def close(self):
        self.sync_connection.close()


class _Begun:
    def __init__(self, engine):
        self._engine = engine
        self._begun = None

    async def __aenter__(self):
        self._begun = self._engine.sync_engine.begin()
        return AsyncConnection(self._begun.__enter__(), self._engine)

    async def __aexit__(self, exc_type, exc, traceback):
        return self._begun.__exit__(exc_type, exc, traceback)


class AsyncEngine:
    def __init__(self, sync_engine):
        self.sync_engine = sync_engine

    @property
    def url(self):
        return self.sync_engine.url

    @property
    def dialect(self):
        return self.sync_engine.dialect

    @property
    def name(self):
        return self.sync_engine.name

    @property
    def driver(self):
        return self.sync_engine.driver

    @property
    def echo(self):
        return self.sync_engine.echo

    def connect(self):
        return _Started(lambda: AsyncConnection(self.sync_engine.connect(), self))

    def begin(self):
        return _Begun(self)

    def execution_options(self, **opt):
        return AsyncEngine(self.sync_engine.execution_options(**opt))

    async def dispose(self, close=True):
        self.sync_engine.dispose()


def create_async_engine(url, **kw):
    return AsyncEngine(sqlalchemy.create_engine(url, **kw))


def async_engine_from_config(configuration, prefix="sqlalchemy.", **kw):
    return AsyncEngine(sqlalchemy.engine_from_config(configuration, prefix=prefix, **kw))


class _Awaited:
    """An object's attributes, each to be awaited."""

    def __init__(self, instance):
        self._instance = instance

    def __getattr__(self, name):
        async def get():
            return getattr(self._instance, name)

        return get()


class AsyncAttrs:
    @property
    def awaitable_attrs(self):
        return _Awaited(self)


def _plain(bind):
    """The engine or connection behind an async one."""
    return getattr(bind, "sync_engine", None) or getattr(bind, "sync_connection", None) or bind


class _AsyncTransactionOf:
    """session.begin(): awaited, or entered."""

    def __init__(self, make):
        self._make = make
        self.sync_transaction = None

    async def _start(self):
        if self.sync_transaction is None:
            self.sync_transaction = self._make()
        return self

    def __await__(self):
        return self._start().__await__()

    async def __aenter__(self):
        await self._start()
        self.sync_transaction.__enter__()
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        return self.sync_transaction.__exit__(exc_type, exc, traceback)

    async def commit(self):
        self.sync_transaction.commit()

    async def rollback(self):
        self.sync_transaction.rollback()

    @property
    def is_active(self):
        return self.sync_transaction.is_active


# What is done at once, and awaited all the same.
_AWAITED = frozenset(
    "execute scalar scalars get get_one merge delete flush commit rollback refresh connection "
    "invalidate close reset".split()
)


class AsyncSession:
    """A Session whose methods are awaited."""

    sync_session_class = None

    def __init__(self, bind=None, *, binds=None, sync_session_class=None, **kw):
        from sqlalchemy.orm import Session

        make = sync_session_class or self.sync_session_class or Session
        self.bind = bind
        if binds:
            kw["binds"] = {key: _plain(each) for key, each in binds.items()}
        self.sync_session = make(bind=None if bind is None else _plain(bind), **kw)

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        self.sync_session.close()

    def __contains__(self, instance):
        return instance in self.sync_session

    def __iter__(self):
        return iter(self.sync_session)

    def __getattr__(self, name):
        if name == "sync_session":
            raise AttributeError(name)
        found = getattr(self.sync_session, name)
        if name not in _AWAITED:
            return found

        async def call(*args, **kw):
            return found(*args, **kw)

        return call

    async def run_sync(self, fn, *args, **kw):
        return fn(self.sync_session, *args, **kw)

    async def connection(self, **kw):
        return AsyncConnection(self.sync_session.connection())

    async def stream(self, statement, params=None, **kw):
        return _Stream(self.sync_session.execute(statement, params, **kw))

    async def stream_scalars(self, statement, params=None, **kw):
        return _Stream(self.sync_session.scalars(statement, params, **kw))

    def begin(self):
        return _AsyncTransactionOf(self.sync_session.begin)

    def begin_nested(self):
        return _AsyncTransactionOf(self.sync_session.begin_nested)

    def get_bind(self, *args, **kw):
        return self.sync_session.get_bind()

    async def aclose(self):
        self.sync_session.close()


class _Stream:
    """A result that is read with `async for`."""

    def __init__(self, result):
        self._result = result

    def __aiter__(self):
        self._items = iter(self._result)
        return self

    async def __anext__(self):
        for item in self._items:
            return item
        raise StopAsyncIteration

    def scalars(self, index=0):
        return _Stream(self._result.scalars(index))

    def mappings(self):
        return _Stream(self._result.mappings())

    def __getattr__(self, name):
        found = getattr(self._result, name)

        async def call(*args, **kw):
            return found(*args, **kw)

        return call


class _BegunSession:
    def __init__(self, session):
        self._session = session

    async def __aenter__(self):
        self._transaction = self._session.begin()
        await self._transaction.__aenter__()
        return self._session

    async def __aexit__(self, exc_type, exc, traceback):
        try:
            await self._transaction.__aexit__(exc_type, exc, traceback)
        finally:
            await self._session.close()


class async_sessionmaker:
    def __init__(self, bind=None, *, class_=AsyncSession, **kw):
        self.class_ = class_
        self.kw = dict(kw, bind=bind)

    def __call__(self, **kw):
        return self.class_(**dict(self.kw, **kw))

    def begin(self):
        return _BegunSession(self())

    def configure(self, **kw):
        self.kw.update(kw)


class async_scoped_session:
    def __init__(self, session_factory, scopefunc=None):
        self.session_factory = session_factory
        self._session = None

    def __call__(self, **kw):
        if self._session is None:
            self._session = self.session_factory(**kw)
        return self._session

    async def remove(self):
        if self._session is not None:
            await self._session.close()
        self._session = None

    def __getattr__(self, name):
        return getattr(self(), name)


def async_object_session(instance):
    """Sessions are known by their objects only where they are plain."""
    return None


async def close_all_sessions():
    """Sessions end with the revision that made them."""


AsyncResult = sqlalchemy.Result
AsyncScalarResult = sqlalchemy.ScalarResult
AsyncMappingResult = sqlalchemy.MappingResult
