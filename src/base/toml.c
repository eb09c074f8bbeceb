/* SPDX-License-Identifier: MIT */
#include "base/toml.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/buf.h"

enum { NESTING_MAX = 200 };

/* How a table came to be, which says who may add to it. */
typedef enum Origin {
    BY_DOTTED_KEY, /* made on the way of a dotted key; only keys of the same header may add */
    BY_PATH,       /* made on the way of a header; a header of its own may follow */
    BY_HEADER,     /* has had its header */
    FROZEN,        /* an inline table or array: nobody adds */
} Origin;

/* What the reader knows of a value beside the value. */
typedef struct Node {
    TomlValue value;
    Origin origin;
    bool is_table_array; /* [[x]] */
    const void *header;  /* of BY_DOTTED_KEY: under which header */
} Node;

typedef struct Reader {
    Arena *arena;
    Str text;
    size_t at;
    Str file;
    Error *err;
    Node *root, *table; /* the table of the last header */
    int depth;
} Reader;

static bool read_value(Reader *r, Node **node);

static bool toml_fail(Reader *r, size_t at, const char *what)
{
    Loc loc = { .file = r->file, .line = 1, .column = 1 };
    for (size_t i = 0; i < at;) {
        bool newline = r->text.ptr[i] == '\n';
        utf8_next(r->text, &i);
        loc.line += newline;
        loc.column = newline ? 1 : loc.column + 1;
    }
    if (at >= r->text.len)
        return fail_at(r->err, ERR_CONFIG, loc, "%s (at end of document)", what);
    return fail_at(r->err, ERR_CONFIG, loc, "%s (at line %u, column %u)", what, loc.line,
                   loc.column);
}

