/* SPDX-License-Identifier: MIT */
#include "py/lexer.h"

#include "py/unicode.h"

static const char *const token_texts[TOKEN_KIND_COUNT] = {
#define X(name, text) [TOKEN_##name] = text,
    TOKEN_OPERATORS(X) TOKEN_KEYWORDS(X)
#undef X
};

static const char *const other_names[] = {
    [TOKEN_END] = "ENDMARKER",
    [TOKEN_ERROR] = "ERROR",
    [TOKEN_NEWLINE] = "NEWLINE",
    [TOKEN_INDENT] = "INDENT",
    [TOKEN_DEDENT] = "DEDENT",
    [TOKEN_NAME] = "NAME",
    [TOKEN_NUMBER] = "NUMBER",
    [TOKEN_STRING] = "STRING",
    [TOKEN_FSTRING_START] = "FSTRING_START",
    [TOKEN_FSTRING_MIDDLE] = "FSTRING_MIDDLE",
    [TOKEN_FSTRING_END] = "FSTRING_END",
    [TOKEN_UNKNOWN] = "UNKNOWN",
};

const char *token_text(TokenKind kind)
{
    return token_texts[kind];
}

const char *token_name(TokenKind kind)
{
    return token_texts[kind] ? token_texts[kind] : other_names[kind];
}

bool token_is_keyword(TokenKind kind)
{
    return kind >= TOKEN_FALSE;
}

/* Where the keywords of a first letter begin; they stand in the order of their text. */
static const uint8_t keyword_starts[128] = {
    ['F'] = TOKEN_FALSE,    ['N'] = TOKEN_NONE,   ['T'] = TOKEN_TRUE,  ['a'] = TOKEN_AND,
    ['b'] = TOKEN_BREAK,    ['c'] = TOKEN_CLASS,  ['d'] = TOKEN_DEF,   ['e'] = TOKEN_ELIF,
    ['f'] = TOKEN_FINALLY,  ['g'] = TOKEN_GLOBAL, ['i'] = TOKEN_IF,    ['l'] = TOKEN_LAMBDA,
    ['n'] = TOKEN_NONLOCAL, ['o'] = TOKEN_OR,     ['p'] = TOKEN_PASS,  ['r'] = TOKEN_RAISE,
    ['t'] = TOKEN_TRY,      ['w'] = TOKEN_WHILE,  ['y'] = TOKEN_YIELD,
};

TokenKind token_keyword(Str name)
{
    if (name.len < 2 || name.len > 8 || (unsigned char)name.ptr[0] >= sizeof keyword_starts)
        return TOKEN_NAME;
    char first = name.ptr[0];
    int kind = keyword_starts[(unsigned char)first];
    for (; kind && kind < TOKEN_KIND_COUNT && token_texts[kind][0] == first; kind++) {
        if (str_is(name, token_texts[kind]))
            return (TokenKind)kind;
    }
    return TOKEN_NAME;
}

void lexer_init(Lexer *lexer, Source *source)
{
    lexer->source = source;
    lexer->text = source->text.ptr;
    lexer->at = 0;
    lexer->end = (uint32_t)source->text.len;
    lexer->line_start = lexer->ended_line = true;
    lexer->pending = 0;
    lexer->indent_count = lexer->paren_count = lexer->fstring_count = 0;
    lexer->failed = false;
    lexer->error = (LexerError){ 0 };
}

/* The character `ahead` places on; NUL at the end. */
static char peek(const Lexer *lexer, uint32_t ahead)
{
    return ahead < lexer->end - lexer->at ? lexer->text[lexer->at + ahead] : '\0';
}

static bool at_end(const Lexer *lexer)
{
    return lexer->at >= lexer->end;
}

static Token token(const Lexer *lexer, TokenKind kind, uint32_t start)
{
    return (Token){ .kind = kind, .start = start, .end = lexer->at };
}

static Token refuse_as(Lexer *lexer, LexerError error)
{
    if (!lexer->failed)
        lexer->error = error;
    lexer->failed = true;
    return (Token){ .kind = TOKEN_ERROR, .start = error.span.start, .end = error.span.end };
}

