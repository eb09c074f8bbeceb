# SPDX-License-Identifier: MIT
"""What SQLAlchemy makes of asyncpg's errors: `__cause__` is asyncpg's own."""


class Error(Exception):
    __module__ = "sqlalchemy.dialects.postgresql.asyncpg"
    pgcode = sqlstate = None

    def _set_cause(self, sqlstate, message):
        import asyncpg.exceptions

        text = message.split(">: ", 1)[-1]
        self.__cause__ = asyncpg.exceptions._class_of(sqlstate)(text)


class InterfaceError(Error):
    __module__ = Error.__module__


class DatabaseError(Error):
    __module__ = Error.__module__


class InternalError(DatabaseError):
    __module__ = Error.__module__


class OperationalError(DatabaseError):
    __module__ = Error.__module__


class ProgrammingError(DatabaseError):
    __module__ = Error.__module__


class IntegrityError(DatabaseError):
    __module__ = Error.__module__


class DataError(DatabaseError):
    __module__ = Error.__module__


class NotSupportedError(DatabaseError):
    __module__ = Error.__module__
