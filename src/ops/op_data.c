/* SPDX-License-Identifier: MIT */
/* op.execute and op.bulk_insert. */
#include "ops/op_def.h"

#define ROWS_A_STATEMENT 1000

static BindMode bind_mode(const Ddl *ddl)
{
    if (ddl->offline)
        return ddl->literal_binds ? BIND_OFFLINE : BIND_NAMED;
    return ddl->dialect->id == DIALECT_SQLITE ? BIND_PARAMS : BIND_LITERAL;
}

static bool push_statement(Ddl *ddl, Statement *statement)
{
    statement->op = ddl->op;
    statement->loc = ddl->op->head.loc;
    VEC_PUSH(ddl->arena, &ddl->statements, *statement);
    return true;
}

static bool execute_raw(Ddl *ddl, Str text)
{
    Statement statement = { .is_text = true };
    statement.text = str_replace(ddl->arena, text, STR("%%"), STR("%"));
    return push_statement(ddl, &statement);
}

static bool execute_expr(Ddl *ddl, const Expr *expr)
{
    QueryOptions options = {
        .mode = bind_mode(ddl),
        .double_percent = ddl->double_percent,
        .calls = ddl->calls,
        .returning_keys = ddl->offline,
    };
    Statement statement = {
        .is_text = expr->kind == EXPR_TEXT,
        .returns_rows = expr->kind == EXPR_SELECT || expr->kind == EXPR_COMPOUND,
    };
    if (!query_compile(ddl->arena, ddl->dialect, &options, expr, &statement.text, &statement.params,
                       ddl->err))
        return false;
    return push_statement(ddl, &statement);
}

/* A DDL element as the argument: it compiles as itself, at the place of op.execute. */
static bool execute_element(Ddl *ddl, const Op *outer, Op *element)
{
    element->head.loc = outer->head.loc;
    bool ok = ddl_compile(ddl, element);
    ddl->op = outer;
    return ok;
}

/* Records of ops have an OpDef around them; the elements' are known by their place in the table. */
static bool is_element(const Record *record)
{
    for (size_t i = 0; op_elements[i]; i++)
        if (record_is(record, &op_elements[i]->record))
            return true;
    for (size_t i = 0; op_defs[i]; i++)
        if (record == &op_defs[i]->record)
            return true;
    return record == &create_type_def.record || record == &drop_type_def.record;
}

static bool execute_sql(Ddl *ddl, const Op *op)
{
    const Execute *execute = (const Execute *)(const void *)op;
    const Datum *sql = &execute->sql;
    if (sql->kind == DATUM_STR && execute->raw)
        return execute_raw(ddl, sql->text);
    if (sql->kind == DATUM_STR)
        return execute_expr(ddl, expr_text(ddl->arena, sql->text));
    if (sql->kind == DATUM_RECORD && is_element(sql->record.record))
        return execute_element(ddl, op, sql->record.object);
    if (sql->kind == DATUM_RECORD && record_is(sql->record.record, &expr_record))
        return execute_expr(ddl, sql->record.object);
    if (sql->kind == DATUM_SCRIPT)
        return execute_expr(ddl, expr_from_datum(ddl->arena, sql, NULL));
    return fail(ddl->err, ERR_SCRIPT, "Expected a SQL string or expression in op.execute()");
}

static const Datum *row_value(const Datum *row, const Column *column)
{
    const Datum *value = map_get(row->map, column->key);
    return value ? value : map_get(row->map, column->name.text);
}

/* What Python would fill in by itself: a plain default=, or one it calls. */
static bool column_value(Ddl *ddl, const Datum *row, const Column *column, Datum *value,
                         bool *given)
{
    const Datum *found = row_value(row, column);
    *given = true;
    if (found) {
        *value = *found;
        return true;
    }
    const Datum *own = &column->default_;
    *given = !ddl->offline && own->kind != DATUM_NONE && !column->sequence;
    if (!*given)
        return true;
    *value = *own;
    if (own->kind != DATUM_SCRIPT)
        return true;
    if (!ddl->calls || !ddl->calls->default_value)
        return fail(ddl->err, ERR_SCHEMA,
                    "the default of column '%.*s' can only be had of a script",
                    STR_ARG(column->name.text));
    return ddl->calls->default_value(ddl->calls->context, ddl->arena, own->script, value, ddl->err);
}

static Expr *value_expr(Arena *arena, const Datum *value, Type *type)
{
    bool expr = value->kind == DATUM_RECORD && record_is(value->record.record, &expr_record);
    return expr ? value->record.object : expr_literal(arena, value, type);
}

