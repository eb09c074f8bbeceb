/* SPDX-License-Identifier: MIT */
/* tomllib over base/toml.h. */
#include "base/toml.h"
#include "py/mod_datetime.h"
#include "py/modules.h"

static bool toml_value(Vm *vm, const TomlValue *from, Value *v);

static bool toml_array(Vm *vm, const TomlValue *from, Value *v)
{
    *v = make_list(vm, NULL, 0);
    for (size_t i = 0; i < from->array.len; i++) {
        Value item;
        if (!toml_value(vm, from->array.items[i], &item))
            return false;
        list_append(vm, *v, item);
    }
    return true;
}

static bool toml_table(Vm *vm, const TomlValue *from, Value *v)
{
    *v = make_dict(vm);
    for (size_t i = 0; i < from->table.len; i++) {
        Value item;
        if (!toml_value(vm, from->table.entries[i].value, &item))
            return false;
        dict_set_str(vm, *v, from->table.entries[i].key, item);
    }
    return true;
}

static bool toml_moment(Vm *vm, const TomlValue *from, Value *v)
{
    const TomlTime *t = &from->time;
    const NativeClass *native = from->kind == TOML_DATE   ? &date_class
                                : from->kind == TOML_TIME ? &time_class
                                                          : &datetime_class;
    Moment m = { .year = t->year,
                 .month = t->month,
                 .day = t->day,
                 .hour = t->hour,
                 .minute = t->minute,
                 .second = t->second,
                 .micro = t->microsecond,
                 .zone = VALUE_NONE };
    Value maker, delta;
    if (from->kind == TOML_DATETIME && t->has_offset) {
        delta = delta_make(vm, (Wide)t->offset_minutes * 60 * MICROS_PER_SECOND);
        if (!import_attr(vm, "datetime", "timezone", &maker) ||
            !vm_call(vm, maker, &delta, 1, &m.zone))
            return false;
    }
    *v = moment_make(vm, vm_class(vm, native), native, &m);
    return true;
}

static bool toml_value(Vm *vm, const TomlValue *from, Value *v)
{
    switch (from->kind) {
    case TOML_STRING:
        *v = make_str(vm, from->string);
        return true;
    case TOML_INTEGER:
        *v = str_given(from->digits) ? make_int_text(vm, from->digits) : value_int(from->integer);
        return true;
    case TOML_FLOAT:
        *v = value_float(from->number);
        return true;
    case TOML_BOOLEAN:
        *v = value_bool(from->boolean);
        return true;
    case TOML_DATETIME:
    case TOML_DATE:
    case TOML_TIME:
        return toml_moment(vm, from, v);
    case TOML_ARRAY:
        return toml_array(vm, from, v);
    case TOML_TABLE:
        return toml_table(vm, from, v);
    }
    return false;
}

static bool raise_decode_error(Vm *vm, const Error *err)
{
    Value maker, made, text = make_str(vm, err->text);
    return import_attr(vm, "_tomllib", "TOMLDecodeError", &maker) &&
           vm_call(vm, maker, &text, 1, &made) && vm_raise_value(vm, made);
}

static bool tomllib_loads(Vm *vm, Call *call)
{
    ARGS(call, s, parse_float);
    Str text;
    Value module;
    if (!is_str(s))
        return vm_raise(vm, "TypeError", "Expected str object, not '%s'", type_name(vm, s));
    if (value_given(parse_float))
        return vm_raise(vm, "NotImplementedError", "limbeck does not serve parse_float of tomllib");
    /* Imported first: then no script runs while the values are made. */
    if (!vm_import(vm, STR("datetime"), &module) || !to_str(vm, s, &text))
        return false;
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    const TomlValue *doc;
    bool ok = toml_read(arena, text, STR("<string>"), &doc, &err)
                  ? toml_value(vm, doc, &call->result)
                  : raise_decode_error(vm, &err);
    arena_free(arena);
    return ok;
}

static bool tomllib_load(Vm *vm, Call *call)
{
    ARGS(call, fp, parse_float);
    (void)parse_float;
    Value data, text, loads;
    if (!vm_call_method(vm, fp, "read", NULL, 0, &data))
        return false;
    if (!is_bytes(data))
        return vm_raise(vm, "TypeError",
                        "File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`");
    return vm_call_method(vm, data, "decode", NULL, 0, &text) &&
           import_attr(vm, "tomllib", "loads", &loads) &&
           vm_call(vm, loads, &text, 1, &call->result);
}

static const NativeRow tomllib_functions[] = {
    { "loads(s, /, *, parse_float=...)", tomllib_loads, "Parse TOML from a string." },
    { "load(fp, /, *, parse_float=...)", tomllib_load, "Parse TOML from a binary file." },
};

static bool tomllib_init(Vm *vm, Value module)
{
    Value error;
    return import_attr(vm, "_tomllib", "TOMLDecodeError", &error) &&
           module_set(vm, module, "TOMLDecodeError", error);
}

const NativeModule tomllib_module = {
    .name = "tomllib",
    .functions = tomllib_functions,
    .function_count = sizeof tomllib_functions / sizeof *tomllib_functions,
    .init = tomllib_init,
};
