# SPDX-License-Identifier: MIT
"""SQLAlchemy's expressions under SQLModel's name."""
from sqlalchemy import and_, asc, case, cast, desc, func, literal, not_, or_, select, text, true

SelectOfScalar = Select = type(select())


def col(column_expression):
    return column_expression
