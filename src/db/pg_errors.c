/* SPDX-License-Identifier: MIT */
#include "db/pg_errors.h"

#include "base/buf.h"

typedef struct Condition {
    char sqlstate[6];
    const char *name; /* psycopg2's class: the condition's name of PostgreSQL's manual */
    const char
        *asyncpg; /* asyncpg's class where its rule (SQL, FDW, "...Error") does not give it */
} Condition;

/* Sorted by SQLSTATE. */
static const Condition conditions[] = {
    { "02000", "NoData", "NoData" },
    { "02001", "NoAdditionalDynamicResultSetsReturned", "NoAdditionalDynamicResultSetsReturned" },
    { "03000", "SqlStatementNotYetComplete", NULL },
    { "08000", "ConnectionException", "PostgresConnectionError" },
    { "08001", "SqlclientUnableToEstablishSqlconnection", "ClientCannotConnectError" },
    { "08003", "ConnectionDoesNotExist", NULL },
    { "08004", "SqlserverRejectedEstablishmentOfSqlconnection", "ConnectionRejectionError" },
    { "08006", "ConnectionFailure", NULL },
    { "08007", "TransactionResolutionUnknown", NULL },
    { "08P01", "ProtocolViolation", NULL },
    { "09000", "TriggeredActionException", "TriggeredActionError" },
    { "0A000", "FeatureNotSupported", NULL },
    { "0B000", "InvalidTransactionInitiation", NULL },
    { "0F000", "LocatorException", "LocatorError" },
    { "0F001", "InvalidLocatorSpecification", NULL },
    { "0L000", "InvalidGrantor", NULL },
    { "0LP01", "InvalidGrantOperation", NULL },
    { "0P000", "InvalidRoleSpecification", NULL },
    { "0Z000", "DiagnosticsException", "DiagnosticsError" },
    { "0Z002", "StackedDiagnosticsAccessedWithoutActiveHandler", NULL },
    { "20000", "CaseNotFound", NULL },
    { "21000", "CardinalityViolation", NULL },
    { "22000", "DataException", "DataError" },
    { "22001", "StringDataRightTruncation", NULL },
    { "22002", "NullValueNoIndicatorParameter", NULL },
    { "22003", "NumericValueOutOfRange", NULL },
    { "22004", "NullValueNotAllowed", NULL },
    { "22005", "ErrorInAssignment", NULL },
    { "22007", "InvalidDatetimeFormat", NULL },
    { "22008", "DatetimeFieldOverflow", NULL },
    { "22009", "InvalidTimeZoneDisplacementValue", NULL },
    { "2200B", "EscapeCharacterConflict", NULL },
    { "2200C", "InvalidUseOfEscapeCharacter", NULL },
    { "2200D", "InvalidEscapeOctet", NULL },
    { "2200F", "ZeroLengthCharacterString", NULL },
    { "2200G", "MostSpecificTypeMismatch", NULL },
    { "2200H", "SequenceGeneratorLimitExceeded", NULL },
    { "2200L", "NotAnXmlDocument", NULL },
    { "2200M", "InvalidXmlDocument", NULL },
    { "2200N", "InvalidXmlContent", NULL },
    { "2200S", "InvalidXmlComment", NULL },
    { "2200T", "InvalidXmlProcessingInstruction", NULL },
    { "22010", "InvalidIndicatorParameterValue", NULL },
    { "22011", "SubstringError", NULL },
    { "22012", "DivisionByZero", NULL },
    { "22013", "InvalidPrecedingOrFollowingSize", NULL },
    { "22014", "InvalidArgumentForNtileFunction", NULL },
    { "22015", "IntervalFieldOverflow", NULL },
    { "22016", "InvalidArgumentForNthValueFunction", NULL },
    { "22018", "InvalidCharacterValueForCast", NULL },
    { "22019", "InvalidEscapeCharacter", NULL },
    { "2201B", "InvalidRegularExpression", NULL },
    { "2201E", "InvalidArgumentForLogarithm", NULL },
    { "2201F", "InvalidArgumentForPowerFunction", NULL },
    { "2201G", "InvalidArgumentForWidthBucketFunction", NULL },
    { "2201W", "InvalidRowCountInLimitClause", NULL },
    { "2201X", "InvalidRowCountInResultOffsetClause", NULL },
    { "22021", "CharacterNotInRepertoire", NULL },
    { "22022", "IndicatorOverflow", NULL },
    { "22023", "InvalidParameterValue", NULL },
    { "22024", "UnterminatedCString", NULL },
    { "22025", "InvalidEscapeSequence", NULL },
    { "22026", "StringDataLengthMismatch", NULL },
    { "22027", "TrimError", NULL },
    { "2202E", "ArraySubscriptError", NULL },
    { "2202G", "InvalidTablesampleRepeat", NULL },
    { "2202H", "InvalidTablesampleArgument", NULL },
    { "22030", "DuplicateJsonObjectKeyValue", NULL },
    { "22031", "InvalidArgumentForSqlJsonDatetimeFunction", NULL },
    { "22032", "InvalidJsonText", NULL },
    { "22033", "InvalidSqlJsonSubscript", NULL },
    { "22034", "MoreThanOneSqlJsonItem", NULL },
    { "22035", "NoSqlJsonItem", NULL },
    { "22036", "NonNumericSqlJsonItem", NULL },
    { "22037", "NonUniqueKeysInAJsonObject", NULL },
    { "22038", "SingletonSqlJsonItemRequired", NULL },
    { "22039", "SqlJsonArrayNotFound", NULL },
    { "2203A", "SqlJsonMemberNotFound", NULL },
    { "2203B", "SqlJsonNumberNotFound", NULL },
    { "2203C", "SqlJsonObjectNotFound", NULL },
    { "2203D", "TooManyJsonArrayElements", NULL },
    { "2203E", "TooManyJsonObjectMembers", NULL },
    { "2203F", "SqlJsonScalarRequired", NULL },
    { "2203G", "SqlJsonItemCannotBeCastToTargetType", NULL },
    { "22P01", "FloatingPointException", "PostgresFloatingPointError" },
    { "22P02", "InvalidTextRepresentation", NULL },
    { "22P03", "InvalidBinaryRepresentation", NULL },
    { "22P04", "BadCopyFileFormat", NULL },
    { "22P05", "UntranslatableCharacter", NULL },
    { "22P06", "NonstandardUseOfEscapeCharacter", NULL },
    { "23000", "IntegrityConstraintViolation", NULL },
    { "23001", "RestrictViolation", NULL },
    { "23502", "NotNullViolation", NULL },
    { "23503", "ForeignKeyViolation", NULL },
    { "23505", "UniqueViolation", NULL },
    { "23514", "CheckViolation", NULL },
    { "23P01", "ExclusionViolation", NULL },
    { "24000", "InvalidCursorState", NULL },
    { "25000", "InvalidTransactionState", NULL },
    { "25001", "ActiveSqlTransaction", NULL },
    { "25002", "BranchTransactionAlreadyActive", NULL },
    { "25003", "InappropriateAccessModeForBranchTransaction", NULL },
    { "25004", "InappropriateIsolationLevelForBranchTransaction", NULL },
    { "25005", "NoActiveSqlTransactionForBranchTransaction", NULL },
    { "25006", "ReadOnlySqlTransaction", NULL },
    { "25007", "SchemaAndDataStatementMixingNotSupported", NULL },
    { "25008", "HeldCursorRequiresSameIsolationLevel", NULL },
    { "25P01", "NoActiveSqlTransaction", NULL },
    { "25P02", "InFailedSqlTransaction", NULL },
    { "25P03", "IdleInTransactionSessionTimeout", NULL },
    { "26000", "InvalidSqlStatementName", NULL },
    { "27000", "TriggeredDataChangeViolation", NULL },
    { "28000", "InvalidAuthorizationSpecification", NULL },
    { "28P01", "InvalidPassword", NULL },
    { "2B000", "DependentPrivilegeDescriptorsStillExist", NULL },
    { "2BP01", "DependentObjectsStillExist", NULL },
    { "2D000", "InvalidTransactionTermination", NULL },
    { "2F000", "SqlRoutineException", "SQLRoutineError" },
    { "2F002", "ModifyingSqlDataNotPermitted", NULL },
    { "2F003", "ProhibitedSqlStatementAttempted", NULL },
    { "2F004", "ReadingSqlDataNotPermitted", NULL },
    { "2F005", "FunctionExecutedNoReturnStatement", NULL },
    { "34000", "InvalidCursorName", NULL },
    { "38000", "ExternalRoutineException", "ExternalRoutineError" },
    { "38001", "ContainingSqlNotPermitted", NULL },
    { "38002", "ModifyingSqlDataNotPermittedExt",
      "ModifyingExternalRoutineSQLDataNotPermittedError" },
    { "38003", "ProhibitedSqlStatementAttemptedExt",
      "ProhibitedExternalRoutineSQLStatementAttemptedError" },
    { "38004", "ReadingSqlDataNotPermittedExt", "ReadingExternalRoutineSQLDataNotPermittedError" },
    { "39000", "ExternalRoutineInvocationException", "ExternalRoutineInvocationError" },
    { "39001", "InvalidSqlstateReturned", "InvalidSqlstateReturnedError" },
    { "39004", "NullValueNotAllowedExt", "NullValueInExternalRoutineNotAllowedError" },
    { "39P01", "TriggerProtocolViolated", NULL },
    { "39P02", "SrfProtocolViolated", NULL },
    { "39P03", "EventTriggerProtocolViolated", NULL },
    { "3B000", "SavepointException", "SavepointError" },
    { "3B001", "InvalidSavepointSpecification", NULL },
    { "3D000", "InvalidCatalogName", NULL },
    { "3F000", "InvalidSchemaName", NULL },
    { "40000", "TransactionRollback", NULL },
    { "40001", "SerializationFailure", "SerializationError" },
    { "40002", "TransactionIntegrityConstraintViolation", NULL },
    { "40003", "StatementCompletionUnknown", NULL },
    { "40P01", "DeadlockDetected", NULL },
    { "42000", "SyntaxErrorOrAccessRuleViolation", "SyntaxOrAccessError" },
    { "42501", "InsufficientPrivilege", NULL },
    { "42601", "SyntaxError", "PostgresSyntaxError" },
    { "42602", "InvalidName", NULL },
    { "42611", "InvalidColumnDefinition", NULL },
    { "42622", "NameTooLong", NULL },
    { "42701", "DuplicateColumn", NULL },
    { "42702", "AmbiguousColumn", NULL },
    { "42703", "UndefinedColumn", NULL },
    { "42704", "UndefinedObject", NULL },
    { "42710", "DuplicateObject", NULL },
    { "42712", "DuplicateAlias", NULL },
    { "42723", "DuplicateFunction", NULL },
    { "42725", "AmbiguousFunction", NULL },
    { "42803", "GroupingError", NULL },
    { "42804", "DatatypeMismatch", NULL },
    { "42809", "WrongObjectType", NULL },
    { "42830", "InvalidForeignKey", NULL },
    { "42846", "CannotCoerce", NULL },
    { "42883", "UndefinedFunction", NULL },
    { "428C9", "GeneratedAlways", NULL },
    { "42939", "ReservedName", NULL },
    { "42P01", "UndefinedTable", NULL },
    { "42P02", "UndefinedParameter", NULL },
    { "42P03", "DuplicateCursor", NULL },
    { "42P04", "DuplicateDatabase", NULL },
    { "42P05", "DuplicatePreparedStatement", NULL },
    { "42P06", "DuplicateSchema", NULL },
    { "42P07", "DuplicateTable", NULL },
    { "42P08", "AmbiguousParameter", NULL },
    { "42P09", "AmbiguousAlias", NULL },
    { "42P10", "InvalidColumnReference", NULL },
    { "42P11", "InvalidCursorDefinition", NULL },
    { "42P12", "InvalidDatabaseDefinition", NULL },
    { "42P13", "InvalidFunctionDefinition", NULL },
    { "42P14", "InvalidPreparedStatementDefinition", NULL },
    { "42P15", "InvalidSchemaDefinition", NULL },
    { "42P16", "InvalidTableDefinition", NULL },
    { "42P17", "InvalidObjectDefinition", NULL },
    { "42P18", "IndeterminateDatatype", NULL },
    { "42P19", "InvalidRecursion", NULL },
    { "42P20", "WindowingError", NULL },
    { "42P21", "CollationMismatch", NULL },
    { "42P22", "IndeterminateCollation", NULL },
    { "44000", "WithCheckOptionViolation", NULL },
    { "53000", "InsufficientResources", NULL },
    { "53100", "DiskFull", NULL },
    { "53200", "OutOfMemory", NULL },
    { "53300", "TooManyConnections", NULL },
    { "53400", "ConfigurationLimitExceeded", NULL },
    { "54000", "ProgramLimitExceeded", NULL },
    { "54001", "StatementTooComplex", NULL },
    { "54011", "TooManyColumns", NULL },
    { "54023", "TooManyArguments", NULL },
    { "55000", "ObjectNotInPrerequisiteState", NULL },
    { "55006", "ObjectInUse", NULL },
    { "55P02", "CantChangeRuntimeParam", NULL },
    { "55P03", "LockNotAvailable", NULL },
    { "55P04", "UnsafeNewEnumValueUsage", NULL },
    { "57000", "OperatorIntervention", NULL },
    { "57014", "QueryCanceled", NULL },
    { "57P01", "AdminShutdown", NULL },
    { "57P02", "CrashShutdown", NULL },
    { "57P03", "CannotConnectNow", NULL },
    { "57P04", "DatabaseDropped", NULL },
    { "57P05", "IdleSessionTimeout", NULL },
    { "58000", "SystemError", "PostgresSystemError" },
    { "58030", "IoError", "PostgresIOError" },
    { "58P01", "UndefinedFile", NULL },
    { "58P02", "DuplicateFile", NULL },
    { "72000", "SnapshotTooOld", NULL },
    { "F0000", "ConfigFileError", NULL },
    { "F0001", "LockFileExists", NULL },
    { "HV000", "FdwError", NULL },
    { "HV001", "FdwOutOfMemory", NULL },
    { "HV002", "FdwDynamicParameterValueNeeded", NULL },
    { "HV004", "FdwInvalidDataType", NULL },
    { "HV005", "FdwColumnNameNotFound", NULL },
    { "HV006", "FdwInvalidDataTypeDescriptors", NULL },
    { "HV007", "FdwInvalidColumnName", NULL },
    { "HV008", "FdwInvalidColumnNumber", NULL },
    { "HV009", "FdwInvalidUseOfNullPointer", NULL },
    { "HV00A", "FdwInvalidStringFormat", NULL },
    { "HV00B", "FdwInvalidHandle", NULL },
    { "HV00C", "FdwInvalidOptionIndex", NULL },
    { "HV00D", "FdwInvalidOptionName", NULL },
    { "HV00J", "FdwOptionNameNotFound", NULL },
    { "HV00K", "FdwReplyHandle", NULL },
    { "HV00L", "FdwUnableToCreateExecution", NULL },
    { "HV00M", "FdwUnableToCreateReply", NULL },
    { "HV00N", "FdwUnableToEstablishConnection", NULL },
    { "HV00P", "FdwNoSchemas", NULL },
    { "HV00Q", "FdwSchemaNotFound", NULL },
    { "HV00R", "FdwTableNotFound", NULL },
    { "HV010", "FdwFunctionSequenceError", NULL },
    { "HV014", "FdwTooManyHandles", NULL },
    { "HV021", "FdwInconsistentDescriptorInformation", NULL },
    { "HV024", "FdwInvalidAttributeValue", NULL },
    { "HV090", "FdwInvalidStringLengthOrBufferLength", NULL },
    { "HV091", "FdwInvalidDescriptorFieldIdentifier", NULL },
    { "P0000", "PlpgsqlError", "PLPGSQLError" },
    { "P0001", "RaiseException", "RaiseError" },
    { "P0002", "NoDataFound", NULL },
    { "P0003", "TooManyRows", NULL },
    { "P0004", "AssertFailure", "AssertError" },
    { "XX000", "InternalError_", "InternalServerError" },
    { "XX001", "DataCorrupted", NULL },
    { "XX002", "IndexCorrupted", NULL },
};