__attribute__((format(printf, 4, 5))) static Token refuse(Lexer *lexer, uint32_t start,
                                                          uint32_t end, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str message = str_vformat(lexer->source->arena, format, args);
    va_end(args);
    return refuse_as(lexer, (LexerError){ .message = message, .span = { start, end } });
}

static uint32_t line_end(const Lexer *lexer, uint32_t from)
{
    ptrdiff_t end = str_find_char(lexer->source->text, '\n', from);
    return end < 0 ? lexer->end : (uint32_t)end;
}

static Token refuse_indent(Lexer *lexer, SyntaxClass cls, const char *message)
{
    uint32_t end = line_end(lexer, lexer->at);
    return refuse_as(lexer, (LexerError){ .cls = cls,
                                          .message = str_from(message),
                                          .span = { end, end + 1 },
                                          .late = true });
}

/* At the line's start: no caret is drawn under the indentation. */
static Token refuse_tabs(Lexer *lexer)
{
    uint32_t start = lexer->at;
    while (start > 0 && lexer->text[start - 1] != '\n')
        start--;
    return refuse_as(
        lexer, (LexerError){ .cls = TAB_ERROR,
                             .message = STR("inconsistent use of tabs and spaces in indentation"),
                             .span = { start, start + 1 },
                             .late = true });
}

/* Past a backslash: the line end that must follow it. False after an error. */
static bool skip_continuation(Lexer *lexer)
{
    uint32_t at = lexer->at;
    lexer->at++;
    if (at_end(lexer) || (peek(lexer, 0) == '\n' && lexer->at + 1 >= lexer->end)) {
        refuse_as(lexer, (LexerError){ .message = STR("unexpected EOF while parsing"),
                                       .span = { at, at + 1 },
                                       .late = true });
        return false;
    }
    if (peek(lexer, 0) != '\n') {
        Str message = STR("unexpected character after line continuation character");
        Span span = { lexer->at, lexer->at + 1 };
        refuse_as(lexer, (LexerError){ .message = message, .span = span, .late = true });
        return false;
    }
    lexer->at++;
    return true;
}

typedef struct Indent {
    uint32_t column, alternative;
    uint32_t continued; /* the column of the first backslash; 0: none */
} Indent;

static void skip_spaces(Lexer *lexer)
{
    const char *text = lexer->text;
    uint32_t at = lexer->at, end = lexer->end;
    while (at < end && text[at] == ' ')
        at++;
    lexer->at = at;
}

static bool measure_indent(Lexer *lexer, Indent *indent)
{
    uint32_t start = lexer->at;
    skip_spaces(lexer);
    indent->column = indent->alternative = lexer->at - start;
    for (;; lexer->at++) {
        char c = peek(lexer, 0);
        if (c == ' ') {
            indent->column++;
            indent->alternative++;
        } else if (c == '\t') {
            indent->column = (indent->column / 8 + 1) * 8;
            indent->alternative++;
        } else if (c == '\f') {
            indent->column = indent->alternative = 0;
        } else if (c == '\\') {
            if (!indent->continued)
                indent->continued = indent->column;
            if (!skip_continuation(lexer))
                return false;
            lexer->at--;
        } else {
            break;
        }
    }
    if (indent->continued)
        indent->column = indent->alternative = indent->continued;
    return true;
}

