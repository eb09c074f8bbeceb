/* SPDX-License-Identifier: MIT */
/* text % arguments. */
#include "py/format.h"

#include "py/format_spec.h"
#include "py/number.h"
#include "py/obj_number.h"
#include "py/operators.h"
#include "py/real.h"
#include "py/state.h"
#include "py/text.h"

typedef struct Percent {
    Vm *vm;
    Buf *out;
    Value arguments;
    bool bytes, tuple, mapping; /* mapping: a %(name) was met, and arguments is one */
    size_t next;
    bool used; /* a lone argument was taken */
} Percent;

/* One "%(name)-05.2lf". */
typedef struct Conversion {
    bool left, plus, space, zero, alternate, given; /* given: a value came by %(name) */
    Value value;
    int64_t width, precision; /* -1: none */
    uint32_t type;
} Conversion;

static bool not_enough(Percent *p)
{
    return vm_raise(p->vm, "TypeError", "not enough arguments for format string");
}

static bool next_argument(Percent *p, Value *v)
{
    if (p->tuple) {
        if (p->next >= tuple_len(p->arguments))
            return not_enough(p);
        *v = tuple_get(p->arguments, p->next++);
        return true;
    }
    if (p->used)
        return not_enough(p);
    p->used = true;
    *v = p->arguments;
    return true;
}

static bool is_mapping(Vm *vm, Value v)
{
    if (is_tuple(v) || is_str(v) || v.tag != TAG_OBJECT)
        return false;
    return value_is(v, OBJ_DICT) || value_is(v, OBJ_LIST) || value_is(v, OBJ_BYTES) ||
           value_given(special_find(vm, v, SYM(vm, __getitem__)));
}

/* "(name)", parentheses nest. */
static bool take_name(Percent *p, Str text, size_t *at, Conversion *c)
{
    if (*at >= text.len || text.ptr[*at] != '(')
        return true;
    size_t from = ++*at;
    int depth = 1;
    for (; *at < text.len && depth; (*at)++)
        depth += text.ptr[*at] == '(' ? 1 : text.ptr[*at] == ')' ? -1 : 0;
    if (!is_mapping(p->vm, p->arguments))
        return vm_raise(p->vm, "TypeError", "format requires a mapping");
    if (depth)
        return vm_raise(p->vm, "ValueError", "incomplete format key");
    Str name = str_slice(text, from, *at - 1);
    p->mapping = c->given = true;
    Value key = p->bytes ? make_bytes(p->vm, name) : make_str(p->vm, name);
    return vm_getitem(p->vm, p->arguments, key, &c->value);
}

static void take_flags(Str text, size_t *at, Conversion *c)
{
    for (; *at < text.len; (*at)++) {
        switch (text.ptr[*at]) {
        case '-':
            c->left = true;
            break;
        case '+':
            c->plus = true;
            break;
        case ' ':
            c->space = true;
            break;
        case '0':
            c->zero = true;
            break;
        case '#':
            c->alternate = true;
            break;
        default:
            return;
        }
    }
}

/* Digits or "*". */
static bool take_number(Percent *p, Str text, size_t *at, int64_t *number, const char *big)
{
    Value v;
    if (*at < text.len && text.ptr[*at] == '*') {
        (*at)++;
        if (!next_argument(p, &v))
            return false;
        if (!is_int(v))
            return vm_raise(p->vm, "TypeError", "* wants int");
        if (!int_small(v, number) || *number > INT32_MAX || *number < INT32_MIN)
            return vm_raise(p->vm, "OverflowError", "Python int too large to convert to C int");
        return true;
    }
    for (; *at < text.len && char_is_digit(text.ptr[*at]); (*at)++) {
        *number = (*number < 0 ? 0 : *number) * 10 + (text.ptr[*at] - '0');
        if (*number > INT32_MAX)
            return vm_raise(p->vm, "ValueError", "%s", big);
    }
    return true;
}

static void put_padded(Percent *p, const Conversion *c, Str text, bool bytes)
{
    int64_t count = (int64_t)(bytes ? text.len : utf8_count(text));
    int64_t fill = c->width > count ? c->width - count : 0;
    if (!c->left)
        buf_put_repeat(p->out, ' ', (size_t)fill);
    buf_put(p->out, text);
    if (c->left)
        buf_put_repeat(p->out, ' ', (size_t)fill);
}

