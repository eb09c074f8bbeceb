# SPDX-License-Identifier: MIT
"""SQLModel's AsyncSession is SQLAlchemy's."""
from sqlalchemy.ext.asyncio import AsyncSession
