/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "py/ahead.h"
#include "py/code_pack.h"

static const char *compiled(Arena *arena, const char *text)
{
    const Code *code;
    Error err = error_in(arena);
    Buf out = buf_in(arena);
    if (!compile_text(arena, NULL, str_from(text), STR("x.py"), COMPILE_FILE, &code, &err))
        return str_cstr(arena, err.text);
    assert_true(code_check(arena, code, &err));
    code_dump(&out, code);
    return str_cstr(arena, buf_str(&out));
}

static void statements_become_instructions(void **state)
{
    assert_string_equal(compiled(*state, "x = a.b(1, k=2)\n"), "<module> stack 5\n"
                                                               "   0 LOAD_NAME a\n"
                                                               "   1 LOAD_METHOD b\n"
                                                               "   2 LOAD_CONST 1\n"
                                                               "   3 LOAD_CONST 2\n"
                                                               "   4 LOAD_CONST ('k',)\n"
                                                               "   5 CALL_METHOD_KW 2\n"
                                                               "   6 STORE_NAME x\n"
                                                               "   7 LOAD_CONST None\n"
                                                               "   8 RETURN_VALUE\n");
}

static void captured_variables_live_in_cells(void **state)
{
    assert_string_equal(compiled(*state, "def f(a, *, b):\n  c = 1\n  return lambda: a + c\n"),
                        "<module> stack 1\n"
                        "   0 LOAD_CONST <code f>\n"
                        "   1 MAKE_FUNCTION 0\n"
                        "   2 STORE_NAME f\n"
                        "   3 LOAD_CONST None\n"
                        "   4 RETURN_VALUE\n"
                        "\n"
                        "f(0/1*1) stack 2\n"
                        "  slots a (cell), b, c (cell)\n"
                        "   0 MAKE_CELL a\n"
                        "   1 MAKE_CELL c\n"
                        "   2 LOAD_CONST 1\n"
                        "   3 STORE_DEREF c\n"
                        "   4 LOAD_CLOSURE a\n"
                        "   5 LOAD_CLOSURE c\n"
                        "   6 BUILD_TUPLE 2\n"
                        "   7 LOAD_CONST <code <lambda>>\n"
                        "   8 MAKE_FUNCTION 8\n"
                        "   9 RETURN_VALUE\n"
                        "  10 LOAD_CONST None\n"
                        "  11 RETURN_VALUE\n"
                        "\n"
                        "f.<locals>.<lambda>(0/0*0) stack 2\n"
                        "  slots a (free), c (free)\n"
                        "   0 LOAD_DEREF a\n"
                        "   1 LOAD_DEREF c\n"
                        "   2 BINARY_OP +\n"
                        "   3 RETURN_VALUE\n");
}

static void try_costs_nothing_until_it_catches(void **state)
{
    assert_string_equal(compiled(*state, "try:\n  a\nexcept E:\n  b\n"),
                        "<module> stack 3\n"
                        "   0 LOAD_NAME a\n"
                        "   1 POP_TOP\n"
                        "   2 JUMP to 16\n"
                        "   3 PUSH_EXC_INFO\n"
                        "   4 LOAD_NAME E\n"
                        "   5 CHECK_EXC_MATCH\n"
                        "   6 POP_JUMP_IF_FALSE to 12\n"
                        "   7 POP_TOP\n"
                        "   8 LOAD_NAME b\n"
                        "   9 POP_TOP\n"
                        "  10 POP_EXCEPT\n"
                        "  11 JUMP to 16\n"
                        "  12 RERAISE\n"
                        "  13 SWAP 2\n"
                        "  14 POP_EXCEPT\n"
                        "  15 RERAISE\n"
                        "  16 LOAD_CONST None\n"
                        "  17 RETURN_VALUE\n"
                        "  0 to 2: handler 3, depth 0\n"
                        "  4 to 10: handler 13, depth 1\n"
                        "  12 to 13: handler 13, depth 1\n");
}

static const char *op_of(Arena *arena, const char *text, const char *op)
{
    return strstr(compiled(arena, text), op) ? op : "absent";
}

