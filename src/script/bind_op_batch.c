/* SPDX-License-Identifier: MIT */
/* `with op.batch_alter_table(...) as batch_op:` */
#include "py/obj_list.h"
#include "script/bind_context.h"
#include "script/bind_op.h"

/* Both the manager and what it gives. */
typedef struct BatchObj {
    OpTarget target; /* its batch is `scope` */
    BatchScope scope;
} BatchObj;

static bool manager_enter(Vm *vm, Call *call)
{
    ARGS(call, self);
    BatchObj *manager = payload_of(vm, self, &batch_manager_class);
    Value made = vm_new_native(vm, vm_class(vm, &batch_operations_class), &batch_operations_class);
    BatchObj *operations = payload_of(vm, made, &batch_operations_class);
    *operations = *manager;
    /* Functions made of it outlive the object. */
    BatchScope *scope = ARENA_NEW(bind_arena(vm), BatchScope);
    *scope = manager->scope;
    operations->target.batch = scope;
    return give(call, made);
}

static bool manager_exit(Vm *vm, Call *call)
{
    ARGS(call, self, exc_type);
    BatchObj *manager = payload_of(vm, self, &batch_manager_class);
    if (!value_is_none(exc_type))
        return give(call, value_bool(false));
    OpTarget target = { .context = manager->target.context };
    if (!op_run(vm, &target, &manager->scope.batch->op))
        return false;
    return give(call, value_bool(false));
}

static bool batch_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    BatchObj *object = payload_of(vm, self, &batch_operations_class);
    Str text;
    Value v;
    if (!to_str(vm, name, &text))
        return false;
    if (str_is(text, "migration_context")) {
        MigrationContext *context;
        if (!op_context(vm, &object->target, &context))
            return false;
        return give(call, migration_context_box(vm, context));
    }
    OpTarget *target = ARENA_NEW(bind_arena(vm), OpTarget);
    *target = object->target;
    if (!op_function(vm, text, target, &v))
        return false;
    if (!value_given(v))
        return vm_raise(vm, "AttributeError", "'BatchOperations' object has no attribute '%.*s'",
                        STR_ARG(text));
    return give(call, v);
}

static const NativeRow manager_methods[] = {
    { "__enter__(self)", manager_enter, "The directives of the batch." },
    { "__exit__(self, exc_type, exc, traceback)", manager_exit, "Runs what was collected." },
};
static const NativeRow batch_methods[] = {
    { "__getattr__(self, name, /)", batch_getattr, "A directive." },
};

const NativeClass batch_manager_class = {
    .records = true,
    .name = "_GeneratorContextManager",
    .module = "contextlib",
    .size = sizeof(BatchObj),
    .methods = manager_methods,
    .method_count = sizeof manager_methods / sizeof *manager_methods,
    .doc = "Collects directives of one table.",
};

const NativeClass batch_operations_class = {
    .records = true,
    .name = "BatchOperations",
    .module = "alembic.operations.base",
    .size = sizeof(BatchObj),
    .methods = batch_methods,
    .method_count = sizeof batch_methods / sizeof *batch_methods,
    .doc = "Directives of one table, without its name.",
};

bool batch_manager_new(Vm *vm, OpTarget *target, const Args *args, Value *v)
{
    Batch *batch = op_new(bind_arena(vm), &batch_def);
    batch->op.head.loc = vm_loc(vm);
    if (!record_bind(vm, bind_arena(vm), &batch_def.record, NULL, args, batch))
        return false;
    *v = vm_new_native(vm, vm_class(vm, &batch_manager_class), &batch_manager_class);
    BatchObj *manager = payload_of(vm, *v, &batch_manager_class);
    manager->target.context = target ? target->context : NULL;
    manager->scope = (BatchScope){ .batch = batch, .context = manager->target.context };
    return true;
}
