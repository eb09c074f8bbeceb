/* SPDX-License-Identifier: MIT */
#include "schema/constraint.h"

#include "schema/table.h"

/* The key of a column given as str, Column or column expression; STR_NONE for anything else. */
static Str datum_column_key(const Datum *datum)
{
    if (datum->kind == DATUM_STR)
        return datum->text;
    if (datum->kind != DATUM_RECORD)
        return STR_NONE;
    if (record_is(datum->record.record, &column_record)) {
        const Column *column = datum->record.object;
        return column->key;
    }
    if (record_is(datum->record.record, &expr_record)) {
        const Expr *expr = datum->record.object;
        return expr->kind == EXPR_COLUMN ? expr->name.text : STR_NONE;
    }
    return STR_NONE;
}

/* A Column that has no name yet, or NULL. */
static const Column *datum_nameless(const Datum *datum)
{
    if (datum->kind != DATUM_RECORD || !record_is(datum->record.record, &column_record))
        return NULL;
    const Column *column = datum->record.object;
    return str_given(column->key) ? NULL : column;
}

void constraint_name_columns(Constraint *constraint)
{
    size_t next = 0;
    VEC_EACH (Str, each, &constraint->columns)
        if (!str_given(*each) && next < constraint->nameless.len)
            *each = constraint->nameless.items[next++]->key;
    constraint->nameless.len = 0;
}

static bool constraint_add_column(Arena *arena, Constraint *constraint, const Datum *datum,
                                  Error *err)
{
    Str key = datum_column_key(datum);
    const Column *column = datum_nameless(datum);
    if (!str_given(key) && !column)
        return fail(err, ERR_SCRIPT, "a constraint takes column names or Columns");
    if (column)
        VEC_PUSH(arena, &constraint->nameless, column);
    VEC_PUSH(arena, &constraint->columns, column ? STR_NONE : str_dup(arena, key));
    return true;
}

static bool constraint_columns_finish(Arena *arena, void *object, const Datum *args, size_t count,
                                      Error *err)
{
    Constraint *constraint = object;
    for (size_t i = 0; i < count; i++)
        if (!constraint_add_column(arena, constraint, &args[i], err))
            return false;
    return true;
}

static bool primary_key_finish(Arena *arena, void *object, const Datum *args, size_t count,
                               Error *err)
{
    ((Constraint *)object)->kind = CONSTRAINT_PRIMARY_KEY;
    return constraint_columns_finish(arena, object, args, count, err);
}

static bool unique_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    ((Constraint *)object)->kind = CONSTRAINT_UNIQUE;
    return constraint_columns_finish(arena, object, args, count, err);
}

void constraint_set_check(Arena *arena, Constraint *constraint, const Datum *condition)
{
    constraint->sqltext = condition->kind == DATUM_STR ? expr_text(arena, condition->text)
                                                       : expr_from_datum(arena, condition, NULL);
}

static bool check_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Constraint *constraint = object;
    constraint->kind = CONSTRAINT_CHECK;
    constraint_set_check(arena, constraint, &constraint->sqltext_given);
    return true;
}

bool foreign_target_parse(Str target, Str *schema, Str *table, Str *column, Error *err)
{
    ptrdiff_t last = str_rfind_char(target, '.');
    if (last < 0)
        return fail(err, ERR_SCRIPT,
                    "Invalid foreign key string specification: '%.*s'; expected "
                    "'table.column' or 'schema.table.column'",
                    STR_ARG(target));
    *column = str_from_offset(target, (size_t)last + 1);
    Str rest = str_slice(target, 0, (size_t)last);
    ptrdiff_t before = str_rfind_char(rest, '.');
    *table = before < 0 ? rest : str_from_offset(rest, (size_t)before + 1);
    *schema = before < 0 ? STR_NONE : str_slice(rest, 0, (size_t)before);
    return true;
}

