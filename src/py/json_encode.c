/* SPDX-License-Identifier: MIT */
/* json.dumps: values to JSON text, with Python's separators, floats and order. */
#include "py/mod_json.h"

#include <math.h>

#include "base/buf.h"
#include "py/modules.h"
#include "py/operators.h"

enum { JSON_DEPTH_MOST = 900 };

/* The containers that are being written, for the check against circles. */
typedef struct Parent {
    const Obj *object;
    const struct Parent *up;
    size_t depth;
} Parent;

typedef struct Encoder {
    Vm *vm;
    Buf out;
    Str item_separator, key_separator, indent; /* indent: STR_NONE = all in one line */
    Value fallback;                            /* default(o), or None */
    bool skip_keys, ascii, check_circular, allow_nan, sort_keys;
} Encoder;

static bool encode_value(Encoder *e, Value v, const Parent *up);

static void put_escaped(Buf *out, uint32_t c)
{
    if (c > 0xFFFF) {
        c -= 0x10000;
        buf_printf(out, "\\u%04x\\u%04x", 0xD800 + (c >> 10), 0xDC00 + (c & 0x3FF));
    } else {
        buf_printf(out, "\\u%04x", c);
    }
}

/* The letter after a backslash, or 0. */
static char short_escape(uint32_t c)
{
    switch (c) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '\f':
        return 'f';
    case '\b':
        return 'b';
    default:
        return 0;
    }
}

static void put_string(Buf *out, Str text, bool ascii)
{
    buf_putc(out, '"');
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        char letter = short_escape(c);
        if (letter) {
            buf_putc(out, '\\');
            buf_putc(out, letter);
        } else if (c < 0x20 || (ascii && c > 0x7E)) {
            put_escaped(out, c);
        } else {
            buf_put(out, str_slice(text, from, at));
        }
    }
    buf_putc(out, '"');
}

static void put_newline(Encoder *e, size_t depth)
{
    if (!str_given(e->indent))
        return;
    buf_putc(&e->out, '\n');
    for (size_t i = 0; i < depth; i++)
        buf_put(&e->out, e->indent);
}

static bool put_float(Encoder *e, double number)
{
    const char *name = isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    if (isfinite(number)) {
        Value text;
        Str str;
        if (!vm_repr(e->vm, value_float(number), &text) || !to_str(e->vm, text, &str))
            return false;
        buf_put(&e->out, str);
        return true;
    }
    if (!e->allow_nan)
        return vm_raise(e->vm, "ValueError", "Out of range float values are not JSON compliant");
    buf_puts(&e->out, name);
    return true;
}

/* An int of any size or class, as int.__repr__ has it. */
static bool put_int(Encoder *e, Value v)
{
    bool known;
    if (v.tag == TAG_INT) {
        buf_put_int(&e->out, v.integer);
        return true;
    }
    return operator_repr(e->vm, v, &e->out, &known);
}

/* Numbers, constants and text. */
static bool encode_scalar(Encoder *e, Value v, bool *done)
{
    Str text;
    *done = true;
    if (is_str(v)) {
        if (!to_str(e->vm, v, &text))
            return false;
        put_string(&e->out, text, e->ascii);
        return true;
    }
    if (v.tag == TAG_NONE || v.tag == TAG_BOOL) {
        buf_puts(&e->out, v.tag == TAG_NONE ? "null" : v.truth ? "true" : "false");
        return true;
    }
    if (is_int(v))
        return put_int(e, v);
    if (v.tag == TAG_FLOAT)
        return put_float(e, v.real);
    *done = false;
    return true;
}

/* A key: str, or what Python turns into one. *skip: a key of another type, to be left out. */
static bool encode_key(Encoder *e, Value key, bool *skip)
{
    bool scalar;
    size_t from = e->out.len;
    *skip = false;
    if (!encode_scalar(e, key, &scalar))
        return false;
    if (!scalar) {
        *skip = e->skip_keys;
        return *skip ||
               vm_raise(e->vm, "TypeError", "keys must be str, int, float, bool or None, not %s",
                        type_name(e->vm, key));
    }
    if (!is_str(key)) {
        Buf quoted = { 0 };
        buf_printf(&quoted, "\"%.*s\"", STR_ARG(str_from_offset(buf_str(&e->out), from)));
        buf_truncate(&e->out, from);
        buf_put(&e->out, buf_str(&quoted));
        buf_free(&quoted);
    }
    buf_put(&e->out, e->key_separator);
    return true;
}

