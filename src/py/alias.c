/* SPDX-License-Identifier: MIT */
#include "py/alias.h"

#include <stdio.h>

#include "base/buf.h"
#include "py/modules.h"

typedef struct Alias {
    Value origin;     /* unset in a union */
    Value args;       /* tuple */
    const char *name; /* of typing: "List"; NULL for types' own */
} Alias;

static const NativeClass *const layouts[] = {
    &generic_alias_class,
    &typing_alias_class,
    &union_type_class,
};

static Alias *alias_of(Vm *vm, Value v)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        Alias *alias = payload_of(vm, v, layouts[i]);
        if (alias)
            return alias;
    }
    return NULL;
}

static Value alias_make(Vm *vm, const NativeClass *layout, const char *name, Value origin,
                        Value args)
{
    Value made = vm_new_native(vm, vm_class(vm, layout), layout);
    Alias *alias = payload_of(vm, made, layout);
    alias->origin = origin;
    alias->args = args;
    alias->name = name;
    return made;
}

static Value as_tuple(Vm *vm, Value args)
{
    return is_tuple(args) ? args : make_tuple(vm, &args, 1);
}

Value alias_new(Vm *vm, Value origin, Value args)
{
    return alias_make(vm, &generic_alias_class, NULL, origin, as_tuple(vm, args));
}

Value alias_named(Vm *vm, const char *name, Value origin, Value args)
{
    return alias_make(vm, &typing_alias_class, name, origin, as_tuple(vm, args));
}

Value alias_args(Vm *vm, Value v)
{
    const Alias *alias = alias_of(vm, v);
    return alias ? alias->args : VALUE_UNSET;
}

bool alias_is_union(Vm *vm, Value v)
{
    const Alias *alias = alias_of(vm, v);
    return alias && !value_given(alias->origin);
}

/* ---- unions ---- */

static bool list_has(Vm *vm, Value list, Value item, bool *has)
{
    *has = false;
    for (size_t i = 0; i < list_len(list) && !*has; i++) {
        if (!value_eq(vm, list_get(list, i), item, has))
            return false;
    }
    return true;
}

/* Adds a member, or the members of a union, to those that are not there yet. */
static bool union_add(Vm *vm, Value list, Value member)
{
    if (value_is_none(member))
        member = value_object(value_class(vm, VALUE_NONE));
    if (alias_is_union(vm, member)) {
        Value args = alias_args(vm, member);
        for (size_t i = 0; i < tuple_len(args); i++) {
            if (!union_add(vm, list, tuple_get(args, i)))
                return false;
        }
        return true;
    }
    bool has;
    if (!list_has(vm, list, member, &has))
        return false;
    if (!has)
        list_append(vm, list, member);
    return true;
}

static bool union_make(Vm *vm, const NativeClass *layout, const char *name, const Value *members,
                       size_t count, Value *result)
{
    Value list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = union_add(vm, list, members[i]);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    size_t len = list_len(list);
    if (len == 1) {
        *result = list_get(list, 0);
        return true;
    }
    Value args = make_tuple(vm, NULL, 0);
    if (len > 0) {
        Value first[64];
        if (len > 64)
            return vm_raise(vm, "TypeError", "a union of more than 64 types");
        for (size_t i = 0; i < len; i++)
            first[i] = list_get(list, i);
        args = make_tuple(vm, first, len);
    }
    *result = alias_make(vm, layout, name, VALUE_UNSET, args);
    return true;
}

/* What `|` takes as a type. */
static bool is_type_like(Vm *vm, Value v)
{
    if (value_is_none(v) || is_class(v) || alias_of(vm, v))
        return true;
    Value parameters;
    return vm_getattr_if(vm, v, "__typing_form__", &parameters) && value_given(parameters);
}

bool union_new(Vm *vm, Value a, Value b, Value *result)
{
    *result = (Value){ .tag = TAG_NOT_IMPLEMENTED };
    if (!is_type_like(vm, a) || !is_type_like(vm, b))
        return true;
    bool typing =
        is_instance(vm, a, &typing_alias_class) || is_instance(vm, b, &typing_alias_class);
    const Value both[] = { a, b };
    return typing ? union_make(vm, &typing_alias_class, "Union", both, 2, result)
                  : union_make(vm, &union_type_class, NULL, both, 2, result);
}

bool union_of(Vm *vm, Value members, Value *result)
{
    Value tuple = as_tuple(vm, members), flat[64];
    size_t count = tuple_len(tuple);
    if (count > 64)
        return vm_raise(vm, "TypeError", "a union of more than 64 types");
    for (size_t i = 0; i < count; i++)
        flat[i] = tuple_get(tuple, i);
    return union_make(vm, &typing_alias_class, "Union", flat, count, result);
}