static bool apply_indent(Lexer *lexer, Indent indent)
{
    uint32_t count = lexer->indent_count;
    uint32_t column = count ? lexer->indents[count - 1].column : 0;
    uint32_t alternative = count ? lexer->indents[count - 1].alternative : 0;
    if (indent.column == column)
        return indent.alternative == alternative || (refuse_tabs(lexer), false);
    if (indent.column > column) {
        if (count + 1 >= LEXER_INDENTS_MOST)
            return refuse_indent(lexer, INDENTATION_ERROR, "too many levels of indentation"), false;
        if (indent.alternative <= alternative)
            return refuse_tabs(lexer), false;
        lexer->indents[count].column = indent.column;
        lexer->indents[count].alternative = indent.alternative;
        lexer->indent_count++;
        lexer->pending = 1;
        return true;
    }
    for (; count && indent.column < lexer->indents[count - 1].column; count--)
        lexer->pending--;
    column = count ? lexer->indents[count - 1].column : 0;
    alternative = count ? lexer->indents[count - 1].alternative : 0;
    if (indent.column != column)
        return refuse_indent(lexer, INDENTATION_ERROR,
                             "unindent does not match any outer indentation level"),
               false;
    if (indent.alternative != alternative)
        return refuse_tabs(lexer), false;
    lexer->indent_count = count;
    return true;
}

static void skip_comment(Lexer *lexer)
{
    if (peek(lexer, 0) == '#')
        lexer->at = line_end(lexer, lexer->at);
}

/* At the start of a line: skips empty ones, and counts what the next one's indentation changes. */
static bool begin_line(Lexer *lexer)
{
    lexer->line_start = false;
    for (;;) {
        Indent indent = { 0 };
        if (!measure_indent(lexer, &indent))
            return false;
        skip_comment(lexer);
        if (at_end(lexer))
            return true;
        if (peek(lexer, 0) != '\n')
            return apply_indent(lexer, indent);
        lexer->at++;
    }
}

static Token pending_token(Lexer *lexer)
{
    bool indents = lexer->pending > 0;
    lexer->pending += indents ? -1 : 1;
    return token(lexer, indents ? TOKEN_INDENT : TOKEN_DEDENT, lexer->at);
}

static bool is_digit_of(char c, int radix)
{
    if (radix == 16)
        return char_is_digit(c) || (char_lower(c) >= 'a' && char_lower(c) <= 'f');
    return c >= '0' && c < '0' + radix;
}

/* Letters, digits, '_', and all bytes past ASCII: one bit a character. */
static bool is_name_char(char c)
{
    static const uint64_t set[4] = { 0x03FF000000000000, 0x07FFFFFE87FFFFFE, UINT64_MAX,
                                     UINT64_MAX };
    unsigned char at = (unsigned char)c;
    return set[at >> 6] >> (at & 63) & 1;
}

static bool follows(const Lexer *lexer, const char *text)
{
    for (uint32_t i = 0; text[i]; i++) {
        if (peek(lexer, i) != text[i])
            return false;
    }
    return true;
}

/* A number may touch a keyword that goes on with the expression: `1if x else 2`. */
static bool number_may_end(const Lexer *lexer)
{
    static const char *const keywords[] = { "and", "else", "for", "if", "in", "is", "or", "not" };
    if (!is_name_char(peek(lexer, 0)))
        return true;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (follows(lexer, keywords[i]))
            return true;
    }
    return false;
}

static Token refuse_number(Lexer *lexer, const char *kind)
{
    uint32_t at = lexer->at;
    return refuse(lexer, at - (at > 0), at, "invalid %s literal", kind);
}

static Token end_number(Lexer *lexer, uint32_t start, const char *kind)
{
    if (!number_may_end(lexer))
        return refuse_number(lexer, kind);
    return token(lexer, TOKEN_NUMBER, start);
}

/* Digits with single underscores between them. False when an underscore has no digit after it. */
static bool skip_digits(Lexer *lexer)
{
    for (;;) {
        while (char_is_digit(peek(lexer, 0)))
            lexer->at++;
        if (peek(lexer, 0) != '_')
            return true;
        lexer->at++;
        if (!char_is_digit(peek(lexer, 0)))
            return false;
    }
}

static Token lex_radix(Lexer *lexer, uint32_t start, int radix, const char *kind)
{
    lexer->at += 2;
    do {
        if (peek(lexer, 0) == '_')
            lexer->at++;
        char c = peek(lexer, 0);
        if (!is_digit_of(c, radix) && char_is_digit(c))
            return refuse(lexer, lexer->at, lexer->at + 1, "invalid digit '%c' in %s literal", c,
                          kind);
        if (!is_digit_of(c, radix))
            return refuse_number(lexer, kind);
        while (is_digit_of(peek(lexer, 0), radix))
            lexer->at++;
    } while (peek(lexer, 0) == '_');
    char c = peek(lexer, 0);
    if (char_is_digit(c))
        return refuse(lexer, lexer->at, lexer->at + 1, "invalid digit '%c' in %s literal", c, kind);
    return end_number(lexer, start, kind);
}

