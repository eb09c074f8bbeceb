# SPDX-License-Identifier: MIT
"""PyMySQL's exceptions: args are (number, text)."""
from _pep249 import exceptions


class Warning(Exception):
    pass


class MySQLError(Exception):
    pass


class Error(MySQLError):
    pass


globals().update(exceptions("pymysql.err", Error))
