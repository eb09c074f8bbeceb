/* SPDX-License-Identifier: MIT */
#include "script/bind_driver_sql.h"

#include "db/pyformat.h"
#include "py/obj_list.h"
#include "script/bind_value.h"

/* Parameters of the driver's own placeholders. */
typedef struct DriverParams {
    DbValue *values;
    size_t count;
    StrVec names; /* of a dict */
    bool named;
} DriverParams;

static bool driver_value(Vm *vm, Arena *arena, Value from, DbValue *value)
{
    Datum datum;
    return record_datum(vm, arena, from, &datum) && db_value_from(vm, arena, &datum, value);
}

static bool driver_named(Vm *vm, Arena *arena, Value dict, DriverParams *params)
{
    Value key, item;
    Str name;
    for (size_t at = 0; dict_next(dict, &at, &key, &item);) {
        if (!to_text(vm, key, &name) ||
            !driver_value(vm, arena, item, &params->values[params->names.len]))
            return false;
        VEC_PUSH(arena, &params->names, name);
    }
    return true;
}

static bool driver_params(Vm *vm, Arena *arena, Value parameters, DriverParams *params)
{
    Value list;
    *params = (DriverParams){ .named = is_dict(parameters) };
    if (value_is_none(parameters))
        return true;
    if (!vm_to_list(vm, parameters, &list))
        return false;
    params->count = list_len(list);
    params->values = ARENA_ARRAY(arena, DbValue, params->count + 1);
    if (params->named)
        return driver_named(vm, arena, parameters, params);
    for (size_t i = 0; i < params->count; i++)
        if (!driver_value(vm, arena, list_get(list, i), &params->values[i]))
            return false;
    return true;
}

/* psycopg2's %s and %(name)s are written in here; the others' placeholders are the driver's. */
static bool driver_text(Vm *vm, Conn *conn, Arena *arena, DriverParams *params, Str *sql,
                        Value given)
{
    Error err = vm_error(vm);
    if (conn->url.engine == ENGINE_POSTGRESQL && !str_is(conn->url.driver, "asyncpg")) {
        bool ok = pyformat_render(conn, arena, *sql, params->named ? &params->names : NULL,
                                  params->values, params->count, sql, &err);
        params->values = NULL;
        params->count = 0;
        return ok || raise_statement(vm, conn, &err, *sql, given);
    }
    return !params->named ||
           db_order_named(conn, arena, *sql, &params->names, &params->values, &params->count,
                          &err) ||
           raise_statement(vm, conn, &err, *sql, given);
}

static bool driver_once(Vm *vm, Conn *conn, Str sql, Value parameters, Value *result)
{
    DriverParams params;
    DbResult rows;
    Error err = vm_error(vm);
    Arena *arena = arena_new(NULL);
    const Str shown = sql;
    bool ok = driver_params(vm, arena, parameters, &params) &&
              driver_text(vm, conn, arena, &params, &sql, parameters);
    if (ok && !db_query(conn, arena, sql, params.values, params.count, &rows, &err)) {
        error_at(&err, vm_loc(vm));
        ok = raise_statement(vm, conn, &err, shown, parameters);
    }
    if (!ok) {
        arena_free(arena);
        return false;
    }
    return result_new(vm, &rows, arena, NULL, result);
}

bool driver_sql_execute(Vm *vm, Conn *conn, Str sql, Value parameters, Value *result)
{
    Value first =
        is_list(parameters) && list_len(parameters) ? list_get(parameters, 0) : VALUE_NONE;
    if (!is_tuple(first) && !is_list(first) && !is_dict(first))
        return driver_once(vm, conn, sql, parameters, result);
    if (!driver_once(vm, conn, sql, first, result))
        return false;
    for (size_t i = 1; i < list_len(parameters); i++) {
        Value more;
        vm_push(vm, *result);
        bool ok = driver_once(vm, conn, sql, list_get(parameters, i), &more) &&
                  result_join(vm, *result, more);
        vm_pop(vm, 1);
        if (!ok)
            return false;
    }
    return true;
}
