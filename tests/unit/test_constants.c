/* SPDX-License-Identifier: MIT */
#include "tests.h"

#include "py/constants.h"

static const char *const names[] = { "revision", "down_revision", "branch_labels", "depends_on" };
enum { NAME_COUNT = 4 };

typedef struct Read {
    Constant found[NAME_COUNT];
    Str doc;
    Error err;
    bool ok;
} Read;

static Read read_text(Arena *arena, const char *text)
{
    Read result = { .err = error_in(arena) };
    result.ok = constants_read(arena, str_from(text), STR("x.py"), names, NAME_COUNT, result.found,
                               &result.doc, &result.err);
    return result;
}

/* What the name is bound to, as repr(); "absent" or "dynamic". */
static const char *shown(Arena *arena, Constant constant)
{
    if (constant.state != CONSTANT_FOUND)
        return constant.state == CONSTANT_ABSENT ? "absent" : "dynamic";
    Buf out = { 0 };
    const_put(&out, constant.value);
    return buf_take(&out, arena).ptr;
}

static const char *revision_of(Arena *arena, const char *text)
{
    Read result = read_text(arena, text);
    assert_true(result.ok);
    return shown(arena, result.found[0]);
}

static const char generic[] = "\"\"\"line\n\nRevises: root01\n\"\"\"\n"
                              "from typing import Sequence, Union\n"
                              "from alembic import op\n"
                              "\n"
                              "# identifiers\n"
                              "revision: str = 'left01'\n"
                              "down_revision: Union[str, Sequence[str], None] = 'root01'\n"
                              "branch_labels: Union[str, Sequence[str], None] = ('left',)\n"
                              "depends_on: Union[str, Sequence[str], None] = None\n"
                              "\n"
                              "def upgrade() -> None:\n"
                              "    op.execute(\"\"\"\n"
                              "revision = 'not this'\n"
                              "\"\"\")\n"
                              "\n"
                              "def downgrade() -> None:\n"
                              "    revision = 'nor this'\n";

static void reads_the_generic_template(void **state)
{
    Read result = read_text(*state, generic);
    assert_true(result.ok);
    assert_text(result.doc, "line\n\nRevises: root01\n");
    assert_string_equal(shown(*state, result.found[0]), "'left01'");
    assert_string_equal(shown(*state, result.found[1]), "'root01'");
    assert_string_equal(shown(*state, result.found[2]), "('left',)");
    assert_string_equal(shown(*state, result.found[3]), "None");
    assert_int_equal(constant_loc(&result.found[0]).line, 9);
    assert_int_equal(constant_loc(&result.found[0]).column, 17);
    assert_int_equal(constant_loc(&result.found[0]).end, 25);
}

static void reads_literals(void **state)
{
    static const struct {
        const char *text, *value;
    } rows[] = {
        { "revision = 'a' 'b'", "'ab'" },
        { "revision = ('a'\n  \"b\")  # c", "'ab'" },
        { "revision = 'a' + r'\\b'", "'a\\\\b'" },
        { "revision = 'a', 'b'", "('a', 'b')" },
        { "revision = ['a', 'b',]", "('a', 'b')" },
        { "revision = ()", "()" },
        { "revision = -12", "-12" },
        { "revision = 1.5", "1.5" },
        { "base = 'x'\nrevision = base", "'x'" },
        { "a = revision = 'x'", "'x'" },
        { "x = 1; revision = 'x'; y = 2", "'x'" },
        { "revision = True", "True" },
        { "revision = b'a'", "b'a'" },
        { "revision = 'a'\nrevision = 'b'", "'b'" },
        { "revision = '\\x41\\u00e9'", "'A\xc3\xa9'" },
        { "\xef\xbb\xbfrevision = 'a'\r\nx = 1\r\n", "'a'" },
        { "revision = \\\n 'a'", "'a'" },
        { "import os\nclass A:\n    revision = 'b'\nrevision = 'a'", "'a'" },
        { "def f():\n    s = f\"{x[\"'\"]}\"\nrevision = 'a'", "'a'" },
        { "def f(a=(\n1)):\n    pass\nrevision = 'a'", "'a'" },
        { "print(revision)", "absent" },
        { "revision: str", "absent" },
        { "def f():\n    revision = 'a'", "absent" },
        { "def f(): \"\\\"\"; revision = 'a'", "absent" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(revision_of(*state, rows[i].text), rows[i].value);
}

static void says_dynamic_where_only_a_run_can_tell(void **state)
{
    static const char *const rows[] = {
        "revision = f()",
        "revision = f'a'",
        "revision = 'a' f'b'",
        "revision = 'a'.lower()",
        "revision = 'a' if x else 'b'",
        "revision = {'a'}",
        "if x:\n    revision = 'a'",
        "if x: revision = 'a'",
        "for revision in x: pass",
        "try:\n    pass\nexcept E as revision:\n    pass",
        "with a as revision:\n    pass",
        "from x import revision",
        "from x import *",
        "import a as revision",
        "revision, b = 'a', 'b'",
        "revision = 'a'\nrevision += 'b'",
        "revision = 'a'\ndel revision",
        "def revision(): pass",
        "class revision: pass",
        "@d\nasync def revision(): pass",
        "f(revision := 'a')",
        "revision = 'a'\ndef f():\n    global revision\n    revision = 'b'",
        "match x:\n    case revision: pass",
        "revision = '\\N{BULLET}'",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = revision_of(*state, rows[i]);
        if (strcmp(got, "dynamic"))
            print_error("%s: %s\n", rows[i], got);
        assert_string_equal(got, "dynamic");
    }
}

static void refuses_what_never_closes(void **state)
{
    static const struct {
        const char *text, *message;
        uint32_t line;
    } rows[] = {
        { "revision = 'a", "unterminated string literal (detected at line 1)", 1 },
        { "x = 1\ndef f():\n  '''a\n",
          "unterminated triple-quoted string literal (detected at line 3)", 3 },
        { "x = (1,\n", "'(' was never closed", 1 },
        { "revision = \"\xff\"",
          "Non-UTF-8 code starting with '\\xff' in file x.py on line 1, but no "
          "encoding declared; see https://peps.python.org/pep-0263/ for "
          "details",
          1 },
        { "# coding: cp1252\n", "encoding problem: cp1252", 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Read result = read_text(*state, rows[i].text);
        assert_false(result.ok);
        assert_int_equal(result.err.code, ERR_SYNTAX);
        assert_text(result.err.text, rows[i].message);
        assert_int_equal(result.err.loc.line, rows[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(reads_the_generic_template),
        ARENA_TEST(reads_literals),
        ARENA_TEST(says_dynamic_where_only_a_run_can_tell),
        ARENA_TEST(refuses_what_never_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
