/* SPDX-License-Identifier: MIT */
/* Operations as `check` shows them: the tuples of Alembic's compare_metadata. */
#include "diff/render_state.h"

static void begin(Rendering *r, const char *kind)
{
    buf_printf(&r->buf, "%s('%s', ", r->buf.len > 1 ? ", " : "", kind);
}

static void put_where(Rendering *r, TableName table, const Name *column)
{
    put_repr_or_none(r, table.schema.text);
    buf_puts(&r->buf, ", ");
    put_repr(r, table.name.text);
    if (!column)
        return;
    buf_puts(&r->buf, ", ");
    put_repr(r, column->text);
}

static void put_of_table(Rendering *r, const Table *table)
{
    if (table)
        buf_printf(&r->buf, ", table=<%.*s>",
                   STR_ARG(table_key(r->arena, table->schema.text, table->name.text)));
}

/* Closes the object's bracket behind the table's name. */
static void end_of_table(Rendering *r, const Table *table)
{
    r->buf.len -= r->buf.ptr[r->buf.len - 1] == ')';
    put_of_table(r, table);
    buf_puts(&r->buf, "))");
}

static bool table_tuple(Rendering *r, const char *kind, const Table *table)
{
    begin(r, kind);
    buf_puts(&r->buf, "Table(");
    put_repr(r, table->name.text);
    VEC_EACH (Column *, column, &table->columns) {
        buf_puts(&r->buf, ", ");
        if (!put_column(r, *column, true))
            return false;
    }
    buf_puts(&r->buf, ", schema=");
    put_repr_or_none(r, table->schema.text);
    buf_puts(&r->buf, "))");
    return true;
}

static bool create_table_tuple(Rendering *r, const Op *op)
{
    Table *table;
    return create_table_table(r->arena, (const CreateTable *)(const void *)op, &table, r->err) &&
           table_tuple(r, "add_table", table);
}

static bool drop_table_tuple(Rendering *r, const Op *op)
{
    const DropTable *drop = (const DropTable *)(const void *)op;
    Table *table = drop->reverse;
    return (table || op_table(r->arena, drop->table, NULL, &table, r->err)) &&
           table_tuple(r, "remove_table", table);
}

