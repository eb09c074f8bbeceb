/* SPDX-License-Identifier: MIT */
/* The modules logging and logging.config. */
#include "py/mod_logging.h"

#include "base/file.h"
#include "py/mod_os.h"
#include "py/modules.h"

static Value root_value(Vm *vm)
{
    return logger_value(vm, log_get(vm_log(vm), STR("")));
}

static bool logging_get_logger(Vm *vm, Call *call)
{
    ARGS(call, name);
    Str text = STR("");
    if (!value_is_none(name) && !is_str(name))
        return vm_raise(vm, "TypeError", "A logger name must be a string");
    if (!value_is_none(name) && !to_str(vm, name, &text))
        return false;
    return give(call, logger_value(vm, log_get(vm_log(vm), text)));
}

/* Without a handler at the root, the module's functions configure it first. */
static bool ensure_configured(Vm *vm)
{
    Value configure, ignored;
    if (log_get(vm_log(vm), STR(""))->handlers.len > 0)
        return true;
    return import_attr(vm, "_logging", "basicConfig", &configure) &&
           vm_call(vm, configure, NULL, 0, &ignored);
}

static bool root_log(Vm *vm, Call *call, int level, bool with_error)
{
    ARGS(call, msg, args, exc_info, stack_info, stacklevel, extra);
    (void)stack_info;
    (void)stacklevel;
    Value error = with_error && value_is_none(exc_info) ? value_bool(true) : exc_info;
    return ensure_configured(vm) && logger_log(vm, root_value(vm), level, msg, args, error, extra);
}

#define ROOT_LOG(name, level, with_error)             \
    static bool name(Vm *vm, Call *call)              \
    {                                                 \
        return root_log(vm, call, level, with_error); \
    }
ROOT_LOG(logging_debug, LOG_DEBUG, false)
ROOT_LOG(logging_info, LOG_INFO, false)
ROOT_LOG(logging_warning, LOG_WARNING, false)
ROOT_LOG(logging_error, LOG_ERROR, false)
ROOT_LOG(logging_exception, LOG_ERROR, true)
ROOT_LOG(logging_critical, LOG_CRITICAL, false)

static bool logging_log(Vm *vm, Call *call)
{
    ARGS(call, level, msg, args, exc_info, stack_info, stacklevel, extra);
    (void)stack_info;
    (void)stacklevel;
    int64_t number;
    return to_int(vm, level, &number) && ensure_configured(vm) &&
           logger_log(vm, root_value(vm), (int)number, msg, args, exc_info, extra);
}

static bool logging_disable(Vm *vm, Call *call)
{
    int64_t level;
    if (!to_int(vm, call->args[0], &level))
        return false;
    log_disable(vm_log(vm), (int)level);
    return true;
}

/* A number's name, or a name's number, as Python's function of two minds. */
static bool logging_get_level_name(Vm *vm, Call *call)
{
    ARGS(call, level);
    int64_t number;
    int found;
    Str name;
    if (is_str(level)) {
        if (!to_str(vm, level, &name))
            return false;
        if (log_level_parse(vm_log(vm), name, &found))
            return give(call, value_int(found));
        return give(call, make_strf(vm, "Level %.*s", STR_ARG(name)));
    }
    if (level.tag == TAG_INT)
        return to_int(vm, level, &number) &&
               give(call, make_str(vm, log_level_name(vm_log(vm), (int)number)));
    if (!push_str(vm, level, &name))
        return false;
    vm_pop(vm, 1);
    return give(call, make_strf(vm, "Level %.*s", STR_ARG(name)));
}

static bool logging_add_level_name(Vm *vm, Call *call)
{
    ARGS(call, level, levelName);
    int64_t number;
    Str text;
    if (!to_int(vm, level, &number) || !to_str(vm, levelName, &text))
        return false;
    log_set_level_name(vm_log(vm), (int)number, text);
    return true;
}

static bool logging_logger_names(Vm *vm, Call *call)
{
    const Map *all = log_all(vm_log(vm));
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < all->len; i++) {
        if (all->entries[i].key.len > 0)
            list_append(vm, list, make_str(vm, all->entries[i].key));
    }
    return give(call, list);
}

static bool logging_nothing(Vm *vm, Call *call)
{
    (void)vm;
    (void)call;
    return true;
}

static bool logging_getattr(Vm *vm, Call *call)
{
    return module_more(vm, call, "logging", "_logging");
}

#define LOG_ROW(name) \
    name "(msg, /, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None)"

static const NativeRow logging_functions[] = {
    { "getLogger(name=None)", logging_get_logger, "The logger of that name." },
    { LOG_ROW("debug"), logging_debug, NULL },
    { LOG_ROW("info"), logging_info, NULL },
    { LOG_ROW("warning"), logging_warning, NULL },
    { LOG_ROW("warn"), logging_warning, NULL },
    { LOG_ROW("error"), logging_error, NULL },
    { LOG_ROW("exception"), logging_exception, NULL },
    { LOG_ROW("critical"), logging_critical, NULL },
    { LOG_ROW("fatal"), logging_critical, NULL },
    { "log(level, msg, /, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None)",
      logging_log, NULL },
    { "disable(level=50)", logging_disable, NULL },
    { "getLevelName(level)", logging_get_level_name, NULL },
    { "addLevelName(level, levelName)", logging_add_level_name, NULL },
    { "captureWarnings(capture)", logging_nothing, NULL },
    { "shutdown()", logging_nothing, NULL },
    { "_logger_names()", logging_logger_names, NULL },
    { "__getattr__(name)", logging_getattr, NULL },
};

