/* SPDX-License-Identifier: MIT */
#include "script/env.h"

#include "base/file.h"
#include "py/obj_opaque.h"
#include "script/bind_engine.h"
#include "script/offline_file.h"
#include "script/state.h"

/* ---- the built-in environment ---- */

static Str environment_url(Script *script)
{
    if (str_given(script->url))
        return script->url;
    Str url = config_environment(script->run->config, STR("DATABASE_URL"));
    if (!str_given(url) && script->state->flask)
        url = config_environment(script->run->config, STR("SQLALCHEMY_DATABASE_URI"));
    return url;
}

/* --url, DATABASE_URL, then sqlalchemy.url of the ini. */
static bool native_url(Script *script, Url *url, Error *err)
{
    Str text = environment_url(script);
    if (!str_given(text) || text.len == 0) {
        if (!config_main_option(script->run->config, STR("sqlalchemy.url"), &text, err))
            return false;
    }
    if (!str_given(text) || text.len == 0) {
        fail(err, ERR_COMMAND, "no database URL is given");
        return error_remedy(
            err, script->state->flask
                     ? "set FLASK_APP to the application, or DATABASE_URL, or use --url"
                     : "set DATABASE_URL, or sqlalchemy.url in the ini file, or use --url");
    }
    return url_parse(script->arena, text, url, err);
}

/* [limbeck] models = path/to/models.py:Base.metadata */
static bool native_metadata(Script *script, const MetaData **metadata, Error *err)
{
    Str models = STR_NONE;
    Vm *vm;
    Value module, v;
    if (!config_limbeck(script->run->config, STR("models"), &models, err))
        return false;
    if (!str_given(models) || models.len == 0)
        return true;
    ptrdiff_t colon = str_rfind_char(models, ':');
    if (colon < 0)
        return fail(err, ERR_CONFIG,
                    "models = %.*s names no metadata: write path/to/models.py:NAME",
                    STR_ARG(models));
    Str rest = str_from_offset(models, (size_t)colon + 1);
    if (!script_vm(script, &vm, err) ||
        !vm_run_file(vm, str_slice(models, 0, (size_t)colon), STR("models"), true, &module, err))
        return false;
    for (Str name; str_split_next(&rest, '.', &name); module = v)
        if (!vm_getattr(vm, module, str_cstr(script->arena, name), &v))
            return exception_to_error(vm, err);
    vm_keep(vm, module);
    *metadata = record_of(module, &metadata_record);
    return *metadata || fail(err, ERR_CONFIG, "models = %.*s is no MetaData", STR_ARG(models));
}

static bool native_online(Script *script, const Url *url, MigrationOptions *options, Error *err)
{
    MigrationContext *context;
    Conn *conn;
    if (!script_connect(script, url, NULL, &conn, err))
        return false;
    options->conn = conn;
    bool ok =
        context_new(script->run, options, &context, err) && context_begin_transaction(context, err);
    if (ok) {
        ok = context_run_migrations(context, err);
        ok = context_end_transaction(context, ok, err) && ok;
    }
    script->run->context = NULL;
    db_close(conn);
    return ok;
}

static bool native_offline(Script *script, const Url *url, MigrationOptions *options, Error *err)
{
    MigrationContext *context;
    options->url = url_render(script->arena, url, true);
    options->literal_binds = options->paramstyle_named = true;
    if (!context_new(script->run, options, &context, err) ||
        !context_begin_transaction(context, err))
        return false;
    bool ok = context_run_migrations(context, err);
    return context_end_transaction(context, ok, err) && ok;
}

