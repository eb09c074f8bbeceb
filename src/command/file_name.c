/* SPDX-License-Identifier: MIT */
#include "command/file_name.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/buf.h"

enum { SLUG_LENGTH = 40 };

/* What Python's \w matches. */
static bool is_word(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return c == '_' || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* The bytes of the first `count` code points. */
static size_t prefix_length(Str text, size_t count)
{
    size_t at = 0;
    while (at < text.len && count-- > 0)
        utf8_next(text, &at);
    return at;
}

Str slug_make(Arena *arena, Str message, size_t length)
{
    Buf buf = buf_in(arena);
    bool in_word = false;
    for (size_t at = 0; at < message.len;) {
        uint32_t c = utf8_next(message, &at);
        bool word = is_word(c);
        if (word && !in_word && buf.len)
            buf_putc(&buf, '_');
        if (word)
            buf_put_code_point(&buf, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
        in_word = word;
    }
    if (utf8_count(buf_str(&buf)) <= length)
        return buf_str(&buf);
    Str slug = str_slice(buf_str(&buf), 0, prefix_length(buf_str(&buf), length));
    ptrdiff_t last = str_rfind_char(slug, '_');
    if (last >= 0)
        slug.len = (size_t)last;
    return str_concat(arena, slug, STR("_"));
}

typedef struct Token {
    const char *name;
    Str text;       /* given for text */
    int64_t number; /* else */
} Token;

typedef struct Spec {
    bool left, zero, plus;
    size_t width;
    bool has_precision;
    size_t precision;
    char conversion;
} Spec;

static size_t read_size(Str text, size_t at, size_t *number)
{
    for (*number = 0; at < text.len && char_is_digit(text.ptr[at]) && *number < 1000; at++)
        *number = *number * 10 + (size_t)(text.ptr[at] - '0');
    return at;
}

/* What stands after "%(name)"; returns where it ends, 0 when it is cut short. */
static size_t read_spec(Str text, size_t at, Spec *spec)
{
    *spec = (Spec){ 0 };
    for (; at < text.len && strchr("-0+ #", text.ptr[at]); at++) {
        spec->left |= text.ptr[at] == '-';
        spec->zero |= text.ptr[at] == '0';
        spec->plus |= text.ptr[at] == '+';
    }
    at = read_size(text, at, &spec->width);
    if (at < text.len && text.ptr[at] == '.') {
        spec->has_precision = true;
        at = read_size(text, at + 1, &spec->precision);
    }
    if (at >= text.len)
        return 0;
    spec->conversion = text.ptr[at];
    return at + 1;
}

static void put_padded(Buf *buf, Str text, const Spec *spec, char fill)
{
    size_t count = utf8_count(text), padding = spec->width > count ? spec->width - count : 0;
    if (!spec->left)
        buf_put_repeat(buf, fill, padding);
    buf_put(buf, text);
    if (spec->left)
        buf_put_repeat(buf, ' ', padding);
}

/* As Python's % formats; false when the conversion does not fit the value. */
static bool put_token(Arena *arena, Buf *buf, const Token *token, const Spec *spec)
{
    bool is_text = str_given(token->text);
    if (spec->conversion == 's' || spec->conversion == 'r') {
        Str text = is_text ? token->text : str_format(arena, "%lld", (long long)token->number);
        if (spec->has_precision)
            text.len = prefix_length(text, spec->precision);
        put_padded(buf, text, spec, ' ');
        return true;
    }
    bool hex = spec->conversion == 'x' || spec->conversion == 'X';
    if (is_text || !(hex || strchr("diu", spec->conversion)))
        return false;
    int digits = spec->has_precision ? (int)spec->precision : 1;
    Str text = hex ? str_format(arena, spec->conversion == 'x' ? "%.*llx" : "%.*llX", digits,
                                (unsigned long long)token->number)
                   : str_format(arena, spec->plus ? "%+.*lld" : "%.*lld", digits,
                                (long long)token->number);
    put_padded(buf, text, spec, spec->zero && !spec->left ? '0' : ' ');
    return true;
}

static const Token *find_token(const Token *tokens, size_t count, Str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(name, tokens[i].name))
            return &tokens[i];
    return NULL;
}

static bool bad_template(Str template_, size_t at, Error *err)
{
    fail(err, ERR_CONFIG, "file_template '%.*s' cannot be formatted at '%.*s'", STR_ARG(template_),
         STR_ARG(str_from_offset(template_, at)));
    return error_remedy(err,
                        "it may name %%(rev)s, %%(slug)s, %%(epoch)s, %%(year)d, %%(month).2d, "
                        "%%(day).2d, %%(hour).2d, %%(minute).2d, %%(second).2d; in the ini each "
                        "%% is written twice");
}

static bool format_template(Arena *arena, Str text, const Token *tokens, size_t count, Str *out,
                            Error *err)
{
    Buf buf = buf_in(arena);
    for (size_t at = 0; at < text.len;) {
        if (text.ptr[at] != '%') {
            buf_putc(&buf, text.ptr[at++]);
            continue;
        }
        if (at + 1 < text.len && text.ptr[at + 1] == '%') {
            buf_putc(&buf, '%');
            at += 2;
            continue;
        }
        ptrdiff_t close = str_find_char(text, ')', at);
        if (at + 1 >= text.len || text.ptr[at + 1] != '(' || close < 0)
            return bad_template(text, at, err);
        const Token *token = find_token(tokens, count, str_slice(text, at + 2, (size_t)close));
        Spec spec;
        size_t end = token ? read_spec(text, (size_t)close + 1, &spec) : 0;
        if (!end || !put_token(arena, &buf, token, &spec))
            return bad_template(text, at, err);
        at = end;
    }
    *out = buf_str(&buf);
    return true;
}

static bool slug_length(const Config *config, size_t *length, Error *err)
{
    Str text;
    *length = SLUG_LENGTH;
    if (!config_option(config, STR("truncate_slug_length"), &text, err))
        return false;
    text = str_trim(text);
    if (!text.len)
        return true;
    size_t end = read_size(text, 0, length);
    return end == text.len ||
           fail(err, ERR_CONFIG, "truncate_slug_length must be a number, not '%.*s'",
                STR_ARG(text));
}

bool file_name_make(const Config *config, Str id, Str message, const ClockTime *date, Str *name,
                    Error *err)
{
    Str text;
    size_t length;
    if (!slug_length(config, &length, err) ||
        !config_option(config, STR("file_template"), &text, err))
        return false;
    const Token tokens[] = {
        { "rev", id, 0 },
        { "slug", slug_make(config->arena, message, length), 0 },
        { "epoch", STR_NONE, date->epoch },
        { "year", STR_NONE, date->year },
        { "month", STR_NONE, date->month },
        { "day", STR_NONE, date->day },
        { "hour", STR_NONE, date->hour },
        { "minute", STR_NONE, date->minute },
        { "second", STR_NONE, date->second },
    };
    if (!str_given(text))
        text = STR("%(rev)s_%(slug)s");
    return format_template(config->arena, text, tokens, sizeof tokens / sizeof *tokens, name, err);
}