static bool encode_list(Encoder *e, Value v, const Parent *here)
{
    size_t count = is_list(v) ? list_len(v) : tuple_len(v);
    if (count == 0) {
        buf_puts(&e->out, "[]");
        return true;
    }
    buf_putc(&e->out, '[');
    for (size_t i = 0; i < (is_list(v) ? list_len(v) : count); i++) {
        if (i > 0)
            buf_put(&e->out, e->item_separator);
        put_newline(e, here->depth);
        if (!encode_value(e, is_list(v) ? list_get(v, i) : tuple_get(v, i), here))
            return false;
    }
    put_newline(e, here->depth - 1);
    buf_putc(&e->out, ']');
    return true;
}

static bool encode_pair(Encoder *e, Value key, Value item, const Parent *here, bool *first)
{
    size_t from = e->out.len;
    bool skip;
    if (!*first)
        buf_put(&e->out, e->item_separator);
    put_newline(e, here->depth);
    if (!encode_key(e, key, &skip))
        return false;
    if (skip) {
        buf_truncate(&e->out, from);
        return true;
    }
    *first = false;
    return encode_value(e, item, here);
}

static bool encode_sorted(Encoder *e, Value v, const Parent *here, bool *first)
{
    Value builtins, items, sorted;
    if (!vm_call_method(e->vm, v, "items", NULL, 0, &items) ||
        !vm_import(e->vm, STR("builtins"), &builtins) ||
        !vm_call_method(e->vm, builtins, "sorted", &items, 1, &sorted))
        return false;
    vm_push(e->vm, sorted);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(sorted); i++) {
        Value pair = list_get(sorted, i);
        ok = encode_pair(e, tuple_get(pair, 0), tuple_get(pair, 1), here, first);
    }
    vm_pop(e->vm, 1);
    return ok;
}

static bool encode_dict(Encoder *e, Value v, const Parent *here)
{
    bool first = true, ok = true;
    if (dict_len(v) == 0) {
        buf_puts(&e->out, "{}");
        return true;
    }
    buf_putc(&e->out, '{');
    if (e->sort_keys)
        ok = encode_sorted(e, v, here, &first);
    Value key, item;
    for (size_t at = 0; ok && !e->sort_keys && dict_next(v, &at, &key, &item);)
        ok = encode_pair(e, key, item, here, &first);
    if (!ok)
        return false;
    if (!first)
        put_newline(e, here->depth - 1);
    buf_putc(&e->out, '}');
    return true;
}

static bool encode_other(Encoder *e, Value v, const Parent *here)
{
    if (value_is_none(e->fallback))
        return vm_raise(e->vm, "TypeError", "Object of type %s is not JSON serializable",
                        type_name(e->vm, v));
    Value replaced;
    if (!vm_call(e->vm, e->fallback, &v, 1, &replaced))
        return false;
    vm_push(e->vm, replaced);
    bool ok = encode_value(e, replaced, here);
    vm_pop(e->vm, 1);
    return ok;
}

static bool encode_value(Encoder *e, Value v, const Parent *up)
{
    bool done;
    if (!encode_scalar(e, v, &done))
        return false;
    if (done)
        return true;
    Parent here = { v.object, up, up ? up->depth + 1 : 1 };
    for (const Parent *p = up; e->check_circular && p; p = p->up) {
        if (v.tag == TAG_OBJECT && p->object == v.object)
            return vm_raise(e->vm, "ValueError", "Circular reference detected");
    }
    if (here.depth > JSON_DEPTH_MOST)
        return vm_raise(e->vm, "RecursionError",
                        "maximum recursion depth exceeded while encoding a JSON object");
    if (is_list(v) || is_tuple(v))
        return encode_list(e, v, &here);
    if (is_dict(v))
        return encode_dict(e, v, &here);
    here.depth--;
    return encode_other(e, v, &here);
}

bool json_encode(Vm *vm, Call *call)
{
    Encoder e = { .vm = vm };
    Str indent;
    if (!to_truth(vm, call->args[1], &e.skip_keys) || !to_truth(vm, call->args[2], &e.ascii) ||
        !to_truth(vm, call->args[3], &e.check_circular) ||
        !to_truth(vm, call->args[4], &e.allow_nan) || !to_opt_str(vm, call->args[5], &indent) ||
        !to_str(vm, call->args[6], &e.item_separator) ||
        !to_str(vm, call->args[7], &e.key_separator) || !to_truth(vm, call->args[9], &e.sort_keys))
        return false;
    e.indent = indent;
    e.fallback = call->args[8];
    bool ok = encode_value(&e, call->args[0], NULL);
    Value text = ok ? make_str(vm, buf_str(&e.out)) : VALUE_NONE;
    buf_free(&e.out);
    return ok && give(call, text);
}
