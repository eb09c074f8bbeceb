/* SPDX-License-Identifier: MIT */
#include "py/modules.h"

#include <stdlib.h>

#include "base/mem.h"
#include "prelude/prelude.h"
#include "py/modules_data.h"

static const NativeModule *const modules[] = {
    &binascii_module,       &datetime_module, &hashlib_module,   &itertools_module, &json_module,
    &logging_config_module, &logging_module,  &math_module,      &os_module,        &path_module,
    &posixpath_module,      &random_module,   &re_module,        &struct_module,    &sys_module,
    &time_module,           &tomllib_module,  &traceback_module, &types_module,     &typing_module,
    &unicodedata_module,    &uuid_module,     &weakref_module,
};

void modules_register(Vm *vm)
{
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        vm_add_module(vm, modules[i]);
    for (size_t i = 0; i < prelude_module_count; i++)
        vm_add_prelude(vm, &prelude_modules[i]);
}

static bool refused(Vm *vm, Call *call)
{
    return vm_raise(vm, "NotImplementedError", "limbeck does not serve %s",
                    (const char *)call->context);
}

static const NativeRow refused_row = { "refused(*args, **kw)", refused,
                                       "Python has it; Limbeck does not serve it." };

bool module_refuse(Vm *vm, Value module, const char *names)
{
    Value own_name;
    Str module_name;
    if (!vm_getattr(vm, module, "__name__", &own_name) || !to_str(vm, own_name, &module_name))
        return false;
    Str rest = str_from(names), name;
    while (str_split_next(&rest, ' ', &name)) {
        Str full = str_format(vm_arena(vm), "%.*s.%.*s", STR_ARG(module_name), STR_ARG(name));
        /* The context is only read: vm_function's parameter is for all kinds. */
        void *context = arena_copy(vm_arena(vm), full.ptr, full.len + 1);
        if (!module_set(vm, module, str_cstr(vm_arena(vm), name),
                        vm_function(vm, &refused_row, context)))
            return false;
    }
    return true;
}

bool module_more(Vm *vm, Call *call, const char *module, const char *script)
{
    Str name;
    Value more, found = VALUE_UNSET;
    if (!to_str(vm, call->args[0], &name))
        return false;
    if (!str_starts(name, STR("__")) &&
        (!vm_import(vm, str_from(script), &more) ||
         !vm_getattr_if(vm, more, str_cstr(vm_arena(vm), name), &found)))
        return false;
    if (!value_given(found))
        return vm_raise(vm, "AttributeError", "module '%s' has no attribute '%.*s'", module,
                        STR_ARG(name));
    return give(call, found);
}

bool call_tuple(Vm *vm, Value callee, Value args, Value keywords, Value *result)
{
    size_t count = tuple_len(args);
    Value *flat = mem_alloc((count + 1) * sizeof *flat);
    for (size_t i = 0; i < count; i++)
        flat[i] = tuple_get(args, i);
    bool ok = vm_call_kw(vm, callee, flat, count, keywords, result);
    mem_free(flat);
    return ok;
}

bool import_attr(Vm *vm, const char *module, const char *name, Value *result)
{
    Value found;
    return vm_import(vm, str_from(module), &found) && vm_getattr(vm, found, name, result);
}

bool module_set_class(Vm *vm, Value module, const NativeClass *native)
{
    return module_set(vm, module, native->name, value_object(vm_class(vm, native)));
}

bool push_str(Vm *vm, Value v, Str *text)
{
    Value string;
    if (!vm_str(vm, v, &string))
        return false;
    vm_push(vm, string);
    return to_str(vm, string, text);
}

bool to_opt_str(Vm *vm, Value v, Str *text)
{
    *text = STR_NONE;
    return !value_given(v) || value_is_none(v) || to_str(vm, v, text);
}

bool is_instance(Vm *vm, Value v, const NativeClass *native)
{
    return payload_of(vm, v, native) != NULL;
}
