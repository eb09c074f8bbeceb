/* SPDX-License-Identifier: MIT */
#include "py/native_args.h"

#include "py/state.h"

static bool by_position_only(const Signature *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->params[i].kind != PARAM_POSITIONAL_ONLY)
            return false;
    return s->count > 0;
}

/* "list.append" of a method, "list" of its __init__ and __new__, "len" of a function. */
static void put_full_name(Buf *out, const NativeObj *native, const Value *items, bool makes)
{
    const Class *owner = native->owner;
    if (!owner && makes && is_class(items[0]))
        owner = as_class(items[0]);
    if (owner)
        buf_puts(out, owner->name->text);
    if (!makes)
        buf_printf(out, "%s%s", owner ? "." : "", native->name->text);
    buf_putc(out, '\0');
}

static bool wrong_count(Vm *vm, const char *full, const char *name, size_t least, size_t most,
                        size_t given)
{
    if (most == 0)
        return vm_raise(vm, "TypeError", "%s() takes no arguments (%zu given)", full, given);
    if (least == 1 && most == 1)
        return vm_raise(vm, "TypeError", "%s() takes exactly one argument (%zu given)", full,
                        given);
    const char *bound = least == most ? "" : given < least ? "at least " : "at most ";
    size_t wanted = given < least ? least : most;
    return vm_raise(vm, "TypeError", "%s expected %s%zu argument%s, got %zu", name, bound, wanted,
                    wanted == 1 ? "" : "s", given);
}

bool native_check_count(Vm *vm, const NativeObj *native, const Value *items, size_t count,
                        size_t keywords)
{
    const Signature *s = native->signature;
    if (!by_position_only(s))
        return true;
    bool is_new = str_is(str_text(native->name), "__new__");
    bool makes = is_new || str_is(str_text(native->name), "__init__");
    size_t self = native->owner || is_new ? 1 : 0, least = 0;
    if (count < self)
        return true;
    for (size_t i = self; i < s->count; i++)
        least += s->params[i].required;
    if (keywords == 0 && count - self >= least && count <= s->count)
        return true;
    Buf full = { 0 };
    put_full_name(&full, native, items, makes);
    if (keywords)
        vm_raise(vm, "TypeError", "%s() takes no keyword arguments", full.ptr);
    else
        wrong_count(vm, full.ptr, makes ? full.ptr : native->name->text, least, s->count - self,
                    count - self);
    buf_free(&full);
    return false;
}
