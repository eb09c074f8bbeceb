/* SPDX-License-Identifier: MIT */
/* Values as SQL literals. */
#include <stdio.h>
#include <stdlib.h>

#include "sql/json_text.h"
#include "sql/sql.h"

static void put_bytes(Sql *sql, Str bytes)
{
    bool postgresql = sql->dialect->id == DIALECT_POSTGRESQL;
    buf_puts(&sql->buf, postgresql ? "'\\x" : "X'");
    for (size_t i = 0; i < bytes.len; i++)
        buf_printf(&sql->buf, "%02X", (unsigned)(unsigned char)bytes.ptr[i]);
    buf_puts(&sql->buf, postgresql ? "'::bytea" : "'");
}

/* SQLite stores times with six digits after the point and without a zone. */
static Str sqlite_time(Arena *arena, Str text)
{
    ptrdiff_t clock = str_find_char(text, ':', 0);
    for (size_t i = clock < 0 ? text.len : (size_t)clock; i < text.len; i++)
        if (text.ptr[i] == '+' || text.ptr[i] == '-')
            text = str_slice(text, 0, i);
    if (str_find_char(text, '.', 0) < 0)
        return str_concat(arena, text, STR(".000000"));
    return text;
}

static Str time_text(Sql *sql, const Datum *value, const Type *type)
{
    Str text = value->text;
    if (value->kind == DATUM_DATETIME && type_is(type, TYPE_DATE))
        return str_slice(text, 0, 10);
    if (value->kind == DATUM_DATE && type_is(type, TYPE_DATE_TIME))
        text = str_concat(sql->arena, text, STR(" 00:00:00"));
    else if (value->kind == DATUM_DATE)
        return text;
    return type && sql->dialect->id == DIALECT_SQLITE ? sqlite_time(sql->arena, text) : text;
}

static Str uuid_digits(Arena *arena, Str text)
{
    return str_replace(arena, text, STR("-"), STR(""));
}

static bool uuid_is_native(const Sql *sql, const Type *type)
{
    return sql->dialect->native_uuid && !(type && type->native_uuid == TRI_FALSE);
}

static void put_bool(Sql *sql, bool truth, const Type *type)
{
    if (type_is(type, TYPE_INTEGER) || type_is(type, TYPE_NUMERIC))
        sql_put_text(sql, truth ? "1" : "0");
    else
        sql_put_text(sql, truth ? sql->dialect->true_ : sql->dialect->false_);
}

static void put_interval(Sql *sql, int64_t microseconds)
{
    double seconds = (double)microseconds / 1e6;
    if (sql->dialect->id == DIALECT_POSTGRESQL) {
        sql_put_text(sql, "make_interval(secs=>");
        sql_put_raw(sql, float_text(sql->arena, seconds));
        sql_put_text(sql, ")");
        return;
    }
    fail(sql->err, ERR_SCHEMA, "a timedelta has no literal on dialect %s", sql->dialect->name);
}

static void put_list(Sql *sql, const Datum *value, const Type *type)
{
    bool array = sql->dialect->id == DIALECT_POSTGRESQL || type_is(type, TYPE_ARRAY);
    sql_put_text(sql, array ? "ARRAY[" : "[");
    for (size_t i = 0; i < value->list.len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        sql_put_value(sql, &value->list.items[i], type ? type->item : NULL);
    }
    sql_put_text(sql, "]");
}

static void put_json(Sql *sql, const Datum *value)
{
    Str text;
    if (json_text(sql->arena, value, &text, sql->err))
        sql_put_literal(sql, text);
}

static void put_str(Sql *sql, const Datum *value, const Type *type)
{
    if (type_is(type, TYPE_INTEGER) || type_is(type, TYPE_NUMERIC)) {
        Str rest = str_trim(value->text);
        char *end = NULL;
        const char *text = str_cstr(sql->arena, rest);
        if (rest.len)
            strtod(text, &end);
        if (!end || *end)
            fail(sql->err, ERR_SCHEMA, "'%.*s' is no number", STR_ARG(value->text));
        sql_put_raw(sql, rest);
        return;
    }
    bool uuid_text = type_is(type, TYPE_UUID) && type->as_uuid == TRI_FALSE;
    if (uuid_text || (type_is(type, TYPE_UUID) && !uuid_is_native(sql, type)))
        sql_put_literal(sql, uuid_digits(sql->arena, value->text));
    else
        sql_put_literal(sql, value->text);
}