/* 0: no exponent; 1: skipped; -1: refused. */
static int skip_exponent(Lexer *lexer)
{
    if (char_lower(peek(lexer, 0)) != 'e')
        return 0;
    char c = peek(lexer, 1);
    bool sign = c == '+' || c == '-';
    if (!char_is_digit(sign ? peek(lexer, 2) : c)) {
        if (!sign && number_may_end(lexer))
            return 0;
        lexer->at += sign;
        refuse_number(lexer, "decimal");
        return -1;
    }
    lexer->at += sign ? 2 : 1;
    if (skip_digits(lexer))
        return 1;
    refuse_number(lexer, "decimal");
    return -1;
}

static bool has_nonzero_digit(const Lexer *lexer, uint32_t start)
{
    for (uint32_t i = start; i < lexer->at; i++) {
        if (lexer->text[i] != '0' && lexer->text[i] != '_')
            return true;
    }
    return false;
}

static uint32_t zeros_end(const Lexer *lexer, uint32_t start)
{
    while (lexer->text[start] == '0' || lexer->text[start] == '_')
        start++;
    return start;
}

static Token lex_number(Lexer *lexer)
{
    uint32_t start = lexer->at;
    if (peek(lexer, 0) == '0') {
        char c = char_lower(peek(lexer, 1));
        if (c == 'x')
            return lex_radix(lexer, start, 16, "hexadecimal");
        if (c == 'o')
            return lex_radix(lexer, start, 8, "octal");
        if (c == 'b')
            return lex_radix(lexer, start, 2, "binary");
    }
    if (!skip_digits(lexer))
        return refuse_number(lexer, "decimal");
    uint32_t whole_end = lexer->at;
    if (peek(lexer, 0) == '.') {
        lexer->at++;
        if (char_is_digit(peek(lexer, 0)) && !skip_digits(lexer))
            return refuse_number(lexer, "decimal");
    }
    if (skip_exponent(lexer) < 0)
        return token(lexer, TOKEN_ERROR, start);
    if (char_lower(peek(lexer, 0)) == 'j') {
        lexer->at++;
        return end_number(lexer, start, "imaginary");
    }
    bool whole = lexer->at == whole_end;
    if (whole && lexer->text[start] == '0' && has_nonzero_digit(lexer, start))
        return refuse(lexer, start, zeros_end(lexer, start),
                      "leading zeros in decimal integer literals are not permitted; use an 0o "
                      "prefix for octal integers");
    return end_number(lexer, start, "decimal");
}

static uint32_t detected_line(Lexer *lexer)
{
    bool past = lexer->at >= lexer->end && lexer->end > 0;
    return source_line(lexer->source, past ? lexer->end - 1 : lexer->at);
}

/* The f-string's own quote within one of its fields: the field was never closed. */
static bool closes_fstring(const Lexer *lexer, char quote, bool triple)
{
    if (lexer->fstring_count == 0)
        return false;
    const OpenFstring *top = &lexer->fstrings[lexer->fstring_count - 1];
    return top->fields > 0 && top->quote == quote && top->triple == triple;
}

static Token refuse_string(Lexer *lexer, uint32_t start, char quote, bool triple)
{
    if (closes_fstring(lexer, quote, triple))
        return refuse(lexer, start, start + 1, "f-string: expecting '}'");
    return refuse(lexer, start, start + 1, "unterminated %sstring literal (detected at line %u)",
                  triple ? "triple-quoted " : "", detected_line(lexer));
}

static bool is_triple(const Lexer *lexer, char quote)
{
    return peek(lexer, 1) == quote && peek(lexer, 2) == quote;
}