/* As the ini says; without a word of it there, what the templates' ini files say. */
static bool native_logging(Script *script, Error *err)
{
    const Ini *ini = &script->run->config->ini;
    LogTree *log = script->run->log;
    if (ini_has_section(ini, STR("loggers")))
        return log_file_config(log, ini, NULL, NULL, err);
    LogHandler *handler = log_handler_new(log, LOG_TO_STDERR);
    handler->format = STR("%(levelname)-5.5s [%(name)s] %(message)s");
    Logger *alembic = log_get(log, STR("alembic"));
    alembic->level = LOG_INFO;
    logger_add_handler(alembic, handler);
    return true;
}

static bool native_run(Script *script, Error *err)
{
    Url url;
    MigrationOptions options = { 0 };
    const MetaData *metadata = NULL;
    Vm *vm;
    if (!native_logging(script, err) || !script_vm(script, &vm, err) ||
        !native_url(script, &url, err) || !native_metadata(script, &metadata, err))
        return false;
    options.target_metadata = metadata;
    if (script->run->redactor)
        redactor_add_url(script->run->redactor, &url);
    return script->run->as_sql ? native_offline(script, &url, &options, err)
                               : native_online(script, &url, &options, err);
}

/* ---- env.py ---- */

/* Nothing was migrated: which imports could not be served is the likely reason. */
static bool never_ran(Vm *vm, Str path, Error *err)
{
    const OpaqueImport *imports;
    size_t count = vm_opaque_imports(vm, &imports);
    fail(err, ERR_COMMAND, "%.*s ended without running migrations", STR_ARG(path));
    if (count == 0)
        return error_remedy(err, "it must call context.run_migrations()");
    Buf text = buf_in(err->arena);
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s%.*s (%.*s:%u)", i ? ", " : "", STR_ARG(imports[i].module),
                   STR_ARG(imports[i].loc.file), imports[i].loc.line);
    Str list = buf_str(&text);
    return error_remedy(err, "these imports could not be served: %.*s", STR_ARG(list));
}

static bool env_python(Script *script, Str path, Error *err)
{
    Value module;
    Vm *vm;
    if (!script_vm(script, &vm, err))
        return false;
    list_append(vm, vm_sys_path(vm), make_str(vm, path_dirname(path)));
    if (script->run->as_sql && !offline_file_allow(vm))
        return exception_to_error(vm, err);
    if (!vm_run_file(vm, path, STR("env_py"), false, &module, err))
        return error_restore(vm, err);
    if (!script->run->migrations_ran)
        return never_ran(vm, path, err);
    return true;
}

/*
 * Flask-Migrate's env.py asks a Flask application for engine and metadata. Where none can be found
 * the built-in environment takes its place, with the URL of the environment.
 */
static bool is_flask(Script *script, Str path, bool *is, Error *err)
{
    Str text;
    if (!file_read(script->arena, path, &text, err))
        return false;
    *is = str_find(text, STR("current_app.extensions['migrate']"), 0) >= 0 ||
          str_find(text, STR("current_app.extensions[\"migrate\"]"), 0) >= 0;
    return true;
}

static bool flask_found(Script *script, bool *found, Error *err)
{
    Vm *vm;
    Value function, result;
    if (!script_vm(script, &vm, err))
        return false;
    return (bind_import(vm, "flask", "_can_be_found", &function) &&
            vm_call(vm, function, NULL, 0, &result) && to_truth(vm, result, found)) ||
           exception_to_error(vm, err);
}

bool env_run(Script *script, Str location, Error *err)
{
    Str path = path_join(script->arena, path_absolute(script->arena, location), STR("env.py"));
    const Config *config = script->run->config;
    bool asked;
    if (!config_limbeck(config, STR("url"), &script->url, err) ||
        !config_limbeck_flag(config, STR("native_env"), &asked, err))
        return false;
    bool native = asked || !file_exists(path);
    script->state->location = location;
    bool found = false;
    if (!native && !is_flask(script, path, &script->state->flask, err))
        return false;
    if (!native && script->state->flask && !flask_found(script, &found, err))
        return false;
    if (native || (script->state->flask && !found))
        return native_run(script, err);
    return env_python(script, path, err);
}
