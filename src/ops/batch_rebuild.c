/* SPDX-License-Identifier: MIT */
#include "ops/batch_rebuild.h"

#include "ops/batch_table.h"
#include "sql/sqlite_reflect.h"

#define TEMPORARY_NAME_MAX 50

typedef struct Rebuild {
    const BatchRunner *runner;
    const Batch *batch;
    Arena *arena;
    Conn *conn; /* NULL offline */
    Error *err;
    BatchTable table;
    Table *built;
    Str name, temporary;
    Name schema;
    SqliteObjectVec objects; /* triggers and indexes of the old table, views */
    DbValue sequence;        /* AUTOINCREMENT's mark, or DB_NULL */
    StrVec probes;           /* statements that must still compile afterwards, as they did before */
    int64_t violations;      /* of foreign keys, before */
    bool foreign_keys, legacy_rename;
} Rebuild;

static bool run(Rebuild *rebuild, Str sql)
{
    return rebuild->runner->execute(rebuild->runner->context, sql, rebuild->batch->op.head.loc,
                                    rebuild->err);
}

/* ---- before ---- */

static bool ask_int(Rebuild *rebuild, Str sql, int64_t *number)
{
    DbValue value;
    if (!db_scalar(rebuild->conn, rebuild->arena, sql, &value, rebuild->err))
        return false;
    *number = value.type == DB_INT ? value.integer : 0;
    return true;
}

static bool count_violations(Rebuild *rebuild, int64_t *count)
{
    return ask_int(rebuild, STR("SELECT count(*) FROM pragma_foreign_key_check"), count);
}

static Str literal(const Rebuild *rebuild, Str text)
{
    return dialect_literal(rebuild->arena, rebuild->runner->dialect, text);
}

static Str qualified(const Rebuild *rebuild, Str name)
{
    const Dialect *dialect = rebuild->runner->dialect;
    Str quoted = dialect_quote(rebuild->arena, dialect, name_from(name));
    if (!name_given(rebuild->schema))
        return quoted;
    Str schema = dialect_quote(rebuild->arena, dialect, rebuild->schema);
    return str_format(rebuild->arena, "%.*s.%.*s", STR_ARG(schema), STR_ARG(quoted));
}

static Str qualified_object(const Rebuild *rebuild, const SqliteObject *object)
{
    if (!object->temporary)
        return qualified(rebuild, object->name);
    Str quoted =
        dialect_quote(rebuild->arena, rebuild->runner->dialect, name_from(object->name));
    return str_concat(rebuild->arena, STR("temp."), quoted);
}

static Str in_schema(const Rebuild *rebuild, const char *name)
{
    return qualified(rebuild, str_from(name));
}

static bool read_sequence(Rebuild *rebuild)
{
    int64_t exists;
    Str master = in_schema(rebuild, "sqlite_master");
    if (!ask_int(rebuild,
                 str_format(rebuild->arena,
                            "SELECT count(*) FROM %.*s WHERE name = 'sqlite_sequence'",
                            STR_ARG(master)),
                 &exists))
        return false;
    if (!exists)
        return true;
    Str sql = str_format(rebuild->arena, "SELECT seq FROM %.*s WHERE name = %.*s",
                         STR_ARG(in_schema(rebuild, "sqlite_sequence")),
                         STR_ARG(literal(rebuild, rebuild->name)));
    return db_scalar(rebuild->conn, rebuild->arena, sql, &rebuild->sequence, rebuild->err);
}

/*
 * A statement that compiles now must compile afterwards; one that does not is no business of
 * ours.
 */
static void add_probe(Rebuild *rebuild, Str sql)
{
    Error ignored = error_in(rebuild->arena);
    if (db_exec(rebuild->conn, sql, &ignored))
        VEC_PUSH(rebuild->arena, &rebuild->probes, sql);
}

/* EXPLAIN compiles views and the bodies of triggers without running them. */
static void add_probes(Rebuild *rebuild)
{
    bool triggers = false;
    VEC_EACH(const SqliteObject, object, &rebuild->objects) {
        if (str_is(object->type, "view"))
            add_probe(rebuild, str_format(rebuild->arena, "EXPLAIN SELECT * FROM %.*s",
                                          STR_ARG(qualified_object(rebuild, object))));
        triggers = triggers || str_is(object->type, "trigger");
    }
    if (!triggers)
        return;
    Str table = qualified(rebuild, rebuild->name);
    add_probe(rebuild, str_format(rebuild->arena, "EXPLAIN INSERT INTO %.*s DEFAULT VALUES",
                                  STR_ARG(table)));
    add_probe(rebuild, str_format(rebuild->arena, "EXPLAIN DELETE FROM %.*s", STR_ARG(table)));
}

