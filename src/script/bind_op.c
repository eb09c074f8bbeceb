/* SPDX-License-Identifier: MIT */
#include "script/bind_op.h"

#include "py/obj_list.h"
#include "script/bind_context.h"
#include "script/bind_op_event.h"
#include "script/bind_ops.h"

/* A directive as a function value: what it is and whom it is called on. */
typedef struct OpFunction {
    const OpDef *def; /* NULL: `row` tells */
    OpTarget *target; /* NULL: the module */
    Str name;         /* of a directive that a script registered */
} OpFunction;

typedef struct OperationsObj {
    OpTarget target;
    Value bind_to; /* the MigrationContext object */
} OperationsObj;

bool op_context(Vm *vm, const OpTarget *target, MigrationContext **context)
{
    *context = target && target->context ? target->context : script_of(vm)->run->context;
    if (*context)
        return true;
    return vm_raise(
        vm, "NameError",
        "Can't invoke function on alembic.op: no migration context has been configured, "
        "as alembic.op works only while migrations run");
}

/* ---- running ---- */

bool op_run(Vm *vm, OpTarget *target, Op *op)
{
    MigrationContext *context;
    if (!op_context(vm, target, &context))
        return false;
    Error err = vm_error(vm);
    if (context_invoke(context, op, &err))
        return true;
    error_at(&err, op->head.loc);
    return raise_database(vm, context->conn, &err);
}

/* What a directive gives back: op.create_table() its Table. */
static bool op_result(Vm *vm, const Op *op, Value *result)
{
    if (op_kind(op) != OP_CREATE_TABLE || !vm_result_used(vm))
        return true;
    Table *table;
    Error err = vm_error(vm);
    if (!create_table_table(bind_arena(vm), (const CreateTable *)(const void *)op, &table, &err))
        return raise_error(vm, &err);
    *result = box(vm, table);
    return true;
}

/* What a directive makes, and whose options it takes; NULL: anything is let through. */
static const Record *const option_owners[OP_KIND_COUNT] = {
    [OP_CREATE_TABLE] = &table_record,
    [OP_DROP_TABLE] = &table_record,
    [OP_CREATE_INDEX] = &index_record,
    [OP_DROP_INDEX] = &index_record,
    [OP_CREATE_PRIMARY_KEY] = &primary_key_record,
    [OP_CREATE_FOREIGN_KEY] = &foreign_key_constraint_record,
    [OP_CREATE_UNIQUE] = &unique_record,
    [OP_CREATE_CHECK] = &check_record,
    [OP_CREATE_EXCLUDE] = &exclude_record,
};

bool op_options_check(Vm *vm, const OpDef *def, Op *op)
{
    const Record *of = option_owners[def->kind];
    return !of || options_check(vm, of, &def->record, op);
}

static bool op_bind(Vm *vm, const OpDef *def, const char *signature, const Args *args, Op **op)
{
    Op *made = signature ? op_new(bind_arena(vm), def) : record_new(bind_arena(vm), &def->record);
    made->head.loc = vm_loc(vm);
    if (!record_bind(vm, bind_arena(vm), &def->record, signature, args, made) ||
        !op_options_check(vm, def, made))
        return false;
    *op = made;
    return true;
}

