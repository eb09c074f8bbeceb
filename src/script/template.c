/* SPDX-License-Identifier: MIT */
#include "script/template.h"

#include "db/url.h"
#include "py/obj_list.h"
#include "script/bind_context.h"

const TemplateFile *template_file(Str template_name, Str file)
{
    for (const TemplateFile *each = template_files; each->name; each++) {
        Str name = str_from(each->name);
        if (name.len == template_name.len + 1 + file.len && str_starts(name, template_name) &&
            name.ptr[template_name.len] == '/' && str_ends(name, file))
            return each;
    }
    return NULL;
}

/* ---- what templates see ---- */

typedef struct Rendering {
    const Map *values;
    Buf out;
    Value dict; /* the values as the script has them: `context` */
} Rendering;

typedef struct UndefinedObj {
    char unused;
} UndefinedObj;

static bool undefined_str(Vm *vm, Call *call)
{
    return vm_raise(vm, "NameError", "Undefined");
}

static bool undefined_bool(Vm *vm, Call *call)
{
    return give(call, value_bool(false));
}

static const NativeRow undefined_methods[] = {
    { "__str__(self)", undefined_str, "An error: it has no value." },
    { "__repr__(self)", undefined_str, "An error: it has no value." },
    { "__bool__(self)", undefined_bool, "False." },
};

static const NativeClass undefined_class = {
    .name = "Undefined",
    .module = "mako.runtime",
    .size = sizeof(UndefinedObj),
    .methods = undefined_methods,
    .method_count = sizeof undefined_methods / sizeof *undefined_methods,
    .doc = "A name that the template was not given.",
};

static Rendering *rendering_of(Vm *vm)
{
    return script_of(vm)->state->rendering;
}

static bool fn_write(Vm *vm, Call *call)
{
    ARGS(call, text);
    Str out;
    if (!to_str(vm, text, &out))
        return false;
    buf_put(&rendering_of(vm)->out, out);
    return give(call, make_str(vm, STR("")));
}

static bool fn_comma(Vm *vm, Call *call)
{
    ARGS(call, value);
    if (value_is_none(value))
        return give(call, make_str(vm, STR("")));
    if (is_str(value))
        return give(call, value);
    const Value separator = make_str(vm, STR(", "));
    Value joined;
    return vm_call_method(vm, separator, "join", &value, 1, &joined) && give(call, joined);
}

static bool text_of(Vm *vm, Value v, Str *text)
{
    Value shown;
    return vm_str(vm, v, &shown) && to_text(vm, shown, text);
}

static bool fn_filter_h(Vm *vm, Call *call)
{
    ARGS(call, value);
    static const char *const pairs[][2] = {
        { "&", "&amp;" }, { "<", "&lt;" }, { ">", "&gt;" }, { "\"", "&#34;" }, { "'", "&#39;" },
    };
    Str text;
    if (!text_of(vm, value, &text))
        return false;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        text = str_replace(bind_arena(vm), text, str_from(pairs[i][0]), str_from(pairs[i][1]));
    return give(call, make_str(vm, text));
}

static bool fn_filter_u(Vm *vm, Call *call)
{
    ARGS(call, value);
    Str text;
    return text_of(vm, value, &text) &&
           give(call, make_str(vm, url_encode(bind_arena(vm), text, "")));
}

static bool fn_filter_trim(Vm *vm, Call *call)
{
    ARGS(call, value);
    Str text;
    return text_of(vm, value, &text) && give(call, make_str(vm, str_trim(text)));
}

static const NativeRow comma_row = { "comma(value)", fn_comma, "Joined by commas." };

static bool value_of(Vm *vm, Str name, const Datum *datum, Value *v)
{
    if (!from_datum(vm, datum, v))
        return false;
    if (is_list(*v) && !str_is(name, "depends_on"))
        *v = make_tuple(vm, as_list(*v)->items, list_len(*v));
    return true;
}

static bool set_values(Vm *vm, Rendering *rendering)
{
    Value v;
    for (size_t i = 0; i < rendering->values->len; i++) {
        Str name = rendering->values->entries[i].key;
        if (!value_of(vm, name, rendering->values->entries[i].value, &v))
            return false;
        dict_set_str(vm, rendering->dict, name, v);
    }
    if (!config_value(vm, &v))
        return false;
    dict_set_str(vm, rendering->dict, STR("config"), v);
    dict_set_str(vm, rendering->dict, STR("comma"), vm_function(vm, &comma_row, NULL));
    return true;
}

/* Fills the globals: what was given, and "undefined" for every other name that is used. */
static bool fn_begin(Vm *vm, Call *call)
{
    ARGS(call, scope, names);
    Rendering *rendering = rendering_of(vm);
    Value builtins, found, key, item;
    Str rest;
    if (!to_text(vm, names, &rest) || !set_values(vm, rendering) ||
        !vm_import(vm, STR("builtins"), &builtins))
        return false;
    Value undefined = vm_new_native(vm, vm_class(vm, &undefined_class), &undefined_class);
    vm_push(vm, undefined);
    for (size_t at = 0; dict_next(rendering->dict, &at, &key, &item);)
        if (!dict_set(vm, scope, key, item))
            return false;
    dict_set_str(vm, scope, STR("context"), rendering->dict);
    dict_set_str(vm, scope, STR("UNDEFINED"), undefined);
    bool ok = true;
    for (Str name; ok && str_split_next(&rest, ' ', &name);) {
        ok = vm_getattr_if(vm, builtins, str_cstr(bind_arena(vm), name), &found);
        if (ok && !value_given(found) && !value_given(dict_get_str(scope, name)))
            dict_set_str(vm, scope, name, undefined);
    }
    vm_pop(vm, 1);
    return ok;
}

static const NativeRow template_functions[] = {
    { "begin(scope, names)", fn_begin, "Fill the template's names." },
    { "write(text)", fn_write, "Write text." },
    { "filter_h(value)", fn_filter_h, "Escape for HTML." },
    { "filter_u(value)", fn_filter_u, "Escape for a URL." },
    { "filter_trim(value)", fn_filter_trim, "Without blanks at the ends." },
};

static const NativeModule template_module = {
    .name = "_limbeck_template",
    .functions = template_functions,
    .function_count = sizeof template_functions / sizeof *template_functions,
};

bool template_render(Script *script, Str text, Str path, const Map *values, Str *out, Error *err)
{
    Vm *vm;
    Str source;
    Value module;
    if (!template_translate(script->arena, text, path, &source, err) ||
        !script_vm(script, &vm, err))
        return false;
    Rendering rendering = { .values = values, .out = buf_in(script->arena) };
    rendering.dict = make_dict(vm);
    vm_push(vm, rendering.dict);
    vm_add_module(vm, &template_module);
    script->state->rendering = &rendering;
    bool ok = vm_run_source(vm, source, path, STR("template"), &module, err);
    script->state->rendering = NULL;
    vm_pop(vm, 1);
    if (!ok)
        return error_restore(vm, err);
    *out = str_dup(script->arena, buf_str(&rendering.out));
    return true;
}