typedef struct ClassKind {
    char sqlclass[3];
    DbErrorKind kind;
} ClassKind;

/* By the first two characters; others are DB_ERROR_DATABASE. */
static const ClassKind class_kinds[] = {
    { "08", DB_ERROR_OPERATIONAL }, { "0A", DB_ERROR_NOT_SUPPORTED },
    { "20", DB_ERROR_PROGRAMMING }, { "21", DB_ERROR_PROGRAMMING },
    { "22", DB_ERROR_DATA },        { "23", DB_ERROR_INTEGRITY },
    { "24", DB_ERROR_INTERNAL },    { "25", DB_ERROR_INTERNAL },
    { "26", DB_ERROR_OPERATIONAL }, { "27", DB_ERROR_OPERATIONAL },
    { "28", DB_ERROR_OPERATIONAL }, { "2B", DB_ERROR_INTERNAL },
    { "2D", DB_ERROR_INTERNAL },    { "2F", DB_ERROR_INTERNAL },
    { "34", DB_ERROR_OPERATIONAL }, { "38", DB_ERROR_INTERNAL },
    { "39", DB_ERROR_INTERNAL },    { "3B", DB_ERROR_INTERNAL },
    { "3D", DB_ERROR_PROGRAMMING }, { "3F", DB_ERROR_PROGRAMMING },
    { "40", DB_ERROR_OPERATIONAL }, { "42", DB_ERROR_PROGRAMMING },
    { "44", DB_ERROR_PROGRAMMING }, { "53", DB_ERROR_OPERATIONAL },
    { "54", DB_ERROR_OPERATIONAL }, { "55", DB_ERROR_OPERATIONAL },
    { "57", DB_ERROR_OPERATIONAL }, { "58", DB_ERROR_OPERATIONAL },
    { "F0", DB_ERROR_INTERNAL },    { "HV", DB_ERROR_OPERATIONAL },
    { "P0", DB_ERROR_INTERNAL },    { "XX", DB_ERROR_INTERNAL },
};

