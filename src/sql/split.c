/* SPDX-License-Identifier: MIT */
#include "sql/split.h"

typedef struct Scan {
    Str text;
    const Dialect *dialect;
    size_t at;
} Scan;

Splitter split_begin(Str text, const Dialect *dialect)
{
    return (Splitter){ .text = text, .dialect = dialect, .line = 1 };
}

static bool is_mysql(const Dialect *dialect)
{
    return dialect->id == DIALECT_MYSQL || dialect->id == DIALECT_MARIADB;
}

static bool at(const Scan *scan, const char *text)
{
    return str_starts(str_from_offset(scan->text, scan->at), str_from(text));
}

static bool word_char(char c)
{
    return char_is_alnum(c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool begins_line_comment(const Scan *scan)
{
    return at(scan, "--") || (is_mysql(scan->dialect) && at(scan, "#"));
}

static void skip_line_comment(Scan *scan)
{
    ptrdiff_t end = str_find_char(scan->text, '\n', scan->at);
    scan->at = end < 0 ? scan->text.len : (size_t)end + 1;
}

/* PostgreSQL nests them. */
static bool skip_block_comment(Scan *scan)
{
    bool nests = scan->dialect->id == DIALECT_POSTGRESQL;
    size_t depth = 1;
    for (scan->at += 2; scan->at < scan->text.len;) {
        if (at(scan, "*/")) {
            scan->at += 2;
            if (--depth == 0)
                return true;
        } else if (nests && at(scan, "/*")) {
            scan->at += 2;
            depth++;
        } else {
            scan->at++;
        }
    }
    /* SQLite takes one that never ends as ended by the text's end. */
    return scan->dialect->id == DIALECT_SQLITE;
}

/* E'..' of PostgreSQL and all strings of MySQL know backslashes. */
static bool knows_backslash(const Scan *scan, char quote)
{
    if (is_mysql(scan->dialect))
        return quote != '`';
    if (scan->dialect->id != DIALECT_POSTGRESQL || quote != '\'' || scan->at == 0)
        return false;
    char before = scan->text.ptr[scan->at - 1];
    bool lone = scan->at < 2 || !word_char(scan->text.ptr[scan->at - 2]);
    return lone && (before == 'e' || before == 'E');
}

static bool skip_quoted(Scan *scan)
{
    char open = scan->text.ptr[scan->at], close = open == '[' ? ']' : open;
    bool backslash = knows_backslash(scan, open);
    for (scan->at++; scan->at < scan->text.len; scan->at++) {
        char c = scan->text.ptr[scan->at];
        bool doubled = c == close && close != ']' && scan->at + 1 < scan->text.len &&
                       scan->text.ptr[scan->at + 1] == close;
        if (doubled || (backslash && c == '\\')) {
            scan->at++;
        } else if (c == close) {
            scan->at++;
            return true;
        }
    }
    return false;
}

/* The tag at a '$' ("$$", "$body$"), or an empty text. */
static Str dollar_tag(const Scan *scan)
{
    bool in_word = scan->at > 0 && word_char(scan->text.ptr[scan->at - 1]);
    if (scan->dialect->id != DIALECT_POSTGRESQL || in_word)
        return STR("");
    size_t end = scan->at + 1;
    while (end < scan->text.len && word_char(scan->text.ptr[end]) && scan->text.ptr[end] != '$')
        end++;
    bool digit = end > scan->at + 1 && char_is_digit(scan->text.ptr[scan->at + 1]);
    if (end >= scan->text.len || scan->text.ptr[end] != '$' || digit)
        return STR("");
    return str_slice(scan->text, scan->at, end + 1);
}

static bool skip_dollar(Scan *scan, Str tag)
{
    ptrdiff_t end = str_find(scan->text, tag, scan->at + tag.len);
    scan->at = end < 0 ? scan->text.len : (size_t)end + tag.len;
    return end >= 0;
}

static bool is_quote(const Scan *scan, char c)
{
    switch (c) {
    case '\'':
    case '"':
        return true;
    case '`':
        return is_mysql(scan->dialect) || scan->dialect->id == DIALECT_SQLITE;
    case '[':
        return scan->dialect->id == DIALECT_SQLITE;
    default:
        return false;
    }
}

/*
 * Where a statement's words stand: CREATE [TEMP ...] TRIGGER (MySQL: PROCEDURE, FUNCTION, EVENT)
 * has a body of BEGIN ... END whose semicolons do not end it.
 */
typedef struct Body {
    size_t words;
    bool create, routine;
    int depth; /* of BEGIN and CASE */
} Body;

static bool is_routine(const Scan *scan, Str word)
{
    static const char *const names[] = { "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT" };
    size_t count = is_mysql(scan->dialect) ? 4 : 1;
    if (scan->dialect->id == DIALECT_POSTGRESQL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(word, str_from(names[i])))
            return true;
    return false;
}

static bool closes_other(const Scan *scan, Str word)
{
    static const char *const names[] = { "IF", "LOOP", "WHILE", "REPEAT" };
    if (!is_mysql(scan->dialect))
        return false;
    for (size_t i = 0; i < 4; i++)
        if (str_eq_nocase(word, str_from(names[i])))
            return true;
    return false;
}

/* The word after the one at hand, blanks skipped. */
static Str peek_word(const Scan *scan)
{
    size_t begin = scan->at;
    while (begin < scan->text.len && char_is_space(scan->text.ptr[begin]))
        begin++;
    size_t end = begin;
    while (end < scan->text.len && word_char(scan->text.ptr[end]))
        end++;
    return str_slice(scan->text, begin, end);
}

static void note_word(const Scan *scan, Body *body, Str word)
{
    body->words++;
    if (body->words == 1)
        body->create = str_eq_nocase(word, STR("CREATE"));
    else if (body->create && !body->routine && body->words < 6)
        body->routine = is_routine(scan, word);
    if (!body->routine)
        return;
    if (str_eq_nocase(word, STR("BEGIN")) || str_eq_nocase(word, STR("CASE")))
        body->depth++;
    else if (str_eq_nocase(word, STR("END")) && body->depth > 0 &&
             !closes_other(scan, peek_word(scan)))
        body->depth--;
}

static void skip_word(Scan *scan, Body *body)
{
    size_t begin = scan->at;
    while (scan->at < scan->text.len && word_char(scan->text.ptr[scan->at]))
        scan->at++;
    Str word = str_slice(scan->text, begin, scan->at);
    bool after_end = str_eq_nocase(word, STR("CASE")) && begin >= 4 &&
                     str_eq_nocase(str_slice(scan->text, begin - 4, begin - 1), STR("END"));
    if (!after_end)
        note_word(scan, body, word);
}

/* Moves over the comment, string or other piece at hand; false when it never ends. */
static bool skip_piece(Scan *scan, Body *body)
{
    char c = scan->text.ptr[scan->at];
    if (begins_line_comment(scan)) {
        skip_line_comment(scan);
        return true;
    }
    if (at(scan, "/*"))
        return skip_block_comment(scan);
    if (is_quote(scan, c))
        return skip_quoted(scan);
    Str tag = c == '$' ? dollar_tag(scan) : STR("");
    if (tag.len > 0)
        return skip_dollar(scan, tag);
    if (word_char(c))
        skip_word(scan, body);
    else
        scan->at++;
    return true;
}

static uint32_t lines_in(Str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

/* Blanks, comments and empty statements before a statement. */
static bool skip_between(Scan *scan)
{
    Body none = { 0 };
    while (scan->at < scan->text.len) {
        char c = scan->text.ptr[scan->at];
        if (char_is_space(c) || c == ';')
            scan->at++;
        else if (!begins_line_comment(scan) && !(at(scan, "/*") && !at(scan, "/*!")))
            return true;
        else if (!skip_piece(scan, &none))
            return false;
    }
    return true;
}

static bool never_ends(Splitter *splitter, size_t begin, Error *err)
{
    Loc loc = { .line =
                    splitter->line + lines_in(str_slice(splitter->text, splitter->offset, begin)) };
    splitter->offset = splitter->text.len;
    return fail_at(err, ERR_SYNTAX, loc, "a quote or comment that begins here never ends");
}

bool split_next(Splitter *splitter, Piece *piece, Error *err)
{
    Scan scan = { splitter->text, splitter->dialect, splitter->offset };
    if (!skip_between(&scan))
        return never_ends(splitter, scan.at, err);
    size_t begin = scan.at;
    Body body = { 0 };
    while (scan.at < scan.text.len && (scan.text.ptr[scan.at] != ';' || body.depth > 0)) {
        size_t piece_begin = scan.at;
        if (!skip_piece(&scan, &body))
            return never_ends(splitter, piece_begin, err);
    }
    splitter->line += lines_in(str_slice(scan.text, splitter->offset, begin));
    piece->line = splitter->line;
    piece->sql = str_trim(str_slice(scan.text, begin, scan.at));
    splitter->line += lines_in(str_slice(scan.text, begin, scan.at));
    splitter->offset = scan.at < scan.text.len ? scan.at + 1 : scan.at;
    return piece->sql.len > 0;
}
