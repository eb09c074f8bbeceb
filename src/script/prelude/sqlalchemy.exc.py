# SPDX-License-Identifier: MIT
"""The exceptions of SQLAlchemy."""


class HasDescriptionCode:
    code = None


class SQLAlchemyError(HasDescriptionCode, Exception):
    def __init__(self, *args, code=None):
        super().__init__(*args)
        if code is not None:
            self.code = code


class ArgumentError(SQLAlchemyError):
    pass


class DuplicateColumnError(ArgumentError):
    pass


class ObjectNotExecutableError(ArgumentError):
    pass


class NoSuchModuleError(ArgumentError):
    pass


class NoForeignKeysError(ArgumentError):
    pass


class AmbiguousForeignKeysError(ArgumentError):
    pass


class ConstraintColumnNotFoundError(ArgumentError):
    pass


class CircularDependencyError(SQLAlchemyError):
    pass


class CompileError(SQLAlchemyError):
    pass


class UnsupportedCompilationError(CompileError):
    pass


class IdentifierError(SQLAlchemyError):
    pass


class DisconnectionError(SQLAlchemyError):
    invalidate_pool = False


class InvalidatePoolError(DisconnectionError):
    invalidate_pool = True


class TimeoutError(SQLAlchemyError):
    pass


class InvalidRequestError(SQLAlchemyError):
    pass


class IllegalStateChangeError(InvalidRequestError):
    pass


class NoInspectionAvailable(InvalidRequestError):
    pass


class PendingRollbackError(InvalidRequestError):
    pass


class ResourceClosedError(InvalidRequestError):
    pass


class NoSuchColumnError(InvalidRequestError, KeyError):
    def __str__(self):
        return str(self.args[0]) if self.args else ""


class NoResultFound(InvalidRequestError):
    pass


class MultipleResultsFound(InvalidRequestError):
    pass


class NoReferenceError(InvalidRequestError):
    pass


class NoReferencedTableError(NoReferenceError):
    pass


class NoReferencedColumnError(NoReferenceError):
    pass


class NoSuchTableError(InvalidRequestError):
    pass


class UnreflectableTableError(InvalidRequestError):
    pass


class UnboundExecutionError(InvalidRequestError):
    pass


class AwaitRequired(InvalidRequestError):
    pass


class MissingGreenlet(InvalidRequestError):
    pass


class DontWrapMixin:
    pass


class StatementError(SQLAlchemyError):
    statement = None
    params = None
    orig = None

    def __init__(self, message, statement=None, params=None, orig=None, **kw):
        super().__init__(message)
        self.statement = statement
        self.params = params
        self.orig = orig


class _DriverError(Exception):
    """What the driver itself would have raised."""

    sqlstate = None
    pgcode = None


class DBAPIError(StatementError):
    connection_invalidated = False

    def __init__(self, statement, params, orig, driver_class="OperationalError", sqlstate=None, **kw):
        if not isinstance(orig, BaseException):
            message = str(orig)
            orig = _DriverError(message)
            orig.sqlstate = orig.pgcode = sqlstate
            text = "(%s) %s" % (driver_class, message)
        else:
            text = str(orig)
        if statement:
            text += "\n[SQL: %s]" % statement
        super().__init__(text, statement, params, orig)


class InterfaceError(DBAPIError):
    pass


class DatabaseError(DBAPIError):
    pass


class DataError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class InternalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


class SATestSuiteWarning(Warning):
    pass


class SADeprecationWarning(DeprecationWarning):
    pass


class Base20DeprecationWarning(SADeprecationWarning):
    pass


class LegacyAPIWarning(Base20DeprecationWarning):
    pass


class MovedIn20Warning(Base20DeprecationWarning):
    pass


class SAPendingDeprecationWarning(PendingDeprecationWarning):
    pass


class SAWarning(RuntimeWarning):
    pass
