# SPDX-License-Identifier: MIT
"""AutoString: a String that MySQL gets a length for."""
import sqlalchemy
from sqlalchemy import types


class AutoString(types.TypeDecorator):
    impl = types.String
    cache_ok = True
    mysql_default_length = 255

    def load_dialect_impl(self, dialect):
        if dialect.name != "mysql" or self.impl_instance.length is not None:
            return super().load_dialect_impl(dialect)
        return dialect.type_descriptor(types.String(self.mysql_default_length))


GUID = sqlalchemy.Uuid
