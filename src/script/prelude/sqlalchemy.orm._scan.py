# SPDX-License-Identifier: MIT
"""From the body of a class, its mixins and its bases to a Table and a Mapper."""
import warnings

import sqlalchemy
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.orm._annotations import (
    Meaning,
    Unresolved,
    _DynamicMapped,
    mapped_alias,
    no_type,
)
from sqlalchemy.orm.exc import MappedAnnotationError
from sqlalchemy.orm._mapper import (
    ColumnAttribute,
    Mapper,
    column_attribute,
    mapped_parent,
    name_column,
)
