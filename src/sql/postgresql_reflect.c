/* SPDX-License-Identifier: MIT */
/* Which relations there are, and the order of a reading. */
#include "sql/postgresql_reflect.h"

#include <stdlib.h>

#include "base/buf.h"
#include "sql/dialect.h"

/* ---- rows ---- */

Str pg_text(const PgReading *reading, const DbValue *row, size_t column)
{
    Str text = db_value_text(row[column]);
    return str_given(text) ? str_dup(reading->arena, text) : STR_NONE;
}

int64_t pg_int(const DbValue *row, size_t column)
{
    return row[column].type == DB_INT || row[column].type == DB_BOOL ? row[column].integer : 0;
}

bool pg_query(PgReading *reading, Str sql, DbResult *result)
{
    return db_query(reading->conn, reading->rows, sql, NULL, 0, result, reading->err);
}

Str pg_oids(const PgReading *reading)
{
    Buf buf = buf_in(reading->rows);
    buf_puts(&buf, "'{");
    for (size_t i = 0; i < reading->tables.len; i++)
        buf_printf(&buf, "%s%lld", i ? "," : "", (long long)reading->tables.items[i].oid);
    buf_puts(&buf, "}'::oid[]");
    return buf_str(&buf);
}

PgTable *pg_table(const PgReading *reading, int64_t oid)
{
    size_t low = 0, high = reading->tables.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->tables.items[middle].oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < reading->tables.len && reading->tables.items[low].oid == oid;
    return found ? &reading->tables.items[low] : NULL;
}

void pg_set_datum(Arena *arena, Options *options, const char *name, Datum value)
{
    Datum *datum = ARENA_NEW(arena, Datum);
    *datum = value;
    if (!options->map.arena)
        options->map = map_in(arena);
    map_set(&options->map, str_from(name), datum);
}

void pg_set_text(Arena *arena, Options *options, const char *name, Str value)
{
    pg_set_datum(arena, options, name, datum_str(value));
}

void pg_set_flag(Arena *arena, Options *options, const char *name, bool value)
{
    pg_set_datum(arena, options, name, datum_bool(value));
}

Datum pg_storage(Arena *arena, Str reloptions)
{
    Map *map = ARENA_NEW(arena, Map);
    *map = map_in(arena);
    for (Str part; str_split_next(&reloptions, ',', &part);) {
        ptrdiff_t equals = str_find_char(part, '=', 0);
        if (equals < 0)
            continue;
        Datum *value = ARENA_NEW(arena, Datum);
        *value = datum_str(str_from_offset(part, (size_t)equals + 1));
        map_set(map, str_slice(part, 0, (size_t)equals), value);
    }
    return (Datum){ .kind = DATUM_MAP, .map = map };
}

Datum pg_sql(Arena *arena, Str text)
{
    Expr *expr = expr_literal_column(arena, text, NULL);
    return (Datum){ .kind = DATUM_RECORD, .record = { expr->head.record, expr } };
}

static Str literal(Arena *arena, Str text)
{
    return str_given(text) ? dialect_literal(arena, &postgresql_dialect, text) : STR("NULL");
}

static bool read_names(Conn *conn, Arena *arena, Str sql, StrVec *names, Error *err)
{
    Arena *rows = arena_new(arena);
    DbResult result;
    const DbValue *row;
    bool ok = db_query(conn, rows, sql, NULL, 0, &result, err);
    while (ok && db_next(&result, &row, err) && row)
        VEC_PUSH(arena, names, str_dup(arena, db_value_text(row[0])));
    ok = ok && !error_set(err);
    arena_free(rows);
    return ok;
}

/* ---- names ---- */

/*
 * Without a schema: what the search path finds (temporary relations left out where `temporary` is
 * false), as SQLAlchemy has it. `n` and `c` are pg_namespace and pg_class.
 */
static Str in_schema(Arena *arena, Str schema, bool temporary)
{
    const char *lasting = temporary ? "" : " AND c.relpersistence <> 't'";
    if (!str_given(schema))
        return str_format(arena,
                          "n.nspname <> 'pg_catalog' AND pg_catalog.pg_table_is_visible(c.oid)%s",
                          lasting);
    return str_format(arena, "n.nspname = %.*s%s", STR_ARG(literal(arena, schema)), lasting);
}

