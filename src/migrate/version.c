/* SPDX-License-Identifier: MIT */
#include "migrate/version.h"

#include "migrate/post.h"
#include "migrate/state.h"
#include "sql/reflect.h"

const char *const migrate_tables[] = { LEASE_TABLE, LOG_TABLE, NULL };

static SqlArg version_table(const MigrationContext *context)
{
    return sql_table(name_from(context->options.version_table_schema),
                     name_from(context->version_table));
}

Str version_table_name(const MigrationContext *context, Arena *arena)
{
    Error err = error_in(arena);
    Sql sql = sql_begin(arena, context->dialect, &err);
    sql_put(&sql, "@", version_table(context));
    return sql_take(&sql);
}

/* PostgreSQL: by the search path, as the statements on it will find it. */
static bool relation_exists(MigrationContext *context, Arena *arena, bool *exists, Error *err)
{
    DbValue value;
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, "SELECT to_regclass(@) IS NOT NULL",
            sql_literal(version_table_name(context, arena)));
    bool ok = sql_ok(&sql) && db_scalar(context->conn, arena, sql_take(&sql), &value, err);
    *exists = ok && value.integer != 0;
    return ok;
}

static bool table_exists(MigrationContext *context, Arena *arena, bool *exists, Error *err)
{
    if (context->conn->url.engine == ENGINE_POSTGRESQL)
        return relation_exists(context, arena, exists, err);
    const Reflector *reflector = reflector_of(context->conn);
    if (!reflector)
        return fail(err, ERR_UNSUPPORTED, "this database cannot be reflected yet");
    return reflector->has_table(context->conn, arena, context->options.version_table_schema,
                                context->version_table, exists, err);
}

bool version_exists(MigrationContext *context, bool *exists, Error *err)
{
    bool *seen = &context->state->version_table;
    if ((*exists = *seen))
        return true;
    Arena *arena = arena_new(context->arena);
    bool ok = table_exists(context, arena, exists, err);
    arena_free(arena);
    *seen = ok && *exists;
    return ok;
}

static bool read_rows(MigrationContext *context, Arena *arena, StrVec *rows, Error *err)
{
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, "SELECT version_num FROM @", version_table(context));
    DbResult result;
    const DbValue *row;
    if (!sql_ok(&sql) || !db_query(context->conn, arena, sql_take(&sql), NULL, 0, &result, err))
        return false;
    while (db_next(&result, &row, err) && row) {
        if (row[0].type == DB_NULL)
            return fail(err, ERR_COMMAND,
                        "a row of the version table '%.*s' names no revision; "
                        "delete that row",
                        STR_ARG(context->version_table));
        Str text = db_value_text(row[0]);
        if (row[0].type == DB_INT)
            text = str_format(arena, "%lld", (long long)row[0].integer);
        VEC_PUSH(arena, rows, str_dup(arena, text));
    }
    return !error_set(err);
}

bool version_read(MigrationContext *context, Arena *arena, StrVec *rows, Error *err)
{
    bool exists;
    if (!version_exists(context, &exists, err))
        return false;
    return !exists || read_rows(context, arena, rows, err);
}

static bool build_table(MigrationContext *context, Arena *arena, Table **table, Error *err)
{
    const MigrationOptions *options = &context->options;
    if (!table_new(arena, NULL, name_from(options->version_table_schema),
                   name_from(context->version_table), table, err))
        return false;
    Column *column =
        column_new(arena, name_from(STR("version_num")), type_sized(arena, TYPE_STRING, 32));
    column->nullable = TRI_FALSE;
    if (!table_add_column(arena, *table, column, err))
        return false;
    if (options->version_table_pk == TRI_FALSE)
        return true;
    Str name = str_format(arena, "%.*s_pkc", STR_ARG(context->version_table));
    Constraint *key = constraint_new(arena, CONSTRAINT_PRIMARY_KEY, name_from(name));
    VEC_PUSH(arena, &key->columns, STR("version_num"));
    return table_add_constraint(arena, *table, key, err);
}

bool version_create(MigrationContext *context, Error *err)
{
    Arena *arena = arena_new(context->arena);
    Table *table;
    Ddl ddl = context_ddl(context, arena, err);
    bool ok = build_table(context, arena, &table, err) && ddl_create_table(&ddl, table, false) &&
              context_run_statements(context, &ddl, err);
    arena_free(arena);
    return ok;
}

bool version_empty(MigrationContext *context, Error *err)
{
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, "DELETE FROM @", version_table(context));
    bool ok = sql_ok(&sql) && db_exec(context->conn, sql_take(&sql), err);
    arena_free(arena);
    return ok;
}

/* "version_table.version_num": in WHERE and RETURNING the schema is written too. */
static void put_column(MigrationContext *context, Sql *sql)
{
    sql_put(sql, "@.version_num", version_table(context));
}

static void put_change(MigrationContext *context, Sql *sql, const RowChange *change)
{
    SqlArg table = version_table(context);
    switch (change->kind) {
    case ROW_INSERT:
        sql_put(sql, "INSERT INTO @ (version_num) VALUES (@)", table, sql_literal(change->to));
        if (!context->as_sql || !context->dialect->insert_returning ||
            context->options.version_table_pk == TRI_FALSE)
            return;
        sql_put_raw(sql, STR(" RETURNING "));
        if (context->dialect->qualified_returning)
            put_column(context, sql);
        else
            sql_put_raw(sql, STR("version_num"));
        return;
    case ROW_UPDATE:
        sql_put(sql, "UPDATE @ SET version_num=@ WHERE ", table, sql_literal(change->to));
        break;
    case ROW_DELETE:
        sql_put(sql, "DELETE FROM @ WHERE ", table);
        break;
    }
    put_column(context, sql);
    sql_put(sql, " = @", sql_literal(change->from));
}

bool version_check_count(MigrationContext *context, const RowChange *change, int64_t count,
                         Error *err)
{
    if (count == 1 || change->kind == ROW_INSERT)
        return true;
    if (change->kind == ROW_UPDATE)
        fail(err, ERR_COMMAND,
             "Online migration expected to match one row when updating '%.*s' to '%.*s' in "
             "'%.*s'; %lld found",
             STR_ARG(change->from), STR_ARG(change->to), STR_ARG(context->version_table),
             (long long)count);
    else
        fail(err, ERR_COMMAND,
             "Online migration expected to match one row when deleting '%.*s' in '%.*s'; %lld "
             "found",
             STR_ARG(change->from), STR_ARG(context->version_table), (long long)count);
    if (count > 1)
        return error_remedy(err, "delete the rows that stand in the table more than once");
    return error_remedy(err, "something else changed the version table while this ran; look at it "
                             "with `current`, then run again");
}

bool version_change(MigrationContext *context, const RowChange *change, Error *err)
{
    Arena *arena = arena_new(context->arena);
    Sql sql = sql_begin(arena, context->dialect, err);
    put_change(context, &sql, change);
    bool ok = sql_ok(&sql);
    if (ok && context->as_sql)
        ok = context_execute(context, sql_take(&sql), NULL, 0, (Loc){ 0 }, err);
    else if (ok)
        ok = post_change(context, sql_take(&sql), change, err);
    arena_free(arena);
    return ok;
}

bool version_same(const StrVec *a, const StrVec *b)
{
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (strvec_find(b, a->items[i]) < 0)
            return false;
    return true;
}
