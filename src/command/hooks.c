/* SPDX-License-Identifier: MIT */
#include "command/hooks.h"

#include "command/process.h"

typedef struct Hook {
    Str name;
    Map options; /* name -> Str * */
} Hook;

typedef VEC(Hook) HookVec;

static Str hook_option(const Hook *hook, const char *name)
{
    const Str *value = map_get(&hook->options, str_from(name));
    return value ? *value : STR_NONE;
}

static void split_names(Arena *arena, Str text, StrVec *names)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != ',' && !char_is_space(text.ptr[i]))
            continue;
        if (i > start)
            VEC_PUSH(arena, names, str_slice(text, start, i));
        start = i + 1;
    }
}

/* `black.type = ...` of the section becomes the option `type` of the hook `black`. */
static bool read_ini(CommandRun *run, HookVec *hooks, Error *err)
{
    Map section;
    bool found;
    StrVec names = { 0 };
    if (!config_section(&run->config, run->arena, STR("post_write_hooks"), &section, &found, err))
        return false;
    const Str *list = map_get(&section, STR("hooks"));
    if (list)
        split_names(run->arena, *list, &names);
    VEC_EACH (Str, name, &names) {
        Hook hook = { *name, map_in(run->arena) };
        Str prefix = str_concat(run->arena, *name, STR("."));
        for (size_t i = 0; i < section.len; i++)
            if (str_starts(section.entries[i].key, prefix))
                map_set(&hook.options, str_from_offset(section.entries[i].key, prefix.len),
                        section.entries[i].value);
        VEC_PUSH(run->arena, hooks, hook);
    }
    return true;
}

static bool read_toml_hook(CommandRun *run, const TomlValue *table, HookVec *hooks, Error *err)
{
    Hook hook = { STR(""), map_in(run->arena) };
    for (size_t i = 0; table->kind == TOML_TABLE && i < table->table.len; i++) {
        const TomlValue *value = table->table.entries[i].value;
        if (value->kind != TOML_STRING)
            return fail(err, ERR_CONFIG, "options of post_write_hooks in %.*s must be strings",
                        STR_ARG(run->config.toml_file));
        Str *text = ARENA_NEW(run->arena, Str);
        *text = config_toml_text(&run->config, value->string);
        map_set(&hook.options, table->table.entries[i].key, text);
    }
    hook.name = hook_option(&hook, "name");
    VEC_PUSH(run->arena, hooks, hook);
    return true;
}

static bool read_toml(CommandRun *run, HookVec *hooks, Error *err)
{
    const TomlValue *list = toml_find(run->config.toml, STR("post_write_hooks"));
    if (!list || list->kind != TOML_ARRAY)
        return true;
    VEC_EACH (const TomlValue *, table, &list->array) {
        if (!read_toml_hook(run, *table, hooks, err))
            return false;
    }
    return true;
}

static bool required(const Hook *hook, const char *name, Str *value, Error *err)
{
    *value = hook_option(hook, name);
    return str_given(*value) ||
           fail(err, ERR_COMMAND, "Key %.*s.%s is required for post write hook '%.*s'",
                STR_ARG(hook->name), name, STR_ARG(hook->name));
}

/* The words that begin the command line, by the hook's type. */
static bool hook_program(Arena *arena, const Hook *hook, Str type, StrVec *words, Error *err)
{
    Str program;
    if (str_is(type, "module")) {
        if (!required(hook, "module", &program, err))
            return false;
        VEC_PUSH(arena, words, STR("python3"));
        VEC_PUSH(arena, words, STR("-m"));
    } else if (str_is(type, "exec")) {
        if (!required(hook, "executable", &program, err))
            return false;
    } else if (str_is(type, "console_scripts")) {
        if (!required(hook, "entrypoint", &program, err))
            return false;
    } else {
        return fail(err, ERR_COMMAND, "No formatter with name '%.*s' registered", STR_ARG(type));
    }
    VEC_PUSH(arena, words, program);
    return true;
}

static bool hook_arguments(Arena *arena, const Hook *hook, Str path, StrVec *words, Error *err)
{
    Str token = STR("REVISION_SCRIPT_FILENAME"), text = hook_option(hook, "options");
    if (str_find(text, token, 0) < 0)
        text = str_format(arena, "%.*s %.*s", STR_ARG(token), STR_ARG(text));
    StrVec arguments = { 0 };
    if (!process_split(arena, text, &arguments, err))
        return false;
    VEC_EACH (Str, word, &arguments)
        VEC_PUSH(arena, words, str_replace(arena, *word, token, path));
    return true;
}

/* The hook's own exit status is its own affair, as in Alembic. */
static bool hook_run(CommandRun *run, const Hook *hook, Str path, Error *err)
{
    StrVec words = { 0 };
    Str type;
    int status;
    if (!required(hook, "type", &type, err))
        return false;
    result_message(run, "Running post write hook '%.*s' ...", STR_ARG(hook->name));
    bool ok = hook_program(run->arena, hook, type, &words, err) &&
              hook_arguments(run->arena, hook, path, &words, err) &&
              process_run(run->arena, &words, hook_option(hook, "cwd"), &status, err);
    result_text(run, ok ? "  done" : "  FAILED");
    return ok;
}

bool hooks_run(CommandRun *run, Str path, Error *err)
{
    HookVec hooks = { 0 };
    if (!read_ini(run, &hooks, err) || (!hooks.len && !read_toml(run, &hooks, err)))
        return false;
    VEC_EACH (Hook, hook, &hooks) {
        if (!hook_run(run, hook, path, err))
            return false;
    }
    return true;
}