static bool constraint_add_target(Arena *arena, Constraint *constraint, const Datum *target,
                                  Error *err)
{
    Str schema = STR_NONE, table = STR_NONE, column = STR_NONE;
    if (target->kind == DATUM_STR) {
        if (!foreign_target_parse(target->text, &schema, &table, &column, err))
            return false;
    } else {
        column = datum_column_key(target);
        if (!str_given(column))
            return fail(err, ERR_SCRIPT, "a foreign key points to 'table.column' or a Column");
        if (record_is(target->record.record, &column_record)) {
            const Column *given = target->record.object;
            column = given->name.text;
            constraint->ref = given->table;
        }
    }
    if (constraint->ref) {
        table = constraint->ref->name.text;
        schema = constraint->ref->schema.text;
    }
    constraint->ref_table = str_given(table) ? str_dup(arena, table) : STR_NONE;
    constraint->ref_schema = str_given(schema) ? str_dup(arena, schema) : STR_NONE;
    VEC_PUSH(arena, &constraint->ref_columns, str_dup(arena, column));
    return true;
}

bool constraint_set_targets(Arena *arena, Constraint *constraint, const Datum *targets,
                            size_t count, Error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!constraint_add_target(arena, constraint, &targets[i], err))
            return false;
    return true;
}

/* A list, or one thing as a list of one. */
static size_t datum_items(const Datum *datum, const Datum **items)
{
    *items = datum->kind == DATUM_LIST ? datum->list.items : datum;
    return datum->kind == DATUM_LIST ? datum->list.len : 1;
}

static bool foreign_key_constraint_finish(Arena *arena, void *object, const Datum *args,
                                          size_t count, Error *err)
{
    Constraint *constraint = object;
    constraint->kind = CONSTRAINT_FOREIGN_KEY;
    const Datum *items;
    size_t len = datum_items(&constraint->columns_given, &items);
    if (!constraint_columns_finish(arena, constraint, items, len, err))
        return false;
    len = datum_items(&constraint->targets_given, &items);
    if (!constraint_set_targets(arena, constraint, items, len, err))
        return false;
    if (constraint->columns.len != constraint->ref_columns.len)
        return fail(err, ERR_SCRIPT,
                    "ForeignKeyConstraint number of constrained columns must match the number of "
                    "referenced columns.");
    return true;
}

/* ("column or expression", "operator") or (expression, operator, opclass) */
static bool exclude_add(Arena *arena, Constraint *constraint, const Datum *element, Error *err)
{
    if (element->kind != DATUM_LIST || element->list.len < 2 ||
        element->list.items[1].kind != DATUM_STR)
        return fail(err, ERR_SCRIPT, "ExcludeConstraint takes (column, operator) pairs");
    const Datum *items = element->list.items;
    ExcludeElement row = { .op = str_dup(arena, items[1].text), .opclass = STR_NONE };
    row.expr = items[0].kind == DATUM_STR ? expr_column_name(arena, name_from(items[0].text), NULL)
                                          : expr_from_datum(arena, &items[0], NULL);
    VEC_PUSH(arena, &constraint->excludes, row);
    return true;
}

static bool exclude_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Constraint *constraint = object;
    constraint->kind = CONSTRAINT_EXCLUDE;
    if (constraint->where_given.kind == DATUM_STR)
        constraint->where = expr_text(arena, constraint->where_given.text);
    else if (constraint->where_given.kind != DATUM_NONE)
        constraint->where = expr_from_datum(arena, &constraint->where_given, NULL);
    for (size_t i = 0; i < count; i++)
        if (!exclude_add(arena, constraint, &args[i], err))
            return false;
    return true;
}

static bool foreign_key_finish(Arena *arena, void *object, const Datum *args, size_t count,
                               Error *err)
{
    ForeignKey *key = object;
    if (key->column.kind == DATUM_STR || str_given(datum_column_key(&key->column)) ||
        datum_nameless(&key->column))
        return true;
    return fail(err, ERR_SCRIPT, "ForeignKey takes 'table.column' or a Column");
}

