/* SPDX-License-Identifier: MIT */
/* format() of built-in values, and str.format. */
#include "py/format.h"

#include "py/format_spec.h"
#include "py/number.h"
#include "py/obj_number.h"
#include "py/operators.h"
#include "py/state.h"
#include "py/text.h"

/* ---- __format__ ---- */

static bool char_arg(Vm *vm, Value v, int64_t *code)
{
    if (!int_small(v, code))
        return vm_raise(vm, "OverflowError", "Python int too large to convert to C long");
    if (*code < 0 || *code > 0x10FFFF)
        return vm_raise(vm, "OverflowError", "%%c arg not in range(0x110000)");
    return true;
}

static bool format_int_digits(Vm *vm, const FormatSpec *spec, Value v, Buf *out, Buf *problem)
{
    unsigned base = spec->type == 'b'                        ? 2
                    : spec->type == 'o'                      ? 8
                    : spec->type == 'x' || spec->type == 'X' ? 16
                                                             : 10;
    Buf digits = { 0 };
    bool ok = int_put(vm, v, base, &digits);
    if (ok) {
        bool negative = digits.ptr[0] == '-';
        ok = format_put_int(out, spec, negative, str_from_offset(buf_str(&digits), negative),
                            problem);
    }
    buf_free(&digits);
    return ok;
}

/* False with nothing in `problem` when an exception was raised. */
static bool format_int(Vm *vm, const FormatSpec *spec, Value v, Buf *out, Buf *problem)
{
    int64_t code = 0;
    double real;
    if (format_type_is_real(spec->type))
        return number_real(vm, v, &real) && format_put_real(out, spec, real, problem);
    if (spec->type == 'c')
        return char_arg(vm, v, &code) && format_put_char(out, spec, (uint32_t)code, problem);
    if (spec->type && (spec->type > 127 || !strchr("bdonxX", (int)spec->type)))
        return format_unknown_type(spec, type_name(vm, v), problem);
    return format_int_digits(vm, spec, v, out, problem);
}

static bool format_spec_of(Vm *vm, Value v, Str text, Buf *out, Buf *problem)
{
    FormatSpec spec;
    double real;
    bool is_text = value_is(v, OBJ_STR);
    if (!format_spec_parse(text, is_text ? '<' : '>', type_name(vm, v), &spec, problem))
        return false;
    if ((spec.width > 1 << 16 && !heap_may_make(vm, (size_t)spec.width)) ||
        (spec.precision > 1 << 16 && !heap_may_make(vm, (size_t)spec.precision)))
        return false;
    if (is_text)
        return spec.type && spec.type != 's'
                   ? format_unknown_type(&spec, type_name(vm, v), problem)
                   : format_put_text(out, &spec, str_text(as_str(v)), problem);
    if (float_real(v, &real))
        return format_put_real(out, &spec, real, problem);
    return format_int(vm, &spec, v, out, problem);
}

bool format_builtin(Vm *vm, Value v, Str spec, Buf *out)
{
    if (spec.len == 0) {
        Value text;
        Str shown;
        if (value_is(v, OBJ_STR)) {
            buf_put(out, str_text(as_str(v)));
            return true;
        }
        if (!vm_str(vm, v, &text) || !to_str(vm, text, &shown))
            return false;
        buf_put(out, shown);
        return true;
    }
    if (!is_number(v) && !value_is(v, OBJ_STR))
        return vm_raise(vm, "TypeError", "unsupported format string passed to %s.__format__",
                        type_name(vm, v));
    Buf problem = { 0 };
    bool ok = format_spec_of(vm, v, spec, out, &problem);
    if (!ok && problem.len)
        vm_raise(vm, "ValueError", "%.*s", STR_ARG(buf_str(&problem)));
    buf_free(&problem);
    return ok;
}

/* ---- str.format ---- */

typedef enum Numbering { NUMBER_UNKNOWN, NUMBER_AUTOMATIC, NUMBER_MANUAL } Numbering;

typedef struct Template {
    Vm *vm;
    Value args, keywords;
    Numbering numbering;
    int64_t next;
    int depth;
} Template;

static bool value_error(Vm *vm, const char *text)
{
    return vm_raise(vm, "ValueError", "%s", text);
}

/* The number that `name` is; -1 when it is none. */
static bool parse_index(Vm *vm, Str name, int64_t *index)
{
    *index = name.len ? 0 : -1;
    for (size_t i = 0; i < name.len; i++) {
        if (!char_is_digit(name.ptr[i])) {
            *index = -1;
            return true;
        }
        if (*index > (INT64_MAX - 9) / 10)
            return value_error(vm, "Too many decimal digits in format string");
        *index = *index * 10 + (name.ptr[i] - '0');
    }
    return true;
}