static bool look(Rebuild *rebuild)
{
    rebuild->foreign_keys = db_foreign_keys(rebuild->conn);
    if (rebuild->foreign_keys && !count_violations(rebuild, &rebuild->violations))
        return false;
    if (!sqlite_objects(rebuild->conn, rebuild->arena, rebuild->schema.text, rebuild->name,
                        &rebuild->objects, rebuild->err))
        return false;
    add_probes(rebuild);
    return read_sequence(rebuild);
}

static bool set_legacy_rename(Rebuild *rebuild, bool on)
{
    return db_exec(rebuild->conn,
                   on ? STR("PRAGMA legacy_alter_table = ON")
                      : STR("PRAGMA legacy_alter_table = OFF"),
                   rebuild->err);
}

/*
 * Without foreign keys, DROP TABLE deletes no rows of other tables; with the old way of renaming,
 * what other tables, views and triggers say of this one stays as it is written.
 */
static bool prepare(Rebuild *rebuild)
{
    int64_t legacy;
    if (!ask_int(rebuild, STR("PRAGMA legacy_alter_table"), &legacy))
        return false;
    rebuild->legacy_rename = legacy != 0;
    if (rebuild->foreign_keys && !db_set_foreign_keys(rebuild->conn, false, rebuild->err))
        return false;
    return rebuild->legacy_rename || set_legacy_rename(rebuild, true);
}

/* Also after a failure: the switches belong to the connection. */
static bool restore(Rebuild *rebuild)
{
    Error own = error_in(rebuild->arena);
    Error *outer = rebuild->err;
    rebuild->err = &own;
    if (!rebuild->legacy_rename)
        set_legacy_rename(rebuild, false);
    if (rebuild->foreign_keys)
        db_set_foreign_keys(rebuild->conn, true, &own);
    rebuild->err = outer;
    return !error_set(&own) || error_copy(outer, &own);
}

/* ---- renames ---- */

static bool column_is_there(const Table *table, Str name)
{
    return table && table_column_named(table, name);
}

/*
 * SQLite renames columns by itself, also in views, triggers and the foreign keys of other tables.
 * Where it cannot (the name is taken until the rebuild, a view is broken already), the rebuild does
 * it for this table alone.
 */
static bool rename_natively(Rebuild *rebuild, const AlterColumn *op, const Table *before)
{
    Str from = op->column.text, to = op->new_name.text;
    if (str_eq(from, to) || !column_is_there(before, from) || column_is_there(before, to))
        return false;
    const Dialect *dialect = rebuild->runner->dialect;
    Str sql = str_format(rebuild->arena, "ALTER TABLE %.*s RENAME COLUMN %.*s TO %.*s",
                         STR_ARG(qualified(rebuild, rebuild->name)),
                         STR_ARG(dialect_quote(rebuild->arena, dialect, op->column)),
                         STR_ARG(dialect_quote(rebuild->arena, dialect, op->new_name)));
    Error ignored = error_in(rebuild->arena);
    return rebuild->runner->execute(rebuild->runner->context, sql, op->op.head.loc, &ignored);
}

static bool is_rename(const Op *op)
{
    return op_kind(op) == OP_ALTER_COLUMN &&
           name_given(((const AlterColumn *)(const void *)op)->new_name);
}

static bool has_rename(const Batch *batch)
{
    VEC_EACH(Op *, op, &batch->ops)
        if (is_rename(*op))
            return true;
    return false;
}

static bool reflect(Rebuild *rebuild, Table **table)
{
    const Reflector *reflector = reflector_of(rebuild->conn);
    if (!reflector->table(rebuild->conn, rebuild->arena, NULL, rebuild->schema.text, rebuild->name,
                          table, rebuild->err))
        return false;
    if (*table)
        return true;
    return fail(rebuild->err, ERR_SCHEMA, "NoSuchTableError: %.*s", STR_ARG(rebuild->name));
}