static bool list_where(Conn *conn, Arena *arena, const char *kinds, Str condition, StrVec *names,
                       Error *err)
{
    Str sql = str_format(arena,
                         "SELECT c.relname::text FROM pg_catalog.pg_class c "
                         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                         "WHERE c.relkind IN (%s) AND %.*s ORDER BY 1",
                         kinds, STR_ARG(condition));
    return read_names(conn, arena, sql, names, err);
}

static bool list_relations(Conn *conn, Arena *arena, Str schema, const char *kinds, StrVec *names,
                           Error *err)
{
    return list_where(conn, arena, kinds, in_schema(arena, schema, false), names, err);
}

static bool list_temporary(Conn *conn, Arena *arena, const char *kinds, StrVec *names, Error *err)
{
    return list_where(conn, arena, kinds,
                      STR("c.relpersistence = 't' AND pg_catalog.pg_table_is_visible(c.oid)"),
                      names, err);
}

static bool postgresql_schemas(Conn *conn, Arena *arena, StrVec *names, Error *err)
{
    return read_names(conn, arena,
                      STR("SELECT nspname::text FROM pg_catalog.pg_namespace "
                          "WHERE nspname NOT LIKE 'pg\\_%' ORDER BY nspname"),
                      names, err);
}

static bool postgresql_tables(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err)
{
    return list_relations(conn, arena, schema, "'r', 'p'", names, err);
}

static bool postgresql_views(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err)
{
    return list_relations(conn, arena, schema, "'v'", names, err);
}

static bool postgresql_materialized_views(Conn *conn, Arena *arena, Str schema, StrVec *names,
                                          Error *err)
{
    return list_relations(conn, arena, schema, "'m'", names, err);
}

static bool postgresql_foreign_tables(Conn *conn, Arena *arena, Str schema, StrVec *names,
                                      Error *err)
{
    return list_relations(conn, arena, schema, "'f'", names, err);
}

static bool postgresql_temporary_tables(Conn *conn, Arena *arena, Str schema, StrVec *names,
                                        Error *err)
{
    return list_temporary(conn, arena, "'r', 'p'", names, err);
}

static bool postgresql_temporary_views(Conn *conn, Arena *arena, Str schema, StrVec *names,
                                       Error *err)
{
    return list_temporary(conn, arena, "'v'", names, err);
}

static bool postgresql_sequences(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err)
{
    return list_relations(conn, arena, schema, "'S'", names, err);
}

static bool postgresql_view_definition(Conn *conn, Arena *arena, Str schema, Str name, Str *sql,
                                       Error *err)
{
    StrVec found = { 0 };
    Str query = str_format(arena,
                           "SELECT pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c "
                           "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                           "WHERE c.relkind IN ('v', 'm') AND c.relname = %.*s AND %.*s",
                           STR_ARG(literal(arena, name)), STR_ARG(in_schema(arena, schema, true)));
    bool ok = read_names(conn, arena, query, &found, err);
    *sql = ok && found.len > 0 ? found.items[0] : STR_NONE;
    return ok;
}

static bool has_relation(Conn *conn, Arena *arena, const char *kinds, Str schema, Str name,
                         bool *found, Error *err)
{
    StrVec names = { 0 };
    Str condition = str_format(arena, "c.relname = %.*s AND %.*s", STR_ARG(literal(arena, name)),
                               STR_ARG(in_schema(arena, schema, true)));
    bool ok = list_where(conn, arena, kinds, condition, &names, err);
    *found = ok && names.len > 0;
    return ok;
}

static bool postgresql_has_table(Conn *conn, Arena *arena, Str schema, Str name, bool *found,
                                 Error *err)
{
    return has_relation(conn, arena, "'r', 'p', 'f', 'v', 'm'", schema, name, found, err);
}

static bool postgresql_has_sequence(Conn *conn, Arena *arena, Str schema, Str name, bool *found,
                                    Error *err)
{
    return has_relation(conn, arena, "'S'", schema, name, found, err);
}