/* At the opening quote; `start` is that of the prefix. */
static Token lex_string(Lexer *lexer, uint32_t start)
{
    char quote = peek(lexer, 0);
    bool triple = is_triple(lexer, quote);
    const char *text = lexer->text;
    uint32_t at = lexer->at + (triple ? 3 : 1), end = lexer->end;
    for (; at < end; at++) {
        char c = text[at];
        if (c != '\\' && c != '\n' && c != quote)
            continue;
        lexer->at = at;
        if (c == '\\') {
            at++;
        } else if (c == '\n' && !triple) {
            break;
        } else if (c == quote && (!triple || is_triple(lexer, quote))) {
            lexer->at += triple ? 3 : 1;
            return token(lexer, TOKEN_STRING, start);
        }
    }
    lexer->at = at < end ? at : end;
    return refuse_string(lexer, start, quote, triple);
}

static OpenFstring *top_fstring(Lexer *lexer)
{
    return lexer->fstring_count ? &lexer->fstrings[lexer->fstring_count - 1] : NULL;
}

/* In the literal part of an f-string, or in a format spec. */
static bool in_literal(const Lexer *lexer)
{
    if (lexer->fstring_count == 0)
        return false;
    const OpenFstring *top = &lexer->fstrings[lexer->fstring_count - 1];
    return top->fields == 0 || top->field[top->fields - 1].in_spec;
}

/* Directly in a field's expression, not in brackets of its own. */
static bool in_field(const Lexer *lexer)
{
    if (lexer->fstring_count == 0)
        return false;
    const OpenFstring *top = &lexer->fstrings[lexer->fstring_count - 1];
    return top->fields > 0 && !top->field[top->fields - 1].in_spec &&
           top->field[top->fields - 1].level == lexer->paren_count;
}

static Token lex_fstring_start(Lexer *lexer, uint32_t start, bool raw)
{
    if (lexer->fstring_count == LEXER_FSTRINGS_MOST)
        return refuse(lexer, start, lexer->at, "too many nested f-strings");
    char quote = peek(lexer, 0);
    bool triple = is_triple(lexer, quote);
    lexer->at += triple ? 3 : 1;
    lexer->fstrings[lexer->fstring_count++] =
        (OpenFstring){ .start = start, .quote = quote, .triple = triple, .raw = raw };
    return token(lexer, TOKEN_FSTRING_START, start);
}

static bool open_paren(Lexer *lexer, char bracket, bool field)
{
    if (lexer->paren_count == LEXER_PARENS_MOST)
        return refuse(lexer, lexer->at, lexer->at + 1, "too many nested parentheses"), false;
    lexer->parens[lexer->paren_count++] =
        (OpenParen){ .at = lexer->at, .bracket = bracket, .field = field };
    return true;
}

static Token lex_field_start(Lexer *lexer, OpenFstring *open)
{
    uint32_t start = lexer->at;
    if (open->fields == LEXER_FIELDS_MOST)
        return refuse(lexer, start, start + 1, "f-string: expressions nested too deeply");
    if (!open_paren(lexer, '{', true))
        return token(lexer, TOKEN_ERROR, start);
    open->field[open->fields].level = lexer->paren_count;
    open->field[open->fields].in_spec = false;
    open->fields++;
    lexer->at++;
    return token(lexer, TOKEN_LBRACE, start);
}

static Token refuse_fstring(Lexer *lexer, const OpenFstring *open)
{
    if (open->fields)
        return refuse(lexer, lexer->at, lexer->at + 1, "f-string: expecting '}'");
    return refuse(lexer, open->start, open->start + 1,
                  "unterminated %sf-string literal (detected at line %u)",
                  open->triple ? "triple-quoted " : "", detected_line(lexer));
}

/* Past a backslash in the literal part, which hides a quote, but no brace. */
static void skip_fstring_escape(Lexer *lexer, bool raw)
{
    lexer->at++;
    char c = peek(lexer, 0);
    if (c == '{' || c == '}' || at_end(lexer))
        return;
    if (!raw && c == 'N' && peek(lexer, 1) == '{') {
        uint32_t ahead = 2;
        while (char_is_alnum(peek(lexer, ahead)) || peek(lexer, ahead) == ' ' ||
               peek(lexer, ahead) == '-')
            ahead++;
        lexer->at += peek(lexer, ahead) == '}' ? ahead : 0;
    }
    lexer->at++;
}

