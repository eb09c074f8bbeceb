/* SPDX-License-Identifier: MIT */
/* Rows of libpq as DbValues, by the types' OIDs. */
#include <stdlib.h>

#include "base/buf.h"
#include "db/pg.h"
#include "db/pg_literal.h"

typedef struct TypeRow {
    uint32_t oid, array; /* array: OID of the array of it, 0 = not served by name */
    const char *name;
    DbKind kind;
    DbKind bounds; /* of a range */
} TypeRow;

/* Of every server: pg_type's fixed OIDs. */
static const TypeRow type_rows[] = {
    { 16, 1000, "bool", DB_KIND_BOOL },
    { 17, 1001, "bytea", DB_KIND_BYTES },
    { 18, 1002, "char", DB_KIND_TEXT },
    { 19, 1003, "name", DB_KIND_TEXT },
    { 20, 1016, "int8", DB_KIND_INT },
    { 21, 1005, "int2", DB_KIND_INT },
    { 22, 1006, "int2vector", DB_KIND_OTHER },
    { 23, 1007, "int4", DB_KIND_INT },
    { 24, 1008, "regproc", DB_KIND_OTHER },
    { 25, 1009, "text", DB_KIND_TEXT },
    { 26, 1028, "oid", DB_KIND_INT },
    { 27, 1010, "tid", DB_KIND_OTHER },
    { 28, 1011, "xid", DB_KIND_OTHER },
    { 29, 1012, "cid", DB_KIND_OTHER },
    { 30, 1013, "oidvector", DB_KIND_OTHER },
    { 114, 199, "json", DB_KIND_JSON },
    { 142, 143, "xml", DB_KIND_OTHER },
    { 194, 0, "pg_node_tree", DB_KIND_OTHER },
    { 600, 1017, "point", DB_KIND_OTHER },
    { 601, 1018, "lseg", DB_KIND_OTHER },
    { 602, 1019, "path", DB_KIND_OTHER },
    { 603, 1020, "box", DB_KIND_OTHER },
    { 604, 1027, "polygon", DB_KIND_OTHER },
    { 628, 629, "line", DB_KIND_OTHER },
    { 650, 651, "cidr", DB_KIND_OTHER },
    { 700, 1021, "float4", DB_KIND_FLOAT },
    { 701, 1022, "float8", DB_KIND_FLOAT },
    { 705, 0, "unknown", DB_KIND_TEXT },
    { 718, 719, "circle", DB_KIND_OTHER },
    { 774, 775, "macaddr8", DB_KIND_OTHER },
    { 790, 791, "money", DB_KIND_OTHER },
    { 829, 1040, "macaddr", DB_KIND_OTHER },
    { 869, 1041, "inet", DB_KIND_OTHER },
    { 1033, 1034, "aclitem", DB_KIND_OTHER },
    { 1042, 1014, "bpchar", DB_KIND_TEXT },
    { 1043, 1015, "varchar", DB_KIND_TEXT },
    { 1082, 1182, "date", DB_KIND_DATE },
    { 1083, 1183, "time", DB_KIND_TIME },
    { 1114, 1115, "timestamp", DB_KIND_TIMESTAMP },
    { 1184, 1185, "timestamptz", DB_KIND_TIMESTAMPTZ },
    { 1186, 1187, "interval", DB_KIND_INTERVAL },
    { 1266, 1270, "timetz", DB_KIND_TIMETZ },
    { 1560, 1561, "bit", DB_KIND_OTHER },
    { 1562, 1563, "varbit", DB_KIND_OTHER },
    { 1700, 1231, "numeric", DB_KIND_NUMERIC },
    { 1790, 2201, "refcursor", DB_KIND_OTHER },
    { 2202, 2207, "regprocedure", DB_KIND_OTHER },
    { 2203, 2208, "regoper", DB_KIND_OTHER },
    { 2204, 2209, "regoperator", DB_KIND_OTHER },
    { 2205, 2210, "regclass", DB_KIND_OTHER },
    { 2206, 2211, "regtype", DB_KIND_OTHER },
    { 2249, 2287, "record", DB_KIND_OTHER },
    { 2278, 0, "void", DB_KIND_OTHER },
    { 2950, 2951, "uuid", DB_KIND_UUID },
    { 2970, 2949, "txid_snapshot", DB_KIND_OTHER },
    { 3220, 3221, "pg_lsn", DB_KIND_OTHER },
    { 3614, 3643, "tsvector", DB_KIND_OTHER },
    { 3615, 3645, "tsquery", DB_KIND_OTHER },
    { 3734, 3735, "regconfig", DB_KIND_OTHER },
    { 3769, 3770, "regdictionary", DB_KIND_OTHER },
    { 3802, 3807, "jsonb", DB_KIND_JSONB },
    { 3904, 3905, "int4range", DB_KIND_RANGE, DB_KIND_INT },
    { 3906, 3907, "numrange", DB_KIND_RANGE, DB_KIND_NUMERIC },
    { 3908, 3909, "tsrange", DB_KIND_RANGE, DB_KIND_TIMESTAMP },
    { 3910, 3911, "tstzrange", DB_KIND_RANGE, DB_KIND_TIMESTAMPTZ },
    { 3912, 3913, "daterange", DB_KIND_RANGE, DB_KIND_DATE },
    { 3926, 3927, "int8range", DB_KIND_RANGE, DB_KIND_INT },
    { 4072, 4073, "jsonpath", DB_KIND_OTHER },
    { 4089, 4090, "regnamespace", DB_KIND_OTHER },
    { 4096, 4097, "regrole", DB_KIND_OTHER },
    { 4191, 4192, "regcollation", DB_KIND_OTHER },
    { 4451, 6150, "int4multirange", DB_KIND_OTHER },
    { 4532, 6151, "nummultirange", DB_KIND_OTHER },
    { 4533, 6152, "tsmultirange", DB_KIND_OTHER },
    { 4534, 6153, "tstzmultirange", DB_KIND_OTHER },
    { 4535, 6155, "datemultirange", DB_KIND_OTHER },
    { 4536, 6157, "int8multirange", DB_KIND_OTHER },
    { 5038, 5039, "pg_snapshot", DB_KIND_OTHER },
    { 5069, 271, "xid8", DB_KIND_OTHER },
};

