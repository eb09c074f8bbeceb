/* SPDX-License-Identifier: MIT */
/*
 * Handlers between the tree and scripts: a script's Handler is a callback in the tree, a handler
 * that a configuration made is shown to scripts as a TreeHandler, and logger.handlers is a live
 * list.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "py/mod_logging.h"
#include "py/mod_os.h"
#include "py/modules.h"

/* The context of a LOG_TO_CALLBACK handler. */
typedef struct ScriptHandler {
    Vm *vm;
    Value handler;
} ScriptHandler;

static void report(Vm *vm)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    vm_take_error(vm, &err);
    fprintf(stderr, "--- Logging error ---\n%.*s\n", STR_ARG(err.traceback));
    arena_free(arena);
}

static bool record_value(Vm *vm, const LogRecord *record, Value *made)
{
    ScriptRecord *script = record->script;
    if (script && value_given(script->made)) {
        *made = script->made;
        return true;
    }
    Value maker;
    const Value parts[] = {
        make_str(vm, record->name),
        value_int(record->level),
        make_str(vm, record->path),
        value_int(record->line),
        script ? script->message : make_str(vm, record->message),
        script ? script->args : VALUE_NONE,
        script ? script->error : VALUE_NONE,
        script ? script->extra : VALUE_NONE,
    };
    for (size_t i = 0; i < 8; i++)
        vm_push(vm, parts[i]);
    bool ok = import_attr(vm, "_logging", "_record", &maker) && vm_call(vm, maker, parts, 8, made);
    vm_pop(vm, 8);
    if (ok && script)
        script->made = *made;
    return ok;
}

/* An exception stays pending when a script logged; C code that logs has no one to hand it to. */
static void script_emit(void *context, LogHandler *handler, const LogRecord *record)
{
    const ScriptHandler *own = context;
    Vm *vm = own->vm;
    Value made, take, ignored;
    (void)handler;
    if (vm_raised(vm, "BaseException"))
        return;
    bool ok = record_value(vm, record, &made);
    if (ok) {
        vm_push(vm, made);
        const Value parts[] = { own->handler, made };
        ok = import_attr(vm, "_logging", "_take", &take) && vm_call(vm, take, parts, 2, &ignored);
        vm_pop(vm, 1);
    }
    if (!ok && !record->script)
        report(vm);
}

static bool is_own(Vm *vm, const LogHandler *handler)
{
    return handler->emit == script_emit && ((ScriptHandler *)handler->context)->vm == vm;
}

/* ---- handlers of a configuration, as objects ---- */

static LogHandler *tree_handler(Vm *vm, Value v)
{
    LogHandler **slot = payload_of(vm, v, &tree_handler_class);
    return slot ? *slot : NULL;
}

Value handler_value(Vm *vm, LogHandler *handler)
{
    if (handler->emit == script_emit)
        return ((ScriptHandler *)handler->context)->handler;
    Value kept = vm_slot(vm, "logging.tree"), found;
    char key[32];
    snprintf(key, sizeof key, "%p", (void *)handler);
    found = dict_get_str(kept, str_from(key));
    if (value_given(found))
        return found;
    Value made = vm_new_native(vm, vm_class(vm, &tree_handler_class), &tree_handler_class);
    *(LogHandler **)payload_of(vm, made, &tree_handler_class) = handler;
    dict_set_str(vm, kept, str_from(key), made);
    return made;
}

static bool tree_handler_set_level(Vm *vm, Call *call)
{
    LogHandler *handler = tree_handler(vm, call->args[0]);
    Value level = call->args[1];
    int64_t number;
    Str name;
    if (is_str(level)) {
        if (!to_str(vm, level, &name))
            return false;
        return log_level_parse(vm_log(vm), name, &handler->level) ||
               vm_raise(vm, "ValueError", "Unknown level: '%.*s'", STR_ARG(name));
    }
    if (!to_int(vm, level, &number))
        return false;
    handler->level = (int)number;
    return true;
}

static bool text_attr(Vm *vm, Value object, const char *name, Str *text)
{
    Value v;
    *text = STR_NONE;
    if (!vm_getattr_if(vm, object, name, &v))
        return false;
    if (!is_str(v) || !to_str(vm, v, text))
        return true;
    *text = str_dup(vm_arena(vm), *text);
    return true;
}

/* Formats by format and date alone: a Formatter subclass's own format() needs a script's handler.
 */
static bool tree_handler_set_formatter(Vm *vm, Call *call)
{
    LogHandler *handler = tree_handler(vm, call->args[0]);
    Str format, date;
    if (!text_attr(vm, call->args[1], "_fmt", &format) ||
        !text_attr(vm, call->args[1], "datefmt", &date))
        return false;
    handler->format = format;
    handler->date_format = date;
    return true;
}

