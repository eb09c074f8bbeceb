# SPDX-License-Identifier: MIT
"""The driver's own connection, as listeners of "connect" get it."""
import sqlite3


class Cursor:
    arraysize = 1

    def __init__(self, connection):
        self.connection = connection
        self.description = None
        self.rowcount = -1
        self._rows = []

    def execute(self, sql, parameters=None):
        names, self._rows = self.connection._run(sql, parameters)
        self.description = None if names is None else [(name,) + (None,) * 6 for name in names]
        return self

    def executemany(self, sql, rows):
        for row in rows:
            self.execute(sql, row)
        return self

    def fetchone(self):
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size=1):
        return [self._rows.pop(0) for _ in range(min(size, len(self._rows)))]

    def fetchall(self):
        rows, self._rows = self._rows, []
        return rows

    def __iter__(self):
        while self._rows:
            yield self._rows.pop(0)

    def close(self):
        self._rows = []

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class Connection:
    """Statements run by themselves: no transaction is open while the connection is made."""

    autocommit = True
    isolation_level = None
    cursor_class = Cursor

    def __init__(self, driver):
        self._driver = driver

    def _run(self, sql, parameters):
        if parameters:
            for number in range(1, sql.count("%s") + 1):
                sql = sql.replace("%s", "$%d" % number, 1)
        return self._driver.run(sql, list(parameters) if parameters else None)

    def cursor(self, *args, **kw):
        return self.cursor_class(self)

    def execute(self, sql, parameters=None):
        return self.cursor().execute(sql, parameters)

    def commit(self):
        pass

    def rollback(self):
        pass

    def close(self):
        pass

    def set_session(self, **kw):
        pass

    def set_isolation_level(self, level):
        pass

    @property
    def driver_connection(self):
        return self

    dbapi_connection = connection = driver_connection


class SqliteConnection(Connection, sqlite3.Connection):
    isolation_level = ""
    row_factory = None
    text_factory = str

    def _run(self, sql, parameters):
        return self._driver.run(sql, list(parameters) if parameters else None)

    def create_function(self, name, narg, func, *, deterministic=False):
        """Not made: SQL that calls it fails and names it."""

    create_aggregate = create_collation = create_window_function = create_function

    def enable_load_extension(self, enabled):
        pass


class SqliteCursor(Cursor, sqlite3.Cursor):
    pass


SqliteConnection.cursor_class = SqliteCursor


def connection_for(driver):
    return SqliteConnection(driver) if driver.dialect == "sqlite" else Connection(driver)
