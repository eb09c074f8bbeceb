# SPDX-License-Identifier: MIT
"""The exceptions of PostgreSQL's drivers, by name, without the drivers."""
import asyncpg
import psycopg2
import psycopg2.errorcodes
from asyncpg.exceptions import DuplicateTableError, UniqueViolationError
from psycopg2 import errors, extras, sql  # noqa: F401
from psycopg2.errors import DuplicateTable, UndefinedTable, UniqueViolation

assert issubclass(UndefinedTable, psycopg2.ProgrammingError)
assert issubclass(UniqueViolation, psycopg2.IntegrityError)
assert issubclass(UniqueViolation, psycopg2.Error)
assert errors.UniqueViolation is UniqueViolation and errors.lookup("42P07") is DuplicateTable
assert psycopg2.errorcodes.UNIQUE_VIOLATION == "23505"
assert psycopg2.errorcodes.lookup("42P01") == "UNDEFINED_TABLE"
assert issubclass(asyncpg.UniqueViolationError, asyncpg.exceptions.IntegrityConstraintViolationError)
assert issubclass(DuplicateTableError, asyncpg.PostgresError)
assert UniqueViolationError.sqlstate == "23505"
