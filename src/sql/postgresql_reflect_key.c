/* SPDX-License-Identifier: MIT */
/* Constraints and indexes as PostgreSQL's catalogs have them. */
#include "sql/postgresql_reflect.h"

/* ---- constraints ---- */

enum {
    KEY_RELATION,
    KEY_NAME,
    KEY_KIND,
    KEY_COLUMN,
    KEY_REF_SCHEMA,
    KEY_REF_VISIBLE,
    KEY_REF_TABLE,
    KEY_REF_COLUMN,
    KEY_ON_UPDATE,
    KEY_ON_DELETE,
    KEY_SET_COLUMN,
    KEY_MATCH,
    KEY_DEFERRABLE,
    KEY_DEFERRED,
    KEY_VALID,
    KEY_NO_INHERIT,
    KEY_COMMENT,
    KEY_CHECK,
};

/* A row for each column of a constraint, in its order; %s: the columns of ON DELETE SET NULL (...).
 */
static const char keys_sql[] =
    "SELECT k.conrelid::int8, k.conname::text, k.contype::text, a.attname::text, n.nspname::text, "
    "pg_table_is_visible(k.confrelid)::int, r.relname::text, b.attname::text, "
    "k.confupdtype::text, k.confdeltype::text, %s, k.confmatchtype::text, k.condeferrable::int, "
    "k.condeferred::int, k.convalidated::int, k.connoinherit::int, d.description, "
    "CASE WHEN k.contype = 'c' AND coalesce(p.ord, 1) = 1 "
    "THEN pg_get_constraintdef(k.oid, true) END "
    "FROM pg_catalog.pg_constraint k "
    "LEFT JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS p(own, ref, ord) ON true "
    "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.own "
    "LEFT JOIN pg_catalog.pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = p.ref "
    "AND k.confrelid <> 0 "
    "LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid AND k.confrelid <> 0 "
    "LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace "
    "LEFT JOIN pg_catalog.pg_description d ON d.objoid = k.oid AND d.objsubid = 0 "
    "AND d.classoid = 'pg_catalog.pg_constraint'::regclass "
    "WHERE k.conrelid = ANY (%.*s) AND k.contype IN ('p', 'u', 'f', 'c', 'x') "
    "ORDER BY k.conrelid, k.contype <> 'p', k.conname, p.ord";

static ConstraintKind kind_of(Str letter)
{
    switch (letter.ptr[0]) {
    case 'p':
        return CONSTRAINT_PRIMARY_KEY;
    case 'u':
        return CONSTRAINT_UNIQUE;
    case 'f':
        return CONSTRAINT_FOREIGN_KEY;
    case 'x':
        return CONSTRAINT_EXCLUDE;
    default:
        return CONSTRAINT_CHECK;
    }
}

static Str action_of(const DbValue *row, size_t column)
{
    Str letter = db_value_text(row[column]);
    switch (str_given(letter) && letter.len > 0 ? letter.ptr[0] : ' ') {
    case 'r':
        return STR("RESTRICT");
    case 'c':
        return STR("CASCADE");
    case 'n':
        return STR("SET NULL");
    case 'd':
        return STR("SET DEFAULT");
    default:
        return STR_NONE;
    }
}

/* The schema by which the target is named: none where the search path finds it. */
static Str ref_schema(const PgReading *reading, const Table *table, const DbValue *row)
{
    Str schema = pg_text(reading, row, KEY_REF_SCHEMA);
    bool own = str_given(table->schema.text) && str_eq(table->schema.text, schema);
    return own || !pg_flag(row, KEY_REF_VISIBLE) ? schema : STR_NONE;
}