static bool tree_handler_get_level(Vm *vm, Call *call)
{
    return give(call, value_int(tree_handler(vm, call->args[0])->level));
}

static bool tree_handler_nothing(Vm *vm, Call *call)
{
    (void)vm;
    (void)call;
    return true;
}

static bool tree_handler_refuse(Vm *vm, Call *call)
{
    (void)call;
    return vm_raise(vm, "NotImplementedError",
                    "limbeck does not serve filters on a handler that a configuration file made");
}

static const NativeRow tree_handler_methods[] = {
    { "setLevel(self, level)", tree_handler_set_level, NULL },
    { "setFormatter(self, fmt)", tree_handler_set_formatter, NULL },
    { "addFilter(self, filter)", tree_handler_refuse, NULL },
    { "flush(self)", tree_handler_nothing, NULL },
    { "close(self)", tree_handler_nothing, NULL },
};
static const NativeRow tree_handler_getters[] = {
    { "level(self)", tree_handler_get_level, NULL },
};
const NativeClass tree_handler_class = {
    .name = "Handler",
    .module = "logging",
    .size = sizeof(LogHandler *),
    .methods = tree_handler_methods,
    .method_count = sizeof tree_handler_methods / sizeof *tree_handler_methods,
    .getters = tree_handler_getters,
    .getter_count = 1,
    .doc = "A handler of the configuration file.",
};

/* ---- from scripts to the tree ---- */

/* The C handler of a script's object hangs on it as _tree, an int: its address. */
LogHandler *handler_from_value(Vm *vm, Value handler, bool make)
{
    LogHandler *own = tree_handler(vm, handler);
    Value slot, kept = vm_slot(vm, "logging.handlers");
    if (own)
        return own;
    if (!vm_getattr_if(vm, handler, "_tree", &slot))
        return NULL;
    if (slot.tag == TAG_INT) {
        void *address;
        memcpy(&address, &slot.integer, sizeof address);
        return address;
    }
    if (!make)
        return NULL;
    own = log_handler_new(vm_log(vm), LOG_TO_CALLBACK);
    ScriptHandler *context = ARENA_NEW(vm_arena(vm), ScriptHandler);
    *context = (ScriptHandler){ vm, handler };
    own->emit = script_emit;
    own->context = context;
    char key[32];
    snprintf(key, sizeof key, "%p", (void *)own);
    dict_set_str(vm, kept, str_from(key), handler);
    int64_t number = 0;
    memcpy(&number, &own, sizeof own);
    return vm_setattr(vm, handler, "_tree", value_int(number)) ? own : NULL;
}

void handlers_mark(Vm *vm, const Logger *logger)
{
    for (size_t i = 0; i < logger->handlers.len; i++) {
        const LogHandler *handler = logger->handlers.items[i];
        if (is_own(vm, handler))
            vm_mark(vm, ((ScriptHandler *)handler->context)->handler);
    }
}

bool handlers_replace(Vm *vm, Logger *logger, Value iterable)
{
    Value list;
    if (!vm_to_list(vm, iterable, &list))
        return false;
    logger->handlers.len = 0;
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(list); i++) {
        LogHandler *handler = handler_from_value(vm, list_get(list, i), true);
        ok = handler != NULL;
        if (ok)
            logger_add_handler(logger, handler);
    }
    vm_pop(vm, 1);
    return ok;
}

/* ---- logger.handlers ---- */

static Logger *list_logger(Vm *vm, Call *call)
{
    return *(Logger **)payload_of(vm, call->args[0], &handler_list_class);
}

Value handler_list_value(Vm *vm, Logger *logger)
{
    Value made = vm_new_native(vm, vm_class(vm, &handler_list_class), &handler_list_class);
    *(Logger **)payload_of(vm, made, &handler_list_class) = logger;
    return made;
}

static Value plain_list(Vm *vm, const Logger *logger)
{
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < logger->handlers.len; i++)
        list_append(vm, list, handler_value(vm, logger->handlers.items[i]));
    return list;
}

/* The method of list of the same name on a plain copy; then the copy becomes the handlers. */
static bool handlers_through_list(Vm *vm, Call *call)
{
    char name[32];
    size_t len = strcspn(call->row->signature, "("), count = call->count - 1;
    memcpy(name, call->row->signature, len);
    name[len] = '\0';
    Value list = plain_list(vm, list_logger(vm, call)), result;
    while (count > 0 && !value_given(call->args[count]))
        count--;
    vm_push(vm, list);
    bool ok = vm_call_method(vm, list, name, call->args + 1, count, &result);
    vm_push(vm, ok ? result : VALUE_NONE);
    ok = ok && handlers_replace(vm, list_logger(vm, call), list);
    vm_pop(vm, 2);
    return ok && give(call, result);
}

