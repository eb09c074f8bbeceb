# SPDX-License-Identifier: MIT
"""The classes of psycopg2's errors by their condition: UndefinedTable, UniqueViolation, ..."""
import psycopg2
from psycopg2 import *
from sqlalchemy._psycopg import Conditions

_conditions = Conditions(psycopg2)
_class_of, lookup, __getattr__ = _conditions.of_state, _conditions.lookup, _conditions.named
