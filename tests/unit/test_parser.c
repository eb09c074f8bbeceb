/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "py/parser.h"

static const char *parsed(Arena *arena, const char *text)
{
    Source *source;
    Module *module;
    Error err = error_in(arena);
    Buf out = buf_in(arena);
    if (!source_new(arena, str_from(text), STR("x.py"), true, &source, &err) ||
        !parse_module(arena, source, &module, &err))
        return str_cstr(arena, err.text);
    ast_dump(&out, module);
    return str_cstr(arena, buf_str(&out));
}

typedef struct Row {
    const char *text, *tree;
} Row;

static void check_rows(Arena *arena, const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(parsed(arena, rows[i].text), rows[i].tree);
}
#define CHECK_ROWS(arena, rows) check_rows((arena), (rows), sizeof(rows) / sizeof *(rows))

static void trees_and_positions_are_those_of_python(void **state)
{
    static const Row rows[] = {
        { "x = 1", "Assign@0-5([Name@0-1(\"x\")]Constant@4-5(1))\n" },
        { "(a + b) * c", "Expr@0-11(BinOp@0-11(Mult BinOp@1-6(Add Name@1-2(\"a\") Name@5-6(\"b\")) "
                         "Name@10-11(\"c\")))\n" },
        { "a.b[1:2](x, *y, k=3)",
          "Expr@0-20(Call@0-20(Subscript@0-8(Attribute@0-3(Name@0-1(\"a\")\"b\") "
          "Slice@4-7(Constant@4-5(1) Constant@6-7(2) -))[Name@9-10(\"x\") "
          "Starred@12-14(Name@13-14(\"y\"))][keyword@16-19(\"k\" Constant@18-19(3))]))\n" },
        { "if a:\n  pass\nelif b: c\n",
          "If@0-22(Name@3-4(\"a\")[Pass@8-12()][If@13-22(Name@18-19(\"b\")[Expr@21-22("
          "Name@21-22(\"c\"))][])])\n" },
        { "f'{a!r}'", "Expr@0-8(JoinedStr@0-8([FormattedValue@2-7(Name@3-4(\"a\") 114 -)]))\n" },
        { "'a' 'b'", "Expr@0-7(Constant@0-7(\"ab\"))\n" },
        { "match = 1", "Assign@0-9([Name@0-5(\"match\")]Constant@8-9(1))\n" },
        { "from .. import (a as b,)", "ImportFrom@0-24(- 2alias@16-22(\"a\"\"b\"))\n" },
        { "with (a as b, c): pass", "With@0-22([Name@6-7(\"a\") Name@11-12(\"b\")Name@14-15(\"c\") "
                                    "-][Pass@18-22()])\n" },
        { "type X[T] = T", "TypeAlias@0-13(Name@5-6(\"X\")[TypeVar@7-8(\"T\"- -)]"
                           "Name@12-13(\"T\"))\n" },
    };
    CHECK_ROWS(*state, rows);
}

static void errors_are_worded_as_cpython_words_them(void **state)
{
    static const Row rows[] = {
        { "x = = 1", "invalid syntax" },
        { "f(a b)", "invalid syntax. Perhaps you forgot a comma?" },
        { "f(x) = 1", "cannot assign to function call here. Maybe you meant '==' instead of '='?" },
        { "(a, 1) = x", "cannot assign to literal" },
        { "if x = 1: pass", "invalid syntax. Maybe you meant '==' or ':=' instead of '='?" },
        { "def f(x) pass", "expected ':'" },
        { "class A\n  pass", "expected ':'" },
        { "if x:\npass", "expected an indented block after 'if' statement on line 1" },
        { "try:\n  pass\nx", "expected 'except' or 'finally' block" },
        { "f(a=1, b)", "positional argument follows keyword argument" },
        { "f(x for x in y, 1)", "Generator expression must be parenthesized" },
        { "def f(a=1, b): pass", "non-default argument follows default argument" },
        { "{a: 1, b}", "':' expected after dictionary key" },
        { "(a if b)", "expected 'else' after 'if' expression" },
        { "print 'x'", "Missing parentheses in call to 'print'. Did you mean print(...)?" },
        { "from a import b,", "trailing comma not allowed without surrounding parentheses" },
        { "f'{}'", "f-string: empty expression not allowed" },
        { "del f()", "cannot delete function call" },
        { "a, b += 1", "'tuple' is an illegal expression for augmented assignment" },
    };
    CHECK_ROWS(*state, rows);
}

static void deep_input_is_refused_not_crashed_on(void **state)
{
    static const char *const units[] = { "-", "not ", "lambda:", "a if b else ", "a**", "[", "f(" };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Buf text = buf_in(*state);
        for (int n = 0; n < 100000; n++)
            buf_puts(&text, units[i]);
        buf_puts(&text, "x");
        const char *got = parsed(*state, str_cstr(*state, buf_str(&text)));
        assert_string_equal(got, "too many nested parentheses");
    }
}

static void long_chains_are_bounded(void **state)
{
    static const char *const units[] = { "+x", ".x", "[0]", "()" };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Buf text = buf_in(*state);
        buf_puts(&text, "x");
        for (int n = 0; n < 2000; n++)
            buf_puts(&text, units[i]);
        const char *got = parsed(*state, str_cstr(*state, buf_str(&text)));
        assert_non_null(strchr(got, '@'));
        for (int n = 0; n < 100000; n++)
            buf_puts(&text, units[i]);
        got = parsed(*state, str_cstr(*state, buf_str(&text)));
        assert_string_equal(got, "expression is nested too deeply");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(trees_and_positions_are_those_of_python),
        ARENA_TEST(errors_are_worded_as_cpython_words_them),
        ARENA_TEST(deep_input_is_refused_not_crashed_on),
        ARENA_TEST(long_chains_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
