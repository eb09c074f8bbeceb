/* SPDX-License-Identifier: MIT */
/* How the declarative prelude reads class bodies: what of them takes part in the mapping. */
#include "script/bind_orm.h"

#include "py/obj_opaque.h"
#include "py/obj_str.h"

typedef struct Scan {
    Vm *vm;
    Value body, annotations; /* of the class: dicts, or TAG_UNSET */
    Value directives, kinds;
} Scan;

static bool is_dunder(Str name)
{
    return name.len > 4 && str_starts(name, STR("__")) && str_ends(name, STR("__"));
}

static bool is_directive(const Scan *scan, Str name)
{
    for (size_t i = 0; i < tuple_len(scan->directives); i++)
        if (str_eq(name, str_text(as_str(tuple_get(scan->directives, i)))))
            return true;
    return false;
}

static bool takes_part(const Scan *scan, Str name, Value v, bool *takes)
{
    *takes = is_dunder(name) ? is_directive(scan, name)
                             : value_given(scan->annotations) &&
                                   value_given(dict_get_str(scan->annotations, name));
    if (*takes || is_dunder(name))
        return true;
    bool single = is_tuple(v) && tuple_len(v) == 1;
    return vm_isinstance(scan->vm, single ? tuple_get(v, 0) : v, scan->kinds, takes);
}

/* Appends the names of a class body that take part. */
static bool take_names(const Scan *scan, Value body, Value list)
{
    Value key, item;
    for (size_t at = 0; dict_next(body, &at, &key, &item);) {
        bool takes = false;
        if (is_str(key) && !is_opaque(item) &&
            !takes_part(scan, str_text(as_str(key)), item, &takes))
            return false;
        if (takes)
            list_append(scan->vm, list, key);
    }
    return true;
}

static Value annotated_names(const Scan *scan)
{
    Value list = make_list(scan->vm, NULL, 0), key, item;
    for (size_t at = 0; dict_next(scan->annotations, &at, &key, &item);)
        if (is_str(key) && !is_dunder(str_text(as_str(key))) &&
            !is_opaque(dict_get_str(scan->body, str_text(as_str(key)))))
            list_append(scan->vm, list, key);
    return list;
}

static Value set_of_names(Vm *vm, Value list)
{
    Value dict = make_dict(vm);
    for (size_t i = 0; i < list_len(list); i++)
        dict_set_str(vm, dict, str_text(as_str(list_get(list, i))), VALUE_NONE);
    return dict;
}

/* Both lists in one order: at a name that both have the other list goes on. */
static Value merged(Vm *vm, Value first, Value second)
{
    const Value lists[] = { first, second };
    const Value names[] = { set_of_names(vm, first), set_of_names(vm, second) };
    Value met = make_dict(vm), seen = make_dict(vm), list = make_list(vm, NULL, 0);
    size_t at[2] = { 0 };
    for (int turn = 0, ended = 0; ended < 2;) {
        if (at[turn] == list_len(lists[turn])) {
            ended++;
            turn = 1 - turn;
            continue;
        }
        Value name = list_get(lists[turn], at[turn]);
        Str text = str_text(as_str(name));
        if (!ended && value_given(dict_get_str(names[1 - turn], text)) &&
            !value_given(dict_get_str(met, text))) {
            dict_set_str(vm, met, text, VALUE_NONE);
            turn = 1 - turn;
            continue;
        }
        at[turn]++;
        if (value_given(dict_get_str(seen, text)))
            continue;
        dict_set_str(vm, seen, text, VALUE_NONE);
        list_append(vm, list, name);
    }
    return list;
}

static bool scan_candidates(Vm *vm, Call *call)
{
    ARGS(call, body, directives, kinds);
    if (!is_dict(body) || !is_tuple(directives) || !is_tuple(kinds))
        return vm_raise(vm, "TypeError", "expected a dict and two tuples");
    Scan scan = { .vm = vm, .body = body, .directives = directives, .kinds = kinds };
    Value annotations = dict_get_str(body, STR("__annotations__"));
    if (is_dict(annotations) && dict_len(annotations))
        scan.annotations = annotations;
    Value names = make_list(vm, NULL, 0);
    vm_push(vm, names);
    bool ok = take_names(&scan, body, names);
    vm_pop(vm, 1);
    if (ok && value_given(scan.annotations))
        names = merged(vm, names, annotated_names(&scan));
    return ok && give(call, names);
}

static bool scan_name_column(Vm *vm, Call *call)
{
    ARGS(call, v, key);
    Column *column = record_of(v, &column_record);
    Str name = STR_NONE;
    if (!column)
        return vm_raise(vm, "TypeError", "expected a Column, got %s", type_name(vm, v));
    if (!value_is_none(key) && !to_str(vm, key, &name))
        return false;
    if (!name_given(column->name) && str_given(name))
        column->name = name_from(str_dup(bind_arena(vm), name));
    if (!str_given(column->key))
        column->key = column->name.text;
    return true;
}

static bool scan_has_type(Vm *vm, Call *call)
{
    ARGS(call, v);
    const Column *column = record_of(v, &column_record);
    if (!column)
        return vm_raise(vm, "TypeError", "expected a Column, got %s", type_name(vm, v));
    return give(call, value_bool(column->type && column->type->kind != TYPE_NULL));
}

static bool scan_unserved(Vm *vm, Call *call)
{
    ARGS(call, cls);
    Value found = opaque_within(cls);
    (void)vm;
    return give(call, value_given(found) ? found : VALUE_NONE);
}

const NativeRow orm_scan_functions[] = {
    { "unserved(cls)", scan_unserved,
      "An Opaque among the bases and attributes of a class, or None." },
    { "candidates(body, directives, kinds)", scan_candidates,
      "The names of a class body that may take part in the mapping, in order." },
    { "name_column(column, key)", scan_name_column,
      "Gives a column the attribute's name, unless it has one." },
    { "has_type(column)", scan_has_type, "Whether a type was given or found." },
    { 0 },
};
