/* SPDX-License-Identifier: MIT */
/* range, slice, and the classes of None, Ellipsis and NotImplemented. */
#include "py/builtin_classes.h"
#include "py/dunders.h"
#include "py/obj_number.h"
#include "py/operators.h"
#include "py/sequence.h"
#include "py/state.h"

/* "range expected at least 1 argument, got 0" */
static bool check_count(Vm *vm, const char *name, size_t count)
{
    if (count == 0)
        return vm_raise(vm, "TypeError", "%s expected at least 1 argument, got 0", name);
    return count <= 3 ||
           vm_raise(vm, "TypeError", "%s expected at most 3 arguments, got %zu", name, count);
}

/* ---- range ---- */

static bool range_make(Vm *vm, Call *call)
{
    Value args = call->args[1];
    size_t count = tuple_len(args);
    int64_t bounds[3] = { 0, 0, 1 };
    if (!check_count(vm, "range", count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!to_size(vm, tuple_get(args, i), &bounds[count == 1 ? 1 : i]))
            return false;
    if (bounds[2] == 0)
        return vm_raise(vm, "ValueError", "range() arg 3 must not be zero");
    return give(call, value_object(range_new(vm, bounds[0], bounds[1], bounds[2])));
}

static bool range_index(Vm *vm, Call *call)
{
    int64_t number, at;
    if (int_small(call->args[1], &number) && range_find(as_range(call->args[0]), number, &at))
        return give(call, value_int(at));
    Value repr;
    Str shown;
    return vm_repr(vm, call->args[1], &repr) && to_str(vm, repr, &shown) &&
           vm_raise(vm, "ValueError", "%.*s is not in range", STR_ARG(shown));
}

static bool range_count(Vm *vm, Call *call)
{
    Value in;
    return operator_contains(vm, call->args[0], call->args[1], &in) &&
           give(call, value_int(in.truth));
}

static bool range_start(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(as_range(call->args[0])->start));
}

static bool range_stop(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(as_range(call->args[0])->stop));
}

static bool range_step(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(as_range(call->args[0])->step));
}

static const NativeRow range_methods[] = {
    { "__new__(cls, /, *args)", range_make, NULL },
    { "index(self, value, /)", range_index, "Return index of value." },
    { "count(self, value, /)", range_count, "Return number of occurrences of value." },
    DUNDER(getitem, "self, key, /", "Return self[key]."),
    DUNDER(reversed, "self, /", "Return a reverse iterator."),
    DUNDERS_CONTAINER,
    DUNDERS_EQUAL,
    DUNDERS_TEXT,
};

static const NativeRow range_getters[] = {
    { "start(self)", range_start, NULL },
    { "stop(self)", range_stop, NULL },
    { "step(self)", range_step, NULL },
};

const NativeClass range_class = {
    .name = "range",
    .module = "builtins",
    .methods = range_methods,
    .method_count = sizeof range_methods / sizeof *range_methods,
    .getters = range_getters,
    .getter_count = sizeof range_getters / sizeof *range_getters,
    .doc = "range(stop) -> range object\nrange(start, stop[, step]) -> range object",
};

/* ---- slice ---- */

static bool slice_make(Vm *vm, Call *call)
{
    Value args = call->args[1], parts[3] = { VALUE_NONE, VALUE_NONE, VALUE_NONE };
    size_t count = tuple_len(args);
    if (!check_count(vm, "slice", count))
        return false;
    for (size_t i = 0; i < count; i++)
        parts[count == 1 ? 1 : i] = tuple_get(args, i);
    return give(call, slice_new(vm, parts[0], parts[1], parts[2]));
}

static bool slice_indices(Vm *vm, Call *call)
{
    int64_t len, start, stop, step;
    size_t count;
    if (!to_size(vm, call->args[1], &len))
        return false;
    if (len < 0)
        return vm_raise(vm, "ValueError", "length should not be negative");
    if (!slice_bounds(vm, as_slice(call->args[0]), (size_t)len, &start, &stop, &step, &count))
        return false;
    Value parts[3] = { value_int(start), value_int(stop), value_int(step) };
    return give(call, make_tuple(vm, parts, 3));
}

static bool slice_start(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, as_slice(call->args[0])->start);
}

static bool slice_stop(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, as_slice(call->args[0])->stop);
}

static bool slice_step(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, as_slice(call->args[0])->step);
}

static const NativeRow slice_methods[] = {
    { "__new__(cls, /, *args)", slice_make, NULL },
    { "indices(self, len, /)", slice_indices, "Return (start, stop, stride) for a length." },
    { "__repr__(self, /)", dunder_repr, NULL },
    DUNDERS_ORDER,
};

static const NativeRow slice_getters[] = {
    { "start(self)", slice_start, NULL },
    { "stop(self)", slice_stop, NULL },
    { "step(self)", slice_step, NULL },
};

const NativeClass slice_class = {
    .name = "slice",
    .module = "builtins",
    .methods = slice_methods,
    .method_count = sizeof slice_methods / sizeof *slice_methods,
    .getters = slice_getters,
    .getter_count = sizeof slice_getters / sizeof *slice_getters,
    .doc = "slice(stop)\nslice(start, stop[, step])",
};

/* ---- the single values ---- */

static const NativeRow none_methods[] = {
    { "__repr__(self, /)", dunder_repr, NULL },
    { "__bool__(self, /)", dunder_bool, "True if self else False" },
};

static const NativeRow single_methods[] = {
    { "__repr__(self, /)", dunder_repr, NULL },
};

const NativeClass none_class = {
    .name = "NoneType",
    .module = "builtins",
    .methods = none_methods,
    .method_count = sizeof none_methods / sizeof *none_methods,
};

const NativeClass ellipsis_class = {
    .name = "ellipsis",
    .module = "builtins",
    .methods = single_methods,
    .method_count = 1,
};

const NativeClass not_implemented_class = {
    .name = "NotImplementedType",
    .module = "builtins",
    .methods = single_methods,
    .method_count = 1,
};
