/* SPDX-License-Identifier: MIT */
#include "py/sequence.h"

#include <math.h>

#include "py/format.h"
#include "py/frame.h"
#include "py/number.h"
#include "py/obj_number.h"
#include "py/state.h"
#include "py/vm_ops.h"

bool sequence_is(Value v)
{
    return value_is(v, OBJ_STR) || value_is(v, OBJ_BYTES) || value_is(v, OBJ_LIST) ||
           value_is(v, OBJ_TUPLE);
}

static bool not_implemented(Value *result)
{
    *result = (Value){ .tag = TAG_NOT_IMPLEMENTED };
    return true;
}

bool is_bytearray(Vm *vm, Value v)
{
    return value_is(v, OBJ_BYTES) && class_is(v.object->cls, builtin_class(vm, CLASS_BYTEARRAY));
}

void bytearray_append(Vm *vm, BytesObj *b, Str data)
{
    size_t wanted = b->len + data.len + 1;
    if (!b->grown || wanted > b->cap) {
        size_t cap = wanted < 32 ? 32 : wanted * 2;
        bool first = !b->grown;
        b->grown = heap_resize(vm, b->grown, b->cap, cap);
        b->cap = cap;
        if (first && b->len)
            memcpy(b->grown, b->data, b->len);
    }
    if (data.len)
        memmove(b->grown + b->len, data.ptr, data.len);
    b->len += data.len;
    b->grown[b->len] = '\0';
}

/* ---- code points ---- */

size_t str_offset(StrObj *s, size_t index)
{
    if (str_is_ascii(s))
        return index < s->len ? index : s->len;
    if (index >= s->count)
        return s->len;
    size_t at = 0;
    if (index > s->count / 2) {
        at = s->len;
        for (size_t left = s->count - index; left > 0; left--)
            do
                at--;
            while ((s->text[at] & 0xC0) == 0x80);
        return at;
    }
    while (index-- > 0)
        do
            at++;
        while ((s->text[at] & 0xC0) == 0x80);
    return at;
}

/* As str_offset, from where the text was last looked at: walking along it costs a step each. */
static size_t str_offset_near(Vm *vm, StrObj *s, size_t index)
{
    if (str_is_ascii(s) || s->len < 64 || index >= s->count)
        return str_offset(s, index);
    size_t at = vm->place_offset, from = vm->place_index;
    if (vm->place_of != s || (from > index ? from - index : index - from) > index)
        at = str_offset(s, from = index);
    for (; from < index; from++)
        do
            at++;
        while ((s->text[at] & 0xC0) == 0x80);
    for (; from > index; from--)
        do
            at--;
        while ((s->text[at] & 0xC0) == 0x80);
    vm->place_of = s;
    vm->place_index = index;
    vm->place_offset = at;
    return at;
}

size_t str_index_at(StrObj *s, size_t offset)
{
    return str_is_ascii(s) ? offset : utf8_count((Str){ s->text, offset });
}

Value str_part(Vm *vm, StrObj *s, size_t from, size_t to)
{
    size_t begin = str_offset_near(vm, s, from), end = str_offset_near(vm, s, to);
    if (begin == 0 && end == s->len && s->head.cls == builtin_class(vm, CLASS_STR))
        return value_object(s);
    return make_str(vm, str_slice(str_text(s), begin, end));
}

static bool is_indexable(Vm *vm, Value v)
{
    return is_int(v) || value_given(special_find(vm, v, SYM(vm, __index__)));
}

/* An index that may be negative and may lie outside; *index is then len. */
static bool to_place(Vm *vm, Value key, size_t len, size_t *index)
{
    int64_t at;
    if (!to_int(vm, key, &at)) {
        if (!vm_raised(vm, "OverflowError"))
            return false;
        vm_catch(vm);
        return vm_raise(vm, "IndexError", "cannot fit 'int' into an index-sized integer");
    }
    if (at < 0)
        at += (int64_t)len;
    *index = at < 0 || at >= (int64_t)len ? len : (size_t)at;
    return true;
}