/* ---- repr ---- */

static bool put_attr(Vm *vm, Value v, const char *name, Buf *out)
{
    Value attr;
    Str text;
    if (!vm_getattr(vm, v, name, &attr) || !to_str(vm, attr, &text))
        return false;
    buf_put(out, text);
    return true;
}

static bool put_class(Vm *vm, Value cls, Buf *out)
{
    Value module;
    if (!vm_getattr_if(vm, cls, "__module__", &module))
        return false;
    Str name = STR_NONE;
    if (is_str(module) && !to_str(vm, module, &name))
        return false;
    if (str_given(name) && !str_is(name, "builtins")) {
        buf_put(out, name);
        buf_putc(out, '.');
    }
    return put_attr(vm, cls, "__qualname__", out);
}

static bool put_repr(Vm *vm, Value v, Buf *out)
{
    Value text;
    Str str;
    if (!vm_repr(vm, v, &text) || !to_str(vm, text, &str))
        return false;
    buf_put(out, str);
    return true;
}

static bool put_one(Vm *vm, Value v, Buf *out)
{
    if (v.tag != TAG_ELLIPSIS)
        return is_class(v) ? put_class(vm, v, out) : put_repr(vm, v, out);
    buf_puts(out, "...");
    return true;
}

/* A list is the arguments of a Callable; lists within it are values like others. */
static bool put_type(Vm *vm, Value v, Buf *out)
{
    if (!is_list(v))
        return put_one(vm, v, out);
    buf_putc(out, '[');
    for (size_t i = 0; i < list_len(v); i++) {
        buf_puts(out, i ? ", " : "");
        if (!put_one(vm, list_get(v, i), out))
            return false;
    }
    buf_putc(out, ']');
    return true;
}

static bool is_none_type(Vm *vm, Value v)
{
    return is_class(v) && class_ptr(v) == value_class(vm, VALUE_NONE);
}

static bool put_types(Vm *vm, Value args, const char *between, Buf *out)
{
    for (size_t i = 0; i < tuple_len(args); i++) {
        buf_puts(out, i ? between : "");
        Value arg = tuple_get(args, i);
        if (between[1] == '|' && is_none_type(vm, arg))
            buf_puts(out, "None");
        else if (!put_type(vm, arg, out))
            return false;
    }
    return true;
}

/* typing.Union[X, None] reads typing.Optional[X]. */
static bool put_optional(Vm *vm, Value args, Buf *out, bool *done)
{
    *done = tuple_len(args) == 2 &&
            (is_none_type(vm, tuple_get(args, 0)) || is_none_type(vm, tuple_get(args, 1)));
    if (!*done)
        return true;
    buf_puts(out, "typing.Optional[");
    Value other = tuple_get(args, is_none_type(vm, tuple_get(args, 0)) ? 1 : 0);
    if (!put_type(vm, other, out))
        return false;
    buf_putc(out, ']');
    return true;
}

static bool put_literal(Vm *vm, Value args, Buf *out)
{
    for (size_t i = 0; i < tuple_len(args); i++) {
        buf_puts(out, i ? ", " : "");
        if (!put_repr(vm, tuple_get(args, i), out))
            return false;
    }
    return true;
}

/* Callable's arguments come flat: (int, str, R) is [[int, str], R]. */
static bool put_callable(Vm *vm, Value args, Buf *out)
{
    size_t last = tuple_len(args) - 1;
    bool any = last == 1 && tuple_get(args, 0).tag == TAG_ELLIPSIS;
    buf_puts(out, any ? "" : "[");
    for (size_t i = 0; i < last; i++) {
        buf_puts(out, i ? ", " : "");
        if (!put_type(vm, tuple_get(args, i), out))
            return false;
    }
    buf_puts(out, any ? ", " : "], ");
    return put_type(vm, tuple_get(args, last), out);
}

static bool is_callable_origin(Vm *vm, const Alias *alias)
{
    Value name;
    Str text;
    if (alias->name)
        return strcmp(alias->name, "Callable") == 0;
    if (!vm_getattr_if(vm, alias->origin, "__qualname__", &name))
        return false;
    return is_str(name) && to_str(vm, name, &text) && str_is(text, "Callable");
}

bool alias_is_callable(Vm *vm, Value v)
{
    const Alias *alias = alias_of(vm, v);
    return alias && value_given(alias->origin) && is_callable_origin(vm, alias);
}

