/* SPDX-License-Identifier: MIT */
#include "script/bind_mock.h"

#include "ops/op_def.h"
#include "script/bind_engine.h"
#include "script/bind_op.h"

typedef struct MockObj {
    MigrationContext *context;
} MockObj;

static MigrationContext *mock_context(Vm *vm, Value self)
{
    return ((MockObj *)payload_of(vm, self, &mock_connection_class))->context;
}

/* Values that come beside a text are written into it. */
static bool add_parameters(Vm *vm, Execute *op, Value parameters)
{
    const Expr *text = op->sql.kind == DATUM_RECORD ? op->sql.record.object : NULL;
    if (!is_dict(parameters) || !text || op->sql.record.record != &text_record)
        return true;
    Datum given;
    Expr *copy = expr_copy(bind_arena(vm), text);
    copy->args = (ExprVec){ 0 };
    VEC_EACH (Expr *, each, &text->args)
        VEC_PUSH(bind_arena(vm), &copy->args, *each);
    if (!script_datum(vm, parameters, &given))
        return false;
    for (size_t i = 0; i < given.map->len; i++)
        VEC_PUSH(bind_arena(vm), &copy->args,
                 expr_bind(bind_arena(vm), given.map->entries[i].key, given.map->entries[i].value,
                           NULL));
    op->sql.record.object = copy;
    return true;
}

static bool mock_execute(Vm *vm, Call *call)
{
    ARGS(call, self, statement, parameters);
    Execute *op = op_new(bind_arena(vm), &execute_def);
    op->op.head.loc = vm_loc(vm);
    if (!script_datum(vm, statement, &op->sql) || !add_parameters(vm, op, parameters))
        return false;
    OpTarget target = { .context = mock_context(vm, self) };
    return op_run(vm, &target, &op->op) && give(call, VALUE_NONE);
}

static bool mock_self(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool mock_dialect(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, dialect_box(vm, mock_context(vm, self)->dialect));
}

static bool mock_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, str_from(mock_context(vm, self)->dialect->name)));
}

static const NativeRow mock_methods[] = {
    { "execute(self, statement, parameters=None, **kw)", mock_execute, "Writes the statement." },
    { "connect(self, **kw)", mock_self, "The connection itself." },
    { "execution_options(self, **kw)", mock_self, "The connection itself." },
};
static const NativeRow mock_getters[] = {
    { "engine(self)", mock_self, "The connection itself." },
    { "dialect(self)", mock_dialect, "The dialect." },
    { "name(self)", mock_name, "The dialect's name." },
};

const NativeClass mock_connection_class = {
    .name = "MockConnection",
    .module = "sqlalchemy.engine.mock",
    .size = sizeof(MockObj),
    ROWS_OF(methods, method_count, mock_methods),
    ROWS_OF(getters, getter_count, mock_getters),
    .doc = "What stands for a connection where SQL is written.",
};

Value mock_connection_new(Vm *vm, MigrationContext *context)
{
    Value made = vm_new_native(vm, vm_class(vm, &mock_connection_class), &mock_connection_class);
    ((MockObj *)payload_of(vm, made, &mock_connection_class))->context = context;
    return made;
}

bool is_offline_bind(Vm *vm, Value bind)
{
    return value_is_none(bind) || payload_of(vm, bind, &mock_connection_class) != NULL;
}
