/* SPDX-License-Identifier: MIT */
#include "script/bind_event.h"

#include "script/bind_driver.h"

/* The function that sends, or unset where no listener can be: the module was never imported. */
static bool sender(Vm *vm, const char *name, Value *function)
{
    Value module = dict_get_str(vm_sys_modules(vm), STR("sqlalchemy.event"));
    *function = VALUE_UNSET;
    return !value_given(module) || vm_getattr(vm, module, name, function);
}

bool event_listened(Vm *vm)
{
    return value_given(dict_get_str(vm_sys_modules(vm), STR("sqlalchemy.event")));
}

bool event_fire_ddl(Vm *vm, Value target, const char *name, Value bind)
{
    Value function, result;
    if (!sender(vm, "_fire_ddl", &function))
        return false;
    if (!value_given(function))
        return true;
    const Value args[] = { target, make_strz(vm, name), bind };
    return vm_call(vm, function, args, 3, &result);
}

bool event_fire_attach(Vm *vm, Value table)
{
    Value function, result;
    if (!sender(vm, "_fire_attach", &function))
        return false;
    return !value_given(function) || vm_call(vm, function, &table, 1, &result);
}

bool event_fire_connect(Vm *vm, Value engine, Conn *conn)
{
    Value function, result;
    if (!sender(vm, "_fire_connect", &function))
        return false;
    if (!value_given(function))
        return true;
    const Value args[] = { engine, driver_new(vm, conn) };
    return vm_call(vm, function, args, 2, &result);
}
