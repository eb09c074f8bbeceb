/* SPDX-License-Identifier: MIT */
/*
 * The configuration of a run: alembic.ini, [tool.alembic] of pyproject.toml, the section asked for,
 * -x arguments, the environment's LIMBECK_*. What scripts see as alembic.config.Config is this.
 */
#ifndef LIMBECK_MIGRATE_CONFIG_H
#define LIMBECK_MIGRATE_CONFIG_H

#include "base/datum.h"
#include "base/ini.h"
#include "base/toml.h"

/* Looks a variable of the environment up; STR_NONE when it is not set. */
typedef Str EnvironmentLookup(void *context, Str name);

typedef struct ConfigSource {
    StrVec files;  /* -c, as given: an ini file, a .toml file, or one of each */
    Str section;   /* -n; empty: "alembic" */
    StrVec x_args; /* -x, in order */
    Map limbeck;   /* options of [limbeck] given on the command line: name -> Str * */
    EnvironmentLookup *environment; /* NULL: the process's environment */
    void *environment_context;
} ConfigSource;

typedef struct Config {
    Arena *arena;
    Str file;      /* config_file_name, as given; "alembic.ini" where it was not */
    Str toml_file; /* as given; "pyproject.toml" where it was not */
    Str section;   /* config_ini_section */
    Str here;      /* %(here)s of the ini: its directory */
    Str toml_here; /* %(here)s of the toml */
    bool file_found, toml_found;
    Ini ini;
    const TomlValue *toml;         /* the table [tool.alembic], or NULL */
    const TomlValue *toml_limbeck; /* [tool.limbeck], or NULL */
    Map limbeck;                   /* as given on the command line */
    StrVec x_args;
    Map options; /* cmd_opts: the command's options by their Python name -> Datum * */
    EnvironmentLookup *environment;
    void *environment_context;
} Config;

/*
 * Reads what is there; a missing ini is no error here (commands that need a script location say
 * so). ERR_CONFIG for broken files.
 */
bool config_load(Config *config, Arena *arena, const ConfigSource *source, Error *err);

/* A variable of the run's environment; STR_NONE when it is not set. */
Str config_environment(const Config *config, Str name);

/* Config.get_main_option: the ini section only, interpolated; STR_NONE when absent. */
bool config_main_option(const Config *config, Str name, Str *value, Error *err);
/* Config.get_section_option. */
bool config_section_option(const Config *config, Str section, Str name, Str *value, Error *err);
/* Config.set_main_option and set_section_option: the value is raw, `%` interpolates. */
void config_set_main_option(Config *config, Str name, Str value);
void config_set_section_option(Config *config, Str section, Str name, Str value);
/* Config.get_section: name -> Str *, interpolated, `here` and the defaults included. *found tells.
 */
bool config_section(const Config *config, Arena *arena, Str section, Map *options, bool *found,
                    Error *err);

/* Config.get_alembic_option: the ini section wins over the toml; STR_NONE when absent. */
bool config_option(const Config *config, Str name, Str *value, Error *err);
/* true, yes, on, y, t, 1 in any case. */
bool config_flag(const Config *config, Str name, bool *value, Error *err);
/* As config_option for a list: a TOML array, or the ini's text split by path_separator. */
bool config_paths(const Config *config, Str name, StrVec *paths, StrVec *warnings, Error *err);

/*
 * An option of [limbeck], or of [tool.limbeck]: the command line, then LIMBECK_<NAME> of the
 * environment win; STR_NONE when absent.
 */
bool config_limbeck(const Config *config, Str name, Str *value, Error *err);
/* The same for an option that is on or off: off when absent. */
bool config_limbeck_flag(const Config *config, Str name, bool *value, Error *err);

/* A string of the toml: %(here)s and %% are replaced; any other % stays as it is. */
Str config_toml_text(const Config *config, Str text);

#endif
