# SPDX-License-Identifier: MIT
"""Names of sqlmodel at another place."""
from sqlmodel import (
    Field,
    FieldInfo,
    Relationship,
    RelationshipInfo,
    SQLModel,
    SQLModelMetaclass,
    default_registry,
    get_column_from_field,
)