static bool postgresql_has_type(Conn *conn, Arena *arena, Str schema, Str name, bool *found,
                                Error *err)
{
    StrVec names = { 0 };
    Str here = str_given(schema)
                   ? str_format(arena, "n.nspname = %.*s", STR_ARG(literal(arena, schema)))
                   : STR("pg_catalog.pg_type_is_visible(t.oid)");
    Str sql = str_format(arena,
                         "SELECT t.typname::text FROM pg_catalog.pg_type t "
                         "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
                         "WHERE t.typname = %.*s AND %.*s",
                         STR_ARG(literal(arena, name)), STR_ARG(here));
    bool ok = read_names(conn, arena, sql, &names, err);
    *found = ok && names.len > 0;
    return ok;
}

static bool postgresql_default_schema(Conn *conn, Arena *arena, Str *name, Error *err)
{
    DbValue value;
    bool ok = db_scalar(conn, arena, STR("SELECT current_schema()::text"), &value, err);
    *name = ok ? db_value_text(value) : STR_NONE;
    return ok;
}

/* ---- relations ---- */

enum {
    REL_OID,
    REL_PLACE, /* of the schema in Reflection.schemas, from 1 */
    REL_NAME,
    REL_SCHEMA,
    REL_KIND,
    REL_VISIBLE,
    REL_TEMPORARY,
    REL_PARTITION,
    REL_COMMENT,
    REL_STORAGE,
    REL_TABLESPACE,
    REL_PARTITION_BY,
    REL_PARENTS,
    REL_DEFINITION,
    REL_OWNED,
    REL_START,
    REL_INCREMENT,
    REL_MINVALUE,
    REL_MAXVALUE,
    REL_CACHE,
    REL_CYCLE,
    REL_DATA_TYPE,
};

/* %s: where a sequence's numbers stand, the kinds, the views' text; the schemas; more conditions.
 */
static const char relations_sql[] =
    "SELECT c.oid::int8, w.place::int, c.relname::text, n.nspname::text, c.relkind::text, "
    "pg_table_is_visible(c.oid)::int, (c.relpersistence = 't')::int, c.relispartition::int, "
    "d.description, array_to_string(c.reloptions, ','), s.spcname::text, "
    "CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END, "
    "CASE WHEN c.relkind = 'r' AND NOT c.relispartition THEN "
    "(SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) "
    "FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid) END, "
    "%s, "
    "EXISTS (SELECT FROM pg_catalog.pg_depend o WHERE c.relkind = 'S' AND o.objid = c.oid "
    "AND o.classid = 'pg_catalog.pg_class'::regclass "
    "AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.deptype IN ('a', 'i'))::int, "
    "q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle::int, "
    "format_type(q.seqtypid, NULL) "
    "FROM unnest(ARRAY[%.*s]::text[]) WITH ORDINALITY AS w(name, place) "
    "JOIN pg_catalog.pg_namespace n ON n.nspname = w.name OR "
    "(w.name IS NULL AND n.nspname <> 'pg_catalog') "
    "JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN (%.*s) "
    "LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 "
    "AND d.classoid = 'pg_catalog.pg_class'::regclass "
    "LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace "
    "LEFT JOIN pg_catalog.pg_sequence q ON q.seqrelid = c.oid "
    "WHERE (w.name IS NOT NULL OR pg_catalog.pg_table_is_visible(c.oid))%.*s "
    "ORDER BY 2, 3";

static RelationKind relation_kind(Str letter)
{
    switch (letter.ptr[0]) {
    case 'p':
        return RELATION_PARTITIONED;
    case 'f':
        return RELATION_FOREIGN;
    case 'v':
        return RELATION_VIEW;
    case 'm':
        return RELATION_MATERIALIZED;
    default:
        return RELATION_TABLE;
    }
}

static OptInt number(const DbValue *row, size_t column)
{
    return (OptInt){ .given = row[column].type != DB_NULL, .value = pg_int(row, column) };
}

static Type *sequence_type(Arena *arena, Str text)
{
    return type_new(arena, str_is(text, "integer")    ? TYPE_SQL_INTEGER
                           : str_is(text, "smallint") ? TYPE_SQL_SMALLINT
                                                      : TYPE_SQL_BIGINT);
}

