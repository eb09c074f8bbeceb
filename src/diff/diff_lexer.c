/* SPDX-License-Identifier: MIT */
#include "diff/diff_lexer.h"

static bool is_name_char(char c)
{
    return char_is_alnum(c) || c == '_' || c == '$' || (unsigned char)c > 127;
}

static bool is_operator_char(char c)
{
    return c && strchr("+-*/<>=~!@#%^&|?:", c);
}

static TextToken token(TextTokenKind kind, Str text)
{
    return (TextToken){ .kind = kind, .text = text };
}

/* From the quote at `at` to behind the one that ends it; a doubled one stands for itself. */
static size_t quoted_end(Str sql, size_t at, char quote)
{
    for (size_t i = at + 1; i < sql.len; i++) {
        if (sql.ptr[i] != quote)
            continue;
        if (i + 1 < sql.len && sql.ptr[i + 1] == quote)
            i++;
        else
            return i + 1;
    }
    return 0;
}

static TextToken next_quoted(TextLexer *lexer, char quote)
{
    size_t end = quoted_end(lexer->sql, lexer->at, quote);
    if (!end)
        return token(TOKEN_BAD, STR(""));
    Str text = str_slice(lexer->sql, lexer->at, end);
    lexer->at = end;
    if (quote == '\'')
        return token(TOKEN_STRING, text);
    return token(TOKEN_NAME, str_slice(text, 1, text.len - 1));
}

static TextToken next_word(TextLexer *lexer)
{
    size_t start = lexer->at;
    while (lexer->at < lexer->sql.len && is_name_char(lexer->sql.ptr[lexer->at]))
        lexer->at++;
    Str word = str_slice(lexer->sql, start, lexer->at);
    return token(TOKEN_WORD, str_lower_ascii(lexer->arena, word));
}

static TextToken next_number(TextLexer *lexer)
{
    size_t start = lexer->at;
    Str sql = lexer->sql;
    while (lexer->at < sql.len && (char_is_alnum(sql.ptr[lexer->at]) || sql.ptr[lexer->at] == '.' ||
                                   ((sql.ptr[lexer->at] == '-' || sql.ptr[lexer->at] == '+') &&
                                    char_lower(sql.ptr[lexer->at - 1]) == 'e')))
        lexer->at++;
    return token(TOKEN_NUMBER, str_slice(sql, start, lexer->at));
}

/* As PostgreSQL cuts them: an operator of these characters does not end in a sign. */
static TextToken next_operator(TextLexer *lexer)
{
    size_t start = lexer->at;
    bool odd = false;
    while (lexer->at < lexer->sql.len && is_operator_char(lexer->sql.ptr[lexer->at])) {
        odd |= strchr("~!@#%^&|?", lexer->sql.ptr[lexer->at]) != NULL;
        lexer->at++;
    }
    Str text = str_slice(lexer->sql, start, lexer->at);
    while (!odd && text.len > 1 &&
           (text.ptr[text.len - 1] == '-' || text.ptr[text.len - 1] == '+')) {
        text.len--;
        lexer->at--;
    }
    return token(TOKEN_OPERATOR, text);
}

static TextToken next_mark(TextLexer *lexer)
{
    size_t start = lexer->at++;
    return token(TOKEN_MARK, str_slice(lexer->sql, start, lexer->at));
}

static void skip_space(TextLexer *lexer)
{
    while (lexer->at < lexer->sql.len && char_is_space(lexer->sql.ptr[lexer->at]))
        lexer->at++;
}

TextToken text_lexer_next(TextLexer *lexer)
{
    skip_space(lexer);
    if (lexer->at >= lexer->sql.len)
        return token(TOKEN_END, STR(""));
    char c = lexer->sql.ptr[lexer->at];
    if (c == '\'' || c == '"' || c == '`')
        return next_quoted(lexer, c);
    if (char_is_digit(c))
        return next_number(lexer);
    if (is_name_char(c))
        return next_word(lexer);
    if (strchr("()[],.", c))
        return next_mark(lexer);
    if (is_operator_char(c))
        return next_operator(lexer);
    return token(TOKEN_BAD, STR(""));
}