static bool row_assignments(Ddl *ddl, const Table *table, const Datum *row, AssignmentVec *set)
{
    VEC_EACH (Column *, each, &table->columns) {
        Datum value;
        bool given;
        if (!column_value(ddl, row, *each, &value, &given))
            return false;
        if (!given)
            continue;
        Assignment assignment = {
            .column = expr_column(ddl->arena, *each),
            .value = value_expr(ddl->arena, &value, (*each)->type),
        };
        VEC_PUSH(ddl->arena, set, assignment);
    }
    return true;
}

static bool check_row(Ddl *ddl, const Table *table, const Datum *row)
{
    if (row->kind != DATUM_MAP)
        return fail(ddl->err, ERR_SCRIPT, "TypeError: List of dictionaries expected");
    for (size_t i = 0; i < row->map->len; i++) {
        Str key = row->map->entries[i].key;
        if (!table_column(table, key) && !table_column_named(table, key))
            return fail(ddl->err, ERR_SCHEMA, "Unconsumed column names: %.*s", STR_ARG(key));
    }
    return true;
}

static Expr *insert_into(Ddl *ddl, Table *table)
{
    Expr *insert = expr_new(ddl->arena, EXPR_INSERT);
    insert->query->target = expr_table(ddl->arena, table);
    return insert;
}

static bool insert_one(Ddl *ddl, const BulkInsert *op, const Datum *row)
{
    AssignmentVec set = { 0 };
    if (!row_assignments(ddl, op->table, row, &set))
        return false;
    Expr *insert = insert_into(ddl, op->table);
    VEC_PUSH(ddl->arena, &insert->query->rows, set);
    QueryOptions options = {
        .mode = bind_mode(ddl),
        .double_percent = ddl->double_percent,
        .calls = ddl->calls,
    };
    if (ddl->offline)
        options.mode = BIND_OFFLINE;
    Statement statement = { .returns_rows = false };
    if (!query_compile(ddl->arena, ddl->dialect, &options, insert, &statement.text,
                       &statement.params, ddl->err))
        return false;
    return push_statement(ddl, &statement);
}

static bool set_has(const AssignmentVec *set, const Assignment *wanted)
{
    VEC_EACH (const Assignment, each, set)
        if (each->column->column == wanted->column->column)
            return true;
    return false;
}

/* The first row says which columns are filled; a later one that lacks one of them is an error. */
static bool check_same_columns(Ddl *ddl, const AssignmentVec *first, const AssignmentVec *set,
                               size_t row)
{
    VEC_EACH (const Assignment, each, first)
        if (!set_has(set, each))
            return fail(ddl->err, ERR_SCRIPT,
                        "A value is required for bind parameter '%.*s', in parameter group %zu",
                        STR_ARG(each->column->name.text), row);
    return true;
}

static AssignmentVec only_columns_of(Arena *arena, const AssignmentVec *first,
                                     const AssignmentVec *set)
{
    AssignmentVec kept = { 0 };
    VEC_EACH (const Assignment, each, first)
        VEC_EACH (const Assignment, own, set)
            if (own->column->column == each->column->column)
                VEC_PUSH(arena, &kept, *own);
    return kept;
}

/* The first row is `first` itself. What is made of one row goes with `part`. */
static bool insert_row(Ddl *part, const BulkInsert *op, const AssignmentVec *first, size_t i,
                       Expr *insert)
{
    AssignmentVec set = { 0 };
    if (i == 0)
        set = *first; /* a script's default gives a value once */
    else if (!row_assignments(part, op->table, &op->rows.list.items[i], &set) ||
             !check_same_columns(part, first, &set, i))
        return false;
    VEC_PUSH(part->arena, &insert->query->rows, only_columns_of(part->arena, first, &set));
    return true;
}

/* SQLite: one statement, run once for each row. */
static bool bind_row(Ddl *ddl, Ddl *part, const BulkInsert *op, const AssignmentVec *first,
                     size_t i, Statement *statement)
{
    QueryOptions options = { .mode = BIND_PARAMS, .calls = ddl->calls };
    Expr *insert = insert_into(part, op->table);
    DatumVec params = { 0 }, kept = { 0 };
    Str text;
    if (!insert_row(part, op, first, i, insert) ||
        !query_compile(part->arena, ddl->dialect, &options, insert, &text, &params, ddl->err))
        return false;
    if (i == 0)
        statement->text = str_dup(ddl->arena, text);
    VEC_EACH (const Datum, each, &params)
        VEC_PUSH(ddl->arena, &kept, datum_copy(ddl->arena, each));
    VEC_PUSH(ddl->arena, &statement->rows, kept);
    return true;
}

