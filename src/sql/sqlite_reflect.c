/* SPDX-License-Identifier: MIT */
#include "sql/sqlite_reflect.h"

#include "sql/dialect.h"
#include "sql/json_text.h"

/* ---- asking ---- */

static Str quoted(Arena *arena, Str name)
{
    Str inner = str_replace(arena, name, STR("\""), STR("\"\""));
    return str_format(arena, "\"%.*s\"", STR_ARG(inner));
}

static Str schema_or_main(Str schema)
{
    return str_given(schema) ? schema : STR("main");
}

static bool ask(Conn *conn, Arena *arena, Str sql, Str a, Str b, DbResult *result, Error *err)
{
    const DbValue params[] = { db_text(a), db_text(b) };
    size_t count = str_given(b) ? 2 : str_given(a) ? 1 : 0;
    return db_query(conn, arena, sql, params, count, result, err);
}

static Str text_at(Arena *arena, const DbValue *row, size_t column)
{
    return str_dup(arena, db_value_text(row[column]));
}

static int64_t int_at(const DbValue *row, size_t column)
{
    return row[column].type == DB_INT ? row[column].integer : 0;
}

static bool list_names(Conn *conn, Arena *arena, Str sql, Str a, Str b, StrVec *names, Error *err)
{
    DbResult result;
    const DbValue *row;
    if (!ask(conn, arena, sql, a, b, &result, err))
        return false;
    while (db_next(&result, &row, err) && row)
        VEC_PUSH(arena, names, text_at(arena, row, 0));
    return !error_set(err);
}

static bool sqlite_schemas(Conn *conn, Arena *arena, StrVec *names, Error *err)
{
    return list_names(
        conn, arena, STR("SELECT name FROM pragma_database_list WHERE name <> 'temp' ORDER BY seq"),
        STR_NONE, STR_NONE, names, err);
}

static bool list_objects(Conn *conn, Arena *arena, Str schema, Str type, StrVec *names, Error *err)
{
    Str sql = str_format(arena,
                         "SELECT name FROM %.*s.sqlite_master WHERE type = ?1 AND name NOT LIKE "
                         "'sqlite~_%%' ESCAPE '~' ORDER BY name",
                         STR_ARG(quoted(arena, schema_or_main(schema))));
    return list_names(conn, arena, sql, type, STR_NONE, names, err);
}

static bool sqlite_tables(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err)
{
    return list_objects(conn, arena, schema, STR("table"), names, err);
}

static bool sqlite_views(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err)
{
    return list_objects(conn, arena, schema, STR("view"), names, err);
}

static bool list_temporary(Conn *conn, Arena *arena, Str type, StrVec *names, Error *err)
{
    return list_names(conn, arena,
                      STR("SELECT name FROM sqlite_temp_master WHERE type = ?1 AND name NOT LIKE "
                          "'sqlite~_%' ESCAPE '~' ORDER BY name"),
                      type, STR_NONE, names, err);
}

static bool sqlite_temporary_tables(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err)
{
    return list_temporary(conn, arena, STR("table"), names, err);
}

static bool sqlite_temporary_views(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err)
{
    return list_temporary(conn, arena, STR("view"), names, err);
}

/* The type and text of a table or view; type STR_NONE when there is none. */
static bool find_object(Conn *conn, Arena *arena, Str schema, Str name, Str *type, Str *text,
                        Error *err)
{
    DbResult result;
    const DbValue *row;
    Str own = quoted(arena, schema_or_main(schema));
    Str sql = str_format(arena,
                         "SELECT type, sql FROM %.*s.sqlite_master WHERE name = ?1 COLLATE NOCASE "
                         "AND type IN ('table', 'view')%s",
                         STR_ARG(own),
                         str_given(schema) ? ""
                                           : " UNION ALL SELECT type, sql FROM sqlite_temp_master "
                                             "WHERE name = ?1 COLLATE NOCASE AND type IN ('table', "
                                             "'view')");
    *type = *text = STR_NONE;
    if (!ask(conn, arena, sql, name, STR_NONE, &result, err) || !db_next(&result, &row, err))
        return false;
    if (!row)
        return true;
    *type = text_at(arena, row, 0);
    *text = text_at(arena, row, 1);
    return true;
}