static TableName *op_table_name(Op *op)
{
    void *any = op;
    switch (op_kind(op)) {
    case OP_ADD_COLUMN:
        return &((AddColumn *)any)->table;
    case OP_DROP_COLUMN:
        return &((DropColumn *)any)->table;
    case OP_ALTER_COLUMN:
        return &((AlterColumn *)any)->table;
    case OP_CREATE_INDEX:
        return &((CreateIndex *)any)->table;
    case OP_DROP_INDEX:
        return &((DropIndex *)any)->table;
    case OP_CREATE_PRIMARY_KEY:
    case OP_CREATE_FOREIGN_KEY:
    case OP_CREATE_UNIQUE:
    case OP_CREATE_CHECK:
    case OP_CREATE_EXCLUDE:
        return &((CreateConstraint *)any)->table;
    case OP_DROP_CONSTRAINT:
        return &((DropConstraint *)any)->table;
    case OP_CREATE_TABLE_COMMENT:
    case OP_DROP_TABLE_COMMENT:
        return &((TableComment *)any)->table;
    case OP_CREATE_TABLE:
    case OP_DROP_TABLE:
    case OP_RENAME_TABLE:
    case OP_BULK_INSERT:
    case OP_EXECUTE:
    case OP_CREATE_SCHEMA:
    case OP_DROP_SCHEMA:
    case OP_CREATE_SEQUENCE:
    case OP_DROP_SEQUENCE:
    case OP_CREATE_TYPE:
    case OP_DROP_TYPE:
    case OP_COMMENT:
    case OP_ADD_CONSTRAINT:
    case OP_BATCH:
    case OP_MODIFY_TABLE:
    case OP_SCRIPT:
    case OP_ADD_ENUM_VALUE:
    case OP_KEEP_ENUM_VALUE:
    case OP_KIND_COUNT:
        break;
    }
    return NULL;
}

/* In a batch: the table is filled in, and the operation waits for the end of the block. */
static bool batch_call(Vm *vm, OpFunction *function, const Args *args)
{
    OpTarget *target = function->target;
    Op *op;
    if (!op_bind(vm, function->def, function->def->batch, args, &op))
        return false;
    TableName *table = op_table_name(op);
    if (!table)
        return op_run(vm, target, op);
    *table = target->batch->batch->table;
    VEC_PUSH(bind_arena(vm), &target->batch->batch->ops, op);
    return true;
}

static bool op_call(Vm *vm, Call *call)
{
    OpFunction *function = call->context;
    if (function->target && function->target->batch)
        return batch_call(vm, function, call->given);
    Op *op;
    Value result = VALUE_NONE;
    if (!op_bind(vm, function->def, NULL, call->given, &op) ||
        !op_run_heard(vm, function->target, op) || !op_result(vm, op, &result))
        return false;
    return give(call, result);
}

static const NativeRow op_row = { "directive(*args, **kw)", op_call, "Run a directive.", true };

/* ---- what is no directive ---- */

static bool op_get_bind(Vm *vm, Call *call)
{
    OpFunction *function = call->context;
    MigrationContext *context;
    if (!op_context(vm, function->target, &context))
        return false;
    Value bind;
    if (!context_bind_value(vm, context, &bind))
        return false;
    return give(call, bind);
}

static bool op_get_context(Vm *vm, Call *call)
{
    OpFunction *function = call->context;
    MigrationContext *context;
    if (!op_context(vm, function->target, &context))
        return false;
    return give(call, migration_context_box(vm, context));
}

static bool op_f(Vm *vm, Call *call)
{
    ARGS(call, name);
    Value conv, result;
    if (value_is_none(name))
        return give(call, name);
    if (!bind_import(vm, "sqlalchemy.sql.elements", "conv", &conv) ||
        !vm_call(vm, conv, &name, 1, &result))
        return false;
    return give(call, result);
}

static bool op_inline_literal(Vm *vm, Call *call)
{
    ARGS(call, value, type_);
    Datum datum;
    Type *type;
    if (!script_datum(vm, value, &datum) || !to_type(vm, type_, &type))
        return false;
    Expr *literal = expr_literal(bind_arena(vm), &datum, type);
    literal->literal_execute = true;
    return give(call, box(vm, literal));
}

static bool op_batch_alter_table(Vm *vm, Call *call)
{
    OpFunction *function = call->context;
    Value manager;
    if (!batch_manager_new(vm, function->target, call->given, &manager))
        return false;
    return give(call, manager);
}

