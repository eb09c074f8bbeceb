/* SPDX-License-Identifier: MIT */
#include "script/bind_driver.h"

#include "base/file.h"
#include "py/obj_list.h"
#include "script/bind_connection.h"
#include "script/bind_engine.h"
#include "script/bind_value.h"

typedef struct DriverObj {
    Conn *conn;
} DriverObj;

Value driver_new(Vm *vm, Conn *conn)
{
    Value made = vm_new_native(vm, vm_class(vm, &driver_class), &driver_class);
    ((DriverObj *)payload_of(vm, made, &driver_class))->conn = conn;
    return made;
}

static Conn *driver_conn(Vm *vm, Value self)
{
    Conn *conn = ((DriverObj *)payload_of(vm, self, &driver_class))->conn;
    if (!conn)
        raise_sa(vm, "ResourceClosedError", "this connection is closed");
    return conn;
}

static bool parameters_read(Vm *vm, Value given, DbValue **values, size_t *count)
{
    Value list;
    *count = 0;
    *values = NULL;
    if (value_is_none(given))
        return true;
    if (!vm_to_list(vm, given, &list))
        return false;
    *count = list_len(list);
    *values = ARENA_ARRAY(bind_arena(vm), DbValue, *count);
    for (size_t i = 0; i < *count; i++) {
        Datum datum;
        if (!script_datum(vm, list_get(list, i), &datum) ||
            !db_value_from(vm, bind_arena(vm), &datum, &(*values)[i]))
            return false;
    }
    return true;
}

static bool rows_read(Vm *vm, Conn *conn, DbResult *result, Value rows)
{
    Error err = vm_error(vm);
    for (bool more = true; more;) {
        const DbValue *row;
        if (!db_next(result, &row, &err))
            return raise_database(vm, conn, &err);
        more = row != NULL;
        if (!more)
            break;
        Value cells = make_list(vm, NULL, 0), cell;
        vm_push(vm, cells);
        bool ok = true;
        for (size_t i = 0; ok && i < result->column_count; i++) {
            ok = db_column_value(vm, &result->columns[i], &row[i], false, &cell);
            if (ok)
                list_append(vm, cells, cell);
        }
        if (ok)
            list_append(vm, rows, make_tuple(vm, as_list(cells)->items, list_len(cells)));
        vm_pop(vm, 1);
        if (!ok)
            return false;
    }
    return true;
}

/* (names of the columns or None, rows): of one statement, outside of any begun by SQLAlchemy. */
static bool driver_run(Vm *vm, Call *call)
{
    ARGS(call, self, sql, parameters);
    Conn *conn = driver_conn(vm, self);
    Str text;
    DbValue *values;
    size_t count;
    DbResult result;
    Error err = vm_error(vm);
    if (!conn || !to_text(vm, sql, &text) || !parameters_read(vm, parameters, &values, &count))
        return false;
    Arena *arena = arena_new(NULL);
    Value rows = make_list(vm, NULL, 0), names = make_list(vm, NULL, 0);
    vm_push(vm, rows);
    vm_push(vm, names);
    bool ok = (db_query(conn, arena, text, values, count, &result, &err) ||
               raise_database(vm, conn, &err)) &&
              rows_read(vm, conn, &result, rows);
    for (size_t i = 0; ok && i < result.column_count; i++)
        list_append(vm, names, make_str(vm, result.columns[i].name));
    bool returns = ok && result.returns_rows;
    arena_free(arena);
    const Value pair[] = { returns ? names : VALUE_NONE, rows };
    ok = ok && give(call, make_tuple(vm, pair, 2));
    vm_pop(vm, 2);
    return ok;
}

static bool driver_dialect(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Conn *conn = driver_conn(vm, self);
    return conn && give(call, make_strz(vm, conn_dialect(conn)->name));
}

/* The listener has returned: what it kept of the connection is no use any more. */
static bool driver_close(Vm *vm, Call *call)
{
    ARGS(call, self);
    ((DriverObj *)payload_of(vm, self, &driver_class))->conn = NULL;
    return true;
}

static bool make_directory(Vm *vm, Call *call)
{
    ARGS(call, path);
    Str text;
    Error err = vm_error(vm);
    if (!to_text(vm, path, &text))
        return false;
    return file_is_dir(text) || dir_make(text, &err) || raise_error(vm, &err);
}

const NativeRow make_directory_row = { "make_directory(path)", make_directory,
                                       "The folder of an application's own database." };

static const NativeRow driver_methods[] = {
    { "run(self, sql, parameters=None)", driver_run, "Names of columns and rows of a statement." },
    { "close(self)", driver_close, "Nothing more may be run." },
};
static const NativeRow driver_getters[] = {
    { "dialect(self)", driver_dialect, "The name of the database." },
};

const NativeClass driver_class = {
    .name = "Driver",
    .module = "sqlalchemy._driver",
    .size = sizeof(DriverObj),
    .methods = driver_methods,
    .method_count = sizeof driver_methods / sizeof *driver_methods,
    .getters = driver_getters,
    .getter_count = sizeof driver_getters / sizeof *driver_getters,
    .doc = "Statements on a database's own connection.",
};
