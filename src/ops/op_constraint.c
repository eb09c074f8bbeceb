/* SPDX-License-Identifier: MIT */
#include "ops/op_def.h"

static ConstraintKind kind_of(const Op *op)
{
    switch ((int)op_kind(op)) {
    case OP_CREATE_PRIMARY_KEY:
        return CONSTRAINT_PRIMARY_KEY;
    case OP_CREATE_FOREIGN_KEY:
        return CONSTRAINT_FOREIGN_KEY;
    case OP_CREATE_UNIQUE:
        return CONSTRAINT_UNIQUE;
    case OP_CREATE_EXCLUDE:
        return CONSTRAINT_EXCLUDE;
    default:
        return CONSTRAINT_CHECK;
    }
}

static void fill_foreign_key(const CreateConstraint *op, Constraint *constraint)
{
    constraint->ref_schema = op->referent.schema.text;
    constraint->ref_table = op->referent.name.text;
    constraint->ref_columns = op->ref_columns;
    constraint->onupdate = op->onupdate;
    constraint->ondelete = op->ondelete;
    constraint->match = op->match;
    constraint->use_alter = op->use_alter;
}

static void fill_exclude(Arena *arena, const CreateConstraint *op, Constraint *constraint)
{
    constraint->excludes = op->excludes;
    constraint->using_ = op->using_;
    constraint->ops = op->ops;
    if (op->where.kind == DATUM_STR)
        constraint->where = expr_text(arena, op->where.text);
    else if (op->where.kind != DATUM_NONE)
        constraint->where = expr_from_datum(arena, &op->where, NULL);
}

static Constraint *constraint_of(Arena *arena, const CreateConstraint *op)
{
    Constraint *constraint = constraint_new(arena, kind_of(&op->op), op->name);
    constraint->head.loc = op->op.head.loc;
    constraint->columns = op->columns;
    constraint->deferrable = op->deferrable;
    constraint->initially = op->initially;
    constraint->options = op->options;
    constraint->comment = op->comment;
    if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
        fill_foreign_key(op, constraint);
    else if (constraint->kind == CONSTRAINT_EXCLUDE)
        fill_exclude(arena, op, constraint);
    else if (constraint->kind == CONSTRAINT_CHECK)
        constraint_set_check(arena, constraint, &op->condition);
    return constraint;
}

bool create_constraint_constraint(Arena *arena, const CreateConstraint *op, Constraint **constraint,
                                  Error *err)
{
    if (op->constraint) {
        *constraint = op->constraint;
        return true;
    }
    Table *table;
    if (!op_table(arena, op->table, &op->columns, &table, err))
        return false;
    *constraint = constraint_of(arena, op);
    return table_add_constraint(arena, table, *constraint, err);
}

static bool create_constraint_sql(Ddl *ddl, const Op *op)
{
    const CreateConstraint *create = (const CreateConstraint *)(const void *)op;
    Constraint *constraint;
    if (!create_constraint_constraint(ddl->arena, create, &constraint, ddl->err))
        return false;
    return ddl_add_constraint(ddl, constraint);
}

static bool create_constraint_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const CreateConstraint *create = (const CreateConstraint *)(const void *)op;
    DropConstraint *drop = op_new(arena, &drop_constraint_def);
    if (!create_constraint_constraint(arena, create, &drop->constraint, err))
        return false;
    drop->name = drop->constraint->name;
    drop->table = (TableName){ drop->constraint->table->schema, drop->constraint->table->name };
    drop->type = str_from(constraint_type(drop->constraint->kind));
    *reversed = &drop->op;
    return true;
}

static bool constraint_kind_named(Str type, ConstraintKind *kind)
{
    for (ConstraintKind each = CONSTRAINT_PRIMARY_KEY; each <= CONSTRAINT_CHECK; each++)
        if (str_is(type, constraint_type(each))) {
            *kind = each;
            return true;
        }
    return false;
}