static const NativeRow handler_list_methods[] = {
    { "__len__(self, /)", handlers_through_list, NULL },
    { "__iter__(self, /)", handlers_through_list, NULL },
    { "__getitem__(self, index, /)", handlers_through_list, NULL },
    { "__setitem__(self, index, value, /)", handlers_through_list, NULL },
    { "__delitem__(self, index, /)", handlers_through_list, NULL },
    { "__contains__(self, item, /)", handlers_through_list, NULL },
    { "__eq__(self, other, /)", handlers_through_list, NULL },
    { "__add__(self, other, /)", handlers_through_list, NULL },
    { "__repr__(self, /)", handlers_through_list, NULL },
    { "append(self, item, /)", handlers_through_list, NULL },
    { "extend(self, items, /)", handlers_through_list, NULL },
    { "insert(self, index, item, /)", handlers_through_list, NULL },
    { "remove(self, item, /)", handlers_through_list, NULL },
    { "pop(self, index=..., /)", handlers_through_list, NULL },
    { "clear(self, /)", handlers_through_list, NULL },
    { "copy(self, /)", handlers_through_list, NULL },
    { "index(self, item, /)", handlers_through_list, NULL },
    { "count(self, item, /)", handlers_through_list, NULL },
    { "reverse(self, /)", handlers_through_list, NULL },
};
const NativeClass handler_list_class = {
    .name = "list",
    .module = "logging",
    .size = sizeof(Logger *),
    .methods = handler_list_methods,
    .method_count = sizeof handler_list_methods / sizeof *handler_list_methods,
    .doc = "The handlers of a logger.",
};

/* ---- files that log handlers write ---- */

static int *file_slot(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &log_file_class);
}

static bool log_file_new(Vm *vm, Call *call)
{
    ARGS(call, cls, filename, mode);
    Arena *arena = arena_new(NULL);
    const char *path;
    Str how;
    bool ok = to_str(vm, mode, &how) && path_cstr(vm, arena, filename, &path);
    if (ok) {
        int flags = O_WRONLY | O_CREAT | O_CLOEXEC;
        flags |= str_find_char(how, 'w', 0) >= 0 ? O_TRUNC : O_APPEND;
        int fd = open(path, flags, 0666);
        ok = fd >= 0 || raise_errno(vm, errno, str_from(path));
        if (ok) {
            call->result = vm_new_native(vm, class_ptr(cls), &log_file_class);
            *file_slot(vm, &(Call){ .args = &call->result, .count = 1 }) = fd + 1;
        }
    }
    arena_free(arena);
    return ok;
}

static bool log_file_write(Vm *vm, Call *call)
{
    Str text;
    int fd = *file_slot(vm, call) - 1;
    if (!to_str(vm, call->args[1], &text))
        return false;
    if (fd < 0)
        return vm_raise(vm, "ValueError", "I/O operation on closed file.");
    for (size_t done = 0; done < text.len;) {
        ssize_t more = write(fd, text.ptr + done, text.len - done);
        if (more < 0 && errno != EINTR)
            return raise_errno(vm, errno, STR("log file"));
        done += more > 0 ? (size_t)more : 0;
    }
    return give(call, value_int((int64_t)text.len));
}

static void log_file_drop(void *payload)
{
    int *fd = payload;
    if (*fd > 0)
        close(*fd - 1);
    *fd = 0;
}

static bool log_file_close(Vm *vm, Call *call)
{
    log_file_drop(file_slot(vm, call));
    return true;
}

static bool log_file_flush(Vm *vm, Call *call)
{
    (void)vm;
    (void)call;
    return true;
}

static const NativeRow log_file_methods[] = {
    { "__new__(cls, filename, mode='a')", log_file_new, NULL },
    { "write(self, text, /)", log_file_write, NULL },
    { "flush(self, /)", log_file_flush, NULL },
    { "close(self, /)", log_file_close, NULL },
};
const NativeClass log_file_class = {
    .name = "_LogFile",
    .module = "logging",
    .size = sizeof(int),
    .methods = log_file_methods,
    .method_count = sizeof log_file_methods / sizeof *log_file_methods,
    .drop = log_file_drop,
    .doc = "What a FileHandler writes to.",
};

/* ---- the end ---- */

static void detach(void *context)
{
    Vm *vm = context;
    const Map *all = log_all(vm_log(vm));
    for (size_t i = 0; i < all->len; i++) {
        Logger *logger = all->entries[i].value;
        size_t kept = 0;
        logger->script = NULL;
        for (size_t j = 0; j < logger->handlers.len; j++) {
            LogHandler *handler = logger->handlers.items[j];
            if (!is_own(vm, handler))
                logger->handlers.items[kept++] = handler;
        }
        logger->handlers.len = kept;
    }
}

void logging_detach_at_end(Vm *vm)
{
    arena_on_free(vm_arena(vm), detach, vm);
}
