/* SPDX-License-Identifier: MIT */
/*
 * Scripts of tests/script, which assert by themselves; but for own_*.py they also pass under Python with
 * SQLAlchemy.
 * Templates: text to script, and rendered.
 */
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "script/limits.h"
#include "script/source.h"
#include "script/template.h"

static Script *script_make(Arena *arena)
{
    Run *run = ARENA_NEW(arena, Run);
    Config *config = ARENA_NEW(arena, Config);
    ConfigSource source = { 0 };
    Error err = error_in(arena);
    assert_true(config_load(config, arena, &source, &err));
    *run = (Run){ .arena = arena, .config = config, .log = log_tree_new(arena) };
    return script_new(run);
}

static void run_file(Arena *arena, Str path)
{
    Arena *own = arena_new(arena);
    Script *script = script_make(own);
    Error err = error_in(own);
    Vm *vm;
    Value module;
    assert_true(script_vm(script, &vm, &err));
    if (!vm_run_file(vm, path, STR("__main__"), true, &module, &err)) {
        fprintf(stderr, "%.*s\n%.*s\n", STR_ARG(err.text), STR_ARG(err.traceback));
        assert_text(path, "a script without errors");
    }
    arena_free(own);
}

static void scripts_behave_as_under_sqlalchemy(void **state)
{
    Arena *arena = *state;
    Str folder = str_from(getenv("LIMBECK_SCRIPTS"));
    StrVec names = { 0 };
    Error err = error_in(arena);
    size_t ran = 0;
    assert_true(dir_list(arena, folder, &names, &err));
    VEC_EACH(Str, each, &names) {
        if (!str_ends(*each, STR(".py")))
            continue;
        run_file(arena, path_join(arena, folder, *each));
        ran++;
    }
    assert_true(ran > 0);
}

/* ---- revision files ---- */

enum { FILE_COUNT = 600 };

static Str revision_path(Arena *arena, const char *folder, int number)
{
    return str_format(arena, "%s/%03d.%s", folder, number, number % 9 ? "py" : "sql");
}

static void write_text(Str path, Str text)
{
    FILE *f = fopen(path.ptr, "w");
    assert_non_null(f);
    fwrite(text.ptr, 1, text.len, f);
    fclose(f);
}

static void write_revisions(Arena *arena, const char *folder)
{
    for (int i = 0; i < FILE_COUNT; i++) {
        const char *format = i % 9 ? "\"\"\"Number %d\"\"\"\nrevision = 'r%d'\ndown_revision = 'r%d'\n"
                                   : "-- Number %d\n-- revision: r%d\n-- down_revision: r%d\n";
        Str text = str_format(arena, format, i, i, i - 1);
        if (i == 0)
            text = STR("-- Number 0\n-- revision: r0\n");
        write_text(revision_path(arena, folder, i), text);
    }
}

static bool read_graph(Arena *arena, const char *folder, ScriptDirectory *dir, Error *err)
{
    *dir = (ScriptDirectory){ .arena = arena, .keep = 1 << 20 };
    VEC_PUSH(arena, &dir->version_locations, str_from(folder));
    return source_graph(dir, err);
}

/* Two threads read them: the graph is that of one, and so is what is said of a broken file. */
static void many_revision_files_make_one_graph(void **state)
{
    char folder[] = "/tmp/limbeck-test-XXXXXX";
    Arena *arena = arena_new(*state);
    ScriptDirectory dir;
    Error err = error_in(arena);
    assert_non_null(mkdtemp(folder));
    write_revisions(arena, folder);
    assert_true(read_graph(arena, folder, &dir, &err));
    assert_int_equal(dir.graph->revisions.len, FILE_COUNT);
    for (int i = 0; i < FILE_COUNT; i++) {
        const Revision *rev = dir.graph->revisions.items[i];
        assert_text(rev->id, str_format(arena, "r%d", i).ptr);
        assert_text(rev->doc, str_format(arena, "Number %d", i).ptr);
        assert_int_equal(rev->downs.len, i > 0);
        assert_int_equal(str_given(rev->text), i % 9 > 0);
    }
    write_text(revision_path(arena, folder, 593), STR("revision = 'r1\n"));
    write_text(revision_path(arena, folder, 7), STR("revision = 'r2\n"));
    assert_false(read_graph(arena, folder, &dir, &err));
    assert_text(err.loc.file, revision_path(arena, folder, 7).ptr);
    for (int i = 0; i < FILE_COUNT; i++)
        unlink(revision_path(arena, folder, i).ptr);
    rmdir(folder);
    arena_free(arena);
}

/* ---- templates ---- */

static Str render(Arena *arena, const char *text)
{
    Script *script = script_make(arena);
    Map values = map_in(arena);
    Datum *name = ARENA_NEW(arena, Datum), *list = ARENA_NEW(arena, Datum);
    Datum *items = ARENA_ARRAY(arena, Datum, 2);
    items[0] = datum_str(STR("a"));
    items[1] = datum_str(STR("b"));
    *name = datum_str(STR("x<y"));
    *list = (Datum){ .kind = DATUM_LIST, .list = { items, 2 } };
    map_set(&values, STR("name"), name);
    map_set(&values, STR("ids"), list);
    Error err = error_in(arena);
    Str out;
    if (!template_render(script, str_from(text), STR("t.mako"), &values, &out, &err))
        return err.text;
    return out;
}

