/* SPDX-License-Identifier: MIT */
#include "migrate/connect.h"

#include "migrate/wait.h"

/* too_many_connections, cannot_connect_now */
static bool is_passing(const Error *err)
{
    return str_is(err->sqlstate, "53300") || str_is(err->sqlstate, "57P03");
}

static void log_wait(const Run *run, const Error *err)
{
    Str text = err->text, line;
    str_line_next(&text, &line);
    log_put(run->log, "alembic.database", LOG_WARNING, "%.*s; waiting", STR_ARG(line));
}

bool connect_open(const Run *run, Arena *arena, const Url *url, const DbOptions *options,
                  int limit_ms, Conn **conn, Error *err)
{
    Wait wait = wait_begin(limit_ms);
    bool told = false;
    while (!db_open(arena, url, options, conn, err)) {
        if (!is_passing(err) || (run->interrupted && *run->interrupted))
            return false;
        if (!told)
            log_wait(run, err);
        told = true;
        if (!wait_pause(&wait))
            return false;
        error_clear(err);
    }
    if (told)
        log_put(run->log, "alembic.database", LOG_INFO, "connected after %.1f s",
                wait_seconds(&wait));
    return true;
}