static void set_target(const PgReading *reading, Constraint *key, const DbValue *row,
                       const Table *table)
{
    key->ref_schema = ref_schema(reading, table, row);
    key->ref_table = pg_text(reading, row, KEY_REF_TABLE);
    key->onupdate = action_of(row, KEY_ON_UPDATE);
    key->ondelete = action_of(row, KEY_ON_DELETE);
    Str some = pg_text(reading, row, KEY_SET_COLUMN);
    if (str_given(some) && some.len > 0)
        key->ondelete =
            str_format(reading->arena, "%.*s (%.*s)", STR_ARG(key->ondelete), STR_ARG(some));
    if (str_is(db_value_text(row[KEY_MATCH]), "f"))
        key->match = STR("FULL");
    else if (str_is(db_value_text(row[KEY_MATCH]), "p"))
        key->match = STR("PARTIAL");
}

/* "CHECK (a > 0) NO INHERIT NOT VALID": what stands in the brackets. */
static Str condition_of(Str def)
{
    Str open = STR("CHECK (");
    Str rest = def, tail;
    for (size_t i = 0; i < 2; i++) {
        tail = i ? STR(" NO INHERIT") : STR(" NOT VALID");
        if (str_ends(rest, tail))
            rest = str_slice(rest, 0, rest.len - tail.len);
    }
    if (!str_starts(rest, open) || !str_ends(rest, STR(")")))
        return def;
    return str_slice(rest, open.len, rest.len - 1);
}

static void set_check(const PgReading *reading, Constraint *check, const DbValue *row)
{
    Str text = condition_of(pg_text(reading, row, KEY_CHECK));
    check->sqltext = expr_literal_column(reading->arena, text, NULL);
    check->sqltext_given = datum_str(text);
    if (pg_flag(row, KEY_NO_INHERIT))
        pg_set_flag(reading->arena, &check->options, "postgresql_no_inherit", true);
}

static Constraint *begin_constraint(PgReading *reading, Table *table, const DbValue *row)
{
    Name name = { .text = pg_text(reading, row, KEY_NAME), .final = true };
    Constraint *made = constraint_new(reading->arena, kind_of(db_value_text(row[KEY_KIND])), name);
    made->reflected = true;
    made->comment = pg_text(reading, row, KEY_COMMENT);
    if (pg_flag(row, KEY_DEFERRABLE))
        made->deferrable = TRI_TRUE;
    if (pg_flag(row, KEY_DEFERRED))
        made->initially = STR("DEFERRED");
    if (!pg_flag(row, KEY_VALID))
        pg_set_flag(reading->arena, &made->options, "postgresql_not_valid", true);
    if (made->kind == CONSTRAINT_FOREIGN_KEY)
        set_target(reading, made, row, table);
    if (made->kind == CONSTRAINT_CHECK)
        set_check(reading, made, row);
    return made;
}

static void add_part(const PgReading *reading, Constraint *constraint, const DbValue *row)
{
    bool listed = constraint->kind != CONSTRAINT_CHECK && constraint->kind != CONSTRAINT_EXCLUDE;
    if (listed && row[KEY_COLUMN].type != DB_NULL)
        VEC_PUSH(reading->arena, &constraint->columns, pg_text(reading, row, KEY_COLUMN));
    if (constraint->kind == CONSTRAINT_FOREIGN_KEY && row[KEY_REF_COLUMN].type != DB_NULL)
        VEC_PUSH(reading->arena, &constraint->ref_columns, pg_text(reading, row, KEY_REF_COLUMN));
}

typedef struct OpenConstraint {
    int64_t relation;
    Table *table;
    Constraint *constraint;
} OpenConstraint;

static bool end_constraint(PgReading *reading, OpenConstraint *open)
{
    Constraint *constraint = open->constraint;
    open->constraint = NULL;
    return !constraint ||
           table_add_constraint(reading->arena, open->table, constraint, reading->err);
}

static bool same_constraint(const OpenConstraint *open, const DbValue *row)
{
    return open->constraint && open->relation == pg_int(row, KEY_RELATION) &&
           str_eq(open->constraint->name.text, db_value_text(row[KEY_NAME]));
}