static bool logging_init(Vm *vm, Value module)
{
    static const struct {
        const char *name;
        int level;
    } levels[] = {
        { "NOTSET", LOG_NOTSET },   { "DEBUG", LOG_DEBUG },       { "INFO", LOG_INFO },
        { "WARNING", LOG_WARNING }, { "WARN", LOG_WARNING },      { "ERROR", LOG_ERROR },
        { "FATAL", LOG_CRITICAL },  { "CRITICAL", LOG_CRITICAL },
    };
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (!module_set(vm, module, levels[i].name, value_int(levels[i].level)))
            return false;
    }
    logging_detach_at_end(vm);
    return module_set(vm, module, "root", root_value(vm)) &&
           module_set(vm, module, "raiseExceptions", value_bool(true)) &&
           module_set_class(vm, module, &logger_class) &&
           module_set_class(vm, module, &log_file_class);
}

const NativeModule logging_module = {
    .name = "logging",
    .functions = logging_functions,
    .function_count = sizeof logging_functions / sizeof *logging_functions,
    .init = logging_init,
};

/* ---- logging.config ---- */

/* A handler class that only scripts know: `class` and `args` as the file has them. */
static bool make_script_handler(void *context, Str class_name, Str args, LogHandler **handler,
                                Error *err)
{
    Vm *vm = context;
    Value maker, made;
    const Value parts[] = { make_str(vm, class_name), make_str(vm, args) };
    if (!import_attr(vm, "_logging", "_configured", &maker) || !vm_call(vm, maker, parts, 2, &made))
        return vm_take_error(vm, err);
    *handler = handler_from_value(vm, made, true);
    return *handler || vm_take_error(vm, err);
}

static bool defaults_set(Vm *vm, Ini *ini, Value defaults)
{
    Value key, item;
    for (size_t at = 0; is_dict(defaults) && dict_next(defaults, &at, &key, &item);) {
        Value text;
        Str name, value;
        if (!to_str(vm, key, &name) || !vm_str(vm, item, &text) || !to_str(vm, text, &value))
            return false;
        ini_set_default(ini, str_dup(ini->arena, name), str_dup(ini->arena, value));
    }
    return true;
}

static bool read_config(Vm *vm, Arena *arena, Value fname, Value defaults, Ini *ini, Error *err)
{
    const char *path;
    Str text;
    Value reader;
    if (!defaults_set(vm, ini, defaults))
        return false;
    if (!is_str(fname) && !vm_getattr_if(vm, fname, "read", &reader))
        return false;
    if (!is_str(fname) && value_given(reader)) {
        Value content, maker;
        return import_attr(vm, "_logging", "_config_text", &maker) &&
               vm_call(vm, maker, &fname, 1, &content) && to_str(vm, content, &text) &&
               (ini_read(ini, str_dup(arena, text), STR("<stream>"), err) ||
                vm_raise_error(vm, err));
    }
    if (!path_cstr(vm, arena, fname, &path))
        return false;
    if (!file_exists(str_from(path)))
        return vm_raise(vm, "FileNotFoundError", "%s doesn't exist", path);
    return ini_read_file(ini, str_from(path), err) || vm_raise_error(vm, err);
}

bool logging_file_config(Vm *vm, Call *call)
{
    ARGS(call, fname, defaults, disable_existing_loggers, encoding);
    (void)encoding;
    (void)disable_existing_loggers; /* no logger is silenced: Limbeck's own speak through the same
                                       tree */
    /* Handlers keep texts of the file: the arena is the Vm's. */
    Arena *arena = vm_arena(vm);
    Ini ini = ini_in(arena);
    Error err = error_in(arena);
    if (!read_config(vm, arena, fname, defaults, &ini, &err))
        return false;
    if (!ini_has_section(&ini, STR("formatters")) && !ini_has_section(&ini, STR("handlers")))
        return vm_raise(vm, "KeyError", "formatters");
    if (!log_file_config(vm_log(vm), &ini, make_script_handler, vm, &err))
        return vm_raise_error(vm, &err);
    return give(call, VALUE_NONE);
}

static bool config_getattr(Vm *vm, Call *call)
{
    return module_more(vm, call, "logging.config", "_logging");
}

static bool refuse_listen(Vm *vm, Call *call)
{
    (void)call;
    return vm_raise(vm, "PermissionError",
                    "limbeck: scripts may not open sockets (logging.config.listen)");
}

static const NativeRow config_functions[] = {
    { "fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None)",
      logging_file_config, "Set up logging as an ini file says." },
    { "listen(port=9030, verify=None)", refuse_listen, NULL },
    { "__getattr__(name)", config_getattr, NULL },
};

const NativeModule logging_config_module = {
    .name = "logging.config",
    .functions = config_functions,
    .function_count = sizeof config_functions / sizeof *config_functions,
};
