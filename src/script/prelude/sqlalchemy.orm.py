# SPDX-License-Identifier: MIT
"""The names of sqlalchemy.orm. Mapped classes are _declarative and _scan, sessions are session."""
from _refused import unserved
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


class ORMExecuteState:
    pass


class UOWTransaction:
    pass


# ---- queries and sessions ----

from sqlalchemy.orm._collections import (  # noqa: E402
    KeyFuncDict,
    MappedCollection,
    attribute_keyed_dict,
    column_keyed_dict,
    keyfunc_mapping,
)
from sqlalchemy.orm._comparators import (  # noqa: E402
    AliasedClass,
    Bundle,
    LoaderOption as Load,
    aliased,
    option as _option,
)
from sqlalchemy.orm._loading import IdentityMap  # noqa: E402
from sqlalchemy.orm.session import (  # noqa: E402
    Query,
    Session,
    SessionTransaction,
    close_all_sessions,
    make_transient,
    make_transient_to_detached,
    object_session,
    scoped_session,
    sessionmaker,
    was_deleted,
)

attribute_mapped_collection = attribute_keyed_dict
column_mapped_collection = column_keyed_dict
mapped_collection = keyfunc_mapping


def join(left, right, onclause=None, isouter=False, full=False):
    import sqlalchemy

    return sqlalchemy.join(left, right, onclause, isouter=isouter, full=full)


def outerjoin(left, right, onclause=None, full=False):
    return join(left, right, onclause, isouter=True, full=full)


def with_parent(instance, prop, from_entity=None):
    reverse = prop.relation
    values = dict(zip([id(a) for a, _ in reverse.pairs], reverse.local_values(instance)))
    return reverse.conditions(lambda column: values[id(column)], lambda column: column)


for _name in (
    "defer defaultload immediateload joinedload lazyload load_only raiseload selectinload "
    "selectin_polymorphic subqueryload undefer undefer_group"
).split():
    globals()[_name] = _option(_name)

globals().update(unserved(
    "sqlalchemy.orm", "contains_eager noload with_expression with_loader_criteria "
    "with_polymorphic polymorphic_union"
))
