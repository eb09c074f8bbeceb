/* SPDX-License-Identifier: MIT */
#include "db/pg_text.h"

#include "db/pg_literal.h"

/* ---- passing by what is no SQL ---- */

static bool is_name_char(char c)
{
    return char_is_alnum(c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Behind a quoted text that begins at `at`; `escapes`: a backslash takes the next byte along. */
static size_t past_quotes(Str sql, size_t at, bool escapes)
{
    char quote = sql.ptr[at++];
    for (; at < sql.len; at++) {
        if (escapes && sql.ptr[at] == '\\')
            at++;
        else if (sql.ptr[at] == quote)
            return at + 1;
    }
    return sql.len;
}

static size_t past_line(Str sql, size_t at)
{
    ptrdiff_t end = str_find_char(sql, '\n', at);
    return end < 0 ? sql.len : (size_t)end + 1;
}

static size_t past_comment(Str sql, size_t at)
{
    size_t depth = 0;
    while (at < sql.len) {
        Str rest = str_from_offset(sql, at);
        bool open = str_starts(rest, STR("/*")), close = str_starts(rest, STR("*/"));
        depth += open ? 1 : 0;
        depth -= close ? 1 : 0;
        at += open || close ? 2 : 1;
        if (depth == 0)
            break;
    }
    return at < sql.len ? at : sql.len;
}

/* Behind $tag$...$tag$, or `at` when none begins here. */
static size_t past_dollars(Str sql, size_t at)
{
    size_t end = at + 1;
    while (end < sql.len && is_name_char(sql.ptr[end]) && sql.ptr[end] != '$')
        end++;
    if (end >= sql.len || sql.ptr[end] != '$' || char_is_digit(sql.ptr[at + 1]))
        return at;
    Str tag = str_slice(sql, at, end + 1);
    ptrdiff_t close = str_find(sql, tag, end + 1);
    return close < 0 ? sql.len : (size_t)close + tag.len;
}

/* Where the `$n` begins that ends at `at`; `at` itself when none does. */
static size_t parameter_start(Str sql, size_t at)
{
    size_t digits = at;
    while (digits > 0 && char_is_digit(sql.ptr[digits - 1]))
        digits--;
    return digits < at && digits > 0 && sql.ptr[digits - 1] == '$' ? digits - 1 : at;
}

/*
 * Where a `$` or an E may begin something: not within a name, but right behind a `$n`. A few of
 * those in a row are followed; more are no statement, and would cost a look back from each.
 */
static bool token_begins(Str sql, size_t at)
{
    enum { IN_A_ROW = 16 };
    for (size_t i = 0; i < IN_A_ROW; i++) {
        size_t start = parameter_start(sql, at);
        if (start == at)
            break;
        at = start;
    }
    return at == 0 || !is_name_char(sql.ptr[at - 1]);
}

/* E'...' : the E stands alone before the quote. */
static bool has_escape_prefix(Str sql, size_t at)
{
    return at > 0 && char_lower(sql.ptr[at - 1]) == 'e' && token_begins(sql, at - 1);
}

/* Behind the quotes or comment that begin at `at`, or `at` itself when it is plain SQL. */
static size_t past_opaque(PgText text, size_t at)
{
    Str sql = text.sql;
    char c = sql.ptr[at], next = at + 1 < sql.len ? sql.ptr[at + 1] : '\0';
    if (c == '\'')
        return past_quotes(sql, at, text.backslashes || has_escape_prefix(sql, at));
    if (c == '"')
        return past_quotes(sql, at, false);
    if (c == '-' && next == '-')
        return past_line(sql, at);
    if (c == '/' && next == '*')
        return past_comment(sql, at);
    if (c == '$' && token_begins(sql, at))
        return past_dollars(sql, at);
    return at;
}

static bool is_comment(Str sql, size_t at)
{
    Str rest = str_from_offset(sql, at);
    return str_starts(rest, STR("--")) || str_starts(rest, STR("/*"));
}

/* The next byte that is neither blank nor in a comment. */
static size_t next_code(PgText text, size_t at)
{
    while (at < text.sql.len) {
        if (char_is_space(text.sql.ptr[at]))
            at++;
        else if (is_comment(text.sql, at))
            at = past_opaque(text, at);
        else
            break;
    }
    return at;
}

/* ---- what a text is ---- */

bool pg_text_is_many(PgText text)
{
    Str sql = text.sql;
    if (str_find_char(sql, ';', 0) < 0)
        return false;
    for (size_t at = 0; at < sql.len;) {
        size_t past = past_opaque(text, at);
        if (past > at) {
            at = past;
            continue;
        }
        if (sql.ptr[at++] != ';')
            continue;
        while ((past = next_code(text, at)) < sql.len && sql.ptr[past] == ';')
            at = past + 1;
        if (past < sql.len)
            return true;
    }
    return false;
}

bool pg_text_is_empty(PgText text)
{
    size_t at = next_code(text, 0);
    while (at < text.sql.len && text.sql.ptr[at] == ';')
        at = next_code(text, at + 1);
    return at >= text.sql.len;
}

static Str word_at(PgText text, size_t *at)
{
    size_t begin = next_code(text, *at), end = begin;
    while (end < text.sql.len && is_name_char(text.sql.ptr[end]))
        end++;
    *at = end;
    return str_slice(text.sql, begin, end);
}

bool pg_text_is_transaction(PgText text)
{
    static const char *const words[] = { "BEGIN",    "START", "COMMIT", "END",
                                         "ROLLBACK", "ABORT", "PREPARE" };
    size_t at = 0;
    Str word = word_at(text, &at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(word, str_from(words[i])))
            return true;
    return false;
}

/* ---- parameters ---- */

/* The number of the `$n` at `at`, 0 when there is none; *end behind it. */
static size_t placeholder_at(Str sql, size_t at, size_t *end)
{
    size_t number = 0;
    if (sql.ptr[at] != '$' || !token_begins(sql, at))
        return 0;
    for (*end = at + 1; *end < sql.len && char_is_digit(sql.ptr[*end]) && number < 100000; ++*end)
        number = number * 10 + (size_t)(sql.ptr[*end] - '0');
    return number;
}

/* The next `$n` at or after *at. False when there is no more; *at is then the end. */
static bool next_placeholder(PgText text, size_t *at, size_t *number, size_t *end)
{
    while (*at < text.sql.len) {
        size_t past = past_opaque(text, *at);
        if (past > *at) {
            *at = past;
            continue;
        }
        if ((*number = placeholder_at(text.sql, *at, end)) > 0)
            return true;
        ++*at;
    }
    return false;
}

/*
 * The value of the `$n` from `at` to `end`, with blanks where it stands close to something: beside
 * a quote, or behind U&, it would become a part of it.
 */
static bool put_value(Buf *out, PgText text, size_t at, size_t end, const DbValue *value,
                      Error *err)
{
    bool before = at > 0 && !strchr(" \t\n\r(,=[:", text.sql.ptr[at - 1]);
    bool after = end < text.sql.len && !strchr(" \t\n\r),;]:", text.sql.ptr[end]);
    buf_puts(out, before ? " " : "");
    if (!pg_literal_put(out, value, text.backslashes, err))
        return false;
    buf_puts(out, after ? " " : "");
    return true;
}

bool pg_text_render(Arena *arena, PgText text, const DbValue *params, size_t count, Str *sql,
                    Error *err)
{
    Buf out = buf_in(arena);
    size_t done = 0, at = 0, number, end;
    while (next_placeholder(text, &at, &number, &end)) {
        if (number > count)
            return fail(err, ERR_DATABASE, "there is no parameter $%zu", number);
        buf_put(&out, str_slice(text.sql, done, at));
        if (!put_value(&out, text, at, end, &params[number - 1], err))
            return false;
        at = done = end;
    }
    buf_put(&out, str_from_offset(text.sql, done));
    *sql = buf_take(&out, arena);
    return true;
}

size_t pg_text_position(Arena *arena, PgText text, const DbValue *params, size_t count,
                        size_t position)
{
    size_t done = 0, at = 0, number, end, shown = 0, own = 0;
    Error ignored = error_in(arena);
    Buf out = buf_in(arena);
    while (next_placeholder(text, &at, &number, &end) && number <= count) {
        size_t plain = utf8_count(str_slice(text.sql, done, at));
        if (position <= shown + plain)
            break;
        buf_clear(&out);
        put_value(&out, text, at, end, &params[number - 1], &ignored);
        shown += plain + utf8_count(buf_str(&out));
        own += plain;
        if (position <= shown)
            return own + 1;
        own += end - at;
        at = done = end;
    }
    return own + position - shown;
}

static bool skip_word(PgText text, size_t *at, const char *word)
{
    size_t before = *at;
    if (str_eq_nocase(word_at(text, at), str_from(word)))
        return true;
    *at = before;
    return false;
}

/* Behind the closing bracket of the list that opens at *at. */
static bool skip_brackets(PgText text, size_t *at)
{
    size_t depth = 0, i = next_code(text, *at);
    if (i >= text.sql.len || text.sql.ptr[i] != '(')
        return false;
    while (i < text.sql.len) {
        size_t past = past_opaque(text, i);
        if (past > i) {
            i = past;
            continue;
        }
        char c = text.sql.ptr[i++];
        depth += c == '(' ? 1 : 0;
        depth -= c == ')' ? 1 : 0;
        if (depth == 0) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* "($1, $2, ...)" and then the end. */
static bool only_placeholders(PgText text, size_t at)
{
    at = next_code(text, at);
    if (at >= text.sql.len || text.sql.ptr[at++] != '(')
        return false;
    for (;;) {
        size_t end;
        at = next_code(text, at);
        if (at >= text.sql.len || placeholder_at(text.sql, at, &end) == 0)
            return false;
        at = next_code(text, end);
        if (at >= text.sql.len || !strchr(",)", text.sql.ptr[at]))
            return false;
        if (text.sql.ptr[at++] == ')')
            break;
    }
    at = next_code(text, at);
    return at >= text.sql.len || text.sql.ptr[at] == ';';
}

bool pg_text_binds_plainly(PgText text)
{
    size_t at = 0, before;
    if (!skip_word(text, &at, "INSERT") || !skip_word(text, &at, "INTO"))
        return false;
    do {
        before = next_code(text, at);
        at = before < text.sql.len && text.sql.ptr[before] == '"' ? past_opaque(text, before)
                                                                  : (word_at(text, &at), at);
        if (at == before)
            return false;
        before = next_code(text, at);
    } while (before < text.sql.len && text.sql.ptr[before] == '.' && (at = before + 1));
    return skip_brackets(text, &at) && skip_word(text, &at, "VALUES") &&
           only_placeholders(text, at);
}