static void put_script_value(Sql *sql, const Datum *value)
{
    if (value->kind == DATUM_RECORD && record_is(value->record.record, &expr_record))
        sql_put(sql, "@", sql_expr(value->record.object));
    else
        fail(sql->err, ERR_SCHEMA, "Could not render literal value: %s has no SQL",
             value->kind == DATUM_RECORD ? value->record.record->name : "an object of the script");
}

static void put_map(Sql *sql, const Datum *value, const Type *type)
{
    if (sql->dialect->id == DIALECT_POSTGRESQL && type_is(type, TYPE_PG_HSTORE))
        fail(sql->err, ERR_SCHEMA, "an HSTORE value has no literal");
    else
        put_json(sql, value);
}

/* The value as the type's own bind processor leaves it. */
static bool value_processed(Sql *sql, const Datum *value, const Type *type, Datum *to)
{
    *to = *value;
    bool asks =
        value->kind == DATUM_SCRIPT || (type && (type->script.object || type->enum_class.object));
    if (!asks || !sql->calls || !sql->calls->bind_value)
        return true;
    return sql->calls->bind_value(sql->calls->context, sql->arena, type,
                                  str_from(sql->dialect->name), value, to, sql->err);
}

static void put_plain(Sql *sql, const Datum *value, const Type *type)
{
    switch (value->kind) {
    case DATUM_NONE:
        sql_put_text(sql, "NULL");
        return;
    case DATUM_BOOL:
        put_bool(sql, value->truth, type);
        return;
    case DATUM_INT:
        sql_put(sql, "@", sql_int(value->integer));
        return;
    case DATUM_FLOAT:
        sql_put_raw(sql, float_text(sql->arena, value->real));
        return;
    case DATUM_BIGINT:
    case DATUM_DECIMAL:
        sql_put_raw(sql, value->text);
        return;
    case DATUM_STR:
        put_str(sql, value, type);
        return;
    case DATUM_BYTES:
        put_bytes(sql, value->text);
        return;
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
        sql_put_literal(sql, time_text(sql, value, type));
        return;
    case DATUM_INTERVAL:
        put_interval(sql, value->integer);
        return;
    case DATUM_UUID:
        sql_put_literal(sql, uuid_is_native(sql, type) ? value->text
                                                       : uuid_digits(sql->arena, value->text));
        return;
    case DATUM_LIST:
        put_list(sql, value, type);
        return;
    case DATUM_MAP:
        put_map(sql, value, type);
        return;
    case DATUM_RECORD:
    case DATUM_SCRIPT:
        put_script_value(sql, value);
        return;
    }
}

/* Whether a value goes as JSON: None, too, unless the type has none_as_null. */
static bool is_json(const Type *type, const Datum *value)
{
    return type_is(type, TYPE_JSON) &&
           (value->kind != DATUM_NONE || type->none_as_null != TRI_TRUE);
}

void sql_put_value(Sql *sql, const Datum *value, const Type *type)
{
    Datum processed;
    if (type)
        type = type_for(type, str_from(sql->dialect->name));
    if (!value_processed(sql, value, type, &processed))
        return;
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    bool none = processed.kind == DATUM_NONE; /* NULL in a literal, but for JSON.NULL */
    if (is_json(type, &processed) && (!none || type->none_as_null == TRI_NONE))
        put_json(sql, &processed);
    else if (type_is(type, TYPE_BOOLEAN) && processed.kind == DATUM_INT)
        put_bool(sql, processed.integer != 0, type);
    else
        put_plain(sql, &processed, type);
}

static Datum bind_text(Str text)
{
    return datum_str(text);
}

static bool bind_json(Sql *sql, const Datum *value, Datum *bound)
{
    Str text;
    if (!json_text(sql->arena, value, &text, sql->err))
        return false;
    *bound = bind_text(text);
    return true;
}

static bool bind_decimal(const Datum *value, Datum *bound)
{
    char text[64];
    snprintf(text, sizeof text, "%.*s", STR_ARG(value->text));
    *bound = datum_real(strtod(text, NULL));
    return true;
}

static bool bind_array(Sql *sql, const Type *type, Datum *bound)
{
    const size_t len = bound->list.len;
    Datum *items = ARENA_ARRAY(sql->arena, Datum, len);
    for (size_t i = 0; i < len; i++) {
        const Datum *item = &bound->list.items[i];
        const Type *of = item->kind == DATUM_LIST ? type : type ? type->item : NULL;
        if (!sql_bind_value(sql, item, of, &items[i]))
            return false;
    }
    bound->list.items = items;
    return true;
}

