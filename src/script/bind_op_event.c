/* SPDX-License-Identifier: MIT */
#include "script/bind_op_event.h"

#include "script/bind_context.h"
#include "script/bind_event.h"

static bool create_table_heard(Vm *vm, Op *op, Table **table, Error *err)
{
    CreateTable *create = (CreateTable *)(void *)op;
    if (!create_table_table(bind_arena(vm), create, table, err))
        return false;
    create->table = *table;
    return true;
}

static bool add_column_heard(Vm *vm, Op *op, Table **table, Error *err)
{
    AddColumn *add = (AddColumn *)(void *)op;
    if (!add_column_table(bind_arena(vm), add, table, err))
        return false;
    add->table_made = *table;
    return true;
}

static bool drop_table_heard(Vm *vm, Op *op, Table **table, Error *err)
{
    return op_table(bind_arena(vm), ((DropTable *)(void *)op)->table, NULL, table, err);
}

/* What an operation sends besides after_parent_attach of its table and columns. */
typedef struct Heard {
    OpKind kind;
    bool (*table)(Vm *vm, Op *op, Table **table, Error *err);
    const char *before, *after; /* or NULL */
} Heard;

static const Heard heard_rows[] = {
    { OP_CREATE_TABLE, create_table_heard, "before_create", "after_create" },
    { OP_ADD_COLUMN, add_column_heard, NULL, NULL },
    { OP_DROP_TABLE, drop_table_heard, "before_drop", "after_drop" },
};

static const Heard *heard_of(const Op *op)
{
    for (size_t i = 0; i < sizeof heard_rows / sizeof *heard_rows; i++)
        if (heard_rows[i].kind == op_kind(op))
            return &heard_rows[i];
    return NULL;
}

static bool send(Vm *vm, OpTarget *target, Value table, const char *name)
{
    MigrationContext *context;
    Value bind;
    return op_context(vm, target, &context) && context_bind_value(vm, context, &bind) &&
           event_fire_ddl(vm, table, name, bind);
}

/* A new table's indexes are made after who waits for the table has heard of it. */
static bool run_between(Vm *vm, OpTarget *target, Op *op, const Heard *heard, Value table)
{
    CreateTable *create = op_kind(op) == OP_CREATE_TABLE ? (CreateTable *)(void *)op : NULL;
    if (create)
        create->without |= WITHOUT_INDEXES;
    if (!send(vm, target, table, heard->before) || !op_run(vm, target, op) ||
        !send(vm, target, table, heard->after))
        return false;
    if (!create)
        return true;
    create->without = WITHOUT_TYPES | WITHOUT_TABLE;
    return op_run(vm, target, op);
}

bool op_run_heard(Vm *vm, OpTarget *target, Op *op)
{
    const Heard *heard = event_listened(vm) ? heard_of(op) : NULL;
    Table *made;
    Error err = vm_error(vm);
    if (!heard)
        return op_run(vm, target, op);
    if (!heard->table(vm, op, &made, &err))
        return raise_error(vm, &err);
    Value table = box(vm, made);
    if (!event_fire_attach(vm, table))
        return false;
    return heard->before ? run_between(vm, target, op, heard, table) : op_run(vm, target, op);
}
