/* SPDX-License-Identifier: MIT */
/* logging.Logger. */
#include <sys/time.h>

#include "py/mod_logging.h"
#include "py/modules.h"

typedef struct LoggerBox {
    Logger *logger;
    Value filters; /* list */
    Value extras;  /* dict: attributes that scripts add */
} LoggerBox;

static LoggerBox *box_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &logger_class);
}

Value logger_value(Vm *vm, Logger *logger)
{
    if (logger->script)
        return value_object(logger->script);
    Value made = vm_new_native(vm, vm_class(vm, &logger_class), &logger_class);
    LoggerBox *box = payload_of(vm, made, &logger_class);
    box->logger = logger;
    box->filters = make_list(vm, NULL, 0);
    box->extras = make_dict(vm);
    logger->script = made.object;
    dict_set_str(vm, vm_slot(vm, "logging.loggers"), logger->name, made);
    return made;
}

/* ---- logging ---- */

/* str(msg), with % args when there are any: a single dict is the mapping of %(name)s. */
static bool message_of(Vm *vm, Value msg, Value args, Value *text)
{
    if (!vm_str(vm, msg, text))
        return false;
    size_t count = is_tuple(args) ? tuple_len(args) : 0;
    if (count == 0)
        return true;
    Value operand = args;
    if (count == 1 && is_dict(tuple_get(args, 0)) && dict_len(tuple_get(args, 0)) > 0)
        operand = tuple_get(args, 0);
    vm_push(vm, *text);
    bool ok = value_binary(vm, "%", *text, operand, text);
    vm_pop(vm, 1);
    return ok;
}

/* exc_info: true means the exception that is handled; a tuple holds it in the middle. */
static bool error_of(Vm *vm, Value exc_info, Value *error)
{
    bool given;
    *error = VALUE_NONE;
    if (is_tuple(exc_info)) {
        *error = tuple_len(exc_info) == 3 ? tuple_get(exc_info, 1) : VALUE_NONE;
        return true;
    }
    if (exc_info.tag == TAG_OBJECT) {
        *error = exc_info;
        return true;
    }
    if (!to_truth(vm, exc_info, &given))
        return false;
    *error = given ? vm_handled(vm) : VALUE_NONE;
    return true;
}

/* The exception as CPython prints it, by raising it once more and taking it away. */
static Str traceback_of(Vm *vm, Arena *arena, Value error)
{
    Error err = error_in(arena);
    if (value_is_none(error) || !value_given(error))
        return STR("");
    vm_raise_value(vm, error);
    vm_take_error(vm, &err);
    return str_trim_right(err.traceback);
}

static bool filters_pass(Vm *vm, const LoggerBox *box, const ScriptRecord *script, bool *pass)
{
    *pass = true;
    for (size_t i = 0; *pass && i < list_len(box->filters); i++) {
        Value maker, result, filter = list_get(box->filters, i);
        const Value parts[] = { filter, script->made };
        if (!import_attr(vm, "_logging", "_filtered", &maker) ||
            !vm_call(vm, maker, parts, 2, &result) || !to_truth(vm, result, pass))
            return false;
    }
    return true;
}

static double now_seconds(void)
{
    struct timeval now;
    gettimeofday(&now, NULL);
    return (double)now.tv_sec + (double)now.tv_usec / 1e6;
}

static bool make_record(Vm *vm, const LogRecord *record, ScriptRecord *script)
{
    Value maker;
    const Value parts[] = {
        make_str(vm, record->name),
        value_int(record->level),
        make_str(vm, record->path),
        value_int(record->line),
        script->message,
        script->args,
        script->error,
        script->extra,
    };
    return import_attr(vm, "_logging", "_record", &maker) &&
           vm_call(vm, maker, parts, 8, &script->made);
}

/* Hands the record on; an exception of a script's handler stays pending. */
static bool logger_emit(Vm *vm, const LoggerBox *box, int level, Value text, ScriptRecord *script)
{
    Arena *arena = arena_new(NULL);
    Loc loc = vm_loc(vm);
    LogRecord record = { .name = box->logger->name,
                         .level = level,
                         .created = now_seconds(),
                         .path = loc.file,
                         .line = loc.line,
                         .script = script };
    bool pass = true, ok = to_str(vm, text, &record.message);
    record.traceback = traceback_of(vm, arena, script->error);
    if (record.name.len == 0)
        record.name = STR("root");
    if (ok && list_len(box->filters) > 0)
        ok = make_record(vm, &record, script) && filters_pass(vm, box, script, &pass);
    if (ok && pass)
        logger_handle(box->logger, &record);
    arena_free(arena);
    return ok && !vm_raised(vm, "BaseException");
}

