/* SPDX-License-Identifier: MIT */
/* Values as neutral ones and back. */
#include "py/frame.h"
#include "py/mod_datetime.h"
#include "py/mod_uuid.h"
#include "py/modules.h"
#include "py/obj_record.h"
#include "py/state.h"

typedef struct Maker {
    Vm *vm;
    Arena *arena;
} Maker;

static bool datum_make(const Maker *m, Value v, Datum *out);

static bool datum_items(const Maker *m, Value v, Datum *out)
{
    Value list;
    if (!vm_to_list(m->vm, v, &list))
        return false;
    vm_push(m->vm, list);
    size_t len = list_len(list);
    *out = (Datum){ .kind = DATUM_LIST };
    out->list.items = ARENA_ARRAY(m->arena, Datum, len);
    out->list.len = len;
    bool ok = true;
    for (size_t i = 0; ok && i < len; i++)
        ok = datum_make(m, list_get(list, i), &out->list.items[i]);
    vm_pop(m->vm, 1);
    return ok;
}

static bool datum_map(const Maker *m, Value v, Datum *out)
{
    *out = (Datum){ .kind = DATUM_MAP, .map = ARENA_NEW(m->arena, Map) };
    *out->map = map_in(m->arena);
    Value key, item, text;
    for (size_t at = 0; dict_next(v, &at, &key, &item);) {
        Datum *made = ARENA_NEW(m->arena, Datum);
        if (!vm_str(m->vm, key, &text))
            return false;
        Str name = str_dup(m->arena, str_text(as_str(text)));
        if (!datum_make(m, item, made))
            return false;
        map_set(out->map, name, made);
    }
    return true;
}

static bool datum_big_int(const Maker *m, Value v, Datum *out)
{
    Value text;
    if (!vm_call_method(m->vm, v, "__repr__", NULL, 0, &text))
        return false;
    *out = (Datum){ .kind = DATUM_BIGINT, .text = str_dup(m->arena, str_text(as_str(text))) };
    return true;
}

/* The first class of the MRO that is not a script's: its name tells what the value is. */
static const char *native_type_name(Vm *vm, Value v)
{
    Class *cls = value_class(vm, v);
    for (uint32_t i = 0; i < cls->mro_len; i++)
        if (str_is(str_text(cls->mro[i]->name), "Decimal"))
            return "Decimal";
    return "";
}

static bool datum_other(const Maker *m, Value v, Datum *out)
{
    Value text;
    bool known = false;
    const Uuid *uuid = payload_of(m->vm, v, &uuid_class);
    if (uuid) {
        char digits[37];
        uuid_text(uuid, digits);
        *out = (Datum){ .kind = DATUM_UUID, .text = str_dup(m->arena, str_from(digits)) };
        return true;
    }
    if (strcmp(native_type_name(m->vm, v), "Decimal") == 0) {
        if (!vm_str(m->vm, v, &text))
            return false;
        *out = (Datum){ .kind = DATUM_DECIMAL, .text = str_dup(m->arena, str_text(as_str(text))) };
        return true;
    }
    if (!moment_to_datum(m->vm, m->arena, v, out, &known) || known)
        return !value_given(m->vm->pending);
    if (is_opaque(v))
        return opaque_refuse(m->vm, v, "a value of the schema or of a statement");
    return record_datum_other(m->vm, m->arena, v, out);
}

static bool datum_object(const Maker *m, Value v, Datum *out)
{
    int64_t number;
    double real = 0;
    switch ((int)v.object->kind) {
    case OBJ_STR:
        *out = datum_str(str_dup(m->arena, str_text(as_str(v))));
        return true;
    case OBJ_BYTES:
        *out = (Datum){ .kind = DATUM_BYTES, .text = str_dup(m->arena, bytes_text(as_bytes(v))) };
        return true;
    case OBJ_BIGINT:
        if (!int_small(v, &number))
            return datum_big_int(m, v, out);
        *out = datum_int(number);
        return true;
    case OBJ_FLOAT:
        float_real(v, &real);
        *out = datum_real(real);
        return true;
    case OBJ_LIST:
    case OBJ_TUPLE:
    case OBJ_SET:
        return datum_items(m, v, out);
    case OBJ_DICT:
        return datum_map(m, v, out);
    default:
        return datum_other(m, v, out);
    }
}

