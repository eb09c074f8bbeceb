/* SPDX-License-Identifier: MIT */
/*
 * Database URLs as SQLAlchemy writes them:
 * dialect[+driver]://user:password@host:port/database?options.
 *
 *     Url url;
 *     if (!url_parse(arena, STR("sqlite:///app.db"), &url, err))
 *         return false;
 */
#ifndef LIMBECK_DB_URL_H
#define LIMBECK_DB_URL_H

#include "base/error.h"
#include "base/vec.h"

typedef enum Engine {
    ENGINE_SQLITE,
    ENGINE_POSTGRESQL,
    ENGINE_MYSQL,
    ENGINE_MARIADB,
    ENGINE_OTHER, /* named by the URL, not served: connecting says so */
} Engine;

typedef struct UrlOption {
    Str name, value; /* decoded */
} UrlOption;

typedef struct Url {
    Engine engine;
    Str drivername; /* as given: "postgresql+asyncpg", "postgres" */
    Str dialect;    /* SQLAlchemy's name: "sqlite", "postgresql", "mysql", "mariadb", or as given */
    Str driver;     /* "asyncpg"; STR_NONE when not given */
    Str username, password, host, database; /* decoded; STR_NONE when absent */
    int port;                               /* 0: not given */
    Str written; /* what stood between the user's ':' and the last '@', for the redactor */
    VEC(UrlOption) options;                 /* in the order given */
} Url;

/* ERR_URL "Could not parse SQLAlchemy URL from given URL string". Texts are copied into `arena`. */
bool url_parse(Arena *arena, Str text, Url *url, Error *err);
/* As SQLAlchemy's URL.render_as_string: the password as "***" unless asked for; options sorted. */
Str url_render(Arena *arena, const Url *url, bool show_password);
/* The option's value (the last, if repeated), or STR_NONE. */
Str url_option(const Url *url, Str name);
/* Adds or replaces an option. `url` keeps the texts. */
void url_set_option(Arena *arena, Url *url, Str name, Str value);
/* True for SQLite without a file: sqlite://, sqlite:///:memory:, a file: URI with mode=memory. */
bool url_is_memory(const Url *url);

/* %XX as urllib.parse.unquote (plus_is_space: unquote_plus) and back (quote with `safe`). */
Str url_decode(Arena *arena, Str text, bool plus_is_space);
Str url_encode(Arena *arena, Str text, const char *safe);

#endif