bool index_add(Arena *arena, Index *index, const Datum *part, Error *err)
{
    IndexPart row = { .column = STR_NONE };
    Str key = datum_column_key(part);
    const Column *nameless = datum_nameless(part);
    if (str_given(key))
        row.column = str_dup(arena, key);
    else if (nameless)
        row.nameless = nameless;
    else if (part->kind == DATUM_RECORD && record_is(part->record.record, &expr_record))
        row.expr = part->record.object;
    else if (part->kind == DATUM_SCRIPT)
        row.expr = expr_from_datum(arena, part, NULL);
    else
        return fail(err, ERR_SCRIPT, "an index takes column names, Columns and SQL expressions");
    VEC_PUSH(arena, &index->parts, row);
    return true;
}

static Table *expr_home(const Expr *expr)
{
    Table *table = expr->kind == EXPR_COLUMN && expr->column ? expr->column->table : NULL;
    for (size_t i = 0; !table && i < expr->args.len; i++)
        table = expr_home(expr->args.items[i]);
    return table;
}

/* Columns bring their table along: Index("ix", t.c.x) belongs to t at once. */
static void index_find_table(Arena *arena, Index *index, const Datum *part)
{
    if (part->kind != DATUM_RECORD || index->table)
        return;
    if (record_is(part->record.record, &column_record)) {
        Column *column = part->record.object;
        index->table = column->table;
        if (!column->table && index->head.box)
            VEC_PUSH(arena, &column->waiting, index);
    }
    if (record_is(part->record.record, &expr_record))
        index->table = expr_home(part->record.object);
}

static bool index_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Index *index = object;
    for (size_t i = 0; i < count; i++) {
        if (!index_add(arena, index, &args[i], err))
            return false;
        index_find_table(arena, index, &args[i]);
    }
    if (index->quote != TRI_NONE)
        index->name.quote = index->quote;
    if (!index->table)
        return true;
    Table *table = index->table;
    index->table = NULL;
    return table_add_index(arena, table, index, err);
}

Constraint *constraint_new(Arena *arena, ConstraintKind kind, Name name)
{
    static const Record *const records[] = {
        [CONSTRAINT_PRIMARY_KEY] = &primary_key_record,
        [CONSTRAINT_FOREIGN_KEY] = &foreign_key_constraint_record,
        [CONSTRAINT_UNIQUE] = &unique_record,
        [CONSTRAINT_CHECK] = &check_record,
        [CONSTRAINT_EXCLUDE] = &exclude_record,
    };
    Constraint *constraint = record_new(arena, records[kind]);
    constraint->kind = kind;
    constraint->name = name;
    return constraint;
}

static StrVec names_copy(Arena *arena, const StrVec *names)
{
    StrVec copy = { 0 };
    VEC_EACH (const Str, each, names)
        VEC_PUSH(arena, &copy, str_dup(arena, *each));
    return copy;
}

Constraint *constraint_copy(Arena *arena, const Constraint *constraint)
{
    Constraint *copy = arena_copy(arena, constraint, sizeof *constraint);
    copy->head.box = NULL;
    copy->table = NULL;
    copy->columns = names_copy(arena, &constraint->columns);
    copy->elements.len = copy->elements.cap = 0;
    copy->elements.items = NULL;
    copy->column_words = names_copy(arena, &constraint->column_words);
    copy->ref_columns = names_copy(arena, &constraint->ref_columns);
    return copy;
}