static bool to_bound(Vm *vm, Value v, size_t len, size_t fallback, size_t *bound)
{
    *bound = fallback;
    if (!value_given(v) || value_is_none(v))
        return true;
    if (!is_indexable(vm, v))
        return vm_raise(vm, "TypeError",
                        "slice indices must be integers or None or have an "
                        "__index__ method");
    int64_t at;
    if (!to_int(vm, v, &at)) {
        if (!vm_raised(vm, "OverflowError"))
            return false;
        vm_catch(vm);
        at = int_sign(v) < 0 ? INT64_MIN / 2 : INT64_MAX;
    }
    if (at < 0)
        at = at + (int64_t)len < 0 ? 0 : at + (int64_t)len;
    *bound = (size_t)at;
    return true;
}

bool to_bounds(Vm *vm, Value start, Value stop, size_t len, size_t *from, size_t *to)
{
    if (!to_bound(vm, start, len, 0, from) || !to_bound(vm, stop, len, len, to))
        return false;
    if (*to > len)
        *to = len;
    return true;
}

/* ---- + and * ---- */

static bool list_concat(Vm *vm, ListObj *a, ListObj *b, Value *result)
{
    if (!heap_may_make(vm, (a->len + b->len) * sizeof(Value)))
        return false;
    ListObj *list = list_new(vm, a->len + b->len);
    if (a->len)
        memcpy(list->items, a->items, a->len * sizeof(Value));
    if (b->len)
        memcpy(list->items + a->len, b->items, b->len * sizeof(Value));
    *result = value_object(list);
    return true;
}

static bool tuple_concat(Vm *vm, TupleObj *a, TupleObj *b, Value *result)
{
    if (!heap_may_make(vm, (a->len + b->len) * sizeof(Value)))
        return false;
    TupleObj *tuple = tuple_new(vm, a->len + b->len);
    memcpy(tuple->items, a->items, a->len * sizeof(Value));
    memcpy(tuple->items + a->len, b->items, b->len * sizeof(Value));
    *result = value_object(tuple);
    return true;
}

static bool bytes_concat(Vm *vm, Value a, Value b, Value *result)
{
    Str x = bytes_text(as_bytes(a)), y = bytes_text(as_bytes(b));
    if (!heap_may_make(vm, x.len + y.len))
        return false;
    Class *cls = builtin_class(vm, is_bytearray(vm, a) ? CLASS_BYTEARRAY : CLASS_BYTES);
    BytesObj *made = bytes_new_of(vm, cls, (Str){ NULL, 0 });
    if (cls == builtin_class(vm, CLASS_BYTES)) {
        made = bytes_new(vm, x.len + y.len);
        memcpy(made->data, x.ptr, x.len);
        memcpy(made->data + x.len, y.ptr, y.len);
    } else {
        bytearray_append(vm, made, x);
        bytearray_append(vm, made, y);
    }
    *result = value_object(made);
    return true;
}

static bool concat(Vm *vm, Value a, Value b, Value *result)
{
    if (a.tag != TAG_OBJECT || b.tag != TAG_OBJECT || a.object->kind != b.object->kind)
        return not_implemented(result);
    switch ((int)a.object->kind) {
    case OBJ_STR:
        return str_concat_obj(vm, as_str(a), as_str(b), result);
    case OBJ_BYTES:
        return bytes_concat(vm, a, b, result);
    case OBJ_LIST:
        return list_concat(vm, as_list(a), as_list(b), result);
    case OBJ_TUPLE:
        return tuple_concat(vm, as_tuple(a), as_tuple(b), result);
    default:
        return not_implemented(result);
    }
}

static void repeat_bytes(char *to, Str data, size_t times)
{
    for (size_t i = 0; i < times; i++)
        memcpy(to + i * data.len, data.ptr, data.len);
}