static Token end_fstring(Lexer *lexer, const OpenFstring *open)
{
    uint32_t start = lexer->at;
    lexer->at += open->triple ? 3 : 1;
    lexer->fstring_count--;
    return token(lexer, TOKEN_FSTRING_END, start);
}

static Token middle_or(Lexer *lexer, uint32_t start, Token (*next)(Lexer *, OpenFstring *))
{
    if (lexer->at > start)
        return token(lexer, TOKEN_FSTRING_MIDDLE, start);
    return next(lexer, top_fstring(lexer));
}

static Token close_field(Lexer *lexer, OpenFstring *open)
{
    uint32_t start = lexer->at;
    lexer->at++;
    lexer->paren_count--;
    open->fields--;
    return token(lexer, TOKEN_RBRACE, start);
}

static Token finish_fstring(Lexer *lexer, OpenFstring *open)
{
    if (open->fields)
        return refuse_fstring(lexer, open);
    return end_fstring(lexer, open);
}

/* The literal text up to the next field, the end of the spec or of the f-string. */
static Token lex_fstring_part(Lexer *lexer)
{
    OpenFstring *open = top_fstring(lexer);
    bool in_spec = open->fields > 0;
    uint32_t start = lexer->at;
    while (!at_end(lexer)) {
        char c = lexer->text[lexer->at];
        if (c == open->quote && (!open->triple || is_triple(lexer, c)))
            return middle_or(lexer, start, finish_fstring);
        if (c == '\n' && !open->triple)
            return refuse_fstring(lexer, open);
        if (c == '\\') {
            skip_fstring_escape(lexer, open->raw);
        } else if (c == '{') {
            if (in_spec || peek(lexer, 1) != '{')
                return middle_or(lexer, start, lex_field_start);
            lexer->at += 2;
        } else if (c == '}') {
            if (in_spec)
                return middle_or(lexer, start, close_field);
            if (peek(lexer, 1) != '}')
                return refuse(lexer, lexer->at, lexer->at + 1,
                              "f-string: single '}' is not allowed");
            lexer->at += 2;
        } else {
            lexer->at++;
        }
    }
    return refuse_fstring(lexer, open);
}

/* The value of a string prefix: 0 none, 1 plain, 2 f-string, 3 raw f-string. */
static int string_prefix(Str name)
{
    if (name.len > 2)
        return 0;
    char a = char_lower(name.ptr[0]), b = name.len == 2 ? char_lower(name.ptr[1]) : '\0';
    if (b == '\0')
        return a == 'f' ? 2 : a == 'r' || a == 'b' || a == 'u';
    if ((a == 'f' && b == 'r') || (a == 'r' && b == 'f'))
        return 3;
    return (a == 'b' && b == 'r') || (a == 'r' && b == 'b');
}

static Token check_unicode_name(Lexer *lexer, uint32_t start)
{
    Str text = { lexer->text, lexer->at };
    for (size_t at = start, from = at; at < lexer->at; from = at) {
        uint32_t c = utf8_next(text, &at);
        if (from == start ? unicode_is_name_start(c) : unicode_is_name_part(c))
            continue;
        if (!unicode_is_printable(c))
            return refuse(lexer, (uint32_t)from, (uint32_t)at,
                          "invalid non-printable character U+%04X", c);
        return refuse(lexer, (uint32_t)from, (uint32_t)at, "invalid character '%.*s' (U+%04X)",
                      (int)(at - from), text.ptr + from, c);
    }
    return token(lexer, TOKEN_NAME, start);
}