static bool sqlite_view_definition(Conn *conn, Arena *arena, Str schema, Str name, Str *sql,
                                   Error *err)
{
    Str type;
    if (!find_object(conn, arena, schema, name, &type, sql, err))
        return false;
    if (!str_is(type, "view"))
        *sql = STR_NONE;
    return true;
}

static bool sqlite_has_table(Conn *conn, Arena *arena, Str schema, Str name, bool *found,
                             Error *err)
{
    Str type, sql;
    bool ok = find_object(conn, arena, schema, name, &type, &sql, err);
    *found = ok && str_given(type);
    return ok;
}

static bool take_objects(Conn *conn, Arena *arena, Str sql, Str table, bool temporary,
                         SqliteObjectVec *objects, Error *err)
{
    DbResult result;
    const DbValue *row;
    if (!ask(conn, arena, sql, table, STR_NONE, &result, err))
        return false;
    while (db_next(&result, &row, err) && row) {
        SqliteObject object = { .type = text_at(arena, row, 0),
                                .name = text_at(arena, row, 1),
                                .table = text_at(arena, row, 2),
                                .sql = STR_NONE,
                                .temporary = temporary };
        if (row[3].type == DB_TEXT)
            object.sql = text_at(arena, row, 3);
        VEC_PUSH(arena, objects, object);
    }
    return !error_set(err);
}

bool sqlite_objects(Conn *conn, Arena *arena, Str schema, Str table, SqliteObjectVec *objects,
                    Error *err)
{
    Str sql = str_format(arena,
                         "SELECT type, name, tbl_name, sql FROM %.*s.sqlite_master WHERE (tbl_name "
                         "= ?1 COLLATE NOCASE AND type IN ('index', 'trigger')) OR type = 'view' "
                         "ORDER BY rowid",
                         STR_ARG(quoted(arena, schema_or_main(schema))));
    if (!take_objects(conn, arena, sql, table, false, objects, err))
        return false;
    if (str_eq_nocase(schema, STR("temp")))
        return true;
    sql = STR("SELECT type, name, tbl_name, sql FROM sqlite_temp_master WHERE type = 'view' OR "
              "(type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE) ORDER BY rowid");
    return take_objects(conn, arena, sql, table, true, objects, err);
}

/* ---- types ---- */

typedef struct TypeName {
    const char *name;
    TypeKind kind;
} TypeName;

static const TypeName type_names[] = {
    { "BIGINT", TYPE_SQL_BIGINT },       { "BLOB", TYPE_SQL_BLOB },
    { "BOOL", TYPE_SQL_BOOLEAN },        { "BOOLEAN", TYPE_SQL_BOOLEAN },
    { "CHAR", TYPE_SQL_CHAR },           { "DATE", TYPE_SQL_DATE },
    { "DATETIME", TYPE_SQL_DATETIME },   { "DECIMAL", TYPE_SQL_DECIMAL },
    { "DOUBLE", TYPE_SQL_DOUBLE },       { "DOUBLE_PRECISION", TYPE_SQL_DOUBLE_PRECISION },
    { "FLOAT", TYPE_SQL_FLOAT },         { "INT", TYPE_SQL_INTEGER },
    { "INTEGER", TYPE_SQL_INTEGER },     { "JSON", TYPE_SQLITE_JSON },
    { "NUMERIC", TYPE_SQL_NUMERIC },     { "NVARCHAR", TYPE_SQL_NVARCHAR },
    { "REAL", TYPE_SQL_REAL },           { "SMALLINT", TYPE_SQL_SMALLINT },
    { "TEXT", TYPE_SQL_TEXT },           { "TIME", TYPE_SQL_TIME },
    { "TIMESTAMP", TYPE_SQL_TIMESTAMP }, { "VARCHAR", TYPE_SQL_VARCHAR },
};

/* SQLite's own rules of affinity, for names that are not known. */
static const TypeName affinities[] = {
    { "INT", TYPE_SQL_INTEGER }, { "CHAR", TYPE_SQL_TEXT }, { "CLOB", TYPE_SQL_TEXT },
    { "TEXT", TYPE_SQL_TEXT },   { "BLOB", TYPE_NULL },     { "REAL", TYPE_SQL_REAL },
    { "FLOA", TYPE_SQL_REAL },   { "DOUB", TYPE_SQL_REAL },
};