static void take_sequence(PgReading *reading, const DbValue *row)
{
    Arena *arena = reading->arena;
    Sequence *sequence = record_new(arena, &sequence_record);
    Str schema = pg_text(reading, row, REL_SCHEMA);
    sequence->name = (Name){ .text = pg_text(reading, row, REL_NAME) };
    sequence->schema = pg_flag(row, REL_VISIBLE) ? STR_NONE : schema;
    sequence->data_type = sequence_type(arena, db_value_text(row[REL_DATA_TYPE]));
    sequence->options = (SequenceOptions){
        .start = number(row, REL_START),
        .increment = number(row, REL_INCREMENT),
        .minvalue = number(row, REL_MINVALUE),
        .maxvalue = number(row, REL_MAXVALUE),
        .cache = number(row, REL_CACHE),
        .cycle = pg_flag(row, REL_CYCLE) ? TRI_TRUE : TRI_FALSE,
    };
    ReflectedSequence made = { .sequence = sequence,
                               .schema = schema,
                               .owned = pg_flag(row, REL_OWNED) };
    VEC_PUSH(arena, &reading->seen->sequences, made);
}

static Datum text_list(Arena *arena, Str text)
{
    VEC(Datum) items = { 0 };
    for (Str part; str_split_next(&text, ',', &part);)
        VEC_PUSH(arena, &items, datum_str(part));
    Datum list = { .kind = DATUM_LIST };
    list.list.items = items.items;
    list.list.len = items.len;
    return list;
}

static void set_table_options(const PgReading *reading, Table *table, const DbValue *row)
{
    Arena *arena = reading->arena;
    Str storage = pg_text(reading, row, REL_STORAGE);
    Str tablespace = pg_text(reading, row, REL_TABLESPACE);
    Str partition_by = pg_text(reading, row, REL_PARTITION_BY);
    Str parents = pg_text(reading, row, REL_PARENTS);
    table->comment = pg_text(reading, row, REL_COMMENT);
    if (str_given(storage) && storage.len > 0)
        pg_set_datum(arena, &table->options, "postgresql_with", pg_storage(arena, storage));
    if (str_given(tablespace))
        pg_set_text(arena, &table->options, "postgresql_tablespace", tablespace);
    if (str_given(partition_by))
        pg_set_text(arena, &table->options, "postgresql_partition_by", partition_by);
    if (str_given(parents))
        pg_set_datum(arena, &table->options, "postgresql_inherits", text_list(arena, parents));
}

static bool take_relation(PgReading *reading, const DbValue *row, PgTableVec *found)
{
    Arena *arena = reading->arena;
    const ReflectWanted *wanted = reading->wanted;
    Str schema = reading->seen->schemas.items[pg_int(row, REL_PLACE) - 1];
    Relation relation = { .kind = relation_kind(db_value_text(row[REL_KIND])),
                          .schema = schema,
                          .name = pg_text(reading, row, REL_NAME),
                          .temporary = pg_flag(row, REL_TEMPORARY),
                          .partition = pg_flag(row, REL_PARTITION),
                          .definition = pg_text(reading, row, REL_DEFINITION) };
    bool include = true;
    if (wanted->include && !wanted->include(wanted->context, REFLECT_TABLE, schema, relation.name,
                                            &include, reading->err))
        return false;
    if (!include)
        return true;
    if (!table_new(arena, reading->metadata, name_from(schema), name_from(relation.name),
                   &relation.table, reading->err))
        return false;
    relation.table->reflected = true;
    set_table_options(reading, relation.table, row);
    PgTable table = { .oid = pg_int(row, REL_OID), .table = relation.table };
    VEC_PUSH(arena, found, table);
    VEC_PUSH(arena, &reading->seen->relations, relation);
    return true;
}

/* "'r', 'p', 'S'" */
static Str wanted_kinds(const PgReading *reading)
{
    const ReflectWanted *wanted = reading->wanted;
    const struct {
        bool wanted;
        const char *kind;
    } kinds[] = {
        { !wanted->no_tables, "'r', 'p'" },    { wanted->views, "'v'" },
        { wanted->materialized_views, "'m'" }, { wanted->foreign_tables, "'f'" },
        { wanted->sequences, "'S'" },
    };
    Buf buf = buf_in(reading->rows);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].wanted)
            buf_printf(&buf, "%s%s", buf.len ? ", " : "", kinds[i].kind);
    return buf.len ? buf_str(&buf) : STR("''");
}

