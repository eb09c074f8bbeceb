/* SPDX-License-Identifier: MIT */
/* alembic.runtime.migration.MigrationContext, and the transactions that it opens. */
#include "ops/op_def.h"
#include "py/obj_list.h"
#include "script/bind_context.h"
#include "script/bind_engine.h"
#include "script/bind_mock.h"
#include "script/bind_op.h"

typedef struct ContextObj {
    MigrationContext *context;
} ContextObj;

static ContextBox *context_entry(Vm *vm, const MigrationContext *context)
{
    ScriptState *state = script_of(vm)->state;
    VEC_EACH (ContextBox, each, &state->contexts)
        if (each->context == context)
            return each;
    return NULL;
}

Value migration_context_box(Vm *vm, MigrationContext *context)
{
    const ContextBox *entry = context_entry(vm, context);
    if (entry)
        return entry->object;
    Script *script = script_of(vm);
    Value made =
        vm_new_native(vm, vm_class(vm, &migration_context_class), &migration_context_class);
    ((ContextObj *)payload_of(vm, made, &migration_context_class))->context = context;
    ContextBox box = { context, made, kept_get(script, KEPT_BIND),
                       kept_get(script, KEPT_CONFIGURE) };
    if (!value_is_none(box.bind) && !context->conn)
        box.bind = VALUE_NONE;
    script_keep(vm, box.object);
    script_keep(vm, box.bind);
    script_keep(vm, box.options);
    VEC_PUSH(record_arena_lasting(vm), &script->state->contexts, box);
    return made;
}

bool migration_context_of(Vm *vm, Value v, MigrationContext **context)
{
    ContextObj *object = to_payload(vm, v, &migration_context_class);
    if (!object)
        return false;
    *context = object->context;
    return true;
}

Value context_keywords(Vm *vm, MigrationContext *context)
{
    migration_context_box(vm, context);
    Value keywords = context_entry(vm, context)->options;
    return value_is_none(keywords) ? VALUE_UNSET : keywords;
}

bool context_bind_value(Vm *vm, MigrationContext *context, Value *bind)
{
    migration_context_box(vm, context);
    ContextBox *entry = context_entry(vm, context);
    if (context->conn && value_is_none(entry->bind)) {
        entry->bind = connection_box(vm, context->conn);
        script_keep(vm, entry->bind);
    }
    *bind = context->as_sql ? mock_connection_new(vm, context) : entry->bind;
    return true;
}

static MigrationContext *self_context(Vm *vm, Value self)
{
    return ((ContextObj *)payload_of(vm, self, &migration_context_class))->context;
}

/* ---- transactions ---- */

typedef struct ScopeObj {
    MigrationContext *context;
    bool autocommit; /* else a transaction */
    bool open;
} ScopeObj;

static const NativeClass scope_class;

static bool scope_begin(Vm *vm, ScopeObj *scope)
{
    Error err = vm_error(vm);
    bool ok = scope->autocommit ? context_autocommit_begin(scope->context, &err)
                                : context_begin_transaction(scope->context, &err);
    scope->open = ok;
    return ok || raise_database(vm, scope->context->conn, &err);
}

static bool scope_end(Vm *vm, ScopeObj *scope, bool good)
{
    Error err = vm_error(vm);
    if (!scope->open)
        return true;
    scope->open = false;
    bool ok = scope->autocommit ? context_autocommit_end(scope->context, good, &err)
                                : context_end_transaction(scope->context, good, &err);
    return ok || !good || raise_database(vm, scope->context->conn, &err);
}

static bool scope_enter(Vm *vm, Call *call)
{
    ARGS(call, self);
    return scope_begin(vm, payload_of(vm, self, &scope_class)) && give(call, self);
}

static bool scope_exit(Vm *vm, Call *call)
{
    ARGS(call, self, exc_type);
    return scope_end(vm, payload_of(vm, self, &scope_class), value_is_none(exc_type)) &&
           give(call, value_bool(false));
}

static bool scope_commit(Vm *vm, Call *call)
{
    ARGS(call, self);
    return scope_end(vm, payload_of(vm, self, &scope_class), true);
}

static bool scope_rollback(Vm *vm, Call *call)
{
    ARGS(call, self);
    return scope_end(vm, payload_of(vm, self, &scope_class), false);
}

