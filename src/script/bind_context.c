/* SPDX-License-Identifier: MIT */
/* alembic.context: what env.py calls. */
#include "script/bind_context.h"

#include "migrate/context.h"
#include "ops/op_def.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "revision/resolve.h"
#include "script/bind_engine.h"
#include "script/source.h"

/* ---- context.configure ---- */

static bool callback_output(void *script, Str text, Error *err)
{
    Script *self = script;
    Value buffer = kept_get(self, KEPT_BUFFER), result;
    const Value arg = make_str(self->vm, text);
    if (vm_call_method(self->vm, buffer, "write", &arg, 1, &result))
        return true;
    return exception_to_error(self->vm, err);
}

/* What on_version_apply gets of a step. */
static bool version_info(Vm *vm, const Step *step, Value *info)
{
    Value cls;
    if (!bind_import(vm, "alembic.runtime.migration", "MigrationInfo", &cls))
        return false;
    Value keywords = make_dict(vm);
    vm_push(vm, keywords);
    Value from = make_list(vm, NULL, 0), to = make_list(vm, NULL, 0);
    dict_set_str(vm, keywords, STR("from_ids"), from);
    dict_set_str(vm, keywords, STR("to_ids"), to);
    for (size_t i = 0; i < step->from.len; i++)
        list_append(vm, from, make_str(vm, step->from.items[i]));
    for (size_t i = 0; i < step->to.len; i++)
        list_append(vm, to, make_str(vm, step->to.items[i]));
    bool up = step->kind == STEP_UPGRADE || (step->kind == STEP_STAMP && step->is_upgrade);
    dict_set_str(vm, keywords, STR("is_upgrade"), value_bool(up));
    dict_set_str(vm, keywords, STR("is_stamp"), value_bool(step->kind == STEP_STAMP));
    bool ok = vm_call_kw(vm, cls, NULL, 0, keywords, info);
    vm_pop(vm, 1);
    return ok;
}

static bool version_call(Vm *vm, Value hook, MigrationContext *context, Value info, Value heads)
{
    Value keywords = make_dict(vm), result, run_args;
    vm_push(vm, keywords);
    dict_set_str(vm, keywords, STR("ctx"), migration_context_box(vm, context));
    dict_set_str(vm, keywords, STR("step"), info);
    dict_set_str(vm, keywords, STR("heads"), heads);
    run_args = kept_get(script_of(vm), KEPT_RUN_KW);
    dict_set_str(vm, keywords, STR("run_args"), value_is_none(run_args) ? make_dict(vm) : run_args);
    bool ok = vm_call_kw(vm, hook, NULL, 0, keywords, &result);
    vm_pop(vm, 1);
    return ok;
}

static bool callback_version(void *script, MigrationContext *context, const Step *step,
                             const StrVec *heads, Error *err)
{
    Script *self = script;
    Vm *vm = self->vm;
    Value hooks = kept_get(self, KEPT_HOOKS), info, set = make_set(vm, false);
    vm_push(vm, set);
    bool ok = version_info(vm, step, &info);
    vm_push(vm, ok ? info : VALUE_NONE);
    for (size_t i = 0; ok && i < heads->len; i++)
        ok = set_add(vm, set, make_str(vm, heads->items[i]));
    for (size_t i = 0; ok && i < list_len(hooks); i++)
        ok = version_call(vm, list_get(hooks, i), context, info, set);
    vm_pop(vm, 2);
    return ok || exception_to_error(vm, err);
}

static bool configure_hooks(Vm *vm, Script *script, Value kw, MigrationOptions *options)
{
    Value hook = keyword(kw, "on_version_apply");
    if (!value_given(hook) || value_is_none(hook))
        return true;
    Value list;
    if (is_list(hook) || is_tuple(hook)) {
        if (!vm_to_list(vm, hook, &list))
            return false;
    } else {
        list = make_list(vm, &hook, 1);
    }
    kept_set(script, KEPT_HOOKS, list);
    options->version_applied = callback_version;
    return true;
}

