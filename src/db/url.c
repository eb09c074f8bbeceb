/* SPDX-License-Identifier: MIT */
#include "db/url.h"

#include "base/buf.h"

typedef struct EngineName {
    const char *name, *dialect;
    Engine engine;
} EngineName;

static const EngineName engine_names[] = {
    { "sqlite", "sqlite", ENGINE_SQLITE },
    { "postgresql", "postgresql", ENGINE_POSTGRESQL },
    { "postgres", "postgresql", ENGINE_POSTGRESQL },
    { "mysql", "mysql", ENGINE_MYSQL },
    { "mariadb", "mariadb", ENGINE_MARIADB },
};

Str url_decode(Arena *arena, Str text, bool plus_is_space)
{
    if (!str_given(text))
        return STR_NONE;
    Buf out = buf_in(arena);
    buf_reserve(&out, text.len);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        int high = c == '%' && i + 2 < text.len ? char_hex(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? char_hex(text.ptr[i + 2]) : -1;
        if (low >= 0) {
            buf_putc(&out, (char)(high * 16 + low));
            i += 2;
        } else {
            buf_putc(&out, plus_is_space && c == '+' ? ' ' : c);
        }
    }
    return buf_take(&out, arena);
}

Str url_encode(Arena *arena, Str text, const char *safe)
{
    Buf out = buf_in(arena);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool plain = char_is_alnum(c) || (c != '\0' && (strchr("_.-~", c) || strchr(safe, c)));
        if (plain)
            buf_putc(&out, c);
        else
            buf_printf(&out, "%%%02X", (unsigned)(unsigned char)c);
    }
    return buf_take(&out, arena);
}

static bool parse_failed(Error *err)
{
    fail(err, ERR_URL, "Could not parse SQLAlchemy URL from given URL string");
    return error_remedy(err,
                        "write it as dialect://user:password@host:port/database, with @ : / in "
                        "user and password as %%40 %%3A %%2F; or sqlite:///path");
}

static bool drivername_valid(Str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!char_is_alnum(name.ptr[i]) && name.ptr[i] != '_' && name.ptr[i] != '+')
            return false;
    return name.len > 0;
}

static void set_drivername(Url *url, Str name)
{
    ptrdiff_t plus = str_find_char(name, '+', 0);
    Str dialect = plus < 0 ? name : str_slice(name, 0, (size_t)plus);
    url->drivername = name;
    url->driver = plus < 0 ? STR_NONE : str_from_offset(name, (size_t)plus + 1);
    url->dialect = dialect;
    url->engine = ENGINE_OTHER;
    for (size_t i = 0; i < sizeof engine_names / sizeof *engine_names; i++) {
        if (!str_is(dialect, engine_names[i].name))
            continue;
        url->dialect = str_from(engine_names[i].dialect);
        url->engine = engine_names[i].engine;
    }
}

/*
 * A password with an '@' that was not written %40 has its rest taken for the host: what was meant
 * is secret all the same.
 */
static Str meant_password(Arena *arena, Str text, size_t colon)
{
    ptrdiff_t last = -1;
    for (size_t i = colon + 1; i < text.len && text.ptr[i] != '?'; i++)
        if (text.ptr[i] == '@')
            last = (ptrdiff_t)i;
    return last < 0 ? STR_NONE : str_dup(arena, str_slice(text, colon + 1, (size_t)last));
}

/* user[:password]@ : the user holds neither ':' nor '/', the password no '@'. */
static void parse_credentials(Arena *arena, Str *rest, Url *url)
{
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != ':' && rest->ptr[end] != '/')
        end++;
    bool colon = end < rest->len && rest->ptr[end] == ':';
    ptrdiff_t at = colon ? str_find_char(*rest, '@', end) : -1;
    if (colon)
        url->written = meant_password(arena, *rest, end);
    if (at >= 0)
        url->password = url_decode(arena, str_slice(*rest, end + 1, (size_t)at), false);
    else
        at = str_rfind_char(str_slice(*rest, 0, end), '@');
    if (at < 0)
        return;
    size_t user_end = str_given(url->password) ? end : (size_t)at;
    url->username = url_decode(arena, str_slice(*rest, 0, user_end), false);
    *rest = str_from_offset(*rest, (size_t)at + 1);
}

static bool parse_port(Str text, Url *url, Error *err)
{
    if (text.len == 0)
        return true;
    if (text.len > 5)
        return fail(err, ERR_URL, "port '%.*s' is not a number up to 65535", STR_ARG(text));
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_digit(text.ptr[i]))
            return fail(err, ERR_URL, "port '%.*s' is not a number", STR_ARG(text));
        url->port = url->port * 10 + (text.ptr[i] - '0');
    }
    return true;
}

static bool parse_host(Arena *arena, Str text, Url *url, Error *err)
{
    size_t end = 0;
    if (text.len > 0 && text.ptr[0] == '[') {
        ptrdiff_t close = str_find_char(text, ']', 0);
        if (close < 2)
            return parse_failed(err);
        url->host = str_dup(arena, str_slice(text, 1, (size_t)close));
        end = (size_t)close + 1;
    } else {
        while (end < text.len && text.ptr[end] != ':')
            end++;
        if (end > 0)
            url->host = str_dup(arena, str_slice(text, 0, end));
    }
    if (end == text.len)
        return true;
    if (text.ptr[end] != ':')
        return parse_failed(err);
    return parse_port(str_from_offset(text, end + 1), url, err);
}

