/* SPDX-License-Identifier: MIT */
/* bytes and bytearray: searching, splitting, cutting, joining. */
#include "py/type_bytes.h"

#include "py/dunders.h"
#include "py/obj_number.h"
#include "py/sequence.h"
#include "py/state.h"

Str self_data(Call *call)
{
    return bytes_text(as_bytes(call->args[0]));
}

Value bytes_like(Vm *vm, Value self, Str data)
{
    Class *cls = builtin_class(vm, is_bytearray(vm, self) ? CLASS_BYTEARRAY : CLASS_BYTES);
    return value_object(bytes_new_of(vm, cls, data));
}

bool to_data(Vm *vm, Value v, Str *data)
{
    if (!value_is(v, OBJ_BYTES))
        return vm_raise(vm, "TypeError", "a bytes-like object is required, not '%s'",
                        type_name(vm, v));
    *data = bytes_text(as_bytes(v));
    return true;
}

/* What find and its kin look for: bytes or one byte as an int. */
static bool to_needle(Vm *vm, Value v, char *byte, Str *needle)
{
    int64_t number;
    if (value_is(v, OBJ_BYTES)) {
        *needle = bytes_text(as_bytes(v));
        return true;
    }
    if (!is_int(v))
        return vm_raise(vm, "TypeError",
                        "argument should be integer or bytes-like object, not '%s'",
                        type_name(vm, v));
    if (!int_small(v, &number) || number < 0 || number > 255)
        return vm_raise(vm, "ValueError", "byte must be in range(0, 256)");
    *byte = (char)number;
    *needle = (Str){ byte, 1 };
    return true;
}

static ptrdiff_t find_last(Str data, Str needle)
{
    if (needle.len > data.len)
        return -1;
    for (size_t at = data.len - needle.len + 1; at > 0; at--)
        if (memcmp(data.ptr + at - 1, needle.ptr, needle.len) == 0)
            return (ptrdiff_t)at - 1;
    return -1;
}

static bool search(Vm *vm, Call *call, bool last, int64_t *index)
{
    char byte;
    Str needle, data = self_data(call);
    size_t from, to;
    if (!to_needle(vm, call->args[1], &byte, &needle) ||
        !to_bounds(vm, call->args[2], call->args[3], data.len, &from, &to))
        return false;
    *index = -1;
    if (from > to)
        return true;
    Str part = str_slice(data, from, to);
    ptrdiff_t at = last ? find_last(part, needle) : str_find(part, needle, 0);
    *index = at < 0 ? -1 : at + (ptrdiff_t)from;
    return true;
}

bool bytes_find(Vm *vm, Call *call)
{
    int64_t index;
    return search(vm, call, false, &index) && give(call, value_int(index));
}

bool bytes_rfind(Vm *vm, Call *call)
{
    int64_t index;
    return search(vm, call, true, &index) && give(call, value_int(index));
}

bool bytes_index(Vm *vm, Call *call)
{
    int64_t index;
    if (!search(vm, call, false, &index))
        return false;
    return index >= 0 ? give(call, value_int(index))
                      : vm_raise(vm, "ValueError", "subsection not found");
}

bool bytes_rindex(Vm *vm, Call *call)
{
    int64_t index;
    if (!search(vm, call, true, &index))
        return false;
    return index >= 0 ? give(call, value_int(index))
                      : vm_raise(vm, "ValueError", "subsection not found");
}

bool bytes_count(Vm *vm, Call *call)
{
    char byte;
    Str needle, data = self_data(call);
    size_t from, to;
    if (!to_needle(vm, call->args[1], &byte, &needle) ||
        !to_bounds(vm, call->args[2], call->args[3], data.len, &from, &to))
        return false;
    if (from > to)
        return give(call, value_int(0));
    Str part = str_slice(data, from, to);
    int64_t count = needle.len == 0 ? (int64_t)part.len + 1 : 0;
    for (ptrdiff_t at = 0; needle.len && (at = str_find(part, needle, (size_t)at)) >= 0;
         at += (ptrdiff_t)needle.len)
        count++;
    return give(call, value_int(count));
}

static bool has_end(Vm *vm, Call *call, const char *name, bool at_start)
{
    Value wanted = call->args[1];
    Str data = self_data(call);
    size_t from, to;
    if (!to_bounds(vm, call->args[2], call->args[3], data.len, &from, &to))
        return false;
    Str part = str_slice(data, from, to);
    if (!is_bytes(wanted) && !is_tuple(wanted))
        return vm_raise(vm, "TypeError", "%s first arg must be bytes or a tuple of bytes, not %s",
                        name, type_name(vm, wanted));
    size_t count = is_tuple(wanted) ? tuple_len(wanted) : 1;
    for (size_t i = 0; i < count; i++) {
        Str end;
        if (!to_data(vm, is_tuple(wanted) ? tuple_get(wanted, i) : wanted, &end))
            return false;
        if (from <= to && (at_start ? str_starts(part, end) : str_ends(part, end)))
            return give(call, value_bool(true));
    }
    return give(call, value_bool(false));
}

