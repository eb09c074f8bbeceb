/* SPDX-License-Identifier: MIT */
/* What the types of a statement's columns make of what the driver gave. */
#include "script/bind_typed.h"

#include "py/obj_list.h"
#include "script/bind_value.h"

static bool on_sqlite(const DbColumn *column)
{
    return column->kind == DB_KIND_UNKNOWN;
}

static bool moment_value(Vm *vm, DatumKind kind, Value raw, Value *v)
{
    Datum datum = { .kind = kind };
    return to_str(vm, raw, &datum.text) && from_datum(vm, &datum, v);
}

/* Numbers come back as decimals with the type's digits, or as they are. */
static bool number_value(Vm *vm, const DbColumn *column, const Type *type, Value raw, Value *v)
{
    bool decimal =
        type->asdecimal == TRI_TRUE || (type->asdecimal == TRI_NONE && !type_is(type, TYPE_FLOAT));
    double number;
    if (!decimal) {
        bool turn = !on_sqlite(column) && (raw.tag == TAG_OBJECT || raw.tag == TAG_INT);
        Value cls;
        return !turn ||
               (bind_import(vm, "builtins", "float", &cls) && vm_call(vm, cls, &raw, 1, v));
    }
    if (raw.tag != TAG_FLOAT && !(raw.tag == TAG_INT && on_sqlite(column)))
        return true;
    if (!to_float(vm, raw, &number))
        return false;
    int scale = type->decimal_return_scale.given ? (int)type->decimal_return_scale.value
                : type->scale.given              ? (int)type->scale.value
                                                 : 10;
    Datum datum = { .kind = DATUM_DECIMAL };
    Value text = make_strf(vm, "%.*f", scale, number);
    return to_str(vm, text, &datum.text) && from_datum(vm, &datum, v);
}

/* At most four of the values, each cut short, as SQLAlchemy names them. */
static Str some_values(Vm *vm, const StrVec *values)
{
    enum { SHOWN = 4, WIDTH = 11 };
    Buf buf = buf_in(bind_arena(vm));
    for (size_t i = 0; i < values->len; i++) {
        bool last = i + 1 == values->len;
        if (i >= SHOWN - 1 && !last)
            continue;
        Str value = values->items[i];
        bool cut = value.len > WIDTH;
        buf_printf(&buf, "%s%s%.*s%s", i ? ", " : "", last && i >= SHOWN ? "..., " : "",
                   cut ? WIDTH : (int)value.len, value.ptr, cut ? ".." : "");
    }
    return values->len ? buf_take(&buf, bind_arena(vm)) : STR("None");
}

static bool no_such_value(Vm *vm, const Type *type, Str text)
{
    Str name = str_given(type->name.text) ? type->name.text : STR("None");
    return vm_raise(vm, "LookupError",
                    "'%.*s' is not among the defined enum values. Enum name: %.*s. "
                    "Possible values: %.*s",
                    STR_ARG(text), STR_ARG(name), STR_ARG(some_values(vm, &type->values)));
}

/* The member of an enum class by its name, or by the text that values_callable gave for it. */
static bool enum_value(Vm *vm, const Type *type, Value raw, Value *v)
{
    Str text;
    Value members, list, found;
    if (!to_str(vm, raw, &text))
        return false;
    if (!type->enum_class.object)
        return strvec_find(&type->values, text) >= 0 || no_such_value(vm, type, text);
    if (!vm_getattr(vm, script_value(type->enum_class), "__members__", &members))
        return false;
    ptrdiff_t index = type->values_callable.object ? strvec_find(&type->values, text) : -1;
    if (type->values_callable.object && index >= 0) {
        if (!vm_call_method(vm, members, "values", NULL, 0, &list) || !vm_to_list(vm, list, &list))
            return false;
        *v = (size_t)index < list_len(list) ? list_get(list, (size_t)index) : raw;
        return true;
    }
    if (!type->values_callable.object) {
        if (!vm_call_method(vm, members, "get", &raw, 1, &found))
            return false;
        if (!value_is_none(found)) {
            *v = found;
            return true;
        }
    }
    return no_such_value(vm, type, text);
}

static const Dialect *column_dialect(const DbColumn *column)
{
    return on_sqlite(column) ? &sqlite_dialect : &postgresql_dialect;
}

/* What process_result_value of a TypeDecorator makes of the value of its impl. */
static bool decorated_value(Vm *vm, const DbColumn *column, const Type *type, Value raw, Value *v)
{
    Value method, self = script_value(type->script);
    *v = raw;
    if (value_is_none(self) || !vm_getattr_if(vm, self, "process_result_value", &method))
        return value_is_none(self);
    if (!value_given(method))
        return true;
    const Value args[] = { raw, dialect_box(vm, column_dialect(column)) };
    return vm_call(vm, method, args, 2, v);
}

