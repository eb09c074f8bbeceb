/* SPDX-License-Identifier: MIT */
/* str: splitting, cutting, joining. */
#include "py/type_str.h"

#include "py/dunders.h"
#include "py/sequence.h"
#include "py/state.h"
#include "py/text.h"

static bool to_separator(Vm *vm, Value sep, Str *separator)
{
    *separator = STR_NONE;
    if (value_is_none(sep))
        return true;
    if (!is_str(sep))
        return vm_raise(vm, "TypeError", "must be str or None, not %s", type_name(vm, sep));
    *separator = str_text(as_str(sep));
    return separator->len > 0 || vm_raise(vm, "ValueError", "empty separator");
}

static void push_part(Vm *vm, ListObj *list, Str part)
{
    list_push(vm, list, make_str(vm, part));
}

static void reverse_items(ListObj *list)
{
    for (size_t i = 0; i < list->len / 2; i++) {
        Value v = list->items[i];
        list->items[i] = list->items[list->len - 1 - i];
        list->items[list->len - 1 - i] = v;
    }
}

/* The length of the leading run of white space (or of what is none). */
static size_t run_length(Str text, bool space)
{
    size_t at = 0;
    while (at < text.len) {
        size_t next = at;
        if (code_is_space(utf8_next(text, &next)) != space)
            break;
        at = next;
    }
    return at;
}

static void split_words(Vm *vm, ListObj *list, Str text, int64_t most)
{
    for (;;) {
        text = str_from_offset(text, run_length(text, true));
        if (text.len == 0)
            return;
        size_t end = run_length(text, false);
        if (most >= 0 && (int64_t)list->len >= most)
            end = text.len;
        push_part(vm, list, str_slice(text, 0, end));
        text = str_from_offset(text, end);
    }
}

static size_t trailing_word(Str text)
{
    size_t at = text.len;
    while (at > 0) {
        size_t before = at - 1;
        while (before > 0 && (text.ptr[before] & 0xC0) == 0x80)
            before--;
        size_t next = before;
        if (code_is_space(utf8_next(text, &next)))
            break;
        at = before;
    }
    return at;
}

static void rsplit_words(Vm *vm, ListObj *list, Str text, int64_t most)
{
    for (;;) {
        text = text_strip(text, false, true);
        if (text.len == 0)
            break;
        size_t from = trailing_word(text);
        if (most >= 0 && (int64_t)list->len >= most)
            from = 0;
        push_part(vm, list, str_from_offset(text, from));
        text = str_slice(text, 0, from);
    }
    reverse_items(list);
}

static void split_at(Vm *vm, ListObj *list, Str text, Str separator, int64_t most)
{
    size_t at = 0;
    for (ptrdiff_t next;
         (most < 0 || (int64_t)list->len < most) && (next = str_find(text, separator, at)) >= 0;
         at = (size_t)next + separator.len)
        push_part(vm, list, str_slice(text, at, (size_t)next));
    push_part(vm, list, str_from_offset(text, at));
}

static ptrdiff_t find_last(Str text, Str needle)
{
    if (needle.len > text.len)
        return -1;
    for (size_t at = text.len - needle.len + 1; at > 0; at--)
        if (memcmp(text.ptr + at - 1, needle.ptr, needle.len) == 0)
            return (ptrdiff_t)at - 1;
    return -1;
}

static void rsplit_at(Vm *vm, ListObj *list, Str text, Str separator, int64_t most)
{
    for (ptrdiff_t next;
         (most < 0 || (int64_t)list->len < most) && (next = find_last(text, separator)) >= 0;
         text = str_slice(text, 0, (size_t)next))
        push_part(vm, list, str_from_offset(text, (size_t)next + separator.len));
    push_part(vm, list, text);
    reverse_items(list);
}

static bool split(Vm *vm, Call *call, bool from_right)
{
    ARGS(call, self, sep, maxsplit);
    Str separator, text = str_text(as_str(self));
    int64_t most;
    if (!to_separator(vm, sep, &separator) || !to_size(vm, maxsplit, &most))
        return false;
    ListObj *list = list_new(vm, 0);
    call->result = value_object(list);
    if (!str_given(separator))
        (from_right ? rsplit_words : split_words)(vm, list, text, most);
    else
        (from_right ? rsplit_at : split_at)(vm, list, text, separator, most);
    return true;
}

bool str_split(Vm *vm, Call *call)
{
    return split(vm, call, false);
}

bool str_rsplit(Vm *vm, Call *call)
{
    return split(vm, call, true);
}

static bool partition(Vm *vm, Call *call, bool last)
{
    Str text = self_text(call), sep;
    if (!to_text_arg(vm, call->args[1], &sep))
        return false;
    if (sep.len == 0)
        return vm_raise(vm, "ValueError", "empty separator");
    ptrdiff_t at = last ? find_last(text, sep) : str_find(text, sep, 0);
    Value parts[3], empty = make_str(vm, STR(""));
    if (at < 0) {
        parts[0] = last ? empty : make_str(vm, text);
        parts[1] = empty;
        parts[2] = last ? make_str(vm, text) : empty;
    } else {
        parts[0] = make_str(vm, str_slice(text, 0, (size_t)at));
        parts[1] = call->args[1];
        parts[2] = make_str(vm, str_from_offset(text, (size_t)at + sep.len));
    }
    return give(call, make_tuple(vm, parts, 3));
}

bool str_partition(Vm *vm, Call *call)
{
    return partition(vm, call, false);
}

bool str_rpartition(Vm *vm, Call *call)
{
    return partition(vm, call, true);
}

