/* SPDX-License-Identifier: MIT */
/* str: making, searching, replacing, filling. */
#include "py/type_str.h"

#include "py/builtin_classes.h"
#include "py/codec.h"
#include "py/dunders.h"
#include "py/format.h"
#include "py/obj_number.h"
#include "py/operators.h"
#include "py/sequence.h"
#include "py/state.h"
#include "py/text.h"

Str self_text(Call *call)
{
    return str_text(as_str(call->args[0]));
}

bool give_text(Vm *vm, Call *call, Buf *out)
{
    bool ok = out->len < 1 << 20 || heap_may_make(vm, out->len);
    if (ok)
        call->result = make_str(vm, buf_str(out));
    buf_free(out);
    return ok;
}

bool to_text_arg(Vm *vm, Value v, Str *text)
{
    if (!value_is(v, OBJ_STR))
        return vm_raise(vm, "TypeError", "must be str, not %s", type_name(vm, v));
    *text = str_text(as_str(v));
    return true;
}

/* ---- making ---- */

static bool decode(Vm *vm, Call *call, Value *text)
{
    ARGS(call, cls, object, encoding, errors);
    (void)cls;
    Encoding which;
    Str handler;
    const char *odd = value_given(encoding) && !is_str(encoding) ? "encoding" : "errors";
    Value wrong = odd[1] == 'n' ? encoding : errors;
    if (value_given(wrong) && !is_str(wrong))
        return vm_raise(vm, "TypeError", "str() argument '%s' must be str, not %s", odd,
                        type_name(vm, wrong));
    if (is_str(object))
        return vm_raise(vm, "TypeError", "decoding str is not supported");
    if (!is_bytes(object))
        return vm_raise(vm, "TypeError", "decoding to str: need a bytes-like object, %s found",
                        type_name(vm, object));
    if (!codec_args(vm, encoding, errors, &which, &handler))
        return false;
    Buf out = { 0 };
    bool ok = codec_decode(vm, bytes_text(as_bytes(object)), which, handler, &out);
    if (ok)
        *text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

static bool str_make(Vm *vm, Call *call)
{
    ARGS(call, cls, object, encoding, errors);
    Class *made;
    Value text;
    if (!to_new_class(vm, cls, &str_class, &made))
        return false;
    if (value_given(encoding) || value_given(errors)) {
        if (!decode(vm, call, &text))
            return false;
    } else if (!vm_str(vm, object, &text)) {
        return false;
    }
    if (made == builtin_class(vm, CLASS_STR))
        return give(call, text);
    return give(call, value_object(str_new_of(vm, made, str_text(as_str(text)))));
}

static bool str_encode(Vm *vm, Call *call)
{
    ARGS(call, self, encoding, errors);
    (void)self;
    Encoding which;
    Str handler;
    if (!codec_args(vm, encoding, errors, &which, &handler))
        return false;
    Buf out = { 0 };
    bool ok = codec_encode(vm, self_text(call), which, handler, &out);
    if (ok)
        call->result = make_bytes(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

/* ---- searching ---- */

/* The part of self between two bounds in code points; *base is the byte where it begins. */
static bool window(Vm *vm, Call *call, Str *part, size_t *base)
{
    StrObj *s = as_str(call->args[0]);
    size_t from, to, count = str_count(s);
    if (!to_bounds(vm, call->args[2], call->args[3], count, &from, &to))
        return false;
    if (from > to || from > count) {
        *part = STR_NONE;
        return true;
    }
    *base = str_offset(s, from);
    *part = str_slice(str_text(s), *base, str_offset(s, to));
    return true;
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

static bool search(Vm *vm, Call *call, bool last, int64_t *index)
{
    Str needle, part;
    size_t base = 0;
    if (!to_text_arg(vm, call->args[1], &needle) || !window(vm, call, &part, &base))
        return false;
    ptrdiff_t at = !str_given(part) ? -1
                   : last           ? find_last(part, needle)
                                    : str_find(part, needle, 0);
    *index = at < 0 ? -1 : (int64_t)str_index_at(as_str(call->args[0]), base + (size_t)at);
    return true;
}

static bool str_find_method(Vm *vm, Call *call)
{
    int64_t index;
    return search(vm, call, false, &index) && give(call, value_int(index));
}

static bool str_rfind_method(Vm *vm, Call *call)
{
    int64_t index;
    return search(vm, call, true, &index) && give(call, value_int(index));
}

static bool str_index(Vm *vm, Call *call)
{
    int64_t index;
    if (!search(vm, call, false, &index))
        return false;
    return index >= 0 ? give(call, value_int(index))
                      : vm_raise(vm, "ValueError", "substring not found");
}

static bool str_rindex(Vm *vm, Call *call)
{
    int64_t index;
    if (!search(vm, call, true, &index))
        return false;
    return index >= 0 ? give(call, value_int(index))
                      : vm_raise(vm, "ValueError", "substring not found");
}

static int64_t count_of(Str text, Str needle)
{
    int64_t count = 0;
    if (!str_given(text))
        return 0;
    if (needle.len == 0)
        return (int64_t)utf8_count(text) + 1;
    for (ptrdiff_t at = 0; (at = str_find(text, needle, (size_t)at)) >= 0;
         at += (ptrdiff_t)needle.len)
        count++;
    return count;
}

static bool str_count_method(Vm *vm, Call *call)
{
    Str needle, part;
    size_t base;
    if (!to_text_arg(vm, call->args[1], &needle) || !window(vm, call, &part, &base))
        return false;
    return give(call, value_int(count_of(part, needle)));
}

static bool has_end(Str text, Str end, bool at_start)
{
    return str_given(text) && (at_start ? str_starts(text, end) : str_ends(text, end));
}

static bool str_has_end(Vm *vm, Call *call, const char *name, bool at_start)
{
    Value wanted = call->args[1];
    Str part;
    size_t base;
    if (!window(vm, call, &part, &base))
        return false;
    if (is_str(wanted))
        return give(call, value_bool(has_end(part, str_text(as_str(wanted)), at_start)));
    if (!is_tuple(wanted))
        return vm_raise(vm, "TypeError", "%s first arg must be str or a tuple of str, not %s", name,
                        type_name(vm, wanted));
    for (size_t i = 0; i < tuple_len(wanted); i++) {
        Value each = tuple_get(wanted, i);
        if (!is_str(each))
            return vm_raise(vm, "TypeError", "tuple for %s must only contain str, not %s", name,
                            type_name(vm, each));
        if (has_end(part, str_text(as_str(each)), at_start))
            return give(call, value_bool(true));
    }
    return give(call, value_bool(false));
}

static bool str_startswith(Vm *vm, Call *call)
{
    return str_has_end(vm, call, "startswith", true);
}

static bool str_endswith(Vm *vm, Call *call)
{
    return str_has_end(vm, call, "endswith", false);
}

/* ---- replacing ---- */

/* An empty `old` stands before each code point and at the end. */
static void replace_between(Buf *out, Str text, Str new, int64_t most)
{
    size_t at = 0;
    for (int64_t done = 0; most < 0 || done < most; done++) {
        size_t from = at;
        buf_put(out, new);
        if (at >= text.len)
            break;
        utf8_next(text, &at);
        buf_put(out, str_slice(text, from, at));
    }
    buf_put(out, str_from_offset(text, at));
}

static bool to_argument(Vm *vm, const char *name, int number, Value v, Str *text)
{
    if (!is_str(v))
        return vm_raise(vm, "TypeError", "%s argument %d must be str, not %s", name, number,
                        type_name(vm, v));
    *text = str_text(as_str(v));
    return true;
}

static bool str_replace_method(Vm *vm, Call *call)
{
    ARGS(call, self, old, new, count);
    Str text = self_text(call), from, to;
    int64_t most;
    if (!to_argument(vm, "replace()", 1, old, &from) ||
        !to_argument(vm, "replace()", 2, new, &to) || !to_size(vm, count, &most))
        return false;
    int64_t hits = count_of(text, from);
    if (most >= 0 && hits > most)
        hits = most;
    if (hits == 0 && self.object->cls == builtin_class(vm, CLASS_STR))
        return give(call, self);
    if (!heap_may_make(vm, text.len + (size_t)hits * to.len))
        return false;
    Buf out = { 0 };
    size_t at = 0;
    if (from.len == 0) {
        replace_between(&out, text, to, most);
        return give_text(vm, call, &out);
    }
    for (int64_t i = 0; i < hits; i++) {
        ptrdiff_t next = str_find(text, from, at);
        buf_put(&out, str_slice(text, at, (size_t)next));
        buf_put(&out, to);
        at = (size_t)next + from.len;
    }
    buf_put(&out, str_from_offset(text, at));
    return give_text(vm, call, &out);
}

/* ---- filling ---- */

static bool to_fill(Vm *vm, Value v, Str *fill)
{
    if (!is_str(v))
        return vm_raise(vm, "TypeError", "The fill character must be a unicode character, not %s",
                        type_name(vm, v));
    *fill = str_text(as_str(v));
    return str_count(as_str(v)) == 1 ||
           vm_raise(vm, "TypeError", "The fill character must be exactly one character long");
}

static void put_fill(Buf *out, Str fill, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        buf_put(out, fill);
}

/* The missing width; -1 after raising. */
static int64_t missing_width(Vm *vm, Call *call, Str *fill)
{
    int64_t width, count = (int64_t)str_count(as_str(call->args[0]));
    if (!to_size(vm, call->args[1], &width) || (fill && !to_fill(vm, call->args[2], fill)))
        return -1;
    if (width > 1 << 20 && !heap_may_make(vm, (size_t)width * (fill ? fill->len : 1)))
        return -1;
    return width > count ? width - count : 0;
}

static bool fill_both(Vm *vm, Call *call, int64_t left, int64_t right, Str fill)
{
    if (left + right == 0 && call->args[0].object->cls == builtin_class(vm, CLASS_STR))
        return give(call, call->args[0]);
    Buf out = { 0 };
    put_fill(&out, fill, left);
    buf_put(&out, self_text(call));
    put_fill(&out, fill, right);
    return give_text(vm, call, &out);
}

static bool str_ljust(Vm *vm, Call *call)
{
    Str fill;
    int64_t more = missing_width(vm, call, &fill);
    return more >= 0 && fill_both(vm, call, 0, more, fill);
}

static bool str_rjust(Vm *vm, Call *call)
{
    Str fill;
    int64_t more = missing_width(vm, call, &fill);
    return more >= 0 && fill_both(vm, call, more, 0, fill);
}

static bool str_center(Vm *vm, Call *call)
{
    Str fill;
    int64_t more = missing_width(vm, call, &fill);
    if (more < 0)
        return false;
    int64_t width = more + (int64_t)str_count(as_str(call->args[0]));
    int64_t left = more / 2 + (more & width & 1);
    return fill_both(vm, call, left, more - left, fill);
}

static bool str_zfill(Vm *vm, Call *call)
{
    int64_t more = missing_width(vm, call, NULL);
    if (more < 0)
        return false;
    Str text = self_text(call);
    size_t sign = text.len && (text.ptr[0] == '+' || text.ptr[0] == '-');
    Buf out = { 0 };
    buf_put(&out, str_slice(text, 0, sign));
    buf_put_repeat(&out, '0', (size_t)more);
    buf_put(&out, str_from_offset(text, sign));
    return give_text(vm, call, &out);
}

/* ---- translating ---- */

static bool put_translated(Vm *vm, Value to, uint32_t code, Str same, Buf *out)
{
    int64_t number;
    if (!value_given(to))
        buf_put(out, same);
    else if (is_str(to))
        buf_put(out, str_text(as_str(to)));
    else if (is_int(to)) {
        if (!int_small(to, &number) || number < 0 || number > 0x10FFFF)
            return vm_raise(vm, "ValueError", "character mapping must be in range(0x110000)");
        buf_put_code_point(out, (uint32_t)number);
    } else if (!value_is_none(to)) {
        return vm_raise(vm, "TypeError", "character mapping must return integer, None or str");
    }
    (void)code;
    return true;
}

/* table[code]; *to is TAG_UNSET on LookupError. */
static bool look_up(Vm *vm, Value table, uint32_t code, Value *to)
{
    Value key = value_int(code);
    if (value_is(table, OBJ_DICT) && table.object->cls == builtin_class(vm, CLASS_DICT))
        return dict_get(vm, table, key, to);
    if (vm_getitem(vm, table, key, to))
        return true;
    if (!vm_raised(vm, "LookupError"))
        return false;
    vm_catch(vm);
    *to = VALUE_UNSET;
    return true;
}

static bool str_translate(Vm *vm, Call *call)
{
    ARGS(call, self, table);
    Buf out = { 0 };
    Value to;
    bool ok = true;
    for (size_t at = 0; ok && at < as_str(self)->len;) {
        size_t from = at;
        uint32_t code = utf8_next(self_text(call), &at);
        ok = (out.len < 1 << 20 || heap_may_make(vm, out.len)) && look_up(vm, table, code, &to) &&
             put_translated(vm, to, code, str_slice(self_text(call), from, at), &out);
    }
    if (ok)
        return give_text(vm, call, &out);
    buf_free(&out);
    return false;
}

/* maketrans({...}): str keys of one character become code points. */
static bool maketrans_of_dict(Vm *vm, Value from, Value to)
{
    Value key, item;
    if (!is_dict(from))
        return vm_raise(vm, "TypeError",
                        "if you give only one argument to maketrans it must be a dict");
    for (size_t at = 0; dict_next(from, &at, &key, &item);) {
        if (is_str(key)) {
            size_t offset = 0;
            if (str_count(as_str(key)) != 1)
                return vm_raise(vm, "ValueError",
                                "string keys in translate table must be of length 1");
            key = value_int(utf8_next(str_text(as_str(key)), &offset));
        } else if (!is_int(key)) {
            return vm_raise(vm, "TypeError", "keys in translate table must be strings or integers");
        }
        if (!dict_set(vm, to, key, item))
            return false;
    }
    return true;
}

static bool str_maketrans(Vm *vm, Call *call)
{
    Value x = call->args[1], y = call->args[2], z = call->args[3], table = make_dict(vm);
    Str from, to, dropped = STR("");
    call->result = table;
    if (!value_given(y))
        return maketrans_of_dict(vm, x, table);
    if (!is_str(x))
        return vm_raise(vm, "TypeError",
                        "first maketrans argument must be a string if there is a second argument");
    if (!to_argument(vm, "maketrans()", 1, x, &from) ||
        !to_argument(vm, "maketrans()", 2, y, &to) ||
        (value_given(z) && !to_argument(vm, "maketrans()", 3, z, &dropped)))
        return false;
    if (utf8_count(from) != utf8_count(to))
        return vm_raise(vm, "ValueError",
                        "the first two maketrans arguments must have equal length");
    for (size_t a = 0, b = 0; a < from.len;) {
        Value key = value_int(utf8_next(from, &a));
        if (!dict_set(vm, table, key, value_int(utf8_next(to, &b))))
            return false;
    }
    for (size_t a = 0; a < dropped.len;)
        if (!dict_set(vm, table, value_int(utf8_next(dropped, &a)), VALUE_NONE))
            return false;
    return true;
}

/* ---- formatting ---- */

static bool str_format_method(Vm *vm, Call *call)
{
    Buf out = { 0 };
    if (format_template(vm, self_text(call), call->args[1], call->args[2], &out))
        return give_text(vm, call, &out);
    buf_free(&out);
    return false;
}

static bool str_format_map(Vm *vm, Call *call)
{
    Buf out = { 0 };
    if (format_template(vm, self_text(call), VALUE_UNSET, call->args[1], &out))
        return give_text(vm, call, &out);
    buf_free(&out);
    return false;
}

static bool str_new_args(Vm *vm, Call *call)
{
    Value text = make_str(vm, self_text(call));
    return give(call, make_tuple(vm, &text, 1));
}

static const NativeRow str_methods[] = {
    { "__new__(cls, object='', encoding=..., errors=...)", str_make,
      "Create a new string object from the given object." },
    { "encode(self, /, encoding='utf-8', errors='strict')", str_encode, "Encode the string." },
    { "find(self, sub, start=None, end=None, /)", str_find_method,
      "Return the lowest index where the substring is found, or -1." },
    { "rfind(self, sub, start=None, end=None, /)", str_rfind_method,
      "Return the highest index where the substring is found, or -1." },
    { "index(self, sub, start=None, end=None, /)", str_index,
      "Return the lowest index where the substring is found." },
    { "rindex(self, sub, start=None, end=None, /)", str_rindex,
      "Return the highest index where the substring is found." },
    { "count(self, sub, start=None, end=None, /)", str_count_method,
      "Return the number of non-overlapping occurrences of a substring." },
    { "startswith(self, prefix, start=None, end=None, /)", str_startswith,
      "Return True if the string starts with the prefix." },
    { "endswith(self, suffix, start=None, end=None, /)", str_endswith,
      "Return True if the string ends with the suffix." },
    { "replace(self, old, new, count=-1, /)", str_replace_method,
      "Return a copy with all occurrences of substring old replaced by new." },
    { "ljust(self, width, fillchar=' ', /)", str_ljust, "Return a left-justified string." },
    { "rjust(self, width, fillchar=' ', /)", str_rjust, "Return a right-justified string." },
    { "center(self, width, fillchar=' ', /)", str_center, "Return a centered string." },
    { "zfill(self, width, /)", str_zfill, "Pad a numeric string with zeros on the left." },
    { "translate(self, table, /)", str_translate, "Replace each character by a table." },
    { "format(self, /, *args, **kwargs)", str_format_method, "Return a formatted version." },
    { "format_map(self, mapping, /)", str_format_map, "Return a formatted version." },
    { "split(self, /, sep=None, maxsplit=-1)", str_split, "Return a list of the substrings." },
    { "rsplit(self, /, sep=None, maxsplit=-1)", str_rsplit, "Return a list of the substrings." },
    { "partition(self, sep, /)", str_partition, "Partition the string into three parts." },
    { "rpartition(self, sep, /)", str_rpartition, "Partition the string into three parts." },
    { "splitlines(self, /, keepends=False)", str_splitlines, "Return a list of the lines." },
    { "join(self, iterable, /)", str_join, "Concatenate any number of strings." },
    { "strip(self, chars=None, /)", str_strip, "Remove leading and trailing whitespace." },
    { "lstrip(self, chars=None, /)", str_lstrip, "Remove leading whitespace." },
    { "rstrip(self, chars=None, /)", str_rstrip, "Remove trailing whitespace." },
    { "removeprefix(self, prefix, /)", str_removeprefix, "Remove the prefix if present." },
    { "removesuffix(self, suffix, /)", str_removesuffix, "Remove the suffix if present." },
    { "expandtabs(self, /, tabsize=8)", str_expandtabs, "Expand tab characters." },
    { "lower(self, /)", str_lower, "Return a copy converted to lowercase." },
    { "upper(self, /)", str_upper, "Return a copy converted to uppercase." },
    { "title(self, /)", str_title, "Return a version where each word is titlecased." },
    { "capitalize(self, /)", str_capitalize, "Return a capitalized version." },
    { "swapcase(self, /)", str_swapcase, "Convert the case of all letters." },
    { "casefold(self, /)", str_casefold, "Return a version for caseless comparisons." },
    { "isalpha(self, /)", str_isalpha, "True if all characters are alphabetic." },
    { "isalnum(self, /)", str_isalnum, "True if all characters are alphanumeric." },
    { "isascii(self, /)", str_isascii, "True if all characters are ASCII." },
    { "isdecimal(self, /)", str_isdecimal, "True if all characters are decimal." },
    { "isdigit(self, /)", str_isdigit, "True if all characters are digits." },
    { "isnumeric(self, /)", str_isnumeric, "True if all characters are numeric." },
    { "islower(self, /)", str_islower, "True if all cased characters are lowercase." },
    { "isupper(self, /)", str_isupper, "True if all cased characters are uppercase." },
    { "istitle(self, /)", str_istitle, "True if the string is titlecased." },
    { "isspace(self, /)", str_isspace, "True if all characters are whitespace." },
    { "isprintable(self, /)", str_isprintable, "True if all characters are printable." },
    { "isidentifier(self, /)", str_isidentifier, "True if the string is an identifier." },
    { "__mod__(self, value, /)", dunder_mod, "Return self%value." },
    { "__rmod__(self, value, /)", dunder_rmod, "Return value%self." },
    { "__getnewargs__(self, /)", str_new_args, NULL },
    { "__format__(self, format_spec, /)", dunder_format, "Return a formatted version." },
    { "__str__(self, /)", dunder_str, "Return str(self)." },
    DUNDERS_SEQUENCE,
    DUNDERS_ORDER,
    DUNDERS_TEXT,
};

static const NativeRow str_statics[] = {
    { "maketrans(cls, x, y=..., z=..., /)", str_maketrans, "Return a translation table." },
};

const NativeClass str_class = {
    .name = "str",
    .module = "builtins",
    .methods = str_methods,
    .method_count = sizeof str_methods / sizeof *str_methods,
    .statics = str_statics,
    .static_count = sizeof str_statics / sizeof *str_statics,
    .doc = "str(object='') -> str",
};