static ForeignKey *element_make(Arena *arena, Constraint *constraint, size_t at)
{
    ForeignKey *key = record_new(arena, &foreign_key_record);
    Str table = table_key(arena, constraint->ref_schema, constraint->ref_table);
    key->column = datum_str(
        str_format(arena, "%.*s.%.*s", STR_ARG(table), STR_ARG(constraint->ref_columns.items[at])));
    key->constraint = constraint;
    key->parent = table_column(constraint->table, constraint->columns.items[at]);
    key->name = constraint->name;
    key->onupdate = constraint->onupdate;
    key->ondelete = constraint->ondelete;
    key->deferrable = constraint->deferrable;
    key->initially = constraint->initially;
    key->use_alter = constraint->use_alter;
    return key;
}

void constraint_elements(Arena *arena, Constraint *constraint)
{
    if (constraint->elements.len || constraint->kind != CONSTRAINT_FOREIGN_KEY ||
        !constraint->table)
        return;
    if (constraint->of_column)
        VEC_EACH (ForeignKey *, each, &constraint->of_column->foreign_keys)
            if ((*each)->constraint == constraint)
                VEC_PUSH(arena, &constraint->elements, *each);
    if (constraint->elements.len)
        return;
    for (size_t i = 0; i < constraint->columns.len; i++)
        VEC_PUSH(arena, &constraint->elements, element_make(arena, constraint, i));
}

const char *constraint_type(ConstraintKind kind)
{
    static const char *const types[] = {
        [CONSTRAINT_PRIMARY_KEY] = "primary", [CONSTRAINT_FOREIGN_KEY] = "foreignkey",
        [CONSTRAINT_UNIQUE] = "unique",       [CONSTRAINT_CHECK] = "check",
        [CONSTRAINT_EXCLUDE] = "exclude",
    };
    return types[kind];
}

Index *index_new(Arena *arena, Name name)
{
    Index *index = record_new(arena, &index_record);
    index->name = name;
    return index;
}

Index *index_copy(Arena *arena, const Index *index)
{
    Index *copy = arena_copy(arena, index, sizeof *index);
    copy->head.box = NULL;
    copy->table = NULL;
    copy->parts.items = arena_copy(arena, index->parts.items, index->parts.len * sizeof(IndexPart));
    copy->parts.cap = copy->parts.len;
    return copy;
}

static void expr_columns(Arena *arena, const Expr *expr, StrVec *names)
{
    if (expr->kind == EXPR_COLUMN)
        strvec_add(arena, names, expr->column ? expr->column->name.text : expr->name.text);
    VEC_EACH (Expr *, each, &expr->args)
        expr_columns(arena, *each, names);
}

StrVec index_columns(Arena *arena, const Index *index)
{
    StrVec names = { 0 };
    VEC_EACH (const IndexPart, each, &index->parts) {
        if (each->expr)
            expr_columns(arena, each->expr, &names);
        else
            strvec_add(arena, &names, each->column);
    }
    return names;
}

#define COMMON_ROWS                                                                 \
    FIELD(Constraint, name, "name"), FIELD(Constraint, deferrable, "deferrable"),   \
        FIELD(Constraint, initially, "initially"), FIELD(Constraint, info, "info"), \
        FIELD(Constraint, comment, "comment"), FIELD(Constraint, options, "kw"),    \
        LINK(Constraint, table, ".table", &table_record)

