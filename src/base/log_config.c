/* SPDX-License-Identifier: MIT */
#include "base/log.h"

typedef struct Reader {
    LogTree *tree;
    Arena *arena;
    const Ini *ini;
    LogHandlerMaker *make;
    void *context;
    Map handlers; /* name -> LogHandler * */
} Reader;

/* The option's text; STR_NONE when absent. Formats hold % and are never interpolated. */
static bool option_get(Reader *r, Str section, const char *option, Str *value, Error *err)
{
    if (str_is(str_from(option), "format") || str_is(str_from(option), "datefmt")) {
        *value = ini_get_raw(r->ini, section, str_from(option));
        return true;
    }
    return ini_get(r->ini, section, str_from(option), value, err);
}

static bool keys_get(Reader *r, const char *section, StrVec *keys, Error *err)
{
    Str text, part;
    if (!option_get(r, str_from(section), "keys", &text, err))
        return false;
    if (!str_given(text))
        return fail(err, ERR_CONFIG, "logging: no 'keys' in section [%s] of '%.*s'", section,
                    STR_ARG(r->ini->file));
    while (str_split_next(&text, ',', &part))
        if (str_trim(part).len)
            VEC_PUSH(r->arena, keys, str_trim(part));
    return true;
}

static bool section_of(Reader *r, const char *kind, Str key, Str *section, Error *err)
{
    *section = str_format(r->arena, "%s_%.*s", kind, STR_ARG(key));
    if (ini_has_section(r->ini, *section))
        return true;
    return fail(err, ERR_CONFIG, "logging: no section [%.*s] in '%.*s'", STR_ARG(*section),
                STR_ARG(r->ini->file));
}

static bool level_set(Reader *r, Str section, int *level, Error *err)
{
    Str text;
    if (!option_get(r, section, "level", &text, err))
        return false;
    if (str_given(text) && !log_level_parse(r->tree, text, level))
        return fail(err, ERR_CONFIG, "logging: unknown level '%.*s' in section [%.*s] of '%.*s'",
                    STR_ARG(text), STR_ARG(section), STR_ARG(r->ini->file));
    return true;
}

static bool format_set(Reader *r, Str section, LogHandler *handler, Error *err)
{
    Str name, formatter, style;
    if (!option_get(r, section, "formatter", &name, err))
        return false;
    if (name.len == 0)
        return true;
    if (!section_of(r, "formatter", name, &formatter, err) ||
        !option_get(r, formatter, "format", &handler->format, err) ||
        !option_get(r, formatter, "datefmt", &handler->date_format, err) ||
        !option_get(r, formatter, "style", &style, err))
        return false;
    handler->style = style.len ? style.ptr[0] : '%';
    return true;
}

/* The parts of "('app.log', 'a')" at its top level. */
static void args_split(Arena *arena, Str args, StrVec *parts)
{
    args = str_trim(args);
    if (args.len >= 2 && args.ptr[0] == '(' && args.ptr[args.len - 1] == ')')
        args = str_slice(args, 1, args.len - 1);
    size_t start = 0;
    char quote = 0;
    for (size_t i = 0; i <= args.len; i++) {
        char c = i < args.len ? args.ptr[i] : ',';
        if (quote && i < args.len)
            quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == ',') {
            Str part = str_trim(str_slice(args, start, i));
            if (part.len)
                VEC_PUSH(arena, parts, part);
            start = i + 1;
        }
    }
}

/* The text of a plain string literal, or STR_NONE. */
static Str literal_text(Str part)
{
    bool quoted = part.len >= 2 && (part.ptr[0] == '\'' || part.ptr[0] == '"') &&
                  part.ptr[part.len - 1] == part.ptr[0] && str_find_char(part, '\\', 0) < 0;
    return quoted ? str_slice(part, 1, part.len - 1) : STR_NONE;
}

static bool class_is(Str name, const char *wanted)
{
    if (str_starts(name, STR("logging.")))
        name = str_from_offset(name, 8);
    return str_is(name, wanted);
}

