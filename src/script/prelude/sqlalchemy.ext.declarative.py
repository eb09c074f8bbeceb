# SPDX-License-Identifier: MIT
"""The old place of declarative."""
from sqlalchemy.orm import (
    DeclarativeMeta,
    as_declarative,
    declarative_base,
    declared_attr,
    registry,
)


class AbstractConcreteBase:
    pass


class ConcreteBase:
    pass


class DeferredReflection:
    pass


def has_inherited_table(cls):
    return any("__table__" in base.__dict__ for base in cls.__mro__[1:])


def synonym_for(name, map_column=False):
    def decorate(fn):
        return property(fn)

    return decorate