static const NativeRow scope_methods[] = {
    { "__enter__(self)", scope_enter, "Begins." },
    { "__exit__(self, exc_type, exc, traceback)", scope_exit, "Ends." },
    { "commit(self)", scope_commit, "Commits." },
    { "rollback(self)", scope_rollback, "Rolls back." },
    { "close(self)", scope_rollback, "Rolls back." },
};

static const NativeClass scope_class = {
    .name = "_ProxyTransaction",
    .module = "alembic.runtime.migration",
    .size = sizeof(ScopeObj),
    .methods = scope_methods,
    .method_count = sizeof scope_methods / sizeof *scope_methods,
    .doc = "A transaction of a migration context.",
};

static bool scope_new(Vm *vm, Call *call, MigrationContext *context, bool autocommit)
{
    Value made = vm_new_native(vm, vm_class(vm, &scope_class), &scope_class);
    ScopeObj *scope = payload_of(vm, made, &scope_class);
    *scope = (ScopeObj){ .context = context, .autocommit = autocommit };
    return give(call, made);
}

static bool migration_begin(Vm *vm, Call *call)
{
    ARGS(call, self);
    return scope_new(vm, call, self_context(vm, self), false);
}

static bool migration_autocommit(Vm *vm, Call *call)
{
    ARGS(call, self);
    return scope_new(vm, call, self_context(vm, self), true);
}

/* ---- statements ---- */

static bool migration_execute(Vm *vm, Call *call)
{
    ARGS(call, self, sql);
    Execute *op = op_new(bind_arena(vm), &execute_def);
    op->op.head.loc = vm_loc(vm);
    if (!script_datum(vm, sql, &op->sql))
        return false;
    OpTarget target = { .context = self_context(vm, self) };
    return op_run(vm, &target, &op->op);
}

static bool migration_run(Vm *vm, Call *call)
{
    ARGS(call, self, kw);
    MigrationContext *context = self_context(vm, self);
    Error err = vm_error(vm);
    kept_set(script_of(vm), KEPT_RUN_KW, kw);
    return context_run_migrations(context, &err) || raise_migration(vm, context, &err);
}

static bool migration_heads(Vm *vm, Call *call, bool one)
{
    ARGS(call, self);
    MigrationContext *context = self_context(vm, self);
    StrVec heads = { 0 };
    Error err = vm_error(vm);
    if (!context_heads(context, &heads, &err))
        return raise_database(vm, context->conn, &err);
    if (one && heads.len > 1)
        return raise_error(vm, &(Error){ .code = ERR_COMMAND,
                                         .text = STR("Version table 'alembic_version' has more "
                                                     "than one head present; please use "
                                                     "get_current_heads()") });
    if (one)
        return give(call, heads.len ? make_str(vm, heads.items[0]) : VALUE_NONE);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < heads.len; i++)
        list_append(vm, list, make_str(vm, heads.items[i]));
    return give(call, make_tuple(vm, as_list(list)->items, list_len(list)));
}

static bool migration_current_revision(Vm *vm, Call *call)
{
    return migration_heads(vm, call, true);
}

static bool migration_current_heads(Vm *vm, Call *call)
{
    return migration_heads(vm, call, false);
}

static bool migration_output(Vm *vm, Call *call)
{
    ARGS(call, self, text);
    Str out;
    Error err = vm_error(vm);
    return to_text(vm, text, &out) &&
           (context_print(self_context(vm, self), out, &err) || raise_error(vm, &err));
}

/* ---- attributes ---- */

static bool migration_bind(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value bind;
    return context_bind_value(vm, self_context(vm, self), &bind) && give(call, bind);
}

static bool migration_dialect(Vm *vm, Call *call)
{
    ARGS(call, self);
    const MigrationContext *context = self_context(vm, self);
    return give(call, context->conn ? dialect_box_of(vm, context->conn)
                                    : dialect_box(vm, context->dialect));
}

static bool migration_self(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool migration_config(Vm *vm, Call *call)
{
    Value config;
    return config_value(vm, &config) && give(call, config);
}

static bool migration_script(Vm *vm, Call *call)
{
    Value directory;
    return script_directory_value(vm, &directory) && give(call, directory);
}

static bool migration_opts(Vm *vm, Call *call)
{
    ARGS(call, self);
    const ContextBox *entry = context_entry(vm, self_context(vm, self));
    return give(call, entry && is_dict(entry->options) ? entry->options : make_dict(vm));
}

static bool migration_as_sql(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(self_context(vm, self)->as_sql));
}