static void parse_options(Arena *arena, Str text, Url *url)
{
    for (Str part; str_split_next(&text, '&', &part);) {
        ptrdiff_t equals = str_find_char(part, '=', 0);
        if (equals < 0 || (size_t)equals + 1 == part.len)
            continue;
        UrlOption option = {
            url_decode(arena, str_slice(part, 0, (size_t)equals), true),
            url_decode(arena, str_from_offset(part, (size_t)equals + 1), true),
        };
        VEC_PUSH(arena, &url->options, option);
    }
}

bool url_parse(Arena *arena, Str text, Url *url, Error *err)
{
    *url = (Url){ 0 };
    ptrdiff_t scheme = str_find(text, STR("://"), 0);
    if (scheme <= 0 || !drivername_valid(str_slice(text, 0, (size_t)scheme)))
        return parse_failed(err);
    Str rest = str_dup(arena, text);
    set_drivername(url, str_slice(rest, 0, (size_t)scheme));
    rest = str_from_offset(rest, (size_t)scheme + 3);
    parse_credentials(arena, &rest, url);
    size_t host_end = 0;
    while (host_end < rest.len && rest.ptr[host_end] != '/' && rest.ptr[host_end] != '?')
        host_end++;
    if (!parse_host(arena, str_slice(rest, 0, host_end), url, err))
        return false;
    rest = str_from_offset(rest, host_end);
    ptrdiff_t query = str_find_char(rest, '?', 0);
    if (query >= 0) {
        parse_options(arena, str_from_offset(rest, (size_t)query + 1), url);
        rest = str_slice(rest, 0, (size_t)query);
    }
    if (rest.len > 0)
        url->database = str_dup(arena, str_from_offset(rest, 1));
    return true;
}

/* By name; those of one name stay in their order. */
static void sort_options(UrlOption *options, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        UrlOption moving = options[i];
        size_t j = i;
        for (; j > 0 && str_cmp(options[j - 1].name, moving.name) > 0; j--)
            options[j] = options[j - 1];
        options[j] = moving;
    }
}

static void put_option_text(Arena *arena, Buf *out, Str text)
{
    Str encoded = url_encode(arena, text, " ");
    buf_put(out, str_replace(arena, encoded, STR(" "), STR("+")));
}

static void render_options(Arena *arena, const Url *url, Buf *out)
{
    size_t count = url->options.len;
    if (count == 0)
        return;
    UrlOption *sorted = arena_copy(arena, url->options.items, count * sizeof *sorted);
    sort_options(sorted, count);
    for (size_t i = 0; i < count; i++) {
        buf_putc(out, i == 0 ? '?' : '&');
        put_option_text(arena, out, sorted[i].name);
        buf_putc(out, '=');
        put_option_text(arena, out, sorted[i].value);
    }
}

static void render_credentials(Arena *arena, const Url *url, bool show_password, Buf *out)
{
    if (!str_given(url->username))
        return;
    buf_put(out, url_encode(arena, url->username, " +"));
    if (str_given(url->password)) {
        buf_putc(out, ':');
        buf_put(out, show_password ? url_encode(arena, url->password, " +") : STR("***"));
    }
    buf_putc(out, '@');
}

Str url_render(Arena *arena, const Url *url, bool show_password)
{
    Buf out = buf_in(arena);
    buf_put(&out, url->drivername);
    buf_puts(&out, "://");
    render_credentials(arena, url, show_password, &out);
    if (str_given(url->host)) {
        bool brackets = str_find_char(url->host, ':', 0) >= 0;
        buf_printf(&out, brackets ? "[%.*s]" : "%.*s", STR_ARG(url->host));
    }
    if (url->port > 0)
        buf_printf(&out, ":%d", url->port);
    if (str_given(url->database)) {
        buf_putc(&out, '/');
        buf_put(&out, url->database);
    }
    render_options(arena, url, &out);
    return buf_take(&out, arena);
}

Str url_option(const Url *url, Str name)
{
    Str found = STR_NONE;
    VEC_EACH(UrlOption, option, &url->options)
        if (str_eq(option->name, name))
            found = option->value;
    return found;
}

void url_set_option(Arena *arena, Url *url, Str name, Str value)
{
    VEC_EACH(UrlOption, option, &url->options) {
        if (!str_eq(option->name, name))
            continue;
        option->value = value;
        return;
    }
    UrlOption added = { name, value };
    VEC_PUSH(arena, &url->options, added);
}

bool url_is_memory(const Url *url)
{
    if (url->engine != ENGINE_SQLITE)
        return false;
    return url->database.len == 0 || str_is(url->database, ":memory:") ||
           str_starts(url->database, STR("file::memory:")) ||
           str_is(url_option(url, STR("mode")), "memory");
}