static Value repeat_text(Vm *vm, Value a, size_t times)
{
    Str data = value_is(a, OBJ_STR) ? str_text(as_str(a)) : bytes_text(as_bytes(a));
    if (value_is(a, OBJ_STR)) {
        StrObj *s = str_new(vm, data.len * times);
        repeat_bytes(s->text, data, times);
        return value_object(s);
    }
    if (is_bytearray(vm, a)) {
        BytesObj *array = bytes_new_of(vm, builtin_class(vm, CLASS_BYTEARRAY), STR(""));
        for (size_t i = 0; i < times; i++)
            bytearray_append(vm, array, data);
        return value_object(array);
    }
    BytesObj *b = bytes_new(vm, data.len * times);
    repeat_bytes(b->data, data, times);
    return value_object(b);
}

static Value repeat_items(Vm *vm, Value a, size_t times)
{
    const Value *items;
    size_t count;
    items_of(a, &items, &count);
    Value made = value_is(a, OBJ_LIST) ? value_object(list_new(vm, count * times))
                                       : value_object(tuple_new(vm, count * times));
    Value *to = value_is(a, OBJ_LIST) ? as_list(made)->items : as_tuple(made)->items;
    for (size_t i = 0; i < times && count; i++)
        memcpy(to + i * count, items, count * sizeof(Value));
    return made;
}

/* Checks the size that `times` copies make; *times is at least 0. */
static bool to_times(Vm *vm, Value a, Value b, size_t *times)
{
    int64_t number;
    if (!to_int(vm, b, &number)) {
        if (!vm_raised(vm, "OverflowError"))
            return false;
        vm_catch(vm);
        return vm_raise(vm, "OverflowError", "cannot fit 'int' into an index-sized integer");
    }
    *times = number < 0 ? 0 : (size_t)number;
    size_t unit = value_is(a, OBJ_STR)     ? as_str(a)->len
                  : value_is(a, OBJ_BYTES) ? as_bytes(a)->len
                  : value_is(a, OBJ_LIST)  ? as_list(a)->len * sizeof(Value)
                                           : as_tuple(a)->len * sizeof(Value);
    size_t total;
    if (__builtin_mul_overflow(unit, *times, &total))
        total = PTRDIFF_MAX;
    return heap_may_make(vm, total);
}

static bool repeat(Vm *vm, Value a, Value b, Value *result)
{
    if (!sequence_is(a)) {
        Value swap = a;
        a = b;
        b = swap;
    }
    if (!sequence_is(a) || !is_indexable(vm, b))
        return not_implemented(result);
    size_t times;
    if (!to_times(vm, a, b, &times))
        return false;
    if (times == 1 && value_is(a, OBJ_STR) && a.object->cls == builtin_class(vm, CLASS_STR))
        *result = a;
    else
        *result = value_is(a, OBJ_STR) || value_is(a, OBJ_BYTES) ? repeat_text(vm, a, times)
                                                                 : repeat_items(vm, a, times);
    return true;
}

bool sequence_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    return op == BINARY_ADD ? concat(vm, a, b, result) : repeat(vm, a, b, result);
}

bool list_extend(Vm *vm, ListObj *list, Value iterable)
{
    return op_list_extend(vm, list, iterable);
}

static bool bytearray_extend(Vm *vm, Value a, Value b, Value *result)
{
    if (!value_is(b, OBJ_BYTES))
        return not_implemented(result);
    Str data = bytes_text(as_bytes(b));
    if (!heap_may_make(vm, as_bytes(a)->len + data.len))
        return false;
    bytearray_append(vm, as_bytes(a), data);
    *result = a;
    return true;
}

bool sequence_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (value_is(a, OBJ_BYTES))
        return op == BINARY_ADD && is_bytearray(vm, a) ? bytearray_extend(vm, a, b, result)
                                                       : not_implemented(result);
    if (op == BINARY_ADD) {
        *result = a;
        return list_extend(vm, as_list(a), b);
    }
    if (op != BINARY_MULTIPLY || !is_indexable(vm, b))
        return not_implemented(result);
    size_t times, count = as_list(a)->len;
    if (!to_times(vm, a, b, &times))
        return false;
    list_reserve(vm, as_list(a), count * times);
    for (size_t i = 1; i < times && count; i++)
        memcpy(as_list(a)->items + i * count, as_list(a)->items, count * sizeof(Value));
    as_list(a)->len = count * times;
    *result = a;
    return true;
}

/* ---- comparing ---- */