static bool number_field(Template *t, bool automatic, int64_t *index)
{
    Numbering wanted = automatic ? NUMBER_AUTOMATIC : NUMBER_MANUAL;
    if (t->numbering == NUMBER_UNKNOWN)
        t->numbering = wanted;
    if (t->numbering != wanted)
        return value_error(t->vm, automatic
                                      ? "cannot switch from manual field specification to "
                                        "automatic field numbering"
                                      : "cannot switch from automatic field numbering to manual "
                                        "field specification");
    if (automatic)
        *index = t->next++;
    return true;
}

static bool first_of_field(Template *t, Str name, Value *v)
{
    int64_t index;
    if (!parse_index(t->vm, name, &index))
        return false;
    if ((index >= 0 || name.len == 0) && !number_field(t, name.len == 0, &index))
        return false;
    if (index < 0) {
        if (value_is(t->keywords, OBJ_DICT) &&
            t->keywords.object->cls == builtin_class(t->vm, CLASS_DICT)) {
            *v = dict_get_str(t->keywords, name);
            return value_given(*v) || vm_raise_with(t->vm, EXC_KeyError, make_str(t->vm, name));
        }
        if (!value_given(t->keywords))
            return vm_raise_with(t->vm, EXC_KeyError, make_str(t->vm, name));
        return vm_getitem(t->vm, t->keywords, make_str(t->vm, name), v);
    }
    if (!value_given(t->args))
        return value_error(t->vm, "Format string contains positional fields");
    if ((uint64_t)index >= tuple_len(t->args))
        return vm_raise(t->vm, "IndexError",
                        "Replacement index %lld out of range for positional args tuple",
                        (long long)index);
    *v = tuple_get(t->args, (size_t)index);
    return true;
}

static bool attribute_of_field(Template *t, Str name, Value *v)
{
    if (name.len == 0)
        return value_error(t->vm, "Empty attribute in format string");
    return attr_get(t->vm, *v, str_intern(t->vm, name), v);
}

static bool item_of_field(Template *t, Str name, Value *v)
{
    int64_t index;
    if (name.len == 0)
        return value_error(t->vm, "Empty attribute in format string");
    if (!parse_index(t->vm, name, &index))
        return false;
    return vm_getitem(t->vm, *v, index < 0 ? make_str(t->vm, name) : value_int(index), v);
}

/* "0.name[key]" */
static bool value_of_field(Template *t, Str field, Value *v)
{
    size_t end = 0;
    while (end < field.len && field.ptr[end] != '.' && field.ptr[end] != '[')
        end++;
    if (!first_of_field(t, str_slice(field, 0, end), v))
        return false;
    while (end < field.len) {
        bool item = field.ptr[end] == '[';
        if (!item && field.ptr[end] != '.')
            return value_error(t->vm, "Only '.' or '[' may follow ']' in format field specifier");
        size_t from = ++end;
        while (end < field.len &&
               (item ? field.ptr[end] != ']' : field.ptr[end] != '.' && field.ptr[end] != '['))
            end++;
        Str name = str_slice(field, from, end);
        if (item && end++ == field.len)
            return value_error(t->vm, "Missing ']' in format string");
        if (item ? !item_of_field(t, name, v) : !attribute_of_field(t, name, v))
            return false;
    }
    return true;
}

static bool convert(Vm *vm, uint32_t conversion, Value *v)
{
    switch (conversion) {
    case 0:
        return true;
    case 's':
        return vm_str(vm, *v, v);
    case 'r':
        return vm_repr(vm, *v, v);
    case 'a': {
        if (!vm_repr(vm, *v, v))
            return false;
        Buf out = { 0 };
        text_put_ascii(&out, str_text(as_str(*v)));
        *v = make_str(vm, buf_str(&out));
        buf_free(&out);
        return true;
    }
    default:
        if (conversion > 32 && conversion < 127)
            return vm_raise(vm, "ValueError", "Unknown conversion specifier %c", (char)conversion);
        return vm_raise(vm, "ValueError", "Unknown conversion specifier \\x%x",
                        (unsigned)conversion);
    }
}

/* A replacement field in its parts. */
typedef struct FieldParts {
    Str name, spec;
    uint32_t conversion;
    bool nested; /* the spec holds fields */
} FieldParts;

