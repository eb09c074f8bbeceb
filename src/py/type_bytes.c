/* SPDX-License-Identifier: MIT */
/* bytes, bytearray and memoryview: making, changing, text. */
#include "py/type_bytes.h"

#include "py/builtin_classes.h"
#include "py/codec.h"
#include "py/dunders.h"
#include "py/obj_number.h"
#include "py/operators.h"
#include "py/sequence.h"
#include "py/state.h"

/* ---- making ---- */

static bool put_byte(Vm *vm, Value v, const char *what, Buf *out)
{
    int64_t byte;
    if (!to_size(vm, v, &byte))
        return false;
    if (byte < 0 || byte > 255)
        return vm_raise(vm, "ValueError", "%s must be in range(0, 256)", what);
    buf_putc(out, (char)byte);
    return true;
}

static bool put_iterable(Vm *vm, Value source, const char *what, Buf *out)
{
    Value list;
    if (!vm_to_list(vm, source, &list)) {
        if (!vm_raised(vm, "TypeError") || value_given(special_find(vm, source, SYM(vm, __iter__))))
            return false;
        vm_catch(vm);
        return vm_raise(vm, "TypeError", "cannot convert '%s' object to bytes",
                        type_name(vm, source));
    }
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(list); i++)
        ok = put_byte(vm, list_get(list, i), what, out);
    vm_pop(vm, 1);
    return ok;
}

static bool put_special(Vm *vm, Value source, Buf *out, bool *found)
{
    Value method = special_find(vm, source, SYM(vm, __bytes__)), made;
    Str data;
    *found = value_given(method);
    if (!*found)
        return true;
    if (!special_call(vm, method, source, NULL, 0, &made) || !to_data(vm, made, &data))
        return false;
    buf_put(out, data);
    return true;
}

/* bytes(source, encoding, errors) */
static bool put_source(Vm *vm, Call *call, const char *what, Buf *out)
{
    Value source = call->args[1], encoding = call->args[2], errors = call->args[3];
    int64_t count;
    bool found;
    if (!value_given(source))
        return true;
    if (is_str(source)) {
        Encoding which;
        Str handler;
        if (!value_given(encoding))
            return vm_raise(vm, "TypeError", "string argument without an encoding");
        return codec_args(vm, encoding, errors, &which, &handler) &&
               codec_encode(vm, str_text(as_str(source)), which, handler, out);
    }
    if (value_given(encoding) || value_given(errors))
        return vm_raise(vm, "TypeError", "%s without a string argument",
                        value_given(encoding) ? "encoding" : "errors");
    if (value_is(source, OBJ_BYTES)) {
        buf_put(out, bytes_text(as_bytes(source)));
        return true;
    }
    if (!put_special(vm, source, out, &found))
        return false;
    if (found)
        return true;
    if (!is_int(source))
        return put_iterable(vm, source, what, out);
    if (!to_size(vm, source, &count))
        return false;
    if (count < 0)
        return vm_raise(vm, "ValueError", "negative count");
    if (!heap_may_make(vm, (size_t)count))
        return false;
    buf_put_repeat(out, '\0', (size_t)count);
    return true;
}

static bool make_of(Vm *vm, Call *call, const NativeClass *native, const char *what)
{
    Class *cls;
    if (!to_new_class(vm, call->args[0], native, &cls))
        return false;
    Buf out = { 0 };
    bool ok = put_source(vm, call, what, &out);
    if (ok)
        call->result = value_object(bytes_new_of(vm, cls, buf_str(&out)));
    buf_free(&out);
    return ok;
}

static bool bytes_make(Vm *vm, Call *call)
{
    return make_of(vm, call, &bytes_class, "bytes");
}

static bool bytearray_make(Vm *vm, Call *call)
{
    return make_of(vm, call, &bytearray_class, "byte");
}

static bool bytes_fromhex(Vm *vm, Call *call)
{
    ARGS(call, cls, string);
    Str text;
    if (!is_str(string))
        return vm_raise(vm, "TypeError", "fromhex() argument must be str, not %s",
                        type_name(vm, string));
    if (!to_str(vm, string, &text))
        return false;
    Buf out = { 0 };
    size_t at = 0;
    while (at < text.len) {
        if (char_is_space(text.ptr[at])) {
            at++;
            continue;
        }
        int high = char_hex(text.ptr[at]);
        int low = high >= 0 && at + 1 < text.len ? char_hex(text.ptr[at + 1]) : -1;
        if (low < 0) {
            buf_free(&out);
            return vm_raise(vm, "ValueError",
                            "non-hexadecimal number found in fromhex() arg at position %zu",
                            at + (high >= 0));
        }
        buf_putc(&out, (char)(high * 16 + low));
        at += 2;
    }
    Value made = make_bytes(vm, buf_str(&out));
    buf_free(&out);
    if (as_class(cls) == builtin_class(vm, CLASS_BYTES))
        return give(call, made);
    return vm_call(vm, cls, &made, 1, &call->result);
}

