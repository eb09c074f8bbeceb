/* SPDX-License-Identifier: MIT */
/* SQLAlchemy's URL and create_engine's arguments as libpq's parameters. */
#ifndef LIMBECK_DB_PG_URL_H
#define LIMBECK_DB_PG_URL_H

#include "db/db.h"

typedef VEC(UrlOption) PgParameters;

typedef struct PgTarget {
    PgParameters parameters; /* without host and port */
    StrVec hosts, ports;     /* side by side; empty: libpq's default */
    int connect_timeout_ms;  /* of each host; 0 = none */
    int answer_timeout_ms;   /* asyncpg's command_timeout; 0 = none */
} PgTarget;

#define PG_CONNECT_TIMEOUT_MS 10000
/* The library's version that knows sslrootcert=system. */
#define PG_SYSTEM_ROOTS 160000

/*
 * `library_version`: PQlibVersion(). ERR_URL for options that contradict each other, or that name
 * what cannot be served.
 */
bool pg_target(Arena *arena, const Url *url, const DbOptions *options, int library_version,
               PgTarget *target, Error *err);
/* The parameter's value, or STR_NONE. */
Str pg_target_get(const PgTarget *target, const char *name);
/* True for a socket, 127.*, ::1, localhost, a name without a dot, and *.internal, *.local. */
bool pg_host_is_near(Str host);

#endif
