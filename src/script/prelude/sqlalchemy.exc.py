# SPDX-License-Identifier: MIT
"""The exceptions of SQLAlchemy."""


class HasDescriptionCode:
    code = None


class SQLAlchemyError(HasDescriptionCode, Exception):
    def __init__(self, *args, code=None):
        super().__init__(*args)
        if code is not None:
            self.code = code

    def _message(self):
        if len(self.args) == 1:
            return str(self.args[0])
        return str(self.args) if self.args else ""

    def _background(self):
        if not self.code:
            return ""
        return "(Background on this error at: https://sqlalche.me/e/20/%s)" % self.code

    def __str__(self):
        message, more = self._message(), self._background()
        return "%s %s" % (message, more) if more and message else message or more


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
    """A statement failed: before it went out, or (DBAPIError) in the driver."""

    statement = None
    params = None
    orig = None
    ismulti = None
    hide_parameters = False

    def __init__(self, message, statement=None, params=None, orig=None, hide_parameters=False,
                 code=None, ismulti=None):
        super().__init__(message, code=code)
        self.statement = statement
        self.params = params
        self.orig = orig
        self.ismulti = ismulti
        self.hide_parameters = hide_parameters
        self.detail = []

    def add_detail(self, msg):
        self.detail.append(msg)

    def __str__(self):
        lines = [self._message()]
        if self.statement:
            shown = "\n".join("(%s)" % each for each in self.detail)
            if shown:
                lines.insert(0, shown)
            lines.append("[SQL: %s]" % self.statement)
            if self.params:
                lines.append("[parameters: %s]" % _shown_params(self.params))
        more = self._background()
        return "\n".join(lines + [more] if more else lines)


def _shown_value(value):
    """A value, its middle left out when it is long."""
    text = repr(value)
    if len(text) > 300:
        half = 150
        return "%s ... (%d characters truncated) ... %s" % (
            text[:half], len(text) - 2 * half, text[-half:])
    return text


def _shown_row(params):
    if isinstance(params, dict):
        return "{%s}" % ", ".join("%r: %s" % (k, _shown_value(v)) for k, v in params.items())
    inner = ", ".join(_shown_value(each) for each in params)
    return "(%s,)" % inner if len(params) == 1 else "(%s)" % inner


def _shown_params(params):
    if not isinstance(params, list):
        return _shown_row(params)
    rows = [_shown_row(row) for row in params]
    if len(rows) <= 10:
        return "[%s]" % ", ".join(rows)
    return "[%s  ... displaying 10 of %d total bound parameter sets ...  %s]" % (
        ", ".join(rows[:8]), len(rows), ", ".join(rows[-2:]))


class DBAPIError(StatementError):
    """`orig` is the driver's own exception."""

    code = "dbapi"
    connection_invalidated = False

    def __init__(self, statement, params, orig, hide_parameters=False,
                 connection_invalidated=False, code=None, ismulti=None):
        cls = type(orig)
        module = cls.__module__
        name = "%s.%s" % (module, cls.__name__) if module else cls.__name__
        super().__init__("(%s) %s" % (name, orig), statement, params, orig, hide_parameters, code,
                         ismulti)
        self.connection_invalidated = connection_invalidated


class InterfaceError(DBAPIError):
    code = "rvf5"


class DatabaseError(DBAPIError):
    code = "4xp6"


class DataError(DatabaseError):
    code = "9h9h"


class OperationalError(DatabaseError):
    code = "e3q8"


class IntegrityError(DatabaseError):
    code = "gkpj"


class InternalError(DatabaseError):
    code = "2j85"


class ProgrammingError(DatabaseError):
    code = "f405"


class NotSupportedError(DatabaseError):
    code = "tw8g"


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


# ---- from failures to exceptions ----


class _Diagnostics:
    """orig.diag of psycopg2 and psycopg."""

    def __init__(self, fields):
        self.__dict__.update(fields)

    def __getattr__(self, name):
        return None


def _plain_class(name):
    """A driver's class that no module here has."""
    module, _, short = name.rpartition(".")
    return type(short, (Exception,), {"__module__": module})


def _driver_class(name):
    import importlib

    module, _, short = name.rpartition(".")
    if module == "sqlalchemy.dialects.postgresql.asyncpg":
        module = "sqlalchemy._asyncpg"
    if module in ("sqlite3", "psycopg2", "psycopg2.errors", "psycopg", "psycopg.errors",
                  "sqlalchemy._asyncpg", "pymysql.err"):
        return getattr(importlib.import_module(module), short)
    return _plain_class(name)


def _driver_error(kind, dbapi, message, statement, params, sqlstate, code, diag, lost):
    """The exception for a statement that failed in the driver. Called by Limbeck."""
    orig = _driver_class(dbapi)(message)
    if sqlstate is not None:
        orig.sqlstate = orig.pgcode = sqlstate
        orig.pgerror = "%s:  %s" % (diag.get("severity") or "ERROR", message)
        orig.diag = _Diagnostics(diag)
        if hasattr(orig, "_set_cause"):
            orig._set_cause(sqlstate, message)
    if code and dbapi.startswith("sqlite3."):
        orig.sqlite_errorcode = code
        orig.sqlite_errorname = _sqlite_names.get(code) or _sqlite_names.get(code & 0xFF)
    cls = globals()[kind]
    return cls(statement, params, orig, False, lost, ismulti=isinstance(params, list))


def _unbound_error(name, statement, params):
    """The exception for a bind without a value. Called by Limbeck."""
    orig = InvalidRequestError("A value is required for bind parameter %r" % name, code="cd3x")
    message = "(sqlalchemy.exc.InvalidRequestError) %s" % orig.args[0]
    return StatementError(message, statement, params, orig, code="cd3x")


_sqlite_names = {
    1: "SQLITE_ERROR", 5: "SQLITE_BUSY", 6: "SQLITE_LOCKED", 7: "SQLITE_NOMEM",
    8: "SQLITE_READONLY", 10: "SQLITE_IOERR", 11: "SQLITE_CORRUPT", 13: "SQLITE_FULL",
    14: "SQLITE_CANTOPEN", 17: "SQLITE_SCHEMA", 18: "SQLITE_TOOBIG", 19: "SQLITE_CONSTRAINT",
    20: "SQLITE_MISMATCH", 21: "SQLITE_MISUSE", 25: "SQLITE_RANGE", 26: "SQLITE_NOTADB",
    275: "SQLITE_CONSTRAINT_CHECK", 787: "SQLITE_CONSTRAINT_FOREIGNKEY",
    1299: "SQLITE_CONSTRAINT_NOTNULL", 1555: "SQLITE_CONSTRAINT_PRIMARYKEY",
    1811: "SQLITE_CONSTRAINT_TRIGGER", 2067: "SQLITE_CONSTRAINT_UNIQUE",
    2579: "SQLITE_CONSTRAINT_ROWID",
}
