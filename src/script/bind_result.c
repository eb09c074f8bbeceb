/* SPDX-License-Identifier: MIT */
/* Results, and what their rows are turned into by the types of their columns. */
#include "script/bind_row.h"

#include "py/heap.h"
#include "py/obj_list.h"
#include "script/bind_typed.h"
#include "script/bind_value.h"

typedef enum ResultShape {
    SHAPE_ROWS,
    SHAPE_SCALARS, /* one column of each row */
    SHAPE_MAPPINGS,
} ResultShape;

/* The rows that Results over one statement share: result, result.scalars(), result.mappings(). */
typedef struct Cursor {
    Arena *arena;
    DbResult rows;
    Type **types; /* a column's type, or NULL */
    bool closed;
    size_t users;
    Vm *vm;
    size_t charged; /* bytes of the arena, as the collector was told */
} Cursor;

typedef struct ResultObj {
    Cursor *cursor;
    Keys *keys;
    ResultShape shape;
    const size_t *picked; /* the columns of columns() and scalars(); NULL: all, as they come */
    size_t batch;         /* yield_per(), partitions(): rows at a time; 0: not given */
    bool unique;
    Value seen;     /* with unique(): a set */
    Value strategy; /* of unique(), or None */
} ResultObj;

static const NativeClass partitions_class;

static ResultObj *result_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &result_class);
}

static void result_drop(void *payload)
{
    Cursor *cursor = ((ResultObj *)payload)->cursor;
    if (cursor)
        keys_release(((ResultObj *)payload)->keys);
    if (cursor && --cursor->users == 0) {
        heap_discharge(cursor->vm, cursor->charged);
        arena_free(cursor->arena);
    }
}

static void result_mark(Vm *vm, void *payload)
{
    const Cursor *cursor = ((ResultObj *)payload)->cursor;
    vm_mark(vm, ((ResultObj *)payload)->seen);
    vm_mark(vm, ((ResultObj *)payload)->strategy);
    for (size_t i = 0; cursor && i < cursor->rows.column_count; i++) {
        region_mark_at(vm, cursor->types[i]); /* the statement itself may be gone */
        region_mark_at(vm, cursor->rows.columns[i].name.ptr);
    }
}

/* ---- values ---- */

bool db_value_make(Vm *vm, const DbValue *from, Value *v)
{
    switch (from->type) {
    case DB_NULL:
        *v = VALUE_NONE;
        return true;
    case DB_BOOL:
        *v = value_bool(from->integer != 0);
        return true;
    case DB_INT:
        *v = value_int(from->integer);
        return true;
    case DB_REAL:
        *v = value_float(from->real);
        return true;
    case DB_TEXT:
        *v = make_str(vm, from->text);
        return true;
    case DB_BYTES:
        *v = make_bytes(vm, from->text);
        return true;
    case DB_ARRAY:
        break; /* of parameters only */
    }
    return true;
}

/* Behind the clock: "10:00:00+02:00". */
static bool has_zone(Str text)
{
    ptrdiff_t clock = str_find_char(text, ':', 0);
    for (size_t i = clock < 0 ? text.len : (size_t)clock; i < text.len; i++)
        if (text.ptr[i] == '+' || text.ptr[i] == '-')
            return true;
    return false;
}

/* As psycopg2 writes a timedelta: whole days, then seconds that are never negative. */
static Str interval_text(Arena *arena, int64_t microseconds)
{
    const int64_t day = INT64_C(86400000000);
    int64_t days = microseconds / day, rest = microseconds % day;
    if (rest < 0) {
        days--;
        rest += day;
    }
    return str_format(arena, "%lld days %lld.%06lld seconds", (long long)days,
                      (long long)(rest / 1000000), (long long)(rest % 1000000));
}

static bool array_from(Vm *vm, Arena *arena, const Datum *datum, DbValue *value)
{
    DbValue *items = ARENA_ARRAY(arena, DbValue, datum->list.len);
    for (size_t i = 0; i < datum->list.len; i++)
        if (!db_value_from(vm, arena, &datum->list.items[i], &items[i]))
            return false;
    *value = db_array(items, datum->list.len);
    return true;
}

