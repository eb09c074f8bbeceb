/* SPDX-License-Identifier: MIT */
#include "script/bind_prepared.h"

#include "py/obj_str.h"
#include "script/bind_expr.h"
#include "sql/query.h"

/* Values that are never SQL of their own. */
static bool is_plain(Value v)
{
    return v.tag != TAG_OBJECT || is_str(v) || is_bytes(v) || is_int(v) ||
           value_is(v, OBJ_NATIVE_INSTANCE);
}

static bool keys_same(Vm *vm, const Prepared *prepared, Value parameters)
{
    Value key, item;
    size_t count = 0;
    Str name;
    for (size_t at = 0; dict_next(parameters, &at, &key, &item); count++) {
        if (count >= prepared->keys.len || !is_str(key) || !is_plain(item))
            return false;
        if (!to_str(vm, key, &name) || !str_eq(name, prepared->keys.items[count]))
            return false;
    }
    return count == prepared->keys.len;
}

bool prepared_use(Vm *vm, Prepared *prepared, const Conn *conn, Arena *arena, const Expr *statement,
                  Value parameters, DatumVec *params, bool *used)
{
    Datum given;
    Error err = vm_error(vm);
    *used = prepared->fixed && prepared->statement == statement &&
            prepared->dialect == conn_dialect(conn) && is_dict(parameters) &&
            keys_same(vm, prepared, parameters);
    if (!*used)
        return true;
    return record_datum(vm, arena, parameters, &given) &&
           (query_rebind(arena, conn_dialect(conn), &script_of(vm)->calls, &prepared->binds, &given,
                         params, &err) ||
            raise_error(vm, &err));
}

void prepared_drop(Prepared *prepared)
{
    if (prepared->arena)
        arena_free(prepared->arena);
    *prepared = (Prepared){ 0 };
}

static bool keys_take(Vm *vm, Prepared *prepared, Value parameters, bool *plain)
{
    Value key, item;
    Str name;
    *plain = true;
    for (size_t at = 0; dict_next(parameters, &at, &key, &item);) {
        if (!to_str(vm, key, &name))
            return false;
        *plain = *plain && is_plain(item);
        VEC_PUSH(prepared->arena, &prepared->keys, str_dup(prepared->arena, name));
    }
    return true;
}

static bool prepare(Vm *vm, Prepared *prepared, const Conn *conn, Value parameters)
{
    Datum given;
    DatumVec params = { 0 };
    bool plain;
    prepared->arena = arena_new(record_arena_lasting(vm));
    Error err = error_in(prepared->arena);
    if (!keys_take(vm, prepared, parameters, &plain))
        return false;
    if (!plain)
        return true;
    if (!dml_with_binds(vm, prepared->arena, prepared->statement, parameters, &prepared->made) ||
        !record_datum(vm, prepared->arena, parameters, &given))
        return false;
    if (!prepared->made)
        return true;
    QueryOptions options = { .mode = BIND_PARAMS,
                             .calls = &script_of(vm)->calls,
                             .given = &given,
                             .binds = &prepared->binds };
    prepared->fixed = query_compile(prepared->arena, conn_dialect(conn), &options, prepared->made,
                                    &prepared->text, &params, &err) &&
                      prepared->binds.len == params.len && params.len > 0;
    return true;
}

bool prepared_note(Vm *vm, Prepared *prepared, const Conn *conn, const Expr *statement,
                   Value parameters)
{
    bool again = prepared->statement == statement && prepared->dialect == conn_dialect(conn);
    if (!again) {
        prepared_drop(prepared);
        *prepared = (Prepared){ .statement = statement, .dialect = conn_dialect(conn) };
    }
    prepared->seen++;
    return prepared->seen != 2 || !is_dict(parameters) || dict_len(parameters) == 0 ||
           prepare(vm, prepared, conn, parameters);
}