/* NULL when the class or its arguments are not known here. */
static LogHandler *handler_known(Reader *r, Str class_name, Str args)
{
    StrVec parts = { 0 };
    args_split(r->arena, args, &parts);
    Str first = parts.len ? parts.items[0] : STR("sys.stderr");
    if (class_is(class_name, "NullHandler"))
        return log_handler_new(r->tree, LOG_TO_NOTHING);
    if (class_is(class_name, "StreamHandler")) {
        if (str_is(first, "sys.stderr") || str_is(first, "None"))
            return log_handler_new(r->tree, LOG_TO_STDERR);
        return str_is(first, "sys.stdout") ? log_handler_new(r->tree, LOG_TO_STDOUT) : NULL;
    }
    Str path = literal_text(first), mode = parts.len > 1 ? literal_text(parts.items[1]) : STR("a");
    if (!class_is(class_name, "FileHandler") || !str_given(path) || !str_given(mode))
        return NULL;
    LogHandler *handler = log_handler_new(r->tree, LOG_TO_FILE);
    handler->path = str_dup(r->arena, path);
    handler->truncate = str_starts(mode, STR("w"));
    return handler;
}

static bool handler_read(Reader *r, Str name, Error *err)
{
    Str section, class_name, args;
    if (!section_of(r, "handler", name, &section, err) ||
        !option_get(r, section, "class", &class_name, err) ||
        !option_get(r, section, "args", &args, err))
        return false;
    LogHandler *handler = handler_known(r, class_name, args);
    if (!handler && r->make && !r->make(r->context, class_name, args, &handler, err))
        return false;
    if (!handler)
        return fail(err, ERR_CONFIG,
                    "logging: cannot make the handler class=%.*s args=%.*s of [%.*s] in '%.*s'",
                    STR_ARG(class_name), STR_ARG(args), STR_ARG(section), STR_ARG(r->ini->file));
    map_set(&r->handlers, name, handler);
    return level_set(r, section, &handler->level, err) && format_set(r, section, handler, err);
}

static bool handlers_attach(Reader *r, Str section, Logger *logger, Error *err)
{
    Str text, part;
    if (!option_get(r, section, "handlers", &text, err))
        return false;
    logger->handlers.len = 0;
    while (str_split_next(&text, ',', &part)) {
        LogHandler *handler = map_get(&r->handlers, str_trim(part));
        if (handler)
            logger_add_handler(logger, handler);
        else if (str_trim(part).len)
            return fail(err, ERR_CONFIG, "logging: no handler '%.*s' for [%.*s] in '%.*s'",
                        STR_ARG(str_trim(part)), STR_ARG(section), STR_ARG(r->ini->file));
    }
    return true;
}

static bool logger_read(Reader *r, Str key, Error *err)
{
    Str section, name = STR(""), propagate;
    if (!section_of(r, "logger", key, &section, err))
        return false;
    if (!str_is(key, "root") && !option_get(r, section, "qualname", &name, err))
        return false;
    if (!str_given(name))
        return fail(err, ERR_CONFIG, "logging: no 'qualname' in section [%.*s] of '%.*s'",
                    STR_ARG(section), STR_ARG(r->ini->file));
    Logger *logger = log_get(r->tree, name);
    if (!option_get(r, section, "propagate", &propagate, err))
        return false;
    logger->disabled = false;
    logger->propagate = !str_given(propagate) || !str_is(str_trim(propagate), "0");
    if (!str_is(key, "root"))
        logger->level = LOG_NOTSET;
    return level_set(r, section, &logger->level, err) && handlers_attach(r, section, logger, err);
}

bool log_file_config(LogTree *tree, const Ini *ini, LogHandlerMaker *make, void *context,
                     Error *err)
{
    Reader r = { tree, ini->arena, ini, make, context, map_in(ini->arena) };
    StrVec formatters = { 0 }, handlers = { 0 }, loggers = { 0 };
    if (!keys_get(&r, "formatters", &formatters, err) ||
        !keys_get(&r, "handlers", &handlers, err) || !keys_get(&r, "loggers", &loggers, err))
        return false;
    VEC_EACH (Str, name, &handlers) {
        if (!handler_read(&r, *name, err))
            return false;
    }
    VEC_EACH (Str, key, &loggers) {
        if (!logger_read(&r, *key, err))
            return false;
    }
    return true;
}
