# SPDX-License-Identifier: MIT
"""What SQLAlchemy makes of asyncpg's errors: `__cause__` is asyncpg's own."""
from _pep249 import exceptions


class Error(Exception):
    __module__ = "sqlalchemy.dialects.postgresql.asyncpg"
    pgcode = sqlstate = None

    def _set_cause(self, sqlstate, message):
        import asyncpg.exceptions

        text = message.split(">: ", 1)[-1]
        self.__cause__ = asyncpg.exceptions._class_of(sqlstate)(text)


globals().update(exceptions(Error.__module__, Error))
