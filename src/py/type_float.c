/* SPDX-License-Identifier: MIT */
/* The methods of float. */
#include <math.h>

#include "py/builtin_classes.h"
#include "py/dunders.h"
#include "py/number.h"
#include "py/obj_number.h"
#include "py/real.h"
#include "py/state.h"
#include "py/text.h"

static double self_real(Call *call)
{
    double real = 0;
    float_real(call->args[0], &real);
    return real;
}

static bool bad_text(Vm *vm, Value v)
{
    Value repr;
    Str shown;
    return vm_repr(vm, v, &repr) && to_str(vm, repr, &shown) &&
           vm_raise(vm, "ValueError", "could not convert string to float: %.*s", STR_ARG(shown));
}

static bool from_text(Vm *vm, Value v, double *real)
{
    Buf clean = { 0 };
    text_put_number(&clean, value_is(v, OBJ_STR) ? str_text(as_str(v)) : bytes_text(as_bytes(v)));
    bool ok = real_parse(buf_str(&clean), real);
    buf_free(&clean);
    return ok || bad_text(vm, v);
}

static bool from_special(Vm *vm, Value v, StrObj *name, double *real, bool *found)
{
    Value method = special_find(vm, v, name), result;
    *found = value_given(method);
    if (!*found)
        return true;
    if (!special_call(vm, method, v, NULL, 0, &result))
        return false;
    if (name == SYM(vm, __float__) && !is_float(result))
        return vm_raise(vm, "TypeError", "%s.__float__ returned non-float (type %s)",
                        type_name(vm, v), type_name(vm, result));
    return number_real(vm, result, real);
}

static bool float_of(Vm *vm, Value v, double *real)
{
    bool found;
    if (v.tag != TAG_OBJECT && is_number(v))
        return number_real(vm, v, real);
    if (value_is(v, OBJ_STR) || value_is(v, OBJ_BYTES))
        return from_text(vm, v, real);
    if (!from_special(vm, v, SYM(vm, __float__), real, &found))
        return false;
    if (!found && !from_special(vm, v, SYM(vm, __index__), real, &found))
        return false;
    return found ||
           vm_raise(vm, "TypeError", "float() argument must be a string or a real number, not '%s'",
                    type_name(vm, v));
}

static bool float_new(Vm *vm, Call *call)
{
    ARGS(call, cls, x);
    Class *made;
    double real = 0;
    if (!to_new_class(vm, cls, &float_class, &made) || !float_of(vm, x, &real))
        return false;
    return give(call, made == builtin_class(vm, CLASS_FLOAT) ? value_float(real)
                                                             : float_new_of(vm, made, real));
}

static bool float_self(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_float(self_real(call)));
}

static bool float_zero(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_float(0));
}

static bool float_is_integer(Vm *vm, Call *call)
{
    double real = self_real(call);
    (void)vm;
    return give(call, value_bool(isfinite(real) && floor(real) == real));
}

static bool float_trunc(Vm *vm, Call *call)
{
    return int_from_real(vm, self_real(call), &call->result);
}

static bool float_floor(Vm *vm, Call *call)
{
    return int_from_real(vm, floor(self_real(call)), &call->result);
}

static bool float_ceil(Vm *vm, Call *call)
{
    return int_from_real(vm, ceil(self_real(call)), &call->result);
}

/* Half to even. */
static double round_half_even(double real)
{
    double rounded = round(real);
    return fabs(real - rounded) == 0.5 ? 2 * round(real / 2) : rounded;
}

static bool float_round(Vm *vm, Call *call)
{
    ARGS(call, self, ndigits);
    (void)self;
    double real = self_real(call);
    int64_t digits;
    if (value_is_none(ndigits))
        return int_from_real(vm, round_half_even(real), &call->result);
    if (!to_size(vm, ndigits, &digits))
        return false;
    double rounded = real_round(real, digits);
    if (isinf(rounded) && isfinite(real))
        return vm_raise(vm, "OverflowError", "rounded value too large to represent");
    return give(call, value_float(rounded));
}

static bool float_hex(Vm *vm, Call *call)
{
    Buf out = { 0 };
    real_put_hex(&out, self_real(call));
    call->result = make_str(vm, buf_str(&out));
    buf_free(&out);
    return true;
}

