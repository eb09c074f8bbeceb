/* SPDX-License-Identifier: MIT */
#include "db/redact.h"

#include "base/buf.h"

#define SHORTEST_OF_ENVIRONMENT 4
/* Shorter ones would tear other words apart; inside a URL they are hidden all the same. */
#define SHORTEST_ALONE 3

static const char *const secret_names[] = { "PASS", "PWD", "SECRET", "TOKEN", "KEY" };

void redactor_add(Redactor *redactor, Str secret)
{
    if (secret.len == 0 || strvec_find(&redactor->secrets, secret) >= 0)
        return;
    StrVec *secrets = &redactor->secrets;
    VEC_PUSH(redactor->arena, secrets, str_dup(redactor->arena, secret));
    for (size_t i = secrets->len - 1; i > 0 && secrets->items[i - 1].len < secret.len; i--) {
        Str shorter = secrets->items[i - 1];
        secrets->items[i - 1] = secrets->items[i];
        secrets->items[i] = shorter;
    }
}

/* As SQL, JSON and Python write it between quotes. */
static void add_quoted(Redactor *redactor, Str secret)
{
    Arena *arena = redactor->arena;
    Str slashed = str_replace(arena, secret, STR("\\"), STR("\\\\"));
    redactor_add(redactor, str_replace(arena, secret, STR("'"), STR("''")));
    redactor_add(redactor, str_replace(arena, slashed, STR("'"), STR("''")));
    redactor_add(redactor, str_replace(arena, slashed, STR("\""), STR("\\\"")));
    redactor_add(redactor, str_replace(arena, slashed, STR("'"), STR("\\'")));
    redactor_add(redactor, str_replace(arena, slashed, STR("'"), STR("\\'\\'")));
}

static Str lower_escapes(Arena *arena, Str text)
{
    Buf out = buf_in(arena);
    for (size_t i = 0; i < text.len; i++) {
        bool digit = (i >= 1 && text.ptr[i - 1] == '%') || (i >= 2 && text.ptr[i - 2] == '%');
        buf_putc(&out, digit ? char_lower(text.ptr[i]) : text.ptr[i]);
    }
    return buf_take(&out, arena);
}

static void add_password(Redactor *redactor, Str password)
{
    static const char *const safe[] = { "", " +", "/" };
    if (password.len < SHORTEST_ALONE)
        return;
    redactor_add(redactor, password);
    add_quoted(redactor, password);
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) {
        Str encoded = url_encode(redactor->arena, password, safe[i]);
        redactor_add(redactor, encoded);
        redactor_add(redactor, lower_escapes(redactor->arena, encoded));
    }
}

/* Where an '@' in a password split it, the pieces turn up as host, port and database. */
static void add_pieces(Redactor *redactor, Str written)
{
    while (written.len > 0) {
        size_t end = 0;
        while (end < written.len && !strchr("@:/", written.ptr[end]))
            end++;
        add_password(redactor, str_slice(written, 0, end));
        written = str_from_offset(written, end + 1);
    }
}

void redactor_add_url(Redactor *redactor, const Url *url)
{
    if (str_given(url->password))
        add_password(redactor, url->password);
    if (!str_given(url->written))
        return;
    add_password(redactor, url->written);
    if (str_find_char(url->written, '@', 0) >= 0)
        add_pieces(redactor, url->written);
}

static bool name_is_secret(Arena *arena, Str name)
{
    Str upper = str_upper_ascii(arena, name);
    for (size_t i = 0; i < sizeof secret_names / sizeof *secret_names; i++)
        if (str_find(upper, str_from(secret_names[i]), 0) >= 0)
            return !str_is(upper, "PWD") && !str_is(upper, "OLDPWD");
    return false;
}

static void add_variable(Redactor *redactor, Str name, Str value)
{
    if (value.len < SHORTEST_OF_ENVIRONMENT)
        return;
    Error ignored = error_in(redactor->arena);
    Url url;
    if (str_find(value, STR("://"), 0) > 0) {
        if (url_parse(redactor->arena, value, &url, &ignored))
            redactor_add_url(redactor, &url);
    } else if (name_is_secret(redactor->arena, name)) {
        redactor_add(redactor, value);
    }
}

void redactor_add_environment(Redactor *redactor, char *const *environment)
{
    for (; environment && *environment; environment++) {
        Str pair = str_from(*environment);
        ptrdiff_t equals = str_find_char(pair, '=', 0);
        if (equals > 0)
            add_variable(redactor, str_slice(pair, 0, (size_t)equals),
                         str_from_offset(pair, (size_t)equals + 1));
    }
}

/* Where the secret part of "://user:password@" begins and ends in `text`, from `from` on. */
static bool find_url_password(Str text, size_t from, size_t *begin, size_t *end)
{
    for (ptrdiff_t at; (at = str_find(text, STR("://"), from)) >= 0;) {
        size_t colon = (size_t)at + 3;
        while (colon < text.len && !strchr(":/@ \t\n\"'", text.ptr[colon]))
            colon++;
        size_t stop = colon;
        while (stop < text.len && !strchr("@ \t\n", text.ptr[stop]))
            stop++;
        from = (size_t)at + 3;
        if (colon >= text.len || text.ptr[colon] != ':' || stop >= text.len ||
            text.ptr[stop] != '@')
            continue;
        *begin = colon + 1;
        *end = stop;
        return true;
    }
    return false;
}

Str redactor_apply(const Redactor *redactor, Arena *arena, Str text)
{
    VEC_EACH(Str, secret, &redactor->secrets)
        if (str_find(text, *secret, 0) >= 0)
            text = str_replace(arena, text, *secret, STR("***"));
    Buf out = buf_in(arena);
    size_t done = 0, begin, end;
    while (find_url_password(text, done, &begin, &end)) {
        buf_put(&out, str_slice(text, done, begin));
        buf_puts(&out, "***");
        done = end;
    }
    buf_put(&out, str_from_offset(text, done));
    return buf_take(&out, arena);
}
