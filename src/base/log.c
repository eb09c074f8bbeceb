/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

struct LogTree {
    Arena *arena;
    Map loggers; /* name -> Logger *; the root first, as "" */
    Map levels;  /* level in digits -> Str * */
    LogSink *sink;
    void *sink_context;
    int disabled;
};

static const struct {
    int level;
    const char *name;
} level_names[] = {
    { LOG_CRITICAL, "CRITICAL" }, { LOG_ERROR, "ERROR" }, { LOG_WARNING, "WARNING" },
    { LOG_INFO, "INFO" },         { LOG_DEBUG, "DEBUG" }, { LOG_NOTSET, "NOTSET" },
};

static Logger *logger_make(LogTree *tree, Str name, int level)
{
    Logger *logger = ARENA_NEW(tree->arena, Logger);
    *logger = (Logger){
        .name = str_dup(tree->arena, name), .tree = tree, .level = level, .propagate = true
    };
    map_set(&tree->loggers, name, logger);
    return logger;
}

LogTree *log_tree_new(Arena *arena)
{
    LogTree *tree = ARENA_NEW(arena, LogTree);
    *tree = (LogTree){ .arena = arena, .loggers = map_in(arena), .levels = map_in(arena) };
    for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++)
        log_set_level_name(tree, level_names[i].level, str_from(level_names[i].name));
    logger_make(tree, STR(""), LOG_WARNING);
    /* Until a project configures logging, ours are told as results only. */
    logger_add_handler(log_get(tree, STR("alembic")), log_handler_new(tree, LOG_TO_NOTHING));
    return tree;
}

Logger *log_find(const LogTree *tree, Str name)
{
    return map_get(&tree->loggers, str_is(name, "root") ? STR("") : name);
}

static bool is_below(Str name, Str ancestor)
{
    return ancestor.len == 0 ||
           (name.len > ancestor.len && str_starts(name, ancestor) && name.ptr[ancestor.len] == '.');
}

static Logger *nearest_ancestor(const LogTree *tree, Str name)
{
    for (ptrdiff_t dot; (dot = str_rfind_char(name, '.')) >= 0;) {
        name.len = (size_t)dot;
        Logger *found = map_get(&tree->loggers, name);
        if (found)
            return found;
    }
    return map_get(&tree->loggers, STR(""));
}

Logger *log_get(LogTree *tree, Str name)
{
    Logger *logger = log_find(tree, name);
    if (logger)
        return logger;
    logger = logger_make(tree, name, LOG_NOTSET);
    logger->parent = nearest_ancestor(tree, name);
    for (size_t i = 1; i < tree->loggers.len; i++) {
        Logger *other = tree->loggers.entries[i].value;
        if (other->parent == logger->parent && is_below(other->name, name))
            other->parent = logger;
    }
    return logger;
}

const Map *log_all(const LogTree *tree)
{
    return &tree->loggers;
}

void log_set_sink(LogTree *tree, LogSink *sink, void *context)
{
    tree->sink = sink;
    tree->sink_context = context;
}

void log_disable(LogTree *tree, int level)
{
    tree->disabled = level;
}

static void close_handler(void *context)
{
    LogHandler *handler = context;
    if (handler->fd >= 0)
        close(handler->fd);
    handler->fd = -1;
}

LogHandler *log_handler_new(LogTree *tree, LogTarget target)
{
    LogHandler *handler = ARENA_NEW(tree->arena, LogHandler);
    *handler = (LogHandler){ .target = target, .fd = -1 };
    if (target == LOG_TO_FILE)
        arena_on_free(tree->arena, close_handler, handler);
    return handler;
}

void logger_add_handler(Logger *logger, LogHandler *handler)
{
    VEC_EACH (LogHandler *, each, &logger->handlers) {
        if (*each == handler)
            return;
    }
    VEC_PUSH(logger->tree->arena, &logger->handlers, handler);
}

bool logger_remove_handler(Logger *logger, LogHandler *handler)
{
    for (size_t i = 0; i < logger->handlers.len; i++) {
        if (logger->handlers.items[i] != handler)
            continue;
        size_t after = --logger->handlers.len - i;
        memmove(logger->handlers.items + i, logger->handlers.items + i + 1, after * sizeof handler);
        return true;
    }
    return false;
}

int logger_effective_level(const Logger *logger)
{
    for (; logger; logger = logger->parent)
        if (logger->level)
            return logger->level;
    return LOG_NOTSET;
}