static bool take_key_row(PgReading *reading, OpenConstraint *open, const DbValue *row)
{
    if (!same_constraint(open, row)) {
        PgTable *table = pg_table(reading, pg_int(row, KEY_RELATION));
        if (!end_constraint(reading, open))
            return false;
        if (!table)
            return true;
        *open = (OpenConstraint){ .relation = table->oid, .table = table->table };
        open->constraint = begin_constraint(reading, open->table, row);
    }
    add_part(reading, open->constraint, row);
    return true;
}

bool pg_read_constraints(PgReading *reading)
{
    const char *some = reading->conn->server_number >= 150000
                           ? "(SELECT string_agg(quote_ident(s.attname), ', ' ORDER BY o.ord) "
                             "FROM unnest(k.confdelsetcols) WITH ORDINALITY AS o(num, ord) "
                             "JOIN pg_catalog.pg_attribute s ON s.attrelid = k.conrelid "
                             "AND s.attnum = o.num)"
                           : "NULL::text";
    Str sql = str_format(reading->rows, keys_sql, some, STR_ARG(pg_oids(reading)));
    OpenConstraint open = { 0 };
    DbResult result;
    const DbValue *row;
    if (!pg_query(reading, sql, &result))
        return false;
    while (db_next(&result, &row, reading->err) && row)
        if (!take_key_row(reading, &open, row))
            return false;
    return !error_set(reading->err) && end_constraint(reading, &open);
}

/* ---- indexes ---- */

enum {
    INDEX_RELATION,
    INDEX_NAME,
    INDEX_UNIQUE,
    INDEX_METHOD,
    INDEX_CONSTRAINT,
    INDEX_PREDICATE,
    INDEX_STORAGE,
    INDEX_TABLESPACE,
    INDEX_NULLS,
    INDEX_INCLUDED,
    INDEX_COLUMN,
    INDEX_EXPRESSION,
    INDEX_OPCLASS,
    INDEX_ORDER,
    INDEX_OPERATOR,
};

/* A row for each part of an index, in its order. %s: NULLS NOT DISTINCT; what puts jit back. */
static const char indexes_sql[] =
    "SELECT i.indrelid::int8, c.relname::text, i.indisunique::int, m.amname::text, "
    "k.conname::text, CASE WHEN p.ord = 1 THEN pg_get_expr(i.indpred, i.indrelid) END, "
    "array_to_string(c.reloptions, ','), s.spcname::text, %s::int, "
    "(p.ord > i.indnkeyatts)::int, a.attname::text, "
    "CASE WHEN p.num = 0 OR k.contype = 'x' "
    "THEN pg_get_indexdef(i.indexrelid, p.ord::int, true) END, "
    "CASE WHEN NOT o.opcdefault THEN o.opcname::text END, "
    "CASE WHEN p.ord <= i.indnkeyatts THEN i.indoption[p.ord - 1]::int ELSE 0 END, "
    "x.oprname::text, %s "
    "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
    "JOIN pg_catalog.pg_am m ON m.oid = c.relam "
    "CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS p(num, ord) "
    "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = p.num "
    "AND p.num <> 0 "
    "LEFT JOIN pg_catalog.pg_opclass o ON p.ord <= i.indnkeyatts "
    "AND o.oid = i.indclass[p.ord - 1] "
    "LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = i.indrelid "
    "AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x') "
    "LEFT JOIN pg_catalog.pg_operator x ON x.oid = k.conexclop[p.ord] "
    "LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace "
    "WHERE i.indrelid = ANY (%.*s) "
    "ORDER BY i.indrelid, c.relname, p.ord";