static Token lex_name(Lexer *lexer)
{
    uint32_t start = lexer->at, at = start, end = lexer->end;
    unsigned char bits = 0;
    for (const char *text = lexer->text; at < end && is_name_char(text[at]); at++)
        bits |= (unsigned char)text[at];
    lexer->at = at;
    Str name = { lexer->text + start, lexer->at - start };
    char next = peek(lexer, 0);
    int prefix = next == '\'' || next == '"' ? string_prefix(name) : 0;
    if (prefix > 1)
        return lex_fstring_start(lexer, start, prefix == 3);
    if (prefix)
        return lex_string(lexer, start);
    if (bits >= 0x80)
        return check_unicode_name(lexer, start);
    return token(lexer, token_keyword(name), start);
}

static char opening_of(char c)
{
    return c == ')' ? '(' : c == ']' ? '[' : '{';
}

static Token refuse_closing(Lexer *lexer, char c, OpenParen open)
{
    uint32_t line = source_line(lexer->source, open.at);
    uint32_t at = lexer->at;
    if (line != source_line(lexer->source, at))
        return refuse(lexer, at, at + 1,
                      "closing parenthesis '%c' does not match opening parenthesis '%c' on line %u",
                      c, open.bracket, line);
    return refuse(lexer, at, at + 1,
                  "closing parenthesis '%c' does not match opening parenthesis '%c'", c,
                  open.bracket);
}

static Token lex_closing(Lexer *lexer, char c, TokenKind kind)
{
    uint32_t start = lexer->at;
    if (in_field(lexer)) {
        if (c == '}')
            return close_field(lexer, top_fstring(lexer));
        return refuse(lexer, start, start + 1, "f-string: unmatched '%c'", c);
    }
    if (lexer->paren_count == 0)
        return refuse(lexer, start, start + 1, "unmatched '%c'", c);
    OpenParen open = lexer->parens[lexer->paren_count - 1];
    if (open.bracket != opening_of(c))
        return refuse_closing(lexer, c, open);
    lexer->paren_count--;
    lexer->at++;
    return token(lexer, kind, start);
}

static TokenKind two_char_kind(char a, char b)
{
    for (int kind = TOKEN_LPAREN; kind < TOKEN_FALSE; kind++) {
        const char *text = token_texts[kind];
        if (text[0] == a && text[1] == b && b && !text[2])
            return (TokenKind)kind;
    }
    return TOKEN_UNKNOWN;
}

static TokenKind three_char_kind(char a, char b, char c)
{
    if (a == '.' && b == '.' && c == '.')
        return TOKEN_ELLIPSIS;
    if (c != '=' || a != b)
        return TOKEN_UNKNOWN;
    return a == '*'   ? TOKEN_DOUBLE_STAR_EQUAL
           : a == '/' ? TOKEN_DOUBLE_SLASH_EQUAL
           : a == '<' ? TOKEN_LSHIFT_EQUAL
           : a == '>' ? TOKEN_RSHIFT_EQUAL
                      : TOKEN_UNKNOWN;
}

static TokenKind one_char_kind(char c)
{
    static const uint8_t kinds[128] = {
        ['('] = TOKEN_LPAREN,    [')'] = TOKEN_RPAREN,      ['['] = TOKEN_LBRACKET,
        [']'] = TOKEN_RBRACKET,  ['{'] = TOKEN_LBRACE,      ['}'] = TOKEN_RBRACE,
        [':'] = TOKEN_COLON,     [','] = TOKEN_COMMA,       [';'] = TOKEN_SEMICOLON,
        ['.'] = TOKEN_DOT,       ['='] = TOKEN_EQUAL,       ['@'] = TOKEN_AT,
        ['~'] = TOKEN_TILDE,     ['!'] = TOKEN_EXCLAMATION, ['<'] = TOKEN_LT,
        ['>'] = TOKEN_GT,        ['+'] = TOKEN_PLUS,        ['-'] = TOKEN_MINUS,
        ['*'] = TOKEN_STAR,      ['/'] = TOKEN_SLASH,       ['%'] = TOKEN_PERCENT,
        ['&'] = TOKEN_AMPERSAND, ['|'] = TOKEN_BAR,         ['^'] = TOKEN_CARET,
    };
    int kind = (unsigned char)c < sizeof kinds ? kinds[(unsigned char)c] : 0;
    return kind ? (TokenKind)kind : TOKEN_UNKNOWN;
}

