/* SPDX-License-Identifier: MIT */
/* alembic.config.Config and alembic.script.ScriptDirectory. */
#include "base/file.h"
#include "py/obj_list.h"
#include "revision/resolve.h"
#include "script/bind_context.h"

typedef struct ConfigObj {
    Config *config;
    Value attributes;
} ConfigObj;

static ConfigObj *config_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &config_class);
}

static bool config_init(Vm *vm, Call *call)
{
    ARGS(call, self, file_, toml_file, ini_section);
    ConfigObj *object = config_self(vm, self);
    ConfigSource source = { 0 };
    Str file, toml;
    Error err = vm_error(vm);
    if (!to_text(vm, file_, &file) || !to_text(vm, toml_file, &toml) ||
        !to_text(vm, ini_section, &source.section))
        return false;
    if (str_given(file))
        VEC_PUSH(bind_arena(vm), &source.files, file);
    if (str_given(toml))
        VEC_PUSH(bind_arena(vm), &source.files, toml);
    object->config = ARENA_NEW(bind_arena(vm), Config);
    object->attributes = make_dict(vm);
    if (!config_load(object->config, bind_arena(vm), &source, &err))
        return raise_error(vm, &err);
    return true;
}

bool config_value(Vm *vm, Value *v)
{
    Script *script = script_of(vm);
    *v = kept_get(script, KEPT_CONFIG);
    if (!value_is_none(*v))
        return true;
    *v = vm_new_native(vm, vm_class(vm, &config_class), &config_class);
    ConfigObj *object = config_self(vm, *v);
    object->config = script->run->config;
    object->attributes = make_dict(vm);
    kept_set(script, KEPT_CONFIG, *v);
    return true;
}

static bool give_option(Vm *vm, Call *call, bool ok, Str value, Value fallback, const Error *err)
{
    if (!ok)
        return raise_error(vm, err);
    return give(call, str_given(value) ? make_str(vm, value) : fallback);
}

/* --url is what env.py reads as sqlalchemy.url, whatever it does with it. */
static bool forced_url(Vm *vm, const ConfigObj *object, Str name, Str *value)
{
    Script *script = script_of(vm);
    if (!str_given(script->url) || object->config != script->run->config ||
        !str_is(name, "sqlalchemy.url"))
        return false;
    *value = script->url;
    return true;
}

static bool config_get_main(Vm *vm, Call *call)
{
    const Value self = call->args[0], name = call->args[1], fallback = call->args[2];
    ConfigObj *object = config_self(vm, self);
    Str option, value = STR_NONE;
    Error err = vm_error(vm);
    if (!to_text(vm, name, &option))
        return false;
    bool ok = forced_url(vm, object, option, &value) ||
              config_main_option(object->config, option, &value, &err);
    return give_option(vm, call, ok, value, fallback, &err);
}

static bool config_set_main(Vm *vm, Call *call)
{
    ARGS(call, self, name, value);
    Str option, text, url;
    if (!to_text(vm, name, &option))
        return false;
    if (is_opaque(value) && forced_url(vm, config_self(vm, self), option, &url))
        return true;
    if (!to_text(vm, value, &text))
        return false;
    if (!str_given(text))
        return vm_raise(vm, "TypeError", "option values must be strings");
    config_set_main_option(config_self(vm, self)->config, option, text);
    return true;
}

static bool config_get_section_option(Vm *vm, Call *call)
{
    const Value self = call->args[0], section = call->args[1], name = call->args[2],
                fallback = call->args[3];
    ConfigObj *object = config_self(vm, self);
    Str where, option, value = STR_NONE;
    Error err = vm_error(vm);
    if (!to_text(vm, section, &where) || !to_text(vm, name, &option))
        return false;
    bool ok = forced_url(vm, object, option, &value) ||
              config_section_option(object->config, where, option, &value, &err);
    return give_option(vm, call, ok, value, fallback, &err);
}

static bool config_set_section(Vm *vm, Call *call)
{
    ARGS(call, self, section, name, value);
    Str where, option, text;
    if (!to_text(vm, section, &where) || !to_text(vm, name, &option) || !to_text(vm, value, &text))
        return false;
    if (!str_given(text))
        return vm_raise(vm, "TypeError", "option values must be strings");
    config_set_section_option(config_self(vm, self)->config, where, option, text);
    return true;
}