static TypeKind kind_of(Arena *arena, Str name)
{
    Str upper = str_upper_ascii(arena, name);
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (str_is(upper, type_names[i].name))
            return type_names[i].kind;
    for (size_t i = 0; i < sizeof affinities / sizeof *affinities; i++)
        if (str_find(upper, str_from(affinities[i].name), 0) >= 0)
            return affinities[i].kind;
    return upper.len == 0 ? TYPE_NULL : TYPE_SQL_NUMERIC;
}

/* Up to two numbers of "(10, 2)". */
static size_t numbers_in(Str text, int64_t numbers[2])
{
    size_t count = 0;
    for (Str part; count < 2 && str_split_next(&text, ',', &part); count++) {
        part = str_trim(part);
        numbers[count] = 0;
        if (part.len == 0 || part.len > 9)
            return count;
        for (size_t i = 0; i < part.len; i++) {
            if (!char_is_digit(part.ptr[i]))
                return count;
            numbers[count] = numbers[count] * 10 + (part.ptr[i] - '0');
        }
    }
    return count;
}

static void set_numbers(Type *type, Str text)
{
    int64_t numbers[2];
    size_t count = numbers_in(text, numbers);
    if (count == 0)
        return;
    if (type_is(type, TYPE_STRING)) {
        type->length = (OptInt){ true, numbers[0] };
    } else if (type_is(type, TYPE_NUMERIC)) {
        type->precision = (OptInt){ true, numbers[0] };
        if (count == 2 && !type_is(type, TYPE_FLOAT))
            type->scale = (OptInt){ true, numbers[1] };
    }
}

static Str without_blanks(Arena *arena, Str text)
{
    return str_upper_ascii(arena, str_replace(arena, text, STR(" "), STR("")));
}

/* Keeps the spelling unless our own would be the same. */
static bool keep_spelling(Arena *arena, Type *type, Str declared, Str collation, Error *err)
{
    Str own;
    if (str_given(collation)) {
        type->collation = str_dup(arena, collation);
        type->declared =
            str_format(arena, "%.*s COLLATE %.*s", STR_ARG(declared), STR_ARG(collation));
        return true;
    }
    if (type->kind != TYPE_NULL) {
        if (!dialect_type(arena, &sqlite_dialect, NULL, type, &own, err))
            return false;
        if (str_eq(without_blanks(arena, own), without_blanks(arena, declared)))
            return true;
    }
    type->declared = str_dup(arena, declared.len > 0 ? declared : STR(""));
    return true;
}

static bool reflect_type(Arena *arena, Str declared, Str collation, Type **out, Error *err)
{
    ptrdiff_t open = str_find_char(declared, '(', 0);
    Str name = str_trim(open < 0 ? declared : str_slice(declared, 0, (size_t)open));
    Type *type = type_new(arena, kind_of(arena, name));
    if (open >= 0) {
        ptrdiff_t close = str_find_char(declared, ')', (size_t)open);
        size_t end = close < 0 ? declared.len : (size_t)close;
        set_numbers(type, str_slice(declared, (size_t)open + 1, end));
    }
    *out = type;
    return keep_spelling(arena, type, declared, collation, err);
}

/* ---- what SQLite knows of tables, read of several at once ---- */

typedef struct KnownColumn {
    Str name, type, default_sql;
    bool not_null;
    size_t key_place; /* in the primary key, from 1; 0: not in it */
} KnownColumn;

/* A table or view; the texts live as long as the rows that were read. */
typedef struct Known {
    Str name;     /* as it was asked for */
    Str database; /* where it is: "main", "temp", ...; STR_NONE: nowhere */
    Str type, sql;
    VEC(KnownColumn) columns;
    SqliteObjectVec indexes; /* those that no constraint made */
} Known;

typedef struct Look {
    Conn *conn;
    Arena *rows;
    VEC(Known) known;
    Map by_name; /* the name in lower case to Known * */
    Error *err;
} Look;

static Look look_for(Conn *conn, Arena *rows, const StrVec *names, Error *err)
{
    Look look = { .conn = conn, .rows = rows, .by_name = map_in(rows), .err = err };
    VEC_EACH (const Str, name, names) {
        Known known = { .name = *name, .database = STR_NONE, .type = STR_NONE, .sql = STR_NONE };
        VEC_PUSH(rows, &look.known, known);
    }
    VEC_EACH (Known, known, &look.known)
        map_set(&look.by_name, str_lower_ascii(rows, known->name), known);
    return look;
}