bool db_value_from(Vm *vm, Arena *arena, const Datum *datum, DbValue *value)
{
    switch (datum->kind) {
    case DATUM_NONE:
        *value = db_null();
        return true;
    case DATUM_BOOL:
        *value = db_bool(datum->truth);
        return true;
    case DATUM_INT:
        *value = db_int(datum->integer);
        return true;
    case DATUM_FLOAT:
        *value = db_real(datum->real);
        return true;
    case DATUM_BYTES:
        *value = db_bytes(datum->text);
        return true;
    case DATUM_DECIMAL:
    case DATUM_BIGINT:
        *value = db_typed(DB_KIND_NUMERIC, datum->text);
        return true;
    case DATUM_STR:
        *value = db_text(datum->text);
        return true;
    case DATUM_DATE:
        *value = db_typed(DB_KIND_DATE, datum->text);
        return true;
    case DATUM_TIME:
        *value = db_typed(has_zone(datum->text) ? DB_KIND_TIMETZ : DB_KIND_TIME, datum->text);
        return true;
    case DATUM_DATETIME:
        *value =
            db_typed(has_zone(datum->text) ? DB_KIND_TIMESTAMPTZ : DB_KIND_TIMESTAMP, datum->text);
        return true;
    case DATUM_UUID:
        *value = db_typed(DB_KIND_UUID, datum->text);
        return true;
    case DATUM_INTERVAL:
        *value = db_typed(DB_KIND_INTERVAL, interval_text(arena, datum->integer));
        return true;
    case DATUM_LIST:
        return array_from(vm, arena, datum, value);
    case DATUM_SCRIPT: {
        Datum plain = *datum;
        if (!object_parameter(vm, &plain))
            return false;
        if (plain.kind != DATUM_SCRIPT)
            return db_value_from(vm, arena, &plain, value);
        break;
    }
    case DATUM_MAP:
    case DATUM_RECORD:
        break;
    }
    return raise_sa(vm, "InterfaceError",
                    "a value of this type cannot be a parameter of a statement");
}

/* ---- rows ---- */

static bool next_values(Vm *vm, Cursor *cursor, Value *values, bool *found)
{
    const DbValue *row;
    Error err = vm_error(vm);
    *found = false;
    if (cursor->closed)
        return true;
    if (!db_next(&cursor->rows, &row, &err))
        return raise_error(vm, &err);
    if (!row)
        return true;
    *found = true;
    for (size_t i = 0; i < cursor->rows.column_count; i++) {
        Value raw;
        if (!db_column_value(vm, &cursor->rows.columns[i], &row[i], false, &raw))
            return false;
        list_append(vm, *values, raw);
    }
    for (size_t i = 0; i < cursor->rows.column_count; i++) {
        Value v;
        if (!cursor->types[i])
            continue;
        if (!typed_value(vm, &cursor->rows.columns[i], cursor->types[i], list_get(*values, i), &v))
            return false;
        as_list(*values)->items[i] = v;
    }
    return true;
}

static bool seen_before(Vm *vm, ResultObj *result, Value v, bool *before)
{
    *before = false;
    if (!result->unique)
        return true;
    Value key = v, found;
    if (!value_is_none(result->strategy) && !vm_call(vm, result->strategy, &v, 1, &key))
        return false;
    vm_push(vm, key);
    bool ok = vm_call_method(vm, result->seen, "__contains__", &key, 1, &found);
    *before = ok && is_true(found);
    ok = ok && (*before || set_add(vm, result->seen, key));
    vm_pop(vm, 1);
    return ok;
}

static Value row_of(Vm *vm, const ResultObj *result, Value values)
{
    bool mapping = result->shape == SHAPE_MAPPINGS;
    if (result->shape == SHAPE_SCALARS)
        return list_get(values, result->picked ? result->picked[0] : 0);
    if (!result->picked)
        return row_new(vm, result->keys, as_list(values)->items, list_len(values), mapping);
    Value some = make_list(vm, NULL, 0);
    for (size_t i = 0; i < result->keys->count; i++)
        list_append(vm, some, list_get(values, result->picked[i]));
    return row_new(vm, result->keys, as_list(some)->items, list_len(some), mapping);
}