static bool config_get_section(Vm *vm, Call *call)
{
    const Value self = call->args[0], name = call->args[1], fallback = call->args[2];
    ConfigObj *object = config_self(vm, self);
    Map options = map_in(bind_arena(vm));
    Str section, url;
    bool found;
    Error err = vm_error(vm);
    if (!to_text(vm, name, &section))
        return false;
    if (!config_section(object->config, bind_arena(vm), section, &options, &found, &err))
        return raise_error(vm, &err);
    if (!found && !forced_url(vm, object, STR("sqlalchemy.url"), &url))
        return give(call, fallback);
    Value out = make_dict(vm);
    for (size_t i = 0; i < options.len; i++)
        dict_set_str(vm, out, options.entries[i].key,
                     make_str(vm, *(const Str *)options.entries[i].value));
    if (forced_url(vm, object, STR("sqlalchemy.url"), &url))
        dict_set_str(vm, out, STR("sqlalchemy.url"), make_str(vm, url));
    return give(call, out);
}

static bool config_get_alembic(Vm *vm, Call *call)
{
    const Value self = call->args[0], name = call->args[1], fallback = call->args[2];
    Str option, value = STR_NONE;
    Error err = vm_error(vm);
    if (!to_text(vm, name, &option))
        return false;
    bool ok = config_option(config_self(vm, self)->config, option, &value, &err);
    return give_option(vm, call, ok, value, fallback, &err);
}

static bool config_print(Vm *vm, Call *call)
{
    ARGS(call, self, text, args);
    (void)self;
    Value print, line = text;
    if (tuple_len(args) && !value_binary(vm, "%", text, args, &line))
        return false;
    return bind_import(vm, "builtins", "print", &print) && vm_call(vm, print, &line, 1, &line);
}

/* ---- attributes ---- */

static Value text_or_none(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

static bool config_file_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, text_or_none(vm, config_self(vm, self)->config->file));
}

static bool config_toml_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, text_or_none(vm, config_self(vm, self)->config->toml_file));
}

static bool config_section_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, config_self(vm, self)->config->section));
}

static bool config_attributes(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, config_self(vm, self)->attributes);
}

/* cmd is (function, positional, keywords): scripts ask for the function's name. */
static bool command_value(Vm *vm, Value cls, Value options)
{
    Value name = make_dict(vm), function;
    vm_push(vm, name);
    dict_set_str(vm, name, STR("__name__"), make_str(vm, script_of(vm)->run->command));
    bool ok = vm_call_kw(vm, cls, NULL, 0, name, &function);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    vm_push(vm, function);
    const Value cmd[] = { function, make_list(vm, NULL, 0), make_list(vm, NULL, 0) };
    dict_set_str(vm, options, STR("cmd"), make_tuple(vm, cmd, 3));
    vm_pop(vm, 1);
    return true;
}

/* What argparse would give: every option of the program and of the command. */
static bool config_cmd_opts(Vm *vm, Call *call)
{
    const Config *config = script_of(vm)->run->config;
    Value cls, keywords = make_dict(vm), made, v;
    vm_push(vm, keywords);
    bool ok = true;
    for (size_t i = 0; ok && i < config->options.len; i++) {
        const MapEntry *each = &config->options.entries[i];
        ok = from_datum(vm, each->value, &v);
        if (ok)
            dict_set_str(vm, keywords, each->key, v);
    }
    dict_set_str(vm, keywords, STR("name"), make_str(vm, config->section));
    ok = ok && bind_import(vm, "types", "SimpleNamespace", &cls) &&
              command_value(vm, cls, keywords) && vm_call_kw(vm, cls, NULL, 0, keywords, &made);
    vm_pop(vm, 1);
    return ok && give(call, made);
}

/* A RawConfigParser of the file, for those who read further sections by it. */
static bool config_file_config(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Config *config = config_self(vm, self)->config;
    Value cls, parser, result;
    if (!bind_import(vm, "configparser", "ConfigParser", &cls) ||
        !vm_call(vm, cls, NULL, 0, &parser))
        return false;
    vm_push(vm, parser);
    const Value name = text_or_none(vm, config->file);
    bool ok = value_is_none(name) || vm_call_method(vm, parser, "read", &name, 1, &result);
    vm_pop(vm, 1);
    return ok && give(call, parser);
}

