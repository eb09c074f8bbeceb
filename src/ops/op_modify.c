/* SPDX-License-Identifier: MIT */
/* Changes of one table as autogenerate groups them, and operations that only scripts know. */
#include "ops/op_def.h"

static bool modify_table_sql(Ddl *ddl, const Op *op)
{
    const ModifyTable *modify = (const ModifyTable *)(const void *)op;
    VEC_EACH (Op *, each, &modify->ops) {
        if (!ddl_compile(ddl, *each))
            return false;
    }
    return true;
}

static bool modify_table_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const ModifyTable *modify = (const ModifyTable *)(const void *)op;
    ModifyTable *undo = op_new(arena, &modify_table_def);
    undo->table = modify->table;
    *reversed = &undo->op;
    return op_reverse_all(arena, &modify->ops, &undo->ops, err);
}

static bool script_op_sql(Ddl *ddl, const Op *op)
{
    return fail_at(ddl->err, ERR_SCHEMA, op->head.loc,
                   "an operation of a script cannot be compiled without the script");
}

static const Field modify_table_fields[] = {
    FIELD(ModifyTable, table.name, "table_name"),
    FIELD(ModifyTable, table.schema, "schema"),
};
static const Field script_op_fields[] = {
    FIELD(ScriptOp, object, "object"),
};

const OpDef modify_table_def = {
    .kind = OP_MODIFY_TABLE,
    .record = RECORD(ModifyTable, "modify_table(table_name, schema=None)", modify_table_fields,
                     .name = "modify_table", .doc = "The changes of one table."),
    .sql = modify_table_sql,
    .reverse = modify_table_reverse,
};
const OpDef script_op_def = {
    .kind = OP_SCRIPT,
    .record = RECORD(ScriptOp, "script_op(object)", script_op_fields, .name = "script_op",
                     .doc = "An operation of a script."),
    .sql = script_op_sql,
};