/* *v is unset at the end. */
static bool result_next(Vm *vm, Value self, Value *v)
{
    ResultObj *result = result_self(vm, self);
    Cursor *cursor = result->cursor;
    for (bool found = true, again = true; again;) {
        Value values = make_list(vm, NULL, 0);
        vm_push(vm, values);
        bool ok = next_values(vm, cursor, &values, &found);
        vm_pop(vm, 1);
        if (!ok)
            return false;
        *v = VALUE_UNSET;
        if (!found)
            return true;
        *v = row_of(vm, result, values);
        vm_push(vm, *v);
        ok = seen_before(vm, result, *v, &again);
        vm_pop(vm, 1);
        if (!ok)
            return false;
    }
    return true;
}

static bool has_rows(Vm *vm, Value self)
{
    return result_self(vm, self)->cursor->rows.returns_rows ||
           raise_sa(vm, "ResourceClosedError",
                    "This result object does not return rows. It has been closed automatically.");
}

static bool need_rows(Vm *vm, Value self)
{
    return has_rows(vm, self) &&
           (!result_self(vm, self)->cursor->closed ||
            raise_sa(vm, "ResourceClosedError", "This result object is closed."));
}

static bool fetch_up_to(Vm *vm, Value self, size_t most, Value *list)
{
    if (!need_rows(vm, self))
        return false;
    *list = make_list(vm, NULL, 0);
    vm_push(vm, *list);
    bool ok = true;
    while (ok && list_len(*list) < most) {
        Value v;
        ok = result_next(vm, self, &v);
        if (!ok || !value_given(v))
            break;
        list_append(vm, *list, v);
    }
    vm_pop(vm, 1);
    return ok;
}

static bool result_all(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list;
    return fetch_up_to(vm, self, SIZE_MAX, &list) && give(call, list);
}

static bool result_fetchmany(Vm *vm, Call *call)
{
    ARGS(call, self, size);
    size_t batch = result_self(vm, self)->batch;
    int64_t most = batch ? (int64_t)batch : 1;
    Value list;
    if (!value_is_none(size) && !to_int(vm, size, &most))
        return false;
    return fetch_up_to(vm, self, (size_t)(most < 0 ? 0 : most), &list) && give(call, list);
}

static bool result_fetchone(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value v;
    if (!need_rows(vm, self) || !result_next(vm, self, &v))
        return false;
    return give(call, value_given(v) ? v : VALUE_NONE);
}

static bool result_first(Vm *vm, Call *call)
{
    if (!result_fetchone(vm, call))
        return false;
    result_self(vm, call->args[0])->cursor->closed = !value_is_none(call->result);
    return true;
}

/* one(), one_or_none(), scalar_one(), ...: exactly one row, or none where that is allowed. */
static bool exactly_one(Vm *vm, Value self, bool none_allowed, Value *v)
{
    Value list;
    if (!fetch_up_to(vm, self, 2, &list))
        return false;
    result_self(vm, self)->cursor->closed = list_len(list) > 0;
    if (list_len(list) == 2)
        return raise_sa(vm, "MultipleResultsFound",
                        none_allowed ? "Multiple rows were found when one or none was required"
                                     : "Multiple rows were found when exactly one was required");
    if (list_len(list) == 0 && !none_allowed)
        return raise_sa(vm, "NoResultFound", "No row was found when one was required");
    *v = list_len(list) ? list_get(list, 0) : VALUE_UNSET;
    return true;
}

static bool first_column(Vm *vm, Value self, Value row, Value *v)
{
    if (!value_given(row))
        *v = VALUE_NONE;
    else if (result_self(vm, self)->shape == SHAPE_SCALARS)
        *v = row;
    else
        return vm_getitem(vm, row, value_int(0), v);
    return true;
}

static bool result_one(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value v;
    return exactly_one(vm, self, false, &v) && give(call, v);
}

static bool result_one_or_none(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value v;
    return exactly_one(vm, self, true, &v) && give(call, value_given(v) ? v : VALUE_NONE);
}

