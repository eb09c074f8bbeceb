/* SPDX-License-Identifier: MIT */
/*
 * Errors. A function that can fail returns bool and takes `Error *err` last; every failure is one
 * `return fail(err, ...)`. The first error stays: a later fail() on a set Error changes nothing.
 *
 *     if (!url_parse(text, &url, err))
 *         return false;
 */
#ifndef LIMBECK_BASE_ERROR_H
#define LIMBECK_BASE_ERROR_H

#include "base/mem.h"
#include "base/str.h"

/* A place in a file. line and column count from 1, 0 = not known; column and end are in code
 * points. */
typedef struct Loc {
    Str file; /* outlives whatever holds the Loc: file names live as long as the run */
    uint32_t line, column, end;
} Loc;

typedef enum ErrorCode {
    ERR_NONE,
    ERR_COMMAND,     /* a command cannot do what was asked: exit 255, "FAILED: text" */
    ERR_USAGE,       /* the command line is wrong: exit 2 */
    ERR_CONFIG,      /* alembic.ini, pyproject.toml or an option: exit 255 */
    ERR_REVISION,    /* the revision graph: exit 255 */
    ERR_URL,         /* a database URL: exit 255 */
    ERR_FILE,        /* a file cannot be read or written: exit 255 */
    ERR_SYNTAX,      /* a script does not compile: exit 1 */
    ERR_SCRIPT,      /* an exception of a script: exit 1 */
    ERR_SCHEMA,      /* an operation that cannot be compiled: exit 1 */
    ERR_DATABASE,    /* the database refused a statement: exit 1 */
    ERR_CONNECT,     /* no connection: exit 1 */
    ERR_UNSUPPORTED, /* named and not there: exit 255 */
    ERR_MEMORY,      /* exit 1 */
} ErrorCode;

typedef struct Error {
    Arena *arena; /* owns the texts; set by error_in */
    ErrorCode code;
    Str text;      /* lower case, no full stop; names the thing and says what would be right */
    Str remedy;    /* what to do, or STR_NONE */
    Loc loc;       /* where in the user's files */
    Str traceback; /* of a script: as CPython prints it, the exception's line included */
    Str sql;       /* the statement that failed */
    Str sqlstate;  /* SQLSTATE, or the engine's number in digits */
    Str detail;    /* the driver's further lines (DETAIL, HINT) */
    size_t sql_position; /* 1-based code point in sql; 0 = not known */
    bool rolled_back;    /* the transaction of the failed statement was rolled back */
} Error;

static inline Error error_in(Arena *arena)
{
    return (Error){ .arena = arena };
}
static inline bool error_set(const Error *err)
{
    return err->code != ERR_NONE;
}
/* Records the error unless one is there, and returns false. */
bool fail(Error *err, ErrorCode code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* As fail, at a place. */
bool fail_at(Error *err, ErrorCode code, Loc loc, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Adds what to do, to the error just recorded; the first remedy stays. Returns false. */
bool error_remedy(Error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds the place if none is known yet. Returns false. */
bool error_at(Error *err, Loc loc);
/* Forgets the error (a script caught it); the arena stays. */
void error_clear(Error *err);
/* Copies the first error into `to` unless one is there. Returns false. */
bool error_copy(Error *to, const Error *from);
/* The process's exit status for this error; 0 when none is set. See ErrorCode. */
int error_exit_status(const Error *err);

#endif
