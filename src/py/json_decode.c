/* SPDX-License-Identifier: MIT */
/* json.loads: JSON text to values, with Python's hooks and wording. */
#include "py/mod_json.h"

#include <stdlib.h>

#include "base/buf.h"
#include "py/modules.h"

enum { JSON_DEPTH_MOST = 900 };

typedef struct Decoder {
    Vm *vm;
    Value document;
    Str text;
    size_t at, depth;
    Value object_hook, parse_float, parse_int, parse_constant, pairs_hook; /* None: none */
    bool strict;
} Decoder;

static bool decode_value(Decoder *d, Value *v);

/* Raises json.JSONDecodeError(message, document, position). */
static bool broken(Decoder *d, const char *message, size_t at)
{
    Value maker, error;
    if (!import_attr(d->vm, "json", "JSONDecodeError", &maker))
        return false;
    const Value parts[] = { make_strz(d->vm, message), d->document,
                            value_int((int64_t)utf8_count(str_slice(d->text, 0, at))) };
    return vm_call(d->vm, maker, parts, 3, &error) && vm_raise_value(d->vm, error);
}

static void skip_space(Decoder *d)
{
    while (d->at < d->text.len && strchr(" \t\n\r", d->text.ptr[d->at]) && d->text.ptr[d->at])
        d->at++;
}

static char peek(const Decoder *d)
{
    return d->at < d->text.len ? d->text.ptr[d->at] : '\0';
}

static bool hex4(Str text, size_t at, uint32_t *code)
{
    if (at + 4 > text.len)
        return false;
    *code = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = char_hex(text.ptr[at + i]);
        if (digit < 0)
            return false;
        *code = *code * 16 + (uint32_t)digit;
    }
    return true;
}

/* After "\u": a code point, of two escapes where they are a pair of surrogates. */
static bool decode_unicode(Decoder *d, Buf *out)
{
    uint32_t code, low;
    if (!hex4(d->text, d->at, &code))
        return broken(d, "Invalid \\uXXXX escape", d->at - 1);
    d->at += 4;
    if (code >= 0xD800 && code <= 0xDBFF &&
        str_starts(str_from_offset(d->text, d->at), STR("\\u")) && hex4(d->text, d->at + 2, &low) &&
        low >= 0xDC00 && low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        d->at += 6;
    }
    char bytes[4];
    buf_put(out, (Str){ bytes, utf8_put(bytes, code) });
    return true;
}

static bool decode_escape(Decoder *d, size_t start, Buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (d->at >= d->text.len)
        return broken(d, "Unterminated string starting at", start);
    char c = d->text.ptr[d->at++];
    if (c == 'u')
        return decode_unicode(d, out);
    const char *found = c ? strchr(from, c) : NULL;
    if (!found)
        return broken(d, "Invalid \\escape", d->at - 2);
    buf_putc(out, to[found - from]);
    return true;
}

/* What follows the opening quote. */
static bool decode_text(Decoder *d, Buf *out)
{
    size_t start = d->at - 1;
    for (;;) {
        size_t from = d->at;
        while (d->at < d->text.len && d->text.ptr[d->at] != '"' && d->text.ptr[d->at] != '\\' &&
               (unsigned char)d->text.ptr[d->at] >= 0x20)
            d->at++;
        buf_put(out, str_slice(d->text, from, d->at));
        if (d->at >= d->text.len)
            return broken(d, "Unterminated string starting at", start);
        char c = d->text.ptr[d->at++];
        if (c == '"')
            return true;
        if (c != '\\' && d->strict)
            return broken(d, "Invalid control character at", d->at - 1);
        if (c != '\\')
            buf_putc(out, c);
        else if (!decode_escape(d, start, out))
            return false;
    }
}