static bool result_scalar(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value row, v;
    if (!need_rows(vm, self) || !result_next(vm, self, &row))
        return false;
    result_self(vm, self)->cursor->closed = value_given(row);
    return first_column(vm, self, row, &v) && give(call, v);
}

static bool result_scalar_one(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value row, v;
    return exactly_one(vm, self, false, &row) && first_column(vm, self, row, &v) && give(call, v);
}

static bool result_scalar_one_or_none(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value row, v;
    return exactly_one(vm, self, true, &row) && first_column(vm, self, row, &v) && give(call, v);
}

/* ---- other shapes of the same rows ---- */

static Value result_derive(Vm *vm, Value self, const NativeClass *native, ResultShape shape)
{
    Value made = vm_new_native(vm, vm_class(vm, native), native);
    ResultObj *from = result_self(vm, self), *result = payload_of(vm, made, native);
    *result = *from;
    result->shape = shape;
    result->cursor->users++;
    result->keys->users++;
    return made;
}

/* The place of a column in this result, by its number or by what by_name() takes. */
static bool column_place(Vm *vm, const ResultObj *result, Value which, size_t *place)
{
    int64_t at, count = (int64_t)result->keys->count;
    const Column *column = record_of(which, &column_record);
    const Expr *expr = record_of(which, &expr_record);
    if (is_str(which) || column || expr) {
        Str name = column ? column->name.text : expr ? expr->name.text : STR_NONE;
        if (is_str(which) && !to_str(vm, which, &name))
            return false;
        if (!keys_place(vm, result->keys, name, &at))
            return false;
    } else if (!to_int(vm, which, &at)) {
        return false;
    }
    if (at < -count || at >= count)
        return vm_raise(vm, "IndexError", "list index out of range");
    at += at < 0 ? count : 0;
    Str name = result->keys->names[at];
    if (!keys_unambiguous(vm, result->keys, name, keys_find(result->keys, name)))
        return false;
    *place = result->picked ? result->picked[at] : (size_t)at;
    return true;
}

static bool result_scalars(Vm *vm, Call *call)
{
    ARGS(call, self, index);
    size_t place;
    if (!need_rows(vm, self) || !column_place(vm, result_self(vm, self), index, &place))
        return false;
    Value made = result_derive(vm, self, &scalar_result_class, SHAPE_SCALARS);
    size_t *picked = ARENA_NEW(result_self(vm, self)->cursor->arena, size_t);
    *picked = place;
    result_self(vm, made)->picked = picked;
    return give(call, made);
}

/* result.columns("b", 0): the same rows with these columns alone. */
static bool result_columns(Vm *vm, Call *call)
{
    ARGS(call, self, expressions);
    const ResultObj *from = result_self(vm, self);
    size_t count = tuple_len(expressions);
    size_t *places = ARENA_ARRAY(from->cursor->arena, size_t, count + 1);
    size_t *picked = ARENA_ARRAY(from->cursor->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!column_place(vm, from, tuple_get(expressions, i), &picked[i]))
            return false;
        for (places[i] = 0; from->picked && from->picked[places[i]] != picked[i];)
            places[i]++;
        if (!from->picked)
            places[i] = picked[i];
    }
    Value made = result_derive(vm, self, &result_class, from->shape);
    ResultObj *result = result_self(vm, made);
    result->keys->users--;
    result->keys = keys_pick(from->keys, places, count);
    result->picked = picked;
    return give(call, made);
}

/* ---- some rows at a time ---- */

static bool batch_set(Vm *vm, Value size, ResultObj *result)
{
    int64_t count;
    if (value_is_none(size))
        return true;
    if (!to_int(vm, size, &count))
        return false;
    result->batch = count > 0 ? (size_t)count : 1;
    return true;
}

static bool result_yield_per(Vm *vm, Call *call)
{
    ARGS(call, self, num);
    return batch_set(vm, num, result_self(vm, self)) && give(call, self);
}

static bool result_partitions(Vm *vm, Call *call)
{
    ARGS(call, self, size);
    Value made = result_derive(vm, self, &partitions_class, result_self(vm, self)->shape);
    return batch_set(vm, size, payload_of(vm, made, &partitions_class)) && give(call, made);
}

