/* SPDX-License-Identifier: MIT */
#include "script/autogen.h"

#include <stdlib.h>

#include "base/file.h"
#include "migrate/ask.h"
#include "migrate/version.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_context.h"
#include "script/bind_ops.h"

static const char ops_module[] = "alembic.operations.ops";

static Arena *arena_of(const Autogen *autogen)
{
    return record_arena_lasting(autogen->script->vm);
}

/* ---- what the environment said ---- */

Value autogen_keywords(Autogen *autogen, MigrationContext *context)
{
    if (autogen->keywords.object)
        return script_value(autogen->keywords);
    return context ? context_keywords(autogen->script->vm, context) : VALUE_UNSET;
}

/* target_metadata: one MetaData, or several. */
typedef VEC(MetaData *) ModelVec;

static bool add_model(Vm *vm, Value v, ModelVec *models)
{
    MetaData *metadata = record_of(v, &metadata_record);
    if (is_opaque(v))
        return opaque_refuse(vm, v, "target_metadata");
    if (!metadata)
        return vm_raise(vm, "TypeError", "target_metadata holds a %s, which is no MetaData",
                        type_name(vm, v));
    VEC_PUSH(bind_arena(vm), models, metadata);
    return true;
}

static bool target_models(Autogen *autogen, MigrationContext *context, ModelVec *models)
{
    Vm *vm = autogen->script->vm;
    Value target = keyword(autogen_keywords(autogen, context), "target_metadata"), list;
    if (!value_given(target) || value_is_none(target)) {
        const MetaData *only = context->options.target_metadata;
        if (only)
            VEC_PUSH(bind_arena(vm), models, (MetaData *)(uintptr_t)only);
        return true;
    }
    if (!is_list(target) && !is_tuple(target) && !is_set(target))
        return add_model(vm, target, models);
    if (!vm_to_list(vm, target, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++)
        if (!add_model(vm, list_get(list, i), models))
            return false;
    return true;
}

/* A text keyword of context.configure(), or `fallback`. */
static bool text_option(Vm *vm, Value keywords, const char *name, const char *fallback, Str *text)
{
    Value v = keyword(keywords, name);
    *text = str_from(fallback);
    return !value_given(v) || value_is_none(v) || to_text(vm, v, text);
}

bool autogen_state(Autogen *autogen, MigrationContext *context, Value *state)
{
    Vm *vm = autogen->script->vm;
    Value function, keywords = autogen_keywords(autogen, context);
    if (autogen->state.object) {
        *state = script_value(autogen->state);
        return true;
    }
    const Value args[] = { migration_context_box(vm, context),
                           value_given(keywords) ? keywords : VALUE_NONE };
    if (!bind_import(vm, "alembic.autogenerate.api", "_context", &function) ||
        !vm_call(vm, function, args, 2, state))
        return false;
    autogen->state = script_keep(vm, *state);
    return true;
}

/* ---- comparing ---- */

/* Of what is said beyond Alembic: its own loggers are silent where none is configured. */
static const char own_logger[] = "limbeck.autogenerate";

static const struct {
    const char *plugin;
    DiffPart part;
} plugins[] = {
    { "alembic.autogenerate.tables", DIFF_TABLES },
    { "alembic.autogenerate.types", DIFF_TYPES },
    { "alembic.autogenerate.constraints", DIFF_CONSTRAINTS },
    { "alembic.autogenerate.defaults", DIFF_DEFAULTS },
    { "alembic.autogenerate.comments", DIFF_COMMENTS },
    { "alembic.autogenerate.checkconstraint_byname", DIFF_CHECKS },
};

/* "alembic.autogenerate.*" against "alembic.autogenerate.types". */
static bool plugin_matches(Str pattern, const char *name)
{
    if (pattern.len && pattern.ptr[pattern.len - 1] == '*')
        return str_starts(str_from(name), str_slice(pattern, 0, pattern.len - 1));
    return str_is(pattern, name);
}

/* name(.name)* or such with .* behind it, or *. */
static bool plugin_is_expression(Str pattern)
{
    Str rest = pattern;
    bool first = true;
    for (Str part; str_split_next(&rest, '.', &part); first = false) {
        bool last = !str_given(rest) || rest.len == 0;
        size_t i = 0;
        while (i < part.len && (char_is_alnum(part.ptr[i]) || part.ptr[i] == '_'))
            i++;
        if ((i < part.len || i == 0) && !(last && str_is(part, "*")))
            return false;
    }
    return !first;
}

/* The parts that an expression names; *located: it names any. */
static unsigned plugin_parts(Str pattern, bool *located)
{
    unsigned parts = 0;
    for (size_t p = 0; p < sizeof plugins / sizeof *plugins; p++)
        if (plugin_matches(pattern, plugins[p].plugin))
            parts |= plugins[p].part;
    *located = parts != 0;
    return parts;
}

static unsigned all_parts(void)
{
    bool located;
    return plugin_parts(STR("*"), &located);
}

/* autogenerate_plugins: those that are named, without those after a `~`. */
static bool skipped_parts(Autogen *autogen, Value keywords, unsigned *skip, Error *err)
{
    Vm *vm = autogen->script->vm;
    Value names = keyword(keywords, "autogenerate_plugins"), list;
    Buf missing = buf_in(arena_of(autogen));
    unsigned on = 0, off = 0;
    *skip = 0;
    if (!value_given(names) || value_is_none(names))
        return true;
    if (!vm_to_list(vm, names, &list))
        return script_escapes(autogen->script, err);
    for (size_t i = 0; i < list_len(list); i++) {
        Str name;
        bool located;
        if (!to_str(vm, list_get(list, i), &name))
            return script_escapes(autogen->script, err);
        bool without = str_starts(name, STR("~"));
        Str pattern = str_from_offset(name, without);
        if (!plugin_is_expression(pattern)) {
            vm_raise(vm, "ValueError", "Invalid plugin expression '%.*s'", STR_ARG(name));
            return script_escapes(autogen->script, err);
        }
        *(without ? &off : &on) |= plugin_parts(pattern, &located);
        if (!located && !without)
            buf_printf(&missing, "%s%.*s", missing.len ? ", " : "", STR_ARG(name));
    }
    *skip = all_parts() & ~(on & ~off);
    return missing.len == 0 || fail(err, ERR_COMMAND, "Did not locate plugins: %.*s",
                                    STR_ARG(buf_str(&missing)));
}

static bool diff_options(Autogen *autogen, MigrationContext *context, DiffOptions *options,
                         Error *err)
{
    Value keywords = autogen_keywords(autogen, context);
    *options = (DiffOptions){ .dialect = context->dialect,
                              .calls = &autogen->script->calls,
                              .version_table = context->version_table,
                              .own_tables = migrate_tables,
                              .version_schema = context->options.version_table_schema };
    if (!config_limbeck_flag(context->run->config, STR("compat"), &options->compat, err))
        return false;
    if (context->dialect->id == DIALECT_POSTGRESQL) {
        options->ask = ask_server;
        options->ask_context = context->conn;
    }
    autogen_diff_calls(autogen, keywords, options);
    return skipped_parts(autogen, keywords, &options->skip, err);
}

static void log_messages(Autogen *autogen, const DiffResult *result)
{
    VEC_EACH (const DiffMessage, message, &result->messages)
        log_put(autogen->script->run->log, message->logger, message->level, "%.*s",
                STR_ARG(message->text));
    if (result->unasked)
        log_put(autogen->script->run->log, own_logger, LOG_WARNING,
                "%zu server defaults or conditions are compared by their text: the server could "
                "not be asked what they are to it",
                result->unasked);
}

/* A class whose bases could not be served may be the table that it names. */
static Str unserved_table(Autogen *autogen, Str name)
{
    Vm *vm = autogen->script->vm;
    Value classes = vm_opaque_classes(vm);
    for (size_t i = 0; i < list_len(classes); i++) {
        Value each = list_get(classes, i);
        Value named = dict_get_str(tuple_get(each, 1), STR("__tablename__"));
        if (is_str(named) && str_eq(str_text(as_str(named)), name))
            return opaque_place(arena_of(autogen), tuple_get(each, 0));
    }
    return STR_NONE;
}

static Str incomplete_table(Autogen *autogen, MetaData *const *models, size_t count,
                            TableName name)
{
    for (size_t i = 0; i < count; i++) {
        const Table *table = metadata_table(models[i], name.schema.text, name.name.text);
        if (table && str_given(table->incomplete))
            return table->incomplete;
        if (table)
            return STR_NONE;
    }
    return unserved_table(autogen, name.name.text);
}

static bool is_drop(const Op *op)
{
    OpKind kind = op_kind(op);
    return kind == OP_DROP_COLUMN || kind == OP_DROP_INDEX || kind == OP_DROP_CONSTRAINT;
}

static void keep_within(ModifyTable *modify)
{
    size_t kept = 0;
    for (size_t i = 0; i < modify->ops.len; i++)
        if (!is_drop(modify->ops.items[i]))
            modify->ops.items[kept++] = modify->ops.items[i];
    modify->ops.len = kept;
}

/* Takes out of one operation what is not dropped; false: nothing is left. *held: something was. */
static bool keep_of(Op *op, bool *held)
{
    *held = op_kind(op) == OP_DROP_TABLE;
    if (op_kind(op) != OP_MODIFY_TABLE)
        return !*held;
    ModifyTable *modify = (ModifyTable *)(void *)op;
    size_t before = modify->ops.len;
    keep_within(modify);
    *held = modify->ops.len < before;
    return modify->ops.len > 0;
}

static bool table_of(Op *op, TableName *name)
{
    if (op_kind(op) == OP_MODIFY_TABLE)
        *name = ((ModifyTable *)(void *)op)->table;
    else if (op_kind(op) == OP_DROP_TABLE)
        *name = ((DropTable *)(void *)op)->table;
    else
        return false;
    return true;
}

/* What an import that could not be served may hold is not dropped, and that is said. */
static void keep_unknown(Autogen *autogen, MetaData *const *models, size_t count, OpVec *ops)
{
    size_t full = 0;
    Str said = STR("");
    for (size_t i = 0; i < ops->len; i++) {
        TableName name;
        bool held = false, left = true;
        Str missing = table_of(ops->items[i], &name)
                          ? incomplete_table(autogen, models, count, name)
                          : STR_NONE;
        if (str_given(missing))
            left = keep_of(ops->items[i], &held);
        if (held && !str_eq(name.name.text, said))
            log_put(autogen->script->run->log, own_logger, LOG_WARNING,
                    "nothing of table '%.*s' is dropped: %.*s could not be served and may hold "
                    "more of it",
                    STR_ARG(name.name.text), STR_ARG(missing));
        if (held)
            said = name.name.text;
        if (left)
            ops->items[full++] = ops->items[i];
    }
    ops->len = full;
}

bool autogen_compare(Autogen *autogen, MigrationContext *context, MetaData *const *models,
                     size_t model_count, OpVec *upgrade, Error *err)
{
    Arena *arena = arena_of(autogen);
    DiffOptions options;
    DiffResult result = { 0 };
    Reflection seen = { 0 };
    autogen->context = context;
    autogen->state = (ScriptRef){ NULL };
    if (!context->conn)
        return fail(err, ERR_COMMAND, "autogenerate needs a connection to a database");
    if (!diff_options(autogen, context, &options, err))
        return false;
    ReflectWanted wanted = { .all_schemas = options.include_schemas,
                             .include = diff_include_reflected,
                             .context = &options,
                             .types = true,
                             .sequences = !options.compat };
    if (!reflect_schemas(context->conn, arena, metadata_new(arena), &wanted, &seen, err))
        return false;
    DiffInput input = { .reflection = &seen, .models = models, .model_count = model_count };
    if (!diff_schemas(arena, &options, &input, &result, err))
        return false;
    log_messages(autogen, &result);
    *upgrade = result.upgrade;
    keep_unknown(autogen, models, model_count, upgrade);
    return true;
}

/* ---- the revisions ---- */

static bool add_tokens(Autogen *autogen, MigrationContext *context, OpVec *up, OpVec *down,
                       Error *err)
{
    Vm *vm = autogen->script->vm;
    Value keywords = autogen_keywords(autogen, context);
    GeneratedOps upgrade = { .ops = *up }, downgrade = { .ops = *down };
    if (!text_option(vm, keywords, "upgrade_token", "upgrades", &upgrade.token) ||
        !text_option(vm, keywords, "downgrade_token", "downgrades", &downgrade.token))
        return script_escapes(autogen->script, err);
    Generated *last = &VEC_LAST(&autogen->revisions);
    VEC_PUSH(arena_of(autogen), &last->upgrades, upgrade);
    VEC_PUSH(arena_of(autogen), &last->downgrades, downgrade);
    return true;
}

static Value names_or_none(Vm *vm, const StrVec *names)
{
    Value list = make_list(vm, NULL, 0);
    VEC_EACH (const Str, name, names)
        list_append(vm, list, make_str(vm, *name));
    return names->len == 0 ? VALUE_NONE : names->len == 1 ? list_get(list, 0) : list;
}

static Value text_or_none(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

/* The MigrationScript of a revision, with no operations yet. */
static bool script_object(Vm *vm, const Generated *revision, Value *made)
{
    Value function;
    if (!bind_import(vm, ops_module, "_script", &function))
        return false;
    Value args = make_list(vm, NULL, 0);
    vm_push(vm, args);
    list_append(vm, args, text_or_none(vm, revision->id));
    list_append(vm, args, text_or_none(vm, revision->message));
    list_append(vm, args, names_or_none(vm, &revision->heads));
    list_append(vm, args, value_bool(revision->splice));
    list_append(vm, args, text_or_none(vm, revision->branch_label));
    list_append(vm, args, text_or_none(vm, revision->version_path));
    list_append(vm, args, names_or_none(vm, &revision->depends_on));
    bool ok = vm_call(vm, function, as_list(args)->items, list_len(args), made);
    vm_pop(vm, 1);
    return ok;
}

static bool add_ops(Vm *vm, Value script, const GeneratedOps *up, const GeneratedOps *down)
{
    Value function, result;
    if (!bind_import(vm, ops_module, "_add", &function))
        return false;
    Value args = make_list(vm, &script, 1);
    vm_push(vm, args);
    list_append(vm, args, op_boxes(vm, &up->ops));
    list_append(vm, args, make_str(vm, up->token));
    list_append(vm, args, op_boxes(vm, &down->ops));
    list_append(vm, args, make_str(vm, down->token));
    bool ok = vm_call(vm, function, as_list(args)->items, list_len(args), &result);
    vm_pop(vm, 1);
    return ok;
}

/* The list that hooks get: made when the first hook is called, then it grows by each context. */
static bool directives_list(Autogen *autogen, Value *list)
{
    Vm *vm = autogen->script->vm;
    const Generated *last = &VEC_LAST(&autogen->revisions);
    Value script = VALUE_NONE;
    bool known = autogen->directives.object != NULL;
    size_t from = 0;
    if (known) {
        *list = script_value(autogen->directives);
        if (list_len(*list) == 0)
            return true;
        script = list_get(*list, list_len(*list) - 1);
        from = last->upgrades.len - 1;
    } else {
        *list = make_list(vm, NULL, 0);
        autogen->directives = script_keep(vm, *list);
        if (!script_object(vm, last, &script))
            return false;
        list_append(vm, *list, script);
    }
    for (size_t i = from; i < last->upgrades.len; i++)
        if (!add_ops(vm, script, &last->upgrades.items[i], &last->downgrades.items[i]))
            return false;
    return true;
}

static bool call_hook(Autogen *autogen, MigrationContext *context, const StrVec *rows, Error *err)
{
    Vm *vm = autogen->script->vm;
    Value hook = keyword(autogen_keywords(autogen, context), "process_revision_directives");
    bool given = value_given(hook) && !value_is_none(hook);
    Value list, result, heads = make_list(vm, NULL, 0);
    if (!given && !autogen->directives.object)
        return true;
    vm_push(vm, heads);
    VEC_EACH (const Str, row, rows)
        list_append(vm, heads, make_str(vm, *row));
    Value revision = make_tuple(vm, as_list(heads)->items, list_len(heads));
    vm_push(vm, revision);
    bool ok = directives_list(autogen, &list);
    const Value args[] = { migration_context_box(vm, context), revision, ok ? list : VALUE_NONE };
    ok = ok && (!given || vm_call(vm, hook, args, 3, &result));
    vm_pop(vm, 2);
    return ok || script_escapes(autogen->script, err);
}

static bool no_models(Autogen *autogen, Error *err)
{
    Str env = path_join(arena_of(autogen), autogen->script->state->location, STR("env.py"));
    return fail(err, ERR_COMMAND,
                "Can't proceed with --autogenerate option; environment script %.*s does not "
                "provide a MetaData object or sequence of objects to the context.",
                STR_ARG(env));
}

bool autogen_collect(Autogen *autogen, MigrationContext *context, const StrVec *rows, Error *err)
{
    Vm *vm = autogen->script->vm;
    OpVec up = { 0 }, down = { 0 };
    ModelVec models = { 0 };
    autogen->context = context;
    autogen->state = (ScriptRef){ NULL };
    if (autogen->compare) {
        if (!target_models(autogen, context, &models))
            return script_escapes(autogen->script, err);
        if (!models.len)
            return no_models(autogen, err);
        if (!autogen_compare(autogen, context, models.items, models.len, &up, err) ||
            !ops_reverse_all(vm, &up, &down, err))
            return false;
    }
    return add_tokens(autogen, context, &up, &down, err) && call_hook(autogen, context, rows, err);
}

/* ---- the way back from scripts ---- */

static bool take_names(Vm *vm, Value dict, const char *key, StrVec *names)
{
    Value v = dict_get_str(dict, str_from(key)), list;
    names->len = 0;
    if (value_is_none(v))
        return true;
    if (!vm_to_list(vm, v, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Str text;
        if (!to_text(vm, list_get(list, i), &text))
            return false;
        VEC_PUSH(bind_arena(vm), names, text);
    }
    return true;
}

static bool take_ops(Vm *vm, Value dict, const char *key, GeneratedVec *all)
{
    Value pairs = dict_get_str(dict, str_from(key));
    all->len = 0;
    for (size_t i = 0; i < list_len(pairs); i++) {
        Value pair = list_get(pairs, i);
        GeneratedOps ops = { 0 };
        if (!to_text(vm, tuple_get(pair, 0), &ops.token) ||
            !op_boxes_take(vm, tuple_get(pair, 1), &ops.ops))
            return false;
        VEC_PUSH(bind_arena(vm), all, ops);
    }
    return true;
}

static bool take_script(Vm *vm, Value script, Generated *made)
{
    Value function, dict;
    *made = (Generated){ 0 };
    if (!bind_import(vm, ops_module, "_close", &function) ||
        !vm_call(vm, function, &script, 1, &dict))
        return false;
    vm_push(vm, dict);
    bool ok = to_text(vm, dict_get_str(dict, STR("rev_id")), &made->id) &&
              to_text(vm, dict_get_str(dict, STR("message")), &made->message) &&
              to_text(vm, dict_get_str(dict, STR("branch_label")), &made->branch_label) &&
              to_text(vm, dict_get_str(dict, STR("version_path")), &made->version_path) &&
              take_names(vm, dict, "head", &made->heads) &&
              take_names(vm, dict, "depends_on", &made->depends_on) &&
              take_names(vm, dict, "imports", &made->imports) &&
              take_ops(vm, dict, "upgrades", &made->upgrades) &&
              take_ops(vm, dict, "downgrades", &made->downgrades);
    made->splice = ok && is_true(dict_get_str(dict, STR("splice")));
    vm_pop(vm, 1);
    return ok;
}

bool autogen_finish(Autogen *autogen, Error *err)
{
    Vm *vm = autogen->script->vm;
    if (!autogen->directives.object)
        return true;
    Value list = script_value(autogen->directives);
    autogen->revisions.len = 0;
    for (size_t i = 0; i < list_len(list); i++) {
        Generated made;
        if (!take_script(vm, list_get(list, i), &made))
            return script_escapes(autogen->script, err);
        VEC_PUSH(arena_of(autogen), &autogen->revisions, made);
    }
    return true;
}

/* ---- rendering ---- */

bool autogen_options(Autogen *autogen, MigrationContext *context, RenderOptions *options,
                     Error *err)
{
    Vm *vm = autogen->script->vm;
    Value keywords = autogen_keywords(autogen, context),
          user = keyword(keywords, "user_module_prefix");
    const MetaData *target = context ? context->options.target_metadata : NULL;
    *options = (RenderOptions){ .dialect = context ? context->dialect : &default_dialect,
                                .calls = &autogen->script->calls,
                                .naming = { .metadata = target, .calls = &autogen->script->calls },
                                .as_batch = is_true(keyword(keywords, "render_as_batch")) };
    autogen_render_calls(autogen, keywords, &options->ask);
    bool ok = text_option(vm, keywords, "sqlalchemy_module_prefix", "sa.", &options->sa) &&
              text_option(vm, keywords, "alembic_module_prefix", "op.", &options->op) &&
              to_text(vm, user, &options->user);
    return ok || script_escapes(autogen->script, err);
}

static void put_value(Arena *arena, Map *values, Str name, Str text)
{
    Datum datum = datum_str(text);
    map_set(values, name, arena_copy(arena, &datum, sizeof datum));
}

/* What the hooks put into autogen_context.imports. */
static bool add_imports(Autogen *autogen, StrVec *imports, Error *err)
{
    Vm *vm = autogen->script->vm;
    Value set, list;
    if (!autogen->state.object)
        return true;
    if (!vm_getattr(vm, script_value(autogen->state), "imports", &set) ||
        !vm_to_list(vm, set, &list))
        return script_escapes(autogen->script, err);
    for (size_t i = 0; i < list_len(list); i++) {
        Str text;
        if (!to_text(vm, list_get(list, i), &text))
            return script_escapes(autogen->script, err);
        strvec_add(arena_of(autogen), imports, text);
    }
    return true;
}

static int compare_lines(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool put_template_args(Autogen *autogen, Map *values, Error *err)
{
    Vm *vm = autogen->script->vm;
    Value args = keyword(autogen_keywords(autogen, autogen->context), "template_args"), key, item;
    if (!value_given(args) || !is_dict(args))
        return true;
    for (size_t at = 0; dict_next(args, &at, &key, &item);) {
        Datum *datum = ARENA_NEW(arena_of(autogen), Datum);
        Str name;
        if (!to_text(vm, key, &name) || !script_datum(vm, item, datum))
            return script_escapes(autogen->script, err);
        map_set(values, name, datum);
    }
    return true;
}

bool autogen_render(Autogen *autogen, const Generated *revision, Map *values, Error *err)
{
    Arena *arena = arena_of(autogen);
    RenderOptions options;
    StrVec imports = { 0 };
    if (!put_template_args(autogen, values, err) ||
        !autogen_options(autogen, autogen->context, &options, err))
        return false;
    VEC_EACH (const Str, import, &revision->imports)
        strvec_add(arena, &imports, *import);
    const GeneratedVec *sides[] = { &revision->upgrades, &revision->downgrades };
    for (size_t side = 0; side < 2; side++) {
        VEC_EACH (const GeneratedOps, each, sides[side]) {
            Rendered out = { 0 };
            if (!render_ops(arena, &options, &each->ops, &out, err))
                return false;
            put_value(arena, values, each->token, out.body);
            VEC_EACH (const Str, import, &out.imports)
                strvec_add(arena, &imports, *import);
        }
    }
    if (!add_imports(autogen, &imports, err))
        return false;
    if (imports.len)
        qsort(imports.items, imports.len, sizeof *imports.items, compare_lines);
    put_value(arena, values, STR("imports"), strvec_join(arena, &imports, STR("\n")));
    return true;
}

bool autogen_tuples(Autogen *autogen, Str *text, Error *err)
{
    RenderOptions options;
    OpVec all = { 0 };
    *text = STR_NONE;
    if (!autogen->context || !autogen_options(autogen, autogen->context, &options, err))
        return autogen->context == NULL;
    VEC_EACH (const Generated, revision, &autogen->revisions)
        VEC_EACH (const GeneratedOps, each, &revision->upgrades)
            VEC_EACH (Op *, op, &each->ops)
                VEC_PUSH(arena_of(autogen), &all, *op);
    return !all.len || render_tuples(arena_of(autogen), &options, &all, text, err);
}