static void take_object(Look *look, Str database, const DbValue *row)
{
    Known *known = map_get(&look->by_name, str_lower_ascii(look->rows, row[2].text));
    Str sql = row[3].type == DB_TEXT ? row[3].text : STR_NONE;
    if (!known || (str_given(known->database) && !str_eq(known->database, database)))
        return;
    if (!str_is(row[0].text, "index")) {
        known->database = database;
        known->type = row[0].text;
        known->sql = sql;
    } else if (str_given(sql)) {
        SqliteObject index = { .name = row[1].text, .sql = sql };
        VEC_PUSH(look->rows, &known->indexes, index);
    }
}

/* Indexes come behind their tables: in the order made. */
static bool look_at_objects(Look *look, Str database)
{
    DbResult result;
    const DbValue *row;
    bool one = look->known.len == 1;
    Str sql = str_format(look->rows,
                         "SELECT type, name, tbl_name, sql FROM %.*s.sqlite_master WHERE type <> "
                         "'trigger'%s ORDER BY rowid",
                         STR_ARG(quoted(look->rows, database)),
                         one ? " AND tbl_name = ?1 COLLATE NOCASE" : "");
    if (!ask(look->conn, look->rows, sql, one ? look->known.items[0].name : STR_NONE, STR_NONE,
             &result, look->err))
        return false;
    while (db_next(&result, &row, look->err) && row)
        take_object(look, database, row);
    return !error_set(look->err);
}

static void take_column(Look *look, const DbValue *row)
{
    Known *known = &look->known.items[int_at(row, 0)];
    KnownColumn column = { .name = db_value_text(row[1]),
                           .type = db_value_text(row[2]),
                           .not_null = int_at(row, 3) != 0,
                           .default_sql = row[4].type == DB_TEXT ? row[4].text : STR_NONE,
                           .key_place = (size_t)int_at(row, 5) };
    VEC_PUSH(look->rows, &known->columns, column);
}

/* The names found in the database, each at its place: ["a", null, "b"]. */
static bool names_as_json(Look *look, Str database, Str *json)
{
    Datum *names = ARENA_ARRAY(look->rows, Datum, look->known.len);
    for (size_t i = 0; i < look->known.len; i++) {
        const Known *known = &look->known.items[i];
        if (str_given(known->database) && str_eq(known->database, database))
            names[i] = datum_str(known->name);
    }
    const Datum list = { .kind = DATUM_LIST, .list = { names, look->known.len } };
    return json_text(look->rows, &list, json, look->err);
}

static bool look_at_columns(Look *look, Str database)
{
    DbResult result;
    const DbValue *row;
    Str names;
    if (!names_as_json(look, database, &names) ||
        !ask(look->conn, look->rows,
             STR("SELECT asked.key, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk "
                 "FROM json_each(?1) asked, pragma_table_xinfo(asked.value, ?2) x "
                 "WHERE x.hidden <> 1 AND asked.value IS NOT NULL"),
             names, database, &result, look->err))
        return false;
    while (db_next(&result, &row, look->err) && row)
        take_column(look, row);
    return !error_set(look->err);
}

static bool look_into(Look *look, Str database)
{
    return look_at_objects(look, database) && look_at_columns(look, database);
}

/* Without a schema what is not in "main" may be temporary. */
static bool look_up(Look *look, Str schema)
{
    bool found = true;
    if (!look_into(look, schema_or_main(schema)))
        return false;
    VEC_EACH (const Known, known, &look->known)
        found = found && str_given(known->database);
    return found || str_given(schema) || look_into(look, STR("temp"));
}

/* ---- a table ---- */

/* What is kept is copied into the arena: neither rows nor the parsed text last. */
typedef struct Reading {
    Arena *arena;
    Str schema;
    const Known *known;
    Map *types; /* by their spelling */
    SqliteTable parsed;
    Table *table;
    Error *err;
} Reading;

static void set_flag(Arena *arena, Options *options, const char *name, bool value)
{
    Datum *datum = ARENA_NEW(arena, Datum);
    *datum = datum_bool(value);
    if (!options->map.arena)
        options->map = map_in(arena);
    map_set(&options->map, str_from(name), datum);
}