static bool add_column_tuple(Rendering *r, const Op *op)
{
    const AddColumn *add = (const AddColumn *)(const void *)op;
    begin(r, "add_column");
    put_where(r, add->table, NULL);
    buf_puts(&r->buf, ", ");
    if (!put_column(r, add->column, true))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static bool drop_column_tuple(Rendering *r, const Op *op)
{
    const DropColumn *drop = (const DropColumn *)(const void *)op;
    begin(r, "remove_column");
    put_where(r, drop->table, NULL);
    buf_puts(&r->buf, ", ");
    if (drop->reverse && !put_column(r, drop->reverse, true))
        return false;
    if (!drop->reverse)
        put_repr(r, drop->column.text);
    buf_putc(&r->buf, ')');
    return true;
}

static bool put_type_or_none(Rendering *r, const Type *type)
{
    if (type)
        return put_type(r, type);
    buf_puts(&r->buf, "None");
    return true;
}

static void put_tri_or_none(Rendering *r, Tri tri)
{
    if (tri == TRI_NONE)
        buf_puts(&r->buf, "None");
    else
        put_bool(r, tri == TRI_TRUE);
}

static bool put_default_or_none(Rendering *r, const Datum *given)
{
    if (given->kind != DATUM_NONE && !datum_is_false(given))
        return put_default(r, given, NULL);
    buf_puts(&r->buf, "None");
    return true;
}

static void begin_change(Rendering *r, const char *kind, const AlterColumn *op, size_t *count)
{
    if (*count)
        buf_puts(&r->buf, ", ");
    (*count)++;
    buf_printf(&r->buf, "('%s', ", kind);
    put_where(r, op->table, &op->column);
    buf_puts(&r->buf, ", ");
}

static bool type_change(Rendering *r, const AlterColumn *op, size_t *count)
{
    if (!op->type)
        return true;
    begin_change(r, "modify_type", op, count);
    if (!put_type_or_none(r, op->existing_type))
        return false;
    buf_puts(&r->buf, ", ");
    if (!put_type(r, op->type))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static bool default_change(Rendering *r, const AlterColumn *op, size_t *count)
{
    if (datum_is_false(&op->server_default))
        return true;
    begin_change(r, "modify_default", op, count);
    if (!put_default_or_none(r, &op->existing_server_default))
        return false;
    buf_puts(&r->buf, ", ");
    if (!put_default_or_none(r, &op->server_default))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static bool comment_change(Rendering *r, const AlterColumn *op, size_t *count)
{
    if (datum_is_false(&op->comment))
        return true;
    begin_change(r, "modify_comment", op, count);
    put_repr_or_none(r, op->existing_comment);
    buf_puts(&r->buf, ", ");
    if (!put_datum(r, &op->comment))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static bool alter_column_tuple(Rendering *r, const Op *op)
{
    const AlterColumn *alter = (const AlterColumn *)(const void *)op;
    size_t count = 0;
    buf_puts(&r->buf, r->buf.len > 1 ? ", [" : "[");
    if (!type_change(r, alter, &count))
        return false;
    if (alter->nullable != TRI_NONE) {
        begin_change(r, "modify_nullable", alter, &count);
        put_tri_or_none(r, alter->existing_nullable);
        buf_puts(&r->buf, ", ");
        put_tri_or_none(r, alter->nullable);
        buf_putc(&r->buf, ')');
    }
    if (!default_change(r, alter, &count) || !comment_change(r, alter, &count))
        return false;
    buf_putc(&r->buf, ']');
    return true;
}

static bool put_index(Rendering *r, const Index *index)
{
    Name name;
    if (!index_name(r, index, &name))
        return false;
    buf_puts(&r->buf, "Index(");
    put_name(r, name);
    VEC_EACH (const IndexPart, part, &index->parts) {
        Datum expr = { .kind = DATUM_RECORD, .record = { &expr_record, part->expr } };
        Str sql = part->column;
        if (part->expr && !expr_source(r, &expr, &sql))
            return false;
        buf_puts(&r->buf, ", ");
        put_repr(r, sql);
    }
    if (index->unique == TRI_TRUE)
        buf_puts(&r->buf, ", unique=True");
    end_of_table(r, index->table);
    return true;
}

static bool create_index_tuple(Rendering *r, const Op *op)
{
    Index *index;
    begin(r, "add_index");
    return create_index_index(r->arena, (const CreateIndex *)(const void *)op, &index, r->err) &&
           put_index(r, index);
}

static bool drop_index_tuple(Rendering *r, const Op *op)
{
    Index *index;
    begin(r, "remove_index");
    return drop_index_index(r->arena, (const DropIndex *)(const void *)op, &index, r->err) &&
           put_index(r, index);
}

static bool create_constraint_tuple(Rendering *r, const Op *op)
{
    Constraint *constraint;
    const CreateConstraint *create = (const CreateConstraint *)(const void *)op;
    begin(r, op_kind(op) == OP_CREATE_FOREIGN_KEY ? "add_fk" : "add_constraint");
    if (!create_constraint_constraint(r->arena, create, &constraint, r->err) ||
        !put_constraint(r, constraint))
        return false;
    end_of_table(r, constraint->table);
    return true;
}

static bool drop_constraint_tuple(Rendering *r, const Op *op)
{
    const DropConstraint *drop = (const DropConstraint *)(const void *)op;
    begin(r, str_is(drop->type, "foreignkey") ? "remove_fk" : "remove_constraint");
    if (drop->constraint) {
        if (!put_constraint(r, drop->constraint))
            return false;
        end_of_table(r, drop->constraint->table);
        return true;
    }
    put_repr_or_none(r, drop->name.text);
    buf_puts(&r->buf, ", ");
    put_where(r, drop->table, NULL);
    buf_putc(&r->buf, ')');
    return true;
}

static bool table_comment_tuple(Rendering *r, const Op *op)
{
    const TableComment *comment = (const TableComment *)(const void *)op;
    bool create = op_kind(op) == OP_CREATE_TABLE_COMMENT;
    begin(r, create ? "add_table_comment" : "remove_table_comment");
    put_where(r, comment->table, NULL);
    buf_puts(&r->buf, ", ");
    if (create) {
        put_repr_or_none(r, comment->comment);
        buf_puts(&r->buf, ", ");
    }
    put_repr_or_none(r, comment->existing_comment);
    buf_putc(&r->buf, ')');
    return true;
}

static bool sequence_tuple(Rendering *r, const Op *op)
{
    const SequenceOp *change = (const SequenceOp *)(const void *)op;
    TableName name = { name_from(change->sequence->schema), change->sequence->name };
    begin(r, op_kind(op) == OP_CREATE_SEQUENCE ? "add_sequence" : "remove_sequence");
    put_where(r, name, NULL);
    buf_putc(&r->buf, ')');
    return true;
}

static bool enum_value_tuple(Rendering *r, const Op *op)
{
    const EnumValue *add = (const EnumValue *)(const void *)op;
    Name value = name_from(add->value);
    begin(r, "add_enum_value");
    put_where(r, add->type, &value);
    buf_putc(&r->buf, ')');
    return true;
}

static bool type_tuple(Rendering *r, const Op *op)
{
    const Type *type = ((const TypeOp *)(const void *)op)->type;
    begin(r, op_kind(op) == OP_CREATE_TYPE ? "add_type" : "remove_type");
    put_where(r, (TableName){ .schema = name_from(type->schema), .name = type->name }, NULL);
    buf_putc(&r->buf, ')');
    return true;
}

static bool put_tuple(Rendering *r, const Op *op);

static bool modify_table_tuples(Rendering *r, const Op *op)
{
    const ModifyTable *modify = (const ModifyTable *)(const void *)op;
    VEC_EACH (Op *, each, &modify->ops) {
        if (!put_tuple(r, *each))
            return false;
    }
    return true;
}

/* By OpKind; NULL: the directive's name says all. */
static bool (*const tuples[OP_KIND_COUNT])(Rendering *r, const Op *op) = {
    [OP_CREATE_TABLE] = create_table_tuple,
    [OP_DROP_TABLE] = drop_table_tuple,
    [OP_ADD_COLUMN] = add_column_tuple,
    [OP_DROP_COLUMN] = drop_column_tuple,
    [OP_ALTER_COLUMN] = alter_column_tuple,
    [OP_CREATE_INDEX] = create_index_tuple,
    [OP_DROP_INDEX] = drop_index_tuple,
    [OP_CREATE_PRIMARY_KEY] = create_constraint_tuple,
    [OP_CREATE_FOREIGN_KEY] = create_constraint_tuple,
    [OP_CREATE_UNIQUE] = create_constraint_tuple,
    [OP_CREATE_CHECK] = create_constraint_tuple,
    [OP_CREATE_EXCLUDE] = create_constraint_tuple,
    [OP_DROP_CONSTRAINT] = drop_constraint_tuple,
    [OP_CREATE_TABLE_COMMENT] = table_comment_tuple,
    [OP_DROP_TABLE_COMMENT] = table_comment_tuple,
    [OP_CREATE_SEQUENCE] = sequence_tuple,
    [OP_DROP_SEQUENCE] = sequence_tuple,
    [OP_ADD_ENUM_VALUE] = enum_value_tuple,
    [OP_CREATE_TYPE] = type_tuple,
    [OP_DROP_TYPE] = type_tuple,
    [OP_MODIFY_TABLE] = modify_table_tuples,
};

static bool put_tuple(Rendering *r, const Op *op)
{
    if (tuples[op_kind(op)])
        return tuples[op_kind(op)](r, op);
    buf_printf(&r->buf, "%s('%s',)", r->buf.len > 1 ? ", " : "", op_def(op)->record.name);
    return true;
}

bool render_tuples(Arena *arena, const RenderOptions *options, const OpVec *ops, Str *text,
                   Error *err)
{
    RenderOptions plain = *options;
    StrVec imports = { 0 };
    plain.sa = STR("");
    plain.op = STR_NONE;
    plain.ask.item = NULL;
    Rendering r = rendering_begin(arena, &plain, &imports, err);
    buf_putc(&r.buf, '[');
    VEC_EACH (Op *, op, ops) {
        if (!put_tuple(&r, *op))
            return false;
    }
    buf_putc(&r.buf, ']');
    *text = rendering_take(&r);
    return true;
}