static bool order_is(CompareOp op, int order)
{
    switch (op) {
    case COMPARE_LT:
        return order < 0;
    case COMPARE_LE:
        return order <= 0;
    case COMPARE_EQ:
        return order == 0;
    case COMPARE_NE:
        return order != 0;
    case COMPARE_GT:
        return order > 0;
    case COMPARE_GE:
        return order >= 0;
    }
    return false;
}

/* The first place where the items differ; the shorter length when none does. May run scripts. */
static bool first_difference(Vm *vm, Value a, Value b, size_t *at)
{
    const Value *x, *y;
    size_t x_count, y_count;
    for (*at = 0;; (*at)++) {
        items_of(a, &x, &x_count);
        items_of(b, &y, &y_count);
        if (*at >= x_count || *at >= y_count)
            return true;
        if (value_same(x[*at], y[*at]))
            continue;
        bool equal;
        if (!value_eq(vm, x[*at], y[*at], &equal))
            return false;
        if (!equal)
            return true;
    }
}

static bool compare_items(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    const Value *x, *y;
    size_t x_count, y_count, at;
    items_of(a, &x, &x_count);
    items_of(b, &y, &y_count);
    if (x_count != y_count && (op == COMPARE_EQ || op == COMPARE_NE)) {
        *result = value_bool(op == COMPARE_NE);
        return true;
    }
    if (!c_enter(vm))
        return false;
    bool ok = first_difference(vm, a, b, &at);
    c_leave(vm);
    if (!ok)
        return false;
    items_of(a, &x, &x_count);
    items_of(b, &y, &y_count);
    if (at >= x_count || at >= y_count) {
        *result = value_bool(order_is(op, (x_count > y_count) - (x_count < y_count)));
        return true;
    }
    bool is = op == COMPARE_NE;
    if (op != COMPARE_EQ && op != COMPARE_NE &&
        !value_compare(vm, compare_symbol(op), x[at], y[at], &is))
        return false;
    *result = value_bool(is);
    return true;
}

static bool ranges_equal(const RangeObj *a, const RangeObj *b)
{
    if (a->len != b->len)
        return false;
    return a->len == 0 || (a->start == b->start && (a->len == 1 || a->step == b->step));
}

static bool slices_compare(Vm *vm, CompareOp op, SliceObj *a, SliceObj *b, Value *result)
{
    Value x[] = { a->start, a->stop, a->step }, y[] = { b->start, b->stop, b->step };
    return compare_items(vm, op, make_tuple(vm, x, 3), make_tuple(vm, y, 3), result);
}

bool sequence_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (a.object->kind != b.object->kind)
        return not_implemented(result);
    bool equality = op == COMPARE_EQ || op == COMPARE_NE;
    switch ((int)a.object->kind) {
    case OBJ_STR:
        if (equality)
            *result = value_bool(str_obj_eq(as_str(a), as_str(b)) == (op == COMPARE_EQ));
        else
            *result = value_bool(order_is(op, str_cmp(str_text(as_str(a)), str_text(as_str(b)))));
        return true;
    case OBJ_BYTES:
        *result =
            value_bool(order_is(op, str_cmp(bytes_text(as_bytes(a)), bytes_text(as_bytes(b)))));
        return true;
    case OBJ_LIST:
    case OBJ_TUPLE:
        return compare_items(vm, op, a, b, result);
    case OBJ_RANGE:
        if (!equality)
            return not_implemented(result);
        *result = value_bool(ranges_equal(as_range(a), as_range(b)) == (op == COMPARE_EQ));
        return true;
    case OBJ_SLICE:
        return slices_compare(vm, op, as_slice(a), as_slice(b), result);
    default:
        return not_implemented(result);
    }
}

/* ---- in ---- */

bool sequence_index(Vm *vm, Value sequence, Value item, size_t from, size_t to, int64_t *at)
{
    const Value *items;
    size_t count;
    *at = -1;
    for (size_t i = from; i < to; i++) {
        items_of(sequence, &items, &count);
        if (i >= count)
            break;
        bool equal = value_same(items[i], item);
        if (!equal && !value_eq(vm, items[i], item, &equal))
            return false;
        if (equal) {
            *at = (int64_t)i;
            break;
        }
    }
    return true;
}