static bool partitions_step(Vm *vm, Call *call)
{
    ARGS(call, self);
    const ResultObj *result = payload_of(vm, self, &result_class);
    Value list;
    if (!fetch_up_to(vm, self, result->batch ? result->batch : 1, &list))
        return false;
    if (list_len(list) == 0)
        return vm_raise(vm, "StopIteration", "%s", "");
    return give(call, list);
}

static bool result_mappings(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, result_derive(vm, self, &mapping_result_class, SHAPE_MAPPINGS));
}

static bool result_unique(Vm *vm, Call *call)
{
    ARGS(call, self, strategy);
    ResultObj *result = result_self(vm, self);
    result->unique = true;
    result->strategy = strategy;
    result->seen = make_set(vm, false);
    return give(call, self);
}

static bool result_iter(Vm *vm, Call *call)
{
    ARGS(call, self);
    return need_rows(vm, self) && give(call, self);
}

static bool result_step(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value v;
    if (!result_next(vm, self, &v))
        return false;
    if (!value_given(v))
        return vm_raise(vm, "StopIteration", "%s", "");
    return give(call, v);
}

static bool result_keys(Vm *vm, Call *call)
{
    ARGS(call, self);
    return has_rows(vm, self) && give(call, keys_list(vm, result_self(vm, self)->keys));
}

static bool result_close(Vm *vm, Call *call)
{
    ARGS(call, self);
    result_self(vm, self)->cursor->closed = true;
    return true;
}

static bool result_enter(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool result_exit(Vm *vm, Call *call)
{
    result_self(vm, call->args[0])->cursor->closed = true;
    return give(call, value_bool(false));
}

bool result_join(Vm *vm, Value result, Value more)
{
    Error err = vm_error(vm);
    return db_result_join(&result_self(vm, result)->cursor->rows,
                          &result_self(vm, more)->cursor->rows, &err) ||
           raise_error(vm, &err);
}

static bool result_rowcount(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_int(result_self(vm, self)->cursor->rows.changes));
}

static bool result_lastrowid(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_int(result_self(vm, self)->cursor->rows.last_id));
}

static bool result_primary_key(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Value id = value_int(result_self(vm, self)->cursor->rows.last_id);
    return give(call, make_tuple(vm, &id, 1));
}

static bool result_returns_rows(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(result_self(vm, self)->cursor->rows.returns_rows));
}

static bool result_is_closed(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(result_self(vm, self)->cursor->closed));
}

static const NativeRow result_methods[] = {
    { "all(self)", result_all, "All rows." },
    { "fetchall(self)", result_all, "All rows." },
    { "fetchmany(self, size=None)", result_fetchmany, "Some rows." },
    { "fetchone(self)", result_fetchone, "The next row, or None." },
    { "first(self)", result_first, "The first row, or None." },
    { "one(self)", result_one, "The only row." },
    { "one_or_none(self)", result_one_or_none, "The only row, or None." },
    { "scalar(self)", result_scalar, "The first column of the first row." },
    { "scalar_one(self)", result_scalar_one, "The first column of the only row." },
    { "scalar_one_or_none(self)", result_scalar_one_or_none,
      "The first column of the only row, or None." },
    { "scalars(self, index=0)", result_scalars, "One column of each row." },
    { "mappings(self)", result_mappings, "Rows as mappings." },
    { "columns(self, *expressions)", result_columns, "Rows of some columns." },
    { "tuples(self)", result_enter, "The result itself." },
    { "unique(self, strategy=None)", result_unique, "Each row once." },
    { "yield_per(self, num)", result_yield_per, "How many rows a fetchmany() gives." },
    { "partitions(self, size=None)", result_partitions, "Lists of rows." },
    { "keys(self)", result_keys, "The columns' names." },
    { "close(self)", result_close, "Close." },
    { "__iter__(self)", result_iter, "The rows." },
    { "__next__(self)", result_step, "The next row." },
    { "__enter__(self)", result_enter, "The result itself." },
    { "__exit__(self, *args)", result_exit, "Closes." },
};
static const NativeRow result_getters[] = {
    { "rowcount(self)", result_rowcount, "How many rows were changed." },
    { "lastrowid(self)", result_lastrowid, "The id of the row inserted last." },
    { "inserted_primary_key(self)", result_primary_key, "The id of the row inserted last." },
    { "returns_rows(self)", result_returns_rows, "Whether there are rows." },
    { "closed(self)", result_is_closed, "Whether it is closed." },
};