static void set_text(Arena *arena, Options *options, const char *name, Str value)
{
    Datum *datum = ARENA_NEW(arena, Datum);
    *datum = datum_str(value);
    if (!options->map.arena)
        options->map = map_in(arena);
    map_set(&options->map, str_from(name), datum);
}

static const SqliteColumn *parsed_column(const SqliteTable *parsed, Str name)
{
    VEC_EACH (const SqliteColumn, column, &parsed->columns)
        if (str_eq_nocase(column->name, name))
            return column;
    return NULL;
}

static void reflect_default(Arena *arena, Column *column, Str sql)
{
    Expr *expr = expr_literal_column(arena, str_dup(arena, sql), NULL);
    column->server_default = (Datum){ .kind = DATUM_RECORD, .record = { expr->head.record, expr } };
}

static void reflect_generated(Arena *arena, Column *column, const SqliteColumn *parsed)
{
    Computed *computed = record_new(arena, &computed_record);
    Str text = str_dup(arena, parsed->generated);
    computed->given = datum_str(text);
    computed->sqltext = expr_literal_column(arena, text, NULL);
    computed->persisted = parsed->stored ? TRI_TRUE : TRI_FALSE;
    column->computed = computed;
    column->server_default =
        (Datum){ .kind = DATUM_RECORD, .record = { &computed_record, computed } };
}

/* Columns share a type that only its spelling tells apart. */
static bool type_of_column(Reading *reading, Str declared, Str collation, Type **type)
{
    *type = str_given(collation) ? NULL : map_get(reading->types, declared);
    if (*type)
        return true;
    if (!reflect_type(reading->arena, declared, collation, type, reading->err))
        return false;
    if (!str_given(collation))
        map_set(reading->types, declared, *type);
    return true;
}

static bool reflect_column(Reading *reading, const KnownColumn *known)
{
    Arena *arena = reading->arena;
    const SqliteColumn *parsed = parsed_column(&reading->parsed, known->name);
    Type *type;
    if (!type_of_column(reading, known->type, parsed ? parsed->collation : STR_NONE, &type))
        return false;
    Column *column = column_new(arena, name_from(str_dup(arena, known->name)), type);
    column->reflected = true;
    column->primary_key = TRI_FALSE; /* until the key is read */
    column->nullable = known->not_null ? TRI_FALSE : TRI_TRUE;
    if (str_given(known->default_sql))
        reflect_default(arena, column, known->default_sql);
    if (parsed && str_given(parsed->generated))
        reflect_generated(arena, column, parsed);
    if (parsed && str_given(parsed->on_conflict_not_null))
        set_text(arena, &column->options, "sqlite_on_conflict_not_null",
                 str_dup(arena, parsed->on_conflict_not_null));
    return table_add_column(arena, reading->table, column, reading->err);
}

static bool reflect_columns(Reading *reading)
{
    VEC_EACH (const KnownColumn, column, &reading->known->columns)
        if (!reflect_column(reading, column))
            return false;
    return true;
}

/* The column of that name, whatever case the name is written in. */
static const Column *own_column(const Table *table, Str name)
{
    VEC_EACH (Column *, column, &table->columns)
        if (str_eq_nocase((*column)->name.text, name))
            return *column;
    return NULL;
}

static bool own_names(const Reading *reading, const StrVec *names, StrVec *own)
{
    VEC_EACH (const Str, name, names) {
        const Column *found = own_column(reading->table, *name);
        if (!found)
            return fail(reading->err, ERR_SCHEMA, "table '%.*s' has no column '%.*s'",
                        STR_ARG(reading->known->name), STR_ARG(*name));
        VEC_PUSH(reading->arena, own, found->name.text);
    }
    return true;
}

static Str kept(Arena *arena, Str text)
{
    return str_given(text) ? str_dup(arena, text) : STR_NONE;
}

static Name name_of(Arena *arena, Str name)
{
    return str_given(name) ? (Name){ .text = str_dup(arena, name), .final = true } : (Name){ 0 };
}

static Str action_of(Arena *arena, Str action)
{
    return str_is(action, "NO ACTION") ? STR_NONE : kept(arena, action);
}