bool drop_constraint_constraint(Arena *arena, const DropConstraint *op, Constraint **constraint,
                                Error *err)
{
    if (op->constraint && op->constraint->table) {
        *constraint = op->constraint;
        return true;
    }
    ConstraintKind kind = CONSTRAINT_CHECK;
    bool known = str_given(op->type);
    if (known && !constraint_kind_named(op->type, &kind))
        return fail_at(err, ERR_SCRIPT, op->op.head.loc,
                       "TypeError: 'type' can be one of 'check', 'foreignkey', 'primary', "
                       "'unique', None");
    Table *table;
    if (!op_table(arena, op->table, NULL, &table, err))
        return false;
    *constraint = constraint_new(arena, kind, op->name);
    (*constraint)->table = table;
    /* Of a constraint of unknown kind no convention is known either. */
    if (!known)
        (*constraint)->name.final = true;
    return true;
}

static bool drop_constraint_sql(Ddl *ddl, const Op *op)
{
    const DropConstraint *drop = (const DropConstraint *)(const void *)op;
    bool mysql = ddl->dialect->id == DIALECT_MYSQL || ddl->dialect->id == DIALECT_MARIADB;
    if (mysql && !str_given(drop->type) && !drop->constraint)
        return fail(ddl->err, ERR_SCHEMA,
                    "NotImplementedError: No generic 'DROP CONSTRAINT' in MySQL - please specify "
                    "constraint type");
    Constraint *constraint;
    if (!drop_constraint_constraint(ddl->arena, drop, &constraint, ddl->err))
        return false;
    return ddl_drop_constraint(ddl, constraint, drop->if_exists == TRI_TRUE,
                               drop->cascade == TRI_TRUE);
}

static const OpDef *create_def(ConstraintKind kind)
{
    static const OpDef *const defs[] = {
        [CONSTRAINT_PRIMARY_KEY] = &create_primary_key_def,
        [CONSTRAINT_FOREIGN_KEY] = &create_foreign_key_def,
        [CONSTRAINT_UNIQUE] = &create_unique_def,
        [CONSTRAINT_CHECK] = &create_check_def,
        [CONSTRAINT_EXCLUDE] = &create_exclude_def,
    };
    return defs[kind];
}

static bool drop_constraint_reverse(Arena *arena, const Op *op, Op **reversed, Error *err)
{
    const DropConstraint *drop = (const DropConstraint *)(const void *)op;
    if (!drop->constraint)
        return fail_at(err, ERR_SCHEMA, op->head.loc,
                       "cannot undo drop_constraint of '%.*s': what it was is not known",
                       STR_ARG(drop->name.text));
    CreateConstraint *create = op_new(arena, create_def(drop->constraint->kind));
    create->constraint = drop->constraint;
    create->name = drop->name;
    create->table = drop->table;
    *reversed = &create->op;
    return true;
}

/* ("column", "operator"), ... */
static bool exclude_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    CreateConstraint *op = object;
    for (size_t i = 0; i < count; i++) {
        const Datum *items = args[i].list.items;
        if (args[i].kind != DATUM_LIST || args[i].list.len < 2 || items[1].kind != DATUM_STR)
            return fail(err, ERR_SCRIPT,
                        "create_exclude_constraint takes (column, operator) pairs");
        ExcludeElement element = { .op = str_dup(arena, items[1].text) };
        element.expr = items[0].kind == DATUM_STR
                           ? expr_column_name(arena, name_from(items[0].text), NULL)
                           : expr_from_datum(arena, &items[0], NULL);
        VEC_PUSH(arena, &op->excludes, element);
    }
    return true;
}

#define TABLE_ROWS                                         \
    FIELD(CreateConstraint, name, "constraint_name"),      \
        FIELD(CreateConstraint, table.name, "table_name"), \
        FIELD(CreateConstraint, table.schema, "schema")
#define COMMON_ROWS                                      \
    FIELD(CreateConstraint, deferrable, "deferrable"),   \
        FIELD(CreateConstraint, initially, "initially"), \
        FIELD(CreateConstraint, comment, "comment"), FIELD(CreateConstraint, options, "kw")