bool range_find(const RangeObj *range, int64_t number, int64_t *at)
{
    if (range->len == 0)
        return false;
    int64_t last = range->start + (range->len - 1) * range->step;
    int64_t low = range->step > 0 ? range->start : last;
    int64_t high = range->step > 0 ? last : range->start;
    if (number < low || number > high)
        return false;
    uint64_t from = (uint64_t)range->start, to = (uint64_t)number;
    uint64_t distance = range->step > 0 ? to - from : from - to;
    uint64_t step = range->step > 0 ? (uint64_t)range->step : 0 - (uint64_t)range->step;
    *at = (int64_t)(distance / step);
    return distance % step == 0;
}

static bool bytes_contains(Vm *vm, Str data, Value item, Value *result)
{
    if (value_is(item, OBJ_BYTES)) {
        *result = value_bool(str_find(data, bytes_text(as_bytes(item)), 0) >= 0);
        return true;
    }
    int64_t byte;
    if (!is_int(item))
        return vm_raise(vm, "TypeError", "a bytes-like object is required, not '%s'",
                        type_name(vm, item));
    if (!int_small(item, &byte) || byte < 0 || byte > 255)
        return vm_raise(vm, "ValueError", "byte must be in range(0, 256)");
    *result = value_bool(str_find_char(data, (char)byte, 0) >= 0);
    return true;
}

static bool range_contains(const RangeObj *range, Value item)
{
    int64_t number, at;
    double real;
    if (float_real(item, &real)) {
        if (real != floor(real) || fabs(real) > 9e18)
            return false;
        item = value_int((int64_t)real);
    }
    return int_small(item, &number) && range_find(range, number, &at);
}

bool sequence_contains(Vm *vm, Value container, Value item, Value *result)
{
    int64_t at;
    switch ((int)container.object->kind) {
    case OBJ_STR:
        if (!value_is(item, OBJ_STR))
            return vm_raise(vm, "TypeError",
                            "'in <string>' requires string as left operand, not %s",
                            type_name(vm, item));
        *result = value_bool(str_find(str_text(as_str(container)), str_text(as_str(item)), 0) >= 0);
        return true;
    case OBJ_BYTES:
        return bytes_contains(vm, bytes_text(as_bytes(container)), item, result);
    case OBJ_LIST:
    case OBJ_TUPLE:
        if (!sequence_index(vm, container, item, 0, SIZE_MAX, &at))
            return false;
        *result = value_bool(at >= 0);
        return true;
    case OBJ_RANGE:
        *result = value_bool(range_contains(as_range(container), item));
        return true;
    default:
        return not_implemented(result);
    }
}

/* ---- [] ---- */

static Value str_stepped(Vm *vm, StrObj *s, int64_t start, int64_t step, size_t count)
{
    Buf out = { 0 };
    int64_t at = start;
    for (size_t i = 0; i < count; i++, at += step) {
        size_t begin = str_offset_near(vm, s, (size_t)at), end = begin;
        utf8_next(str_text(s), &end);
        buf_put(&out, str_slice(str_text(s), begin, end));
    }
    Value made = make_str(vm, buf_str(&out));
    buf_free(&out);
    return made;
}

static Value bytes_stepped(Vm *vm, Value source, int64_t start, int64_t step, size_t count)
{
    Str data = bytes_text(as_bytes(source));
    Buf out = { 0 };
    for (size_t i = 0; i < count; i++)
        buf_putc(&out, data.ptr[start + (int64_t)i * step]);
    Class *cls = builtin_class(vm, is_bytearray(vm, source) ? CLASS_BYTEARRAY : CLASS_BYTES);
    Value made = value_object(bytes_new_of(vm, cls, buf_str(&out)));
    buf_free(&out);
    return made;
}

static Value range_part(Vm *vm, const RangeObj *range, int64_t start, int64_t stop, int64_t step)
{
    return value_object(range_new(vm, range->start + start * range->step,
                                  range->start + stop * range->step, range->step * step));
}

