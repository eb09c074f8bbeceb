/* SPDX-License-Identifier: MIT */
/* str: case, and which characters it holds. */
#include "py/type_str.h"

#include "py/obj_str.h"
#include "py/text.h"

static bool map_text(Vm *vm, Call *call, void (*map)(Buf *out, Str text))
{
    Buf out = { 0 };
    map(&out, self_text(call));
    return give_text(vm, call, &out);
}

bool str_lower(Vm *vm, Call *call)
{
    return map_text(vm, call, text_lower);
}

bool str_upper(Vm *vm, Call *call)
{
    return map_text(vm, call, text_upper);
}

bool str_title(Vm *vm, Call *call)
{
    return map_text(vm, call, text_title);
}

bool str_capitalize(Vm *vm, Call *call)
{
    return map_text(vm, call, text_capitalize);
}

bool str_swapcase(Vm *vm, Call *call)
{
    return map_text(vm, call, text_swapcase);
}

bool str_casefold(Vm *vm, Call *call)
{
    return map_text(vm, call, text_casefold);
}

/* Not empty, and all of one kind. */
static bool all_are(Call *call, bool (*is)(uint32_t code), bool when_empty)
{
    Str text = self_text(call);
    for (size_t at = 0; at < text.len;)
        if (!is(utf8_next(text, &at)))
            return give(call, value_bool(false));
    return give(call, value_bool(text.len > 0 || when_empty));
}

static bool code_is_alnum(uint32_t code)
{
    return code_is_alpha(code) || code_is_numeric(code);
}

bool str_isalpha(Vm *vm, Call *call)
{
    (void)vm;
    return all_are(call, code_is_alpha, false);
}

bool str_isalnum(Vm *vm, Call *call)
{
    (void)vm;
    return all_are(call, code_is_alnum, false);
}

bool str_isdecimal(Vm *vm, Call *call)
{
    (void)vm;
    return all_are(call, code_is_decimal, false);
}

bool str_isdigit(Vm *vm, Call *call)
{
    (void)vm;
    return all_are(call, code_is_digit, false);
}

bool str_isnumeric(Vm *vm, Call *call)
{
    (void)vm;
    return all_are(call, code_is_numeric, false);
}

bool str_isspace(Vm *vm, Call *call)
{
    (void)vm;
    return all_are(call, code_is_space, false);
}

bool str_isprintable(Vm *vm, Call *call)
{
    (void)vm;
    return all_are(call, code_is_printable, true);
}

bool str_isascii(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_bool(text_is_ascii(self_text(call))));
}

bool str_isidentifier(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_bool(text_is_identifier(self_text(call))));
}

/* Has one of the wanted kind and none of the other case. */
static bool all_cased(Call *call, bool lower)
{
    Str text = self_text(call);
    bool any = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code_is_title(code) || (lower ? code_is_upper(code) : code_is_lower(code)))
            return give(call, value_bool(false));
        any = any || (lower ? code_is_lower(code) : code_is_upper(code));
    }
    return give(call, value_bool(any));
}

bool str_islower(Vm *vm, Call *call)
{
    (void)vm;
    return all_cased(call, true);
}

bool str_isupper(Vm *vm, Call *call)
{
    (void)vm;
    return all_cased(call, false);
}

bool str_istitle(Vm *vm, Call *call)
{
    Str text = self_text(call);
    bool any = false, inside = false;
    (void)vm;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        bool capital = code_is_upper(code) || code_is_title(code);
        if (capital ? inside : code_is_lower(code) && !inside)
            return give(call, value_bool(false));
        inside = capital || code_is_lower(code);
        any = any || inside;
    }
    return give(call, value_bool(any));
}
