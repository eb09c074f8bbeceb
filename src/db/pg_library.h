/* SPDX-License-Identifier: MIT */
/*
 * libpq, opened when the first PostgreSQL connection is made: linked, its thirty shared objects
 * would slow every start. The declarations are those of libpq's own header, whose ABI (libpq.so.5)
 * has only grown since 2005; so nothing of PostgreSQL is needed to build.
 */
#ifndef LIMBECK_DB_PG_LIBRARY_H
#define LIMBECK_DB_PG_LIBRARY_H

#include "base/error.h"

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;

enum { PG_CONNECTION_OK = 0, PG_CONNECTION_BAD = 1 };

enum {
    PGRES_POLLING_FAILED = 0,
    PGRES_POLLING_READING = 1,
    PGRES_POLLING_WRITING = 2,
    PGRES_POLLING_OK = 3,
};

typedef enum PgResultStatus {
    PGRES_EMPTY_QUERY = 0,
    PGRES_COMMAND_OK = 1,
    PGRES_TUPLES_OK = 2,
    PGRES_COPY_OUT = 3,
    PGRES_COPY_IN = 4,
    PGRES_BAD_RESPONSE = 5,
    PGRES_NONFATAL_ERROR = 6,
    PGRES_FATAL_ERROR = 7,
    PGRES_COPY_BOTH = 8,
    PGRES_SINGLE_TUPLE = 9,
    PGRES_PIPELINE_SYNC = 10,
    PGRES_PIPELINE_ABORTED = 11,
    PGRES_TUPLES_CHUNK = 12,
} PgResultStatus;

enum {
    PQTRANS_IDLE = 0,
    PQTRANS_ACTIVE = 1,
    PQTRANS_INTRANS = 2,
    PQTRANS_INERROR = 3,
    PQTRANS_UNKNOWN = 4,
};

typedef void PgNoticeReceiver(void *context, const PGresult *result);

/* Each function: its result, name, parameters. OPTIONAL ones came after libpq 14. */
#define PG_FUNCTIONS(REQUIRED, OPTIONAL)                                                        \
    REQUIRED(PGconn *, PQconnectStartParams, (const char *const *, const char *const *, int))   \
    REQUIRED(int, PQconnectPoll, (PGconn *))                                                    \
    REQUIRED(int, PQstatus, (const PGconn *))                                                   \
    REQUIRED(int, PQsocket, (const PGconn *))                                                   \
    REQUIRED(void, PQfinish, (PGconn *))                                                        \
    REQUIRED(char *, PQerrorMessage, (const PGconn *))                                          \
    REQUIRED(char *, PQhost, (const PGconn *))                                                  \
    REQUIRED(char *, PQport, (const PGconn *))                                                  \
    REQUIRED(char *, PQpass, (const PGconn *))                                                  \
    REQUIRED(int, PQsslInUse, (PGconn *))                                                       \
    REQUIRED(int, PQsetnonblocking, (PGconn *, int))                                            \
    REQUIRED(int, PQflush, (PGconn *))                                                          \
    REQUIRED(int, PQconsumeInput, (PGconn *))                                                   \
    REQUIRED(int, PQisBusy, (PGconn *))                                                         \
    REQUIRED(PGresult *, PQgetResult, (PGconn *))                                               \
    REQUIRED(void, PQclear, (PGresult *))                                                       \
    REQUIRED(PgResultStatus, PQresultStatus, (const PGresult *))                                \
    REQUIRED(char *, PQresultErrorField, (const PGresult *, int))                               \
    REQUIRED(char *, PQresultErrorMessage, (const PGresult *))                                  \
    REQUIRED(int, PQntuples, (const PGresult *))                                                \
    REQUIRED(int, PQnfields, (const PGresult *))                                                \
    REQUIRED(char *, PQfname, (const PGresult *, int))                                          \
    REQUIRED(unsigned, PQftype, (const PGresult *, int))                                        \
    REQUIRED(int, PQfmod, (const PGresult *, int))                                              \
    REQUIRED(char *, PQgetvalue, (const PGresult *, int, int))                                  \
    REQUIRED(int, PQgetlength, (const PGresult *, int, int))                                    \
    REQUIRED(int, PQgetisnull, (const PGresult *, int, int))                                    \
    REQUIRED(char *, PQcmdStatus, (PGresult *))                                                 \
    REQUIRED(char *, PQcmdTuples, (PGresult *))                                                 \
    REQUIRED(int, PQsendQuery, (PGconn *, const char *))                                        \
    REQUIRED(int, PQsendQueryParams,                                                            \
             (PGconn *, const char *, int, const unsigned *, const char *const *, const int *,  \
              const int *, int))                                                                \
    REQUIRED(int, PQsendPrepare, (PGconn *, const char *, const char *, int, const unsigned *)) \
    REQUIRED(int, PQsendQueryPrepared,                                                          \
             (PGconn *, const char *, int, const char *const *, const int *, const int *, int)) \
    REQUIRED(int, PQsetSingleRowMode, (PGconn *))                                               \
    REQUIRED(int, PQenterPipelineMode, (PGconn *))                                              \
    REQUIRED(int, PQexitPipelineMode, (PGconn *))                                               \
    REQUIRED(int, PQpipelineSync, (PGconn *))                                                   \
    REQUIRED(PGcancel *, PQgetCancel, (PGconn *))                                               \
    REQUIRED(int, PQcancel, (PGcancel *, char *, int))                                          \
    REQUIRED(void, PQfreeCancel, (PGcancel *))                                                  \
    REQUIRED(int, PQserverVersion, (const PGconn *))                                            \
    REQUIRED(int, PQbackendPID, (const PGconn *))                                               \
    REQUIRED(int, PQtransactionStatus, (const PGconn *))                                        \
    REQUIRED(const char *, PQparameterStatus, (const PGconn *, const char *))                   \
    REQUIRED(PgNoticeReceiver *, PQsetNoticeReceiver, (PGconn *, PgNoticeReceiver *, void *))   \
    REQUIRED(int, PQlibVersion, (void))                                                         \
    REQUIRED(int, PQputCopyEnd, (PGconn *, const char *))                                       \
    REQUIRED(int, PQgetCopyData, (PGconn *, char **, int))                                      \
    REQUIRED(void, PQfreemem, (void *))                                                         \
    OPTIONAL(int, PQsetChunkedRowsMode, (PGconn *, int))

typedef struct PgLibrary {
#define PG_MEMBER(result, name, parameters) result(*name) parameters;
    PG_FUNCTIONS(PG_MEMBER, PG_MEMBER)
#undef PG_MEMBER
} PgLibrary;

/* Opens libpq and finds its functions. ERR_UNSUPPORTED naming what to install. */
bool pg_library_open(PgLibrary *library, Error *err);

#endif