static void set_index_options(const PgReading *reading, Index *index, const DbValue *row)
{
    Arena *arena = reading->arena;
    Str method = pg_text(reading, row, INDEX_METHOD);
    Str predicate = pg_text(reading, row, INDEX_PREDICATE);
    Str storage = pg_text(reading, row, INDEX_STORAGE);
    Str tablespace = pg_text(reading, row, INDEX_TABLESPACE);
    if (str_given(storage) && storage.len > 0)
        pg_set_datum(arena, &index->options, "postgresql_with", pg_storage(arena, storage));
    if (!str_is(method, "btree"))
        pg_set_text(arena, &index->options, "postgresql_using", method);
    if (str_given(predicate))
        pg_set_datum(arena, &index->options, "postgresql_where", pg_sql(arena, predicate));
    if (pg_flag(row, INDEX_NULLS))
        pg_set_flag(arena, &index->options, "postgresql_nulls_not_distinct", true);
    if (str_given(tablespace))
        pg_set_text(arena, &index->options, "postgresql_tablespace", tablespace);
}

/* An index being read: what belongs to it and what it may belong to. */
typedef struct OpenIndex {
    int64_t relation;
    Table *table;
    Index *index;
    Constraint *constraint; /* that made it, or NULL */
    Map ops;
    VEC(Datum) include;
} OpenIndex;

static Constraint *constraint_named(const Table *table, Str name)
{
    VEC_EACH (Constraint *, each, &table->constraints)
        if (str_given(name) && str_eq((*each)->name.text, name))
            return *each;
    return NULL;
}

static void begin_index(PgReading *reading, OpenIndex *open, PgTable *table, const DbValue *row)
{
    Name name = { .text = pg_text(reading, row, INDEX_NAME), .final = true };
    *open = (OpenIndex){ .relation = table->oid, .table = table->table };
    open->index = index_new(reading->arena, name);
    open->index->reflected = true;
    open->index->unique = pg_flag(row, INDEX_UNIQUE) ? TRI_TRUE : TRI_FALSE;
    open->constraint = constraint_named(open->table, db_value_text(row[INDEX_CONSTRAINT]));
    open->ops = map_in(reading->arena);
    set_index_options(reading, open->index, row);
}

/* The bits of pg_index.indoption. */
enum { INDEX_DESC = 1, INDEX_NULLS_FIRST = 2 };

static Expr *ordered(Arena *arena, Expr *expr, int64_t order)
{
    bool desc = order & INDEX_DESC, first = order & INDEX_NULLS_FIRST;
    if (desc)
        expr = expr_unary(arena, OPERATOR_DESC, expr);
    if (first && !desc)
        expr = expr_unary(arena, OPERATOR_NULLS_FIRST, expr);
    if (desc && !first)
        expr = expr_unary(arena, OPERATOR_NULLS_LAST, expr);
    return expr;
}

static void add_exclude(const PgReading *reading, OpenIndex *open, const DbValue *row)
{
    ExcludeElement element = {
        .expr = expr_literal_column(reading->arena, pg_text(reading, row, INDEX_EXPRESSION), NULL),
        .op = pg_text(reading, row, INDEX_OPERATOR),
        .opclass = pg_text(reading, row, INDEX_OPCLASS),
    };
    VEC_PUSH(reading->arena, &open->constraint->excludes, element);
}

static void add_index_part(const PgReading *reading, OpenIndex *open, const DbValue *row)
{
    Arena *arena = reading->arena;
    Str name = pg_text(reading, row, INDEX_COLUMN);
    int64_t order = pg_int(row, INDEX_ORDER);
    IndexPart part = { .column = name };
    if (pg_flag(row, INDEX_INCLUDED)) {
        VEC_PUSH(arena, &open->include, datum_str(name));
        return;
    }
    Str key = str_given(name) ? name : pg_text(reading, row, INDEX_EXPRESSION);
    Column *column = str_given(name) ? table_column(open->table, name) : NULL;
    if (!column || order != 0) {
        Expr *expr = column ? expr_column(arena, column) : expr_literal_column(arena, key, NULL);
        part = (IndexPart){ .column = STR_NONE, .expr = ordered(arena, expr, order) };
    }
    VEC_PUSH(arena, &open->index->parts, part);
    if (row[INDEX_OPCLASS].type != DB_NULL) {
        Datum *datum = ARENA_NEW(arena, Datum);
        *datum = datum_str(pg_text(reading, row, INDEX_OPCLASS));
        map_set(&open->ops, key, datum);
    }
    if (open->constraint && open->constraint->kind == CONSTRAINT_EXCLUDE)
        add_exclude(reading, open, row);
}

