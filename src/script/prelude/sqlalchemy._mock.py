# SPDX-License-Identifier: MIT
"""create_mock_engine(): what create_all() would run goes to a function."""


class MockConnection:
    def __init__(self, dialect, execute):
        self.dialect = dialect
        self._execute = execute

    @property
    def engine(self):
        return self

    @property
    def name(self):
        return self.dialect.name

    def connect(self, **kw):
        return self

    def execution_options(self, **kw):
        return self

    def create(self, entity, **kw):
        entity.create(self, **kw)

    def drop(self, entity, **kw):
        entity.drop(self, **kw)

    def execute(self, statement, parameters=None, execution_options=None):
        self._execute(statement, parameters)

    def _limbeck_mock(self, statement):
        self._execute(statement)


def create_mock_engine(url, executor, **kw):
    from sqlalchemy import make_url

    return MockConnection(make_url(url).get_dialect(), executor)
