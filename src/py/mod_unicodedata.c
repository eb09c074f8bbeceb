/* SPDX-License-Identifier: MIT */
/* unicodedata, over utf8proc. Names of characters are not among its facts. */
#include <stdlib.h>
#include <utf8proc.h>

#include "py/modules_data.h"
#include "py/text.h"

static bool to_code(Vm *vm, Call *call, uint32_t *code)
{
    Str text;
    size_t at = 0;
    if (!is_str(call->args[0]))
        return vm_raise(vm, "TypeError", "argument 1 must be a unicode character, not %s",
                        type_name(vm, call->args[0]));
    if (!to_str(vm, call->args[0], &text))
        return false;
    if (text.len)
        *code = utf8_next(text, &at);
    return (text.len && at == text.len) ||
           vm_raise(vm, "TypeError",
                    "argument must be a unicode character, not a string of another "
                    "length");
}

static bool unicodedata_category(Vm *vm, Call *call)
{
    uint32_t code;
    return to_code(vm, call, &code) &&
           give(call, make_strz(vm, utf8proc_category_string((utf8proc_int32_t)code)));
}

static bool unicodedata_combining(Vm *vm, Call *call)
{
    uint32_t code;
    return to_code(vm, call, &code) &&
           give(call, value_int(utf8proc_get_property((utf8proc_int32_t)code)->combining_class));
}

static bool unicodedata_bidirectional(Vm *vm, Call *call)
{
    static const char *const names[] = { "",    "L",  "LRE", "LRO", "R",   "AL",  "RLE", "RLO",
                                         "PDF", "EN", "ES",  "ET",  "AN",  "CS",  "NSM", "BN",
                                         "B",   "S",  "WS",  "ON",  "LRI", "RLI", "FSI", "PDI" };
    uint32_t code;
    if (!to_code(vm, call, &code))
        return false;
    unsigned class = utf8proc_get_property((utf8proc_int32_t)code)->bidi_class;
    return give(call, make_strz(vm, class < sizeof names / sizeof *names ? names[class] : ""));
}

static bool unicodedata_decimal(Vm *vm, Call *call)
{
    uint32_t code;
    if (!to_code(vm, call, &code))
        return false;
    if (code_decimal(code) >= 0)
        return give(call, value_int(code_decimal(code)));
    return call->args[1].tag != TAG_UNSET ? give(call, call->args[1])
                                          : vm_raise(vm, "ValueError", "not a decimal");
}

static bool to_form(Vm *vm, Value v, utf8proc_option_t *options)
{
    static const struct {
        const char *name;
        utf8proc_option_t options;
    } forms[] = {
        { "NFC", UTF8PROC_STABLE | UTF8PROC_COMPOSE },
        { "NFD", UTF8PROC_STABLE | UTF8PROC_DECOMPOSE },
        { "NFKC", UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT },
        { "NFKD", UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT },
    };
    Str name;
    if (!to_str(vm, v, &name))
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (str_is(name, forms[i].name)) {
            *options = forms[i].options;
            return true;
        }
    }
    return vm_raise(vm, "ValueError", "invalid normalization form");
}

/* *normal is what utf8proc allocated, or NULL where ASCII needs no change. */
static bool normalize(Vm *vm, Call *call, Str *text, char **normal)
{
    utf8proc_option_t options = 0;
    *normal = NULL;
    if (!to_form(vm, call->args[0], &options) || !to_str(vm, call->args[1], text))
        return false;
    if (text_is_ascii(*text))
        return true;
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text->ptr,
                                           (utf8proc_ssize_t)text->len, &made, options);
    if (length < 0)
        return vm_raise(vm, "ValueError", "%s", utf8proc_errmsg(length));
    *normal = (char *)made;
    *text = (Str){ *normal, (size_t)length };
    return true;
}

static bool unicodedata_normalize(Vm *vm, Call *call)
{
    Str text;
    char *normal;
    if (!normalize(vm, call, &text, &normal))
        return false;
    call->result = make_str(vm, text);
    free(normal);
    return true;
}

static bool unicodedata_is_normalized(Vm *vm, Call *call)
{
    Str text, given;
    char *normal;
    if (!normalize(vm, call, &text, &normal) || !to_str(vm, call->args[1], &given))
        return false;
    call->result = value_bool(str_eq(text, given));
    free(normal);
    return true;
}

static bool unicodedata_east_asian_width(Vm *vm, Call *call)
{
    uint32_t code;
    if (!to_code(vm, call, &code))
        return false;
    bool wide = utf8proc_charwidth((utf8proc_int32_t)code) == 2;
    return give(call, make_strz(vm, wide ? "W" : code < 128 ? "Na" : "N"));
}

static bool unicodedata_refused(Vm *vm, Call *call)
{
    Str row = str_from(call->row->signature);
    return vm_raise(vm, "NotImplementedError", "limbeck does not serve unicodedata.%.*s",
                    STR_ARG(str_slice(row, 0, (size_t)str_find_char(row, '(', 0))));
}

static const NativeRow unicodedata_functions[] = {
    { "category(chr, /)", unicodedata_category, "The general category of a character." },
    { "combining(chr, /)", unicodedata_combining, "The canonical combining class." },
    { "bidirectional(chr, /)", unicodedata_bidirectional, "The bidirectional class." },
    { "decimal(chr, default=..., /)", unicodedata_decimal, "The decimal value of a digit." },
    { "digit(chr, default=..., /)", unicodedata_decimal, "The value of a digit." },
    { "east_asian_width(chr, /)", unicodedata_east_asian_width, "The width of a character." },
    { "normalize(form, unistr, /)", unicodedata_normalize, "The normal form of a text." },
    { "is_normalized(form, unistr, /)", unicodedata_is_normalized, "Is it in normal form?" },
    { "name(chr, default=..., /)", unicodedata_refused, "Refused." },
    { "lookup(name, /)", unicodedata_refused, "Refused." },
    { "numeric(chr, default=..., /)", unicodedata_refused, "Refused." },
    { "decomposition(chr, /)", unicodedata_refused, "Refused." },
};

static bool unicodedata_init(Vm *vm, Value module)
{
    return module_set(vm, module, "unidata_version", make_strz(vm, utf8proc_unicode_version()));
}

const NativeModule unicodedata_module = {
    .name = "unicodedata",
    .functions = unicodedata_functions,
    .function_count = sizeof unicodedata_functions / sizeof *unicodedata_functions,
    .init = unicodedata_init,
};
