/* SPDX-License-Identifier: MIT */
/* The module re: compiling, and the functions that take a pattern's text. */
#include "py/mod_re.h"

#include "py/modules.h"

enum { RE_STEPS_MOST = 20000000, RE_HEAP_KIB_MOST = 65536 };

static bool compile_failed(Vm *vm, Value source, int code)
{
    char message[160];
    pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
    if (code == PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH)
        return re_raise(vm, source, RE_NOWHERE, "look-behind requires fixed-width pattern");
    return re_raise(vm, source, 0, "%s", message);
}

static uint32_t compile_options(const Translation *t, bool bytes)
{
    uint32_t options = PCRE2_ALT_CIRCUMFLEX;
    options |= bytes ? 0 : PCRE2_UTF | PCRE2_UCP;
    options |= t->flags & RE_IGNORECASE ? PCRE2_CASELESS : 0;
    options |= t->flags & RE_MULTILINE ? PCRE2_MULTILINE : 0;
    options |= t->flags & RE_DOTALL ? PCRE2_DOTALL : 0;
    return options;
}

static pcre2_code *compile_text(const Translation *t, bool bytes, int *error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    size_t where;
    Str text = buf_str(&t->out);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.ptr, text.len, compile_options(t, bytes),
                                     error, &where, context);
    pcre2_compile_context_free(context);
    return code;
}

static Value pattern_make(Vm *vm, Value source, const Translation *t, pcre2_code *code)
{
    Value made = vm_new_native(vm, vm_class(vm, &pattern_class), &pattern_class);
    Pattern *pattern = payload_of(vm, made, &pattern_class);
    *pattern = (Pattern){
        .code = code,
        .data = pcre2_match_data_create_from_pattern(code, NULL),
        .limits = pcre2_match_context_create(NULL),
        .source = source,
        .names = t->names,
        .flags = t->flags,
        .groups = t->groups,
        .bytes = is_bytes(source),
    };
    pcre2_set_match_limit(pattern->limits, RE_STEPS_MOST);
    pcre2_set_heap_limit(pattern->limits, RE_HEAP_KIB_MOST);
    return made;
}

static bool compile_new(Vm *vm, Value source, int flags, Value *pattern)
{
    Translation t = { .names = make_dict(vm) };
    vm_push(vm, t.names);
    int error = 0;
    bool ok = re_translate(vm, source, flags, &t);
    if (ok) {
        pcre2_code *code = compile_text(&t, is_bytes(source), &error);
        if (code)
            *pattern = pattern_make(vm, source, &t, code);
        ok = code || compile_failed(vm, source, error);
    }
    buf_free(&t.out);
    vm_pop(vm, 1);
    return ok;
}

/* Patterns by flags and text: the module's functions meet the same ones again. */
static bool cached(Vm *vm, Value source, int64_t flags, Value *cache, Str *key)
{
    Str text;
    Value module;
    if (!to_str(vm, source, &text) || !vm_import(vm, STR("re"), &module) ||
        !vm_getattr(vm, module, "_cache", cache))
        return false;
    Value name = make_strf(vm, "%lld:%.*s", (long long)flags, STR_ARG(text));
    vm_push(vm, name);
    return to_str(vm, name, key);
}

bool re_compile(Vm *vm, Value source, int64_t flags, Value *pattern)
{
    if (is_instance(vm, source, &pattern_class)) {
        if (flags != 0)
            return vm_raise(vm, "ValueError",
                            "cannot process flags argument with a compiled pattern");
        *pattern = source;
        return true;
    }
    if (!is_str(source) && !is_bytes(source))
        return vm_raise(vm, "TypeError", "first argument must be string or compiled pattern");
    if (is_bytes(source))
        return compile_new(vm, source, (int)flags, pattern);
    Value cache;
    Str key;
    if (!cached(vm, source, flags, &cache, &key))
        return false;
    *pattern = dict_get_str(cache, key);
    bool ok = value_given(*pattern) || compile_new(vm, source, (int)flags, pattern);
    if (ok && dict_len(cache) < 512)
        dict_set_str(vm, cache, key, *pattern);
    vm_pop(vm, 1);
    return ok;
}

/* ---- functions ---- */

static bool flags_value(Vm *vm, Value flags, int64_t *number)
{
    return to_int(vm, flags, number);
}

static bool re_compile_function(Vm *vm, Call *call)
{
    ARGS(call, pattern, flags);
    int64_t number;
    Value compiled;
    return flags_value(vm, flags, &number) && re_compile(vm, pattern, number, &compiled) &&
           give(call, compiled);
}

