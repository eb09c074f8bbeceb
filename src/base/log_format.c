/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"

static Str standard_level(Arena *arena, int level)
{
    switch (level) {
    case LOG_DEBUG:
        return STR("DEBUG");
    case LOG_INFO:
        return STR("INFO");
    case LOG_WARNING:
        return STR("WARNING");
    case LOG_ERROR:
        return STR("ERROR");
    case LOG_CRITICAL:
        return STR("CRITICAL");
    default:
        return str_format(arena, "Level %d", level);
    }
}

Str log_format_time(Arena *arena, const LogRecord *record, Str date_format)
{
    time_t seconds = (time_t)floor(record->created);
    struct tm tm;
    char text[256];
    localtime_r(&seconds, &tm);
    const char *format = date_format.len ? str_cstr(arena, date_format) : "%Y-%m-%d %H:%M:%S";
    size_t len = strftime(text, sizeof text, format, &tm);
    if (date_format.len)
        return str_dup(arena, (Str){ text, len });
    int millis = (int)((record->created - floor(record->created)) * 1000);
    return str_format(arena, "%.*s,%03d", (int)len, text, millis);
}

static Str module_name(const LogRecord *record)
{
    Str base = path_basename(record->path);
    return str_slice(base, 0, base.len - path_extension(base).len);
}

/* The record's attribute as text; false when there is none of that name. */
static bool attribute(Arena *arena, const LogRecord *record, Str date_format, Str name, Str *text)
{
    if (str_is(name, "message"))
        *text = record->message;
    else if (str_is(name, "levelname"))
        *text = record->level_name.len ? record->level_name : standard_level(arena, record->level);
    else if (str_is(name, "name"))
        *text = record->name.len ? record->name : STR("root");
    else if (str_is(name, "asctime"))
        *text = log_format_time(arena, record, date_format);
    else if (str_is(name, "levelno"))
        *text = str_format(arena, "%d", record->level);
    else if (str_is(name, "pathname"))
        *text = record->path;
    else if (str_is(name, "filename"))
        *text = path_basename(record->path);
    else if (str_is(name, "module"))
        *text = module_name(record);
    else if (str_is(name, "lineno"))
        *text = str_format(arena, "%u", record->line);
    else if (str_is(name, "funcName"))
        *text = record->function;
    else if (str_is(name, "created"))
        *text = str_format(arena, "%f", record->created);
    else if (str_is(name, "msecs"))
        *text = str_format(arena, "%d", (int)((record->created - floor(record->created)) * 1000));
    else if (str_is(name, "process") || str_is(name, "thread"))
        *text = STR("1");
    else if (str_is(name, "processName"))
        *text = STR("MainProcess");
    else if (str_is(name, "threadName"))
        *text = STR("MainThread");
    else
        return false;
    return true;
}

/* Cut to `precision` and filled to `width` code points. */
static void put_padded(Buf *buf, Str text, long width, long precision, bool left, char fill)
{
    size_t end = 0;
    long count = 0;
    while (end < text.len && (precision < 0 || count < precision)) {
        utf8_next(text, &end);
        count++;
    }
    size_t padding = width > count ? (size_t)(width - count) : 0;
    if (!left)
        buf_put_repeat(buf, fill, padding);
    buf_put(buf, str_slice(text, 0, end));
    if (left)
        buf_put_repeat(buf, ' ', padding);
}

typedef struct Template {
    Arena *arena;
    const LogRecord *record;
    Str date_format;
    Buf *out;
} Template;

static size_t read_number(Str text, size_t at, long *number)
{
    for (*number = 0; at < text.len && char_is_digit(text.ptr[at]) && *number < 10000; at++)
        *number = *number * 10 + (text.ptr[at] - '0');
    return at;
}