static bool put_head(Vm *vm, const Alias *alias, Buf *out)
{
    if (!alias->name)
        return put_type(vm, alias->origin, out);
    if (alias->name[0])
        buf_printf(out, "typing.%s", alias->name);
    else
        return put_type(vm, alias->origin, out);
    return true;
}

static bool put_alias(Vm *vm, const Alias *alias, Buf *out)
{
    bool is_union = !value_given(alias->origin), done = false;
    if (is_union && !alias->name)
        return put_types(vm, alias->args, " | ", out);
    if (is_union && (!put_optional(vm, alias->args, out, &done) || done))
        return done;
    if (!put_head(vm, alias, out))
        return false;
    buf_putc(out, '[');
    bool literal = alias->name && strcmp(alias->name, "Literal") == 0;
    bool ok = literal                         ? put_literal(vm, alias->args, out)
              : tuple_len(alias->args) == 0   ? (buf_puts(out, "()"), true)
              : is_callable_origin(vm, alias) ? put_callable(vm, alias->args, out)
                                              : put_types(vm, alias->args, ", ", out);
    buf_putc(out, ']');
    return ok;
}

static bool alias_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    Buf out = { 0 };
    bool ok = put_alias(vm, alias_of(vm, self), &out);
    Value text = ok ? make_str(vm, buf_str(&out)) : VALUE_NONE;
    buf_free(&out);
    return ok && give(call, text);
}

/* ---- comparison ---- */

static bool args_subset(Vm *vm, Value a, Value b, bool *subset)
{
    *subset = true;
    for (size_t i = 0; *subset && i < tuple_len(a); i++) {
        *subset = false;
        for (size_t j = 0; !*subset && j < tuple_len(b); j++) {
            if (!value_eq(vm, tuple_get(a, i), tuple_get(b, j), subset))
                return false;
        }
    }
    return true;
}

static bool alias_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Alias *a = alias_of(vm, self), *b = alias_of(vm, other);
    if (!b)
        return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
    bool unions = !value_given(a->origin);
    if (unions != !value_given(b->origin))
        return give(call, value_bool(false));
    bool same;
    if (unions) {
        if (!args_subset(vm, a->args, b->args, &same))
            return false;
        return give(call, value_bool(same && tuple_len(a->args) == tuple_len(b->args)));
    }
    if (!value_eq(vm, a->origin, b->origin, &same))
        return false;
    if (same && !value_eq(vm, a->args, b->args, &same))
        return false;
    return give(call, value_bool(same));
}

static bool alias_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Alias *alias = alias_of(vm, self);
    uint64_t sum = 0x9e3779b97f4a7c15u, hash;
    for (size_t i = 0; i < tuple_len(alias->args); i++) {
        if (!value_hash(vm, tuple_get(alias->args, i), &hash))
            return false;
        sum += hash;
    }
    return give(call, value_int((int64_t)(sum >> 2)));
}

/* ---- parameters ---- */

static bool is_parameter(Vm *vm, Value v)
{
    Value form;
    return !is_class(v) && vm_getattr_if(vm, v, "__typing_form__", &form) && is_str(form);
}

static bool parameters_add(Vm *vm, Value list, Value v)
{
    Value args = alias_args(vm, v);
    if (value_given(args)) {
        for (size_t i = 0; i < tuple_len(args); i++) {
            if (!parameters_add(vm, list, tuple_get(args, i)))
                return false;
        }
        return true;
    }
    bool has = true;
    if (is_parameter(vm, v) && !list_has(vm, list, v, &has))
        return false;
    if (!has)
        list_append(vm, list, v);
    return true;
}

static bool alias_parameters(Vm *vm, Value self, Value *list)
{
    *list = make_list(vm, NULL, 0);
    vm_push(vm, *list);
    bool ok = parameters_add(vm, *list, self);
    vm_pop(vm, 1);
    return ok;
}

static bool alias_get_parameters(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list, flat[16];
    if (!alias_parameters(vm, self, &list))
        return false;
    size_t count = list_len(list) < 16 ? list_len(list) : 16;
    for (size_t i = 0; i < count; i++)
        flat[i] = list_get(list, i);
    return give(call, make_tuple(vm, flat, count));
}