/* ---- text ---- */

static bool bytes_decode(Vm *vm, Call *call)
{
    ARGS(call, self, encoding, errors);
    (void)self;
    Encoding which;
    Str handler;
    if (!codec_args(vm, encoding, errors, &which, &handler))
        return false;
    Buf out = { 0 };
    bool ok = codec_decode(vm, self_data(call), which, handler, &out);
    if (ok)
        call->result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

/* A separator stands between groups counted from the right, or from the left when negative. */
static bool separates(size_t index, size_t len, int64_t group)
{
    if (index == 0 || group == 0)
        return false;
    return group > 0 ? (len - index) % (size_t)group == 0 : index % (size_t)-group == 0;
}

static bool bytes_hex(Vm *vm, Call *call)
{
    ARGS(call, self, sep, bytes_per_sep);
    (void)self;
    Str data = self_data(call), separator = STR("");
    int64_t group = 0;
    if (value_given(sep)) {
        if (is_bytes(sep) ? !to_data(vm, sep, &separator) : !to_str(vm, sep, &separator))
            return false;
        if (separator.len != 1)
            return vm_raise(vm, "ValueError", "sep must be length 1.");
        if (!to_size(vm, bytes_per_sep, &group))
            return false;
    }
    Buf out = { 0 };
    for (size_t i = 0; i < data.len; i++) {
        if (separates(i, data.len, group))
            buf_put(&out, separator);
        buf_printf(&out, "%02x", (unsigned char)data.ptr[i]);
    }
    call->result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return true;
}

static bool map_bytes(Vm *vm, Call *call, char (*map)(char c))
{
    Str data = self_data(call);
    Buf out = { 0 };
    for (size_t i = 0; i < data.len; i++)
        buf_putc(&out, map(data.ptr[i]));
    call->result = bytes_like(vm, call->args[0], buf_str(&out));
    buf_free(&out);
    return true;
}

static bool bytes_lower(Vm *vm, Call *call)
{
    return map_bytes(vm, call, char_lower);
}

static bool bytes_upper(Vm *vm, Call *call)
{
    return map_bytes(vm, call, char_upper);
}

static bool all_bytes(Call *call, bool (*is)(char c))
{
    Str data = self_data(call);
    for (size_t i = 0; i < data.len; i++)
        if (!is(data.ptr[i]))
            return give(call, value_bool(false));
    return give(call, value_bool(data.len > 0));
}

static bool bytes_isdigit(Vm *vm, Call *call)
{
    (void)vm;
    return all_bytes(call, char_is_digit);
}

static bool bytes_isalpha(Vm *vm, Call *call)
{
    (void)vm;
    return all_bytes(call, char_is_alpha);
}

static bool bytes_isalnum(Vm *vm, Call *call)
{
    (void)vm;
    return all_bytes(call, char_is_alnum);
}

static bool bytes_isspace(Vm *vm, Call *call)
{
    (void)vm;
    return all_bytes(call, char_is_space);
}

static bool bytes_isascii(Vm *vm, Call *call)
{
    Str data = self_data(call);
    (void)vm;
    for (size_t i = 0; i < data.len; i++)
        if ((unsigned char)data.ptr[i] > 127)
            return give(call, value_bool(false));
    return give(call, value_bool(true));
}

static bool bytes_fill(Vm *vm, Call *call, bool left)
{
    int64_t width;
    Str fill, data = self_data(call);
    if (!to_size(vm, call->args[1], &width) || !to_data(vm, call->args[2], &fill))
        return false;
    if (fill.len != 1)
        return vm_raise(vm, "TypeError",
                        "%s() argument 2 must be a byte string of length 1, not %s",
                        left ? "rjust" : "ljust", type_name(vm, call->args[2]));
    size_t more = width > (int64_t)data.len ? (size_t)width - data.len : 0;
    if (!heap_may_make(vm, more))
        return false;
    Buf out = { 0 };
    buf_put_repeat(&out, fill.ptr[0], left ? more : 0);
    buf_put(&out, data);
    buf_put_repeat(&out, fill.ptr[0], left ? 0 : more);
    call->result = bytes_like(vm, call->args[0], buf_str(&out));
    buf_free(&out);
    return true;
}

static bool bytes_ljust(Vm *vm, Call *call)
{
    return bytes_fill(vm, call, false);
}

static bool bytes_rjust(Vm *vm, Call *call)
{
    return bytes_fill(vm, call, true);
}

static bool bytes_translate(Vm *vm, Call *call)
{
    ARGS(call, self, table);
    Str map = STR_NONE, dropped = STR(""), data = bytes_text(as_bytes(self));
    if ((!value_is_none(table) && !to_data(vm, table, &map)) ||
        !to_data(vm, call->args[2], &dropped))
        return false;
    if (str_given(map) && map.len != 256)
        return vm_raise(vm, "ValueError", "translation table must be 256 characters long");
    Buf out = { 0 };
    for (size_t i = 0; i < data.len; i++)
        if (str_find_char(dropped, data.ptr[i], 0) < 0)
            buf_putc(&out, str_given(map) ? map.ptr[(unsigned char)data.ptr[i]] : data.ptr[i]);
    call->result = bytes_like(vm, self, buf_str(&out));
    buf_free(&out);
    return true;
}

static bool bytes_maketrans(Vm *vm, Call *call)
{
    Str from, to;
    char map[256];
    if (!to_data(vm, call->args[1], &from) || !to_data(vm, call->args[2], &to))
        return false;
    if (from.len != to.len)
        return vm_raise(vm, "ValueError", "maketrans arguments must have same length");
    for (int i = 0; i < 256; i++)
        map[i] = (char)i;
    for (size_t i = 0; i < from.len; i++)
        map[(unsigned char)from.ptr[i]] = to.ptr[i];
    return give(call, make_bytes(vm, (Str){ map, sizeof map }));
}

/* clang-format off */
#define SHARED_ROWS \
    { "decode(self, /, encoding='utf-8', errors='strict')", bytes_decode, "Decode the bytes." }, \
    { "hex(self, /, sep=..., bytes_per_sep=1)", bytes_hex, "A string of hexadecimal numbers." }, \
    { "find(self, sub, start=None, end=None, /)", bytes_find, "Lowest index of sub, or -1." }, \
    { "rfind(self, sub, start=None, end=None, /)", bytes_rfind, "Highest index, or -1." }, \
    { "index(self, sub, start=None, end=None, /)", bytes_index, "Lowest index of sub." }, \
    { "rindex(self, sub, start=None, end=None, /)", bytes_rindex, "Highest index of sub." }, \
    { "count(self, sub, start=None, end=None, /)", bytes_count, "Number of occurrences." }, \
    { "startswith(self, prefix, start=None, end=None, /)", bytes_startswith, NULL }, \
    { "endswith(self, suffix, start=None, end=None, /)", bytes_endswith, NULL }, \
    { "split(self, /, sep=None, maxsplit=-1)", bytes_split, "A list of the sections." }, \
    { "rsplit(self, /, sep=None, maxsplit=-1)", bytes_rsplit, "A list of the sections." }, \
    { "partition(self, sep, /)", bytes_partition, "Partition into three parts." }, \
    { "rpartition(self, sep, /)", bytes_rpartition, "Partition into three parts." }, \
    { "splitlines(self, /, keepends=False)", bytes_splitlines, "A list of the lines." }, \
    { "join(self, iterable_of_bytes, /)", bytes_join, "Concatenate any number of bytes." }, \
    { "strip(self, bytes=None, /)", bytes_strip, "Strip bytes of both ends." }, \
    { "lstrip(self, bytes=None, /)", bytes_lstrip, "Strip leading bytes." }, \
    { "rstrip(self, bytes=None, /)", bytes_rstrip, "Strip trailing bytes." }, \
    { "removeprefix(self, prefix, /)", bytes_removeprefix, "Remove the prefix if present." }, \
    { "removesuffix(self, suffix, /)", bytes_removesuffix, "Remove the suffix if present." }, \
    { "replace(self, old, new, count=-1, /)", bytes_replace, "Replace all occurrences." }, \
    { "lower(self, /)", bytes_lower, "Convert ASCII letters to lowercase." }, \
    { "upper(self, /)", bytes_upper, "Convert ASCII letters to uppercase." }, \
    { "isdigit(self, /)", bytes_isdigit, "True if all bytes are ASCII digits." }, \
    { "isalpha(self, /)", bytes_isalpha, "True if all bytes are ASCII letters." }, \
    { "isalnum(self, /)", bytes_isalnum, "True if all are ASCII letters or digits." }, \
    { "isspace(self, /)", bytes_isspace, "True if all bytes are white space." }, \
    { "isascii(self, /)", bytes_isascii, "True if all bytes are ASCII." }, \
    { "ljust(self, width, fillbyte=..., /)", bytes_ljust_default, NULL }, \
    { "rjust(self, width, fillbyte=..., /)", bytes_rjust_default, NULL }, \
    { "translate(self, table, /, delete=...)", bytes_translate_default, NULL }, \
    DUNDER(mod, "self, value, /", "Return self%value."), \
    DUNDERS_SEQUENCE, \
    DUNDERS_ORDER, \
    DUNDER(repr, "self, /", "Return repr(self).")
/* clang-format on */

/* A signature has no bytes among its defaults. */
static bool with_default(Vm *vm, Call *call, NativeFn *fn, Str fallback)
{
    Value args[3] = { call->args[0], call->args[1], call->args[2] };
    if (!value_given(args[2]))
        args[2] = make_bytes(vm, fallback);
    Call inner = { .args = args, .count = 3, .row = call->row };
    bool ok = fn(vm, &inner);
    call->result = inner.result;
    return ok;
}

static bool bytes_ljust_default(Vm *vm, Call *call)
{
    return with_default(vm, call, bytes_ljust, STR(" "));
}

static bool bytes_rjust_default(Vm *vm, Call *call)
{
    return with_default(vm, call, bytes_rjust, STR(" "));
}

static bool bytes_translate_default(Vm *vm, Call *call)
{
    return with_default(vm, call, bytes_translate, STR(""));
}

static const NativeRow bytes_methods[] = {
    { "__new__(cls, source=..., encoding=..., errors=...)", bytes_make, NULL },
    DUNDER(hash, "self, /", "Return hash(self)."),
    SHARED_ROWS,
};

static const NativeRow bytes_statics[] = {
    { "fromhex(cls, string, /)", bytes_fromhex, "Create bytes of hexadecimal numbers." },
    { "maketrans(cls, frm, to, /)", bytes_maketrans, "Return a translation table." },
};

const NativeClass bytes_class = {
    .name = "bytes",
    .module = "builtins",
    .methods = bytes_methods,
    .method_count = sizeof bytes_methods / sizeof *bytes_methods,
    .statics = bytes_statics,
    .static_count = sizeof bytes_statics / sizeof *bytes_statics,
    .doc = "bytes(iterable_of_ints) -> bytes",
};

/* ---- bytearray ---- */

static bool bytearray_add(Vm *vm, Call *call)
{
    Buf out = { 0 };
    bool ok = put_byte(vm, call->args[1], "byte", &out);
    if (ok)
        bytearray_append(vm, as_bytes(call->args[0]), buf_str(&out));
    buf_free(&out);
    return ok;
}

static bool bytearray_extend(Vm *vm, Call *call)
{
    Buf out = { 0 };
    bool ok = true;
    if (value_is(call->args[1], OBJ_BYTES))
        buf_put(&out, bytes_text(as_bytes(call->args[1])));
    else
        ok = put_iterable(vm, call->args[1], "byte", &out);
    ok = ok && heap_may_make(vm, as_bytes(call->args[0])->len + out.len);
    if (ok)
        bytearray_append(vm, as_bytes(call->args[0]), buf_str(&out));
    buf_free(&out);
    return ok;
}

static bool bytearray_clear(Vm *vm, Call *call)
{
    (void)vm;
    as_bytes(call->args[0])->len = 0;
    return true;
}

static bool bytearray_copy(Vm *vm, Call *call)
{
    return give(call, bytes_like(vm, call->args[0], self_data(call)));
}

static bool bytearray_pop(Vm *vm, Call *call)
{
    bool done;
    Value self = call->args[0];
    if (as_bytes(self)->len == 0)
        return vm_raise(vm, "IndexError", "pop from empty bytearray");
    return operator_getitem(vm, self, call->args[1], &call->result) &&
           operator_delitem(vm, self, call->args[1], &done);
}

static const NativeRow bytearray_methods[] = {
    { "__new__(cls, source=..., encoding=..., errors=...)", bytearray_make, NULL },
    { "append(self, item, /)", bytearray_add, "Append a single item." },
    { "extend(self, iterable_of_ints, /)", bytearray_extend, "Append all the items." },
    { "pop(self, index=-1, /)", bytearray_pop, "Remove and return a single item." },
    { "clear(self, /)", bytearray_clear, "Remove all items." },
    { "copy(self, /)", bytearray_copy, "Return a copy." },
    DUNDER(iadd, "self, value, /", "Implement self+=value."),
    DUNDER(setitem, "self, key, value, /", "Set self[key] to value."),
    DUNDER(delitem, "self, key, /", "Delete self[key]."),
    SHARED_ROWS,
};

const NativeClass bytearray_class = {
    .name = "bytearray",
    .module = "builtins",
    .methods = bytearray_methods,
    .method_count = sizeof bytearray_methods / sizeof *bytearray_methods,
    .statics = bytes_statics,
    .static_count = 1,
    .doc = "bytearray(iterable_of_ints) -> bytearray",
};