static char peek(const Reader *r)
{
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool at_end(const Reader *r)
{
    return r->at >= r->text.len;
}

static bool looking_at(const Reader *r, const char *text)
{
    return str_starts(str_from_offset(r->text, r->at), str_from(text));
}

static bool take(Reader *r, char c)
{
    if (at_end(r) || peek(r) != c)
        return false;
    r->at++;
    return true;
}

static void skip_blanks(Reader *r)
{
    while (!at_end(r) && (peek(r) == ' ' || peek(r) == '\t'))
        r->at++;
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

static bool skip_comment(Reader *r)
{
    if (!take(r, '#'))
        return true;
    while (!at_end(r) && peek(r) != '\n') {
        if (is_control(peek(r)))
            return toml_fail(r, r->at, "Found invalid character");
        r->at++;
    }
    return true;
}

/* Blanks, comments and newlines. */
static bool skip_filler(Reader *r)
{
    for (;;) {
        size_t before = r->at;
        while (!at_end(r) && (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\n'))
            r->at++;
        if (!skip_comment(r))
            return false;
        if (r->at == before)
            return true;
    }
}

static Node *node_new(Reader *r, TomlKind kind, Origin origin)
{
    Node *node = ARENA_NEW(r->arena, Node);
    node->value.kind = kind;
    node->origin = origin;
    if (kind == TOML_TABLE)
        node->value.table = map_in(r->arena);
    return node;
}

/* ---- text ---- */

static bool read_code_point(Reader *r, size_t digits, size_t start, Buf *out)
{
    uint32_t code = 0;
    for (size_t i = 0; i < digits; i++, r->at++) {
        int digit = at_end(r) ? -1 : char_hex(peek(r));
        if (digit < 0)
            return toml_fail(r, start, "Invalid hex value");
        code = code * 16 + (uint32_t)digit;
    }
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return toml_fail(r, r->at, "Escaped character is not a Unicode scalar value");
    buf_put_code_point(out, code);
    return true;
}

static bool skip_line_end(Reader *r, size_t start)
{
    size_t at = r->at;
    while (at < r->text.len && (r->text.ptr[at] == ' ' || r->text.ptr[at] == '\t'))
        at++;
    if (at >= r->text.len || r->text.ptr[at] != '\n')
        return toml_fail(r, start, "Unescaped '\\' in a string");
    r->at = at;
    while (!at_end(r) && (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\n'))
        r->at++;
    return true;
}

static bool read_escape(Reader *r, bool multiline, Buf *out)
{
    static const char letters[] = "btnfr\"\\", meanings[] = "\b\t\n\f\r\"\\";
    size_t start = r->at++;
    char c = peek(r);
    if (multiline && (c == ' ' || c == '\t' || c == '\n'))
        return skip_line_end(r, start);
    const char *found = c ? strchr(letters, c) : NULL;
    if (!found && c != 'u' && c != 'U')
        return toml_fail(r, start, "Unescaped '\\' in a string");
    r->at++;
    if (!found)
        return read_code_point(r, c == 'u' ? 4 : 8, r->at, out);
    buf_putc(out, meanings[found - letters]);
    return true;
}

/* After the opening quote or quotes, up to and with the closing. */
static bool read_string_body(Reader *r, char quote, bool multiline, Str *text)
{
    const char closing[4] = { quote, multiline ? quote : '\0', quote, '\0' };
    Buf out = buf_in(r->arena);
    for (;;) {
        if (at_end(r))
            return toml_fail(r, r->at, "Unterminated string");
        if (looking_at(r, closing)) {
            r->at += multiline ? 3 : 1;
            for (int i = 0; multiline && i < 2 && take(r, quote); i++)
                buf_putc(&out, quote);
            *text = buf_str(&out);
            return true;
        }
        char c = peek(r);
        if (c == '\\' && quote == '"') {
            if (!read_escape(r, multiline, &out))
                return false;
            continue;
        }
        if (is_control(c) && !(multiline && c == '\n'))
            return toml_fail(r, r->at, "Illegal character");
        buf_putc(&out, c);
        r->at++;
    }
}

static bool read_string(Reader *r, bool may_be_multiline, Str *text)
{
    char quote = peek(r);
    const char triple[4] = { quote, quote, quote, '\0' };
    bool multiline = may_be_multiline && looking_at(r, triple);
    r->at += multiline ? 3 : 1;
    if (multiline)
        take(r, '\n');
    return read_string_body(r, quote, multiline, text);
}

/* ---- keys ---- */

static bool is_bare(char c)
{
    return char_is_alnum(c) || c == '-' || c == '_';
}

static bool read_key_part(Reader *r, Str *part)
{
    if (peek(r) == '"' || peek(r) == '\'')
        return read_string(r, false, part);
    size_t start = r->at;
    while (!at_end(r) && is_bare(peek(r)))
        r->at++;
    *part = str_slice(r->text, start, r->at);
    return part->len || toml_fail(r, r->at, "Invalid initial character for a key part");
}

static bool read_key(Reader *r, StrVec *key)
{
    for (;;) {
        Str part;
        if (!read_key_part(r, &part))
            return false;
        VEC_PUSH(r->arena, key, part);
        skip_blanks(r);
        if (!take(r, '.'))
            return true;
        skip_blanks(r);
    }
}

/* The table that `part` of `table` names, made when new; of an array of tables its last. NULL: not
 * one. */
static Node *enter(Reader *r, Node *table, Str part, Origin origin)
{
    Node *next = map_get(&table->value.table, part);
    if (!next) {
        next = node_new(r, TOML_TABLE, origin);
        next->header = r->table;
        map_set(&table->value.table, part, next);
    }
    if (next->is_table_array)
        return (Node *)(uintptr_t)VEC_LAST(&next->value.array);
    return next->value.kind == TOML_TABLE && next->origin != FROZEN ? next : NULL;
}

/* A dotted key may add to what this header's dotted keys made, and to what had no header yet. */
static bool may_add(Reader *r, Node *table)
{
    if (table->origin == BY_PATH) {
        table->origin = BY_DOTTED_KEY;
        table->header = r->table;
    }
    return table->origin == BY_DOTTED_KEY && table->header == r->table;
}

/* key = value, into `table`. */
static bool read_pair(Reader *r, Node *table, bool in_inline)
{
    StrVec key = { 0 };
    if (!read_key(r, &key))
        return false;
    if (!take(r, '='))
        return toml_fail(r, r->at, "Expected '=' after a key in a key/value pair");
    skip_blanks(r);
    Node *value;
    if (!read_value(r, &value))
        return false;
    for (size_t i = 0; i + 1 < key.len; i++) {
        table = enter(r, table, key.items[i], BY_DOTTED_KEY);
        if (!table || !(in_inline || may_add(r, table)))
            return toml_fail(r, r->at, "Cannot mutate immutable namespace");
    }
    if (map_has(&table->value.table, VEC_LAST(&key)))
        return toml_fail(r, r->at, "Cannot overwrite a value");
    map_set(&table->value.table, VEC_LAST(&key), value);
    return true;
}

/* ---- compound values ---- */

static bool read_array(Reader *r, Node **node)
{
    *node = node_new(r, TOML_ARRAY, FROZEN);
    r->at++;
    for (bool more = true;; more = take(r, ',')) {
        if (!skip_filler(r))
            return false;
        if (take(r, ']'))
            return true;
        if (!more)
            return toml_fail(r, r->at, "Unclosed array");
        Node *item;
        if (!read_value(r, &item))
            return false;
        VEC_PUSH(r->arena, &(*node)->value.array, &item->value);
        if (!skip_filler(r))
            return false;
    }
}

static bool read_inline_table(Reader *r, Node **node)
{
    Node *table = node_new(r, TOML_TABLE, BY_DOTTED_KEY);
    *node = table;
    r->at++;
    skip_blanks(r);
    if (take(r, '}')) {
        table->origin = FROZEN;
        return true;
    }
    for (;;) {
        if (!read_pair(r, table, true))
            return false;
        skip_blanks(r);
        if (take(r, '}'))
            break;
        if (!take(r, ','))
            return toml_fail(r, r->at, "Unclosed inline table");
        skip_blanks(r);
    }
    table->origin = FROZEN;
    return true;
}

/* ---- numbers and times ---- */

static bool two_digits(Str text, size_t at, int *number)
{
    if (at + 2 > text.len || !char_is_digit(text.ptr[at]) || !char_is_digit(text.ptr[at + 1]))
        return false;
    *number = (text.ptr[at] - '0') * 10 + (text.ptr[at + 1] - '0');
    return true;
}

static bool match_date(Str text, TomlTime *t)
{
    int century, years;
    if (text.len < 10 || !two_digits(text, 0, &century) || !two_digits(text, 2, &years) ||
        text.ptr[4] != '-' || !two_digits(text, 5, &t->month) || text.ptr[7] != '-' ||
        !two_digits(text, 8, &t->day))
        return false;
    t->year = century * 100 + years;
    return t->month >= 1 && t->month <= 12 && t->day >= 1 && t->day <= 31;
}

/* HH:MM:SS[.fraction] at `at`; returns where it ends, or `at`. */
static size_t match_time(Str text, size_t at, TomlTime *t)
{
    if (!two_digits(text, at, &t->hour) || at + 8 > text.len || text.ptr[at + 2] != ':' ||
        !two_digits(text, at + 3, &t->minute) || text.ptr[at + 5] != ':' ||
        !two_digits(text, at + 6, &t->second) || t->hour > 23 || t->minute > 59 || t->second > 59)
        return at;
    size_t end = at + 8;
    if (end + 1 >= text.len || text.ptr[end] != '.' || !char_is_digit(text.ptr[end + 1]))
        return end;
    int scale = 100000;
    for (end++; end < text.len && char_is_digit(text.ptr[end]); end++, scale /= 10)
        t->microsecond += (text.ptr[end] - '0') * scale;
    return end;
}

static size_t match_offset(Str text, size_t at, TomlTime *t)
{
    int hours, minutes;
    if (at < text.len && (text.ptr[at] == 'Z' || text.ptr[at] == 'z')) {
        t->has_offset = true;
        return at + 1;
    }
    if (at >= text.len || (text.ptr[at] != '+' && text.ptr[at] != '-') ||
        !two_digits(text, at + 1, &hours) || at + 6 > text.len || text.ptr[at + 3] != ':' ||
        !two_digits(text, at + 4, &minutes) || hours > 23 || minutes > 59)
        return at;
    t->has_offset = true;
    t->offset_minutes = (hours * 60 + minutes) * (text.ptr[at] == '-' ? -1 : 1);
    return at + 6;
}

static bool is_date(const TomlTime *t)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = t->year % 4 == 0 && (t->year % 100 != 0 || t->year % 400 == 0);
    return t->year >= 1 && t->day <= days[t->month - 1] + (t->month == 2 && leap);
}

/* *found is false when there is no date or time here. */
static bool read_time(Reader *r, Node **node, bool *found)
{
    Str text = str_from_offset(r->text, r->at);
    TomlTime t = { 0 };
    *found = true;
    if (match_date(text, &t)) {
        if (!is_date(&t))
            return toml_fail(r, r->at, "Invalid date or datetime");
        bool split = text.len > 10 && strchr("Tt ", text.ptr[10]);
        size_t end = split ? match_time(text, 11, &t) : 11;
        *node = node_new(r, end > 11 ? TOML_DATETIME : TOML_DATE, FROZEN);
        end = end > 11 ? match_offset(text, end, &t) : 10;
        r->at += end;
        (*node)->value.time = t;
        return true;
    }
    t = (TomlTime){ 0 };
    size_t end = match_time(text, 0, &t);
    *found = end > 0;
    if (!*found)
        return true;
    *node = node_new(r, TOML_TIME, FROZEN);
    (*node)->value.time = t;
    r->at += end;
    return true;
}

static bool is_digit_of(char c, int radix)
{
    c = char_lower(c);
    return radix <= 10 ? c >= '0' && c < '0' + radix : char_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* Digits with single underscores between them; returns where they end, or `at`. */
static size_t match_digits(Str text, size_t at, int radix, Buf *digits)
{
    size_t end = at;
    while (end < text.len) {
        bool bridge = text.ptr[end] == '_' && end > at && end + 1 < text.len &&
                      is_digit_of(text.ptr[end + 1], radix) && text.ptr[end - 1] != '_';
        if (!bridge && !is_digit_of(text.ptr[end], radix))
            break;
        if (!bridge)
            buf_putc(digits, text.ptr[end]);
        end++;
    }
    return end;
}

static Node *integer_node(Reader *r, Str digits, int radix, bool negative)
{
    Node *node = node_new(r, TOML_INTEGER, FROZEN);
    Buf text = buf_in(r->arena);
    buf_puts(&text, negative ? "-" : "");
    buf_put(&text, digits);
    buf_putc(&text, '\0');
    errno = 0;
    node->value.integer = strtoll(text.ptr, NULL, radix);
    static const char *const prefixes[] = { [2] = "0b", [8] = "0o", [10] = "", [16] = "0x" };
    if (errno)
        node->value.digits =
            str_format(r->arena, "%s%s%.*s", negative ? "-" : "", prefixes[radix], STR_ARG(digits));
    return node;
}

static bool read_radix(Reader *r, int radix, Node **node)
{
    Buf digits = buf_in(r->arena);
    size_t end = match_digits(r->text, r->at + 2, radix, &digits);
    if (end == r->at + 2)
        return false;
    *node = integer_node(r, buf_str(&digits), radix, false);
    r->at = end;
    return true;
}

static size_t match_fraction(Str text, size_t at, Buf *digits)
{
    if (at >= text.len || text.ptr[at] != '.')
        return at;
    size_t before = digits->len;
    buf_putc(digits, '.');
    size_t end = match_digits(text, at + 1, 10, digits);
    if (end > at + 1)
        return end;
    buf_truncate(digits, before);
    return at;
}

static size_t match_exponent(Str text, size_t at, Buf *digits)
{
    if (at >= text.len || char_lower(text.ptr[at]) != 'e')
        return at;
    size_t before = digits->len, start = at + 1;
    buf_putc(digits, 'e');
    if (start < text.len && (text.ptr[start] == '+' || text.ptr[start] == '-'))
        buf_putc(digits, text.ptr[start++]);
    size_t end = match_digits(text, start, 10, digits);
    if (end > start)
        return end;
    buf_truncate(digits, before);
    return at;
}

static bool read_decimal(Reader *r, Node **node)
{
    Str text = str_from_offset(r->text, r->at);
    bool sign = text.len && (text.ptr[0] == '+' || text.ptr[0] == '-');
    Buf digits = buf_in(r->arena);
    size_t end = sign;
    if (end < text.len && text.ptr[end] == '0') {
        buf_putc(&digits, '0');
        end++;
    } else {
        end = match_digits(text, sign, 10, &digits);
    }
    if (end == sign)
        return false;
    size_t whole = end;
    end = match_exponent(text, match_fraction(text, end, &digits), &digits);
    r->at += end;
    if (end == whole) {
        *node = integer_node(r, buf_str(&digits), 10, text.ptr[0] == '-');
        return true;
    }
    *node = node_new(r, TOML_FLOAT, FROZEN);
    buf_putc(&digits, '\0');
    double number = strtod(digits.ptr, NULL);
    (*node)->value.number = text.ptr[0] == '-' ? -number : number;
    return true;
}

static bool read_word(Reader *r, Node **node)
{
    static const struct {
        const char *word;
        TomlKind kind;
        double number;
    } words[] = {
        { "true", TOML_BOOLEAN, 1 },       { "false", TOML_BOOLEAN, 0 },
        { "inf", TOML_FLOAT, INFINITY },   { "+inf", TOML_FLOAT, INFINITY },
        { "-inf", TOML_FLOAT, -INFINITY }, { "nan", TOML_FLOAT, NAN },
        { "+nan", TOML_FLOAT, NAN },       { "-nan", TOML_FLOAT, -NAN },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!looking_at(r, words[i].word))
            continue;
        *node = node_new(r, words[i].kind, FROZEN);
        if (words[i].kind == TOML_BOOLEAN)
            (*node)->value.boolean = words[i].number != 0;
        else
            (*node)->value.number = words[i].number;
        r->at += strlen(words[i].word);
        return true;
    }
    return false;
}

static bool read_number(Reader *r, Node **node)
{
    if ((looking_at(r, "0x") && read_radix(r, 16, node)) ||
        (looking_at(r, "0o") && read_radix(r, 8, node)) ||
        (looking_at(r, "0b") && read_radix(r, 2, node)))
        return true;
    return read_decimal(r, node);
}

static bool read_scalar(Reader *r, Node **node)
{
    char c = peek(r);
    bool found;
    if (!at_end(r) && (c == '"' || c == '\'')) {
        *node = node_new(r, TOML_STRING, FROZEN);
        return read_string(r, true, &(*node)->value.string);
    }
    if (!read_time(r, node, &found))
        return false;
    if (found || read_word(r, node) || read_number(r, node))
        return true;
    return toml_fail(r, r->at, "Invalid value");
}

static bool read_value(Reader *r, Node **node)
{
    if (++r->depth > NESTING_MAX)
        return toml_fail(r, r->at, "TOML values are nested too deeply");
    bool ok = !at_end(r) && peek(r) == '['   ? read_array(r, node)
              : !at_end(r) && peek(r) == '{' ? read_inline_table(r, node)
                                             : read_scalar(r, node);
    r->depth--;
    return ok;
}

/* ---- headers ---- */

static Node *enter_path(Reader *r, const StrVec *key)
{
    Node *table = r->root;
    for (size_t i = 0; table && i + 1 < key->len; i++)
        table = enter(r, table, key->items[i], BY_PATH);
    return table;
}

static bool read_table_header(Reader *r)
{
    StrVec key = { 0 };
    r->at++;
    skip_blanks(r);
    if (!read_key(r, &key))
        return false;
    Node *parent = enter_path(r, &key);
    Node *old = parent ? map_get(&parent->value.table, VEC_LAST(&key)) : NULL;
    if (!parent)
        return toml_fail(r, r->at, "Cannot overwrite a value");
    if (old && old->origin != BY_PATH)
        return toml_fail(r, r->at,
                         old->value.kind == TOML_TABLE ? "Cannot declare a table twice"
                                                       : "Cannot overwrite a value");
    r->table = old ? old : node_new(r, TOML_TABLE, BY_HEADER);
    r->table->origin = BY_HEADER;
    if (!old)
        map_set(&parent->value.table, VEC_LAST(&key), r->table);
    return take(r, ']') || toml_fail(r, r->at, "Expected ']' at the end of a table declaration");
}

static bool read_array_header(Reader *r)
{
    StrVec key = { 0 };
    r->at += 2;
    skip_blanks(r);
    if (!read_key(r, &key))
        return false;
    Node *parent = enter_path(r, &key);
    Node *list = parent ? map_get(&parent->value.table, VEC_LAST(&key)) : NULL;
    if (!parent || (list && !list->is_table_array))
        return toml_fail(r, r->at, "Cannot mutate immutable namespace");
    if (!list) {
        list = node_new(r, TOML_ARRAY, FROZEN);
        list->is_table_array = true;
        map_set(&parent->value.table, VEC_LAST(&key), list);
    }
    r->table = node_new(r, TOML_TABLE, BY_HEADER);
    VEC_PUSH(r->arena, &list->value.array, &r->table->value);
    if (!looking_at(r, "]]"))
        return toml_fail(r, r->at, "Expected ']]' at the end of an array declaration");
    r->at += 2;
    return true;
}

static bool read_line(Reader *r)
{
    skip_blanks(r);
    if (at_end(r))
        return true;
    char c = peek(r);
    bool ok = true;
    if (looking_at(r, "[["))
        ok = read_array_header(r);
    else if (c == '[')
        ok = read_table_header(r);
    else if (c == '"' || c == '\'' || is_bare(c))
        ok = read_pair(r, r->table, false);
    else if (c != '\n' && c != '#')
        return toml_fail(r, r->at, "Invalid statement");
    if (!ok)
        return false;
    skip_blanks(r);
    if (!skip_comment(r))
        return false;
    return at_end(r) || take(r, '\n') ||
           toml_fail(r, r->at, "Expected newline or end of document after a statement");
}

bool toml_read(Arena *arena, Str text, Str file, const TomlValue **doc, Error *err)
{
    ptrdiff_t bad = utf8_invalid(text);
    if (bad >= 0)
        return fail(err, ERR_CONFIG, "'%.*s' is not UTF-8 text at byte %td", STR_ARG(file), bad);
    Reader r = { .arena = arena,
                 .text = str_replace(arena, text, STR("\r\n"), STR("\n")),
                 .file = str_dup(arena, file),
                 .err = err };
    r.root = r.table = node_new(&r, TOML_TABLE, BY_HEADER);
    while (!at_end(&r))
        if (!read_line(&r))
            return false;
    *doc = &r.root->value;
    return true;
}

const TomlValue *toml_find(const TomlValue *table, Str key)
{
    return table && table->kind == TOML_TABLE ? map_get(&table->table, key) : NULL;
}