bool logger_log(Vm *vm, Value self, int level, Value msg, Value args, Value exc_info, Value extra)
{
    LoggerBox *box = to_payload(vm, self, &logger_class);
    if (!box)
        return false;
    if (!logger_enabled(box->logger, level))
        return true;
    ScriptRecord script = { .message = msg, .args = args, .extra = extra, .made = VALUE_UNSET };
    Value text;
    if (!error_of(vm, exc_info, &script.error) || !message_of(vm, msg, args, &text))
        return false;
    vm_push(vm, text);
    vm_push(vm, script.error);
    bool ok = logger_emit(vm, box, level, text, &script);
    vm_pop(vm, 2);
    return ok;
}

static bool log_at(Vm *vm, Call *call, int level, bool with_error)
{
    ARGS(call, self, msg, args, exc_info, stack_info, stacklevel, extra);
    (void)stack_info;
    (void)stacklevel;
    Value error = with_error && value_is_none(exc_info) ? value_bool(true) : exc_info;
    return logger_log(vm, self, level, msg, args, error, extra);
}

#define LOG_METHOD(name, level, with_error)         \
    static bool name(Vm *vm, Call *call)            \
    {                                               \
        return log_at(vm, call, level, with_error); \
    }
LOG_METHOD(logger_debug, LOG_DEBUG, false)
LOG_METHOD(logger_info, LOG_INFO, false)
LOG_METHOD(logger_warning, LOG_WARNING, false)
LOG_METHOD(logger_error, LOG_ERROR, false)
LOG_METHOD(logger_exception, LOG_ERROR, true)
LOG_METHOD(logger_critical, LOG_CRITICAL, false)

static bool level_of(Vm *vm, Value level, int *number)
{
    int64_t wide;
    if (is_str(level)) {
        Str name;
        if (!to_str(vm, level, &name))
            return false;
        return log_level_parse(vm_log(vm), name, number) ||
               vm_raise(vm, "ValueError", "Unknown level: '%.*s'", STR_ARG(name));
    }
    if (!is_int(level)) {
        Str shown;
        if (!push_str(vm, level, &shown))
            return false;
        vm_pop(vm, 1);
        return vm_raise(vm, "TypeError", "Level not an integer or a valid string: %.*s",
                        STR_ARG(shown));
    }
    if (!to_int(vm, level, &wide))
        return false;
    *number = (int)wide;
    return true;
}

static bool logger_log_method(Vm *vm, Call *call)
{
    ARGS(call, self, level, msg, args, exc_info, stack_info, stacklevel, extra);
    (void)stack_info;
    (void)stacklevel;
    int number;
    return level_of(vm, level, &number) && logger_log(vm, self, number, msg, args, exc_info, extra);
}

/* A record that a script made. */
static bool logger_handle_method(Vm *vm, Call *call)
{
    ARGS(call, self, record);
    const LoggerBox *box = payload_of(vm, self, &logger_class);
    Value text, level;
    int64_t number;
    if (!vm_call_method(vm, record, "getMessage", NULL, 0, &text) ||
        !vm_getattr(vm, record, "levelno", &level) || !to_int(vm, level, &number))
        return false;
    ScriptRecord script = { .message = text,
                            .args = VALUE_NONE,
                            .error = VALUE_NONE,
                            .extra = VALUE_NONE,
                            .made = record };
    LogRecord made = {
        .name = box->logger->name, .level = (int)number, .created = now_seconds(), .script = &script
    };
    vm_push(vm, text);
    bool ok = to_str(vm, text, &made.message), pass = true;
    ok = ok && filters_pass(vm, box, &script, &pass);
    if (ok && pass)
        logger_handle(box->logger, &made);
    vm_pop(vm, 1);
    return ok && !vm_raised(vm, "BaseException");
}

/* ---- configuration ---- */

static bool logger_set_level(Vm *vm, Call *call)
{
    return level_of(vm, call->args[1], &box_of(vm, call)->logger->level) && give(call, VALUE_NONE);
}