static void reflect_foreign_key(Arena *arena, const SqliteConstraint *from, Constraint *to)
{
    to->ref_table = str_dup(arena, from->ref_table);
    VEC_EACH (const Str, column, &from->ref_columns)
        VEC_PUSH(arena, &to->ref_columns, str_dup(arena, *column));
    to->onupdate = action_of(arena, from->onupdate);
    to->ondelete = action_of(arena, from->ondelete);
    to->match = kept(arena, from->match);
    to->deferrable = from->deferrable;
    to->initially = kept(arena, from->initially);
}

static bool reflect_constraint(Reading *reading, const SqliteConstraint *from)
{
    Arena *arena = reading->arena;
    Constraint *to = constraint_new(arena, from->kind, name_of(arena, from->name));
    to->reflected = true;
    to->of_column = from->column >= 0 && (size_t)from->column < reading->table->columns.len
                        ? reading->table->columns.items[from->column]
                        : NULL;
    if (!own_names(reading, &from->columns, &to->columns))
        return false;
    VEC_EACH (const Str, words, &from->words)
        VEC_PUSH(arena, &to->column_words, str_dup(arena, *words));
    to->inline_ = from->kind == CONSTRAINT_PRIMARY_KEY && to->of_column && from->words.len > 0;
    if (from->kind == CONSTRAINT_CHECK) {
        Str check = str_dup(arena, from->check);
        to->sqltext = expr_literal_column(arena, check, NULL);
        to->sqltext_given = datum_str(check);
    } else if (from->kind == CONSTRAINT_FOREIGN_KEY) {
        reflect_foreign_key(arena, from, to);
        to->ref_schema = reading->schema;
    }
    if (str_given(from->on_conflict))
        set_text(arena, &to->options, "sqlite_on_conflict", str_dup(arena, from->on_conflict));
    return table_add_constraint(arena, reading->table, to, reading->err);
}

/* A table whose text is not understood (virtual ones) still has its key. */
static bool reflect_key_only(Reading *reading)
{
    StrVec places = { 0 };
    VEC_EACH (const KnownColumn, column, &reading->known->columns) {
        while (places.len < column->key_place)
            VEC_PUSH(reading->arena, &places, STR_NONE);
        if (column->key_place > 0)
            places.items[column->key_place - 1] = str_dup(reading->arena, column->name);
    }
    if (places.len == 0)
        return true;
    Constraint *key = constraint_new(reading->arena, CONSTRAINT_PRIMARY_KEY, (Name){ 0 });
    key->columns = places;
    key->reflected = true;
    return table_add_constraint(reading->arena, reading->table, key, reading->err);
}

static bool reflect_constraints(Reading *reading)
{
    if (!reading->parsed.parsed)
        return reflect_key_only(reading);
    VEC_EACH (const SqliteConstraint, constraint, &reading->parsed.constraints)
        if (!reflect_constraint(reading, constraint))
            return false;
    Options *options = &reading->table->options;
    if (reading->parsed.autoincrement)
        set_flag(reading->arena, options, "sqlite_autoincrement", true);
    if (reading->parsed.without_rowid)
        set_flag(reading->arena, options, "sqlite_with_rowid", false);
    if (reading->parsed.strict)
        set_flag(reading->arena, options, "sqlite_strict", true);
    return true;
}

/* ---- indexes ---- */

static void reflect_index_where(Arena *arena, Index *index, Str where)
{
    Datum *datum = ARENA_NEW(arena, Datum);
    Expr *expr = expr_literal_column(arena, str_dup(arena, where), NULL);
    *datum = (Datum){ .kind = DATUM_RECORD, .record = { expr->head.record, expr } };
    index->options.map = map_in(arena);
    map_set(&index->options.map, STR("sqlite_where"), datum);
}

static bool reflect_index(Reading *reading, Arena *scratch, const SqliteObject *known)
{
    Arena *arena = reading->arena;
    SqliteIndex parsed;
    if (!sqlite_parse_index(scratch, known->sql, &parsed, reading->err))
        return false;
    Index *index = index_new(arena, name_of(arena, known->name));
    index->reflected = true;
    index->unique = parsed.unique ? TRI_TRUE : TRI_FALSE;
    VEC_EACH (const SqliteIndexPart, from, &parsed.parts) {
        const Column *own =
            str_given(from->column) ? own_column(reading->table, from->column) : NULL;
        IndexPart part = { .column = own ? own->name.text : STR_NONE };
        if (!own)
            part.expr = expr_literal_column(arena, str_dup(arena, from->sql), NULL);
        VEC_PUSH(arena, &index->parts, part);
    }
    if (str_given(parsed.where))
        reflect_index_where(arena, index, parsed.where);
    return table_add_index(arena, reading->table, index, reading->err);
}

