/* SPDX-License-Identifier: MIT */
#include "migrate/there.h"

#include "sql/reflect.h"

typedef struct Names {
    Arena *arena;
    Map *tables;
} Names;

/* Each relation is noted; nothing more is read of it. */
static bool note(void *context, ReflectItem item, Str schema, Str name, bool *include, Error *err)
{
    Names *names = context;
    *include = item == REFLECT_SCHEMA;
    if (item == REFLECT_TABLE)
        map_set(names->tables, table_key(names->arena, schema, name), names);
    return true;
}

static void add_schema(Arena *arena, StrVec *schemas, Str schema)
{
    VEC_EACH (const Str, each, schemas)
        if (str_given(*each) == str_given(schema) && (!str_given(schema) || str_eq(*each, schema)))
            return;
    VEC_PUSH(arena, schemas, schema);
}

/* The types and sequences of a table's columns may lie in schemas that hold no table. */
static StrVec schemas_of(Arena *arena, const MetaData *metadata)
{
    StrVec schemas = { 0 };
    add_schema(arena, &schemas, STR_NONE);
    for (size_t i = 0; i < metadata->tables.len; i++) {
        const Table *table = metadata->tables.entries[i].value;
        add_schema(arena, &schemas, table->schema.text);
        VEC_EACH (Column *, each, &table->columns) {
            if ((*each)->type && str_given((*each)->type->schema))
                add_schema(arena, &schemas, (*each)->type->schema);
            if ((*each)->sequence && str_given((*each)->sequence->schema))
                add_schema(arena, &schemas, (*each)->sequence->schema);
        }
    }
    return schemas;
}

static Map *map_new(Arena *arena)
{
    Map *map = ARENA_NEW(arena, Map);
    *map = map_in(arena);
    return map;
}

bool there_read(Conn *conn, Arena *arena, const MetaData *metadata, SchemaNames *there, Error *err)
{
    StrVec schemas = schemas_of(arena, metadata);
    Map *tables = map_new(arena), *types = map_new(arena), *sequences = map_new(arena);
    Names names = { arena, tables };
    Reflection seen = { 0 };
    const ReflectWanted wanted = {
        .schemas = &schemas,
        .include = note,
        .context = &names,
        .views = true,
        .materialized_views = true,
        .foreign_tables = true,
        .types = true,
        .sequences = true,
    };
    if (!reflect_schemas(conn, arena, metadata_new(arena), &wanted, &seen, err))
        return false;
    VEC_EACH (const ReflectedType, each, &seen.types)
        map_set(types, table_key(arena, each->type->schema, each->type->name.text), types);
    VEC_EACH (const ReflectedSequence, each, &seen.sequences)
        map_set(sequences, table_key(arena, each->sequence->schema, each->sequence->name.text),
                sequences);
    *there = (SchemaNames){ tables, types, sequences };
    return true;
}
