/* SPDX-License-Identifier: MIT */
/* alembic.autogenerate's functions for small tools: comparing and rendering by hand. */
#include "py/obj_list.h"
#include "script/autogen.h"
#include "script/bind_context.h"
#include "script/bind_ops.h"

static bool to_context(Vm *vm, Value v, MigrationContext **context)
{
    *context = NULL;
    return value_is_none(v) || migration_context_of(vm, v, context);
}

static bool to_models(Vm *vm, Value v, MetaData *models[], size_t most, size_t *count)
{
    Value list;
    *count = 0;
    if (record_of(v, &metadata_record)) {
        models[(*count)++] = record_of(v, &metadata_record);
        return true;
    }
    if (!vm_to_list(vm, v, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        MetaData *metadata = record_of(list_get(list, i), &metadata_record);
        if (!metadata || *count == most)
            return vm_raise(vm, "TypeError", "expected a MetaData or a list of them");
        models[(*count)++] = metadata;
    }
    return true;
}

/* compare(migration_context, metadata): the boxes of the operations that are needed. */
static bool module_compare(Vm *vm, Call *call)
{
    ARGS(call, migration_context, metadata);
    enum { MODELS_MOST = 64 };
    MetaData *models[MODELS_MOST];
    size_t count;
    Autogen autogen = { .script = script_of(vm), .compare = true };
    MigrationContext *context;
    OpVec upgrade = { 0 };
    Error err = vm_error(vm);
    if (!migration_context_of(vm, migration_context, &context) ||
        !to_models(vm, metadata, models, MODELS_MOST, &count))
        return false;
    if (!autogen_compare(&autogen, context, models, count, &upgrade, &err))
        return raise_migration(vm, context, &err);
    return give(call, op_boxes(vm, &upgrade));
}

static bool begin_render(Vm *vm, Value migration_context, Value opts, Autogen *autogen,
                         RenderOptions *options)
{
    Error err = vm_error(vm);
    *autogen = (Autogen){ .script = script_of(vm) };
    if (!to_context(vm, migration_context, &autogen->context))
        return false;
    autogen->keywords = script_keep(vm, opts);
    return autogen_options(autogen, autogen->context, options, &err) ||
           raise_migration(vm, autogen->context, &err);
}

static bool module_render(Vm *vm, Call *call)
{
    ARGS(call, migration_context, records, opts);
    Autogen autogen;
    RenderOptions options;
    OpVec ops = { 0 };
    Rendered out = { 0 };
    Error err = vm_error(vm);
    if (!begin_render(vm, migration_context, opts, &autogen, &options) ||
        !op_boxes_take(vm, records, &ops))
        return false;
    if (!render_ops(bind_arena(vm), &options, &ops, &out, &err))
        return raise_migration(vm, autogen.context, &err);
    return give(call, make_str(vm, out.body));
}

static bool module_render_op(Vm *vm, Call *call)
{
    ARGS(call, migration_context, record, opts);
    Autogen autogen;
    RenderOptions options;
    StrVec imports = { 0 };
    Str text;
    Error err = vm_error(vm);
    Op *op = op_of_box(record);
    if (!op)
        return vm_raise(vm, "TypeError", "expected an operation, got %s", type_name(vm, record));
    if (!begin_render(vm, migration_context, opts, &autogen, &options))
        return false;
    if (!render_op(bind_arena(vm), &options, op, &imports, &text, &err))
        return raise_migration(vm, autogen.context, &err);
    return give(call, make_str(vm, text));
}

static bool module_is_plain(Vm *vm, Call *call)
{
    ARGS(call, record);
    const Op *op = op_of_box(record);
    return give(call, value_bool(op && op_kind(op) != OP_SCRIPT));
}

static const NativeRow module_functions[] = {
    { "compare(migration_context, metadata)", module_compare, "The operations needed." },
    { "render(migration_context, records, opts)", module_render, "The body of a function." },
    { "render_op(migration_context, record, opts)", module_render_op, "One operation's source." },
    { "is_plain(record)", module_is_plain, "Whether Limbeck itself can print it." },
};

static const NativeModule autogen_module = {
    .name = "_limbeck_autogen",
    .functions = module_functions,
    .function_count = sizeof module_functions / sizeof *module_functions,
};

void autogen_register(Vm *vm)
{
    vm_add_module(vm, &autogen_module);
}