static const Field constraint_fields[] = { COMMON_ROWS };
static const Field columns_fields[] = { COMMON_ROWS, FIELD(Constraint, columns, ".column_keys") };
static const Field check_fields[] = {
    COMMON_ROWS,
    FIELD(Constraint, sqltext_given, "sqltext"),
};
static const Field foreign_key_constraint_fields[] = {
    COMMON_ROWS,
    FIELD(Constraint, columns_given, "columns"),
    FIELD(Constraint, targets_given, "refcolumns"),
    FIELD(Constraint, columns, ".column_keys"),
    FIELD(Constraint, onupdate, "onupdate"),
    FIELD(Constraint, ondelete, "ondelete"),
    FIELD(Constraint, use_alter, "use_alter"),
    FIELD(Constraint, link_to_name, "link_to_name"),
    FIELD(Constraint, match, "match"),
};
static const Field exclude_fields[] = {
    COMMON_ROWS,
    FIELD(Constraint, using_, "using"),
    FIELD(Constraint, where_given, "where"),
    FIELD(Constraint, ops, "ops"),
};
static const Field foreign_key_fields[] = {
    FIELD(ForeignKey, column, "column"),
    FIELD(ForeignKey, use_alter, "use_alter"),
    FIELD(ForeignKey, name, "name"),
    FIELD(ForeignKey, onupdate, "onupdate"),
    FIELD(ForeignKey, ondelete, "ondelete"),
    FIELD(ForeignKey, deferrable, "deferrable"),
    FIELD(ForeignKey, initially, "initially"),
    FIELD(ForeignKey, link_to_name, "link_to_name"),
    FIELD(ForeignKey, match, "match"),
    FIELD(ForeignKey, info, "info"),
    FIELD(ForeignKey, comment, "comment"),
    FIELD(ForeignKey, options, "kw"),
    LINK(ForeignKey, parent, ".parent", &column_record),
    LINK(ForeignKey, constraint, ".constraint", &foreign_key_constraint_record),
};
static const Field index_fields[] = {
    FIELD(Index, name, "name"),   FIELD(Index, unique, "unique"),
    FIELD(Index, quote, "quote"), FIELD(Index, info, "info"),
    FIELD(Index, options, "kw"),  LINK(Index, table, ".table", &table_record),
};

const Record constraint_record =
    RECORD(Constraint, "Constraint(name=None, deferrable=None, initially=None, info=None, **kw)",
           constraint_fields, .name = "Constraint");
const Record primary_key_record =
    RECORD(Constraint,
           "PrimaryKeyConstraint(*columns, name=None, deferrable=None, initially=None, info=None, "
           "comment=None, **kw)",
           columns_fields, .name = "PrimaryKeyConstraint", .base = &constraint_record,
           .finish = primary_key_finish);
const Record unique_record =
    RECORD(Constraint,
           "UniqueConstraint(*columns, name=None, deferrable=None, initially=None, info=None, "
           "comment=None, **kw)",
           columns_fields, .name = "UniqueConstraint", .base = &constraint_record,
           .finish = unique_finish);
const Record check_record = RECORD(
    Constraint,
    "CheckConstraint(sqltext, name=None, deferrable=None, initially=None, table=None, "
    "info=None, comment=None, **kw)",
    check_fields, .name = "CheckConstraint", .base = &constraint_record, .finish = check_finish);
const Record foreign_key_constraint_record =
    RECORD(Constraint,
           "ForeignKeyConstraint(columns, refcolumns, name=None, onupdate=None, ondelete=None, "
           "deferrable=None, initially=None, use_alter=False, link_to_name=False, match=None, "
           "table=None, info=None, comment=None, **kw)",
           foreign_key_constraint_fields, .name = "ForeignKeyConstraint",
           .base = &constraint_record, .finish = foreign_key_constraint_finish);
const Record exclude_record =
    RECORD(Constraint,
           "ExcludeConstraint(*elements, name=None, deferrable=None, initially=None, using='gist', "
           "where=None, ops=None, info=None, comment=None, **kw)",
           exclude_fields, .name = "ExcludeConstraint", .base = &constraint_record,
           .finish = exclude_finish);
const Record foreign_key_record =
    RECORD(ForeignKey,
           "ForeignKey(column, _constraint=None, use_alter=False, name=None, onupdate=None, "
           "ondelete=None, deferrable=None, initially=None, link_to_name=False, match=None, "
           "info=None, comment=None, **kw)",
           foreign_key_fields, .name = "ForeignKey", .finish = foreign_key_finish);
const Record index_record =
    RECORD(Index, "Index(name, *expressions, unique=False, quote=None, info=None, **kw)",
           index_fields, .name = "Index", .finish = index_finish);
