/* SPDX-License-Identifier: MIT */
/*
 * The operations there are: one OpDef each, listed in one table. A directive is a struct
 * (schema/op.h), a slice (op_*.c) and a row here.
 */
#ifndef LIMBECK_OPS_OP_DEF_H
#define LIMBECK_OPS_OP_DEF_H

#include "sql/ddl.h"

extern const OpDef create_table_def, drop_table_def, rename_table_def, create_table_comment_def,
    drop_table_comment_def;
extern const OpDef add_column_def, drop_column_def, alter_column_def;
extern const OpDef create_index_def, drop_index_def;
extern const OpDef create_primary_key_def, create_foreign_key_def, create_unique_def,
    create_check_def, create_exclude_def, drop_constraint_def;
extern const OpDef bulk_insert_def, execute_def;
/* SQLAlchemy's DDL elements: CreateTable, DropTable, CreateSchema, ... inside op.execute(). */
extern const OpDef create_table_element_def, drop_table_element_def, create_index_element_def,
    drop_index_element_def, add_constraint_element_def, drop_constraint_element_def,
    set_table_comment_def, drop_table_comment_element_def, set_column_comment_def,
    drop_column_comment_def, create_schema_def, drop_schema_def, create_sequence_def,
    drop_sequence_def, ddl_element_def;
/* Enum.create() and drop(); made by the script floor, no directives of their own. */
extern const OpDef create_type_def, drop_type_def;
/* What autogenerate makes and its hooks put in: no directives either. */
extern const OpDef modify_table_def, script_op_def, add_enum_value_def, keep_enum_value_def;

/* The directives of `op`, ends in NULL. `batch` is db's: see ops/op_batch.h. */
extern const OpDef *const op_defs[];
/* The DDL elements, by their Python names; ends in NULL. */
extern const OpDef *const op_elements[];
/* By the directive's name ("add_column"), or NULL. */
const OpDef *op_def_find(Str name);

/* An op with the signature's defaults. Cast to the struct of schema/op.h. */
void *op_new(Arena *arena, const OpDef *def);
/* The op that undoes `op`; ERR_SCHEMA when it cannot be told. */
bool op_reverse(Arena *arena, const Op *op, Op **reversed, Error *err);
/* What undoes all of `ops`: each reversed, the last one first. */
bool op_reverse_all(Arena *arena, const OpVec *ops, OpVec *reversed, Error *err);

/*
 * The schema objects that an op stands for, as Alembic would make them: a Table of its own for a
 * name, columns without a type where only names are known. They are in no MetaData.
 */
bool create_table_table(Arena *arena, const CreateTable *op, Table **table, Error *err);
bool create_index_index(Arena *arena, const CreateIndex *op, Index **index, Error *err);
bool drop_index_index(Arena *arena, const DropIndex *op, Index **index, Error *err);
bool create_constraint_constraint(Arena *arena, const CreateConstraint *op, Constraint **constraint,
                                  Error *err);
bool drop_constraint_constraint(Arena *arena, const DropConstraint *op, Constraint **constraint,
                                Error *err);
/* A table of the one column, which is a copy, with the constraints and indexes that it brings. */
bool add_column_table(Arena *arena, const AddColumn *op, Table **table, Error *err);
/* A Table that has the columns named, none of them with a type. */
bool op_table(Arena *arena, TableName name, const StrVec *columns, Table **table, Error *err);

#endif