static bool op_run_async(Vm *vm, Call *call)
{
    ARGS(call, async_function, args, kw);
    OpFunction *function = call->context;
    MigrationContext *context;
    Value bind, async_bind, run, coroutine, result;
    if (!op_context(vm, function->target, &context) || !context_bind_value(vm, context, &bind) ||
        !bind_import(vm, "sqlalchemy.ext.asyncio", "AsyncConnection", &run) ||
        !vm_call(vm, run, &bind, 1, &async_bind))
        return false;
    vm_push(vm, async_bind);
    Value list = make_list(vm, &async_bind, 1);
    for (size_t i = 0; i < tuple_len(args); i++)
        list_append(vm, list, tuple_get(args, i));
    vm_push(vm, list);
    bool ok = vm_call_kw(vm, async_function, as_list(list)->items, list_len(list), kw, &coroutine);
    vm_pop(vm, 2);
    if (!ok)
        return false;
    vm_push(vm, coroutine);
    ok = bind_import(vm, "asyncio", "run", &run) && vm_call(vm, run, &coroutine, 1, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

/* ---- directives of scripts ---- */

static Value operations_of(Vm *vm, OpTarget *target, MigrationContext *context)
{
    Value made = operations_new(vm, context);
    if (target)
        ((OperationsObj *)payload_of(vm, made, &operations_class))->target.batch = target->batch;
    return made;
}

/* Class -> implementation, looked for along the operation's bases. */
static bool implementation_find(Vm *vm, Value operation, Value *function)
{
    Value table = kept_get(script_of(vm), KEPT_CUSTOM_OPS);
    Value mro;
    *function = VALUE_UNSET;
    if (!bases_of(vm, operation, &mro))
        return false;
    for (size_t i = 0; i < tuple_len(mro) && !value_given(*function); i++)
        if (!dict_get(vm, table, tuple_get(mro, i), function))
            return false;
    return true;
}

static bool invoke_record(Vm *vm, Call *call, OpTarget *target, Value operation)
{
    RecordHead *head = ((RecordObj *)operation.object)->object;
    Op *op = (Op *)(void *)head;
    Value result = VALUE_NONE;
    if (head->loc.line == 0)
        head->loc = vm_loc(vm);
    return op_run_heard(vm, target, op) && op_result(vm, op, &result) && give(call, result);
}

/* alembic.operations.ops.CreateTableOp(...): tells which operation it stands for. */
static bool invoke_named(Vm *vm, Call *call, OpTarget *target, Value operation)
{
    Value directive;
    Op *op;
    if (!vm_getattr_if(vm, operation, "_directive", &directive))
        return false;
    if (!value_given(directive))
        return vm_raise(vm, "NotImplementedError", "no implementation is registered for '%s'",
                        type_name(vm, operation));
    return op_of_object(vm, operation, &op) && invoke_record(vm, call, target, box(vm, op));
}

static bool op_invoke(Vm *vm, Call *call)
{
    ARGS(call, operation);
    OpFunction *function = call->context;
    if (op_of_box(operation))
        return invoke_record(vm, call, function->target, operation);
    Value implementation, result;
    MigrationContext *context;
    if (!implementation_find(vm, operation, &implementation))
        return false;
    if (!value_given(implementation))
        return invoke_named(vm, call, function->target, operation);
    if (!op_context(vm, function->target, &context))
        return false;
    const Value args[] = { operations_of(vm, function->target, context), operation };
    vm_push(vm, args[0]);
    bool ok = vm_call(vm, implementation, args, 2, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool directive_decorate(Vm *vm, Call *call)
{
    ARGS(call, cls);
    const Value *names = as_tuple(value_object(call->context))->items;
    const Value pair[] = { cls, names[1] };
    if (!dict_set(vm, kept_get(script_of(vm), KEPT_DIRECTIVES), names[0], make_tuple(vm, pair, 2)))
        return false;
    return give(call, cls);
}

static bool implementation_decorate(Vm *vm, Call *call)
{
    ARGS(call, fn);
    Value cls = value_object(call->context);
    if (!dict_set(vm, kept_get(script_of(vm), KEPT_CUSTOM_OPS), cls, fn))
        return false;
    return give(call, fn);
}

static const NativeRow directive_decorate_row = { "register(op_cls, /)", directive_decorate,
                                                  "Registers the class." };
static const NativeRow implementation_decorate_row = { "decorate(fn, /)", implementation_decorate,
                                                       "Registers the function." };

static bool register_operation(Vm *vm, Call *call, Value name, Value sourcename)
{
    const Value names[] = { name, value_is_none(sourcename) ? name : sourcename };
    ScriptRef ref = script_keep(vm, make_tuple(vm, names, 2));
    return give(call, vm_function(vm, &directive_decorate_row, ref.object));
}

static bool op_register_operation(Vm *vm, Call *call)
{
    ARGS(call, name, sourcename);
    return register_operation(vm, call, name, sourcename);
}

static bool op_implementation_for(Vm *vm, Call *call)
{
    ARGS(call, op_cls);
    ScriptRef ref = script_keep(vm, op_cls);
    return give(call, vm_function(vm, &implementation_decorate_row, ref.object));
}

/* op.my_directive(...): the registered class method gets the Operations first. */
static bool custom_call(Vm *vm, Call *call)
{
    ARGS(call, args, kw);
    OpFunction *function = call->context;
    MigrationContext *context;
    if (!op_context(vm, function->target, &context))
        return false;
    Value pair = dict_get_str(kept_get(script_of(vm), KEPT_DIRECTIVES), function->name);
    Value operations = operations_of(vm, function->target, context);
    Value list = make_list(vm, &operations, 1), method, result;
    vm_push(vm, list);
    for (size_t i = 0; i < tuple_len(args); i++)
        list_append(vm, list, tuple_get(args, i));
    Str source;
    bool ok = to_str(vm, tuple_get(pair, 1), &source) &&
              vm_getattr(vm, tuple_get(pair, 0), str_cstr(bind_arena(vm), source), &method) &&
              vm_call_kw(vm, method, as_list(list)->items, list_len(list), kw, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static const NativeRow custom_row = { "directive(*args, **kw)", custom_call,
                                      "Run a directive that a script registered." };

/* ---- names ---- */

static const NativeRow op_rows[] = {
    { "batch_alter_table(*args, **kw)", op_batch_alter_table, "Collect changes of one table.",
      true },
    { "f(name)", op_f, "Mark a name as final." },
    { "get_bind()", op_get_bind, "The connection." },
    { "get_context()", op_get_context, "The migration context." },
    { "implementation_for(op_cls, replace=False)", op_implementation_for,
      "Register what runs an operation of a script." },
    { "inline_literal(value, type_=None)", op_inline_literal, "A value written into the SQL." },
    { "invoke(operation)", op_invoke, "Run an operation." },
    { "register_operation(name, sourcename=None)", op_register_operation,
      "Register a directive of a script." },
    { "run_async(async_function, *args, **kw_args)", op_run_async, "Run a coroutine function." },
};

static Value function_new(Vm *vm, const NativeRow *row, const OpDef *def, OpTarget *target,
                          Str name)
{
    OpFunction *function = ARENA_NEW(bind_arena(vm), OpFunction);
    *function = (OpFunction){ .def = def, .target = target, .name = str_dup(bind_arena(vm), name) };
    return vm_record_function(vm, row, function);
}

static bool row_named(const NativeRow *row, Str name)
{
    size_t length = strcspn(row->signature, "(");
    return name.len == length && memcmp(name.ptr, row->signature, length) == 0;
}

bool op_function(Vm *vm, Str name, OpTarget *target, Value *v)
{
    *v = VALUE_UNSET;
    Value custom = dict_get_str(kept_get(script_of(vm), KEPT_DIRECTIVES), name);
    if (value_given(custom)) {
        *v = function_new(vm, &custom_row, NULL, target, name);
        return true;
    }
    const OpDef *def = op_def_find(name);
    bool served = def && (!target || !target->batch || def->batch);
    if (served) {
        *v = function_new(vm, &op_row, def, target, name);
        return true;
    }
    for (size_t i = 0; i < sizeof op_rows / sizeof *op_rows; i++)
        if (row_named(&op_rows[i], name))
            *v = function_new(vm, &op_rows[i], NULL, target, name);
    return true;
}

bool op_lookup(Vm *vm, Str name, Value *v)
{
    return op_function(vm, name, NULL, v);
}

/* ---- alembic.operations.Operations ---- */

static bool operations_init(Vm *vm, Call *call)
{
    ARGS(call, self, migration_context);
    OperationsObj *object = payload_of(vm, self, &operations_class);
    if (!migration_context_of(vm, migration_context, &object->target.context))
        return false;
    object->bind_to = migration_context;
    return true;
}

static bool operations_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    OperationsObj *object = payload_of(vm, self, &operations_class);
    Str text;
    Value v;
    if (!to_str(vm, name, &text))
        return false;
    if (str_is(text, "migration_context"))
        return give(call, migration_context_box(vm, object->target.context));
    OpTarget *target = ARENA_NEW(bind_arena(vm), OpTarget);
    *target = object->target;
    if (!op_function(vm, text, target, &v))
        return false;
    if (!value_given(v))
        return vm_raise(vm, "AttributeError", "'%s' object has no attribute '%.*s'",
                        type_name(vm, self), STR_ARG(text));
    return give(call, v);
}

static bool operations_register(Vm *vm, Call *call)
{
    ARGS(call, cls, name, sourcename);
    (void)cls;
    return register_operation(vm, call, name, sourcename);
}

static bool operations_implementation(Vm *vm, Call *call)
{
    ARGS(call, cls, op_cls);
    (void)cls;
    ScriptRef ref = script_keep(vm, op_cls);
    return give(call, vm_function(vm, &implementation_decorate_row, ref.object));
}

/* `with Operations.context(migration_context) as op:` */
static bool operations_scope(Vm *vm, Call *call)
{
    ARGS(call, cls, migration_context);
    (void)cls;
    MigrationContext *context;
    if (!migration_context_of(vm, migration_context, &context))
        return false;
    return give(call, operations_new(vm, context));
}

static bool operations_enter(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool operations_exit(Vm *vm, Call *call)
{
    return give(call, value_bool(false));
}

static void operations_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((OperationsObj *)payload)->bind_to);
}

static const NativeRow operations_methods[] = {
    { "__init__(self, migration_context, impl=None)", operations_init, "On a context." },
    { "__getattr__(self, name, /)", operations_getattr, "A directive." },
    { "__enter__(self)", operations_enter, "The object itself." },
    { "__exit__(self, *args)", operations_exit, "Nothing." },
};
static const NativeRow operations_statics[] = {
    { "register_operation(cls, name, sourcename=None)", operations_register,
      "Register a directive of a script." },
    { "implementation_for(cls, op_cls, replace=False)", operations_implementation,
      "Register what runs an operation of a script." },
    { "context(cls, migration_context)", operations_scope, "Directives on a context." },
};

const NativeClass operations_class = {
    .records = true,
    .name = "Operations",
    .module = "alembic.operations.base",
    .size = sizeof(OperationsObj),
    .methods = operations_methods,
    .method_count = sizeof operations_methods / sizeof *operations_methods,
    .statics = operations_statics,
    .static_count = sizeof operations_statics / sizeof *operations_statics,
    .mark = operations_mark,
    .doc = "Directives on a migration context.",
};

Value operations_new(Vm *vm, MigrationContext *context)
{
    Value made = vm_new_native(vm, vm_class(vm, &operations_class), &operations_class);
    OperationsObj *object = payload_of(vm, made, &operations_class);
    object->target.context = context;
    return made;
}
