/* SPDX-License-Identifier: MIT */
#include "script/bind_create_all.h"

#include "migrate/there.h"
#include "ops/create_all.h"
#include "py/obj_list.h"
#include "script/bind_engine.h"
#include "script/bind_event.h"
#include "script/bind_mock.h"
#include "script/bind_run.h"
#include "script/state.h"

typedef struct AllCall {
    Value metadata, bind, tables, checkfirst;
    MetaData *of;
    AllOf all;
    TableVec only;
    bool create;
} AllCall;

/* tables=[...] limits which; None is all. */
static bool read_tables(Vm *vm, AllCall *call)
{
    Value list;
    if (value_is_none(call->tables))
        return true;
    if (!vm_to_list(vm, call->tables, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Table *table = record_of(list_get(list, i), &table_record);
        if (!table)
            return vm_raise(vm, "TypeError", "tables= takes Tables, got %s",
                            type_name(vm, list_get(list, i)));
        VEC_PUSH(bind_arena(vm), &call->only, table);
    }
    call->all.tables = &call->only;
    return true;
}

static bool read_there(Vm *vm, AllCall *call)
{
    Conn *conn;
    bool check, opened;
    Error err = vm_error(vm);
    if (!to_truth(vm, call->checkfirst, &check))
        return false;
    if (!check || is_offline_bind(vm, call->bind) || bind_is_mock(vm, call->bind))
        return true;
    if (!connectable_of(vm, call->bind, &conn, &opened))
        return false;
    bool ok = there_read(conn, bind_arena(vm), call->of, &call->all.there, &err) ||
              raise_database(vm, conn, &err);
    if (opened)
        db_close(conn);
    return ok;
}

static bool fire(Vm *vm, const AllCall *call, Value target, const char *when)
{
    const char *what = call->create ? "create" : "drop";
    Str name = str_format(bind_arena(vm), "%s_%s", when, what);
    return event_fire_ddl(vm, target, str_cstr(bind_arena(vm), name), call->bind);
}

static bool run_steps(Vm *vm, const AllCall *call, const AllSteps *steps)
{
    VEC_EACH (const AllStep, each, steps) {
        Value table = each->table ? box(vm, each->table) : VALUE_NONE;
        if ((each->table && !fire(vm, call, table, "before")) ||
            !bind_run_op(vm, call->bind, each->op) ||
            (each->table && !fire(vm, call, table, "after")))
            return false;
    }
    return true;
}

static bool run_all(Vm *vm, AllCall *call)
{
    AllSteps steps = { 0 };
    call->of = record_of(call->metadata, &metadata_record);
    call->all.metadata = call->of;
    if (!bind_dialect(vm, call->bind, &call->all.dialect) || !read_tables(vm, call) ||
        !read_there(vm, call) || !fire(vm, call, call->metadata, "before"))
        return false;
    if (call->create)
        create_all_steps(bind_arena(vm), &call->all, &steps);
    else
        drop_all_steps(bind_arena(vm), &call->all, &steps);
    return run_steps(vm, call, &steps) && fire(vm, call, call->metadata, "after");
}

static bool call_all(Vm *vm, Call *given, bool create)
{
    ARGS(given, self, bind, tables, checkfirst);
    AllCall call = { .metadata = self, .bind = bind, .tables = tables, .checkfirst = checkfirst };
    call.create = create;
    return run_all(vm, &call);
}

bool table_create_drop(Vm *vm, Value self, Value bind, Value checkfirst, bool create)
{
    Table *table = record_of(self, &table_record);
    AllCall call = { .bind = bind, .checkfirst = checkfirst, .of = table->metadata };
    AllSteps steps = { 0 };
    VEC_PUSH(bind_arena(vm), &call.only, table);
    call.create = create;
    call.all.metadata = call.of;
    call.all.tables = &call.only;
    if (!bind_dialect(vm, bind, &call.all.dialect) || !read_there(vm, &call))
        return false;
    if (create)
        create_all_steps(bind_arena(vm), &call.all, &steps);
    else
        drop_all_steps(bind_arena(vm), &call.all, &steps);
    return run_steps(vm, &call, &steps);
}

bool metadata_create_all(Vm *vm, Call *call)
{
    return call_all(vm, call, true);
}

bool metadata_drop_all(Vm *vm, Call *call)
{
    return call_all(vm, call, false);
}

static bool create_targets(Vm *vm, const ScriptState *state, Value bind)
{
    VEC_EACH (MetaData *, each, &state->targets) {
        AllCall call = { .metadata = box(vm, *each),
                         .bind = bind,
                         .tables = VALUE_NONE,
                         .checkfirst = value_bool(true),
                         .create = true };
        if (!run_all(vm, &call))
            return false;
    }
    return true;
}

bool script_create_all(Script *script, MigrationContext *context, Error *err)
{
    Vm *vm;
    Conn *conn = context->conn;
    if (script->state->targets.len == 0)
        return fail(err, ERR_COMMAND,
                    "the environment provides no MetaData (target_metadata): there is nothing to "
                    "create");
    if (!script_vm(script, &vm, err))
        return false;
    if (!conn)
        return create_targets(vm, script->state, VALUE_NONE) || error_restore(vm, err);
    bool own = !db_in_transaction(conn);
    if (own && !db_begin(conn, TX_LIMBECK, TX_WRITE, err))
        return false;
    bool ok =
        create_targets(vm, script->state, connection_box(vm, conn)) || exception_to_error(vm, err);
    if (!own)
        return ok;
    if (ok)
        return db_commit(conn, err);
    Error ignored = error_in(script->arena);
    err->rolled_back = db_rollback(conn, &ignored);
    return false;
}
