/* SPDX-License-Identifier: MIT */
/*
 * The special methods that built-in classes share, as rows: each does what its operator does to the
 * built-in (operators.h), whatever a subclass overrides; that is what super().__add__() calls.
 */
#ifndef LIMBECK_PY_DUNDERS_H
#define LIMBECK_PY_DUNDERS_H

#include "py/native.h"

NativeFn dunder_add, dunder_radd, dunder_sub, dunder_rsub, dunder_mul, dunder_rmul, dunder_truediv,
    dunder_rtruediv, dunder_floordiv, dunder_rfloordiv, dunder_mod, dunder_rmod, dunder_rpow,
    dunder_lshift, dunder_rlshift, dunder_rshift, dunder_rrshift, dunder_and, dunder_rand,
    dunder_or, dunder_ror, dunder_xor, dunder_rxor;
NativeFn dunder_iadd, dunder_imul, dunder_ior, dunder_iand, dunder_ixor, dunder_isub;
NativeFn dunder_lt, dunder_le, dunder_eq, dunder_ne, dunder_gt, dunder_ge;
NativeFn dunder_neg, dunder_pos, dunder_abs, dunder_invert, dunder_bool;
NativeFn dunder_len, dunder_contains, dunder_getitem, dunder_setitem, dunder_delitem, dunder_iter,
    dunder_reversed;
/* Of numbers, in type_int.c. */
NativeFn dunder_divmod, dunder_rdivmod;
NativeFn dunder_hash, dunder_repr, dunder_str, dunder_format;

/* clang-format off */
#define DUNDER(name, params, doc) { "__" #name "__(" params ")", dunder_##name, doc }
#define DUNDER_BOTH(name, symbol) \
    DUNDER(name, "self, value, /", "Return self" symbol "value."), \
    DUNDER(r##name, "self, value, /", "Return value" symbol "self.")
#define DUNDERS_EQUAL \
    DUNDER(eq, "self, value, /", "Return self==value."), \
    DUNDER(ne, "self, value, /", "Return self!=value.")
#define DUNDERS_ORDER \
    DUNDERS_EQUAL, \
    DUNDER(lt, "self, value, /", "Return self<value."), \
    DUNDER(le, "self, value, /", "Return self<=value."), \
    DUNDER(gt, "self, value, /", "Return self>value."), \
    DUNDER(ge, "self, value, /", "Return self>=value.")
#define DUNDERS_ARITHMETIC \
    DUNDER_BOTH(add, "+"), DUNDER_BOTH(sub, "-"), DUNDER_BOTH(mul, "*"), DUNDER_BOTH(mod, "%"), \
    DUNDER_BOTH(truediv, "/"), DUNDER_BOTH(floordiv, "//"), \
    DUNDER(neg, "self, /", "-self"), DUNDER(pos, "self, /", "+self"), \
    DUNDER(abs, "self, /", "abs(self)"), \
    DUNDER(rpow, "self, value, mod=None, /", "Return pow(value, self, mod)."), \
    DUNDER(bool, "self, /", "True if self else False")
#define DUNDERS_BITS \
    DUNDER_BOTH(and, "&"), DUNDER_BOTH(or, "|"), DUNDER_BOTH(xor, "^")
#define DUNDERS_SEQUENCE \
    DUNDER(add, "self, value, /", "Return self+value."), \
    DUNDER(mul, "self, value, /", "Return self*value."), \
    DUNDER(rmul, "self, value, /", "Return value*self."), \
    DUNDERS_CONTAINER, \
    DUNDER(getitem, "self, key, /", "Return self[key].")
#define DUNDERS_CONTAINER \
    DUNDER(len, "self, /", "Return len(self)."), \
    DUNDER(contains, "self, key, /", "Return key in self."), \
    DUNDER(iter, "self, /", "Implement iter(self).")
#define DUNDERS_TEXT \
    DUNDER(repr, "self, /", "Return repr(self)."), \
    DUNDER(hash, "self, /", "Return hash(self).")
/* clang-format on */

/* The Value NotImplemented. */
static inline Value value_not_implemented(void)
{
    return (Value){ .tag = TAG_NOT_IMPLEMENTED };
}

/* The integer arguments of methods: __index__, or TypeError "'str' object cannot be interpreted as
 * an integer"; OverflowError past 64 bits as "Python int too large to convert to C ssize_t". */
bool to_size(Vm *vm, Value v, int64_t *number);

/* Takes `cls` of __new__: TypeError "int.__new__(X): X is not a type object", or no subtype. */
bool to_new_class(Vm *vm, Value cls, const NativeClass *of, Class **result);

#endif
