/* SPDX-License-Identifier: MIT */
#include "py/dunders.h"

#include "py/format.h"
#include "py/mapping.h"
#include "py/operators.h"
#include "py/sequence.h"
#include "py/state.h"

bool to_size(Vm *vm, Value v, int64_t *number)
{
    if (to_int(vm, v, number))
        return true;
    if (!vm_raised(vm, "OverflowError"))
        return false;
    vm_catch(vm);
    return vm_raise(vm, "OverflowError", "Python int too large to convert to C ssize_t");
}

bool to_new_class(Vm *vm, Value cls, const NativeClass *of, Class **result)
{
    if (!is_class(cls))
        return vm_raise(vm, "TypeError", "%s.__new__(X): X is not a type object (%s)", of->name,
                        type_name(vm, cls));
    *result = as_class(cls);
    if (!class_is(*result, vm_class(vm, of)))
        return vm_raise(vm, "TypeError", "%s.__new__(%s): %s is not a subtype of %s", of->name,
                        (*result)->name->text, (*result)->name->text, of->name);
    return true;
}

static bool binary(Vm *vm, Call *call, BinaryOp op, bool reflected)
{
    Value a = call->args[reflected], b = call->args[!reflected];
    return operator_binary(vm, op, a, b, &call->result);
}

#define BINARY(name, op)                    \
    bool dunder_##name(Vm *vm, Call *call)  \
    {                                       \
        return binary(vm, call, op, false); \
    }                                       \
    bool dunder_r##name(Vm *vm, Call *call) \
    {                                       \
        return binary(vm, call, op, true);  \
    }

BINARY(add, BINARY_ADD)
BINARY(sub, BINARY_SUBTRACT)
BINARY(mul, BINARY_MULTIPLY)
BINARY(truediv, BINARY_TRUE_DIVIDE)
BINARY(floordiv, BINARY_FLOOR_DIVIDE)
BINARY(mod, BINARY_REMAINDER)
BINARY(lshift, BINARY_LSHIFT)
BINARY(rshift, BINARY_RSHIFT)
BINARY(and, BINARY_AND)
BINARY(or, BINARY_OR)
BINARY(xor, BINARY_XOR)

bool dunder_rpow(Vm *vm, Call *call)
{
    return binary(vm, call, BINARY_POWER, true);
}

#define INPLACE(name, op)                                                             \
    bool dunder_##name(Vm *vm, Call *call)                                            \
    {                                                                                 \
        return operator_inplace(vm, op, call->args[0], call->args[1], &call->result); \
    }

INPLACE(iadd, BINARY_ADD)
INPLACE(imul, BINARY_MULTIPLY)
INPLACE(ior, BINARY_OR)
INPLACE(iand, BINARY_AND)
INPLACE(ixor, BINARY_XOR)
INPLACE(isub, BINARY_SUBTRACT)

#define COMPARE(name, op)                                                             \
    bool dunder_##name(Vm *vm, Call *call)                                            \
    {                                                                                 \
        return operator_compare(vm, op, call->args[0], call->args[1], &call->result); \
    }

COMPARE(lt, COMPARE_LT)
COMPARE(le, COMPARE_LE)
COMPARE(eq, COMPARE_EQ)
COMPARE(ne, COMPARE_NE)
COMPARE(gt, COMPARE_GT)
COMPARE(ge, COMPARE_GE)

#define UNARY(name, op)                                              \
    bool dunder_##name(Vm *vm, Call *call)                           \
    {                                                                \
        return operator_unary(vm, op, call->args[0], &call->result); \
    }

UNARY(neg, UNARY_NEGATIVE)
UNARY(pos, UNARY_POSITIVE)
UNARY(invert, UNARY_INVERT)
UNARY(abs, UNARY_ABS)

bool dunder_bool(Vm *vm, Call *call)
{
    bool known;
    (void)vm;
    return give(call, value_bool(operator_truth(call->args[0], &known)));
}

