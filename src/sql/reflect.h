/* SPDX-License-Identifier: MIT */
/*
 * Reads a database's schema into schema structs: for inspect(), batch mode and autogenerate. Each
 * database gives one const struct. `schema` STR_NONE is the default one; names come sorted, as
 * SQLAlchemy's inspector gives them.
 */
#ifndef LIMBECK_SQL_REFLECT_H
#define LIMBECK_SQL_REFLECT_H

#include "db/db.h"
#include "schema/table.h"

typedef struct Reflector {
    bool (*schemas)(Conn *conn, Arena *arena, StrVec *names, Error *err);
    bool (*tables)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    bool (*views)(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);
    /* The text of CREATE VIEW; STR_NONE when there is no such view. */
    bool (*view_definition)(Conn *conn, Arena *arena, Str schema, Str name, Str *sql, Error *err);
    /* Tables and views. */
    bool (*has_table)(Conn *conn, Arena *arena, Str schema, Str name, bool *found, Error *err);
    /*
     * Columns, constraints (in the order of the CREATE TABLE where it is known), indexes; all
     * marked `reflected`. `*table` is NULL when there is no such table or view. Put into `metadata`
     * unless that is NULL; tables that foreign keys refer to are not read.
     */
    bool (*table)(Conn *conn, Arena *arena, MetaData *metadata, Str schema, Str name, Table **table,
                  Error *err);
} Reflector;

extern const Reflector sqlite_reflector;

/* NULL when the connection's database cannot be reflected yet. */
const Reflector *reflector_of(const Conn *conn);

#endif