PgDriver pg_driver_of(const Url *url)
{
    if (str_is(url->driver, "asyncpg"))
        return PG_ASYNCPG;
    if (str_is(url->driver, "psycopg") || str_is(url->driver, "psycopg_async"))
        return PG_PSYCOPG;
    return str_is(url->driver, "pg8000") ? PG_PG8000 : PG_PSYCOPG2;
}

static const Condition *condition_of(Str sqlstate)
{
    size_t low = 0, high = sizeof conditions / sizeof *conditions;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(sqlstate, str_from(conditions[middle].sqlstate));
        if (order == 0)
            return &conditions[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* SQLAlchemy gives asyncpg's errors these classes, and the plain Error to all others. */
static DbErrorKind asyncpg_kind(Str sqlstate)
{
    if (str_starts(sqlstate, STR("23")))
        return DB_ERROR_INTEGRITY;
    if (str_starts(sqlstate, STR("42")))
        return DB_ERROR_PROGRAMMING;
    return str_is(sqlstate, "XX000") ? DB_ERROR_INTERNAL : DB_ERROR_DATABASE;
}

DbErrorKind pg_error_kind(PgDriver driver, Str sqlstate)
{
    if (driver == PG_ASYNCPG)
        return asyncpg_kind(sqlstate);
    for (size_t i = 0; i < sizeof class_kinds / sizeof *class_kinds; i++)
        if (str_starts(sqlstate, str_from(class_kinds[i].sqlclass)))
            return class_kinds[i].kind;
    return DB_ERROR_DATABASE;
}

const char *pg_condition_name(Str sqlstate)
{
    const Condition *condition = condition_of(sqlstate);
    return condition ? condition->name : NULL;
}

/* Letters alone tell: UNDEFINED_TABLE is UndefinedTable. */
static bool same_condition(Str a, const char *name)
{
    size_t i = 0;
    for (const char *b = name; *b; b++, i++) {
        while (i < a.len && a.ptr[i] == '_')
            i++;
        if (i == a.len || (a.ptr[i] | 0x20) != (*b | 0x20))
            return false;
    }
    return i == a.len;
}

Str pg_condition_state(Str name)
{
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
        if (same_condition(name, conditions[i].name))
            return str_from(conditions[i].sqlstate);
    return STR_NONE;
}

static const char *const kind_names[] = {
    [DB_ERROR_NONE] = "OperationalError",           [DB_ERROR_DATABASE] = "DatabaseError",
    [DB_ERROR_INTERFACE] = "InterfaceError",        [DB_ERROR_DATA] = "DataError",
    [DB_ERROR_OPERATIONAL] = "OperationalError",    [DB_ERROR_INTEGRITY] = "IntegrityError",
    [DB_ERROR_INTERNAL] = "InternalError",          [DB_ERROR_PROGRAMMING] = "ProgrammingError",
    [DB_ERROR_NOT_SUPPORTED] = "NotSupportedError",
};

static const char *asyncpg_adapter(DbErrorKind kind)
{
    return kind == DB_ERROR_DATABASE ? "Error" : kind_names[kind];
}

const char *pg_error_class(Arena *arena, PgDriver driver, Str sqlstate)
{
    DbErrorKind kind = sqlstate.len ? pg_error_kind(driver, sqlstate) : DB_ERROR_OPERATIONAL;
    const char *name = pg_condition_name(sqlstate);
    switch (driver) {
    case PG_PSYCOPG2:
    case PG_PSYCOPG: {
        const char *module = driver == PG_PSYCOPG2 ? "psycopg2" : "psycopg";
        if (name)
            return str_format(arena, "%s.errors.%s", module, name).ptr;
        return str_format(arena, "%s.%s", module, kind_names[kind]).ptr;
    }
    case PG_ASYNCPG:
        return str_format(arena, "sqlalchemy.dialects.postgresql.asyncpg.%s", asyncpg_adapter(kind))
            .ptr;
    case PG_PG8000:
        return str_format(arena, "pg8000.dbapi.%s",
                          kind == DB_ERROR_INTEGRITY ? "IntegrityError" : "ProgrammingError")
            .ptr;
    }
    return NULL;
}

/* "UndefinedTable" is UndefinedTableError there, "InvalidSqlStatementName" writes SQL in full. */
Str pg_asyncpg_class(Arena *arena, Str sqlstate)
{
    const Condition *condition = condition_of(sqlstate);
    if (!condition)
        return STR("PostgresError");
    if (condition->asyncpg)
        return str_from(condition->asyncpg);
    Str name = str_replace(arena, str_from(condition->name), STR("Sql"), STR("SQL"));
    name = str_replace(arena, name, STR("Fdw"), STR("FDW"));
    return str_ends(name, STR("Error")) ? name : str_concat(arena, name, STR("Error"));
}

Str pg_asyncpg_state(Arena *arena, Str name)
{
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        Str state = str_from(conditions[i].sqlstate);
        if (str_eq(pg_asyncpg_class(arena, state), name))
            return state;
    }
    return STR_NONE;
}

static Str asyncpg_message(Arena *arena, const DbDiag *diag)
{
    Buf out = buf_in(arena);
    Str name = pg_asyncpg_class(arena, diag->sqlstate);
    buf_printf(&out, "<class 'asyncpg.exceptions.%.*s'>: ", STR_ARG(name));
    buf_put(&out, diag->primary);
    if (diag->detail.len)
        buf_printf(&out, "\nDETAIL:  %.*s", STR_ARG(diag->detail));
    if (diag->hint.len)
        buf_printf(&out, "\nHINT:  %.*s", STR_ARG(diag->hint));
    return buf_take(&out, arena);
}

static void put_pg8000_field(Buf *out, char letter, Str text)
{
    if (!text.len)
        return;
    char quote = str_find_char(text, '\'', 0) >= 0 && str_find_char(text, '"', 0) < 0 ? '"' : '\'';
    buf_printf(out, "%s'%c': %c", out->len > 1 ? ", " : "", letter, quote);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\\' || text.ptr[i] == quote)
            buf_putc(out, '\\');
        if (text.ptr[i] == '\n')
            buf_puts(out, "\\n");
        else
            buf_putc(out, text.ptr[i]);
    }
    buf_putc(out, quote);
}

