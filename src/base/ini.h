/* SPDX-License-Identifier: MIT */
/*
 * Ini files, read and interpolated as Python's configparser.ConfigParser does: `%(name)s`, `%%`,
 * continuation lines, DEFAULT, case folded option names, comments by `#` and `;` at line start.
 *
 *     Ini ini = ini_in(arena);
 *     ini_set_default(&ini, STR("here"), dir);
 *     if (!ini_read_file(&ini, path, err)) ...
 *     Str url;
 *     if (!ini_get(&ini, STR("alembic"), STR("sqlalchemy.url"), &url, err)) ...
 */
#ifndef LIMBECK_BASE_INI_H
#define LIMBECK_BASE_INI_H

#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

typedef struct IniSection {
    Str name;
    Map options; /* folded name -> IniOption *, in the order of the file */
} IniSection;

typedef struct IniOption {
    Str value;     /* raw: not interpolated */
    uint32_t line; /* 0: set by a program */
    bool verbatim; /* never interpolated */
} IniOption;

typedef struct Ini {
    Arena *arena;
    Str file;     /* the last file read, for messages */
    Map sections; /* name -> IniSection *; without DEFAULT */
    IniSection defaults;
    bool verbatim; /* values are taken as they stand (configparser's RawConfigParser) */
} Ini;

Ini ini_in(Arena *arena);
/*
 * Adds a file's text. On a broken file ERR_CONFIG has configparser's wording ("File contains no
 * section headers.\nfile: 'x', line: 1\n'...'"), and err->loc.
 */
bool ini_read(Ini *ini, Str text, Str file, Error *err);
/* As ini_read; ERR_FILE when it cannot be read. */
bool ini_read_file(Ini *ini, Str path, Error *err);

bool ini_has_section(const Ini *ini, Str section);
/* The section or, for "DEFAULT", the defaults; NULL when absent. Borrowed. */
const IniSection *ini_section(const Ini *ini, Str section);
/* In the section or among the defaults. */
bool ini_has_option(const Ini *ini, Str section, Str option);
/* The interpolated value; STR_NONE when the section or the option is absent. */
bool ini_get(const Ini *ini, Str section, Str option, Str *value, Error *err);
/* The value as it stands in the file; STR_NONE when absent. */
Str ini_get_raw(const Ini *ini, Str section, Str option);
/* The section's own option names, then those that only DEFAULT has (configparser's order). */
void ini_options(Arena *arena, const Ini *ini, Str section, StrVec *names);
/*
 * Sets a value, where `%` still means interpolation; a value that is no valid template is kept as
 * it stands (configparser refuses it). Makes the section.
 */
void ini_set(Ini *ini, Str section, Str option, Str value);
/* A default that is taken as it stands. */
void ini_set_default(Ini *ini, Str option, Str value);
/* False when a `%` is followed by neither `%` nor a complete `(name)s`; *offset tells where. */
bool ini_template_valid(Str value, size_t *offset);

#endif