static void imports_that_may_fail_are_marked(void **state)
{
    static const char *const marked[] = {
        "try:\n  import a\nexcept ImportError: pass",
        "try:\n  from a import b\nexcept (KeyError, ModuleNotFoundError): pass",
        "try:\n  if x:\n    import a\nexcept: pass",
        "try:\n  import a\nexcept builtins.Exception as e: pass",
        "with contextlib.suppress(ImportError):\n  import a",
    };
    static const char *const plain[] = {
        "import a",
        "try:\n  import a\nexcept KeyError: pass",
        "try:\n  pass\nexcept ImportError:\n  import a",
        "try:\n  import a\nfinally: pass",
        "try:\n  def f():\n    import a\nexcept ImportError: pass",
    };
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        assert_string_equal(op_of(*state, marked[i], "IMPORT_NAME_TRY"), "IMPORT_NAME_TRY");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_string_equal(op_of(*state, plain[i], "IMPORT_NAME_TRY"), "absent");
}

static void what_the_grammar_allows_but_python_does_not_is_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "return 1", "'return' outside function" },
        { "yield 1", "'yield' outside function" },
        { "def f(): await x", "'await' outside async function" },
        { "break", "'break' outside loop" },
        { "continue", "'continue' not properly in loop" },
        { "def f(a, a): pass", "duplicate argument 'a' in function definition" },
        { "def f():\n  x = 1\n  global x", "name 'x' is assigned to before global declaration" },
        { "def f():\n  print(x)\n  global x", "name 'x' is used prior to global declaration" },
        { "def f():\n  nonlocal x", "no binding for nonlocal 'x' found" },
        { "nonlocal x", "nonlocal declaration not allowed at module level" },
        { "f(a=1, a=2)", "keyword argument repeated: a" },
        { "x = *y", "can't use starred expression here" },
        { "*a, *b = c", "multiple starred expressions in assignment" },
        { "*a = c", "starred assignment target must be in a list or tuple" },
        { "__debug__ = 1", "cannot assign to __debug__" },
        { "try: pass\nexcept: pass\nexcept A: pass", "default 'except:' must be last" },
        { "[(yield 1) for x in y]", "'yield' inside list comprehension" },
        { "[x := 1 for x in y]",
          "assignment expression cannot rebind comprehension iteration variable 'x'" },
        { "def f():\n  from a import *", "import * only allowed at module level" },
        { "x = 1\nfrom __future__ import annotations",
          "from __future__ imports must occur at the beginning of the file" },
        { "async def f():\n  yield 1\n  return 2", "'return' with value in async generator" },
        { "match x:\n  case a: pass\n  case b: pass",
          "name capture 'a' makes remaining patterns unreachable" },
        { "match x:\n  case [a] | [b]: pass", "alternative patterns bind different names" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(compiled(*state, rows[i].text), rows[i].message);
}