static bool reflect_indexes(Reading *reading, Arena *scratch)
{
    VEC_EACH (const SqliteObject, index, &reading->known->indexes)
        if (!reflect_index(reading, scratch, index))
            return false;
    return true;
}

static bool reflect_table(Reading *reading, MetaData *metadata, Arena *scratch)
{
    const Known *known = reading->known;
    Str name = str_dup(reading->arena, known->name);
    if (str_is(known->type, "table") && str_given(known->sql) &&
        !sqlite_parse_table(scratch, known->sql, &reading->parsed, reading->err))
        return false;
    if (!table_new(reading->arena, metadata, name_from(reading->schema), name_from(name),
                   &reading->table, reading->err))
        return false;
    reading->table->reflected = true;
    return reflect_columns(reading) && reflect_constraints(reading) &&
           reflect_indexes(reading, scratch);
}

/* FOREIGN KEY (a) REFERENCES t: the columns are t's primary key. */
static bool fill_references(Conn *conn, Arena *arena, const MetaData *metadata, Str schema,
                            Constraint *constraint, Error *err)
{
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->ref_columns.len > 0)
        return true;
    const Table *there = metadata ? metadata_table(metadata, schema, constraint->ref_table) : NULL;
    if (there)
        constraint->ref_columns = there->primary_key->columns;
    else if (!list_names(conn, arena,
                         STR("SELECT name FROM pragma_table_info(?1, ?2) WHERE pk > 0 ORDER BY pk"),
                         constraint->ref_table, schema_or_main(schema), &constraint->ref_columns,
                         err))
        return false;
    if (constraint->ref_columns.len == 0)
        constraint->ref_columns = constraint->columns;
    return true;
}

static bool fill_all_references(Conn *conn, Arena *arena, const MetaData *metadata, Str schema,
                                const TableVec *tables, Error *err)
{
    VEC_EACH (Table *, table, tables) {
        if (!*table)
            continue;
        VEC_EACH (Constraint *, constraint, &(*table)->constraints)
            if (!fill_references(conn, arena, metadata, schema, *constraint, err))
                return false;
    }
    return true;
}

static bool sqlite_read(Conn *conn, Arena *arena, MetaData *metadata, Str schema,
                        const StrVec *names, TableVec *tables, Error *err)
{
    Arena *rows = arena_new(arena), *scratch = arena_new(arena);
    Look look = look_for(conn, rows, names, err);
    Map types = map_in(rows);
    bool ok = names->len == 0 || look_up(&look, schema);
    for (size_t i = 0; ok && i < look.known.len; i++) {
        Reading reading = { .arena = arena,
                            .schema = schema,
                            .known = &look.known.items[i],
                            .types = &types,
                            .err = err };
        ok = !str_given(reading.known->database) || reflect_table(&reading, metadata, scratch);
        VEC_PUSH(arena, tables, reading.table);
        arena_reset(scratch);
    }
    arena_free(scratch);
    arena_free(rows);
    return ok && fill_all_references(conn, arena, metadata, schema, tables, err);
}

static bool sqlite_table(Conn *conn, Arena *arena, MetaData *metadata, Str schema, Str name,
                         Table **table, Error *err)
{
    StrVec names = { 0 };
    TableVec tables = { 0 };
    VEC_PUSH(arena, &names, name);
    bool ok = sqlite_read(conn, arena, metadata, schema, &names, &tables, err);
    *table = ok ? tables.items[0] : NULL;
    return ok;
}

static bool sqlite_default_schema(Conn *conn, Arena *arena, Str *name, Error *err)
{
    *name = STR("main");
    return true;
}

const Reflector sqlite_reflector = {
    .schemas = sqlite_schemas,
    .tables = sqlite_tables,
    .views = sqlite_views,
    .temporary_tables = sqlite_temporary_tables,
    .temporary_views = sqlite_temporary_views,
    .view_definition = sqlite_view_definition,
    .has_table = sqlite_has_table,
    .table = sqlite_table,
    .read = sqlite_read,
    .default_schema = sqlite_default_schema,
};
