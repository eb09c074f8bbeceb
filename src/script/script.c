/* SPDX-License-Identifier: MIT */
#include "script/script.h"
#include "script/limits.h"

#include "base/file.h"
#include "prelude/prelude.h"
#include "py/obj_list.h"
#include "script/autogen.h"
#include "script/bind_element.h"
#include "script/bind_ops.h"
#include "script/calls.h"
#include "script/state.h"

Value kept_get(Script *script, KeptSlot slot)
{
    return list_get(script->state->kept, slot);
}

void kept_set(Script *script, KeptSlot slot, Value v)
{
    as_list(script->state->kept)->items[slot] = v;
}

Script *script_of(Vm *vm)
{
    return vm_context(vm);
}

bool script_escapes(Script *script, Error *err)
{
    Vm *vm = script->vm;
    Value exception = vm_catch(vm);
    script->state->escaped = exception;
    kept_set(script, KEPT_ESCAPED, exception);
    vm_raise_value(vm, exception);
    return exception_to_error(vm, err);
}

/* ---- bodies of revisions ---- */

/* `ahead`: its place among the files of vm_ahead_start, or -1. */
static bool body_module(Script *script, const Revision *revision, ptrdiff_t ahead, Value *module,
                        Error *err)
{
    Value bodies = kept_get(script, KEPT_BODIES);
    *module = dict_get_str(bodies, revision->path);
    if (value_given(*module))
        return true;
    Str name = str_format(script->arena, "%.*s_py", STR_ARG(revision->id));
    bool ok = ahead < 0 ? vm_load_file(script->vm, revision->path, name, false, module)
                        : vm_ahead_load(script->vm, (size_t)ahead, name, module);
    if (!ok)
        return script_escapes(script, err);
    dict_set_str(script->vm, bodies, revision->path, *module);
    return true;
}

static bool is_python(const Step *step)
{
    return step->revision && step->kind != STEP_STAMP &&
           !str_ends(step->revision->path, STR(".sql"));
}

/* Whether vm_ahead_start can have it: its text is at hand, and no other database wanted it yet. */
static bool is_ahead(Script *script, const Revision *revision)
{
    Value bodies = kept_get(script, KEPT_BODIES);
    return str_given(revision->text) && !value_given(dict_get_str(bodies, revision->path));
}

/* Every file of the plan is compiled and its top level run before the first statement. */
static bool script_prepare(void *self, MigrationContext *context, const StepVec *steps, Error *err)
{
    Script *script = self;
    VEC(VmFile) files = { 0 };
    VEC_EACH (const Step, step, steps)
        if (is_python(step) && is_ahead(script, step->revision))
            VEC_PUSH(context->arena, &files,
                     ((VmFile){ step->revision->path, step->revision->text }));
    vm_ahead_start(script->vm, files.items, files.len);
    ptrdiff_t next = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < steps->len; i++) {
        const Revision *revision = steps->items[i].revision;
        if (!is_python(&steps->items[i]))
            continue;
        Value module;
        ok = body_module(script, revision, is_ahead(script, revision) ? next++ : -1, &module, err);
    }
    vm_ahead_end(script->vm);
    return ok;
}

static bool body_call(Script *script, Value module, const char *name, Error *err)
{
    Vm *vm = script->vm;
    Value function, result, kw = kept_get(script, KEPT_RUN_KW);
    if (!vm_getattr(vm, module, name, &function) ||
        !vm_call_kw(vm, function, NULL, 0, is_dict(kw) ? kw : VALUE_UNSET, &result))
        return script_escapes(script, err);
    return true;
}

/* A statement that a handler of the body could catch is waited for; else its place is kept. */
static bool script_may_post(void *self, uint64_t token)
{
    Script *script = self;
    Vm *vm = script->vm;
    if (!vm)
        return true;
    if (vm_guarded(vm, script->state->body_depth))
        return false;
    Value traces = kept_get(script, KEPT_TRACES);
    if (list_len(traces) > token)
        as_list(traces)->len = token;
    while (list_len(traces) < token)
        list_append(vm, traces, VALUE_NONE);
    list_append(vm, traces, vm_trace(vm, script->state->body_depth));
    return true;
}

static void script_again(void *self)
{
    Script *script = self;
    script->state->escaped = VALUE_UNSET;
    if (script->vm)
        kept_set(script, KEPT_ESCAPED, VALUE_NONE);
}

static bool script_body(void *self, MigrationContext *context, const Step *step, Error *err)
{
    Script *script = self;
    Value module;
    if (!body_module(script, step->revision, -1, &module, err))
        return false;
    size_t outer = script->state->body_depth;
    script->state->body_depth = vm_depth(script->vm);
    bool ok = body_call(script, module, step->kind == STEP_UPGRADE ? "upgrade" : "downgrade", err);
    script->state->body_depth = outer;
    if (ok && context->conn)
        vm_rest(script->vm);
    return ok;
}