/* pg8000 gives the fields of the protocol as a dict. */
static Str pg8000_message(Arena *arena, const DbDiag *diag)
{
    Buf out = buf_in(arena);
    buf_putc(&out, '{');
    put_pg8000_field(&out, 'S', diag->severity);
    put_pg8000_field(&out, 'V', diag->severity);
    put_pg8000_field(&out, 'C', diag->sqlstate);
    put_pg8000_field(&out, 'M', diag->primary);
    put_pg8000_field(&out, 'D', diag->detail);
    put_pg8000_field(&out, 'H', diag->hint);
    if (diag->position)
        put_pg8000_field(&out, 'P', str_format(arena, "%zu", diag->position));
    put_pg8000_field(&out, 'W', diag->context);
    put_pg8000_field(&out, 's', diag->schema);
    put_pg8000_field(&out, 't', diag->table);
    put_pg8000_field(&out, 'c', diag->column);
    put_pg8000_field(&out, 'd', diag->type);
    put_pg8000_field(&out, 'n', diag->constraint);
    buf_putc(&out, '}');
    return buf_take(&out, arena);
}

/* Without the severity in front. */
static Str libpq_message(Arena *arena, PgDriver driver, const DbDiag *diag, Str text)
{
    ptrdiff_t colon = str_find(text, STR(":  "), 0);
    if (diag->severity.len && colon > 0 && (size_t)colon <= diag->severity.len + 8)
        text = str_from_offset(text, (size_t)colon + 3);
    return str_dup(arena, driver == PG_PSYCOPG ? str_trim_right(text) : text);
}

Str pg_error_message(Arena *arena, PgDriver driver, const DbDiag *diag, Str libpq_text)
{
    if (diag->sqlstate.len && driver == PG_ASYNCPG)
        return asyncpg_message(arena, diag);
    if (diag->sqlstate.len && driver == PG_PG8000)
        return pg8000_message(arena, diag);
    return libpq_message(arena, driver, diag, libpq_text);
}