static bool logger_is_enabled_for(Vm *vm, Call *call)
{
    int level;
    return level_of(vm, call->args[1], &level) &&
           give(call, value_bool(logger_enabled(box_of(vm, call)->logger, level)));
}

static bool logger_get_effective_level(Vm *vm, Call *call)
{
    return give(call, value_int(logger_effective_level(box_of(vm, call)->logger)));
}

static bool logger_add_handler_method(Vm *vm, Call *call)
{
    Logger *logger = box_of(vm, call)->logger;
    LogHandler *handler = handler_from_value(vm, call->args[1], true);
    if (!handler)
        return false;
    VEC_EACH (LogHandler *, each, &logger->handlers)
        if (*each == handler)
            return give(call, VALUE_NONE);
    logger_add_handler(logger, handler);
    return give(call, VALUE_NONE);
}

static bool logger_remove_handler_method(Vm *vm, Call *call)
{
    LogHandler *handler = handler_from_value(vm, call->args[1], false);
    if (handler)
        logger_remove_handler(box_of(vm, call)->logger, handler);
    return give(call, VALUE_NONE);
}

static bool logger_has_handlers_method(Vm *vm, Call *call)
{
    return give(call, value_bool(logger_has_handlers(box_of(vm, call)->logger)));
}

static bool logger_add_filter(Vm *vm, Call *call)
{
    list_append(vm, box_of(vm, call)->filters, call->args[1]);
    return give(call, VALUE_NONE);
}

static bool logger_remove_filter(Vm *vm, Call *call)
{
    Value filters = box_of(vm, call)->filters, kept = make_list(vm, NULL, 0);
    for (size_t i = 0; i < list_len(filters); i++) {
        if (!value_same(list_get(filters, i), call->args[1]))
            list_append(vm, kept, list_get(filters, i));
    }
    box_of(vm, call)->filters = kept;
    return give(call, VALUE_NONE);
}

static bool logger_get_child(Vm *vm, Call *call)
{
    const Logger *logger = box_of(vm, call)->logger;
    Str suffix;
    if (!to_str(vm, call->args[1], &suffix))
        return false;
    Arena *arena = arena_new(NULL);
    Str name = logger->name.len
                   ? str_format(arena, "%.*s.%.*s", STR_ARG(logger->name), STR_ARG(suffix))
                   : suffix;
    call->result = logger_value(vm, log_get(vm_log(vm), name));
    arena_free(arena);
    return true;
}

/* ---- attributes ---- */

static bool logger_get_name(Vm *vm, Call *call)
{
    Str name = box_of(vm, call)->logger->name;
    return give(call, make_str(vm, name.len ? name : STR("root")));
}

static bool logger_get_level(Vm *vm, Call *call)
{
    return give(call, value_int(box_of(vm, call)->logger->level));
}

static bool logger_get_propagate(Vm *vm, Call *call)
{
    return give(call, value_bool(box_of(vm, call)->logger->propagate));
}

static bool logger_get_disabled(Vm *vm, Call *call)
{
    return give(call, value_bool(box_of(vm, call)->logger->disabled));
}

static bool logger_get_handlers(Vm *vm, Call *call)
{
    return give(call, handler_list_value(vm, box_of(vm, call)->logger));
}

static bool logger_get_filters(Vm *vm, Call *call)
{
    return give(call, box_of(vm, call)->filters);
}

static bool logger_get_parent(Vm *vm, Call *call)
{
    Logger *parent = box_of(vm, call)->logger->parent;
    return give(call, parent ? logger_value(vm, parent) : VALUE_NONE);
}

static bool logger_get_root(Vm *vm, Call *call)
{
    return give(call, logger_value(vm, log_get(vm_log(vm), STR(""))));
}

static bool logger_get_manager(Vm *vm, Call *call)
{
    Value manager;
    return import_attr(vm, "_logging", "_manager", &manager) && give(call, manager);
}

static bool logger_setattr(Vm *vm, Call *call)
{
    ARGS(call, self, name, value);
    LoggerBox *box = payload_of(vm, self, &logger_class);
    Str text;
    if (!to_str(vm, name, &text))
        return false;
    if (str_is(text, "propagate"))
        return to_truth(vm, value, &box->logger->propagate);
    if (str_is(text, "disabled"))
        return to_truth(vm, value, &box->logger->disabled);
    if (str_is(text, "level"))
        return level_of(vm, value, &box->logger->level);
    if (str_is(text, "handlers"))
        return handlers_replace(vm, box->logger, value);
    if (str_is(text, "filters"))
        return vm_to_list(vm, value, &box->filters);
    dict_set_str(vm, box->extras, text, value);
    return true;
}