/* pattern.method(string) */
static bool through_pattern(Vm *vm, Call *call, const char *method)
{
    ARGS(call, pattern, string, flags);
    int64_t number;
    Value compiled, result;
    if (!flags_value(vm, flags, &number) || !re_compile(vm, pattern, number, &compiled))
        return false;
    vm_push(vm, compiled);
    bool ok = vm_call_method(vm, compiled, method, &string, 1, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool re_match(Vm *vm, Call *call)
{
    return through_pattern(vm, call, "match");
}

static bool re_search(Vm *vm, Call *call)
{
    return through_pattern(vm, call, "search");
}

static bool re_fullmatch(Vm *vm, Call *call)
{
    return through_pattern(vm, call, "fullmatch");
}

static bool re_findall(Vm *vm, Call *call)
{
    return through_pattern(vm, call, "findall");
}

static bool re_finditer(Vm *vm, Call *call)
{
    return through_pattern(vm, call, "finditer");
}

static bool replace_through(Vm *vm, Call *call, const char *method)
{
    ARGS(call, pattern, repl, string, count, flags);
    int64_t number;
    Value compiled, result;
    if (!flags_value(vm, flags, &number) || !re_compile(vm, pattern, number, &compiled))
        return false;
    const Value parts[] = { repl, string, count };
    vm_push(vm, compiled);
    bool ok = vm_call_method(vm, compiled, method, parts, 3, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool re_sub(Vm *vm, Call *call)
{
    return replace_through(vm, call, "sub");
}

static bool re_subn(Vm *vm, Call *call)
{
    return replace_through(vm, call, "subn");
}

static bool re_split(Vm *vm, Call *call)
{
    ARGS(call, pattern, string, maxsplit, flags);
    int64_t number;
    Value compiled, result;
    if (!flags_value(vm, flags, &number) || !re_compile(vm, pattern, number, &compiled))
        return false;
    const Value parts[] = { string, maxsplit };
    vm_push(vm, compiled);
    bool ok = vm_call_method(vm, compiled, "split", parts, 2, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool re_escape(Vm *vm, Call *call)
{
    ARGS(call, pattern);
    Str text;
    if (!(is_bytes(pattern) ? to_bytes(vm, pattern, &text) : to_str(vm, pattern, &text)))
        return false;
    Buf out = { 0 };
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c && strchr("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", c))
            buf_putc(&out, '\\');
        buf_putc(&out, c);
    }
    Value result = is_bytes(pattern) ? make_bytes(vm, buf_str(&out)) : make_str(vm, buf_str(&out));
    buf_free(&out);
    return give(call, result);
}

static bool re_purge(Vm *vm, Call *call)
{
    Value module;
    return vm_import(vm, STR("re"), &module) && module_set(vm, module, "_cache", make_dict(vm)) &&
           give(call, VALUE_NONE);
}

static const NativeRow re_functions[] = {
    { "compile(pattern, flags=0)", re_compile_function, "Compile a regular expression." },
    { "match(pattern, string, flags=0)", re_match, "Match at the start of the string." },
    { "search(pattern, string, flags=0)", re_search, "Find the first match." },
    { "fullmatch(pattern, string, flags=0)", re_fullmatch, "Match the whole string." },
    { "findall(pattern, string, flags=0)", re_findall, "All matches." },
    { "finditer(pattern, string, flags=0)", re_finditer, "An iterator over all matches." },
    { "sub(pattern, repl, string, count=0, flags=0)", re_sub, "Replace matches." },
    { "subn(pattern, repl, string, count=0, flags=0)", re_subn, "Replace matches and count them." },
    { "split(pattern, string, maxsplit=0, flags=0)", re_split, "Split by matches." },
    { "escape(pattern)", re_escape, "Escape special characters." },
    { "purge()", re_purge, "Forget compiled patterns." },
};

static bool re_init(Vm *vm, Value module)
{
    static const struct {
        const char *letter, *name;
        int flag;
    } flags[] = {
        { "A", "ASCII", RE_ASCII },     { "I", "IGNORECASE", RE_IGNORECASE },
        { "L", "LOCALE", RE_LOCALE },   { "M", "MULTILINE", RE_MULTILINE },
        { "S", "DOTALL", RE_DOTALL },   { "U", "UNICODE", RE_UNICODE },
        { "X", "VERBOSE", RE_VERBOSE }, { "DEBUG", "DEBUG", RE_DEBUG },
        { "NOFLAG", "NOFLAG", 0 },
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!module_set(vm, module, flags[i].letter, value_int(flags[i].flag)) ||
            !module_set(vm, module, flags[i].name, value_int(flags[i].flag)))
            return false;
    }
    Value error;
    return import_attr(vm, "_re", "error", &error) && module_set(vm, module, "error", error) &&
           module_set(vm, module, "RegexFlag", value_object(value_class(vm, value_int(0)))) &&
           module_set(vm, module, "_cache", make_dict(vm)) &&
           module_set_class(vm, module, &pattern_class) &&
           module_set_class(vm, module, &match_class);
}

const NativeModule re_module = {
    .name = "re",
    .functions = re_functions,
    .function_count = sizeof re_functions / sizeof *re_functions,
    .init = re_init,
};