/* A number with its sign and prefix before the zeros. `text` has no sign. */
static void put_number(Percent *p, const Conversion *c, bool negative, Str prefix, Str text)
{
    const char *sign = negative ? "-" : c->plus ? "+" : c->space ? " " : "";
    int64_t count = (int64_t)(strlen(sign) + prefix.len + text.len);
    int64_t fill = c->width > count ? c->width - count : 0;
    bool zeros = c->zero && !c->left;
    if (!c->left && !zeros)
        buf_put_repeat(p->out, ' ', (size_t)fill);
    buf_puts(p->out, sign);
    buf_put(p->out, prefix);
    if (zeros)
        buf_put_repeat(p->out, '0', (size_t)fill);
    buf_put(p->out, text);
    if (c->left)
        buf_put_repeat(p->out, ' ', (size_t)fill);
}

/* The int that %d or %x writes: whole floats for %d only. */
static bool to_whole(Percent *p, const Conversion *c, Value v, Value *number)
{
    bool decimal = c->type == 'd' || c->type == 'i' || c->type == 'u';
    double real;
    if (is_int(v)) {
        *number = v;
        return true;
    }
    if (decimal && float_real(v, &real))
        return int_from_real(p->vm, real, number);
    Value method = special_find(p->vm, v, SYM(p->vm, __index__));
    if (!value_given(method) && decimal)
        method = special_find(p->vm, v, SYM(p->vm, __int__));
    if (!value_given(method) || is_str(v))
        return vm_raise(p->vm, "TypeError", "%%%c format: %s is required, not %s", (char)c->type,
                        decimal ? "a real number" : "an integer", type_name(p->vm, v));
    return special_call(p->vm, method, v, NULL, 0, number);
}

static bool put_int(Percent *p, const Conversion *c, Value v)
{
    Value number;
    Buf digits = { 0 }, padded = { 0 };
    unsigned base = c->type == 'o' ? 8 : c->type == 'x' || c->type == 'X' ? 16 : 10;
    if (!to_whole(p, c, v, &number) || !int_put(p->vm, number, base, &digits))
        return false;
    bool negative = digits.ptr[0] == '-';
    Str text = str_from_offset(buf_str(&digits), negative);
    if ((int64_t)text.len < c->precision)
        buf_put_repeat(&padded, '0', (size_t)c->precision - text.len);
    buf_put(&padded, text);
    for (size_t i = 0; c->type == 'X' && i < padded.len; i++)
        padded.ptr[i] = char_upper(padded.ptr[i]);
    Str prefix = !c->alternate    ? STR("")
                 : c->type == 'o' ? STR("0o")
                 : c->type == 'x' ? STR("0x")
                 : c->type == 'X' ? STR("0X")
                                  : STR("");
    put_number(p, c, negative, prefix, buf_str(&padded));
    buf_free(&digits);
    buf_free(&padded);
    return true;
}

static bool put_real(Percent *p, const Conversion *c, Value v)
{
    double real;
    if (is_str(v) || (!is_number(v) && !value_given(special_find(p->vm, v, SYM(p->vm, __float__)))))
        return vm_raise(p->vm, "TypeError",
                        p->bytes ? "float argument required, not %s"
                                 : "must be real number, not %s",
                        type_name(p->vm, v));
    if (!to_float(p->vm, v, &real))
        return false;
    Buf text = { 0 };
    real_put_as(&text, real, (char)c->type, c->precision < 0 ? 6 : (int)c->precision,
                c->alternate ? REAL_ALTERNATE : REAL_PLAIN);
    bool negative = text.ptr[0] == '-';
    put_number(p, c, negative, STR(""), str_from_offset(buf_str(&text), negative));
    buf_free(&text);
    return true;
}

static bool put_char(Percent *p, const Conversion *c, Value v)
{
    int64_t code;
    char bytes[4];
    if (is_str(v) && !p->bytes && str_count(as_str(v)) == 1) {
        put_padded(p, c, str_text(as_str(v)), false);
        return true;
    }
    if (p->bytes && is_bytes(v) && as_bytes(v)->len == 1) {
        put_padded(p, c, bytes_text(as_bytes(v)), true);
        return true;
    }
    if (!is_int(v))
        return vm_raise(p->vm, "TypeError",
                        p->bytes ? "%%c requires an integer in range(256) or a single byte"
                                 : "%%c requires int or char");
    bool small = int_small(v, &code);
    if (p->bytes && (!small || code < 0 || code > 255))
        return vm_raise(p->vm, "OverflowError", "%%c arg not in range(256)");
    if (!small || code < 0 || code > 0x10FFFF)
        return vm_raise(p->vm, "OverflowError", "%%c arg not in range(0x110000)");
    bytes[0] = (char)code;
    put_padded(p, c, (Str){ bytes, p->bytes ? 1 : utf8_put(bytes, (uint32_t)code) }, p->bytes);
    return true;
}