bool logger_enabled(const Logger *logger, int level)
{
    return !logger->disabled && level > logger->tree->disabled &&
           level >= logger_effective_level(logger);
}

bool logger_has_handlers(const Logger *logger)
{
    for (; logger; logger = logger->propagate ? logger->parent : NULL)
        if (logger->handlers.len)
            return true;
    return false;
}

static void put_stream(LogTree *tree, LogTarget target, Str line)
{
    if (tree->sink) {
        tree->sink(tree->sink_context, target, line);
        return;
    }
    FILE *stream = target == LOG_TO_STDOUT ? stdout : stderr;
    fwrite(line.ptr, 1, line.len, stream);
    fflush(stream);
}

/* A log that cannot be written must not stop a migration: said once, on standard error. */
static void put_file(LogTree *tree, LogHandler *handler, Str line)
{
    if (handler->fd == -1) {
        int mode = O_WRONLY | O_CREAT | O_CLOEXEC | (handler->truncate ? O_TRUNC : O_APPEND);
        handler->fd = open(str_cstr(tree->arena, handler->path), mode, 0666);
    }
    if (handler->fd < 0 || write(handler->fd, line.ptr, line.len) == (ssize_t)line.len)
        return;
    Str text =
        str_format(tree->arena, "cannot write the log file '%.*s'\n", STR_ARG(handler->path));
    put_stream(tree, LOG_TO_STDERR, text);
}

static void handler_emit(LogTree *tree, LogHandler *handler, const LogRecord *record)
{
    if (handler->target == LOG_TO_NOTHING)
        return;
    if (handler->target == LOG_TO_CALLBACK) {
        handler->emit(handler->context, handler, record);
        return;
    }
    Arena *arena = arena_new(NULL);
    Str line = str_concat(arena, log_format(arena, handler, record), STR("\n"));
    if (handler->target == LOG_TO_FILE)
        put_file(tree, handler, line);
    else
        put_stream(tree, handler->target, line);
    arena_free(arena);
}

static void last_resort(LogTree *tree, const LogRecord *record)
{
    static const LogHandler bare = { .target = LOG_TO_STDERR };
    if (record->level < LOG_WARNING)
        return;
    Arena *arena = arena_new(NULL);
    put_stream(tree, LOG_TO_STDERR, str_concat(arena, log_format(arena, &bare, record), STR("\n")));
    arena_free(arena);
}

void logger_handle(Logger *logger, const LogRecord *record)
{
    if (!logger_enabled(logger, record->level))
        return;
    size_t found = 0;
    for (Logger *each = logger; each; each = each->propagate ? each->parent : NULL) {
        found += each->handlers.len;
        VEC_EACH (LogHandler *, handler, &each->handlers) {
            if (record->level >= (*handler)->level)
                handler_emit(logger->tree, *handler, record);
        }
    }
    if (!found)
        last_resort(logger->tree, record);
}

void log_put(LogTree *tree, const char *name, int level, const char *format, ...)
{
    Logger *logger = log_get(tree, str_from(name));
    if (!logger_enabled(logger, level))
        return;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    Buf text = { 0 };
    va_list args;
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    LogRecord record = { .name = logger->name,
                         .message = buf_str(&text),
                         .level = level,
                         .created = (double)now.tv_sec + (double)now.tv_nsec / 1e9 };
    logger_handle(logger, &record);
    buf_free(&text);
}

static Str level_key(char digits[16], int level)
{
    int len = snprintf(digits, 16, "%d", level);
    return (Str){ digits, (size_t)len };
}

Str log_level_name(LogTree *tree, int level)
{
    char digits[16];
    Str *name = map_get(&tree->levels, level_key(digits, level));
    return name ? *name : str_format(tree->arena, "Level %d", level);
}

void log_set_level_name(LogTree *tree, int level, Str name)
{
    char digits[16];
    Str *copy = ARENA_NEW(tree->arena, Str);
    *copy = str_dup(tree->arena, name);
    map_set(&tree->levels, level_key(digits, level), copy);
}

bool log_level_parse(const LogTree *tree, Str name, int *level)
{
    if (str_is(name, "WARN"))
        name = STR("WARNING");
    if (str_is(name, "FATAL"))
        name = STR("CRITICAL");
    for (size_t i = 0; i < tree->levels.len; i++) {
        if (!str_eq(*(Str *)tree->levels.entries[i].value, name))
            continue;
        *level = (int)strtol(tree->levels.entries[i].key.ptr, NULL, 10);
        return true;
    }
    return false;
}