static bool json_loads(Vm *vm, Value source, Value *v)
{
    return bind_call(vm, "json", "loads", &source, 1, v);
}

static bool list_value(Vm *vm, const DbColumn *column, const Type *type, Value raw, Value *v)
{
    Value list = make_list(vm, NULL, 0), item;
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(raw); i++) {
        Value each = list_get(raw, i);
        ok = is_list(each) ? list_value(vm, column, type, each, &item)
                           : typed_value(vm, column, type->item, each, &item);
        if (ok)
            list_append(vm, list, item);
    }
    vm_pop(vm, 1);
    *v = type->as_tuple == TRI_TRUE ? make_tuple(vm, as_list(list)->items, list_len(list)) : list;
    return ok;
}

/* An enum's array comes as text: its type is not one that every server has. */
static bool array_value(Vm *vm, const DbColumn *column, const Type *type, Value raw, Value *v)
{
    Str text;
    Value list = raw;
    if (is_str(raw) && (!to_str(vm, raw, &text) || !db_array_value(vm, DB_KIND_TEXT, text, &list)))
        return false;
    vm_push(vm, list);
    bool ok = !is_list(list) || list_value(vm, column, type, list, v);
    vm_pop(vm, 1);
    return ok;
}

/* SQLite keeps a timedelta as the moment that long after 1970. */
static bool interval_value(Vm *vm, Value raw, Value *v)
{
    Value moment, epoch;
    static const Datum start = { .kind = DATUM_DATETIME, .text = { "1970-01-01 00:00:00", 19 } };
    return moment_value(vm, DATUM_DATETIME, raw, &moment) && from_datum(vm, &start, &epoch) &&
           value_binary(vm, "-", moment, epoch, v);
}

static bool uuid_value(Vm *vm, const Type *type, Value raw, Value *v)
{
    if (type->as_uuid == TRI_FALSE && !is_str(raw))
        return vm_str(vm, raw, v);
    if (type->as_uuid == TRI_FALSE || !is_str(raw))
        return true;
    Value cls;
    return bind_import(vm, "uuid", "UUID", &cls) && vm_call(vm, cls, &raw, 1, v);
}

static bool text_typed(Vm *vm, const DbColumn *column, const Type *type, Value raw, Value *v)
{
    if (type_is(type, TYPE_DATE_TIME))
        return moment_value(vm, DATUM_DATETIME, raw, v);
    if (type_is(type, TYPE_DATE))
        return moment_value(vm, DATUM_DATE, raw, v);
    if (type_is(type, TYPE_TIME))
        return moment_value(vm, DATUM_TIME, raw, v);
    if (type_is(type, TYPE_INTERVAL))
        return interval_value(vm, raw, v);
    bool read = column->kind == DB_KIND_JSON || column->kind == DB_KIND_JSONB;
    if (type_is(type, TYPE_JSON) && !read)
        return json_loads(vm, raw, v);
    if (type_is(type, TYPE_ENUM))
        return enum_value(vm, type, raw, v);
    return true;
}

/* SQLAlchemy's own class in a column of a range type. */
static bool range_typed(Vm *vm, Value raw, Value *v)
{
    Value make;
    return bind_import(vm, "sqlalchemy._ranges", "_of_driver", &make) &&
           vm_call(vm, make, &raw, 1, v);
}

bool typed_value(Vm *vm, const DbColumn *column, const Type *type, Value raw, Value *v)
{
    *v = raw;
    if (!type)
        return true;
    type = type_for(type, str_from(column_dialect(column)->name));
    if (type_is(type, TYPE_DECORATOR)) {
        Value inner = raw;
        if (type->impl && !typed_value(vm, column, type->impl, raw, &inner))
            return false;
        return decorated_value(vm, column, type, inner, v);
    }
    if (value_is_none(raw))
        return true;
    if (type_is(type, TYPE_UUID))
        return uuid_value(vm, type, raw, v);
    if (type_is(type, TYPE_NUMERIC))
        return number_value(vm, column, type, raw, v);
    if (type_is(type, TYPE_ARRAY))
        return array_value(vm, column, type, raw, v);
    if (column->kind == DB_KIND_RANGE && type->kind != TYPE_NULL)
        return range_typed(vm, raw, v);
    if (type_is(type, TYPE_BOOLEAN) && raw.tag == TAG_INT)
        *v = value_bool(raw.integer != 0);
    else if (is_str(raw))
        return text_typed(vm, column, type, raw, v);
    return true;
}