static void what_cannot_run_compiles_and_says_so_when_run(void **state)
{
    static const char *const rows[] = {
        "x = 1j",
        "x = '\\N{BULLET}'",
        "try: pass\nexcept* A: pass",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(op_of(*state, rows[i], "UNSUPPORTED"), "UNSUPPORTED");
}

static void errors_carry_place_and_excerpt(void **state)
{
    const Code *code;
    Error err = error_in(*state);
    assert_false(compile_text(*state, NULL, STR("a = 1\nif a:\n    \xc3\xa9 = f(1 2)\n"),
                              STR("x.py"), COMPILE_FILE, &code, &err));
    assert_int_equal(err.code, ERR_SYNTAX);
    assert_int_equal(err.loc.line, 3);
    assert_int_equal(err.loc.column, 11);
    assert_int_equal(err.loc.end, 14);
    assert_text(err.detail, "SyntaxError");
    assert_text(err.traceback, "  File \"x.py\", line 3\n"
                               "    \xc3\xa9 = f(1 2)\n"
                               "          ^^^\n"
                               "SyntaxError: invalid syntax. Perhaps you forgot a comma?");
}

static void positions_count_code_points(void **state)
{
    const Code *code;
    Error err = error_in(*state);
    assert_true(compile_text(*state, NULL, STR("\n'\xc3\xa9\xc3\xa9' + b\n"), STR("x.py"),
                             COMPILE_FILE, &code, &err));
    Position at = code_position(code, 1);
    assert_int_equal(at.line, 2);
    assert_int_equal(at.column, 7);
    assert_int_equal(at.end_column, 8);
    assert_int_equal(code_line(code, 2), 2);
}

static void an_expression_compiles_on_its_own(void **state)
{
    const Code *code;
    Error err = error_in(*state);
    assert_true(
        compile_text(*state, NULL, STR(" 1 + x"), STR("x"), COMPILE_EXPRESSION, &code, &err));
    assert_false(
        compile_text(*state, NULL, STR("x = 1"), STR("x"), COMPILE_EXPRESSION, &code, &err));
}

/* The two threads of ahead.h make of many files what one would, errors among them. */
static void two_threads_compile_as_one(void **state)
{
    enum { COUNT = 600 };
    VmFile files[COUNT];
    Arena *arena = arena_new(*state);
    for (int i = 0; i < COUNT; i++) {
        files[i].path = str_format(arena, "f%d.py", i);
        files[i].text = i % 50 == 7 ? STR("def f(:\n  pass\n")
                                    : str_format(arena, "x = %d\ndef f(a):\n    return a + x\n", i);
    }
    Ahead *ahead = ahead_start(arena, files, COUNT);
    for (size_t i = 0; i < COUNT - 3; i++) {
        const Code *code;
        Error err = error_in(arena);
        bool ok = ahead_take(ahead, NULL, i, &code, &err);
        assert_int_equal(ok, i % 50 != 7);
        if (!ok) {
            assert_text(err.text, "invalid syntax");
            continue;
        }
        assert_text(code->source->file, str_cstr(arena, files[i].path));
        assert_true(code_check(arena, code, &err));
        assert_int_equal(code->consts[0].integer, i);
    }
    ahead_end(ahead);
    arena_free(arena);
}

static const char *dumped(Arena *arena, const Code *code)
{
    Buf out = buf_in(arena);
    code_dump(&out, code);
    return str_cstr(arena, buf_str(&out));
}

/* Every kind of constant, slots, handlers, code in code, texts that stand nowhere in the source. */
static void packed_code_is_unpacked_the_same(void **state)
{
    Str text = STR(
        "\"d\\x00oc\"\nclass A:\n  def f(self, a, /, b=(1, -2.5, 'x\\n'), *c, d=b'\\xff', **e):\n"
        "    try:\n      return lambda: (a, __class__, 1 << 70, ..., None, True, False)\n"
        "    except (E, F) as g:\n      return g in {1, 2}\n");
    const Code *code;
    Error err = error_in(*state);
    assert_true(compile_text(*state, NULL, text, STR("x.py"), COMPILE_FILE, &code, &err));
    Buf whole = buf_in(*state);
    WordVec words = { 0 };
    buf_put(&whole, code->source->text);
    code_pack(*state, code, &whole, &words);
    Source source = { .arena = *state,
                      .file = STR("x.py"),
                      .text = str_slice(buf_str(&whole), 0, text.len) };
    const Code *again = code_unpack(*state, words.items, &source);
    assert_true(code_check(*state, again, &err));
    assert_string_equal(dumped(*state, again), dumped(*state, code));
    assert_true(source.ascii);
    for (uint32_t i = 0; i < code->instruction_count; i++)
        assert_int_equal(code_line(again, i), code_line(code, i));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(statements_become_instructions),
        ARENA_TEST(captured_variables_live_in_cells),
        ARENA_TEST(try_costs_nothing_until_it_catches),
        ARENA_TEST(imports_that_may_fail_are_marked),
        ARENA_TEST(what_the_grammar_allows_but_python_does_not_is_refused),
        ARENA_TEST(what_cannot_run_compiles_and_says_so_when_run),
        ARENA_TEST(errors_carry_place_and_excerpt),
        ARENA_TEST(positions_count_code_points),
        ARENA_TEST(an_expression_compiles_on_its_own),
        ARENA_TEST(two_threads_compile_as_one),
        ARENA_TEST(packed_code_is_unpacked_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