bool dunder_len(Vm *vm, Call *call)
{
    int64_t length;
    const NativeClass *of;
    Value dict = dict_view_source(vm, call->args[0], &of);
    operator_length(value_given(dict) ? dict : call->args[0], &length);
    return give(call, value_int(length));
}

bool dunder_contains(Vm *vm, Call *call)
{
    return operator_contains(vm, call->args[0], call->args[1], &call->result);
}

bool dunder_getitem(Vm *vm, Call *call)
{
    return operator_getitem(vm, call->args[0], call->args[1], &call->result);
}

bool dunder_setitem(Vm *vm, Call *call)
{
    bool done;
    return operator_setitem(vm, call->args[0], call->args[1], call->args[2], &done);
}

bool dunder_delitem(Vm *vm, Call *call)
{
    bool done;
    return operator_delitem(vm, call->args[0], call->args[1], &done);
}

static bool step_bytes(Vm *vm, IterObj *iter, Value *item)
{
    (void)vm;
    if (!value_given(iter->source))
        return true;
    Str data = bytes_text(as_bytes(iter->source));
    if ((size_t)iter->at < data.len)
        *item = value_int((unsigned char)data.ptr[iter->at++]);
    else
        iter->source = VALUE_UNSET;
    return true;
}

static IterStep *step_of_view(const NativeClass *of)
{
    return of == &dict_keys_class     ? iter_step_keys
           : of == &dict_values_class ? iter_step_values
                                      : iter_step_items;
}

bool dunder_iter(Vm *vm, Call *call)
{
    Value v = call->args[0];
    const NativeClass *of;
    Value dict = dict_view_source(vm, v, &of);
    if (value_given(dict))
        return give(call, value_object(iter_new(vm, NULL, step_of_view(of), dict)));
    IterStep *step = value_is(v, OBJ_LIST)    ? iter_step_list
                     : value_is(v, OBJ_TUPLE) ? iter_step_tuple
                     : value_is(v, OBJ_STR)   ? iter_step_str
                     : value_is(v, OBJ_RANGE) ? iter_step_range
                     : value_is(v, OBJ_BYTES) ? step_bytes
                                              : iter_step_keys;
    return give(call, value_object(iter_new(vm, NULL, step, v)));
}

/* Backwards over whatever has an index; `at` counts down. */
static bool step_back(Vm *vm, IterObj *iter, Value *item)
{
    int64_t length;
    if (!value_given(iter->source))
        return true;
    operator_length(iter->source, &length);
    if (iter->at < 0 || iter->at >= length) {
        iter->source = VALUE_UNSET;
        return true;
    }
    return operator_getitem(vm, iter->source, value_int(iter->at--), item);
}

bool dunder_reversed(Vm *vm, Call *call)
{
    Value v = call->args[0];
    int64_t length;
    operator_length(v, &length);
    IterObj *iter = iter_new(vm, NULL, step_back, v);
    iter->at = length - 1;
    return give(call, value_object(iter));
}

bool dunder_hash(Vm *vm, Call *call)
{
    uint64_t hash;
    if (!operator_hash(vm, call->args[0], &hash))
        return false;
    return give(call, value_int((int64_t)hash));
}

bool dunder_repr(Vm *vm, Call *call)
{
    Buf out = { 0 };
    bool known, ok = operator_repr(vm, call->args[0], &out, &known);
    if (ok)
        call->result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

bool dunder_str(Vm *vm, Call *call)
{
    Buf out = { 0 };
    bool known, ok = operator_str(vm, call->args[0], &out, &known);
    if (ok)
        call->result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

bool dunder_format(Vm *vm, Call *call)
{
    Str spec;
    if (!is_str(call->args[1]))
        return vm_raise(vm, "TypeError", "__format__() argument must be str, not %s",
                        type_name(vm, call->args[1]));
    if (!to_str(vm, call->args[1], &spec))
        return false;
    Buf out = { 0 };
    bool ok = format_builtin(vm, call->args[0], spec, &out);
    if (ok)
        call->result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}
