/* SPDX-License-Identifier: MIT */
#include "ops/op_def.h"

#include "base/signature.h"

const OpDef *const op_defs[] = {
    &create_table_def,
    &drop_table_def,
    &rename_table_def,
    &add_column_def,
    &drop_column_def,
    &alter_column_def,
    &create_index_def,
    &drop_index_def,
    &create_primary_key_def,
    &create_foreign_key_def,
    &create_unique_def,
    &create_check_def,
    &create_exclude_def,
    &drop_constraint_def,
    &create_table_comment_def,
    &drop_table_comment_def,
    &bulk_insert_def,
    &execute_def,
    NULL,
};

const OpDef *const op_elements[] = {
    &create_table_element_def,
    &drop_table_element_def,
    &create_index_element_def,
    &drop_index_element_def,
    &add_constraint_element_def,
    &drop_constraint_element_def,
    &set_table_comment_def,
    &drop_table_comment_element_def,
    &set_column_comment_def,
    &drop_column_comment_def,
    &create_schema_def,
    &drop_schema_def,
    &create_sequence_def,
    &drop_sequence_def,
    &ddl_element_def,
    NULL,
};

const OpDef *op_def_find(Str name)
{
    for (size_t i = 0; op_defs[i]; i++)
        if (str_is(name, op_defs[i]->record.name))
            return op_defs[i];
    return NULL;
}

static void set_default(void *object, const Field *field, const Param *param)
{
    void *member = field_at(object, field);
    const Datum *fallback = &param->fallback;
    if (field->kind == FIELD_DATUM)
        *(Datum *)member = *fallback;
    else if (field->kind == FIELD_STR && fallback->kind == DATUM_STR)
        *(Str *)member = fallback->text;
    else if (field->kind == FIELD_TRI && fallback->kind == DATUM_BOOL)
        *(Tri *)member = fallback->truth ? TRI_TRUE : TRI_FALSE;
}

void *op_new(Arena *arena, const OpDef *def)
{
    void *object = record_new(arena, &def->record);
    Arena *scratch = arena_new(arena);
    const Signature *signature = signature_parse(scratch, def->record.signature);
    for (size_t i = 0; i < signature->count; i++) {
        const Param *param = &signature->params[i];
        const Field *field = record_field(&def->record, param->name);
        if (field && !param->required && !param->unset_default && param->kind != PARAM_VARARGS &&
            param->kind != PARAM_VARKEYWORDS)
            set_default(object, field, param);
    }
    arena_free(scratch);
    return object;
}

bool op_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const OpDef *def = op_def(op);
    if (!def->reverse)
        return fail_at(err, ERR_SCHEMA, op->head.loc, "%s cannot be undone", def->record.name);
    return def->reverse(arena, op, reversed, err);
}

bool op_reverse_all(Arena *arena, const OpVec *ops, OpVec *reversed, Error *err)
{
    for (size_t i = ops->len; i-- > 0;) {
        Op *undo;
        if (!op_reverse(arena, ops->items[i], &undo, err))
            return false;
        VEC_PUSH(arena, reversed, undo);
    }
    return true;
}
