# SPDX-License-Identifier: MIT
"""The old place of declarative, and what is only here."""
from sqlalchemy.orm import (
    DeclarativeMeta,
    as_declarative,
    declarative_base,
    declared_attr,
    has_inherited_table,
    registry,
    synonym_for,
)


class AbstractConcreteBase:
    """The base itself has no table; its subclasses have whole ones."""

    __abstract__ = True

    def __init_subclass__(cls, **kw):
        if AbstractConcreteBase in cls.__bases__ and "__abstract__" not in cls.__dict__:
            cls.__abstract__ = True
        super().__init_subclass__(**kw)


class ConcreteBase:
    """Its subclasses have whole tables, by __mapper_args__ = {"concrete": True}."""


class DeferredReflection:
    @classmethod
    def prepare(cls, engine, **kw):
        raise NotImplementedError("limbeck does not serve DeferredReflection.prepare()")


def instrument_declarative(cls, cls_registry, metadata):
    registry(metadata=metadata, class_registry=cls_registry).map_declaratively(cls)