/* `v` with the i-th parameter replaced by the i-th argument. */
static bool substitute(Vm *vm, Value v, Value parameters, Value args, Value *result)
{
    *result = v;
    for (size_t i = 0; i < list_len(parameters) && i < tuple_len(args); i++) {
        if (value_same(list_get(parameters, i), v)) {
            *result = tuple_get(args, i);
            return true;
        }
    }
    const Alias *alias = alias_of(vm, v);
    if (!alias)
        return true;
    Value replaced = make_list(vm, NULL, 0), tuple;
    vm_push(vm, replaced);
    bool ok = true;
    for (size_t i = 0; ok && i < tuple_len(alias->args); i++) {
        Value item;
        ok = substitute(vm, tuple_get(alias->args, i), parameters, args, &item);
        if (ok)
            list_append(vm, replaced, item);
    }
    Value tuple_class = value_object(value_class(vm, args));
    ok = ok && vm_call(vm, tuple_class, &replaced, 1, &tuple);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    if (!value_given(alias->origin))
        return union_of(vm, tuple, result);
    *result = alias->name ? alias_named(vm, alias->name, alias->origin, tuple)
                          : alias_new(vm, alias->origin, tuple);
    return true;
}

static bool alias_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, item);
    Value parameters, result;
    if (!alias_parameters(vm, self, &parameters))
        return false;
    if (list_len(parameters) == 0) {
        Value text;
        Str str;
        if (!vm_repr(vm, self, &text) || !to_str(vm, text, &str))
            return false;
        return vm_raise(vm, "TypeError", "%.*s is not a generic class", STR_ARG(str));
    }
    vm_push(vm, parameters);
    Value args = as_tuple(vm, item);
    vm_push(vm, args);
    bool ok = substitute(vm, self, parameters, args, &result);
    vm_pop(vm, 2);
    return ok && give(call, result);
}

/* ---- as a type ---- */

static bool alias_or(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Value result;
    return union_new(vm, self, other, &result) && give(call, result);
}

static bool alias_ror(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Value result;
    return union_new(vm, other, self, &result) && give(call, result);
}

static bool alias_call(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Value result;
    const Alias *alias = alias_of(vm, self);
    if (!value_given(alias->origin))
        return vm_raise(vm, "TypeError", "Cannot instantiate typing.Union");
    return call_tuple(vm, alias->origin, args, kw, &result) && give(call, result);
}

static bool alias_mro_entries(Vm *vm, Call *call)
{
    ARGS(call, self, bases);
    const Alias *alias = alias_of(vm, self);
    if (!value_given(alias->origin))
        return vm_raise(vm, "TypeError", "Cannot subclass a union");
    if (is_class(alias->origin))
        return give(call, make_tuple(vm, &alias->origin, 1));
    Value result;
    return vm_call_method(vm, alias->origin, "__mro_entries__", &bases, 1, &result) &&
           give(call, result);
}

static bool alias_getattr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    const Alias *alias = alias_of(vm, self);
    Str text;
    if (!to_str(vm, name, &text))
        return false;
    bool dunder = str_starts(text, STR("__")) && str_ends(text, STR("__"));
    bool shown = str_is(text, "__name__") || str_is(text, "__qualname__") ||
                 str_is(text, "__module__") || str_is(text, "__doc__");
    if (!value_given(alias->origin) || (dunder && !shown))
        return vm_raise(vm, "AttributeError", "'%s' object has no attribute '%.*s'",
                        type_name(vm, self), STR_ARG(text));
    Value result;
    return vm_getattr(vm, alias->origin, str_cstr(vm_arena(vm), text), &result) &&
           give(call, result);
}

/* isinstance and issubclass of a union ask its members. */
static bool union_check(Vm *vm, const Alias *alias, Value v, bool subclass, bool *found)
{
    *found = false;
    for (size_t i = 0; !*found && i < tuple_len(alias->args); i++) {
        Value member = tuple_get(alias->args, i), result, builtins;
        const Value pair[] = { v, member };
        if (!vm_import(vm, STR("builtins"), &builtins) ||
            !vm_call_method(vm, builtins, subclass ? "issubclass" : "isinstance", pair, 2,
                            &result) ||
            !to_truth(vm, result, found))
            return false;
    }
    return true;
}

static bool alias_check(Vm *vm, Call *call, bool subclass)
{
    const Alias *alias = alias_of(vm, call->args[0]);
    bool found;
    if (value_given(alias->origin) && alias->name)
        return vm_raise(vm, "TypeError",
                        "Subscripted generics cannot be used with class and instance checks");
    if (value_given(alias->origin))
        return vm_raise(vm, "TypeError", "%s() argument 2 cannot be a parameterized generic",
                        subclass ? "issubclass" : "isinstance");
    return union_check(vm, alias, call->args[1], subclass, &found) && give(call, value_bool(found));
}

static bool alias_instancecheck(Vm *vm, Call *call)
{
    return alias_check(vm, call, false);
}

static bool alias_subclasscheck(Vm *vm, Call *call)
{
    return alias_check(vm, call, true);
}