/* The name goes up to ':' or '!', but not within brackets. */
static bool scan_name(Vm *vm, Str text, size_t *at, Str *name)
{
    size_t from = *at;
    bool bracket = false;
    for (; *at < text.len; (*at)++) {
        char c = text.ptr[*at];
        if (c == '{')
            return value_error(vm, "unexpected '{' in field name");
        if (c == '[')
            bracket = true;
        else if (c == ']')
            bracket = false;
        else if (!bracket && (c == '}' || c == ':' || c == '!'))
            break;
    }
    *name = str_slice(text, from, *at);
    return *at < text.len || value_error(vm, "expected '}' before end of string");
}

static bool scan_conversion(Vm *vm, Str text, size_t *at, FieldParts *parts)
{
    if (text.ptr[*at] != '!')
        return true;
    (*at)++;
    if (*at >= text.len)
        return value_error(vm, "end of string while looking for conversion specifier");
    parts->conversion = utf8_next(text, at);
    if (*at >= text.len)
        return value_error(vm, "unmatched '{' in format spec");
    if (text.ptr[*at] != ':' && text.ptr[*at] != '}')
        return value_error(vm, "expected ':' after conversion specifier");
    return true;
}

/* *at stands behind '{'; afterwards behind '}'. */
static bool scan_field(Vm *vm, Str text, size_t *at, FieldParts *parts)
{
    *parts = (FieldParts){ .spec = STR("") };
    if (*at >= text.len)
        return value_error(vm, "Single '{' encountered in format string");
    if (!scan_name(vm, text, at, &parts->name))
        return false;
    if (text.ptr[*at] == '!' && *at + 1 < text.len && text.ptr[*at + 1] == '}' &&
        *at + 2 >= text.len)
        return value_error(vm, "unmatched '{' in format spec");
    if (!scan_conversion(vm, text, at, parts))
        return false;
    if (text.ptr[*at] == ':') {
        size_t from = ++*at;
        for (int depth = 1; *at < text.len; (*at)++) {
            depth += text.ptr[*at] == '{';
            depth -= text.ptr[*at] == '}';
            parts->nested = parts->nested || text.ptr[*at] == '{';
            if (depth == 0)
                break;
        }
        parts->spec = str_slice(text, from, *at);
        if (*at >= text.len)
            return value_error(vm, "unmatched '{' in format spec");
    }
    (*at)++;
    return true;
}

static bool put_template(Template *t, Str text, Buf *out);

static bool put_value(Vm *vm, Value v, Str spec, Buf *out)
{
    Value shown;
    if (value_is(v, OBJ_STR) && v.object->cls == builtin_class(vm, CLASS_STR))
        return format_builtin(vm, v, spec, out);
    if (v.tag != TAG_OBJECT && is_number(v))
        return format_builtin(vm, v, spec, out);
    vm_push(vm, v);
    bool ok = vm_format(vm, v, spec, &shown);
    vm_pop(vm, 1);
    if (ok)
        buf_put(out, str_text(as_str(shown)));
    return ok;
}

static bool put_field(Template *t, const FieldParts *parts, Buf *out)
{
    Value v;
    if (!value_of_field(t, parts->name, &v) || !convert(t->vm, parts->conversion, &v))
        return false;
    if (!parts->nested)
        return put_value(t->vm, v, parts->spec, out);
    Buf spec = { 0 };
    vm_push(t->vm, v);
    bool ok = put_template(t, parts->spec, &spec) && put_value(t->vm, v, buf_str(&spec), out);
    vm_pop(t->vm, 1);
    buf_free(&spec);
    return ok;
}

static bool put_template(Template *t, Str text, Buf *out)
{
    if (++t->depth > 2)
        return value_error(t->vm, "Max string recursion exceeded");
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        while (at < text.len && text.ptr[at] != '{' && text.ptr[at] != '}')
            at++;
        buf_put(out, str_slice(text, from, at));
        if (at >= text.len)
            break;
        char c = text.ptr[at++];
        if (at < text.len && text.ptr[at] == c) {
            buf_putc(out, c);
            at++;
            continue;
        }
        FieldParts parts;
        if (out->len > 1 << 20 && !heap_may_make(t->vm, out->len))
            return false;
        if (c == '}')
            return value_error(t->vm, "Single '}' encountered in format string");
        if (!scan_field(t->vm, text, &at, &parts) || !put_field(t, &parts, out))
            return false;
    }
    t->depth--;
    return true;
}

bool format_template(Vm *vm, Str template, Value args, Value keywords, Buf *out)
{
    Template t = { .vm = vm, .args = args, .keywords = keywords };
    return put_template(&t, template, out);
}
