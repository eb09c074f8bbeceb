/* SPDX-License-Identifier: MIT */
#include "py/code.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char escape_letters[] = { ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['\\'] = '\\' };

static void put_repr_char(Buf *out, uint32_t c, char quote, bool bytes)
{
    if (c < sizeof escape_letters && escape_letters[c])
        buf_printf(out, "\\%c", escape_letters[c]);
    else if (c == (unsigned char)quote)
        buf_printf(out, "\\%c", quote);
    else if (c < 0x20 || c == 0x7F || (bytes && c >= 0x80))
        buf_printf(out, "\\x%02x", c);
    else if (c >= 0xD800 && c <= 0xDFFF)
        buf_printf(out, "\\u%04x", c);
    else
        buf_put_code_point(out, c);
}

static void put_text(Buf *out, Str text, bool bytes)
{
    bool single = str_find_char(text, '\'', 0) >= 0;
    char quote = single && str_find_char(text, '"', 0) < 0 ? '"' : '\'';
    buf_puts(out, bytes ? "b" : "");
    buf_putc(out, quote);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = bytes ? (unsigned char)text.ptr[at++] : utf8_next(text, &at);
        put_repr_char(out, c, quote, bytes);
    }
    buf_putc(out, quote);
}

/* The shortest digits that read back as the same number. */
static void put_float(Buf *out, double number)
{
    char digits[40];
    if (isinf(number)) {
        buf_puts(out, number < 0 ? "-1e309" : "1e309");
        return;
    }
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*e", precision - 1, number);
        if (strtod(digits, NULL) == number)
            break;
    }
    int exponent = atoi(strchr(digits, 'e') + 1);
    if (exponent >= -4 && exponent < 16) {
        int decimals = (int)(strchr(digits, 'e') - digits) - 1 - (digits[0] == '-');
        decimals = decimals > 0 ? decimals - 1 : 0;
        decimals -= exponent;
        buf_printf(out, "%.*f", decimals > 0 ? decimals : 1, number);
        return;
    }
    *strchr(digits, 'e') = '\0';
    buf_printf(out, "%se%c%02d", digits, exponent < 0 ? '-' : '+', abs(exponent));
}

static void put_items(Buf *out, const Const *value)
{
    for (size_t i = 0; i < value->items.len; i++) {
        buf_puts(out, i ? ", " : "");
        const_put(out, &value->items.items[i]);
    }
}

static void put_big_int(Buf *out, const Const *value)
{
    static const char *const prefixes[] = { [2] = "0b", [8] = "0o", [10] = "", [16] = "0x" };
    Str digits = value->text;
    if (digits.ptr[0] == '-') {
        buf_putc(out, '-');
        digits = str_from_offset(digits, 1);
    }
    buf_puts(out, prefixes[value->radix]);
    buf_put(out, digits);
}

void const_put(Buf *out, const Const *value)
{
    static const char *const words[] = {
        [CONST_NONE] = "None",
        [CONST_FALSE] = "False",
        [CONST_TRUE] = "True",
        [CONST_ELLIPSIS] = "...",
    };
    switch (value->kind) {
    case CONST_NONE:
    case CONST_FALSE:
    case CONST_TRUE:
    case CONST_ELLIPSIS:
        buf_puts(out, words[value->kind]);
        return;
    case CONST_INT:
        buf_put_int(out, value->integer);
        return;
    case CONST_BIG_INT:
        put_big_int(out, value);
        return;
    case CONST_FLOAT:
        put_float(out, value->number);
        return;
    case CONST_COMPLEX:
        if (value->number == floor(value->number) && fabs(value->number) < 1e16)
            buf_printf(out, "%.0f", value->number);
        else
            put_float(out, value->number);
        buf_putc(out, 'j');
        return;
    case CONST_STR:
    case CONST_BYTES:
        put_text(out, value->text, value->kind == CONST_BYTES);
        return;
    case CONST_TUPLE:
        buf_putc(out, '(');
        put_items(out, value);
        buf_puts(out, value->items.len == 1 ? ",)" : ")");
        return;
    case CONST_FROZENSET:
        buf_puts(out, "frozenset({");
        put_items(out, value);
        buf_puts(out, "})");
        return;
    case CONST_UNSUPPORTED:
        buf_printf(out, "<unsupported: %.*s>", STR_ARG(value->text));
        return;
    case CONST_CODE:
        buf_printf(out, "<code %.*s>", STR_ARG(value->code->name));
        return;
    }
}

static bool items_eq(const Const *a, const Const *b)
{
    if (a->items.len != b->items.len)
        return false;
    for (size_t i = 0; i < a->items.len; i++) {
        if (!const_eq(&a->items.items[i], &b->items.items[i]))
            return false;
    }
    return true;
}

bool const_eq(const Const *a, const Const *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case CONST_NONE:
    case CONST_FALSE:
    case CONST_TRUE:
    case CONST_ELLIPSIS:
        return true;
    case CONST_INT:
        return a->integer == b->integer;
    case CONST_FLOAT:
    case CONST_COMPLEX:
        return memcmp(&a->number, &b->number, sizeof a->number) == 0;
    case CONST_BIG_INT:
        return a->radix == b->radix && str_eq(a->text, b->text);
    case CONST_STR:
    case CONST_BYTES:
    case CONST_UNSUPPORTED:
        return str_eq(a->text, b->text);
    case CONST_TUPLE:
    case CONST_FROZENSET:
        return items_eq(a, b);
    case CONST_CODE:
        return a->code == b->code;
    }
    return false;
}

uint32_t code_argument_slots(const Code *code)
{
    return code->arg_count + code->kwonly_count + !!(code->flags & CODE_VARARGS) +
           !!(code->flags & CODE_VARKEYWORDS);
}

uint32_t code_first_line(const Code *code)
{
    return code->flags & (CODE_FUNCTION | CODE_CLASS) ? source_line(code->source, code->span.start)
                                                      : 1;
}

const Handler *code_handler(const Code *code, uint32_t instruction)
{
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const Handler *handler = &code->handlers[i];
        if (handler->start <= instruction && instruction < handler->end)
            return handler;
    }
    return NULL;
}

Position code_position(const Code *code, uint32_t instruction)
{
    return source_position(code->source, code->spans[instruction]);
}

uint32_t code_line(const Code *code, uint32_t instruction)
{
    Span span = code->spans[instruction];
    return span.end ? source_line(code->source, span.start) : 0;
}

Loc code_loc(const Code *code, uint32_t instruction)
{
    return source_loc(code->source, code->spans[instruction]);
}