static void template_writes_expressions_and_filters(void **state)
{
    assert_text(render(*state, "a ${name} b"), "a x<y b");
    assert_text(render(*state, "${name | h}"), "x&lt;y");
    assert_text(render(*state, "${ids | comma,n}"), "a, b");
    assert_text(render(*state, "${repr(ids)}"), "('a', 'b')");
    assert_text(render(*state, "${' q ' | trim}|"), "q|");
    assert_text(render(*state, "${{'a': '}'}['a']}"), "}");
}

static void template_takes_what_is_missing_as_false(void **state)
{
    assert_text(render(*state, "${upgrades if upgrades else 'pass'}"), "pass");
    assert_non_null(strstr(render(*state, "${upgrades}").ptr, "Undefined"));
}

static void template_follows_control_lines(void **state)
{
    assert_text(render(*state, "% for i in ids:\n- ${i}\n% endfor\nend"), "- a\n- b\nend");
    assert_text(render(*state, "% if name == 'q':\n1\n% elif ids:\n2\n% else:\n3\n% endif\n"), "2\n");
    assert_text(render(*state, "% if not ids:\n% endif\nx"), "x");
    assert_text(render(*state, "%% x\n ## gone\na\\\nb"), "% x\nab");
}

static void template_runs_blocks_and_defs(void **state)
{
    assert_text(render(*state, "<%! import re %>${re.sub('x', 'z', name)}"), "z<y");
    assert_text(render(*state, "<%\n  a = 1\n  if a:\n    a = 2\n%>${a}"), "2");
    assert_text(render(*state, "<%def name=\"f(a)\">[${a}]</%def>${f(1)}${f('b')}"), "[1][b]");
    assert_text(render(*state, "<%text>${no}</%text><%doc>gone</%doc>!"), "${no}!");
}

static void template_names_the_line_of_an_error(void **state)
{
    Arena *arena = *state;
    Error err = error_in(arena);
    Str source;
    assert_false(template_translate(arena, STR("a\n% endif\n"), STR("t.mako"), &source, &err));
    assert_int_equal(err.loc.line, 2);
    err = error_in(arena);
    assert_false(template_translate(arena, STR("a\nb ${1"), STR("t.mako"), &source, &err));
    assert_text(err.text, "expected: }");
}

static void templates_are_complete(void **state)
{
    static const char *const names[] = { "generic", "async", "multidb", "pyproject",
                                         "pyproject_async" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_non_null(template_file(str_from(names[i]), STR("env.py")));
        assert_non_null(template_file(str_from(names[i]), STR("script.py.mako")));
        assert_non_null(template_file(str_from(names[i]), STR("README")));
        assert_non_null(template_file(str_from(names[i]), STR("alembic.ini.mako")));
    }
    assert_null(template_file(STR("generic"), STR("nothing")));
}

/* ---- limits ---- */

static Str one_variable(void *context, Str name)
{
    const char *const *pair = context;
    return str_is(name, pair[0]) ? str_from(pair[1]) : STR_NONE;
}

static bool limits_of(Arena *arena, const char *name, const char *text, VmLimits *limits, Error *err)
{
    const char *pair[] = { name, text };
    Config config;
    ConfigSource source = { .environment = one_variable, .environment_context = pair };
    *err = error_in(arena);
    assert_true(config_load(&config, arena, &source, err));
    return limits_read(&config, limits, err);
}

static void limits_take_sizes_and_whole_numbers(void **state)
{
    VmLimits limits;
    Error err;
    assert_true(limits_of(*state, "LIMBECK_MAX_HEAP", "2 mb", &limits, &err));
    assert_int_equal(limits.heap_bytes, 2 << 20);
    assert_true(limits_of(*state, "LIMBECK_MAX_STEPS", "1000", &limits, &err));
    assert_int_equal(limits.steps, 1000);
    assert_int_equal(limits.depth, 0);
}

static void limits_refuse_what_is_no_size(void **state)
{
    VmLimits limits;
    Error err;
    assert_false(limits_of(*state, "LIMBECK_MAX_HEAP", "much", &limits, &err));
    assert_text(err.text, "max_heap = much: it takes a size, such as 256 MB");
    assert_false(limits_of(*state, "LIMBECK_MAX_SECONDS", "1.5", &limits, &err));
    assert_text(err.text, "max_seconds = 1.5: it takes a whole number");
    assert_false(limits_of(*state, "LIMBECK_MAX_STRING", "9999999999999999 GB", &limits, &err));
}

static void heap_limit_below_the_first_collection_holds(void **state)
{
    VmOptions options = { .limits = { .heap_bytes = 200 << 10 } };
    Vm *vm = vm_new(*state, &options);
    Error err = error_in(*state);
    Value module;
    assert_false(vm_run_source(vm, STR("a = []\nwhile True:\n    a.append('x' * 100)\n"),
                               STR("a.py"), STR("a"), &module, &err));
    assert_true(str_starts(err.text, STR("MemoryError")) ||
                str_find(err.traceback, STR("MemoryError"), 0) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(scripts_behave_as_under_sqlalchemy),
        ARENA_TEST(many_revision_files_make_one_graph),
        ARENA_TEST(template_writes_expressions_and_filters),
        ARENA_TEST(template_takes_what_is_missing_as_false),
        ARENA_TEST(template_follows_control_lines),
        ARENA_TEST(template_runs_blocks_and_defs),
        ARENA_TEST(template_names_the_line_of_an_error),
        ARENA_TEST(templates_are_complete),
        ARENA_TEST(limits_take_sizes_and_whole_numbers),
        ARENA_TEST(limits_refuse_what_is_no_size),
        ARENA_TEST(heap_limit_below_the_first_collection_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
