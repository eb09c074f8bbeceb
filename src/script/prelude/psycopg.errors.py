# SPDX-License-Identifier: MIT
"""The classes of psycopg's errors by their condition: UndefinedTable, UniqueViolation, ..."""
import psycopg
from psycopg import *
from sqlalchemy._psycopg import Conditions

_conditions = Conditions(psycopg)
_class_of, lookup, __getattr__ = _conditions.of_state, _conditions.lookup, _conditions.named