/* ---- the VM ---- */

static Value kept_new(Vm *vm)
{
    Value items[KEPT_COUNT];
    for (size_t i = 0; i < KEPT_COUNT; i++)
        items[i] = VALUE_NONE;
    items[KEPT_BODIES] = make_dict(vm);
    items[KEPT_COMPILES] = make_dict(vm);
    items[KEPT_CUSTOM_OPS] = make_dict(vm);
    items[KEPT_DIRECTIVES] = make_dict(vm);
    items[KEPT_HOOKS] = make_list(vm, NULL, 0);
    items[KEPT_TRACES] = make_list(vm, NULL, 0);
    return make_list(vm, items, KEPT_COUNT);
}

static void modules_add(Vm *vm)
{
    for (size_t i = 0; i < sa_module_count; i++)
        bind_module_add(vm, &sa_modules[i]);
    for (size_t i = 0; i < alembic_module_count; i++)
        bind_module_add(vm, &alembic_modules[i]);
    for (size_t i = 0; i < script_prelude_module_count; i++)
        vm_add_prelude(vm, &script_prelude_modules[i]);
    bind_ops_register(vm);
    autogen_register(vm);
    bind_types_register(vm);
    bind_schema_register(vm);
    bind_element_register(vm);
    bind_expr_register(vm);
}

static void add_path(Script *script, StrVec *path, Str folder)
{
    strvec_add(script->arena, path, path_absolute(script->arena, folder));
}

/* Of a folder inside a package: where the outermost package lies. */
static void add_package_root(Script *script, StrVec *path, Str folder)
{
    Arena *arena = script->arena;
    Str at = path_absolute(arena, folder);
    bool inside = false;
    while (at.len > 1 && file_exists(path_join(arena, at, STR("__init__.py")))) {
        at = path_dirname(at);
        inside = true;
    }
    if (inside)
        add_path(script, path, at);
}

static void add_project(Script *script, StrVec *path, Str folder)
{
    Str source = path_join(script->arena, folder, STR("src"));
    add_path(script, path, folder);
    if (file_is_dir(source))
        add_path(script, path, source);
    add_package_root(script, path, folder);
}

/*
 * prepend_sys_path, each against the working directory, and PYTHONPATH. Last the folder of the ini
 * and the working directory, their src/, and where the package lies that it is in: there are a
 * project's own packages that Python finds because they are installed.
 */
static bool search_path(Script *script, StrVec *path, Error *err)
{
    const Config *config = script->run->config;
    StrVec given = { 0 }, warnings = { 0 };
    if (!config_paths(config, STR("prepend_sys_path"), &given, &warnings, err))
        return false;
    VEC_EACH (Str, each, &given)
        add_path(script, path, *each);
    Str rest = config_environment(config, STR("PYTHONPATH"));
    for (Str each; str_given(rest) && str_split_next(&rest, ':', &each);)
        if (each.len)
            add_path(script, path, each);
    Str here = str_given(config->here) ? config->here : config->toml_here;
    if (!str_given(here) || here.len == 0)
        here = STR(".");
    add_project(script, path, here);
    add_project(script, path, STR("."));
    return true;
}

bool script_vm(Script *script, Vm **vm, Error *err)
{
    StrVec path = { 0 };
    if (!script->vm) {
        VmOptions options = { .search_path = &path,
                              .log = script->run->log,
                              .interrupted = script->run->interrupted };
        if (!search_path(script, &path, err) ||
            !limits_read(script->run->config, &options.limits, err) ||
            !stress_read(script->run->config, &options.gc_stress, err))
            return false;
        script->vm = vm_new(script->arena, &options);
        vm_set_context(script->vm, script);
        script->state->kept = kept_new(script->vm);
        vm_push(script->vm, script->state->kept);
        modules_add(script->vm);
    }
    *vm = script->vm;
    return true;
}

Script *script_new(Run *run)
{
    Script *script = ARENA_NEW(run->arena, Script);
    script->run = run;
    script->arena = run->arena;
    script->state = ARENA_NEW(run->arena, ScriptState);
    script->state->escaped = VALUE_UNSET;
    script->state->texts = map_in(run->arena);
    script->state->raised = error_in(run->arena);
    calls_fill(script);
    run->calls = &script->calls;
    run->prepare = script_prepare;
    run->body = script_body;
    run->may_post = script_may_post;
    run->again = script_again;
    run->body_context = script;
    return script;
}
