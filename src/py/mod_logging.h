/* SPDX-License-Identifier: MIT */
/*
 * logging over the tree of base/log.h, which C code and scripts share. Logger is native; handlers,
 * formatters and filters that scripts make are script (the prelude "_logging") and hang on the tree
 * as callbacks.
 */
#ifndef LIMBECK_PY_MOD_LOGGING_H
#define LIMBECK_PY_MOD_LOGGING_H

#include "base/log.h"
#include "py/native.h"
#include "py/vm.h"

extern const NativeClass logger_class, handler_list_class, tree_handler_class, log_file_class;

/* What a script logged, until a handler or filter asks for its record object. */
typedef struct ScriptRecord {
    Value message, args, error, extra; /* error: an exception, or None */
    Value made;                        /* the logging.LogRecord, once made */
} ScriptRecord;

/* The script's object for a logger, one for its whole life. */
Value logger_value(Vm *vm, Logger *logger);
/* Logs msg % args, unless the level is not enabled. */
bool logger_log(Vm *vm, Value self, int level, Value msg, Value args, Value exc_info, Value extra);

/* The handler that stands for a script's Handler object in the tree; made when `make`, else NULL.
 */
LogHandler *handler_from_value(Vm *vm, Value handler, bool make);
/* The script's object for a handler of the tree. */
Value handler_value(Vm *vm, LogHandler *handler);
/* The live list of a logger's handlers. */
Value handler_list_value(Vm *vm, Logger *logger);
bool handlers_replace(Vm *vm, Logger *logger, Value iterable);
void handlers_mark(Vm *vm, const Logger *logger);
/* Takes this Vm's handlers and objects out of the tree when the Vm ends. */
void logging_detach_at_end(Vm *vm);

/* logging.config.fileConfig */
NativeFn logging_file_config;

#endif