static void set_type(Arena *arena, DbColumn *column, uint32_t oid)
{
    column->oid = oid;
    column->kind = DB_KIND_OTHER;
    for (size_t i = 0; i < sizeof type_rows / sizeof *type_rows; i++) {
        const TypeRow *row = &type_rows[i];
        if (row->oid == oid) {
            column->kind = row->kind;
            column->element = row->bounds;
            column->declared = str_from(row->name);
            return;
        }
        if (row->array == oid) {
            column->kind = DB_KIND_ARRAY;
            column->element = row->kind;
            column->declared = str_format(arena, "_%s", row->name);
            return;
        }
    }
}

void pg_result_begin(const Pg *pg, const PGresult *from, Arena *arena, DbResult *result)
{
    int count = pg->lib.PQnfields(from);
    result->returns_rows = true;
    result->column_count = (size_t)count;
    result->columns = ARENA_ARRAY(arena, DbColumn, result->column_count);
    result->rows = rows_new(arena, result->column_count);
    for (int i = 0; i < count; i++) {
        DbColumn *column = &result->columns[i];
        column->name = str_dup(arena, str_from(pg->lib.PQfname(from, i)));
        column->modifier = pg->lib.PQfmod(from, i);
        set_type(arena, column, pg->lib.PQftype(from, i));
    }
}

/* ---- values ---- */

/* In place: libpq's own copy of the value is not shorter than what it decodes to. */
static DbValue bytes_value(char *text, size_t len)
{
    len = pg_bytes_decode(text, (Str){ text, len });
    return db_bytes((Str){ text, len });
}

static int64_t integer_of(const char *text)
{
    bool negative = *text == '-';
    uint64_t number = 0;
    for (text += negative ? 1 : 0; char_is_digit(*text); text++)
        number = number * 10 + (uint64_t)(*text - '0');
    return negative ? (int64_t)(0 - number) : (int64_t)number;
}

static DbValue value_of(DbKind kind, char *text, size_t len)
{
    switch (kind) {
    case DB_KIND_BOOL:
        return db_bool(*text == 't');
    case DB_KIND_INT:
        return db_int(integer_of(text));
    case DB_KIND_FLOAT:
        return db_real(strtod(text, NULL));
    case DB_KIND_BYTES:
        return bytes_value(text, len);
    case DB_KIND_UNKNOWN:
    case DB_KIND_NUMERIC:
    case DB_KIND_TEXT:
    case DB_KIND_DATE:
    case DB_KIND_TIME:
    case DB_KIND_TIMETZ:
    case DB_KIND_TIMESTAMP:
    case DB_KIND_TIMESTAMPTZ:
    case DB_KIND_INTERVAL:
    case DB_KIND_UUID:
    case DB_KIND_JSON:
    case DB_KIND_JSONB:
    case DB_KIND_RANGE:
    case DB_KIND_ARRAY:
    case DB_KIND_OTHER:
        break;
    }
    return db_text((Str){ text, len });
}

static void make_room(Pg *pg, size_t columns)
{
    if (columns <= pg->row_cap)
        return;
    pg->row = mem_realloc(pg->row, columns * sizeof *pg->row);
    pg->row_cap = columns;
}

bool pg_result_add(Pg *pg, const PGresult *from, DbResult *result, Error *err)
{
    int rows = pg->lib.PQntuples(from);
    make_room(pg, result->column_count);
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < (int)result->column_count; c++)
            pg->row[c] = pg->lib.PQgetisnull(from, r, c)
                             ? db_null()
                             : value_of(result->columns[c].kind, pg->lib.PQgetvalue(from, r, c),
                                        (size_t)pg->lib.PQgetlength(from, r, c));
        result->row_count++;
        if (!rows_add(result->rows, pg->row, err))
            return false;
    }
    return true;
}

int64_t pg_result_changes(const Pg *pg, PGresult *from)
{
    static const char *const verbs[] = { "INSERT", "UPDATE", "DELETE", "MERGE", "COPY" };
    Str tag = str_from(pg->lib.PQcmdStatus(from));
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_starts(tag, str_from(verbs[i])))
            return integer_of(pg->lib.PQcmdTuples(from));
    return -1;
}
