# SPDX-License-Identifier: MIT
"""The exceptions of the ORM."""
from sqlalchemy.exc import ArgumentError, InvalidRequestError, MultipleResultsFound, NoResultFound, SQLAlchemyError


class MappedAnnotationError(ArgumentError):
    """An annotation says nothing that a column could be made of."""


class StaleDataError(SQLAlchemyError):
    pass


class UnmappedError(InvalidRequestError):
    pass


class UnmappedClassError(UnmappedError):
    pass


class UnmappedInstanceError(UnmappedError):
    pass


class DetachedInstanceError(SQLAlchemyError):
    pass


class ObjectDeletedError(InvalidRequestError):
    pass