/* One MetaData, or a sequence of them. The first is the one whose conventions name things. */
static bool configure_metadata(Vm *vm, Script *script, Value kw, MigrationOptions *options)
{
    Value target = keyword(kw, "target_metadata"), list;
    script->state->target = NULL;
    script->state->targets.len = 0;
    if (!value_given(target) || value_is_none(target))
        list = make_list(vm, NULL, 0);
    else if (record_of(target, &metadata_record) || is_opaque(target))
        list = make_list(vm, &target, 1);
    else if (!vm_to_list(vm, target, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        MetaData *each = record_of(list_get(list, i), &metadata_record);
        vm_keep(vm, list_get(list, i));
        if (each)
            VEC_PUSH(record_arena_lasting(vm), &script->state->targets, each);
        if (i == 0)
            script->state->target = each;
    }
    options->target_metadata = script->state->target;
    return true;
}

static bool configure_dialect(Vm *vm, Script *script, Value kw, MigrationOptions *options)
{
    Value opts = keyword(kw, "dialect_opts"), url = keyword(kw, "url");
    if (value_given(opts) && is_dict(opts)) {
        Value style = dict_get_str(opts, STR("paramstyle"));
        Str text;
        if (value_given(style) && is_str(style) && to_str(vm, style, &text))
            options->paramstyle_named = str_is(text, "named");
    }
    if (value_given(url) && !value_is_none(url)) {
        Url parsed;
        if (!to_url(vm, url, &parsed))
            return false;
        options->url = url_render(bind_arena(vm), &parsed, true);
    } else if (str_given(script->url)) {
        options->url = script->url;
    }
    return to_text(vm, keyword(kw, "dialect_name"), &options->dialect_name);
}

static bool configure_texts(Vm *vm, Value kw, MigrationOptions *options)
{
    Tri per_migration, literal;
    if (!to_text(vm, keyword(kw, "starting_rev"), &options->starting_rev) ||
        !to_text(vm, keyword(kw, "tag"), &options->tag) ||
        !to_text(vm, keyword(kw, "version_table"), &options->version_table) ||
        !to_text(vm, keyword(kw, "version_table_schema"), &options->version_table_schema) ||
        !to_tri(vm, keyword(kw, "version_table_pk"), &options->version_table_pk) ||
        !to_tri(vm, keyword(kw, "transactional_ddl"), &options->transactional_ddl) ||
        !to_tri(vm, keyword(kw, "transaction_per_migration"), &per_migration) ||
        !to_tri(vm, keyword(kw, "literal_binds"), &literal))
        return false;
    options->transaction_per_migration = per_migration == TRI_TRUE;
    options->literal_binds = literal == TRI_TRUE;
    return true;
}

static bool configure_output(Script *script, Value kw, MigrationOptions *options)
{
    Value buffer = keyword(kw, "output_buffer");
    bool given = value_given(buffer) && !value_is_none(buffer);
    kept_set(script, KEPT_BUFFER, given ? buffer : VALUE_NONE);
    if (given)
        options->output = callback_output;
    return true;
}

static bool configure_options(Vm *vm, Script *script, Value kw, MigrationOptions *options)
{
    Value connection = keyword(kw, "connection");
    bool given = value_given(connection) && !value_is_none(connection);
    *options = (MigrationOptions){ .script = script };
    if (given && is_opaque(connection))
        return opaque_refuse(vm, connection, "the connection of context.configure()");
    if (given && !connection_of(vm, connection, &options->conn))
        return false;
    kept_set(script, KEPT_BIND, given ? connection : VALUE_NONE);
    return configure_dialect(vm, script, kw, options) && configure_texts(vm, kw, options) &&
           configure_metadata(vm, script, kw, options) && configure_output(script, kw, options) &&
           configure_hooks(vm, script, kw, options);
}

static bool context_configure(Vm *vm, Call *call)
{
    ARGS(call, kw);
    Script *script = script_of(vm);
    MigrationOptions options;
    MigrationContext *context;
    Error err = vm_error(vm);
    if (!configure_options(vm, script, kw, &options))
        return false;
    kept_set(script, KEPT_CONFIGURE, kw);
    if (!context_new(script->run, &options, &context, &err))
        return raise_database(vm, options.conn, &err);
    migration_context_box(vm, context);
    return true;
}

/* ---- running ---- */

static bool current(Vm *vm, MigrationContext **context)
{
    *context = script_of(vm)->run->context;
    if (*context)
        return true;
    return vm_raise(vm, "Exception", "No context has been configured yet.");
}

bool raise_migration(Vm *vm, const MigrationContext *context, const Error *err)
{
    ScriptState *state = script_of(vm)->state;
    if (!value_given(state->escaped))
        return raise_database(vm, context ? context->conn : NULL, err);
    Value exception = state->escaped;
    state->escaped = VALUE_UNSET;
    error_clear(&state->raised);
    error_copy(&state->raised, err);
    return vm_raise_value(vm, exception);
}

static bool context_run(Vm *vm, Call *call)
{
    ARGS(call, kw);
    Script *script = script_of(vm);
    MigrationContext *context;
    Error err = vm_error(vm);
    if (!current(vm, &context))
        return false;
    kept_set(script, KEPT_RUN_KW, kw);
    if (context_run_migrations(context, &err))
        return true;
    return raise_migration(vm, context, &err);
}

static bool context_begin(Vm *vm, Call *call)
{
    MigrationContext *context;
    if (!current(vm, &context))
        return false;
    Value self = migration_context_box(vm, context), result;
    if (!vm_call_method(vm, self, "begin_transaction", NULL, 0, &result))
        return false;
    return give(call, result);
}

static bool context_execute_sql(Vm *vm, Call *call)
{
    ARGS(call, sql, execution_options);
    MigrationContext *context;
    if (!current(vm, &context))
        return false;
    const Value args[] = { sql, execution_options };
    Value result;
    return vm_call_method(vm, migration_context_box(vm, context), "execute", args, 2, &result) &&
           give(call, result);
}

static bool context_static_output(Vm *vm, Call *call)
{
    ARGS(call, text);
    MigrationContext *context;
    Value result;
    return current(vm, &context) && vm_call_method(vm, migration_context_box(vm, context),
                                                   "static_output", &text, 1, &result);
}

/* ---- arguments of the command ---- */

static bool context_is_offline(Vm *vm, Call *call)
{
    return give(call, value_bool(script_of(vm)->run->as_sql));
}

static bool context_is_transactional(Vm *vm, Call *call)
{
    MigrationContext *context;
    if (!current(vm, &context))
        return false;
    return give(call, value_bool(context->transactional_ddl));
}

static Value text_or_none(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

static bool context_x_argument(Vm *vm, Call *call)
{
    ARGS(call, as_dictionary);
    const StrVec *args = &script_of(vm)->run->config->x_args;
    bool dictionary;
    if (!to_truth(vm, as_dictionary, &dictionary))
        return false;
    Value out = dictionary ? make_dict(vm) : make_list(vm, NULL, 0);
    for (size_t i = 0; i < args->len; i++) {
        Str arg = args->items[i];
        ptrdiff_t equals = str_find_char(arg, '=', 0);
        Str name = equals < 0 ? arg : str_slice(arg, 0, (size_t)equals);
        Str value = equals < 0 ? STR("") : str_from_offset(arg, (size_t)equals + 1);
        if (dictionary)
            dict_set_str(vm, out, name, make_str(vm, value));
        else
            list_append(vm, out, make_str(vm, arg));
    }
    return give(call, out);
}

static bool context_tag(Vm *vm, Call *call)
{
    return give(call, text_or_none(vm, script_of(vm)->run->tag));
}

bool run_graph(Vm *vm, Graph **graph)
{
    Script *script = script_of(vm);
    Run *run = script->run;
    Error err = vm_error(vm);
    if (!run->graph && script->directory) {
        if (!source_graph(script->directory, &err))
            return raise_error(vm, &err);
        run->graph = script->directory->graph;
    }
    *graph = run->graph;
    return true;
}

/* A target as the ids that it names: None, a str, or a tuple. */
static bool give_revisions(Vm *vm, Call *call, Str target, bool tuple)
{
    Graph *graph;
    RevisionVec found = { 0 };
    Error err = vm_error(vm);
    if (!run_graph(vm, &graph))
        return false;
    if (!graph || !str_given(target))
        return give(call, tuple ? make_tuple(vm, NULL, 0) : text_or_none(vm, target));
    RelativeTarget relative;
    if (resolve_relative(target, &relative))
        return give(call, make_str(vm, target));
    if (!resolve_all(graph, target, &found, &err))
        return raise_error(vm, &err);
    if (!tuple && found.len <= 1)
        return give(call, found.len ? make_str(vm, found.items[0]->id) : VALUE_NONE);
    Value list = make_list(vm, NULL, 0), out;
    for (size_t i = 0; i < found.len; i++)
        list_append(vm, list, make_str(vm, found.items[i]->id));
    out = make_tuple(vm, as_list(list)->items, list_len(list));
    return give(call, out);
}

static bool context_head(Vm *vm, Call *call)
{
    return give_revisions(vm, call, STR("head"), false);
}

static bool context_head_list(Vm *vm, Call *call)
{
    return give_revisions(vm, call, STR("heads"), true);
}

static bool context_revision_argument(Vm *vm, Call *call)
{
    return give_revisions(vm, call, script_of(vm)->run->destination_rev, false);
}

static bool context_starting_argument(Vm *vm, Call *call)
{
    const Run *run = script_of(vm)->run;
    if (run->context && !run->as_sql) {
        StrVec heads = { 0 };
        Error err = vm_error(vm);
        if (!context_heads(run->context, &heads, &err))
            return raise_database(vm, run->context->conn, &err);
        return give(call, heads.len ? make_str(vm, heads.items[0]) : VALUE_NONE);
    }
    return give_revisions(vm, call, run->starting_rev, false);
}

static bool context_get_bind(Vm *vm, Call *call)
{
    MigrationContext *context;
    Value bind;
    return current(vm, &context) && context_bind_value(vm, context, &bind) && give(call, bind);
}

static bool context_get_context(Vm *vm, Call *call)
{
    MigrationContext *context;
    return current(vm, &context) && give(call, migration_context_box(vm, context));
}

static const NativeRow context_rows[] = {
    { "begin_transaction()", context_begin, "A transaction as the database allows." },
    { "configure(**kw)", context_configure, "Configure a migration context." },
    { "execute(sql, execution_options=None)", context_execute_sql, "Run a statement." },
    { "get_bind()", context_get_bind, "The connection." },
    { "get_context()", context_get_context, "The context configured last." },
    { "get_head_revision()", context_head, "The id of the head." },
    { "get_head_revisions()", context_head_list, "The ids of all heads." },
    { "get_revision_argument()", context_revision_argument, "The target of the command." },
    { "get_starting_revision_argument()", context_starting_argument, "Where the command begins." },
    { "get_tag_argument()", context_tag, "The value of --tag." },
    { "get_x_argument(as_dictionary=False)", context_x_argument, "The values of -x." },
    { "is_offline_mode()", context_is_offline, "Whether SQL is written instead of run." },
    { "is_transactional_ddl()", context_is_transactional, "Whether DDL runs in transactions." },
    { "run_migrations(**kw)", context_run, "Run the steps of the command." },
    { "static_output(text)", context_static_output, "Write text among the SQL." },
};

bool context_lookup(Vm *vm, Str name, Value *v)
{
    if (str_is(name, "config"))
        return config_value(vm, v);
    if (str_is(name, "script"))
        return script_directory_value(vm, v);
    for (size_t i = 0; i < sizeof context_rows / sizeof *context_rows; i++) {
        size_t length = strcspn(context_rows[i].signature, "(");
        if (name.len == length && memcmp(name.ptr, context_rows[i].signature, length) == 0)
            *v = vm_function(vm, &context_rows[i], NULL);
    }
    return true;
}