/* "%(name)-5.5s" at `at`; returns where it ends, or `at` when it is not one. */
static size_t put_percent(Template *t, Str format, size_t at)
{
    ptrdiff_t close = str_find_char(format, ')', at);
    Str text;
    if (at + 1 >= format.len || format.ptr[at + 1] != '(' || close < 0 ||
        !attribute(t->arena, t->record, t->date_format, str_slice(format, at + 2, (size_t)close),
                   &text))
        return at;
    size_t i = (size_t)close + 1;
    bool left = false, zero = false;
    for (; i < format.len && strchr("-0 +#", format.ptr[i]); i++) {
        left |= format.ptr[i] == '-';
        zero |= format.ptr[i] == '0';
    }
    long width, precision = -1;
    i = read_number(format, i, &width);
    if (i < format.len && format.ptr[i] == '.')
        i = read_number(format, i + 1, &precision);
    if (i >= format.len)
        return at;
    bool number = format.ptr[i] == 'd';
    put_padded(t->out, text, width, number ? -1 : precision, left, number && zero ? '0' : ' ');
    return i + 1;
}

/* "{name:<8}" or "{name}". */
static size_t put_brace(Template *t, Str format, size_t at)
{
    ptrdiff_t close = str_find_char(format, '}', at);
    if (close < 0)
        return at;
    Str name = str_slice(format, at + 1, (size_t)close), spec = STR(""), text;
    ptrdiff_t colon = str_find_char(name, ':', 0);
    if (colon >= 0) {
        spec = str_from_offset(name, (size_t)colon + 1);
        name.len = (size_t)colon;
    }
    if (!attribute(t->arena, t->record, t->date_format, name, &text))
        return at;
    size_t i = 0;
    bool right = spec.len && spec.ptr[0] == '>';
    if (spec.len && strchr("<>", spec.ptr[0]))
        i++;
    long width, precision = -1;
    i = read_number(spec, i, &width);
    if (i < spec.len && spec.ptr[i] == '.')
        read_number(spec, i + 1, &precision);
    put_padded(t->out, text, width, precision, !right, ' ');
    return (size_t)close + 1;
}

/* "${name}" or "$name". */
static size_t put_dollar(Template *t, Str format, size_t at)
{
    bool braced = at + 1 < format.len && format.ptr[at + 1] == '{';
    size_t start = at + 1 + braced, end = start;
    while (end < format.len && (char_is_alpha(format.ptr[end]) || format.ptr[end] == '_'))
        end++;
    Str text;
    if (!attribute(t->arena, t->record, t->date_format, str_slice(format, start, end), &text))
        return at;
    buf_put(t->out, text);
    return end + braced;
}

static void put_template(Template *t, Str format, char style)
{
    for (size_t at = 0; at < format.len;) {
        char c = format.ptr[at];
        size_t end = at;
        if (c == style && at + 1 < format.len && format.ptr[at + 1] == style) {
            buf_putc(t->out, style);
            at += 2;
            continue;
        }
        if (c == style)
            end = style == '%'   ? put_percent(t, format, at)
                  : style == '{' ? put_brace(t, format, at)
                                 : put_dollar(t, format, at);
        if (end == at) {
            buf_putc(t->out, c);
            end = at + 1;
        }
        at = end;
    }
}

Str log_format_record(Arena *arena, Str format, Str date_format, char style,
                      const LogRecord *record)
{
    Buf buf = buf_in(arena);
    Template t = { arena, record, date_format, &buf };
    if (format.len)
        put_template(&t, format, style ? style : '%');
    else
        buf_put(&buf, record->message);
    if (record->traceback.len) {
        if (buf.len && buf.ptr[buf.len - 1] != '\n')
            buf_putc(&buf, '\n');
        buf_put(&buf, str_trim_right(record->traceback));
    }
    return buf_str(&buf);
}

Str log_format(Arena *arena, const LogHandler *handler, const LogRecord *record)
{
    return log_format_record(arena, handler->format, handler->date_format, handler->style, record);
}