const NativeClass result_class = {
    .name = "CursorResult",
    .module = "sqlalchemy.engine.cursor",
    .size = sizeof(ResultObj),
    .methods = result_methods,
    .method_count = sizeof result_methods / sizeof *result_methods,
    .getters = result_getters,
    .getter_count = sizeof result_getters / sizeof *result_getters,
    .mark = result_mark,
    .drop = result_drop,
    .doc = "What a statement gave.",
};
static const NativeRow partitions_methods[] = {
    { "__iter__(self)", result_enter, "The partitions." },
    { "__next__(self)", partitions_step, "The next rows." },
};

static const NativeClass partitions_class = {
    .name = "Partitions",
    .module = "sqlalchemy.engine.result",
    .base = &result_class,
    .size = sizeof(ResultObj),
    ROWS_OF(methods, method_count, partitions_methods),
    .mark = result_mark,
    .drop = result_drop,
    .doc = "The rows of a result, some at a time.",
};
const NativeClass scalar_result_class = {
    .name = "ScalarResult",
    .module = "sqlalchemy.engine.result",
    .base = &result_class,
    .size = sizeof(ResultObj),
    .mark = result_mark,
    .drop = result_drop,
    .doc = "One column of each row.",
};
const NativeClass mapping_result_class = {
    .name = "MappingResult",
    .module = "sqlalchemy.engine.result",
    .base = &result_class,
    .size = sizeof(ResultObj),
    .mark = result_mark,
    .drop = result_drop,
    .doc = "Rows as mappings.",
};

/* ---- making one ---- */

static Type *column_type(const Expr *expr)
{
    if (expr->kind == EXPR_COLUMN && expr->column && expr->column->type)
        return expr->column->type;
    return expr->type;
}

/* Types of the columns of a SELECT in order; what is no AS is called after its column. */
static void types_of(Cursor *cursor, const ExprVec *columns)
{
    size_t count = cursor->rows.column_count;
    if (!columns || columns->len == 0)
        return;
    ExprVec flat = exprs_flat(cursor->arena, columns);
    for (size_t i = 0; i < flat.len && flat.len == count; i++) {
        const Expr *expr = flat.items[i];
        cursor->types[i] = column_type(expr);
        bool unary = expr->kind == EXPR_UNARY || expr->kind == EXPR_AS_BOOLEAN;
        bool bare = unary && expr->args.items[0]->kind == EXPR_COLUMN &&
                    str_find(cursor->rows.columns[i].name, STR("__"), 0) < 0;
        if (bare)
            cursor->rows.columns[i].name = expr->args.items[0]->name.text;
        if (expr->kind == EXPR_LITERAL_COLUMN)
            cursor->rows.columns[i].name = expr->text;
    }
}

bool result_new(Vm *vm, DbResult *rows, Arena *arena, const ExprVec *columns, Value *v)
{
    Cursor *cursor = ARENA_NEW(arena, Cursor);
    cursor->arena = arena;
    cursor->rows = *rows;
    cursor->users = 1;
    cursor->vm = vm;
    cursor->charged = arena_held(arena);
    heap_charge(vm, cursor->charged);
    cursor->types = ARENA_ARRAY(arena, Type *, rows->column_count + 1);
    types_of(cursor, columns);
    *v = vm_new_native(vm, vm_class(vm, &result_class), &result_class);
    ResultObj *result = result_self(vm, *v);
    result->cursor = cursor;
    result->keys = keys_new(rows->columns, rows->column_count);
    result->keys->strict = columns && columns->len > 0;
    result->seen = result->strategy = VALUE_NONE;
    return true;
}
