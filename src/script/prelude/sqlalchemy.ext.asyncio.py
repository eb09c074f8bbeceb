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


class AsyncAttrs:
    pass


class AsyncSession:
    def __init__(self, *args, **kw):
        pass

    def __getattr__(self, name):
        raise NotImplementedError("limbeck does not serve AsyncSession.%s" % name)


class async_sessionmaker:
    def __init__(self, *args, **kw):
        pass

    def __class_getitem__(cls, item):
        return cls

    def __call__(self, **kw):
        raise NotImplementedError("limbeck does not serve AsyncSession")

    def begin(self):
        raise NotImplementedError("limbeck does not serve AsyncSession")

    def configure(self, **kw):
        pass


def async_scoped_session(session_factory, scopefunc=None):
    return session_factory


def async_object_session(instance):
    return None


AsyncResult = sqlalchemy.Result
AsyncScalarResult = sqlalchemy.ScalarResult
AsyncMappingResult = sqlalchemy.MappingResult