static const Field columns_fields[] = {
    TABLE_ROWS,
    FIELD(CreateConstraint, columns, "columns"),
    COMMON_ROWS,
};
static const Field check_fields[] = {
    TABLE_ROWS,
    FIELD(CreateConstraint, condition, "condition"),
    COMMON_ROWS,
};
static const Field exclude_fields[] = {
    TABLE_ROWS,
    FIELD(CreateConstraint, using_, "using"),
    FIELD(CreateConstraint, where, "where"),
    FIELD(CreateConstraint, ops, "ops"),
    COMMON_ROWS,
};
static const Field foreign_key_fields[] = {
    FIELD(CreateConstraint, name, "constraint_name"),
    FIELD(CreateConstraint, table.name, "source_table"),
    FIELD(CreateConstraint, referent.name, "referent_table"),
    FIELD(CreateConstraint, columns, "local_cols"),
    FIELD(CreateConstraint, ref_columns, "remote_cols"),
    FIELD(CreateConstraint, onupdate, "onupdate"),
    FIELD(CreateConstraint, ondelete, "ondelete"),
    FIELD(CreateConstraint, match, "match"),
    FIELD(CreateConstraint, use_alter, "use_alter"),
    FIELD(CreateConstraint, table.schema, "source_schema"),
    FIELD(CreateConstraint, referent.schema, "referent_schema"),
    COMMON_ROWS,
};
static const Field drop_constraint_fields[] = {
    FIELD(DropConstraint, name, "constraint_name"), FIELD(DropConstraint, table.name, "table_name"),
    FIELD(DropConstraint, type, "type_"),           FIELD(DropConstraint, table.schema, "schema"),
    FIELD(DropConstraint, if_exists, "if_exists"),
};

#define CREATE(op_kind_, python, args, batch_args, rows, text, finish_)                    \
    {                                                                                      \
        .kind = op_kind_,                                                                  \
        .record = RECORD(CreateConstraint, python args, rows, .name = python, .doc = text, \
                         .finish = finish_),                                               \
        .sql = create_constraint_sql, .reverse = create_constraint_reverse,                \
        .batch = python batch_args,                                                        \
    }

const OpDef create_primary_key_def =
    CREATE(OP_CREATE_PRIMARY_KEY, "create_primary_key",
           "(constraint_name, table_name, columns, schema=None, **kw)",
           "(constraint_name, columns, **kw)", columns_fields, "Add a primary key.", NULL);
const OpDef create_unique_def =
    CREATE(OP_CREATE_UNIQUE, "create_unique_constraint",
           "(constraint_name, table_name, columns, schema=None, deferrable=None, initially=None, "
           "comment=None, **kw)",
           "(constraint_name, columns, deferrable=None, initially=None, comment=None, **kw)",
           columns_fields, "Add a unique constraint.", NULL);
const OpDef create_check_def =
    CREATE(OP_CREATE_CHECK, "create_check_constraint",
           "(constraint_name, table_name, condition, schema=None, deferrable=None, "
           "initially=None, comment=None, **kw)",
           "(constraint_name, condition, deferrable=None, initially=None, comment=None, **kw)",
           check_fields, "Add a check constraint.", NULL);
const OpDef create_foreign_key_def =
    CREATE(OP_CREATE_FOREIGN_KEY, "create_foreign_key",
           "(constraint_name, source_table, referent_table, local_cols, remote_cols, "
           "onupdate=None, ondelete=None, deferrable=None, initially=None, match=None, "
           "source_schema=None, referent_schema=None, use_alter=None, comment=None, **kw)",
           "(constraint_name, referent_table, local_cols, remote_cols, referent_schema=None, "
           "onupdate=None, ondelete=None, deferrable=None, initially=None, match=None, "
           "use_alter=None, comment=None, **kw)",
           foreign_key_fields, "Add a foreign key.", NULL);
const OpDef create_exclude_def =
    CREATE(OP_CREATE_EXCLUDE, "create_exclude_constraint",
           "(constraint_name, table_name, *elements, using='gist', where=None, schema=None, "
           "deferrable=None, initially=None, ops=None, comment=None, **kw)",
           "(constraint_name, *elements, using='gist', where=None, deferrable=None, "
           "initially=None, ops=None, comment=None, **kw)",
           exclude_fields, "Add an exclude constraint (PostgreSQL).", exclude_finish);
const OpDef drop_constraint_def = {
    .kind = OP_DROP_CONSTRAINT,
    .record =
        RECORD(DropConstraint,
               "drop_constraint(constraint_name, table_name, type_=None, schema=None, "
               "if_exists=None)",
               drop_constraint_fields, .name = "drop_constraint", .doc = "Drop a constraint."),
    .sql = drop_constraint_sql,
    .reverse = drop_constraint_reverse,
    .batch = "drop_constraint(constraint_name, type_=None, if_exists=None)",
};
