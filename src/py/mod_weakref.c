/* SPDX-License-Identifier: MIT */
/* _weakref: references that do not keep alive, for maps that must not grow with what passed. */
#include "py/heap.h"
#include "py/modules.h"
#include "py/state.h"

struct WeakRef {
    Obj *self;    /* the reference's own object, NULL until it is set */
    Value target; /* None once the collector has taken it */
    WeakRef *next;
};

extern const NativeClass weak_class;

void weak_clear(Vm *vm)
{
    for (WeakRef **link = &vm->heap.weak; *link;) {
        WeakRef *each = *link;
        if (!each->self->marked) {
            *link = each->next;
            continue;
        }
        if (each->target.tag == TAG_OBJECT && !each->target.object->marked)
            each->target = VALUE_NONE;
        link = &each->next;
    }
}

static bool weak_new(Vm *vm, Call *call)
{
    ARGS(call, cls, object);
    Value made = vm_new_native(vm, class_ptr(cls), &weak_class);
    WeakRef *ref = payload_of(vm, made, &weak_class);
    *ref = (WeakRef){ .self = made.object, .target = object, .next = vm->heap.weak };
    vm->heap.weak = ref;
    return give(call, made);
}

static bool weak_call(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, ((WeakRef *)payload_of(vm, self, &weak_class))->target);
}

static const NativeRow weak_methods[] = {
    { "__new__(cls, object, /)", weak_new, "A reference to the object." },
    { "__call__(self)", weak_call, "The object, or None when it is gone." },
};

const NativeClass weak_class = {
    .name = "WeakRef",
    .module = "_weakref",
    .size = sizeof(WeakRef),
    ROWS_OF(methods, method_count, weak_methods),
    .doc = "Refers to an object without keeping it alive.",
};

/* Not here, where C code may hold what nothing else does: at the next call of a script. */
static bool weakref_collect(Vm *vm, Call *call)
{
    (void)call;
    vm->heap.threshold = 0;
    return true;
}

static const NativeRow weakref_functions[] = {
    { "collect_soon()", weakref_collect, "Have what is unreachable collected at once." },
};

static bool weakref_init(Vm *vm, Value module)
{
    return module_set_class(vm, module, &weak_class);
}

const NativeModule weakref_module = {
    .name = "_weakref",
    ROWS_OF(functions, function_count, weakref_functions),
    .init = weakref_init,
};
