/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "command/session.h"
#include "script/template.h"

typedef struct Init {
    CommandRun *run;
    Script *script;
    Run environment;
    Str name;      /* of the template */
    Str directory; /* absolute */
    Str ini, toml; /* absolute */
    bool has_toml; /* the template has one */
} Init;

static bool make_directory(Init *init, Str path, Error *err)
{
    if (file_exists(path))
        return true;
    bool ok = dir_make(path, err);
    result_status(init->run, ok, "Creating directory %.*s", STR_ARG(path));
    return ok;
}

static bool write_new(Init *init, const char *verb, Str path, Str text, Error *err)
{
    if (file_exists(path)) {
        result_message(init->run, "File %.*s already exists, skipping", STR_ARG(path));
        return true;
    }
    bool ok = file_create(path, text, err);
    result_status(init->run, ok, "%s %.*s", verb, STR_ARG(path));
    return ok;
}

/* The script location as the new configuration names it. */
static Str location_value(Init *init, Str config_file)
{
    Arena *arena = init->run->arena;
    Str relative = path_relative(arena, init->directory, path_dirname(config_file));
    return str_concat(arena, STR("%(here)s/"), relative);
}

static bool render(Init *init, const TemplateFile *file, Str target, Str *text, Error *err)
{
    Arena *arena = init->run->arena;
    Map values = map_in(arena);
    Datum location = datum_str(location_value(init, target));
    map_set(&values, STR("script_location"), &location);
    Str source = { file->text, file->size };
    return template_render(init->script, source, str_from(file->name), &values, text, err);
}

static bool has_alembic_table(Init *init, Str text, bool *has, Error *err)
{
    const TomlValue *doc;
    if (!toml_read(init->run->arena, text, init->toml, &doc, err))
        return false;
    *has = toml_find(toml_find(doc, STR("tool")), STR("alembic")) != NULL;
    return true;
}

/* A pyproject.toml that is there gets our table at its end. */
static bool append_toml(Init *init, Str text, Error *err)
{
    Str old;
    bool has;
    if (!file_read(init->run->arena, init->toml, &old, err) ||
        !has_alembic_table(init, old, &has, err))
        return false;
    if (has) {
        result_message(
            init->run,
            "File %.*s already exists and already has a [tool.alembic] section, skipping",
            STR_ARG(init->toml));
        return true;
    }
    bool ok = file_replace(
        init->toml,
        str_format(init->run->arena, "%.*s\n\n%.*s", STR_ARG(str_trim_right(old)), STR_ARG(text)),
        err);
    result_status(init->run, ok, "Appending to %.*s", STR_ARG(init->toml));
    return ok;
}

static bool write_toml(Init *init, const TemplateFile *file, Error *err)
{
    Str text;
    if (!render(init, file, init->toml, &text, err))
        return false;
    return file_exists(init->toml) ? append_toml(init, text, err)
                                   : write_new(init, "Generating", init->toml, text, err);
}

static bool write_ini(Init *init, const TemplateFile *file, Error *err)
{
    Str text;
    return render(init, file, init->ini, &text, err) &&
           write_new(init, "Generating", init->ini, text, err);
}

static bool write_file(Init *init, const TemplateFile *file, Error *err)
{
    Str base = path_basename(str_from(file->name));
    if (str_is(base, "alembic.ini.mako"))
        return write_ini(init, file, err);
    if (str_is(base, "pyproject.toml.mako"))
        return write_toml(init, file, err);
    Str path = path_join(init->run->arena, init->directory, base);
    return write_new(init, "Generating", path, (Str){ file->text, file->size }, err);
}

static bool is_of_template(const Init *init, const TemplateFile *file)
{
    Str name = str_from(file->name);
    return str_starts(name, init->name) && name.len > init->name.len &&
           name.ptr[init->name.len] == '/';
}

static bool find_template(Init *init, Error *err)
{
    bool found = false;
    for (const TemplateFile *file = template_files; file->name; file++) {
        if (!is_of_template(init, file))
            continue;
        found = true;
        init->has_toml |= str_ends(str_from(file->name), STR("/pyproject.toml.mako"));
    }
    if (found)
        return true;
    fail(err, ERR_COMMAND, "No such template /%.*s", STR_ARG(init->name));
    return error_remedy(err, "'limbeck list_templates' lists them");
}

static bool check_directory(Str directory, Error *err)
{
    StrVec names = { 0 };
    if (!file_exists(directory))
        return true;
    if (!dir_list(err->arena, directory, &names, err))
        return false;
    return names.len == 0 ||
           fail(err, ERR_COMMAND, "Directory %.*s already exists and is not empty",
                STR_ARG(directory));
}

static bool write_packages(Init *init, Str versions, Error *err)
{
    Arena *arena = init->run->arena;
    return write_new(init, "Adding", path_join(arena, init->directory, STR("__init__.py")), STR(""),
                     err) &&
           write_new(init, "Adding", path_join(arena, versions, STR("__init__.py")), STR(""), err);
}

static void put_advice(Init *init)
{
    if (init->has_toml)
        result_message(init->run,
                       "Please edit configuration settings in %.*s and configuration/connection/"
                       "logging settings in %.*s before proceeding.",
                       STR_ARG(init->toml), STR_ARG(init->ini));
    else
        result_message(init->run,
                       "Please edit configuration/connection/logging settings in %.*s before "
                       "proceeding.",
                       STR_ARG(init->ini));
}

static bool init_write(Init *init, Error *err)
{
    Str versions = path_join(init->run->arena, init->directory, STR("versions"));
    if (!make_directory(init, init->directory, err) || !make_directory(init, versions, err))
        return false;
    for (const TemplateFile *file = template_files; file->name; file++)
        if (is_of_template(init, file) && !write_file(init, file, err))
            return false;
    if (args_flag(init->run, "package") && !write_packages(init, versions, err))
        return false;
    put_advice(init);
    return true;
}

static bool init_run(CommandRun *run, Error *err)
{
    Str directory = args_text(run, "directory"), name = args_text(run, "template");
    Init init = { .run = run,
                  .name = name.len ? name : STR("generic"),
                  .directory = path_absolute(run->arena, directory),
                  .ini = path_absolute(run->arena, run->config.file),
                  .toml = path_absolute(run->arena, run->config.toml_file),
                  .environment = { .arena = run->arena, .config = &run->config, .log = run->log } };
    if (!check_directory(directory, err) || !find_template(&init, err))
        return false;
    init.script = script_new(&init.environment);
    return init_write(&init, err);
}

static const Option options[] = {
    { OPTION_TEXT, "--template", "-t", NULL, "Setup template for use with 'init'" },
    { OPTION_FLAG, "--package", NULL, NULL,
      "Write empty __init__.py files to the environment and version locations" },
    { OPTION_POSITIONAL, "directory", NULL, NULL, "location of scripts directory" },
    { 0 },
};

const Command init_command = {
    .name = "init",
    .help = "Initialize a new scripts directory.",
    .options = options,
    .run = init_run,
};
