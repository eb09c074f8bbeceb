/* SPDX-License-Identifier: MIT */
#include "script/bind_value.h"

#include <stdlib.h>

#include "db/array.h"
#include "db/pg_literal.h"
#include "py/obj_list.h"

/* ---- dates and times ---- */

static bool datum_value(Vm *vm, DatumKind kind, Str text, Value *v)
{
    const Datum datum = { .kind = kind, .text = text };
    return from_datum(vm, &datum, v);
}

static bool out_of_range(Vm *vm, const char *what, Str text)
{
    return vm_raise(vm, "ValueError", "%s '%.*s' is out of Python's range", what, STR_ARG(text));
}

/* Python's nearest: what psycopg2 gives for them. */
static bool infinite_value(Vm *vm, DbKind kind, bool negative, Value *v)
{
    static const char *const texts[2][2] = {
        { "9999-12-31", "0001-01-01" },
        { "9999-12-31 23:59:59.999999", "0001-01-01 00:00:00" },
    };
    bool date = kind == DB_KIND_DATE;
    Str text = str_from(texts[date ? 0 : 1][negative ? 1 : 0]);
    if (kind == DB_KIND_TIMESTAMPTZ)
        text = str_concat(bind_arena(vm), text, STR("+00:00"));
    return datum_value(vm, date ? DATUM_DATE : DATUM_DATETIME, text, v);
}

/* A year of four digits and no " BC" behind. */
static bool is_in_range(Str text)
{
    return text.len >= 10 && text.ptr[4] == '-' && !str_ends(text, STR(" BC"));
}

static bool moment_value(Vm *vm, DbKind kind, Str text, Value *v)
{
    if (str_ends(text, STR("infinity")))
        return infinite_value(vm, kind, text.ptr[0] == '-', v);
    if (kind == DB_KIND_TIME || kind == DB_KIND_TIMETZ)
        return datum_value(vm, DATUM_TIME, text, v);
    if (!is_in_range(text))
        return out_of_range(vm, kind == DB_KIND_DATE ? "date" : "timestamp", text);
    return datum_value(vm, kind == DB_KIND_DATE ? DATUM_DATE : DATUM_DATETIME, text, v);
}

/* ---- intervals: "-1 year 2 mons 3 days -04:05:06.789" ---- */

static int64_t number_at(Str *rest)
{
    bool negative = rest->len && rest->ptr[0] == '-';
    size_t i = rest->len && (negative || rest->ptr[0] == '+') ? 1 : 0;
    int64_t number = 0;
    for (; i < rest->len && char_is_digit(rest->ptr[i]); i++)
        number = number * 10 + (rest->ptr[i] - '0');
    *rest = str_from_offset(*rest, i);
    return negative ? -number : number;
}

static int64_t days_of(Str unit)
{
    if (str_starts(unit, STR("year")))
        return 365;
    return str_starts(unit, STR("mon")) ? 30 : 1;
}

/* "[-]04:05:06.789" in microseconds. */
static int64_t clock_micros(Str text)
{
    bool negative = text.ptr[0] == '-';
    int64_t fraction = 0, unit = 100000;
    Str rest = negative || text.ptr[0] == '+' ? str_from_offset(text, 1) : text;
    int64_t seconds = number_at(&rest) * 3600;
    rest = str_from_offset(rest, 1);
    seconds += number_at(&rest) * 60;
    rest = str_from_offset(rest, 1);
    seconds += number_at(&rest);
    for (size_t i = 1; i < rest.len && unit > 0; i++, unit /= 10)
        fraction += (rest.ptr[i] - '0') * unit;
    int64_t all = seconds * 1000000 + fraction;
    return negative ? -all : all;
}

static bool interval_value(Vm *vm, Str text, Value *v)
{
    Datum datum = { .kind = DATUM_INTERVAL };
    const int64_t day = INT64_C(86400000000);
    int64_t days = 0, micros = 0;
    for (Str part; str_split_next(&text, ' ', &part);) {
        if (str_find_char(part, ':', 0) >= 0) {
            micros = clock_micros(part);
            continue;
        }
        Str unit;
        int64_t count = number_at(&part);
        str_split_next(&text, ' ', &unit);
        days += count * days_of(unit);
    }
    if (days > 999999999 / 10 || days < -999999999 / 10)
        return out_of_range(vm, "interval", text);
    datum.integer = days * day + micros;
    return from_datum(vm, &datum, v);
}

/* ---- everything ---- */

static bool json_value(Vm *vm, Str text, Value *v)
{
    const Value from = make_str(vm, text);
    return bind_call(vm, "json", "loads", &from, 1, v);
}

static bool text_value(Vm *vm, DbKind kind, Str text, Value *v)
{
    switch (kind) {
    case DB_KIND_NUMERIC:
        return datum_value(vm, DATUM_DECIMAL, text, v);
    case DB_KIND_DATE:
    case DB_KIND_TIME:
    case DB_KIND_TIMETZ:
    case DB_KIND_TIMESTAMP:
    case DB_KIND_TIMESTAMPTZ:
        return moment_value(vm, kind, text, v);
    case DB_KIND_INTERVAL:
        return interval_value(vm, text, v);
    case DB_KIND_UUID:
        return datum_value(vm, DATUM_UUID, text, v);
    case DB_KIND_JSON:
    case DB_KIND_JSONB:
        return json_value(vm, text, v);
    case DB_KIND_UNKNOWN:
    case DB_KIND_BOOL:
    case DB_KIND_INT:
    case DB_KIND_FLOAT:
    case DB_KIND_TEXT:
    case DB_KIND_BYTES:
    case DB_KIND_RANGE:
    case DB_KIND_ARRAY:
    case DB_KIND_OTHER:
        break;
    }
    *v = make_str(vm, text);
    return true;
}

