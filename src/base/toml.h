/* SPDX-License-Identifier: MIT */
/*
 * TOML 1.0 documents, as Python's tomllib reads them: a tree of plain values in an arena.
 *
 *     const TomlValue *doc;
 *     if (!toml_read(arena, text, path, &doc, err)) ...
 *     const TomlValue *table = toml_find(doc, STR("tool"));
 */
#ifndef LIMBECK_BASE_TOML_H
#define LIMBECK_BASE_TOML_H

#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

typedef enum TomlKind {
    TOML_STRING,
    TOML_INTEGER,
    TOML_FLOAT,
    TOML_BOOLEAN,
    TOML_DATETIME, /* date and time; with or without offset */
    TOML_DATE,
    TOML_TIME,
    TOML_ARRAY,
    TOML_TABLE,
} TomlKind;

typedef struct TomlTime {
    int year, month, day; /* 0 in a TOML_TIME */
    int hour, minute, second, microsecond;
    bool has_offset;
    int offset_minutes;
} TomlTime;

typedef struct TomlValue TomlValue;
struct TomlValue {
    TomlKind kind;
    union {
        Str string;
        int64_t integer;
        double number;
        bool boolean;
        TomlTime time;
        VEC(const TomlValue *) array;
        Map table; /* key -> TomlValue *, in the order of the file */
    };
    Str digits; /* a TOML_INTEGER outside of int64: its text, to be read by who has bigger integers
                 */
};

/* ERR_CONFIG has tomllib's wording: "Invalid value (at line 1, column 5)"; err->loc is set. */
bool toml_read(Arena *arena, Str text, Str file, const TomlValue **doc, Error *err);
/* The member of a table, or NULL when it is absent or `table` is no table (or NULL). Borrowed. */
const TomlValue *toml_find(const TomlValue *table, Str key);

#endif
