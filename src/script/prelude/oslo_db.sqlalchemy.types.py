# SPDX-License-Identifier: MIT
"""
oslo.db's column types. JsonEncodedDict and JsonEncodedList compile to TEXT (MySQL: LONGTEXT or
MEDIUMTEXT where that is asked for), SoftDeleteInteger to INTEGER, String to VARCHAR.
"""
import json

from sqlalchemy import Integer, Text, types
from sqlalchemy.dialects import mysql


class _JsonText(types.TypeDecorator):
    """JSON in a text; None is written as the empty collection."""

    impl = Text
    cache_ok = True

    def __init__(self, mysql_as_long=False, mysql_as_medium=False):
        super().__init__()
        wide = mysql.LONGTEXT if mysql_as_long else mysql.MEDIUMTEXT
        if mysql_as_long or mysql_as_medium:
            self.impl = Text().with_variant(wide(), "mysql")

    def process_bind_param(self, value, dialect):
        return json.dumps(self.empty if value is None else value)

    def process_result_value(self, value, dialect):
        return None if value is None else json.loads(value)


class JsonEncodedDict(_JsonText):
    empty = {}


class JsonEncodedList(_JsonText):
    empty = []


class SoftDeleteInteger(types.TypeDecorator):
    """True and False are written as 1 and 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value if value is None else int(value)


class String(types.TypeDecorator):
    """Of any storage engine: what MySQL's NDB would have instead is not regarded."""

    impl = types.String
    cache_ok = True

    def __init__(self, length, mysql_ndb_length=None, mysql_ndb_type=None, **kw):
        super().__init__(length, **kw)
