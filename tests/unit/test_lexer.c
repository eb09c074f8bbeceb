/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "base/buf.h"
#include "py/lexer.h"

/* The tokens of a text: kinds, with the text of names, numbers and strings; an error's message. */
static const char *lexed(Arena *arena, const char *text)
{
    Lexer *lexer = ARENA_NEW(arena, Lexer);
    Source *source;
    Error err = error_in(arena);
    Buf out = buf_in(arena);
    if (!source_new(arena, str_from(text), STR("x.py"), true, &source, &err))
        return str_cstr(arena, err.text);
    lexer_init(lexer, source);
    for (;;) {
        Token token = lexer_next(lexer);
        buf_puts(&out, out.len ? " " : "");
        if (token.kind == TOKEN_ERROR) {
            buf_put(&out, lexer->error.message);
            return str_cstr(arena, buf_str(&out));
        }
        if (token.kind >= TOKEN_NAME && token.kind < TOKEN_LPAREN)
            buf_put(&out, source_slice(source, (Span){ token.start, token.end }));
        else
            buf_puts(&out, token_name(token.kind));
        if (token.kind == TOKEN_END)
            return str_cstr(arena, buf_str(&out));
    }
}

typedef struct Row {
    const char *text, *tokens;
} Row;

static void check_rows(Arena *arena, const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(lexed(arena, rows[i].text), rows[i].tokens);
}
#define CHECK_ROWS(arena, rows) check_rows((arena), (rows), sizeof(rows) / sizeof *(rows))

static void tokens_are_cut_as_python_does(void **state)
{
    static const Row rows[] = {
        { "", "ENDMARKER" },
        { "x", "x NEWLINE ENDMARKER" },
        { "x = 1\n", "x = 1 NEWLINE ENDMARKER" },
        { "# only\n\n  \n", "ENDMARKER" },
        { "a**=b//c->d:=e!=f<<=g...", "a **= b // c -> d := e != f <<= g ... NEWLINE ENDMARKER" },
        { "notx not x", "notx not x NEWLINE ENDMARKER" },
        { "1.5e-3 .5 0xF_F 0b1 0o7 1_0j 1..x",
          "1.5e-3 .5 0xF_F 0b1 0o7 1_0j 1. . x NEWLINE ENDMARKER" },
        { "1if x", "1 if x NEWLINE ENDMARKER" },
        { "'a' Rb\"b\" '''c\nd'''", "'a' Rb\"b\" '''c\nd''' NEWLINE ENDMARKER" },
        { "(a,\n b)", "( a , b ) NEWLINE ENDMARKER" },
        { "a \\\n b", "a b NEWLINE ENDMARKER" },
        { "\xef\xbb\xbf"
          "a\r\nb\r",
          "a NEWLINE b NEWLINE ENDMARKER" },
        { "h\xc3\xa9 = \xe5\x90\x8d", "h\xc3\xa9 = \xe5\x90\x8d NEWLINE ENDMARKER" },
        { "# coding: latin-1\n'\xe9'", "'\xc3\xa9' NEWLINE ENDMARKER" },
    };
    CHECK_ROWS(*state, rows);
}

static void indentation_makes_blocks(void **state)
{
    static const Row rows[] = {
        { "if a:\n  b\nc", "if a : NEWLINE INDENT b NEWLINE DEDENT c NEWLINE ENDMARKER" },
        { "if a:\n\tb", "if a : NEWLINE INDENT b NEWLINE DEDENT ENDMARKER" },
        { "if a:\n  b\n # c\n\n  d", "if a : NEWLINE INDENT b NEWLINE d NEWLINE DEDENT ENDMARKER" },
        { "if a:\n  b\n c", "if a : NEWLINE INDENT b NEWLINE unindent does not match any outer "
                            "indentation level" },
        { "if a:\n        b\n\tc", "if a : NEWLINE INDENT b NEWLINE inconsistent use of tabs and "
                                   "spaces in indentation" },
    };
    CHECK_ROWS(*state, rows);
}

static void fstrings_are_cut_into_parts(void **state)
{
    static const Row rows[] = {
        { "f'a{b}c'", "f' a { b } c ' NEWLINE ENDMARKER" },
        { "f'{a!r:>{w}}{{}}'", "f' { a ! r : > { w } } {{}} ' NEWLINE ENDMARKER" },
        { "f'{a:=5}{a!=b}'", "f' { a : =5 } { a != b } ' NEWLINE ENDMARKER" },
        { "f'{'x'}'", "f' { 'x' } ' NEWLINE ENDMARKER" },
        { "f'{f\"{1}\"}'", "f' { f\" { 1 } \" } ' NEWLINE ENDMARKER" },
        { "rf'\\{a}'", "rf' \\ { a } ' NEWLINE ENDMARKER" },
        { "f'''{\na\n}'''", "f''' { a } ''' NEWLINE ENDMARKER" },
        { "f'{{a[\"x\"]}}'", "f' {{a[\"x\"]}} ' NEWLINE ENDMARKER" },
        { "f'}'", "f' f-string: single '}' is not allowed" },
        { "f'{a'", "f' { a f-string: expecting '}'" },
        { "f'a", "f' unterminated f-string literal (detected at line 1)" },
    };
    CHECK_ROWS(*state, rows);
}

static void what_is_no_token_is_named(void **state)
{
    static const Row rows[] = {
        { "'a", "unterminated string literal (detected at line 1)" },
        { "x = '''a\nb\n", "x = unterminated triple-quoted string literal (detected at line 2)" },
        { "(", "( '(' was never closed" },
        { "]", "unmatched ']'" },
        { "(\n]", "( closing parenthesis ']' does not match opening parenthesis '(' on line 1" },
        { "1a", "invalid decimal literal" },
        { "0x", "invalid hexadecimal literal" },
        { "0b2", "invalid digit '2' in binary literal" },
        { "012",
          "leading zeros in decimal integer literals are not permitted; use an 0o prefix for "
          "octal integers" },
        { "a \\ b", "a unexpected character after line continuation character" },
        { "\xe2\x82\xac", "invalid character '\xe2\x82\xac' (U+20AC)" },
        { "a\xc2\xa0", "invalid non-printable character U+00A0" },
        { "\xff", "Non-UTF-8 code starting with '\\xff' in file x.py on line 1, but no encoding "
                  "declared; see https://peps.python.org/pep-0263/ for details" },
        { "# coding: koi8-r", "encoding problem: koi8-r" },
    };
    CHECK_ROWS(*state, rows);
}

static void nesting_has_a_limit(void **state)
{
    Buf text = buf_in(*state);
    buf_put_repeat(&text, '(', 201);
    const char *tokens = lexed(*state, str_cstr(*state, buf_str(&text)));
    assert_non_null(strstr(tokens, "too many nested parentheses"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(tokens_are_cut_as_python_does), ARENA_TEST(indentation_makes_blocks),
        ARENA_TEST(fstrings_are_cut_into_parts),   ARENA_TEST(what_is_no_token_is_named),
        ARENA_TEST(nesting_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
