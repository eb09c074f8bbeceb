/* SPDX-License-Identifier: MIT */
/*
 * The Python drivers' exceptions: what stands behind `except psycopg2.errors.UndefinedTable`.
 * Importable as sqlalchemy._dbapi.
 */
#include "script/bind_dbapi.h"

#include "db/pg_errors.h"
#include "script/bind_expr.h"

static const char *const kind_names[] = {
    [DB_ERROR_NONE] = "OperationalError",           [DB_ERROR_DATABASE] = "DatabaseError",
    [DB_ERROR_INTERFACE] = "InterfaceError",        [DB_ERROR_DATA] = "DataError",
    [DB_ERROR_OPERATIONAL] = "OperationalError",    [DB_ERROR_INTEGRITY] = "IntegrityError",
    [DB_ERROR_INTERNAL] = "InternalError",          [DB_ERROR_PROGRAMMING] = "ProgrammingError",
    [DB_ERROR_NOT_SUPPORTED] = "NotSupportedError",
};

static Value text_or_none(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

static bool give_text(Vm *vm, Call *call, Str text)
{
    return give(call, text_or_none(vm, text));
}

static bool dbapi_state(Vm *vm, Call *call)
{
    ARGS(call, name);
    Str text;
    return to_str(vm, name, &text) && give_text(vm, call, pg_condition_state(text));
}

static bool dbapi_condition(Vm *vm, Call *call)
{
    ARGS(call, sqlstate);
    Str text;
    if (!to_str(vm, sqlstate, &text))
        return false;
    const char *name = pg_condition_name(text);
    return give_text(vm, call, name ? str_from(name) : STR_NONE);
}

static bool dbapi_kind(Vm *vm, Call *call)
{
    ARGS(call, sqlstate);
    Str text;
    return to_str(vm, sqlstate, &text) &&
           give(call, make_strz(vm, kind_names[pg_error_kind(PG_PSYCOPG2, text)]));
}

static bool dbapi_asyncpg_class(Vm *vm, Call *call)
{
    ARGS(call, sqlstate);
    Str text;
    return to_str(vm, sqlstate, &text) &&
           give_text(vm, call, pg_asyncpg_class(bind_arena(vm), text));
}

static bool dbapi_asyncpg_state(Vm *vm, Call *call)
{
    ARGS(call, name);
    Str text;
    return to_str(vm, name, &text) &&
           give_text(vm, call, pg_asyncpg_state(bind_arena(vm), text));
}

static bool dbapi_sqlite_version(Vm *vm, Call *call)
{
    return give_text(vm, call, str_from(db_sqlite_version()));
}

static const NativeRow dbapi_functions[] = {
    { "state(name)", dbapi_state, "The SQLSTATE of UndefinedTable." },
    { "condition(sqlstate)", dbapi_condition, "UndefinedTable, of a SQLSTATE." },
    { "kind(sqlstate)", dbapi_kind, "ProgrammingError, of a SQLSTATE." },
    { "asyncpg_class(sqlstate)", dbapi_asyncpg_class, "UndefinedTableError, of a SQLSTATE." },
    { "asyncpg_state(name)", dbapi_asyncpg_state, "The SQLSTATE of UndefinedTableError." },
    { "sqlite_version()", dbapi_sqlite_version, "\"3.40.1\"" },
    { 0 },
};

bool dbapi_lookup(Vm *vm, Str name, Value *v)
{
    const NativeRow *row = row_find(dbapi_functions, name);
    if (row)
        *v = vm_function(vm, row, NULL);
    return true;
}

/* ---- a failure as the exception that SQLAlchemy would raise ---- */

static void set(Vm *vm, Value dict, const char *key, Str text)
{
    dict_set_str(vm, dict, str_from(key), text_or_none(vm, text));
}

/* What psycopg2 has as orig.diag. */
static Value diag_dict(Vm *vm, const DbDiag *diag)
{
    Value dict = make_dict(vm);
    Arena *arena = bind_arena(vm);
    Str position = diag->position ? str_format(arena, "%zu", diag->position) : STR_NONE;
    Str internal =
        diag->internal_position ? str_format(arena, "%zu", diag->internal_position) : STR_NONE;
    set(vm, dict, "severity", diag->severity);
    set(vm, dict, "severity_nonlocalized", diag->severity);
    set(vm, dict, "sqlstate", diag->sqlstate);
    set(vm, dict, "message_primary", diag->primary);
    set(vm, dict, "message_detail", diag->detail);
    set(vm, dict, "message_hint", diag->hint);
    set(vm, dict, "context", diag->context);
    set(vm, dict, "schema_name", diag->schema);
    set(vm, dict, "table_name", diag->table);
    set(vm, dict, "column_name", diag->column);
    set(vm, dict, "datatype_name", diag->type);
    set(vm, dict, "constraint_name", diag->constraint);
    set(vm, dict, "statement_position", position);
    set(vm, dict, "internal_position", internal);
    set(vm, dict, "internal_query", diag->internal_query);
    return dict;
}

bool dbapi_raise(Vm *vm, const DbFailure *failure, const Error *err, Value params)
{
    Value exception;
    const Value args[] = {
        make_strz(vm, kind_names[failure->kind]),
        make_strz(vm, failure->dbapi ? failure->dbapi : "OperationalError"),
        make_str(vm, str_given(failure->message) ? failure->message : err->text),
        text_or_none(vm, err->sql),
        params,
        text_or_none(vm, str_given(failure->diag.sqlstate) ? failure->diag.sqlstate
                                                           : err->sqlstate),
        value_int(failure->code),
        diag_dict(vm, &failure->diag),
        value_bool(failure->lost),
    };
    return bind_call(vm, "sqlalchemy.exc", "_driver_error", args, sizeof args / sizeof *args,
                     &exception) &&
           vm_raise_value(vm, exception);
}