static bool slice_of(Vm *vm, Value container, SliceObj *slice, Value *result)
{
    int64_t length, start, stop, step;
    size_t count;
    operator_length(container, &length);
    if (!slice_bounds(vm, slice, (size_t)length, &start, &stop, &step, &count))
        return false;
    operator_length(container, &length);
    if (value_is(container, OBJ_STR)) {
        *result = step == 1 ? str_part(vm, as_str(container), (size_t)start, (size_t)start + count)
                            : str_stepped(vm, as_str(container), start, step, count);
        return true;
    }
    if (value_is(container, OBJ_BYTES)) {
        *result = bytes_stepped(vm, container, start, step, count);
        return true;
    }
    if (value_is(container, OBJ_RANGE)) {
        *result = range_part(vm, as_range(container), start, stop, step);
        return true;
    }
    const Value *items;
    size_t unused;
    items_of(container, &items, &unused);
    *result = value_is(container, OBJ_LIST) ? value_object(list_new(vm, count))
                                            : value_object(tuple_new(vm, count));
    Value *to = value_is(container, OBJ_LIST) ? as_list(*result)->items : as_tuple(*result)->items;
    for (size_t i = 0; i < count; i++)
        to[i] = items[start + (int64_t)i * step];
    return true;
}

static bool item_at(Vm *vm, Value container, size_t at, Value *result)
{
    switch ((int)container.object->kind) {
    case OBJ_STR:
        *result = str_part(vm, as_str(container), at, at + 1);
        break;
    case OBJ_BYTES:
        *result = value_int((unsigned char)bytes_text(as_bytes(container)).ptr[at]);
        break;
    case OBJ_LIST:
        *result = as_list(container)->items[at];
        break;
    case OBJ_TUPLE:
        *result = as_tuple(container)->items[at];
        break;
    default:
        *result = value_int(as_range(container)->start + (int64_t)at * as_range(container)->step);
        break;
    }
    return true;
}

/* How messages call the kind: "list index out of range". */
static const char *index_name(Value container)
{
    switch ((int)container.object->kind) {
    case OBJ_STR:
        return "string ";
    case OBJ_LIST:
        return "list ";
    case OBJ_TUPLE:
        return "tuple ";
    case OBJ_RANGE:
        return "range object ";
    default:
        return "";
    }
}

static bool bad_index(Vm *vm, Value container, Value key)
{
    if (value_is(container, OBJ_STR))
        return vm_raise(vm, "TypeError", "string indices must be integers, not '%s'",
                        type_name(vm, key));
    const char *name = value_is(container, OBJ_LIST)    ? "list"
                       : value_is(container, OBJ_TUPLE) ? "tuple"
                       : value_is(container, OBJ_RANGE) ? "range"
                       : is_bytearray(vm, container)    ? "bytearray"
                                                        : "byte";
    return vm_raise(vm, "TypeError", "%s indices must be integers or slices, not %s", name,
                    type_name(vm, key));
}

bool sequence_getitem(Vm *vm, Value container, Value key, Value *result)
{
    int64_t length;
    operator_length(container, &length);
    if (length < 0 || value_is(container, OBJ_SET))
        return not_implemented(result);
    if (value_is(key, OBJ_SLICE))
        return slice_of(vm, container, as_slice(key), result);
    if (!is_indexable(vm, key))
        return bad_index(vm, container, key);
    size_t at = 0;
    if (!to_place(vm, key, (size_t)length, &at))
        return false;
    operator_length(container, &length);
    if (at >= (size_t)length)
        return vm_raise(vm, "IndexError", "%sindex out of range", index_name(container));
    return item_at(vm, container, at, result);
}

/* ---- % ---- */

bool sequence_percent(Vm *vm, Value format, Value arguments, Value *result)
{
    bool bytes = value_is(format, OBJ_BYTES);
    Str template = bytes ? bytes_text(as_bytes(format)) : str_text(as_str(format));
    Buf out = { 0 };
    bool ok = format_percent(vm, template, arguments, bytes, &out);
    if (ok)
        *result = bytes ? make_bytes(vm, buf_str(&out)) : make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}
