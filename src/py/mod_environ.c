/* SPDX-License-Identifier: MIT */
/*
 * os.environ: a mapping from str to str over a dict. A script's changes stay in its VM: the process
 * and other VMs do not see them.
 */
#include <unistd.h>

#include "base/buf.h"
#include "py/mod_os.h"
#include "py/modules.h"

static char **environ_of_process(void)
{
    return environ;
}

typedef struct Environ {
    Value dict;
} Environ;

static Value dict_of(Vm *vm, Call *call)
{
    return ((Environ *)payload_of(vm, call->args[0], &environ_class))->dict;
}

bool environ_make(Vm *vm, Value *mapping)
{
    *mapping = vm_new_native(vm, vm_class(vm, &environ_class), &environ_class);
    Value dict = make_dict(vm);
    ((Environ *)payload_of(vm, *mapping, &environ_class))->dict = dict;
    for (char **row = environ_of_process(); *row; row++) {
        Str text = str_from(*row);
        ptrdiff_t equals = str_find_char(text, '=', 0);
        if (equals > 0 && utf8_invalid(text) < 0)
            dict_set_str(vm, dict, str_slice(text, 0, (size_t)equals),
                         make_str(vm, str_from_offset(text, (size_t)equals + 1)));
    }
    return true;
}

bool environ_get(Vm *vm, Str name, Str *text)
{
    Value mapping, found;
    *text = STR_NONE;
    if (!import_attr(vm, "os", "environ", &mapping))
        return false;
    const Environ *own = payload_of(vm, mapping, &environ_class);
    if (!own) /* a script put another mapping in its place */
        return true;
    found = dict_get_str(own->dict, name);
    return !value_given(found) || to_str(vm, found, text);
}

static bool check_text(Vm *vm, Value v)
{
    return is_str(v) || vm_raise(vm, "TypeError", "str expected, not %s", type_name(vm, v));
}

/* The method of dict of the same name, with the same arguments. */
static bool environ_delegate(Vm *vm, Call *call)
{
    char name[32];
    const char *signature = call->row->signature;
    size_t len = strcspn(signature, "(");
    memcpy(name, signature, len);
    name[len] = '\0';
    size_t count = call->count - 1;
    while (count > 0 && !value_given(call->args[count]))
        count--;
    Value result;
    return vm_call_method(vm, dict_of(vm, call), name, call->args + 1, count, &result) &&
           give(call, result);
}

static bool environ_keyed(Vm *vm, Call *call)
{
    return check_text(vm, call->args[1]) && environ_delegate(vm, call);
}

static bool environ_setitem(Vm *vm, Call *call)
{
    return check_text(vm, call->args[1]) && check_text(vm, call->args[2]) &&
           environ_delegate(vm, call);
}

static bool environ_update(Vm *vm, Call *call)
{
    ARGS(call, self, other, kw);
    Value plain = make_dict(vm), result, key, item;
    vm_push(vm, plain);
    bool ok = (!value_given(other) || vm_call_method(vm, plain, "update", &other, 1, &result)) &&
              vm_call_method(vm, plain, "update", &kw, 1, &result);
    for (size_t at = 0; ok && dict_next(plain, &at, &key, &item);) {
        ok = check_text(vm, key) && check_text(vm, item) &&
             dict_set(vm, dict_of(vm, call), key, item);
    }
    (void)self;
    vm_pop(vm, 1);
    return ok && give(call, VALUE_NONE);
}

static bool environ_repr(Vm *vm, Call *call)
{
    Value text;
    Str shown;
    return vm_repr(vm, dict_of(vm, call), &text) && to_str(vm, text, &shown) &&
           give(call, make_strf(vm, "environ(%.*s)", STR_ARG(shown)));
}

static bool environ_iter(Vm *vm, Call *call)
{
    Value iterator;
    return vm_iter(vm, dict_of(vm, call), &iterator) && give(call, iterator);
}

static bool environ_len(Vm *vm, Call *call)
{
    return give(call, value_int((int64_t)dict_len(dict_of(vm, call))));
}

static bool environ_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    (void)self;
    const Environ *own = payload_of(vm, other, &environ_class);
    bool equal;
    return value_eq(vm, dict_of(vm, call), own ? own->dict : other, &equal) &&
           give(call, value_bool(equal));
}

static void environ_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((Environ *)payload)->dict);
}

static const NativeRow environ_methods[] = {
    { "__getitem__(self, key, /)", environ_keyed, NULL },
    { "__setitem__(self, key, value, /)", environ_setitem, NULL },
    { "__delitem__(self, key, /)", environ_keyed, NULL },
    { "__contains__(self, key, /)", environ_delegate, NULL },
    { "__iter__(self, /)", environ_iter, NULL },
    { "__len__(self, /)", environ_len, NULL },
    { "__eq__(self, other, /)", environ_eq, NULL },
    { "__or__(self, other, /)", environ_delegate, NULL },
    { "__repr__(self, /)", environ_repr, NULL },
    { "get(self, key, default=None)", environ_delegate, NULL },
    { "keys(self, /)", environ_delegate, NULL },
    { "values(self, /)", environ_delegate, NULL },
    { "items(self, /)", environ_delegate, NULL },
    { "pop(self, key, default=...)", environ_delegate, NULL },
    { "popitem(self, /)", environ_delegate, NULL },
    { "setdefault(self, key, value)", environ_setitem, NULL },
    { "clear(self, /)", environ_delegate, NULL },
    { "copy(self, /)", environ_delegate, NULL },
    { "update(self, other=..., /, **kw)", environ_update, NULL },
};
const NativeClass environ_class = {
    .name = "_Environ",
    .module = "os",
    .size = sizeof(Environ),
    .methods = environ_methods,
    .method_count = sizeof environ_methods / sizeof *environ_methods,
    .mark = environ_mark,
    .doc = "The environment of this run.",
};