static void config_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((ConfigObj *)payload)->attributes);
}

static const NativeRow config_methods[] = {
    { "__init__(self, file_=None, toml_file=None, ini_section='alembic')", config_init,
      "Read a file." },
    { "get_main_option(self, name, default=None)", config_get_main, "An option of the section." },
    { "set_main_option(self, name, value)", config_set_main, "Set an option of the section." },
    { "get_section_option(self, section, name, default=None)", config_get_section_option,
      "An option." },
    { "set_section_option(self, section, name, value)", config_set_section, "Set an option." },
    { "get_section(self, name, default=None)", config_get_section, "A section as a dict." },
    { "get_alembic_option(self, name, default=None)", config_get_alembic,
      "An option of the ini or the toml file." },
    { "print_stdout(self, text, *arg)", config_print, "Print a line." },
};
static const NativeRow config_getters[] = {
    { "config_file_name(self)", config_file_name, "The ini file, or None." },
    { "toml_file_name(self)", config_toml_name, "The toml file, or None." },
    { "config_ini_section(self)", config_section_name, "The section." },
    { "attributes(self)", config_attributes, "A dict for scripts." },
    { "cmd_opts(self)", config_cmd_opts, "The options of the command." },
    { "file_config(self)", config_file_config, "The ini file as a ConfigParser." },
};

const NativeClass config_class = {
    .name = "Config",
    .module = "alembic.config",
    .size = sizeof(ConfigObj),
    .methods = config_methods,
    .method_count = sizeof config_methods / sizeof *config_methods,
    .getters = config_getters,
    .getter_count = sizeof config_getters / sizeof *config_getters,
    .mark = config_mark,
    .doc = "The configuration of a run.",
};

/* ---- alembic.script ---- */

typedef struct RevisionObj {
    const Revision *revision;
} RevisionObj;

static const NativeClass revision_class;

static Value revision_box(Vm *vm, const Revision *revision)
{
    if (!revision)
        return VALUE_NONE;
    Value made = vm_new_native(vm, vm_class(vm, &revision_class), &revision_class);
    ((RevisionObj *)payload_of(vm, made, &revision_class))->revision = revision;
    return made;
}

static const Revision *revision_self(Vm *vm, Value self)
{
    return ((RevisionObj *)payload_of(vm, self, &revision_class))->revision;
}

/* None, the one text, or a tuple. */
static Value scalar_or_tuple(Vm *vm, const StrVec *texts)
{
    if (texts->len == 0)
        return VALUE_NONE;
    if (texts->len == 1)
        return make_str(vm, texts->items[0]);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < texts->len; i++)
        list_append(vm, list, make_str(vm, texts->items[i]));
    return make_tuple(vm, as_list(list)->items, list_len(list));
}

static bool revision_id(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, revision_self(vm, self)->id));
}

static bool revision_down(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, scalar_or_tuple(vm, &revision_self(vm, self)->down_ids));
}

static bool revision_dependencies(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, scalar_or_tuple(vm, &revision_self(vm, self)->depends_ids));
}

static bool revision_labels(Vm *vm, Call *call)
{
    ARGS(call, self);
    const StrVec *labels = &revision_self(vm, self)->labels;
    Value set = make_set(vm, false);
    for (size_t i = 0; i < labels->len; i++)
        if (!set_add(vm, set, make_str(vm, labels->items[i])))
            return false;
    return give(call, set);
}

static bool revision_doc(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, revision_self(vm, self)->doc));
}

static bool revision_path(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, revision_self(vm, self)->path));
}

static bool revision_head_getter(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(revision_is_head(revision_self(vm, self))));
}

static const NativeRow revision_getters[] = {
    { "revision(self)", revision_id, "The id." },
    { "down_revision(self)", revision_down, "The ids below." },
    { "dependencies(self)", revision_dependencies, "The ids that it depends on." },
    { "branch_labels(self)", revision_labels, "The labels of its branch." },
    { "doc(self)", revision_doc, "The message." },
    { "path(self)", revision_path, "The file." },
    { "is_head(self)", revision_head_getter, "Whether nothing follows it." },
};

static const NativeClass revision_class = {
    .name = "Script",
    .module = "alembic.script.base",
    .size = sizeof(RevisionObj),
    .getters = revision_getters,
    .getter_count = sizeof revision_getters / sizeof *revision_getters,
    .doc = "A revision.",
};