static bool logger_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    const LoggerBox *box = payload_of(vm, self, &logger_class);
    Str text;
    if (!to_str(vm, name, &text))
        return false;
    Value found = dict_get_str(box->extras, text);
    if (!value_given(found))
        return vm_raise(vm, "AttributeError", "'Logger' object has no attribute '%.*s'",
                        STR_ARG(text));
    return give(call, found);
}

static bool logger_repr(Vm *vm, Call *call)
{
    Logger *logger = box_of(vm, call)->logger;
    Str level = log_level_name(vm_log(vm), logger_effective_level(logger));
    bool root = logger->name.len == 0;
    return give(call, make_strf(vm, "<%s %.*s (%.*s)>", root ? "RootLogger" : "Logger",
                                STR_ARG(root ? STR("root") : logger->name), STR_ARG(level)));
}

static bool logger_new(Vm *vm, Call *call)
{
    ARGS(call, cls, name, level);
    (void)cls;
    Str text;
    int number;
    if (!to_str(vm, name, &text) || !level_of(vm, level, &number))
        return false;
    Logger *logger = log_get(vm_log(vm), text);
    if (number)
        logger->level = number;
    return give(call, logger_value(vm, logger));
}

static void logger_mark(Vm *vm, void *payload)
{
    const LoggerBox *box = payload;
    vm_mark(vm, box->filters);
    vm_mark(vm, box->extras);
    if (box->logger)
        handlers_mark(vm, box->logger);
}

#define LOG_ROW(name) \
    name "(self, msg, /, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None)"

static const NativeRow logger_methods[] = {
    { "__new__(cls, name, level=0)", logger_new, NULL },
    { LOG_ROW("debug"), logger_debug, NULL },
    { LOG_ROW("info"), logger_info, NULL },
    { LOG_ROW("warning"), logger_warning, NULL },
    { LOG_ROW("warn"), logger_warning, NULL },
    { LOG_ROW("error"), logger_error, NULL },
    { LOG_ROW("exception"), logger_exception, NULL },
    { LOG_ROW("critical"), logger_critical, NULL },
    { LOG_ROW("fatal"), logger_critical, NULL },
    { "log(self, level, msg, /, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None)",
      logger_log_method, NULL },
    { "handle(self, record)", logger_handle_method, NULL },
    { "setLevel(self, level)", logger_set_level, NULL },
    { "isEnabledFor(self, level)", logger_is_enabled_for, NULL },
    { "getEffectiveLevel(self)", logger_get_effective_level, NULL },
    { "addHandler(self, hdlr)", logger_add_handler_method, NULL },
    { "removeHandler(self, hdlr)", logger_remove_handler_method, NULL },
    { "hasHandlers(self)", logger_has_handlers_method, NULL },
    { "addFilter(self, filter)", logger_add_filter, NULL },
    { "removeFilter(self, filter)", logger_remove_filter, NULL },
    { "getChild(self, suffix)", logger_get_child, NULL },
    { "__setattr__(self, name, value, /)", logger_setattr, NULL },
    { "__getattr__(self, name, /)", logger_getattr, NULL },
    { "__repr__(self, /)", logger_repr, NULL },
};
static const NativeRow logger_getters[] = {
    { "name(self)", logger_get_name, NULL },
    { "level(self)", logger_get_level, NULL },
    { "propagate(self)", logger_get_propagate, NULL },
    { "disabled(self)", logger_get_disabled, NULL },
    { "handlers(self)", logger_get_handlers, NULL },
    { "filters(self)", logger_get_filters, NULL },
    { "parent(self)", logger_get_parent, NULL },
    { "root(self)", logger_get_root, NULL },
    { "manager(self)", logger_get_manager, NULL },
};
const NativeClass logger_class = {
    .name = "Logger",
    .module = "logging",
    .size = sizeof(LoggerBox),
    .methods = logger_methods,
    .method_count = sizeof logger_methods / sizeof *logger_methods,
    .getters = logger_getters,
    .getter_count = sizeof logger_getters / sizeof *logger_getters,
    .mark = logger_mark,
    .doc = "A place in the tree of loggers.",
};