static bool datum_make(const Maker *m, Value v, Datum *out)
{
    *out = (Datum){ .kind = DATUM_NONE };
    switch (v.tag) {
    case TAG_UNSET:
    case TAG_NONE:
        return true;
    case TAG_BOOL:
        *out = datum_bool(v.truth);
        return true;
    case TAG_INT:
        *out = datum_int(v.integer);
        return true;
    case TAG_FLOAT:
        *out = datum_real(v.real);
        return true;
    case TAG_ELLIPSIS:
    case TAG_NOT_IMPLEMENTED:
        return vm_raise(m->vm, "TypeError", "a value of type %s cannot be used here",
                        type_name(m->vm, v));
    case TAG_OBJECT:
        break;
    }
    if (!c_enter(m->vm))
        return false;
    bool ok = datum_object(m, v, out);
    c_leave(m->vm);
    return ok;
}

bool record_datum(Vm *vm, Arena *arena, Value v, Datum *datum)
{
    return datum_make(&(Maker){ vm, arena }, v, datum);
}

/* ---- the way back ---- */

static bool list_from(Vm *vm, const Datum *datum, Value *v)
{
    Value list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < datum->list.len; i++) {
        Value item;
        ok = from_datum(vm, &datum->list.items[i], &item);
        if (ok)
            list_append(vm, list, item);
    }
    vm_pop(vm, 1);
    *v = list;
    return ok;
}

static bool map_from(Vm *vm, const Datum *datum, Value *v)
{
    Value dict = make_dict(vm);
    vm_push(vm, dict);
    bool ok = true;
    for (size_t i = 0; ok && i < datum->map->len; i++) {
        Value item;
        ok = from_datum(vm, datum->map->entries[i].value, &item);
        if (ok)
            dict_set_str(vm, dict, datum->map->entries[i].key, item);
    }
    vm_pop(vm, 1);
    *v = dict;
    return ok;
}

static bool decimal_from(Vm *vm, const Datum *datum, Value *v)
{
    Value cls, text = make_str(vm, datum->text);
    vm_push(vm, text);
    bool ok = import_attr(vm, "decimal", "Decimal", &cls) && vm_call(vm, cls, &text, 1, v);
    vm_pop(vm, 1);
    return ok;
}

static bool uuid_from(Vm *vm, const Datum *datum, Value *v)
{
    Uuid uuid;
    if (!uuid_parse(datum->text, &uuid))
        return vm_raise(vm, "ValueError", "badly formed hexadecimal UUID string");
    *v = uuid_make(vm, &uuid);
    return true;
}

bool from_datum(Vm *vm, const Datum *datum, Value *v)
{
    *v = VALUE_NONE;
    switch (datum->kind) {
    case DATUM_NONE:
        return true;
    case DATUM_BOOL:
        *v = value_bool(datum->truth);
        return true;
    case DATUM_INT:
        *v = value_int(datum->integer);
        return true;
    case DATUM_BIGINT:
        *v = make_int_text(vm, datum->text);
        return true;
    case DATUM_FLOAT:
        *v = value_float(datum->real);
        return true;
    case DATUM_DECIMAL:
        return decimal_from(vm, datum, v);
    case DATUM_STR:
        *v = make_str(vm, datum->text);
        return true;
    case DATUM_BYTES:
        *v = make_bytes(vm, datum->text);
        return true;
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
    case DATUM_INTERVAL:
        return moment_from_datum(vm, datum, v) ||
               (!value_given(vm->pending) &&
                vm_raise(vm, "ValueError", "'%.*s' is no date or time", STR_ARG(datum->text)));
    case DATUM_UUID:
        return uuid_from(vm, datum, v);
    case DATUM_LIST:
        return list_from(vm, datum, v);
    case DATUM_MAP:
        return map_from(vm, datum, v);
    case DATUM_RECORD:
        *v = record_box(vm, datum->record.object);
        return true;
    case DATUM_SCRIPT:
        if (datum->script.object)
            *v = value_object(datum->script.object);
        return true;
    }
    return true;
}