typedef struct DirectoryObj {
    char unused;
} DirectoryObj;

static bool directory_graph(Vm *vm, Graph **graph)
{
    if (!run_graph(vm, graph))
        return false;
    return *graph || vm_raise(vm, "NotImplementedError",
                              "this command has not read the revisions: ScriptDirectory is empty");
}

bool script_directory_value(Vm *vm, Value *v)
{
    *v = vm_new_native(vm, vm_class(vm, &script_directory_class), &script_directory_class);
    return true;
}

static bool directory_from_config(Vm *vm, Call *call)
{
    Value made;
    return script_directory_value(vm, &made) && give(call, made);
}

static bool directory_head(Vm *vm, Call *call)
{
    Graph *graph;
    Revision *head;
    Error err = vm_error(vm);
    if (!directory_graph(vm, &graph))
        return false;
    if (!resolve_head(graph, STR_NONE, &head, &err))
        return raise_error(vm, &err);
    return give(call, head ? make_str(vm, head->id) : VALUE_NONE);
}

static bool give_ids(Vm *vm, Call *call, const RevisionVec *revisions)
{
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < revisions->len; i++)
        list_append(vm, list, make_str(vm, revisions->items[i]->id));
    return give(call, list);
}

static bool directory_heads(Vm *vm, Call *call)
{
    Graph *graph;
    return directory_graph(vm, &graph) && give_ids(vm, call, &graph->heads);
}

static bool directory_bases(Vm *vm, Call *call)
{
    Graph *graph;
    return directory_graph(vm, &graph) && give_ids(vm, call, &graph->bases);
}

static bool directory_revision(Vm *vm, Call *call)
{
    ARGS(call, self, id_);
    (void)self;
    Graph *graph;
    Revision *revision;
    Str id;
    Error err = vm_error(vm);
    if (!directory_graph(vm, &graph) || !to_text(vm, id_, &id))
        return false;
    if (!str_given(id))
        return give(call, VALUE_NONE);
    if (!resolve_one(graph, id, &revision, &err))
        return raise_error(vm, &err);
    return give(call, revision_box(vm, revision));
}

static bool directory_walk(Vm *vm, Call *call)
{
    ARGS(call, self, base, head);
    (void)self;
    Graph *graph;
    RevisionVec found = { 0 };
    StrVec lower, upper;
    Error err = vm_error(vm);
    if (!directory_graph(vm, &graph) || !to_names(vm, base, &lower) || !to_names(vm, head, &upper))
        return false;
    if (!walk_range(graph, &upper, &lower, &found, &err))
        return raise_error(vm, &err);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < found.len; i++)
        list_append(vm, list, revision_box(vm, found.items[i]));
    return give(call, list);
}

static bool directory_dir(Vm *vm, Call *call)
{
    return give(call, make_str(vm, script_of(vm)->state->location));
}

static bool directory_versions(Vm *vm, Call *call)
{
    return give(call, make_str(vm, path_join(bind_arena(vm), script_of(vm)->state->location,
                                             STR("versions"))));
}

static const NativeRow directory_methods[] = {
    { "get_current_head(self)", directory_head, "The id of the head, or None." },
    { "get_heads(self)", directory_heads, "The ids of all heads." },
    { "get_bases(self)", directory_bases, "The ids of all bases." },
    { "get_revision(self, id_)", directory_revision, "A revision." },
    { "walk_revisions(self, base='base', head='heads')", directory_walk,
      "Revisions, newest first." },
};
static const NativeRow directory_getters[] = {
    { "dir(self)", directory_dir, "The script location." },
    { "versions(self)", directory_versions, "Where revisions are." },
};
static const NativeRow directory_statics[] = {
    { "from_config(cls, config)", directory_from_config, "The revisions of the run." },
};

const NativeClass script_directory_class = {
    .name = "ScriptDirectory",
    .module = "alembic.script.base",
    .size = sizeof(DirectoryObj),
    .methods = directory_methods,
    .method_count = sizeof directory_methods / sizeof *directory_methods,
    .getters = directory_getters,
    .getter_count = sizeof directory_getters / sizeof *directory_getters,
    .statics = directory_statics,
    .static_count = sizeof directory_statics / sizeof *directory_statics,
    .doc = "The revisions of a run.",
};