static bool alias_get_origin(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Alias *alias = alias_of(vm, self);
    Value origin = alias->origin;
    if (!value_given(origin) && !alias->name)
        return vm_raise(vm, "AttributeError",
                        "'types.UnionType' object has no attribute '__origin__'");
    if (!value_given(origin) && !import_attr(vm, "typing", "Union", &origin))
        return false;
    if (is_class(origin))
        return give(call, origin);
    Value deeper;
    if (!vm_getattr_if(vm, origin, "__origin__", &deeper))
        return false;
    return give(call, value_given(deeper) ? deeper : origin);
}

static bool alias_get_args(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, alias_of(vm, self)->args);
}

/* Annotated[int, ...].__metadata__ */
static bool alias_metadata(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Alias *alias = alias_of(vm, self);
    if (!alias->name || strcmp(alias->name, "Annotated") != 0)
        return vm_raise(vm, "AttributeError", "'%s' object has no attribute '__metadata__'",
                        type_name(vm, self));
    Value flat[32];
    size_t count = tuple_len(alias->args);
    for (size_t i = 1; i < count && i < 32; i++)
        flat[i - 1] = tuple_get(alias->args, i);
    return give(call, make_tuple(vm, flat, count ? count - 1 : 0));
}

static bool generic_alias_new(Vm *vm, Call *call)
{
    ARGS(call, cls, origin, args);
    (void)cls;
    return give(call, alias_new(vm, origin, args));
}

static void alias_mark(Vm *vm, void *payload)
{
    const Alias *alias = payload;
    vm_mark(vm, alias->origin);
    vm_mark(vm, alias->args);
}

#define ALIAS_ROWS                                                                           \
    { "__repr__(self, /)", alias_repr, NULL }, { "__eq__(self, other, /)", alias_eq, NULL }, \
        { "__hash__(self, /)", alias_hash, NULL },                                           \
        { "__getitem__(self, item, /)", alias_getitem, NULL },                               \
        { "__or__(self, other, /)", alias_or, NULL },                                        \
        { "__ror__(self, other, /)", alias_ror, NULL },                                      \
        { "__call__(self, /, *args, **kw)", alias_call, NULL },                              \
        { "__mro_entries__(self, bases, /)", alias_mro_entries, NULL },                      \
        { "__getattr__(self, name, /)", alias_getattr, NULL },                               \
        { "__instancecheck__(self, instance, /)", alias_instancecheck, NULL },               \
    {                                                                                        \
        "__subclasscheck__(self, cls, /)", alias_subclasscheck, NULL                         \
    }

static const NativeRow alias_methods[] = { ALIAS_ROWS };
static const NativeRow generic_alias_methods[] = {
    { "__new__(cls, origin, args, /)", generic_alias_new, NULL },
    ALIAS_ROWS,
};
static const NativeRow alias_getters[] = {
    { "__origin__(self)", alias_get_origin, NULL },
    { "__args__(self)", alias_get_args, NULL },
    { "__parameters__(self)", alias_get_parameters, NULL },
    { "__metadata__(self)", alias_metadata, NULL },
};

const NativeClass generic_alias_class = {
    .name = "GenericAlias",
    .module = "types",
    .size = sizeof(Alias),
    .methods = generic_alias_methods,
    .method_count = sizeof generic_alias_methods / sizeof *generic_alias_methods,
    .getters = alias_getters,
    .getter_count = sizeof alias_getters / sizeof *alias_getters,
    .mark = alias_mark,
    .doc = "A class with type arguments.",
};
const NativeClass typing_alias_class = {
    .name = "_GenericAlias",
    .module = "typing",
    .size = sizeof(Alias),
    .methods = alias_methods,
    .method_count = sizeof alias_methods / sizeof *alias_methods,
    .getters = alias_getters,
    .getter_count = sizeof alias_getters / sizeof *alias_getters,
    .mark = alias_mark,
    .doc = "A name of typing with type arguments.",
};
const NativeClass union_type_class = {
    .name = "UnionType",
    .module = "types",
    .size = sizeof(Alias),
    .methods = alias_methods,
    .method_count = sizeof alias_methods / sizeof *alias_methods,
    .getters = alias_getters,
    .getter_count = sizeof alias_getters / sizeof *alias_getters,
    .mark = alias_mark,
    .doc = "One of several types.",
};

static bool types_init(Vm *vm, Value module)
{
    return module_set_class(vm, module, &generic_alias_class) &&
           module_set_class(vm, module, &union_type_class);
}

/* What the prelude types cannot make in script. */
const NativeModule types_module = {
    .name = "_types",
    .init = types_init,
};
