# SPDX-License-Identifier: MIT
"""The classes of collections."""
from sqlalchemy.orm._collections import (
    InstrumentedList,
    InstrumentedSet,
    KeyFuncDict,
    MappedCollection,
    attribute_keyed_dict,
    column_keyed_dict,
    keyfunc_mapping,
)

InstrumentedDict = MappedCollection
attribute_mapped_collection = attribute_keyed_dict
column_mapped_collection = column_keyed_dict
mapped_collection = keyfunc_mapping


class collection:
    """Marks of a collection's own methods: accepted."""

    @staticmethod
    def appender(fn):
        return fn

    remover = iterator = internally_instrumented = converter = appender

    @staticmethod
    def adds(arg):
        return lambda fn: fn

    replaces = removes = removes_return = adds