typedef struct Renamed {
    Str from, to;
} Renamed;
typedef VEC(Renamed) RenamedVec;

static bool rename_columns(Rebuild *rebuild, RenamedVec *renamed)
{
    Table *before;
    if (!rebuild->conn || !has_rename(rebuild->batch))
        return true;
    if (!reflect(rebuild, &before))
        return false;
    VEC_EACH(Op *, op, &rebuild->batch->ops) {
        const AlterColumn *alter = (const AlterColumn *)(const void *)*op;
        if (!is_rename(*op) || !rename_natively(rebuild, alter, before))
            continue;
        Renamed row = { alter->column.text, alter->new_name.text };
        VEC_PUSH(rebuild->arena, renamed, row);
    }
    return true;
}

/* ---- the table itself ---- */

static bool offline_refused(Rebuild *rebuild)
{
    return fail(
        rebuild->err, ERR_COMMAND,
        "This operation cannot proceed in --sql mode; batch mode with dialect %s requires a "
        "live database connection with which to reflect the table \"%.*s\". To generate a "
        "batch SQL migration script using table \"move and copy\", a complete Table object "
        "should be passed to the \"copy_from\" argument of the batch_alter_table() method "
        "so that table reflection can be skipped.",
        rebuild->runner->dialect->name, STR_ARG(rebuild->name));
}

static bool read_convention(Rebuild *rebuild)
{
    const Datum *given = &rebuild->batch->naming_convention;
    if (given->kind != DATUM_MAP)
        return true;
    MetaData *metadata = metadata_new(rebuild->arena);
    metadata->naming_convention = *given;
    rebuild->table.convention = metadata;
    return true;
}

static bool begin_table(Rebuild *rebuild, const RenamedVec *renamed)
{
    Table *old = rebuild->batch->copy_from;
    BatchTable *table = &rebuild->table;
    table->arena = rebuild->arena;
    table->runner = rebuild->runner;
    table->batch = rebuild->batch;
    if (!read_convention(rebuild) || (!old && !reflect(rebuild, &old)))
        return false;
    table->old = old;
    if (!batch_table_begin(table, rebuild->err))
        return false;
    VEC_EACH(const Renamed, row, renamed)
        batch_table_renamed(table, row->from, row->to);
    return true;
}

static bool apply(Rebuild *rebuild)
{
    const BatchRunner *runner = rebuild->runner;
    VEC_EACH(Op *, op, &rebuild->batch->ops) {
        bool known;
        if (!batch_table_apply(&rebuild->table, *op, &known, rebuild->err) ||
            (!known && !runner->invoke(runner->context, *op, rebuild->err)))
            return error_at(rebuild->err, (*op)->head.loc);
    }
    return batch_table_build(&rebuild->table, &rebuild->built, rebuild->err);
}

static Ddl begin_ddl(Rebuild *rebuild)
{
    Ddl ddl = ddl_begin(rebuild->arena, rebuild->runner->dialect, rebuild->err);
    ddl.calls = rebuild->runner->calls;
    ddl.offline = rebuild->runner->offline;
    return ddl;
}

static bool run_ddl(Rebuild *rebuild, const Ddl *ddl)
{
    VEC_EACH(const Statement, statement, &ddl->statements)
        if (!run(rebuild, statement->text))
            return false;
    return true;
}

static bool create_temporary(Rebuild *rebuild)
{
    Table *built = rebuild->built;
    Name name = built->name;
    Ddl ddl = begin_ddl(rebuild);
    built->name = name_from(rebuild->temporary);
    bool ok = ddl_create_table(&ddl, built, false) && run_ddl(rebuild, &ddl);
    built->name = name;
    return ok;
}

/* Generated columns fill themselves. */
static bool is_filled(const BatchColumn *row)
{
    return str_given(row->source) && !row->column->computed;
}