static void set_lists(const PgReading *reading, OpenIndex *open)
{
    Arena *arena = reading->arena;
    Datum include = { .kind = DATUM_LIST };
    include.list.items = open->include.items;
    include.list.len = open->include.len;
    if (open->include.len > 0)
        pg_set_datum(arena, &open->index->options, "postgresql_include", include);
    if (open->ops.len > 0) {
        Map *ops = ARENA_NEW(arena, Map);
        *ops = open->ops;
        pg_set_datum(arena, &open->index->options, "postgresql_ops",
                     (Datum){ .kind = DATUM_MAP, .map = ops });
    }
}

/* What a UNIQUE or PRIMARY KEY says of its index, and the whole of an EXCLUDE. */
static void complete_constraint(const PgReading *reading, OpenIndex *open)
{
    static const char *const shared[] = { "postgresql_include", "postgresql_nulls_not_distinct",
                                          "postgresql_with", "postgresql_tablespace" };
    Constraint *constraint = open->constraint;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        const Datum *value = options_get(&open->index->options, str_from(shared[i]));
        if (value)
            pg_set_datum(reading->arena, &constraint->options, shared[i], *value);
    }
    if (constraint->kind != CONSTRAINT_EXCLUDE)
        return;
    const Datum *using = options_get(&open->index->options, STR("postgresql_using"));
    const Datum *where = options_get(&open->index->options, STR("postgresql_where"));
    constraint->using_ = using ? using->text : STR("btree");
    if (where) {
        constraint->where_given = *where;
        constraint->where = where->record.object;
    }
}

static bool end_index(PgReading *reading, OpenIndex *open)
{
    Index *index = open->index;
    if (!index)
        return true;
    set_lists(reading, open);
    if (!open->constraint)
        return table_add_index(reading->arena, open->table, index, reading->err);
    complete_constraint(reading, open);
    index->table = open->table;
    if (open->constraint->kind != CONSTRAINT_PRIMARY_KEY)
        VEC_PUSH(reading->arena, &open->table->constraint_indexes, index);
    return true;
}

static bool take_index_row(PgReading *reading, OpenIndex *open, const DbValue *row)
{
    bool same = open->index && open->relation == pg_int(row, INDEX_RELATION) &&
                str_eq(open->index->name.text, db_value_text(row[INDEX_NAME]));
    if (!same) {
        PgTable *table = pg_table(reading, pg_int(row, INDEX_RELATION));
        if (!end_index(reading, open))
            return false;
        open->index = NULL;
        if (!table)
            return true;
        begin_index(reading, open, table, row);
    }
    add_index_part(reading, open, row);
    return true;
}

bool pg_read_indexes(PgReading *reading)
{
    Str sql = str_format(reading->rows, indexes_sql,
                         reading->conn->server_number >= 150000 ? "i.indnullsnotdistinct" : "false",
                         reading->jit ? "(SELECT set_config('jit', 'on', false))" : "NULL::text",
                         STR_ARG(pg_oids(reading)));
    OpenIndex open = { 0 };
    DbResult result;
    const DbValue *row;
    if (!pg_query(reading, sql, &result))
        return false;
    reading->jit &= result.row_count == 0;
    while (db_next(&result, &row, reading->err) && row)
        if (!take_index_row(reading, &open, row))
            return false;
    return !error_set(reading->err) && end_index(reading, &open);
}