static bool float_from_hex(Vm *vm, Call *call)
{
    ARGS(call, cls, string);
    Str text;
    double real;
    bool overflow;
    if (!to_str(vm, string, &text))
        return false;
    if (!real_parse_hex(text, &real, &overflow))
        return overflow ? vm_raise(vm, "OverflowError",
                                   "hexadecimal value too large to represent as a float")
                        : vm_raise(vm, "ValueError", "invalid hexadecimal floating-point string");
    Value made = value_float(real);
    if (as_class(cls) == builtin_class(vm, CLASS_FLOAT))
        return give(call, made);
    return vm_call(vm, cls, &made, 1, &call->result);
}

static bool float_ratio(Vm *vm, Call *call)
{
    double real = self_real(call);
    if (isinf(real))
        return vm_raise(vm, "OverflowError", "cannot convert Infinity to integer ratio");
    if (isnan(real))
        return vm_raise(vm, "ValueError", "cannot convert NaN to integer ratio");
    int exponent;
    double fraction = frexp(real, &exponent);
    while (fraction != floor(fraction)) {
        fraction *= 2;
        exponent--;
    }
    Value pair[2], shift = value_int(exponent < 0 ? -exponent : exponent);
    if (!int_from_real(vm, fraction, &pair[0]))
        return false;
    pair[1] = value_int(1);
    if (!number_binary(vm, BINARY_LSHIFT, pair[exponent < 0], shift, &pair[exponent < 0]))
        return false;
    return give(call, make_tuple(vm, pair, 2));
}

static bool float_pow(Vm *vm, Call *call)
{
    ARGS(call, self, value, mod);
    if (!is_number(value))
        return give(call, value_not_implemented());
    if (!value_is_none(mod))
        return vm_raise(vm, "TypeError",
                        "pow() 3rd argument not allowed unless all arguments are integers");
    return number_binary(vm, BINARY_POWER, self, value, &call->result);
}

static bool float_new_args(Vm *vm, Call *call)
{
    Value real = value_float(self_real(call));
    return give(call, make_tuple(vm, &real, 1));
}

static const NativeRow float_methods[] = {
    { "__new__(cls, x=0, /)", float_new, "Convert a string or number to a floating point number." },
    { "is_integer(self, /)", float_is_integer, "Return True if the float is an integer." },
    { "hex(self, /)", float_hex, "Return a hexadecimal representation of a float." },
    { "conjugate(self, /)", float_self, "Return self." },
    { "as_integer_ratio(self, /)", float_ratio, "Return integer ratio." },
    { "__float__(self, /)", float_self, "float(self)" },
    { "__int__(self, /)", float_trunc, "int(self)" },
    { "__trunc__(self, /)", float_trunc, "Return the Integral closest to x between 0 and x." },
    { "__floor__(self, /)", float_floor, "Return the floor as an Integral." },
    { "__ceil__(self, /)", float_ceil, "Return the ceiling as an Integral." },
    { "__round__(self, ndigits=None, /)", float_round, "Return the Integral closest to x." },
    { "__pow__(self, value, mod=None, /)", float_pow, "Return pow(self, value, mod)." },
    { "__divmod__(self, value, /)", dunder_divmod, "Return divmod(self, value)." },
    { "__rdivmod__(self, value, /)", dunder_rdivmod, "Return divmod(value, self)." },
    { "__getnewargs__(self, /)", float_new_args, NULL },
    { "__format__(self, format_spec, /)", dunder_format, "Formats the float." },
    DUNDERS_ARITHMETIC,
    DUNDERS_ORDER,
    DUNDERS_TEXT,
};

static const NativeRow float_getters[] = {
    { "real(self)", float_self, "the real part of a complex number" },
    { "imag(self)", float_zero, "the imaginary part of a complex number" },
};

static const NativeRow float_statics[] = {
    { "fromhex(cls, string, /)", float_from_hex, "Create a float from a hexadecimal string." },
};

const NativeClass float_class = {
    .name = "float",
    .module = "builtins",
    .methods = float_methods,
    .method_count = sizeof float_methods / sizeof *float_methods,
    .getters = float_getters,
    .getter_count = sizeof float_getters / sizeof *float_getters,
    .statics = float_statics,
    .static_count = sizeof float_statics / sizeof *float_statics,
    .doc = "Convert a string or number to a floating point number, if possible.",
};