static bool copy_rows(Rebuild *rebuild)
{
    Sql sql = sql_begin(rebuild->arena, rebuild->runner->dialect, rebuild->err);
    SqlArg old = sql_table(rebuild->schema, name_from(rebuild->name));
    StrVec into = { 0 };
    VEC_EACH(const BatchColumn, row, &rebuild->table.columns)
        if (is_filled(row))
            VEC_PUSH(rebuild->arena, &into, row->column->name.text);
    sql_put(&sql, "INSERT INTO @ (@) SELECT ",
            sql_table(rebuild->schema, name_from(rebuild->temporary)), sql_names(&into));
    const char *separator = "";
    VEC_EACH(const BatchColumn, row, &rebuild->table.columns) {
        if (!is_filled(row))
            continue;
        sql_put_raw(&sql, str_from(separator));
        if (row->cast)
            sql_put(&sql, "CAST(@.@ AS @) AS @", old, sql_id(row->source),
                    sql_type(row->column->type), sql_id(row->source));
        else
            sql_put(&sql, "@.@", old, sql_id(row->source));
        separator = ", ";
    }
    sql_put(&sql, " \nFROM @", old);
    return into.len == 0 || (sql_ok(&sql) && run(rebuild, sql_take(&sql)));
}

static bool replace_table(Rebuild *rebuild)
{
    Sql sql = sql_begin(rebuild->arena, rebuild->runner->dialect, rebuild->err);
    Name name = name_from(rebuild->name);
    sql_put(&sql, "DROP TABLE @", sql_table(rebuild->schema, name));
    if (!sql_ok(&sql) || !run(rebuild, sql_take(&sql)))
        return false;
    sql_put(&sql, "ALTER TABLE @ RENAME TO @",
            sql_table(rebuild->schema, name_from(rebuild->temporary)), sql_name(name));
    return sql_ok(&sql) && run(rebuild, sql_take(&sql));
}

/* ---- after ---- */

static bool create_index(Rebuild *rebuild, Index *index)
{
    index->table = rebuild->built;
    Ddl ddl = begin_ddl(rebuild);
    ddl.naming = rebuild->runner->naming;
    return ddl_create_index(&ddl, index, false) && run_ddl(rebuild, &ddl);
}

/* Without its schema the statement would look for the table in `main` first. */
static bool run_again(Rebuild *rebuild, const SqliteObject *object)
{
    Str sql = object->sql;
    Str schema = object->temporary ? STR("temp") : rebuild->schema.text;
    if (str_given(schema) &&
        !sqlite_create_in(rebuild->arena, object->sql, schema, &sql, rebuild->err))
        return false;
    return run(rebuild, sql);
}

/*
 * As it was written, where the database still has it so; else from its parts (copy_from, a
 * rename).
 */
static bool restore_index(Rebuild *rebuild, Index *index, bool as_written)
{
    VEC_EACH(const SqliteObject, object, &rebuild->objects) {
        bool same = as_written && str_is(object->type, "index") && str_given(object->sql) &&
                    str_eq(object->name, index->name.text);
        if (same)
            return run_again(rebuild, object);
    }
    return create_index(rebuild, index);
}

static bool has_expression(const Index *index)
{
    VEC_EACH(const IndexPart, part, &index->parts)
        if (part->expr)
            return true;
    return false;
}

static bool renamed_here(const BatchTable *table)
{
    VEC_EACH(const BatchColumn, row, &table->columns)
        if (str_given(row->source) && !str_eq(row->source, row->column->name.text))
            return true;
    return false;
}

static bool restore_indexes(Rebuild *rebuild)
{
    BatchTable *table = &rebuild->table;
    bool as_written = !rebuild->batch->copy_from && !renamed_here(table);
    bool renamed = has_rename(rebuild->batch);
    VEC_EACH(Index *, index, &table->indexes)
        if (!restore_index(rebuild, *index, as_written && (!renamed || has_expression(*index))))
            return false;
    VEC_EACH(Index *, index, &rebuild->built->indexes)
        if (!create_index(rebuild, *index))
            return false;
    VEC_EACH(Index *, index, &table->new_indexes)
        if (!create_index(rebuild, *index))
            return false;
    return true;
}

/* Temporary triggers on tables of the same name in other schemas did not fall with this one. */
static bool restore_temporary(Rebuild *rebuild, const SqliteObject *trigger)
{
    int64_t stands;
    Str sql = str_format(rebuild->arena,
                         "SELECT count(*) FROM sqlite_temp_master WHERE type = 'trigger' AND name "
                         "= %.*s",
                         STR_ARG(literal(rebuild, trigger->name)));
    if (!ask_int(rebuild, sql, &stands))
        return false;
    return stands || run_again(rebuild, trigger);
}

