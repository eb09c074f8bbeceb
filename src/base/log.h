/* SPDX-License-Identifier: MIT */
/*
 * The tree of loggers, as Python's logging has it: C code and scripts speak through the same one.
 * It belongs to a run, never to the process.
 *
 *     LogTree *log = log_tree_new(arena);
 *     log_put(log, "alembic.runtime.migration", LOG_INFO, "Running upgrade %s -> %s", a, b);
 *
 * Before anything is configured, WARNING and above go to standard error as bare text (Python's
 * "last resort").
 */
#ifndef LIMBECK_BASE_LOG_H
#define LIMBECK_BASE_LOG_H

#include "base/ini.h"

enum {
    LOG_NOTSET = 0,
    LOG_DEBUG = 10,
    LOG_INFO = 20,
    LOG_WARNING = 30,
    LOG_ERROR = 40,
    LOG_CRITICAL = 50,
};

typedef struct LogTree LogTree;
typedef struct Logger Logger;
typedef struct LogHandler LogHandler;

/* One event. Texts are borrowed for the time of the call. */
typedef struct LogRecord {
    Str name, message;
    int level;
    double created;     /* seconds since the epoch */
    Str path, function; /* where it was logged; may be empty */
    uint32_t line;
    Str traceback;  /* of exc_info, or empty */
    Str level_name; /* empty: by the level */
    void *script;   /* the script's own record object, or NULL; opaque here */
} LogRecord;

typedef enum LogTarget {
    LOG_TO_STDERR,
    LOG_TO_STDOUT,
    LOG_TO_FILE,
    LOG_TO_CALLBACK, /* a handler class of a script */
    LOG_TO_NOTHING,  /* NullHandler */
} LogTarget;

struct LogHandler {
    LogTarget target;
    int level;
    Str format, date_format; /* %-style; empty: "%(message)s"; the date's default as Python's */
    char style;              /* '%', '{' or '$'; 0 means '%' */
    Str path;                /* LOG_TO_FILE */
    bool truncate;           /* mode "w" */
    int fd;                  /* of an opened file, else -1 */
    void (*emit)(void *context, LogHandler *handler, const LogRecord *record); /* LOG_TO_CALLBACK */
    void *context;
};

struct Logger {
    Str name; /* "" for the root */
    LogTree *tree;
    Logger *parent; /* nearest existing ancestor; NULL for the root */
    int level;
    bool propagate, disabled;
    VEC(LogHandler *) handlers;
    void *script; /* the script's own object for it, or NULL; opaque here */
};

/* Where lines go that a terminal may show in another way; NULL means the file descriptor. */
typedef void LogSink(void *context, LogTarget target, Str text);

/* The loggers of "alembic" are quiet until logging is configured, as Alembic makes them. */
LogTree *log_tree_new(Arena *arena);
/* The logger, made when new. "" and "root" give the root. Lives as long as the tree. */
Logger *log_get(LogTree *tree, Str name);
/* The logger, or NULL when nobody asked for it yet. */
Logger *log_find(const LogTree *tree, Str name);
/* All loggers, the root first. Borrowed. */
const Map *log_all(const LogTree *tree);
void log_set_sink(LogTree *tree, LogSink *sink, void *context);
/* logging.disable(level): nothing at or below it is handled. 0 takes it back. */
void log_disable(LogTree *tree, int level);

/* A handler with level NOTSET and no format, not attached yet. */
LogHandler *log_handler_new(LogTree *tree, LogTarget target);
void logger_add_handler(Logger *logger, LogHandler *handler);
/* False when it was not attached. */
bool logger_remove_handler(Logger *logger, LogHandler *handler);
int logger_effective_level(const Logger *logger);
bool logger_enabled(const Logger *logger, int level);
bool logger_has_handlers(const Logger *logger);
/* Hands the record to the handlers of the logger and its ancestors, unless it is not enabled. */
void logger_handle(Logger *logger, const LogRecord *record);
/* The record as this handler writes it, without the newline. */
Str log_format(Arena *arena, const LogHandler *handler, const LogRecord *record);
/* The same from its parts; the handler's own format may be a script's affair. */
Str log_format_record(Arena *arena, Str format, Str date_format, char style,
                      const LogRecord *record);
/* `record->created` in local time; an empty format gives "2024-05-17 12:30:01,123". */
Str log_format_time(Arena *arena, const LogRecord *record, Str date_format);

/* For C code: formats and handles in one. */
void log_put(LogTree *tree, const char *logger, int level, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "INFO", or "Level 25". In the tree's arena. */
Str log_level_name(LogTree *tree, int level);
void log_set_level_name(LogTree *tree, int level, Str name);
/* Reads "INFO", "WARN" or a name that was added; false when unknown. */
bool log_level_parse(const LogTree *tree, Str name, int *level);

/*
 * Reads [loggers], [handlers], [formatters] as logging.config.fileConfig does: handlers and levels
 * are set anew. No logger is disabled, whatever disable_existing_loggers says: a migration tool's
 * configuration must not silence others. `make` is asked for a handler class that is not known here
 * (class and args as written); where it is NULL, such a class is an error, ERR_CONFIG.
 */
typedef bool LogHandlerMaker(void *context, Str class_name, Str args, LogHandler **handler,
                             Error *err);
bool log_file_config(LogTree *tree, const Ini *ini, LogHandlerMaker *make, void *context,
                     Error *err);

#endif
