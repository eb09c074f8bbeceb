/* SPDX-License-Identifier: MIT */
#include "migrate/config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"

static Str process_environment(void *context, Str name)
{
    (void)context;
    char text[256];
    if (name.len >= sizeof text)
        return STR_NONE;
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    return str_from(getenv(text));
}

Str config_environment(const Config *config, Str name)
{
    return config->environment(config->environment_context, name);
}

static bool is_toml(Str file)
{
    return str_ends(file, STR(".toml"));
}

/* Sorts the given files into the ini and the toml; what is not given has its usual name. */
static bool choose_files(Config *config, const StrVec *files, Error *err)
{
    StrVec given = *files, from_environment = { 0 };
    Str named = config_environment(config, STR("ALEMBIC_CONFIG"));
    if (!given.len && named.len) {
        VEC_PUSH(config->arena, &from_environment, named);
        given = from_environment;
    }
    VEC_EACH (Str, file, &given) {
        Str *slot = is_toml(*file) ? &config->toml_file : &config->file;
        if (str_given(*slot))
            return fail(err, ERR_COMMAND, "only one %s file may be indicated",
                        is_toml(*file) ? "toml" : "ini");
        *slot = str_dup(config->arena, *file);
    }
    if (!str_given(config->file))
        config->file = STR("alembic.ini");
    if (!str_given(config->toml_file))
        config->toml_file = STR("pyproject.toml");
    return true;
}

static Str directory_of(Arena *arena, Str file)
{
    return path_dirname(path_absolute(arena, file));
}

static bool load_ini(Config *config, Error *err)
{
    config->ini = ini_in(config->arena);
    config->here = directory_of(config->arena, config->file);
    ini_set_default(&config->ini, STR("here"), config->here);
    config->file_found = file_exists(config->file);
    return !config->file_found || ini_read_file(&config->ini, config->file, err);
}

static bool load_toml(Config *config, Error *err)
{
    Str text;
    const TomlValue *doc;
    config->toml_here = directory_of(config->arena, config->toml_file);
    config->toml_found = file_exists(config->toml_file);
    if (!config->toml_found)
        return true;
    if (!file_read(config->arena, config->toml_file, &text, err) ||
        !toml_read(config->arena, text, config->toml_file, &doc, err))
        return false;
    config->toml = toml_find(toml_find(doc, STR("tool")), STR("alembic"));
    config->toml_limbeck = toml_find(toml_find(doc, STR("tool")), STR("limbeck"));
    return true;
}

bool config_load(Config *config, Arena *arena, const ConfigSource *source, Error *err)
{
    *config =
        (Config){ .arena = arena,
                  .section = source->section.len ? str_dup(arena, source->section) : STR("alembic"),
                  .environment = source->environment ? source->environment : process_environment,
                  .environment_context = source->environment_context,
                  .options = map_in(arena),
                  .limbeck = source->limbeck };
    VEC_EACH (const Str, arg, &source->x_args)
        VEC_PUSH(arena, &config->x_args, str_dup(arena, *arg));
    return choose_files(config, &source->files, err) && load_ini(config, err) &&
           load_toml(config, err);
}

bool config_section_option(const Config *config, Str section, Str name, Str *value, Error *err)
{
    return ini_get(&config->ini, section, name, value, err);
}

bool config_main_option(const Config *config, Str name, Str *value, Error *err)
{
    return ini_get(&config->ini, config->section, name, value, err);
}

void config_set_section_option(Config *config, Str section, Str name, Str value)
{
    ini_set(&config->ini, section, name, value);
}

void config_set_main_option(Config *config, Str name, Str value)
{
    ini_set(&config->ini, config->section, name, value);
}

static bool put_value(const Config *config, Str section, Str name, Map *options, Error *err)
{
    Str *value = ARENA_NEW(options->arena, Str);
    if (!ini_get(&config->ini, section, name, value, err))
        return false;
    map_set(options, name, value);
    return true;
}

bool config_section(const Config *config, Arena *arena, Str section, Map *options, bool *found,
                    Error *err)
{
    const IniSection *own = ini_section(&config->ini, section);
    const Map *defaults = &config->ini.defaults.options;
    *options = map_in(arena);
    *found = own != NULL;
    for (size_t i = 0; own && i < defaults->len; i++)
        if (!put_value(config, section, defaults->entries[i].key, options, err))
            return false;
    for (size_t i = 0; own && i < own->options.len; i++)
        if (!put_value(config, section, own->options.entries[i].key, options, err))
            return false;
    return true;
}

Str config_toml_text(const Config *config, Str text)
{
    if (str_find_char(text, '%', 0) < 0)
        return text;
    Buf buf = buf_in(config->arena);
    for (size_t at = 0; at < text.len;) {
        Str rest = str_from_offset(text, at);
        if (str_starts(rest, STR("%%")) || str_starts(rest, STR("%(here)s"))) {
            bool doubled = rest.ptr[1] == '%';
            buf_put(&buf, doubled ? STR("%") : config->toml_here);
            at += doubled ? 2 : 8;
            continue;
        }
        buf_putc(&buf, text.ptr[at++]);
    }
    return buf_str(&buf);
}