static bool migration_transactional(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(self_context(vm, self)->transactional_ddl));
}

static bool migration_version_table(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, self_context(vm, self)->version_table));
}

/* MigrationContext.configure(connection=..., opts={...}): a context of the script's own. */
static bool migration_configure(Vm *vm, Call *call)
{
    ARGS(call, cls, connection, url, dialect_name, dialect, environment_context, dialect_opts,
         opts);
    (void)cls;
    (void)dialect;
    (void)environment_context;
    Script *script = script_of(vm);
    MigrationContext *before = script->run->context, *context;
    MigrationOptions options = { .script = script };
    Value old_bind = kept_get(script, KEPT_BIND), old_options = kept_get(script, KEPT_CONFIGURE);
    Error err = vm_error(vm);
    Url parsed;
    if (!value_is_none(connection) && !connection_of(vm, connection, &options.conn))
        return false;
    if (!value_is_none(url)) {
        if (!to_url(vm, url, &parsed))
            return false;
        options.url = url_render(bind_arena(vm), &parsed, true);
    }
    if (!to_text(vm, dialect_name, &options.dialect_name))
        return false;
    (void)dialect_opts;
    if (is_dict(opts)) {
        Tri as_sql;
        if (!to_text(vm, keyword(opts, "version_table"), &options.version_table) ||
            !to_text(vm, keyword(opts, "version_table_schema"), &options.version_table_schema) ||
            !to_tri(vm, keyword(opts, "as_sql"), &as_sql))
            return false;
        options.as_sql = as_sql;
        Value target = keyword(opts, "target_metadata");
        options.target_metadata = value_given(target) ? record_of(target, &metadata_record) : NULL;
    }
    if (!context_new(script->run, &options, &context, &err))
        return raise_database(vm, options.conn, &err);
    kept_set(script, KEPT_BIND, connection);
    kept_set(script, KEPT_CONFIGURE, is_dict(opts) ? opts : make_dict(vm));
    Value made = migration_context_box(vm, context);
    kept_set(script, KEPT_BIND, old_bind);
    kept_set(script, KEPT_CONFIGURE, old_options);
    if (before)
        script->run->context = before;
    return give(call, made);
}

static const NativeRow migration_methods[] = {
    { "begin_transaction(self, _per_migration=False)", migration_begin, "A transaction." },
    { "autocommit_block(self)", migration_autocommit, "Statements outside transactions." },
    { "execute(self, sql, execution_options=None)", migration_execute, "Run a statement." },
    { "run_migrations(self, **kw)", migration_run, "Run the steps of the command." },
    { "static_output(self, text)", migration_output, "Write text among the SQL." },
    { "get_current_revision(self)", migration_current_revision, "The id in the version table." },
    { "get_current_heads(self)", migration_current_heads, "The ids in the version table." },
    { "get_bind(self)", migration_bind, "The connection." },
};
static const NativeRow migration_getters[] = {
    { "bind(self)", migration_bind, "The connection." },
    { "connection(self)", migration_bind, "The connection." },
    { "dialect(self)", migration_dialect, "The dialect." },
    { "impl(self)", migration_self, "What Alembic has dialects' ways in." },
    { "migration_context(self)", migration_self, "The context itself." },
    { "config(self)", migration_config, "The configuration." },
    { "script(self)", migration_script, "The revisions." },
    { "opts(self)", migration_opts, "What configure() was given." },
    { "as_sql(self)", migration_as_sql, "Whether SQL is written instead of run." },
    { "transactional_ddl(self)", migration_transactional, "Whether DDL runs in transactions." },
    { "version_table(self)", migration_version_table, "The name of the version table." },
};
static const NativeRow migration_statics[] = {
    { "configure(cls, connection=None, url=None, dialect_name=None, dialect=None, "
      "environment_context=None, dialect_opts=None, opts=None)",
      migration_configure, "A context of a script's own." },
};

const NativeClass migration_context_class = {
    .name = "MigrationContext",
    .module = "alembic.runtime.migration",
    .size = sizeof(ContextObj),
    .methods = migration_methods,
    .method_count = sizeof migration_methods / sizeof *migration_methods,
    .getters = migration_getters,
    .getter_count = sizeof migration_getters / sizeof *migration_getters,
    .statics = migration_statics,
    .static_count = sizeof migration_statics / sizeof *migration_statics,
    .doc = "A connection with its version table.",
};