static bool restore_triggers(Rebuild *rebuild)
{
    VEC_EACH(const SqliteObject, object, &rebuild->objects) {
        if (!str_is(object->type, "trigger"))
            continue;
        if (object->temporary ? !restore_temporary(rebuild, object) : !run_again(rebuild, object))
            return false;
    }
    return true;
}

/* The copy began to count anew from the highest row there is. */
static bool restore_sequence(Rebuild *rebuild)
{
    if (rebuild->sequence.type != DB_INT ||
        !map_has(&rebuild->built->options.map, STR("sqlite_autoincrement")))
        return true;
    Str sequence = in_schema(rebuild, "sqlite_sequence"), name = literal(rebuild, rebuild->name);
    if (!run(rebuild, str_format(rebuild->arena, "DELETE FROM %.*s WHERE name = %.*s",
                                 STR_ARG(sequence), STR_ARG(name))))
        return false;
    return run(rebuild,
               str_format(rebuild->arena, "INSERT INTO %.*s (name, seq) VALUES (%.*s, %lld)",
                          STR_ARG(sequence), STR_ARG(name), (long long)rebuild->sequence.integer));
}

static bool check_probes(Rebuild *rebuild)
{
    VEC_EACH(const Str, probe, &rebuild->probes) {
        if (db_exec(rebuild->conn, *probe, rebuild->err))
            continue;
        return error_remedy(rebuild->err,
                            "a view or trigger uses a column that this batch takes away from "
                            "'%.*s'; drop it before the batch and create it again after",
                            STR_ARG(rebuild->name));
    }
    return true;
}

static bool check_foreign_keys(Rebuild *rebuild)
{
    int64_t now;
    if (!rebuild->foreign_keys)
        return true;
    if (!count_violations(rebuild, &now))
        return false;
    if (now <= rebuild->violations)
        return true;
    rebuild->conn->failure =
        (DbFailure){ .kind = DB_ERROR_INTEGRITY, .dbapi = "sqlite3.IntegrityError" };
    fail(rebuild->err, ERR_DATABASE,
         "FOREIGN KEY constraint failed: after the rebuild of '%.*s' %lld row%s refer%s to nothing",
         STR_ARG(rebuild->name), (long long)(now - rebuild->violations),
         now - rebuild->violations == 1 ? "" : "s", now - rebuild->violations == 1 ? "s" : "");
    return error_remedy(rebuild->err, "PRAGMA foreign_key_check lists such rows");
}

static bool rebuild_offline(Rebuild *rebuild)
{
    const RenamedVec none = { 0 };
    if (!rebuild->batch->copy_from)
        return offline_refused(rebuild);
    return begin_table(rebuild, &none) && apply(rebuild) && create_temporary(rebuild) &&
           copy_rows(rebuild) && replace_table(rebuild) && restore_indexes(rebuild);
}

static bool rebuild_inside(Rebuild *rebuild, const RenamedVec *renamed)
{
    return begin_table(rebuild, renamed) && apply(rebuild) && create_temporary(rebuild) &&
           copy_rows(rebuild) && replace_table(rebuild) && restore_indexes(rebuild) &&
           restore_triggers(rebuild) && restore_sequence(rebuild) && check_probes(rebuild) &&
           check_foreign_keys(rebuild);
}

static bool rebuild_online(Rebuild *rebuild)
{
    RenamedVec renamed = { 0 };
    if (!rename_columns(rebuild, &renamed) || !look(rebuild) || !prepare(rebuild))
        return false;
    bool ok = rebuild_inside(rebuild, &renamed);
    return restore(rebuild) && ok;
}

bool batch_rebuild(const BatchRunner *runner, const Batch *batch, Error *err)
{
    Rebuild rebuild = {
        .runner = runner,
        .batch = batch,
        .arena = runner->arena,
        .conn = runner->conn,
        .err = err,
        .name = batch->table.name.text,
        .schema = batch->table.schema,
    };
    Str temporary = str_format(runner->arena, "_alembic_tmp_%.*s", STR_ARG(rebuild.name));
    rebuild.temporary = str_slice(temporary, 0, TEMPORARY_NAME_MAX);
    if (runner->offline)
        return rebuild_offline(&rebuild);
    if (!reflector_of(runner->conn))
        return fail(err, ERR_UNSUPPORTED,
                    "batch_alter_table(recreate='always') on %s is not there yet",
                    runner->dialect->name);
    return rebuild_online(&rebuild);
}
