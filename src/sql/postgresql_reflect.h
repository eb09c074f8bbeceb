/* SPDX-License-Identifier: MIT */
/*
 * One reading of PostgreSQL's catalogs, in a constant number of queries: relations, types, columns,
 * constraints, indexes. Only the postgresql_reflect*.c files include this.
 */
#ifndef LIMBECK_SQL_POSTGRESQL_REFLECT_H
#define LIMBECK_SQL_POSTGRESQL_REFLECT_H

#include "sql/reflect.h"

/* A relation whose details are read. */
typedef struct PgTable {
    int64_t oid;
    Table *table;
    size_t relation; /* in Reflection.relations */
} PgTable;

typedef VEC(PgTable) PgTableVec;

/* An ENUM or a DOMAIN. */
typedef struct PgType {
    int64_t oid, base; /* base: of a DOMAIN, the type (an array's items) that it is made of */
    Str schema;
    bool visible;
    Type *type;
    Str base_text;        /* a DOMAIN's, as format_type() spells it */
    bool domain_resolved; /* type->domain_type is set */
    DomainCheckVec checks;
} PgType;

typedef struct PgReading {
    Conn *conn;
    Arena *arena;
    Arena *rows; /* of query results; released with the reading */
    MetaData *metadata;
    const ReflectWanted *wanted;
    Reflection *seen;
    bool jit;          /* it was on, and is off as long as this says so */
    PgTableVec tables; /* of this pass, by oid; each oid once */
    VEC(PgType) types; /* by oid */
    Map shared_types;  /* those that only their spelling tells apart, by it: see pg_type */
    Error *err;
} PgReading;

/* ---- rows ---- */

/* STR_NONE for NULL; copied into the reading's arena. */
Str pg_text(const PgReading *reading, const DbValue *row, size_t column);
int64_t pg_int(const DbValue *row, size_t column);
static inline bool pg_flag(const DbValue *row, size_t column)
{
    return pg_int(row, column) != 0;
}
bool pg_query(PgReading *reading, Str sql, DbResult *result);
/* '{1,2}'::oid[] of the pass's tables. */
Str pg_oids(const PgReading *reading);
PgTable *pg_table(const PgReading *reading, int64_t oid);

void pg_set_text(Arena *arena, Options *options, const char *name, Str value);
void pg_set_flag(Arena *arena, Options *options, const char *name, bool value);
void pg_set_datum(Arena *arena, Options *options, const char *name, Datum value);
/* "fillfactor=70,autovacuum_enabled=off" as a map. */
Datum pg_storage(Arena *arena, Str reloptions);
/* SQL text of the database as an expression. */
Datum pg_sql(Arena *arena, Str text);

/* ---- types ---- */

/* Fills reading->types. */
bool pg_read_types(PgReading *reading);
/*
 * The type that format_type() spells so; `oid` is that of the type, of an array's items. Columns
 * may share it. A type that SQLAlchemy does not know is TYPE_NULL with `declared`.
 */
Type *pg_type(PgReading *reading, Str text, int64_t oid, Str collation);
/* The DOMAIN of that oid, or NULL. */
PgType *pg_named_type(const PgReading *reading, int64_t oid);

/* ---- what belongs to the tables of a pass ---- */

bool pg_read_columns(PgReading *reading);
bool pg_read_constraints(PgReading *reading);
bool pg_read_indexes(PgReading *reading);

#endif