/* PostgreSQL's driver writes each kind as a literal of its own: nothing is made text before. */
static bool bind_typed(Sql *sql, const Type *type, Datum *bound)
{
    if (bound->kind == DATUM_MAP)
        return bind_json(sql, bound, bound);
    switch (bound->kind) {
    case DATUM_INT:
        if (type_is(type, TYPE_BOOLEAN))
            *bound = datum_bool(bound->integer != 0);
        return true;
    case DATUM_UUID:
        if (!uuid_is_native(sql, type))
            *bound = bind_text(uuid_digits(sql->arena, bound->text));
        return true;
    case DATUM_STR:
        if (type_is(type, TYPE_UUID) && !uuid_is_native(sql, type))
            *bound = bind_text(uuid_digits(sql->arena, bound->text));
        return true;
    case DATUM_LIST:
        return bind_array(sql, type, bound);
    case DATUM_NONE:
    case DATUM_BOOL:
    case DATUM_BIGINT:
    case DATUM_FLOAT:
    case DATUM_DECIMAL:
    case DATUM_BYTES:
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
    case DATUM_INTERVAL:
        return true;
    case DATUM_MAP:
    case DATUM_RECORD:
    case DATUM_SCRIPT:
        break;
    }
    return fail(sql->err, ERR_SCHEMA, "Error binding parameter: the value's type is not supported");
}

/* A timedelta where there is no type for it: the moment that long after 1970 began. */
static Str interval_moment(Arena *arena, int64_t microseconds)
{
    const int64_t day = INT64_C(86400000000);
    int64_t days = microseconds / day, rest = microseconds % day;
    if (rest < 0) {
        days--;
        rest += day;
    }
    int64_t shifted = days + 719468; /* days since 0000-03-01 */
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t of_era = shifted - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100),
            month = (5 * of_year + 2) / 153;
    int64_t date = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    return str_format(arena, "%04lld-%02lld-%02lld %02lld:%02lld:%02lld.%06lld",
                      (long long)(year + era * 400 + (month <= 2)), (long long)month,
                      (long long)date, (long long)(rest / 3600000000LL),
                      (long long)(rest / 60000000 % 60), (long long)(rest / 1000000 % 60),
                      (long long)(rest % 1000000));
}

bool sql_bind_value(Sql *sql, const Datum *value, const Type *type, Datum *bound)
{
    if (type)
        type = type_for(type, str_from(sql->dialect->name));
    if (!value_processed(sql, value, type, bound))
        return false;
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    if (is_json(type, bound))
        return bind_json(sql, bound, bound);
    if (sql->dialect->id == DIALECT_POSTGRESQL)
        return bind_typed(sql, type, bound);
    switch (bound->kind) {
    case DATUM_NONE:
    case DATUM_INT:
    case DATUM_FLOAT:
    case DATUM_BYTES:
        return true;
    case DATUM_BOOL:
        *bound = datum_int(bound->truth);
        return true;
    case DATUM_BIGINT:
        return fail(sql->err, ERR_SCHEMA, "Python int too large to convert to SQLite INTEGER");
    case DATUM_STR:
        if (type_is(type, TYPE_UUID) && !uuid_is_native(sql, type))
            *bound = bind_text(uuid_digits(sql->arena, bound->text));
        return true;
    case DATUM_DECIMAL:
        return bind_decimal(value, bound);
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_DATETIME:
        *bound = bind_text(time_text(sql, bound, type));
        return true;
    case DATUM_UUID:
        *bound = bind_text(uuid_is_native(sql, type) ? bound->text
                                                     : uuid_digits(sql->arena, bound->text));
        return true;
    case DATUM_LIST:
    case DATUM_MAP:
        return fail(sql->err, ERR_SCHEMA, "Error binding parameter: type '%s' is not supported",
                    bound->kind == DATUM_LIST ? "list" : "dict");
    case DATUM_INTERVAL:
        if (type_is(type, TYPE_INTERVAL) && sql->dialect->id == DIALECT_SQLITE)
            *bound = bind_text(interval_moment(sql->arena, bound->integer));
        return true;
    case DATUM_RECORD:
    case DATUM_SCRIPT:
        break;
    }
    return fail(sql->err, ERR_SCHEMA, "Error binding parameter: the value's type is not supported");
}
