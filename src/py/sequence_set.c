/* SPDX-License-Identifier: MIT */
/* Assigning to and deleting items and slices of list and bytearray. */
#include "py/sequence.h"

#include "py/obj_number.h"
#include "py/state.h"

/* Replaces [from, to) by the items; the list may have changed its length since. */
static void list_splice(Vm *vm, ListObj *list, size_t from, size_t to, const Value *items,
                        size_t count)
{
    if (to > list->len)
        to = list->len;
    if (from > to)
        from = to;
    size_t after = list->len - to;
    list_reserve(vm, list, from + count + after);
    if (after)
        memmove(list->items + from + count, list->items + to, after * sizeof(Value));
    if (count)
        memcpy(list->items + from, items, count * sizeof(Value));
    list->len = from + count + after;
}

static bool list_set_slice(Vm *vm, ListObj *list, SliceObj *slice, Value source)
{
    Value copy;
    int64_t start, stop, step;
    size_t count;
    if (!vm_to_list(vm, source, &copy)) {
        if (!vm_raised(vm, "TypeError"))
            return false;
        vm_catch(vm);
        return vm_raise(vm, "TypeError", "can only assign an iterable");
    }
    vm_push(vm, copy);
    bool ok = slice_bounds(vm, slice, list->len, &start, &stop, &step, &count);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    const ListObj *items = as_list(copy);
    if (step == 1) {
        list_splice(vm, list, (size_t)start, (size_t)start + count, items->items, items->len);
        return true;
    }
    if (items->len != count)
        return vm_raise(vm, "ValueError",
                        "attempt to assign sequence of size %zu to extended slice of size %zu",
                        items->len, count);
    for (size_t i = 0; i < count; i++)
        list->items[start + (int64_t)i * step] = items->items[i];
    return true;
}

static bool list_delete_slice(Vm *vm, ListObj *list, SliceObj *slice)
{
    int64_t start, stop, step;
    size_t count;
    if (!slice_bounds(vm, slice, list->len, &start, &stop, &step, &count))
        return false;
    if (step < 0 && count) {
        start += (int64_t)(count - 1) * step;
        step = -step;
    }
    if (step == 1 || count == 0) {
        list_cut(vm, list, (size_t)start, (size_t)start + count);
        return true;
    }
    size_t kept = (size_t)start, next = 0;
    for (size_t i = (size_t)start; i < list->len; i++) {
        if (next < count && i == (size_t)start + next * (size_t)step)
            next++;
        else
            list->items[kept++] = list->items[i];
    }
    list->len = kept;
    return true;
}

/* Owned memory, so that bytes can be changed in place. */
static char *bytearray_own(Vm *vm, BytesObj *b)
{
    if (!b->grown)
        bytearray_append(vm, b, STR(""));
    return b->grown;
}

static bool bytearray_set(Vm *vm, BytesObj *b, size_t at, Value item)
{
    int64_t byte;
    if (!is_int(item))
        return vm_raise(vm, "TypeError", "'%s' object cannot be interpreted as an integer",
                        type_name(vm, item));
    if (!int_small(item, &byte) || byte < 0 || byte > 255)
        return vm_raise(vm, "ValueError", "byte must be in range(0, 256)");
    bytearray_own(vm, b)[at] = (char)byte;
    return true;
}

static bool bytearray_splice(Vm *vm, BytesObj *b, SliceObj *slice, Value source)
{
    int64_t start, stop, step;
    size_t count;
    Str data;
    if (!to_bytes(vm, source, &data) ||
        !slice_bounds(vm, slice, b->len, &start, &stop, &step, &count))
        return false;
    if (step != 1)
        return vm_raise(vm, "NotImplementedError",
                        "limbeck does not assign to extended slices of a bytearray");
    Buf text = { 0 };
    buf_put(&text, str_slice(bytes_text(b), 0, (size_t)start));
    buf_put(&text, data);
    buf_put(&text, str_from_offset(bytes_text(b), (size_t)start + count));
    b->len = 0;
    bytearray_append(vm, b, buf_str(&text));
    buf_free(&text);
    return true;
}

/* An int index, checked; *done is false when the container is not changeable. */
static bool to_assigned(Vm *vm, Value container, Value key, const char *what, size_t *at)
{
    bool list = value_is(container, OBJ_LIST);
    int64_t index, length;
    if (!is_int(key) && !value_given(special_find(vm, key, SYM(vm, __index__))))
        return vm_raise(vm, "TypeError", "%s indices must be integers or slices, not %s",
                        list ? "list" : "bytearray", type_name(vm, key));
    if (!to_int(vm, key, &index)) {
        if (!vm_raised(vm, "OverflowError"))
            return false;
        vm_catch(vm);
        return vm_raise(vm, "IndexError", "cannot fit 'int' into an index-sized integer");
    }
    operator_length(container, &length);
    if (index < 0)
        index += length;
    if (index < 0 || index >= length)
        return vm_raise(vm, "IndexError", "%s%s out of range", list ? "list " : "bytearray ", what);
    *at = (size_t)index;
    return true;
}

bool sequence_setitem(Vm *vm, Value container, Value key, Value item, bool *done)
{
    bool list = value_is(container, OBJ_LIST);
    *done = list || is_bytearray(vm, container);
    if (!*done)
        return true;
    if (value_is(key, OBJ_SLICE))
        return list ? list_set_slice(vm, as_list(container), as_slice(key), item)
                    : bytearray_splice(vm, as_bytes(container), as_slice(key), item);
    size_t at;
    if (!to_assigned(vm, container, key, list ? "assignment index" : "index", &at))
        return false;
    if (!list)
        return bytearray_set(vm, as_bytes(container), at, item);
    as_list(container)->items[at] = item;
    return true;
}

bool sequence_delitem(Vm *vm, Value container, Value key, bool *done)
{
    bool list = value_is(container, OBJ_LIST);
    *done = list || is_bytearray(vm, container);
    if (!*done)
        return true;
    if (value_is(key, OBJ_SLICE))
        return list ? list_delete_slice(vm, as_list(container), as_slice(key))
                    : bytearray_splice(vm, as_bytes(container), as_slice(key),
                                       make_bytes(vm, STR("")));
    size_t at;
    if (!to_assigned(vm, container, key, list ? "assignment index" : "index", &at))
        return false;
    if (list) {
        list_cut(vm, as_list(container), at, at + 1);
        return true;
    }
    char *data = bytearray_own(vm, as_bytes(container));
    memmove(data + at, data + at + 1, as_bytes(container)->len - at);
    as_bytes(container)->len--;
    return true;
}
