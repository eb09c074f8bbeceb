# SPDX-License-Identifier: MIT
"""oslo.db's column types: texts that hold JSON, and the flag of rows that are deleted softly."""
import json

from sqlalchemy import Integer, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeDecorator


class JsonEncodedType(TypeDecorator):
    type = None
    impl = Text
    cache_ok = True

    def __init__(self, mysql_as_long=False, mysql_as_medium=False):
        super().__init__()
        if mysql_as_long and mysql_as_medium:
            raise TypeError("mysql_as_long and mysql_as_medium are mutually exclusive")
        if mysql_as_long:
            self.impl = Text().with_variant(mysql.LONGTEXT(), "mysql")
        if mysql_as_medium:
            self.impl = Text().with_variant(mysql.MEDIUMTEXT(), "mysql")

    def process_bind_param(self, value, dialect):
        if value is None and self.type is not None:
            value = self.type()
        if self.type is not None and not isinstance(value, self.type):
            raise TypeError("%s supposes to store %s objects, but %s given"
                            % (type(self).__name__, self.type.__name__, type(value).__name__))
        return json.dumps(value)

    def process_result_value(self, value, dialect):
        return json.loads(value) if value is not None else value


class JsonEncodedDict(JsonEncodedType):
    type = dict
    cache_ok = True


class JsonEncodedList(JsonEncodedType):
    type = list
    cache_ok = True


class SoftDeleteInteger(TypeDecorator):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else int(value)


class String(TypeDecorator):
    """A string that MySQL's NDB may keep as another type; here it is a string."""

    from sqlalchemy import String as impl

    cache_ok = True

    def __init__(self, length, mysql_ndb_length=None, mysql_ndb_type=None, **kw):
        super().__init__(length, **kw)