static bool toml_scalar(const Config *config, const TomlValue *value, Str name, Str *text,
                        Error *err)
{
    switch (value->kind) {
    case TOML_STRING:
        *text = config_toml_text(config, value->string);
        return true;
    case TOML_BOOLEAN:
        *text = value->boolean ? STR("true") : STR("false");
        return true;
    case TOML_INTEGER:
        *text = str_format(config->arena, "%lld", (long long)value->integer);
        return true;
    case TOML_FLOAT:
    case TOML_DATETIME:
    case TOML_DATE:
    case TOML_TIME:
    case TOML_ARRAY:
    case TOML_TABLE:
        break;
    }
    return fail(err, ERR_CONFIG, "'%.*s' in %.*s must be a string", STR_ARG(name),
                STR_ARG(config->toml_file));
}

bool config_option(const Config *config, Str name, Str *value, Error *err)
{
    if (ini_has_option(&config->ini, config->section, name) &&
        ini_has_section(&config->ini, config->section))
        return config_main_option(config, name, value, err);
    const TomlValue *found = toml_find(config->toml, name);
    *value = STR_NONE;
    return !found || toml_scalar(config, found, name, value, err);
}

static bool is_yes(Str text)
{
    static const char *const yes[] = { "true", "yes", "on", "y", "t", "1" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (str_given(text) && str_eq_nocase(str_trim(text), str_from(yes[i])))
            return true;
    return false;
}

bool config_flag(const Config *config, Str name, bool *value, Error *err)
{
    Str text;
    *value = false;
    if (!config_option(config, name, &text, err))
        return false;
    *value = is_yes(text);
    return true;
}

static const struct {
    const char *name, *separator;
} separators[] = {
    { "space", " " }, { "newline", "\n" }, { "os", ":" }, { ":", ":" }, { ";", ";" },
};

/* What divides paths; STR_NONE for the old rules. `old`: version_path_separator counts too. */
static bool path_separator(const Config *config, bool old, Str *separator, Error *err)
{
    Str name = STR("path_separator"), value;
    if (!config_option(config, name, &value, err))
        return false;
    if (!str_given(value) && old) {
        name = STR("version_path_separator");
        if (!config_option(config, name, &value, err))
            return false;
    }
    *separator = STR_NONE;
    if (!str_given(value))
        return true;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (!str_is(value, separators[i].name))
            continue;
        *separator = str_from(separators[i].separator);
        return true;
    }
    return fail(err, ERR_CONFIG,
                "'%.*s' is not a valid value for %.*s; expected 'space', 'newline', 'os', ':', ';'",
                STR_ARG(value), STR_ARG(name));
}

static void split_paths(const Config *config, Str text, const char *separators_, StrVec *paths)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && !strchr(separators_, text.ptr[i]))
            continue;
        Str part = str_trim(str_slice(text, start, i));
        if (part.len)
            VEC_PUSH(config->arena, paths, part);
        start = i + 1;
    }
}

static bool toml_paths(const Config *config, const TomlValue *value, Str name, StrVec *paths,
                       Error *err)
{
    if (!value)
        return true;
    size_t count = value->kind == TOML_ARRAY ? value->array.len : 1;
    for (size_t i = 0; i < count; i++) {
        Str text;
        const TomlValue *item = value->kind == TOML_ARRAY ? value->array.items[i] : value;
        if (!toml_scalar(config, item, name, &text, err))
            return false;
        VEC_PUSH(config->arena, paths, text);
    }
    return true;
}

bool config_paths(const Config *config, Str name, StrVec *paths, StrVec *warnings, Error *err)
{
    Str text, separator;
    if (!ini_has_section(&config->ini, config->section) ||
        !ini_has_option(&config->ini, config->section, name))
        return toml_paths(config, toml_find(config->toml, name), name, paths, err);
    bool old = !str_is(name, "prepend_sys_path");
    if (!config_main_option(config, name, &text, err) ||
        !path_separator(config, old, &separator, err))
        return false;
    if (str_given(separator)) {
        split_paths(config, text, separator.ptr, paths);
        return true;
    }
    VEC_PUSH(
        config->arena, warnings,
        str_format(config->arena,
                   "No path_separator found in configuration; falling back to legacy splitting "
                   "on spaces, commas%s for %.*s.  Consider adding path_separator=os to "
                   "Alembic config.",
                   str_is(name, "prepend_sys_path") ? ", and colons" : "", STR_ARG(name)));
    split_paths(config, text, str_is(name, "prepend_sys_path") ? ", :" : ", ", paths);
    return true;
}

bool config_limbeck(const Config *config, Str name, Str *value, Error *err)
{
    const Str *given = map_get(&config->limbeck, name);
    if (given) {
        *value = *given;
        return true;
    }
    Str variable = str_concat(config->arena, STR("LIMBECK_"), str_upper_ascii(config->arena, name));
    *value = config_environment(config, variable);
    if (str_given(*value))
        return true;
    if (!ini_get(&config->ini, STR("limbeck"), name, value, err))
        return false;
    const TomlValue *found = str_given(*value) ? NULL : toml_find(config->toml_limbeck, name);
    return !found || toml_scalar(config, found, name, value, err);
}

bool config_limbeck_flag(const Config *config, Str name, bool *value, Error *err)
{
    Str text;
    *value = false;
    if (!config_limbeck(config, name, &text, err))
        return false;
    *value = is_yes(text);
    return true;
}

