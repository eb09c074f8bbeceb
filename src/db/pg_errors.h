/* SPDX-License-Identifier: MIT */
/* SQLSTATE to the classes of the Python drivers, and failures as they would word them. */
#ifndef LIMBECK_DB_PG_ERRORS_H
#define LIMBECK_DB_PG_ERRORS_H

#include "db/db.h"

/* The Python driver that a URL names; its error classes and words differ. */
typedef enum PgDriver {
    PG_PSYCOPG2,
    PG_PSYCOPG,
    PG_ASYNCPG,
    PG_PG8000,
} PgDriver;

/* postgresql:// and psycopg2cffi are psycopg2. */
PgDriver pg_driver_of(const Url *url);
/* DB_ERROR_DATABASE for what is in no table. */
DbErrorKind pg_error_kind(PgDriver driver, Str sqlstate);
/* "UndefinedTable", or NULL for a state that PostgreSQL 15's manual does not list. */
const char *pg_condition_name(Str sqlstate);
/* The SQLSTATE of "UndefinedTable" or "UNDEFINED_TABLE"; STR_NONE when there is no such one. */
Str pg_condition_state(Str name);
/* "UndefinedTableError": asyncpg's class; "PostgresError" for what is in no table. */
Str pg_asyncpg_class(Arena *arena, Str sqlstate);
/* The SQLSTATE of a class of asyncpg. */
Str pg_asyncpg_state(Arena *arena, Str name);
/* "psycopg2.errors.UndefinedTable"; in `arena`. */
const char *pg_error_class(Arena *arena, PgDriver driver, Str sqlstate);
/*
 * str() of the Python driver's exception. `libpq_text` is libpq's own message ("ERROR:  ..." with
 * its further lines).
 */
Str pg_error_message(Arena *arena, PgDriver driver, const DbDiag *diag, Str libpq_text);

#endif