static bool insert_many_bound(Ddl *ddl, Ddl *part, const BulkInsert *op, const AssignmentVec *first)
{
    Statement statement = { .returns_rows = false };
    for (size_t i = 0; i < op->rows.list.len; i++) {
        if (!bind_row(ddl, part, op, first, i, &statement))
            return false;
        arena_reset(part->arena);
    }
    return push_statement(ddl, &statement);
}

/* Elsewhere: many rows a statement, as literals. */
static bool insert_many_written(Ddl *ddl, Ddl *part, const BulkInsert *op,
                                const AssignmentVec *first)
{
    QueryOptions options = { .mode = BIND_LITERAL, .calls = ddl->calls };
    size_t count = op->rows.list.len;
    for (size_t from = 0; from < count; from += ROWS_A_STATEMENT) {
        Expr *insert = insert_into(part, op->table);
        Statement statement = { .returns_rows = false };
        for (size_t i = from; i < count && i < from + ROWS_A_STATEMENT; i++)
            if (!insert_row(part, op, first, i, insert))
                return false;
        if (!query_compile(part->arena, ddl->dialect, &options, insert, &statement.text, NULL,
                           ddl->err))
            return false;
        statement.text = str_dup(ddl->arena, statement.text);
        if (!push_statement(ddl, &statement))
            return false;
        arena_reset(part->arena);
    }
    return true;
}

static bool row_has_expr(const Datum *row)
{
    for (size_t i = 0; i < row->map->len; i++)
        if (((const Datum *)row->map->entries[i].value)->kind == DATUM_RECORD)
            return true;
    return false;
}

/* The rows are many: what each is compiled with goes before the next. */
static bool insert_many(Ddl *ddl, const BulkInsert *op)
{
    AssignmentVec first = { 0 };
    if (!row_assignments(ddl, op->table, &op->rows.list.items[0], &first))
        return false;
    Ddl part = *ddl;
    part.arena = arena_new(ddl->arena);
    bool ok = ddl->dialect->id == DIALECT_SQLITE ? insert_many_bound(ddl, &part, op, &first)
                                                 : insert_many_written(ddl, &part, op, &first);
    arena_free(part.arena);
    return ok;
}

static bool bulk_insert_sql(Ddl *ddl, const Op *op)
{
    const BulkInsert *insert = (const BulkInsert *)(const void *)op;
    const Datum *rows = &insert->rows;
    if (rows->kind != DATUM_LIST)
        return fail(ddl->err, ERR_SCRIPT, "TypeError: List expected");
    bool many = !ddl->offline && insert->multiinsert != TRI_FALSE;
    for (size_t i = 0; i < rows->list.len; i++) {
        if (!check_row(ddl, insert->table, &rows->list.items[i]))
            return false;
        many = many && !row_has_expr(&rows->list.items[i]);
    }
    if (many)
        return rows->list.len == 0 || insert_many(ddl, insert);
    for (size_t i = 0; i < rows->list.len; i++)
        if (!insert_one(ddl, insert, &rows->list.items[i]))
            return false;
    return true;
}

static bool ddl_element_finish(Arena *arena, void *object, const Datum *args, size_t count,
                               Error *err)
{
    ((Execute *)object)->raw = true;
    return true;
}

static const Field execute_fields[] = {
    FIELD(Execute, sql, "sqltext"),
    FIELD(Execute, execution_options, "execution_options"),
};
static const Field ddl_element_fields[] = {
    FIELD(Execute, sql, "statement"),
    FIELD(Execute, execution_options, "context"),
};
static const Field bulk_insert_fields[] = {
    LINK(BulkInsert, table, "table", &table_record),
    FIELD(BulkInsert, rows, "rows"),
    FIELD(BulkInsert, multiinsert, "multiinsert"),
};

const OpDef execute_def = {
    .kind = OP_EXECUTE,
    .record = RECORD(Execute, "execute(sqltext, execution_options=None)", execute_fields,
                     .name = "execute", .doc = "Run a statement."),
    .sql = execute_sql,
    .batch = "execute(sqltext, execution_options=None)",
};
const OpDef ddl_element_def = {
    .kind = OP_EXECUTE,
    .record = RECORD(Execute, "DDL(statement, context=None)", ddl_element_fields, .name = "DDL",
                     .doc = "A DDL statement as text.", .finish = ddl_element_finish),
    .sql = execute_sql,
};
const OpDef bulk_insert_def = {
    .kind = OP_BULK_INSERT,
    .record = RECORD(BulkInsert, "bulk_insert(table, rows, multiinsert=True)", bulk_insert_fields,
                     .name = "bulk_insert", .doc = "Insert rows."),
    .sql = bulk_insert_sql,
};