/* An operator of more than one character: the second is its first again, or one of these. */
static TokenKind long_kind(Lexer *lexer, char a, char b)
{
    TokenKind kind = three_char_kind(a, b, peek(lexer, 2));
    if (kind != TOKEN_UNKNOWN) {
        lexer->at += 2;
        return kind;
    }
    kind = two_char_kind(a, b);
    if (kind == TOKEN_UNKNOWN && !(a == '<' && b == '>'))
        return one_char_kind(a);
    lexer->at++;
    return kind;
}

static Token lex_operator(Lexer *lexer)
{
    uint32_t start = lexer->at;
    char a = peek(lexer, 0), b = peek(lexer, 1);
    TokenKind kind = one_char_kind(a);
    if (a == '(' || a == '[' || a == '{') {
        if (!open_paren(lexer, a, false))
            return token(lexer, TOKEN_ERROR, start);
    } else if (a == ')' || a == ']' || a == '}') {
        return lex_closing(lexer, a, kind);
    } else if (a == ':' && in_field(lexer)) {
        OpenFstring *open = top_fstring(lexer);
        open->field[open->fields - 1].in_spec = true;
    } else if (b == '=' || b == a || b == '>') {
        kind = long_kind(lexer, a, b);
    }
    lexer->at++;
    return token(lexer, kind, start);
}

static bool skip_blank(Lexer *lexer)
{
    for (;;) {
        char c = peek(lexer, 0);
        if (c > '#' && c != '\\')
            return true;
        if (c == ' ')
            skip_spaces(lexer);
        else if (c == '\t' || c == '\f' || (c == '\n' && lexer->paren_count))
            lexer->at++;
        else if (c == '\\' && !skip_continuation(lexer))
            return false;
        else if (c == '#')
            skip_comment(lexer);
        else if (c != '\\')
            return true;
    }
}

static Token lex_end(Lexer *lexer)
{
    if (lexer->paren_count) {
        OpenParen open = lexer->parens[lexer->paren_count - 1];
        Str message = str_format(lexer->source->arena, "'%c' was never closed", open.bracket);
        return refuse_as(lexer, (LexerError){ .message = message,
                                              .span = { open.at, open.at + 1 },
                                              .unclosed = true,
                                              .late = true });
    }
    if (!lexer->ended_line) {
        lexer->ended_line = true;
        return token(lexer, TOKEN_NEWLINE, lexer->at);
    }
    if (lexer->indent_count) {
        lexer->indent_count--;
        return token(lexer, TOKEN_DEDENT, lexer->at);
    }
    return token(lexer, TOKEN_END, lexer->at);
}

static Token lex_newline(Lexer *lexer)
{
    uint32_t start = lexer->at++;
    lexer->line_start = true;
    lexer->ended_line = true;
    return token(lexer, TOKEN_NEWLINE, start);
}

Token lexer_next(Lexer *lexer)
{
    if (lexer->failed)
        return (Token){ TOKEN_ERROR, lexer->error.span.start, lexer->error.span.end };
    if (in_literal(lexer))
        return lex_fstring_part(lexer);
    if (lexer->line_start && !begin_line(lexer))
        return token(lexer, TOKEN_ERROR, lexer->at);
    if (lexer->pending)
        return pending_token(lexer);
    if (!skip_blank(lexer))
        return token(lexer, TOKEN_ERROR, lexer->at);
    if (at_end(lexer))
        return lex_end(lexer);
    char c = peek(lexer, 0);
    if (c == '\n')
        return lex_newline(lexer);
    lexer->ended_line = false;
    if (char_is_digit(c) || (c == '.' && char_is_digit(peek(lexer, 1))))
        return lex_number(lexer);
    if (is_name_char(c))
        return lex_name(lexer);
    if (c == '\'' || c == '"')
        return lex_string(lexer, lexer->at);
    return lex_operator(lexer);
}
