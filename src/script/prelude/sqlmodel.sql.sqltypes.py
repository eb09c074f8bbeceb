# SPDX-License-Identifier: MIT
"""AutoString: a String that MySQL gets a length for."""
import sqlalchemy
from sqlalchemy import types


class AutoString(types.TypeDecorator):
    impl = types.String
    cache_ok = True
    mysql_default_length = 255

    def load_dialect_impl(self, dialect):
        impl = self.impl_instance
        if getattr(impl, "length", None) is None and dialect.name == "mysql":
            return dialect.type_descriptor(types.String(self.mysql_default_length))
        return super().load_dialect_impl(dialect)


GUID = sqlalchemy.Uuid
