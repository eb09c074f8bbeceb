/* SPDX-License-Identifier: MIT */
/* memoryview, thin: a part of bytes to be read; and complex, which is refused by name. */
#include "py/builtins_iter.h"
#include "py/dunders.h"
#include "py/obj_iter.h"
#include "py/operators.h"
#include "py/sequence.h"
#include "py/state.h"

typedef struct View {
    Value source; /* bytes */
} View;

static View *self_view(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &memoryview_class);
}

static Value view_of(Vm *vm, Value source)
{
    Value made = vm_new_native(vm, vm_class(vm, &memoryview_class), &memoryview_class);
    ((View *)payload_of(vm, made, &memoryview_class))->source = source;
    return made;
}

static bool view_new(Vm *vm, Call *call)
{
    Value source = call->args[1];
    const View *view = payload_of(vm, source, &memoryview_class);
    if (view)
        source = view->source;
    if (!value_is(source, OBJ_BYTES))
        return vm_raise(vm, "TypeError", "memoryview: a bytes-like object is required, not '%s'",
                        type_name(vm, source));
    return give(call, view_of(vm, source));
}

static bool view_tobytes(Vm *vm, Call *call)
{
    return give(call, make_bytes(vm, bytes_text(as_bytes(self_view(vm, call)->source))));
}

static bool view_getitem(Vm *vm, Call *call)
{
    if (!operator_getitem(vm, self_view(vm, call)->source, call->args[1], &call->result))
        return false;
    if (value_is(call->result, OBJ_BYTES))
        call->result = view_of(vm, call->result);
    return true;
}

static bool view_length(Vm *vm, Call *call)
{
    return give(call, value_int((int64_t)as_bytes(self_view(vm, call)->source)->len));
}

static bool view_iter(Vm *vm, Call *call)
{
    return vm_iter(vm, self_view(vm, call)->source, &call->result);
}

static bool view_eq(Vm *vm, Call *call)
{
    const View *other = payload_of(vm, call->args[1], &memoryview_class);
    return operator_compare(vm, COMPARE_EQ, self_view(vm, call)->source,
                            other ? other->source : call->args[1], &call->result);
}

static bool view_tolist(Vm *vm, Call *call)
{
    return vm_to_list(vm, self_view(vm, call)->source, &call->result);
}

static bool view_hex(Vm *vm, Call *call)
{
    return vm_call_method(vm, self_view(vm, call)->source, "hex", NULL, 0, &call->result);
}

static bool view_release(Vm *vm, Call *call)
{
    (void)vm;
    (void)call;
    return true;
}

static bool view_self(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, call->args[0]);
}

static bool view_source(Vm *vm, Call *call)
{
    return give(call, self_view(vm, call)->source);
}

static void view_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((View *)payload)->source);
}

static const NativeRow view_methods[] = {
    { "__new__(cls, object)", view_new, NULL },
    { "tobytes(self)", view_tobytes, "Return the data as a byte string." },
    { "tolist(self)", view_tolist, "Return the data as a list." },
    { "hex(self)", view_hex, "Return the data as hexadecimal numbers." },
    { "release(self)", view_release, NULL },
    { "__bytes__(self)", view_tobytes, NULL },
    { "__len__(self)", view_length, NULL },
    { "__getitem__(self, key, /)", view_getitem, NULL },
    { "__iter__(self)", view_iter, NULL },
    { "__eq__(self, value, /)", view_eq, NULL },
    { "__enter__(self)", view_self, NULL },
    { "__exit__(self, *exc_info)", view_release, NULL },
};

static const NativeRow view_getters[] = {
    { "nbytes(self)", view_length, NULL },
    { "obj(self)", view_source, NULL },
};

const NativeClass memoryview_class = {
    .name = "memoryview",
    .module = "builtins",
    .size = sizeof(View),
    .methods = view_methods,
    .method_count = sizeof view_methods / sizeof *view_methods,
    .getters = view_getters,
    .getter_count = sizeof view_getters / sizeof *view_getters,
    .mark = view_mark,
};

static bool complex_new(Vm *vm, Call *call)
{
    (void)call;
    return vm_raise(vm, "NotImplementedError", "limbeck has no complex numbers");
}

static const NativeRow complex_methods[] = {
    { "__new__(cls, real=0, imag=0)", complex_new, "Refused." },
};

const NativeClass complex_class = {
    .name = "complex",
    .module = "builtins",
    .size = sizeof(int),
    .methods = complex_methods,
    .method_count = 1,
};
