/* SPDX-License-Identifier: MIT */
#include "ops/op_batch.h"

#include "ops/batch_rebuild.h"

/* SQLite's ALTER TABLE ADD COLUMN takes no expression, and no stored generated column. */
static bool add_needs_rebuild(const AddColumn *op)
{
    const Column *column = op->column;
    if (column->computed)
        return column->computed->persisted == TRI_TRUE;
    if (default_kind(&column->server_default) == DEFAULT_EXPR)
        return true;
    bool inline_keys = op->inline_references == TRI_TRUE;
    return (column->foreign_keys.len > 0 && !inline_keys) || column->unique == TRI_TRUE;
}

static bool needs_rebuild(const Batch *batch)
{
    VEC_EACH(Op *, op, &batch->ops) {
        OpKind kind = op_kind(*op);
        if (kind == OP_CREATE_INDEX || kind == OP_DROP_INDEX || kind == OP_EXECUTE)
            continue;
        if (kind != OP_ADD_COLUMN || add_needs_rebuild((const AddColumn *)(const void *)*op))
            return true;
    }
    return false;
}

static bool decide(const BatchRunner *runner, const Batch *batch, bool *rebuild, Error *err)
{
    *rebuild = false;
    if (str_is(batch->recreate, "always"))
        *rebuild = true;
    else if (str_is(batch->recreate, "auto"))
        *rebuild = runner->dialect->id == DIALECT_SQLITE && needs_rebuild(batch);
    else if (runner->recreate && !str_given(batch->recreate))
        return runner->recreate(runner->context, batch, rebuild, err);
    else if (!str_is(batch->recreate, "never"))
        return fail(err, ERR_SCHEMA,
                    "ValueError: recreate may be one of 'auto', 'always', or "
                    "'never'.");
    return true;
}

static bool places_column(const Op *op)
{
    if (op_kind(op) != OP_ADD_COLUMN)
        return false;
    const AddColumn *add = (const AddColumn *)(const void *)op;
    return str_given(add->insert_before) || str_given(add->insert_after);
}

static bool run_plainly(const BatchRunner *runner, const Batch *batch, Error *err)
{
    VEC_EACH(Op *, op, &batch->ops) {
        if (places_column(*op))
            return fail_at(err, ERR_COMMAND, (*op)->head.loc,
                           "Can't specify insert_before or insert_after when using ALTER; please "
                           "specify recreate='always'");
        if (!runner->invoke(runner->context, *op, err))
            return error_at(err, (*op)->head.loc);
    }
    return true;
}

bool batch_run(const BatchRunner *runner, const Batch *batch, Error *err)
{
    bool rebuild;
    if (!decide(runner, batch, &rebuild, err))
        return false;
    bool reorders =
        batch->partial_reordering.kind == DATUM_LIST && batch->partial_reordering.list.len > 0;
    if (!rebuild && reorders)
        return fail(err, ERR_COMMAND,
                    "Can't use partial_reordering with ALTER; please specify "
                    "recreate='always'");
    return rebuild ? batch_rebuild(runner, batch, err) : run_plainly(runner, batch, err);
}

/* A batch needs a look at the database: whoever compiles ops alone cannot write it. */
static bool batch_sql(Ddl *ddl, const Op *op)
{
    return fail_at(ddl->err, ERR_SCHEMA, op->head.loc,
                   "batch_alter_table cannot be compiled without its context");
}

static const Field batch_fields[] = {
    FIELD(Batch, table.name, "table_name"),
    FIELD(Batch, table.schema, "schema"),
    FIELD(Batch, recreate, "recreate"),
    FIELD(Batch, partial_reordering, "partial_reordering"),
    LINK(Batch, copy_from, "copy_from", &table_record),
    FIELD(Batch, table_args, "table_args"),
    FIELD(Batch, table_kwargs, "table_kwargs"),
    FIELD(Batch, reflect_args, "reflect_args"),
    FIELD(Batch, reflect_kwargs, "reflect_kwargs"),
    FIELD(Batch, naming_convention, "naming_convention"),
};

const OpDef batch_def = {
    .kind = OP_BATCH,
    .record = RECORD(Batch,
                     "batch_alter_table(table_name, schema=None, recreate='auto', "
                     "partial_reordering=None, copy_from=None, table_args=(), table_kwargs=None, "
                     "reflect_args=(), reflect_kwargs=None, naming_convention=None)",
                     batch_fields, .name = "batch_alter_table",
                     .doc = "Change a table in several ways at once, rebuilding it where need be."),
    .sql = batch_sql,
};