bool str_splitlines(Vm *vm, Call *call)
{
    ARGS(call, self, keepends);
    bool keep;
    Str text = str_text(as_str(self));
    if (!to_truth(vm, keepends, &keep))
        return false;
    ListObj *list = list_new(vm, 0);
    call->result = value_object(list);
    size_t from = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        uint32_t code = utf8_next(text, &at);
        if (!code_is_line_end(code))
            continue;
        if (code == '\r' && at < text.len && text.ptr[at] == '\n')
            at++;
        push_part(vm, list, str_slice(text, from, keep ? at : end));
        from = at;
    }
    if (from < text.len)
        push_part(vm, list, str_from_offset(text, from));
    return true;
}

/* ---- join ---- */

static bool join_size(Vm *vm, const Value *items, size_t count, Str separator, size_t *size)
{
    *size = count ? (count - 1) * separator.len : 0;
    for (size_t i = 0; i < count; i++) {
        if (!value_is(items[i], OBJ_STR))
            return vm_raise(vm, "TypeError", "sequence item %zu: expected str instance, %s found",
                            i, type_name(vm, items[i]));
        *size += as_str(items[i])->len;
    }
    return *size < 1 << 20 || heap_may_make(vm, *size);
}

bool str_join(Vm *vm, Call *call)
{
    ARGS(call, self, iterable);
    const Value *items;
    size_t count, size;
    Value list = iterable;
    Str separator = str_text(as_str(self));
    if (!items_of(iterable, &items, &count)) {
        if (!vm_to_list(vm, iterable, &list)) {
            if (!vm_raised(vm, "TypeError") ||
                value_given(special_find(vm, iterable, SYM(vm, __iter__))))
                return false;
            vm_catch(vm);
            return vm_raise(vm, "TypeError", "can only join an iterable");
        }
        items_of(list, &items, &count);
    }
    if (!join_size(vm, items, count, separator, &size))
        return false;
    if (count == 1 && items[0].object->cls == builtin_class(vm, CLASS_STR))
        return give(call, items[0]);
    StrObj *made = str_new(vm, size);
    char *end = made->text;
    for (size_t i = 0; i < count; i++) {
        if (i)
            end = mempcpy(end, separator.ptr, separator.len);
        end = mempcpy(end, as_str(items[i])->text, as_str(items[i])->len);
    }
    return give(call, value_object(made));
}

/* ---- cutting the ends ---- */

static bool has_code(Str chars, uint32_t code)
{
    for (size_t at = 0; at < chars.len;)
        if (utf8_next(chars, &at) == code)
            return true;
    return false;
}

static Str strip_chars(Str text, Str chars, bool left, bool right)
{
    size_t from = 0, to = text.len;
    while (left && from < to) {
        size_t next = from;
        if (!has_code(chars, utf8_next(text, &next)))
            break;
        from = next;
    }
    while (right && to > from) {
        size_t at = to - 1;
        while (at > from && (text.ptr[at] & 0xC0) == 0x80)
            at--;
        size_t next = at;
        if (!has_code(chars, utf8_next(text, &next)))
            break;
        to = at;
    }
    return str_slice(text, from, to);
}

/* The str itself when nothing was cut. */
static bool give_part(Vm *vm, Call *call, Str part)
{
    Value self = call->args[0];
    if (part.len == as_str(self)->len && self.object->cls == builtin_class(vm, CLASS_STR))
        return give(call, self);
    return give(call, make_str(vm, part));
}

static bool strip(Vm *vm, Call *call, const char *name, bool left, bool right)
{
    ARGS(call, self, chars);
    Str text = str_text(as_str(self));
    if (value_is_none(chars))
        return give_part(vm, call, text_strip(text, left, right));
    if (!is_str(chars))
        return vm_raise(vm, "TypeError", "%s arg must be None or str", name);
    return give_part(vm, call, strip_chars(text, str_text(as_str(chars)), left, right));
}

bool str_strip(Vm *vm, Call *call)
{
    return strip(vm, call, "strip", true, true);
}

bool str_lstrip(Vm *vm, Call *call)
{
    return strip(vm, call, "lstrip", true, false);
}

bool str_rstrip(Vm *vm, Call *call)
{
    return strip(vm, call, "rstrip", false, true);
}

bool str_removeprefix(Vm *vm, Call *call)
{
    Str text = self_text(call);
    Value prefix = call->args[1];
    if (!is_str(prefix))
        return vm_raise(vm, "TypeError", "removeprefix() argument must be str, not %s",
                        type_name(vm, prefix));
    Str cut = str_text(as_str(prefix));
    return give_part(vm, call, str_starts(text, cut) ? str_from_offset(text, cut.len) : text);
}

bool str_removesuffix(Vm *vm, Call *call)
{
    Str text = self_text(call);
    Value suffix = call->args[1];
    if (!is_str(suffix))
        return vm_raise(vm, "TypeError", "removesuffix() argument must be str, not %s",
                        type_name(vm, suffix));
    Str cut = str_text(as_str(suffix));
    return give_part(vm, call, str_ends(text, cut) ? str_slice(text, 0, text.len - cut.len) : text);
}

bool str_expandtabs(Vm *vm, Call *call)
{
    ARGS(call, self, tabsize);
    Str text = str_text(as_str(self));
    int64_t size, column = 0;
    if (!to_size(vm, tabsize, &size))
        return false;
    if (size > 1 << 16 && !heap_may_make(vm, text.len * (size_t)size))
        return false;
    Buf out = { 0 };
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        int64_t fill = size > 0 ? size - column % size : 0;
        if (code == '\t') {
            buf_put_repeat(&out, ' ', (size_t)fill);
            column += fill;
            continue;
        }
        buf_put(&out, str_slice(text, from, at));
        column = code == '\n' || code == '\r' ? 0 : column + 1;
    }
    return give_text(vm, call, &out);
}