static Str cut_code_points(Str text, int64_t most)
{
    size_t at = 0;
    while (most-- > 0 && at < text.len)
        utf8_next(text, &at);
    return str_slice(text, 0, at);
}

static bool put_bytes(Percent *p, const Conversion *c, Value v)
{
    if (!is_bytes(v))
        return vm_raise(p->vm, "TypeError",
                        "%%b requires a bytes-like object, or an object that implements __bytes__, "
                        "not '%s'",
                        type_name(p->vm, v));
    Str data = bytes_text(as_bytes(v));
    put_padded(p, c, c->precision < 0 ? data : str_slice(data, 0, (size_t)c->precision), true);
    return true;
}

static bool put_text(Percent *p, const Conversion *c, Value v)
{
    Value text;
    if (p->bytes && (c->type == 's' || c->type == 'b'))
        return put_bytes(p, c, v);
    if (c->type == 's' ? !vm_str(p->vm, v, &text) : !vm_repr(p->vm, v, &text))
        return false;
    Str shown = str_text(as_str(text));
    Buf ascii = { 0 };
    if (c->type == 'a' || p->bytes) {
        text_put_ascii(&ascii, shown);
        shown = buf_str(&ascii);
    }
    put_padded(p, c, c->precision < 0 ? shown : cut_code_points(shown, c->precision), false);
    buf_free(&ascii);
    return true;
}

static bool unsupported(Percent *p, uint32_t type, size_t index)
{
    char bytes[5] = { 0 };
    if (type > 31 && type < 127)
        bytes[0] = (char)type;
    else
        bytes[0] = '?';
    return vm_raise(p->vm, "ValueError", "unsupported format character '%s' (0x%x) at index %zu",
                    bytes, (unsigned)type, index);
}

static bool put_conversion(Percent *p, Conversion *c, size_t index)
{
    if (c->type == '%') {
        buf_putc(p->out, '%');
        return true;
    }
    if (!c->given && !next_argument(p, &c->value))
        return false;
    bool known = c->type < 128 && c->type && strchr("diouxXeEfFgGcrsa", (int)c->type);
    if (!known && !(p->bytes && c->type == 'b'))
        return unsupported(p, c->type, index);
    if ((c->width > 1 << 16 && !heap_may_make(p->vm, (size_t)c->width)) ||
        (c->precision > 1 << 16 && !heap_may_make(p->vm, (size_t)c->precision)))
        return false;
    if (strchr("diouxX", (int)c->type))
        return put_int(p, c, c->value);
    if (strchr("eEfFgG", (int)c->type))
        return put_real(p, c, c->value);
    return c->type == 'c' ? put_char(p, c, c->value) : put_text(p, c, c->value);
}

/* *at stands behind '%'. */
static bool take_conversion(Percent *p, Str text, size_t *at)
{
    Conversion c = { .width = -1, .precision = -1 };
    if (!take_name(p, text, at, &c))
        return false;
    take_flags(text, at, &c);
    if (!take_number(p, text, at, &c.width, "width too big"))
        return false;
    if (c.width < -1) {
        c.left = true;
        c.width = -c.width;
    }
    if (*at < text.len && text.ptr[*at] == '.') {
        (*at)++;
        c.precision = 0;
        if (!take_number(p, text, at, &c.precision, "precision too big"))
            return false;
        if (c.precision < 0)
            c.precision = 0;
    }
    if (*at < text.len && strchr("hlL", text.ptr[*at]))
        (*at)++;
    if (*at >= text.len)
        return vm_raise(p->vm, "ValueError", "incomplete format");
    size_t index = p->bytes ? *at : utf8_count(str_slice(text, 0, *at));
    c.type = p->bytes ? (unsigned char)text.ptr[(*at)++] : utf8_next(text, at);
    return put_conversion(p, &c, index);
}

bool format_percent(Vm *vm, Str template, Value arguments, bool bytes, Buf *out)
{
    Percent p = { .vm = vm, .out = out, .arguments = arguments, .bytes = bytes };
    p.tuple = is_tuple(arguments);
    for (size_t at = 0; at < template.len;) {
        ptrdiff_t next = str_find_char(template, '%', at);
        size_t stop = next < 0 ? template.len : (size_t)next;
        buf_put(out, str_slice(template, at, stop));
        at = stop + 1;
        if (out->len > 1 << 20 && !heap_may_make(vm, out->len))
            return false;
        if (next >= 0 && !take_conversion(&p, template, &at))
            return false;
    }
    bool left = p.tuple ? p.next < tuple_len(arguments)
                        : !p.used && !p.mapping && !is_mapping(vm, arguments);
    return !left || vm_raise(vm, "TypeError", "not all arguments converted during %s formatting",
                             bytes ? "bytes" : "string");
}
