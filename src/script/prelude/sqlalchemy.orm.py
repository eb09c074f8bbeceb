# SPDX-License-Identifier: MIT
"""The names of sqlalchemy.orm. Mapped classes are _declarative and _scan, sessions are session."""
from sqlalchemy.orm._annotations import (
    DynamicMapped,
    Mapped,
    ORMDescriptor,
    WriteOnlyMapped,
)
from sqlalchemy.orm._declarative import (
    DCTransformDeclarative,
    DeclarativeAttributeIntercept,
    DeclarativeBase,
    DeclarativeBaseNoMeta,
    DeclarativeMeta,
    MappedAsDataclass,
    as_declarative,
    class_mapper,
    clear_mappers,
    configure_mappers,
    declarative_base,
    has_inherited_table,
    mapped_as_dataclass,
    object_mapper,
    registry,
    synonym_for,
    unmapped_dataclass,
)
from sqlalchemy.orm._mapper import ColumnAttribute as _Attribute
from sqlalchemy.orm._mapper import Mapper
from sqlalchemy.orm._mapper import class_of_table as _class_of_table
from sqlalchemy.orm._properties import (
    ColumnProperty,
    Composite,
    CompositeProperty,
    MappedColumn,
    MappedSQLExpression,
    MapperProperty,
    Relationship,
    RelationshipProperty,
    Synonym,
    SynonymProperty,
    backref,
    column_property,
    composite,
    declarative_mixin,
    declared_attr,
    deferred,
    dynamic_loader,
    foreign,
    mapped_column,
    orm_insert_sentinel,
    query_expression,
    reconstructor,
    relation,
    relationship,
    remote,
    synonym,
    validates,
)

_Mapper = Mapper


class InstrumentedAttribute(Mapped):
    """Names the class of Model.column in annotations and isinstance()."""


QueryableAttribute = InspectionAttr = InstrumentedAttribute


class MappedCollection(dict):
    pass


KeyFuncDict = MappedCollection


class interfaces:
    MapperProperty = MapperProperty


# ---- events that listeners name ----


class MapperEvents:
    pass


class AttributeEvents:
    pass


class InstanceEvents:
    pass


class SessionEvents:
    pass


class PropComparator:
    pass


def _of_dict(*args, **kw):
    return dict


attribute_mapped_collection = column_mapped_collection = mapped_collection = _of_dict
attribute_keyed_dict = column_keyed_dict = keyfunc_mapping = _of_dict


class ORMExecuteState:
    pass


class IdentityMap(dict):
    pass


class UOWTransaction:
    pass


# ---- queries and sessions ----

from sqlalchemy.orm.session import (  # noqa: E402
    Query,
    Session,
    close_all_sessions,
    object_session,
    scoped_session,
    sessionmaker,
)


def _refused(name):
    def call(*args, **kw):
        raise NotImplementedError("limbeck does not serve sqlalchemy.orm.%s yet" % name)

    call.__name__ = name
    return call


for _name in (
    "aliased contains_eager defer defaultload immediateload join joinedload lazyload "
    "load_only noload outerjoin raiseload selectinload selectin_polymorphic subqueryload undefer "
    "undefer_group with_expression with_loader_criteria with_parent with_polymorphic "
    "make_transient make_transient_to_detached polymorphic_union was_deleted "
    "Bundle Load"
).split():
    globals()[_name] = _refused(_name)