bool bytes_startswith(Vm *vm, Call *call)
{
    return has_end(vm, call, "startswith", true);
}

bool bytes_endswith(Vm *vm, Call *call)
{
    return has_end(vm, call, "endswith", false);
}

/* ---- splitting ---- */

static void push_part(Vm *vm, Call *call, Str part)
{
    list_push(vm, as_list(call->result), bytes_like(vm, call->args[0], part));
}

static bool is_space(char c)
{
    return char_is_space(c);
}

static void split_words(Vm *vm, Call *call, Str data, int64_t most)
{
    for (int64_t done = 0;; done++) {
        data = str_trim_left(data);
        if (data.len == 0)
            return;
        size_t end = 0;
        while (end < data.len && !is_space(data.ptr[end]))
            end++;
        if (most >= 0 && done >= most)
            end = data.len;
        push_part(vm, call, str_slice(data, 0, end));
        data = str_from_offset(data, end);
    }
}

static void rsplit_words(Vm *vm, Call *call, Str data, int64_t most)
{
    for (int64_t done = 0;; done++) {
        data = str_trim_right(data);
        if (data.len == 0)
            return;
        size_t from = data.len;
        while (from > 0 && !is_space(data.ptr[from - 1]))
            from--;
        if (most >= 0 && done >= most)
            from = 0;
        push_part(vm, call, str_from_offset(data, from));
        data = str_slice(data, 0, from);
    }
}

static void split_at(Vm *vm, Call *call, Str data, Str sep, int64_t most)
{
    size_t at = 0;
    int64_t done = 0;
    for (ptrdiff_t next; (most < 0 || done < most) && (next = str_find(data, sep, at)) >= 0;
         done++) {
        push_part(vm, call, str_slice(data, at, (size_t)next));
        at = (size_t)next + sep.len;
    }
    push_part(vm, call, str_from_offset(data, at));
}

static void rsplit_at(Vm *vm, Call *call, Str data, Str sep, int64_t most)
{
    int64_t done = 0;
    for (ptrdiff_t next; (most < 0 || done < most) && (next = find_last(data, sep)) >= 0; done++) {
        push_part(vm, call, str_from_offset(data, (size_t)next + sep.len));
        data = str_slice(data, 0, (size_t)next);
    }
    push_part(vm, call, data);
}

static bool split(Vm *vm, Call *call, bool from_right)
{
    ARGS(call, self, sep, maxsplit);
    (void)self;
    Str separator = STR_NONE;
    int64_t most;
    if ((!value_is_none(sep) && !to_data(vm, sep, &separator)) || !to_size(vm, maxsplit, &most))
        return false;
    if (!value_is_none(sep) && separator.len == 0)
        return vm_raise(vm, "ValueError", "empty separator");
    call->result = make_list(vm, NULL, 0);
    if (value_is_none(sep))
        (from_right ? rsplit_words : split_words)(vm, call, self_data(call), most);
    else
        (from_right ? rsplit_at : split_at)(vm, call, self_data(call), separator, most);
    ListObj *list = as_list(call->result);
    for (size_t i = 0; from_right && i < list->len / 2; i++) {
        Value v = list->items[i];
        list->items[i] = list->items[list->len - 1 - i];
        list->items[list->len - 1 - i] = v;
    }
    return true;
}

bool bytes_split(Vm *vm, Call *call)
{
    return split(vm, call, false);
}

bool bytes_rsplit(Vm *vm, Call *call)
{
    return split(vm, call, true);
}

static bool partition(Vm *vm, Call *call, bool last)
{
    Value self = call->args[0];
    Str data = self_data(call), sep;
    if (!to_data(vm, call->args[1], &sep))
        return false;
    if (sep.len == 0)
        return vm_raise(vm, "ValueError", "empty separator");
    ptrdiff_t at = last ? find_last(data, sep) : str_find(data, sep, 0);
    Str parts[3] = { data, STR(""), STR("") };
    if (at >= 0) {
        parts[0] = str_slice(data, 0, (size_t)at);
        parts[1] = sep;
        parts[2] = str_from_offset(data, (size_t)at + sep.len);
    } else if (last) {
        parts[0] = STR("");
        parts[2] = data;
    }
    Value made[3];
    for (size_t i = 0; i < 3; i++)
        made[i] = bytes_like(vm, self, parts[i]);
    return give(call, make_tuple(vm, made, 3));
}