static Str schema_list(const PgReading *reading)
{
    Buf buf = buf_in(reading->rows);
    for (size_t i = 0; i < reading->seen->schemas.len; i++)
        buf_printf(&buf, "%s%.*s", i ? ", " : "",
                   STR_ARG(literal(reading->rows, reading->seen->schemas.items[i])));
    return buf_str(&buf);
}

/* Lists the relations; those whose details shall be read go to `found`. */
static bool read_relations(PgReading *reading, Str condition, PgTableVec *found)
{
    DbResult result;
    const DbValue *row;
    Str sql = str_format(reading->rows, relations_sql,
                         reading->wanted->definitions ? "CASE WHEN c.relkind IN ('v', 'm') THEN "
                                                        "pg_get_viewdef(c.oid) END"
                                                      : "NULL::text",
                         STR_ARG(schema_list(reading)), STR_ARG(wanted_kinds(reading)),
                         STR_ARG(condition));
    if (!pg_query(reading, sql, &result))
        return false;
    while (db_next(&result, &row, reading->err) && row) {
        if (str_is(db_value_text(row[REL_KIND]), "S"))
            take_sequence(reading, row);
        else if (!take_relation(reading, row, found))
            return false;
    }
    return !error_set(reading->err);
}

/* ---- details ---- */

static int by_oid(const void *a, const void *b)
{
    int64_t x = ((const PgTable *)a)->oid, y = ((const PgTable *)b)->oid;
    return (x > y) - (x < y);
}

/*
 * The next pass: each relation once. (One that was found both by the search path and by its
 * schema's name is two tables, as in SQLAlchemy, and takes a second pass.)
 */
static PgTableVec take_pass(Arena *arena, PgTableVec *left)
{
    PgTableVec pass = { 0 }, rest = { 0 };
    VEC_EACH (const PgTable, table, left) {
        if (pass.len > 0 && VEC_LAST(&pass).oid == table->oid)
            VEC_PUSH(arena, &rest, *table);
        else
            VEC_PUSH(arena, &pass, *table);
    }
    *left = rest;
    return pass;
}

/* The rows of one query go before those of the next come. */
static bool read_details(PgReading *reading, PgTableVec *found)
{
    bool (*const parts[])(PgReading *) = { pg_read_columns, pg_read_constraints, pg_read_indexes };
    if (found->len > 0)
        qsort(found->items, found->len, sizeof *found->items, by_oid);
    while (found->len > 0) {
        reading->tables = take_pass(reading->arena, found);
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            arena_reset(reading->rows);
            if (!parts[i](reading))
                return false;
        }
    }
    return true;
}

/* ---- a whole schema ---- */

enum { START_DEFAULT, START_SCHEMA, START_JIT };

/*
 * Compiling the catalog queries takes longer than running them: jit is off until the last one,
 * which puts it back. %s: its setting.
 */
static const char start_sql[] =
    "SELECT current_schema()::text, s.nspname::text, %s "
    "FROM (VALUES (1)) AS one LEFT JOIN pg_catalog.pg_namespace s ON s.nspname NOT LIKE 'pg\\_%%' "
    "AND s.nspname <> 'information_schema' ORDER BY 2";

static bool include_schema(PgReading *reading, Str schema)
{
    const ReflectWanted *wanted = reading->wanted;
    bool include = true;
    if (str_given(schema) && str_eq(schema, reading->seen->default_schema))
        return true;
    if (wanted->include &&
        !wanted->include(wanted->context, REFLECT_SCHEMA, schema, schema, &include, reading->err))
        return false;
    if (include)
        VEC_PUSH(reading->arena, &reading->seen->schemas, schema);
    return true;
}

static bool choose_schemas(PgReading *reading, const StrVec *all)
{
    const StrVec *given = reading->wanted->schemas;
    if (!given && !include_schema(reading, STR_NONE))
        return false;
    if (!given && !reading->wanted->all_schemas)
        return true;
    VEC_EACH (const Str, schema, given ? given : all)
        if (!include_schema(reading, *schema))
            return false;
    return true;
}

