/* SPDX-License-Identifier: MIT */
/* What does not depend on the database. */
#include "sql/reflect.h"

const Reflector *reflector_of(const Conn *conn)
{
    if (conn->url.engine == ENGINE_POSTGRESQL)
        return &postgresql_reflector;
    return conn->url.engine == ENGINE_SQLITE ? &sqlite_reflector : NULL;
}

typedef struct Whole {
    Conn *conn;
    Arena *arena;
    MetaData *metadata;
    const Reflector *reflector;
    const ReflectWanted *wanted;
    Reflection *reflection;
    Error *err;
} Whole;

static bool included(Whole *whole, ReflectItem item, Str schema, Str name, bool *include)
{
    const ReflectWanted *wanted = whole->wanted;
    *include = true;
    return !wanted->include ||
           wanted->include(wanted->context, item, schema, name, include, whole->err);
}

static bool choose_schemas(Whole *whole)
{
    StrVec all = { 0 }, *chosen = &whole->reflection->schemas;
    if (whole->wanted->schemas) {
        all = *whole->wanted->schemas;
    } else {
        VEC_PUSH(whole->arena, &all, STR_NONE);
        if (whole->wanted->all_schemas &&
            !whole->reflector->schemas(whole->conn, whole->arena, &all, whole->err))
            return false;
    }
    VEC_EACH (const Str, name, &all) {
        bool include;
        if (str_given(*name) && str_eq(*name, whole->reflection->default_schema))
            continue;
        if (!included(whole, REFLECT_SCHEMA, *name, *name, &include))
            return false;
        if (include)
            VEC_PUSH(whole->arena, chosen, *name);
    }
    return true;
}

static bool choose(Whole *whole, Str schema, const StrVec *listed, StrVec *chosen)
{
    VEC_EACH (const Str, name, listed) {
        bool include;
        if (!included(whole, REFLECT_TABLE, schema, *name, &include))
            return false;
        if (include)
            VEC_PUSH(whole->arena, chosen, *name);
    }
    return true;
}

static bool add_relation(Whole *whole, RelationKind kind, Str schema, Str name, Table *table)
{
    Relation relation = {
        .kind = kind, .schema = schema, .name = name, .definition = STR_NONE, .table = table
    };
    if (kind != RELATION_TABLE && whole->wanted->definitions &&
        !whole->reflector->view_definition(whole->conn, whole->arena, schema, name,
                                           &relation.definition, whole->err))
        return false;
    VEC_PUSH(whole->arena, &whole->reflection->relations, relation);
    return true;
}

/* Tables first, then views. */
static bool read_schema(Whole *whole, Str schema)
{
    StrVec tables = { 0 }, views = { 0 }, chosen = { 0 };
    TableVec read = { 0 };
    if (!whole->wanted->no_tables &&
        !whole->reflector->tables(whole->conn, whole->arena, schema, &tables, whole->err))
        return false;
    if (whole->wanted->views &&
        !whole->reflector->views(whole->conn, whole->arena, schema, &views, whole->err))
        return false;
    if (!choose(whole, schema, &tables, &chosen))
        return false;
    size_t table_count = chosen.len;
    if (!choose(whole, schema, &views, &chosen) ||
        !whole->reflector->read(whole->conn, whole->arena, whole->metadata, schema, &chosen, &read,
                                whole->err))
        return false;
    for (size_t i = 0; i < chosen.len; i++)
        if (read.items[i] && !add_relation(whole, i < table_count ? RELATION_TABLE : RELATION_VIEW,
                                           schema, chosen.items[i], read.items[i]))
            return false;
    return true;
}

static void link_references(MetaData *metadata, const Reflection *reflection)
{
    VEC_EACH (const Relation, relation, &reflection->relations) {
        if (!relation->table)
            continue;
        VEC_EACH (Constraint *, each, &relation->table->constraints)
            if ((*each)->kind == CONSTRAINT_FOREIGN_KEY)
                (*each)->ref = metadata_table(metadata, (*each)->ref_schema, (*each)->ref_table);
    }
}

static bool read_whole(Whole *whole)
{
    const Reflector *reflector = whole->reflector;
    if (!reflector->default_schema(whole->conn, whole->arena, &whole->reflection->default_schema,
                                   whole->err) ||
        !choose_schemas(whole))
        return false;
    VEC_EACH (const Str, schema, &whole->reflection->schemas)
        if (!read_schema(whole, *schema))
            return false;
    return true;
}

bool reflect_schemas(Conn *conn, Arena *arena, MetaData *metadata, const ReflectWanted *wanted,
                     Reflection *reflection, Error *err)
{
    Whole whole = { .conn = conn,
                    .arena = arena,
                    .metadata = metadata,
                    .reflector = reflector_of(conn),
                    .wanted = wanted,
                    .reflection = reflection,
                    .err = err };
    *reflection = (Reflection){ .default_schema = STR_NONE };
    if (!whole.reflector)
        return fail(err, ERR_UNSUPPORTED, "this database cannot be reflected yet");
    bool ok = whole.reflector->whole
                  ? whole.reflector->whole(conn, arena, metadata, wanted, reflection, err)
                  : read_whole(&whole);
    if (ok)
        link_references(metadata, reflection);
    return ok;
}