bool bytes_partition(Vm *vm, Call *call)
{
    return partition(vm, call, false);
}

bool bytes_rpartition(Vm *vm, Call *call)
{
    return partition(vm, call, true);
}

bool bytes_splitlines(Vm *vm, Call *call)
{
    bool keep;
    Str data = self_data(call);
    if (!to_truth(vm, call->args[1], &keep))
        return false;
    call->result = make_list(vm, NULL, 0);
    for (size_t from = 0, at = 0; at < data.len; from = at) {
        while (at < data.len && data.ptr[at] != '\n' && data.ptr[at] != '\r')
            at++;
        size_t end = at;
        if (at < data.len)
            at += data.ptr[at] == '\r' && at + 1 < data.len && data.ptr[at + 1] == '\n' ? 2 : 1;
        push_part(vm, call, str_slice(data, from, keep ? at : end));
    }
    return true;
}

bool bytes_join(Vm *vm, Call *call)
{
    Value list;
    if (!vm_to_list(vm, call->args[1], &list))
        return false;
    Buf out = { 0 };
    for (size_t i = 0; i < list_len(list); i++) {
        Value item = list_get(list, i);
        if (!value_is(item, OBJ_BYTES)) {
            buf_free(&out);
            return vm_raise(vm, "TypeError",
                            "sequence item %zu: expected a bytes-like object, %s found", i,
                            type_name(vm, item));
        }
        if (i)
            buf_put(&out, self_data(call));
        buf_put(&out, bytes_text(as_bytes(item)));
    }
    bool ok = heap_may_make(vm, out.len);
    if (ok)
        call->result = bytes_like(vm, call->args[0], buf_str(&out));
    buf_free(&out);
    return ok;
}

/* ---- cutting ---- */

static bool strip(Vm *vm, Call *call, bool left, bool right)
{
    Str data = self_data(call), chars = STR(" \t\n\r\x0b\f");
    if (!value_is_none(call->args[1]) && !to_data(vm, call->args[1], &chars))
        return false;
    while (left && data.len && str_find_char(chars, data.ptr[0], 0) >= 0)
        data = str_from_offset(data, 1);
    while (right && data.len && str_find_char(chars, data.ptr[data.len - 1], 0) >= 0)
        data.len--;
    return give(call, bytes_like(vm, call->args[0], data));
}

bool bytes_strip(Vm *vm, Call *call)
{
    return strip(vm, call, true, true);
}

bool bytes_lstrip(Vm *vm, Call *call)
{
    return strip(vm, call, true, false);
}

bool bytes_rstrip(Vm *vm, Call *call)
{
    return strip(vm, call, false, true);
}

bool bytes_removeprefix(Vm *vm, Call *call)
{
    Str data = self_data(call), cut;
    if (!to_data(vm, call->args[1], &cut))
        return false;
    data = str_starts(data, cut) ? str_from_offset(data, cut.len) : data;
    return give(call, bytes_like(vm, call->args[0], data));
}

bool bytes_removesuffix(Vm *vm, Call *call)
{
    Str data = self_data(call), cut;
    if (!to_data(vm, call->args[1], &cut))
        return false;
    if (str_ends(data, cut))
        data.len -= cut.len;
    return give(call, bytes_like(vm, call->args[0], data));
}

bool bytes_replace(Vm *vm, Call *call)
{
    Str data = self_data(call), old, fresh;
    int64_t most;
    if (!to_data(vm, call->args[1], &old) || !to_data(vm, call->args[2], &fresh) ||
        !to_size(vm, call->args[3], &most))
        return false;
    Buf out = { 0 };
    size_t at = 0;
    for (int64_t done = 0; most < 0 || done < most; done++) {
        ptrdiff_t next = str_find(data, old, at);
        if (next < 0 || (old.len == 0 && at > data.len))
            break;
        buf_put(&out, str_slice(data, at, (size_t)next));
        buf_put(&out, fresh);
        at = (size_t)next + old.len;
        if (old.len)
            continue;
        buf_put(&out, str_slice(data, at, at + 1));
        at++;
    }
    buf_put(&out, str_from_offset(data, at));
    bool ok = heap_may_make(vm, out.len);
    if (ok)
        call->result = bytes_like(vm, call->args[0], buf_str(&out));
    buf_free(&out);
    return ok;
}