/* Items of arrays are text, whatever they are. */
static Value bytes_value(Vm *vm, Arena *arena, Str text)
{
    char *bytes = arena_alloc(arena, text.len);
    return make_bytes(vm, (Str){ bytes, pg_bytes_decode(bytes, text) });
}

static bool item_value(Vm *vm, Arena *arena, DbKind kind, Str text, Value *v)
{
    if (kind == DB_KIND_BOOL)
        *v = value_bool(text.len && text.ptr[0] == 't');
    else if (kind == DB_KIND_INT)
        *v = make_int_text(vm, text);
    else if (kind == DB_KIND_FLOAT)
        *v = value_float(strtod(str_cstr(arena, text), NULL));
    else if (kind == DB_KIND_BYTES)
        *v = bytes_value(vm, arena, text);
    else
        return text_value(vm, kind, text, v);
    return true;
}

/* The items up to the end of the array that was begun, as the top of the stack's list. */
static bool read_items(Vm *vm, Arena *arena, ArrayText *array, DbKind element, Value list)
{
    for (ArrayItem item; array_next(array, arena, &item);) {
        Value v = VALUE_NONE;
        if (item.kind == ARRAY_ITEM_END)
            return true;
        if (item.kind == ARRAY_ITEM_BEGIN) {
            v = make_list(vm, NULL, 0);
            list_append(vm, list, v);
            if (!read_items(vm, arena, array, element, v))
                return false;
            continue;
        }
        if (item.kind == ARRAY_ITEM_TEXT && !item_value(vm, arena, element, item.text, &v))
            return false;
        list_append(vm, list, v);
    }
    return !array_failed(array) || vm_raise(vm, "ValueError", "malformed array");
}

bool db_array_value(Vm *vm, DbKind element, Str text, Value *v)
{
    ArrayText array;
    Error err = vm_error(vm);
    if (!array_begin(text, &array, &err))
        return raise_error(vm, &err);
    Arena *arena = arena_new(NULL);
    *v = make_list(vm, NULL, 0);
    vm_push(vm, *v);
    bool ok = read_items(vm, arena, &array, element, *v);
    vm_pop(vm, 1);
    arena_free(arena);
    return ok;
}

/* ---- objects that know what they are as a parameter: ranges, psycopg2's Json ---- */

bool object_parameter(Vm *vm, Datum *datum)
{
    Value method, made;
    if (datum->kind != DATUM_SCRIPT)
        return true;
    if (!vm_getattr_if(vm, script_value(datum->script), "_as_parameter", &method))
        return false;
    return !value_given(method) ||
           (vm_call(vm, method, NULL, 0, &made) && script_datum(vm, made, datum));
}

/* ---- ranges: "[1,5)", "(,\"2020-01-01 00:00:00\"]", "empty" ---- */

/* A bound up to `end`, without its quotes; none of the kinds that are read needs any within. */
static bool bound_value(Vm *vm, DbKind kind, Str text, Value *v)
{
    *v = VALUE_NONE;
    if (text.len == 0)
        return true;
    if (text.ptr[0] == '"')
        text = str_slice(text, 1, text.len - 1);
    return item_value(vm, bind_arena(vm), kind, text, v);
}

static const char *range_class(DbKind bounds)
{
    return bounds == DB_KIND_DATE          ? "DateRange"
           : bounds == DB_KIND_TIMESTAMP   ? "DateTimeRange"
           : bounds == DB_KIND_TIMESTAMPTZ ? "DateTimeTZRange"
                                           : "NumericRange";
}

/* The arguments of its class, all on the stack. */
static bool range_arguments(Vm *vm, DbKind bounds, Str text, Value *args)
{
    const char marks[] = { text.ptr[0], text.ptr[text.len - 1] };
    ptrdiff_t comma = str_find_char(text, ',', 0);
    bool ok = comma > 0 && bound_value(vm, bounds, str_slice(text, 1, (size_t)comma), &args[0]);
    vm_push(vm, args[0]);
    ok = ok && bound_value(vm, bounds, str_slice(text, (size_t)comma + 1, text.len - 1), &args[1]);
    vm_push(vm, args[1]);
    args[2] = make_str(vm, (Str){ marks, sizeof marks });
    vm_push(vm, args[2]);
    return ok;
}

static bool range_value(Vm *vm, DbKind bounds, Str text, Value *v)
{
    Value class, args[] = { VALUE_NONE, VALUE_NONE, VALUE_NONE };
    if (!bind_import(vm, "psycopg2.extras", range_class(bounds), &class))
        return false;
    if (str_is(text, "empty"))
        return vm_call_method(vm, class, "_of_nothing", NULL, 0, v);
    bool ok = range_arguments(vm, bounds, text, args) && vm_call(vm, class, args, 3, v);
    vm_pop(vm, 3);
    return ok;
}

bool db_column_value(Vm *vm, const DbColumn *column, const DbValue *from, bool raw_json, Value *v)
{
    bool json = column->kind == DB_KIND_JSON || column->kind == DB_KIND_JSONB;
    if (from->type != DB_TEXT || (json && raw_json))
        return db_value_make(vm, from, v);
    if (column->kind == DB_KIND_ARRAY)
        return db_array_value(vm, column->element, from->text, v);
    if (column->kind == DB_KIND_RANGE)
        return range_value(vm, column->element, from->text, v);
    return text_value(vm, column->kind, from->text, v);
}
