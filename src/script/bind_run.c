/* SPDX-License-Identifier: MIT */
#include "script/bind_run.h"

#include "ops/op_def.h"
#include "script/bind_element.h"
#include "script/bind_engine.h"
#include "script/bind_mock.h"
#include "script/bind_op.h"

/* The context whose connection `bind` is, or NULL. */
static MigrationContext *context_of(Vm *vm, const Conn *conn)
{
    const ScriptState *state = script_of(vm)->state;
    MigrationContext *current = script_of(vm)->run->context;
    if (current && current->conn == conn)
        return current;
    for (size_t i = 0; i < state->contexts.len; i++)
        if (state->contexts.items[i].context->conn == conn)
            return state->contexts.items[i].context;
    return NULL;
}

static bool no_bind(Vm *vm, Value bind)
{
    if (!is_offline_bind(vm, bind))
        return false;
    raise_sa(vm, "UnboundExecutionError",
             "no connection is given: with --sql there is none, so write the change as a directive "
             "of op");
    return true;
}

bool bind_is_mock(Vm *vm, Value bind)
{
    Value found;
    return bind.tag == TAG_OBJECT && !value_is_none(bind) && !payload_of(vm, bind, &engine_class) &&
           !payload_of(vm, bind, &connection_class) &&
           vm_getattr_if(vm, bind, "_limbeck_mock", &found) && value_given(found);
}

/* create_mock_engine(): each statement goes to the script's function. */
static bool mock_run(Vm *vm, Value mock, const Op *op)
{
    const Dialect *dialect;
    StrVec texts = { 0 };
    Value function, subject, compiled, result;
    if (!vm_getattr(vm, mock, "dialect", &subject) || !dialect_of_value(vm, subject, &dialect) ||
        !element_texts(vm, dialect, op, &texts) ||
        !vm_getattr(vm, mock, "_limbeck_mock", &function))
        return false;
    VEC_EACH (const Str, each, &texts)
        if (!compiled_text(vm, *each, &compiled) || !vm_call(vm, function, &compiled, 1, &result))
            return false;
    return true;
}

bool bind_dialect(Vm *vm, Value bind, const Dialect **dialect)
{
    Conn *conn;
    bool opened;
    Value subject;
    MigrationContext *context = script_of(vm)->run->context;
    if (bind_is_mock(vm, bind))
        return vm_getattr(vm, bind, "dialect", &subject) && dialect_of_value(vm, subject, dialect);
    if (is_offline_bind(vm, bind) && context && context->as_sql) {
        *dialect = context->dialect;
        return true;
    }
    if (no_bind(vm, bind) || !connectable_of(vm, bind, &conn, &opened))
        return false;
    *dialect = conn_dialect(conn);
    if (opened)
        db_close(conn);
    return true;
}

bool bind_run_op(Vm *vm, Value bind, Op *op)
{
    Conn *conn;
    bool opened;
    Value result;
    MigrationContext *current = script_of(vm)->run->context;
    op->head.loc = vm_loc(vm);
    if (bind_is_mock(vm, bind))
        return mock_run(vm, bind, op);
    if (is_offline_bind(vm, bind) && current && current->as_sql) {
        OpTarget offline = { .context = current };
        return op_run(vm, &offline, op);
    }
    if (no_bind(vm, bind) || !connectable_of(vm, bind, &conn, &opened))
        return false;
    OpTarget target = { .context = context_of(vm, conn) };
    if (target.context)
        return op_run(vm, &target, op);
    bool ok = connection_run_op(vm, conn, op, &result);
    if (opened)
        db_close(conn);
    return ok;
}

bool bind_with_reflector(Vm *vm, Value bind, WithConn *call, void *context)
{
    Conn *conn;
    bool opened;
    if (no_bind(vm, bind) || !connectable_of(vm, bind, &conn, &opened))
        return false;
    const Reflector *reflector = reflector_of(conn);
    bool ok = reflector
                  ? call(vm, conn, reflector, context)
                  : vm_raise(vm, "NotImplementedError", "limbeck does not serve inspection of %s",
                             conn_dialect(conn)->name);
    if (opened)
        db_close(conn);
    return ok;
}

typedef struct Asked {
    MetaData *metadata;
    Str schema, name;
    bool found;
    Table *table;
} Asked;

static bool ask_table(Vm *vm, Conn *conn, const Reflector *reflector, void *context)
{
    Asked *asked = context;
    Error err = vm_error(vm);
    return reflector->table(conn, bind_arena(vm), asked->metadata, asked->schema, asked->name,
                            &asked->table, &err) ||
           raise_database(vm, conn, &err);
}

static bool ask_has_type(Vm *vm, Conn *conn, const Reflector *reflector, void *context)
{
    Asked *asked = context;
    Error err = vm_error(vm);
    return !reflector->has_type ||
           reflector->has_type(conn, bind_arena(vm), asked->schema, asked->name, &asked->found,
                               &err) ||
           raise_database(vm, conn, &err);
}

static bool ask_has_sequence(Vm *vm, Conn *conn, const Reflector *reflector, void *context)
{
    Asked *asked = context;
    Error err = vm_error(vm);
    return !reflector->has_sequence ||
           reflector->has_sequence(conn, bind_arena(vm), asked->schema, asked->name, &asked->found,
                                   &err) ||
           raise_database(vm, conn, &err);
}

bool bind_has_type(Vm *vm, Value bind, Str schema, Str name, bool *found)
{
    Asked asked = { .schema = schema, .name = name };
    bool ok = bind_with_reflector(vm, bind, ask_has_type, &asked);
    *found = asked.found;
    return ok;
}

bool bind_has_sequence(Vm *vm, Value bind, Str schema, Str name, bool *found)
{
    Asked asked = { .schema = schema, .name = name };
    bool ok = bind_with_reflector(vm, bind, ask_has_sequence, &asked);
    *found = asked.found;
    return ok;
}

bool bind_reflect(Vm *vm, Value bind, MetaData *metadata, Str schema, Str name, Table **table)
{
    Asked asked = { .metadata = metadata, .schema = schema, .name = name };
    bool ok = bind_with_reflector(vm, bind, ask_table, &asked);
    *table = asked.table;
    return ok;
}
