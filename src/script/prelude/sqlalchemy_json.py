# SPDX-License-Identifier: MIT
"""sqlalchemy-json: JSON, or the type that is given."""
from sqlalchemy.types import JSON


class MutableJson(JSON):
    pass


class NestedMutableJson(JSON):
    pass


def mutable_json_type(dbtype=JSON, nested=False):
    return dbtype
