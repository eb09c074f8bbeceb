/* SPDX-License-Identifier: MIT */
/* A value more in an enum of PostgreSQL, which no statement takes out again. */
#include "ops/op_def.h"

static bool add_enum_value_sql(Ddl *ddl, const Op *op)
{
    const EnumValue *add = (const EnumValue *)(const void *)op;
    sql_put(&ddl->sql, "ALTER TYPE @ ADD VALUE IF NOT EXISTS @",
            sql_table(add->type.schema, add->type.name), sql_literal(add->value));
    if (str_given(add->before))
        sql_put(&ddl->sql, " BEFORE @", sql_literal(add->before));
    else if (str_given(add->after))
        sql_put(&ddl->sql, " AFTER @", sql_literal(add->after));
    if (!ddl_end(ddl))
        return false;
    VEC_LAST(&ddl->statements).autocommit = true;
    return true;
}

static bool keep_enum_value_sql(Ddl *ddl, const Op *op)
{
    (void)ddl;
    (void)op;
    return true;
}

static bool enum_value_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    (void)err;
    bool added = op_kind(op) == OP_ADD_ENUM_VALUE;
    EnumValue *back = op_new(arena, added ? &keep_enum_value_def : &add_enum_value_def);
    const EnumValue *from = (const EnumValue *)(const void *)op;
    back->type = from->type;
    back->value = from->value;
    back->before = from->before;
    back->after = from->after;
    *reversed = &back->op;
    return true;
}

static const Field enum_value_fields[] = {
    FIELD(EnumValue, type.name, "type_name"), FIELD(EnumValue, value, "value"),
    FIELD(EnumValue, type.schema, "schema"),  FIELD(EnumValue, before, "before"),
    FIELD(EnumValue, after, "after"),
};

const OpDef add_enum_value_def = {
    .kind = OP_ADD_ENUM_VALUE,
    .record =
        RECORD(EnumValue, "add_enum_value(type_name, value, schema=None, before=None, after=None)",
               enum_value_fields, .name = "add_enum_value",
               .doc = "ALTER TYPE ... ADD VALUE, outside a transaction."),
    .sql = add_enum_value_sql,
    .reverse = enum_value_reverse,
};
const OpDef keep_enum_value_def = {
    .kind = OP_KEEP_ENUM_VALUE,
    .record =
        RECORD(EnumValue, "keep_enum_value(type_name, value, schema=None, before=None, after=None)",
               enum_value_fields, .name = "keep_enum_value",
               .doc = "Stands where a value would have to be taken out."),
    .sql = keep_enum_value_sql,
    .reverse = enum_value_reverse,
};