static bool start(PgReading *reading)
{
    DbResult result;
    const DbValue *row;
    StrVec all = { 0 };
    Str sql = str_format(reading->rows, start_sql,
                         reading->conn->server_number >= 110000
                             ? "(SELECT current_setting('jit')), (SELECT set_config('jit', 'off', "
                               "false))"
                             : "NULL::text");
    if (!pg_query(reading, sql, &result))
        return false;
    while (db_next(&result, &row, reading->err) && row) {
        reading->jit = str_is(db_value_text(row[START_JIT]), "on");
        reading->seen->default_schema = pg_text(reading, row, START_DEFAULT);
        if (row[START_SCHEMA].type != DB_NULL)
            VEC_PUSH(reading->arena, &all, pg_text(reading, row, START_SCHEMA));
    }
    return !error_set(reading->err) && choose_schemas(reading, &all);
}

static void give_types(PgReading *reading)
{
    VEC_EACH (const PgType, type, &reading->types) {
        ReflectedType made = { .type = pg_type(reading, type->type->name.text, type->oid, STR_NONE),
                               .schema = type->schema,
                               .visible = type->visible,
                               .base_text = type->base_text,
                               .checks = type->checks };
        VEC_PUSH(reading->arena, &reading->seen->types, made);
    }
}

/* Where there was no table, and so no last query. */
static bool put_jit_back(PgReading *reading)
{
    DbResult result;
    reading->jit = false;
    return pg_query(reading, STR("SELECT set_config('jit', 'on', false)"), &result);
}

static bool read_whole(PgReading *reading)
{
    PgTableVec found = { 0 };
    if (!start(reading) || !read_relations(reading, STR(" AND c.relpersistence <> 't'"), &found))
        return false;
    if ((found.len > 0 || reading->wanted->types) && !pg_read_types(reading))
        return false;
    if (reading->wanted->types)
        give_types(reading);
    return read_details(reading, &found) && (!reading->jit || put_jit_back(reading));
}

/* `rows` is made beside `arena` and freed when the reading ends. */
static PgReading reading_begin(Conn *conn, Arena *arena, MetaData *metadata,
                               const ReflectWanted *wanted, Reflection *seen, Error *err)
{
    return (PgReading){ .conn = conn,
                        .arena = arena,
                        .rows = arena_new(arena),
                        .metadata = metadata,
                        .wanted = wanted,
                        .seen = seen,
                        .shared_types = map_in(arena),
                        .err = err };
}

static bool postgresql_whole(Conn *conn, Arena *arena, MetaData *metadata,
                             const ReflectWanted *wanted, Reflection *reflection, Error *err)
{
    PgReading reading = reading_begin(conn, arena, metadata, wanted, reflection, err);
    bool ok = read_whole(&reading);
    arena_free(reading.rows);
    return ok;
}

/* ---- one table ---- */

static bool read_one(PgReading *reading, Str schema, Str name)
{
    PgTableVec found = { 0 };
    Str condition =
        str_format(reading->rows, " AND c.relname = %.*s", STR_ARG(literal(reading->rows, name)));
    VEC_PUSH(reading->arena, &reading->seen->schemas, schema);
    if (!read_relations(reading, condition, &found))
        return false;
    return found.len == 0 || (pg_read_types(reading) && read_details(reading, &found));
}

static bool postgresql_table(Conn *conn, Arena *arena, MetaData *metadata, Str schema, Str name,
                             Table **table, Error *err)
{
    const ReflectWanted wanted = { .views = true,
                                   .materialized_views = true,
                                   .foreign_tables = true };
    Reflection seen = { .default_schema = STR_NONE };
    PgReading reading = reading_begin(conn, arena, metadata, &wanted, &seen, err);
    bool ok = read_one(&reading, schema, name);
    *table = ok && seen.relations.len > 0 ? seen.relations.items[0].table : NULL;
    arena_free(reading.rows);
    return ok;
}

const Reflector postgresql_reflector = {
    .schemas = postgresql_schemas,
    .tables = postgresql_tables,
    .views = postgresql_views,
    .materialized_views = postgresql_materialized_views,
    .foreign_tables = postgresql_foreign_tables,
    .temporary_tables = postgresql_temporary_tables,
    .temporary_views = postgresql_temporary_views,
    .sequences = postgresql_sequences,
    .view_definition = postgresql_view_definition,
    .has_type = postgresql_has_type,
    .has_sequence = postgresql_has_sequence,
    .has_table = postgresql_has_table,
    .table = postgresql_table,
    .whole = postgresql_whole,
    .default_schema = postgresql_default_schema,
};