static bool decode_string(Decoder *d, Value *v)
{
    Buf out = { 0 };
    bool ok = decode_text(d, &out);
    if (ok)
        *v = make_str(d->vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

static bool call_hook(Decoder *d, Value hook, Value argument, Value *v)
{
    vm_push(d->vm, argument);
    bool ok = vm_call(d->vm, hook, &argument, 1, v);
    vm_pop(d->vm, 1);
    return ok;
}

static void skip_digits(Decoder *d)
{
    while (char_is_digit(peek(d)))
        d->at++;
}

static bool give_number(Decoder *d, Str digits, bool whole, Value *v)
{
    Value hook = whole ? d->parse_int : d->parse_float;
    if (!value_is_none(hook))
        return call_hook(d, hook, make_str(d->vm, digits), v);
    if (whole) {
        *v = make_int_text(d->vm, digits);
        return true;
    }
    Buf text = { 0 };
    buf_put(&text, digits);
    *v = value_float(strtod(text.ptr, NULL));
    buf_free(&text);
    return true;
}

/* *done is false when no number stands here. */
static bool decode_number(Decoder *d, Value *v, bool *done)
{
    size_t from = d->at;
    bool whole = true;
    *done = false;
    if (peek(d) == '-')
        d->at++;
    if (!char_is_digit(peek(d))) {
        d->at = from;
        return true;
    }
    if (peek(d) == '0')
        d->at++;
    else
        skip_digits(d);
    if (peek(d) == '.' && d->at + 1 < d->text.len && char_is_digit(d->text.ptr[d->at + 1])) {
        whole = false;
        d->at++;
        skip_digits(d);
    }
    if (peek(d) == 'e' || peek(d) == 'E') {
        size_t mark = d->at++;
        if (peek(d) == '+' || peek(d) == '-')
            d->at++;
        if (char_is_digit(peek(d)))
            whole = false;
        else
            d->at = mark;
        if (d->at != mark)
            skip_digits(d);
    }
    *done = true;
    return give_number(d, str_slice(d->text, from, d->at), whole, v);
}

static bool decode_constant(Decoder *d, Value *v, bool *done)
{
    static const struct {
        const char *text;
        Tag tag;
        bool truth;
        double real;
    } constants[] = {
        { "null", TAG_NONE, false, 0 },
        { "true", TAG_BOOL, true, 0 },
        { "false", TAG_BOOL, false, 0 },
        { "NaN", TAG_FLOAT, false, __builtin_nan("") },
        { "Infinity", TAG_FLOAT, false, __builtin_inf() },
        { "-Infinity", TAG_FLOAT, false, -__builtin_inf() },
    };
    Str rest = str_from_offset(d->text, d->at);
    *done = false;
    for (size_t i = 0; !*done && i < sizeof constants / sizeof *constants; i++) {
        Str text = str_from(constants[i].text);
        if (!str_starts(rest, text))
            continue;
        d->at += text.len;
        *done = true;
        if (constants[i].tag == TAG_FLOAT && !value_is_none(d->parse_constant))
            return call_hook(d, d->parse_constant, make_str(d->vm, text), v);
        *v = constants[i].tag == TAG_NONE   ? VALUE_NONE
             : constants[i].tag == TAG_BOOL ? value_bool(constants[i].truth)
                                            : value_float(constants[i].real);
    }
    return true;
}

static bool decode_items(Decoder *d, Value list)
{
    skip_space(d);
    if (peek(d) == ']') {
        d->at++;
        return true;
    }
    for (;;) {
        Value item;
        skip_space(d);
        if (!decode_value(d, &item))
            return false;
        list_append(d->vm, list, item);
        skip_space(d);
        char c = peek(d);
        if (c != ',' && c != ']')
            return broken(d, "Expecting ',' delimiter", d->at);
        d->at++;
        if (c == ']')
            return true;
    }
}

static bool decode_pair(Decoder *d, Value dict, Value pairs)
{
    Value key, item;
    if (peek(d) != '"')
        return broken(d, "Expecting property name enclosed in double quotes", d->at);
    d->at++;
    if (!decode_string(d, &key))
        return false;
    vm_push(d->vm, key);
    skip_space(d);
    bool ok = peek(d) == ':' || broken(d, "Expecting ':' delimiter", d->at);
    if (ok) {
        d->at++;
        skip_space(d);
        ok = decode_value(d, &item);
    }
    if (ok && value_given(pairs)) {
        const Value both[] = { key, item };
        list_append(d->vm, pairs, make_tuple(d->vm, both, 2));
    } else if (ok) {
        ok = dict_set(d->vm, dict, key, item);
    }
    vm_pop(d->vm, 1);
    return ok;
}

static bool decode_pairs(Decoder *d, Value dict, Value pairs)
{
    skip_space(d);
    if (peek(d) == '}') {
        d->at++;
        return true;
    }
    for (;;) {
        skip_space(d);
        if (!decode_pair(d, dict, pairs))
            return false;
        skip_space(d);
        char c = peek(d);
        if (c != ',' && c != '}')
            return broken(d, "Expecting ',' delimiter", d->at);
        d->at++;
        if (c == '}')
            return true;
    }
}

static bool decode_list(Decoder *d, Value *v)
{
    *v = make_list(d->vm, NULL, 0);
    vm_push(d->vm, *v);
    bool ok = decode_items(d, *v);
    vm_pop(d->vm, 1);
    return ok;
}

static bool decode_object(Decoder *d, Value *v)
{
    bool as_pairs = !value_is_none(d->pairs_hook);
    *v = as_pairs ? make_list(d->vm, NULL, 0) : make_dict(d->vm);
    vm_push(d->vm, *v);
    bool ok = decode_pairs(d, *v, as_pairs ? *v : VALUE_UNSET);
    vm_pop(d->vm, 1);
    if (!ok)
        return false;
    if (as_pairs)
        return call_hook(d, d->pairs_hook, *v, v);
    return value_is_none(d->object_hook) || call_hook(d, d->object_hook, *v, v);
}

static bool decode_value(Decoder *d, Value *v)
{
    char c = peek(d);
    bool done;
    if (c == '"') {
        d->at++;
        return decode_string(d, v);
    }
    if (c == '[' || c == '{') {
        if (d->depth >= JSON_DEPTH_MOST)
            return vm_raise(d->vm, "RecursionError",
                            "maximum recursion depth exceeded while decoding a JSON %s",
                            c == '[' ? "array" : "object");
        d->at++;
        d->depth++;
        bool ok = c == '[' ? decode_list(d, v) : decode_object(d, v);
        d->depth--;
        return ok;
    }
    if (!decode_constant(d, v, &done))
        return false;
    if (!done && !decode_number(d, v, &done))
        return false;
    return done || broken(d, "Expecting value", d->at);
}

/* Gives (value, end): end is in code points. With `whole`, nothing may follow. */
bool json_decode(Vm *vm, Call *call)
{
    ARGS(call, text, index, object_hook, parse_float, parse_int, parse_constant, strict,
         object_pairs_hook, whole);
    Decoder d = { .vm = vm,
                  .document = text,
                  .object_hook = object_hook,
                  .parse_float = parse_float,
                  .parse_int = parse_int,
                  .parse_constant = parse_constant,
                  .pairs_hook = object_pairs_hook };
    int64_t from;
    bool all;
    if (!to_str(vm, text, &d.text) || !to_int(vm, index, &from) ||
        !to_truth(vm, strict, &d.strict) || !to_truth(vm, whole, &all))
        return false;
    for (int64_t i = 0; i < from && d.at < d.text.len; i++)
        utf8_next(d.text, &d.at);
    Value result;
    if (all)
        skip_space(&d);
    if (!decode_value(&d, &result))
        return false;
    if (all) {
        skip_space(&d);
        if (d.at != d.text.len)
            return broken(&d, "Extra data", d.at);
    }
    const Value both[] = { result, value_int((int64_t)utf8_count(str_slice(d.text, 0, d.at))) };
    return give(call, make_tuple(vm, both, 2));
}

static const NativeRow json_functions[] = {
    { "encode(o, skipkeys, ensure_ascii, check_circular, allow_nan, indent, item_separator, "
      "key_separator, default, sort_keys)",
      json_encode, NULL },
    { "decode(text, index, object_hook, parse_float, parse_int, parse_constant, strict, "
      "object_pairs_hook, whole)",
      json_decode, NULL },
};
const NativeModule json_module = {
    .name = "_json",
    .functions = json_functions,
    .function_count = sizeof json_functions / sizeof *json_functions,
};
